//! One column: a choice, several answers in a cell, a number, a text.

use std::collections::{BTreeMap, BTreeSet};

use super::{Options, also, draft, settle_options, told_by, wording};
use crate::import::export::Export;
use crate::import::joined::{self, Joined, says_several};
use crate::import::question::{Answers, Choice, Kind, Question, Sure};
use crate::import::scales;
use crate::import::structure::{Asked, Asks, Structures};
use crate::import::text::{clean, has_leading_zero, key, number, plain, stem, written, year};
use crate::import::tool::Tool;

/// Cells alone in a column of other things that stand for nothing.
const MISSING: [&str; 6] = ["-", ".", "#N/A", "#NULL!", "NULL", "--"];

/// What one column asks; `None` if it is always empty.
pub(super) fn question(
    export: &Export,
    at: usize,
    known: &Structures,
    signs: &[&'static str],
    wanted: bool,
) -> Option<Question> {
    let column = &export.columns[at];
    let asked = known.find(column, column.item.as_ref());
    if asked.is_some_and(|asked| asked.asks == Asks::Nothing) {
        return None;
    }
    let cells: Vec<String> = export.cells(at).map(clean).collect();
    let mut label = wording(column);
    if let Some(item) = &column.item {
        let line = if item.text.is_empty() { &item.code } else { &item.text };
        let line = if line.is_empty() { String::new() } else { format!(" – {line}") };
        label = plain(&format!("{}{line}", super::any(&label)));
    }
    let mut question = draft(column, at, label);
    if let Some(item) = &column.item {
        question.name = if column.code.is_empty() && item.text.is_empty() {
            question.name
        } else if column.code.is_empty() {
            // Room for the words that tell it apart from its neighbours.
            format!("{}_{}", stem(&question.name), key(&item.text))
        } else {
            super::code(&column.header)
        };
    }
    if let Some(asked) = asked {
        told_by(&mut question, asked);
    }
    let filled: Vec<&str> =
        cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let closed = asked.is_some_and(|asked| !asked.options.is_empty());
    if filled.is_empty() && !closed {
        return None;
    }
    let plan = Plan { export, asked, cells: &cells, filled: &filled, header: &column.text };
    match asked.map(|asked| asked.asks) {
        Some(Asks::Text) => plan.text(&mut question, wanted),
        Some(Asks::Integer | Asks::Decimal | Asks::Range { .. }) => plan.numbers(&mut question),
        Some(Asks::Multiple) => plan.several(&mut question, &plan.known_pieces(signs)),
        Some(Asks::Ranking) => plan.ranking(&mut question, &plan.known_pieces(&[" "])),
        Some(Asks::Single | Asks::Likert | Asks::Grid) => plan.choice(&mut question),
        _ if wanted && !closed && plan.is_text() => plan.text(&mut question, true),
        _ => plan.guess(&mut question, signs, closed),
    }
    if !matches!(question.answers, Answers::Cells(_)) && question.options.is_empty() {
        return None;
    }
    if !matches!(question.answers, Answers::Cells(_)) {
        settle_options(&mut question, asked.is_some_and(|asked| !asked.options.is_empty()));
        if asked.is_some_and(|asked| asked.asks == Asks::Likert) {
            question.kind = Kind::Likert;
        }
    }
    Some(question)
}

struct Plan<'p> {
    export: &'p Export,
    asked: Option<&'p Asked>,
    cells: &'p [String],
    filled: &'p [&'p str],
    header: &'p str,
}

