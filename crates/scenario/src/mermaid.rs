//! Mermaid flowcharts: [`import`] makes a world of one, [`print()`] draws a world as one.
//!
//! Import goes in steps, a file each: `preamble` finds the flowchart in a text, `parse` makes a
//! [`Graph`] of it, `picture` sees panels and single nodes in that, `sides` tells topics from their
//! clients, and `world` with `groups` make a world.

mod graph;
mod groups;
mod id;
mod label;
mod link;
mod ownership;
mod parse;
mod picture;
mod preamble;
mod print;
mod role_words;
mod scan;
mod shape;
mod sides;
mod understood;
mod world;

use kafka_lanes_core::spec::WorldSpec;

use crate::cause::Cause;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::input::{self, MAX_INPUT_BYTES};

pub use graph::{Edge, End, Graph, Node, Shape, Stroke, Subgraph};
pub use print::print;
pub use understood::Understood;

/// Nodes and subgraphs of a flowchart that are read.
pub const MAX_NODES: usize = 10_000;
/// Arrows of a flowchart that are read.
pub const MAX_EDGES: usize = 50_000;

/// What a flowchart shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// The world; the engine accepts it. Empty if the flowchart shows none.
    pub spec: WorldSpec,
    /// What was not understood, or in one of several ways, in the order of the text; at most
    /// [`MAX_DIAGNOSTICS`](crate::MAX_DIAGNOSTICS) and one that counts the rest.
    pub diagnostics: Vec<Diagnostic>,
    /// How what could be meant in several ways was understood.
    pub understood: Vec<Understood>,
}

impl Import {
    /// Whether something was left out.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }
}

/// Reads a Mermaid flowchart as a world: the flowchart alone, in a Markdown fence, or after some prose.
pub fn import(text: &str) -> Import {
    if text.len() > MAX_INPUT_BYTES {
        return Import { diagnostics: vec![input::too_long(text.len())], ..Import::default() };
    }
    let mut faults = Diagnostics::default();
    let (spec, understood) = read(input::without_mark(text), &mut faults).unwrap_or_default();
    Import { spec, diagnostics: faults.finish(), understood }
}

/// Reads a flowchart from the bytes of a file.
pub fn import_bytes(bytes: &[u8]) -> Import {
    match input::decode(bytes) {
        Ok(text) => import(text),
        Err(broken) => Import { diagnostics: vec![broken.0], ..Import::default() },
    }
}

fn read(text: &str, faults: &mut Diagnostics) -> Option<(WorldSpec, Vec<Understood>)> {
    let (graph, at) = parse::graph(text, faults)?;
    let mut meant = Diagnostics::default();
    let picture = picture::Picture::of(&graph, &mut meant);
    let Some(sides) = sides::sides(&picture, &mut meant) else {
        faults.push(at, Cause::NothingOfKafka);
        return None;
    };
    let (mut spec, understood) = world::world(&picture, &sides, &mut meant);
    if spec.topics.is_empty() {
        faults.push(at, Cause::NothingOfKafka);
        return None;
    }
    faults.append(meant);
    spec.title = crate::name::cut(graph.title).0;
    Some((spec, understood))
}

/// The flowchart in a text as a graph, whatever it is about.
pub fn graph(text: &str) -> (Graph, Vec<Diagnostic>) {
    if text.len() > MAX_INPUT_BYTES {
        return (Graph::default(), vec![input::too_long(text.len())]);
    }
    let mut faults = Diagnostics::default();
    let graph = parse::graph(input::without_mark(text), &mut faults).map(|(graph, _)| graph);
    (graph.unwrap_or_default(), faults.finish())
}

#[cfg(test)]
mod parse_tests;

#[cfg(test)]
mod import_tests;
#[cfg(test)]
mod round_trip_tests;
#[cfg(test)]
mod varied;
