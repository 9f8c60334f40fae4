//! A graph as panels and single nodes: what could be a topic, a group or a client, and the arrows between.

use super::MAX_EDGES;
use super::graph::{End, Graph, Stroke};
use super::role_words::{Hint, RoleWord, hint, is_house, partition_likeness};
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;
use kafka_lanes_core::sorted::{SortedMap, sort_by};

/// Things in a subgraph that an arrow to the subgraph is taken to mean, at the most.
const MOST_IN_A_HOUSE: usize = 1_024;

/// What a flowchart shows, one level above its nodes.
#[derive(Debug, Default)]
pub(super) struct Picture {
    /// In the order of the text.
    pub(super) entities: Vec<Entity>,
    pub(super) links: Vec<Link>,
    /// Titles of subgraphs that only hold others.
    pub(super) houses: Vec<String>,
}

/// A panel (a subgraph with nodes: a topic with partitions, a group with members) or a node by itself.
#[derive(Debug)]
pub(super) struct Entity {
    /// The lines of its label or title, never without a visible character.
    pub(super) lines: Vec<String>,
    pub(super) at: Place,
    pub(super) is_panel: bool,
    /// The nodes of a panel.
    pub(super) parts: Vec<Part>,
}

impl Entity {
    /// Its label in one line.
    pub(super) fn text(&self) -> String {
        self.lines.join(" ")
    }
}

#[derive(Debug)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) at: Place,
}

/// An entity, and which part of it, if not the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) entity: usize,
    pub(super) part: Option<usize>,
}

/// An arrow from one entity to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    pub(super) from: Spot,
    pub(super) to: Spot,
    pub(super) at: Place,
}

/// What a subgraph is, before it is known what that means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// It holds other things.
    House,
    /// It is a thing with parts.
    Panel,
    /// It is a part, drawn with what is in it.
    Part,
}

impl Picture {
    pub(super) fn of(graph: &Graph, faults: &mut Diagnostics) -> Self {
        let inside = Inside::of(graph);
        let boxes = inside.frames(graph);
        let mut picture = Self::default();
        let spots = picture.place(graph, &boxes);
        let mut houses: SortedMap<usize, Vec<Spot>> = SortedMap::new();
        for edge in graph.edges.iter().filter(|edge| edge.stroke != Stroke::Invisible) {
            let mut spots_of = |end: End| match spots.get(&end) {
                Some(spot) => vec![*spot],
                None => match end {
                    End::Subgraph(house) => {
                        houses.get_or_insert_with(house, || inside.held_by(house, &boxes, &spots)).clone()
                    }
                    End::Node(_) => Vec::new(),
                },
            };
            let (from, to) = (spots_of(edge.from), spots_of(edge.to));
            for from in &from {
                for to in to.iter().filter(|to| to.entity != from.entity) {
                    if picture.links.len() >= MAX_EDGES {
                        let given = (MAX_EDGES + 1).to_string();
                        faults.push(edge.at, Cause::OverLimit { limit: Limit::Edges, given });
                        return picture;
                    }
                    picture.links.push(Link { from: *from, to: *to, at: edge.at });
                }
            }
        }
        picture
    }

    /// Makes the entities, in the order of the text, and says where each node and panel has its spot.
    fn place(&mut self, graph: &Graph, boxes: &[Frame]) -> SortedMap<End, Spot> {
        let mut order: Vec<(Place, End)> = Vec::new();
        for (index, subgraph) in graph.subgraphs.iter().enumerate() {
            match boxes[index] {
                Frame::Panel => order.push((subgraph.at, End::Subgraph(index))),
                Frame::House => self.houses.push(subgraph.text()),
                Frame::Part => {}
            }
        }
        let is_house = |parent: Option<usize>| parent.is_none_or(|parent| boxes[parent] == Frame::House);
        let singles = graph.nodes.iter().enumerate().filter(|(_, node)| is_house(node.parent));
        order.extend(singles.map(|(index, node)| (node.at, End::Node(index))));
        sort_by(&mut order, |(a, _), (b, _)| a.cmp(b));
        let mut spots = SortedMap::new();
        for (entity, (at, end)) in order.into_iter().enumerate() {
            let (lines, text, is_panel) = match end {
                End::Node(index) => (&graph.nodes[index].label, graph.nodes[index].text(), false),
                End::Subgraph(index) => (&graph.subgraphs[index].title, graph.subgraphs[index].text(), true),
            };
            let lines = match text.trim().is_empty() {
                // A subgraph without a title: its place among the others has to do.
                true => vec![format!("subgraph-{}", entity + 1)],
                false if lines.concat().trim().is_empty() => vec![text],
                false => lines.clone(),
            };
            spots.insert(end, Spot { entity, part: None });
            self.entities.push(Entity { lines, at, is_panel, parts: Vec::new() });
        }
        self.place_parts(graph, boxes, &mut spots);
        spots
    }

