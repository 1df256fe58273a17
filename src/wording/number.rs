//! Numbers, dates, lists, plurals and order in a language, by ICU.
//!
//! It knows no string of the theme: what surrounds a number is `strings`'.
//!
//! One rule rounds everything: the shortest decimal that is the number, cut to
//! 12 decimals of its own unit so that the dust of a sum does not decide, then
//! half away from zero. A share of 0.285 is 29 %, though `0.285 * 100.0` is
//! less than 28.5; and −0.4 is 0, without a sign.

use std::cmp::Ordering;

use fixed_decimal::{Decimal, FloatPrecision, Sign, SignedRoundingMode, UnsignedRoundingMode};
use icu_calendar::Iso;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::DateTimeFormatter;
use icu_datetime::fieldsets::{YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_list::ListFormatter;
use icu_list::options::ListFormatterOptions;
use icu_locale::Locale;
use icu_plurals::{PluralCategory, PluralRules};
use jiff::civil::Date;

/// Decimals of its own unit that a number is taken to before it is rounded.
const DUST: i16 = -12;

/// The formatters of a language.
#[derive(Debug)]
pub(super) struct Formatters {
    decimal: DecimalFormatter,
    cardinal: PluralRules,
    ordinal: PluralRules,
    list: ListFormatter,
    day: DateTimeFormatter<YMD>,
    month: DateTimeFormatter<YM>,
    collator: CollatorBorrowed<'static>,
}

/// A number that was rounded once; everything printed of it agrees.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rounded(Decimal);

impl Rounded {
    /// Rounds `value * 10^shift` to `digits` decimals; `None` if it is not
    /// finite.
    pub(super) fn new(value: f64, shift: i16, digits: u8) -> Option<Self> {
        let half_away = SignedRoundingMode::Unsigned(UnsignedRoundingMode::HalfExpand);
        let position = -i16::from(digits);
        let mut decimal = Decimal::try_from_f64(value, FloatPrecision::RoundTrip).ok()?;
        decimal.round_with_mode(DUST, half_away);
        decimal.multiply_pow10(shift);
        decimal.round_with_mode(position, half_away);
        decimal.trim_end();
        decimal.trim_start();
        decimal.pad_end(position);
        Some(Self(decimal))
    }

    /// True if nothing of the number is left.
    pub(super) fn is_zero(&self) -> bool {
        self.0.absolute.is_zero()
    }

    /// True if the number is below zero after rounding.
    pub(super) fn is_negative(&self) -> bool {
        self.0.sign() == Sign::Negative && !self.is_zero()
    }

    /// The smallest number above zero that `digits` decimals can show.
    pub(super) fn smallest(digits: u8) -> Self {
        let mut decimal = Decimal::from(1);
        decimal.multiply_pow10(-i16::from(digits));
        Self(decimal)
    }

    /// A whole number.
    pub(super) fn whole(count: u64) -> Self {
        Self(Decimal::from(count))
    }
}

impl Formatters {
    /// Makes the formatters of a locale. Languages without data of their own
    /// fall back to the root of CLDR, so that every locale has some.
    pub(super) fn new(locale: &Locale) -> Option<Self> {
        Some(Self {
            decimal: DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default())
                .ok()?,
            cardinal: PluralRules::try_new_cardinal(locale.into()).ok()?,
            ordinal: PluralRules::try_new_ordinal(locale.into()).ok()?,
            list: ListFormatter::try_new_and(locale.into(), ListFormatterOptions::default())
                .ok()?,
            day: DateTimeFormatter::try_new(locale.into(), YMD::long()).ok()?,
            month: DateTimeFormatter::try_new(locale.into(), YM::long()).ok()?,
            collator: Collator::try_new(locale.into(), CollatorOptions::default()).ok()?,
        })
    }

    /// The digits with the separators of the language, without a sign.
    pub(super) fn absolute(&self, number: &Rounded) -> String {
        let unsigned = number.0.clone().with_sign(Sign::None);
        self.decimal.format(&unsigned).to_string()
    }

    /// The digits with another separator of thousands.
    pub(super) fn grouped(&self, number: &Rounded, grouping: &str) -> String {
        let digits = self.absolute(number);
        // What the language puts between the digits of a thousand is its
        // separator; a decimal sign stands elsewhere.
        let own = self.absolute(&Rounded::whole(10_000));
        let own: String = own.chars().filter(|c| !c.is_ascii_digit()).collect();
        if own.is_empty() { digits } else { digits.replace(&own, grouping) }
    }

    /// The plural category of a number as it is printed.
    pub(super) fn cardinal(&self, number: &Rounded) -> &'static str {
        let unsigned = number.0.clone().with_sign(Sign::None);
        name(self.cardinal.category_for(&unsigned))
    }

    /// The plural category of a rank: `one` of "1st".
    pub(super) fn ordinal(&self, rank: u64) -> &'static str {
        name(self.ordinal.category_for(rank))
    }

    pub(super) fn list(&self, items: &[String]) -> String {
        self.list.format(items.iter().map(String::as_str)).to_string()
    }

    pub(super) fn day(&self, date: Date) -> String {
        iso(date).map_or_else(|| date.to_string(), |day| self.day.format(&day).to_string())
    }

    pub(super) fn month(&self, date: Date) -> String {
        iso(date).map_or_else(|| date.to_string(), |day| self.month.format(&day).to_string())
    }

    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }
}

