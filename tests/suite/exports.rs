//! Exports as people publish them: the shapes of real files, with a few
//! invented answers each.

use crate::project::{Project, Run};

/// `count` records after the header, each of `record` with its number.
fn table(header: &str, count: usize, record: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(record).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

#[track_caller]
fn import(file: &str, content: String) -> (Project, Run) {
    let project = Project::empty().file(file, content);
    let run = project.run(&["import", file, "--wave", "2018"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    (project, run)
}

/// The line of the report that tells a question.
#[track_caller]
fn told<'r>(run: &'r Run, name: &str) -> &'r str {
    let own = |line: &&str| line.trim_start().split("  ").next() == Some(name);
    let found = run.stdout.lines().find(own);
    assert!(found.is_some(), "{name}: {}", run.stdout);
    found.unwrap()
}

fn text(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path().join(path)).unwrap()
}

fn header(project: &Project) -> String {
    text(project, "data/2018/responses.csv").lines().next().unwrap().to_owned()
}

#[test]
fn what_a_quiz_adds_is_no_question_in_any_language() {
    let head = "Отметка времени,Всего баллов,Kto?,Kto? [Количество баллов],Kto? [Отзыв],Prečo?,Prečo? [Количество баллов],Prečo? [Отзыв]";
    let record = |at: usize| {
        let (who, why) = (["Ja", "Ty"][at % 2], ["Áno", "Nie", "Neviem"][at % 3]);
        let note = if at == 3 { "Výborne" } else { "" };
        format!(
            "2024/04/15 4:37:5{} PM GMT+2,1.00 / 2,{who},1.00 / 1,{note},{why},-- / 0,",
            at % 10
        )
    };

    let (project, run) = import("quiz.csv", table(head, 24, record));

    assert_eq!(header(&project), "id,kto,preco");
    assert!(
        run.stdout.contains("the tool's own: Отметка времени, Всего баллов,"),
        "{}",
        run.stdout
    );
}

#[test]
fn statements_under_a_question_of_microsoft_forms_are_a_grid() {
    let stem = "How do you assess the following areas: . ";
    let head = format!(
        "Id,Start time,Completion time,Email,Name,{stem}Roads,{stem}Parks ,{stem}Schools,Please enter your name (optional),Can we add your email address to our list?"
    );
    let record = |at: usize| {
        let level = |way: usize| ["neutral", "negative", "positive "][(at + way) % 3];
        format!(
            "{at},16/10/2024 16:5{},16/10/2024 17:11,anonymous,,{},{},{},Person {at},{}",
            at % 10,
            level(0),
            level(1),
            level(at),
            ["Yes", "No"][at % 2]
        )
    };

    let (project, run) = import("forms.csv", table(&head, 24, record));

    let survey = text(&project, "data/codebook/survey.csv");
    assert!(survey.contains("How do you assess the following areas,"), "{survey}");
    assert!(run.stdout.contains("a line of a grid of 3"), "{}", run.stdout);
    assert!(run.stdout.contains("Please enter your name (optional) (a name)"), "{}", run.stdout);
    let asked = told(&run, "can_we_add_your_email_address_to_our");
    assert!(asked.contains("single choice"), "{asked}");
}

#[test]
fn a_number_of_its_own_in_each_column_is_a_tick() {
    let head = "role.bus,role.dev,role.law,role.other,goals";
    let record = |at: usize| {
        let other = if at == 5 { "Writing" } else { "" };
        let tick = |when: bool, code: &'static str| if when { code } else { "" };
        format!(
            "{},{},{},{other},{}",
            tick(at.is_multiple_of(2), "1"),
            tick(at.is_multiple_of(3), "2"),
            tick(at % 5 == 1, "3"),
            at % 5 + 1
        )
    };

    let (project, run) = import("codes.csv", table(head, 30, record));

    assert!(told(&run, "role").contains("multiple choice"), "{}", run.stdout);
    assert!(
        header(&project).starts_with("id,role_bus,role_dev,role_law,goals"),
        "{}",
        header(&project)
    );
    assert!(run.stdout.contains("please specify): role.other"), "{}", run.stdout);
}

