//! A flowchart's statements.
//!
//! It follows Mermaid's own grammar (`flow.jison`, Mermaid 11) where that says what a text means, and is
//! more forgiving where it only says what is refused.

use super::graph::{Builder, Edge, End, Graph};
use super::id::node_id;
use super::label;
use super::link::{Link, link};
use super::preamble::{Body, body};
use super::scan::Scanner;
use super::shape::{Look, look};
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};

/// Statements that say how something looks, what it does when it is clicked, or how it is read aloud.
const PASSED_OVER: &[&str] =
    &["style", "classDef", "class", "linkStyle", "click", "accTitle", "accDescr", "direction", "title"];

/// The graph of the flowchart in `text`, and where it begins; none if there is no flowchart.
pub(super) fn graph(text: &str, faults: &mut Diagnostics) -> Option<(Graph, Place)> {
    let Body { title, text, line, column, at } = body(text, faults)?;
    let mut parser =
        Parser { scan: Scanner::new(text, line, column), builder: Builder::default(), faults, nowhere: Vec::new() };
    parser.builder.set_title(title);
    while !parser.scan.is_done() && !parser.builder.is_full() {
        parser.statement();
    }
    let Parser { builder, faults, .. } = parser;
    Some((builder.finish(faults), at))
}

struct Parser<'a, 'd> {
    scan: Scanner<'a>,
    builder: Builder,
    faults: &'d mut Diagnostics,
    /// What closes something and does not come any more.
    nowhere: Vec<&'static str>,
}

/// A node as a statement mentions it.
struct Mention {
    id: String,
    at: Place,
    look: Look,
}

/// `A & B --> C`: groups of nodes with arrows between them, one arrow fewer than groups.
#[derive(Default)]
struct Chain {
    groups: Vec<Vec<Mention>>,
    links: Vec<Link>,
}

/// How a statement ended.
#[derive(PartialEq, Eq)]
enum Outcome {
    /// As statements end.
    Complete,
    /// With something that was told of.
    Broken,
}

impl Parser<'_, '_> {
    fn statement(&mut self) {
        self.scan.skip_white();
        if self.scan.take(";") || self.scan.is_done() {
            return;
        }
        if self.scan.at("%%") {
            self.comment();
            return;
        }
        match self.keyword() {
            Some("subgraph") => self.subgraph(),
            Some("end") => {
                let start = self.scan.here();
                self.scan.skip(3);
                if !self.builder.close() {
                    self.faults.push(self.scan.since(start), Cause::StrayEnd);
                }
            }
            Some(word) => self.pass_over(word),
            None => self.chain(),
        }
    }

    fn comment(&mut self) {
        let start = self.scan.here();
        if !self.scan.at("%%{") {
            self.scan.skip_line();
            return;
        }
        if !self.skip_past("}%%") {
            self.faults.push(self.scan.since(start), Cause::Unclosed { open: "directive (%%{)" });
        }
    }

