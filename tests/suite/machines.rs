//! What a site tells search engines, feed readers and phones.

use std::fs;

use serde_json::Value;
use sha2::Digest as _;

use crate::project::{Project, archive, csv_rows};

/// The JSON-LD of a page, by type.
fn described(project: &Project, page: &str) -> Vec<(String, Value)> {
    let html = project.page(page);
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
    let (text, _) = rest.split_once("</script>").unwrap();
    let block: Value = serde_json::from_str(text).unwrap();
    assert_eq!(block["@context"], "https://schema.org");
    let graph = block["@graph"].as_array().unwrap().clone();
    graph.into_iter().map(|thing| (thing["@type"].as_str().unwrap().to_owned(), thing)).collect()
}

#[test]
fn the_home_page_describes_report_and_data() {
    let project = Project::small().change(
        "barometer.toml",
        "[waves.2017]",
        "place = \"Belgium\"\n\n[waves.2017]",
    );
    project.built();

    let things = described(&project, "index.html");

    let [(first, report), (second, data)] = things.as_slice() else { panic!("{things:?}") };
    assert_eq!((first.as_str(), second.as_str()), ("Report", "Dataset"));
    assert_eq!(report["url"], "https://example.org/small/");
    assert_eq!(report["author"]["name"], "Example Institute");
    assert_eq!(report["hasPart"][0]["url"], "https://example.org/small/themes.html");
    assert_eq!(data["url"], "https://example.org/small/data.html");
    let [_, (_, again)] = &described(&project, "data.html")[..] else {
        panic!("the way and the data")
    };
    assert_eq!(again, data);
    assert_eq!(data["temporalCoverage"], "2017-10-01/2018-04-30");
    assert_eq!(data["spatialCoverage"]["name"], "Belgium");
    assert_eq!(data["license"], "https://creativecommons.org/licenses/by/4.0/");
    let variables = data["variableMeasured"].as_array().unwrap();
    assert!(variables.iter().any(|variable| variable["propertyID"] == "themes"), "{variables:?}");
    let mut named = vec![];
    for file in data["distribution"].as_array().unwrap() {
        let address = file["contentUrl"].as_str().unwrap();
        let path = address.strip_prefix("https://example.org/small/").unwrap();
        assert!(project.path().join("public").join(path).exists(), "{path}");
        named.push((path.to_owned(), file["encodingFormat"].as_str().unwrap()));
    }
    let named: Vec<_> = named.iter().map(|(path, format)| (path.as_str(), *format)).collect();
    let expected = [
        ("data/small-survey.zip", "application/zip"),
        ("data/results.csv", "text/csv"),
        ("data/results.json", "application/json"),
    ];
    assert_eq!(named, expected);
}

#[test]
fn a_chapter_says_where_it_stands() {
    let project = Project::small().change(
        "content/en/themes.md",
        "title = \"Energy comes first\"",
        "title = \"</script><b>Energy\"\nupdated = 2019-02-03",
    );
    project.built();

    let things = described(&project, "themes.html");

    let [(first, chapter), (second, way)] = things.as_slice() else { panic!("{things:?}") };
    assert_eq!((first.as_str(), second.as_str()), ("Chapter", "BreadcrumbList"));
    assert_eq!(chapter["name"], "</script><b>Energy");
    assert_eq!(chapter["dateModified"], "2019-02-03");
    assert_eq!(way["itemListElement"][0]["item"], "https://example.org/small/");
    assert_eq!(way["itemListElement"][1]["item"], "https://example.org/small/themes.html");
}

#[test]
fn the_feed_has_the_latest_change_first() {
    let project = Project::small().change(
        "content/en/progress.md",
        "+++\ntitle",
        "+++\npublished = 2018-07-01\nupdated = 2019-02-03\ntitle",
    );
    project.built();

    let feed = project.page("feed.xml");

    let entries: Vec<&str> = feed.split("<entry>").collect();
    assert!(entries[0].contains("<updated>2019-02-03T00:00:00Z</updated>"), "{feed}");
    assert!(entries[0].contains("rel=\"self\" href=\"https://example.org/small/feed.xml\""));
    assert!(entries[1].contains("<id>https://example.org/small/progress.html</id>"), "{feed}");
    assert!(entries[1].contains("<published>2018-07-01T00:00:00Z</published>"));
    assert_eq!(feed.matches("<updated>2018-06-14T00:00:00Z</updated>").count(), 2);
    let page = project.page("themes.html");
    assert!(page.contains("type=\"application/atom+xml\" href=\"feed.xml\""));
    assert!(
        project.page("sitemap.xml").contains("progress.html</loc><lastmod>2019-02-03</lastmod>")
    );
}

#[test]
fn without_a_date_or_an_address_there_is_no_feed() {
    for line in ["published = 2018-06-14\n", "url = \"https://example.org/small/\"\n"] {
        let project = Project::small().change("barometer.toml", line, "");
        project.built();

        assert!(!project.path().join("public/feed.xml").exists(), "without {line}");
        assert!(!project.page("index.html").contains("feed.xml"), "without {line}");
    }
}

