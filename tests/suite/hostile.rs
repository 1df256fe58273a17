//! A report whose every text and name tries to become markup: of a page, an
//! attribute, a script, a feed, an address, a formula of a spreadsheet.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use html5gum::{Token, Tokenizer, naive_next_state};
use serde_json::Value;

use crate::project::{Project, copy, root, tree};

/// Ends whatever it may stand in, and begins an element with a handler.
const HOSTILE: &str =
    "\"'>--></script></style></title></textarea>]]><hostile onhostile=alert(1)>&lt;";

/// The same as a cell of a table.
fn cell(begin: &str) -> String {
    format!("\"{begin}{}\"", HOSTILE.replace('"', "\"\""))
}

/// The same in Markdown: punctuation behind a backslash is itself.
fn written(begin: &str) -> String {
    let mut text = begin.to_owned();
    for letter in HOSTILE.chars() {
        text.extend(letter.is_ascii_punctuation().then_some('\\'));
        text.push(letter);
    }
    text
}

/// Settings, of which every text is hostile.
fn settings(language: &str) -> String {
    let text = |begin: &str| format!("'''{begin}{HOSTILE}'''");
    format!(
        "[site]\ntitle = {title}\ndescription = {description}\nlanguages = [\"{language}\"]\n\
         url = \"https://example.org/a'b/\"\nauthor = {author}\nlicense = \"CC-BY-4.0\"\n\
         published = 2018-06-14\nversion = {version}\ncontact = \"https://example.org/&'x\"\n\n\
         [[site.corrections]]\ndate = 2018-07-03\ntext = {correction}\n\n\
         [survey]\nname = {name}\nunit = {{ {language} = {{ one = {unit}, other = {unit} }} }}\n\
         population = {population}\nplace = {place}\nsponsor = {name}\nconductor = {name}\n\
         funding = {name}\nframe = {name}\nwording = {wording}\n\
         waves = [\"2017\", \"2018\"]\nbreakdowns = ['{REGION}']\n\n\
         [waves.2017]\n[waves.2018]\nlabel = {label}\nmode = {label}\n",
        title = text("Title "),
        description = text("Description "),
        author = text("=Author "),
        version = text("1 "),
        correction = text("Correction "),
        name = text("Name "),
        unit = text("units "),
        population = text("all "),
        place = text("Place "),
        wording = text("Wording "),
        label = text("Wave "),
    )
}

/// What stands in a name between quotation marks of the settings.
const REGION: &str = "region\"><hostile onhostile=1>";

/// A key of a table: any text without line breaks.
fn key(begin: &str) -> String {
    format!("\"{begin}\"\"><hostile onhostile=1>\"")
}

fn codebook() -> (String, String) {
    let (label, topic) = (cell("=1+Label "), cell("Topic "));
    let survey = format!(
        "type,name,label::en,short::en,base::en,parameters,topic,breakdown,unit\n\
         select_one region,{region},{label},{label},{label},,{topic},yes,\n\
         integer,sample_size,{label},{label},,,{topic},,{label}\n\
         integer,population,{label},{label},,,{topic},,\n\
         select_multiple themes,{themes},{label},{label},{label},,{topic},,\n\
         range,{score},{label},{label},{label},start=0 end=10 step=1,{topic},,\n",
        region = key("region"),
        themes = key("themes"),
        score = key("score"),
    );
    let mut choices = "list_name,name,label::en,short::en,role\n".to_owned();
    for (list, names) in [("region", ["north", "south"]), ("themes", ["energy", "water"])] {
        for name in names {
            let label = cell(&format!("@{name} "));
            writeln!(choices, "{list},{},{label},{label},", key(name)).unwrap();
        }
    }
    (survey, choices)
}

/// Published figures: of everybody, of each group, with hostile notes.
fn published(add: u32) -> String {
    let mut rows = "question,item,group_var,group,value,unit,n,source,note\n".to_owned();
    let (source, note) = (key("source"), cell("+Note "));
    for (question, value) in [("population", 589), ("sample_size", 123)] {
        writeln!(rows, "{question},,all,all,{value},count,,{source},{note}").unwrap();
    }
    let region = key("region");
    for (group_var, group, more) in [
        ("all".to_owned(), "all".to_owned(), 0),
        (region.clone(), key("north"), 8),
        (region, key("south"), 3),
    ] {
        for (item, value) in [("energy", 44), ("water", 23)] {
            writeln!(
                rows,
                "{},{},{group_var},{group},{},percent,,{source},{note}",
                key("themes"),
                key(item),
                value + more + add,
            )
            .unwrap();
        }
        writeln!(rows, "{},,{group_var},{group},3.{more},score,,{source},{note}", key("score"))
            .unwrap();
    }
    rows
}

