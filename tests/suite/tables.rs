//! Tables that no tool signs, as they stand in public repositories: headings
//! cut down, copied under each other or joined to their options. The answers
//! are invented.

use crate::project::{Project, Run};

/// `count` records under `heads`, cells joined by `;`.
fn table(heads: &[&str], count: usize, record: impl Fn(usize) -> String) -> String {
    let rows = (0..count).map(record);
    let all: Vec<String> = heads.iter().map(|head| (*head).to_owned()).chain(rows).collect();
    all.join("\n") + "\n"
}

#[track_caller]
fn import(content: &str) -> (Project, Run) {
    let project = Project::empty().file("answers.csv", content);
    let run = project.run(&["import", "answers.csv", "--wave", "2018"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    (project, run)
}

/// The lines of a file.
pub(crate) fn lines(project: &Project, path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(project.path().join(path)).unwrap();
    text.lines().map(str::to_owned).collect()
}

/// Type, name and label of each question.
pub(crate) fn questions(project: &Project) -> Vec<String> {
    let survey = lines(project, "data/codebook/survey.csv");
    let short = |line: &String| line.split(',').take(3).collect::<Vec<_>>().join(",");
    survey.iter().skip(1).map(short).collect()
}

fn header(project: &Project) -> String {
    lines(project, "data/2018/responses.csv")[0].clone()
}

#[test]
fn a_second_header_row_is_no_respondent_and_its_columns_are_read() {
    let first = ";Where do you live?;What do you use?;;;;How often do you do this?;;;";
    let second = "#;Region;Bus;Bike;Car, van;Other;Walk to work;Cycle to work;Further remarks;Submit Date (UTC)";
    let record = |at: usize| {
        let tick = |when: bool, word: &'static str| if when { word } else { "" };
        let often = ["never", "sometimes", "often"];
        format!(
            "r{at};{};{};{};{};{};{};{};{};2018-03-{:02} 10:00:00",
            ["North", "South"][at % 2],
            tick(at.is_multiple_of(2), "Bus"),
            tick(at.is_multiple_of(3), "Bike"),
            tick(at % 5 == 1, "Car, van"),
            tick(at == 7, "my feet"),
            often[at % 3],
            often[(at / 3) % 3],
            if at == 4 { "too far" } else { "" },
            at % 28 + 1
        )
    };

    let (project, run) = import(&table(&[first, second], 30, record));

    assert!(run.stdout.contains("30 in the file, 30 kept"), "{}", run.stdout);
    assert!(run.stdout.contains("the tool's own: #, Submit Date (UTC)"), "{}", run.stdout);
    let all = questions(&project).join("\n");
    assert!(all.contains("select_multiple what_do_you_use,"), "{all}");
    assert!(all.contains(",how_often_do_you_do_cycle_to_work,Cycle to work"), "{all}");
    assert!(!all.contains("North") && !all.contains("without"), "{all}");
}

#[test]
fn a_row_of_answers_under_unnamed_columns_is_a_respondent() {
    let record = |at: usize| format!("{};{};;no;yes;no;;yes", at % 7, ["a", "b"][at % 2]);

    let (_, run) = import(&table(&["How many?;Which one?;;;;;;"], 20, record));

    assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
}

#[test]
fn headings_with_their_line_in_brackets_need_no_other_sign() {
    let head = "Antwort ID;Was nutzen Sie? [Bus];Was nutzen Sie? [Rad];Was nutzen Sie? [Sonstiges];Stimmen Sie zu? [ Es ist leicht.];Stimmen Sie zu? [ Es ist billig.];Ordnen Sie [Rang 1];Ordnen Sie [Rang 2];Ordnen Sie [Rang 3]";
    let agree = ["Stimme vollständig zu", "Stimme eher zu", "Stimme gar nicht zu", "Keine Angabe"];
    let ranks = ["Preis;Zeit;Lärm", "Zeit;Lärm;Preis", "Lärm;Preis;Zeit", "Zeit;Preis;"];
    let record = |at: usize| {
        format!(
            "{};{};{};{};{};{};{}",
            at * 3 + 7,
            ["Ja", "Nein"][at % 2],
            ["Ja", "Nein", "Nein"][at % 3],
            if at == 5 { "Boot" } else { "" },
            agree[at % 4],
            agree[(at / 2) % 4],
            ranks[at % 4]
        )
    };

    let (project, run) = import(&table(&[head], 40, record));

    assert!(run.stdout.contains("a scale of agreement"), "{}", run.stdout);
    let all = questions(&project);
    assert!(all[0].starts_with("select_multiple was_nutzen_sie,"), "{all:?}");
    assert!(all[2].ends_with(",Es ist leicht."), "{all:?}");
    assert!(all[5].starts_with("rank ordnen_sie,"), "{all:?}");
    let choices = lines(&project, "data/codebook/choices.csv").join("\n");
    assert!(choices.contains(",Keine Angabe,,refused"), "{choices}");
}

#[test]
fn codes_before_the_words_name_questions_and_options() {
    let head = ";work1. Do you work?;work3[SQ001]. Where do you work (all that apply)? [At home];work3[SQ002]. Where do you work (all that apply)? [In an office];open1[A5]. How often do you share? []";
    let record = |at: usize| {
        let share = ["1: Never", "2", "3", "4", "5: Always"][at % 5];
        format!(
            "{at};{};{};{};{share}",
            ["Yes", "No"][at % 2],
            ["Yes", "No"][at % 2],
            ["No", "Yes", "Yes"][at % 3]
        )
    };

    let (project, run) = import(&table(&[head], 40, record));

    assert_eq!(header(&project), "id,work1,work3_SQ001,work3_SQ002,open1");
    let choices = lines(&project, "data/codebook/choices.csv").join("\n");
    assert!(choices.contains("work3,SQ002,In an office,,"), "{choices}");
    // Words at the ends alone: the numbers are a scale.
    assert!(choices.ends_with("open1,4,4,,\nopen1,5_always,5: Always,,"), "{choices}");
    assert!(run.stdout.contains("open1     scale                  5"), "{}", run.stdout);
}

#[test]
fn options_after_their_question_are_told_by_their_cells() {
    let question = "1) Quels <strong>outils</strong>&nbsp;utilisez-vous ici?";
    let grid = "2) Est-ce important pour vous ou non?";
    let other = format!("{question} Autre (veuillez préciser)&nbsp;:");
    let cells = [
        "ID Interne".to_owned(),
        format!("{question} Téléphone"),
        format!("{question} <span>Papier&nbsp;simple</span>"),
        other.clone(),
        other,
        format!("{grid} Bus"),
        format!("{grid} Vélo"),
        format!("{grid} Train"),
    ];
    let head = cells.map(|cell| format!("\"{cell}\"")).join(";");
    let record = |at: usize| {
        let tick = |when: bool, word: &'static str| if when { word } else { "" };
        let level = |at: usize| ["1 pas du tout", "2", "3", "4 essentiel"][at % 4];
        format!(
            "{};{};{};{};{};{};{};{}",
            at * 911 + 5,
            tick(at.is_multiple_of(2), "Téléphone"),
            tick(at.is_multiple_of(3), "Papier simple"),
            tick(at % 9 == 4, "Autre (veuillez préciser) :"),
            tick(at % 9 == 4, "pigeon"),
            level(at),
            level(at / 2),
            level(at / 3)
        )
    };

    let (project, run) = import(&table(&[&head], 40, record));

    assert!(run.stdout.contains("typed text (other, please specify)"), "{}", run.stdout);
    let all = questions(&project);
    assert_eq!(all.len(), 6, "{all:?}");
    assert!(all[0].starts_with("select_multiple"), "{all:?}");
    assert!(all[0].ends_with(",1) Quels outils utilisez-vous ici?"), "{all:?}");
    assert!(all[2].ends_with(",Bus") && all[4].ends_with(",Train"), "{all:?}");
    assert!(!lines(&project, "data/2018/responses.csv").join("\n").contains("pigeon"));
}

#[test]
fn places_on_the_map_stay_out_whatever_stands_before_them() {
    let record = |at: usize| format!("{};{};-19.{at};33.4{at};{at}", ["a", "b"][at % 2], at % 9);
    let head = "kind;score;gps_Latitude;gps_Longitude;address_postalcode";

    let (project, run) = import(&table(&[head], 30, record));

    assert_eq!(header(&project), "id,kind,score");
    assert!(run.stdout.contains("gps_Latitude (a place on the map)"), "{}", run.stdout);
    assert!(run.stdout.contains("address_postalcode (a postal code)"), "{}", run.stdout);
}

#[test]
fn the_mark_of_a_program_for_nothing_is_no_answer() {
    let na = |at: usize, cell: &str| {
        if at.is_multiple_of(4) { "NA".to_owned() } else { cell.to_owned() }
    };
    let record = |at: usize| {
        format!(
            "{};{};{};{}",
            na(at, ["agree", "disagree", "neutral"][at % 3]),
            na(at + 1, &(20 + at).to_string()),
            na(at + 2, ["a|b", "a", "b"][at % 3]),
            ["yes", "no"][at % 2]
        )
    };
    let content = table(&["opinion;age;media;sure"], 40, record);

    let (project, run) = import(&content);

    assert!(run.stdout.contains("`NA` stands for no answer"), "{}", run.stdout);
    assert!(run.stdout.contains("(30 cells of 3 columns)"), "{}", run.stdout);
    assert_eq!(header(&project), "id,opinion,age,media_a,media_b,sure");
    assert!(!lines(&project, "data/codebook/choices.csv").join("\n").contains("NA"));

    // Who names what stands for nothing decides; and in one column it is an answer.
    let project = Project::empty().file("answers.csv", &content);
    let run = project.run(&["import", "answers.csv", "--wave", "2018", "--missing", "."]);
    assert!(!run.stdout.contains("stands for no answer"), "{}", run.stdout);
    let record = |at: usize| format!("{};{at}", ["NA", "BE", "NL"][at % 3]);
    let (project, _) = import(&table(&["country;number"], 30, record));
    assert!(lines(&project, "data/codebook/choices.csv").join("\n").contains("country,NA,NA"));
}

#[test]
fn neighbours_of_zeros_and_ones_are_the_options_of_one_question() {
    let record = |at: usize| {
        let one = |when: bool| {
            if at == 3 {
                "NA"
            } else if when {
                "1"
            } else {
                "0"
            }
        };
        let (tv, radio) = (one(at.is_multiple_of(2)), one(at.is_multiple_of(3)));
        format!("{};{tv};{radio};{};0;1;{}", at % 5, one(at > 30), ["m", "f"][at % 2])
    };

    let (project, _) = import(&table(
        &["score;media_use_tv;media_use_radio;media_use_web;has_car;is_new;sex"],
        40,
        record,
    ));

    let header = header(&project);
    assert_eq!(header, "id,score,media_use_tv,media_use_radio,media_use_web,has_car,is_new,sex");
    let all = questions(&project);
    assert!(all[1].starts_with("select_multiple media_use,media_use"), "{all:?}");
    assert!(all[2].starts_with("select_one has_car"), "{all:?}");
}

#[test]
fn a_row_that_words_the_questions_is_no_respondent() {
    let words = "In which country do you live now?;What do you use at work? (all that apply) - Python;What do you use at work? (all that apply) - R;How many years do you code?";
    let record = |at: usize| {
        let tick = |when: bool, word: &'static str| if when { word } else { "" };
        let (python, r) = (tick(at.is_multiple_of(2), "Python"), tick(at.is_multiple_of(3), "R"));
        format!("{};{python};{r};{}", ["Belgium", "France"][at % 2], at % 30 + 11)
    };

    let (project, run) = import(&table(&["Q1;Q7_1;Q7_2;Q15", words], 40, record));

    assert!(run.stdout.contains("40 in the file, 40 kept"), "{}", run.stdout);
    let all = questions(&project);
    assert_eq!(all[0], "select_one Q1,Q1,In which country do you live now?", "{all:?}");
    assert_eq!(
        all[1], "select_multiple Q7,Q7,What do you use at work? (all that apply)",
        "{all:?}"
    );
}

#[test]
fn what_tells_respondents_apart_stays_out_and_repeats_are_told() {
    let record = |at: usize| format!("{};{};{}", 7000 + at * 13 % 40, at % 2, at % 3);
    let (project, run) = import(&table(&["recipientId;first;second"], 40, record));
    assert_eq!(header(&project), "id,first,second");
    assert!(run.stdout.contains("recipientId (an identifier)"), "{}", run.stdout);

    let record = |at: usize| format!("{};{};{}", at % 10 + 1, at / 10 + 1, ["a", "b"][at % 2]);
    let (_, run) = import(&table(&["Responder;Question;Answer"], 40, record));
    assert!(
        run.stderr.contains("warning[B704]: `Responder` has 10 values in 40 rows"),
        "{}",
        run.stderr
    );
}

#[test]
fn numbers_in_a_header_are_names_where_a_word_stands_over_numbers() {
    let record = |at: usize| format!("{};{}%;{}%;{}%", 2000 + at, at, at + 1, at + 2);
    let (_, run) = import(&table(&["Year;1;2;3"], 20, record));
    assert!(run.stdout.contains("20 in the file, 20 kept"), "{}", run.stdout);
}

#[test]
fn numbered_columns_are_a_grid_only_where_their_answers_are_alike() {
    let lists = |heads: &[&str], record: &dyn Fn(usize) -> String| -> Vec<String> {
        let (project, _) = import(&table(heads, 60, record));
        let option = |line: &String| line.split(',').take(2).collect::<Vec<_>>().join(",");
        lines(&project, "data/codebook/choices.csv").iter().skip(1).map(option).collect()
    };
    let yes = |at: usize| ["yes", "no"][at % 2];
    let five = |at: usize| at % 5 + 1;
    let often = |at: usize| ["often", "sometimes", "rarely"][at % 3];

    // Ages beside yes and no, whatever "don't know" they share.
    let ages = |at: usize| match at {
        7 => "don't know;don't know".to_owned(),
        _ => format!("{};{}", [12, 15, 17, 21][at % 4], yes(at / 2)),
    };
    let all = lists(&["q1;q2"], &ages);
    assert!(all.contains(&"q2,yes".to_owned()) && !all.contains(&"q1,yes".to_owned()), "{all:?}");

    // Two pairs: those of a pair are alike, the pairs are not.
    let pairs =
        |at: usize| format!("{};{};{};{}", five(at), five(at / 3), often(at), often(at / 2));
    let all = lists(&["q1;q2;q3;q4"], &pairs);
    assert!(!all.iter().any(|line| line.starts_with("q,")), "{all:?}");
    assert_eq!(all.len(), 8, "{all:?}"); // one list for each pair

    // Two codes are another question than five.
    let codes = |at: usize| format!("{};{};{}", at % 2 + 1, five(at), five(at / 2));
    let all = lists(&["q1;q2;q3"], &codes);
    assert_eq!(all.iter().filter(|line| line.starts_with("q1,")).count(), 2, "{all:?}");

    // A line that few answered stays in its grid.
    let few = |at: usize| format!("{};{}", often(at), if at == 3 { "never" } else { "" });
    let all = lists(&["q1;q2"], &few);
    assert_eq!(all, ["q1,never", "q1,rarely", "q1,sometimes", "q1,often"]);
}

#[test]
fn who_answered_and_what_was_typed_stay_out() {
    let head = "Région;v3;v3_anders;Contact;Laissez vos coordonnées pour le tirage au sort;Numéro de matricule ?;Hebt u nog opmerkingen?;Nog iets kwijt?;Lisez-vous les commentaires ?";
    let names = ["Anne Dupont", "Jean Leroy", "Els De Smet", "Karim Benali", "Tom Peeters"];
    let record = |at: usize| {
        let name = names[at % 5];
        format!(
            "{};{};{};{name};{};{};{};{};{}",
            ["Nord", "Sud"][at % 2],
            ["krant", "Anders"][at % 2],
            if at % 2 == 1 { "buurvrouw" } else { "" },
            if at.is_multiple_of(3) {
                format!("{name} 0475 12 34 5{}", at % 7)
            } else {
                String::new()
            },
            100_000 + at * 37 % 1000,
            ["", "nee", "nee", "meer banken"][at % 4],
            if at.is_multiple_of(4) {
                format!("bel {name}, 0478/11.22.3{}", at % 10)
            } else {
                "neen dank u".to_owned()
            },
            ["oui", "non"][at % 2],
        )
    };

    let (project, run) = import(&table(&[head], 60, record));

    let codebook = lines(&project, "data/codebook/choices.csv").join("\n");
    let answers = lines(&project, "data/2018/responses.csv").join("\n");
    for word in ["0475", "0478", "Dupont", "dupont", "banken", "buurvrouw", "100037"] {
        assert!(!codebook.contains(word) && !answers.contains(word), "{word}: {codebook}");
    }
    assert!(codebook.contains("oui"), "{codebook}");
    for told in [
        "typed text (other, please specify): v3_anders",
        "Contact (contact details)",
        "Numéro de matricule ? (an identifier)",
        "Nog iets kwijt? (contact details)",
        "free text and dates: asked, but the answers stay out: Hebt u nog opmerkingen?",
    ] {
        assert!(run.stdout.contains(told), "{told}: {}", run.stdout);
    }
}

#[test]
fn the_year_is_that_of_the_answers_and_not_of_a_birth() {
    let record = |at: usize| {
        format!("0{}/03/{};1{}/04/2019;{}", at % 9 + 1, 1950 + at, at % 9, ["a", "b"][at % 2])
    };
    let project =
        Project::empty().file("answers.csv", table(&["geboortedatum;datum;keuze"], 30, record));

    let run = project.run(&["import", "answers.csv"]);

    assert!(run.stdout.contains("wave       2019"), "{}", run.stdout);
}

#[test]
fn small_counts_are_numbers_and_no_scores() {
    let record = |at: usize| format!("{};{}", at % 6, at % 11);
    let heads = ["Combien d'enfants vivent chez vous ?;Quelle note donnez-vous ?"];

    let (project, _) = import(&table(&heads, 40, record));

    let all = questions(&project);
    assert!(all[0].starts_with("integer,"), "{all:?}");
    assert!(all[1].starts_with("range,"), "{all:?}");
}

#[test]
fn options_after_a_colon_that_hold_yes_and_no_are_one_question() {
    let head = "Region;Geräte: Smartphone;Geräte: Tablet;Geräte: Laptop;Netz: gut;Netz: teuer";
    let yes = |way: usize| ["ja", "nein"][way % 2];
    let record = |at: usize| {
        let region = ["Nord", "Ost", "Süd"][at % 3];
        format!("{region};{};{};{};{};{}", yes(at), yes(at / 2), yes(at / 3), yes(at / 5), at % 4)
    };

    let (project, _) = import(&table(&[head], 40, record));

    let all = questions(&project);
    assert!(all[1].starts_with("select_multiple ") && all[1].ends_with(",Geräte"), "{all:?}");
    assert_eq!(all.len(), 4, "{all:?}");
}

#[test]
fn a_title_over_the_table_is_no_header() {
    let head = ["Survey of 2018", "", "Day of the export: 3 May", "Region;Age;Choice"];
    let record =
        |at: usize| format!("{};{};{}", ["a", "b"][at % 2], 20 + at, ["x", "y"][at / 2 % 2]);

    let (project, run) = import(&table(&head, 30, record));

    assert!(run.stdout.contains("30 in the file, 30 kept"), "{}", run.stdout);
    let told = "title      row 1 stands over the table: `Survey of 2018`";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    assert_eq!(header(&project), "id,Region,Age,Choice");
}

#[test]
fn totals_and_means_under_a_table_are_no_respondents() {
    let record = |at: usize| match at {
        30 => "Total;900;30".to_owned(),
        31 => "Moyenne;30,0;".to_owned(),
        _ => format!("{};{};{}", ["a", "b"][at % 2], 20 + at, at % 3),
    };

    let (_, run) = import(&table(&["Region;Age;Children"], 32, record));

    assert!(run.stdout.contains("32 in the file, 30 kept"), "{}", run.stdout);
    assert!(run.stdout.contains("2 a row of totals"), "{}", run.stdout);
}

#[test]
fn steps_are_drawn_in_their_order_and_what_was_asked_for_in_words_is_text() {
    let ages = ["under 18", "18-29", "30-44", "45 and more"];
    let record = |at: usize| format!("{};fine;{}", ages[at % 4], ["bus", "tram"][at % 2]);
    let content = table(&["Age;If so, please specify;What do you use?"], 30, record);
    let project = Project::empty().file("answers.csv", content);

    let run = project.run(&["new", "report", "--languages", "en", "--from", "answers.csv"]);

    assert_eq!(run.code, 0, "{}", run.stderr);
    let told = "the answers stay out: If so, please specify";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let chapter = lines(&project, "report/content/en/answers.md").join("\n");
    assert!(chapter.contains("question = \"Age\"\nsort = \"codebook\"\n"), "{chapter}");
    assert_eq!(chapter.matches("sort = ").count(), 1, "{chapter}");
}

#[test]
fn numbers_as_people_write_them_are_numbers() {
    let record = |at: usize| {
        format!(
            "{} {:03},{:02};{} %;{}.{:03};{};4{:03} Liège",
            at % 9 + 1,
            at * 7 % 1000,
            at % 100,
            at,
            at % 9 + 1,
            at * 13 % 1000,
            ["+", "-", "++", "--"][at % 4],
            at
        )
    };

    let (project, run) = import(&table(&["Budget;Part;Logements;Avis;Ville"], 40, record));

    let told = |name: &str| run.stdout.lines().find(|line| line.trim().starts_with(name)).unwrap();
    assert!(told("Budget").contains("numbers from 1000 to 9245.35"), "{}", run.stdout);
    assert!(told("Part").contains("numbers from 0 to 39 in `%`"), "{}", run.stdout);
    assert!(told("Logements").contains("LOOK") && told("Logements").contains("between thousands"));
    assert!(told("Avis").contains("4 different answers"), "{}", run.stdout);
    assert!(told("Ville").contains("text"), "{}", run.stdout);
    let first = lines(&project, "data/2018/responses.csv")[1].clone();
    assert!(first.starts_with("2018-001,1000,0,1,"), "{first}");
}
