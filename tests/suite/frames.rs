//! Each wave is told its own population, and no other's.

use serde_json::Value;

use crate::answers::report;
use crate::project::{Project, fixtures};

/// What the page on method says of a wave.
fn edition(project: &Project, wave: &str) -> String {
    let page = project.page("method.html");
    let from = page.find(&format!("id=\"page-edition-{wave}\"")).expect("the edition");
    page[from..].split("</dl>").next().unwrap().replace('\u{202f}', " ")
}

/// Bounds and weighted number of a share among everybody in a wave.
fn strategy(project: &Project, wave: &str) -> [Option<f64>; 3] {
    let results = project.results();
    let of = |row: &&Value| {
        row["question"] == "strategy"
            && row["item"] == "yes"
            && row["estimator"] == "proportion"
            && row["provenance"] == "collected"
            && row["group"] == "all"
            && row["wave"] == wave
    };
    let row = results["estimates"].as_array().unwrap().iter().find(of).expect("the row");
    ["bound_low", "bound_high", "poststratified"].map(|field| row[field].as_f64())
}

fn near(one: Option<f64>, other: f64) -> bool {
    one.is_some_and(|one| (one - other).abs() < 1e-9)
}

/// The report whose waves have these designs.
fn drawn(before: &str, now: &str) -> Project {
    let design = |wave: &str, design: &str| format!("[waves.{wave}]\ndesign = {{ {design} }}\n");
    let project = report();
    // Neither printed figures nor chapters that need them.
    for path in ["data/2017/published.csv", "data/2018/published.csv"] {
        std::fs::remove_file(project.path().join(path)).unwrap();
    }
    std::fs::remove_dir_all(project.path().join("content")).unwrap();
    project
        .file("content/en/index.md", "+++\ntitle = \"Drawn\"\n+++\n\nWords.\n")
        .change("barometer.toml", "[waves.2017]\n", &design("2017", before))
        .change("barometer.toml", "[waves.2018]\n", &design("2018", now))
        .file("data/before.csv", "region,N\nflanders,300\nbrussels,20\nwallonia,280\n")
}

/// Schools are 93 in 2020; of 2019 the answers have the sizes, and of 2021
/// the design says nothing.
#[test]
fn a_wave_without_a_population_is_not_told_that_of_another() {
    let project = Project::copy_of(&fixtures().join("counted"));

    project.built();

    for wave in ["2019", "2020", "2021"] {
        assert!(!edition(&project, wave).contains("of 93"), "{}", edition(&project, wave));
    }
    assert!(edition(&project, "2021").contains("<dd>70</dd>"), "{}", edition(&project, "2021"));
    assert!(!project.page("method.html").contains("page-silent"));
    let text = "Of {{ population() }} people.\n";
    let run = project.file("content/en/more.md", format!("+++\ntitle = \"M\"\n+++\n\n{text}"));
    let run = run.run(&["build"]);
    assert!(run.stderr.contains("no data tell the population"), "{}", run.stderr);
}

#[test]
fn a_wave_is_told_the_number_of_its_own_design() {
    let project = drawn("population-size = 600", "population-size = 589");

    project.built();

    assert!(edition(&project, "2017").contains("210 of 600"), "{}", edition(&project, "2017"));
    assert!(edition(&project, "2018").contains("210 of 589"), "{}", edition(&project, "2018"));
    // 64 and 130 of 210 have a strategy; of 600, the frame of 589 does not
    // tell how large the regions are.
    let [low, high, weighted] = strategy(&project, "2017");
    assert!(near(low, 64.0 / 600.0) && near(high, (64.0 + 390.0) / 600.0), "{low:?} {high:?}");
    assert_eq!(weighted, None);
    let [low, high, weighted] = strategy(&project, "2018");
    assert!(near(low, 130.0 / 589.0) && near(high, (130.0 + 379.0) / 589.0), "{low:?} {high:?}");
    assert!(near(weighted, (0.61 * 308.0 + 0.9 * 19.0 + 0.6 * 262.0) / 589.0), "{weighted:?}");
}

#[test]
fn a_wave_is_told_the_frame_that_its_design_names() {
    let project = drawn("population-size = \"data/before.csv\"", "");

    project.built();

    assert!(edition(&project, "2017").contains("210 of 600"), "{}", edition(&project, "2017"));
    let weighted = strategy(&project, "2017")[2];
    assert!(near(weighted, (0.3 * 300.0 + 0.2 * 20.0 + 0.32 * 280.0) / 600.0), "{weighted:?}");
    // `data/frame.csv` is no other's.
    assert!(edition(&project, "2018").contains("210 of 589"), "{}", edition(&project, "2018"));
}

#[test]
fn a_frame_that_one_wave_names_is_that_of_no_other() {
    let project = drawn("population-size = \"data/frame.csv\"", "");

    project.built();

    assert!(edition(&project, "2017").contains("210 of 589"), "{}", edition(&project, "2017"));
    assert!(!edition(&project, "2018").contains("589"), "{}", edition(&project, "2018"));
    assert_eq!(strategy(&project, "2018"), [None; 3]);
}

#[test]
fn what_is_wrong_with_the_frame_of_an_earlier_wave_is_told_once() {
    let named = "population-size = \"data/before.csv\", strata = \"province\"";
    let project = drawn(named, named)
        .file("data/before.csv", "region,N\nflanders,300\nbrusels,20\nwallonia,280\n");
    let earlier = drawn(named, "")
        .file("data/before.csv", "region,N\nflanders,300\nbrusels,20\nwallonia,280\n");

    for run in [project.run(&["build"]), earlier.run(&["build"])] {
        assert_eq!(run.code, 1);
        let told = |what: &str| run.stderr.matches(what).count();
        assert_eq!(told("`brusels` is not a group of `region`"), 1, "{}", run.stderr);
        assert_eq!(
            told("the strata `province` are not a column of the frame"),
            1,
            "{}",
            run.stderr
        );
    }
}

/// Whichever row comes first: a tally has its rows in any order.
#[test]
fn a_size_that_varies_is_one_mistake_wherever_it_stands() {
    for place in [1, 4] {
        let project = Project::copy_of(&fixtures().join("counted"));
        let path = project.path().join("data/2019/responses.csv");
        let text = std::fs::read_to_string(&path).unwrap();
        let mut rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        let size = rows[0].iter().position(|name| *name == "size").unwrap();
        rows[place][size] = "7";
        let rows: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
        std::fs::write(path, rows.join("\n") + "\n").unwrap();

        let run = project.run(&["build"]);

        assert!(run.stderr.contains("error[B240]"), "{}", run.stderr);
        assert!(!run.stderr.contains("error[B232]"), "row {place}: {}", run.stderr);
    }
}
