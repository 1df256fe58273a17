//! What settings, codebook and folders must agree on.

use std::collections::BTreeSet;

use super::super::Codebook;
use super::{CODEBOOK, Reader, TABLES, TOP};
use crate::config::WaveSettings;
use crate::diag::{Code, Diagnostic, Findings, Place, SourceText, did_you_mean, nearest};

impl Reader<'_> {
    /// Checks the names of `barometer.toml` that only the codebook knows.
    pub(super) fn check_settings(&self, codebook: &Codebook, found: &mut Findings) {
        let survey = &self.config.survey;
        let crossed = survey.crossings.iter().flat_map(|(a, b)| [a, b]);
        let mut seen = BTreeSet::new();
        for named in survey.breakdowns.iter().chain(crossed) {
            let question = codebook.question(&named.name);
            let is_breakdown = question.is_some_and(|question| question.breakdown);
            // Its own mistake has been told.
            let is_told = codebook.may_cut(&named.name) || !seen.insert(&named.name);
            if is_breakdown || is_told {
                continue;
            }
            let cuts = codebook.questions().iter().filter(|question| question.breakdown);
            let hint = if question.is_some() {
                Some(format!(
                    "Write `yes` in the column `breakdown` of `{}` in the codebook.",
                    named.name
                ))
            } else {
                did_you_mean(&named.name, cuts.map(|question| question.key.as_str()))
            };
            found.push(
                Diagnostic::error(
                    Code::NotABreakdown,
                    format!("`{}` is not a breakdown of the codebook", named.name),
                )
                .at(named.place.clone())
                .hint_if(hint),
            );
        }
        for wave in &self.config.waves {
            if !codebook.questions().is_empty() {
                self.check_data(wave, found);
            }
            if let Some(rake) = &wave.design.rake
                && self.sources.get(&rake.name).is_none()
            {
                found.push(rake.missing_in(self.sources));
            }
        }
    }

    /// Notes a wave of which nothing can be told: chapters that tell of it have
    /// mistakes that do not say why.
    fn check_data(&self, wave: &WaveSettings, found: &mut Findings) {
        let folder = format!("data/{}/", wave.key);
        let names = || self.sources.under(&folder).map(|(path, _)| &path[folder.len()..]);
        if names().any(|name| TABLES.contains(&name)) {
            return;
        }
        let is_workbook =
            |name: &&str| matches!(name.rsplit_once('.'), Some((_, "xlsx" | "ods" | "xls")));
        let hint = if let Some(workbook) = names().find(is_workbook) {
            format!("`barometer import {folder}{workbook} --wave {}` reads the workbook.", wave.key)
        } else if let Some((name, table)) =
            names().find_map(|name| Some((name, nearest(name, TABLES)?)))
        {
            format!("Rename `{folder}{name}` to `{table}`.")
        } else {
            "Add one of them, or take the wave out of `[survey] waves`.".to_owned()
        };
        let [published, responses, tally] = TABLES;
        let message = format!(
            "the wave `{}` has no data: `{folder}` has no `{responses}`, `{tally}` or `{published}`",
            wave.key
        );
        found.push(
            Diagnostic::warning(Code::TableMissing, message).at(wave.place.clone()).hint(hint),
        );
    }

    /// Notes tables that look like those that are read, in another place or by
    /// another name: nobody would see that they are not.
    pub(super) fn check_tables(&self, found: &mut Findings) {
        let is_named = |path: &str| {
            self.config.waves.iter().any(|wave| {
                let files = wave.design.population_file().into_iter().chain(&wave.design.rake);
                files.into_iter().any(|named| named.name == path)
            })
        };
        let tables = self.sources.under("data/").map(|(path, _)| path);
        for path in tables.filter(|path| !is_named(path)) {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let is_wave =
                folder.strip_prefix("data/").is_some_and(|key| self.config.wave(key).is_some());
            let own: &[&str] = match folder {
                "data" => &TOP,
                "data/codebook" => &CODEBOOK,
                _ if is_wave => &TABLES,
                _ => continue,
            };
            // That a wave has no table at all is told where it is named.
            let has_none = is_wave
                && !own.iter().any(|own| self.sources.get(&format!("{folder}/{own}")).is_some());
            if has_none || own.contains(&name) {
                continue;
            }
            let lower = name.to_lowercase();
            let elsewhere = [("data/codebook", &CODEBOOK[..]), ("data/<wave>", &TABLES[..])];
            let elsewhere = elsewhere.iter().find(|(_, names)| names.contains(&lower.as_str()));
            let hint = match (nearest(name, own.iter().copied()), elsewhere) {
                (Some(near), _) => {
                    let near = format!("{folder}/{near}");
                    if self.sources.get(&near).is_some() {
                        continue;
                    }
                    format!("Rename it to `{near}`.")
                }
                (None, Some((place, _))) => format!("Move it to `{place}/{lower}`."),
                (None, None) => continue,
            };
            let message = format!("nothing of `{path}` is read");
            let place = Place::file(&SourceText::new(path, String::new()));
            found.push(Diagnostic::warning(Code::TableUnread, message).at(place).hint(hint));
        }
    }

    /// Notes folders that look like waves and are none.
    pub(super) fn check_folders(&self, found: &mut Findings) {
        let mut noted = BTreeSet::new();
        for (path, _) in self.sources.under("data/") {
            let parts: Vec<&str> = path.split('/').collect();
            let [_, folder, name] = parts[..] else { continue };
            if !TABLES.contains(&name) {
                continue;
            }
            if self.config.wave(folder).is_none() && noted.insert(folder) {
                let keys = self.config.waves.iter().map(|wave| wave.key.as_str());
                found.push(
                    Diagnostic::warning(
                        Code::UnknownWave,
                        format!("`data/{folder}` is not a wave: nothing of it is read"),
                    )
                    .hint(format!(
                        "Add `{folder}` to `waves` under `[survey]`, or remove the folder."
                    ))
                    .hint_if(nearest(folder, keys).map(|near| format!("Did you mean `{near}`?"))),
                );
            }
        }
    }
}
