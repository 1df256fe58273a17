//! A figure in the page of another site: the page that holds it alone, and the
//! code that shows that page in a frame.

use serde::Serialize;
use tera::Context;

use crate::figure::{Figure, Panel};
use crate::markup::Html;

use super::super::Assets;
use super::{Image, Shared};

/// How a figure is put into a page of another site.
#[derive(Serialize)]
pub(super) struct EmbedContext {
    address: String,
    snippet: String,
}

#[derive(Serialize)]
struct FrameAssets {
    style: String,
    icon: Option<String>,
}

/// Where the page of a figure alone lies, in the folder of its language.
pub(in crate::page) fn frame_address(id: &str) -> String {
    format!("embed/{id}.html")
}

/// Adds to the context of a figure what its page needs besides; `root` leads
/// from the folder of the language to that of the site, `image` is the card of
/// the page that tells it.
pub(in crate::page) fn frame(
    context: &mut Context,
    assets: &Assets,
    root: &str,
    image: Option<&Image>,
) {
    context.insert("image", &image);
    // It lies a folder deeper than the pages.
    let from_frame = |path: &String| format!("../{root}{path}");
    context.insert(
        "assets",
        &FrameAssets {
            style: from_frame(&assets.style),
            icon: assets.icon.as_ref().map(from_frame),
        },
    );
}

impl Shared {
    /// Whether a figure has a page of its own, for frames of other sites.
    /// Without an address nobody could name it; a key number is a sentence.
    pub(in crate::page) fn is_embedded(&self, figure: &Figure) -> bool {
        self.url.is_some() && figure.number.is_some()
    }

    /// How to put a figure into another page.
    pub(super) fn embed(&self, figure: &Figure) -> Option<EmbedContext> {
        let url = self.url.as_ref().filter(|_| self.is_embedded(figure))?;
        let address = frame_address(&figure.id);
        let [wide, narrow] = [&WIDE, &NARROW].map(|frame| frame.height(figure));
        // Where the window is too narrow for the wide drawing the middle term
        // is larger than the last, else smaller than the first.
        let style = format!("border: 0; height: clamp({wide}px, (672px - 100vw) * 99, {narrow}px)");
        let mut snippet = Html::default();
        snippet.tag(
            "iframe",
            &[
                ("src", &format!("{url}{}{address}", self.folder)),
                ("title", &figure.title_text),
                ("width", "100%"),
                ("height", &wide.to_string()),
                ("style", &style),
                ("loading", "lazy"),
            ],
        );
        snippet.end("iframe");
        Some(EmbedContext { address, snippet: snippet.into() })
    }
}

/// A frame, to reckon how high a figure is in it, in CSS pixels. What it does
/// not hold is scrolled to.
struct FrameSize {
    /// Which of the two drawings is shown, and how much it is enlarged.
    drawing: (usize, f64),
    /// Letters in a line of the title, of the description, of a remark.
    letters: [f64; 3],
    /// Of a row of a table: of one line, of a number with its remark.
    row: [f64; 2],
    /// What every figure has: measure, table, source, the way back.
    always: f64,
}

/// At 720 pixels.
const WIDE: FrameSize =
    FrameSize { drawing: (0, 1.0), letters: [60.0, 86.0, 100.0], row: [41.0, 62.0], always: 260.0 };

/// On a phone of 360 pixels.
const NARROW: FrameSize =
    FrameSize { drawing: (1, 1.06), letters: [30.0, 42.0, 47.0], row: [52.0, 82.0], always: 310.0 };

/// Heights of a line of the title, of the description, of a remark.
const LINES: [f64; 3] = [27.0, 24.0, 22.5];

/// The line of tabs with the badge below.
const TABS: f64 = 70.0;

/// The line that unfolds the values of a long figure.
const FOLDED: f64 = 48.0;

impl FrameSize {
    /// The height that a figure takes, in whole tens.
    fn height(&self, figure: &Figure) -> u32 {
        let own = self.panel(&figure.face);
        let tabs = figure.tabs.iter().map(|tab| TABS + self.panel(&tab.panel));
        let facts = [&figure.base].into_iter().chain(&figure.notes);
        let height = self.text(0, &figure.title_text)
            + tabs.fold(own, f64::max)
            + facts.map(|fact| self.text(2, fact)).sum::<f64>()
            + self.always;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a figure is some hundreds of pixels high"
        )]
        let tens = (height / 10.0).ceil() as u32;
        tens * 10
    }

    /// Drawing or table, with the description and the line that unfolds values.
    fn panel(&self, panel: &Panel) -> f64 {
        let table = &panel.table;
        let has_notes =
            table.rows.iter().flat_map(|row| &row.cells).any(|cell| cell.note.is_some());
        let rows = self.row[usize::from(has_notes)] * count(table.rows.len() + 1);
        let drawings = panel.drawings.as_ref();
        let picture =
            drawings.map_or(rows, |drawings| drawings[self.drawing.0].height * self.drawing.1);
        let folded = if panel.steps.is_some() { FOLDED } else { 0.0 };
        picture + self.text(1, &panel.description) + folded
    }

    /// The height of a text of one of the three sizes.
    fn text(&self, size: usize, text: &str) -> f64 {
        (count(text.chars().count()) / self.letters[size]).ceil() * LINES[size]
    }
}

fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}
