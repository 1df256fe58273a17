//! Tables that somebody counted already: a row for each answer, the numbers of
//! respondents in its cells. Read as respondents they would give nonsense.

use std::collections::BTreeSet;

use super::sheet::Sheet;
use super::text::{number, same};
use crate::diag::{Code, Diagnostic};

/// Tables of answers are short; a list of places with numbers is not.
const MOST_ROWS: usize = 60;

/// What heads a column of counts or shares, as [`same`] writes it.
const COUNTS: &[&str] = &[
    "count",
    "counts",
    "n",
    "nb",
    "number",
    "frequency",
    "frequencies",
    "freq",
    "percent",
    "percentage",
    "percentages",
    "share",
    "responses",
    "answers",
    "respondents",
    "nombre",
    "nombres",
    "effectif",
    "effectifs",
    "frequence",
    "frequences",
    "pourcent",
    "pourcentage",
    "pourcentages",
    "part",
    "reponses",
    "repondants",
    "aantal",
    "aantallen",
    "frequentie",
    "aandeel",
    "antwoorden",
    "respondenten",
    "anzahl",
    "haufigkeit",
    "prozent",
];

/// Whether a cell names a row or column that adds others up.
pub(super) fn is_total(cell: &str) -> bool {
    const WORDS: [&str; 12] = [
        "total",
        "totals",
        "total-general",
        "grand-total",
        "ensemble",
        "somme",
        "totaal",
        "eindtotaal",
        "algemeen-totaal",
        "gesamt",
        "summe",
        "sum",
    ];
    WORDS.contains(&same(cell.trim().trim_end_matches(':')).as_str())
}

/// Refuses a table of counts; `None`: its rows may be respondents.
pub(super) fn refusal(sheet: &Sheet, wave: Option<&str>) -> Option<Diagnostic> {
    let table = Counted::find(sheet)?;
    let why = table.why()?;
    let (file, label) = (&sheet.file, table.rows.first()?.first()?.trim());
    let wave = wave.unwrap_or("<wave>");
    let message = format!(
        "`{file}` is a table of counts: its rows are answers, such as `{label}`, not respondents"
    );
    Some(
        Diagnostic::error(Code::ImportCounts, message)
            .hint(format!("{why} Nothing was written."))
            .hint(format!(
                "Give the export with a row for each respondent; or publish these numbers, one a row of `data/{wave}/published.csv`: `question,item,group_var,group,value,unit,n,source,note`."
            ))
            .hint("If each row is a respondent after all, say `--format plain`."),
    )
}

/// A table of labels and numbers.
struct Counted<'s> {
    header: &'s [String],
    /// Those of answers, without totals.
    rows: Vec<&'s [String]>,
    total: Option<&'s [String]>,
}

impl<'s> Counted<'s> {
    /// The table, if its first column has labels that all differ, and the
    /// others nothing but numbers.
    fn find(sheet: &'s Sheet) -> Option<Self> {
        let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        // A title stands alone above the header; that of a part among the rows.
        let mut rows = sheet.rows.iter().map(Vec::as_slice);
        let header = rows.find(|row| 1 < filled(row))?;
        let rows: Vec<&[String]> = rows.filter(|row| 1 < filled(row)).collect();
        // The years of two editions head columns as words do.
        let is_year = |cell: &str| cell.len() == 4 && cell.starts_with(['1', '2']);
        let is_name = |cell: &String| number(cell).is_none() || is_year(cell.trim());
        let named = header.iter().skip(1).all(is_name);
        let (total, rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| is_total(&row[0]));
        let labels: BTreeSet<String> = rows.iter().map(|row| same(&row[0])).collect();
        let is_label = |row: &&[String]| {
            let label = row[0].trim();
            label.contains(char::is_alphabetic) && number(label).is_none()
        };
        let is_numbers = |row: &&[String]| row[1..].iter().all(|cell| value(cell).is_some());
        let fits = named
            && (2..=MOST_ROWS).contains(&rows.len())
            && labels.len() == rows.len()
            && total.len() <= 1
            && rows.iter().chain(&total).all(is_numbers)
            && rows.iter().all(is_label);
        fits.then_some(Self { header, rows, total: total.first().copied() })
    }

