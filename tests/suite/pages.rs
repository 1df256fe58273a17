//! The pages around the chapters: summary, data, glossary, about,
//! accessibility and the page for addresses that do not exist.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::Digest as _;

use crate::project::{Project, archive, copy, fixtures, root};

/// The main part of a page, without what every release or number changes.
fn main_part(project: &Project, path: &str) -> String {
    let page = project.page(path);
    let (_, rest) = page.split_once("<main").unwrap();
    let (main, _) = rest.split_once("</main>").unwrap();
    let mut masked = String::new();
    for (at, part) in main.split("<code>").enumerate() {
        // Sums are 64 digits long.
        let is_sum = 0 < at && part.find("</code>") == Some(64);
        masked.push_str(if at == 0 { "" } else { "<code>" });
        masked.push_str(if is_sum { &part[64..] } else { part });
    }
    masked.replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

/// The small report in two languages.
fn bilingual() -> Project {
    let project = Project::small();
    copy(&fixtures().join("mistakes/warning-translation-lacking"), project.path());
    project
}

#[test]
fn each_page_holds_what_it_is_for() {
    let project = Project::small()
        .change(
            "barometer.toml",
            "license =",
            "version = \"1.1\"\ncontact = \"report@example.org\"\nlicense =",
        )
        .change(
            "barometer.toml",
            "[survey]\n",
            "[[site.corrections]]\ndate = 2018-07-03\ntext = \"A share was wrong.\"\n\n[survey]\n",
        )
        .file("data/glossary.csv", GLOSSARY);
    project.built();

    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for page in ["summary", "data", "glossary", "about", "accessibility", "404"] {
            let main = main_part(&project, &format!("{page}.html"));
            insta::assert_snapshot!(format!("page-{page}"), main);
        }
    });
}

#[test]
fn every_page_leads_to_them_and_so_do_sitemap_and_search() {
    let project = Project::small();
    project.built();

    let (page, sitemap) = (project.page("question-themes.html"), project.page("sitemap.xml"));
    let index = project.search_index("en");
    for name in ["summary", "data", "glossary", "about", "accessibility"] {
        assert!(page.contains(&format!("<a href=\"{name}.html\"")), "{name}");
        assert!(sitemap.contains(&format!("small/{name}.html</loc>")), "{name}");
        assert!(index.contains(&format!("[\"{name}.html\",")), "{name}");
    }
}

#[test]
fn the_summary_has_a_line_for_each_chapter_and_ten_at_most() {
    let mut project = Project::small();
    for number in 0..12 {
        let text = format!("+++\ntitle = \"Chapter {number:02}\"\nweight = 50\n+++\n\nText.\n");
        project = project.file(&format!("content/en/more-{number:02}.md"), text);
    }
    project.built();

    let summary = main_part(&project, "summary.html");

    let energy = "<a href=\"themes.html\">Energy comes first</a> <span class=\"lines-detail\">Energy is ahead of mobility, by a whisker.</span>";
    assert!(summary.contains(energy), "{summary}");
    assert!(summary.contains("Chapter 07") && !summary.contains("Chapter 08"), "{summary}");
    assert!(summary.contains("<a href=\"index.html#page-chapters\">4 other chapters"), "{summary}");
}

/// A chapter that rests on made-up answers finds nothing.
#[test]
fn what_is_simulated_is_not_told_in_the_summary() {
    let project = Project::copy_of(&fixtures().join("simulated"));
    project.built();

    let summary = main_part(&project, "summary.html");

    let line = summary.split("<li>").find(|line| line.contains("funding.html")).unwrap();
    assert!(line.contains("class=\"badge\"") && !line.contains("lines-detail"), "{line}");
}

/// What a chapter found stays told when it illustrates something else.
#[test]
fn a_chapter_that_illustrates_beside_its_finding_is_told_in_the_summary() {
    let project =
        ["fr", "nl", "en"].into_iter().fold(
            Project::copy_of(&fixtures().join("simulated")),
            |project, language| {
                let path = format!("content/{language}/funding.md");
                let block = "```chart\nquestion = \"themes\"\nid = \"found\"\n```\n";
                project
                    .change(&path, "weight = 10", "weight = 10\nimage_figure = \"found\"")
                    .change(&path, "\n+++\n\n", &format!("\n+++\n\n{block}\n"))
            },
        );
    project.built();

    let summary = main_part(&project, "summary.html");

    let line = summary.split("<li>").find(|line| line.contains("funding.html")).unwrap();
    assert!(line.contains("class=\"badge\"") && line.contains("lines-detail"), "{line}");
}

