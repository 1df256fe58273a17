//! Words follow the tests: what sentences about computed numbers may say.
//! The answers are made so that the truth is known (see `answers`).

use crate::answers::report;
use crate::project::Project;

fn chapter(lines: &[String]) -> String {
    format!(
        "+++\ntitle = \"Words\"\nweight = 90\nsummary = \"S.\"\n+++\n\n{}\n",
        lines.join("\n\n")
    )
}

/// What the expressions print, each without markup.
#[track_caller]
fn said(expressions: &[&str]) -> Vec<String> {
    let lines: Vec<String> =
        expressions.iter().map(|expression| format!("BEGIN{{{{ {expression} }}}}END")).collect();
    let project = report().file("content/en/words.md", chapter(&lines));
    project.built();
    let page = project.page("words.html");
    let said: Vec<String> = page
        .split("BEGIN")
        .skip(1)
        .map(|rest| {
            let html = rest.split("END").next().unwrap();
            let mut text = String::new();
            let mut markup = false;
            for letter in html.chars() {
                match letter {
                    '<' => markup = true,
                    '>' => markup = false,
                    letter if !markup => text.push(letter),
                    _ => {}
                }
            }
            text
        })
        .collect();
    assert_eq!(said.len(), expressions.len());
    said
}

/// What the build says of a claim that it refuses.
#[track_caller]
fn refused(expression: &str) -> String {
    let line = format!("A sentence.{{{{ {expression} }}}}");
    let run = report().file("content/en/words.md", chapter(&[line])).run(&["build"]);
    assert_eq!(run.code, 1, "{expression} was not refused");
    run.stderr
}

const ENERGY: &str = "q=\"themes\", item=\"energy\", by=\"region\"";
const MOBILITY: &str = "q=\"themes\", item=\"mobility\", by=\"region\"";

#[test]
fn verbs_say_what_the_tests_say() {
    let said = said(&[
        &format!("versus({ENERGY}, a=\"flanders\", b=\"wallonia\")"),
        &format!("versus({ENERGY}, a=\"wallonia\", b=\"flanders\")"),
        &format!("versus({MOBILITY}, a=\"flanders\", b=\"wallonia\")"),
        &format!("versus({ENERGY}, a=\"flanders\", b=\"brussels\")"),
        "versus(q=\"themes\", a=\"energy\", b=\"mobility\")",
        "versus(q=\"themes\", a=\"mobility\", b=\"energy\")",
        "versus(q=\"themes\", a=\"energy\", b=\"economy\")",
        "versus(q=\"themes\", a=\"economy\", b=\"energy\")",
    ]);

    assert_eq!(
        said,
        [
            "comes ahead of",
            "comes behind",
            "is not clearly apart from",
            "cannot, with so few answers, be compared with",
            "is not clearly apart from",
            "is not clearly apart from",
            "comes ahead of",
            "comes behind",
        ]
    );
}

#[test]
fn a_difference_is_a_number_only_where_it_is_clear() {
    let said = said(&[
        &format!("difference({ENERGY}, a=\"flanders\", b=\"wallonia\")"),
        &format!("difference({MOBILITY}, a=\"flanders\", b=\"wallonia\")"),
        "difference(q=\"themes\", a=\"energy\", b=\"economy\")",
        "change(q=\"strategy\", item=\"yes\", from=\"2017\", to=\"2018\")",
        "change(q=\"themes\", item=\"energy\", from=\"2017\", to=\"2018\")",
        "change(q=\"progress\", from=\"2017\", to=\"2018\")",
    ]);

    assert_eq!(said[0], "30 percentage points");
    assert_eq!(said[1], "no clear difference");
    // 99 and 23 of 210.
    assert_eq!(said[2], "36 percentage points");
    // 130 and 64 of 210.
    assert_eq!(said[3], "+31 percentage points");
    assert_eq!(said[4], "not clearly changed");
    assert_eq!(said[5], "not clearly changed");
}

#[test]
fn claims_that_the_tests_carry_print_nothing() {
    let said = said(&[
        &format!("claim({ENERGY}, a=\"flanders\", b=\"wallonia\", says=\"more\")"),
        &format!("claim({ENERGY}, a=\"wallonia\", b=\"flanders\", says=\"less\")"),
        &format!("claim({MOBILITY}, a=\"flanders\", b=\"wallonia\", says=\"same\")"),
        "claim(q=\"themes\", a=\"energy\", b=\"mobility\", says=\"same\")",
        "claim(q=\"strategy\", item=\"yes\", from=\"2017\", to=\"2018\", says=\"rose\")",
        "claim(q=\"strategy\", item=\"no\", from=\"2017\", to=\"2018\", says=\"fell\")",
        "claim(q=\"themes\", item=\"energy\", from=\"2017\", to=\"2018\", says=\"same\")",
        "claim(q=\"strategy\", item=\"yes\", says=\"majority\")",
        "claim(q=\"strategy\", item=\"yes\", says=\"first\")",
    ]);

    assert!(said.iter().all(String::is_empty), "{said:?}");
}

