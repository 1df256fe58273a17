//! Charts to look at: each kind with texts and numbers as reports have them.

use super::{
    Aside, Bin, Care, Cell, Chart, Datum, Dumbbell, Emphasis, Histogram, Marker, MarkerLook,
    Multiples, Neutral, Panel, Part, Reference, Row, Rows, Scale, Stack, Tile, Tiles, Timeline,
    Tone, Track,
};

/// A share in percent, with its limits when they are given.
pub(crate) fn share(value: f64, interval: Option<(f64, f64)>) -> Cell {
    datum(value, format!("{value}\u{202f}%").replace('.', ","), interval, Care::None)
}

/// A score out of ten.
pub(crate) fn score(value: f64, half: Option<f64>, care: Care) -> Cell {
    let text = format!("{value:.2}").replace('.', ",");
    datum(value, text, half.map(|half| (value - half, value + half)), care)
}

pub(crate) fn datum(value: f64, text: String, interval: Option<(f64, f64)>, care: Care) -> Cell {
    Cell::Known(Datum { value, interval, care, told: Some(text.clone()), text })
}

pub(crate) fn missing(reason: &str) -> Cell {
    Cell::Missing(reason.to_owned())
}

pub(crate) fn row(label: &str, cells: Vec<Cell>) -> Row {
    Row { label: label.to_owned(), cells, emphasis: Emphasis::Normal, remark: String::new() }
}

pub(crate) fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub(crate) fn percent(end: f64, step: f64) -> Scale {
    let mut ticks = Vec::new();
    let mut value = 0.0;
    while value <= end {
        ticks.push((value, format!("{value}\u{202f}%")));
        value += step;
    }
    Scale { start: 0.0, end, ticks }
}

pub(crate) fn plain(start: f64, end: f64) -> Scale {
    Scale { start, end, ticks: Vec::new() }
}

/// Every sample with its name.
pub(crate) fn all() -> Vec<(&'static str, Chart)> {
    vec![
        ("bars", bars()),
        ("bars-highlight", bars_highlight()),
        ("bars-change", bars_change()),
        ("grouped", grouped()),
        ("grouped-beyond", grouped_beyond()),
        ("dots", dots()),
        ("dots-series", dots_series()),
        ("dots-many", dots_many()),
        ("line", line()),
        ("line-one", line_one()),
        ("line-beyond", line_beyond()),
        ("slope", slope()),
        ("stacked", stacked()),
        ("diverging", diverging(Neutral::Split)),
        ("diverging-aside", diverging(Neutral::Aside)),
        ("histogram", histogram()),
        ("tiles", tiles()),
        ("dumbbell", dumbbell()),
        ("multiples", multiples()),
    ]
}

fn themes() -> Vec<(&'static str, f64)> {
    vec![
        ("Énergie, bâtiments et éclairage public", 43.9),
        ("Gouvernance et participation des citoyens à la décision", 41.5),
        ("Mobilité", 35.0),
        ("Environnement et gestion des déchets", 30.9),
        ("Économie locale et commerces de proximité", 17.1),
        ("Volontariaatsondersteuningsbeleidsmaatregelen en samenlevingsopbouw", 12.2),
        ("Sécurité", 0.0),
    ]
}

fn bars() -> Chart {
    let mut rows: Vec<Row> = themes()
        .into_iter()
        .map(|(label, value)| {
            let interval = (f64::max(value - 8.4, 0.0), value + 8.4);
            row(label, vec![share(value, Some(interval))])
        })
        .collect();
    rows.push(row("Autre", vec![missing("trop peu de réponses")]));
    Chart::Bars(Rows { series: names(&[""]), rows, scale: plain(0.0, 60.0), reference: None })
}

