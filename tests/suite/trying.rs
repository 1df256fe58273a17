//! Every kind of figure with what tries it: long labels in three languages,
//! 1 and 40 items, all zero, all equal, 100 %, changes in both directions,
//! missing cells. The page is left in `target/trying` to be looked at; the
//! geometry itself is proved in `chart::proof`.

use std::fs;

use crate::project::{fixtures, root, run_in};

#[test]
fn every_kind_draws_what_tries_it() {
    let output = root().join("target/trying");
    let run = run_in(&fixtures().join("trying"), &["build", "--out", &output.to_string_lossy()]);
    assert_eq!(run.code, 0, "{}", run.stderr);

    let page = fs::read_to_string(output.join("index.html")).unwrap();
    let drawn = page.matches("<svg class=\"chart chart-wide\"").count();
    let tables = page.matches("<table>").count();
    assert_eq!((drawn, tables), (15, 17));
    for number in ["NaN", "inf", "-0<"] {
        assert!(!page.contains(&format!(">{number}")), "{number} is drawn");
    }
}
