//! Every kind of chart over answers, as the program chooses and words them:
//! shares, scales, scores and rankings, by groups and over waves, with small
//! bases, hidden cells and a question that changed.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::project::{Project, fixtures, root, run_in};

/// Builds the report once for all tests of this file.
fn built() -> PathBuf {
    static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
        let output = root().join("target/kinds");
        let run = run_in(&fixtures().join("kinds"), &["build", "--out", &output.to_string_lossy()]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        output
    });
    BUILT.clone()
}

/// What stands between two texts, for each time that the first is there.
fn between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    text.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(in_, _)| in_).collect()
}

/// A text without its tags and with its line ends as blanks.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (at, part) in html.split('<').enumerate() {
        let words = if at == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) };
        text.push_str(words);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn figures_say_what_they_show_in_three_languages() {
    let output = built();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures().join("../snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    for (language, page) in [("fr", "index.html"), ("nl", "nl/index.html"), ("en", "en/index.html")]
    {
        let page = fs::read_to_string(output.join(page)).unwrap();
        let mut told = String::new();
        for figure in between(&page, "<figure class=\"figure ", "</figure>") {
            let kind = between(figure, "figure-", "\"")[0];
            let id = between(figure, "id=\"fig-", "\"")[0];
            writeln!(told, "{id} ({kind})").unwrap();
            for title in between(figure, "<p class=\"figure-title\"", "</p>") {
                writeln!(told, "  # {}", plain(&format!("<{title}"))).unwrap();
            }
            for words in between(figure, "<p class=\"figure-description\"", "</p>") {
                writeln!(told, "  {}", plain(&format!("<{words}"))).unwrap();
            }
            let facts = between(figure, "<dl class=\"figure-facts\">", "</div>");
            writeln!(told, "  ? {}", plain(facts[0])).unwrap();
            for steps in between(figure, "figure-steps\">", "</details>\n</details>") {
                for part in steps.split("<details>") {
                    writeln!(told, "  + {}", plain(&part.replace("<li>", " · "))).unwrap();
                }
            }
        }
        settings.bind(|| insta::assert_snapshot!(format!("kinds-{language}"), told));
    }
}

#[test]
fn numbers_printed_in_a_drawing_stand_in_its_table() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let mut judged = 0;
    for figure in between(&page, "<figure class=\"figure ", "</figure>") {
        let kind = between(figure, "figure-", "\"")[0];
        if !["dumbbell", "diverging", "slope", "bars"].contains(&kind) {
            continue;
        }
        let tables = between(figure, "<table", "</table>");
        let table: String = tables.into_iter().map(plain).collect();
        for text in between(figure, "class=\"value\"", "</text>") {
            // Long words are cut where a phone has no room.
            let number = plain(&format!("<{text}"));
            let number = number.trim_end_matches('…');
            assert!(table.contains(number), "{kind}: no `{number}` in {table}");
            judged += 1;
        }
    }
    assert!(100 < judged, "{judged}");
}

#[test]
fn an_interval_that_leaves_the_scale_ends_in_an_arrow_and_is_told_whole() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    // Of the lines of a whisker only an arrow is slanted.
    let arrows = |figure: &str| {
        let whiskers = between(figure, "<path class=\"interval\" d=\"", "\"");
        whiskers.iter().filter(|line| line.contains('l')).count()
    };

    for figure in between(&page, "<figure class=\"figure ", "</figure>") {
        let said = figure.contains("An arrow at its end:");
        assert_eq!(0 < arrows(figure), said, "{figure}");
    }

    // Twelve answers in Brussels, beside fifty in Flanders.
    let figure = between(&page, "id=\"fig-histograms\"", "</figure>")[0];
    assert_eq!(arrows(figure), 2, "one in each drawing");
    assert_eq!(figure.matches("<title>5, Brussels: 42% (15% to 72%)").count(), 2);
    assert!(figure.contains("running beyond the scale: 5 (Brussels, 15% to 72%)."));
    assert!(figure.contains("42% <small>15% to 72%</small>"));
}

