//! What figures say of numbers that were copied from a publication: on which
//! of them it remarks, what was counted, how far they go.

use crate::project::{Project, copy, fixtures};

/// The page with a figure of the small report, and the project.
#[track_caller]
fn page(project: Project, block: &str) -> String {
    let text = "+++\ntitle = \"Words\"\nweight = 90\nsummary = \"S.\"\n+++\n\n";
    let project = project
        .file("content/en/words.md", format!("{text}```chart\nid = \"one\"\n{block}\n```\n"));
    project.built();
    project.page("words.html")
}

fn between<'p>(page: &'p str, open: &str, close: &str) -> &'p str {
    let (_, rest) = page.split_once(open).expect("what opens it");
    rest.split_once(close).unwrap().0
}

fn description(page: &str) -> &str {
    between(page, "id=\"about-one\">", "</p>")
}

/// The small report with more published figures.
fn published(rows: &str) -> Project {
    Project::small().change(
        "data/2018/published.csv",
        "strategy,yes,all,all,35,percent,123,report,\n",
        &format!("strategy,yes,all,all,35,percent,123,report,\n{rows}"),
    )
}

#[test]
fn a_remark_names_the_number_that_it_is_about() {
    let block = "question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"";

    let some = page(Project::small(), block);
    let all = page(
        Project::small()
            .change(
                "data/2018/published.csv",
                "44,percent,,report,",
                "44,percent,,report,Read off.",
            )
            .change(
                "data/2018/published.csv",
                "40,percent,,report,",
                "40,percent,,report,Read off.",
            )
            .change(
                "data/2018/published.csv",
                "47,percent,,report,",
                "47,percent,,report,Read off.",
            )
            .change("data/2018/published.csv", "Four municipalities answered.", "Read off."),
        block,
    );

    assert!(some.contains("<dd>Brussels: four municipalities answered.</dd>"), "{some}");
    assert!(all.contains("<dd>Read off.</dd>"), "{all}");
}

#[test]
fn a_remark_on_whole_groups_names_no_lines() {
    let project = published(
        "themes,mobility,region,brussels,50,percent,,report,Four municipalities answered.\n\
         themes,mobility,region,flanders,41,percent,,report,\n",
    );

    let page =
        page(project, "question = \"themes\"\nitems = [\"energy\", \"mobility\"]\nby = \"region\"");

    assert!(page.contains("<dd>Brussels: four municipalities answered.</dd>"), "{page}");
    assert!(description(&page).contains("Not published: Mobility (Wallonia)."), "{page}");
}

#[test]
fn a_remark_is_told_in_the_language_of_the_page() {
    let project = Project::small();
    copy(&fixtures().join("mistakes/warning-translation-lacking"), project.path());
    let path = "data/2018/published.csv";
    let bilingual = std::fs::read_to_string(project.path().join(path)).unwrap();
    let bilingual = bilingual.replace('\n', ",\n").replace("note,\n", "note::en,note::fr\n");
    let bilingual = bilingual.replace("answered.,", "answered.,Quatre communes ont répondu.");
    let project = project.file(path, bilingual);
    project.built();

    let french = project.page("fr/question-themes.html");

    assert!(french.contains("Brussels\u{202f}: quatre communes ont répondu.</dd>"), "{french}");
}

