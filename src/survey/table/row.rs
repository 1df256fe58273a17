//! A row of a table: its cells as texts and numbers, and where they stand.

use std::ops::Range;

use super::cell::{cell_end, trimmed};
use super::number::{Number, number};
use super::{Complaints, Table};
use crate::diag::{Code, Diagnostic, Place};

/// What people and programs write where nothing is known.
const NOTHING: [&str; 9] = ["na", "n/a", "n.a.", "nan", "null", "-", "–", "—", "."];

/// Beyond this no count is one, and sums of counts would not be exact.
const MOST: f64 = 1e15;

/// One row of a table, valid until the next is read.
#[derive(Clone, Copy)]
pub(in crate::survey) struct Row<'r> {
    pub(super) table: &'r Table,
    pub(super) text: &'r str,
    /// Where the cells stand in the text.
    pub(super) cells: &'r [Range<usize>],
    /// Where the row stands in the file.
    pub(super) start: usize,
}
impl<'r> Row<'r> {
    /// The text of a cell without the blanks around it; empty for the
    /// spellings of an empty cell.
    pub(in crate::survey) fn text(&self, column: usize) -> &'r str {
        let text = self.written(column);
        if self.table.missing.iter().any(|missing| missing == text) { "" } else { text }
    }

    /// The text of a cell without the blanks around it.
    fn written(&self, column: usize) -> &'r str {
        let text = self.cells.get(column).map_or("", |cell| &self.text[cell.clone()]);
        // Looking for blanks decodes characters; most cells start and end
        // with one that is none.
        match text.as_bytes() {
            [one] if one.is_ascii_graphic() => text,
            [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
            _ => trimmed(text),
        }
    }

    /// A cell of up to seven bytes as a number that no other text has; `None`
    /// for longer ones and for the last of a text.
    #[inline]
    pub(in crate::survey) fn short(&self, column: usize) -> Option<u64> {
        let Range { start, end } = self.cells.get(column)?.clone();
        let length = end - start;
        let word = self.text.as_bytes().get(start..start + 8)?;
        let word = u64::from_le_bytes(word.try_into().ok()?);
        let rest = u64::MAX << (8 * length.min(7));
        (length < 8).then_some(word & !rest | (length as u64) << 56)
    }

    /// The text of a cell whose column may not exist, if it is not empty.
    pub(in crate::survey) fn filled(&self, column: Option<usize>) -> Option<&'r str> {
        column.map(|column| self.text(column)).filter(|text| !text.is_empty())
    }

    /// Whether the table has a column in this place; see [`Table::needed`].
    pub(in crate::survey) fn has(&self, column: usize) -> bool {
        column < self.table.columns.len()
    }

    /// The stretch of a cell.
    pub(in crate::survey) fn place(&self, column: usize) -> Place {
        self.table.cell_place(self.start, column)
    }

    /// The stretch of the whole row.
    pub(in crate::survey) fn whole(&self) -> Place {
        let text = self.table.source.text().as_bytes();
        let start = self.table.first_cell(self.start);
        let mut end = start;
        for column in 0..self.cells.len() {
            end = cell_end(text, end + usize::from(0 < column), self.table.delimiter).0;
        }
        Place::new(&self.table.source, start..end)
    }

    /// The number in a cell; `None` if it is empty. What is not a number is
    /// complained about.
    pub(in crate::survey) fn number(
        &self,
        column: usize,
        complaints: &mut Complaints,
    ) -> Option<Number> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let number = number(text, self.table.decimals());
        if number.is_none() {
            complaints.push(Code::BadNumber, column, || {
                Diagnostic::error(Code::BadNumber, format!("`{text}` is not a number"))
                    .at(self.place(column))
                    .hint_if(self.number_hint(text))
            });
        }
        number
    }

    /// The number in a cell that a program wrote: exponents are allowed.
    pub(in crate::survey) fn real(
        &self,
        column: usize,
        complaints: &mut Complaints,
    ) -> Option<f64> {
        let text = self.text(column);
        let exponent = text.contains(['e', 'E']);
        if let Some(value) = text.parse::<f64>().ok().filter(|value| exponent && value.is_finite())
        {
            return Some(value);
        }
        self.number(column, complaints).map(|number| number.value)
    }

    /// The whole number from 0 in a cell; `None` if it is empty.
    pub(in crate::survey) fn count(
        &self,
        column: usize,
        complaints: &mut Complaints,
    ) -> Option<u64> {
        let number = self.number(column, complaints)?;
        let text = self.text(column);
        // Programs write whole numbers with a decimal: `123.0`.
        let is_whole = number.value.fract() == 0.0 && (0.0..=MOST).contains(&number.value);
        if !is_whole {
            complaints.push(Code::BadNumber, column, || {
                let bare: String = text.chars().filter(char::is_ascii_digit).collect();
                let is_grouped = number.digits == 3 && 0.0 <= number.value;
                Diagnostic::error(Code::BadNumber, format!("`{text}` is not a whole number from 0"))
                    .at(self.place(column))
                    .hint_if(is_grouped.then(|| format!("Write it without separators: `{bare}`.")))
            });
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is a whole number from 0 to 10^15"
        )]
        is_whole.then_some(number.value as u64)
    }

    /// The text of a cell that must not be empty.
    pub(in crate::survey) fn needed(
        &self,
        column: usize,
        complaints: &mut Complaints,
    ) -> Option<&'r str> {
        let text = self.text(column);
        // A column that is missing is told once.
        if text.is_empty()
            && let Some(name) = self.table.columns.get(column)
        {
            complaints.push(Code::EmptyCell, column, || {
                let written = self.written(column);
                let message = if written.is_empty() {
                    format!("`{name}` is empty")
                } else {
                    format!("`{name}` is empty: `missing` under `[csv]` names `{written}`")
                };
                Diagnostic::error(Code::EmptyCell, message).at(self.place(column))
            });
        }
        (!text.is_empty()).then_some(text)
    }

    fn number_hint(&self, text: &str) -> Option<String> {
        if let Some(bare) = text.strip_suffix('%').map(str::trim) {
            return number(bare, self.table.decimals())
                .map(|_| format!("Write `{bare}`: the unit has its own column."));
        }
        if let Some(decimal) = [',', '.'].into_iter().find(|sign| number(text, &[*sign]).is_some())
        {
            return Some(format!(
                "If the file writes decimals so, say `decimal = \"{decimal}\"` under `[csv]` in `barometer.toml`."
            ));
        }
        if NOTHING.contains(&text.to_lowercase().as_str()) {
            return Some(format!(
                "If nothing is known, leave the cell empty; `missing = [\"{text}\"]` under `[csv]` in `barometer.toml` says that it means so everywhere."
            ));
        }
        if text.starts_with(['=', '#']) {
            return Some("Save the values of the spreadsheet, not its formulas.".to_owned());
        }
        let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
        if number(&bare, self.table.decimals()).is_some() {
            return Some(format!("Write it without separators: `{bare}`."));
        }
        // `1.234,5` and `1,234.5`: the last sign is the one of decimals.
        let last = bare.rfind(['.', ','])?;
        let (whole, decimals) = bare.split_at(last);
        let whole = whole.replace(['.', ','], "");
        let plain = format!("{whole}.{}", &decimals[1..]);
        number(&plain, &['.']).map(|_| format!("Write it without separators: `{plain}`."))
    }
}
