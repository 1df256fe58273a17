//! Answers that are known by their words: scales in French, Dutch, English
//! and German, answers off the scale, numbers in labels.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::roles::{ASKED, NONE, OFF, OTHER};
use super::text::{number, same};

/// A family of answers from the lowest level to the highest.
struct Scale {
    name: &'static str,
    /// Whether a mean of its levels is usual: then it is drawn as a scale.
    likert: bool,
    /// The wordings of each level.
    levels: Vec<Vec<String>>,
}

/// The scales of `scales.txt`.
static SCALES: LazyLock<Vec<Scale>> = LazyLock::new(|| {
    let mut scales: Vec<Scale> = vec![];
    let lines = include_str!("scales.txt").lines().map(str::trim);
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (name, likert) = head.split_once(' ').unwrap_or((head, ""));
            scales.push(Scale { name, likert: !likert.is_empty(), levels: vec![] });
        } else if let Some(scale) = scales.last_mut() {
            scale.levels.push(line.split('|').map(same).collect());
        }
    }
    scales
});

/// True for options such as "Other", "Autre (précisez)", "-oth-"; not for
/// "Other public research lab".
pub(super) fn is_other(text: &str) -> bool {
    let plain = same(text);
    let mut words = plain.split('-').filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    OTHER.contains(&first) && words.next().is_none_or(|next| ASKED.contains(&next) || next == "s")
}

/// The role of an option by its words, or an empty text. Answers outside a
/// scale have theirs only on a scale: elsewhere they are options that some
/// surveys count.
pub(super) fn role(text: &str, on_a_scale: bool) -> &'static str {
    let plain = same(text);
    if is_other(text) {
        return "other";
    }
    if on_a_scale {
        return off(text);
    }
    if NONE.iter().any(|none| same(none) == plain) { "none" } else { "" }
}

/// The role of an answer that stands outside a scale, with or without what
/// stands in brackets after it.
pub(super) fn off(text: &str) -> &'static str {
    /// The roles by their words as they are compared: cells are many.
    static ROLES: LazyLock<BTreeMap<String, &str>> = LazyLock::new(|| {
        let words =
            OFF.iter().flat_map(|(role, words)| words.iter().map(|word| (same(word), *role)));
        words.collect()
    });
    let bare = text.split_once(" (").map_or(text, |(bare, _)| bare);
    let known = ROLES.get(&same(text)).or_else(|| ROLES.get(&same(bare)));
    known.copied().unwrap_or_default()
}

/// An order for options, and what told it.
#[derive(Debug, PartialEq)]
pub(super) struct Order {
    /// The options' places in the list that was given, in the new order.
    pub(super) places: Vec<usize>,
    pub(super) likert: bool,
    pub(super) why: String,
    /// Whether one option has no place in it: it stands last.
    pub(super) is_odd: bool,
}

/// Orders options by the words of a known scale, or by the numbers in their
/// labels; answers off the scale come last, and so does one that is on no
/// scale beside four that are. `None` if neither tells it.
pub(super) fn order(labels: &[&str]) -> Option<Order> {
    let is_off = |label: &str| !off(label).is_empty() || is_other(label);
    let on: Vec<usize> = (0..labels.len()).filter(|at| !is_off(labels[*at])).collect();
    if on.len() < 2 {
        return None;
    }
    on_one_scale(labels, &on).or_else(|| but_for_one(labels, &on))
}

