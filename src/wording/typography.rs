//! Spaces before punctuation, quotation marks, apostrophes, dots.
//!
//! What a language wants is said by its strings file (`[typography]`). It
//! takes plain text, never markup, and leaves addresses and times alone.

use std::borrow::Cow;

/// The narrow space that does not break.
const NARROW: char = '\u{202F}';

/// How a language sets its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rules {
    /// Marks that stand after a narrow space: `:;?!%»`.
    pub(super) before: Vec<char>,
    /// Marks that stand before one: `«`.
    pub(super) after: Vec<char>,
    /// What opens and closes a quotation, with its spaces.
    pub(super) quotes: [String; 2],
    /// The same inside a quotation.
    pub(super) inner: [String; 2],
    /// The apostrophe.
    pub(super) apostrophe: String,
}

/// Sets a text that comes in pieces (a paragraph with emphasis and links):
/// it remembers the letter before and the quotations that are open.
#[derive(Debug, Clone)]
pub struct Typesetter<'w> {
    rules: &'w Rules,
    /// The bytes with which a mark that is set begins.
    marks: [bool; 256],
    previous: Option<char>,
    /// The straight marks of the open quotations, outermost first.
    open: Vec<char>,
}

impl Rules {
    /// Starts a text.
    pub(super) fn typesetter(&self) -> Typesetter<'_> {
        let mut marks = [false; 256];
        let letters = ['\'', '"', '.'].iter().chain(&self.before).chain(&self.after);
        for letter in letters {
            marks[usize::from(letter.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true;
        }
        Typesetter { rules: self, marks, previous: None, open: vec![] }
    }

    fn concerns(&self, letter: char) -> bool {
        matches!(letter, '\'' | '"')
            || self.before.contains(&letter)
            || self.after.contains(&letter)
    }
}

impl Typesetter<'_> {
    /// Sets the next piece.
    pub fn set<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let spaced = self.previous.is_some_and(|c| self.rules.after.contains(&c))
            && !text.starts_with(NARROW);
        let set = if spaced || self.concerns(text) {
            Cow::Owned(self.letters(text))
        } else {
            Cow::Borrowed(text)
        };
        self.previous = text.chars().next_back().or(self.previous);
        if set == text { Cow::Borrowed(text) } else { set }
    }

    /// Passes over a piece that is not to be set (code, a number, an image).
    pub fn skip(&mut self, text: &str) {
        self.previous = text.chars().next_back().or(self.previous);
    }

    /// Whether a text holds anything to set. Most hold nothing: bytes tell
    /// that faster than letters.
    fn concerns(&self, text: &str) -> bool {
        let suspects = text.bytes().enumerate().filter(|(_, byte)| self.marks[usize::from(*byte)]);
        suspects.map(|(at, _)| &text[at..]).any(|rest| {
            rest.starts_with("...") || rest.chars().next().is_some_and(|c| self.rules.concerns(c))
        })
    }

    fn letters(&mut self, text: &str) -> String {
        let mut set = String::with_capacity(text.len() + 16);
        let mut rest = text;
        let mut previous = self.previous;
        // The end of an address, up to which nothing is touched.
        let mut untouched = 0;
        while let Some(letter) = rest.chars().next() {
            let at = text.len() - rest.len();
            let next = rest[letter.len_utf8()..].chars().next();
            let starts_word = previous.is_none_or(char::is_whitespace)
                || matches!(previous, Some('(' | '[' | '<'));
            if starts_word && at >= untouched {
                untouched = at + address(rest);
            }
            let mut taken = letter.len_utf8();
            if at < untouched {
                set.push(letter);
            } else if rest.starts_with("...")
                && next_after_dots(rest)
                && !matches!(previous, Some('.' | '/'))
            {
                set.push('…');
                taken = 3;
            } else if letter == '"' || letter == '\'' {
                self.mark(letter, previous, &rest[1..], &mut set);
            } else if self.rules.before.contains(&letter) {
                self.before(letter, previous, next, &mut set);
            } else if self.rules.after.contains(&letter) {
                set.push(letter);
                if let Some(c @ (' ' | '\u{A0}')) = next {
                    taken += c.len_utf8();
                }
                if next != Some(NARROW) && next.is_some() {
                    set.push(NARROW);
                }
            } else if previous.is_some_and(|c| self.rules.after.contains(&c))
                && at == 0
                && letter != NARROW
            {
                // The mark ended the piece before.
                set.push(NARROW);
                if !matches!(letter, ' ' | '\u{A0}') {
                    set.push(letter);
                }
            } else {
                set.push(letter);
            }
            previous = rest[..taken].chars().next_back();
            rest = &rest[taken..];
        }
        set
    }

    /// Sets a mark that wants a narrow space before it.
    fn before(&self, letter: char, previous: Option<char>, next: Option<char>, set: &mut String) {
        let spaced = matches!(previous, Some(' ' | '\u{A0}'));
        let ends = (letter, next) != (':', Some(':'))
            && next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '\\' | '_' | '='));
        let follows = if spaced {
            let before = set.trim_end_matches([' ', '\u{A0}']).chars().next_back();
            // A space at the start of a piece follows what came before it.
            letter != '%' || before.is_none_or(|c| c.is_ascii_digit())
        } else {
            previous.is_some_and(|c| {
                let word = c.is_alphanumeric()
                    || matches!(c, ')' | ']' | '”' | '’' | '…' | '"' | '\'' | '.' | '%' | '°');
                let doubled = letter == '»' && self.rules.before.contains(&c);
                if letter == '%' { c.is_ascii_digit() } else { word || doubled }
            })
        };
        if ends && follows {
            if spaced && set.ends_with([' ', '\u{A0}']) {
                set.pop();
                set.push(NARROW);
            } else if !spaced {
                set.push(NARROW);
            }
        }
        set.push(letter);
    }

    /// Sets a straight quotation mark or apostrophe.
    fn mark(&mut self, mark: char, previous: Option<char>, after: &str, set: &mut String) {
        let next = after.chars().next();
        let word = previous.is_some_and(char::is_alphanumeric);
        if mark == '\'' && word && next.is_some_and(char::is_alphanumeric) {
            set.push_str(&self.rules.apostrophe);
            return;
        }
        if self.open.last() == Some(&mark) && !opens(previous, next) {
            self.open.pop();
            let [_, close] = self.pair(mark, self.open.len());
            set.push_str(close);
        } else if opens(previous, next) && (mark == '"' || closes_later(after)) {
            let [open, _] = self.pair(mark, self.open.len());
            set.push_str(open);
            self.open.push(mark);
        } else if mark == '\'' {
            set.push_str(&self.rules.apostrophe);
        } else {
            // An inch, a mark that nothing opened.
            set.push(mark);
        }
    }

    /// The pair for a straight mark: `"` is the outer one, `'` the one that
    /// is single if there is one, else the inner; inside another quotation
    /// it is the one that was not used.
    fn pair(&self, mark: char, depth: usize) -> &[String; 2] {
        let single = self.rules.quotes[0].starts_with('‘');
        let outer = if mark == '"' { depth == 0 } else { depth == 0 && single };
        if outer { &self.rules.quotes } else { &self.rules.inner }
    }
}

