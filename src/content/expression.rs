//! Inline expressions, `{{ share(q="themes", item="energy") }}`: their syntax.
//!
//! What an expression is worth is the business of `figure`; here it is only
//! read, with the place of every word for complaints.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic, Place, SourceText, did_you_mean, one_of};

/// A call of one of the functions that bind prose to data.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// What is asked for.
    pub function: Function,
    /// The arguments, in the order in which they were written.
    pub arguments: Vec<Argument>,
    /// From `{{` to `}}`.
    pub place: Place,
}

/// One `name=value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// Its value, without quotation marks.
    pub value: String,
    /// Where the value stands.
    pub place: Place,
}

impl Expression {
    /// The argument of that name.
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

macro_rules! functions {
    ($($variant:ident = $name:literal, $takes:expr;)+) => {
        /// The functions that an author may call.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function {
            $(#[doc = concat!("`", $name, "(…)`")] $variant,)+
        }

        impl Function {
            pub(super) const NAMES: &[&str] = &[$($name,)+];

            fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The arguments it takes beside those that all take; a `!`
            /// marks those that it needs.
            fn takes(self) -> &'static [&'static str] {
                match self { $(Self::$variant => $takes,)+ }
            }
        }
    };
}

functions! {
    Share = "share", &["q!", "item!"];
    Mean = "mean", &["q!", "item"];
    Median = "median", &["q!", "item"];
    Net = "net", &["q!"];
    Count = "count", &["q!", "item"];
    N = "n", &["q!", "item"];
    Rank = "rank", &["q!", "item!"];
    Change = "change", &["q!", "item", "from!", "to!"];
    Difference = "difference", &["q!", "item", "a!", "b!"];
    Top = "top", &["q!", "k"];
    Versus = "versus", &["q!", "item", "a!", "b!"];
    Claim = "claim", &["q!", "item", "a", "b", "from", "to", "says!"];
    Population = "population", &[];
    Respondents = "respondents", &[];
    ResponseRate = "response_rate", &[];
}

/// Taken by every function.
const COMMON: &[&str] = &["by", "group", "wave", "digits", "provenance"];

impl Function {
    fn parameter(self, name: &str) -> Option<&'static str> {
        let own = self.takes().iter().map(|listed| listed.trim_end_matches('!'));
        own.chain(COMMON.iter().copied()).find(|listed| *listed == name)
    }

    pub(super) fn parameters(self) -> impl Iterator<Item = &'static str> {
        self.takes().iter().map(|listed| listed.trim_end_matches('!')).chain(COMMON.iter().copied())
    }

    fn needs(self) -> impl Iterator<Item = &'static str> {
        self.takes().iter().filter_map(|listed| listed.strip_suffix('!'))
    }
}

/// Finds the next `{{ … }}` in `text` from byte `from` on; a `}}` inside a
/// quoted value does not end it. `None` when no `{{` is closed any more.
///
/// One that is not closed ends nothing: neither the next `{{` nor a blank line
/// may stand in an expression.
pub(super) fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let mut start = from + text[from..].find("{{")?;
    loop {
        let next = text[start + 2..].find("{{").map(|next| start + 2 + next);
        let reach = &text[start..next.unwrap_or(text.len())];
        if let Some(length) = length(reach) {
            return Some(start..start + length);
        }
        start = next?;
    }
}

/// How long the expression is that `text` begins with.
fn length(text: &str) -> Option<usize> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().map_or(0, str::len);
    let rest: usize = lines.take_while(|line| !line.trim().is_empty()).map(str::len).sum();
    let text = &text[..first + rest];
    let mut quoted = false;
    for (at, pair) in text.as_bytes().windows(2).enumerate().skip(2) {
        match pair {
            [b'"', _] => quoted = !quoted,
            b"}}" if !quoted => return Some(at + 2),
            _ => {}
        }
    }
    // A stray quotation mark must not swallow the rest of the paragraph.
    text.find("}}").map(|end| end + 2)
}

/// Reads the expression that stands at `span` of `source`, braces included.
pub(super) fn parse(
    source: &Arc<SourceText>,
    span: Range<usize>,
) -> Result<Expression, Vec<Diagnostic>> {
    let mut reader = Reader { source, at: span.start + 2, end: span.end - 2 };
    let place = Place::new(source, span.clone());
    reader.call(place).map_err(|error| vec![error]).and_then(|(expression, mut wrong)| {
        wrong.extend(missing(&expression));
        wrong.extend(idle(&expression));
        if wrong.is_empty() { Ok(expression) } else { Err(wrong) }
    })
}

