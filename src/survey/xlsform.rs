//! `data/codebook/survey.csv`: the questions, as `XLSForm` writes them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::choices::{Lists, slug_clash, too_long};
use super::doubt::Doubt;
use super::label::{Labels, is_column};
use super::table::{Complaints, Row, Table};
use super::{Codebook, Group, Names, Question, QuestionKey, QuestionKind, WaveKey, slug};
use crate::config::{Config, Text};
use crate::diag::{Code, Diagnostic, Findings, Place, did_you_mean, nearest};

/// Our columns beside `type`, `name` and the labels.
const COLUMNS: [&str; 10] = [
    "label",
    "short",
    "base",
    "parameters",
    "appearance",
    "relevant",
    "topic",
    "breakdown",
    "unit",
    "comparable_from",
];

/// Columns of `XLSForm`, and of what ODK and Kobo add to it, that say nothing
/// about results.
const UNUSED: [&str; 37] = [
    "hint",
    "guidance_hint",
    "required",
    "required_message",
    "constraint",
    "constraint_message",
    "constraint message",
    "required message",
    "default",
    "calculation",
    "read_only",
    "readonly",
    "relevance",
    "trigger",
    "repeat_count",
    "choice_filter",
    "note",
    "image",
    "big-image",
    "audio",
    "video",
    "media",
    "autoplay",
    "disabled",
    "save_to",
    "query",
    "intent",
    "bind",
    "body",
    "instance",
    "accuracyThreshold",
    "select_from_list_name",
    "file",
    "tags",
    "$xpath",
    "$autoname",
    "$kuid",
];

/// The types that ask a question which is never estimated.
const OPEN: [&str; 13] = [
    "text", "date", "time", "dateTime", "datetime", "barcode", "geopoint", "geotrace", "geoshape",
    "image", "audio", "video", "file",
];

/// The types that ask nothing.
const SILENT: [&str; 20] = [
    "note",
    "start",
    "end",
    "today",
    "deviceid",
    "device id",
    "username",
    "phonenumber",
    "email",
    "simserial",
    "sim serial",
    "subscriberid",
    "subscriber id",
    "audit",
    "background-audio",
    "start-geopoint",
    "calculate",
    "hidden",
    "acknowledge",
    "xml-external",
];

/// The types that an author may have meant.
const TYPES: [&str; 10] = [
    "select_one",
    "select_multiple",
    "rank",
    "range",
    "integer",
    "decimal",
    "text",
    "note",
    "begin_group",
    "end_group",
];