impl Plan<'_> {
    fn known(&self) -> &[Choice] {
        self.asked.map_or(&[], |asked| &asked.options)
    }

    fn guess(&self, question: &mut Question, signs: &[&'static str], closed: bool) {
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        if closed {
            return self.choice(question);
        }
        if let Some(joined) = signs.iter().find_map(|sign| joined::split(&cells, sign, self.header))
        {
            if is_ranking(&joined) {
                return self.ranking(question, &joined);
            }
            return self.several(question, &joined);
        }
        if self.numeric() {
            return self.numbers(question);
        }
        if self.is_text() { self.text(question, false) } else { self.choice(question) }
    }

    /// Numbers, but for a few spellings of nothing.
    fn numeric(&self) -> bool {
        let numbers = self.filled.iter().filter(|cell| number(cell).is_some()).count();
        let nothing = self.filled.iter().filter(|cell| is_missing(cell)).count();
        let zeros = self.filled.iter().any(|cell| has_leading_zero(cell));
        let words = self.words();
        let few = words == 0
            || (numbers * 10 >= self.filled.len() * 6
                && self.distinct_words().len() <= 6
                && 5 <= self.filled.len());
        0 < numbers && numbers + nothing + words == self.filled.len() && few && !zeros
    }

    /// Cells that are neither numbers nor spellings of nothing.
    fn words(&self) -> usize {
        self.filled.iter().filter(|cell| number(cell).is_none() && !is_missing(cell)).count()
    }

    fn distinct_words(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        self.filled
            .iter()
            .filter(|cell| number(cell).is_none())
            .for_each(|cell| *counts.entry(*cell).or_default() += 1);
        counts
    }

    fn counted_words(&self) -> String {
        let words = self.distinct_words();
        words.iter().map(|(word, count)| format!("`{word}` {count}")).collect::<Vec<_>>().join(", ")
    }

    /// Whether the tool writes codes where others write words.
    fn is_coded(&self) -> bool {
        self.header.is_empty()
            || matches!(self.export.tool, Tool::Qualtrics | Tool::Plain | Tool::Kobo | Tool::Odk)
    }

    /// Many answers that hardly recur, or long ones.
    fn is_text(&self) -> bool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.filled
            .iter()
            .filter(|cell| !is_missing(cell))
            .for_each(|cell| *counts.entry(cell).or_default() += 1);
        let base: usize = counts.values().sum();
        let distinct = counts.len();
        let recurring: usize = counts.values().filter(|count| 2 < **count).sum();
        let length: usize =
            counts.keys().map(|cell| cell.chars().count()).sum::<usize>() / distinct.max(1);
        let dates = self.filled.iter().filter(|cell| year(cell).is_some()).count();
        let invites = asks_for_words(self.header);
        if dates * 10 >= self.filled.len() * 9
            || self.filled.iter().any(|cell| has_leading_zero(cell))
        {
            return true;
        }
        if base < 5 {
            // Nothing recurs among so few: short words look like options.
            return invites || 30 < length || self.filled.iter().any(|cell| cell.contains(' '));
        }
        let code_like = |cell: &&&str| {
            cell.chars()
                .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_' || c == '/')
        };
        let codes = counts.keys().all(|cell| code_like(&cell));
        let few = distinct <= 12 && (distinct * 2 <= base || (codes && distinct * 5 <= base * 4));
        let covered = distinct <= 80 && recurring * 10 >= base * 7 && distinct * 3 <= base;
        invites && distinct * 4 > base || 120 < length || !(few || covered)
    }

    fn text(&self, question: &mut Question, wanted: bool) {
        let dates = self.filled.iter().filter(|cell| year(cell).is_some()).count();
        question.kind = Kind::Text;
        question.why = if dates * 10 >= self.filled.len().max(1) * 9 {
            "dates".to_owned()
        } else {
            "free text".to_owned()
        };
        question.answers = Answers::Cells(if wanted {
            self.cells.to_vec()
        } else {
            vec![String::new(); self.cells.len()]
        });
    }

    fn numbers(&self, question: &mut Question) {
        let values: Vec<Option<f64>> = self.cells.iter().map(|cell| number(cell)).collect();
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let whole = known.iter().all(|value| (value - value.round()).abs() < 1e-9);
        let distinct: BTreeSet<String> = known.iter().map(|value| written(*value)).collect();
        let least = known.iter().copied().fold(f64::INFINITY, f64::min);
        let most = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let coded = self.filled.iter().filter(|cell| number(cell).is_none()).count();
        question.kind = match self.asked.map(|asked| asked.asks) {
            Some(Asks::Range { start, end })
                if known.is_empty() || (start <= least && most <= end && whole) =>
            {
                Kind::Range { start, end }
            }
            Some(Asks::Integer) if whole => Kind::Integer,
            Some(Asks::Decimal) => Kind::Decimal,
            _ if whole
                && 0.0 <= least
                && most <= 10.0
                && (distinct.len() == 2
                    || (self.is_coded() && (most <= 5.0 || off_scale(&known)))) =>
            {
                question.sure = Sure::Look;
                question.why = also(
                    &question.why,
                    if self.words() != 0 {
                        "numbers with words at their ends"
                    } else if off_scale(&known) {
                        "codes without words; a number stands off the scale: if it means \"no opinion\", write its `role`"
                    } else {
                        "codes without words: write their labels"
                    },
                );
                return self.choice(question);
            }
            _ if whole && 0.0 <= least && most <= 10.0 && 3 <= distinct.len() => {
                let end = [5.0, 7.0, 10.0].into_iter().find(|end| most <= *end).unwrap_or(10.0);
                // A small sample may lack the lower end of 0 to 10.
                let start = if least < 1.0 || 7.0 < end { 0.0 } else { 1.0 };
                question.sure = Sure::Look;
                Kind::Range { start, end }
            }
            _ if whole => Kind::Integer,
            _ => Kind::Decimal,
        };
        if let Some(code) = stands_for_nothing(&known).filter(|_| self.asked.is_none()) {
            question.sure = Sure::Look;
            let code = written(code);
            let why = format!("{code} may stand for no answer: name it with `--missing={code}`");
            question.why = also(&question.why, &why);
        }
        if self.words() != 0 {
            question.sure = Sure::Look;
        }
        let nothing = if coded == 0 {
            String::new()
        } else {
            format!("; {coded} cells are no number and read as empty: {}", self.counted_words())
        };
        let ends = if let Kind::Range { start, end } = question.kind {
            format!("whole numbers {start} to {end}")
        } else {
            format!("numbers from {} to {}", written(least), written(most))
        };
        let ends = if known.is_empty() { "no number".to_owned() } else { ends };
        question.why = also(&question.why, &format!("{ends}{nothing}"));
        question.answers = Answers::Cells(
            values.iter().map(|value| value.map_or(String::new(), written)).collect(),
        );
    }

    fn choice(&self, question: &mut Question) {
        let mut options = Options::new(self.known());
        let told = !options.list.is_empty();
        let from = options.list.len();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.filled.iter().for_each(|cell| *counts.entry(cell).or_default() += 1);
        // Words longer than an option, once: what somebody typed.
        let typed = |cell: &str| {
            let once = counts.get(cell).is_some_and(|count| *count < 3);
            let unknown = told && matches!(self.export.tool, Tool::Google | Tool::Microsoft);
            30 <= self.filled.len() && once && (80 < cell.chars().count() || unknown)
        };
        let numeric = self.filled.iter().all(|cell| number(cell).is_some());
        let all = self
            .cells
            .iter()
            .map(|cell| {
                if cell.is_empty() || (is_missing(cell) && options.find(cell).is_none()) {
                    return None;
                }
                let spelt = number(cell).filter(|_| numeric).map(written);
                let cell = spelt.as_deref().unwrap_or(cell);
                if options.find(cell).is_none() && typed(cell) {
                    return Some(options.take("Other"));
                }
                Some(options.take(cell))
            })
            .collect();
        let nothing = self.filled.iter().filter(|cell| is_missing(cell)).count();
        question.kind = Kind::Single;
        question.options = options.list;
        question.answers = Answers::One(all);
        let mut why = vec![];
        if !question.why.is_empty() {
            why.push(question.why.clone());
        }
        let new = question.options.len() - from;
        why.push(match (told, new) {
            (true, 0) => format!("{from} options"),
            (true, new) => format!("{from} options and {new} that it does not have"),
            _ if question.options.len() == 1 => "one answer".to_owned(),
            _ => format!("{} different answers", question.options.len()),
        });
        if 0 < nothing {
            why.push(format!(
                "{nothing} cells such as `{}` read as empty",
                self.filled.iter().find(|cell| is_missing(cell)).map_or("-", |cell| cell)
            ));
        }
        let once = counts.values().filter(|count| **count == 1).count();
        if !told && 2 < once && 20 < self.filled.len() {
            why.push(format!(
                "{once} options were given once: typed words? merge them in the codebook"
            ));
            question.sure = Sure::Look;
        }
        if self.filled.len() < 5 && !told {
            question.sure = Sure::Look;
        }
        question.why = why.join("; ");
    }

    fn several(&self, question: &mut Question, joined: &Joined) {
        let mut options = Options::new(self.known());
        let told = !options.list.is_empty();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        joined.rows.iter().flatten().for_each(|piece| *counts.entry(piece).or_default() += 1);
        let base = joined.rows.iter().filter(|row| !row.is_empty()).count();
        // Seen three times or by one in a hundred; the rest was typed.
        let is_option = |piece: &str, options: &Options| {
            options.find(piece).is_some()
                || (!told
                    && counts.get(piece).is_some_and(|count| {
                        3 <= *count || (2 <= *count && *count * 100 >= base) || base < 10
                    }))
        };
        let mut typed = 0;
        let rows: Vec<BTreeSet<usize>> = joined
            .rows
            .iter()
            .map(|row| {
                row.iter()
                    .map(|piece| {
                        if is_option(piece, &options) {
                            options.take(piece)
                        } else {
                            typed += 1;
                            options.take("Other")
                        }
                    })
                    .collect()
            })
            .collect();
        question.kind = Kind::Multiple;
        question.answers = Answers::Ticks(
            (0..options.list.len())
                .map(|option| {
                    rows.iter()
                        .map(|row| (!row.is_empty()).then(|| row.contains(&option)))
                        .collect()
                })
                .collect(),
        );
        question.options = options.list;
        let empty = rows.len() - base;
        let mut why = format!("answers joined by `{}`", joined.sign);
        if 0 < typed {
            why = format!("{why}; {typed} rarer answers count as `other`");
        }
        if 0 < empty {
            why = format!(
                "{why}; {empty} rows without a tick are empty: the tool does not tell \"none\" from \"not asked\""
            );
        }
        question.why = also(&question.why, &why);
    }

    fn ranking(&self, question: &mut Question, joined: &Joined) {
        let mut options = Options::new(self.known());
        let rows: Vec<Vec<usize>> = joined
            .rows
            .iter()
            .map(|row| row.iter().map(|piece| options.take(piece)).collect())
            .collect();
        let places = options.list.len();
        question.kind = Kind::Ranking;
        question.answers = Answers::Ranks(
            (0..places)
                .map(|place| rows.iter().map(|row| row.get(place).copied()).collect())
                .collect(),
        );
        question.options = options.list;
        let why =
            format!("every cell has the same items in another order, joined by `{}`", joined.sign);
        question.why = also(&question.why, &why);
    }

    fn known_pieces(&self, signs: &[&'static str]) -> Joined {
        let sign = signs.first().copied().unwrap_or(" ");
        let known: Vec<String> = self
            .known()
            .iter()
            .flat_map(|choice| choice.label.values().cloned().chain([choice.code.clone()]))
            .collect();
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        joined::split_known(&cells, sign, &known)
    }
}

