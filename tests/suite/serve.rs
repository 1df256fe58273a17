//! The live preview, asked as a browser asks it.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::project::{Project, copy, fixtures};

const CHAPTER: &str = "content/en/progress.md";
const PAGE: &str = "progress.html";
/// A preview that says nothing for this long is broken.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running preview; ends with the test.
struct Preview {
    process: Child,
    said: BufReader<std::process::ChildStdout>,
    port: u16,
}

/// What a page hears.
struct Events(BufReader<TcpStream>);

impl Preview {
    fn of(project: &Project) -> Self {
        Self::at(project, 0)
    }

    fn at(project: &Project, port: u16) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_barometer"))
            .args(["serve", "--port", &port.to_string()])
            .current_dir(project.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let mut port = None;
        while port.is_none() {
            let mut line = String::new();
            assert!(0 < said.read_line(&mut line).unwrap(), "the preview ended");
            let rest = line.strip_prefix("http://127.0.0.1:");
            port = rest.and_then(|rest| rest.split('/').next()?.parse().ok());
        }
        Self { process, said, port: port.unwrap() }
    }

    /// Waits for the next line that begins so.
    fn says(&mut self, beginning: &str) {
        let mut line = String::new();
        while !line.starts_with(beginning) {
            line.clear();
            assert!(0 < self.said.read_line(&mut line).unwrap(), "the preview ended");
        }
    }

    fn request(&self, path: &str, host: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        stream
    }

