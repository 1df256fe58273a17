//! Exports of tools of which no sample may be kept here: files as those tools
//! write them, each of a few invented answers.

use crate::project::{Project, Run, fixtures};

/// `count` records after the header, each of `record` with its number.
fn table(header: &str, count: usize, record: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..count).map(record).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

#[track_caller]
fn import(project: &Project, files: &[&str]) -> Run {
    let mut arguments = vec!["import"];
    arguments.extend(files);
    arguments.extend(["--wave", "2018"]);
    let run = project.run(&arguments);
    assert_eq!(run.code, 0, "{}", run.stderr);
    run
}

fn text(project: &Project, path: &str) -> String {
    std::fs::read_to_string(project.path().join(path)).unwrap()
}

fn header(project: &Project) -> String {
    text(project, "data/2018/responses.csv").lines().next().unwrap().to_owned()
}

#[test]
fn options_without_their_question_are_one_multiple_choice() {
    let tick = |ticked: bool, name: &str| if ticked { name.to_owned() } else { String::new() };
    let record = |at: usize| {
        let (energy, bikes) = (at.is_multiple_of(2), at.is_multiple_of(3));
        let none = !energy && !bikes;
        format!(
            "a{at},{},{},,{},{},{},4,2024-03-01 10:00:00,2024-03-01 10:05:00,f00{at}",
            ["Public", "Private"][at % 2],
            tick(energy, "Energy"),
            tick(bikes, "Bikes, trains").replace("Bikes, trains", "\"Bikes, trains\""),
            tick(at == 4, "lending tools"),
            tick(none, "None"),
        )
    };
    let head = "#,What sector are you in?,Energy,Water,\"Bikes, trains\",Other,None,How satisfied are you?,Start Date (UTC),Submit Date (UTC),Network ID";
    let project = Project::empty().file("typeform.csv", table(head, 24, record));

    let run = import(&project, &["typeform.csv"]);

    assert!(
        run.stdout.contains("typeform (it has the columns # and Submit Date"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("personal data: Network ID"), "{}", run.stdout);
    let columns =
        "choice_1_energy,choice_1_water,choice_1_bikes_trains,choice_1_other,choice_1_none";
    assert!(header(&project).contains(columns), "{}", header(&project));
    let survey = text(&project, "data/codebook/survey.csv");
    assert!(
        survey.contains("select_multiple choice_1,choice_1,\"Energy, Water, Bikes, trains …\""),
        "{survey}"
    );
    let choices = text(&project, "data/codebook/choices.csv");
    assert!(choices.contains("choice_1,none,None,,none"), "{choices}");
}

#[test]
fn rows_about_the_export_are_no_respondents_and_codes_no_labels() {
    let head = "Alias,abc,,\nExport Date,05-06-2021,,\n,,,\nIn which country are you?,Themes,Remarks,Creation date";
    let record = |at: usize| {
        let themes =
            ["high(S1_A_L1_4)", "high(S1_A_L1_4); low(S1_A_L1_1)", "low(S1_A_L1_1)", ""][at % 4];
        format!("{}(c{}),{themes},remark {at},05-06-2021", ["Belgium", "France"][at % 2], at % 2)
    };
    let project = Project::empty().file("eu.csv", table(head, 20, record));

    let run = import(&project, &["eu.csv"]);

    assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
    let choices = text(&project, "data/codebook/choices.csv");
    let themes: Vec<&str> = choices.lines().filter(|line| line.starts_with("themes,")).collect();
    assert_eq!(themes, ["themes,high,high,,", "themes,low,low,,"]);
    assert!(choices.contains(",Belgium,Belgium,,"), "{choices}");
}

#[test]
fn answers_without_a_header_lose_no_respondent() {
    let record = |at: usize| {
        format!("2018-05-{:02},{},{}", at + 1, ["Yes", "No"][at % 2], ["North", "South"][at % 2])
    };
    let rows = table("2018-05-30,Yes,South", 20, record);
    let project = Project::empty().file("cut.csv", &rows);

    let run = import(&project, &["cut.csv"]);

    assert!(run.stdout.contains("21 in the file, 21 kept"), "{}", run.stdout);
    assert!(run.stdout.contains("the first row looks like answers"), "{}", run.stdout);
}

#[test]
fn options_with_dashes_stay_under_their_question() {
    let tick = |ticked: bool, name: &str| if ticked { name.to_owned() } else { String::new() };
    let question = "What do you use? Select all that apply.";
    let head = format!(
        "Respondent ID,{question} - Bus,{question} - Bike - own,{question} - Bike - rented,{question} - Other (please specify),Rank - best first - A,Rank - best first - B,Rank - best first - C"
    );
    let record = |at: usize| {
        format!(
            "{},{},{},{},{},{},{},{}",
            1000 + at,
            tick(at.is_multiple_of(2), "Bus"),
            tick(at.is_multiple_of(3), "Bike - own"),
            tick(at % 5 == 1, "Bike - rented"),
            tick(at == 7, "my feet"),
            at % 3 + 1,
            (at + 1) % 3 + 1,
            (at + 2) % 3 + 1
        )
    };
    let project = Project::empty().file("monkey.csv", table(&head, 30, record));

    import(&project, &["monkey.csv"]);

    let survey = text(&project, "data/codebook/survey.csv");
    let questions: Vec<&str> = survey.lines().skip(1).collect();
    assert_eq!(questions.len(), 2, "{survey}");
    assert!(questions[0].starts_with("select_multiple") && questions[0].contains(question));
    assert!(questions[1].starts_with("rank") && questions[1].contains("Rank - best first"));
    let choices = text(&project, "data/codebook/choices.csv");
    for label in [",Bus,", ",Bike - own,", ",Bike - rented,", ",Other (please specify),,other"] {
        assert!(choices.contains(label), "{label}: {choices}");
    }
}

#[test]
fn codes_joined_in_a_cell_are_several_answers_and_decimals_are_not() {
    let record = |at: usize| {
        let themes = ["1,4,6", "1", "4", "6,9", "9", "1,9"][at % 6];
        format!("{};{themes};{},{}", ["big", "small"][at % 2], at % 10, at % 7)
    };
    let project = Project::empty().file("plain.csv", table("size;themes;score", 30, record));

    import(&project, &["plain.csv"]);

    assert_eq!(header(&project), "id,size,themes_1,themes_4,themes_6,themes_9,score");
}

#[test]
fn words_beside_codes_are_their_labels_also_against_a_codebook() {
    let record = |at: usize| {
        let region = at % 3;
        format!("{},{},{}", region + 1, ["Wallonia", "Flanders", "Brussels"][region], at % 10)
    };
    let book = "variable,code,label\nregion,1,Flanders\nregion,2,Wallonia\nregion,3,Brussels\nscore,,Score\n";
    let project = Project::empty()
        .file("plain.csv", table("region,region_label,score", 24, record))
        .file("book.csv", book);

    let alone = import(&project, &["plain.csv"]);
    assert!(alone.stdout.contains("the column of labels beside it; 3 options"), "{}", alone.stdout);
    assert_eq!(header(&project), "id,region,score");

    let project = Project::empty()
        .file("plain.csv", table("region,region_label,score", 24, record))
        .file("book.csv", book);
    let both = import(&project, &["plain.csv", "book.csv"]);
    assert!(both.stderr.contains("warning[B715]"), "{}", both.stderr);
    assert!(both.stderr.contains("`1` is `Wallonia`, `2` is `Flanders`"), "{}", both.stderr);
    assert!(text(&project, "data/codebook/choices.csv").contains("region,1,Wallonia"));
    assert!(text(&project, "data/codebook/survey.csv").contains(",score,Score,"));
}

#[test]
fn a_file_that_went_through_r_is_still_of_kobo() {
    let record = |at: usize| {
        let (energy, water) = (at.is_multiple_of(2), at.is_multiple_of(3));
        let ticks = format!("{energy},{water}").to_uppercase();
        let both = [energy.then_some("energy"), water.then_some("water")];
        let both: Vec<&str> = both.into_iter().flatten().collect();
        format!("2021-01-01T10:00:00,west,{},{ticks},u{at},2021-01-01T09:05:00", both.join(" "))
    };
    let head = "start,profile.region,profile.themes,profile.themes.energy,profile.themes.water,X_uuid,X_submission_time";
    let project = Project::empty().file("kobo.csv", table(head, 20, record));

    let run = import(&project, &["kobo.csv"]);

    assert!(run.stdout.contains("kobo (it has a column _uuid"), "{}", run.stdout);
    assert!(run.stdout.contains("profile.themes.energy … profile.themes.water"), "{}", run.stdout);
    assert_eq!(header(&project), "id,region,themes_energy,themes_water");
}

#[test]
fn a_number_far_from_all_others_may_be_no_answer() {
    for (code, told) in [(999, true), (-9, true), (71, false)] {
        let record = |at: usize| {
            let age = if at == 5 { code } else { 20 + i32::try_from(at).unwrap() };
            format!("{},{age}", ["a", "b"][at % 2])
        };
        let project = Project::empty().file("plain.csv", table("size,age", 40, record));

        let run = import(&project, &["plain.csv"]);

        assert_eq!(run.stdout.contains(&format!("--missing={code}")), told, "{}", run.stdout);
    }
}

#[test]
fn a_codebook_may_be_json() {
    let record = |at: usize| format!("{},{}", at % 2 + 1, at % 10);
    let by_name = r#"{"region": {"label": "Your region?", "values": {"1": "Wallonia", "2": "Flanders"}}, "score": "Your score?"}"#;
    let listed = r#"{"variables": [
        {"name": "region", "label": "Your region?", "categories": [{"value": 1, "label": "Wallonia"}, {"value": 2, "label": "Flanders"}]},
        {"name": "score", "label": "Your score?"}]}"#;
    for book in [by_name, listed] {
        let project = Project::empty()
            .file("plain.csv", table("region,score", 24, record))
            .file("book.json", book);

        import(&project, &["plain.csv", "book.json"]);

        let survey = text(&project, "data/codebook/survey.csv");
        assert!(survey.contains("select_one region,region,Your region?"), "{survey}");
        assert!(survey.contains(",score,Your score?"), "{survey}");
        assert!(text(&project, "data/codebook/choices.csv").contains("region,2,Flanders"));
    }
}

