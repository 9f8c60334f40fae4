//! A flowchart as a graph: what is drawn, without what it means.

use std::collections::BTreeMap;

use super::{MAX_EDGES, MAX_NODES};
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;

/// A flowchart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    /// The title in its front matter; may be empty.
    pub title: String,
    /// Its nodes in the order in which they first come up.
    pub nodes: Vec<Node>,
    /// Its subgraphs in the order in which they begin.
    pub subgraphs: Vec<Subgraph>,
    /// Its arrows and lines in the order of the text; `A & B --> C & D` is four.
    pub edges: Vec<Edge>,
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The id that arrows name it by.
    pub id: String,
    /// The lines of its label; empty where it has none, and then its id stands for it.
    pub label: Vec<String>,
    /// How it is drawn.
    pub shape: Shape,
    /// The subgraph that it stands in.
    pub parent: Option<usize>,
    /// Where it first comes up.
    pub at: Place,
}

/// A subgraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subgraph {
    /// The id that arrows name it by; empty where it has none.
    pub id: String,
    /// The lines of its title.
    pub title: Vec<String>,
    /// The subgraph that it stands in.
    pub parent: Option<usize>,
    /// Where it begins.
    pub at: Place,
}

/// An arrow or a line between two things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Where it comes from: the side without a head, or the first one of the text.
    pub from: End,
    /// Where it leads.
    pub to: End,
    /// The lines of its label.
    pub label: Vec<String>,
    /// How it is drawn.
    pub stroke: Stroke,
    /// Where its stroke stands.
    pub at: Place,
}

/// What an edge ends at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// A node, by its place in [`Graph::nodes`].
    Node(usize),
    /// A subgraph, by its place in [`Graph::subgraphs`].
    Subgraph(usize),
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stroke {
    /// `---`
    Normal,
    /// `-.-`
    Dotted,
    /// `===`
    Thick,
    /// `~~~`: for layout only.
    Invisible,
}

/// How a node is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Shape {
    /// `[ ]`, or nothing said.
    #[default]
    Rectangle,
    /// `( )`
    Rounded,
    /// `([ ])`
    Stadium,
    /// `[[ ]]`
    Subroutine,
    /// `[( )]`
    Cylinder,
    /// `(( ))`
    Circle,
    /// `((( )))`
    DoubleCircle,
    /// `{ }`
    Diamond,
    /// `{{ }}`
    Hexagon,
    /// `[/ /]`
    LeanRight,
    /// `[\ \]`
    LeanLeft,
    /// `[/ \]`
    Trapezoid,
    /// `[\ /]`
    InvertedTrapezoid,
    /// `> ]`
    Flag,
    /// `@{ shape: … }`, by its name.
    Named(String),
}

impl Node {
    /// Its label in one line; its id where it has none that can be seen.
    pub fn text(&self) -> String {
        joined(&self.label, &self.id)
    }
}

impl Subgraph {
    /// Its title in one line; its id where it has none that can be seen.
    pub fn text(&self) -> String {
        joined(&self.title, &self.id)
    }
}

fn joined(lines: &[String], id: &str) -> String {
    let text = lines.join(" ");
    if text.trim().is_empty() { id.into() } else { text }
}

/// Takes what a text says and makes a graph of it.
#[derive(Debug, Default)]
pub(super) struct Builder {
    graph: Graph,
    node_ids: BTreeMap<String, usize>,
    subgraph_ids: BTreeMap<String, usize>,
    edge_ids: BTreeMap<String, ()>,
    /// The subgraphs that are not closed yet, each with the nodes that came up in it.
    open: Vec<(usize, Vec<usize>)>,
    over: Option<Limit>,
}

impl Builder {
    /// Over a limit: then nothing more is taken, and there is no use in reading on.
    pub(super) fn is_full(&self) -> bool {
        self.over.is_some()
    }

    pub(super) fn set_title(&mut self, title: String) {
        self.graph.title = title;
    }

    fn has_room(&mut self, at: Place, faults: &mut Diagnostics) -> bool {
        let (nodes, edges) = (self.graph.nodes.len() + self.graph.subgraphs.len(), self.graph.edges.len());
        let over = match (nodes >= MAX_NODES, edges >= MAX_EDGES) {
            (true, _) => Limit::Nodes,
            (_, true) => Limit::Edges,
            _ => return self.over.is_none(),
        };
        if self.over.replace(over).is_none() {
            faults.push(at, Cause::OverLimit { limit: over, given: (over.value() + 1).to_string() });
        }
        false
    }