/// Every cell has all the items, in orders that differ; a few may be cut short.
fn is_ranking(joined: &Joined) -> bool {
    let items: BTreeSet<&String> = joined.rows.iter().flatten().collect();
    let filled: Vec<&Vec<String>> = joined.rows.iter().filter(|row| !row.is_empty()).collect();
    let whole = filled.iter().filter(|row| row.len() == items.len()).count();
    let orders: BTreeSet<&Vec<String>> = filled.iter().copied().collect();
    let once = filled.iter().all(|row| row.iter().collect::<BTreeSet<_>>().len() == row.len());
    3 <= items.len()
        && items.len() <= 30
        && once
        && 2 < orders.len()
        && filled.len() * 8 <= whole * 10
}

/// Nothing, as people and programs write it; `.a` to `.z` are reasons.
fn is_missing(cell: &str) -> bool {
    let reason = cell
        .strip_prefix('.')
        .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_lowercase()));
    MISSING.contains(&cell) || reason
}

/// Numbers that follow each other, but for the last: 1 to 5 and 9.
fn off_scale(numbers: &[f64]) -> bool {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let gaps: Vec<f64> = numbers.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let Some((last, before)) = gaps.split_last() else { return false };
    1.5 < *last && 2 <= before.len() && before.iter().all(|gap| *gap < 1.5)
}

