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
    if candidates.is_empty() || SHOWN < candidates.len() {
        return nearest(word, candidates).map(meant);
    }
    Some(one_of(word, candidates))
}

/// Like [`did_you_mean`], for a list that the program itself has: it is told
/// whole, however long.
pub fn one_of<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    nearest(word, candidates.iter().copied()).map_or_else(
        || {
            let names: Vec<_> = candidates.iter().map(|name| format!("`{name}`")).collect();
            format!("Write one of {}.", names.join(", "))
        },
        meant,
    )
}

fn meant(candidate: &str) -> String {
    format!("Did you mean `{candidate}`?")
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
