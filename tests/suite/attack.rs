//! Attacks on what is hidden: of a confidential survey of persons, of the
//! report of this repository, and of numbers without shares.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::attacker::{Attacker, hidden, revealed, seeds, text};
use crate::project::Project;

const SEED: u64 = 20_180_614;

/// A confidential survey of persons: 10 provinces of very different sizes in
/// 3 regions, sex and age. A seed gives the same answers everywhere.
fn persons(seed: u64, statistics: &str) -> Project {
    const PROVINCES: [(&str, &str, u64); 10] = [
        ("p0", "north", 90),
        ("p1", "north", 60),
        ("p2", "north", 35),
        ("p3", "north", 9),
        ("p4", "south", 80),
        ("p5", "south", 40),
        ("p6", "south", 18),
        ("p7", "south", 6),
        ("p8", "centre", 25),
        ("p9", "centre", 12),
    ];
    const AGES: [&str; 5] = ["young", "middle", "middle", "middle", "old"];
    let mut seed = seed;
    let mut below = |bound: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let mut responses = "region,province,sex,age,income,agree,tools_a,tools_b,tools_c\n".to_owned();
    for (province, region, size) in PROVINCES {
        for _ in 0..size {
            let sex = if below(10) < 6 { "f" } else { "m" };
            let age = AGES[usize::try_from(below(5)).unwrap()];
            let income = match below(20) {
                0 => "none",
                1..=8 => "low",
                9..=16 => "high",
                17 => "secret",
                _ => "",
            };
            let agree = if below(4) == 0 { "no" } else { "yes" };
            let ticks: Vec<String> =
                (0..3).map(|at| u8::from(below(5) <= at).to_string()).collect();
            writeln!(
                responses,
                "{region},{province},{sex},{age},{income},{agree},{}",
                ticks.join(",")
            )
            .unwrap();
        }
    }
    let mut choices = "list_name,name,label,role\n".to_owned();
    for (list, names) in [
        ("region", "north south centre"),
        ("province", "p0 p1 p2 p3 p4 p5 p6 p7 p8 p9"),
        ("sex", "f m"),
        ("age", "young middle old"),
        ("income", "none low high"),
        ("agree", "yes no"),
        ("tools", "a b c"),
    ] {
        for name in names.split(' ') {
            writeln!(choices, "{list},{name},{list} {name},").unwrap();
        }
    }
    choices.push_str("income,secret,Would not say,dont_know\n");
    Project::empty()
        .file(
            "barometer.toml",
            format!(
                "[site]\ntitle = \"Persons\"\nlanguages = [\"en\"]\n\
                 [survey]\nname = \"Persons\"\nwaves = [\"2018\"]\n\
                 breakdowns = [\"region\", \"province\", \"sex\", \"age\"]\n\
                 crossings = [\"region*sex\", \"region*age\", \"province*sex\", \"province*age\", \"sex*age\"]\n\
                 {statistics}"
            ),
        )
        .file(
            "data/codebook/survey.csv",
            "type,name,label,breakdown\nselect_one region,region,Region,yes\n\
             select_one province,province,Province,yes\nselect_one sex,sex,Sex,yes\n\
             select_one age,age,Age,yes\nselect_one income,income,Income,\n\
             select_one agree,agree,Agree,\nselect_multiple tools,tools,Tools,\n",
        )
        .file("data/codebook/choices.csv", choices)
        .file("data/2018/responses.csv", responses)
        .file(
            "content/en/index.md",
            "+++\ntitle = \"Persons\"\n+++\n\n\
             ```chart\nquestion = \"income\"\nby = \"province\"\nkind = \"table\"\n```\n\n\
             ```chart\nquestion = \"tools\"\nby = \"province\"\nkind = \"table\"\n```\n\n\
             ```chart\nquestion = \"agree\"\nitems = [\"yes\"]\nby = \"province\"\n```\n\n\
             ```chart\nquestion = \"agree\"\nby = \"age\"\nwhere = { province = \"p1\" }\nkind = \"table\"\n```\n",
        )
}

