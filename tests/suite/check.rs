//! What `barometer check` says of the small report, one finding at a time.

use std::fs;
use std::sync::Mutex;

use barometer::check::Asking;
use barometer::{Editing, Options, Stage, Step};
use serde_json::Value;

use crate::project::{Project, root, run_in};

const CHAPTER: &str = "content/en/progress.md";

/// The small report with a paragraph at the end of a chapter.
fn with(paragraph: &str) -> Project {
    let project = Project::small();
    let text = fs::read_to_string(project.path().join(CHAPTER)).unwrap();
    project.file(CHAPTER, format!("{text}\n{paragraph}\n"))
}

fn json(project: &Project) -> Vec<Value> {
    let run = project.run(&["check", "--format", "json"]);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The messages of one code in the chapter.
fn found(project: &Project, code: &str) -> Vec<String> {
    let own = |one: &&Value| one["code"] == code;
    let all = json(project);
    all.iter().filter(own).map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_typed_number_is_told_with_the_expression_that_gives_it() {
    let run = with("Nearly 44 % of the municipalities do; 43,9&nbsp;percent, to be exact.")
        .run(&["check"]);

    assert_eq!(run.code, 0);
    let typed: Vec<&str> = run.stderr.split("\n\n").filter(|one| one.contains("B801")).collect();
    insta::assert_snapshot!(typed.join("\n\n"), @r#"
    warning[B801]: nothing binds `44 %` to the data
      --> content/en/progress.md:27:8
       |
    27 | Nearly 44 % of the municipalities do; 43,9&nbsp;percent, to be exact.
       |        ^^^^
       |
       = help: Write `{{ share(q="themes", item="energy") }}`.

    warning[B801]: nothing binds `43,9      percent` to the data
      --> content/en/progress.md:27:39
       |
    27 | Nearly 44 % of the municipalities do; 43,9&nbsp;percent, to be exact.
       |                                       ^^^^^^^^^^^^^^^^^
       |
       = help: No number of the data gives it.
    "#);
}

#[test]
fn numbers_in_words_are_numbers() {
    let project = with("Four municipalities in ten agree, three out of five do not.");

    assert_eq!(
        found(&project, "B801"),
        [
            "nothing binds `Four municipalities in ten` to the data",
            "nothing binds `three out of five` to the data"
        ]
    );
}

#[test]
fn years_laws_scales_and_bound_numbers_are_left_alone() {
    let project = with(
        "In 2018, under article 44 of the decree of 14 June 2018 (pages 40 to 44), some gave 9 out of 10, \
         and {{ mean(q=\"progress\") }} out of 10 on average. `44 %` is code.",
    );

    assert_eq!(found(&project, "B801"), Vec::<String>::new());
}

#[test]
fn a_number_typed_in_a_title_is_found_where_it_stands() {
    let block =
        "```chart\nquestion = \"themes\"\ntitle = \"Energy leads with 44 %\"\nid = \"again\"\n```";
    let project = with(block);

    let all = json(&project);
    let typed = all.iter().find(|one| one["code"] == "B801").unwrap();
    let text = fs::read_to_string(project.path().join(CHAPTER)).unwrap();
    let line = text.lines().position(|line| line.contains("leads with 44 %")).unwrap() + 1;

    assert_eq!(typed["line"], line);
}

#[test]
fn an_author_allows_a_finding_with_a_reason_and_hears_when_it_is_gone() {
    let allow = "## Sources\n\n<!-- barometer: allow B801 because another study gives it -->\n\n";
    let project = with(&format!("{allow}Elsewhere it is 91 %."));
    assert_eq!(found(&project, "B801"), Vec::<String>::new());

    let project = with(&format!("{allow}Elsewhere it is more."));
    assert_eq!(found(&project, "B334"), ["`B801` is allowed here, but not found"]);
    assert_eq!(project.built().stderr, Project::small().built().stderr, "builds look at no text");
}

#[test]
fn long_sentences_and_words_that_promise_a_test_are_found() {
    let long = format!("{}end.", "word ".repeat(40));
    let project = with(&format!("{long}\n\nThe difference is significantly larger."));

    assert_eq!(found(&project, "B806"), ["a sentence of 41 words"]);
    assert_eq!(found(&project, "B807"), ["`significantly` without a test"]);

    let project =
        project.change("barometer.toml", "[survey]", "[check]\nlongest-sentence = 41\n\n[survey]");
    assert_eq!(found(&project, "B806"), Vec::<String>::new());
}

#[test]
fn what_a_chapter_lacks_and_what_nobody_uses_is_found() {
    let project = Project::small()
        .file(
            "content/en/empty.md",
            "+++\ntitle = \"Empty\"\ntopic = \"themes\"\n+++\n\nNothing.\n",
        )
        .file("content/en/forgotten.png", [137, 80])
        .file("content/static/kept.txt", "published as it is");

    assert_eq!(found(&project, "B803"), ["a chapter on a topic without any figure"]);
    assert_eq!(found(&project, "B804"), ["a chapter without a summary"]);
    assert_eq!(found(&project, "B809"), ["nothing uses `content/en/forgotten.png`"]);
}

#[test]
fn a_denied_code_is_an_error_and_an_unknown_one_a_wrong_usage() {
    let project = with("It is 44 %.");

    assert_eq!(project.run(&["check"]).code, 0);
    assert_eq!(project.run(&["check", "--deny", "B807"]).code, 0);
    assert_eq!(project.run(&["check", "--deny", "b801,B807"]).code, 1);
    assert_eq!(project.run(&["check", "--deny", "warnings"]).code, 1);
    assert_eq!(project.run(&["check", "--deny", "B8"]).code, 2);
    assert!(!project.path().join("public").exists());
}

#[test]
fn what_stops_a_build_stops_the_check() {
    let run = with("{{ share(q=\"nothing\", item=\"x\") }}").run(&["check", "--format", "github"]);

    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("::error file=content/en/progress.md,line="), "{}", run.stdout);
}

#[test]
fn the_report_of_this_repository_has_nothing_to_mend() {
    let run = run_in(&root(), &["check", "--format", "json"]);

    assert_eq!((run.code, run.stdout.as_str()), (0, ""));
}

/// A server of this machine alone, that counts who asks.
fn server() -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    use std::io::{BufRead as _, BufReader, Write as _};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = std::sync::Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            let mut lines =
                BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let request = lines.next().unwrap_or_default();
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let mut words = request.split(' ');
            let (method, path) =
                (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let status = match (method, path) {
                ("HEAD", "/no-head") => "405 Method Not Allowed",
                (_, "/there" | "/no-head") => "200 OK",
                (_, "/moved") => "301 Moved Permanently\r\nLocation: /there",
                (_, "/door") => "403 Forbidden",
                (_, "/broken") => "500 Internal Server Error",
                _ => "404 Not Found",
            };
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            drop(stream.write_all(answer.as_bytes()));
        }
    });
    (address, asked)
}