fn bars_highlight() -> Chart {
    let rows = themes()
        .into_iter()
        .map(|(label, value)| {
            let emphasis =
                if label == "Mobilité" { Emphasis::Highlighted } else { Emphasis::Muted };
            Row { emphasis, ..row(label, vec![share(value, None)]) }
        })
        .collect();
    let reference =
        Some(Reference { value: 25.8, label: "Moyenne des thématiques : 25,8 %".to_owned() });
    Chart::Bars(Rows { series: names(&[""]), rows, scale: percent(100.0, 20.0), reference })
}

fn bars_change() -> Chart {
    let changes = [
        ("Digitalisation", 12.0),
        ("Qualité de vie", 7.5),
        ("Participation", 0.0),
        ("Image de marque", -4.0),
        ("Gouvernance", -11.0),
    ];
    let rows = changes
        .into_iter()
        .map(|(label, value)| {
            let text = format!("{value:+} points").replace('-', "−").replace('.', ",");
            row(label, vec![datum(value, text, Some((value - 5.0, value + 5.0)), Care::None)])
        })
        .collect();
    Chart::Bars(Rows { series: names(&[""]), rows, scale: plain(-20.0, 20.0), reference: None })
}

fn low_base(cell: Cell) -> Cell {
    match cell {
        Cell::Known(datum) => Cell::Known(Datum { care: Care::LowBase, ..datum }),
        missing @ Cell::Missing(_) => missing,
    }
}

fn grouped() -> Chart {
    let rows = vec![
        row(
            "Digitalisation",
            vec![
                share(88.0, Some((77.0, 94.0))),
                low_base(share(75.0, None)),
                share(61.0, Some((48.0, 72.0))),
            ],
        ),
        row(
            "Qualité de vie",
            vec![share(52.0, None), low_base(share(100.0, None)), missing("non publié")],
        ),
        row(
            "Participation inclusive des habitants aux choix de la commune",
            vec![share(60.0, None), missing("non publié"), share(57.0, None)],
        ),
    ];
    Chart::Grouped(Rows {
        series: names(&["Flandre", "Bruxelles (4 communes)", "Wallonie"]),
        rows,
        scale: percent(100.0, 25.0),
        reference: None,
    })
}

/// A group of four, whose intervals go on beyond a scale made for the others.
fn grouped_beyond() -> Chart {
    let line = |label: &str, [one, other, last]: [(f64, (f64, f64)); 3]| {
        let cell = |(value, limits)| share(value, Some(limits));
        row(label, vec![cell(one), low_base(cell(other)), cell(last)])
    };
    Chart::Grouped(Rows {
        series: names(&["Flandre", "Bruxelles (4 communes)", "Wallonie"]),
        rows: vec![
            line("Énergie", [(44.0, (33.0, 56.0)), (25.0, (1.0, 75.0)), (41.0, (27.0, 57.0))]),
            line(
                "Déchets et eau",
                [(35.0, (24.0, 47.0)), (50.0, (9.0, 91.0)), (16.0, (7.0, 31.0))],
            ),
        ],
        scale: plain(0.0, 66.0),
        reference: None,
    })
}

fn dots() -> Chart {
    let provinces = [
        ("Hainaut", 4.80, 0.9),
        ("Anvers", 4.42, 0.8),
        ("Brabant wallon", 4.29, 1.3),
        ("Bruxelles-Capitale", 4.0, 2.2),
        ("Flandre orientale", 3.6, 0.8),
        ("Liège", 3.3, 0.7),
        ("Brabant flamand", 3.0, 0.9),
    ];
    let mut rows: Vec<Row> = provinces
        .into_iter()
        .map(|(label, value, half)| {
            let care = if label == "Bruxelles-Capitale" { Care::LowBase } else { Care::None };
            row(label, vec![score(value, Some(half), care)])
        })
        .collect();
    rows.push(row("Luxembourg", vec![missing("non publié")]));
    let ticks = (0..=5).map(|tick| (f64::from(tick) * 2.0, format!("{}", tick * 2))).collect();
    Chart::Dots(Rows {
        series: names(&[""]),
        rows,
        scale: Scale { start: 0.0, end: 10.0, ticks },
        reference: Some(Reference { value: 3.64, label: "Belgique : 3,64".to_owned() }),
    })
}

