//! Several answers in one cell: which sign joins them, and what the answers
//! are where they hold that sign themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::text::same;
use super::tool::Tool;

/// Cells taken apart.
#[derive(Debug)]
pub(super) struct Joined {
    pub(super) sign: &'static str,
    /// The answers of each row; empty where nothing was answered.
    pub(super) rows: Vec<Vec<String>>,
}

/// The signs that a tool joins answers with, the likelier first.
pub(super) fn signs(tool: Tool) -> &'static [&'static str] {
    match tool {
        Tool::Google => &[";", ", "],
        Tool::Microsoft | Tool::Alchemer | Tool::Eusurvey => &[";"],
        Tool::Qualtrics => &[","],
        Tool::Kobo | Tool::Odk => &[" "],
        Tool::Plain | Tool::Spss => &[";", "|", ", ", ","],
        Tool::Limesurvey | Tool::Surveymonkey | Tool::Framaforms | Tool::Typeform | Tool::Sosci => {
            &[]
        }
    }
}

/// Takes cells apart at `sign` if that shows answers that recur.
pub(super) fn split(cells: &[&str], sign: &'static str, header: &str) -> Option<Joined> {
    let pieces: Vec<Vec<String>> = cells.iter().map(|cell| apart(cell, sign)).collect();
    let several = pieces.iter().filter(|row| 1 < row.len()).count();
    if several == 0 || (sign == "," && are_decimals(&pieces)) {
        return None;
    }
    let rows = if sign.starts_with(',') { together(pieces, sign) } else { pieces };
    let several = rows.iter().filter(|row| 1 < row.len()).count();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut alone: BTreeSet<&str> = BTreeSet::new();
    for row in &rows {
        for piece in row {
            *counts.entry(piece).or_default() += 1;
        }
        if let [only] = &row[..] {
            alone.insert(only);
        }
    }
    let all: usize = counts.values().sum();
    let recurring: usize = counts.values().filter(|count| 1 < **count).sum();
    let frequent: Vec<&str> =
        counts.iter().filter(|(_, count)| 2 < **count).map(|(piece, _)| *piece).collect();
    let apart = frequent.iter().filter(|piece| alone.contains(*piece)).count();
    let combinations: BTreeSet<&str> =
        cells.iter().filter(|cell| !cell.is_empty()).copied().collect();
    let longest = frequent.iter().map(|piece| piece.len()).max().unwrap_or(0);
    let told = says_several(header);
    // Words of a sentence recur too, but they are many and stand for nothing alone.
    let recurs = recurring * 10 >= all * if told { 4 } else { 7 };
    let varies = frequent.len() * 2 <= apart * 5 || counts.len() * 3 <= combinations.len() * 2;
    // A single cell joins answers if all of them are given alone as well.
    let plain = rows
        .iter()
        .filter(|row| 1 < row.len())
        .all(|row| row.iter().all(|piece| alone.contains(piece.as_str())));
    let seen = (plain && 0 < several)
        || 2 <= several
            && (told || several * 20 >= rows.iter().filter(|row| !row.is_empty()).count());
    // "Yes, I'd attend" and "Yes, I'd speak": what is joined is given in no other way.
    let loose = told || is_loose(&rows, &alone);
    let enough = 2 <= frequent.len() || (told && 2 <= counts.len());
    (recurs && (varies || told) && seen && loose && enough && longest < 200)
        .then_some(Joined { sign, rows })
}

/// `6,9` is a number, and so is `1,234,567`; `1,4,6` are three codes.
fn are_decimals(pieces: &[Vec<String>]) -> bool {
    let digits = |piece: &String| piece.bytes().all(|byte| byte.is_ascii_digit());
    let code = |piece: &String| digits(piece) && piece.len() < 3;
    let numeric = pieces.iter().flatten().all(digits);
    let codes = pieces.iter().flatten().all(code) && pieces.iter().any(|row| 2 < row.len());
    numeric && !codes
}

/// True if pieces that are joined are also given alone, or in more ways than
/// there are pieces.
fn is_loose(rows: &[Vec<String>], alone: &BTreeSet<&str>) -> bool {
    let joined: BTreeSet<&Vec<String>> = rows.iter().filter(|row| 1 < row.len()).collect();
    let pieces: BTreeSet<&str> =
        joined.iter().flat_map(|row| row.iter().map(String::as_str)).collect();
    pieces.len() <= joined.len() || pieces.iter().any(|piece| alone.contains(piece))
}

/// Takes cells apart where the options are known: an option may hold the
/// sign. What is no option stays as it was typed.
pub(super) fn split_known(cells: &[&str], sign: &'static str, known: &[String]) -> Joined {
    let take = |cell: &str| {
        let mut rest = cell.trim().trim_end_matches(sign.trim()).trim();
        let mut row = vec![];
        while !rest.is_empty() {
            let fits = known.iter().filter(|label| {
                let follows = rest.strip_prefix(label.as_str());
                !label.is_empty()
                    && follows.is_some_and(|after| {
                        after.is_empty()
                            || after.starts_with(sign.trim_end())
                            || sign == " " && after.starts_with(' ')
                    })
            });
            let end = fits
                .map(String::len)
                .max()
                .unwrap_or_else(|| rest.find(sign).unwrap_or(rest.len()));
            row.push(rest[..end].trim().to_owned());
            rest = rest[end..].trim_start_matches(sign.trim()).trim_start();
        }
        row
    };
    Joined { sign, rows: cells.iter().map(|cell| take(cell)).collect() }
}

