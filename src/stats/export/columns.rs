//! The columns of the published estimates, and the codes that stand in them.

use crate::stats::IntervalMethod;

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldType {
    /// Any text.
    Text,
    /// One of these texts.
    Coded(&'static [&'static str]),
    /// A number with all its digits.
    Number,
    /// A whole number.
    Count,
    /// `true` or `false`.
    Truth,
}

/// The columns of estimates, in order.
pub const ESTIMATES: [(&str, FieldType); 32] = [
    ("question", FieldType::Text),
    ("item", FieldType::Text),
    ("label_question", FieldType::Text),
    ("label_item", FieldType::Text),
    ("estimator", FieldType::Text),
    ("group_var", FieldType::Text),
    ("group", FieldType::Text),
    ("wave", FieldType::Text),
    ("level", FieldType::Number),
    ("fpc", FieldType::Truth),
    ("estimate", FieldType::Number),
    ("se", FieldType::Number),
    ("ci_low", FieldType::Number),
    ("ci_high", FieldType::Number),
    ("ci_method", FieldType::Coded(&METHODS)),
    ("df", FieldType::Number),
    ("n", FieldType::Count),
    ("weighted_n", FieldType::Number),
    ("n_eff_kish", FieldType::Number),
    ("deff", FieldType::Number),
    ("deff_wr", FieldType::Number),
    ("base", FieldType::Text),
    ("display", FieldType::Text),
    ("display_value", FieldType::Count),
    ("flag", FieldType::Coded(&FLAGS)),
    ("provenance", FieldType::Coded(&PROVENANCES)),
    ("source", FieldType::Text),
    ("note", FieldType::Text),
    ("bound_low", FieldType::Number),
    ("bound_high", FieldType::Number),
    ("poststratified", FieldType::Number),
    ("poststratified_by", FieldType::Text),
];

/// Every name of a method, of a flag and of a provenance.
const METHODS: [&str; 7] =
    ["beta", "cp_zero_or_one", "zero_variance", "t", "woodruff_p_centred", "no_df", "none"];
const FLAGS: [&str; 5] = ["ok", "low_n", "low_df", "hidden", "empty"];
/// Every provenance by name.
pub const PROVENANCES: [&str; 4] = ["collected", "published", "simulated", "other_study"];

pub(super) fn method_name(method: IntervalMethod) -> &'static str {
    match method {
        IntervalMethod::Beta => "beta",
        IntervalMethod::CpZeroOrOne => "cp_zero_or_one",
        IntervalMethod::ZeroVariance => "zero_variance",
        IntervalMethod::T => "t",
        IntervalMethod::Woodruff => "woodruff_p_centred",
        IntervalMethod::NoDf => "no_df",
        IntervalMethod::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Flag, Provenance};

    #[test]
    fn every_code_is_listed() {
        let methods = [
            IntervalMethod::Beta,
            IntervalMethod::CpZeroOrOne,
            IntervalMethod::ZeroVariance,
            IntervalMethod::T,
            IntervalMethod::Woodruff,
            IntervalMethod::NoDf,
            IntervalMethod::None,
        ];
        assert_eq!(methods.map(method_name), METHODS);
        for flag in [Flag::Ok, Flag::LowBase, Flag::LowDf] {
            assert!(FLAGS.contains(&flag.name()));
        }
        for provenance in [
            Provenance::Collected,
            Provenance::Published,
            Provenance::Simulated,
            Provenance::OtherStudy,
        ] {
            assert!(PROVENANCES.contains(&provenance.name()));
        }
    }
}
