//! What is left of a chapter where simulated answers are hidden.
//!
//! A figure or a passage that rests on them goes, and a passage that refers to such a figure; then what is empty without
//! it; and a section of which no other figure or number is left, with the
//! words that told them. Links to what went lead to its place.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::content::{Passage, Piece};
use crate::figure::Inline;
use crate::markup::Html;

use super::answered::Answered;

/// Takes out of a chapter what rests on simulated answers.
/// Of figures elsewhere, `gone` are the ids of those that go.
pub(super) fn sift<'a>(answered: Answered<'a>, gone: &BTreeSet<String>) -> Answered<'a> {
    let references: Vec<bool> = answered
        .chapter
        .body
        .references
        .iter()
        .map(|reference| gone.contains(reference.id()))
        .collect();
    if !answered.is_simulated() && !references.contains(&true) {
        return answered;
    }
    let (mut kept, mut figures) = (vec![], vec![]);
    for plan in answered.figures {
        let anchor = plan.anchor();
        let left = plan.without_simulated();
        kept.push(left.as_ref().map_or(Err(anchor), |_| Ok(figures.len())));
        figures.extend(left);
    }
    let nodes = tree(&mut answered.pieces.iter());
    let mut sieve = Sieve {
        figures: kept,
        inlines: &answered.inlines,
        references,
        notes: BTreeSet::new(),
        left_out: vec![],
    };
    sieve.notes = sieve.notes_left_out(&nodes);
    let mut pieces = sieve.chapter(&nodes);
    let left_out: BTreeSet<String> = sieve.left_out.into_iter().collect();
    if is_blank(&pieces) {
        let mut html = Html::default();
        html.tag("p", &[]).text(answered.scope.words.text("page.without-number")).end("p").line();
        pieces.push(Piece::Html(html.into()));
    }
    let headings = answered.headings.into_iter().filter(|heading| !left_out.contains(&heading.id));
    Answered {
        figures,
        pieces: Cow::Owned(pieces),
        headings: headings.collect(),
        left_out,
        ..answered
    }
}

/// A piece, or a passage with what is in it.
enum Node<'p> {
    Leaf(&'p Piece),
    Passage { passage: &'p Passage, inner: Vec<Self>, end: &'p Piece },
}

/// Reads pieces up to the end of the passage that they are in.
fn tree<'p>(pieces: &mut std::slice::Iter<'p, Piece>) -> Vec<Node<'p>> {
    let mut nodes = vec![];
    while let Some(piece) = pieces.as_slice().first() {
        if matches!(piece, Piece::End(_)) {
            break;
        }
        pieces.next();
        let Piece::Begin(passage) = piece else {
            nodes.push(Node::Leaf(piece));
            continue;
        };
        let inner = tree(pieces);
        // Every passage that begins ends.
        if let Some(end) = pieces.next() {
            nodes.push(Node::Passage { passage, inner, end });
        }
    }
    nodes
}

struct Sieve<'s> {
    /// By number: the new number, or the anchor of what went.
    figures: Vec<Result<usize, String>>,
    inlines: &'s [Inline],
    /// By number: whether the figure goes.
    references: Vec<bool>,
    /// The notes that go.
    notes: BTreeSet<usize>,
    /// The anchors of what went.
    left_out: Vec<String>,
}

/// What numbers and figures some text holds.
#[derive(Clone, Copy, Default)]
struct Holds {
    simulated: bool,
    real: bool,
}

