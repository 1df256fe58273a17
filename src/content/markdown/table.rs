//! Tables that authors write.

use std::ops::Range;

use pulldown_cmark::Alignment;

use crate::diag::{Code, Diagnostic, Place};

use super::super::chapter::Passage;
use super::Writer;

/// Where in a table the text is.
#[derive(Default)]
pub(super) struct TableState {
    alignments: Vec<Alignment>,
    pub(super) cell: usize,
    pub(super) head: bool,
}

impl Writer<'_> {
    pub(super) fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = TableState { alignments, cell: 0, head: false };
        self.tables += 1;
        self.begin(Passage::Container);
        let title = match (self.tables, self.heading.as_str()) {
            (1, heading) => heading.to_owned(),
            (number, heading) => format!("{heading} ({number})"),
        };
        let label = self.words.fill("table.scroll", &[("title", &title)]);
        let attributes = [
            ("class", "table-scroll"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", &label),
        ];
        self.html.tag("div", &attributes);
        self.html.tag("table", &[]).line();
        self.html
            .tag("caption", &[("class", "visually-hidden")])
            .text(&title)
            .end("caption")
            .line();
    }

    /// To the parser a table whose second line has another number of cells than
    /// its first is words and bars.
    pub(super) fn stray_table(&mut self, span: &Range<usize>) {
        let text = self.source.text();
        let mut at = span.start;
        let mut lines = text[span.clone()].split_inclusive('\n').map(|line| {
            at += line.len();
            at - line.len()..at - line.len() + line.trim_end().len()
        });
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return };
        let rule = text[second.clone()].trim();
        if !rule.contains('|') || !rule.contains("--") || rule.contains(|c| !"|-: ".contains(c)) {
            return;
        }
        let (header, cells) = (self.cells(&first), self.cells(&second));
        self.uneven(second, &format!("a line of {cells} cells under a header of {header}"));
    }

    /// What a row has beyond its header the parser drops.
    pub(super) fn long_row(&mut self, span: &Range<usize>) {
        let (cells, header) = (self.cells(span), self.table.alignments.len());
        if header < cells {
            let row = self.first_line(span);
            self.uneven(row, &format!("a row of {cells} cells under a header of {header}"));
        }
    }

    fn uneven(&mut self, line: Range<usize>, message: &str) {
        let mistake = Diagnostic::error(Code::TableBroken, message);
        self.found.push(mistake.at(Place::new(self.source, line)));
    }

    /// How many cells a line has: between its bars, but for those of expressions.
    fn cells(&self, line: &Range<usize>) -> usize {
        let row = self.source.text()[line.clone()].trim_end();
        let inner = row.trim_start();
        let inner = inner.strip_prefix('|').unwrap_or(inner);
        let from = line.start + row.len() - inner.len();
        let inner = inner.strip_suffix('|').filter(|row| !row.ends_with('\\')).unwrap_or(inner);
        let is_bar = |at: &usize| {
            let bound = self.spans.range(..=from + at).next_back();
            !inner[..*at].ends_with('\\') && bound.is_none_or(|(_, span)| span.end <= from + at)
        };
        1 + inner.match_indices('|').map(|(at, _)| at).filter(is_bar).count()
    }

    /// Whether a head cell is a heading is known at its end.
    pub(super) fn table_cell(&mut self) {
        if self.table.head {
            return self.set_aside();
        }
        let alignment = self.alignment();
        self.html.tag("td", &alignment);
    }

    pub(super) fn end_table_cell(&mut self) {
        if self.table.head {
            let inner = self.take_up();
            let mut attributes = self.alignment();
            let name = if inner.is_empty() { "td" } else { "th" };
            if name == "th" {
                attributes.push(("scope", "col"));
            }
            self.html.tag(name, &attributes);
            self.extend(inner);
            self.html.end(name);
        } else {
            self.html.end("td");
        }
        self.table.cell += 1;
    }

    fn alignment(&self) -> Vec<(&'static str, &'static str)> {
        match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Right) => vec![("class", "align-right")],
            Some(Alignment::Center) => vec![("class", "align-center")],
            _ => vec![],
        }
    }
}