fn chapter() -> String {
    let text = |begin: &str| format!("'''{begin}{HOSTILE}'''");
    let themes = "'themes\"><hostile onhostile=1>'";
    format!(
        "+++\ntitle = {title}\nshort_title = {title}\nsummary = {summary}\ntopic = {topic}\n\
         aliases = [\"old-page.html\"]\n+++\n\n\
         {words} [{words}](https://example.org/?a=\"><hostile&b='>) `{HOSTILE}` \
         ![{words}](<pic'ture&50%#.png> \"{words}\") [{words}](<pic'ture&50%25%23.png#x=\">) note[^a\"b]\n\n\
         ## {words}\n\n- {words}\n\n> {words}\n\n| {words} | b |\n| --- | --- |\n| {words} | c |\n\n\
         ```hos\"tile><hostile onhostile=1>\n{HOSTILE}\n```\n\n\
         [^a\"b]: {words}\n\n\
         ```chart\nquestion = {themes}\nby = '{REGION}'\ntitle = {title}\nsubtitle = {title}\nnote = {title}\n```\n\n\
         ```chart\nquestion = {themes}\nwave = \"all\"\n```\n\n\
         ```chart\nquestion = 'score\"><hostile onhostile=1>'\n```\n",
        title = text("Title "),
        summary = text("Summary "),
        topic = text("Topic "),
        words = written("=Words "),
    )
}

/// Every string of the interface with more behind it.
fn strings() -> String {
    let path = root().join("themes/barometer/strings/en.toml");
    let text = fs::read_to_string(path).unwrap();
    let mut hostile = String::new();
    // Signs that are set into numbers and texts are not words.
    let mut is_words = true;
    for line in text.lines() {
        if line.starts_with('[') {
            is_words = !matches!(line, "[locale]" | "[number]" | "[typography]" | "[rank]");
        }
        let (before, string) = line.split_once(" = \"").unwrap_or((line, ""));
        let is_string = is_words && string.ends_with('"') && !before.starts_with('#');
        match string.strip_suffix('"').filter(|_| is_string) {
            Some(string) => {
                writeln!(hostile, "{before} = \"{string} <hostile onhostile=1>\"").unwrap();
            }
            None => writeln!(hostile, "{line}").unwrap(),
        }
    }
    hostile
}

fn report() -> Project {
    let (survey, choices) = codebook();
    let project = Project::empty()
        .file("barometer.toml", settings("en"))
        .file("data/codebook/survey.csv", survey)
        .file("data/codebook/choices.csv", choices)
        .file(
            "data/sources.csv",
            format!(
                "id,title,author,publisher,date,language,url\n{},{t},{t},{t},2018-06,en,\"https://example.org/?&'\"\n",
                key("source"),
                t = cell("-Source ")
            ),
        )
        .file(
            "data/glossary.csv",
            format!("id,term::en,forms::en,definition::en\n{},{t},Words,{t}\n", key("term"), t = cell("Term ")),
        )
        .file("data/2017/published.csv", published(0))
        .file("data/2018/published.csv", published(9))
        .file("content/en/index.md", chapter().replace("old-page", "old-home"))
        .file("content/en/themes.md", chapter())
        .file("content/en/pic'ture&50%#.png", b"\x89PNG\r\n\x1a\n")
        .file("themes/barometer/strings/en.toml", strings());
    project.built();
    project
}

/// A tag of a file with its attributes; what scripts and styles hold is none.
fn tags(html: &[u8]) -> Vec<(String, Vec<(String, String)>)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut tokenizer = Tokenizer::new(html);
    let mut found = vec![];
    while let Some(Ok(token)) = tokenizer.next() {
        let Token::StartTag(tag) = token else { continue };
        if let Some(state) = naive_next_state(&tag.name) {
            tokenizer.set_state(state);
        }
        let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
        found.push((text(&tag.name), attributes.collect()));
    }
    found
}

/// Whether an address leads where a page may lead.
fn is_harmless(address: &str) -> bool {
    let scheme = address.split_once(':').map(|(scheme, _)| scheme.trim());
    scheme.is_none_or(|scheme| {
        scheme.contains(['/', '#', '?', '.']) || ["http", "https", "mailto"].contains(&scheme)
    }) || address.starts_with("data:image/")
}

