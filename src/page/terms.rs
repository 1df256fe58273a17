//! The words that the report explains: those of its author, and those of
//! statistics that the theme knows; and their links in running text.
//!
//! A word is linked where it first stands in the running text of a chapter,
//! and nowhere else: not in headings, links, code, tables or figures.

use std::collections::{BTreeSet, HashMap};

use crate::figure::Scope;
use crate::markup::{Html, escape};

use super::part::Part;

/// The terms of statistics, by their strings: `glossary.<key>`, `-forms`, `-text`.
const BUILT_IN: [&str; 16] = [
    "base",
    "interval",
    "low-base",
    "clear-difference",
    "weighting",
    "design-effect",
    "percentage-point",
    "mean",
    "median",
    "net",
    "response-rate",
    "frame",
    "stratum",
    "withheld",
    "published",
    "simulated",
];

/// A word in one language.
#[derive(Debug)]
pub(super) struct Explained {
    /// Its anchor on the page of the glossary.
    pub(super) anchor: String,
    /// The word as a dictionary has it.
    pub(super) term: String,
    /// It and its other forms.
    forms: Vec<String>,
    /// What it means.
    pub(super) text: String,
}

/// The words of a language, the author's first; one of theirs takes the place
/// of the built-in one with its key or with one of its forms.
pub(super) fn explained(scope: &Scope<'_>) -> Vec<Explained> {
    let (words, language) = (scope.words, scope.words.language());
    let set = |text: &str| words.typeset(text).into_owned();
    let own = scope.survey.glossary.iter().map(|term| {
        let forms = term.all_forms(language);
        Explained {
            anchor: anchor(&term.id),
            term: set(term.term.get(language)),
            forms: forms.iter().map(|form| set(form)).collect(),
            text: set(term.definition.get(language)),
        }
    });
    let mut all: Vec<Explained> = own.collect();
    let mut taken: BTreeSet<String> = all.iter().map(|one| one.anchor.clone()).collect();
    taken.extend(all.iter().flat_map(|one| &one.forms).map(|form| form.to_lowercase()));
    // Hidden answers leave no trace, not even a word for them.
    let is_simulated = scope.results.has_simulated();
    for key in BUILT_IN.into_iter().filter(|key| is_simulated || *key != "simulated") {
        let text = |part: &str| words.text(&format!("glossary.{key}{part}"));
        let (anchor, term) = (anchor(key), text("").to_owned());
        if taken.contains(&anchor) || taken.contains(&term.to_lowercase()) {
            continue;
        }
        let forms = std::iter::once(term.as_str()).chain(text("-forms").split('|'));
        let forms = forms.map(|form| form.trim().to_owned());
        let forms = forms.filter(|form| !form.is_empty() && !taken.contains(&form.to_lowercase()));
        let forms = forms.collect();
        all.push(Explained { anchor, forms, text: text("-text").to_owned(), term });
    }
    all
}

fn anchor(id: &str) -> String {
    format!("page-term-{id}")
}

/// The words that pages link, by the letter that they begin with.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Terms {
    /// Forms as they stand in markup, the longest first, and their anchors.
    forms: HashMap<char, Vec<(Vec<char>, String)>>,
}

impl Terms {
    /// The words that are explained.
    pub(super) fn new(explained: Vec<Explained>) -> Self {
        let mut forms: HashMap<char, Vec<_>> = HashMap::new();
        for one in explained {
            for form in one.forms {
                let letters: Vec<char> = escape(&form).chars().map(plain).collect();
                let Some(first) = letters.first() else { continue };
                forms.entry(*first).or_default().push((letters, one.anchor.clone()));
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each letter is sorted on its own")]
        for forms in forms.values_mut() {
            forms.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        Self { forms }
    }
}

/// Links the words of one page, piece by piece.
#[derive(Debug)]
pub(super) struct Linker<'t> {
    terms: &'t Terms,
    /// The anchors that the page leads to already.
    linked: BTreeSet<&'t str>,
    /// The elements that are open, and whether words in them are left alone.
    open: Vec<(String, Inside)>,
}

/// What an element makes of the words in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Running text.
    Running,
    /// Whatever is around it.
    Same,
    /// Words that are left alone, with all that is inside.
    Silent,
}

impl<'t> Linker<'t> {
    /// A page of which no word is linked yet.
    pub(super) fn new(terms: &'t Terms) -> Self {
        Self { terms, linked: BTreeSet::new(), open: vec![] }
    }

