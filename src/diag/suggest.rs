//! «Did you mean»: the nearest of what exists, by edit distance.

/// Finds the candidate an author most likely meant by `word`, if one is near.
///
/// Case and accents cost nothing; otherwise a third of the letters may differ.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let allowed = (folded.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &fold(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, candidate)| (*distance, (*candidate).to_owned()))
        .map(|(_, candidate)| candidate)
}

/// Writes the hint for a misspelt `word`: the nearest candidate, else the
/// list of what exists when it is short enough to help.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    const SHOWN: usize = 12;
    let candidates: Vec<&str> = candidates.into_iter().collect();
    if let Some(found) = nearest(word, candidates.iter().copied()) {
        return Some(format!("Did you mean `{found}`?"));
    }
    if candidates.is_empty() || candidates.len() > SHOWN {
        return None;
    }
    Some(format!(
        "Write one of {}.",
        candidates.iter().map(|c| format!("`{c}`")).collect::<Vec<_>>().join(", ")
    ))
}

fn fold(word: &str) -> String {
    deunicode::deunicode(word).trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_cost_nothing() {
        assert_eq!(nearest("Énergie", ["mobilité", "energie"]), Some("energie"));
    }

    #[test]
    fn a_stranger_is_not_a_misspelling() {
        assert_eq!(nearest("housing", ["energy", "mobility"]), None);
    }
}