fn attacker_of_persons() -> Attacker {
    let mut atoms = vec![];
    let regions = [
        "north", "north", "north", "north", "south", "south", "south", "south", "centre", "centre",
    ];
    for (at, region) in regions.iter().enumerate() {
        for sex in ["f", "m"] {
            for age in ["young", "middle", "old"] {
                let atom = [*region, &format!("p{at}"), sex, age].map(str::to_owned);
                atoms.push(atom.to_vec());
            }
        }
    }
    let names = ["region", "province", "sex", "age"].map(str::to_owned).to_vec();
    Attacker { names, atoms, certain_below: 10.0 }
}

fn release(project: &Project) -> Value {
    project.built();
    project.published()
}

/// Of some seeds that counts cannot be negative tells more than subtraction does
/// (1, 4); that hidden groups are not empty tells bases (64); all of a group said
/// "don't know" (31, 96), or nobody of a small one did (150).
#[test]
fn no_hidden_cell_of_a_confidential_survey_can_be_recovered() {
    for seed in seeds(&[SEED, 1, 4, 31, 64, 96, 150]) {
        let release = persons(seed, "").results();
        assert!(100 < hidden(&release), "{seed}: {}", hidden(&release));

        let mut narrowed = attacker_of_persons().attack(&release);
        narrowed.extend(attacker_of_persons().attack_knowing_groups(&release));

        assert!(100 < narrowed.len(), "{seed}");
        assert_eq!(revealed(&narrowed), "", "{seed}");
        let together = attacker_of_persons().attack_answers_together(&release);
        assert!(50 < together.len(), "{seed}: {}", together.len());
        assert_eq!(revealed(&together), "", "{seed}");
    }
}

/// The attack is worth something: where only small cells are hidden, and
/// nothing with them, it finds many.
#[test]
fn without_complementary_suppression_the_attack_succeeds() {
    let mut release =
        release(&persons(SEED, "[statistics]\nhide-below = 0\nprotect-certain-below = 0\n"));
    for row in release["estimates"].as_array_mut().unwrap() {
        if row["n"].as_u64().is_some_and(|n| 0 < n && n < 5) {
            row["flag"] = "hidden".into();
            for field in ["n", "estimate"] {
                row[field] = Value::Null;
            }
        }
    }
    release["tests"] = Value::Array(vec![]);

    let narrowed = attacker_of_persons().attack(&release);

    let found = narrowed.iter().filter(|one| one.is_revealed()).count();
    assert!(20 < found, "{found} of {}", narrowed.len());
    let together = attacker_of_persons().attack_answers_together(&release);
    let found = together.iter().filter(|one| one.is_revealed()).count();
    assert!(10 < found, "{found} of {}", together.len());
}

/// Debts of people in three regions with three mandates: region, mandate, how
/// many and what the first and each next of them owes more.
type Debts = [(&'static str, &'static str, u32, u32)];

/// A report of debts from answers, or from the tally of the same answers.
fn owing(debts: &Debts, from_tally: bool) -> Project {
    let mut responses = "region,mandate,debt\n".to_owned();
    let mut tally =
        "question,item,option,other,other_option,stratum,cluster,by_region,by_mandate,population,\
        respondents,n,sum_w,sum_w2,min_w,max_w,centre,sum_wx,sum_wx2,sum_w2x,sum_w2x2,problem\n"
            .to_owned();
    for (region, mandate, n, each) in debts {
        let owed = (1..=*n).map(|at| f64::from(at * each) + f64::from(u8::from(*each > 0)) / 2.0);
        let (mut sum, mut squares) = (0.0, 0.0);
        for debt in owed {
            writeln!(responses, "{region},{mandate},{debt}").unwrap();
            sum += debt;
            squares += debt * debt;
        }
        let place = format!("{region},{mandate},,{n},{n},{n},{n}");
        writeln!(tally, ",,,,,,,{place},1,1,,,,,,").unwrap();
        writeln!(tally, "debt,,,,,,,{place},,,0,{sum},{squares},{sum},{squares},").unwrap();
    }
    let (path, answers) = if from_tally {
        ("data/2018/tally.csv", tally)
    } else {
        ("data/2018/responses.csv", responses)
    };
    let mut choices = "list_name,name,label\n".to_owned();
    for (list, names) in [("region", "a b c"), ("mandate", "x y z")] {
        for name in names.split(' ') {
            writeln!(choices, "{list},{name},{list} {name}").unwrap();
        }
    }
    Project::empty()
        .file(
            "barometer.toml",
            "[site]\ntitle = \"Debts\"\nlanguages = [\"en\"]\n\
             [survey]\nname = \"Debts\"\nwaves = [\"2018\"]\nbreakdowns = [\"region\", \"mandate\"]\n",
        )
        .file(
            "data/codebook/survey.csv",
            "type,name,label,breakdown\nselect_one region,region,Region,yes\n\
             select_one mandate,mandate,Mandate,yes\ndecimal,debt,What do you owe?,\n",
        )
        .file("data/codebook/choices.csv", choices)
        .file(path, answers)
}