const GLOSSARY: &str = "id,term,forms,definition\n\
    zebra,zone,zones,A part of a town.\n\
    ete,été,,A season.\n\
    energy,energy,energies,What does work.\n\
    median,median,medians|middle value,As the author sees it.\n";

#[test]
fn a_term_is_linked_where_it_is_first_told_and_nowhere_else() {
    let project = Project::small().file("data/glossary.csv", GLOSSARY).change(
        "content/en/progress.md",
        "On average",
        "## A Zone\n\nTwo `zones`, [one zone](themes.md), zoned, zones and a zone.\n\nOn average",
    );
    project.built();

    let page = main_part(&project, "progress.html");

    let link = "<a class=\"term\" href=\"glossary.html#page-term-zebra\">";
    let expected = format!("zoned, {link}zones</a> and a zone.");
    assert!(page.contains(&expected), "{page}");
    assert_eq!(page.matches(link).count(), 1);
    let glossary = project.page("glossary.html");
    assert!(glossary.contains("<div id=\"page-term-zebra\"><dt>zone</dt>"));
    assert_eq!(main_part(&project, "glossary.html").matches("class=\"term\"").count(), 0);
    // Chapters can link to a term.
    let project = project.change(
        "content/en/progress.md",
        "On average",
        "[Z](glossary.html#page-term-zebra)",
    );
    project.built();
}

#[test]
fn the_glossary_is_in_the_order_of_the_language_and_the_author_comes_first() {
    let project = Project::small().file("data/glossary.csv", GLOSSARY);
    project.built();

    let glossary = main_part(&project, "glossary.html");

    let place = |term: &str| glossary.find(&format!("<dt>{term}</dt>")).expect(term);
    assert!(place("energy") < place("été") && place("été") < place("median"), "{glossary}");
    assert!(place("withheld result") < place("zone"));
    assert_eq!(glossary.matches("<dt>median</dt>").count(), 1);
    assert!(glossary.contains("As the author sees it."));
}

#[test]
fn the_page_on_data_gives_the_sum_of_each_file() {
    let project = Project::small();
    project.built();

    let page = project.page("data.html");

    let (archive, members) = archive(&project.path().join("public/data"));
    let members: Vec<String> = members.into_iter().map(|(name, _)| name).collect();
    let table = main_part(&project, "data.html");
    let rows = table.matches(" download>").count();
    assert_eq!(rows, members.len() + 1);
    for name in [archive].into_iter().chain(members) {
        let bytes = fs::read(project.path().join("public/data").join(&name)).unwrap();
        let sum = barometer::figure::hex(&sha2::Sha256::digest(&bytes));
        let kilobytes = bytes.len().div_ceil(1024);
        let row = page.split("<tr>").find(|row| row.contains(&format!(">{name}</a>"))).unwrap();
        assert!(row.contains(&format!("href=\"data/{name}\" download")), "{row}");
        assert!(row.contains(&format!("<td>{kilobytes} kB</td><td><code>{sum}</code>")), "{row}");
    }
}

#[test]
fn the_dictionary_is_that_of_the_data_package() {
    let project = Project::small();
    project.built();

    let page = project.page("data.html");
    let package: Value = serde_json::from_str(&project.page("data/datapackage.json")).unwrap();
    let header = project.page("data/results.csv").lines().next().unwrap().to_owned();

    let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
    assert_eq!(fields.len(), header.split(',').count());
    for (field, column) in fields.iter().zip(header.split(',')) {
        assert_eq!(field["name"], column);
        let meaning = field["description"].as_str().unwrap();
        assert!(!meaning.is_empty());
        let escaped = meaning.replace('&', "&amp;");
        // A name is English in every language, and no browser may translate it.
        let name = format!("<th scope=\"row\" lang=\"en\" translate=\"no\"><code>{column}</code>");
        let row = format!("{name}</th><td>{escaped}</td>");
        assert!(page.contains(&row), "{row}");
    }
    let codebook = package["resources"].as_array().unwrap();
    let questions = codebook.iter().find(|one| one["name"] == "codebook-survey").unwrap();
    assert_eq!(questions["schema"]["fields"][0]["name"], "type");
    assert!(questions["schema"]["fields"][0]["description"].is_string());
}

