//! Simulated answers: marked wherever they are shown, never in the place of a
//! published number, and gone without a trace where the report hides them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::project::{Project, archive, between, fixtures, tree};

/// The badge and what is said of the base, in the languages of the report.
const BADGES: [(&str, &str, &str); 3] = [
    ("", "Données simulées", "(réponses simulées)"),
    ("nl/", "Gesimuleerde gegevens", "(gesimuleerde antwoorden)"),
    ("en/", "Simulated data", "(simulated answers)"),
];

fn shown() -> Project {
    Project::copy_of(&fixtures().join("simulated"))
}

fn hidden() -> Project {
    shown().change("barometer.toml", "\"show\"", "\"hide\"")
}

/// The rows of the published results.
fn estimates(project: &Project) -> Vec<Value> {
    project.published()["estimates"].as_array().unwrap().clone()
}

/// What a row is about, wherever its number comes from.
fn key(row: &Value) -> String {
    let names = ["question", "item", "estimator", "group_var", "group", "wave"];
    names.map(|name| row[name].to_string()).join(" ")
}

/// The keys of the rows of one provenance.
fn keys(rows: &[Value], provenance: &str) -> BTreeSet<String> {
    rows.iter().filter(|row| row["provenance"] == provenance).map(key).collect()
}

#[test]
fn a_figure_of_simulated_answers_says_so_on_its_face_in_its_words_and_files() {
    let project = shown();

    project.built();

    for (folder, badge, base) in BADGES {
        let page = project.page(&format!("{folder}funding.html"));
        let figure = between(&page, "id=\"fig-moyens\"", "</figure>");
        assert!(figure.contains(&format!("<span class=\"badge\">{badge}</span>")), "{figure}");
        let notes = between(figure, "<dl class=\"figure-facts\">", "</dl>");
        assert!(notes.contains("Illustrati") && notes.contains(base), "{notes}");
        assert!(
            between(&page, "<header class=\"opener\">", "</header>")
                .contains("class=\"simulated-banner\" role=\"note\"")
        );
        let drawing = project.page(&format!("{folder}data/figures/moyens.svg"));
        assert!(drawing.contains(badge), "{drawing}");
        let rows = project.page(&format!("{folder}data/figures/moyens.csv"));
        assert!(rows.lines().skip(1).all(|row| row.contains(",simulated,")), "{rows}");
        let card = between(
            &project.page(&format!("{folder}other.html")),
            "og:image:alt\" content=\"",
            "\"",
        )
        .to_owned();
        assert!(card.starts_with(badge) && !card.contains('%'), "{card}");
    }
    let real = shown().change("barometer.toml", "responses = \"simulated\"", "");
    // Collected answers may stand on the home page.
    real.built();
    let drawing = |project: &Project| {
        let svg = project.page("data/figures/moyens.svg");
        ["mark", "hatch"].map(|class| svg.matches(&format!("class=\"{class}\"")).count())
    };
    assert_eq!((drawing(&project), drawing(&real)), ([3, 3], [3, 0]));
}

#[test]
fn a_simulated_number_is_marked_in_words_and_its_paragraph_says_that_it_illustrates() {
    let project = shown();

    project.built();

    let page = project.page("en/funding.html");
    let paragraph = between(&page, "<p>Own funds are named by ", "</p>");
    assert_eq!(paragraph.matches("<span class=\"simulated-mark\">(simulated)</span>").count(), 2);
    assert!(paragraph.ends_with(
        "<span class=\"simulated-note\">Simulated figures, for illustration only.</span>"
    ));
    let real = between(&page, "<p>Energy is named by ", "</p>");
    assert!(!real.contains("simulated"), "{real}");
    let verb = between(&project.page("en/other.html"), "Own money ", "</p>").to_owned();
    assert!(verb.starts_with("comes ahead of loans. <span class=\"simulated-note\">"), "{verb}");
    assert!(page.contains("(simulated)</a>"), "the outline repeats the mark of a heading");
}