/// Two remarks may differ in another language alone.
#[test]
fn a_remark_names_all_numbers_that_it_reads_alike_on() {
    let project = Project::small();
    copy(&fixtures().join("mistakes/warning-translation-lacking"), project.path());
    let path = "data/2018/published.csv";
    let bilingual = std::fs::read_to_string(project.path().join(path)).unwrap();
    let bilingual = bilingual.replace('\n', ",\n").replace("note,\n", "note::en,note::fr\n");
    let bilingual = bilingual
        .replace("Four municipalities answered.,", "Read off.,Lu sur le graphique.")
        .replace("40,percent,,report,,", "40,percent,,report,Read off.,Lu.");
    let project = project.file(path, bilingual);

    let page = page(project, "question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"");

    assert!(page.contains("<dd>Flanders and Brussels: read off.</dd>"), "{page}");
}

#[test]
fn what_few_answered_is_no_end_of_a_range() {
    let progress = published("progress,,region,wallonia,3.72,score,,report,\n");

    let page = page(progress, "question = \"progress\"\nby = \"region\"");

    let title = between(&page, "<p class=\"figure-title\"", "</p>");
    assert!(title.ends_with("Progress: from 3.53 (Flanders) to 3.72 (Wallonia)"), "{title}");
    // Its number is told all the same.
    assert!(description(&page).contains("Brussels (4)"), "{page}");
}

#[test]
fn all_that_share_an_end_are_named() {
    let counts = published("").change(
        "data/2018/published.csv",
        "sample_size,,region,brussels,4,",
        "sample_size,,region,brussels,58,",
    );

    let page = page(counts, "question = \"sample_size\"\nby = \"region\"");

    let title = between(&page, "<p class=\"figure-title\"", "</p>");
    assert!(
        title.ends_with("Respondents: from 58 (Flanders and Brussels) to 61 (Wallonia)"),
        "{title}"
    );
}

/// A sum of the groups is none of them, and would flatten their bars.
#[test]
fn a_sum_is_no_line_to_compare_with() {
    let counts =
        page(Project::small(), "question = \"sample_size\"\nby = \"region\"\nkind = \"bars\"");
    let shares = page(
        Project::small(),
        "question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"\nkind = \"bars\"",
    );

    let line = "<path class=\"reference\"";
    assert!(!counts.contains(line) && shares.contains(line));
    // It is told, and stands in the table.
    assert!(description(&counts).contains("All: 123."), "{counts}");
}

#[test]
fn a_count_is_named_as_a_measure_and_a_question_as_asked() {
    let count = page(Project::small(), "question = \"sample_size\"\nkind = \"number\"");
    let asked = page(Project::small(), "question = \"progress\"\nkind = \"number\"");

    assert!(count.contains("<dt>Measure</dt>"), "{count}");
    assert!(asked.contains("<dt>Question</dt>"), "{asked}");
}

#[test]
fn both_ends_of_a_base_are_printed_as_numbers() {
    let published = Project::small()
        .change(
            "data/2018/published.csv",
            "themes,energy,region,flanders,40,percent,,",
            "themes,energy,region,flanders,40,percent,1234,",
        )
        .change(
            "data/2018/published.csv",
            "themes,energy,region,wallonia,47,percent,,",
            "themes,energy,region,wallonia,47,percent,2345,",
        );

    let page = page(published, "question = \"themes\"\nitems = [\"energy\"]\nby = \"region\"");

    assert!(page.contains("1,234 to 2,345\u{a0}"), "{page}");
}

#[test]
fn groups_are_sorted_where_that_is_asked_for() {
    let order = |page: &str| {
        let rows = between(page, "<tbody>", "</tbody>").split("<th scope=\"row\">").skip(1);
        rows.map(|row| row.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let block = "question = \"sample_size\"\nby = \"region\"";

    let plain = page(Project::small(), block);
    let sorted = page(Project::small(), &format!("{block}\nsort = \"value\""));

    assert_eq!(order(&plain)[..3], ["Flanders", "Brussels", "Wallonia"]);
    assert_eq!(order(&sorted)[..3], ["Wallonia", "Flanders", "Brussels"]);
}

#[test]
fn a_rank_says_that_it_is_one() {
    let ranks =
        published("order,energy,all,all,1,rank,,report,\norder,mobility,all,all,2,rank,,report,\n")
            .change(
                "data/codebook/survey.csv",
                "select_one yes_no,strategy",
                "rank themes,order,In which order?,Order,,themes,\nselect_one yes_no,strategy",
            );

    let page = page(ranks, "question = \"order\"");

    assert!(description(&page).contains("Energy (rank 1)"), "{page}");
}

#[test]
fn published_numbers_that_count_something_else_say_what() {
    let codebook = fixtures().join("small/data/codebook/survey.csv");
    let codebook = std::fs::read_to_string(codebook).unwrap();
    let with_unit = |line: &str| match line.split(',').nth(1) {
        Some("name") => format!("{line},unit\n"),
        Some("strategy") => format!("{line},projects\n"),
        _ => format!("{line},\n"),
    };
    let codebook: String = codebook.lines().map(with_unit).collect();
    let project = Project::small().file("data/codebook/survey.csv", codebook);

    let page = page(project, "question = \"strategy\"\nitems = [\"yes\"]");

    assert!(page.contains("Share of projects, 2018"), "{page}");
    assert!(page.contains("<dd>123\u{a0}projects.</dd>"), "{page}");
    assert!(!page.contains("Share of municipalities"), "{page}");
}