#[test]
fn the_script_for_r_names_columns_and_options() {
    let head = "\"Response ID\",\"Date submitted\",\"Last page\",\"What is \"\"yours\"\"?\",\"Which themes? [Energy]\",\"Which themes? [Water, air]\",\"Rank them [Rank 1]\",\"Rank them [Rank 2]\"";
    let record = |at: usize| {
        let ranks = [("A1", "A2"), ("A2", "A1")][at % 2];
        let date = if at == 3 { "" } else { "2018-05-01 10:00:00" };
        format!(
            "{at},{date},3,{},{},{},{},{}",
            ["F", "M"][at % 2],
            at % 2,
            (at + 1) % 2,
            ranks.0,
            ranks.1
        )
    };
    let script = r#"data <- read.csv("survey_1_R_data_file.csv", quote = "'\"", na.strings=c("", "\"\""))
names(data)[1] <- "id"
names(data)[2] <- "submitdate"
names(data)[3] <- "lastpage"
attributes(data)$variable.labels[4] <- "What is \"yours\"?"
data[, 4] <- factor(data[, 4], levels=c("F","M","O"),labels=c("Female", "Male", "Other (\"x\")"))
names(data)[4] <- "Q1"
data[, 5] <- factor(data[, 5], levels=c(1,0),labels=c("Yes", "Not selected"))
names(data)[5] <- "Q2_SQ001"
data[, 6] <- factor(data[, 6], levels=c(1,0),labels=c("Yes", "Not selected"))
names(data)[6] <- "Q2_SQ002"
data[, 7] <- factor(data[, 7], levels=c("A1","A2"),labels=c("Energy", "Water"))
names(data)[7] <- "Q3_1"
data[, 8] <- factor(data[, 8], levels=c("A1","A2"),labels=c("Energy", "Water"))
names(data)[8] <- "Q3_2"
"#;
    let project = Project::empty()
        .file("survey_1_R_data_file.csv", table(head, 20, record))
        .file("survey_1.R", script);

    let run = import(&project, &["survey_1_R_data_file.csv", "survey_1.R"]);

    assert!(run.stdout.contains("19 kept, 1 left out"), "{}", run.stdout);
    assert_eq!(header(&project), "id,Q1,Q2_SQ001,Q2_SQ002,Q3_1,Q3_2");
    let survey = text(&project, "data/codebook/survey.csv");
    assert!(survey.contains("select_one Q1,Q1,\"What is \"\"yours\"\"?\""), "{survey}");
    assert!(survey.contains("select_multiple Q2,Q2,Which themes?"), "{survey}");
    let choices = text(&project, "data/codebook/choices.csv");
    assert!(choices.contains("Q1,O,\"Other (\"\"x\"\")\""), "{choices}");
    assert!(choices.contains("Q2,SQ002,\"Water, air\""), "{choices}");
}

