//! What can be answered to a question: the options of a list, a range, places.

use std::sync::Arc;

use super::kind::Kind;
use super::{Refused, Sheet};
use crate::diag::{Code, Diagnostic, did_you_mean, nearest};
use crate::survey::QuestionKind;
use crate::survey::choices::Offer;
use crate::survey::doubt::Doubt;
use crate::survey::table::{Complaints, Row};

/// What a question asks, as far as it could be read.
pub(super) struct Asked {
    pub(super) kind: QuestionKind,
    /// The options that it may have beside those of `kind`.
    pub(super) options_doubt: Arc<Doubt>,
    /// False where it may be a scale.
    pub(super) is_sure: bool,
}

impl<'s> Sheet<'s> {
    pub(super) fn answers(
        &mut self,
        asked: Kind<'_>,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<Asked> {
        let without_options =
            |kind| Some(Asked { kind, options_doubt: Arc::default(), is_sure: true });
        let list = match asked {
            Kind::One(list) | Kind::Multiple(list) | Kind::Rank(list) => list,
            Kind::Range => return self.range(row, complaints).and_then(without_options),
            Kind::Integer => return without_options(QuestionKind::Integer),
            Kind::Decimal => return without_options(QuestionKind::Decimal),
            Kind::Open | Kind::Silent | Kind::Begin | Kind::End => {
                return without_options(QuestionKind::Open);
            }
        };
        let offer = self.offer(list, row, complaints)?;
        let options = Arc::clone(&offer.options);
        let scale = self.scale(row, complaints);
        let kind = match asked {
            Kind::Multiple(_) => QuestionKind::Multiple(options),
            Kind::Rank(_) => {
                let places = self.places(options.len(), row, complaints)?;
                QuestionKind::Ranking { options, places }
            }
            _ if scale == Ok(true) => QuestionKind::Likert(options),
            _ => QuestionKind::Single(options),
        };
        Some(Asked { kind, options_doubt: Arc::clone(&offer.doubt), is_sure: scale.is_ok() })
    }

    /// The list of options of a name.
    fn offer(
        &mut self,
        list: &str,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<&'s Offer> {
        let Some(lists) = self.lists else {
            if !std::mem::replace(&mut self.lists_missed, true) {
                complaints.push(Code::TableMissing, self.kind, || {
                    Diagnostic::error(Code::TableMissing, "there is no `data/codebook/choices.csv`")
                        .at(row.place(self.kind))
                        .hint("Add it, with the columns `list_name`, `name` and `label`.")
                });
            }
            return None;
        };
        let offer = lists.get(list);
        if offer.is_none() && !lists.may_have(list) {
            complaints.push(Code::UnknownChoiceList, self.kind, || {
                Diagnostic::error(
                    Code::UnknownChoiceList,
                    format!("`{list}` is not a list of `data/codebook/choices.csv`"),
                )
                .at(row.place(self.kind))
                .hint_if(did_you_mean(list, lists.names()))
            });
        }
        offer
    }

    /// Whether the options are an ordered scale; `Err`: that is misspelt.
    fn scale(&self, row: Row<'_>, complaints: &mut Complaints) -> Result<bool, Refused> {
        let column = self.table.column("appearance");
        let words = || row.filled(column).unwrap_or_default().split_whitespace();
        if words().any(|word| word == "likert") {
            return Ok(true);
        }
        // Other words are those of other programs, but one that is nearly ours.
        let Some(word) = words().find(|word| nearest(word, ["likert"]).is_some()) else {
            return Ok(false);
        };
        complaints.push(Code::BadValue, self.kind, || {
            Diagnostic::error(Code::BadValue, format!("`{word}` is not an appearance"))
                .at(row.place(column.unwrap_or_default()))
                .hint("Write `likert` for an ordered scale.")
        });
        Err(Refused)
    }

    fn range(&self, row: Row<'_>, complaints: &mut Complaints) -> Option<QuestionKind> {
        let names = ["start", "end", "step"];
        let ignored = ["tick_interval", "tick_labelset", "placeholder"];
        let given = self.parameters(&names, &ignored, row, complaints)?;
        let step = given[2].unwrap_or(1.0);
        match (given[0], given[1]) {
            (Some(start), Some(end)) if start < end && 0.0 < step && fits(step, end - start) => {
                Some(QuestionKind::Score { start, end, step })
            }
            _ => {
                self.refuse_parameters(
                    "a range without a `start`, a greater `end` and a `step` that fits",
                    row,
                    complaints,
                );
                None
            }
        }
    }

    fn places(&self, options: usize, row: Row<'_>, complaints: &mut Complaints) -> Option<usize> {
        let given = self.parameters(&["max"], &["randomize", "seed"], row, complaints)?;
        let Some(max) = given[0] else { return Some(options) };
        let places = (1..=options).find(|places| places.to_string() == max.to_string());
        if places.is_none() {
            let message = format!("`max` is {max}, not a number from 1 to {options}");
            self.refuse_parameters(&message, row, complaints);
        }
        places
    }

    /// Reads `start=0 end=10`: the value of each of `names`, in their order.
    fn parameters(
        &self,
        names: &[&str],
        ignored: &[&str],
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<Vec<Option<f64>>> {
        let mut values = vec![None; names.len()];
        let text = row.filled(self.table.column("parameters")).unwrap_or_default();
        let parts = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        for part in parts.filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if ignored.contains(&name) {
                continue;
            }
            let value = value.parse::<f64>().ok().filter(|value| value.is_finite());
            let at = names.iter().position(|one| *one == name);
            let (Some(at), Some(value)) = (at, value) else {
                self.refuse_parameters(
                    &format!("`{part}` is not a parameter of this type"),
                    row,
                    complaints,
                );
                return None;
            };
            values[at] = Some(value);
        }
        Some(values)
    }

    fn refuse_parameters(&self, message: &str, row: Row<'_>, complaints: &mut Complaints) {
        let column = self.table.column("parameters").unwrap_or(self.kind);
        complaints.push(Code::BadParameters, column, || {
            Diagnostic::error(Code::BadParameters, message)
                .at(row.place(column))
                .hint("Write `start=0 end=10 step=1` for a range, `max=3` for a ranking.")
        });
    }
}

/// Whether steps lead from one end of a range to the other.
fn fits(step: f64, range: f64) -> bool {
    let steps = range / step;
    1.0 <= steps && (steps - steps.round()).abs() < 1e-6
}
