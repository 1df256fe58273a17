//! Answers as typed columns: a small number a respondent, never a text.

#![expect(
    clippy::cast_possible_truncation,
    reason = "respondents, options and strata are fewer than 2^32"
)]

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::{Mass, SampleDesign};

/// The answers of one wave, one row a respondent in file order; of a tally,
/// one row a *place*: everybody whom nothing tells apart but their answers.
#[derive(Debug, Clone, Default)]
pub struct Responses {
    /// How many rows there are.
    pub rows: usize,
    /// The names of the respondents, when the design has a column for them.
    pub ids: Option<Ids>,
    /// How they were drawn.
    pub design: SampleDesign,
    /// By question, in the order of the codebook.
    pub answers: Vec<Answers>,
}

/// The names of respondents in their order, in one text.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    text: String,
    ends: Vec<usize>,
}

impl Ids {
    /// Adds a name.
    pub(crate) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// Adds the names that follow.
    pub(crate) fn append(&mut self, next: &Self) {
        let from = self.text.len();
        self.text.push_str(&next.text);
        self.ends.extend(next.ends.iter().map(|end| from + end));
    }

    /// The name at a place.
    pub fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True without names.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every name in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}

/// The answers to one question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answers {
    /// The file has no column for it: not asked in this wave.
    NotAsked,
    /// The option of a single choice or of a scale.
    Single(Codes),
    /// By option: 1 ticked, 0 not; nothing for whoever was not asked.
    Multiple(Vec<Codes>),
    /// By option: its rank from 1, or 0; nothing for whoever ranked none.
    Ranking(Vec<Codes>),
    /// Numbers, as indices into their distinct values in ascending order.
    Number {
        /// The distinct values, ascending.
        values: Vec<f64>,
        /// The index of each respondent's value.
        codes: Codes,
    },
    /// Words, which are not kept.
    Open,
    /// Answers that were counted before they came here.
    Counted(Counted),
}

/// The answers to one question as counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counted {
    /// One of a single choice or a number; of a multiple choice one an option
    /// and that of how many were ticked, of a ranking one an option. Codes are
    /// those of [`Answers`].
    pub columns: Vec<Vec<Count>>,
    /// The values that codes stand for, of a number.
    pub values: Vec<f64>,
    /// What the values are.
    pub meaning: Meaning,
    /// By two columns, the earlier first: the answers to both, as
    /// [`Codes::paired`] numbers them. The place is one of the same sampling unit.
    pub pairs: BTreeMap<(usize, usize), Vec<Count>>,
}

/// A cell of a tally: who gave an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// Where they are: a row of the [`Responses`].
    pub place: u32,
    /// The answer.
    pub code: u32,
    /// How many they are.
    pub mass: Mass,
}

/// What the values of a counted number are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Meaning {
    /// Numbers that people gave.
    #[default]
    Answers,
    /// A centre with a value on either side, whose weights give the sums of the
    /// answers and of their squares, and nothing else of them.
    Moments,
}

/// One small number or nothing a respondent; a byte each where 255 numbers
/// are enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Codes {
    /// Up to 255 numbers; 255 stands for nothing.
    Bytes(Vec<u8>),
    /// More; the largest number stands for nothing.
    Wide(Vec<u32>),
}

impl Codes {
    /// Packs numbers as narrow as they allow.
    pub fn pack(codes: &[Option<u32>]) -> Self {
        let highest = codes.iter().flatten().copied().max().unwrap_or(0);
        let mut packed = Self::for_bound(highest as usize + 1);
        for code in codes {
            packed.push(*code);
        }
        packed
    }

    /// Room for numbers below `bound`.
    pub(crate) fn for_bound(bound: usize) -> Self {
        if u8::try_from(bound).is_ok() { Self::Bytes(vec![]) } else { Self::Wide(vec![]) }
    }

    /// Makes room for further respondents.
    pub(crate) fn reserve(&mut self, respondents: usize) {
        match self {
            Self::Bytes(codes) => codes.reserve_exact(respondents),
            Self::Wide(codes) => codes.reserve_exact(respondents),
        }
    }

    /// Adds a respondent; the number is below the bound.
    pub(crate) fn push(&mut self, code: Option<u32>) {
        match self {
            Self::Bytes(codes) => codes.push(code.map_or(u8::MAX, |code| code as u8)),
            Self::Wide(codes) => codes.push(code.unwrap_or(u32::MAX)),
        }
    }

    /// Adds the respondents of a column of the same bound.
    pub(crate) fn append(&mut self, next: &Self) {
        match (self, next) {
            (Self::Bytes(codes), Self::Bytes(next)) => codes.extend_from_slice(next),
            (Self::Wide(codes), Self::Wide(next)) => codes.extend_from_slice(next),
            (codes, next) => next.iter().for_each(|code| codes.push(code)),
        }
    }

    /// Makes room for larger numbers.
    fn widen(&mut self) {
        if let Self::Bytes(codes) = self {
            let wide = |code: &u8| if *code == u8::MAX { u32::MAX } else { u32::from(*code) };
            *self = Self::Wide(codes.iter().map(wide).collect());
        }
    }

    /// The same respondents with another number in the place of each; none is larger
    /// than the largest was.
    fn renumbered(mut self, to: &[u32]) -> Self {
        match &mut self {
            Self::Bytes(codes) => {
                for code in codes.iter_mut().filter(|code| **code != u8::MAX) {
                    *code = to[usize::from(*code)] as u8;
                }
            }
            Self::Wide(codes) => {
                for code in codes.iter_mut().filter(|code| **code != u32::MAX) {
                    *code = to[*code as usize];
                }
            }
        }
        self
    }

