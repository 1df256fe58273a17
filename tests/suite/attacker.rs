//! Who attacks what a survey hides: numbers that were released become
//! equations about the counts in the finest parts of the sample, and linear
//! programming narrows every hidden cell as far as they allow (`statistics.md`, 10).
//!
//! A hidden cell is revealed when its base, or how many of it gave an answer,
//! can only be one number. That nobody of it gave an answer is no secret where
//! it follows from published zeros of groups that are large enough for one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde_json::Value;

use crate::simplex::Program;

/// What an attacker knows of a survey: how its breakdowns nest.
pub(crate) struct Attacker {
    /// The breakdowns.
    pub(crate) names: Vec<String>,
    /// The finest parts that can exist: a group of each breakdown.
    pub(crate) atoms: Vec<Vec<String>>,
    /// Under this base a published 0 % of a group is not published.
    pub(crate) certain_below: f64,
}

/// A cell of the release by its cut and group.
pub(crate) type Place = (String, String);

/// One answer of a question: what is counted.
pub(crate) type Subject = (String, String, String);

/// Parts of the sample, and how many respondents they have.
pub(crate) type Counted = (Vec<usize>, f64);

/// All that is released of a subject in a wave.
struct Released<'r> {
    wave: String,
    subject: Subject,
    rows: Vec<&'r Value>,
    /// Tests of a group against all others.
    rests: Vec<&'r Value>,
    /// Whether a hidden cell has a base: of some all may have said "don't know".
    has_base: bool,
}

/// Those of which something was recovered once, and so many more as
/// `ATTACK_SEEDS=300..400` asks for.
pub(crate) fn seeds(known: &[u64]) -> Vec<u64> {
    let asked = std::env::var("ATTACK_SEEDS").ok();
    let more = asked.map_or(0..0, |text| {
        let (from, to) = text.split_once("..").unwrap();
        from.parse().unwrap()..to.parse().unwrap()
    });
    known.iter().copied().chain(more).collect()
}

pub(crate) fn is_hidden(row: &Value) -> bool {
    row["flag"] == "hidden"
}

/// How many estimates of a release are hidden.
pub(crate) fn hidden(release: &Value) -> usize {
    release["estimates"].as_array().unwrap().iter().filter(|row| is_hidden(row)).count()
}

/// How far a hidden cell was narrowed.
#[derive(Debug)]
pub(crate) struct Narrowed {
    pub(crate) place: Place,
    pub(crate) subject: Subject,
    pub(crate) low: f64,
    pub(crate) high: f64,
    pub(crate) excused: bool,
}

impl Narrowed {
    pub(crate) fn is_revealed(&self) -> bool {
        !self.excused && self.high - self.low < 0.5
    }
}

pub(crate) fn text(row: &Value, field: &str) -> String {
    row[field].as_str().unwrap_or_default().to_owned()
}

pub(crate) fn place(row: &Value) -> Place {
    (text(row, "group_var"), text(row, "group"))
}

impl Attacker {
    pub(crate) fn members(&self, (cut, group): &Place) -> Vec<usize> {
        if cut == "all" {
            return (0..self.atoms.len()).collect();
        }
        let conditions: Vec<(usize, &str)> = cut
            .split("_x_")
            .zip(group.split(" | "))
            .map(|(name, group)| {
                (self.names.iter().position(|known| known == name).unwrap(), group)
            })
            .collect();
        let inside = |atom: &Vec<String>| conditions.iter().all(|(at, group)| atom[*at] == *group);
        (0..self.atoms.len()).filter(|at| inside(&self.atoms[*at])).collect()
    }

    /// Narrows every hidden cell of a release.
    pub(crate) fn attack(&self, release: &Value) -> Vec<Narrowed> {
        let mut narrowed = vec![];
        for subject in self.subjects(release) {
            self.narrow(&subject, &mut narrowed);
        }
        narrowed
    }