#[test]
fn the_steps_of_a_long_figure_hold_the_cells_of_its_table() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let (mut judged, mut tables) = (0, 0);
    for folded in page.split("<details class=\"figure-more figure-steps\">").skip(1) {
        let (steps, rest) = folded.split_once("</details>\n</details>").unwrap();
        if !steps.contains("group by group") {
            continue;
        }
        let body = between(rest, "<tbody>", "</tbody>")[0];
        let rows: Vec<(String, Vec<String>)> = between(body, "<tr>", "</tr>")
            .into_iter()
            .map(|row| {
                let label = plain(between(row, "<th scope=\"row\">", "</th>")[0]);
                let cell = |cell: &&str| plain(cell.split("<small>").next().unwrap());
                (label, between(row, "<td>", "</td>").iter().map(cell).collect())
            })
            .collect();
        for (at, part) in steps.split("<details>").skip(1).enumerate() {
            let values: Vec<_> = between(part, "<li>", "</li>").into_iter().map(plain).collect();
            let known: Vec<_> = rows.iter().filter(|(_, cells)| cells[at] != "–").collect();
            assert_eq!(values.len(), known.len());
            for ((label, cells), value) in known.into_iter().zip(values) {
                assert!(value.starts_with(&format!("{label}: {}", cells[at])), "{value}");
                judged += 1;
            }
        }
        tables += 1;
    }
    assert!(3 < tables && 80 < judged, "{tables} {judged}");
    // A table that stands open is read by itself.
    let heat = between(&page, "<figure class=\"figure figure-heat\"", "</figure>")[0];
    assert!(!heat.contains("figure-steps"));
}

#[test]
fn tabs_hold_a_panel_for_everybody_and_one_a_breakdown() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let figure = between(&page, "id=\"fig-tabs\"", "</figure>")[0];

    assert_eq!(figure.matches("<input type=\"radio\" name=\"tab-tabs\"").count(), 4);
    assert_eq!(figure.matches(" checked>").count(), 1);
    assert_eq!(figure.matches("<div class=\"tab-panel\">").count(), 4);
    // One heat table stands for eleven provinces; the others are drawn.
    assert_eq!(figure.matches("<svg class=\"chart chart-wide\"").count(), 3);
    let labels: Vec<_> = between(figure, "<label for=", "</label>");
    let labels: Vec<_> = labels.iter().map(|label| plain(&format!("<{label}"))).collect();
    assert_eq!(labels, ["All", "Region", "Province", "Type of municipality"]);
}

#[test]
fn a_file_of_tabs_holds_every_row_once() {
    let rows = fs::read_to_string(built().join("en/data/figures/tabs.csv")).unwrap();
    let mut lines: Vec<&str> = rows.lines().collect();
    let (all, header) = (lines.len(), lines[0]);
    lines.sort_unstable();
    lines.dedup();

    assert_eq!(lines.len(), all);
    assert!(header.starts_with("question,"));
    // Seven answers of everybody, three regions, eleven provinces, two kinds.
    assert_eq!(all - 1, 7 * (1 + 3 + 11 + 2));
}

/// The numbers of a table, line by line.
fn numbers(figure: &str) -> Vec<Vec<u32>> {
    let table = between(figure, "<tbody>", "</tbody>")[0];
    let line = |line: &str| {
        let cells = between(line, "<td>", "</td>").into_iter();
        let texts = cells.map(|cell| cell.split(" <small>").next().unwrap_or_default());
        texts.filter_map(|text| text.strip_suffix('%')?.parse().ok()).collect()
    };
    between(table, "<tr>", "</tr>").into_iter().map(line).collect()
}

