//! Files beside the pages: the theme's assets, linked files, and what
//! machines read.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::content::Book;
use crate::page::{AnsweredBook, Assets, File};
use crate::sources::Sources;
use crate::theme::{Look, Theme};

/// Publishes the static files of the theme under `assets/`: the style sheet
/// and the script with a fingerprint in their names, so that a browser never
/// shows a new page in an old style.
pub fn assets(theme: &Theme, look: &Look) -> (Assets, Vec<File>) {
    let published =
        theme.under("static/").filter(|(path, _)| !look.exclude.iter().any(|name| name == path));
    let address = |path: &str, bytes: &[u8]| {
        if path == look.style || look.script.as_deref() == Some(path) {
            return format!("assets/{}", fingerprinted(path, bytes));
        }
        format!("assets/{path}")
    };
    let files: Vec<File> = published
        .map(|(path, bytes)| File { path: address(path, bytes), bytes: bytes.to_vec() })
        .collect();
    let bytes = |path: &str| theme.get(&format!("static/{path}")).unwrap_or_default();
    let named = |path: &str| address(path, bytes(path));
    let names = Assets {
        style: named(&look.style),
        script: look.script.as_deref().map(named),
        icon: look.icon.as_deref().map(named),
        fonts: look.preload.iter().map(|path| named(path)).collect(),
    };
    (names, files)
}

fn fingerprinted(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    format!("{stem}.{}.{ending}", &hash[..10])
}

/// The files that chapters link to, and everything in `content/static/`.
pub fn linked(sources: &Sources, books: &[Book]) -> Vec<File> {
    let chapters = books.iter().flat_map(Book::all);
    let mut files: BTreeMap<&str, &str> = chapters
        .flat_map(|chapter| &chapter.files)
        .map(|file| (file.address.as_str(), file.path.as_str()))
        .collect();
    let folder = "content/static/";
    files.extend(sources.under(folder).map(|(path, _)| (&path[folder.len()..], path)));
    files
        .into_iter()
        .filter_map(|(address, path)| {
            Some(File { path: address.to_owned(), bytes: sources.get(path)?.to_vec() })
        })
        .collect()
}

/// What GitHub Pages and search engines look for.
pub fn machine_files(config: &Config, books: &[AnsweredBook<'_>]) -> Vec<File> {
    let mut files = vec![File { path: ".nojekyll".to_owned(), bytes: vec![] }];
    let Some(url) = &config.site.url else { return files };
    files.push(File {
        path: "robots.txt".to_owned(),
        bytes: format!("User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n").into_bytes(),
    });
    files.push(File { path: "sitemap.xml".to_owned(), bytes: sitemap(url, books).into_bytes() });
    files
}

/// A page in another language than its folder's is there for readers, not for
/// search engines.
fn sitemap(url: &str, books: &[AnsweredBook<'_>]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for book in books {
        for position in book.positions() {
            if book.borrowed_from(position).is_some() {
                continue;
            }
            let address = book.address(position);
            let page = if address == "index.html" { "" } else { &address };
            xml.push_str("<url><loc>");
            xml.push_str(&crate::markup::escape(&format!("{url}{}{page}", book.folder)));
            xml.push_str("</loc></url>\n");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_stands_before_the_ending() {
        let name = fingerprinted("style.css", b"a{}");

        assert_eq!((name.len(), &name[..6], &name[name.len() - 4..]), (20, "style.", ".css"));
    }
}
