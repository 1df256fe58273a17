//! The palette judged: contrast with the paper, distance between neighbours,
//! also as colour-blind readers see them, in light, dark and grey print.

use super::colours::{contrast, fills, linear, needs};
use super::palette::{PALETTE, Role};

type Rgb = [f64; 3];

fn apply(matrix: [Rgb; 3], colour: Rgb) -> Rgb {
    matrix.map(|row| row.iter().zip(colour).map(|(factor, channel)| factor * channel).sum())
}

/// How readers without one kind of cone see a colour: matrices of Machado,
/// Oliveira and Fernandes (2009), IEEE TVCG 15, severity 1.
const VISIONS: [(&str, [Rgb; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// A colour in `OKLab`, times 100 (Ottosson 2020).
fn oklab(colour: Rgb) -> Rgb {
    let cones = apply(
        [
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ],
        colour.map(|channel| channel.clamp(0.0, 1.0)),
    );
    apply(
        [
            [21.045_425_53, 79.361_778_5, -0.407_204_68],
            [197.799_849_51, -242.859_220_5, 45.059_370_99],
            [2.590_403_71, 78.277_176_62, -80.867_576_6],
        ],
        cones.map(libm::cbrt),
    )
}

/// The distance of two colours in `OKLab` ×100 for a kind of vision.
fn distance(one: &str, other: &str, vision: [Rgb; 3]) -> f64 {
    let (one, other) = (oklab(apply(vision, linear(one))), oklab(apply(vision, linear(other))));
    libm::sqrt(one.iter().zip(other).map(|(a, b)| (a - b) * (a - b)).sum())
}

fn lightness(colour: &str, vision: [Rgb; 3]) -> f64 {
    oklab(apply(vision, linear(colour)))[0]
}

/// Light or dark: the colours of every role, as the style sheet has them.
struct Scheme {
    name: &'static str,
    colours: Vec<(Role, String)>,
}

impl Scheme {
    /// Reads the colours from a part of the style sheet; a role that it does
    /// not name keeps its colour.
    fn read(name: &'static str, css: &str) -> Self {
        let colour = |(role, variable, light): &(Role, &str, &str)| {
            let written = css.split_once(&format!("{variable}: ")).map(|(_, rest)| &rest[..7]);
            (*role, written.unwrap_or(light).to_owned())
        };
        Self { name, colours: PALETTE.iter().map(colour).collect() }
    }

    fn both() -> [Self; 2] {
        let style = include_str!("../../themes/barometer/static/style.css");
        let (light, rest) = style.split_once("(prefers-color-scheme: dark)").unwrap();
        let (dark, _) = rest.split_once("/* 3 ").unwrap();
        [Self::read("light", light), Self::read("dark", dark)]
    }

    fn colour(&self, role: Role) -> &str {
        self.colours
            .iter()
            .find(|(listed, _)| *listed == role)
            .map(|(_, colour)| &**colour)
            .unwrap()
    }
}

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
}

#[test]
fn the_dark_scheme_is_read_from_the_style_sheet() {
    let [light, dark] = Scheme::both();

    assert_eq!((light.colour(Role::Paper), dark.colour(Role::Paper)), ("#fdfcf9", "#14171c"));
    for (role, _, in_light) in PALETTE {
        assert_eq!(light.colour(*role), *in_light);
    }
    assert!(fills().all(|role| light.colour(role) != dark.colour(role)));
}

#[test]
fn texts_have_four_and_a_half_to_one_and_marks_three() {
    for scheme in Scheme::both() {
        for (above, below, least) in needs() {
            let contrast = contrast(scheme.colour(above), scheme.colour(below));

            let name = scheme.name;
            assert!(least <= contrast, "{above:?} on {below:?} has {contrast:.2} in {name}");
        }
    }
}

#[test]
fn every_role_has_a_colour_and_a_variable_of_its_own() {
    for (index, (role, variable, colour)) in PALETTE.iter().enumerate() {
        for (other, other_variable, other_colour) in &PALETTE[..index] {
            assert!(role != other && variable != other_variable && colour != other_colour);
        }
        assert_eq!(colour.to_lowercase(), *colour, "the style sheet matches lower case");
    }
}

/// Asserts that two roles are far enough apart, in both schemes and for
/// every kind of vision.
fn assert_apart(one: Role, other: Role, least: f64) {
    for scheme in Scheme::both() {
        for (vision, matrix) in VISIONS {
            let distance = distance(scheme.colour(one), scheme.colour(other), matrix);

            assert!(
                distance >= least,
                "{} in {vision}: {one:?} and {other:?} are {distance:.1} apart",
                scheme.name
            );
        }
    }
}

#[test]
fn series_stay_apart_for_colour_blind_readers() {
    for one in 1..=4 {
        for other in 1..one {
            assert_apart(Role::Series(one), Role::Series(other), 12.0);
        }
    }
}

#[test]
fn diverging_steps_stay_apart_for_colour_blind_readers() {
    for step in 1..5 {
        assert_apart(Role::Diverging(step), Role::Diverging(step + 1), 12.0);
    }
}

/// Luminance alone: what a printer without colour leaves.
const GREY: [Rgb; 3] = [[0.2126, 0.7152, 0.0722]; 3];

#[test]
fn ordered_steps_darken_evenly_for_every_reader_and_in_grey() {
    for scheme in Scheme::both() {
        // In the dark, more is brighter.
        let sign = if scheme.name == "dark" { -1.0 } else { 1.0 };
        for (vision, matrix) in VISIONS.into_iter().chain([("grey", GREY)]) {
            for step in 1..5 {
                let one = lightness(scheme.colour(Role::Ordered(step)), matrix);
                let next = lightness(scheme.colour(Role::Ordered(step + 1)), matrix);

                let apart = sign * (one - next);
                assert!(
                    apart >= 8.0,
                    "{} in {vision}: step {step} and the next are {apart:.1} apart",
                    scheme.name
                );
            }
        }
    }
}

/// Paper is always light. Both ends of a diverging scale print alike: their
/// side of the middle tells them apart.
#[test]
fn series_and_neighbouring_diverging_steps_stay_apart_in_grey_print() {
    let [light, _] = Scheme::both();
    let series = (1..=4).flat_map(|one| (1..one).map(move |other| (one, other)));
    let series = series.map(|(one, other)| (Role::Series(one), Role::Series(other)));
    let steps = (1..5).map(|step| (Role::Diverging(step), Role::Diverging(step + 1)));
    for (one, other) in series.chain(steps) {
        let distance = distance(light.colour(one), light.colour(other), GREY);

        assert!(distance >= 8.0, "{one:?} and {other:?} are {distance:.1} apart in grey");
    }
}