/// True if a mark between these letters opens a quotation. At the end of a
/// piece the next letter is in another piece.
fn opens(previous: Option<char>, next: Option<char>) -> bool {
    let free = previous.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '(' | '[' | '«' | '“' | '‘' | '—' | '–' | '/' | '"' | '\'')
    });
    free && next.is_none_or(|c| !c.is_whitespace())
}

/// True if a single mark after a letter, which is no apostrophe, follows.
fn closes_later(text: &str) -> bool {
    text.char_indices().filter(|(_, c)| *c == '\'').any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric())
    })
}

fn next_after_dots(rest: &str) -> bool {
    !matches!(rest[3..].chars().next(), Some('.' | '/'))
}

/// The length of the address that `text` starts with, without the marks that
/// end the sentence; 0 if it starts with none.
fn address(text: &str) -> usize {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let is_address = word.contains("://")
        || word.starts_with("www.")
        || word.starts_with("mailto:")
        || word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !is_address {
        return 0;
    }
    word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '»', '"', '\'']).len()
}

/// Whether a text ends with the mark of a whole sentence.
pub fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…'])
}

/// After the mark that ends a sentence there is no colon and no comma: another
/// sentence begins.
pub fn after_a_sentence(subject: &str, found: String) -> String {
    let rest = found.strip_prefix(subject).filter(|_| ends_sentence(subject));
    let said = rest.and_then(|rest| rest.trim_start().strip_prefix([':', ',']));
    let Some(said) = said.map(str::trim_start) else { return found };
    let mut letters = said.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{subject} {first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_followed_by_another() {
        let title = |subject, found: &str| after_a_sentence(subject, found.to_owned());

        assert_eq!(title("Why?", "Why?: from 2% to 4%"), "Why? From 2% to 4%");
        assert_eq!(title("Où\u{202f}?", "Où\u{202f}?\u{a0}: à Liège"), "Où\u{202f}? À Liège");
        assert_eq!(title("Why?", "Why?, by Region"), "Why? By Region");
        assert_eq!(title("Why?", "Why? (yes)"), "Why? (yes)");
        assert_eq!(title("Tick.", "Tick.: one first"), "Tick. One first");
        assert_eq!(title("Themes", "Themes: energy first"), "Themes: energy first");
    }

    fn french() -> Rules {
        Rules {
            before: ":;?!%»".chars().collect(),
            after: vec!['«'],
            quotes: ["«\u{202F}".to_owned(), "\u{202F}»".to_owned()],
            inner: ["“".to_owned(), "”".to_owned()],
            apostrophe: "’".to_owned(),
        }
    }

    fn plain(quotes: [&str; 2], inner: [&str; 2]) -> Rules {
        Rules {
            before: vec![],
            after: vec![],
            quotes: quotes.map(str::to_owned),
            inner: inner.map(str::to_owned),
            apostrophe: "’".to_owned(),
        }
    }

    fn english() -> Rules {
        plain(["‘", "’"], ["“", "”"])
    }

    fn dutch() -> Rules {
        plain(["“", "”"], ["‘", "’"])
    }

    /// Sets a text and shows narrow spaces as `_`.
    fn set(rules: &Rules, text: &str) -> String {
        rules.typesetter().set(text).replace(NARROW, "_")
    }

    #[test]
    fn french_marks_stand_after_a_narrow_space() {
        let rules = french();

        assert_eq!(set(&rules, "Qui ? Eux: oui!"), "Qui_? Eux_: oui_!");
        assert_eq!(set(&rules, "44 % et 12%;"), "44_% et 12_%_;");
        assert_eq!(set(&rules, "« mot » et «mot»"), "«_mot_» et «_mot_»");
        assert_eq!(set(&rules, "Quoi?! (vraiment ?)"), "Quoi_?! (vraiment_?)");
        assert_eq!(set(&rules, "« Qui ? »"), "«_Qui_?_»");
    }

    #[test]
    fn what_is_set_already_stays_and_costs_nothing() {
        let rules = french();
        let text = "Qui\u{202F}? «\u{202F}Eux\u{202F}», l’énergie.";

        assert!(matches!(rules.typesetter().set(text), Cow::Borrowed(_)));
        assert!(matches!(
            rules.typesetter().set("Un texte ordinaire, sans rien."),
            Cow::Borrowed(_)
        ));
    }

    #[test]
    fn setting_twice_changes_nothing() {
        let rules = french();
        for text in ["\"Qui?\" dit l'élu: \"l'énergie\"...", "12% ; 'a' !"] {
            let once = rules.typesetter().set(text).into_owned();

            assert_eq!(rules.typesetter().set(&once), once);
        }
    }

    #[test]
    fn addresses_and_times_are_left_alone() {
        let rules = french();

        for text in [
            "https://example.org/?a=b;c!d",
            "(http://a.be/l'art)",
            "12:30",
            "a@b.be",
            "C:\\x",
            "../data/...",
            "x::y",
        ] {
            assert_eq!(set(&rules, text), text);
        }
        assert_eq!(set(&rules, "Voir https://a.be/x?y=z ; puis"), "Voir https://a.be/x?y=z_; puis");
        assert_eq!(set(&rules, "Voir https://a.be!"), "Voir https://a.be_!");
    }

    #[test]
    fn straight_marks_become_those_of_the_language() {
        let text = "\"Oui\", dit-il, \"un 'mot' d'or\".";

        assert_eq!(set(&french(), text), "«_Oui_», dit-il, «_un “mot” d’or_».");
        assert_eq!(set(&english(), "\"a 'b' c\" and 'd'"), "‘a “b” c’ and ‘d’");
        assert_eq!(set(&dutch(), "\"a 'b' c\" and 'd'"), "“a ‘b’ c” and ‘d’");
    }

    #[test]
    fn apostrophes_are_no_quotations() {
        assert_eq!(
            set(&dutch(), "'s avonds en 's morgens, thema's"),
            "’s avonds en ’s morgens, thema’s"
        );
        assert_eq!(set(&english(), "the municipalities' answers"), "the municipalities’ answers");
        assert_eq!(set(&english(), "a 5\" screen"), "a 5\" screen");
    }

    #[test]
    fn three_dots_are_one() {
        assert_eq!(set(&english(), "and so on... but .... not"), "and so on… but .... not");
    }

    #[test]
    fn a_text_in_pieces_is_one_text() {
        let rules = french();
        let mut typesetter = rules.typesetter();

        let pieces = ["Il dit \"", "oui", "\" : l'", "énergie", " ?", " «", "x", "»"];
        let set: String = pieces.iter().map(|piece| typesetter.set(piece).into_owned()).collect();

        assert_eq!(set.replace(NARROW, "_"), "Il dit «_oui_»_: l’énergie_? «_x_»");
    }
}