/// The values are those that `pyreadstat`, another reader, finds in the files.
#[test]
fn data_files_of_spss_bring_words_dates_and_what_is_missing() {
    let files = fixtures().join("exports/spss");
    let project = Project::empty();
    let [types, all] =
        ["types.sav", "alltypes.sav"].map(|name| files.join(name).display().to_string());

    let keep = ["--keep", "mychar", "--keep", "mydate", "--keep", "dtime"];
    let mut arguments = vec!["import", &types, "--wave", "2018"];
    arguments.extend(keep);
    assert_eq!(project.run(&arguments).code, 0);
    let answers = text(&project, "data/2018/responses.csv");
    let rows: Vec<&str> = answers.lines().collect();
    assert_eq!(rows[0], "id,mychar,mynum,mydate,dtime,mylabl,myord");
    assert_eq!(rows[1], "2018-001,a,1.1,2018-05-06,2018-05-06T10:10:10,1,1");
    assert_eq!(rows[2], "2018-002,b,1.2,1880-05-06,1880-05-06T10:10:10,2,2");
    assert_eq!(rows[4], "2018-004,d,-1.4,1583-01-01,1583-01-01,2,1");
    assert_eq!(rows[5], "2018-005,e,1000.3,,,1,1");
    let choices = text(&project, "data/codebook/choices.csv");
    assert!(choices.contains("mylabl,1,Male") && choices.contains("myord,3,high"), "{choices}");

    let project = Project::empty();
    let run = import(&project, &[&all]);
    assert!(run.stdout.contains("3 values that the file calls missing"), "{}", run.stdout);
    let answers = text(&project, "data/2018/responses.csv");
    let z: Vec<&str> = answers.lines().skip(1).map(|row| row.split(',').nth(2).unwrap()).collect();
    assert_eq!(z, ["", "", "1.234", "", "3.14159", ""]);
}