/// True where the question says that several answers may be given.
pub(super) fn says_several(header: &str) -> bool {
    const WORDS: [&str; 13] = [
        "select-all",
        "all-that-apply",
        "check-all",
        "multiple-answers",
        "several-answers",
        "plusieurs-reponses",
        "plusieurs-choix",
        "meerdere-antwoorden",
        "meerdere-keuzes",
        "meerdere-opties",
        "mehrfachnennung",
        "mehrere-antworten",
        "choose-all",
    ];
    let plain = same(header);
    WORDS.iter().any(|word| plain.contains(word))
}

/// The pieces between signs outside brackets. A comma before a blank joins
/// nothing where answers are joined without one.
fn apart(cell: &str, sign: &str) -> Vec<String> {
    let cell = cell.trim().trim_end_matches(sign.trim_end());
    let balanced = cell.matches('(').count() == cell.matches(')').count();
    let mut pieces = vec![];
    let mut depth = 0;
    let mut start = 0;
    for (at, letter) in cell.char_indices() {
        match letter {
            '(' if balanced => depth += 1,
            ')' if balanced => depth -= 1,
            _ => {}
        }
        let joins = at >= start && depth == 0 && cell[at..].starts_with(sign);
        let blank_follows = sign == "," && cell[at + letter.len_utf8()..].starts_with(' ');
        if joins && !blank_follows {
            pieces.push(cell[start..at].trim().to_owned());
            start = at + sign.len();
        }
    }
    pieces.push(cell.get(start..).unwrap_or_default().trim().to_owned());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Joins again the pieces that never occur apart: they are one option that
/// holds the sign.
fn together(mut rows: Vec<Vec<String>>, sign: &str) -> Vec<Vec<String>> {
    for _ in 0..8 {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let mut pairs: BTreeMap<(String, String), usize> = BTreeMap::new();
        for row in &rows {
            for piece in row {
                *counts.entry(piece.clone()).or_default() += 1;
            }
            for pair in row.windows(2) {
                *pairs.entry((pair[0].clone(), pair[1].clone())).or_default() += 1;
            }
        }
        let one: BTreeSet<&(String, String)> = pairs
            .iter()
            .filter(|((a, b), count)| 2 < **count && counts[a] == **count && counts[b] == **count)
            .map(|(pair, _)| pair)
            .collect();
        if one.is_empty() {
            break;
        }
        for row in &mut rows {
            let mut at = 0;
            while at + 1 < row.len() {
                if one.contains(&(row[at].clone(), row[at + 1].clone())) {
                    let second = row.remove(at + 1);
                    row[at] = format!("{}{sign}{second}", row[at]);
                }
                at += 1;
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_with_the_sign_inside_stays_whole() {
        let cells = [
            "Énergie, climat et eau, Mobilité",
            "Mobilité",
            "Énergie, climat et eau",
            "Mobilité, Habitat",
            "Énergie, climat et eau, Habitat",
            "Habitat",
        ];

        let joined = split(&cells, ", ", "").unwrap();

        assert_eq!(joined.rows[0], ["Énergie, climat et eau", "Mobilité"]);
        assert_eq!(joined.rows[4], ["Énergie, climat et eau", "Habitat"]);
    }

    #[test]
    fn brackets_are_not_broken() {
        assert_eq!(apart("HPC (SLURM, PBS), SSH", ", "), ["HPC (SLURM, PBS)", "SSH"]);
        assert_eq!(apart("A;B;", ";"), ["A", "B"]);
        assert_eq!(apart("Énergie, climat,Mobilité", ","), ["Énergie, climat", "Mobilité"]);
    }

    #[test]
    fn a_single_choice_with_commas_is_not_several() {
        let mut cells = vec!["Yes, by updating shapes"; 9];
        cells.extend(["No, never"; 9]);
        cells.extend(["Yes, by hand"; 5]);

        assert!(split(&cells, ", ", "Do you adapt?").is_none());
    }

    /// As in the survey of Spack's users, 2020.
    #[test]
    fn options_that_begin_alike_are_not_several() {
        let mut cells = vec!["Yes, I'd attend"; 81];
        cells.extend(["Maybe"; 64]);
        cells.extend(["Yes, I'd present something!"; 17]);
        cells.extend(["No"; 8]);

        assert!(split(&cells, ", ", "Would you attend?").is_none());
    }

    #[test]
    fn known_options_are_found_whatever_they_hold() {
        let known = ["Énergie, climat et eau".to_owned(), "Mobilité".to_owned()];

        let joined = split_known(&["Énergie, climat et eau,Mobilité,Tourisme"], ",", &known);

        assert_eq!(joined.rows[0], ["Énergie, climat et eau", "Mobilité", "Tourisme"]);
    }
}
