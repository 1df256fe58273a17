//! How `datapackage.json` describes the columns of published answers: their
//! types, and what can stand in them.

use serde_json::{Value, json};

use crate::figure::Scope;
use crate::markup::no_formula;
use crate::stats::{Column, Holds};
use crate::survey::{Question, QuestionKind};

/// A column as a field of a table schema.
pub(super) fn field(scope: &Scope<'_>, column: &Column<'_>) -> Value {
    let language = scope.words.language();
    let asked = |question: &Question| question.label.get(language).to_owned();
    let of = |key: &str| scope.words.text(key).to_owned();
    let (kind, description) = match column.holds {
        Holds::Option(question) => ("string", asked(question)),
        Holds::Tick(question, option) => {
            ("integer", format!("{} {}", asked(question), option.label.get(language)))
        }
        Holds::Rank(question, place) => ("string", format!("{} {place}", asked(question))),
        Holds::Number(question) if question.kind == QuestionKind::Integer => {
            ("integer", asked(question))
        }
        Holds::Number(question) => ("number", asked(question)),
        Holds::Stratum => ("string", of("data.design-stratum")),
        Holds::Unit => ("integer", of("data.design-cluster")),
        Holds::Population => ("number", of("data.design-population")),
        Holds::Weight => ("number", of("data.design-weight")),
    };
    let name = no_formula(&column.name);
    let mut field = json!({ "name": name, "type": kind, "description": description });
    match column.holds {
        Holds::Option(question) | Holds::Rank(question, _) => {
            let options = question.options().iter();
            let (keys, categories): (Vec<Value>, Vec<Value>) = options
                .map(|option| {
                    let key = no_formula(option.key.as_str());
                    let label = option.label.get(language);
                    (Value::from(&*key), json!({ "value": key, "label": label }))
                })
                .unzip();
            field["categories"] = categories.into();
            field["constraints"] = json!({ "enum": keys });
        }
        Holds::Tick(..) => field["constraints"] = json!({ "enum": [0, 1] }),
        Holds::Number(question) => {
            if let QuestionKind::Score { start, end, .. } = question.kind {
                field["constraints"] = json!({ "minimum": start, "maximum": end });
            }
            if let Some(unit) = &question.unit {
                field["unit"] = unit.get(language).into();
            }
        }
        Holds::Weight => field["constraints"] = json!({ "required": true, "minimum": 0 }),
        Holds::Stratum | Holds::Unit | Holds::Population => {}
    }
    field
}
