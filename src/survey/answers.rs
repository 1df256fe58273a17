//! Answers as typed columns: a small number a respondent, never a text.

#![expect(
    clippy::cast_possible_truncation,
    reason = "respondents, options and strata are fewer than 2^32"
)]

use std::sync::Arc;

use super::SampleDesign;

/// The answers of one wave, one entry a respondent in file order.
#[derive(Debug, Clone, Default)]
pub struct Responses {
    /// How many respondents there are.
    pub respondents: usize,
    /// The names of the respondents, when the design has a column for them.
    pub ids: Option<Vec<Arc<str>>>,
    /// How they were drawn.
    pub design: SampleDesign,
    /// By question, in the order of the codebook.
    pub answers: Vec<Answers>,
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
            packed.push(code.map(|code| code as usize));
        }
        packed
    }

    /// Room for numbers below `bound`.
    pub(crate) fn for_bound(bound: usize) -> Self {
        if u8::try_from(bound).is_ok() { Self::Bytes(vec![]) } else { Self::Wide(vec![]) }
    }

    /// Adds a respondent; the number is below the bound.
    pub(crate) fn push(&mut self, code: Option<usize>) {
        match self {
            Self::Bytes(codes) => codes.push(code.map_or(u8::MAX, |code| code as u8)),
            Self::Wide(codes) => codes.push(code.map_or(u32::MAX, |code| code as u32)),
        }
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

impl Answers {
    /// Makes a column of numbers.
    pub fn numbers(numbers: &[Option<f64>]) -> Self {
        let mut found = std::collections::HashMap::new();
        let mut values: Vec<f64> = vec![];
        let first: Vec<Option<u32>> = numbers
            .iter()
            .map(|number| {
                number.map(|number| {
                    // Zero has two signs and one meaning.
                    let number = number + 0.0;
                    *found.entry(number.to_bits()).or_insert_with(|| {
                        values.push(number);
                        values.len() as u32 - 1
                    })
                })
            })
            .collect();
        let mut order: Vec<u32> = (0..values.len() as u32).collect();
        order.sort_by(|a, b| values[*a as usize].total_cmp(&values[*b as usize]));
        let mut place = vec![0; values.len()];
        for (to, from) in order.iter().enumerate() {
            place[*from as usize] = to as u32;
        }
        let codes: Vec<Option<u32>> =
            first.iter().map(|code| code.map(|code| place[code as usize])).collect();
        Self::Number {
            values: order.iter().map(|from| values[*from as usize]).collect(),
            codes: Codes::pack(&codes),
        }
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
    fn a_few_options_take_a_byte_each() {
        assert!(matches!(Codes::pack(&[Some(254), None]), Codes::Bytes(_)));
        assert!(matches!(Codes::pack(&[Some(255), None]), Codes::Wide(_)));
    }
}
