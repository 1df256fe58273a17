//! Names of columns that begin alike, `media_tv` and `media_radio`: where the
//! cells are ticks or ranks, they are the options of one question.

use std::ops::Range;

use super::super::export::{Column, TYPED};
use super::super::roles::RANKS;
use super::super::scales::is_other;
use super::super::text::{number, own_numbers, same};

const SIGNS: [char; 4] = ['_', '.', '/', '-'];

/// Marks neighbours whose names share what stands before a sign and that hold
/// nothing but ticks, as 0 and 1 or as a number of their own, or ranks.
pub(super) fn runs(headers: &[String], rows: &[Vec<String>], columns: &mut [Option<Column>]) {
    let mut at = 0;
    while at < headers.len() {
        let is_free = |at: usize| columns[at].is_none();
        let own = stem(&headers[at]).filter(|_| is_free(at));
        let alike = |at: &usize| own.is_some() && is_free(*at) && stem(&headers[*at]) == own;
        let end = (at..headers.len()).find(|at| !alike(at)).unwrap_or(headers.len());
        let run = at..end;
        at = end.max(at + 1);
        let table = Table { headers, rows };
        for part in table.parts(own.unwrap_or_default(), run.clone()) {
            table.mark(&part, run.end, columns);
        }
    }
}

/// What stands before the first sign of a name.
fn stem(header: &str) -> Option<&str> {
    let header = header.trim();
    let cut = header.find(SIGNS).filter(|cut| 0 < *cut && cut + 1 < header.len())?;
    (!header.contains(' ')).then(|| &header[..cut])
}

struct Table<'t> {
    headers: &'t [String],
    rows: &'t [Vec<String>],
}

impl<'t> Table<'t> {
    fn cells(&self, at: usize) -> impl Iterator<Item = &'t str> {
        self.rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.trim())
    }

    fn is_empty(&self, at: usize) -> bool {
        self.cells(at).all(str::is_empty)
    }

    /// The parts of a run of names that are options of one question.
    fn parts(&self, stem: &str, run: Range<usize>) -> Vec<Range<usize>> {
        if RANKS.contains(&same(stem).as_str()) {
            return self.like(run, |at| self.is_rank(at));
        }
        let numbered =
            self.like(run.clone(), |at| self.is_one_number(at)).into_iter().find(|part| {
                let cells: Vec<Vec<&str>> =
                    part.clone().map(|at| self.cells(at).collect()).collect();
                own_numbers(&cells)
            });
        let Some(mut part) = numbered else { return self.like(run, |at| self.is_binary(at)) };
        // Options before the first that somebody chose have numbers as well.
        let first = self.cells(part.start).find_map(number).unwrap_or_default();
        let mut before = 1.0;
        while run.start < part.start && self.is_empty(part.start - 1) && before < first {
            part.start -= 1;
            before += 1.0;
        }
        vec![part]
    }

    /// The stretches of three columns and more that pass a test, with those
    /// between them that nobody filled.
    fn like(&self, run: Range<usize>, test: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut parts: Vec<(Range<usize>, usize)> = vec![];
        let mut is_open = false;
        for at in run {
            if test(at) {
                match parts.last_mut().filter(|_| is_open) {
                    Some((part, count)) => (part.end, *count) = (at + 1, *count + 1),
                    None => parts.push((at..at + 1, 1)),
                }
                is_open = true;
            } else if !self.is_empty(at) {
                is_open = false;
            }
        }
        parts.into_iter().filter(|(_, count)| 3 <= *count).map(|(part, _)| part).collect()
    }

    /// Nothing but 0 and 1, and one of them.
    fn is_binary(&self, at: usize) -> bool {
        self.cells(at).all(|cell| matches!(cell, "0" | "1" | "" | "NA"))
            && self.cells(at).any(|cell| matches!(cell, "0" | "1"))
    }

    fn is_one_number(&self, at: usize) -> bool {
        let mut filled = self.cells(at).filter(|cell| !cell.is_empty());
        let first = filled.next();
        first.is_some_and(|first| number(first).is_some() && filled.all(|cell| cell == first))
    }

    /// Whole numbers from 1 on, and one at least.
    fn is_rank(&self, at: usize) -> bool {
        let is_place =
            |cell: &str| number(cell).is_some_and(|place| 1.0 <= place && place.fract() == 0.0);
        !self.is_empty(at) && self.cells(at).all(|cell| cell.is_empty() || is_place(cell))
    }

    /// Makes the columns of `part` lines of the question that their names
    /// share; what was typed under "other" follows them.
    fn mark(&self, part: &Range<usize>, end: usize, columns: &mut [Option<Column>]) {
        let names: Vec<&str> =
            self.headers[part.clone()].iter().map(|header| header.trim()).collect();
        let shared =
            |cut: &usize| names.iter().all(|name| name.get(..*cut) == names[0].get(..*cut));
        let cuts = names[0].match_indices(SIGNS).map(|(cut, _)| cut + 1).filter(shared);
        let Some(cut) = cuts.max() else { return };
        for (at, name) in part.clone().zip(&names) {
            let (code, line) = (&name[..cut - 1], &name[cut..]);
            columns[at] = Some(Column::asks(&self.headers[at], code, "").with_item(line, ""));
        }
        let typed = self.headers[part.end..end].first().map(|header| header.trim());
        let is_typed = typed.is_some_and(|name| {
            name.get(..cut) == names[0].get(..cut) && name.get(cut..).is_some_and(is_other)
        });
        if is_typed && !self.is_empty(part.end) {
            columns[part.end] = Some(Column::out(&self.headers[part.end], TYPED));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code and the line of each column, `-` for one that stands alone.
    fn told(headers: &str, rows: &[&str]) -> String {
        let cut = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<String>>();
        let (headers, rows) = (cut(headers), rows.iter().map(|row| cut(row)).collect::<Vec<_>>());
        let mut columns = vec![None; headers.len()];
        runs(&headers, &rows, &mut columns);
        let line = |column: Option<Column>| {
            let column = column?;
            Some(format!(
                "{}:{}",
                column.code,
                column.item.map_or("typed".into(), |item| item.code)
            ))
        };
        let lines = columns.into_iter().map(|column| line(column).unwrap_or("-".into()));
        lines.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_options_with_those_that_nobody_chose_between_them() {
        let rows = ["1,,1,0,often,5", "0,,0,1,,5"];
        let head = "media_tv,media_fax,media_web,media_press,media_other,age";
        assert_eq!(told(head, &rows), "media:tv media:fax media:web media:press :typed -");
        assert_eq!(told("a_b,a_c", &["1,0", "0,1"]), "- -");
    }

    #[test]
    fn a_number_of_its_own_in_each_column_is_a_tick() {
        let head = "role.bus,role.dev,role.law,role.fin,role.mgmt";
        let rows = [",2,,,", ",2,,,5", ",,3,,", ",2,3,,", ",,,,5"].repeat(2);
        assert_eq!(told(head, &rows), "role:bus role:dev role:law role:fin role:mgmt");
        // Everybody gave an answer to each: that is a grid.
        assert_eq!(told("q_a,q_b,q_c", &["1,2,3"; 12]), "- - -");
    }

    #[test]
    fn names_that_begin_with_rank_and_hold_places_are_one_ranking() {
        let head = "rank_home,rank_work,rank_away,size_a,size_b,size_c";
        assert_eq!(
            told(head, &["1,2,3,1,2,3", "2,1,,3,2,1"]),
            "rank:home rank:work rank:away - - -"
        );
    }
}