/// The order of the options `on`, with all others of `labels` after them.
fn on_one_scale(labels: &[&str], on: &[usize]) -> Option<Order> {
    let sorted = |rank: &dyn Fn(usize) -> f64| {
        let mut order = on.to_vec();
        order.sort_by(|a, b| rank(*a).total_cmp(&rank(*b)));
        order.extend((0..labels.len()).filter(|at| !on.contains(at)));
        order
    };
    for scale in SCALES.iter() {
        let levels: Vec<Option<usize>> = on.iter().map(|at| scale.level(labels[*at])).collect();
        let distinct: BTreeSet<&usize> = levels.iter().flatten().collect();
        if 3 <= on.len() && distinct.len() == on.len() && levels.iter().all(Option::is_some) {
            let rank = |at: usize| scale.level(labels[at]).map_or(0.0, as_number);
            let mut why = format!("a scale of {}", scale.name);
            let is_uneven = scale.likert && !scale.is_even_around_its_middle(&distinct);
            if is_uneven {
                why.push_str(
                    ", of which one side lacks a level: write what nobody chose, and `likert`",
                );
            }
            return Some(Order {
                places: sorted(&rank),
                likert: scale.likert && !is_uneven,
                why,
                is_odd: is_uneven,
            });
        }
    }
    // "None" of numbers is the least of them.
    let value = |at: usize| {
        let is_none = || (role(labels[at], false) == "none").then_some(-1e-6);
        first_number(labels[at]).or_else(is_none)
    };
    let numbers: Vec<Option<f64>> = on.iter().map(|at| value(*at)).collect();
    // "15 minutes of sports", "15 minutes of news": the same number orders nothing.
    let differ = numbers.iter().any(|number| *number != numbers[0]);
    if differ && numbers.iter().all(Option::is_some) {
        let rank = |at: usize| value(at).unwrap_or(0.0);
        return Some(Order {
            places: sorted(&rank),
            likert: false,
            why: "the numbers in the labels".to_owned(),
            is_odd: false,
        });
    }
    None
}

/// The order of all but one, which says something else: "never", "rarely",
/// "often", "always" and "did not ride".
fn but_for_one(labels: &[&str], on: &[usize]) -> Option<Order> {
    const LEAST: usize = 4;
    if on.len() <= LEAST {
        return None;
    }
    let order_without = |odd: &usize| {
        let rest: Vec<usize> = on.iter().copied().filter(|at| at != odd).collect();
        Some((*odd, on_one_scale(labels, &rest)?))
    };
    let (odd, order) = on.iter().find_map(order_without)?;
    let why = format!("{}, but for `{}`", order.why, labels[odd]);
    Some(Order { likert: false, why, is_odd: true, ..order })
}

fn as_number(level: usize) -> f64 {
    u32::try_from(level).map_or(0.0, f64::from)
}

impl Scale {
    /// Whether as many of the levels stand below the neutral one as above it,
    /// where it is among them: else it would count to one side.
    fn is_even_around_its_middle(&self, levels: &BTreeSet<&usize>) -> bool {
        let is_neutral =
            |level: &&&usize| self.levels[***level].iter().any(|words| words == "neutral");
        let Some(middle) = levels.iter().find(is_neutral) else { return true };
        let below = levels.iter().filter(|level| *level < middle).count();
        below * 2 + 1 == levels.len()
    }

    /// The level of a label, with or without what stands in brackets after it,
    /// and whatever gender French gives it: `satisfait·e`, `satisfaite`.
    fn level(&self, label: &str) -> Option<usize> {
        const ENDS: [&str; 8] = ["(e)", "(e)s", "(es)", "·e·s", "·e", ".e", "-e", "/e"];
        let bare = label.split_once(" (").map_or(label, |(bare, _)| bare);
        let ended = ENDS.iter().find_map(|end| label.trim_end().strip_suffix(end));
        let plain = same(label);
        let woman = plain.strip_suffix('e').filter(|rest| rest.ends_with(['t', 'e']));
        [
            plain.clone(),
            same(bare),
            ended.map_or(String::new(), same),
            woman.map_or(String::new(), str::to_owned),
        ]
        .iter()
        .filter(|plain| !plain.is_empty())
        .find_map(|plain| self.levels.iter().position(|words| words.contains(plain)))
    }
}

/// "Moins d'un an", "less than one year": the least of classes that have numbers.
fn less_than_one(label: &str) -> bool {
    const LESS: [&str; 9] = [
        "less-than-one",
        "less-than-a",
        "under-one",
        "moins-d-un",
        "moins-dun",
        "minder-dan-een",
        "minder-dan-1",
        "weniger-als-ein",
        "unter-einem",
    ];
    let plain = same(label);
    LESS.iter().any(|less| plain.starts_with(less))
}