    /// The whole answer, head and body.
    fn get(&self, path: &str) -> String {
        let mut answer = vec![];
        self.request(path, "localhost:1").read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn events(&self, page: &str) -> Events {
        Events(BufReader::new(self.request(&format!("/-/events?{page}"), "127.0.0.1:1")))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

impl Events {
    fn next(&mut self) -> Value {
        loop {
            let mut line = String::new();
            assert!(0 < self.0.read_line(&mut line).unwrap(), "the preview hung up");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// The first news of which something holds.
    fn until(&mut self, holds: impl Fn(&Value) -> bool) -> Value {
        loop {
            let news = self.next();
            if holds(&news) {
                return news;
            }
        }
    }
}

fn mistakes(news: &Value) -> usize {
    news["mistakes"].as_array().unwrap().len()
}

/// A preview that has built its first site.
fn ready(project: &Project) -> Preview {
    let mut preview = Preview::of(project);
    preview.says("built");
    preview
}

#[test]
fn a_page_hears_when_its_chapter_was_saved_and_others_do_not_change() {
    let project = Project::small();
    let preview = ready(&project);
    let (mut own, mut other) = (preview.events(PAGE), preview.events("index.html"));
    let (before, elsewhere) = (own.next(), other.next());

    let project = project.change(CHAPTER, "\n## ", "\nA new paragraph.\n\n## ");

    own.until(|news| news["state"] != before["state"]);
    assert!(preview.get("/progress.html").contains("A new paragraph."));
    assert_eq!(other.next()["state"], elsewhere["state"]);
    assert!(!project.path().join("public").exists(), "the preview wrote a site");
}

#[test]
fn a_mistake_lies_over_the_last_good_site_until_it_is_mended() {
    let project = Project::small();
    let preview = ready(&project);
    let mut events = preview.events(PAGE);
    let before = events.next();
    let good = fs::read_to_string(project.path().join(CHAPTER)).unwrap();

    let project =
        project.file(CHAPTER, format!("{good}\n{{{{ share(q=\"nothing\", item=\"x\") }}}}\n"));
    let broken = events.until(|news| mistakes(news) > 0);

    assert_eq!(broken["state"], before["state"]);
    let told = broken["mistakes"][0].as_str().unwrap();
    assert!(told.contains("`nothing`") && told.contains(CHAPTER), "{told}");
    assert!(preview.get("/progress.html").starts_with("HTTP/1.1 200"));

    let _project = project.file(CHAPTER, good);
    assert_eq!(events.until(|news| mistakes(news) == 0)["state"], before["state"]);
}

#[test]
fn a_site_that_cannot_be_built_at_first_appears_when_it_can() {
    let project = Project::small();
    let good = fs::read_to_string(project.path().join(CHAPTER)).unwrap();
    let project = project.file(CHAPTER, "no front matter");
    let preview = Preview::of(&project);
    let mut events = preview.events(PAGE);
    let broken = events.until(|news| mistakes(news) > 0);
    assert!(preview.get("/progress.html").starts_with("HTTP/1.1 503"));

    let _project = project.file(CHAPTER, good);

    events.until(|news| news["state"] != broken["state"]);
    assert!(preview.get("/progress.html").starts_with("HTTP/1.1 200"));
}

#[test]
fn editors_that_rename_and_folders_that_vanish_are_followed() {
    let project = Project::small();
    let preview = ready(&project);
    let mut events = preview.events(PAGE);
    let before = events.next();
    let chapter = project.path().join(CHAPTER);

    let beside = project.path().join("content/en/.progress.md.swp");
    let text = fs::read_to_string(&chapter).unwrap();
    fs::write(&beside, format!("{text}\nWritten beside.\n")).unwrap();
    fs::rename(&beside, &chapter).unwrap();
    let renamed = events.until(|news| news["state"] != before["state"]);
    assert!(preview.get("/progress.html").contains("Written beside."));

    fs::remove_dir_all(project.path().join("content")).unwrap();
    events.until(|news| mistakes(news) > 0);
    copy(&fixtures().join("small/content"), &project.path().join("content"));
    let back = events.until(|news| mistakes(news) == 0 && news["state"] != renamed["state"]);
    assert_eq!(back["state"], before["state"]);

    // What lies in a folder that came back is watched as before.
    fs::write(&chapter, format!("{text}\nAfter the return.\n")).unwrap();
    events.until(|news| news["state"] != back["state"]);
    assert!(preview.get("/progress.html").contains("After the return."));
}

#[test]
fn a_page_that_does_not_exist_yet_hears_of_its_birth() {
    let project = Project::small();
    let preview = ready(&project);
    let mut events = preview.events("born.html");
    let before = events.next();
    assert!(preview.get("/born.html").starts_with("HTTP/1.1 404"));

    let _project = project
        .file("content/en/born.md", "+++\ntitle = \"Born\"\nsummary = \"S.\"\n+++\n\nText.\n");

    events.until(|news| news["state"] != before["state"]);
    assert!(preview.get("/born.html").starts_with("HTTP/1.1 200"));
}

#[test]
fn pages_may_hear_of_changes_and_files_are_those_of_the_build() {
    let project = Project::small();
    let preview = ready(&project);
    project.built();

    let page = preview.get("/progress.html");
    assert!(page.contains("connect-src 'self'"));
    assert!(page.contains("<script src=\"/-/client.js\" data-page=\"progress.html\""));
    for csv in ["data/results.csv", "sitemap.xml"] {
        let Ok(built) = fs::read_to_string(project.path().join("public").join(csv)) else {
            continue;
        };
        assert!(preview.get(&format!("/{csv}")).ends_with(&built), "{csv}");
    }
}

#[test]
fn who_comes_by_another_name_is_refused() {
    let project = Project::small();
    let preview = ready(&project);

    let mut answer = String::new();
    preview.request("/", "evil.example:4000").read_to_string(&mut answer).unwrap();

    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");
}

#[test]
fn a_taken_port_gives_the_next() {
    let project = Project::small();
    let first = ready(&project);

    let second = Preview::at(&project, first.port);

    assert!(first.port < second.port);
}

#[test]
fn a_sentence_is_seen_before_it_is_translated() {
    let project = Project::copy_of(&fixtures().join("kinds"));
    let preview = ready(&project);
    let mut events = preview.events("index.html");
    let before = events.next();
    let chapter = project.path().join("content/fr/index.md");
    let text = fs::read_to_string(&chapter).unwrap();

    fs::write(&chapter, text + "\nLa moyenne : {{ mean(q=\"progress\") }}.\n").unwrap();

    let after = events.until(|news| news["state"] != before["state"] || mistakes(news) > 0);
    assert_eq!(after["mistakes"], serde_json::json!([]));
    assert_eq!(project.run(&["build"]).code, 1, "published, it would have to be translated");
}