#[test]
fn names_that_begin_with_rank_and_hold_places_are_a_ranking() {
    let head = "timestamp,rank_home,rank_work,rank_away,add_milk,add_sugar,add_honey";
    let record = |at: usize| {
        let places = ["1,2,3", "3,1,2", "2,1,", "1,,"][at % 4];
        format!("2025-03-17 11:09:1{},{places},{},{},0", at % 10, at % 2, at % 3 / 2)
    };

    let (_, run) = import("app.csv", table(head, 24, record));

    assert!(told(&run, "rank").contains("ranking"), "{}", run.stdout);
    assert!(told(&run, "add").contains("multiple choice"), "{}", run.stdout);
}

#[test]
fn numbers_beside_words_with_numbers_are_classes() {
    let record = |at: usize| {
        let hours = ["<5", "5", "6", "7", "8", "10+"][at % 6];
        format!("{hours},{}", ["1", "2 or 3", "4", "N/A"][at % 4])
    };

    let (project, run) = import("sleep.csv", table("hours,developers", 48, record));

    let choices = text(&project, "data/codebook/choices.csv");
    let labels: Vec<&str> = choices
        .lines()
        .filter(|line| line.starts_with("hours,"))
        .filter_map(|line| line.split(',').nth(2))
        .collect();
    assert_eq!(labels, ["<5", "5", "6", "7", "8", "10+"], "{choices}");
    assert!(told(&run, "developers").contains("single choice"), "{}", run.stdout);
}

#[test]
fn one_answer_off_a_scale_leaves_it_its_order() {
    let record = |at: usize| {
        let often = ["most of the time", "did not ride", "never", "always", "rarely"][at % 5];
        format!("{often},{}", ["do not watch", "3", "<1", "2", "5+"][at % 5])
    };

    let (project, run) = import("ride.csv", table("helmet,tv", 40, record));

    let choices = text(&project, "data/codebook/choices.csv");
    let labels = |list: &str| -> Vec<String> {
        let own = choices.lines().filter(|line| line.starts_with(list));
        own.filter_map(|line| line.split(',').nth(2)).map(str::to_owned).collect()
    };
    let scale = ["never", "rarely", "most of the time", "always", "did not ride"];
    assert_eq!(labels("helmet,"), scale, "{choices}");
    assert_eq!(labels("tv,"), ["<1", "2", "3", "5+", "do not watch"], "{choices}");
    assert!(told(&run, "helmet").contains("LOOK"), "{}", run.stdout);
}

#[test]
fn columns_of_the_study_are_no_questions() {
    let record = |at: usize| format!("9,BE,{},{}", 100_102 + at * 7, at % 4);

    let (project, run) = import("ess.csv", table("essround,cntry,idno,trust", 60, record));

    assert_eq!(header(&project), "id,trust");
    assert!(run.stdout.contains("the same in every row: essround, cntry"), "{}", run.stdout);
    assert!(run.stdout.contains("idno (an identifier)"), "{}", run.stdout);
}

#[test]
fn numbers_of_three_levels_around_zero_are_codes() {
    let record = |at: usize| format!("{},{at}", ["-1", "0", "1"][at % 3]);

    let (project, run) = import("gss.csv", table("natroad,weightless", 30, record));

    assert!(told(&run, "natroad").contains("single choice"), "{}", run.stdout);
    let choices = text(&project, "data/codebook/choices.csv");
    let labels: Vec<&str> = choices.lines().filter_map(|line| line.split(',').nth(2)).collect();
    assert_eq!(labels[1..], ["-1", "0", "1"], "{choices}");
}

