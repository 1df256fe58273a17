//! `data/codebook/survey.csv`: the questions, as `XLSForm` writes them.

mod answers;
mod columns;
mod kind;

use std::collections::BTreeMap;

use self::answers::Asked;
use self::columns::{COLUMNS, is_accepted};
use self::kind::Kind;
use super::choices::{Lists, slug_clash, too_long};
use super::label::Labels;
use super::table::{Complaints, Row, Table};
use super::{Codebook, Group, Names, Question, QuestionKey, QuestionKind, WaveKey, slug};
use crate::config::{Config, Text};
use crate::diag::{Code, Diagnostic, Findings, Place, did_you_mean, nearest};

/// Reads the questions; mistakes are noted.
pub(super) fn read(
    table: &Table,
    lists: Option<&Lists>,
    config: &Config,
    found: &mut Findings,
) -> Codebook {
    let languages = &config.site.languages;
    let mut own = Findings::default();
    let named = table.check_columns(&["type", "name"], &COLUMNS, is_accepted, &mut own);
    // A column of another name may be the one that tells of topics and breakdowns.
    let has_columns = !own.has_errors() && table.has_one_of_each();
    found.join(own);
    let labels = Labels::find(table, "label", languages, found);
    let shorts = Labels::find(table, "short", languages, found);
    let bases = Labels::find(table, "base", languages, found);
    let units = Labels::find(table, "unit", languages, found);
    if !named {
        return Codebook::unknown();
    }
    labels.check_columns(table, found);
    let (kind, name) = (table.needed("type"), table.needed("name"));
    let mut complaints = Complaints::default();
    let mut sheet = Sheet {
        table,
        lists,
        config,
        labels,
        shorts,
        bases,
        units,
        kind,
        name,
        codebook: Codebook::default(),
        slugs: BTreeMap::new(),
        open: vec![],
        lists_missed: false,
        has_columns,
        unread: Unread::default(),
    };
    if !has_columns {
        sheet.codebook.topics_doubt.all();
    }
    table.each(&mut complaints, |row, complaints| sheet.row(row, complaints));
    sheet.codebook.doubt.rows_of(table, &complaints);
    sheet.check_closed(&complaints, found);
    complaints.settle(found);
    let places = sheet.codebook.places(languages);
    let names = Names::of(&sheet.codebook.texts(), &places, languages);
    Codebook { names, ..sheet.codebook }
}

/// The sheet while its rows are read.
struct Sheet<'s> {
    table: &'s Table,
    lists: Option<&'s Lists>,
    config: &'s Config,
    labels: Labels<'s>,
    shorts: Labels<'s>,
    bases: Labels<'s>,
    units: Labels<'s>,
    kind: usize,
    name: usize,
    codebook: Codebook,
    slugs: BTreeMap<String, String>,
    open: Vec<Open>,
    lists_missed: bool,
    /// Whether no column is missing or has another name.
    has_columns: bool,
    unread: Unread,
}

/// What the rows that could not be read may be.
#[derive(Default)]
struct Unread {
    /// The beginning of a group.
    begin: bool,
    /// The end of one.
    end: bool,
}

/// A cell that was complained about.
#[derive(PartialEq)]
struct Refused;

/// A group that is not closed yet.
struct Open {
    group: usize,
    topic: Option<String>,
}