/// The lines that the page on data has in a language.
fn lines(project: &Project, language: &str) -> String {
    let page = project.page("data.html");
    let (_, rest) = page.split_once(&format!("<code class=\"language-{language}\">")).unwrap();
    let (code, _) = rest.split_once("</code>").unwrap();
    code.replace("&quot;", "\"").replace("&#39;", "'").replace("&lt;", "<").replace("&amp;", "&")
}

/// Wave, question, option and number of every share of everybody.
fn shares(folder: &Path) -> Vec<[String; 4]> {
    let mut reader = csv::Reader::from_path(folder.join("results.csv")).unwrap();
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|column| column == name).unwrap();
    let shares: Vec<_> = reader
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[at("estimator")] == "proportion" && &row[at("group_var")] == "all")
        .map(|row| {
            ["wave", "label_question", "label_item", "display"].map(|name| row[at(name)].to_owned())
        })
        .collect();
    assert!(2 < shares.len());
    shares
}

/// Where Python is, the lines of the page run as they stand there.
#[test]
fn the_lines_for_python_list_every_share_of_everybody() {
    let project = Project::small();
    project.built();
    let folder = project.path().join("public/data");
    let code = lines(&project, "python");

    let Ok(run) = Command::new("python3").arg("-c").arg(code).current_dir(&folder).output() else {
        return;
    };

    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed = String::from_utf8(run.stdout).unwrap();
    let expected: Vec<_> = shares(&folder).iter().map(|cells| cells.join(" | ")).collect();
    assert_eq!(printed.lines().collect::<Vec<_>>(), expected);
}

/// Where R is, what the lines of the page show is written as a table.
#[test]
fn the_lines_for_r_hold_every_share_of_everybody() {
    let project = Project::small();
    project.built();
    let folder = project.path().join("public/data");
    let lines = lines(&project, "r");
    let (rest, shown) = lines.trim_end().rsplit_once('\n').unwrap();
    let code = format!("{rest}\nwrite.csv({shown}, row.names = FALSE)");

    let mut run = Command::new("Rscript");
    let run = run.args(["--vanilla", "-e", &code]).env("LC_ALL", "C.UTF-8");
    let Ok(run) = run.current_dir(&folder).output() else { return };

    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut reader = csv::Reader::from_reader(&run.stdout[..]);
    let printed: Vec<[String; 4]> = reader
        .records()
        .map(Result::unwrap)
        .map(|row| [0, 1, 2, 3].map(|at| row[at].to_owned()))
        .collect();
    assert_eq!(printed, shares(&folder));
}

#[test]
fn a_report_that_publishes_nothing_has_no_page_on_data() {
    let project = Project::small().change(
        "barometer.toml",
        "[survey]",
        "[data]\npublish = \"nothing\"\n[survey]",
    );
    project.built();

    assert!(!project.path().join("public/data.html").exists());
    assert!(!project.page("index.html").contains("href=\"data.html\""));
}

#[test]
fn the_references_are_those_of_the_settings_in_each_language() {
    let project = bilingual();
    project.built();

    let french: Value = serde_json::from_str(&project.page("fr/citation.json")).unwrap();

    assert_eq!(french[0]["URL"], "https://example.org/small/fr/");
    assert_eq!(french[0]["language"], "fr");
    let bibtex = project.page("citation.bib");
    assert!(bibtex.contains("url = {https://example.org/small/}"), "{bibtex}");
    let page = project.page("about.html");
    for file in ["citation.bib", "citation.ris", "citation.json"] {
        assert!(page.contains(&format!("<a href=\"{file}\">")), "{file}");
    }
    let apa =
        "Example Institute. (2018, June 14). <cite>Small report</cite>. https://example.org/small/";
    assert!(page.contains(apa), "{page}");
    assert!(project.page("fr/about.html").contains("(2018, 14 juin)"));
}

