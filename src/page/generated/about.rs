//! `about.html`: how to cite the report, whom to write to, what was corrected,
//! what it knows of its readers, and what it is made with. A chapter of that
//! name comes first on the page.

use crate::page::GENERATOR;
use crate::page::citation::{Citation, FILES};
use crate::page::license::license_name;

use super::{Block, Desk, Generated, Line, Part, Section};

pub(super) fn page<'a>(desk: &Desk<'_, 'a>) -> Generated<'a> {
    let told = |id: &str, title: &str, text: &str| {
        Section::new(id, desk.text(title), vec![Block::text(desk.text(text))])
    };
    let mut sections = vec![Section::new("cite", desk.text("about.cite"), cite(desk))];
    sections.extend(contact(desk));
    sections.push(Section::new("corrections", desk.text("about.corrections"), corrections(desk)));
    sections.extend(license(desk));
    sections.push(told("privacy", "about.privacy", "about.privacy-text"));
    sections.push(Section::new("colophon", desk.text("about.colophon"), colophon(desk)));
    desk.page(Part::About, sections)
}

fn cite(desk: &Desk<'_, '_>) -> Vec<Block> {
    let citation = Citation::new(desk.scope);
    let words = citation.apa(desk.scope);
    let files = FILES.iter().map(|(address, format)| Line {
        text: desk.fill("about.cite-file", &[("format", format)]),
        address: Some((*address).to_owned()),
        ..Line::default()
    });
    vec![
        Block::text(desk.text("about.cite-text")),
        Block::Citation { before: words.before, title: words.title, after: words.after },
        Block::text(desk.text("about.cite-files")),
        Block::Code { language: "bibtex", name: "BibTeX".to_owned(), text: citation.bibtex() },
        Block::List { items: files.collect() },
        Block::text(desk.text("about.cite-figure")),
    ]
}

impl Desk<'_, '_> {
    /// Whom to write to, as a link; `None`: the settings name nobody.
    pub(super) fn contact(&self) -> Option<Line> {
        let contact = self.scope.config.site.contact.as_deref()?;
        let is_page = contact.starts_with("http");
        let address = if is_page { contact.to_owned() } else { format!("mailto:{contact}") };
        Some(Line { text: contact.to_owned(), address: Some(address), ..Line::default() })
    }
}

fn contact(desk: &Desk<'_, '_>) -> Option<Section> {
    let line = desk.contact()?;
    let blocks =
        vec![Block::text(desk.text("about.contact-text")), Block::List { items: vec![line] }];
    Some(Section::new("contact", desk.text("about.contact"), blocks))
}

fn corrections(desk: &Desk<'_, '_>) -> Vec<Block> {
    let corrections = &desk.scope.config.site.corrections;
    if corrections.is_empty() {
        return vec![Block::text(desk.text("about.corrections-none"))];
    }
    let facts = corrections
        .iter()
        .map(|correction| (desk.scope.words.date(correction.date), desk.say(&correction.text)))
        .collect();
    vec![Block::text(desk.text("about.corrections-text")), Block::facts(facts)]
}

fn license(desk: &Desk<'_, '_>) -> Option<Section> {
    Some(Section::new("license", desk.text("about.license"), vec![desk.license()?]))
}

impl Desk<'_, '_> {
    /// Under which licence text and data are, with its address.
    pub(super) fn license(&self) -> Option<Block> {
        let spdx = self.scope.config.site.license.as_deref()?;
        let name = license_name(spdx);
        let line = Line {
            text: self.fill("site.all-rights", &[("license", &name)]),
            address: crate::page::license_url(spdx),
            ..Line::default()
        };
        Some(Block::List { items: vec![line] })
    }
}

fn colophon(desk: &Desk<'_, '_>) -> Vec<Block> {
    let site = &desk.scope.config.site;
    let mut facts = vec![];
    if let Some(author) = &site.author {
        facts.push((desk.text("site.author"), author.clone()));
    }
    if let Some(date) = site.published {
        facts.push((desk.text("site.published"), desk.scope.words.date(date)));
    }
    if let Some(version) = &site.version {
        facts.push((desk.text("about.version"), version.clone()));
    }
    let mut blocks = vec![];
    if !facts.is_empty() {
        blocks.push(Block::facts(facts));
    }
    blocks.push(Block::text(desk.fill("site.colophon", &[("generator", GENERATOR)])));
    blocks
}