    /// Narrows answers of every hidden cell by who answered, who said yes and
    /// who no at once, knowing how many respondents each group has: those are
    /// released with the question that makes the groups.
    pub(crate) fn attack_knowing_groups(&self, release: &Value) -> Vec<Narrowed> {
        let mut narrowed = vec![];
        for subject in self.subjects(release) {
            if !self.names.contains(&subject.subject.0) {
                let groups = self.respondents(release, &subject.wave);
                self.narrow_answers(&subject, &groups, &mut narrowed);
            }
        }
        narrowed
    }

    /// What is hidden somewhere, with all that is released of it.
    fn subjects<'r>(&self, release: &'r Value) -> Vec<Released<'r>> {
        let estimates = release["estimates"].as_array().unwrap();
        let shares = ["proportion", "rank_first", "rank_top3", "proportion_dk_in_base"];
        let mut subjects: BTreeMap<(String, Subject), Vec<&Value>> = BTreeMap::new();
        for row in estimates {
            let computed = row["provenance"] == "collected" || row["provenance"] == "simulated";
            let share = shares.contains(&row["estimator"].as_str().unwrap());
            if computed && share && self.can_place(row) {
                let subject = (text(row, "question"), text(row, "item"), text(row, "estimator"));
                subjects.entry((text(row, "wave"), subject)).or_default().push(row);
            }
        }
        let hidden = subjects.into_iter().filter(|(_, rows)| rows.iter().any(|row| is_hidden(row)));
        let tests = release["tests"].as_array().unwrap();
        hidden
            .map(|((wave, subject), rows)| {
                let doubts = estimates.iter().any(|row| {
                    row["estimator"] == "proportion_dk_in_base"
                        && row["question"] == subject.0.as_str()
                });
                let against_rest = |test: &&Value| {
                    test["group_ref"] == "rest"
                        && test["wave"] == wave.as_str()
                        && test["question"] == subject.0.as_str()
                        && test["item"] == subject.1.as_str()
                        && subject.2 == "proportion"
                };
                let rests = tests.iter().filter(against_rest).collect();
                let has_base = !doubts || subject.2 == "proportion_dk_in_base";
                Released { wave, subject, rows, rests, has_base }
            })
            .collect()
    }

    /// How many respondents each group of a breakdown has.
    pub(crate) fn respondents(&self, release: &Value, wave: &str) -> Vec<Counted> {
        let rows = release["estimates"].as_array().unwrap().iter();
        let shares = rows.filter(|row| {
            row["wave"] == wave
                && row["estimator"] == "proportion"
                && row["group"] == "all"
                && self.names.contains(&text(row, "question"))
        });
        let group = |row: &Value| {
            let respondents = (row["n"].as_f64()? * row["estimate"].as_f64()?).round();
            Some((self.members(&(text(row, "question"), text(row, "item"))), respondents))
        };
        shares.filter_map(group).collect()
    }

    pub(crate) fn can_place(&self, row: &Value) -> bool {
        let (cut, _) = place(row);
        cut == "all" || cut.split("_x_").all(|name| self.names.iter().any(|known| known == name))
    }

    /// The parts that may hold anybody: groups that are empty, or of which
    /// there is no row, hold nobody.
    pub(crate) fn possible(&self, rows: &[&Value]) -> Vec<usize> {
        let cuts: BTreeSet<String> = rows.iter().map(|row| place(row).0).collect();
        let filled: Vec<(String, Vec<usize>)> = rows
            .iter()
            .filter(|row| row["flag"] != "empty")
            .map(|row| (place(row).0, self.members(&place(row))))
            .collect();
        (0..self.atoms.len())
            .filter(|atom| {
                cuts.iter().all(|cut| filled.iter().any(|(c, of)| c == cut && of.contains(atom)))
            })
            .collect()
    }

    fn narrow(&self, released: &Released<'_>, narrowed: &mut Vec<Narrowed>) {
        let Released { subject, rows, rests, has_base, .. } = released;
        let possible = self.possible(rows);
        let index: BTreeMap<usize, usize> = possible.iter().copied().zip(0..).collect();
        let terms = |place: &Place| -> Vec<(usize, f64)> {
            let members = self.members(place).into_iter();
            members.filter_map(|atom| Some((*index.get(&atom)?, 1.0))).collect()
        };
        // Of the base, of those who gave the answer, of those who did not.
        for counted in ["base", "yes", "no"] {
            let count = |n: f64, share: f64| match counted {
                "base" => n,
                "yes" => (n * share).round(),
                _ => n - (n * share).round(),
            };
            let mut equations = vec![];
            let mut unknowns = possible.len();
            for row in rows {
                if let (Some(n), Some(share)) = (row["n"].as_f64(), row["estimate"].as_f64()) {
                    equations.push((terms(&place(row)), count(n, share)));
                } else if is_hidden(row) && *has_base && counted == "base" {
                    // A hidden cell is not empty.
                    let mut terms = terms(&place(row));
                    terms.push((unknowns, -1.0));
                    unknowns += 1;
                    equations.push((terms, 1.0));
                }
            }
            for test in rests {
                let (cut, group) = place(test);
                let own = rows.iter().find(|row| place(row) == (cut.clone(), group.clone()));
                let known = own.and_then(|row| row["estimate"].as_f64());
                let (Some(share), Some(difference), Some(n)) =
                    (known, test["difference"].as_f64(), test["n_ref"].as_f64())
                else {
                    continue;
                };
                let own: BTreeSet<usize> = self.members(&(cut, group)).into_iter().collect();
                let rest = possible.iter().filter(|atom| !own.contains(atom));
                equations.push((
                    rest.map(|atom| (index[atom], 1.0)).collect(),
                    count(n, share - difference),
                ));
            }
            let mut program =
                Program::new(unknowns, &equations).expect("published numbers have a solution");
            for row in rows.iter().filter(|row| is_hidden(row)) {
                let place = place(row);
                let members: Vec<usize> = terms(&place).into_iter().map(|(at, _)| at).collect();
                let (low, high) = program.range(&members);
                let (low, high) = ((low - 1e-6).ceil(), (high + 1e-6).floor());
                let excused =
                    counted != "base" && high < 0.5 && self.is_known_zero(rows, &place, counted);
                let mut subject = subject.clone();
                subject.2 = format!("{} {counted}", subject.2);
                narrowed.push(Narrowed { place, subject, low, high, excused });
            }
        }
    }

    fn narrow_answers(
        &self,
        released: &Released<'_>,
        groups: &[Counted],
        narrowed: &mut Vec<Narrowed>,
    ) {
        let Released { subject, rows, has_base, .. } = released;
        let possible = self.possible(rows);
        let index: BTreeMap<usize, usize> = possible.iter().copied().zip(0..).collect();
        let members = |place: &Place| -> Vec<usize> {
            let members = self.members(place).into_iter();
            members.filter_map(|atom| index.get(&atom).copied()).collect()
        };
        // Of each part: who said yes, who no, and of any part who did not answer.
        let (yes, no, silent) = (0, possible.len(), 2 * possible.len());
        let mut unknowns = silent + self.atoms.len();
        let sum = |of: &[usize], firsts: &[usize]| -> Vec<(usize, f64)> {
            let of = |first: &usize| of.iter().map(move |at| (first + at, 1.0)).collect::<Vec<_>>();
            firsts.iter().flat_map(of).collect()
        };
        let mut equations = vec![];
        for row in rows {
            let of = members(&place(row));
            if let (Some(n), Some(share)) = (row["n"].as_f64(), row["estimate"].as_f64()) {
                equations.push((sum(&of, &[yes, no]), n));
                equations.push((sum(&of, &[yes]), (n * share).round()));
            } else if is_hidden(row) && *has_base {
                // A hidden cell is not empty.
                let mut terms = sum(&of, &[yes, no]);
                terms.push((unknowns, -1.0));
                unknowns += 1;
                equations.push((terms, 1.0));
            }
        }
        for (atoms, respondents) in groups {
            let of: Vec<usize> = atoms.iter().filter_map(|atom| index.get(atom).copied()).collect();
            let mut terms = sum(&of, &[yes, no]);
            terms.extend(sum(atoms, &[silent]));
            equations.push((terms, *respondents));
        }
        let mut program =
            Program::new(unknowns, &equations).expect("published numbers have a solution");
        for row in rows.iter().filter(|row| is_hidden(row)) {
            let place = place(row);
            let mut range = |first: usize| {
                let of: Vec<usize> = members(&place).iter().map(|at| first + at).collect();
                let (low, high) = program.range(&of);
                ((low - 1e-6).ceil(), (high + 1e-6).floor())
            };
            let ranges = [("yes", range(yes)), ("no", range(no))];
            // Where nobody gave an answer, all who did not are the base.
            let excused = ranges
                .iter()
                .any(|(of, (_, high))| *high < 0.5 && self.is_known_zero(rows, &place, of));
            for (counted, (low, high)) in ranges {
                let mut subject = subject.clone();
                subject.2 = format!("{} {counted}", subject.2);
                narrowed.push(Narrowed { place: place.clone(), subject, low, high, excused });
            }
        }
    }

    /// Whether subtracting published cells from a published whole, one cut
    /// after another, leaves the cell, or each part of it, in a part that is large
    /// and holds nobody with the answer.
    pub(crate) fn is_known_zero(&self, rows: &[&Value], cell: &Place, counted: &str) -> bool {
        let own: BTreeSet<usize> = self.members(cell).into_iter().collect();
        let possible = self.possible(rows);
        let parts = own.iter().filter(|atom| possible.contains(atom));
        self.holds_nobody(rows, &own, counted)
            || parts.copied().all(|part| self.holds_nobody(rows, &BTreeSet::from([part]), counted))
    }

    fn holds_nobody(&self, rows: &[&Value], own: &BTreeSet<usize>, counted: &str) -> bool {
        type Part = (String, BTreeSet<usize>, f64, f64);
        let number = |row: &&Value| -> Option<Part> {
            let (n, share) = (row["n"].as_f64()?, row["estimate"].as_f64()?);
            let yes = (n * share).round();
            let members = self.members(&place(row)).into_iter().collect();
            Some((place(row).0, members, n, if counted == "yes" { yes } else { n - yes }))
        };
        let published: Vec<Part> = rows.iter().filter_map(number).collect();
        // That nobody gave one score among many is no secret, however few they are.
        let is_score = rows.iter().any(|row| text(row, "item").parse::<f64>().is_ok());
        let cuts: BTreeSet<&str> = published.iter().map(|(cut, ..)| cut.as_str()).collect();
        let mut seen = BTreeSet::new();
        let mut wholes: Vec<(BTreeSet<usize>, f64, f64)> =
            published.iter().map(|(_, members, n, with)| (members.clone(), *n, *with)).collect();
        while let Some((whole, n, with)) = wholes.pop() {
            if !own.is_subset(&whole) || !seen.insert(whole.clone()) {
                continue;
            }
            if with < 0.5 && (self.certain_below <= n || is_score) {
                return true;
            }
            for cut in &cuts {
                let mut rest = (whole.clone(), n, with);
                for (_, part, of_part, with_part) in published.iter().filter(|one| one.0 == *cut) {
                    if part.is_subset(&whole) && part.is_disjoint(own) {
                        rest.0.retain(|atom| !part.contains(atom));
                        rest = (rest.0, rest.1 - of_part, rest.2 - with_part);
                    }
                }
                wholes.push(rest);
            }
        }
        false
    }
}

pub(crate) fn revealed(narrowed: &[Narrowed]) -> String {
    narrowed.iter().filter(|one| one.is_revealed()).fold(String::new(), |mut text, one| {
        writeln!(text, "{:?} {:?}: {}", one.place, one.subject, one.low).unwrap();
        text
    })
}
