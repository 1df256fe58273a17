//! What the template of a figure sees.

use serde::Serialize;
use tera::Context;

use crate::chart::{Access, Drawing, Painter};
use crate::figure::{Figure, Panel, Part, SourceNote, Steps, Tab, Table, TableCell};
use crate::stats::Provenance;

use super::Shared;
use super::embed::EmbedContext;
use crate::page::part::question_stem;

#[derive(Serialize)]
struct FigureContext<'a> {
    id: &'a str,
    anchor: String,
    number: Option<String>,
    #[serde(flatten)]
    panel: PanelContext<'a>,
    title: &'a str,
    title_text: &'a str,
    title_id: String,
    subtitle: &'a str,
    number_detail: Option<&'a str>,
    question_label: Option<&'a str>,
    question: &'a str,
    question_note: Option<&'a str>,
    base: &'a str,
    notes: &'a [String],
    example: Option<&'a str>,
    how_to_read: Option<&'a str>,
    method: Option<&'a str>,
    provenance: &'static str,
    provenance_label: Option<&'a str>,
    sources: &'a [SourceNote],
    tabs: Vec<TabContext<'a>>,
    downloads: Vec<Download>,
    permalink: String,
    question_page: Option<String>,
    embed: Option<EmbedContext>,
}

/// What is seen of a figure, or of one of its tabs.
#[derive(Serialize)]
struct PanelContext<'a> {
    kind: &'static str,
    wide: Option<String>,
    narrow: Option<String>,
    number_value: Option<&'a str>,
    number_label: Option<&'a str>,
    left_out: Option<&'a str>,
    description: &'a str,
    description_id: String,
    steps: Option<StepsContext<'a>>,
    table: TableContext<'a>,
}

#[derive(Serialize)]
struct TabContext<'a> {
    id: String,
    key: &'a str,
    label: &'a str,
    #[serde(flatten)]
    panel: PanelContext<'a>,
    provenance_label: Option<&'a str>,
}

#[derive(Serialize)]
struct StepsContext<'a> {
    label: &'a str,
    parts: Vec<PartContext<'a>>,
}

#[derive(Serialize)]
struct PartContext<'a> {
    overview: &'a str,
    values: &'a [String],
}

#[derive(Serialize)]
pub(super) struct TableContext<'a> {
    caption: &'a str,
    head: &'a [String],
    rows: Vec<RowContext<'a>>,
}

#[derive(Serialize)]
struct RowContext<'a> {
    label: &'a str,
    cells: Vec<CellContext<'a>>,
}

#[derive(Serialize)]
struct CellContext<'a> {
    text: &'a str,
    note: Option<&'a str>,
    class: Option<u8>,
}

#[derive(Serialize)]
struct Download {
    kind: &'static str,
    label: &'static str,
    address: String,
    size_text: String,
}

/// Where a file of a figure lies, in the folder of its language.
pub(in crate::page) fn download(id: &str, ending: &str) -> String {
    format!("data/figures/{id}.{ending}")
}

/// The drawings of a figure or of one of its tabs, for the page.
fn inline(drawings: Option<&[Drawing; 2]>, name: &str, description: &str) -> [Option<String>; 2] {
    let Some([wide, narrow]) = drawings else { return [None, None] };
    // `display: none` silences the one that is not shown.
    let access = Access { name, description };
    [
        Some(wide.inline("chart chart-wide", access)),
        Some(narrow.inline("chart chart-narrow", access)),
    ]
}

pub(super) fn table(table: &Table) -> TableContext<'_> {
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|TableCell { text, note, class }| CellContext {
            text,
            note: note.as_deref(),
            class: *class,
        });
        RowContext { label: &row.label, cells: cells.collect() }
    });
    TableContext { caption: &table.caption, head: &table.head, rows: rows.collect() }
}

fn steps(steps: &Steps) -> StepsContext<'_> {
    let parts = steps.parts.iter();
    let parts = parts.map(|Part { overview, values }| PartContext { overview, values });
    StepsContext { label: &steps.label, parts: parts.collect() }
}

