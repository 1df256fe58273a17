//! Several columns under one question: ticks, ranks, or a grid.

use std::collections::BTreeSet;

use super::{Options, also, draft, settle_options, told_by, wording};
use crate::import::export::{Export, Item};
use crate::import::joined::says_several;
use crate::import::question::{Answers, Battery, Choice, Kind, Question, Sure};
use crate::import::scales;
use crate::import::structure::{Asked, Asks, Structures};
use crate::import::text::{
    Texts, any, clean, code, has_leading_zero, number, ordinal, plain, same, stem,
};
use crate::import::tool::Tool;

const YES: [&str; 13] = [
    "1", "y", "yes", "oui", "ja", "x", "true", "vrai", "waar", "wahr", "checked", "selected", "1.0",
];
const NO: [&str; 13] = [
    "0",
    "n",
    "no",
    "non",
    "nee",
    "nein",
    "false",
    "faux",
    "onwaar",
    "falsch",
    "not selected",
    "unchecked",
    "0.0",
];
const UNASKED: [&str; 3] = ["n/a", "-99", "na"];

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
    let each_known = family.columns.iter().all(|at| {
        let column = &export.columns[*at];
        known
            .find(column, column.item.as_ref())
            .is_some_and(|asked| !matches!(asked.asks, Asks::Unknown))
    });
    if each_known {
        return Some(family.grid());
    }
    if family.are_ticks() {
        return Some(vec![if family.one_of_them() { family.spread() } else { family.ticks() }]);
    }
    if family.are_ranks() {
        return Some(vec![family.ranking()]);
    }
    if family.is_grid() { Some(family.grid()) } else { None }
}