    fn place_parts(&mut self, graph: &Graph, boxes: &[Frame], spots: &mut SortedMap<End, Spot>) {
        let boxed = graph.subgraphs.iter().enumerate().filter(|(index, _)| boxes[*index] == Frame::Part);
        let mut parts: Vec<(Place, End, Option<usize>, String)> =
            boxed.map(|(index, s)| (s.at, End::Subgraph(index), s.parent, s.text())).collect();
        let is = |parent: Option<usize>, kind: Frame| parent.is_some_and(|parent| boxes[parent] == kind);
        let nodes = graph.nodes.iter().enumerate().filter(|(_, node)| is(node.parent, Frame::Panel));
        parts.extend(nodes.map(|(index, node)| (node.at, End::Node(index), node.parent, node.text())));
        sort_by(&mut parts, |a, b| a.0.cmp(&b.0));
        for (at, end, parent, text) in parts {
            let Some(panel) = parent.and_then(|parent| spots.get(&End::Subgraph(parent)).copied()) else { continue };
            let entity = &mut self.entities[panel.entity];
            spots.insert(end, Spot { part: Some(entity.parts.len()), ..panel });
            entity.parts.push(Part { text, at });
        }
        for (index, node) in graph.nodes.iter().enumerate().filter(|(_, node)| is(node.parent, Frame::Part)) {
            if let Some(spot) = node.parent.and_then(|parent| spots.get(&End::Subgraph(parent)).copied()) {
                spots.insert(End::Node(index), spot);
            }
        }
    }
}

/// What stands in which subgraph, and which nodes arrows from outside reach or leave.
struct Inside {
    nodes: Vec<Vec<usize>>,
    subgraphs: Vec<Vec<usize>>,
    node_receives: Vec<bool>,
    node_sends: Vec<bool>,
    /// An arrow ends at the subgraph itself.
    is_joined: Vec<bool>,
}

impl Inside {
    fn of(graph: &Graph) -> Self {
        let count = graph.subgraphs.len();
        let mut inside = Self {
            nodes: vec![Vec::new(); count],
            subgraphs: vec![Vec::new(); count],
            node_receives: vec![false; graph.nodes.len()],
            node_sends: vec![false; graph.nodes.len()],
            is_joined: vec![false; count],
        };
        for (index, node) in graph.nodes.iter().enumerate() {
            node.parent.into_iter().for_each(|parent| inside.nodes[parent].push(index));
        }
        for (index, subgraph) in graph.subgraphs.iter().enumerate() {
            subgraph.parent.into_iter().for_each(|parent| inside.subgraphs[parent].push(index));
        }
        let parent = |end: End| match end {
            End::Node(index) => graph.nodes[index].parent,
            End::Subgraph(_) => None,
        };
        for edge in graph.edges.iter().filter(|edge| edge.stroke != Stroke::Invisible) {
            let within = parent(edge.from).is_some() && parent(edge.from) == parent(edge.to);
            for (end, flags) in [(edge.from, &mut inside.node_sends), (edge.to, &mut inside.node_receives)] {
                match end {
                    End::Node(index) => flags[index] |= !within,
                    End::Subgraph(index) => inside.is_joined[index] = true,
                }
            }
        }
        inside
    }

    fn frames(&self, graph: &Graph) -> Vec<Frame> {
        let is_leaf = |index: usize| self.subgraphs[index].is_empty();
        let is_lane = |index: &usize| {
            let title = graph.subgraphs[*index].text();
            let is_other = hint(&title).is_some_and(|hint| hint.word != RoleWord::Partition);
            is_leaf(*index) && !is_other && partition_likeness(&title) == 2
        };
        let mut boxes: Vec<Frame> = (0..graph.subgraphs.len())
            .map(|index| match is_leaf(index) {
                true if self.is_panel(graph, index) => Frame::Panel,
                false if self.subgraphs[index].iter().all(is_lane) => Frame::Panel,
                _ => Frame::House,
            })
            .collect();
        for (index, subgraph) in graph.subgraphs.iter().enumerate() {
            // Parents begin before their children, so a parent's kind is known.
            if subgraph.parent.is_some_and(|parent| boxes[parent] == Frame::Panel) {
                boxes[index] = Frame::Part;
            }
        }
        boxes
    }

    /// Whether a subgraph without subgraphs is one thing with parts, and not several things in a frame.
    fn is_panel(&self, graph: &Graph, index: usize) -> bool {
        let nodes = &self.nodes[index];
        let title = graph.subgraphs[index].text();
        let says = |label: &str, words: &[RoleWord]| hint(label).is_some_and(|hint: Hint| words.contains(&hint.word));
        if nodes.is_empty() || says(&title, &[RoleWord::Topic, RoleWord::Group]) {
            return true;
        }
        let texts: Vec<String> = nodes.iter().map(|node| graph.nodes[*node].text()).collect();
        if texts.iter().any(|text| says(text, &[RoleWord::Topic, RoleWord::Group])) {
            return false;
        }
        if texts.iter().all(|text| partition_likeness(text) > 0) {
            return true;
        }
        let both = |node: &usize| self.node_receives[*node] && self.node_sends[*node];
        let mixed = nodes.iter().any(|node| self.node_receives[*node])
            && nodes.iter().any(|node| self.node_sends[*node])
            && !nodes.iter().any(both)
            && !self.is_joined[index];
        !mixed && !is_house(&title)
    }

    /// The entities in a house and in the houses in it.
    fn held_by(&self, house: usize, boxes: &[Frame], spots: &SortedMap<End, Spot>) -> Vec<Spot> {
        let mut held = Vec::new();
        let mut open = vec![house];
        while let Some(index) = open.pop() {
            let nodes = self.nodes[index].iter().filter_map(|node| spots.get(&End::Node(*node)));
            held.extend(nodes.take(MOST_IN_A_HOUSE - held.len()));
            for inner in &self.subgraphs[index] {
                match spots.get(&End::Subgraph(*inner)) {
                    Some(spot) if held.len() < MOST_IN_A_HOUSE => held.push(*spot),
                    Some(_) => return held,
                    None if boxes[*inner] == Frame::House => open.push(*inner),
                    None => {}
                }
            }
        }
        sort_by(&mut held, Spot::cmp);
        held
    }
}