impl Sheet<'_> {
    fn row(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let kind = row.needed(self.kind, complaints);
        let Some(kind) = kind.and_then(|text| self.kind_of(text, row, complaints)) else {
            self.unread(row, complaints);
            return;
        };
        match kind {
            Kind::Silent => {}
            Kind::Begin => self.begin(row, complaints),
            Kind::End => {
                // A row that could not be read may have been the beginning.
                if self.open.pop().is_none()
                    && !self.unread.begin
                    && !complaints.has(Code::RaggedRow)
                {
                    complaints.push(Code::UnbalancedGroup, self.kind, || {
                        Diagnostic::error(Code::UnbalancedGroup, "no group is open here")
                            .at(row.place(self.kind))
                    });
                }
            }
            asked => self.question(asked, row, complaints),
        }
    }

    fn kind_of<'t>(
        &self,
        text: &'t str,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<Kind<'t>> {
        let refuse = |(message, hint): (String, Option<String>)| {
            complaints.push(Code::UnknownQuestionType, self.kind, || {
                Diagnostic::error(Code::UnknownQuestionType, message)
                    .at(row.place(self.kind))
                    .hint_if(hint)
            });
        };
        Kind::read(text).map_err(refuse).ok()
    }

    /// Notes a row of which nobody knows what it asks.
    fn unread(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let (kind, name) = (row.text(self.kind), row.filled(Some(self.name)));
        self.unread.begin |=
            kind.is_empty() || nearest(kind, ["begin_group", "begin group"]).is_some();
        self.unread.end |= kind.is_empty() && name.is_none()
            || nearest(kind, ["end_group", "end group"]).is_some();
        match name {
            Some(name) => self.codebook.doubt.add(name),
            None => self.codebook.doubt.all(),
        }
        self.topics(row);
        self.comparable_from(row, complaints).ok();
    }

    /// Refuses groups without an end. A row that could not be read may have been it.
    fn check_closed(&self, complaints: &Complaints, found: &mut Findings) {
        if self.unread.end || complaints.has(Code::RaggedRow) {
            return;
        }
        for open in &self.open {
            let group = &self.codebook.groups[open.group];
            found.push(
                Diagnostic::error(
                    Code::UnbalancedGroup,
                    format!("the group `{}` is not closed", group.name),
                )
                .at(group.place.clone())
                .hint("Add a row of type `end_group` after its last question."),
            );
        }
    }

    /// Notes the topic of a question that could not be read.
    fn topics(&mut self, row: Row<'_>) {
        if let Some(topic) = self.topic(row) {
            self.codebook.topics_doubt.add(&topic);
        }
    }

    /// Takes the name of a question or group, unless it was taken before.
    fn take_name<'r>(&mut self, row: Row<'r>, complaints: &mut Complaints) -> Option<&'r str> {
        let Some(name) = row.needed(self.name, complaints) else {
            self.codebook.doubt.all();
            return None;
        };
        let wrong = match name {
            "all" => Some("the name `all`, which stands for everybody".to_owned()),
            _ if name.contains(['\n', '\r', '\t']) => {
                Some("a name with a line break or a tab".to_owned())
            }
            _ => too_long(name),
        };
        if let Some(message) = wrong {
            complaints.push(Code::BadValue, self.name, || {
                Diagnostic::error(Code::BadValue, message)
                    .at(row.place(self.name))
                    .hint("Give it another name, in the codebook and wherever it is used.")
            });
            self.codebook.doubt.add(name);
            return None;
        }
        match self.slugs.insert(slug(name), name.to_owned()) {
            Some(other) if other == name => {
                complaints.push(Code::DuplicateName, self.name, || {
                    Diagnostic::error(
                        Code::DuplicateName,
                        format!("the name `{name}` is given twice"),
                    )
                    .at(row.place(self.name))
                });
                // One of the two has another name.
                self.codebook.doubt.all();
                return None;
            }
            Some(other) => {
                complaints.push(Code::SlugClash, self.name, || {
                    slug_clash("questions", name, &other).at(row.place(self.name))
                });
                self.codebook.doubt.all();
            }
            None => {}
        }
        Some(name)
    }

    fn begin(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let topic = row.filled(self.table.column("topic")).map(str::to_owned);
        let name = self.take_name(row, complaints).unwrap_or_default().to_owned();
        // A group needs no heading in XLSForm.
        let label = self.labels.text(row).unwrap_or_else(|| Text::Same(name.clone()));
        self.open.push(Open { group: self.codebook.groups.len(), topic });
        self.codebook.groups.push(Group {
            short: self.shorts.text_or(row, &label),
            label,
            name,
            members: vec![],
            place: row.place(self.name),
        });
    }

    fn question(&mut self, asked: Kind<'_>, row: Row<'_>, complaints: &mut Complaints) {
        let answers = self.answers(asked, row, complaints);
        let name = self.take_name(row, complaints);
        let what = name.map_or("the question".to_owned(), |name| format!("the question `{name}`"));
        let label = self.labels.needed(row, &what, complaints);
        let comparable_from = self.comparable_from(row, complaints);
        let (Some(name), Some(answers)) = (name, answers) else {
            self.topics(row);
            if let Some(name) = name {
                self.codebook.doubt.add(name);
            }
            return;
        };
        let Asked { kind, options_doubt, is_sure } = answers;
        let breakdown = self.breakdown(&kind, row, complaints);
        let label = label.unwrap_or_else(|| Text::Same(name.to_owned()));
        let column = |name| self.table.column(name);
        let base = self.bases.text(row).or_else(|| {
            row.filled(column("relevant")).map(|relevant| Text::Same(relevant.to_owned()))
        });
        let question = Question {
            key: QuestionKey::new(name),
            short: self.shorts.text_or(row, &label),
            label,
            base,
            topic: self.topic(row),
            breakdown: breakdown == Some(true),
            unit: self.units.text(row),
            is_unsure: !is_sure
                || breakdown.is_none()
                || comparable_from.is_err()
                || !self.has_columns,
            comparable_from: comparable_from.ok().flatten(),
            place: row.place(self.name),
            options_doubt,
            kind,
        };
        if let Some(open) = self.open.last() {
            self.codebook.groups[open.group].members.push(question.key.clone());
        }
        self.codebook.index.insert(question.key.clone(), self.codebook.questions.len());
        self.codebook.questions.push(question);
    }

    /// The topic of a question: its own, else that of the nearest group that
    /// says one, else the name of the outermost group.
    fn topic(&self, row: Row<'_>) -> Option<String> {
        let own = row.filled(self.table.column("topic")).map(str::to_owned);
        own.or_else(|| self.open.iter().rev().find_map(|open| open.topic.clone()))
            .or_else(|| self.open.first().map(|open| self.codebook.groups[open.group].name.clone()))
    }

    /// Whether respondents can be grouped by a question; `None`: it says so
    /// wrongly.
    fn breakdown(
        &self,
        kind: &QuestionKind,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<bool> {
        let Some(column) = self.table.column("breakdown") else { return Some(false) };
        let text = row.text(column);
        let message = match text {
            "" | "no" => return Some(false),
            "yes" if matches!(kind, QuestionKind::Single(_) | QuestionKind::Likert(_)) => {
                return Some(true);
            }
            "yes" => "a breakdown by a question that is not `select_one`".to_owned(),
            _ => format!("`{text}` is not `yes` or `no`"),
        };
        complaints.push(Code::BadValue, column, || {
            Diagnostic::error(Code::BadValue, message)
                .at(row.place(column))
                .hint("Write `yes` for a question by which respondents are grouped, else nothing.")
        });
        None
    }

    fn comparable_from(
        &self,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Result<Option<WaveKey>, Refused> {
        let Some(column) = self.table.column("comparable_from") else { return Ok(None) };
        let Some(text) = row.filled(Some(column)) else { return Ok(None) };
        if self.config.wave(text).is_some() {
            return Ok(Some(WaveKey::new(text)));
        }
        complaints
            .push(Code::UnknownWave, column, || unknown_wave(text, self.config, row.place(column)));
        Err(Refused)
    }
}

fn unknown_wave(text: &str, config: &Config, place: Place) -> Diagnostic {
    Diagnostic::error(Code::UnknownWave, format!("`{text}` is not a wave of `barometer.toml`"))
        .at(place)
        .hint_if(did_you_mean(text, config.waves.iter().map(|wave| wave.key.as_str())))
}