#[test]
fn links_to_other_sites_are_asked_for_only_when_somebody_says_so() {
    let (site, asked) = server();
    // A port that was free a moment ago: nobody listens there.
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let project = with(&format!(
        "[a]({site}/there) [b]({site}/no-head#part) [c]({site}/moved) [d]({site}/door)\n\
         [gone]({site}/gone) [again]({site}/gone#part) [broken]({site}/broken) [closed](http://{closed}/)\n\n\
         ## Another\n\n\
         [allowed]({site}/allowed)\n\n\
         <!-- barometer: allow B812 because the archive is being moved -->\n",
    ));
    // The note of a chapter leads out of this machine.
    let project = project.change(
        "content/en/themes.md",
        "[the report](https://example.org/report)",
        "the report",
    );
    let project = project.change("data/sources.csv", "https://example.org/report", "");
    let count = || asked.load(std::sync::atomic::Ordering::SeqCst);

    project.built();
    let listed = project.run(&["check"]);

    assert_eq!(count(), 0);
    assert!(listed.stdout.contains("9 links to other sites"), "{}", listed.stdout);
    assert!(listed.stdout.contains(&format!("  {CHAPTER}:27 {site}/there\n")), "{}", listed.stdout);
    assert!(
        !listed.stderr.contains("B812") && !listed.stderr.contains("B334"),
        "{}",
        listed.stderr
    );

    let run = project.run(&["check", "--external", "--format", "json", "--deny", "B812"]);

    assert_eq!(run.code, 1);
    let all = run.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let dead: Vec<(String, u64)> = all
        .filter(|one| one["code"] == "B812")
        .map(|one| {
            (one["message"].as_str().unwrap().replace(&site, ""), one["line"].as_u64().unwrap())
        })
        .collect();
    let messages: Vec<&str> = dead.iter().map(|(message, _)| message.as_str()).collect();
    assert_eq!(
        messages[..3],
        [
            "`/gone` answers 404 Not Found",
            "`/gone#part` answers 404 Not Found",
            "`/broken` answers 500 Internal Server Error"
        ]
    );
    assert!(
        messages[3].starts_with(&format!("`http://{closed}/` does not answer: ")),
        "{messages:?}"
    );
    assert_eq!(messages.len(), 4);
    assert!(dead.iter().all(|(_, line)| *line == 28));
}

