//! Reports that are made up from a seed, for benchmarks of whole builds.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::support::Dice;

const OPTIONS: usize = 20;
const WORDS: [&str; 24] = [
    "survey", "answer", "share", "report", "public", "sector", "budget", "table", "margin", "year",
    "trend", "the", "of", "and", "in", "less", "more", "among", "while", "figure", "question",
    "region", "open", "data",
];

/// Writes a report of so many chapters of some 600 words with one chart each.
pub(crate) fn generate(folder: &Path, chapters: usize) {
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
