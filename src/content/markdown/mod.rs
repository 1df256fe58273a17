//! Markdown → HTML with holes. Events of `pulldown-cmark` in, [`Piece`]s out.
//!
//! Expressions are taken out before parsing and leave a placeholder of the
//! same length, so that no Markdown rule can break them and every offset of
//! the parser is still an offset of the file.

mod block;
mod heading;
mod link;
mod mask;
mod note;
mod piece;
mod table;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::config::RawHtml;
use crate::diag::{Findings, SourceText};
use crate::markup::Html;
use crate::wording::Words;

use super::chapter::{Body, HeadingPart, Passage, Piece};
use super::file::Files;
use super::heading::Anchors;
use mask::mask;

/// Renders the Markdown of `source` from byte `start` on. `None` where a chart
/// block or a comment is never closed: what comes after it was read as a part
/// of it.
pub(super) fn render(
    source: &Arc<SourceText>,
    start: usize,
    raw_html: RawHtml,
    words: &Words,
    files: &Files<'_>,
    found: &mut Findings,
) -> Option<Body> {
    let (text, spans) = mask(&source.text()[start..], start);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST;
    let mut writer = Writer {
        source,
        raw_html,
        words,
        files,
        found,
        spans,
        body: Body::default(),
        html: Html::default(),
        begun: vec![],
        held: vec![],
        open: vec![],
        anchors: Anchors::default(),
        footnotes: note::Footnotes::default(),
        table: table::TableState::default(),
        code: false,
        last_level: 1,
        heading: words.text("page.table").to_owned(),
        tables: 0,
        cut_off: false,
    };
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        writer.event(event, start + range.start..start + range.end);
    }
    (!writer.cut_off).then(|| writer.finish())
}

/// Whether its words are one stretch of running text.
fn is_passage(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::Item
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableCell
    )
}

/// What is open and gathers text instead of writing it, or needs its end known.
enum Open {
    Heading {
        level: u8,
        id: Option<String>,
        text: String,
        parts: Vec<HeadingPart>,
        span: Range<usize>,
    },
    Image {
        destination: String,
        title: String,
        alt: Vec<HeadingPart>,
        span: Range<usize>,
    },
    Chart {
        text: Vec<Range<usize>>,
        span: Range<usize>,
    },
    Footnote {
        name: String,
        span: Range<usize>,
    },
    /// A link without words, for which the program finds some.
    Reference,
    Alert,
    Comment,
}

struct Writer<'a> {
    source: &'a Arc<SourceText>,
    words: &'a Words,
    files: &'a Files<'a>,
    found: &'a mut Findings,
    raw_html: RawHtml,
    spans: BTreeMap<usize, Range<usize>>,
    body: Body,
    html: Html,
    /// The passages that began in it, and where: marked when a hole comes.
    begun: Vec<(Passage, usize)>,
    /// Pages set aside while a heading or a footnote is written.
    held: Vec<Vec<Piece>>,
    open: Vec<Open>,
    anchors: Anchors,
    footnotes: note::Footnotes,
    table: table::TableState,
    code: bool,
    last_level: u8,
    /// The words of the heading above, and the tables below it: names of tables.
    heading: String,
    tables: usize,
    /// Whether something is never closed.
    cut_off: bool,
}