#[test]
fn parts_of_a_whole_add_up_to_a_hundred_as_printed() {
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let figure = |id: &str| between(&page, &format!("id=\"fig-{id}\""), "</figure>")[0];
    let rounded = "are rounded so that they add up to 100";
    // Alone 24.4 would be 24, and the sum 99.
    let alone: Vec<u32> = numbers(figure("single")).into_iter().map(|line| line[0]).collect();
    assert_eq!(alone, [55, 25, 20]);
    assert!(figure("single").contains(rounded));
    assert!(!figure("bars").contains(rounded));

    for (id, parts, bars) in [("stacked", 3, 3), ("likert", 5, 1), ("likert-groups", 5, 4)] {
        let lines = numbers(figure(id));
        for bar in 0..bars {
            let sum: u32 = lines[..parts].iter().map(|line| line[bar]).sum();
            assert_eq!(sum, 100, "{id}: {lines:?}");
        }
        assert!(figure(id).contains(rounded), "{id}");
    }
    for line in numbers(figure("battery")) {
        assert_eq!(line.iter().sum::<u32>(), 100, "{line:?}");
    }
    // The drawing, the description and the file say what the table says.
    let stacked = figure("stacked");
    assert_eq!(numbers(stacked), [[54, 57, 55], [29, 20, 25], [17, 23, 20]]);
    assert_eq!(between(stacked, "class=\"value\"", "</text>").len(), 14);
    let file = fs::read_to_string(built().join("en/data/figures/stacked.csv")).unwrap();
    assert!(file.contains(",54%,") && stacked.contains("Being drafted (54%)"), "{file}");
}

#[test]
fn a_sentence_gives_the_number_of_the_figure() {
    let sentence = "{{ share(q=\"plan\", item=\"adopted\") }} or \
                    {{ share(q=\"plan\", item=\"adopted\", digits=1) }} in all.";
    let block = "```chart\nid = \"one\"\nquestion = \"plan\"\nkind = \"dots\"\n```";
    let text = format!("+++\ntitle = \"T\"\n+++\n\n{sentence}\n\n{block}\n");
    let mut project = Project::copy_of(&fixtures().join("kinds"));
    for language in ["fr", "nl", "en"] {
        project = project.file(&format!("content/{language}/index.md"), &text);
    }
    project.built();
    let page = project.page("en/index.html");

    assert!(plain(between(&page, "<p>", "</p>")[0]).starts_with("25% or 24.4% in all."), "{page}");
    let figure = between(&page, "id=\"fig-one\"", "</figure>")[0];
    assert!(figure.contains("Adopted (25%)"), "{figure}");
}

#[test]
fn a_drawing_of_some_lines_says_how_many_the_table_has_beside_them() {
    for (language, page, more) in [
        ("fr", "index.html", "et 4 autres dans le tableau"),
        ("nl", "nl/index.html", "en 4 andere in de tabel"),
        ("en", "en/index.html", "and 4 more in the table"),
    ] {
        let page = fs::read_to_string(built().join(page)).unwrap();
        for id in ["bars-limit", "bars-limit-highlight"] {
            let figure = between(&page, &format!("id=\"fig-{id}\""), "</figure>")[0];
            let said = between(figure, "<p class=\"figure-left-out\">", "</p>");
            assert_eq!(said, [more], "{language}, {id}");
            let wide = between(figure, "<svg class=\"chart chart-wide\"", "</svg>")[0];
            assert_eq!(between(wide, "class=\"value\"", "</text>").len(), 3, "{language}, {id}");
            assert_eq!(between(figure, "<tbody>", "</tbody>")[0].matches("<tr>").count(), 7);
        }
        let bars = between(&page, "id=\"fig-bars\"", "</figure>")[0];
        assert!(!bars.contains("figure-left-out"));
    }
    let page = fs::read_to_string(built().join("en/index.html")).unwrap();
    let set_off = between(&page, "id=\"fig-bars-limit-highlight\"", "</figure>")[0];
    assert!(between(set_off, "<svg", "</svg>")[0].contains("Open data"));
}

#[test]
fn a_low_base_has_words_of_its_own_where_a_comparison_was_asked_for() {
    for (page, versus, difference, change) in [
        (
            "index.html",
            "Bruxelles ne se laisse pas comparer, faute de réponses en nombre suffisant, avec la \
             Wallonie.",
            "les réponses étant trop peu nombreuses",
            "les réponses étant trop peu nombreuses",
        ),
        (
            "nl/index.html",
            "Brussel is door te weinig antwoorden niet te vergelijken met Wallonië.",
            "Tussen beide: niet te vergelijken door te weinig antwoorden.",
            "Sinds 2017: niet te vergelijken door te weinig antwoorden.",
        ),
        (
            "en/index.html",
            "Brussels cannot, with so few answers, be compared with Wallonia.",
            "Between the two: too few answers to compare.",
            "Since 2017: too few answers to compare.",
        ),
    ] {
        let page = fs::read_to_string(built().join(page)).unwrap();
        let section = page.rsplit("id=\"low-base\"").next().unwrap();
        let said = plain(&format!("<{}", between(section, "<p", "</p>")[0]));
        for words in [versus, difference, change] {
            assert!(said.contains(words), "no `{words}` in `{said}`");
        }
    }
}