#[test]
fn a_damaged_data_file_of_spss_is_told() {
    let file = std::fs::read(fixtures().join("exports/spss/types.sav")).unwrap();
    let project = Project::empty().file("cut.sav", &file[..700]).file("packed.sav", b"$FL3rest");

    for (name, why) in [("cut.sav", "it ends at byte 700"), ("packed.sav", "it ends at byte 8")] {
        let run = project.run(&["import", name]);

        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.stderr.contains("error[B701]") && run.stderr.contains(why), "{}", run.stderr);
    }
}

#[test]
fn what_qualtrics_works_out_itself_is_no_question() {
    let names = ["ResponseId", "Finished", "Q1", "Q6", "Q6_NPS_GROUP", "SC0"];
    let words =
        ["Response ID", "Finished", "Your region", "How likely?", "How likely? - Group", "Score"];
    let ids = ["_recordId", "finished", "QID1", "QID6", "QID6_NPS_GROUP", "SC_1"];
    let head = |cells: &[&str]| cells.join(";");
    let ids = ids.map(|id| format!("{{'ImportId':'{id}'}}"));
    let lines = [head(&names), head(&words), ids.join(";")].join("\n");
    let record = |at: usize| {
        let group = ["Detractor", "Passive", "Promoter"][at % 3];
        format!("R_{at};True;{};{};{group};0", ["North", "South"][at % 2], at % 11)
    };
    let project = Project::empty().file("answers.csv", table(&lines, 30, record));

    let run = import(&project, &["answers.csv"]);

    assert_eq!(header(&project), "id,Q1,Q6");
    assert!(run.stdout.contains("Finished, Q6_NPS_GROUP, SC0"), "{}", run.stdout);
}

