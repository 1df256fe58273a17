//! Random charts of every kind, with texts and numbers as bad as they come.

use super::shape::count;
use super::*;

/// Knuth's 64-bit congruential generator: no quality is asked of it but that
/// it never changes.
pub(super) struct Dice(u64);

impl Dice {
    /// A generator that always gives the same charts.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed * 7_919 + 1)
    }

    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }

    fn count(&mut self, most: u64) -> usize {
        usize::try_from(self.roll(most) + 1).unwrap()
    }

    pub(super) fn number(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * f64::from(u32::try_from(self.roll(100_001)).unwrap()) / 100_000.0
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.roll(many) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[usize::try_from(self.roll(words.len() as u64)).unwrap()]
    }

    fn label(&mut self) -> String {
        if self.one_in(40) {
            return self.pick(HOSTILE).repeat(self.count(300));
        }
        let length = self.count(120);
        let mut label = String::new();
        while label.chars().count() < length {
            if !label.is_empty() {
                label.push(' ');
            }
            label.push_str(self.pick(WORDS));
        }
        label.chars().take(length).collect()
    }

    fn cell(&mut self, shape: Values, index: usize) -> Cell {
        if shape == Values::Any && self.one_in(9) {
            return Cell::Missing(
                self.pick(&["–", "non publié", "te weinig antwoorden om iets te zeggen"])
                    .to_owned(),
            );
        }
        let value = match shape {
            Values::Any => self.number(0.0, 100.0),
            Values::Changes => self.number(-60.0, 60.0),
            Values::Zero => 0.0,
            Values::Equal => 44.0,
            Values::Full => 100.0,
            Values::Ranked => 100.0 - count(index),
        };
        let half = self.number(0.0, 15.0);
        let interval = self.one_in(2).then(|| match shape {
            Values::Changes => (value - half, value + half),
            _ => ((value - half).max(0.0), (value + half).min(100.0)),
        });
        let care = [Care::None, Care::LowBase, Care::Simulated][self.count(3) - 1];
        let text = format!("{value:.1}\u{202f}%");
        Cell::Known(Datum { value, interval, care, told: Some(text.clone()), text })
    }

    fn scale(&mut self, shape: Values) -> Scale {
        let start = if shape == Values::Changes { -60.0 } else { 0.0 };
        let step = self.number(5.0, 40.0);
        let mut ticks = Vec::new();
        let mut value = start;
        while !self.0.is_multiple_of(3) && value <= 100.0 {
            ticks.push((value, format!("{value:.0}\u{202f}%")));
            value += step;
        }
        Scale { start, end: self.number(1.0, 100.0), ticks }
    }

    fn values(&mut self) -> Values {
        match self.roll(10) {
            0 => Values::Zero,
            1 => Values::Equal,
            2 => Values::Full,
            3 => Values::Changes,
            4 => Values::Ranked,
            _ => Values::Any,
        }
    }

    fn names(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.label()).collect()
    }

    /// Of a few, so that neighbours share one.
    fn remark(&mut self, series: usize) -> String {
        let words = ["", "à égalité", "pas nettement derrière", "niet duidelijk achter"];
        if series == 1 { words[self.count(4) - 1].to_owned() } else { String::new() }
    }

    fn rows(&mut self, series: usize) -> Rows {
        let shape = self.values();
        let most = if self.one_in(4) { 60 } else { 12 };
        let rows = (0..self.count(most))
            .map(|index| Row {
                label: self.label(),
                cells: (0..series).map(|_| self.cell(shape, index)).collect(),
                emphasis: [Emphasis::Normal, Emphasis::Highlighted, Emphasis::Muted]
                    [self.count(3) - 1],
                remark: self.remark(series),
            })
            .collect();
        let reference = self
            .one_in(3)
            .then(|| Reference { value: self.number(0.0, 100.0), label: self.label() });
        Rows { series: self.names(series), rows, scale: self.scale(shape), reference }
    }

    fn timeline(&mut self, points: usize, series: usize) -> Timeline {
        let shape = self.values();
        let label = |dice: &mut Self| {
            if dice.one_in(5) { dice.label() } else { format!("{}", 2000 + dice.roll(30)) }
        };
        Timeline {
            points: (0..points).map(|_| label(self)).collect(),
            series: (0..series)
                .map(|_| Track {
                    name: self.label(),
                    cells: (0..points).map(|index| self.cell(shape, index)).collect(),
                })
                .collect(),
            scale: self.scale(shape),
            break_before: self.one_in(3).then(|| self.count(points as u64)),
        }
    }

    fn stack(&mut self) -> Stack {
        let count = self.count(12);
        let tones = [Tone::Series, Tone::Negative, Tone::Neutral, Tone::Positive, Tone::Apart];
        let parts = (0..count)
            .map(|_| Part { name: self.label(), tone: tones[self.count(tones.len() as u64) - 1] })
            .collect();
        let rows = self.rows(count).rows;
        let asides = (0..self.count(3) - 1)
            .map(|_| Aside { heading: self.label(), texts: self.names(rows.len()) })
            .collect();
        let neutral = if self.one_in(2) { Neutral::Split } else { Neutral::Aside };
        Stack { parts, rows, neutral, asides }
    }

    fn histogram(&mut self) -> Histogram {
        let shape = self.values();
        let bins = (0..self.count(21))
            .map(|score| Bin {
                score: count(score),
                label: if self.one_in(4) { self.label() } else { format!("{score}") },
                cell: self.cell(shape, score),
                emphasis: Emphasis::Normal,
            })
            .collect();
        let markers = (0..self.count(4) - 1)
            .map(|index| Marker {
                score: self.number(-3.0, 25.0),
                interval: self.one_in(2).then(|| (self.number(-3.0, 10.0), self.number(5.0, 25.0))),
                label: self.label(),
                look: if index == 0 { MarkerLook::Dot } else { MarkerLook::Line },
            })
            .collect();
        Histogram { bins, scale: self.scale(shape), markers }
    }

    fn tiles(&mut self) -> Tiles {
        let shape = self.values();
        let (columns, rows) = (self.roll(11) + 1, self.roll(11) + 1);
        let place = |dice: &mut Self, most: u64| usize::try_from(dice.roll(most)).unwrap();
        let tiles = (0..self.count(40))
            .map(|index| Tile {
                label: self.label(),
                column: place(self, columns),
                row: place(self, rows),
                cell: self.cell(shape, index),
                class: index % 6,
            })
            .collect();
        let classes = self.count(6) - 1;
        Tiles { tiles, classes: self.names(classes) }
    }

    fn multiples(&mut self) -> Multiples {
        let kind = self.roll(10);
        let panels = (0..self.count(5))
            .map(|_| Panel { title: self.label(), chart: self.single(kind) })
            .collect();
        Multiples { panels, columns: self.count(4) }
    }

    pub(super) fn chart(&mut self) -> Chart {
        match self.roll(11) {
            10 => Chart::SmallMultiples(self.multiples()),
            kind => self.single(kind),
        }
    }

    fn single(&mut self, kind: u64) -> Chart {
        let series = self.count(12);
        match kind {
            0 => Chart::Bars(self.rows(1)),
            1 => {
                let series = self.count(3);
                Chart::Grouped(self.rows(series))
            }
            2 => Chart::Dots(self.rows(series)),
            3 => {
                let points = self.count(12);
                Chart::Line(self.timeline(points, series))
            }
            4 => Chart::Slope(self.timeline(2, series)),
            5 => Chart::Stacked(self.stack()),
            6 => Chart::Diverging(self.stack()),
            7 => Chart::Histogram(self.histogram()),
            8 => Chart::Tiles(self.tiles()),
            _ => {
                let rows = self.rows(2);
                let difference = self
                    .one_in(2)
                    .then(|| Aside { heading: self.label(), texts: self.names(rows.rows.len()) });
                Chart::Dumbbell(Dumbbell { rows, difference })
            }
        }
    }
}

