//! A build that takes over what it can gives the bytes of one that does not.

use std::collections::BTreeMap;
use std::sync::Mutex;

use barometer::ground::Ground;
use barometer::sources::{self, Sources};
use barometer::{BuildError, Built, Memory, Options, Part, Translations, build, rebuild};

use crate::project::fixtures;

/// The bytes of a file; of a picture, those of its drawing.
type Site = BTreeMap<String, Vec<u8>>;

fn options() -> Options {
    Options { translations: Translations::InProgress, ..Options::default() }
}

/// What an attempt gives, or the messages of what is wrong.
type Attempt = Result<(Site, Built), Vec<String>>;

fn attempt(
    run: impl FnOnce(barometer::Sink<'_>) -> Result<Built, BuildError>,
    before: Option<&Site>,
) -> Attempt {
    let site: Mutex<Site> = Mutex::default();
    let built = run(&|file, part| {
        let mut site = site.lock().unwrap();
        match part {
            Part::Next => site.entry(file.path.clone()).or_default().extend(&file.bytes),
            Part::Whole | Part::Drawing(_) => {
                site.insert(file.path.clone(), file.bytes.clone());
            }
        }
        Ok(())
    });
    let mut site = site.into_inner().unwrap();
    match built {
        Ok(built) => {
            for path in &built.kept {
                let kept = before.and_then(|before| before.get(path));
                assert!(kept.is_some(), "{path} was never put");
                let put = site.insert(path.clone(), kept.unwrap().clone());
                assert!(put.is_none(), "{path} was put too");
            }
            Ok((site, built))
        }
        Err(BuildError::Mistakes(mistakes)) => {
            Err(mistakes.all().iter().map(|found| format!("{found:?}")).collect())
        }
        Err(error) => Err(vec![error.to_string()]),
    }
}

/// The same sequence on every machine (the constants are Knuth's).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % below
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }
}

fn text(sources: &Sources, path: &str) -> String {
    String::from_utf8(sources.get(path).unwrap().to_vec()).unwrap()
}

fn without(sources: &Sources, path: &str) -> Sources {
    let others = sources.all().filter(|(other, _)| *other != path);
    others.map(|(path, bytes)| (path, bytes.to_vec())).collect()
}

/// The chart blocks of a chapter.
fn charts(text: &str) -> Vec<String> {
    let blocks = text.split("```chart\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    // A name of its own may stand once.
    let unnamed = |block: &str| -> String {
        block.split_inclusive('\n').filter(|line| !line.starts_with("id = ")).collect()
    };
    blocks.map(|block| format!("\n```chart\n{}```\n", unnamed(block))).collect()
}

/// What an author does next.
fn edit(sources: &Sources, history: &[Sources], charts: &[String], dice: &mut Dice) -> Sources {
    let chapters: Vec<String> = sources
        .all()
        .map(|(path, _)| path.to_owned())
        .filter(|path| barometer::content::is_chapter(path))
        .collect();
    let path = dice.pick(&chapters).clone();
    let mut edited = sources.clone();
    let old = text(sources, &path);
    let number = dice.roll(1000);
    let new = match dice.roll(15) {
        0 | 1 => format!("{old}\nA sentence of the number {number}.\n"),
        2 => format!(
            "{old}\n## A section {number}\n\nWith a note.[^n{number}]\n\n[^n{number}]: So.\n"
        ),
        3 => format!("{old}\nThe mean is {{{{ mean(q=\"progress\") }}}}.\n"),
        4 | 5 => old + dice.pick(charts).as_str(),
        6 => old.replacen("title = \"", &format!("title = \"{number} "), 1),
        7 => old.replacen("+++\n", &format!("+++\nweight = {number}\n"), 1),
        8 => {
            let language = dice.pick(&chapters).split('/').nth(1).unwrap().to_owned();
            let chart = dice.pick(charts);
            let text = format!(
                "+++\ntitle = \"Chapter {number}\"\nsummary = \"S.\"\n+++\n\nText.\n{chart}"
            );
            edited.insert(format!("content/{language}/chapter-{}.md", number % 10), text);
            return edited;
        }
        9 if 3 < chapters.len() => return without(sources, &path),
        // A link that leads somewhere, or nowhere.
        10 => format!("{old}\nSee [there](chapter-{}.md).\n", number % 10),
        11 => format!("{old}\nAs [](#fig-{}) shows.\n", dice.pick(&["bars", "grouped", "tiles"])),
        12 => format!("{old}\nA mistake: {{{{ share(q=\"nothing\", item=\"x\") }}}}.\n"),
        // What somebody does who was interrupted, or regrets.
        9 | 13 => return dice.pick(history).clone(),
        _ => {
            let settings = text(sources, "barometer.toml");
            edited.insert("barometer.toml", format!("{settings}\n# {number}\n"));
            return edited;
        }
    };
    edited.insert(path, new);
    edited
}

/// How many sites an author got who edited so often, and how many files of
/// them were taken over.
fn walk(report: &str, chapter: &str, times: usize) -> (usize, usize) {
    let original = sources::read(&fixtures().join(report)).unwrap();
    let charts = charts(&text(&original, chapter));
    let mut dice = Dice(2026);
    let mut history = vec![original.clone()];
    let mut sources = original;
    let (mut edits, mut sound, mut kept) = (0, 0, 0);
    while edits < times {
        let ground = Ground::read(&sources).unwrap();
        let mut memory = Memory::default();
        let mut last: Option<Site> = None;
        loop {
            let clean = attempt(|put| build(&sources, options(), put), None);
            let again = attempt(
                |put| rebuild(&ground, &sources, options(), &mut memory, put),
                last.as_ref(),
            );
            match (clean, again) {
                (Ok((clean, of_clean)), Ok((again, built))) => {
                    assert_eq!(of_clean.files, built.files);
                    assert_eq!(of_clean.warnings, built.warnings);
                    assert_eq!(clean.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
                    for (path, bytes) in &clean {
                        assert!(*bytes == again[path], "{path} differs after {edits} edits");
                    }
                    sound += 1;
                    kept += built.kept.len();
                    last = Some(again);
                    history.push(sources.clone());
                }
                (Err(clean), Err(again)) => assert_eq!(clean, again),
                (clean, again) => {
                    assert_eq!(clean.map(|_| ()), again.map(|_| ()), "after {edits} edits");
                }
            }
            let next = if last.is_none() || (sound < edits / 2) {
                dice.pick(&history).clone()
            } else {
                edit(&sources, &history, &charts, &mut dice)
            };
            edits += 1;
            let is_same_ground = Ground::holds(&sources, &next);
            sources = next;
            if !is_same_ground || times <= edits {
                break;
            }
        }
    }
    (sound, kept)
}

#[test]
fn two_hundred_edits_give_the_bytes_of_clean_builds() {
    let (sound, kept) = walk("small", "content/en/progress.md", 175);
    let (sound_kinds, kept_kinds) = walk("kinds", "content/en/index.md", 25);

    // Not a walk from mistake to mistake, and not one build after the other anew.
    assert!(60 < sound && 8 < sound_kinds, "{sound} and {sound_kinds} sound sites");
    assert!(500 < kept && 200 < kept_kinds, "{kept} and {kept_kinds} files were taken over");
}