#[test]
fn pages_that_the_data_write_mark_them_as_well() {
    let project = shown();

    project.built();

    let results = project.page("en/results.html");
    let line = between(&results, "href=\"question-funding.html\"", "</li>");
    assert!(line.contains("<span class=\"badge\">Simulated data</span>"), "{line}");
    let line = between(&results, "href=\"question-themes.html\"", "</li>");
    assert!(!line.contains("badge"), "{line}");
    let question = project.page("en/question-funding.html");
    assert!(question.contains("simulated-banner") && question.contains("class=\"badge\""));
    let profile = project.page("en/profile-region-wallonia.html");
    assert!(profile.contains("simulated-banner"));
    let table = between(&profile, "id=\"page-2018-simulated\"", "</table>");
    assert!(table.contains("(simulated data)</caption>") && table.contains("Funding: Own funds"));
    assert_eq!(table.matches(">Progress<").count(), 1, "a mean, without its distribution");
    let table = between(&profile, "id=\"page-2018\"", "</table>");
    assert!(table.contains("Themes: Energy") && !table.contains("Funding"), "{table}");
}

#[test]
fn what_is_said_first_of_a_report_has_none() {
    let project = shown();

    project.built();

    for folder in ["", "nl/", "en/"] {
        for page in ["index.html", "feed.xml", "site.webmanifest"] {
            let text = project.page(&format!("{folder}{page}")).to_lowercase();
            assert!(!text.contains("simul"), "{folder}{page}");
        }
        let home = project.page(&format!("{folder}index.html"));
        let data = between(&home, "application/ld+json\">", "</script>");
        assert!(data.contains("\"themes\"") && !data.contains("\"funding\""), "{data}");
        let chapter = project.page(&format!("{folder}funding.html"));
        let data = between(&chapter, "application/ld+json\">", "</script>");
        assert!(!data.to_lowercase().contains("simul") && !data.contains('%'), "{data}");
    }
}

#[test]
fn a_published_number_stands_in_the_place_of_a_simulated_one() {
    let project = shown();
    let collected = shown().change("barometer.toml", "responses = \"simulated\"", "");

    project.built();
    collected.built();

    let rows = estimates(&project);
    let (published, simulated) = (keys(&rows, "published"), keys(&rows, "simulated"));
    assert_eq!(published.intersection(&simulated).count(), 0);
    let rows = estimates(&collected);
    let computed = keys(&rows, "collected");
    let both: BTreeSet<_> = published.intersection(&computed).cloned().collect();
    assert_eq!(both.len(), 5, "{both:?}");
    assert_eq!(simulated, computed.difference(&both).cloned().collect());
    // A distribution that a program made up does not stand for a printed mean.
    let question = project.page("en/question-progress.html");
    let figure = between(&question, "id=\"fig-question-progress-2018\"", "</figure>");
    assert!(figure.contains("3.64") && !figure.contains("badge"), "{figure}");
}

#[test]
fn published_figures_stand_beside_what_simulated_answers_give_in_their_place() {
    let project = shown().file(
        "content/en/method.md",
        "+++\ntitle = \"How\"\nweight = 30\n+++\n\nThe words of the author.\n",
    );
    let project = project.file(
        "content/en/index.md",
        "+++\ntitle = \"Home\"\n+++\n\n<!-- barometer: allow B330 because it is a test -->\n\n\
         [The method](method.md#page-reconciliation-2018)\n",
    );

    project.built();

    let page = project.page("en/method.html");
    assert!(page.contains("The words of the author.") && page.contains("simulated-banner"));
    let section = between(&page, "id=\"page-reconciliation-2018\"", "</table>");
    let rows: Vec<Vec<&str>> = between(section, "<tbody>", "</tbody>")
        .split("<tr>")
        .skip(1)
        .map(|row| {
            row.split("<td class=\"column-number\">")
                .skip(1)
                .map(|cell| cell.split('<').next().unwrap())
                .collect()
        })
        .collect();
    let results = project.published();
    let superseded = results["superseded"].as_array().unwrap();
    assert_eq!((rows.len(), superseded.len()), (5, 5));
    for (cells, row) in rows.iter().zip(superseded) {
        assert_eq!(row["provenance"], "simulated");
        let number = |text: &str| -> f64 {
            text.trim_end_matches('%').replace('−', "-").replace('+', "").parse().unwrap()
        };
        let unit = if row["estimator"] == "proportion" { 100.0 } else { 1.0 };
        let computed = row["estimate"].as_f64().unwrap() * unit;
        assert!((number(cells[1]) - computed).abs() <= 0.05, "{cells:?} {computed}");
        let gap = computed - number(cells[0]);
        assert!((number(cells[2]) - gap).abs() <= 0.05, "{cells:?} {gap}");
    }
    assert!(section.contains("of 5 computed figures, rounded as in the publication"), "{section}");
    assert!(section.contains("1 other published figure cannot be computed"), "{section}");
    let hidden = project.change("barometer.toml", "\"show\"", "\"hide\"").change(
        "content/en/index.md",
        "#page-reconciliation-2018",
        "",
    );
    hidden.built();
    assert!(!hidden.page("en/method.html").contains("reconciliation"));
}