    /// Both numbers of each respondent as one, `own × bound_other + other`;
    /// nothing where either is nothing.
    #[must_use]
    pub fn paired(&self, other: &Self, bound: u32, bound_other: u32) -> Self {
        if let (Self::Bytes(own), Self::Bytes(others), Ok(_)) =
            (self, other, u8::try_from(bound * bound_other))
        {
            let pair = |(own, other): (&u8, &u8)| {
                let known = *own != u8::MAX && *other != u8::MAX;
                let pair = own.wrapping_mul(bound_other as u8).wrapping_add(*other);
                if known { pair } else { u8::MAX }
            };
            return Self::Bytes(own.iter().zip(others).map(pair).collect());
        }
        let mut pairs = Self::for_bound((bound * bound_other) as usize);
        for (own, other) in self.iter().zip(other.iter()) {
            let pair = own.zip(other).map(|(own, other)| own * bound_other + other);
            pairs.push(pair);
        }
        pairs
    }

    /// The number of one respondent.
    pub fn get(&self, respondent: usize) -> Option<u32> {
        match self {
            Self::Bytes(codes) => {
                codes.get(respondent).filter(|code| **code != u8::MAX).map(|code| u32::from(*code))
            }
            Self::Wide(codes) => codes.get(respondent).copied().filter(|code| *code != u32::MAX),
        }
    }

    /// How many respondents there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(codes) => codes.len(),
            Self::Wide(codes) => codes.len(),
        }
    }

    /// True without respondents.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more than the highest number.
    pub fn bound(&self) -> u32 {
        match self {
            Self::Bytes(codes) => {
                codes.iter().filter(|code| **code != u8::MAX).max().map_or(0, |c| u32::from(*c) + 1)
            }
            Self::Wide(codes) => {
                codes.iter().filter(|code| **code != u32::MAX).max().map_or(0, |code| code + 1)
            }
        }
    }

    /// Every respondent's number in order.
    pub fn iter(&self) -> impl Iterator<Item = Option<u32>> + '_ {
        (0..self.len()).map(|respondent| self.get(respondent))
    }
}

/// A column of numbers as it is read: the values that occur, and which of
/// them each respondent gave.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    known: HashMap<u64, u32>,
    values: Vec<f64>,
    places: Codes,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { known: HashMap::new(), values: vec![], places: Codes::Bytes(vec![]) }
    }
}

impl Numbers {
    /// Makes room for further respondents.
    pub(crate) fn reserve(&mut self, respondents: usize) {
        self.places.reserve(respondents);
    }

    /// Adds a respondent.
    pub(crate) fn push(&mut self, number: Option<f64>) {
        let place = number.map(|number| self.place(number));
        self.push_place(place);
    }

    /// Adds a respondent whose number has its place.
    pub(crate) fn push_place(&mut self, place: Option<u32>) {
        self.places.push(place);
    }

    /// Adds the respondents of a column that was read apart.
    pub(crate) fn append(&mut self, next: &Self) {
        let moved: Vec<u32> = next.values.iter().map(|value| self.place(*value)).collect();
        let places = next.places.iter().map(|place| place.map(|place| moved[place as usize]));
        places.for_each(|place| self.places.push(place));
    }

    /// Which of the values a number is.
    pub(crate) fn place(&mut self, number: f64) -> u32 {
        // Zero has two signs and one meaning.
        let number = number + 0.0;
        let next = self.values.len() as u32;
        let place = *self.known.entry(number.to_bits()).or_insert(next);
        if place == next {
            self.values.push(number);
            if u8::try_from(self.values.len()).is_err() {
                self.places.widen();
            }
        }
        place
    }

    /// Ends the reading.
    pub(crate) fn finish(self) -> Answers {
        let (values, codes) = self.ranked();
        Answers::Number { values, codes }
    }

    /// The values in ascending order, and which of them each respondent gave.
    pub(super) fn ranked(self) -> (Vec<f64>, Codes) {
        let mut order: Vec<u32> = (0..self.values.len() as u32).collect();
        order.sort_by(|a, b| self.values[*a as usize].total_cmp(&self.values[*b as usize]));
        let mut rank = vec![0; self.values.len()];
        for (to, from) in order.iter().enumerate() {
            rank[*from as usize] = to as u32;
        }
        let values = order.iter().map(|from| self.values[*from as usize]).collect();
        (values, self.places.renumbered(&rank))
    }
}

impl Answers {
    /// Makes a column of numbers.
    pub fn numbers(numbers: &[Option<f64>]) -> Self {
        let mut column = Numbers::default();
        for number in numbers {
            column.push(*number);
        }
        column.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_indices_into_their_sorted_values() {
        let Answers::Number { values, codes } =
            Answers::numbers(&[Some(2.5), None, Some(-1.0), Some(2.5)])
        else {
            panic!("numbers")
        };

        assert_eq!(values, [-1.0, 2.5]);
        assert_eq!(codes.iter().collect::<Vec<_>>(), [Some(1), None, Some(0), Some(1)]);
    }

    #[test]
    fn pairs_are_the_same_however_wide_they_are() {
        let (one, two) = ([Some(1), None, Some(0)], [Some(2), Some(1), Some(1)]);

        let narrow = Codes::pack(&one).paired(&Codes::pack(&two), 2, 3);
        let wide = Codes::pack(&one).paired(&Codes::pack(&two), 2, 300);

        assert_eq!(narrow.iter().collect::<Vec<_>>(), [Some(5), None, Some(1)]);
        assert_eq!(wide.iter().collect::<Vec<_>>(), [Some(302), None, Some(1)]);
    }

    #[test]
    fn a_few_options_take_a_byte_each() {
        assert!(matches!(Codes::pack(&[Some(254), None]), Codes::Bytes(_)));
        assert!(matches!(Codes::pack(&[Some(255), None]), Codes::Wide(_)));
    }
}