#[test]
fn that_no_site_was_reached_is_told_once() {
    let closed = || std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (one, other) = (closed(), closed());
    let project = with(&format!(
        "[a](http://{one}/a) [b](http://{one}/b) [c](http://{other}/) [d](http://{other}/#d)\n"
    ))
    .change("content/en/themes.md", "[the report](https://example.org/report)", "the report")
    .change("data/sources.csv", "https://example.org/report", "");

    let run = project.run(&["check", "--external"]);

    assert_eq!(run.stderr.matches("warning[B812]").count(), 1, "{}", run.stderr);
    let told = "none of 3 addresses of other sites could be asked: no network?";
    assert!(run.stderr.contains(told), "{}", run.stderr);
}

#[test]
fn the_addresses_of_publications_are_asked_for_too() {
    let (site, asked) = server();
    let project = Project::small()
        .change("content/en/themes.md", "[the report](https://example.org/report)", "the report")
        .change("data/sources.csv", "https://example.org/report", &format!("{site}/gone"));
    let line = 1 + fs::read_to_string(project.path().join("data/sources.csv"))
        .unwrap()
        .lines()
        .position(|line| line.contains(&site))
        .unwrap();

    let listed = project.run(&["check"]);

    let wanted = format!("  data/sources.csv:{line} {site}/gone\n");
    assert!(listed.stdout.contains(&wanted), "{}", listed.stdout);
    assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 0);

    let run = project.run(&["check", "--external"]);

    let column = fs::read_to_string(project.path().join("data/sources.csv")).unwrap();
    let column = 1 + column.lines().nth(line - 1).unwrap().find(&site).unwrap();
    assert!(run.stderr.contains("answers 404 Not Found"), "{}", run.stderr);
    let wanted = format!("--> data/sources.csv:{line}:{column}\n");
    assert!(run.stderr.contains(&wanted), "{}", run.stderr);
}

#[test]
fn asking_other_sites_tells_how_far_it_is() {
    let (site, _) = server();
    let project = with(&format!("[a]({site}/there) [b]({site}/gone) [again]({site}/gone#part)\n"))
        .change("content/en/themes.md", "[the report](https://example.org/report)", "the report");
    let project = project.change("data/sources.csv", "https://example.org/report", "");
    let sources = barometer::sources::read(project.path()).unwrap();
    let steps = Mutex::new(vec![]);
    let options = Options { editing: Editing::Done(Asking::Done), ..Options::default() };

    let watch = |step| steps.lock().unwrap().push(step);
    barometer::build_watched(&sources, options, &|_, _| Ok(()), &watch).unwrap();

    let steps = steps.into_inner().unwrap();
    let asking = steps.iter().position(|step| *step == Step::Begins(Stage::Asking(2))).unwrap();
    assert_eq!(
        steps[asking + 1..][..3],
        [Step::PartDone, Step::PartDone, Step::Begins(Stage::Data)]
    );
}

#[test]
fn an_alternative_text_says_more_than_what_stands_beside() {
    let project = with(
        "## A map of Belgium\n\n![A map of Belgium!](map.png)\n\n![Progress is slow](map.png)\n\n\
         ![Three Regions, the darker the further](map.png \"Three regions\")\n\n![three  regions](map.png \"Three regions\")\n",
    )
    .file("content/en/map.png", b"x");

    assert_eq!(
        found(&project, "B811"),
        [
            "an alternative text that repeats `A map of Belgium`",
            "an alternative text that repeats `Progress is slow`",
            "an alternative text that repeats `Three regions`",
        ]
    );
}

#[test]
fn a_number_from_few_answers_is_quoted_with_care() {
    let row = |at: usize| format!("{at},{},energy,5,yes\n", ["flanders", "brussels"][at % 2]);
    let answers = (0..24).map(row).collect::<Vec<_>>().concat();
    let quoted = "{{ share(q=\"strategy\", item=\"yes\", by=\"region\", group=\"flanders\", provenance=\"collected\") }}";
    let base = "{{ n(q=\"strategy\", item=\"yes\", by=\"region\", group=\"flanders\") }}";
    let project = with(&format!(
        "In Flanders {quoted} do.\n\nIn Flanders {quoted} of {base} do.\n\nIn Flanders, with caution, {quoted} do.\n",
    ))
    .change("content/en/themes.md", "{{ claim(q=\"themes\", a=\"energy\", b=\"mobility\", says=\"more\") }}", "")
    .file("data/2018/responses.csv", format!("id,region,themes,progress,strategy\n{answers}"));

    // Numbers of everybody in other chapters rest on all 24.
    let told = found(&project, "B810");
    let of_the_group = told.iter().filter(|one| *one == "a number that rests on 12 answers");
    assert_eq!(of_the_group.count(), 1, "{told:?}");
}
