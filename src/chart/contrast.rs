//! The palette judged: contrast with the paper, distance between neighbours,
//! also as colour-blind readers see them.

use super::palette::{PALETTE, Role, ink_on, outline_of, role_colour};

type Rgb = [f64; 3];

/// A colour in linear light, 0–1.
fn linear(colour: &str) -> Rgb {
    [1, 3, 5].map(|at| {
        let channel = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if channel <= 0.040_45 {
            channel / 12.92
        } else {
            libm::pow((channel + 0.055) / 1.055, 2.4)
        }
    })
}

/// Contrast of two colours by WCAG 2.2, 1–21.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour| {
        let [red, green, blue] = linear(colour);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

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

const PAPER: Role = Role::Paper;

#[test]
fn contrast_is_that_of_wcag() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 0.001);
}

#[test]
fn texts_have_four_and_a_half_to_one() {
    for role in [Role::Ink, Role::Muted] {
        let contrast = contrast(role_colour(role), role_colour(PAPER));

        assert!(contrast >= 4.5, "{role:?} has {contrast:.2}");
    }
}

#[test]
fn marks_or_their_outlines_have_three_to_one() {
    let marks = PALETTE.iter().map(|(role, ..)| *role).filter(|role| {
        matches!(
            role,
            Role::Series(_)
                | Role::Ordered(_)
                | Role::Diverging(_)
                | Role::Background
                | Role::Interval
        )
    });
    for role in marks {
        let contrast = contrast(role_colour(outline_of(role).unwrap_or(role)), role_colour(PAPER));

        assert!(contrast >= 3.0, "{role:?} has {contrast:.2}");
    }
}

/// The colours of the theme in dark, by role.
const DARK: &[(Role, &str)] = &[
    (Role::InkOnDark, "#14171c"),
    (Role::InkOnPale, "#fdfdfc"),
    (Role::InkOnMid, "#121418"),
    (Role::InkOnDeep, "#fdfdfe"),
    (Role::Background, "#7d828b"),
    (Role::Series(1), "#26aef7"),
    (Role::Series(2), "#e69b26"),
    (Role::Series(3), "#44fde3"),
    (Role::Series(4), "#9c4d70"),
    (Role::Ordered(1), "#21455c"),
    (Role::Ordered(2), "#2f6a8c"),
    (Role::Ordered(3), "#4a90b8"),
    (Role::Ordered(4), "#7ab8dd"),
    (Role::Ordered(5), "#b7ddf5"),
    (Role::Diverging(1), "#ffa94d"),
    (Role::Diverging(2), "#c77a2e"),
    (Role::Diverging(3), "#b4b7bc"),
    (Role::Diverging(4), "#3f86b0"),
    (Role::Diverging(5), "#74bdf0"),
];

#[test]
fn texts_on_marks_have_four_and_a_half_to_one_in_light_and_dark() {
    let dark = |role| DARK.iter().find(|(listed, _)| *listed == role).unwrap().1;
    for (fill, in_dark) in DARK.iter().filter(|(role, _)| !matches!(ink_on(*role), Role::Ink)) {
        let light = contrast(role_colour(ink_on(*fill)), role_colour(*fill));
        let dark = contrast(dark(ink_on(*fill)), in_dark);

        assert!(light >= 4.5 && dark >= 4.5, "text on {fill:?} has {light:.2} and {dark:.2}");
    }
}

#[test]
fn marks_in_dark_have_three_to_one_with_their_outline() {
    let dark = |role| DARK.iter().find(|(listed, _)| *listed == role).unwrap().1;
    for (fill, _) in DARK.iter().filter(|(role, _)| !matches!(ink_on(*role), Role::Ink)) {
        let contrast = contrast(dark(outline_of(*fill).unwrap_or(*fill)), "#14171c");

        assert!(contrast >= 3.0, "{fill:?} has {contrast:.2}");
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

#[test]
fn series_stay_apart_for_colour_blind_readers() {
    for (vision, matrix) in VISIONS {
        for one in 1..=4 {
            for other in 1..one {
                let distance = distance(
                    role_colour(Role::Series(one)),
                    role_colour(Role::Series(other)),
                    matrix,
                );

                assert!(
                    distance >= 12.0,
                    "{vision}: series {one} and {other} are {distance:.1} apart"
                );
            }
        }
    }
}

#[test]
fn ordered_steps_darken_evenly_for_colour_blind_readers() {
    for (vision, matrix) in VISIONS {
        for step in 1..5 {
            let pale = lightness(role_colour(Role::Ordered(step)), matrix);
            let dark = lightness(role_colour(Role::Ordered(step + 1)), matrix);

            assert!(
                pale - dark >= 8.0,
                "{vision}: steps {step} and {} are {:.1} apart",
                step + 1,
                pale - dark
            );
        }
    }
}

#[test]
fn diverging_steps_stay_apart_for_colour_blind_readers() {
    for (vision, matrix) in VISIONS {
        for step in 1..5 {
            let distance = distance(
                role_colour(Role::Diverging(step)),
                role_colour(Role::Diverging(step + 1)),
                matrix,
            );

            assert!(
                distance >= 12.0,
                "{vision}: steps {step} and {} are {distance:.1} apart",
                step + 1
            );
        }
    }
}