/// Left for the browser tests in `target/hostile`.
#[test]
fn hostile_texts_and_names_stay_text() {
    let project = report();

    assert_eq!(tags(b"<p>&lt;hostile><hostile>")[1].0, "hostile");
    let mut judged = 0;
    for (path, bytes) in tree(&project.path().join("public")) {
        let path = path.display().to_string();
        let ending = path.rsplit('.').next().unwrap().to_owned();
        if !["html", "svg", "xml"].contains(&&*ending) {
            continue;
        }
        judged += 1;
        if ending != "html" {
            roxmltree::Document::parse(std::str::from_utf8(&bytes).unwrap()).unwrap();
        }
        for (name, attributes) in tags(&bytes) {
            assert_ne!(name, "hostile", "{path}");
            for (attribute, value) in attributes {
                let at = || format!("{path}: <{name} {attribute}={value}>");
                assert!(!attribute.starts_with("on") && attribute != "style", "{}", at());
                if ["href", "src", "action", "xlink:href"].contains(&&*attribute) {
                    assert!(is_harmless(&value), "{}", at());
                }
            }
        }
    }
    assert!(25 < judged, "{judged} files");
    // The words are there, as words.
    for page in ["index.html", "themes.html", "feed.xml", "old-page.html", "data.html"] {
        assert!(project.page(page).contains("&lt;hostile onhostile=alert(1)"), "{page}");
    }
    leave(&project.path().join("public"));
}

fn leave(site: &Path) {
    let target = root().join("target/hostile");
    if target.exists() {
        fs::remove_dir_all(&target).unwrap();
    }
    copy(site, &target);
}

#[test]
fn what_programs_read_of_hostile_texts_is_whole() {
    let project = report();

    // Scripts on pages: nothing ends them early, and JSON-LD is JSON.
    let page = project.page("themes.html");
    let (_, block) = page.split_once("application/ld+json\">").unwrap();
    let (block, _) = block.split_once("</script>").unwrap();
    let block: Value = serde_json::from_str(block).unwrap();
    let name = block["@graph"][0]["name"].as_str().unwrap();
    // Its quotation marks are set as those of any title.
    let (straight, set) = (HOSTILE.split(['"', '\'']), name.split(['"', '\'', '‘', '’', '“', '”']));
    assert_eq!(set.collect::<String>(), format!("Title {}", straight.collect::<String>()));
    let index = project.search_index("en");
    assert!(!index.contains('<') && index.contains("\\u003chostile onhostile=alert(1)"), "{index}");
    for path in ["site.webmanifest", "data/datapackage.json", "data/results.json", "citation.json"]
    {
        let json: Value = serde_json::from_str(&project.page(path)).unwrap();
        assert!(json.to_string().contains("<hostile onhostile="), "{path}");
    }
    // In the single file as well, where scripts and styles stand beside them.
    let run = project.run(&["build", "--single-file"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let single = project.page("report-en.html");
    let tags = tags(single.as_bytes());
    assert!(500 < tags.len(), "{} tags", tags.len());
    assert!(tags.iter().all(|(name, _)| name != "hostile"));
    // The code for frames of other sites is code that is shown.
    let code = page.split_once("&lt;iframe").unwrap().1.split_once("&gt;").unwrap().0;
    assert!(!code.contains('<'), "{code}");
}

/// A journalist opens the tables with a spreadsheet.
#[test]
fn no_cell_of_a_download_is_a_formula() {
    let project = report();

    let mut cells = 0;
    for (path, bytes) in tree(&project.path().join("public/data")) {
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(&*bytes);
        for record in reader.records() {
            for cell in &record.unwrap() {
                cells += 1;
                let is_number = cell.parse::<f64>().is_ok();
                let begins = cell.starts_with(['=', '@', '+', '-', '\t', '\r']);
                assert!(!begins || is_number, "{}: {cell}", path.display());
            }
        }
    }
    assert!(100 < cells, "{cells} cells");
    // The rest of the text is that of the codebook, and JSON has it as it is.
    let label = format!("=1+Label {HOSTILE}");
    assert!(
        project.page("data/results.csv").contains(&format!("\"'{}\"", label.replace('"', "\"\"")))
    );
    let json = project.page("data/results.json");
    assert!(json.contains(&serde_json::to_string(&label).unwrap()));
}