/// The number that orders a label: "10 à 19", "$25,000 to $49,999", "> 60",
/// "Less than 1 year", "1M - 100M". Signs for less and more shift it.
fn first_number(label: &str) -> Option<f64> {
    // Codes may be below zero; elsewhere the sign stands between two numbers.
    if let Some(value) = number(label).filter(|value| *value < 0.0) {
        return Some(value);
    }
    let lower = label.to_lowercase();
    let letters: Vec<char> = lower.chars().collect();
    let Some(start) = letters.iter().position(char::is_ascii_digit) else {
        return less_than_one(label).then_some(1.0 - 1e-6);
    };
    // A number deep in a sentence orders nothing.
    if 24 < start {
        return None;
    }
    let mut digits = String::new();
    let mut at = start;
    while let Some(letter) = letters.get(at) {
        let next_three =
            || letters[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 3;
        match letter {
            '0'..='9' => digits.push(*letter),
            ',' | '.' | ' ' | '\u{a0}' | '\u{202f}' if next_three() => {}
            '.' | ',' if letters.get(at + 1).is_some_and(char::is_ascii_digit) => digits.push('.'),
            _ => break,
        }
        at += 1;
    }
    let mut number: f64 = digits.parse().ok()?;
    let after = |step: usize| letters.get(at + step);
    let is_word = after(1).is_some_and(|c| c.is_alphabetic());
    number *= match after(0) {
        Some('k') if !is_word => 1e3,
        Some('m') if !is_word => 1e6,
        _ => 1.0,
    };
    let before: String = letters[..start].iter().collect();
    let less = [
        "<",
        "less than",
        "under",
        "below",
        "moins d",
        "minder dan",
        "weniger als",
        "up to",
        "jusqu",
        "tot ",
        "unter",
    ];
    let more =
        [">", "more than", "over", "above", "after", "plus d", "meer dan", "mehr als", "über"];
    let shift = f64::max(number.abs() * 1e-6, 1e-6);
    if is_below(&lower) || less.iter().any(|word| before.contains(word)) {
        return Some(number - shift);
    }
    if is_open(&lower) || more.iter().any(|word| before.contains(word)) {
        return Some(number + shift);
    }
    Some(number)
}

/// Whether a label in small letters has no upper end: "10+", "10 and more".
fn is_open(lower: &str) -> bool {
    const ENDS: [&str; 14] = [
        "and more",
        "or more",
        "and over",
        "and older",
        "or older",
        "et plus",
        "ou plus",
        "en meer",
        "of meer",
        "en ouder",
        "of ouder",
        "oder mehr",
        "oder älter",
        "und älter",
    ];
    lower.trim_end().ends_with('+') || ENDS.iter().any(|end| lower.contains(end))
}

/// Whether a label in small letters has no lower end: "10 or less".
fn is_below(lower: &str) -> bool {
    const ENDS: [&str; 13] = [
        "or less",
        "or fewer",
        "or under",
        "or younger",
        "and younger",
        "and under",
        "ou moins",
        "et moins",
        "of minder",
        "of jonger",
        "en jonger",
        "oder weniger",
        "oder jünger",
    ];
    ENDS.iter().any(|end| lower.contains(end))
}

/// Whether a label stands for several numbers: "10+", "< 5", "2 or 3".
pub(super) fn is_class(label: &str) -> bool {
    let lower = label.trim().to_lowercase();
    let numbers = lower
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))
        .filter(|part| part.contains(|c: char| c.is_ascii_digit()))
        .count();
    let is_less = lower.starts_with(['<', '>', '≤', '≥']);
    let is_ended = is_less || is_open(&lower) || is_below(&lower);
    1 <= numbers && lower.len() <= 24 && (2 <= numbers || is_ended)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ordered<'l>(labels: &[&'l str]) -> (Vec<&'l str>, bool) {
        let order = order(labels).unwrap();
        (order.places.iter().map(|at| labels[*at]).collect(), order.likert)
    }

    #[test]
    fn scales_are_known_in_four_languages() {
        let scales: [&[&str]; 10] = [
            &[
                "Pas du tout d'accord",
                "Plutôt pas d'accord",
                "Ni d'accord ni pas d'accord",
                "Plutôt d'accord",
                "Tout à fait d'accord",
                "Sans avis",
            ],
            &[
                "Zeer ontevreden",
                "Ontevreden",
                "Neutraal",
                "Tevreden",
                "Zeer tevreden",
                "Geen mening",
            ],
            &["Nie", "Selten", "Manchmal", "Oft", "Immer"],
            &["Not relevant for me", "Somewhat useful", "Critical to me"],
            &[
                "Jamais",
                "Moins d'une fois par mois",
                "Une à trois fois par mois",
                "Une fois par semaine",
                "Plusieurs fois par semaine",
                "Tous les jours",
            ],
            &[
                "nie",
                "seltener",
                "einmal pro Woche",
                "mehrmals pro Woche",
                "täglich",
                "keine Angabe",
            ],
            &[
                "Helemaal niet belangrijk",
                "Niet zo belangrijk",
                "Enigszins belangrijk",
                "Zeer belangrijk",
                "Extreem belangrijk",
            ],
            &[
                "Not at all satisfied",
                "Not so satisfied",
                "Somewhat satisfied",
                "Very satisfied",
                "Extremely satisfied",
            ],
            &["Pas satisfait(e)", "Plutôt satisfait·e", "Satisfaite", "Très satisfait.e"],
            &["Never (only evaluating or exploring)", "Rarely", "Monthly", "Weekly", "Daily"],
        ];
        for scale in scales {
            let mut mixed = scale.to_vec();
            mixed.reverse();
            assert_eq!(ordered(&mixed), (scale.to_vec(), true));
        }
    }

    #[test]
    fn levels_of_education_have_an_order_and_no_mean() {
        let levels = [
            "Aucun diplôme",
            "Primaire",
            "Secondaire inférieur",
            "Secondaire supérieur",
            "Bachelier",
            "Master ou plus",
            "Autre",
        ];
        let mut mixed = levels.to_vec();
        mixed.swap(0, 4);
        mixed.swap(1, 3);
        assert_eq!(ordered(&mixed), (levels.to_vec(), false));
    }

    #[test]
    fn numbers_in_labels_order_them() {
        let lists: [&[&str]; 7] = [
            &["Moins d'un an", "De 1 à 3 ans", "De 4 à 10 ans", "Plus de 10 ans"],
            &["Minder dan één jaar", "1 tot 3 jaar", "Meer dan 3 jaar"],
            &["Less than 1 year", "1–3 years", "3–5 years", "More than 5 years"],
            &[
                "$0 - $24,999",
                "$25,000 - $49,999",
                "$100,000 - $149,999",
                "$150,000+",
                "Prefer not to answer",
            ],
            &["< 18", "18-29", "30-44", "> 60"],
            &["1 - 100K triples", "100K - 1M triples", "1M - 100M triples", "> 100M triples"],
            &["moins de 10", "10 à 19", "20 et plus"],
        ];
        for list in lists {
            let mut mixed = list.to_vec();
            mixed.reverse();
            assert_eq!(ordered(&mixed), (list.to_vec(), false));
        }
        assert_eq!(order(&["Yes", "No"]), None);
        assert_eq!(order(&["Energy", "Level 3 of the building"]), None);
    }

    #[test]
    fn other_is_not_every_word_that_begins_so() {
        for text in [
            "Other",
            "Autre (précisez)",
            "-oth-",
            "Anders, namelijk:",
            "Other - Write In",
            "Autre...",
            "other",
        ] {
            assert!(is_other(text), "{text}");
        }
        for text in ["Other Public Research Lab", "Autrement", "Another", ""] {
            assert!(!is_other(text), "{text}");
        }
    }

    #[test]
    fn what_is_off_the_scale_has_a_role_on_a_scale_alone() {
        assert_eq!((role("Sans avis", true), role("Sans avis", false)), ("dont_know", ""));
        assert_eq!((role("N/A", true), role("Geen", false)), ("not_applicable", "none"));
    }
}