#[test]
fn a_column_of_weights_is_known_by_its_usual_names() {
    for name in ["wgt", "Pondération", "weegfactor", "Gewichtungsfaktor"] {
        let record = |at: usize| format!("{};1.{at}", ["a", "b"][at % 2]);
        let project = Project::empty().file("answers.csv", table(&format!("q;{name}"), 20, record));

        let run = import(&project, &["answers.csv"]);

        assert!(run.stdout.contains(&format!("weight     `{name}`")), "{}", run.stdout);
    }
}

#[test]
fn codes_of_limesurvey_are_to_be_looked_at_and_yes_and_no_are_words() {
    let head = "id;submitdate;lastpage;startlanguage;Q1;Q1[other];Q2;Q3[SQ001];Q3[SQ002]";
    let record = |at: usize| {
        let choice = ["AO01", "AO02", "-oth-"][at % 3];
        let typed = if at % 3 == 2 { "else" } else { "" };
        let yes = |way: usize| ["Y", ""][way % 2];
        format!(
            "{at};2018-03-01 10:00:00;3;nl;{choice};{typed};{};{};{}",
            ["Y", "N"][at % 2],
            yes(at),
            yes(at / 2)
        )
    };
    let project = Project::empty().file("answers.csv", table(head, 30, record));

    let run = import(&project, &["answers.csv", "--languages", "nl"]);

    let choices = text(&project, "data/codebook/choices.csv");
    for option in ["Q1,other,Andere,,other", "Q2,Y,Ja,,", "Q2,N,Nee,,", "Q1,AO01,AO01,,"] {
        assert!(choices.contains(option), "{option}: {choices}");
    }
    let told = |name: &str| run.stdout.lines().find(|line| line.trim().starts_with(name)).unwrap();
    assert!(told("Q1 ").contains("LOOK") && told("Q3 ").contains("LOOK"), "{}", run.stdout);
    assert!(told("Q1 ").contains("import the structure of the survey"), "{}", run.stdout);
    assert!(told("Q2 ").contains("likely"), "{}", run.stdout);
}

#[test]
fn a_codebook_that_says_nothing_is_told() {
    let record = |at: usize| format!("{};{}", ["a", "b"][at % 2], at % 50);
    let project = Project::empty()
        .file("answers.csv", table("region;age", 30, record))
        .file("book.csv", "position;name\n1;region\n2;age\n");

    let run = import(&project, &["answers.csv", "book.csv"]);

    assert!(run.stdout.contains("`book.csv` was taken for a codebook"), "{}", run.stdout);
}
