//! Which population each wave was drawn from: the file that its design names,
//! else `data/frame.csv`. The frame of one wave is never told as another's.

use std::collections::BTreeMap;

use super::Codebook;
use super::frame::{self, Frame};
use super::table::Table;
use crate::config::{Config, Design, Population};
use crate::diag::{Code, Diagnostic, Findings};
use crate::sources::Sources;

/// The population counts of the report.
pub(super) const FRAME: &str = "data/frame.csv";

/// The frames of a report by path, each read once.
pub(super) struct Frames<'c> {
    config: &'c Config,
    files: BTreeMap<&'c str, (Table, Frame)>,
    /// Paths whose rows could not all be read.
    broken: Vec<&'c str>,
}

impl<'c> Frames<'c> {
    /// Reads every frame that the settings name, and `data/frame.csv`.
    pub(super) fn read(
        sources: &Sources,
        config: &'c Config,
        codebook: &Codebook,
        found: &mut Findings,
    ) -> Self {
        let mut frames = Self { config, files: BTreeMap::new(), broken: vec![] };
        let named = config.waves.iter().filter_map(|wave| wave.design.population_file());
        let mut paths = vec![FRAME];
        for named in named {
            if paths[1..].contains(&named.name.as_str()) {
                continue;
            }
            if sources.get(&named.name).is_none() {
                found.push(named.missing_in(sources));
            }
            paths.push(&named.name);
        }
        for path in paths {
            if frames.files.contains_key(path) {
                continue;
            }
            let Some(table) = Table::of(sources, path, &config.csv, found) else { continue };
            let mut own = Findings::default();
            let frame = frame::read(&table, codebook, &mut own);
            if own.has_errors() {
                frames.broken.push(path);
            }
            found.join(own);
            frames.files.extend(frame.map(|frame| (path, (table, frame))));
        }
        frames.check_strata(found);
        frames.check_sum(found);
        frames
    }

    /// The frame of the report, whichever wave it belongs to.
    pub(super) fn of_report(&self) -> Option<Frame> {
        self.frame(FRAME).cloned()
    }

    /// What a wave was drawn from. `None` where its design has the sizes in
    /// the answers or gives another number than the frame adds up to; and where
    /// it names none, but another does.
    pub(super) fn of_wave(&self, design: &Design) -> Option<&Frame> {
        match &design.population {
            Some(Population::Named(_)) => self.frame(&design.population_file()?.name),
            Some(Population::Total(total)) => {
                self.frame(FRAME).filter(|frame| frame.total() == *total)
            }
            None => {
                let mut named =
                    self.config.waves.iter().filter_map(|wave| wave.design.population_file());
                if named.any(|named| named.name == FRAME) { None } else { self.frame(FRAME) }
            }
        }
    }

    /// Whether every row of what a wave was drawn from could be read.
    pub(super) fn is_read(&self, design: &Design) -> bool {
        let path = design.population_file().map_or(FRAME, |named| named.name.as_str());
        !self.broken.contains(&path)
    }

    fn frame(&self, path: &str) -> Option<&Frame> {
        self.files.get(path).map(|(_, frame)| frame)
    }

    /// The strata of a design are a column of the frame that it names.
    fn check_strata(&self, found: &mut Findings) {
        let mut checked = vec![];
        for wave in &self.config.waves {
            let (Some(named), Some(strata)) = (wave.design.population_file(), &wave.design.strata)
            else {
                continue;
            };
            let pair = (&named.name, &strata.name);
            if let Some(frame) = self.frame(&named.name).filter(|_| !checked.contains(&pair)) {
                checked.push(pair);
                frame::check_strata(frame, strata, found);
            }
        }
    }

    /// The frame of the report agrees with the number of the current design.
    fn check_sum(&self, found: &mut Findings) {
        let design = self.config.current_wave().map(|wave| &wave.design);
        let Some(Population::Total(total)) = design.and_then(|design| design.population.as_ref())
        else {
            return;
        };
        // A row that cannot be read is missing from the sum.
        if self.broken.contains(&FRAME) {
            return;
        }
        if let Some((table, frame)) = self.files.get(FRAME)
            && frame.total() != *total
        {
            found.push(
                Diagnostic::error(
                    Code::BadFrame,
                    format!("the frame adds up to {}, `population-size` is {total}", frame.total()),
                )
                .at(table.place())
                .hint("Mend the one that is wrong."),
            );
        }
    }
}
