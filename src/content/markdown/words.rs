//! Running text: words, code, the expressions between them, and the author's
//! own markup.

use std::ops::Range;

use crate::config::RawHtml;
use crate::content::chapter::{Form, HeadingPart, Piece};
use crate::content::expression;
use crate::diag::{Code, Diagnostic, Place};

use super::mask::{CLOSE, OPEN};
use super::{Open, Writer};

impl Writer<'_> {
    pub(super) fn line_break(&mut self) {
        match self.open.last_mut() {
            Some(Open::Heading { text, .. }) => text.push(' '),
            Some(Open::Image { alt, .. }) => return alt.push(HeadingPart::Text(" ".to_owned())),
            _ => {}
        }
        self.html.line();
    }

    pub(super) fn text(&mut self, text: &str, span: Range<usize>) {
        match self.open.last_mut() {
            Some(Open::Chart { text: gathered, .. }) => {
                gathered.push(span);
                return;
            }
            Some(Open::Comment) => return,
            _ => {}
        }
        if self.code {
            self.html.text(&self.source.text()[span]);
            return;
        }
        self.stray_comment(&span);
        self.body.prose.push(span.clone());
        let mut at = 0;
        while let Some(open) = text[at..].find(OPEN).map(|found| at + found) {
            self.words_at(&text[at..open], span.start + at);
            self.expression(span.start + open);
            let close = text[open..]
                .find(CLOSE)
                .map_or(text.len(), |found| open + found + CLOSE.len_utf8());
            at = close;
        }
        self.words_at(&text[at..], span.start + at);
    }

    /// Words that stand at byte `from` of the file, between expressions.
    fn words_at(&mut self, text: &str, from: usize) {
        self.single_brace(text, from);
        for (stray, _) in text.match_indices("{{") {
            let place = Place::new(self.source, from + stray..from + stray + 2);
            self.found.push(
                Diagnostic::error(Code::ExpressionSyntax, "`{{` without an expression and `}}`")
                    .at(place)
                    .hint("Close it with `}}`, or write code between backticks."),
            );
        }
        self.words(text);
    }

    /// Words of the author, set as the language sets them.
    fn words(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let set = self.words.typeset(text);
        match self.open.last_mut() {
            Some(Open::Heading { text: gathered, parts, .. }) => {
                gathered.push_str(text);
                parts.push(HeadingPart::Text(set.clone().into_owned()));
            }
            Some(Open::Image { alt, .. }) => return alt.push(HeadingPart::Text(set.into_owned())),
            _ => {}
        }
        self.html.text(&set);
    }

    fn expression(&mut self, at: usize) {
        // A placeholder stands only where `mask` noted an expression.
        let Some(span) = self.spans.get(&at).cloned() else { return };
        let expression = match expression::parse(self.source, span) {
            Ok(expression) => expression,
            Err(wrong) => return self.found.extend(wrong),
        };
        let number = self.body.expressions.len();
        self.body.expressions.push(expression);
        match self.open.last_mut() {
            Some(Open::Heading { parts, .. }) => parts.push(HeadingPart::Expression(number)),
            Some(Open::Image { alt, .. }) => return alt.push(HeadingPart::Expression(number)),
            _ => {}
        }
        self.hole(Piece::Inline { expression: number, form: Form::Element });
    }

    pub(super) fn inline_code(&mut self, span: Range<usize>) {
        let spelled = &self.source.text()[span];
        let ticks = spelled.len() - spelled.trim_start_matches('`').len();
        let inner = spelled[ticks..spelled.len() - ticks].replace('\n', " ");
        let padded = inner.starts_with(' ') && inner.ends_with(' ') && !inner.trim().is_empty();
        let inner = if padded { &inner[1..inner.len() - 1] } else { inner.as_str() };
        match self.open.last_mut() {
            Some(Open::Heading { text, parts, .. }) => {
                text.push_str(inner);
                parts.push(HeadingPart::Text(inner.to_owned()));
            }
            Some(Open::Image { alt, .. }) => return alt.push(HeadingPart::Text(inner.to_owned())),
            _ => {}
        }
        self.html.tag("code", &[]).text(inner).end("code");
    }

    /// Comments are the author's own; other markup is as the settings say.
    pub(super) fn markup(&mut self, html: &str, span: Range<usize>) {
        if matches!(self.open.last(), Some(Open::Comment)) {
            return;
        }
        if html.trim_start().starts_with("<!--") {
            self.comment(html, span);
            return;
        }
        let first_line = html.find('\n').unwrap_or(html.len());
        let place = Place::new(self.source, span.start..span.start + first_line);
        if self.raw_html == RawHtml::Refused {
            self.found.push(
                Diagnostic::error(Code::RawHtml, "raw HTML in a chapter")
                    .at(place)
                    .hint("Write it in Markdown, or put a backslash before `<` to show the sign.")
                    .hint("`[markdown] html = true` in `barometer.toml` allows it, unchecked."),
            );
        } else if self.spans.range(span).next().is_some() {
            // What stands in it goes to the page unread.
            self.found.push(
                Diagnostic::error(Code::RawHtml, "an expression inside raw HTML").at(place).hint(
                    "Set the expression in Markdown: leave a blank line before and after it.",
                ),
            );
        } else if !matches!(self.open.last(), Some(Open::Image { .. })) {
            self.html.html(html);
        }
    }
}
