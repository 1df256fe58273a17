//! Several columns under one question: ticks, ranks, or a grid.

mod common;
mod grid;
mod parts;
mod ranking;
mod ticks;

pub(super) use parts::parts;

use super::draft::{draft, told_by, wording};
use super::options::Options;
use crate::import::export::{Export, Item};
use crate::import::question::{Choice, Question};
use crate::import::scales;
use crate::import::structure::{Asked, Asks, Structures};
use crate::import::text::{Texts, any, clean, plain};

/// What a family of columns asks; `None` if nothing fits all of them.
pub(super) fn questions(
    export: &Export,
    family: &[usize],
    known: &Structures,
) -> Option<Vec<Question>> {
    let first = &export.columns[family[0]];
    let asked = known.find(first, None);
    let cells: Vec<Vec<String>> =
        family.iter().map(|at| export.cells(*at).map(clean).collect()).collect();
    let items: Vec<&Item> =
        family.iter().filter_map(|at| export.columns[*at].item.as_ref()).collect();
    let family = Family { export, columns: family, cells, items, asked, known };
    match asked.map(|asked| asked.asks) {
        Some(Asks::Nothing) => return None,
        Some(Asks::Multiple) => return Some(vec![family.ticks()]),
        Some(Asks::Ranking) => return Some(vec![family.ranking()]),
        Some(Asks::Grid) => return Some(family.grid()),
        _ => {}
    }
    if family.cells.iter().flatten().all(String::is_empty) {
        return None;
    }
    // What the codebook has as questions of their own is no single question.
    let is_known = |at: &usize| family.told(*at).is_some_and(|own| own.asks != Asks::Unknown);
    if family.columns.iter().all(is_known) {
        return family.is_one_list().then(|| family.grid());
    }
    if family.are_ticks() {
        return Some(vec![if family.one_of_them() { family.spread() } else { family.ticks() }]);
    }
    if family.are_ranks() {
        return Some(vec![family.ranking()]);
    }
    if family.is_grid() { Some(family.grid()) } else { None }
}

struct Family<'f> {
    export: &'f Export,
    columns: &'f [usize],
    cells: Vec<Vec<String>>,
    items: Vec<&'f Item>,
    asked: Option<&'f Asked>,
    known: &'f Structures,
}

impl Family<'_> {
    fn rows(&self) -> usize {
        self.export.rows.len()
    }

    /// Whether the codebook offers the same options in all columns: others are
    /// questions of their own, however they are numbered.
    fn is_one_list(&self) -> bool {
        let mut known = self.columns.iter().filter_map(|at| self.told(*at));
        let codes = |asked: &Asked| -> Vec<String> {
            asked.options.iter().map(|option| option.code.clone()).collect()
        };
        let first = known.next().map(codes);
        known.all(|asked| first.as_ref() == Some(&codes(asked)))
    }

    fn draft(&self) -> Question {
        let column = &self.export.columns[self.columns[0]];
        let mut label = wording(column);
        if column.text.is_empty()
            && let Some(shared) = self.shared_label()
        {
            label = shared;
        }
        let mut question = draft(column, self.columns[0], label);
        question.columns = self.columns.to_vec();
        if let Some(asked) = self.asked {
            told_by(&mut question, asked);
        }
        question
    }

    /// What a codebook's labels of the columns have in common:
    /// "Themes? : energy", "Themes? : mobility".
    fn shared_label(&self) -> Option<Texts> {
        let labels: Vec<&str> = self.columns.iter().filter_map(|at| self.label_of(*at)).collect();
        let (question, _) = labels.first()?.rsplit_once(" : ")?;
        let all = labels
            .iter()
            .all(|label| label.rsplit_once(" : ").is_some_and(|(own, _)| own == question));
        (all && labels.len() == self.columns.len()).then(|| plain(question))
    }

    /// What a structure says of a column as a line or an option.
    fn told(&self, at: usize) -> Option<&Asked> {
        let column = &self.export.columns[at];
        self.known.find(column, column.item.as_ref())
    }

    fn label_of(&self, at: usize) -> Option<&str> {
        self.told(at).map(|asked| any(&asked.text))
    }

    /// The option or statement of each column: as a structure words it, else
    /// as the export does.
    fn choices(&self) -> Vec<Choice> {
        let told = self.asked.map(|asked| {
            Options::new(if asked.items.is_empty() { &asked.options } else { &asked.items })
        });
        let choice = |(place, item): (usize, &&Item)| {
            if let Some(known) = &told {
                let found = [&item.code, &item.text]
                    .into_iter()
                    .filter(|name| !name.is_empty())
                    .find_map(|name| known.find(name));
                if let Some(at) = found {
                    return known.list[at].clone();
                }
            }
            let label = self
                .label_of(self.columns[place])
                .map(|label| label.rsplit_once(" : ").map_or(label, |(_, item)| item));
            let mut choice = if item.code.is_empty() {
                Choice::of(&item.text)
            } else {
                let words =
                    if item.text.is_empty() { label.unwrap_or(&item.code) } else { &item.text };
                Choice::coded(&item.code, plain(words))
            };
            if scales::is_other(any(&choice.label)) || scales::is_other(&item.code) {
                "other".clone_into(&mut choice.role);
                if item.code.is_empty() {
                    "other".clone_into(&mut choice.code);
                }
            }
            choice
        };
        self.items.iter().enumerate().map(choice).collect()
    }

    fn is_other(&self, place: usize) -> bool {
        let item = self.items[place];
        scales::is_other(&item.text) || scales::is_other(&item.code)
    }

    /// The options that a codebook gives the columns.
    fn label_options(&self) -> Vec<Choice> {
        let mut options: Vec<Choice> = vec![];
        for option in
            self.columns.iter().filter_map(|at| self.told(*at)).flat_map(|own| &own.options)
        {
            if !options.iter().any(|known| known.code == option.code) {
                options.push(option.clone());
            }
        }
        options
    }
}
