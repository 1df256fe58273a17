//! How long a cold build takes, and how much memory: reports of 8, 100, 1,000
//! and 10,000 chapters of some 600 words with one chart of 20 options each,
//! made up from a seed, and the report of this repository.
//!
//! `cargo bench --bench build` prints the median of several runs of the whole
//! process, as GNU time measures it. Nothing is asserted. Files lie in memory
//! where the system has a place for that: a disk takes a varying part of the
//! time, and ext4 is slow to make files for minutes after it deleted many.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark writes, prints and may fail"
)]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use support::{Dice, place};

const RUNS: usize = 5;
const OPTIONS: usize = 20;
const WORDS: [&str; 24] = [
    "survey", "answer", "share", "report", "public", "sector", "budget", "table", "margin", "year",
    "trend", "the", "of", "and", "in", "less", "more", "among", "while", "figure", "question",
    "region", "open", "data",
];

fn main() {
    println!("{:>10} {:>12} {:>12}", "chapters", "seconds", "peak MiB");
    for chapters in [8, 100, 1_000, 10_000] {
        let folder = place();
        generate(folder.path(), chapters);
        measure(&chapters.to_string(), folder.path());
    }
    measure("Belgian", Path::new(env!("CARGO_MANIFEST_DIR")));
}

fn measure(name: &str, report: &Path) {
    let out = place();
    let mut seconds = vec![];
    let mut memory = 0.0_f64;
    for run in 0..=RUNS {
        let site = out.path().join(run.to_string());
        let output = Command::new("/usr/bin/time")
            .args(["-f", "%e %M", env!("CARGO_BIN_EXE_barometer"), "build"])
            .arg(report)
            .arg("--out")
            .arg(&site)
            .output()
            .expect("GNU time is installed: apt-get install time");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stderr).unwrap();
        let (elapsed, peak) = text.lines().last().unwrap().split_once(' ').unwrap();
        fs::remove_dir_all(site).unwrap();
        // The first run warms the page cache.
        if 0 < run {
            seconds.push(elapsed.parse::<f64>().unwrap());
            memory = memory.max(peak.parse::<f64>().unwrap() / 1024.0);
        }
    }
    seconds.sort_by(f64::total_cmp);
    println!("{name:>10} {:>12.2} {memory:>12.0}", seconds[RUNS / 2]);
}

fn generate(folder: &Path, chapters: usize) {
    let write = |path: &str, text: String| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "barometer.toml",
        "[site]\ntitle = \"Benchmark\"\nlanguages = [\"en\"]\nurl = \"https://example.org/\"\npublished = 2018-06-14\n\n\
         [survey]\nname = \"Survey\"\nwaves = [\"2018\"]\n"
            .to_owned(),
    );
    let mut choices = "list_name,name,label::en\n".to_owned();
    for option in 0..OPTIONS {
        writeln!(choices, "answers,a{option},An answer number {option} of some length").unwrap();
    }
    write("data/codebook/choices.csv", choices);
    write(
        "data/sources.csv",
        "id,title,author,publisher,date,language,url\nbench,Benchmark,,,2018,en,\n".to_owned(),
    );
    let mut questions = "type,name,label::en\n".to_owned();
    let mut figures = "question,item,group_var,group,value,unit,n,source,note\n".to_owned();
    for chapter in 0..chapters {
        let mut dice = Dice(chapter as u64);
        writeln!(questions, "select_one answers,q{chapter},Question {chapter}").unwrap();
        for option in 0..OPTIONS {
            let share = dice.roll(1000);
            writeln!(
                figures,
                "q{chapter},a{option},all,all,{}.{},percent,{},bench,",
                share / 10,
                share % 10,
                20 + dice.roll(900)
            )
            .unwrap();
        }
        write(&format!("content/en/chapter-{chapter}.md"), text(chapter, &mut dice));
    }
    write("data/codebook/survey.csv", questions);
    write("data/2018/published.csv", figures);
}

fn text(chapter: usize, dice: &mut Dice) -> String {
    let mut text = format!(
        "+++\ntitle = \"Chapter {chapter}\"\nweight = {chapter}\nsummary = \"A chapter.\"\n+++\n"
    );
    for section in 0..6 {
        write!(text, "\n## Section {section}\n\n").unwrap();
        for word in 0..100 {
            let end = if word % 12 == 11 { ". " } else { " " };
            write!(text, "{}{end}", WORDS[dice.roll(WORDS.len())]).unwrap();
        }
        text.push('\n');
        if section == 2 {
            write!(text, "\n```chart\nquestion = \"q{chapter}\"\nkind = \"bars\"\n```\n").unwrap();
        }
    }
    text
}