fn missing(expression: &Expression) -> Vec<Diagnostic> {
    let absent = |name: &&str| expression.argument(name).is_none();
    let function = expression.function.name();
    let mut wrong: Vec<_> = expression
        .function
        .needs()
        .filter(absent)
        .map(|name| {
            Diagnostic::error(
                Code::MissingArgument,
                format!("`{function}` needs the argument `{name}`"),
            )
            .at(expression.place.clone())
            .hint(format!("Add `{name}=\"…\"`."))
        })
        .collect();
    let pair =
        |a: &str, b: &str| expression.argument(a).is_some() && expression.argument(b).is_none();
    let grouped =
        matches!(expression.function, Function::Difference | Function::Versus | Function::Claim);
    if pair("by", "group") && !grouped {
        wrong.push(
            Diagnostic::error(
                Code::MissingArgument,
                format!("`{function}` has `by` without `group`"),
            )
            .at(expression.place.clone())
            .hint("Add `group=\"…\"`: the part of the population that the number is about."),
        );
    }
    if pair("group", "by") {
        wrong.push(
            Diagnostic::error(
                Code::MissingArgument,
                format!("`{function}` has `group` without `by`"),
            )
            .at(expression.place.clone())
            .hint("Add `by=\"…\"`: the breakdown that the group belongs to."),
        );
    }
    wrong
}

/// Arguments beside which others decide: nobody would see that they change nothing.
fn idle(expression: &Expression) -> Vec<Diagnostic> {
    let has = |names: &[&str]| names.iter().all(|name| expression.argument(name).is_some());
    let idle = |name: &str, message: &str, hint: &str| {
        let argument = expression.argument(name)?;
        let mistake = Diagnostic::error(Code::UnknownArgument, message);
        Some(mistake.at(argument.place.clone()).hint(hint))
    };
    let mut wrong = vec![];
    if has(&["from", "to"]) {
        wrong.extend(idle("wave", "`wave` says nothing beside `from` and `to`", "Take it out."));
    }
    if has(&["a", "b", "by"]) {
        let message = "`group` says nothing: `a` and `b` are the groups of `by`";
        wrong.extend(idle("group", message, "Take it out."));
    } else if has(&["a", "b"]) {
        let message = "`item` says nothing: `a` and `b` are the items";
        let hint = "Take it out, or add `by=\"…\"`: then `a` and `b` are its groups.";
        wrong.extend(idle("item", message, hint));
    }
    wrong
}