fn dots_series() -> Chart {
    let factor = |label: &str, values: [f64; 3]| {
        let cells = values.map(|value| score(value, Some(0.4), Care::None)).to_vec();
        row(label, cells)
    };
    let mut rows = vec![
        factor("Facteur humain", [6.76, 7.4, 6.9]),
        factor("Facteur institutionnel", [6.68, 6.2, 6.4]),
        factor("Facteur technologique", [5.69, 5.9, 5.1]),
    ];
    rows[1].cells[1] = score(6.2, Some(1.4), Care::Simulated);
    let ticks = (0..=10).map(|tick| (f64::from(tick), format!("{tick}"))).collect();
    Chart::Dots(Rows {
        series: names(&["Flandre", "Bruxelles", "Wallonie"]),
        rows,
        scale: Scale { start: 0.0, end: 10.0, ticks },
        reference: None,
    })
}

fn dots_many() -> Chart {
    let provinces = [
        "Anvers",
        "Brabant flamand",
        "Flandre-Occidentale",
        "Flandre-Orientale",
        "Limbourg",
        "Bruxelles-Capitale",
        "Brabant wallon",
        "Hainaut",
        "Liège",
        "Luxembourg",
        "Namur",
    ];
    let cells = |start: f64| {
        (0..11).map(|step| share(start + f64::from(step) * 3.0, None)).collect::<Vec<_>>()
    };
    let rows = vec![
        row("Stratégie formalisée dans le plan stratégique transversal", cells(12.0)),
        row("Responsable désigné", cells(40.0)),
    ];
    Chart::Dots(Rows {
        series: names(&provinces),
        rows,
        scale: percent(100.0, 20.0),
        reference: None,
    })
}

fn line() -> Chart {
    let track = |name: &str, values: [Option<f64>; 4]| Track {
        name: name.to_owned(),
        cells: values
            .into_iter()
            .map(|value| {
                value.map_or_else(
                    || missing("non posée"),
                    |value| share(value, Some((value - 6.0, value + 6.0))),
                )
            })
            .collect(),
    };
    Chart::Line(Timeline {
        points: names(&["2017", "2018", "2020", "2022"]),
        series: vec![
            track("Mobilité", [Some(30.0), Some(35.0), Some(44.0), Some(47.0)]),
            track("Énergie et éclairage public", [Some(38.0), Some(44.0), None, Some(46.0)]),
            track("Gouvernance", [None, Some(41.0), Some(43.0), Some(44.0)]),
        ],
        scale: percent(60.0, 20.0),
        break_before: Some(2),
    })
}

/// Lines whose last whisker goes on beyond the scale at both ends.
fn line_beyond() -> Chart {
    let Chart::Line(mut timeline) = line() else { unreachable!("lines are lines") };
    timeline.series.truncate(2);
    timeline.series[1].cells[3] = low_base(share(46.0, Some((-4.0, 96.0))));
    Chart::Line(timeline)
}

fn line_one() -> Chart {
    let values = [Some(21.0), Some(27.5), Some(24.0), None, Some(38.0), Some(43.9)];
    let cells = values
        .into_iter()
        .map(|value| {
            value.map_or_else(
                || missing("pas posée"),
                |value| share(value, Some((value - 5.0, value + 5.0))),
            )
        })
        .collect();
    Chart::Line(Timeline {
        points: names(&["2013", "2014", "2015", "2016", "2017", "2018"]),
        series: vec![Track { name: String::new(), cells }],
        scale: percent(60.0, 20.0),
        break_before: None,
    })
}

fn slope() -> Chart {
    let track = |name: &str, before: Cell, after: Cell| Track {
        name: name.to_owned(),
        cells: vec![before, after],
    };
    Chart::Slope(Timeline {
        points: names(&["2017", "2018"]),
        series: vec![
            track("Énergie et bâtiments publics", share(38.0, None), share(44.0, None)),
            track("Gouvernance", share(40.0, None), share(42.0, None)),
            track("Mobilité", share(41.0, None), share(35.0, None)),
            track("Sécurité", missing("non posée"), share(12.0, None)),
        ],
        scale: plain(0.0, 50.0),
        break_before: None,
    })
}

