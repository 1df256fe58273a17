//! The selections that count the answers to one question.

use super::super::shape::Shape;
use super::super::{Choice, Question, QuestionKind, Role};
use super::{COUNTS, Parts, SUMS, Statement};
use crate::diag::{Code, Diagnostic, Findings};

/// The columns that the codebook gives a question.
pub(super) fn plain_columns(question: &Question) -> Vec<String> {
    let key = &question.key;
    match &question.kind {
        QuestionKind::Open => vec![],
        QuestionKind::Multiple(options) => {
            options.iter().map(|option| format!("{key}_{}", option.key)).collect()
        }
        QuestionKind::Ranking { places, .. } => {
            (1..=*places).map(|rank| format!("{key}_{rank}")).collect()
        }
        _ => vec![key.to_string()],
    }
}

/// Adds what counts the answers to a question, the `at`-th, if the table has
/// a column of it.
pub(super) fn write(
    statement: &Statement<'_>,
    question: &Question,
    at: usize,
    parts: &mut Parts,
    found: &mut Findings,
) {
    let asked = Asked { statement, question, at };
    match Shape::find(question, statement.table, found) {
        Shape::Nothing | Shape::Open(_) => {}
        Shape::One(column) => {
            asked.answers(statement.cell(asked.column(column)), parts);
        }
        Shape::Number(column) => {
            let cell = statement.with_point(statement.cell(asked.column(column)));
            if question.kind == QuestionKind::Decimal {
                asked.sums(cell, parts);
            } else {
                asked.answers(cell, parts);
            }
        }
        Shape::Ticks(columns) => asked.ticks(&columns, parts),
        Shape::TickList(column) => asked.tick_list(column, parts),
        Shape::Ranks(columns) => asked.ranks(&columns, parts),
        Shape::RankList(_) => {
            let key = &question.key;
            let message = format!("`{key}` is one column with names in order");
            let hint = format!("Give each rank a column of the table: `{key}_1`, `{key}_2` …");
            found.push(
                Diagnostic::error(Code::MissingColumn, message)
                    .at(statement.table.place())
                    .hint(hint),
            );
        }
    }
}

struct Asked<'a> {
    statement: &'a Statement<'a>,
    question: &'a Question,
    /// Its number in the codebook, which names what is made of it.
    at: usize,
}

