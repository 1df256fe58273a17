//! The content of a page in pieces: on the page of the whole report, words are
//! set anew and figures stay as they are.

/// A piece of the content of a page.
#[derive(Debug)]
pub(super) enum Chunk {
    /// Markup of the text.
    Words(String),
    /// A figure.
    Figure(String),
}

/// The markup of a page's content.
pub(super) fn joined(chunks: &[Chunk]) -> String {
    let mut html = String::new();
    for chunk in chunks {
        let (Chunk::Words(markup) | Chunk::Figure(markup)) = chunk;
        html.push_str(markup);
    }
    html
}