/// The numbers of a chart.
#[derive(Clone, Copy, PartialEq)]
enum Values {
    Any,
    Changes,
    Zero,
    Equal,
    Full,
    Ranked,
}

const WORDS: &[&str] = &[
    "énergie",
    "et",
    "la",
    "gouvernance",
    "participation",
    "des",
    "citoyens",
    "d’aujourd’hui",
    "l’éclairage",
    "mobilité",
    "intercommunale",
    "Vlaams-Brabant",
    "Gemeenschapsverantwoordelijkheid",
    "wegen",
    "van",
    "de",
    "Volontariaatsondersteuningsbeleidsmaatregelen",
    "slimme",
    "stad/gemeente",
    "Kraftfahrzeughaftpflichtversicherung",
    "Ö",
    "Bürger",
    "und",
    "Verwaltungsdigitalisierungsstrategie",
    "2017-2018",
    "(>50\u{202f}%)",
    "A",
    "%",
];

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "]]>",
    "\"'&",
    "\u{0}\u{7}",
    "\u{202e}evil",
    "שלום עולם ",
    "مرحبا ",
    "😀",
    "👩‍👩‍👧 ",
    "e\u{301}\u{302}\u{303}",
    "漢字",
    "x",
    "WWWW",
    "\u{ad}",
    "\n",
    "-",
    "/",
];