#[test]
fn means_of_points_say_what_a_place_gives_and_who_are_few() {
    let page = fs::read_to_string(built().join("en/question-order.html")).unwrap();

    let figure = between(&page, "id=\"fig-question-order-2018-region\"", "</figure>")[0];

    let subtitle = between(figure, "<p class=\"figure-subtitle\">", "</p>")[0];
    assert!(subtitle.starts_with("Mean points (first place: 3, not ranked: 0)"), "{subtitle}");
    assert!(figure.contains("Low base, not compared: Brussels."), "{figure}");
}

#[test]
fn a_dumbbell_of_groups_says_which_is_taken_from_which_and_a_low_base_once() {
    let of = |page: &str| between(page, "id=\"fig-two-groups\"", "</figure>")[0].to_owned();
    let figure = of(&fs::read_to_string(built().join("en/index.html")).unwrap());

    assert!(figure.contains("<th scope=\"col\">Rural minus urban (points)</th>"), "{figure}");
    // On a phone under each label.
    assert!(figure.contains(">Rural minus urban (points) −11</text>"), "{figure}");
    let energy = figure.find(">Energy</text>").unwrap();
    assert!(energy < figure.find(">Economy</text>").unwrap(), "11 points before 2");

    // Of 58 urban ones nothing can be said any more.
    let project = Project::copy_of(&fixtures().join("kinds")).change(
        "barometer.toml",
        "[waves.2017]\n",
        "[statistics]\ncaution-below = 60\n\n[waves.2017]\n",
    );
    project.built();
    let figure = of(&project.page("en/index.html"));
    assert!(!figure.contains("minus urban") && !figure.contains(">low base<"), "{figure}");
    assert!(figure.contains("Low base, not compared: Urban."), "{figure}");
}

#[test]
fn of_many_lines_the_first_fifteen_are_drawn() {
    let mut choices = "themes,energy,Energy,\n".to_owned();
    let mut figures = "themes,energy,all,all,44,percent,,report,\n".to_owned();
    for at in 1..=20 {
        writeln!(choices, "themes,t{at},Theme {at},").unwrap();
        writeln!(figures, "themes,t{at},all,all,{at},percent,,report,").unwrap();
    }
    let project = Project::small()
        .change("data/codebook/choices.csv", "themes,energy,Energy,\n", &choices)
        .change("data/2018/published.csv", "themes,energy,all,all,44,percent,,report,\n", &figures);
    project.built();
    let page = project.page("themes.html");

    let figure = between(&page, "id=\"fig-themes\"", "</figure>")[0];
    let wide = between(figure, "<svg class=\"chart chart-wide\"", "</svg>")[0];
    assert_eq!(between(wide, "class=\"value\"", "</text>").len(), 15);
    assert!(figure.contains("<p class=\"figure-left-out\">and 9 more in the table</p>"));
    assert_eq!(between(figure, "<tbody>", "</tbody>")[0].matches("<tr>").count(), 24);
}

#[test]
fn bars_of_groups_keep_to_the_limit_as_all_lines_do() {
    let block = "```chart\nid = \"one\"\nquestion = \"strategy\"\nby = \"region\"\n\
                 kind = \"stacked\"\nlimit = 1\nhighlight = [\"wallonia\"]\n```\n";
    let chapter = format!("+++\ntitle = \"Words\"\nweight = 90\nsummary = \"S.\"\n+++\n\n{block}");
    let project = crate::answers::report().file("content/en/words.md", chapter);
    project.built();
    let page = project.page("words.html");

    let figure = between(&page, "id=\"fig-one\"", "</figure>")[0];
    for drawing in drawn(figure) {
        assert!(drawing.contains("Flanders") && drawing.contains("Wallonia"), "{drawing}");
        assert!(!drawing.contains("Brussels"), "{drawing}");
    }
    assert!(figure.contains("<p class=\"figure-left-out\">and 1 more in the table</p>"));
    assert!(between(figure, "<thead>", "</thead>")[0].contains("Brussels"));
    let home = project.page("index.html");
    let glimpse = between(&home, "href=\"words.html#fig-one\"", "</svg>")[0];
    assert!(glimpse.contains("Wallonia") && !glimpse.contains("Brussels"), "{glimpse}");
}