#[test]
fn a_figure_of_both_says_which_of_its_tabs_are_simulated() {
    let project = shown();

    project.built();

    let page = project.page("en/funding.html");
    let figure = between(&page, "id=\"fig-themes-tabs\"", "</figure>");
    assert!(figure.contains("<span class=\"badge\">Partly simulated data</span>"), "{figure}");
    let panels: Vec<bool> = figure
        .split("class=\"tab-panel\"")
        .skip(1)
        .map(|panel| panel.contains("<span class=\"badge\">Simulated data</span>"))
        .collect();
    assert_eq!(panels, [false, false, true]);
    // Its drawing is that of the first tab, and so is what stands under it.
    let drawing = project.page("en/data/figures/themes-tabs.svg");
    assert!(drawing.contains("The printed report") && !drawing.contains("imulated"), "{drawing}");
}

#[test]
fn nothing_changed_between_a_published_number_and_a_simulated_one() {
    let answers = fixtures().join("simulated/data/2018/responses.csv");
    let project = shown()
        .change("barometer.toml", "waves = [\"2018\"]", "waves = [\"2017\", \"2018\"]")
        .change(
            "barometer.toml",
            "[waves.2018]",
            "[waves.2017]\nresponses = \"simulated\"\n\n[waves.2018]",
        )
        .file("data/2017/responses.csv", std::fs::read(answers).unwrap());

    project.built();

    let trends = project.page("en/trends.html");
    assert!(trends.contains("id=\"fig-trends-funding\"") && !trends.contains("fig-trends-themes"));
    // Who answered is no trend.
    assert!(!trends.contains("fig-trends-region") && !trends.contains("fig-trends-size"));
    let figure = between(&trends, "id=\"fig-trends-funding\"", "</figure>");
    assert!(figure.contains("<span class=\"badge\">Simulated data</span>"), "{figure}");
    assert!(!project.page("en/question-themes.html").contains("id=\"page-waves\""));
    assert!(project.page("en/question-funding.html").contains("id=\"page-waves\""));
}

#[test]
fn a_report_that_hides_them_has_none_of_them_anywhere() {
    let (shown, hidden) = (shown(), hidden());

    shown.built();
    hidden.built();

    let all = estimates(&shown);
    let real: Vec<&Value> = all.iter().filter(|row| row["provenance"] != "simulated").collect();
    assert!(100 < all.len() && real.len() < 20, "{} rows, {} real", all.len(), real.len());
    assert_eq!(estimates(&hidden).iter().collect::<Vec<_>>(), real);
    let results = hidden.published();
    for part in ["/tests", "/meta/waves"] {
        assert_eq!(results.pointer(part), Some(&Value::Array(vec![])), "{part}");
    }
    // Numbers with so many digits that no other is written alike.
    let long = |value: &Value| value.as_f64().map(|value| value.to_string());
    let columns = ["estimate", "se", "ci_low", "ci_high", "n_eff_kish"];
    let printed = |rows: &mut dyn Iterator<Item = &Value>| -> BTreeSet<String> {
        rows.flat_map(|row| columns.map(|name| long(&row[name])))
            .flatten()
            .filter(|digits| 8 < digits.len())
            .collect()
    };
    let made_up = printed(&mut all.iter().filter(|row| row["provenance"] == "simulated"));
    assert!(100 < made_up.len(), "{}", made_up.len());
    let files = tree(&hidden.path().join("public"));
    let (_, packed) = archive(&hidden.path().join("public/data"));
    let packed = packed.iter().map(|(name, bytes)| (name.as_str(), bytes));
    let lying = files.iter().map(|(path, bytes)| (path.to_str().unwrap(), bytes));
    for (name, bytes) in lying.chain(packed) {
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if name.starts_with("assets/style") {
            continue;
        }
        let lower = text.to_lowercase();
        assert!(!lower.contains("simul"), "`simul` in {name}");
        assert!(!lower.contains("responses.csv"), "the answers in {name}");
        let digits = |c: char| !(c.is_ascii_digit() || ".-e".contains(c));
        for number in text.split(digits).filter(|number| 8 < number.len()) {
            assert!(!made_up.contains(number), "{number} in {name}");
        }
    }
    // Each figure that is left shows the numbers it showed.
    for name in files.iter().filter_map(|(path, _)| path.to_str()?.strip_suffix(".csv")) {
        let shown = shown.page(&format!("{name}.csv"));
        for row in hidden.page(&format!("{name}.csv")).lines() {
            assert!(shown.contains(row), "{name}: {row}");
        }
    }
}

