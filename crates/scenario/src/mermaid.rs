//! Mermaid flowcharts: [`import`] and [`print`].

/// Nodes and subgraphs of a flowchart that are read.
pub const MAX_NODES: usize = 10_000;
/// Arrows of a flowchart that are read.
pub const MAX_EDGES: usize = 50_000;