/// The texts of each drawing of a figure, lines of one text joined.
fn drawn(figure: &str) -> Vec<String> {
    let texts = |svg: &str| {
        let texts = between(svg, "<text", "</text>");
        texts.into_iter().map(|text| plain(&format!("<{text}"))).collect::<Vec<_>>().join(" ")
    };
    between(figure, "<svg class=\"chart", "</svg>").into_iter().map(texts).collect()
}

#[test]
fn an_answer_that_is_not_clearly_behind_the_first_is_marked() {
    for (page, words) in [
        ("index.html", "pas nettement derrière"),
        ("nl/index.html", "niet duidelijk achter"),
        ("en/index.html", "not clearly behind"),
    ] {
        let page = fs::read_to_string(built().join(page)).unwrap();
        let figure = |id: &str| between(&page, &format!("id=\"fig-{id}\""), "</figure>")[0];
        let bars = figure("bars");
        let marked = between(bars, "<tr>", "</tr>").into_iter().filter(|row| row.contains(words));
        let marked: Vec<_> =
            marked.map(|row| between(row, "<th scope=\"row\">", "</th>")[0]).collect();
        assert_eq!(marked.len(), 1, "{marked:?}");
        assert!(marked[0].to_lowercase().contains("mobilit"), "{marked:?}");
        let drawings = drawn(bars);
        assert_eq!(drawings.len(), 2);
        assert!(drawings.iter().all(|texts| texts.matches(words).count() == 1), "{drawings:?}");
        // Here the first is clearly ahead.
        for id in ["single", "ranking"] {
            assert!(!figure(id).contains(words), "{id}");
        }
    }
}

#[test]
fn answers_that_are_as_large_as_the_first_are_marked_otherwise() {
    let project = Project::small()
        .change("data/2018/published.csv", "mobility,all,all,43", "mobility,all,all,44")
        .change("data/2018/published.csv", "other,all,all,50", "other,all,all,5")
        .change("content/en/themes.md", "says=\"more\") }}", "says=\"same\") }}");
    project.built();
    let page = project.page("themes.html");
    judge_ties(&page);
    let dots = project.change(
        "content/en/themes.md",
        "question = \"themes\"\n",
        "question = \"themes\"\nkind = \"dots\"\n",
    );
    dots.built();
    judge_ties(&dots.page("themes.html"));
}

/// Two answers are tied for first: in the table, the drawings and in words.
fn judge_ties(page: &str) {
    let figure = between(page, "id=\"fig-themes\"", "</figure>")[0];
    assert_eq!(figure.matches("<td>44% <small>tied</small></td>").count(), 2, "{figure}");
    let drawings = drawn(figure);
    let (wide, narrow) = (&drawings[0], &drawings[1]);
    assert_eq!(drawings.len(), 2);
    // One bracket over both, or a word under each label.
    assert_eq!((wide.matches("tied").count(), narrow.matches("tied").count()), (1, 2));
    assert!(!figure.contains("not clearly behind"));
    let said = between(figure, "<p class=\"figure-description\"", "</p>")[0];
    assert!(said.contains("Energy and Mobility (44%)"), "{said}");
}

#[test]
fn a_limit_goes_no_further_than_what_it_measures() {
    let output = built();

    let csv = fs::read_to_string(output.join("data/figures/likert-groups.csv")).unwrap();
    let page = fs::read_to_string(output.join("index.html")).unwrap();
    let figure = between(&page, "id=\"fig-likert-groups\"", "</figure>")[0];

    // The file has it as it was computed.
    assert!(csv.contains(",net,region,brussels,Bruxelles,2018,collected,0.727"), "{csv}");
    assert!(csv.contains(",1.0276"), "{csv}");
    assert!(
        figure.contains("à +100\u{202f}points") || figure.contains("à +100 points"),
        "{figure}"
    );
    assert!(!figure.contains("+103"), "{figure}");
}