#[test]
fn hidden_answers_might_as_well_not_be_there() {
    let mut with_answers = hidden();
    let mut without = shown();
    for language in ["fr", "nl", "en"] {
        for chapter in ["funding", "other"] {
            let path = format!("content/{language}/{chapter}.md");
            let text = "+++\ntitle = \"Words\"\n+++\n\nWords.\n";
            with_answers = with_answers.file(&path, text);
            without = without.file(&path, text);
        }
    }
    std::fs::remove_file(without.path().join("data/2018/responses.csv")).unwrap();

    with_answers.built();
    without.built();

    let tree = |project: &Project| tree(&project.path().join("public"));
    let (with_answers, without) = (tree(&with_answers), tree(&without));
    for (one, other) in with_answers.iter().zip(&without) {
        assert_eq!(one.0, other.0);
        let told = ["results.json", "datapackage.json", "enquete.zip", "data.html"];
        let is_told = told.iter().any(|name| one.0.ends_with(name));
        // A warning about the answers, which provenances there may be, the sums of both.
        assert!(one.1 == other.1 || is_told || one.0.ends_with(".barometer"), "{:?}", one.0);
    }
    assert_eq!(with_answers.len(), without.len());
}

#[test]
fn hidden_answers_adjust_no_test_of_real_ones() {
    let answers = std::fs::read(fixtures().join("simulated/data/2018/responses.csv")).unwrap();
    let [mut with, mut without] = [hidden(), hidden()].map(|project| {
        project
            .change("barometer.toml", "waves = [\"2018\"]", "waves = [\"2017\", \"2018\"]")
            .change("barometer.toml", "[waves.2018]", "[waves.2017]\n\n[waves.2018]")
            .file("data/2017/responses.csv", answers.clone())
    });
    for path in ["funding", "other"].iter().flat_map(|chapter| {
        ["fr", "nl", "en"].map(|language| format!("content/{language}/{chapter}.md"))
    }) {
        with = with.file(&path, "+++\ntitle = \"Words\"\n+++\n\nWords.\n");
        without = without.file(&path, "+++\ntitle = \"Words\"\n+++\n\nWords.\n");
    }
    std::fs::remove_file(without.path().join("data/2018/responses.csv")).unwrap();

    with.built();
    without.built();

    let tests = |project: &Project| -> Value { project.published()["tests"].clone() };
    let adjusted = tests(&without);
    assert!(adjusted.as_array().unwrap().iter().any(|test| test["p_holm"] != test["p_value"]));
    assert_eq!(tests(&with), adjusted);
}

#[test]
fn what_rests_on_hidden_answers_leaves_the_text_and_the_rest_stays() {
    let project = hidden();

    project.built();

    let page = project.page("en/funding.html");
    let prose = between(&page, "<div class=\"prose\">", "</article>");
    for kept in [
        "<p>Nobody has asked the municipalities yet how they fund their projects.</p>",
        "<h2 id=\"taille\">",
        "<p>Energy is named by <data",
        "<li>energy, <data",
        "<td>Energy</td>",
        "id=\"fig-themes-tabs\"",
        "<p>See <a href=\"#moyens\">the means</a> and <a href=\"#fig-moyens\">the figure</a>.</p>",
        "<span id=\"moyens\"></span>",
        "<span id=\"fig-moyens\"></span>",
    ] {
        assert!(prose.contains(kept), "`{kept}` is lost: {prose}");
    }
    for gone in [
        "The means",
        "goes with the figure",
        "large ones",
        "loans",
        "Loans",
        "blockquote",
        "The end",
    ] {
        assert!(!prose.contains(gone), "`{gone}` is left: {prose}");
    }
    assert_eq!(prose.matches("<figure").count(), 1);
    assert_eq!(prose.matches("class=\"tab-panel\"").count(), 2);
    assert!(!between(&page, "<nav class=\"outline", "</nav>").contains("means"));
    // A chapter of nothing else keeps its place and says why it is short.
    let other = project.page("en/other.html");
    assert!(other.contains("<h1 id=\"page-title\">An illustration</h1>"));
    assert!(other.contains("<p>No figure of this chapter has been published.</p>"));
    assert!(!other.contains("class=\"simulated-banner\""));
}

/// Every kind of passage, with S for a simulated number and R for a real one.
const PASSAGES: &str = r"
Kept: R.[^real]

