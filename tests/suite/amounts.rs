//! What is told of a number that was asked for: an amount, an age.

use std::fmt::Write as _;

use crate::project::{Project, between};

/// A report with a figure of what people of two groups earn, and its home page.
fn earned(amounts: &[(&str, f64)]) -> Project {
    let mut responses = "sex,income\n".to_owned();
    for (sex, amount) in amounts {
        writeln!(responses, "{sex},{amount}").unwrap();
    }
    let chapter = "+++\ntitle = \"Earned\"\nweight = 10\n+++\n\n\
                   ```chart\nid = \"all\"\nquestion = \"income\"\n```\n\n\
                   ```chart\nid = \"by\"\nquestion = \"income\"\nby = \"sex\"\n```\n";
    Project::empty()
        .file(
            "barometer.toml",
            "[site]\ntitle = \"Amounts\"\nlanguages = [\"en\"]\n\
             [survey]\nname = \"Amounts\"\nwaves = [\"2018\"]\nbreakdowns = [\"sex\"]\n\
             [statistics]\nhide-below = 0\ncaution-below = 3\nprotect-certain-below = 0\n",
        )
        .file(
            "data/codebook/survey.csv",
            "type,name,label,unit,breakdown\nselect_one sex,sex,Sex,,yes\n\
             decimal,income,Income?,€,\n",
        )
        .file("data/codebook/choices.csv", "list_name,name,label\nsex,f,Women\nsex,m,Men\n")
        .file("data/2018/responses.csv", responses)
        .file("content/en/index.md", "+++\ntitle = \"Home\"\n+++\n")
        .file("content/en/earned.md", chapter)
}

/// A few earn so much that the mean says little of the others.
const AMOUNTS: [(&str, f64); 8] = [
    ("f", 10.0),
    ("f", 20.5),
    ("f", 30.0),
    ("f", 40.0),
    ("m", 50.0),
    ("m", 60.0),
    ("m", 70.0),
    ("m", 1719.5),
];

#[test]
fn the_middle_half_is_told_beside_the_mean() {
    let project = earned(&AMOUNTS);

    project.built();

    let page = project.page("earned.html");
    let figure = between(&page, "id=\"fig-all\"", "</figure>");
    assert!(figure.contains("<span class=\"number-value\">250</span>"), "{figure}");
    let told = "Median: 45. Half of the answers lie between 25 and 65.";
    assert_eq!(figure.matches(told).count(), 2, "under the number and in words: {figure}");
    let table = between(figure, "<tbody>", "</tbody>");
    let rows = ["Mean", "First quartile", "Median", "Third quartile"];
    assert_eq!(table.matches("<tr>").count(), rows.len());
    for row in rows {
        assert!(table.contains(&format!("<th scope=\"row\">{row}</th>")), "{row}: {table}");
    }
    assert!(figure.contains("<th scope=\"col\">Value</th>"), "they are not all means: {figure}");
}

#[test]
fn the_home_page_says_what_a_number_measures() {
    let project = earned(&AMOUNTS);

    project.built();

    let home = project.page("index.html");
    let card = between(&home, "class=\"contents-value\">", "</li>");
    assert!(card.starts_with("250</p>\n<p class=\"contents-note\">Mean (€), 2018</p>"), "{card}");
}

#[test]
fn the_line_over_the_quarters_is_called_mean_over_waves_too() {
    let before = "sex,income\n".to_owned() + &"f,100\nm,200\n".repeat(20);
    let project = earned(&AMOUNTS)
        .change("barometer.toml", "[\"2018\"]", "[\"2017\", \"2018\"]")
        .file("data/2017/responses.csv", before);

    project.built();

    let trends = project.page("trends.html");
    let table = between(&trends, "<tbody>", "</tbody>");
    assert!(table.contains("<th scope=\"row\">Mean</th><td>150 "), "{table}");
    assert!(table.contains("<th scope=\"row\">Median</th><td>150 "), "{table}");
    assert!(!table.contains("Income"), "{table}");
}

#[test]
fn decimals_suit_the_size_of_the_mean_of_all() {
    for (factor, all, women) in [(1.0, "250", "25"), (0.01, "2.50", "0.25"), (0.1, "25.0", "2.5")] {
        let project = earned(&AMOUNTS.map(|(sex, amount)| (sex, amount * factor)));

        project.built();

        let page = project.page("earned.html");
        assert!(page.contains(&format!("<span class=\"number-value\">{all}</span>")), "{factor}");
        let table = between(between(&page, "id=\"fig-by\"", "</figure>"), "Women</th>", "</tr>");
        assert!(table.starts_with(&format!("<td>{women}<")), "groups are printed alike: {table}");
        // After the mark of a question there is no colon.
        assert!(page.contains(">Income? Women ("), "{page}");
    }
}

#[test]
fn a_mean_of_zero_tells_no_size() {
    let project = earned(&[("f", -1.5), ("f", -0.5), ("f", 0.5), ("m", 0.5), ("m", 1.0)]);

    project.built();

    let page = project.page("earned.html");
    assert!(page.contains("<span class=\"number-value\">0.00</span>"), "{page}");
}