impl Writer<'_> {
    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, span),
            Event::Code(_) => self.inline_code(span),
            Event::SoftBreak => self.line_break(),
            Event::HardBreak => self.tag("br", &[]),
            Event::Rule => self.tag("hr", &[]),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::InlineHtml(html) | Event::Html(html) => self.markup(&html, span),
            // The parser is not asked for tasks and formulas.
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        if is_passage(&tag) {
            self.body.prose.begin();
        }
        match tag {
            Tag::Paragraph => {
                self.stray_table(&span);
                self.begin(Passage::Sentences).tag("p", &[]);
            }
            Tag::Heading { level, id, .. } => {
                self.set_aside();
                let id = id.map(|id| id.to_string());
                self.open.push(Open::Heading {
                    level: level as u8,
                    id,
                    text: String::new(),
                    parts: vec![],
                    span,
                });
            }
            Tag::BlockQuote(None) => self.begin(Passage::Statement).tag("blockquote", &[]),
            Tag::BlockQuote(Some(kind)) => self.alert(kind),
            Tag::CodeBlock(CodeBlockKind::Fenced(info))
                if info.split_whitespace().next() == Some("chart") =>
            {
                self.open.push(Open::Chart { text: vec![], span });
            }
            Tag::CodeBlock(kind) => {
                self.meant_as_chart(&kind, &span);
                self.code_block(&kind);
            }
            Tag::List(Some(1)) => self.begin(Passage::Container).tag("ol", &[]),
            Tag::List(Some(first)) => {
                self.begin(Passage::Container).tag("ol", &[("start", &first.to_string())]);
            }
            Tag::List(None) => self.begin(Passage::Container).tag("ul", &[]),
            Tag::Item => self.begin(Passage::Sentences).tag("li", &[]),
            Tag::FootnoteDefinition(name) => {
                self.set_aside();
                self.open.push(Open::Footnote { name: name.to_string(), span });
            }
            Tag::DefinitionList => self.begin(Passage::Statement).tag("dl", &[]),
            Tag::DefinitionListTitle => self.tag("dt", &[]),
            Tag::DefinitionListDefinition => self.tag("dd", &[]),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.table.head = true;
                self.tag("thead", &[]);
                self.tag("tr", &[]);
            }
            Tag::TableRow => {
                self.long_row(&span);
                self.table.cell = 0;
                self.begin(Passage::Statement).tag("tr", &[]);
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.tag("em", &[]),
            Tag::Strong => self.tag("strong", &[]),
            Tag::Strikethrough => self.tag("del", &[]),
            Tag::Link { dest_url, title, .. } => self.link(&dest_url, &title, span),
            Tag::Image { dest_url, title, .. } => self.open.push(Open::Image {
                destination: dest_url.to_string(),
                title: title.to_string(),
                alt: vec![],
                span,
            }),
            Tag::HtmlBlock | Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_passage("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.end_passage("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => {
                self.open.pop();
                self.end_passage("</div>\n");
            }
            TagEnd::CodeBlock if self.code => {
                self.code = false;
                self.html.end("code").end("pre").line();
            }
            TagEnd::CodeBlock => self.end_chart(),
            TagEnd::HtmlBlock => {
                if matches!(self.open.last(), Some(Open::Comment)) {
                    self.open.pop();
                }
            }
            TagEnd::List(true) => self.end_passage("</ol>\n"),
            TagEnd::List(false) => self.end_passage("</ul>\n"),
            TagEnd::Item => self.end_passage("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.end_passage("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close("dt"),
            TagEnd::DefinitionListDefinition => self.close("dd"),
            TagEnd::Table => self.end_passage("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.head = false;
                self.html.end("tr").end("thead").line().tag("tbody", &[]).line();
            }
            TagEnd::TableRow => self.end_passage("</tr>\n"),
            TagEnd::TableCell => self.end_table_cell(),
            TagEnd::Emphasis => self.close_inline("em"),
            TagEnd::Strong => self.close_inline("strong"),
            TagEnd::Strikethrough => self.close_inline("del"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        // Inside an image's alternative text there is no markup.
        if !matches!(self.open.last(), Some(Open::Image { .. })) {
            self.html.tag(name, attributes);
        }
    }

    fn close(&mut self, name: &str) {
        self.html.end(name).line();
    }

    fn close_inline(&mut self, name: &str) {
        if !matches!(self.open.last(), Some(Open::Image { .. })) {
            self.html.end(name);
        }
    }

    fn alert(&mut self, kind: BlockQuoteKind) {
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        let title = self.words.text(&format!("alert.{name}"));
        self.begin(Passage::Statement);
        self.html.tag("div", &[("class", &format!("alert alert-{name}")), ("role", "note")]);
        self.html.tag("p", &[("class", "alert-title")]).text(title).end("p").line();
        self.open.push(Open::Alert);
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.code = true;
        self.html.tag("pre", &[("tabindex", "0")]);
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        match language {
            Some(language) => self.html.tag("code", &[("class", &format!("language-{language}"))]),
            None => self.html.tag("code", &[]),
        };
    }

    fn first_line(&self, span: &Range<usize>) -> Range<usize> {
        let text = &self.source.text()[span.clone()];
        span.start..span.start + text.trim_end().find('\n').unwrap_or(text.trim_end().len())
    }

    fn finish(mut self) -> Body {
        self.missing_notes();
        self.notes();
        self.flush();
        let begins = self.body.headings.iter().filter(|heading| heading.begins_section());
        let headings: Vec<_> = begins.map(|heading| heading.place.span().start).collect();
        for allowance in &mut self.body.allowances {
            allowance.widen(&headings, self.source.text().len());
        }
        self.body.anchors = self.anchors.into_set();
        self.body.shrink();
        self.body
    }
}
