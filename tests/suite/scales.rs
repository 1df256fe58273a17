//! What is compared has one scale: the figures of a page that show one
//! question, and the tabs of a figure.

use crate::project::{Project, between};

/// Shares of everybody that go less far than those of a group.
fn project() -> Project {
    let strategy = "strategy,yes,all,all,35,percent,123,report,\n";
    let more = "themes,mobility,region,flanders,86,percent,,report,\n\
                themes,mobility,size,small,21.5,percent,,report,\n";
    let region =
        "select_one region,region,In which region is your municipality?,Region,,method,yes\n";
    let size = "select_one size,size,How large is your municipality?,Size,,method,yes\n";
    Project::small()
        .change("data/2018/published.csv", strategy, &format!("{strategy}{more}"))
        .change("data/codebook/survey.csv", region, &format!("{region}{size}"))
        .change(
            "data/codebook/choices.csv",
            "region,flanders,",
            "size,small,Small,,\nregion,flanders,",
        )
}

fn with_figures(blocks: &[&str]) -> String {
    let mut text = "+++\ntitle = \"Words\"\nweight = 90\nsummary = \"S.\"\n+++\n".to_owned();
    for block in blocks {
        text.push_str("\n```chart\n");
        text.push_str(block);
        text.push_str("\n```\n");
    }
    let project = project().file("content/en/words.md", text);
    project.built();
    project.page("words.html")
}

/// Lengths of the bars of each wide drawing of a page, in pixels.
fn bars(page: &str) -> Vec<Vec<f64>> {
    let drawings = page.split("<svg class=\"chart chart-wide\"").skip(1);
    let drawings = drawings.map(|rest| rest.split("</svg>").next().unwrap_or_default());
    let width = |mark: &str| between(mark, "width=\"", "\"").parse().unwrap();
    drawings.map(|svg| svg.split("<rect class=\"mark\"").skip(1).map(width).collect()).collect()
}

fn longest(bars: &[f64]) -> f64 {
    bars.iter().copied().fold(0.0, f64::max)
}

#[track_caller]
fn assert_as_long(one: f64, other: f64) {
    // What stands beside the bars is not as wide in each drawing.
    assert!((one - other).abs() < 0.03 * one, "{one} is not as long as {other}");
}

const ALL: &str = "question = \"themes\"\nitems = [\"mobility\", \"energy\"]";

#[test]
fn figures_of_one_question_on_a_page_have_one_scale() {
    let by_region = format!("{ALL}\nby = \"region\"");

    let drawn = bars(&with_figures(&[ALL, &by_region]));

    // 43 % of everybody, 86 % in Flanders.
    assert_as_long(drawn[0][1] * 2.0, longest(&drawn[1]));
}

#[test]
fn tabs_of_a_figure_have_one_scale() {
    let tabs = format!("{ALL}\nby = [\"region\", \"size\"]");

    let drawn = bars(&with_figures(&[&tabs]));

    // Everybody, regions, and 21.5 % of the small ones.
    assert_as_long(drawn[0][1] * 2.0, longest(&drawn[1]));
    assert_as_long(longest(&drawn[2]) * 2.0, drawn[0][1]);
}

#[test]
fn questions_that_nobody_compares_have_their_own_scales() {
    let alone = bars(&with_figures(&["question = \"themes\"\nitems = [\"economy\", \"energy\"]"]));
    let other = "question = \"sample_size\"\nby = \"region\"";
    let beside =
        bars(&with_figures(&["question = \"themes\"\nitems = [\"economy\", \"energy\"]", other]));

    assert_eq!(alone[0], beside[0]);
}