fn iso(date: Date) -> Option<icu_calendar::Date<Iso>> {
    let (month, day) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
    icu_calendar::Date::try_new_iso(i32::from(date.year()), month, day).ok()
}

fn name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatters(tag: &str) -> Formatters {
        Formatters::new(&tag.parse().unwrap()).unwrap()
    }

    fn rounded(value: f64, shift: i16, digits: u8) -> String {
        let number = Rounded::new(value, shift, digits).unwrap();
        let sign = if number.is_negative() { "-" } else { "" };
        format!("{sign}{}", formatters("en-GB").absolute(&number))
    }

    #[test]
    fn halves_are_rounded_away_from_zero_as_they_are_written() {
        assert_eq!(rounded(0.285, 2, 0), "29");
        assert_eq!(rounded(0.145, 2, 0), "15");
        assert_eq!(rounded(1.005, 0, 2), "1.01");
        assert_eq!(rounded(2.5, 0, 0), "3");
        assert_eq!(rounded(-2.5, 0, 0), "-3");
        assert_eq!(rounded(0.2849, 2, 0), "28");
    }

    #[test]
    fn the_dust_of_a_sum_does_not_decide() {
        assert_eq!(rounded(0.285 - 5e-16, 2, 0), "29");
        assert_eq!(rounded(0.1 + 0.2, 0, 3), "0.300");
    }

    #[test]
    fn a_number_that_rounds_to_nothing_has_no_sign() {
        assert_eq!(rounded(-0.4, 0, 0), "0");
        assert!(!Rounded::new(-0.4, 0, 0).unwrap().is_negative());
    }

    #[test]
    fn what_is_not_finite_is_no_number() {
        assert_eq!(Rounded::new(f64::NAN, 0, 0), None);
        assert_eq!(Rounded::new(f64::INFINITY, 0, 0), None);
    }

    #[test]
    fn separators_are_those_of_the_country() {
        let number = Rounded::new(1_234_567.9, 0, 1).unwrap();

        assert_eq!(formatters("fr-BE").absolute(&number), "1\u{202F}234\u{202F}567,9");
        assert_eq!(formatters("nl-BE").absolute(&number), "1.234.567,9");
        assert_eq!(formatters("en-GB").absolute(&number), "1,234,567.9");
    }

    #[test]
    fn formatters_may_cross_threads() {
        fn crosses<T: Send + Sync>() {}
        crosses::<Formatters>();
    }
}
