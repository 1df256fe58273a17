//! Chart blocks and comments, which end where their author closed them.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::diag::{Code, Diagnostic, Place, nearest};

use super::super::allow;
use super::super::chapter::Piece;
use super::super::directive::FigureRequest;
use super::super::expression::Function;
use super::{Open, Writer};

const OPENS: &str = "<!--";
const CLOSES: &str = "-->";

impl Writer<'_> {
    pub(super) fn end_chart(&mut self) {
        let Some(Open::Chart { text, span }) = self.open.pop() else { return };
        let fence = self.first_line(&span);
        if !is_closed(&self.source.text()[span]) {
            self.never_closed("the chart block is never closed", fence, "Close it with `` ``` ``.");
            return;
        }
        let from = text.first().map_or(fence.end, |line| line.start);
        let place = Place::new(self.source, fence);
        let text = self.gathered(&text);
        if let Some(request) = FigureRequest::read(self.source, &text, from, place, self.found) {
            self.body.figures.push(request);
            self.hole(Piece::Figure(self.body.figures.len() - 1));
        }
    }

    /// Lines of a block, each byte at its distance from the first one: in a
    /// quotation its marks stand between them.
    fn gathered(&self, lines: &[Range<usize>]) -> String {
        let mut text = String::new();
        let mut end = lines.first().map_or(0, |line| line.start);
        for line in lines {
            text += &self.source.text()[end..line.start].replace('>', " ");
            text += &self.source.text()[line.clone()];
            end = line.end;
        }
        text
    }

    /// A comment, or the first line of one.
    pub(super) fn comment(&mut self, html: &str, span: Range<usize>) {
        if allow::is_instruction(html) {
            let allowance = allow::read(self.source, span.clone(), self.found);
            self.body.allowances.extend(allowance);
        }
        if !html.contains(CLOSES) {
            self.open.push(Open::Comment);
        }
        let line = self.first_line(&span);
        let rest = &self.source.text()[span.start..];
        match rest.find(CLOSES) {
            None => self.never_closed("the comment is never closed", line, "Close it with `-->`."),
            Some(end) if rest.get(OPENS.len()..end).is_some_and(|text| text.contains(OPENS)) => {
                let what = "the comment is not closed before the next one begins";
                self.never_closed(
                    what,
                    line,
                    "Close it with `-->`: comments do not stand in comments.",
                );
            }
            Some(_) => {}
        }
    }

    /// In a line of text, the beginning of a comment that is never closed is
    /// words to the parser; no author wants readers to see them.
    pub(super) fn stray_comment(&mut self, span: &Range<usize>) {
        let text = self.source.text();
        // The parser may hand over the sign and what follows one by one.
        let mut signs = text[span.clone()].match_indices('<').map(|(at, _)| span.start + at);
        let is_stray = |at: &usize| text[*at..].starts_with(OPENS) && !text[..*at].ends_with('\\');
        let Some(at) = signs.find(is_stray) else { return };
        let place = at..at + OPENS.len();
        let help = "Close it with `-->`, or put a backslash before `<` to show the sign.";
        self.never_closed("the comment is never closed", place, help);
    }

    /// A block that would stand on the page as it is written.
    pub(super) fn meant_as_chart(&mut self, kind: &CodeBlockKind<'_>, span: &Range<usize>) {
        let text = &self.source.text()[span.clone()];
        let asks = |line: &str| {
            let value = line.trim_start().strip_prefix("question").map(str::trim_start);
            value.is_some_and(|value| value.starts_with('='))
        };
        let is_meant = match kind {
            CodeBlockKind::Fenced(info) if info.trim().is_empty() => text.lines().any(asks),
            CodeBlockKind::Fenced(info) => names_a_chart(info),
            CodeBlockKind::Indented => false,
        };
        if is_meant {
            let fence = Place::new(self.source, self.first_line(span));
            let message = "a code block that was meant to be a chart";
            self.found.push(Diagnostic::error(Code::NotAChart, message).at(fence).hint(
                "Begin it with `` ```chart ``, or with `` ```toml `` to show how it is written.",
            ));
        }
    }

    /// An expression in single braces is words to the parser, and so is a tag of
    /// another program.
    pub(super) fn single_brace(&mut self, text: &str, from: usize) {
        for (at, tag) in text.match_indices("{%") {
            self.found.push(
                Diagnostic::error(Code::ExpressionSyntax, "`{%` begins no expression")
                    .at(Place::new(self.source, from + at..from + at + tag.len()))
                    .hint(
                        "Chapters know expressions alone, `{{ … }}`; write code between backticks.",
                    ),
            );
        }
        for (at, _) in text.match_indices('{') {
            let name = text[at + 1..].trim_start();
            let end = name.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(0);
            let is_call = name[end..].starts_with('(') && Function::NAMES.contains(&&name[..end]);
            if is_call && !text[..at].ends_with('{') {
                self.found.push(
                    Diagnostic::error(Code::ExpressionSyntax, "an expression in single braces")
                        .at(Place::new(self.source, from + at..from + at + 1))
                        .hint(format!("Write them twice: `{{{{ {}(…) }}}}`.", &name[..end])),
                );
            }
        }
    }

    fn never_closed(&mut self, what: &str, span: Range<usize>, help: &str) {
        self.cut_off = true;
        let place = Place::new(self.source, span);
        self.found.push(Diagnostic::error(Code::NeverClosed, what).at(place).hint(help));
    }
}

/// Whether a fenced block ends with a fence, before another one begins: without
/// one the rest of the text, quotation or list item belongs to it.
fn is_closed(block: &str) -> bool {
    let mut lines = block.trim_end().lines();
    let opening = lines.next().unwrap_or_default();
    let fence = &opening[..opening.len() - opening.trim_start_matches(['`', '~']).len()];
    let mut fences = lines
        .map(|line| line.trim_start_matches([' ', '\t', '>']))
        .filter(|line| line.starts_with(fence));
    fences.next().is_some_and(|first| first.trim_matches(['`', '~']).is_empty())
}

/// Whether the words after a fence were meant to be `chart`.
fn names_a_chart(info: &str) -> bool {
    let word = info.split_whitespace().next().unwrap_or_default();
    let word = word.trim_matches(['{', '}', '.', ':', '=']);
    nearest(word, ["chart", "graphique", "grafiek", "figure", "figuur"]).is_some()
}
