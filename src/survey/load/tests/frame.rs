//! The frame.

use super::{SETTINGS, mistakes, outcome, survey};
use crate::diag::Diagnostic;
use crate::survey::frames::FRAME;

#[test]
fn a_frame_holds_the_groups_of_the_codebook() {
    let frame = "province,region,N\nliege,wallonia,84\nantwerp,flanders,70\nnamur,wallonia,38\n";

    let frame = survey(&[(FRAME, frame)]).frame.unwrap();

    assert_eq!((frame.total(), frame.size("region", "wallonia")), (192, Some(122)));
    assert_eq!(
        mistakes(FRAME, "region,N\nwalonia,84\nflanders,x\nflanders,3\n"),
        [
            "2:1 B216 `walonia` is not a group of `region`. Did you mean `wallonia`?",
            "3:10 B109 `x` is not a number.",
            "4:1 B213 this stratum is given twice.",
        ]
    );
}

#[test]
fn a_frame_that_cannot_be_read_is_not_added_up() {
    let settings = format!("{SETTINGS}[design]\npopulation-size = 100\n");

    let found = outcome(&[("barometer.toml", &settings), (FRAME, "region,N\nflanders,ninety\n")]);

    let mistakes = found.unwrap_err();
    let messages: Vec<_> = mistakes.all().iter().map(Diagnostic::message).collect();
    assert!(!messages.iter().any(|message| message.contains("adds up")), "{messages:?}");
    assert!(messages.iter().any(|message| message.contains("`ninety`")), "{messages:?}");
}

#[test]
fn a_frame_agrees_with_the_settings() {
    let settings = format!("{SETTINGS}[design]\npopulation-size = 100\n");

    let found = outcome(&[("barometer.toml", &settings), (FRAME, "region,N\nflanders,99\n")]);

    let mistakes = found.unwrap_err();
    assert_eq!(mistakes.all()[0].message(), "the frame adds up to 99, `population-size` is 100");
}
