//! Answers of which the truth is known, for the small report.

use std::fmt::Write as _;

use crate::project::Project;

/// The answers of one region in one wave.
pub(crate) struct Region {
    pub(crate) key: &'static str,
    pub(crate) n: usize,
    /// How many work on each theme.
    pub(crate) energy: usize,
    pub(crate) mobility: usize,
    pub(crate) economy: usize,
    /// How many have a strategy.
    pub(crate) strategy: usize,
}

const fn region(
    key: &'static str,
    n: usize,
    [energy, mobility, economy, strategy]: [usize; 4],
) -> Region {
    Region { key, n, energy, mobility, economy, strategy }
}

/// Flanders and Wallonia differ in energy and not in mobility; Brussels is
/// small; energy and mobility are level, economy is behind.
pub(crate) const NOW: [Region; 3] = [
    region("flanders", 100, [60, 45, 10, 61]),
    region("wallonia", 100, [30, 42, 12, 60]),
    region("brussels", 10, [9, 8, 1, 9]),
];

/// Two years before fewer had a strategy, and as many worked on energy.
pub(crate) const BEFORE: [Region; 3] = [
    region("flanders", 100, [58, 45, 10, 30]),
    region("wallonia", 100, [31, 42, 12, 32]),
    region("brussels", 10, [9, 8, 1, 2]),
];

/// `responses.csv`: whoever says yes is spread over the region, each theme in
/// another order.
pub(crate) fn csv(regions: &[Region]) -> String {
    let mut csv =
        "id,region,themes_energy,themes_mobility,themes_economy,themes_other,progress,strategy\n"
            .to_owned();
    for region in regions {
        for at in 0..region.n {
            let yes = |count: usize, step: usize| (at * step) % region.n < count;
            writeln!(
                csv,
                "{}{at},{},{},{},{},0,{},{}",
                region.key,
                region.key,
                u8::from(yes(region.energy, 1)),
                u8::from(yes(region.mobility, 7)),
                u8::from(yes(region.economy, 3)),
                at % 11,
                if yes(region.strategy, 9) { "yes" } else { "no" },
            )
            .unwrap();
        }
    }
    csv
}

/// The small report with these answers.
pub(crate) fn report() -> Project {
    Project::small()
        .file("data/2017/responses.csv", csv(&BEFORE))
        .file("data/2018/responses.csv", csv(&NOW))
        .change("barometer.toml", "[waves.2017]\n", "[design]\nid = \"id\"\n\n[waves.2017]\n")
        .change("content/en/themes.md", "says=\"more\") }}", "says=\"same\") }}")
}
