//! The names of questions, batteries and options in the codebook.

use std::collections::BTreeSet;

use super::merge::Book;
use super::question::{Battery, Question};
use super::text::unique;
use crate::survey::slug;

/// Gives questions, batteries and options names that differ; those of the
/// report's codebook stay as they are.
pub(super) fn name(questions: &mut [Question], book: &Book) {
    let mut taken: BTreeSet<String> = book.names().iter().map(|name| slug(name)).collect();
    // The column of the respondents is no question.
    taken.insert("id".to_owned());
    let mut last: Option<(Battery, String)> = None;
    for question in questions.iter_mut() {
        let ours = |name: &String| question.known && book.names().contains(name);
        if let Some(own) = question.battery.clone().filter(|own| !ours(&own.name)) {
            // Neighbours with one battery share its name; a second battery of
            // the same name is another.
            let name = match &last {
                Some((before, name)) if *before == own => name.clone(),
                _ => unique(own.name.clone(), &mut taken),
            };
            last = Some((own.clone(), name.clone()));
            question.battery = Some(Battery { name, ..own });
        } else {
            last = None;
        }
        if !question.known {
            question.name = unique(question.name.clone(), &mut taken);
        }
        let mut options = BTreeSet::new();
        for option in &mut question.options {
            let code =
                if option.code.is_empty() { "option".to_owned() } else { option.code.clone() };
            option.code = unique(code, &mut options);
        }
        // Nor may the columns of its options be those of another question.
        let clash = |question: &Question, taken: &BTreeSet<String>| {
            let columns = question.written();
            1 < columns.len() && columns.iter().any(|(column, _)| taken.contains(&slug(column)))
        };
        for _ in 0..5 {
            if question.known || !clash(question, &taken) {
                break;
            }
            question.name = unique(question.name.clone(), &mut taken);
        }
        taken.extend(question.written().iter().map(|(column, _)| slug(column)));
    }
}
