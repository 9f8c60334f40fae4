//! Mermaid flowcharts: [`import`] and [`print`].

mod graph;
mod id;
mod label;
mod link;
mod parse;
mod preamble;
mod scan;
mod shape;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::input::{self, MAX_INPUT_BYTES};

pub use graph::{Edge, End, Graph, Node, Shape, Stroke, Subgraph};

/// Nodes and subgraphs of a flowchart that are read.
pub const MAX_NODES: usize = 10_000;
/// Arrows of a flowchart that are read.
pub const MAX_EDGES: usize = 50_000;

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