    /// The next piece of the page, with its words linked.
    pub(super) fn link(&mut self, markup: &str) -> String {
        let mut linked = String::with_capacity(markup.len());
        let mut rest = markup;
        while let Some(at) = rest.find('<') {
            let (text, tag) = rest.split_at(at);
            self.text(text, &mut linked);
            let end = end_of_tag(tag);
            linked.push_str(&tag[..end]);
            self.tag(&tag[..end]);
            rest = &tag[end..];
        }
        self.text(rest, &mut linked);
        linked
    }

    fn tag(&mut self, tag: &str) {
        let inner = tag.trim_start_matches('<').trim_end_matches('>');
        let name = |text: &str| -> String {
            text.chars().take_while(char::is_ascii_alphanumeric).collect()
        };
        if let Some(closed) = inner.strip_prefix('/') {
            let closed = name(closed);
            if let Some(at) = self.open.iter().rposition(|(open, _)| *open == closed) {
                self.open.truncate(at);
            }
            return;
        }
        let name = name(inner);
        let is_void =
            matches!(name.as_str(), "br" | "hr" | "img" | "input" | "wbr" | "source" | "");
        if !is_void && !inner.ends_with('/') {
            let inside = inside(&name, inner);
            self.open.push((name, inside));
        }
    }

    fn text(&mut self, text: &str, linked: &mut String) {
        let is_silent = self.open.iter().any(|(_, inside)| *inside == Inside::Silent);
        let is_running = self.open.iter().any(|(_, inside)| *inside == Inside::Running);
        if is_silent || !is_running {
            linked.push_str(text);
            return;
        }
        let letters: Vec<(usize, char)> = text.char_indices().collect();
        let mut at = 0;
        let mut written = 0;
        while at < letters.len() {
            let begins = at == 0 || !joins(letters[at - 1].1);
            let Some((length, anchor)) = begins.then(|| self.form_at(&letters[at..])).flatten()
            else {
                at += 1;
                continue;
            };
            let end = letters.get(at + length).map_or(text.len(), |(byte, _)| *byte);
            let start = letters[at].0;
            linked.push_str(&text[written..start]);
            let address = format!("{}.html#{anchor}", Part::Glossary.name());
            let mut html = Html::default();
            html.tag("a", &[("class", "term"), ("href", &address)]);
            html.html(&text[start..end]).end("a");
            linked.push_str(html.as_str());
            self.linked.insert(anchor);
            written = end;
            at += length;
        }
        linked.push_str(&text[written..]);
    }