    /// The node of this id, which is new if it was not there; it came up in the subgraph that is open.
    pub(super) fn node(&mut self, id: &str, at: Place, faults: &mut Diagnostics) -> Option<usize> {
        let index = match self.node_ids.get(id) {
            Some(index) => *index,
            None => {
                if self.graph.nodes.len() + self.graph.subgraphs.len() >= MAX_NODES {
                    self.has_room(at, faults);
                    return None;
                }
                let index = self.graph.nodes.len();
                let node = Node { id: id.into(), label: Vec::new(), shape: Shape::default(), parent: None, at };
                self.graph.nodes.push(node);
                self.node_ids.insert(id.into(), index);
                index
            }
        };
        if let Some((_, mentioned)) = self.open.last_mut() {
            mentioned.push(index);
        }
        Some(index)
    }

    pub(super) fn set_label(&mut self, node: usize, label: Vec<String>) {
        self.graph.nodes[node].label = label;
    }

    pub(super) fn set_shape(&mut self, node: usize, shape: Shape) {
        self.graph.nodes[node].shape = shape;
    }

    pub(super) fn name_edge(&mut self, id: String) {
        self.edge_ids.insert(id, ());
    }

    pub(super) fn is_edge(&self, id: &str) -> bool {
        self.edge_ids.contains_key(id)
    }

    /// Adds an edge between two nodes; says whether there was room.
    pub(super) fn edge(&mut self, edge: Edge, faults: &mut Diagnostics) -> bool {
        let room = self.graph.edges.len() < MAX_EDGES || self.has_room(edge.at, faults);
        if room {
            self.graph.edges.push(edge);
        }
        room
    }

    /// Opens a subgraph, or one of this id again.
    pub(super) fn open(&mut self, id: String, title: Vec<String>, at: Place, faults: &mut Diagnostics) {
        let known = self.subgraph_ids.get(&id).copied().filter(|_| !id.is_empty());
        let is_open = |index: &usize| self.open.iter().any(|(open, _)| open == index);
        let index = match known.filter(|index| !is_open(index)) {
            Some(index) => index,
            None => {
                if !self.has_room(at, faults) {
                    return;
                }
                let index = self.graph.subgraphs.len();
                let parent = self.open.last().map(|(parent, _)| *parent);
                if !id.is_empty() && known.is_none() {
                    self.subgraph_ids.insert(id.clone(), index);
                }
                self.graph.subgraphs.push(Subgraph { id, title, parent, at });
                index
            }
        };
        self.open.push((index, Vec::new()));
    }

    /// Closes the innermost subgraph; says whether there was one.
    ///
    /// A node belongs to the first subgraph to be closed in which it came up (Mermaid: `flowDb.addSubGraph`).
    pub(super) fn close(&mut self) -> bool {
        let Some((index, mentioned)) = self.open.pop() else { return false };
        for node in mentioned {
            self.graph.nodes[node].parent.get_or_insert(index);
        }
        true
    }

    /// Closes what is still open, says so, and gives the graph. An id that a subgraph has means the subgraph.
    pub(super) fn finish(mut self, faults: &mut Diagnostics) -> Graph {
        while let Some((index, _)) = self.open.last() {
            let subgraph = &self.graph.subgraphs[*index];
            if self.over.is_none() {
                faults.push(subgraph.at, Cause::NoEnd { title: subgraph.text() });
            }
            self.close();
        }
        let Graph { nodes, subgraphs, edges, title } = self.graph;
        let mut ends = Vec::with_capacity(nodes.len());
        let mut kept = Vec::with_capacity(nodes.len());
        for node in nodes {
            match self.subgraph_ids.get(&node.id) {
                Some(subgraph) => ends.push(End::Subgraph(*subgraph)),
                None => {
                    ends.push(End::Node(kept.len()));
                    kept.push(node);
                }
            }
        }
        let place = |end: End| match end {
            End::Node(index) => ends[index],
            subgraph @ End::Subgraph(_) => subgraph,
        };
        let edges = edges.into_iter().map(|edge| Edge { from: place(edge.from), to: place(edge.to), ..edge }).collect();
        Graph { title, nodes: kept, subgraphs, edges }
    }
}