impl Sieve<'_> {
    fn chapter(&mut self, nodes: &[Node<'_>]) -> Vec<Piece> {
        let mut pieces = vec![];
        let mut at = 0;
        while at < nodes.len() {
            let told = self.left_out.len();
            let section = &nodes[at..section_end(nodes, at)];
            let held = self.holds(section);
            if is_heading(&nodes[at]) && held.simulated && !held.real {
                for node in section {
                    self.leave(node);
                }
                at += section.len();
            } else {
                pieces.extend(self.passage(&nodes[at..=at], Within::Page).0);
                at += 1;
            }
            for anchor in &self.left_out[told..] {
                let mut html = Html::default();
                html.tag("span", &[("id", anchor)]).end("span").line();
                pieces.push(Piece::Html(html.into()));
            }
        }
        pieces
    }

    /// The notes that rest on simulated answers, and those that nothing else
    /// than what goes leads to.
    fn notes_left_out(&mut self, nodes: &[Node<'_>]) -> BTreeSet<usize> {
        let all = notes(nodes);
        let simulated = all.iter().filter(|(_, inner)| self.holds(inner).simulated);
        let mut gone: BTreeSet<usize> = simulated.map(|(note, _)| *note).collect();
        let text = self.chapter(nodes);
        self.left_out.clear();
        let is_marked = |note: &usize| {
            text.iter()
                .any(|piece| matches!(piece, Piece::NoteMark { note: led, .. } if led == note))
        };
        gone.extend(all.iter().map(|(note, _)| *note).filter(|note| !is_marked(note)));
        gone
    }

    /// What is kept of some nodes, and whether the passage around them rests
    /// on simulated answers.
    fn passage(&mut self, nodes: &[Node<'_>], within: Within) -> (Vec<Piece>, bool) {
        let (mut kept, mut rests) = (vec![], false);
        for node in nodes {
            match node {
                Node::Leaf(Piece::Figure(at)) => match &self.figures[*at] {
                    Ok(at) => kept.push(Piece::Figure(*at)),
                    Err(anchor) => self.left_out.push(anchor.clone()),
                },
                Node::Leaf(Piece::NoteMark { note, .. }) if self.notes.contains(note) => {}
                Node::Passage { passage: Passage::Note(note), .. } if self.notes.contains(note) => {
                    self.leave(node);
                }
                Node::Leaf(piece) => {
                    rests |= match piece {
                        Piece::Inline { expression, .. } => self.inlines[*expression].simulated,
                        Piece::Reference(at) => self.references[*at],
                        _ => false,
                    };
                    kept.push((*piece).clone());
                }
                Node::Passage { passage, inner, end } => {
                    let inside = match (within, passage) {
                        (Within::Statement, _) | (_, Passage::Statement | Passage::Note(_)) => {
                            Within::Statement
                        }
                        _ => Within::Page,
                    };
                    let (left, inner_rests) = self.passage(inner, inside);
                    if within == Within::Statement {
                        rests |= inner_rests;
                    } else if inner_rests || is_blank(&left) {
                        self.leave(node);
                        continue;
                    }
                    kept.push(Piece::Begin((*passage).clone()));
                    kept.extend(left);
                    kept.push((*end).clone());
                }
            }
        }
        (kept, rests)
    }

    fn holds(&self, nodes: &[Node<'_>]) -> Holds {
        let mut holds = Holds::default();
        for node in nodes {
            let of_node = match node {
                Node::Leaf(Piece::Figure(at)) => {
                    let real = self.figures[*at].is_ok();
                    Holds { simulated: !real, real }
                }
                Node::Leaf(Piece::Inline { expression, .. }) => {
                    let simulated = self.inlines[*expression].simulated;
                    Holds { simulated, real: !simulated }
                }
                Node::Leaf(_) => Holds::default(),
                Node::Passage { inner, .. } => self.holds(inner),
            };
            holds.simulated |= of_node.simulated;
            holds.real |= of_node.real;
        }
        holds
    }

    /// Notes the anchors in what goes.
    fn leave(&mut self, node: &Node<'_>) {
        match node {
            Node::Leaf(Piece::Html(html) | Piece::NoteMark { markup: html, .. }) => {
                let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
                self.left_out.extend(ids.map(str::to_owned));
            }
            Node::Leaf(Piece::Figure(at)) => {
                if let Err(anchor) = &self.figures[*at] {
                    self.left_out.push(anchor.clone());
                }
            }
            Node::Leaf(_) => {}
            Node::Passage { inner, .. } => inner.iter().for_each(|node| self.leave(node)),
        }
    }
}

/// What is around a passage.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// The page: it stands or falls alone.
    Page,
    /// A statement, with which it stands or falls.
    Statement,
}

/// The notes of a chapter with what is in them.
fn notes<'n, 'p>(nodes: &'n [Node<'p>]) -> Vec<(usize, &'n [Node<'p>])> {
    let mut found = vec![];
    for node in nodes {
        match node {
            Node::Passage { passage: Passage::Note(note), inner, .. } => {
                found.push((*note, &inner[..]));
            }
            Node::Passage { inner, .. } => found.extend(notes(inner)),
            Node::Leaf(_) => {}
        }
    }
    found
}

fn is_heading(node: &Node<'_>) -> bool {
    matches!(node, Node::Passage { passage: Passage::Heading { .. }, .. })
}

/// Where the section ends that a heading begins; after the node, if it is none.
fn section_end(nodes: &[Node<'_>], at: usize) -> usize {
    let level = |node: &Node<'_>| match node {
        Node::Passage { passage: Passage::Heading { level, .. }, .. } => Some(*level),
        _ => None,
    };
    let Some(own) = level(&nodes[at]) else { return at + 1 };
    let rest = nodes[at + 1..].iter();
    let next = rest.into_iter().position(|node| level(node).is_some_and(|level| level <= own));
    next.map_or(nodes.len(), |next| at + 1 + next)
}

/// Whether pieces show nothing; of a table only its body counts.
fn is_blank(pieces: &[Piece]) -> bool {
    let mut html = String::new();
    for piece in pieces {
        match piece {
            Piece::Html(markup) | Piece::End(markup) => html.push_str(markup),
            Piece::Begin(_) | Piece::NoteMark { .. } => {}
            Piece::Figure(_) | Piece::Inline { .. } | Piece::Reference(_) => return false,
        }
    }
    let html = html.split_once("<tbody>").map_or(html.as_str(), |(_, body)| body);
    let text = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    !html.contains("<img") && text.into_iter().all(|text| text.trim().is_empty())
}
