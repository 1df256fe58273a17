//! Themes over themes: what is changed is other, all else is the same.

use std::fs;
use std::path::Path;

use crate::project::{Project, copy, files, root, tree};

/// The site of a project without what names the style sheet and the fonts.
fn pages(project: &Project) -> Vec<(String, String)> {
    let public = project.path().join("public");
    let pages =
        files(&public).into_iter().filter(|path| path.extension().is_some_and(|e| e == "html"));
    pages
        .map(|path| {
            let text = fs::read_to_string(public.join(&path)).unwrap();
            (path.display().to_string(), without_names(&text))
        })
        .collect()
}

/// A page whose style sheet has any fingerprint, and its fonts any names.
fn without_names(page: &str) -> String {
    without(&without(page, " data-fonts=\"", "\""), "assets/style.", ".css")
}

/// A page without what stands first from one text to the next other.
fn without(page: &str, from: &str, to: &str) -> String {
    let found = page.split_once(from).and_then(|(before, rest)| {
        let (_, after) = rest.split_once(to)?;
        Some(format!("{before}{after}"))
    });
    found.unwrap_or_else(|| page.to_owned())
}

fn style(project: &Project) -> String {
    let assets = project.path().join("public/assets");
    let sheets: Vec<_> = files(&assets)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "css"))
        .collect();
    assert_eq!(sheets.len(), 1, "{sheets:?}");
    fs::read_to_string(assets.join(&sheets[0])).unwrap()
}

fn with_theme(name: &str) -> Project {
    Project::small().change("barometer.toml", "[site]\n", &format!("[site]\ntheme = \"{name}\"\n"))
}

#[test]
fn one_template_is_changed_and_all_others_stay() {
    let before = Project::small();
    before.built();
    let project = Project::small();

    let run = project.run(&["theme", "eject", "footer.html"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        files(&project.path().join("themes")),
        [Path::new("barometer/templates/footer.html")]
    );
    project.built();
    assert_eq!(pages(&project), pages(&before), "a file that was taken out changes nothing");

    let own = "themes/barometer/templates/footer.html";
    let project = project.change(own, "<footer", "<p>Of our institute.</p>\n<footer");
    project.built();
    let after = pages(&project);
    let ours: Vec<_> =
        after.iter().filter(|(_, page)| page.contains("Of our institute.")).collect();
    // Neither the page of lost readers nor a figure in a frame has a foot.
    let has_foot = |name: &str| name != "404.html" && !name.starts_with("embed/");
    assert_eq!(ours.len(), after.iter().filter(|(name, _)| has_foot(name)).count());
    let same = |(_, page): &(String, String)| page.replace("<p>Of our institute.</p>\n", "");
    assert_eq!(
        after.iter().map(same).collect::<Vec<_>>(),
        pages(&before).iter().map(same).collect::<Vec<_>>()
    );
}

#[test]
fn a_mistake_in_a_changed_template_is_told_at_the_file_of_the_author() {
    let project = Project::small();
    project.run(&["theme", "eject", "templates/footer.html"]);
    let project =
        project.change("themes/barometer/templates/footer.html", "<footer", "{{ nobody }}<footer");

    let run = project.run(&["build"]);

    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("--> themes/barometer/templates/footer.html:"), "{}", run.stderr);
}

#[test]
fn one_word_is_changed_and_all_others_stay() {
    let project = Project::small()
        .file("themes/barometer/strings/en.toml", "[site]\nskip = \"Straight to the text\"\n");
    project.built();

    let page = project.page("index.html");
    assert!(page.contains("Straight to the text"));
    assert!(page.contains("Search"));

    let wrong = project.file("themes/barometer/strings/en.toml", "[site]\nskipp = \"Straight\"\n");
    let run = wrong.run(&["build"]);
    assert!(run.stderr.contains("themes/barometer/strings/en.toml:2:1"), "{}", run.stderr);
    assert!(run.stderr.contains("Did you mean `site.skip`?"), "{}", run.stderr);
}

/// Left for the browser tests in `target/plain`.
#[test]
fn the_plain_theme_has_the_pages_of_the_other_in_another_style() {
    let (plain, other) = (with_theme("plain"), Project::small());
    plain.built();
    other.built();

    assert_eq!(pages(&plain), pages(&other));
    let (plain_style, style) = (style(&plain), style(&other));
    let own = fs::read_to_string(root().join("themes/plain/static/plain.css")).unwrap();
    assert_eq!(plain_style, format!("{style}\n{own}"));
    let target = root().join("target/plain");
    drop(fs::remove_dir_all(&target));
    copy(&plain.path().join("public"), &target);
}

/// An institute sets variables: everything else that the sheet does is a line
/// that it has to carry on.
/// A page has the colours of its style sheet, whatever a drawing names; a file
/// has none.
#[test]
fn files_of_drawings_are_in_the_colours_of_the_theme() {
    let own = "name = \"own\"\nextends = \"plain\"\n\n[chart.colours]\nseries-1 = \"#1D4F91\"\n";
    let project = with_theme("own").file("themes/own/theme.toml", own);
    project.built();
    let drawing = project.page("data/figures/themes.svg");
    let page = project.page("themes.html");

    // Its own, those of the theme that it extends, and those built in.
    for colour in ["#1d4f91", "#ffffff", "#16191d"] {
        assert!(drawing.contains(&format!("fill=\"{colour}\"")), "{colour}: {drawing}");
        assert!(!page.contains(&format!("fill=\"{colour}\"")), "{colour}");
    }
    for (role, colour) in [("a series", "#0a6da5"), ("ink", "#1b1e24")] {
        assert!(page.contains(&format!("fill=\"{colour}\"")), "{role}");
        assert!(!drawing.contains(colour), "{role}: {drawing}");
    }
    assert!(project.page("site.webmanifest").contains("\"#ffffff\""));
}

