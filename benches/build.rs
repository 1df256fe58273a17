//! How long a cold build takes, and how much memory: reports of 8, 100, 1,000
//! and 10,000 chapters of some 600 words with one chart of 20 options each,
//! made up from a seed, and the report of this repository.
//!
//! `cargo bench --bench build` prints the median of several runs of the whole
//! process, as GNU time measures it. Nothing is asserted. Files lie in memory
//! where the system has a place for that: a disk takes a varying part of the
//! time, and ext4 is slow to make files for minutes after it deleted many.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark writes, prints and may fail"
)]

#[path = "support/report.rs"]
mod report;
mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use report::generate;
use support::place;

const RUNS: usize = 5;

fn main() {
    println!("{:>10} {:>12} {:>12}", "chapters", "seconds", "peak MiB");
    for chapters in [8, 100, 1_000, 10_000] {
        let folder = place();
        generate(folder.path(), chapters);
        measure(&chapters.to_string(), folder.path());
    }
    measure("Belgian", Path::new(env!("CARGO_MANIFEST_DIR")));
}

fn measure(name: &str, report: &Path) {
    let out = place();
    let mut seconds = vec![];
    let mut memory = 0.0_f64;
    for run in 0..=RUNS {
        let site = out.path().join(run.to_string());
        let output = Command::new("/usr/bin/time")
            .args(["-f", "%e %M", env!("CARGO_BIN_EXE_barometer"), "build"])
            .arg(report)
            .arg("--out")
            .arg(&site)
            .output()
            .expect("GNU time is installed: apt-get install time");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let text = String::from_utf8(output.stderr).unwrap();
        let (elapsed, peak) = text.lines().last().unwrap().split_once(' ').unwrap();
        fs::remove_dir_all(site).unwrap();
        // The first run warms the page cache.
        if 0 < run {
            seconds.push(elapsed.parse::<f64>().unwrap());
            memory = memory.max(peak.parse::<f64>().unwrap() / 1024.0);
        }
    }
    seconds.sort_by(f64::total_cmp);
    println!("{name:>10} {:>12.2} {memory:>12.0}", seconds[RUNS / 2]);
}