struct Reader<'s> {
    source: &'s Arc<SourceText>,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn call(&mut self, place: Place) -> Result<(Expression, Vec<Diagnostic>), Diagnostic> {
        let name =
            self.word().ok_or_else(|| self.expected("the name of a function, as in `share(…)`"))?;
        let function =
            Function::named(self.slice(&name)).ok_or_else(|| self.unknown_function(&name))?;
        self.take('(')?;
        let (mut arguments, mut wrong) = (vec![], vec![]);
        while !self.peek(')') {
            self.argument(function, &mut arguments, &mut wrong)?;
            if !self.peek(')') {
                self.take(',')?;
            }
        }
        self.take(')')?;
        self.blank();
        if self.at < self.end {
            return Err(self.expected("`}}`"));
        }
        Ok((Expression { function, arguments, place }, wrong))
    }

    fn argument(
        &mut self,
        function: Function,
        arguments: &mut Vec<Argument>,
        wrong: &mut Vec<Diagnostic>,
    ) -> Result<(), Diagnostic> {
        let name =
            self.word().ok_or_else(|| self.expected("an argument, as in `item=\"energy\"`"))?;
        self.take('=')?;
        let value = self.value()?;
        let (written, place) = (self.slice(&name), Place::new(self.source, name.clone()));
        match function.parameter(written) {
            Some(known) if arguments.iter().any(|argument| argument.name == known) => wrong.push(
                Diagnostic::error(
                    Code::UnknownArgument,
                    format!("the argument `{known}` is given twice"),
                )
                .at(place),
            ),
            Some(known) => arguments.push(Argument {
                name: known,
                value: self.slice(&value).to_owned(),
                place: Place::new(self.source, value),
            }),
            None => wrong.push(
                Diagnostic::error(
                    Code::UnknownArgument,
                    format!("`{}` takes no argument `{written}`", function.name()),
                )
                .at(place)
                .hint_if(did_you_mean(written, function.parameters())),
            ),
        }
        Ok(())
    }

    /// A quoted text, or a bare number or word.
    fn value(&mut self) -> Result<Range<usize>, Diagnostic> {
        self.blank();
        if self.rest().starts_with('"') {
            let start = self.at + 1;
            let length = self.source.text()[start..self.end]
                .find('"')
                .ok_or_else(|| self.expected("a closing quotation mark `\"`"))?;
            self.at = start + length + 1;
            return Ok(start..start + length);
        }
        if self.rest().starts_with(['“', '”', '«', '\'', '‘']) {
            return Err(self.expected("a straight quotation mark `\"`"));
        }
        self.word().ok_or_else(|| self.expected("a value in quotation marks"))
    }

    fn word(&mut self) -> Option<Range<usize>> {
        self.blank();
        let rest = self.rest();
        let length =
            rest.find(|c: char| !(c.is_alphanumeric() || "_-.".contains(c))).unwrap_or(rest.len());
        let start = self.at;
        self.at += length;
        (length > 0).then_some(start..start + length)
    }

    fn take(&mut self, wanted: char) -> Result<(), Diagnostic> {
        if self.peek(wanted) {
            self.at += wanted.len_utf8();
            Ok(())
        } else {
            Err(self.expected(&format!("`{wanted}`")))
        }
    }

    fn peek(&mut self, wanted: char) -> bool {
        self.blank();
        self.rest().starts_with(wanted)
    }

    fn blank(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn rest(&self) -> &str {
        &self.source.text()[self.at..self.end]
    }

    fn slice(&self, span: &Range<usize>) -> &str {
        &self.source.text()[span.clone()]
    }

    fn expected(&self, what: &str) -> Diagnostic {
        let next = self.rest().chars().next();
        let (message, width) = match next {
            Some(found) => (format!("expected {what}, found `{found}`"), found.len_utf8()),
            None => (format!("expected {what} before `}}}}`"), 2),
        };
        Diagnostic::error(Code::ExpressionSyntax, message)
            .at(Place::new(self.source, self.at..self.at + width))
            .hint("Write an expression as `{{ share(q=\"themes\", item=\"energy\") }}`.")
    }

    fn unknown_function(&self, name: &Range<usize>) -> Diagnostic {
        let written = self.slice(name);
        Diagnostic::error(Code::UnknownFunction, format!("there is no function `{written}`"))
            .at(Place::new(self.source, name.clone()))
            .hint(one_of(written, Function::NAMES.iter().copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Expression, Vec<Diagnostic>> {
        let source = SourceText::new("a.md", text.to_owned());
        let span = next(source.text(), 0).unwrap();
        parse(&source, span)
    }

    fn message(text: &str) -> String {
        read(text)
            .unwrap_err()
            .iter()
            .map(|d| d.message().to_owned())
            .collect::<Vec<_>>()
            .join(" / ")
    }

    #[test]
    fn a_call_is_read_with_its_arguments() {
        let expression = read(r#"{{ share(q="themes", item="energy", digits=1) }}"#).unwrap();

        assert_eq!(expression.function, Function::Share);
        assert_eq!(expression.argument("item").unwrap().value, "energy");
        assert_eq!(expression.argument("digits").unwrap().value, "1");
    }

    #[test]
    fn braces_inside_quotes_do_not_end_it() {
        assert_eq!(next(r#"a {{ n(q="x}}y") }} b"#, 0), Some(2..19));
    }

    #[test]
    fn one_that_is_not_closed_takes_nothing_with_it() {
        assert_eq!(next("a {{ n(q=\" b {{ n() }}", 0), Some(13..22));
        assert_eq!(next("a {{ n(\n\nb }} {{ n() }}", 0), Some(14..23));
        assert_eq!(next("a {{ n(\r\n\r\nb }}", 0), None);
        assert_eq!(next("a {{ n(\n) }}", 0), Some(2..12));
    }

    #[test]
    fn every_wrong_argument_is_told() {
        assert_eq!(
            message(r#"{{ share(qq="a", itm="b") }}"#),
            "`share` takes no argument `qq` / `share` takes no argument `itm` / \
             `share` needs the argument `q` / `share` needs the argument `item`"
        );
    }

    #[test]
    fn syntax_is_refused_where_it_breaks() {
        assert_eq!(
            message(r"{{ share(q=«a») }}"),
            "expected a straight quotation mark `\"`, found `«`"
        );
        assert_eq!(message("{{ share }}"), "expected `(` before `}}`");
        assert_eq!(message(r#"{{ shar(q="a") }}"#), "there is no function `shar`");
    }

    #[test]
    fn a_group_needs_its_breakdown() {
        assert_eq!(message(r#"{{ n(q="a", group="b") }}"#), "`n` has `group` without `by`");
    }
}