    /// The word that a statement begins with, if it is one of the grammar's own.
    fn keyword(&self) -> Option<&'static str> {
        let end = self.scan.rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.scan.rest.len());
        let (word, behind) = self.scan.rest.split_at(end);
        let known = ["subgraph", "end"].iter().chain(PASSED_OVER).copied().find(|known| *known == word)?;
        let ends = match known {
            "end" => behind.is_empty() || behind.starts_with(char::is_whitespace) || behind.starts_with([';', '%']),
            "accTitle" | "accDescr" | "title" => behind.trim_start().starts_with([':', '{']),
            "subgraph" => behind.is_empty() || behind.starts_with(char::is_whitespace),
            _ => behind.starts_with([' ', '\t']),
        };
        ends.then_some(known)
    }

    fn pass_over(&mut self, word: &str) {
        self.scan.skip(word.len());
        self.scan.skip_spaces();
        let start = self.scan.here();
        if !self.scan.at("{") {
            self.scan.skip_statement();
            return;
        }
        if !self.skip_past("}") {
            self.faults.push(self.scan.since(start), Cause::Unclosed { open: "{" });
        }
    }

    /// Passes over all up to the next `close`, or where there is none, over the line. That there is none
    /// is found out once.
    fn skip_past(&mut self, close: &'static str) -> bool {
        let end = if self.nowhere.contains(&close) { None } else { self.scan.rest.find(close) };
        match end {
            Some(end) => drop(self.scan.skip(end + close.len())),
            None => {
                if !self.nowhere.contains(&close) {
                    self.nowhere.push(close);
                }
                self.scan.skip_line();
            }
        }
        end.is_some()
    }

    /// `subgraph id [title]`, `subgraph title`, `subgraph`
    fn subgraph(&mut self) {
        let start = self.scan.here();
        self.scan.skip("subgraph".len());
        self.scan.skip_spaces();
        let rest = self.scan.skip_statement().trim();
        let at = self.scan.since(start);
        let (id, title) = match rest.split_once('[') {
            Some((id, title)) if !rest.starts_with(['[', '"']) => {
                let title = title.trim_end();
                if !title.ends_with(']') {
                    self.faults.push(at, Cause::Unclosed { open: "[" });
                }
                (id.trim(), title.trim_end_matches(']'))
            }
            // A title with spaces is no id.
            _ => (if unquoted(rest).contains(char::is_whitespace) { "" } else { unquoted(rest) }, rest),
        };
        self.builder.open(id.into(), label::lines(unquoted(title)), at, self.faults);
    }

    fn chain(&mut self) {
        let mut chain = Chain::default();
        let outcome = self.read_chain(&mut chain);
        // A lone word that a broken statement begins with is more likely prose than a node.
        let prose = chain.links.is_empty() && chain.groups.iter().flatten().all(|node| node.look == Look::default());
        if outcome == Outcome::Complete || !prose {
            self.add(chain);
        }
    }

    fn read_chain(&mut self, chain: &mut Chain) -> Outcome {
        loop {
            match self.nodes() {
                Ok(nodes) if nodes.is_empty() => return self.no_node(chain),
                Ok(nodes) => chain.groups.push(nodes),
                Err(nodes) => {
                    chain.groups.push(nodes);
                    self.scan.skip_line();
                    return Outcome::Broken;
                }
            }
            match link(&mut self.scan, self.faults) {
                Ok(Some(link)) => chain.links.push(link),
                Ok(None) => return self.end(),
                Err(_) => {
                    self.scan.skip_line();
                    return Outcome::Broken;
                }
            }
        }
    }

    /// A statement ends at a semicolon, a comment or the end of the line.
    fn end(&mut self) -> Outcome {
        self.scan.skip_spaces();
        if self.scan.is_done() || self.scan.at("\n") || self.scan.at(";") || self.scan.at("%%") {
            return Outcome::Complete;
        }
        self.unexpected()
    }

    /// Where a node should be, there is none.
    fn no_node(&mut self, chain: &mut Chain) -> Outcome {
        let Some(link) = chain.links.pop() else { return self.unexpected() };
        self.faults.push(link.at, Cause::ArrowToNowhere);
        self.scan.skip_statement();
        Outcome::Broken
    }

    fn unexpected(&mut self) -> Outcome {
        let start = self.scan.here();
        let text = self.scan.rest.chars().take(60).take_while(|c| !c.is_whitespace()).collect();
        self.scan.skip_statement();
        self.faults.push(self.scan.since(start), Cause::Unexpected { text });
        Outcome::Broken
    }

    /// `A & B`. An error holds the nodes before what broke it.
    fn nodes(&mut self) -> Result<Vec<Mention>, Vec<Mention>> {
        let mut nodes = Vec::new();
        loop {
            self.scan.skip_spaces();
            let start = self.scan.here();
            let id = node_id(self.scan.rest);
            if id.is_empty() {
                return Ok(nodes);
            }
            self.scan.skip(id.len());
            let at = self.scan.since(start);
            let found = look(&mut self.scan, self.faults);
            let broken = found.is_err();
            nodes.push(Mention { id: id.into(), at, look: found.unwrap_or_default() });
            if broken {
                return Err(nodes);
            }
            let mut ahead = self.scan;
            ahead.skip_spaces();
            if !ahead.take("&") {
                return Ok(nodes);
            }
            self.scan = ahead;
        }
    }

    fn add(&mut self, chain: Chain) {
        let Chain { groups, links } = chain;
        let mut before: Vec<usize> = Vec::new();
        let mut links = links.into_iter();
        for (index, group) in groups.into_iter().enumerate() {
            let nodes: Vec<usize> = group.into_iter().filter_map(|node| self.mention(node)).collect();
            if index > 0
                && let Some(link) = links.next()
            {
                self.join(&before, &nodes, link);
            }
            before = nodes;
        }
    }

    fn mention(&mut self, mention: Mention) -> Option<usize> {
        let Mention { id, at, look: Look { label, shape } } = mention;
        if self.builder.is_edge(&id) {
            return None;
        }
        let node = self.builder.node(&id, at, self.faults)?;
        if let Some(label) = label {
            self.builder.set_label(node, label);
        }
        if let Some(shape) = shape {
            self.builder.set_shape(node, shape);
        }
        Some(node)
    }

    fn join(&mut self, from: &[usize], to: &[usize], link: Link) {
        let Link { id, stroke, backwards, label, at } = link;
        if let Some(id) = id {
            self.builder.name_edge(id);
        }
        for from in from {
            for to in to {
                let (from, to) = if backwards { (*to, *from) } else { (*from, *to) };
                let edge = Edge { from: End::Node(from), to: End::Node(to), label: label.clone(), stroke, at };
                if !self.builder.edge(edge, self.faults) {
                    return;
                }
            }
        }
    }
}

fn unquoted(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(text)
}