Kept without its note.[^sim]

Gone: S.[^gone]

- kept
  - gone: S
  - kept
- gone: S
  - gone with it

1. kept

   gone: S

2. gone: S

> [!NOTE]
> Gone with what follows.
>
> Gone: S.

> Kept: R.

Gone
: Gone with what follows.

Gone
: Gone: S.

| gone: S | gone |
| --- | --- |
| gone | gone |

| kept | kept |
| --- | --- |
| gone: S | gone |
| kept: R | kept |

| gone | gone |
| --- | --- |
| gone: S | gone |

## Gone: S

Kept: R.

### Kept

Kept.

## Gone

Gone.

### Gone too

Gone: S.

## Kept to the end

Kept.

[^real]: Kept: R.
[^sim]: Gone: S.
[^gone]: Gone, since nothing leads to it.
";

#[test]
fn of_every_kind_of_passage_the_right_part_goes() {
    let simulated = "{{ share(q=\"funding\", item=\"own\") }}";
    let real = "{{ share(q=\"themes\", item=\"energy\") }}";
    let text =
        PASSAGES.replace(": S", &format!(": {simulated}")).replace(": R", &format!(": {real}"));
    let project = hidden()
        .change("barometer.toml", "[\"fr\", \"nl\", \"en\"]", "[\"en\"]")
        .file("content/en/passages.md", format!("+++\ntitle = \"Passages\"\n+++\n{text}"));

    project.built();

    let page = project.page("passages.html");
    let prose = between(&page, "<div class=\"prose\">", "</article>");
    let text = prose.split('<').filter_map(|part| part.split_once('>').map(|(_, text)| text));
    let text = text.collect::<String>().to_lowercase();
    assert!(!text.contains("gone"), "{prose}");
    let kept = |text: &str| text.to_lowercase().matches("kept").count();
    assert_eq!(kept(&text), kept(PASSAGES), "{prose}");
    let numbers = prose.matches("<data class=\"bound\" value=\"0.44\"").count();
    assert_eq!(numbers, PASSAGES.matches(": R").count());
    // Lists and tables that are empty leave no shell.
    for empty in ["<ul></ul>", "<ol></ol>", "<li></li>", "<tbody>\n</tbody>"] {
        assert!(!prose.contains(empty), "{empty} in {prose}");
    }
    assert_eq!(prose.matches("<table>").count(), 1);
    assert_eq!(prose.matches("<li id=\"note-").count(), 1);
    assert!(!prose.contains("href=\"#note-2\""), "{prose}");
}

#[test]
fn a_report_that_hides_them_is_held_to_the_same_rules() {
    let project = hidden().change(
        "content/en/other.md",
        "See also",
        "{{ share(q=\"funding\", item=\"lotteries\") }} \
         {{ claim(q=\"funding\", a=\"loans\", b=\"own\", says=\"more\") }} See also",
    );

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("`lotteries` is not an item of `funding`"), "{}", run.stderr);
    assert!(run.stderr.contains("the data do not carry `more`"), "{}", run.stderr);
    assert!(!run.stderr.contains("no data give"), "{}", run.stderr);
}

#[test]
fn a_total_that_a_publication_gives_is_not_called_unpublished() {
    let project = Project::copy_of(&fixtures().join("simulated")).change(
        "data/2018/published.csv",
        "themes,mobility,all,all,31,percent,,report,\n",
        "",
    );
    let block = "```chart\nquestion = \"themes\"\nby = \"size\"\nid = \"sizes\"\n```\n\n";
    let project = ["fr", "nl", "en"].into_iter().fold(project, |project, language| {
        let path = format!("content/{language}/other.md");
        let text = std::fs::read_to_string(project.path().join(&path)).unwrap();
        project.file(&path, format!("{text}\n{block}"))
    });

    project.built();

    let page = project.page("other.html");
    let figure = between(&page, "id=\"fig-sizes\"", "</figure>");
    assert!(figure.contains("Données simulées"), "{figure}");
    assert!(!figure.contains("non publié") && !figure.contains(">Ensemble"), "{figure}");
}

#[test]
fn who_is_in_a_group_is_no_finding_about_it() {
    let project = shown();

    project.built();

    let profile = project.page("en/profile-region-wallonia.html");
    let profile = between(&profile, "<main", "</main>");
    assert!(profile.contains("href=\"question-funding.html\""));
    assert!(!profile.contains("href=\"question-size.html\""), "{profile}");
}
