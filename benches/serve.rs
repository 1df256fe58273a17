//! How long it takes from a saved chapter until a page of the preview hears
//! that it looks otherwise: the report of this repository, and 1,000 chapters
//! of some 600 words with one chart each.
//!
//! `cargo bench --bench serve` prints the median of several savings, beside
//! the first build of the same preview. Nothing is asserted.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark writes, prints and may fail"
)]

#[path = "support/report.rs"]
mod report;
mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use report::generate;
use support::place;

const RUNS: usize = 15;
/// Between two savings, so that the one before is over.
const REST: Duration = Duration::from_millis(300);

fn main() {
    println!("{:>10} {:>14} {:>14} {:>14}", "report", "first build", "median saving", "worst");
    let report = place();
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["content", "data", "themes"] {
        copy(&own.join(part), &report.path().join(part));
    }
    fs::copy(own.join("barometer.toml"), report.path().join("barometer.toml")).unwrap();
    measure("Belgian", report.path(), "content/fr/perception.md", "perception.html");
    let report = place();
    generate(report.path(), 1_000);
    measure("1,000", report.path(), "content/en/chapter-500.md", "chapter-500.html");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn measure(name: &str, report: &Path, chapter: &str, page: &str) {
    let began = Instant::now();
    let mut preview = Command::new(env!("CARGO_BIN_EXE_barometer"))
        .args(["serve", "--port", "0"])
        .current_dir(report)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(preview.stdout.take().unwrap());
    let mut port = None;
    let mut line = String::new();
    while !line.starts_with("built") {
        line.clear();
        assert!(0 < said.read_line(&mut line).unwrap(), "the preview ended");
        let rest = line.strip_prefix("http://127.0.0.1:");
        port = port.or_else(|| rest.and_then(|rest| rest.split('/').next()?.parse::<u16>().ok()));
    }
    let first = began.elapsed();
    // What it says must be read, or it would wait.
    std::thread::spawn(move || said.lines().count());
    let mut events = TcpStream::connect(("127.0.0.1", port.unwrap())).unwrap();
    write!(events, "GET /-/events?{page} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut events = BufReader::new(events).lines().map(Result::unwrap);
    let mut news = move || events.find(|line| line.starts_with("data: ")).unwrap();
    let mut state = news();
    let chapter = report.join(chapter);
    let text = fs::read_to_string(&chapter).unwrap();
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|run| {
            std::thread::sleep(REST);
            let text = format!("{text}\nSaved {run} times.\n");
            let began = Instant::now();
            fs::write(&chapter, text).unwrap();
            loop {
                let heard = news();
                if heard != state {
                    state = heard;
                    return began.elapsed();
                }
            }
        })
        .collect();
    preview.kill().unwrap();
    preview.wait().unwrap();
    times.sort();
    let [median, worst] = [times[RUNS / 2], times[RUNS - 1]].map(|time| time.as_millis());
    println!("{name:>10} {:>11} ms {median:>11} ms {worst:>11} ms", first.as_millis());
}