#[test]
fn times_of_the_day_are_answers_and_no_codes() {
    let question = "When did you arrive last week?";
    let head = format!("Timestamp,{question} [Monday],{question} [Tuesday],What is your age?");
    let times = ["Before 08:00", "08:00 - 10:00", "10:01 - 12:00", "12:01 - 14:00", "Not at all"];
    let ages = ["18 - 21", "22 - 25", "26 - 30", "Over 30", "I would prefer not to say"];
    let record = |at: usize| {
        let (monday, tuesday, age) = (times[at % 5], times[at / 2 % 5], ages[at % 5]);
        format!("29/10/2018 15:52:1{},{monday},{tuesday},{age}", at % 10)
    };

    let (project, run) = import("travel.csv", table(&head, 40, record));

    assert!(run.stdout.contains("a line of a grid of 2"), "{}", run.stdout);
    let choices = text(&project, "data/codebook/choices.csv");
    assert!(told(&run, "what_is_your_age").contains("likely"), "{}", run.stdout);
    let first = choices.lines().find(|line| line.contains(":00")).unwrap();
    assert!(first.contains("Before 08:00"), "{choices}");
}

#[test]
fn classes_are_in_the_order_of_their_numbers_from_none_to_the_open_one() {
    let years = ["1 to 3 years", "1 year or less", "4 or more", "none"];
    let record = |at: usize| format!("{},{}", years[at % 4], at % 7);

    let (project, _) = import("years.csv", table("years,days", 40, record));

    let choices = text(&project, "data/codebook/choices.csv");
    let labels: Vec<Vec<&str>> = choices
        .lines()
        .filter(|line| line.starts_with("years,"))
        .map(|line| line.split(',').skip(2).collect())
        .collect();
    let order = ["none", "1 year or less", "1 to 3 years", "4 or more"];
    assert_eq!(labels, order.map(|label| vec![label, "", ""]), "{choices}");
}