#[test]
fn the_plain_theme_sets_variables_that_there_are() {
    let sheet = |name: &str| fs::read_to_string(root().join("themes").join(name)).unwrap();
    let names = |text: &str| -> Vec<String> {
        text.split("--")
            .skip(1)
            .filter_map(|rest| rest.split_once(':'))
            .map(|(name, _)| name.to_owned())
            .filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
            .collect()
    };
    let there = names(&sheet("barometer/static/style.css"));

    let set = names(&sheet("plain/static/plain.css"));

    assert!(20 < set.len());
    assert!(set.iter().all(|name| there.contains(name)), "{set:?}");
}

#[test]
fn a_new_theme_looks_as_the_one_that_it_extends_until_it_is_changed() {
    let project = with_theme("ours");

    let run = project.run(&["theme", "new", "ours"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("theme = \"ours\""));
    project.built();
    let plain = with_theme("plain");
    plain.built();
    assert_eq!(pages(&project), pages(&plain));
    assert!(style(&project).starts_with(&style(&plain)));

    let before = tree(&project.path().join("themes"));
    let again = project.run(&["theme", "new", "ours", "--extends", "barometer"]);
    assert_eq!(again.code, 1);
    assert!(again.stderr.contains("themes/ours/theme.toml"), "{}", again.stderr);
    assert!(tree(&project.path().join("themes")) == before, "nothing is overwritten");

    let project = project.change(
        "themes/ours/static/ours.css",
        "/* --link: #1d4f91; --accent: #1f2933; */",
        "--accent: #7a1f3d;",
    );
    project.built();
    assert!(style(&project).contains("--accent: #7a1f3d;"));
}

#[test]
fn a_theme_may_extend_one_that_extends_another() {
    let project = with_theme("one")
        .file("themes/one/theme.toml", "extends = \"two\"\n")
        .file("themes/one/templates/footer.html", "<footer>One</footer>\n")
        .file("themes/two/theme.toml", "extends = \"barometer\"\n[assets]\nstyle = \"two.css\"\n")
        .file("themes/two/templates/footer.html", "<footer>Two</footer>\n")
        .file("themes/two/templates/sources.html", "<p>Sources of two</p>\n")
        .file("themes/two/static/two.css", "body { color: black; }\n");

    project.built();

    let page = project.page("themes.html");
    assert!(page.contains("<footer>One</footer>") && !page.contains("<footer>Two</footer>"));
    assert!(page.contains("Sources of two"));
    assert_eq!(style(&project), "body { color: black; }\n");
}

/// As of a theme that extends another: a key that its manifest lacks is that
/// of the one below.
#[test]
fn a_manifest_over_a_theme_inside_the_program_says_only_what_is_other() {
    let project = with_theme("plain").file("themes/plain/theme.toml", "[assets]\nsearch = \"\"\n");

    project.built();

    let plain = with_theme("plain");
    plain.built();
    assert_eq!(style(&project), style(&plain));
    let run = project.run(&["theme", "list"]);
    assert!(
        run.stdout.contains("extends `barometer`, 1 file in `themes/plain/`"),
        "{}",
        run.stdout
    );
}

#[test]
fn every_file_of_a_theme_can_be_taken_out() {
    let project = Project::small();
    let run = project.run(&["theme", "list"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (themes, listed) = run.stdout.split_once("\nwhat ").unwrap();
    assert_eq!(
        themes,
        "* barometer    inside the program\n  plain        inside the program, extends `barometer`\n"
    );
    let listed: Vec<&str> = listed.lines().skip(1).map(str::trim).collect();
    assert!(20 < listed.len());

    for file in &listed {
        let run = project.run(&["theme", "eject", file]);
        assert_eq!(run.code, 0, "{file}: {}", run.stderr);
    }

    assert!(
        tree(&project.path().join("themes/barometer")) == tree(&root().join("themes/barometer"))
    );
    let told = project.run(&["theme", "list"]).stdout;
    let counted = format!("{} files in `themes/barometer/`", listed.len());
    assert!(told.contains(&counted), "{told}");
    project.built();
}

#[test]
fn a_theme_inside_the_program_keeps_its_name() {
    let run = Project::small().run(&["theme", "new", "plain"]);

    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("choose another"), "{}", run.stderr);
}

/// Whoever translates a theme translates no word that nobody reads.
#[test]
fn every_string_of_the_theme_is_used() {
    let mut code = String::new();
    for folder in ["src", "themes"] {
        for (path, bytes) in tree(&root().join(folder)) {
            if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
                code.push_str(&String::from_utf8(bytes).unwrap());
            }
        }
    }
    let text = fs::read_to_string(root().join("themes/barometer/strings/en.toml")).unwrap();
    let strings: toml::Table = text.parse().unwrap();
    // Looked up by the name of a column, a kind of note, a term or a page.
    let families = ["alert", "codebook", "columns", "glossary"];
    let of_pages = ["title", "short", "summary"];
    let mut unused = vec![];
    for (section, entries) in &strings {
        let Some(entries) = entries.as_table() else { continue };
        if families.contains(&section.as_str()) {
            continue;
        }
        for (key, _) in entries {
            let full = format!("\"{section}.{key}\"");
            if !code.contains(&full) && !of_pages.contains(&key.as_str()) {
                unused.push(full);
            }
        }
    }
    assert!(unused.is_empty(), "{unused:?}");
}