    /// The longest form that begins here as a whole word and is not linked
    /// yet: how many letters it has, and its anchor.
    fn form_at(&self, letters: &[(usize, char)]) -> Option<(usize, &'t str)> {
        let (_, first) = letters.first()?;
        let found = self.terms.forms.get(&plain(*first))?.iter().find(|(form, _)| {
            form.len() <= letters.len()
                && form.iter().zip(letters).all(|(wanted, (_, letter))| *wanted == plain(*letter))
                && letters.get(form.len()).is_none_or(|(_, next)| !joins(*next))
                && !is_part_of_a_name(letters, form.len())
        })?;
        let (form, anchor) = found;
        (!self.linked.contains(anchor.as_str())).then_some((form.len(), anchor.as_str()))
    }
}

/// Whether the words up to `end` are the beginning of a name: "Smart City" in
/// "Smart City Institute".
fn is_part_of_a_name(letters: &[(usize, char)], end: usize) -> bool {
    let letter = |at: usize| letters.get(at).map(|(_, letter)| *letter);
    let start = (0..end).rev().find(|at| letter(*at).is_some_and(char::is_whitespace));
    let last_word = letter(start.map_or(0, |space| space + 1));
    start.is_some()
        && last_word.is_some_and(char::is_uppercase)
        && letter(end).is_some_and(char::is_whitespace)
        && letter(end + 1).is_some_and(char::is_uppercase)
}

/// Where a tag ends: at its `>`, outside quotation marks.
fn end_of_tag(tag: &str) -> usize {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '>') => return at + 1,
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn inside(name: &str, tag: &str) -> Inside {
    let is_apart = tag.contains("class=\"alert-title\"") || tag.contains("class=\"footnote-back\"");
    match name {
        _ if is_apart => Inside::Silent,
        "p" | "li" | "dd" => Inside::Running,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "a" | "code" | "pre" | "table" | "dt"
        | "figure" | "svg" | "script" | "style" | "button" | "sup" | "data" => Inside::Silent,
        _ => Inside::Same,
    }
}

/// Letters, digits and hyphens make one word.
fn joins(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '-'
}

/// A letter as words are compared: small, any space a space, any apostrophe one.
fn plain(letter: char) -> char {
    match letter {
        '’' => '\'',
        // What most letters are needs no table.
        '!'..='~' => letter.to_ascii_lowercase(),
        letter if letter.is_whitespace() => ' ',
        letter => {
            // A letter that becomes two is compared as it is.
            let mut small = letter.to_lowercase();
            small.next().filter(|_| small.next().is_none()).unwrap_or(letter)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        let one = |anchor: &str, forms: &[&str]| Explained {
            anchor: anchor.to_owned(),
            term: forms[0].to_owned(),
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
            text: String::new(),
        };
        Terms::new(vec![
            one("interval", &["intervalle", "intervalles", "intervalle de confiance"]),
            one("rate", &["taux de réponse"]),
        ])
    }

    #[test]
    fn the_first_mention_in_running_text_is_linked_once() {
        let terms = terms();
        let mut linker = Linker::new(&terms);

        let first = linker.link("<h2>L’intervalle</h2><p>L’Intervalle et l’intervalle.</p>");
        let second = linker.link("<p>Un intervalle, un taux\u{a0}de réponse.</p>");

        assert_eq!(
            first,
            "<h2>L’intervalle</h2><p>L’<a class=\"term\" href=\"glossary.html#interval\">Intervalle</a> \
             et l’intervalle.</p>"
        );
        assert_eq!(
            second,
            "<p>Un intervalle, un <a class=\"term\" href=\"glossary.html#rate\">taux\u{a0}de réponse</a>.</p>"
        );
    }

    #[test]
    fn the_longest_form_is_the_one_that_is_meant() {
        assert_eq!(
            Linker::new(&terms()).link("<p>les intervalles, un intervalle de confiance</p>"),
            "<p>les <a class=\"term\" href=\"glossary.html#interval\">intervalles</a>, \
             un intervalle de confiance</p>"
        );
    }

    #[test]
    fn parts_of_words_links_code_and_tables_are_left_alone() {
        for text in [
            "<p>un sous-intervalle, intervallement</p>",
            "<p><a href=\"x.html\" title=\"a > b\">un intervalle</a> <code>intervalle</code></p>",
            "<table><tr><td><p>intervalle</p></td></tr></table>",
            "<p class=\"alert-title\">intervalle</p>",
            "<div>intervalle</div>",
        ] {
            assert_eq!(Linker::new(&terms()).link(text), text);
        }
    }

    #[test]
    fn the_beginning_of_a_name_is_left_alone() {
        let one = Explained {
            anchor: "city".to_owned(),
            term: "Smart City".to_owned(),
            forms: vec!["Smart City".to_owned()],
            text: String::new(),
        };

        let terms = Terms::new(vec![one]);
        let linked = Linker::new(&terms).link("<p>Smart City Institute: the Smart City is</p>");

        assert_eq!(
            linked,
            "<p>Smart City Institute: the \
             <a class=\"term\" href=\"glossary.html#city\">Smart City</a> is</p>"
        );
    }

    #[test]
    fn a_passage_that_comes_in_pieces_is_one() {
        let terms = terms();
        let mut linker = Linker::new(&terms);
        let begin = linker.link("<p>Un ");
        let rest = linker.link(" et un intervalle</p>");

        assert_eq!(begin, "<p>Un ");
        assert!(rest.contains("class=\"term\""), "{rest}");
    }
}