#[test]
fn a_line_of_a_grid_that_is_drawn_alone_has_its_question_in_the_first_chapter() {
    let question = "How well do you know these?";
    let head = format!("Timestamp,{question} [Red],{question} [Blue]");
    let record = |at: usize| {
        let level = |way: usize| ["By name", "By sight", "Used once"][(at + way) % 3];
        format!("29/10/2018 15:52:1{},{},{}", at % 10, level(0), level(1))
    };
    let project = Project::empty().file("known.csv", table(&head, 24, record));

    let run = project.run(&["new", "report", "--from", "known.csv"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let chapter = text(&project, "report/content/en/answers.md");
    assert!(chapter.contains("## Red – How well do you know these?"), "{chapter}");
}

/// As `SoSci` Survey writes it: a choice, a grid, a multiple choice with its
/// count and what was typed, a number that was typed, times and marks.
fn sosci(count: usize) -> String {
    let head = "CASE,SERIAL,QUESTNNR,MODE,STARTED,AB01,AB02_01,AB02_02,AB03,AB03_01,AB03_02,AB03_02a,AB04_01,TIME001,TIME_SUM,FINISHED,Q_VIEWER,MISSING";
    let tick = |ticked: bool| if ticked { "T" } else { "F" };
    let record = |at: usize| {
        let (one, two) = (at.is_multiple_of(2), at.is_multiple_of(3));
        format!(
            "{},,base,{},2026-04-14 08:22:25,{},{},{},{},{},{},{},{},12,214,{},{},3",
            1000 + at,
            if at == 4 { "pretest" } else { "interview" },
            ["1", "2", "3", "-9", "-1"][at % 5],
            at % 5 + 1,
            if at == 7 { "-9".to_owned() } else { (at / 2 % 5 + 1).to_string() },
            usize::from(one) + usize::from(two),
            tick(one),
            tick(two),
            if at == 6 { "else" } else { "" },
            100 + at,
            tick(at != 9),
            tick(at == 8),
        )
    };
    table(head, count, record)
}

#[test]
fn interviews_of_sosci_survey_that_do_not_count_stay_out() {
    let (project, run) = import("data.csv", sosci(40));

    let left = "40 in the file, 37 kept, 3 left out: 1 a test (MODE is pretest); 1 only looked through (Q_VIEWER); 1 not finished (FINISHED)";
    assert!(run.stdout.contains(left), "{}", run.stdout);
    assert_eq!(header(&project), "id,AB01,AB02_01,AB02_02,AB03_01,AB03_02,AB04_01");
    let answers = text(&project, "data/2018/responses.csv");
    assert!(!answers.contains("-9"), "{answers}");
    assert!(told(&run, "AB01").contains("single choice"), "{}", run.stdout);
    assert!(told(&run, "AB03").contains("multiple choice"), "{}", run.stdout);
    assert!(told(&run, "AB04_01").contains("whole number"), "{}", run.stdout);
    for out in ["it counts the ticks beside it: AB03", "please specify): AB03_02a"] {
        assert!(run.stdout.contains(out), "{out}: {}", run.stdout);
    }
}

#[test]
fn the_script_of_sosci_survey_brings_the_words() {
    let script = r#"ds = read.delim(
  col.names = c("CASE","SERIAL","QUESTNNR","MODE","STARTED","AB01")
)
ds$AB01 = factor(ds$AB01, levels=c("1","2","3","-9","-1"), labels=c("nie (0)","manchmal","oft","[NA] nicht beantwortet","[NA] weiß nicht"), ordered=FALSE)
attr(ds$AB02_01,"1") = "gar nicht"
attr(ds$AB02_01,"5") = "sehr"
attr(ds$AB03_01,"T") = "ausgewählt"
comment(ds$AB01) = "Wie oft?"
comment(ds$AB02_01) = "Wie wichtig?: Ruhe"
comment(ds$AB02_02) = "Wie wichtig?: Nähe"
comment(ds$AB03_01) = "Wo?: Zu Hause"
comment(ds$AB03_02) = "Wo?: Anderswo"
comment(ds$AB04_01) = "Größe: [01]"
"#;
    let project = Project::empty().file("data.csv", sosci(40)).file("import.R", script);

    let run = project.run(&["import", "data.csv", "import.R", "--wave", "2018"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let survey = text(&project, "data/codebook/survey.csv");
    for words in [
        "AB01,Wie oft?",
        "begin_group,AB02,Wie wichtig?",
        "AB02_02,Nähe",
        "AB03,Wo?",
        "AB04_01,Größe",
    ] {
        assert!(survey.contains(words), "{words}: {survey}");
    }
    let choices = text(&project, "data/codebook/choices.csv");
    for option in
        ["AB01,1,nie (0)", ",weiß nicht,", "AB02,5,5 sehr", "AB02,3,3,", "AB03,01,Zu Hause"]
    {
        assert!(choices.contains(option), "{option}: {choices}");
    }
}

#[test]
fn a_line_without_gaps_stays_in_its_battery() {
    // pandas writes 3.0 in columns with gaps, and 3 in those without.
    let record = |at: usize| {
        let gap = if at == 7 { String::new() } else { format!("{}.0", at % 6 + 1) };
        format!("{gap},{},{}.0,{gap}", at / 2 % 6 + 1, (at + 2) % 6 + 1)
    };

    let (_, run) = import("bfi.csv", table("O1,O2,O3,O4", 60, record));

    for line in ["O1", "O2", "O3", "O4"] {
        assert!(told(&run, line).contains("a line of a grid of 4"), "{}", run.stdout);
    }
}

#[test]
fn a_scale_that_lacks_a_level_on_one_side_is_not_drawn_around_its_middle() {
    let levels = ["strongly negative", "negative", "neutral", "positive"];
    let record = |at: usize| {
        let even = ["negative", "neutral", "positive"][at % 3];
        format!("{},{even}", levels[at % 4])
    };

    let (_, run) = import("sides.csv", table("uneven,even", 40, record));

    let uneven = told(&run, "uneven");
    assert!(uneven.contains("single choice") && uneven.contains("LOOK"), "{uneven}");
    assert!(uneven.contains("one side lacks a level"), "{uneven}");
    assert!(told(&run, "even").contains("scale"), "{}", run.stdout);
}
