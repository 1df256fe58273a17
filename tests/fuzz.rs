//! Real inputs, damaged by chance: whatever an author or a tool may hand over,
//! the program answers with a site or with mistakes, and never panics.
//!
//! A seed gives the same damage everywhere. `cargo test --test fuzz` tries a
//! few cases and everything that ever went wrong (`tests/fixtures/fuzz`);
//! `FUZZ_SECONDS=600 FUZZ_SEED=7 cargo test --test fuzz` looks for more, and
//! leaves what it finds in `target/fuzz`.
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "tests read, write and may fail"
)]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use barometer::check::Asking;
use barometer::content::Drafts;
use barometer::import::{self, Choices, Input};
use barometer::sources::Sources;
use barometer::{BuildError, Editing, Options, config, content, simulate, survey, theme, wording};

/// Chance that is the same on every machine: a multiplication and a shift
/// (Steele and Vigna 2021, LCG of 128 bits, upper half).
struct Chance(u128);

impl Chance {
    fn new(seed: u64) -> Self {
        let mut chance = Self(u128::from(seed) << 1 | 1);
        chance.next();
        chance.next();
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(0xDA94_2042_E4DD_58B5).wrapping_add(0x9E37_79B9_7F4A_7C15);
        u64::try_from(self.0 >> 64).unwrap()
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// What has a meaning somewhere: signs of every grammar, and values at the
/// edges.
const WORDS: [&str; 104] = [
    "\"",
    "\"\"",
    "'",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\u{FEFF}",
    "\u{FFFD}",
    "\u{202F}",
    "\u{200B}",
    "é",
    "ﬁ",
    "👩‍👩‍👧",
    "İ",
    "ß",
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "{{ ",
    " }}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=",
    "+++",
    "+++\n",
    "```",
    "```chart\n",
    "\n```\n",
    "~~~",
    "#",
    "## ",
    "###### ",
    "# A {#a}",
    "![a](b.png)",
    "[a](b.md#c)",
    "[^1]",
    "[^1]: a",
    "| a |\n| - |\n",
    "> [!NOTE]\n> a\n",
    "<!-- barometer: allow B801 because a -->",
    "<!--",
    "-->",
    "<b>",
    "&amp;",
    "&",
    "\\",
    "*",
    "**",
    "_",
    "`",
    ":",
    "::",
    "  ",
    "- ",
    "1. ",
    "0",
    "-0",
    "-1",
    "1e999",
    "NaN",
    "inf",
    "0.1",
    "1,5",
    "99999999999999999999",
    "-9223372036854775808",
    "18446744073709551615",
    "4294967296",
    "2147483648",
    "100",
    "101",
    "true",
    "false",
    "2018-06-14",
    "0000-00-00",
    "9999-12-31",
    "2018-02-30",
    "12:00:00",
    "all",
    "region",
    "themes",
    "energy",
    "none",
    "other",
    "select_one a",
    "select_multiple a",
    "rank a",
    "begin_group",
    "end_group",
    "start=0 end=1e9 step=1",
    "start=0 end=10 step=0",
    "{{ share(q=\"themes\", item=\"energy\") }}",
    "{{ top(q=\"themes\", k=99999999) }}",
    "{{ change(q=\"progress\", from=\"2017\", to=\"2018\") }}",
    "by = [\"region\", \"region\"]\n",
];

/// Damages a file a few times.
fn damaged(bytes: &[u8], others: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len() + 1);
        let long = 1 << chance.below(9);
        let end = (at + chance.below(long)).min(bytes.len());
        match chance.below(10) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let copy = bytes[at..end].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, copy).for_each(drop);
            }
            2 => {
                let byte = u8::try_from(chance.below(256)).unwrap();
                bytes.splice(at..(at + 1).min(bytes.len()), [byte]).for_each(drop);
            }
            3 => {
                let other = chance.one(others);
                let from = chance.below(other.len() + 1);
                let piece = other[from..(from + chance.below(200)).min(other.len())].to_vec();
                bytes.splice(at..end, piece).for_each(drop);
            }
            4 => bytes.truncate(at),
            5 => lines(&mut bytes, chance),
            6 => {
                let times = 1 << chance.below(10);
                let word = chance.one(&WORDS).repeat(times);
                bytes.splice(at..at, word.into_bytes()).for_each(drop);
            }
            7 => cell(&mut bytes, chance),
            _ => {
                let word = chance.one(&WORDS).as_bytes().to_vec();
                bytes.splice(at..if chance.below(2) == 0 { at } else { end }, word).for_each(drop);
            }
        }
        bytes.truncate(200_000);
    }
    bytes
}

/// Takes a line away, doubles it or moves it.
fn lines(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let mut lines: Vec<Vec<u8>> =
        bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    if lines.is_empty() {
        return;
    }
    let line = lines.remove(chance.below(lines.len()));
    for _ in 0..chance.below(3) {
        let to = chance.below(lines.len() + 1);
        lines.insert(to, line.clone());
    }
    *bytes = lines.concat();
}