/// Number of respondents and mean debt of the groups that have them.
fn shown_debts(project: &Project) -> BTreeMap<String, (f64, f64)> {
    let run = project.run(&["results", "--question", "debt", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let results: Value = serde_json::from_str(&run.stdout).unwrap();
    let rows = results["estimates"].as_array().unwrap();
    let means = rows.iter().filter(|row| row["estimator"] == "mean");
    let shown = means.filter_map(|row| {
        Some((text(row, "group"), (row["n"].as_f64()?, row["estimate"].as_f64()?)))
    });
    shown.collect()
}

/// Nobody of `a` owes anything, as its mean and its interval say; of those
/// with the mandates `x` and `y` one is elsewhere, and that one's debt would be
/// what `b` and `c` owe less what those with the mandate `z` owe.
#[test]
fn what_one_group_has_in_common_does_not_give_away_the_number_of_another() {
    let debts = [
        ("a", "x", 3, 0),
        ("a", "y", 6, 0),
        ("a", "z", 31, 0),
        ("b", "x", 1, 730),
        ("b", "z", 14, 20),
        ("c", "z", 15, 30),
    ];
    for from_tally in [false, true] {
        let shown = shown_debts(&owing(&debts, from_tally));

        assert_eq!(shown["a"], (40.0, 0.0));
        assert!(!shown.contains_key("x") && !shown.contains_key("y"), "{shown:?}");
        let sums = ["b", "c", "z"].map(|group| shown.get(group).map(|(n, mean)| n * mean));
        assert!(sums.contains(&None), "from a tally: {from_tally}, 730.5 is told by {sums:?}");
    }
}

/// Everybody of `a` gave 0 or 1, as their sum, which is that of their squares,
/// says: how many of those with the mandates `x` and `y` gave more could be had.
#[test]
fn whole_numbers_that_a_group_lacks_do_not_give_away_those_of_another() {
    let mut responses = "region,mandate,debt\n".to_owned();
    for (region, mandate, n, bound) in [
        ("a", "x", 3, 2),
        ("a", "y", 6, 2),
        ("a", "z", 31, 2),
        ("b", "z", 14, 4),
        ("c", "z", 15, 3),
    ] {
        for at in 0..n {
            writeln!(responses, "{region},{mandate},{}", at % bound).unwrap();
        }
    }
    responses.push_str("b,x,3\n");
    let project = owing(&[], false)
        .change("data/codebook/survey.csv", "decimal,debt", "integer,debt")
        .file("data/2018/responses.csv", responses);

    let shown = shown_debts(&project);

    assert!((shown["all"].0 - 70.0).abs() < 1e-9, "{shown:?}");
    assert!(!shown.contains_key("x") && !shown.contains_key("y"), "{shown:?}");
    assert!(["a", "b", "c", "z"].iter().any(|group| !shown.contains_key(*group)), "{shown:?}");
}

/// All seven of `c` owe the same: their mean would say it of each.
#[test]
fn a_number_that_all_of_a_small_group_gave_is_hidden() {
    let debts = [("a", "x", 30, 7), ("b", "y", 30, 9), ("c", "x", 7, 0), ("c", "z", 40, 11)];
    let alike = [("a", "x", 30, 7), ("b", "y", 30, 9), ("c", "z", 7, 0)];
    for from_tally in [false, true] {
        assert!(shown_debts(&owing(&debts, from_tally)).contains_key("c"));

        let shown = shown_debts(&owing(&alike, from_tally));

        assert!(!shown.contains_key("c"), "from a tally: {from_tally}, {shown:?}");
    }
}
