//! Words that the program puts in the place of a tool's codes, in the languages
//! of the report.

use super::question::Question;
use super::text::{Texts, any, plain};
use super::tool::Tool;

const OTHER: [(&str, &str); 4] =
    [("de", "Sonstiges"), ("en", "Other"), ("fr", "Autre"), ("nl", "Andere")];
const YES: [(&str, &str); 4] = [("de", "Ja"), ("en", "Yes"), ("fr", "Oui"), ("nl", "Ja")];
const NO: [(&str, &str); 4] = [("de", "Nein"), ("en", "No"), ("fr", "Non"), ("nl", "Nee")];

/// Words the option "other" of tools that write none, and yes and no where
/// `LimeSurvey` writes `Y` and `N`.
pub(super) fn translate(questions: &mut [Question], tool: Option<Tool>, languages: &[String]) {
    for question in questions.iter_mut().filter(|question| !question.known) {
        let told = question.label.keys().any(|language| !language.is_empty());
        let codes: Vec<&str> = question.options.iter().map(|option| any(&option.label)).collect();
        let yes_or_no = tool == Some(Tool::Limesurvey)
            && !codes.is_empty()
            && codes.iter().all(|code| matches!(*code, "Y" | "N"));
        for option in &mut question.options {
            let words = match (any(&option.label), option.role.as_str()) {
                ("Other", "other") => OTHER,
                ("Y", _) if yes_or_no => YES,
                ("N", _) if yes_or_no => NO,
                _ => continue,
            };
            let word = |language: &String| {
                words.iter().find(|(known, _)| known == language).map(|(_, word)| *word)
            };
            if told {
                let all = languages.iter().filter_map(|one| Some((one.clone(), word(one)?)));
                let all: Texts = all.map(|(one, word)| (one, word.to_owned())).collect();
                if !all.is_empty() {
                    option.label = all;
                }
            } else if let Some(word) = languages.first().and_then(word) {
                option.label = plain(word);
            } else if yes_or_no {
                option.label = plain(words[1].1);
            }
        }
    }
}
