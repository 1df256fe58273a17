//! An attack on what is hidden of a scale, a ranking, a score and a whole number,
//! by sums of answers and by all things of the ranking at once.

use std::fmt::Write as _;

use crate::attacker::{Attacker, hidden, revealed, seeds};
use crate::project::Project;

const PROVINCES: [(&str, &str, u64); 8] = [
    ("p0", "north", 60),
    ("p1", "north", 25),
    ("p2", "north", 9),
    ("p3", "south", 50),
    ("p4", "south", 14),
    ("p5", "south", 6),
    ("p6", "centre", 18),
    ("p7", "centre", 7),
];

const OPINIONS: [&str; 10] =
    ["never", "seldom", "seldom", "middle", "often", "often", "often", "always", "dk", ""];

const MARKS: [&str; 10] = ["0", "1", "1", "2", "2", "2", "3", "3", "3", ""];

const CHILDREN: [&str; 10] = ["0", "0", "0", "1", "1", "2", "2", "3", "4", ""];

/// Answers of persons in provinces, regions and sexes. A seed gives the same
/// answers everywhere.
fn opinions(seed: u64) -> Project {
    let mut seed = seed;
    let mut below = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((seed >> 33) % bound as u64).unwrap()
    };
    let mut responses = "region,province,sex,clean,order,mark,children\n".to_owned();
    for (province, region, size) in PROVINCES {
        for _ in 0..size {
            let sex = if below(10) < 6 { "f" } else { "m" };
            let clean = OPINIONS[below(10)];
            let mut things = vec!["u", "v", "w", "z"];
            let ranked = if below(8) == 0 { 0 } else { 1 + below(3).max(below(3)) };
            let order: Vec<&str> = (0..ranked)
                .map(|_| things.remove(below(things.len()).min(below(things.len()))))
                .collect();
            let mark = MARKS[below(10)];
            let children = CHILDREN[below(10)];
            let order = order.join(" ");
            writeln!(responses, "{region},{province},{sex},{clean},{order},{mark},{children}")
                .unwrap();
        }
    }
    let mut choices = "list_name,name,label,role\n".to_owned();
    for (list, names) in [
        ("region", "north south centre"),
        ("province", "p0 p1 p2 p3 p4 p5 p6 p7"),
        ("sex", "f m"),
        ("often", "never seldom middle often always"),
        ("things", "u v w z"),
    ] {
        for name in names.split(' ') {
            writeln!(choices, "{list},{name},{list} {name},").unwrap();
        }
    }
    choices.push_str("often,dk,Would not say,dont_know\n");
    Project::empty()
        .file(
            "barometer.toml",
            "[site]\ntitle = \"Opinions\"\nlanguages = [\"en\"]\n\
             [survey]\nname = \"Opinions\"\nwaves = [\"2018\"]\n\
             breakdowns = [\"region\", \"province\", \"sex\"]\n\
             crossings = [\"region*sex\", \"province*sex\"]\n",
        )
        .file(
            "data/codebook/survey.csv",
            "type,name,label,appearance,parameters,breakdown\n\
             select_one region,region,Region,,,yes\nselect_one province,province,Province,,,yes\n\
             select_one sex,sex,Sex,,,yes\nselect_one often,clean,Clean,likert,,\n\
             rank things,order,Order,,max=3,\nrange,mark,Mark,,start=0 end=3 step=1,\n\
             integer,children,Children,,,\n",
        )
        .file("data/codebook/choices.csv", choices)
        .file("data/2018/responses.csv", responses)
}

fn attacker() -> Attacker {
    let parts = PROVINCES.iter().flat_map(|(province, region, _)| {
        ["f", "m"].map(|sex| [*region, *province, sex].map(str::to_owned).to_vec())
    });
    let names = ["region", "province", "sex"].map(str::to_owned).to_vec();
    Attacker { names, atoms: parts.collect(), certain_below: 10.0 }
}

/// Of some seeds that everybody puts one thing first tells more than each thing does
/// (91, 205).
#[test]
fn no_hidden_cell_of_opinions_can_be_recovered() {
    for seed in seeds(&[1, 91, 205]) {
        let release = opinions(seed).results();
        assert!(100 < hidden(&release), "{seed}: {}", hidden(&release));

        let mut narrowed = attacker().attack(&release);
        narrowed.extend(attacker().attack_knowing_groups(&release));
        narrowed.extend(attacker().attack_answers_together(&release));
        narrowed.extend(attacker().attack_rankings(&release, 3));

        assert_eq!(revealed(&narrowed), "", "{seed}");
    }
}
