//! A question as it was asked in one wave: its answers counted once, from which
//! estimates, tests and what is hidden are made.

use crate::config::{Config, LonelyStratum, Responses as Origin, Statistics};
use crate::diag::{Code, Diagnostic, Findings};
use crate::survey::{Answers, Question, Responses, StratumSample, Survey, WaveKey};

use super::cut::{Atoms, Division, atoms, divisions};
use super::measure::{Kind, Measure, Measured, measures};
use super::meta::{Lost, StratumMeta, WaveMeta, lost_by_tally};
use super::sample::Sample;
use super::tally::{Cell, Tally};
use super::{Cut, Provenance};

/// A wave that has answers.
#[derive(Debug)]
pub(super) struct Fielded {
    pub(super) key: WaveKey,
    /// Its place among all waves.
    pub(super) order: usize,
    pub(super) sample: Sample,
    pub(super) divisions: Vec<Division>,
    pub(super) atoms: Atoms,
    pub(super) provenance: Provenance,
    /// See [`WaveMeta::tally`].
    pub(super) lost_by_tally: Option<Vec<Lost>>,
}

/// The waves that have answers.
pub(super) fn fielded(survey: &Survey, config: &Config, found: &mut Findings) -> Vec<Fielded> {
    let mut waves = vec![];
    for (order, wave) in survey.waves.iter().enumerate() {
        let Some(responses) = &wave.responses else { continue };
        let settings = config.wave(wave.key.as_str());
        let is_simulated = settings.is_some_and(|wave| wave.responses == Origin::Simulated);
        let lonely = settings.map(|wave| wave.design.lonely).unwrap_or_default();
        let (sample, divisions) = rayon::join(
            || Sample::new(responses, lonely),
            || divisions(config, &survey.codebook, responses),
        );
        let Ok(sample) = sample else {
            let rake = settings.and_then(|wave| wave.design.rake.as_ref());
            found.push(cannot_rake(&wave.key, rake));
            continue;
        };
        waves.push(Fielded {
            key: wave.key.clone(),
            order,
            atoms: atoms(&divisions, &sample),
            sample,
            divisions,
            lost_by_tally: lost_by_tally(responses, &survey.codebook, settings),
            provenance: if is_simulated { Provenance::Simulated } else { Provenance::Collected },
        });
    }
    waves
}

fn cannot_rake(wave: &WaveKey, rake: Option<&crate::config::Named>) -> Diagnostic {
    let message = format!("the weights of `{wave}` do not settle on these margins");
    let mistake = Diagnostic::error(Code::CannotRake, message)
        .hint("Merge small levels, or rake to fewer margins.");
    match rake {
        Some(rake) => mistake.at(rake.place.clone()),
        None => mistake,
    }
}

impl Fielded {
    /// Whether a program answered.
    pub(super) fn is_simulated(&self) -> bool {
        self.provenance == Provenance::Simulated
    }

    /// The answers of the wave, which has some.
    pub(super) fn responses<'s>(&self, survey: &'s Survey) -> Option<&'s Responses> {
        survey.waves.get(self.order)?.responses.as_ref()
    }

    /// How its numbers are made.
    pub(super) fn meta(&self, survey: &Survey, rules: &Statistics) -> WaveMeta {
        let (mut respondents, mut sum, mut square) = (0, 0.0, 0.0);
        for all in self.sample.weights.rows() {
            respondents += all.respondents;
            sum += all.mass.weight;
            square += all.mass.square;
        }
        let stratum = |s: &StratumSample| StratumMeta {
            name: s.name.to_string(),
            sampled: s.sampled,
            population: s.population,
        };
        let design = self.responses(survey).map(|responses| &responses.design);
        let units = design.and_then(|design| design.units.as_ref());
        WaveMeta {
            wave: self.key.clone(),
            provenance: self.provenance,
            tally: self.lost_by_tally.clone(),
            respondents,
            groups: self.sizes(u64::from(rules.hide_below)),
            strata: design.iter().flat_map(|design| &design.strata).map(stratum).collect(),
            clusters: units.map(|units| units.stratum.len() as u64),
            lonely: match self.sample.lonely {
                LonelyStratum::Adjust => "adjust",
                LonelyStratum::Certainty => "certainty",
                LonelyStratum::Average => "average",
            },
            weighted_n: sum,
            n_eff_kish: if square > 0.0 { sum * sum / square } else { 0.0 },
            raking: self.sample.rake_report().cloned(),
        }
    }

    /// The groups of each breakdown that have as many respondents as that.
    fn sizes(&self, least: u64) -> Vec<(Cut, u64)> {
        let of_atom = self.atoms.respondents(&self.sample.weights);
        let cuts = self.divisions.iter().zip(&self.atoms.of_group);
        let breakdowns = cuts.filter(|(cut, _)| cut.breakdowns.len() == 1);
        let sizes = breakdowns.flat_map(|(cut, groups)| {
            let size = |atoms: &Vec<usize>| -> u64 { atoms.iter().map(|at| of_atom[*at]).sum() };
            cut.groups.iter().map(|group| group.cut.clone()).zip(groups.iter().map(size))
        });
        sizes.filter(|(_, size)| least <= *size).collect()
    }
}

/// One question in one wave: its tallies and what of it is hidden.
pub(super) struct Asked<'a> {
    pub(super) fielded: &'a Fielded,
    pub(super) responses: &'a Responses,
    pub(super) measured: Measured<'a>,
    /// By column: its answers by place, the only time that they are read.
    pub(super) counted: Vec<Tally>,
    /// By column and division.
    pub(super) tallies: Vec<Vec<Tally>>,
    /// By division and group.
    pub(super) hidden: Vec<Vec<bool>>,
}

impl<'a> Asked<'a> {
    /// Counts the answers to a question, which is `at` this place of the
    /// codebook. What of it is [hidden](super::suppress) is decided by these
    /// counts, later. `None`: the wave has no answers to it.
    pub(super) fn count(
        (at, question): (usize, &Question),
        fielded: &'a Fielded,
        survey: &'a Survey,
        rules: &Statistics,
    ) -> Option<Self> {
        let responses = fielded.responses(survey)?;
        let answers: &Answers = responses.answers.get(at)?;
        let measured = measures(question, answers, rules.estimators)?;
        let atoms = &fielded.atoms;
        let columns = measured.columns.iter();
        let counted: Vec<Tally> =
            columns.map(|column| column.counted(&atoms.places, &fielded.sample)).collect();
        let divisions = 0..fielded.divisions.len();
        let tallies = counted
            .iter()
            .map(|counted| divisions.clone().map(|cut| atoms.divided(cut, counted)).collect())
            .collect();
        Some(Self { fielded, responses, measured, counted, tallies, hidden: vec![] })
    }

    /// How many groups have no number.
    pub(super) fn hidden_groups(&self) -> u64 {
        self.hidden.iter().flatten().filter(|hidden| **hidden).count() as u64
    }

    /// The cells of a measure's column in one group.
    pub(super) fn cells(&self, measure: &Measure, division: usize, group: usize) -> &[Cell] {
        self.tallies[measure.column][division].group(group)
    }

    /// The base of a measure in one group.
    pub(super) fn base(&self, measure: &Measure, division: usize, group: usize) -> u64 {
        let cells = self.cells(measure, division, group).iter();
        let counted = |code: u32| match measure.kind {
            Kind::Quantile(..) => true,
            _ => measure.score(code).is_some(),
        };
        cells.filter(|cell| counted(cell.option)).map(|cell| cell.n).sum()
    }
}