/// A number that is far from all others and looks like a code: -99, 999, or
/// -1 where nothing else is negative.
fn stands_for_nothing(numbers: &[f64]) -> Option<f64> {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    numbers.dedup();
    let (least, most) = (*numbers.first()?, *numbers.last()?);
    let next = *numbers.get(1)?;
    let before = *numbers.get(numbers.len().checked_sub(2)?)?;
    let is = |number: f64, codes: &[f64]| codes.iter().any(|code| (number - code).abs() < 1e-9);
    if least < -89.0 || (0.0 <= next && is(least, &[-1.0, -2.0, -8.0, -9.0])) {
        return Some(least);
    }
    let nines = [98.0, 99.0, 997.0, 998.0, 999.0, 9998.0, 9999.0, 99_999.0];
    (is(most, &nines) && before * 4.0 < most * 3.0).then_some(most)
}

/// True where the question asks for words of one's own.
fn asks_for_words(header: &str) -> bool {
    const WORDS: [&str; 14] = [
        "comment",
        "remarque",
        "opmerking",
        "toelichting",
        "in-your-own-words",
        "precisez",
        "please-specify",
        "suggestion",
        "feedback",
        "describe",
        "decrivez",
        "anything-else",
        "bemerkung",
        "kommentar",
    ];
    let plain = crate::import::text::same(header);
    WORDS.iter().any(|word| plain.contains(word))
        && !says_several(header)
        && scales::off(header).is_empty()
}