/// A panel that is called `name` for those who do not see it; `id` is that of the
/// figure or tab.
fn panel<'a>(panel: &'a Panel, id: &str, name: &str) -> PanelContext<'a> {
    let description_id = format!("about-{id}");
    let [wide, narrow] = inline(panel.drawings.as_ref(), name, &description_id);
    let number = panel.key_number.as_ref();
    PanelContext {
        kind: panel.kind.name(),
        wide,
        narrow,
        number_value: number.map(|number| number.datum.text.as_str()),
        // The title says it where the author wrote none.
        number_label: number.map(|number| number.label.as_str()).filter(|label| *label != name),
        left_out: panel.left_out.as_deref(),
        description: &panel.description,
        description_id,
        steps: panel.steps.as_ref().map(steps),
        table: table(&panel.table),
    }
}

fn tab<'a>(shared: &'a Shared, figure: &Figure, tab: &'a Tab) -> TabContext<'a> {
    let id = format!("{}-{}", figure.id, tab.id);
    let name = format!("{} ({})", figure.title_text, tab.label);
    TabContext {
        key: &tab.id,
        label: &tab.label,
        panel: panel(&tab.panel, &id, &name),
        // Where all tabs are alike, the figure says it.
        provenance_label: shared
            .provenance_label(tab.provenance)
            .filter(|_| figure.tabs.iter().any(|other| other.provenance != tab.provenance)),
        id,
    }
}

/// The context of one figure.
pub(in crate::page) fn figure(shared: &Shared, figure: &Figure, page: &str) -> Context {
    let anchor = format!("fig-{}", figure.id);
    let key_number = figure.face.key_number.as_ref();
    let permalink = format!("{page}#{anchor}");
    let mut context = shared.light();
    let question_page = format!("{}.html", question_stem(&figure.subject));
    context.insert(
        "figure",
        &FigureContext {
            id: &figure.id,
            number: figure.number.map(|number| number.to_string()),
            panel: panel(&figure.face, &figure.id, &figure.title_text),
            title: &figure.title,
            title_text: &figure.title_text,
            title_id: format!("title-{}", figure.id),
            subtitle: &figure.subtitle,
            number_detail: key_number.and_then(|number| number.detail.as_deref()),
            question_label: figure.question_label.as_deref(),
            question: &figure.question,
            question_note: figure.question_note.as_deref(),
            base: &figure.base,
            notes: &figure.notes,
            example: figure.example.as_deref(),
            how_to_read: figure.how_to_read.as_deref(),
            method: figure.how_to_read.as_ref().and(shared.method.as_deref()),
            provenance: figure.provenance.name(),
            provenance_label: if figure
                .tabs
                .iter()
                .any(|tab| tab.provenance != Provenance::Simulated)
                && figure.provenance == Provenance::Simulated
            {
                Some(&shared.simulated_part)
            } else {
                shared.provenance_label(figure.provenance)
            },
            sources: &figure.sources,
            tabs: figure.tabs.iter().map(|one| tab(shared, figure, one)).collect(),
            downloads: shared.downloads(figure),
            permalink,
            question_page: (question_page != page).then_some(question_page),
            embed: shared.embed(figure),
            anchor,
        },
    );
    context
}

impl Shared {
    /// The badge of numbers that are not the survey's own.
    pub(super) fn provenance_label(&self, provenance: Provenance) -> Option<&str> {
        match provenance {
            Provenance::Collected | Provenance::Published => None,
            Provenance::Simulated => Some(&self.simulated),
            Provenance::OtherStudy => Some(&self.other_study),
        }
    }

    /// The numbers, the drawing, its picture.
    fn downloads(&self, figure: &Figure) -> Vec<Download> {
        let download = |kind, label: &'static str, size_text| Download {
            kind,
            label,
            address: download(&figure.id, &label.to_lowercase()),
            size_text,
        };
        let mut downloads = vec![download("data", "CSV", self.size(figure.csv.len()))];
        if let Some(file) = &figure.file {
            downloads.push(download("drawing", "SVG", self.size(file.svg.len())));
            if self.png && figure.number.is_some() {
                let (width, height) = Painter::size(file.width, file.height);
                let size = self.pixels.replace("{width}", &width.to_string());
                let size = size.replace("{height}", &height.to_string());
                downloads.push(download("drawing", "PNG", size));
            }
        }
        downloads
    }

    fn size(&self, bytes: usize) -> String {
        self.kilobytes.replace("{n}", &bytes.div_ceil(1024).to_string())
    }
}
