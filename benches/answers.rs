//! How long a build takes whose numbers come from a million answers to 60
//! questions, by four breakdowns, against reading the records of the same
//! file with the `csv` crate on one thread; and a build of 123 answers.
//!
//! `cargo bench --bench answers` makes the file from a seed, and prints the
//! best of several runs of whole processes: other work on the machine can
//! only make a run longer. Nothing is asserted.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark writes, prints and may fail"
)]

mod support;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use support::{Dice, place};

const RUNS: usize = 3;
/// Breakdowns and how many groups each has.
const BREAKDOWNS: [(&str, usize); 4] =
    [("region", 3), ("province", 10), ("nature", 2), ("size", 5)];
const SINGLE: usize = 30;
const SCALES: usize = 10;
const SCORES: usize = 8;
const MULTIPLE: usize = 6;
const TICKS: usize = 4;
const DECIMALS: usize = 2;

/// As the first argument: read the file of the second raw, and nothing else.
const RAW: &str = "raw";

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == RAW) {
        return read_raw(Path::new(&arguments.next().unwrap()));
    }
    println!("{:>10} {:>6} {:>19} {:>19}", "", "", "raw csv", "build");
    println!(
        "{:>10} {:>6} {:>9} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "answers", "MB", "wall, s", "CPU, s", "wall, s", "CPU, s", "ratio", "peak MiB"
    );
    for respondents in [123, 1_000_000] {
        let folder = place();
        let bytes = generate(folder.path(), respondents);
        measure(respondents, bytes, folder.path());
    }
}

/// What GNU time says of a process, the best of several.
struct Cost {
    wall: f64,
    /// Seconds of all threads together.
    cpu: f64,
    mebibytes: f64,
}

fn measure(respondents: usize, bytes: usize, report: &Path) {
    let table = report.join("data/2018/responses.csv");
    let this = std::env::current_exe().unwrap();
    let raw = best(&mut || vec![this.clone().into(), RAW.into(), table.clone().into()]);
    let mut run = 0;
    let build = best(&mut || {
        run += 1;
        let site = report.join(format!("site-{run}"));
        let program = env!("CARGO_BIN_EXE_barometer").into();
        vec![program, "build".into(), report.into(), "--out".into(), site.into()]
    });
    println!(
        "{respondents:>10} {:>6} {:>9.3} {:>9.3} {:>9.3} {:>9.3} {:>9.2} {:>9.0}",
        bytes / 1_000_000,
        raw.wall,
        raw.cpu,
        build.wall,
        build.cpu,
        build.wall / raw.wall,
        build.mebibytes
    );
}

/// Times fresh commands.
fn best(command: &mut dyn FnMut() -> Vec<OsString>) -> Cost {
    let mut best = Cost { wall: f64::INFINITY, cpu: f64::INFINITY, mebibytes: 0.0 };
    for _ in 0..RUNS {
        let start = Instant::now();
        let output = Command::new("/usr/bin/time")
            .args(["-f", "%U %S %M"])
            .args(command())
            .output()
            .expect("GNU time is installed: apt-get install time");
        let wall = start.elapsed().as_secs_f64();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stderr).unwrap();
        let said = text.lines().last().unwrap().split(' ').map(|one| one.parse::<f64>().unwrap());
        let [user, system, kibibytes] = said.collect::<Vec<_>>()[..] else { panic!("{text}") };
        best.wall = best.wall.min(wall);
        best.cpu = best.cpu.min(user + system);
        best.mebibytes = best.mebibytes.max(kibibytes / 1024.0);
    }
    best
}

/// Reads every record of a file, as bytes, into one that is used again.
fn read_raw(path: &Path) {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap() {}
}

/// Writes a report; gives the size of its answers in bytes.
fn generate(folder: &Path, respondents: usize) -> usize {
    let write = |path: &str, text: &str| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "barometer.toml",
        "[site]\ntitle = \"Benchmark\"\nlanguages = [\"en\"]\n\n\
         [survey]\nname = \"Survey\"\nwaves = [\"2018\"]\n\
         breakdowns = [\"region\", \"province\", \"nature\", \"size\"]\n\n\
         [design]\nid = \"id\"\nstrata = \"province\"\nweight = \"weight\"\n",
    );
    write(
        "content/en/chapter.md",
        "+++\ntitle = \"Chapter\"\nweight = 1\nsummary = \"A chapter.\"\n+++\n\n\
         ```chart\nquestion = \"single0\"\nkind = \"bars\"\n```\n",
    );
    write("data/codebook/survey.csv", &questions());
    write("data/codebook/choices.csv", &choices());
    let answers = answers(respondents);
    write("data/2018/responses.csv", &answers);
    answers.len()
}

fn questions() -> String {
    let mut text = "type,name,label::en,appearance,parameters,breakdown\n".to_owned();
    for (name, _) in BREAKDOWNS {
        writeln!(text, "select_one {name},{name},Cut {name},,,yes").unwrap();
    }
    let mut add = |kind: &str, name: &str, count: usize, rest: &str| {
        for at in 0..count {
            writeln!(text, "{kind},{name}{at},Question {name} {at},{rest},").unwrap();
        }
    };
    add("select_one answers", "single", SINGLE, ",");
    add("select_one answers", "scale", SCALES, "likert,");
    add("range", "score", SCORES, ",start=0 end=10 step=1");
    add("select_multiple ticks", "multiple", MULTIPLE, ",");
    add("decimal", "decimal", DECIMALS, ",");
    text
}

fn choices() -> String {
    let mut text = "list_name,name,label::en\n".to_owned();
    let lists = BREAKDOWNS.into_iter().chain([("answers", 5), ("ticks", TICKS)]);
    for (list, options) in lists {
        for option in 1..=options {
            writeln!(text, "{list},{option},Option {option} of {list}").unwrap();
        }
    }
    text
}

fn answers(respondents: usize) -> String {
    let mut text = "id,weight".to_owned();
    for (name, _) in BREAKDOWNS {
        write!(text, ",{name}").unwrap();
    }
    for (name, count) in
        [("single", SINGLE), ("scale", SCALES), ("score", SCORES), ("decimal", DECIMALS)]
    {
        (0..count).for_each(|at| write!(text, ",{name}{at}").unwrap());
    }
    for at in 0..MULTIPLE {
        (1..=TICKS).for_each(|tick| write!(text, ",multiple{at}_{tick}").unwrap());
    }
    let mut dice = Dice(2018);
    for respondent in 0..respondents {
        write!(text, "\n{respondent},{}.{}", 1 + dice.roll(9), dice.roll(100)).unwrap();
        let province = dice.roll(10);
        let groups = [province / 4, province, dice.roll(2), dice.roll(5)];
        for group in &groups {
            write!(text, ",{}", group + 1).unwrap();
        }
        for _ in 0..SINGLE + SCALES {
            // Everybody leaves something out.
            match dice.roll(20) {
                0 => text.push(','),
                face => write!(text, ",{}", 1 + face % 5).unwrap(),
            }
        }
        (0..SCORES).for_each(|_| write!(text, ",{}", dice.roll(11)).unwrap());
        for _ in 0..DECIMALS {
            write!(text, ",{}.{}", dice.roll(100), dice.roll(10)).unwrap();
        }
        (0..MULTIPLE * TICKS).for_each(|_| write!(text, ",{}", dice.roll(2)).unwrap());
    }
    text.push('\n');
    text
}