/// Puts a value in the place of what stands between two signs.
fn cell(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let ends: Vec<usize> = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| b",;\t\n\"= ".contains(byte))
        .map(|(at, _)| at)
        .collect();
    if ends.len() < 2 {
        return;
    }
    let at = chance.below(ends.len() - 1);
    let word = chance.one(&WORDS).as_bytes().to_vec();
    bytes.splice(ends[at] + 1..ends[at + 1], word).for_each(drop);
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The files below a folder by their path with `/`.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    walk.filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap();
            let parts: Vec<_> = path.iter().map(|part| part.to_str().unwrap()).collect();
            (parts.join("/"), fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// One case: a report, which is built or read only (a hundred times as
/// quick), or an export that is imported into nothing.
enum Case {
    Report(BTreeMap<String, Vec<u8>>),
    Read(BTreeMap<String, Vec<u8>>),
    Export(String, Vec<u8>),
}

/// What can be damaged.
struct Material {
    reports: Vec<BTreeMap<String, Vec<u8>>>,
    exports: Vec<(String, Vec<u8>)>,
    pieces: Vec<Vec<u8>>,
}

impl Material {
    fn read() -> Self {
        let mut reports: Vec<_> = ["small", "simulated", "kinds"]
            .iter()
            .map(|name| files(&fixtures().join(name)))
            .collect();
        // Words of the interface are the author's in a theme of his own.
        let strings =
            files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/barometer/strings"));
        let mut themed = reports[0].clone();
        themed.insert("themes/barometer/strings/en.toml".to_owned(), strings["en.toml"].clone());
        themed.insert(
            "themes/barometer/theme.toml".to_owned(),
            b"[assets]\nsearch = \"\"\n".to_vec(),
        );
        reports.push(themed);
        let exports: Vec<_> = files(&fixtures().join("exports"))
            .into_iter()
            .filter(|(path, bytes)| {
                path.contains('/') && !path.contains(".json") && bytes.len() < 40_000
            })
            .collect();
        let texts = |path: &str| !path.contains(".xlsx");
        let mut pieces: Vec<Vec<u8>> =
            reports.iter().flat_map(|report| report.values().cloned()).collect();
        pieces
            .extend(exports.iter().filter(|(path, _)| texts(path)).map(|(_, bytes)| bytes.clone()));
        Self { reports, exports, pieces }
    }

    fn case(&self, seed: u64) -> Case {
        let mut chance = Chance::new(seed);
        if chance.below(3) == 0 {
            let (path, bytes) = chance.one(&self.exports);
            return Case::Export(path.clone(), damaged(bytes, &self.pieces, &mut chance));
        }
        // The small report is the quickest, so it is tried most.
        let at = [0, 0, 0, 0, 3, 3, 1, 2][chance.below(8)];
        let mut report = self.reports[at].clone();
        let paths: Vec<String> = report.keys().cloned().collect();
        for _ in 0..=chance.below(2) {
            let path = chance.one(&paths);
            let bytes = damaged(&report[path], &self.pieces, &mut chance);
            report.insert(path.clone(), bytes);
        }
        if chance.below(5) == 0 { Case::Report(report) } else { Case::Read(report) }
    }
}

/// Runs what the program would do; what it says is not judged.
fn run(case: &Case) {
    match case {
        Case::Report(report) => {
            let sources = Sources::from_iter(report.clone());
            let options = Options { editing: Editing::Done(Asking::Skipped), ..Options::default() };
            match barometer::build(&sources, options, &|_, _| Ok(())) {
                Ok(_) | Err(BuildError::Mistakes(_)) => {}
                Err(error) => unreachable!("no disk is touched: {error}"),
            }
            let choices = simulate::Choices {
                wave: None,
                respondents: Some(20),
                seed: 1,
                known: simulate::Known::Replaced,
            };
            drop(simulate::simulate(&sources, &choices));
        }
        Case::Read(report) => read(&Sources::from_iter(report.clone())),
        Case::Export(path, bytes) => {
            let name = path.rsplit('/').next().unwrap().to_owned();
            let input = Input { name, bytes: bytes.clone() };
            let imported = import::import(&[input], &Choices::default(), &Sources::default());
            // What an import wrote is read by a build, whatever it is.
            let Ok(imported) = imported else { return };
            let languages = vec!["en".to_owned()];
            let files = barometer::new::from_import(&imported.value, &languages);
            drop(barometer::build(&Sources::from_iter(files), Options::default(), &|_, _| Ok(())));
        }
    }
}

/// Reads everything that an author writes.
fn read(sources: &Sources) {
    let Some(config) = config::parse(sources).value else { return };
    drop(survey::load(sources, &config));
    let Ok(theme) = theme::load(sources, &config) else { return };
    drop(theme::look(&theme.value));
    if let Ok(words) = wording::load(&theme.value, &config.site.languages) {
        drop(content::load(sources, &config, &words.value, Drafts::Built, None));
    }
}

/// What work panics with, if it does.
fn panic_in(work: impl FnOnce()) -> Option<String> {
    let panicked = catch_unwind(AssertUnwindSafe(work)).err()?;
    let text = panicked.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panicked.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Some(text.unwrap_or_default())
}

fn panic_of(case: &Case) -> Option<String> {
    panic_in(|| run(case))
}

/// Writes a case as it stands in the corpus: what differs from its base.
fn keep(case: &Case, base: &Material, folder: &Path) {
    drop(fs::remove_dir_all(folder));
    let put = |path: &str, bytes: &[u8]| {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    match case {
        Case::Report(report) | Case::Read(report) => {
            let same = |path: &String, bytes: &Vec<u8>| base.reports[0].get(path) == Some(bytes);
            report
                .iter()
                .filter(|(path, bytes)| !same(path, bytes))
                .for_each(|(path, bytes)| put(path, bytes));
        }
        Case::Export(path, bytes) => put(path.rsplit('/').next().unwrap(), bytes),
    }
}

#[test]
fn what_once_went_wrong_is_answered() {
    let small = files(&fixtures().join("small"));
    let mut seen = 0;
    for (kind, report) in [("reports", true), ("exports", false)] {
        let folder = fixtures().join("fuzz").join(kind);
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        names.sort();
        for path in names {
            let own = files(&path);
            let case = if report {
                let mut whole = small.clone();
                whole.extend(own);
                Case::Report(whole)
            } else {
                let (name, bytes) = own.into_iter().next().unwrap();
                Case::Export(name, bytes)
            };
            assert_eq!(panic_of(&case), None, "{}", path.display());
            seen += 1;
        }
    }
    eprintln!("{seen} cases that once went wrong");
}

#[test]
fn a_panic_is_seen() {
    let seen = panic_in(|| assert!(fixtures().is_file(), "a folder"));

    assert_eq!(seen.as_deref(), Some("a folder"));
    assert_eq!(panic_in(|| ()), None);
}

/// A recursion without end kills the program where no panic is caught.
#[test]
fn what_nests_deep_is_answered() {
    const DEEP: usize = 4000;
    let small = files(&fixtures().join("small"));
    let chapter = |text: String| {
        let text = format!("+++\ntitle = \"Deep\"\nweight = 9\n+++\n\n{text}\n");
        ("content/en/deep.md", text)
    };
    let front_matter = format!("+++\ntitle = \"A\"\nx = {}\n+++\n", "[".repeat(DEEP));
    let lines: Vec<String> = (0..400).map(|depth| format!("{}- a", "  ".repeat(depth))).collect();
    let list = lines.join("\n");
    for (path, text) in [
        chapter(format!("{} a", ">".repeat(DEEP))),
        chapter(list),
        chapter("*a **b ".repeat(DEEP)),
        chapter(format!("{0}a{0}", "*".repeat(DEEP))),
        chapter("[".repeat(DEEP)),
        chapter("<div>".repeat(DEEP)),
        chapter("a\n: ".repeat(DEEP)),
        chapter(format!("{{{{ {} }}}}", "share(".repeat(DEEP))),
        chapter(format!("```chart\nquestion = {}\n```", "[".repeat(DEEP))),
        ("content/en/deep.md", front_matter),
        ("barometer.toml", format!("[x]\na = {0}\n", "[".repeat(DEEP))),
        ("barometer.toml", format!("z = {}", "{a=".repeat(DEEP))),
        ("barometer.toml", format!("[{}b]\n", "a.".repeat(DEEP))),
        (
            "data/codebook/survey.csv",
            format!("type,name,label\n{}", "begin_group,g,G\n".repeat(DEEP)),
        ),
    ] {
        let mut report = small.clone();
        report.insert(path.to_owned(), text.into_bytes());
        assert_eq!(panic_of(&Case::Report(report)), None, "{path}");
    }
}

#[test]
fn damaged_inputs_are_answered() {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let material = Material::read();
    let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz");
    let first = number("FUZZ_SEED").unwrap_or(1) * 1_000_000_000;
    let time = number("FUZZ_SECONDS").map(Duration::from_secs);
    let begun = Instant::now();
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    let mut tried = 0;
    while time.map_or(tried < 200, |time| begun.elapsed() < time) {
        let seed = first + tried;
        let case = material.case(seed);
        if time.is_some() {
            // What no test survives, such as an endless recursion, lies here.
            keep(&case, &material, &target.join(format!("now-{first}")));
        }
        let started = Instant::now();
        if let Some(panic) = panic_of(&case)
            && !found.contains_key(&panic)
        {
            keep(&case, &material, &target.join(seed.to_string()));
            found.insert(panic, seed);
        }
        if Duration::from_secs(20) < started.elapsed() && time.is_some() {
            eprintln!("seed {seed} took {:?}", started.elapsed());
            keep(&case, &material, &target.join(format!("slow-{seed}")));
        }
        tried += 1;
    }
    eprintln!("{tried} cases");
    assert!(found.is_empty(), "{found:#?}");
}
