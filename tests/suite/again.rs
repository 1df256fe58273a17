//! A later export of a survey that was imported already, after its author
//! edited the codebook.

use crate::project::{Project, Run};

fn text(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path().join(path)).unwrap()
}

fn write(project: &Project, path: &str, text: &str) {
    std::fs::write(project.path().join(path), text).unwrap();
}

#[track_caller]
fn import(project: &Project, content: &str) -> Run {
    write(project, "answers.csv", content);
    let run = project.run(&["import", "answers.csv", "--wave", "2018"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

fn column(project: &Project, name: &str) -> Vec<String> {
    let table = text(project, "data/2018/responses.csv");
    let mut rows = table.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let at = rows.next().unwrap().iter().position(|own| own == name).unwrap();
    rows.map(|row| row[at].clone()).collect()
}

/// Three questions that begin with more words than a name holds.
const ALIKE: &str = "Do you consider yourself to be a fan of the films?;Do you consider yourself to be a fan of the books?;Do you consider yourself to be a fan of the plays?";

fn fans(count: usize) -> String {
    let record = |at: usize| {
        let word = |way: usize| ["yes", "no"][way % 2];
        format!("{};{};{}\n", word(at), word(at / 2), word(at / 4))
    };
    format!("{ALIKE}\n{}", (0..count).map(record).collect::<String>())
}

#[test]
fn questions_whose_names_are_cut_alike_stay_apart() {
    let project = Project::empty();
    import(&project, &fans(40));
    let name = "do_you_consider_yourself_to_be_a_fan_of";
    let before = [name.to_owned(), format!("{name}_2"), format!("{name}_3")];
    let columns = before.each_ref().map(|name| column(&project, name));
    // The author words one of them anew.
    let survey = text(&project, "data/codebook/survey.csv");
    let edited = survey.replace("Do you consider yourself to be a fan of the books?", "Books");
    write(&project, "data/codebook/survey.csv", &edited);

    let run = import(&project, &fans(48));

    assert!(
        run.stdout.contains("40 of 40 rows are as they were, 8 rows are new"),
        "{}",
        run.stdout
    );
    assert_eq!(text(&project, "data/codebook/survey.csv"), edited);
    for (name, old) in before.iter().zip(columns) {
        assert_eq!(column(&project, name)[..40], old, "{name}");
    }
}

#[test]
fn lines_of_a_grid_whose_names_are_cut_alike_stay_apart() {
    let line = "How far do you agree? [The models that were drawn by hand in the workshop were not used again";
    let table = |count: usize| {
        let level = |at: usize| ["agree", "disagree", "neutral"][at % 3];
        let rows =
            (0..count).map(|at| format!("{};{};{}\n", level(at), level(at / 2), level(at / 5)));
        format!("{line} at all];{line} much];{line} soon]\n{}", rows.collect::<String>())
    };
    let project = Project::empty();
    import(&project, &table(40));
    let before = text(&project, "data/2018/responses.csv");

    import(&project, &table(40));

    assert_eq!(text(&project, "data/2018/responses.csv"), before);
}

#[test]
fn an_option_that_is_called_otherwise_is_told_and_can_be_kept() {
    let table = |third: &str, count: usize| {
        let row = |at: usize| format!("{};{}\n", ["Remote", "Hybrid", third][at % 3], at % 2);
        format!("place;member\n{}", (0..count).map(row).collect::<String>())
    };
    let project = Project::empty();
    import(&project, &table("In person", 30));
    let edit = |from: &str, to: &str| {
        let choices = text(&project, "data/codebook/choices.csv");
        assert!(choices.contains(from), "{choices}");
        write(&project, "data/codebook/choices.csv", &choices.replace(from, to));
    };
    edit("place,Remote,Remote,,", "place,Remote,From home,home,");

    // The author's words are no longer those of the export: its code is.
    let run = import(&project, &table("On site", 33));

    let told = "`place`: nobody gives `In person`, and `On site` is new";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    assert!(text(&project, "data/codebook/choices.csv").contains("place,Remote,From home,home,"));
    // As the report of the import says.
    edit("place,on_site,On site,,\n", "");
    edit("place,in_person,In person,,", "place,in_person,On site,,");
    let run = import(&project, &table("On site", 33));
    assert!(!run.stdout.contains("nobody gives"), "{}", run.stdout);
    assert_eq!(column(&project, "place")[2], "in_person");
}

#[test]
fn numbered_questions_of_the_codebook_keep_their_own_options() {
    let record =
        |at: usize| format!("{};{}", ["yes", "no"][at % 2], ["paper", "web", "friends"][at % 3]);
    let rows: Vec<String> = (0..30).map(record).collect();
    let content = format!("v2;v3\n{}\n", rows.join("\n"));
    let project = Project::empty().file("answers.csv", &content);
    import(&project, &content);
    let before = text(&project, "data/codebook/choices.csv");

    let run = import(&project, &content);

    assert_eq!(text(&project, "data/codebook/choices.csv"), before);
    assert!(!run.stdout.contains("added to the codebook"), "{}", run.stdout);
}

#[test]
fn words_that_a_form_has_otherwise_by_now_are_told() {
    let form = |question: &str, option: &str| {
        format!(
            "survey,,,\n,type,name,label::en\n,select_one media,media,{question}\n,integer,age,Age\nchoices,,,\n,list_name,name,label::en\n,media,tv,Television\n,media,web,{option}\n"
        )
    };
    let rows: Vec<String> =
        (0..20).map(|at| format!("{},{}", ["tv", "web"][at % 2], 20 + at)).collect();
    let project = Project::empty()
        .file("form.csv", form("What do you use?", "Web"))
        .file("answers.csv", format!("media,age\n{}\n", rows.join("\n")));
    let arguments = ["import", "answers.csv", "form.csv", "--wave", "2018"];
    let run = project.run(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains("keeps its words"), "{}", run.stdout);

    write(&project, "form.csv", &form("Which media do you use?", "Web sites"));
    let run = project.run(&arguments);

    assert!(run.stdout.contains("the codebook keeps its words"), "{}", run.stdout);
    let told = "`media`: `What do you use?`, now `Which media do you use?`";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    assert!(run.stdout.contains("`media`, `web`: `Web`, now `Web sites`"), "{}", run.stdout);
    assert!(text(&project, "data/codebook/choices.csv").contains("media,web,Web,"));
}