fn part(name: &str, tone: Tone) -> Part {
    Part { name: name.to_owned(), tone }
}

fn shares<const N: usize>(values: [f64; N]) -> Vec<Cell> {
    values.into_iter().map(|value| share(value, None)).collect()
}

fn stacked() -> Chart {
    let parts = vec![
        part("Pas de stratégie", Tone::Series),
        part("En réflexion", Tone::Series),
        part("En cours d’élaboration", Tone::Series),
        part("Stratégie adoptée", Tone::Series),
        part("Ne sait pas", Tone::Apart),
    ];
    let mut rows = vec![
        row("Flandre", shares([21.0, 33.0, 28.0, 14.0, 4.0])),
        row("Bruxelles", shares([0.0, 25.0, 50.0, 25.0, 0.0]).into_iter().map(low_base).collect()),
        row("Wallonie", shares([38.0, 31.0, 18.0, 8.0, 5.0])),
        row(
            "Communes rurales de moins de dix mille habitants",
            shares([52.0, 26.0, 13.0, 2.0, 7.0]),
        ),
    ];
    rows.push(row("Communauté germanophone", vec![missing("moins de cinq réponses"); 5]));
    let bases = ["58", "4", "61", "47", "3"].map(|base| format!("n = {base}"));
    let asides = vec![Aside { heading: "Base".to_owned(), texts: bases.to_vec() }];
    Chart::Stacked(Stack { parts, rows, neutral: Neutral::Split, asides })
}

fn diverging(neutral: Neutral) -> Chart {
    let parts = vec![
        part("Pas du tout d’accord", Tone::Negative),
        part("Plutôt pas d’accord", Tone::Negative),
        part("Ni l’un ni l’autre", Tone::Neutral),
        part("Plutôt d’accord", Tone::Positive),
        part("Tout à fait d’accord", Tone::Positive),
        part("Sans avis", Tone::Apart),
    ];
    let rows = vec![
        row("La Smart City est un outil de gouvernance", shares([4.0, 9.0, 14.0, 42.0, 28.0, 3.0])),
        row("Elle sert d’abord la qualité de vie", shares([6.0, 12.0, 21.0, 38.0, 18.0, 5.0])),
        row(
            "Ma commune a les moyens humains nécessaires",
            shares([24.0, 33.0, 17.0, 16.0, 6.0, 4.0]),
        ),
        row("Les citoyens y participent", shares([18.0, 30.0, 24.0, 17.0, 4.0, 7.0])),
    ];
    let net = ["+57", "+38", "−35", "−27"].map(str::to_owned).to_vec();
    let bases = ["123", "121", "119", "123"].map(str::to_owned).to_vec();
    let asides = vec![
        Aside { heading: "Solde".to_owned(), texts: net },
        Aside { heading: "Base".to_owned(), texts: bases },
    ];
    Chart::Diverging(Stack { parts, rows, neutral, asides })
}

fn histogram() -> Chart {
    let shares = [14.0, 9.0, 12.0, 15.0, 11.0, 18.0, 9.0, 7.0, 4.0, 1.0, 0.0];
    let bins = shares
        .into_iter()
        .enumerate()
        .map(|(score, value)| Bin {
            score: f64::from(u8::try_from(score).unwrap_or(0)),
            label: format!("{score}"),
            cell: share(value, None),
            emphasis: Emphasis::Normal,
        })
        .collect();
    let marker = |score: f64, half: Option<f64>, label: &str, look: MarkerLook| Marker {
        score,
        interval: half.map(|half| (score - half, score + half)),
        label: label.to_owned(),
        look,
    };
    let markers = vec![
        marker(3.64, Some(0.45), "Moyenne : 3,64", MarkerLook::Dot),
        marker(4.0, None, "Médiane : 4", MarkerLook::Line),
        marker(5.0, None, "Mi-chemin", MarkerLook::Line),
    ];
    Chart::Histogram(Histogram { bins, scale: plain(0.0, 20.0), markers })
}