/// A type as written, before its list is looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind<'t> {
    One(&'t str),
    Multiple(&'t str),
    Rank(&'t str),
    Range,
    Integer,
    Decimal,
    Open,
    Silent,
    Begin,
    End,
}

/// Reads the questions; mistakes are noted.
pub(super) fn read(
    table: &Table,
    lists: Option<&Lists>,
    config: &Config,
    found: &mut Findings,
) -> Codebook {
    let languages = &config.site.languages;
    let accepted = |name: &str| {
        ["label", "short", "base"].iter().any(|stem| is_column(name, stem))
            || UNUSED.iter().any(|unused| is_column(name, unused))
            || name.starts_with("kobo--")
            || name.starts_with('_')
    };
    let mut own = Findings::default();
    let named = table.check_columns(&["type", "name"], &COLUMNS, accepted, &mut own);
    // A column of another name may be the one that tells of topics and breakdowns.
    let has_columns = !own.has_errors() && table.has_one_of_each();
    found.join(own);
    let labels = Labels::find(table, "label", languages, found);
    let shorts = Labels::find(table, "short", languages, found);
    let bases = Labels::find(table, "base", languages, found);
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
    // A row that could not be read may have been the end.
    let open = sheet.open.iter().filter(|_| !sheet.unread.end && !complaints.has(Code::RaggedRow));
    for open in open {
        let group = &sheet.codebook.groups[open.group];
        found.push(
            Diagnostic::error(
                Code::UnbalancedGroup,
                format!("the group `{}` is not closed", group.name),
            )
            .at(group.place.clone())
            .hint("Add a row of type `end_group` after its last question."),
        );
    }
    complaints.settle(found);
    let names = Names::of(&sheet.codebook.texts(), languages);
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

/// Whether steps lead from one end of a range to the other.
fn fits(step: f64, range: f64) -> bool {
    let steps = range / step;
    1.0 <= steps && (steps - steps.round()).abs() < 1e-6
}

/// What a question asks, as far as it could be read.
struct Asked {
    kind: QuestionKind,
    /// The options that it may have beside those of `kind`.
    options_doubt: Arc<Doubt>,
    /// False where it may be a scale.
    is_sure: bool,
}

/// A cell that was complained about.
struct Refused;

/// A group that is not closed yet.
struct Open {
    group: usize,
    topic: Option<String>,
}

impl Sheet<'_> {
    fn row(&mut self, row: Row<'_>, complaints: &mut Complaints) {
        let kind = row.needed(self.kind, complaints);
        let Some(kind) = kind.and_then(|text| self.kind(text, row, complaints)) else {
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

    /// Notes the topic of a question that could not be read.
    fn topics(&mut self, row: Row<'_>) {
        if let Some(topic) = self.topic(row) {
            self.codebook.topics_doubt.add(&topic);
        }
    }

    fn kind<'t>(
        &self,
        text: &'t str,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<Kind<'t>> {
        let mut refuse = |message: String, hint: Option<String>| {
            complaints.push(Code::UnknownQuestionType, self.kind, || {
                Diagnostic::error(Code::UnknownQuestionType, message)
                    .at(row.place(self.kind))
                    .hint_if(hint)
            });
            None
        };
        // XLSForm has written some types with a blank: `select one from x`.
        let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let (second, tail) =
            rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
        let (word, list) = match (word, second) {
            ("select", "one") => ("select_one", tail.trim().trim_start_matches("from ")),
            ("select", "multiple") => ("select_multiple", tail.trim().trim_start_matches("from ")),
            ("begin", "group") => ("begin_group", ""),
            ("end", "group") => ("end_group", ""),
            ("begin" | "end", "repeat") => ("begin_repeat", ""),
            _ if SILENT.contains(&text) => return Some(Kind::Silent),
            _ => (word, rest.trim()),
        };
        if let Some(list) = list.strip_suffix("or_other") {
            return refuse(
                "`or_other` is not taken".to_owned(),
                Some(format!("Add an option with the role `other` to the list `{}`.", list.trim())),
            );
        }
        let listed = matches!(word, "select_one" | "select_multiple" | "rank");
        if listed && list.is_empty() {
            return refuse(
                format!("`{word}` names no list"),
                Some(format!("Write `{word}` and the name of a list of `choices.csv`.")),
            );
        }
        if listed && list.contains(char::is_whitespace) {
            return refuse(format!("`{list}` is not the name of a list"), None);
        }
        Some(match word {
            "select_one" => Kind::One(list),
            "select_multiple" => Kind::Multiple(list),
            "rank" => Kind::Rank(list),
            _ if !list.is_empty() => {
                return refuse(
                    format!("`{text}` is not a type of question"),
                    did_you_mean(word, TYPES),
                );
            }
            "range" => Kind::Range,
            "integer" | "int" => Kind::Integer,
            "decimal" => Kind::Decimal,
            "begin_group" => Kind::Begin,
            "end_group" => Kind::End,
            "begin_repeat" | "end_repeat" => {
                return refuse(
                    "questions that repeat are not taken".to_owned(),
                    Some("Give each round its own questions.".to_owned()),
                );
            }
            _ if OPEN.contains(&word) => Kind::Open,
            _ if SILENT.contains(&word) => Kind::Silent,
            _ => {
                return refuse(
                    format!("`{text}` is not a type of question"),
                    did_you_mean(word, TYPES),
                );
            }
        })
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
            unit: row.filled(column("unit")).map(str::to_owned),
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

    fn answers(
        &mut self,
        asked: Kind<'_>,
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<Asked> {
        let without_options =
            |kind| Some(Asked { kind, options_doubt: Arc::default(), is_sure: true });
        let list = match asked {
            Kind::One(list) | Kind::Multiple(list) | Kind::Rank(list) => list,
            Kind::Range => return self.range(row, complaints).and_then(without_options),
            Kind::Integer => return without_options(QuestionKind::Integer),
            Kind::Decimal => return without_options(QuestionKind::Decimal),
            Kind::Open | Kind::Silent | Kind::Begin | Kind::End => {
                return without_options(QuestionKind::Open);
            }
        };
        let Some(lists) = self.lists else {
            if !std::mem::replace(&mut self.lists_missed, true) {
                complaints.push(Code::TableMissing, self.kind, || {
                    Diagnostic::error(Code::TableMissing, "there is no `data/codebook/choices.csv`")
                        .at(row.place(self.kind))
                        .hint("Add it, with the columns `list_name`, `name` and `label`.")
                });
            }
            return None;
        };
        let Some(offer) = lists.get(list) else {
            if lists.may_have(list) {
                return None;
            }
            complaints.push(Code::UnknownChoiceList, self.kind, || {
                Diagnostic::error(
                    Code::UnknownChoiceList,
                    format!("`{list}` is not a list of `data/codebook/choices.csv`"),
                )
                .at(row.place(self.kind))
                .hint_if(did_you_mean(list, lists.names()))
            });
            return None;
        };
        let options = offer.options.clone();
        let appearance = row.filled(self.table.column("appearance")).unwrap_or_default();
        let likert = appearance.split_whitespace().any(|word| word == "likert");
        // Other words are those of other programs, but one that is nearly ours.
        let is_near = |word: &&str| !likert && nearest(word, ["likert"]).is_some();
        let near = appearance.split_whitespace().find(is_near);
        if let Some(word) = near {
            complaints.push(Code::BadValue, self.kind, || {
                Diagnostic::error(Code::BadValue, format!("`{word}` is not an appearance"))
                    .at(row.place(self.table.column("appearance").unwrap_or_default()))
                    .hint("Write `likert` for an ordered scale.")
            });
        }
        let kind = match asked {
            Kind::Multiple(_) => QuestionKind::Multiple(options),
            Kind::Rank(_) => {
                let places = self.places(options.len(), row, complaints)?;
                QuestionKind::Ranking { options, places }
            }
            _ if likert => QuestionKind::Likert(options),
            _ => QuestionKind::Single(options),
        };
        Some(Asked { kind, options_doubt: offer.doubt.clone(), is_sure: near.is_none() })
    }

    fn range(&self, row: Row<'_>, complaints: &mut Complaints) -> Option<QuestionKind> {
        let names = ["start", "end", "step"];
        let ignored = ["tick_interval", "tick_labelset", "placeholder"];
        let given = self.parameters(&names, &ignored, row, complaints)?;
        let step = given[2].unwrap_or(1.0);
        match (given[0], given[1]) {
            (Some(start), Some(end)) if start < end && 0.0 < step && fits(step, end - start) => {
                Some(QuestionKind::Score { start, end, step })
            }
            _ => {
                self.refuse_parameters(
                    "a range without a `start`, a greater `end` and a `step` that fits",
                    row,
                    complaints,
                );
                None
            }
        }
    }

    fn places(&self, options: usize, row: Row<'_>, complaints: &mut Complaints) -> Option<usize> {
        let given = self.parameters(&["max"], &["randomize", "seed"], row, complaints)?;
        let Some(max) = given[0] else { return Some(options) };
        let places = (1..=options).find(|places| places.to_string() == max.to_string());
        if places.is_none() {
            let message = format!("`max` is {max}, not a number from 1 to {options}");
            self.refuse_parameters(&message, row, complaints);
        }
        places
    }

    /// Reads `start=0 end=10`: the value of each of `names`, in their order.
    fn parameters(
        &self,
        names: &[&str],
        ignored: &[&str],
        row: Row<'_>,
        complaints: &mut Complaints,
    ) -> Option<Vec<Option<f64>>> {
        let mut values = vec![None; names.len()];
        let text = row.filled(self.table.column("parameters")).unwrap_or_default();
        let parts = text.split(|c: char| c.is_whitespace() || c == ',' || c == ';');
        for part in parts.filter(|part| !part.is_empty()) {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            if ignored.contains(&name) {
                continue;
            }
            let value = value.parse::<f64>().ok().filter(|value| value.is_finite());
            let at = names.iter().position(|one| *one == name);
            let (Some(at), Some(value)) = (at, value) else {
                self.refuse_parameters(
                    &format!("`{part}` is not a parameter of this type"),
                    row,
                    complaints,
                );
                return None;
            };
            values[at] = Some(value);
        }
        Some(values)
    }

    fn refuse_parameters(&self, message: &str, row: Row<'_>, complaints: &mut Complaints) {
        let column = self.table.column("parameters").unwrap_or(self.kind);
        complaints.push(Code::BadParameters, column, || {
            Diagnostic::error(Code::BadParameters, message)
                .at(row.place(column))
                .hint("Write `start=0 end=10 step=1` for a range, `max=3` for a ranking.")
        });
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