#[test]
fn a_correction_is_told_at_home_and_all_of_them_on_the_page_about() {
    let project = Project::small().change(
        "barometer.toml",
        "[survey]\n",
        "[[site.corrections]]\ndate = 2018-07-03\ntext = \"An older one.\"\n\n\
         [[site.corrections]]\ndate = 2018-09-01\ntext = \"A share was <b>wrong</b>.\"\n\n[survey]\n",
    );
    project.built();

    let (home, about) = (project.page("index.html"), project.page("about.html"));

    assert!(home.contains("<time datetime=\"2018-09-01\">1 September 2018</time>"));
    assert!(home.contains("A share was &lt;b&gt;wrong&lt;/b&gt;.") && !home.contains("An older"));
    let place = |text: &str| about.find(text).unwrap();
    assert!(place("1 September 2018") < place("3 July 2018"));
    assert!(
        !Project::small()
            .change("barometer.toml", "A report", "The report")
            .built()
            .stdout
            .contains("correction")
    );
}

#[test]
fn a_contact_is_a_link_wherever_it_stands() {
    let report = || Project::small();
    let with = |contact: &str| {
        report().change(
            "barometer.toml",
            "license =",
            &format!("contact = \"{contact}\"\nlicense ="),
        )
    };
    let (mail, page, nobody) = (with("a@example.org"), with("https://example.org/c"), report());
    for project in [&mail, &page, &nobody] {
        project.built();
    }

    for name in ["about.html", "accessibility.html"] {
        assert!(mail.page(name).contains("<a href=\"mailto:a@example.org\">a@example.org</a>"));
        assert!(page.page(name).contains("<a href=\"https://example.org/c\">"));
        assert!(!nobody.page(name).contains("mailto:"));
    }
    assert!(nobody.page("accessibility.html").contains("name no contact"));
}

/// The page is served at any depth, to readers of any language.
#[test]
fn a_wrong_address_is_answered_in_every_language_with_whole_addresses() {
    let project = bilingual();
    project.built();

    let page = project.page("404.html");

    let base = "https://example.org/small/";
    for address in ["index.html", "search.html", "results.html", "themes.html"] {
        for folder in ["", "fr/"] {
            assert!(
                page.contains(&format!("href=\"{base}{folder}{address}\"")),
                "{folder}{address}"
            );
        }
    }
    let (_, body) = page.split_once("<body>").unwrap();
    let relative = body.split("href=\"").skip(1).find(|rest| !rest.starts_with(['#', 'h']));
    assert_eq!(relative, None);
    assert!(page.contains("<section id=\"page-fr\" lang=\"fr\""));
    assert!(page.contains("href=\"#page-fr\" lang=\"fr\""));
    assert_eq!(page.matches("<h1").count(), 1);
}

/// A chapter with the name of such a page stands on it, and has no number.
#[test]
fn pages_that_go_with_any_report_have_no_number() {
    let project = Project::small().file(
        "content/en/summary.md",
        "+++\ntitle = \"In short\"\nweight = 1\n+++\n\nTwo of the findings.\n",
    );
    project.built();

    let summary = main_part(&project, "summary.html");
    assert!(
        summary.contains("<h1 id=\"page-title\">In short</h1>") && !summary.contains("Chapter 1")
    );
    assert!(
        summary.find("Two of the findings").unwrap()
            < summary.find("id=\"page-findings\"").unwrap()
    );
    assert!(project.page("themes.html").contains("Chapter 1<"));
    let home = project.page("index.html");
    let (_, chapters) = home.split_once("id=\"page-chapters\"").unwrap();
    let (chapters, more) = chapters.split_once("id=\"page-more\"").unwrap();
    assert!(!chapters.contains("In short") && more.contains("In short"));
}

#[test]
fn the_software_is_cited_by_its_own_version() {
    let file = fs::read_to_string(root().join("CITATION.cff")).unwrap();

    assert!(file.starts_with("cff-version: 1.2.0\n"));
    assert!(file.contains(&format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"))), "{file}");
    assert!(file.contains(&format!("\nlicense: {}\n", env!("CARGO_PKG_LICENSE"))));
    assert!(file.contains(&format!("\nrepository-code: {}\n", env!("CARGO_PKG_REPOSITORY"))));
}
