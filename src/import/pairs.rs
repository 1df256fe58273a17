//! What codes mean, from answers that are written twice: as codes and in
//! words.

use std::collections::BTreeMap;

use super::export::{Export, Part};
use super::question::Choice;
use super::structure::{Asked, Asks};
use super::text::{any, number, plain, same};
use crate::diag::{Code, Diagnostic, Findings};

/// From the same rows in two files.
pub(super) fn of_files(codes: &Export, labels: &Export) -> Vec<Asked> {
    let columns = 0..codes.columns.len().min(labels.columns.len());
    let pair = |at: usize| {
        let options = options(codes.cells(at).zip(labels.cells(at)))?;
        Some(asked(&codes.columns[at].header, options, "the export with labels"))
    };
    columns.filter_map(pair).collect()
}

/// From a column beside another: `q` and `q_label`. The column of words is no
/// question of its own.
pub(super) fn of_columns(export: &mut Export) -> Vec<Asked> {
    let mut all = vec![];
    for words in 0..export.columns.len() {
        let Some(code) = labelled(export, words) else { continue };
        let Some(options) = options(export.cells(code).zip(export.cells(words))) else { continue };
        all.push(asked(&export.columns[code].header, options, "the column of labels beside it"));
        export.columns[words].part =
            Part::Out("the words of the codes in the column that it names");
    }
    all
}

/// Where the answers name their codes otherwise than a codebook, the answers
/// are right: a codebook may be of another edition.
pub(super) fn overrule(book: &mut [Asked], pairs: Vec<Asked>, found: &mut Findings) -> Vec<Asked> {
    let mut others = vec![];
    for pair in pairs {
        let Some(known) = book.iter_mut().find(|known| known.code == pair.code) else {
            others.push(pair);
            continue;
        };
        let mut differ = vec![];
        for option in pair.options {
            match known.options.iter_mut().find(|own| own.code == option.code) {
                Some(own) if same(any(&own.label)) == same(any(&option.label)) => {}
                Some(own) => {
                    differ.push(format!("`{}` is `{}`", own.code, any(&option.label)));
                    own.label = option.label;
                }
                None => known.options.push(option),
            }
        }
        if !differ.is_empty() {
            let message = format!(
                "`{}`: the codebook names codes otherwise than the answers: {}",
                pair.code,
                differ.join(", ")
            );
            found.push(Diagnostic::warning(Code::ImportLabels, message).hint(
                "The words of the answers are taken; look whether the codebook is of this edition.",
            ));
        }
    }
    others
}

/// The column whose codes column `words` puts into words, by their names.
fn labelled(export: &Export, words: usize) -> Option<usize> {
    const ENDS: [&str; 8] = ["label", "labels", "libelle", "lib", "txt", "text", "texte", "naam"];
    const SIGNS: [char; 4] = ['_', '.', ' ', '-'];
    let header = &export.columns[words].header;
    let stem = ENDS.iter().find_map(|end| {
        let (stem, last) = header.split_at_checked(header.len().checked_sub(end.len())?)?;
        let is_named = last.eq_ignore_ascii_case(end) && stem.ends_with(SIGNS);
        is_named.then(|| stem.trim_end_matches(SIGNS))
    })?;
    let is_code =
        |column: &super::export::Column| column.part == Part::Answer && column.header == stem;
    export.columns.iter().position(is_code).filter(|_| export.columns[words].part == Part::Answer)
}

/// The codes with their words, in the order of the codes; `None` if a code
/// has two, or if both columns say the same.
fn options<'c>(cells: impl Iterator<Item = (&'c str, &'c str)>) -> Option<Vec<Choice>> {
    let mut known: BTreeMap<&str, &str> = BTreeMap::new();
    for (code, label) in cells.filter(|(code, label)| !code.is_empty() && !label.is_empty()) {
        if *known.entry(code).or_insert(label) != label {
            return None;
        }
    }
    if known.iter().all(|(code, label)| code == label) {
        return None;
    }
    let mut options: Vec<Choice> =
        known.iter().map(|(code, label)| Choice::coded(code, plain(label))).collect();
    let place = |choice: &Choice| number(&choice.code).unwrap_or(0.0);
    options.sort_by(|a, b| place(a).total_cmp(&place(b)));
    Some(options)
}

fn asked(header: &str, options: Vec<Choice>, source: &str) -> Asked {
    let mut one = Asked::new(header, Asks::Unknown, source);
    one.text = plain(header);
    one.options = options;
    one
}

#[cfg(test)]
mod tests {
    use super::super::export::Column;
    use super::super::tool::Tool;
    use super::*;

    /// `İ` is shorter than what it is in small letters.
    #[test]
    fn a_column_of_words_is_found_whatever_letters_its_name_has() {
        let columns = ["İİİİ", "İİİİ_LIB"].map(Column::new).to_vec();
        let rows = [["1", "Evet"], ["2", "Hayır"]].map(|row| row.map(str::to_owned).to_vec());
        let mut export = Export::new(Tool::Plain, columns, &rows, |_| None);

        let asked = of_columns(&mut export);

        assert_eq!(asked[0].code, "İİİİ");
        assert_eq!(asked[0].options.len(), 2);
    }
}