    /// What shows that the numbers count respondents; `None`: nothing does.
    fn why(&self) -> Option<String> {
        let columns = 1..self.header.len();
        let is_count = |at: &usize| {
            let name = self.header[*at].trim();
            let bare = name.trim_matches(|c: char| !c.is_alphanumeric());
            name == "%" || COUNTS.contains(&same(bare).as_str()) || is_total(name)
        };
        if columns.clone().all(|at| is_count(&at)) {
            return Some(format!("Its columns are called `{}`.", self.header[1..].join("`, `")));
        }
        let sum = |at: usize| self.rows.iter().filter_map(|row| value(&row[at])).sum::<f64>();
        let adds_up = |at: usize| {
            let told = self.total.and_then(|total| value(&total[at]));
            told.is_some_and(|told| 0.0 < told && (told - sum(at)).abs() <= 1.0)
        };
        if let Some(total) = self.total.filter(|_| columns.clone().any(adds_up)) {
            return Some(format!("Its row `{}` adds the others up.", total[0].trim()));
        }
        let last = self.header.len() - 1;
        let across = |row: &&[String]| {
            let parts: f64 = row[1..last].iter().filter_map(|cell| value(cell)).sum();
            value(&row[last]).is_some_and(|told| 0.0 < told && (told - parts).abs() <= 1.0)
        };
        if 2 < last && is_total(&self.header[last]) && self.rows.iter().all(across) {
            return Some(format!("Its column `{}` adds the others up.", self.header[last].trim()));
        }
        let cells = || self.rows.iter().flat_map(|row| &row[1..]);
        let percents = cells().filter(|cell| cell.trim().ends_with('%')).count();
        let is_whole = |at: usize| (sum(at) - 100.0).abs() <= 1.5;
        if 2 < self.rows.len() && (cells().count() <= percents * 2 || columns.clone().all(is_whole))
        {
            return Some("Its numbers are percentages.".to_owned());
        }
        None
    }
}

/// The number of a cell, with or without a sign of percent; an empty one counts
/// nobody.
fn value(cell: &str) -> Option<f64> {
    let bare = cell.trim().trim_end_matches('%').trim_end();
    if matches!(bare, "" | "-" | "–") {
        return Some(0.0);
    }
    number(&bare.replace(['\u{a0}', '\u{202f}', ' '], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> bool {
        let rows = text.lines().map(|line| line.split(';').map(str::to_owned).collect());
        let sheet = Sheet { rows: rows.collect(), ..Sheet::default() };
        refusal(&sheet, None).is_some()
    }

    #[test]
    fn what_was_counted_already_is_refused() {
        for text in [
            "option;count\nEnergy;44\nMobility;43\nEconomy;42",
            "Thème;Effectif;%\nÉnergie;54;43,9 %\nMobilité;53;43,1 %",
            "Answer;Flanders;Wallonia\nYes;20;12\nNo;38;49\nTotal;58;61",
            "Answer;Flanders;Wallonia;Total\nYes;20;12;32\nNo;38;49;87",
            "Answer;Flanders;Wallonia\nYes;34%;20%\nNo;60%;70%\nDon't know;6%;10%",
            "Table 3: themes;;\n;2017;2018\nEnergy;40;44\nMobility;30;26\nEconomy;30;30\n",
        ] {
            assert!(refused(text), "{text}");
        }
    }

    #[test]
    fn respondents_with_numbers_are_left_alone() {
        for text in [
            "commune;score;budget\nNamur;7;120\nLiège;5;300\nMons;6;80",
            "id;n\n1;5\n2;7",
            "q1;q2\nyes;3\nno;4\nyes;5",
            "name;age;score\nAnna;31;7\nBen;45;6",
            "theme;count\nEnergy;44\nEnergy;43",
        ] {
            assert!(!refused(text), "{text}");
        }
    }
}