/// The parts of a family that no one question fits: ticks beside each other,
/// lines with common answers, and columns that have nothing in common with
/// the others.
pub(super) fn parts(export: &Export, family: &[usize]) -> Vec<Vec<usize>> {
    #[derive(PartialEq, Clone, Copy)]
    enum Like {
        Ticks,
        Lines,
        None,
    }
    let values = |at: &usize| -> BTreeSet<String> {
        export
            .cells(*at)
            .map(clean)
            .filter(|cell| !cell.is_empty())
            .map(|cell| same(&cell))
            .collect()
    };
    let values: Vec<BTreeSet<String>> = family.iter().map(values).collect();
    let tick = |place: usize| {
        let item = export.columns[family[place]].item.as_ref().map(|item| same(&item.text));
        let ticks = |cell: &String| {
            YES.contains(&cell.as_str())
                || NO.contains(&cell.as_str())
                || Some(cell) == item.as_ref()
        };
        values[place].iter().all(ticks)
    };
    let common = |place: usize| {
        (0..family.len()).any(|other| other != place && !values[place].is_disjoint(&values[other]))
    };
    let like = |place: usize| match () {
        () if values[place].is_empty() => None,
        () if tick(place) => Some(Like::Ticks),
        () if common(place) => Some(Like::Lines),
        () => Some(Like::None),
    };
    let mut parts: Vec<(Like, Vec<usize>)> = vec![];
    for (place, at) in family.iter().enumerate() {
        let item = export.columns[*at].item.as_ref();
        let other = item.is_some_and(|item| scales::is_other(&item.text));
        match parts.last_mut() {
            Some((last, part)) => match like(place) {
                // What nobody chose, and what was typed, follows the ticks.
                None => part.push(*at),
                Some(Like::None) if *last == Like::Ticks && other => part.push(*at),
                Some(own) if own == *last && own != Like::None => part.push(*at),
                Some(own) => parts.push((own, vec![*at])),
            },
            None => parts.push((like(place).unwrap_or(Like::Ticks), vec![*at])),
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
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

    fn label_of(&self, at: usize) -> Option<&str> {
        let column = &self.export.columns[at];
        self.known.find(column, column.item.as_ref()).map(|asked| any(&asked.text))
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

    /// Every cell is a tick, its absence, or the words of its own option.
    fn are_ticks(&self) -> bool {
        let ticks = |cell: &String, place: usize| {
            let own = self.items[place];
            let lower = cell.to_lowercase();
            cell.is_empty()
                || YES.contains(&lower.as_str())
                || NO.contains(&lower.as_str())
                || UNASKED.contains(&lower.as_str())
                || same(cell) == same(&own.text)
                || self.is_other(place)
        };
        let ticked = |cell: &String, place: usize| {
            YES.contains(&cell.to_lowercase().as_str())
                || (!cell.is_empty() && same(cell) == same(&self.items[place].text))
        };
        let all = self
            .cells
            .iter()
            .enumerate()
            .all(|(place, cells)| cells.iter().all(|cell| ticks(cell, place)));
        let some = self
            .cells
            .iter()
            .enumerate()
            .any(|(place, cells)| cells.iter().any(|cell| ticked(cell, place)));
        // A scale that begins at 1 is no tick, nor is a rank.
        all && some && !self.are_ranks()
    }

    /// One option at most in every row, and no word of several answers: a
    /// single choice that the tool spreads over columns.
    fn one_of_them(&self) -> bool {
        let count = |row: usize| self.cells.iter().filter(|cells| !cells[row].is_empty()).count();
        let words = self.cells.iter().zip(&self.items).all(|(cells, item)| {
            cells.iter().all(|cell| cell.is_empty() || same(cell) == same(&item.text))
        });
        let text = &self.export.columns[self.columns[0]].text;
        let answered = (0..self.rows()).filter(|row| count(*row) == 1).count();
        words
            && !says_several(text)
            && 10 <= answered
            && (0..self.rows()).all(|row| count(row) <= 1)
            && self.export.tool == Tool::Surveymonkey
    }

    fn spread(&self) -> Question {
        let mut question = self.draft();
        question.options = self.choices();
        let one = |row: usize| self.cells.iter().position(|cells| !cells[row].is_empty());
        question.answers = Answers::One((0..self.rows()).map(one).collect());
        question.kind = Kind::Single;
        "a column for each option, one answer at most in every row".clone_into(&mut question.why);
        settle_options(&mut question, true);
        question
    }

    fn ticks(&self) -> Question {
        let mut question = self.draft();
        let mut choices = self.choices();
        // The options of a structure that has more than the file.
        let extra: Vec<Choice> = self.asked.map_or(vec![], |asked| {
            let all = if asked.items.is_empty() { &asked.options } else { &asked.items };
            all.iter()
                .filter(|one| !choices.iter().any(|own| own.code == one.code))
                .cloned()
                .collect()
        });
        let lower: Vec<Vec<String>> = self
            .cells
            .iter()
            .map(|cells| cells.iter().map(|cell| cell.to_lowercase()).collect())
            .collect();
        let no = |cell: &String| NO.contains(&cell.as_str());
        let unasked = |cell: &String| UNASKED.contains(&cell.as_str());
        let tells = lower.iter().flatten().any(no);
        let row = |row: usize| -> Vec<Option<bool>> {
            let ticked: Vec<bool> = lower
                .iter()
                .map(|cells| !cells[row].is_empty() && !no(&cells[row]) && !unasked(&cells[row]))
                .collect();
            let asked = ticked.contains(&true) || lower.iter().any(|cells| no(&cells[row]));
            ticked.iter().map(|tick| asked.then_some(*tick)).collect()
        };
        let rows: Vec<Vec<Option<bool>>> = (0..self.rows()).map(row).collect();
        let mut answers: Vec<Vec<Option<bool>>> =
            (0..choices.len()).map(|place| rows.iter().map(|row| row[place]).collect()).collect();
        for choice in extra {
            answers
                .push(rows.iter().map(|row| row.iter().flatten().next().map(|_| false)).collect());
            choices.push(choice);
        }
        let silent = rows.iter().filter(|row| row.iter().all(Option::is_none)).count();
        question.kind = Kind::Multiple;
        question.options = choices;
        question.answers = Answers::Ticks(answers);
        let mut why = format!("a column for each of {} options", self.items.len());
        if !tells && 0 < silent {
            why = format!(
                "{why}; {silent} rows without a tick are empty: the export does not tell \"none\" from \"not asked\""
            );
        }
        question.why = also(&question.why, &why);
        settle_options(&mut question, true);
        question
    }

    /// Ranks of items, or items by rank: each at most once in a row.
    fn are_ranks(&self) -> bool {
        let most = self.columns.len();
        let mut several = 0;
        let by_item = self
            .cells
            .iter()
            .flatten()
            .all(|cell| cell.is_empty() || ordinal(cell).is_some_and(|rank| rank <= most));
        let mut distinct_items = BTreeSet::new();
        for row in 0..self.rows() {
            let given: Vec<&String> = self
                .cells
                .iter()
                .map(|cells| &cells[row])
                .filter(|cell| !cell.is_empty())
                .collect();
            let distinct: BTreeSet<_> = given
                .iter()
                .map(|cell| {
                    ordinal(cell)
                        .filter(|_| by_item)
                        .map_or_else(|| same(cell), |rank| rank.to_string())
                })
                .collect();
            if distinct.len() < given.len() {
                return false;
            }
            several += usize::from(2 <= given.len());
            distinct_items.extend(distinct);
        }
        let enough = 5 <= several && (3 <= most || self.names_ranks());
        if by_item && self.label_options().is_empty() {
            return enough
                && !self.by_rank()
                && (self.export.tool != Tool::Plain
                    || self
                        .cells
                        .iter()
                        .flatten()
                        .any(|cell| number(cell).is_none() && !cell.is_empty()));
        }
        // Items by rank: the columns are numbered, and hold the same few items;
        // numbers without words are items only where the columns say so.
        let mut cells = self.cells.iter().flatten().filter(|cell| !cell.is_empty());
        let named = self.names_ranks()
            || !self.label_options().is_empty()
            || cells.any(|cell| number(cell).is_none());
        enough && named && self.by_rank() && distinct_items.len() <= most.max(3) * 3
    }

    /// Whether the columns are the ranks: `[1]`, `[Rang 1]`, `FR1`.
    fn by_rank(&self) -> bool {
        let rank = |item: &&Item| {
            let name = if item.text.is_empty() { &item.code } else { &item.text };
            let words = ["rang", "rank", "platz", "plaats", "rangorde", "place"];
            let plain = same(name);
            let digits = plain.trim_start_matches(|c: char| c.is_alphabetic() || c == '-');
            let word = plain[..plain.len() - digits.len()].trim_end_matches('-');
            let number: Option<usize> = digits.parse().ok();
            number.filter(|_| word.is_empty() || words.contains(&word))
        };
        let ranks: Vec<Option<usize>> = self.items.iter().map(rank).collect();
        ranks.iter().enumerate().all(|(at, rank)| *rank == Some(at + 1))
    }

    /// Whether the columns call themselves ranks: then two are enough.
    fn names_ranks(&self) -> bool {
        self.by_rank() && self.items.iter().all(|item| item.text.contains(char::is_alphabetic))
    }

    fn ranking(&self) -> Question {
        let mut question = self.draft();
        let rows = self.rows();
        let ranks: Vec<Vec<Option<usize>>> = if self.by_rank() {
            let coded = self.label_options();
            let known = self.asked.map_or(&coded[..], |asked| {
                if asked.options.is_empty() { &asked.items } else { &asked.options }
            });
            let mut options = Options::new(known);
            let places = self.cells.iter().map(|cells| {
                cells.iter().map(|cell| (!cell.is_empty()).then(|| options.take(cell))).collect()
            });
            let places = places.collect();
            question.options = options.list;
            question.why = also(&question.why, "a column for each rank");
            places
        } else {
            let choices = self.choices();
            let given = |place: usize, row: usize| {
                self.cells.iter().position(|cells| ordinal(&cells[row]) == Some(place))
            };
            question.why = also(&question.why, "a column for each item, with its rank");
            question.options = choices;
            (1..=self.columns.len())
                .map(|place| (0..rows).map(|row| given(place, row)).collect())
                .collect()
        };
        question.kind = Kind::Ranking;
        question.answers = Answers::Ranks(ranks);
        settle_options(&mut question, true);
        question
    }

    /// The options that a codebook gives the columns.
    fn label_options(&self) -> Vec<Choice> {
        let mut options: Vec<Choice> = vec![];
        for at in self.columns {
            let column = &self.export.columns[*at];
            let asked = self.known.find(column, column.item.as_ref());
            for option in asked.into_iter().flat_map(|asked| &asked.options) {
                if !options.iter().any(|known| known.code == option.code) {
                    options.push(option.clone());
                }
            }
        }
        options
    }

    /// One list of few answers for all columns.
    fn is_grid(&self) -> bool {
        let values: Vec<BTreeSet<String>> = self
            .cells
            .iter()
            .map(|cells| {
                cells.iter().filter(|cell| !cell.is_empty()).map(|cell| same(cell)).collect()
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
        2 <= largest && few && recurs && !codes && !counts && common(&values)
    }

    fn grid(&self) -> Vec<Question> {
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
        let lone = self.export.columns[self.columns[0]].text.is_empty() && self.asked.is_none();
        let mut rows = vec![];
        for (place, answers) in answers.into_iter().enumerate() {
            let column = &self.export.columns[self.columns[place]];
            let own = self.known.find(column, column.item.as_ref());
            // A line that nobody answered and no structure knows says nothing.
            if self.asked.is_none() && own.is_none() && answers.iter().all(Option::is_none) {
                continue;
            }
            let choice = &choices[place];
            let mut row = question.clone();
            row.columns = vec![self.columns[place]];
            row.battery = Some(battery.clone());
            row.label = choice.label.clone();
            // The name of a statement has room for the words that tell it apart.
            let stem =
                if self.export.columns[self.columns[0]].code.is_empty() && self.asked.is_none() {
                    stem(&question.name)
                } else {
                    question.name.clone()
                };
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
            settle_options(&mut row, told);
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
        let spelt = number(cell).map(crate::import::text::written);
        (!missing).then(|| options.take(spelt.as_deref().unwrap_or(cell)))
    }
}

/// Whether each column that was answered by several shares an answer with
/// another: what was typed under a grid shares none.
fn common(values: &[BTreeSet<String>]) -> bool {
    let shares = |(place, own): (usize, &BTreeSet<String>)| {
        own.is_empty()
            || values.iter().enumerate().any(|(other, all)| other != place && !own.is_disjoint(all))
    };
    values.len() < 3 || values.iter().enumerate().all(shares)
}

/// Numbers that follow each other but for one far off: 1 to 5 and 9.
fn gap(options: &[Choice]) -> bool {
    let mut numbers: Vec<f64> =
        options.iter().filter_map(|option| number(any(&option.label))).collect();
    numbers.sort_by(f64::total_cmp);
    let steps: Vec<f64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).collect();
    numbers.len() == options.len() && 3 <= numbers.len() && steps.iter().any(|step| *step > 1.5)
}
