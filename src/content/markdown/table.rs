//! Tables that authors write.

use pulldown_cmark::Alignment;

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