fn tiles() -> Chart {
    let tile = |label: &str, column: usize, row: usize, cell: Cell, class: usize| Tile {
        label: label.to_owned(),
        column,
        row,
        cell,
        class,
    };
    let scored = |value: f64, care: Care| score(value, None, care);
    let tiles = vec![
        tile("Flandre-Occidentale", 0, 0, scored(3.1, Care::None), 0),
        tile("Flandre-Orientale", 1, 0, scored(3.6, Care::None), 1),
        tile("Anvers", 2, 0, scored(4.42, Care::None), 3),
        tile("Limbourg", 3, 0, scored(3.9, Care::Simulated), 2),
        tile("Bruxelles-Capitale", 1, 1, scored(4.0, Care::LowBase), 3),
        tile("Brabant flamand", 2, 1, scored(3.0, Care::None), 0),
        tile("Liège", 3, 1, scored(3.3, Care::None), 1),
        tile("Hainaut", 0, 2, scored(4.8, Care::None), 4),
        tile("Brabant wallon", 1, 2, scored(4.29, Care::None), 3),
        tile("Namur", 2, 2, scored(3.7, Care::None), 2),
        tile("Luxembourg", 3, 2, missing("non publié"), 0),
    ];
    let classes = names(&["3 à 3,2", "3,2 à 3,6", "3,6 à 4", "4 à 4,5", "4,5 à 5"]);
    Chart::Tiles(Tiles { tiles, classes })
}

fn dumbbell() -> Chart {
    let pair = |label: &str, before: f64, after: f64, emphasis: Emphasis| Row {
        emphasis,
        ..row(label, vec![share(before, None), share(after, None)])
    };
    let mut rows = vec![
        pair("Digitalisation", 52.0, 73.0, Emphasis::Normal),
        pair("Gouvernance et participation des citoyens", 31.0, 41.5, Emphasis::Normal),
        pair("Qualité de vie", 60.0, 63.0, Emphasis::Muted),
        pair("Image de marque", 44.0, 44.0, Emphasis::Muted),
        pair("Mobilité", 48.0, 35.0, Emphasis::Normal),
    ];
    rows.push(row("Sécurité", vec![missing("non posée"), share(12.0, None)]));
    let texts = [
        "+21 points",
        "+11 points",
        "pas de différence nette",
        "pas de différence nette",
        "−13 points",
        "",
    ];
    Chart::Dumbbell(Dumbbell {
        rows: Rows {
            series: names(&["2017", "2018"]),
            rows,
            scale: percent(80.0, 20.0),
            reference: None,
        },
        difference: Some(Aside { heading: "Écart".to_owned(), texts: names(&texts) }),
    })
}

fn multiples() -> Chart {
    let panel = |title: &str, values: [f64; 4]| {
        let labels =
            ["Énergie et bâtiments", "Gouvernance", "Mobilité", "Environnement et déchets"];
        let rows = labels
            .into_iter()
            .zip(values)
            .map(|(label, value)| row(label, vec![share(value, Some((value - 7.0, value + 7.0)))]))
            .collect();
        let chart = Chart::Bars(Rows {
            series: names(&[""]),
            rows,
            scale: plain(0.0, 82.0),
            reference: None,
        });
        Panel { title: title.to_owned(), chart }
    };
    Chart::SmallMultiples(Multiples {
        panels: vec![
            panel("Flandre", [48.0, 45.0, 41.0, 24.0]),
            panel("Bruxelles (4 communes)", [25.0, 50.0, 75.0, 25.0]),
            panel("Wallonie", [41.0, 38.0, 28.0, 38.0]),
        ],
        columns: 3,
    })
}
