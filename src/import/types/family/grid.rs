//! A column for each line of a grid: statements that share their answers.

use std::collections::BTreeSet;

use super::Family;
use super::common::{Given, hang_together, value};
use crate::import::question::{Answers, Battery, Choice, Kind, Question, Sure};
use crate::import::structure::Asks;
use crate::import::text::{any, code, has_leading_zero, number, plain, stem, written};
use crate::import::tool::Tool;
use crate::import::types::draft::{also, told_by};
use crate::import::types::options::{self, Options};

impl Family<'_> {
    /// One list of few answers for all columns.
    pub(super) fn is_grid(&self) -> bool {
        let values: Vec<BTreeSet<String>> = self
            .cells
            .iter()
            .map(|cells| {
                cells.iter().filter(|cell| !cell.is_empty()).map(|cell| value(cell)).collect()
            })
            .collect();
        let all: BTreeSet<&String> = values.iter().flatten().collect();
        let answered = self.cells.iter().flatten().filter(|cell| !cell.is_empty()).count();
        let largest = values.iter().map(BTreeSet::len).max().unwrap_or(0);
        let few = all.len() <= 15 && all.len() <= largest + 4;
        let recurs = all.len() * 2 <= answered || answered < 12;
        let codes = self.cells.iter().flatten().any(|cell| has_leading_zero(cell));
        // More numbers than a scale has are marks or counts.
        let counts = 10 < all.len()
            && self.cells.iter().flatten().all(|cell| cell.is_empty() || number(cell).is_some());
        let given: Vec<Given> =
            self.columns.iter().map(|at| Given::new(self.export, *at)).collect();
        2 <= largest && few && recurs && !codes && !counts && hang_together(&given)
    }

    pub(super) fn grid(&self) -> Vec<Question> {
        let question = self.draft();
        let choices = self.choices();
        let known = self.asked.map_or(&[][..], |asked| &asked.options);
        let coded = self.label_options();
        let mut options = Options::new(if known.is_empty() { &coded } else { known });
        let told = !options.list.is_empty();
        let answers: Vec<Vec<Option<usize>>> = self
            .cells
            .iter()
            .map(|cells| cells.iter().map(|cell| self.chosen(cell, &mut options)).collect())
            .collect();
        let battery = Battery { name: question.name.clone(), label: question.label.clone() };
        let first = &self.export.columns[self.columns[0]];
        let lone = first.text.is_empty() && self.asked.is_none();
        // The name of a statement has room for the words that tell it apart.
        let stem = if first.code.is_empty() && self.asked.is_none() {
            stem(&question.name)
        } else {
            question.name.clone()
        };
        let mut rows = vec![];
        for (place, answers) in answers.into_iter().enumerate() {
            let column = &self.export.columns[self.columns[place]];
            let own = self.told(self.columns[place]);
            // A line that nobody answered and no structure knows says nothing.
            if self.asked.is_none() && own.is_none() && answers.iter().all(Option::is_none) {
                continue;
            }
            let choice = &choices[place];
            let mut row = question.clone();
            row.columns = vec![self.columns[place]];
            row.battery = Some(battery.clone());
            row.label = choice.label.clone();
            row.name = format!("{stem}_{}", choice.code);
            if lone {
                row.battery = None;
                row.name = code(&column.header);
                row.label =
                    self.label_of(self.columns[place]).map_or_else(|| plain(&column.header), plain);
            }
            row.options.clone_from(&options.list);
            row.answers = Answers::One(answers);
            row.kind = Kind::Single;
            row.why = also(&question.why, &format!("a line of a grid of {}", self.columns.len()));
            if let Some(own) = own.filter(|own| own.asks != Asks::Grid) {
                let battery = row.battery.clone();
                told_by(&mut row, own);
                row.battery = own.battery.clone().or(battery.filter(|_| !own.ours));
            }
            options::settle(&mut row, told);
            if gap(&row.options) {
                row.sure = Sure::Look;
                row.why.push_str("; a number stands off the scale: if it means \"no opinion\", write its `role` and `likert`");
            }
            rows.push(row);
        }
        rows
    }

    fn chosen(&self, cell: &str, options: &mut Options) -> Option<usize> {
        let missing = cell.is_empty()
            || cell == "-"
            || (cell == "-99" && self.export.tool == Tool::Qualtrics);
        let spelt = number(cell).map(written);
        (!missing).then(|| options.take(spelt.as_deref().unwrap_or(cell)))
    }
}

/// Numbers that follow each other but for one far off: 1 to 5 and 9.
fn gap(options: &[Choice]) -> bool {
    let mut numbers: Vec<f64> =
        options.iter().filter_map(|option| number(any(&option.label))).collect();
    numbers.sort_by(f64::total_cmp);
    let steps: Vec<f64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).collect();
    numbers.len() == options.len() && 3 <= numbers.len() && steps.iter().any(|step| *step > 1.5)
}