#[test]
fn a_claim_beyond_the_data_is_refused_with_what_refuses_it() {
    for (claim, told) in [
        (
            format!("claim({MOBILITY}, a=\"flanders\", b=\"wallonia\", says=\"more\")"),
            "the data do not carry `more`: 45% against 42% (95% interval of the difference from −11 percentage points to +17 percentage points, p = 0.670, p = 1.000 after Holm's adjustment)",
        ),
        (
            format!("claim({ENERGY}, a=\"flanders\", b=\"wallonia\", says=\"same\")"),
            "the data do not carry `same`: 60% against 30% (95% interval of the difference from +17 percentage points to +43 percentage points, p < 0.001, p < 0.001 after Holm's adjustment)",
        ),
        (
            format!("claim({ENERGY}, a=\"brussels\", b=\"wallonia\", says=\"more\")"),
            "(not tested: bases of 10 and 100, under 30)",
        ),
        (
            format!("claim({ENERGY}, a=\"brussels\", b=\"wallonia\", says=\"same\")"),
            "The data allow to say both numbers, without comparing them",
        ),
        (
            "claim(q=\"themes\", a=\"energy\", says=\"first\")".to_owned(),
            "that several share the first place, with no clear difference",
        ),
        (
            "claim(q=\"themes\", item=\"economy\", says=\"majority\")".to_owned(),
            "the data do not carry `majority`: 11% (95% interval from 7% to 16%)",
        ),
        (
            "claim(q=\"strategy\", item=\"yes\", by=\"region\", group=\"brussels\", says=\"majority\")"
                .to_owned(),
            "on fewer than 30 answers",
        ),
        (
            "claim(q=\"themes\", item=\"energy\", from=\"2017\", to=\"2018\", says=\"rose\")".to_owned(),
            "The data allow to say `same`: no clear change",
        ),
        (
            "claim(q=\"strategy\", item=\"yes\", from=\"2017\", to=\"2018\", says=\"same\")".to_owned(),
            "The data allow to say `rose`",
        ),
        (
            "claim(q=\"themes\", a=\"economy\", says=\"first\")".to_owned(),
            "The data allow to say who comes first",
        ),
    ] {
        let message = refused(&claim);
        assert!(message.contains(told), "{claim}\n{message}");
    }
}

#[test]
fn in_a_census_a_difference_is_a_fact() {
    let line = format!("B{{{{ versus({MOBILITY}, a=\"flanders\", b=\"wallonia\") }}}}E");
    let project = report()
        .change(
            "barometer.toml",
            "[design]\nid = \"id\"\n",
            "[design]\nid = \"id\"\npopulation-size = 210\n",
        )
        .change("content/en/themes.md", "says=\"same\") }}", "says=\"more\") }}")
        .file("data/frame.csv", "region,N\nflanders,100\nwallonia,100\nbrussels,10\n")
        .file("content/en/words.md", chapter(&[line]));
    project.built();

    assert!(project.page("words.html").contains("Bcomes ahead ofE"));
}

/// The titles that the program gives to figures of the small report, which
/// has no answers.
fn titles(blocks: &[&str]) -> Vec<String> {
    let blocks = blocks.iter().map(|block| format!("```chart\n{block}\n```"));
    let project =
        Project::small().file("content/en/words.md", chapter(&blocks.collect::<Vec<_>>()));
    project.built();
    let page = project.page("words.html");
    let titles = page.split("<p class=\"figure-title\"").skip(1).map(|rest| {
        let (_, title) = rest.split_once('>').unwrap();
        title.split_once('<').unwrap().0.to_owned()
    });
    titles.collect()
}

#[test]
fn titles_of_published_numbers_say_the_numbers_and_test_nothing() {
    let titles = titles(&[
        // Half chose "another theme": no theme comes first.
        "question = \"themes\"\nid = \"a\"",
        "question = \"themes\"\nitems = [\"mobility\", \"energy\"]\nid = \"b\"",
        "question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"\nid = \"c\"",
        "question = \"progress\"\nby = \"region\"\nid = \"d\"",
        "question = \"strategy\"\nwave = \"all\"\nid = \"e\"",
    ]);

    assert_eq!(
        titles,
        [
            "Themes: energy (44%), mobility (43%) and economy (42%)",
            "Themes: energy (44%) and mobility (43%)",
            // Four answered in Brussels: that is compared with nothing.
            "Energy: from 40% (Flanders) to 47% (Wallonia)",
            "Progress, by region",
            "Strategy (yes): from 17% (2017) to 35% (2018)",
        ]
    );
}
