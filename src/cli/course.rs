//! The way of a run: how long each stage took, and a sign of life where one
//! takes longer than people wait in silence.

use std::fmt::Write as _;
use std::io::IsTerminal as _;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal;

/// A stage with the time that it took.
pub(super) type Taken = (&'static str, Duration);

/// How long who waits sees nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// Where signs of life are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Signs {
    /// On a terminal, and as lines in a log.
    Everywhere,
    /// On a terminal: what a log holds shall not hang on the time of day.
    OnTerminals,
    Nowhere,
}

impl Signs {
    pub(super) fn unless(quiet: bool) -> Self {
        if quiet { Self::Nowhere } else { Self::OnTerminals }
    }

    fn given(self) -> bool {
        match self {
            Self::Everywhere => true,
            Self::OnTerminals => std::io::stderr().is_terminal(),
            Self::Nowhere => false,
        }
    }
}

/// A run under way. Dropped, its signs of life are gone from the terminal.
#[derive(Debug)]
pub(super) struct Course {
    stages: Mutex<Vec<(&'static str, Instant)>>,
    shown: Option<(Sender<News>, JoinHandle<()>)>,
}

enum News {
    /// A stage with the number of its parts, 0 where nobody counts.
    Begins(&'static str, usize),
    PartDone,
}

impl Course {
    pub(super) fn begin(signs: Signs) -> Self {
        let shown = signs.given().then(|| {
            let (sender, receiver) = channel();
            (sender, std::thread::spawn(move || show(&receiver)))
        });
        Self { stages: Mutex::default(), shown }
    }

    /// Begins a stage, which ends the one before.
    pub(super) fn stage(&self, name: &'static str, parts: usize) {
        let mut stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        stages.push((name, Instant::now()));
        self.tell(News::Begins(name, parts));
    }

    /// Counts one part of the stage.
    pub(super) fn part(&self) {
        self.tell(News::PartDone);
    }

    fn tell(&self, news: News) {
        if let Some((sender, _)) = &self.shown {
            // Nobody listens any more: then nothing is to be shown.
            let _told = sender.send(news);
        }
    }

    /// The stages up to now.
    pub(super) fn taken(&self) -> Vec<Taken> {
        let now = Instant::now();
        let stages = self.stages.lock().unwrap_or_else(PoisonError::into_inner);
        let ends = stages.iter().skip(1).map(|(_, begun)| *begun).chain([now]);
        stages.iter().zip(ends).map(|((name, begun), end)| (*name, end - *begun)).collect()
    }
}

impl Drop for Course {
    fn drop(&mut self) {
        if let Some((sender, shown)) = self.shown.take() {
            drop(sender);
            // A thread that only draws: if it died, nothing is left to clear.
            let _ended = shown.join();
        }
    }
}

/// Shows what is heard once patience is over: a line that moves on a
/// terminal, else a line for each stage.
fn show(news: &Receiver<News>) {
    let terminal = std::io::stderr().is_terminal();
    let begun = Instant::now();
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    let mut stage = "";
    let mut silent = true;
    loop {
        let heard = if silent {
            news.recv_timeout(PATIENCE.saturating_sub(begun.elapsed()))
        } else {
            news.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match heard {
            Ok(News::Begins(name, parts)) => {
                stage = name;
                restart(&bar, name, parts);
                if !silent && !terminal {
                    terminal::error(&format!("{stage} \u{2026}\n"));
                }
            }
            Ok(News::PartDone) => bar.inc(1),
            Err(RecvTimeoutError::Timeout) => {
                silent = false;
                if terminal {
                    bar.set_draw_target(ProgressDrawTarget::stderr());
                    bar.enable_steady_tick(Duration::from_millis(120));
                } else {
                    terminal::error(&format!("{stage} \u{2026}\n"));
                }
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    bar.finish_and_clear();
}

fn restart(bar: &ProgressBar, stage: &'static str, parts: usize) {
    let template = if parts == 0 { "{spinner} {msg}" } else { "{spinner} {msg} {pos}/{len}" };
    bar.reset();
    bar.set_length(parts as u64);
    bar.set_message(stage);
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

/// The times as a table for people, the longest way to the right.
pub(super) fn table(taken: &[Taken]) -> String {
    let all: Duration = taken.iter().map(|(_, time)| *time).sum();
    let rows = taken.iter().copied().chain([("in all", all)]);
    let mut text = String::new();
    for (name, time) in rows {
        let _written = writeln!(text, "{:>8.1} ms  {name}", 1000.0 * time.as_secs_f64());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_ends_where_the_next_begins() {
        let course = Course::begin(Signs::Nowhere);
        course.stage("one", 0);
        course.stage("two", 3);

        let taken = course.taken();

        assert_eq!(taken.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["one", "two"]);
    }

    #[test]
    fn the_table_adds_up() {
        let taken = [("a", Duration::from_micros(1500)), ("b", Duration::from_millis(20))];

        assert_eq!(table(&taken), "     1.5 ms  a\n    20.0 ms  b\n    21.5 ms  in all\n");
    }
}
