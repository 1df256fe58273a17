//! What a figure of computed numbers shows of their uncertainty.

use crate::answers::report;
use crate::project::Project;

fn with(block: &str) -> Project {
    report().file(
        "content/en/words.md",
        format!(
            "+++\ntitle = \"Words\"\nweight = 90\nsummary = \"S.\"\n+++\n\n\
             ```chart\nid = \"one\"\n{block}\n```\n"
        ),
    )
}

#[track_caller]
fn page(block: &str) -> String {
    let project = with(block);
    project.built();
    project.page("words.html")
}

fn row<'p>(page: &'p str, label: &str) -> &'p str {
    let start = page.find(&format!("<th scope=\"row\">{label}</th>")).expect("a row of the table");
    page[start..].split("</tr>").next().unwrap()
}

fn description(page: &str) -> &str {
    let text = page.split("id=\"about-one\">").nth(1).unwrap();
    text.split("</p>").next().unwrap()
}

#[test]
fn limits_and_bases_are_cells_of_the_table() {
    let page = page("question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"");

    assert!(
        page.contains("<th scope=\"col\">95% confidence interval</th><th scope=\"col\">Base</th>")
    );
    assert_eq!(
        row(&page, "Flanders"),
        "<th scope=\"row\">Flanders</th><td>60%</td><td>50% to 70%</td><td>100</td>"
    );
    assert!(row(&page, "Brussels").contains("<td>90% <small>low base</small></td>"));
    assert!(page.contains("The line around a value is its 95% confidence interval"));
}

#[test]
fn in_a_grid_limits_stand_in_the_cell_and_bases_in_the_heading() {
    let page = page("question = \"themes\"\nby = \"region\"");

    assert!(page.contains("<th scope=\"col\">Flanders (n\u{a0}=\u{a0}100)</th>"));
    assert!(row(&page, "Energy").contains("<td>60% <small>50% to 70%</small></td>"));
}

#[test]
fn the_file_of_a_figure_has_limits_base_and_flag() {
    let project = with("question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"");
    project.built();

    let csv = project.page("data/figures/one.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 4);
    let flags: Vec<&str> = rows.iter().map(|row| &row[at("flag")]).collect();
    assert_eq!(flags, ["ok", "low_n", "ok", "ok"]);
    assert!(rows.iter().all(|row| !row[at("ci_low")].is_empty() && !row[at("n")].is_empty()));
}

#[test]
fn a_hidden_cell_is_a_dash_with_its_reason() {
    let project = with("question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"").change(
        "barometer.toml",
        "[design]\n",
        "[statistics]\nhide-below = 12\n\n[design]\n",
    );
    project.built();

    let page = project.page("words.html");
    assert_eq!(
        row(&page, "Brussels"),
        "<th scope=\"row\">Brussels</th><td>– <small>withheld</small></td><td>–</td><td>–</td>"
    );
    assert!(
        page.contains(
            "withheld: fewer than 12 answers, or a figure that would give another one away"
        )
    );
    let csv = project.page("data/figures/one.csv");
    assert!(csv.lines().any(|line| line.contains("brussels") && line.contains(",,,,hidden,–,")));
}

#[test]
fn a_figure_of_which_everything_is_hidden_says_so() {
    let hidden = |block: &str| {
        // The other chapters bind numbers, which nobody could bind.
        let silent = "+++\ntitle = \"Words\"\n+++\n\nNothing else.\n";
        let project = with(block)
            .file("content/en/index.md", silent)
            .file("content/en/themes.md", silent)
            .file("content/en/progress.md", silent)
            .change(
                "barometer.toml",
                "[design]\n",
                "[statistics]\nhide-below = 1000\n\n[design]\n",
            );
        project.built();
        project.page("words.html")
    };
    for block in [
        "question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"",
        "question = \"themes\"\nby = \"region\"",
        "question = \"themes\"",
    ] {
        let page = hidden(block);

        assert_eq!(description(&page), "No value is published.", "{block}");
        assert!(!page.contains("does not give the base"), "{block}");
    }
}

#[test]
fn what_stands_beside_hidden_numbers_is_hidden_with_them() {
    let fixture = Project::copy_of(&crate::project::fixtures().join("kinds"));
    let text =
        |block: &str| format!("+++\ntitle = \"T\"\n+++\n\n```chart\nid = \"one\"\n{block}\n```\n");
    let battery = text("question = \"views\"");
    let project = fixture
        .file("content/fr/index.md", &battery)
        .file("content/nl/index.md", &battery)
        .file("content/en/index.md", &battery)
        .change(
            "barometer.toml",
            "[waves.2018]\n",
            "[waves.2018]\n\n[statistics]\nhide-below = 1000\n",
        );
    project.built();
    assert_eq!(description(&project.page("en/index.html")), "No value is published.");

    let unsure = crate::answers::csv(&crate::answers::NOW).replacen(",no\n", ",unsure\n", 21);
    let project = report()
        .change(
            "data/codebook/choices.csv",
            "yes_no,yes,Yes,\n",
            "yes_no,unsure,Not sure,dont_know\nyes_no,yes,Yes,\n",
        )
        .file("data/2018/responses.csv", unsure)
        .file("content/en/index.md", "+++\ntitle = \"Words\"\n+++\n\nNothing else.\n")
        .file("content/en/themes.md", "+++\ntitle = \"Words\"\n+++\n\nNothing else.\n")
        .file("content/en/progress.md", text("question = \"strategy\""))
        .change("barometer.toml", "[design]\n", "[statistics]\nhide-below = 1000\n\n[design]\n");
    project.built();
    assert_eq!(description(&project.page("progress.html")), "No value is published.");
}

#[test]
fn a_description_names_the_groups_that_differ() {
    let page = page("question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"");

    let said = description(&page);
    assert!(
        said.contains(
            "Named more often in the group ‘Flanders’ than in the group ‘Wallonia’: \
             30 percentage points apart."
        ),
        "{said}"
    );
    // Brussels has a low base: it is named, and nothing is made of it.
    assert!(!said.contains("‘Brussels’"), "{said}");
    assert!(said.ends_with(" Low base, not compared: Brussels."), "{said}");
}

#[test]
fn a_description_names_the_groups_that_do_not_differ() {
    let page = page("question = \"themes\"\nitems = [\"mobility\"]\nby = \"region\"");

    let said = description(&page);
    assert!(said.contains("No clear difference between ‘Flanders’ and ‘Wallonia’."), "{said}");
}

#[test]
fn a_description_of_lines_by_groups_tells_both() {
    let page = page("question = \"themes\"\nby = \"region\"");

    let said = description(&page);
    assert!(said.contains("Energy: more in the group ‘Flanders’ than in the group ‘Wallonia’."));
    assert!(said.contains("No clear difference between the groups for: Mobility"), "{said}");
}

#[test]
fn a_description_says_whether_the_first_is_ahead() {
    let themes = page("question = \"themes\"");
    let strategy = page("question = \"strategy\"");

    assert!(description(&themes).contains("Energy: no clear difference from Mobility."));
    assert!(description(&strategy).contains("Yes: clearly apart from the other answer."));
}

#[test]
fn a_description_says_whether_a_change_is_clear() {
    let strategy = page("question = \"strategy\"\nitems = [\"yes\"]\nwave = \"all\"");
    let energy = page("question = \"themes\"\nitems = [\"energy\"]\nwave = \"all\"");

    assert!(description(&strategy).contains(", a clear rise."), "{}", description(&strategy));
    assert!(description(&energy).contains(", no clear change."), "{}", description(&energy));
}

/// Who does not know is outside the base: no bar, and yet told.
#[test]
fn those_without_an_opinion_are_told_aside() {
    let unsure = crate::answers::csv(&crate::answers::NOW).replacen(",no\n", ",unsure\n", 21);
    let project = with("question = \"strategy\"")
        .change(
            "data/codebook/choices.csv",
            "yes_no,yes,Yes,\n",
            "yes_no,unsure,Not sure,dont_know\nyes_no,yes,Yes,\n",
        )
        .file("data/2018/responses.csv", unsure);
    project.built();
    let page = project.page("words.html");

    // 21 of 210; 59 of the others say no.
    assert!(
        description(&page).contains("Next: No (31%). Not sure: 10%."),
        "{}",
        description(&page)
    );
    assert!(row(&page, "Not sure").contains("<td>10%</td>"), "{}", row(&page, "Not sure"));
    let drawing = page.split("<svg class=\"chart chart-wide\"").nth(1).unwrap();
    let drawing = drawing.split("</svg>").next().unwrap();
    assert!(drawing.contains(">No<") && !drawing.contains("Not sure"), "{drawing}");
}

/// Whatever its number, it stands after the answers.
#[test]
fn those_without_an_opinion_come_last_where_they_were_published() {
    let project = Project::small()
        .change(
            "data/codebook/choices.csv",
            "yes_no,yes,Yes,\n",
            "yes_no,unsure,Not sure,dont_know\nyes_no,yes,Yes,\n",
        )
        .change(
            "data/2018/published.csv",
            "strategy,yes,all,all,35,percent,123,report,\n",
            "strategy,yes,all,all,15,percent,123,report,\nstrategy,unsure,all,all,60,percent,123,report,\n\
             strategy,no,all,all,25,percent,123,report,\n",
        )
        .change("content/en/progress.md", "says=\"rose\") }}rose", "says=\"fell\") }}fell")
        .file(
            "content/en/words.md",
            "+++\ntitle = \"Words\"\nweight = 90\nsummary = \"S.\"\n+++\n\n\
             ```chart\nid = \"one\"\nquestion = \"strategy\"\n```\n",
        );
    project.built();
    let page = project.page("words.html");

    let figure = page.split("id=\"fig-one\"").nth(1).unwrap();
    let place = |label: &str| figure.find(&format!("<th scope=\"row\">{label}</th>")).unwrap();
    assert!(place("No") < place("Yes") && place("Yes") < place("Not sure"));
}

/// Published numbers have no test: their description orders and no more.
#[test]
fn nothing_is_said_of_published_numbers() {
    let project = Project::small();
    project.built();

    let page = project.page("themes.html");
    assert!(!page.contains("clear difference") && !page.contains("clearly apart"));
}