impl Asked<'_> {
    fn column(&self, at: usize) -> &str {
        &self.statement.table.columns()[at]
    }

    fn cells(&self) -> super::Cells {
        self.statement.cells().set("question", self.text(self.question.key.as_str()))
    }

    fn text(&self, text: &str) -> String {
        self.statement.dialect.text(text)
    }

    /// The `at`-th column of the question in `answers`.
    fn name(&self, at: usize) -> String {
        format!("a{}_{}", self.at, at + 1)
    }

    /// One answer a respondent: who gave none is counted too, once.
    fn answers(&self, cell: String, parts: &mut Parts) {
        let name = self.name(0);
        parts.cells.push((name.clone(), cell));
        let by = [&parts.place[..], std::slice::from_ref(&name)].concat();
        let what = self.cells().set("option", name).all(&COUNTS).with(&parts.place);
        self.statement.add(parts, &what, "weighed", &by);
    }

    /// Numbers with decimals: their sums around the mean of all, and by their
    /// texts those that are none.
    fn sums(&self, cell: String, parts: &mut Parts) {
        let (name, source) = (self.name(0), format!("q{}", self.at));
        parts.cells.push((name.clone(), cell));
        let number = self.statement.number(&name);
        let place = parts.place.join(", ");
        let from = format!(
            "(\n  SELECT {place}, w, CASE WHEN x IS NULL THEN {name} END AS no_number,\n    \
             CASE WHEN x IS NOT NULL THEN c END AS centre, x - c AS x\n  \
             FROM (SELECT {place}, w, {name}, {number} AS x FROM weighed) AS numbers\n  \
             CROSS JOIN (SELECT COALESCE(AVG({number}), 0) AS c FROM answers) AS mean\n) AS {source}"
        );
        let what = self.cells().set("option", "no_number").set("centre", "centre").all(&COUNTS);
        let what = what
            .set("sum_wx", "SUM(w * x)")
            .set("sum_wx2", "SUM(w * x * x)")
            .set("sum_w2x", "SUM(w * w * x)")
            .set("sum_w2x2", "SUM(w * w * x * x)")
            .with(&parts.place);
        let by = [&parts.place[..], &["no_number".to_owned(), "centre".to_owned()]].concat();
        self.statement.add(parts, &what, &from, &by);
    }

    /// A column for each option. An empty cell beside a filled one is no tick.
    fn ticks(&self, columns: &[usize], parts: &mut Parts) {
        let mut names = vec![];
        for (at, column) in columns.iter().enumerate() {
            let cell = self.statement.cell(self.column(*column));
            // Engines write truths and whole numbers in their own ways.
            let tick = format!(
                "CASE {cell} WHEN 'true' THEN '1' WHEN '1.0' THEN '1' WHEN 'false' THEN '0' WHEN '0.0' THEN '0' ELSE {cell} END"
            );
            parts.cells.push((self.name(at), tick));
            names.push(self.name(at));
        }
        let asked = format!("COALESCE({}) IS NOT NULL", names.join(", "));
        let ticked: Vec<String> = names.iter().map(|name| format!("{name} = '1'")).collect();
        let strange: Vec<String> =
            names.iter().map(|name| format!("WHEN {name} NOT IN ('0', '1') THEN {name}")).collect();
        self.multiple(&names, &asked, &ticked, &strange, parts);
    }

    /// One column of names between blanks.
    fn tick_list(&self, column: usize, parts: &mut Parts) {
        let name = self.name(0);
        parts.cells.push((name.clone(), self.statement.cell(self.column(column))));
        let options = self.question.options();
        let ticked: Vec<String> = options
            .iter()
            .map(|option| {
                let key = self.text(&format!(" {} ", option.key));
                format!("POSITION({key} IN CONCAT(' ', {name}, ' ')) > 0")
            })
            .collect();
        let strange = vec![String::new(); options.len()];
        let source = self.multiple(
            std::slice::from_ref(&name),
            &format!("{name} IS NOT NULL"),
            &ticked,
            &strange,
            parts,
        );
        // What is left without the names of the options is none.
        let apart = format!("CONCAT(' ', REPLACE({name}, ' ', '  '), ' ')");
        let left = options.iter().fold(apart, |left, option| {
            format!("REPLACE({left}, {}, '')", self.text(&format!(" {} ", option.key)))
        });
        let left = format!("NULLIF(TRIM({left}), '')");
        let what = self.cells().set("item", left.clone()).set("option", "'1'");
        let what = what.all(&SUMS).with(&parts.place);
        let by = [&parts.place[..], std::slice::from_ref(&left)].concat();
        self.statement.add(parts, &what, &format!("{source}\nWHERE {left} IS NOT NULL"), &by);
    }

    /// Several options a respondent: `ticked` says of each whether it was,
    /// `strange` what else its cell may hold. Gives the name of the patterns.
    fn multiple(
        &self,
        names: &[String],
        asked: &str,
        ticked: &[String],
        strange: &[String],
        parts: &mut Parts,
    ) -> String {
        let options = self.question.options();
        let any = |is_wanted: &dyn Fn(&Choice) -> bool, otherwise: &str| {
            let wanted = options.iter().zip(ticked).filter(|(option, _)| is_wanted(option));
            let wanted: Vec<String> =
                wanted.map(|(_, ticked)| format!("COALESCE({ticked}, FALSE)")).collect();
            if wanted.is_empty() {
                otherwise.to_owned()
            } else {
                format!("({})", wanted.join(" OR "))
            }
        };
        let inside = any(&|option| option.role.in_base(), "FALSE");
        let outside = any(&|option| !option.role.in_base(), "FALSE");
        // Who ticked "don't know" and nothing else is outside the base.
        let counts = format!("{asked} AND ({inside} OR NOT {outside})");
        let mut made: Vec<String> = vec![];
        for (at, (ticked, strange)) in ticked.iter().zip(strange).enumerate() {
            made.push(format!(
                "CASE {strange} WHEN NOT counts THEN NULL WHEN {ticked} THEN '1' ELSE '0' END AS t{}",
                at + 1
            ));
        }
        let each = options.iter().zip(ticked);
        let each = each.filter(|(option, _)| option.role.in_base() && option.role != Role::None);
        let sum: Vec<String> =
            each.map(|(_, ticked)| format!("CASE WHEN {ticked} THEN 1 ELSE 0 END")).collect();
        made.push(if sum.is_empty() {
            "NULL AS answered".to_owned()
        } else {
            let text_type = self.statement.dialect.text_type();
            let sum = format!("CAST({} AS {text_type})", sum.join(" + "));
            format!("CASE WHEN counts THEN {sum} END AS answered")
        });
        self.items(names, &counts, &made, parts)
    }

    /// A column for each rank.
    fn ranks(&self, columns: &[usize], parts: &mut Parts) {
        let options = self.question.options();
        let mut names = vec![];
        for (at, column) in columns.iter().enumerate() {
            parts.cells.push((self.name(at), self.statement.cell(self.column(*column))));
            names.push(self.name(at));
        }
        let keys: Vec<String> =
            options.iter().map(|option| self.text(option.key.as_str())).collect();
        let keys = keys.join(", ");
        let known: Vec<String> =
            names.iter().map(|name| format!("COALESCE({name} IN ({keys}), FALSE)")).collect();
        let answered = known.join(" OR ");
        let mut made: Vec<String> = vec![];
        for (at, option) in options.iter().enumerate() {
            let key = self.text(option.key.as_str());
            let ranks = names.iter().enumerate();
            let ranks: Vec<String> = ranks
                .map(|(rank, name)| format!("WHEN {name} = {key} THEN '{}'", rank + 1))
                .collect();
            made.push(format!(
                "CASE WHEN NOT counts THEN NULL {} ELSE '0' END AS t{}",
                ranks.join(" "),
                at + 1
            ));
        }
        made.push("CASE WHEN counts THEN '1' END AS answered".to_owned());
        let source = self.items(&names, &answered, &made, parts);
        for (rank, name) in names.iter().enumerate() {
            let what = self.cells().set("item", name.clone());
            let what = what.set("option", format!("'{}'", rank + 1)).all(&SUMS).with(&parts.place);
            let by = [&parts.place[..], std::slice::from_ref(name)].concat();
            let from = format!("{source}\nWHERE {name} NOT IN ({keys})");
            self.statement.add(parts, &what, &from, &by);
        }
        let mut wrong: Vec<String> = vec![];
        for (at, name) in names.iter().enumerate() {
            for before in &names[..at] {
                wrong.push(format!("{before} = {name}"));
                wrong.push(format!("({before} IS NULL AND {name} IS NOT NULL)"));
            }
        }
        if !wrong.is_empty() {
            let what = self.cells().set("problem", self.text("rank"));
            let what = what.set("respondents", "SUM(respondents)");
            let from =
                format!("{source}\nWHERE {}\nHAVING 0 < SUM(respondents)", wrong.join(" OR "));
            self.statement.add(parts, &what, &from, &[]);
        }
    }

    /// Counts who answered all columns alike, then each item, all of them and
    /// every two. `made` gives `t1`, `t2` … and `answered` of those to whom
    /// `counts` applies. Gives the name of the first counts.
    fn items(&self, names: &[String], counts: &str, made: &[String], parts: &mut Parts) -> String {
        let source = format!("q{}", self.at);
        let place = parts.place.join(", ");
        let sums: Vec<String> =
            COUNTS.iter().map(|(name, value)| format!("{value} AS {name}")).collect();
        let table = format!(
            "SELECT *,\n    {}\n  FROM (\n    SELECT *, {counts} AS counts\n    FROM (\n      \
             SELECT {place}, {names}, {}\n      FROM weighed GROUP BY {place}, {names}\n    ) AS alike\n  ) AS patterns",
            made.join(",\n    "),
            sums.join(", "),
            names = names.join(", "),
        );
        parts.tables.push((source.clone(), table));
        let all = self.cells().set("option", "answered").all(&SUMS).with(&parts.place);
        let by = [&parts.place[..], &["answered".to_owned()]].concat();
        self.statement.add(parts, &all, &source, &by);
        self.each(&source, parts);
        self.pairs(&source, parts);
        source
    }

    /// Counts the answers to each item: every row stands once for each.
    fn each(&self, source: &str, parts: &mut Parts) {
        let options = self.question.options();
        let items: Vec<String> = (0..options.len())
            .map(|at| format!("({}, {})", at + 1, self.text(options[at].key.as_str())))
            .collect();
        let answers = answer_of("k", options.len());
        let from = format!(
            "(\n  SELECT {source}.*, item, {answers} AS answer\n  \
             FROM {source} CROSS JOIN (VALUES {}) AS items(k, item)\n) AS listed\nWHERE answer IS NOT NULL",
            items.join(", ")
        );
        let what = self.cells().set("item", "item").set("option", "answer");
        let what = what.all(&SUMS).with(&parts.place);
        let by = [&parts.place[..], &["item".to_owned(), "answer".to_owned()]].concat();
        self.statement.add(parts, &what, &from, &by);
    }

    /// Counts the answers to every two items that are compared.
    fn pairs(&self, source: &str, parts: &mut Parts) {
        let options = self.question.options();
        let compared: Vec<usize> =
            (0..options.len()).filter(|at| options[*at].role.in_base()).collect();
        let mut pairs = vec![];
        for (place, one) in compared.iter().enumerate() {
            for other in &compared[place + 1..] {
                let key = |at: usize| self.text(options[at].key.as_str());
                pairs.push(format!("({}, {}, {}, {})", one + 1, key(*one), other + 1, key(*other)));
            }
        }
        if pairs.is_empty() {
            return;
        }
        let (one, other) = (answer_of("k", options.len()), answer_of("l", options.len()));
        let from = format!(
            "(\n  SELECT {source}.*, item, other_item, {one} AS answer, {other} AS other_answer\n  \
             FROM {source} CROSS JOIN (VALUES\n    {}\n  ) AS items(k, item, l, other_item)\n) AS pairs\n\
             WHERE answer IS NOT NULL AND other_answer IS NOT NULL",
            pairs.join(",\n    ")
        );
        let what = self.cells().set("item", "item").set("option", "answer");
        let what = what.set("other", "other_item").set("other_option", "other_answer");
        let what = what.all(&SUMS).with(&parts.unit);
        let names = ["item", "answer", "other_item", "other_answer"].map(str::to_owned);
        let by = [&parts.unit[..], &names[..]].concat();
        self.statement.add(parts, &what, &from, &by);
    }
}

/// The answer to the item whose number a column has.
fn answer_of(number: &str, items: usize) -> String {
    let each: Vec<String> = (1..=items).map(|at| format!("WHEN {at} THEN t{at}")).collect();
    format!("CASE {number} {} END", each.join(" "))
}