#[test]
fn old_addresses_lead_to_the_page() {
    let project = Project::small().change(
        "content/en/themes.md",
        "weight = 10",
        "weight = 10\naliases = [\"topics.html\", \"2018/Topics.html\"]",
    );
    project.built();

    for (alias, target) in [("topics.html", "themes.html"), ("2018/Topics.html", "../themes.html")]
    {
        let page = project.page(alias);
        assert!(
            page.contains(&format!("http-equiv=\"refresh\" content=\"0; url={target}\"")),
            "{page}"
        );
        assert!(page.contains("rel=\"canonical\" href=\"https://example.org/small/themes.html\""));
        assert!(page.contains(&format!("<a href=\"{target}\">Energy comes first</a>")));
    }
    assert!(!project.page("sitemap.xml").contains("opics.html"));
}

#[test]
fn an_alias_that_is_a_file_of_the_author_is_refused() {
    let project = Project::small()
        .change("content/en/themes.md", "weight = 10", "weight = 10\naliases = [\"old.html\"]")
        .file("content/static/old.html", "mine");

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("two files of the site would be `old.html`"), "{}", run.stderr);
}

#[test]
fn phones_find_name_and_icons() {
    let project = Project::small();
    project.built();

    let manifest: Value = serde_json::from_str(&project.page("site.webmanifest")).unwrap();

    assert_eq!(manifest["name"], "Small report");
    for icon in manifest["icons"].as_array().unwrap() {
        let path = project.path().join("public").join(icon["src"].as_str().unwrap());
        let bytes = fs::read(path).unwrap();
        let side = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
        assert_eq!(icon["sizes"], format!("{side}x{side}"));
        // Paper and the two colours of the icon: a picture of nothing has one.
        let at = bytes.windows(4).position(|four| four == b"PLTE").unwrap();
        assert!(9 <= u32::from_be_bytes(bytes[at - 4..at].try_into().unwrap()));
    }
}

/// What the specification of data packages (version 2) demands of a descriptor,
/// and that all it says of the files is so.
fn judge_package(data: &std::path::Path) {
    let package: Value =
        serde_json::from_slice(&fs::read(data.join("datapackage.json")).unwrap()).unwrap();
    assert_eq!(package["$schema"], "https://datapackage.org/profiles/2.0/datapackage.json");
    let name = package["name"].as_str().unwrap();
    assert!(
        name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
        "{name}"
    );
    assert_eq!(package["created"], "2018-06-14T00:00:00Z");
    assert_eq!(package["licenses"][0]["name"], "CC-BY-4.0");
    assert!(
        package["sources"].as_array().unwrap().iter().all(|source| source["title"].is_string())
    );
    let resources = package["resources"].as_array().unwrap();
    let names: std::collections::BTreeSet<_> =
        resources.iter().map(|resource| resource["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), resources.len());
    for resource in resources {
        let path = resource["path"].as_str().unwrap();
        let bytes = fs::read(data.join(path)).unwrap();
        assert_eq!(resource["bytes"].as_u64().unwrap(), bytes.len() as u64, "{path}");
        let sum = barometer::figure::hex(&sha2::Sha256::digest(&bytes));
        assert_eq!(resource["hash"], format!("sha256:{sum}"), "{path}");
        assert_eq!(resource["type"] == "table", resource["format"] == "csv", "{path}");
        if let Some(fields) = resource["schema"]["fields"].as_array() {
            judge_fields(path, fields, &bytes);
        }
    }
    for needed in ["results", "results-json", "codebook-survey", "codebook-choices"] {
        assert!(names.contains(needed), "{names:?}");
    }
    let (archive, members) = archive(data);
    assert_eq!(archive, format!("{name}.zip"));
    for (member, bytes) in &members {
        assert!(*bytes == fs::read(data.join(member)).unwrap(), "{member} differs");
    }
    // What programs find in the archive is a data package, as beside it.
    let described = resources.iter().map(|resource| resource["path"].as_str().unwrap());
    let described: Vec<_> = described.chain(["datapackage.json"]).collect();
    assert_eq!(members.iter().map(|(name, _)| name).collect::<Vec<_>>(), described);
}

fn judge_fields(path: &str, fields: &[Value], bytes: &[u8]) {
    let (header, rows) = csv_rows(bytes);
    assert!(!rows.is_empty());
    let names: Vec<_> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(names, header, "{path}");
    for (at, field) in fields.iter().enumerate() {
        let categories = field["categories"].as_array();
        let listed = |cell: &str| {
            categories.is_none_or(|list| list.iter().any(|one| one == cell || one["value"] == cell))
        };
        for cell in rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()) {
            let fits = match field["type"].as_str().unwrap() {
                "string" => listed(cell),
                "number" => cell.parse::<f64>().is_ok(),
                "integer" => cell.parse::<i64>().is_ok(),
                "boolean" => cell == "true" || cell == "false",
                _ => false,
            };
            assert!(fits, "{path}: `{cell}` in {field}");
        }
    }
}

#[test]
fn the_data_package_is_true() {
    let project = Project::small();
    project.built();
    judge_package(&project.path().join("public/data"));

    let place = tempfile::tempdir().unwrap();
    let site = place.path().join("site");
    let run = crate::project::run_in(
        &crate::project::root(),
        &["build", "--out", &site.to_string_lossy()],
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    judge_package(&site.join("data"));
}

#[test]
fn where_nothing_is_published_there_is_no_package() {
    let project = Project::small().change(
        "barometer.toml",
        "[waves.2017]",
        "[data]\npublish = \"nothing\"\n\n[waves.2017]",
    );
    project.built();

    let left = crate::project::files(&project.path().join("public/data"));
    assert!(left.iter().all(|path| path.starts_with("figures")), "{left:?}");
    let things = described(&project, "index.html");
    assert!(things.iter().all(|(kind, _)| kind != "Dataset"));
}
