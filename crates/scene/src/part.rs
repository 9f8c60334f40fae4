use std::rc::Rc;

use crate::shape::{Rect, Shape};
use crate::target::Target;

/// A part of the picture: one `<g>` that a person can point at, or that changes as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The same for the same thing in every layout: `cell:0:2:17`.
    pub key: String,
    /// What it is a picture of.
    pub target: Option<Target>,
    /// Accessible name; empty where the part is only drawing.
    pub label: String,
    /// Whether it takes part in keyboard order.
    pub focusable: bool,
    /// CSS classes, the hue among them (`g0`…, `k0`…).
    pub class: String,
    /// What it takes up, for a focus ring or a card beside it.
    pub bounds: Rect,
    /// What is drawn.
    pub shapes: Vec<Shape>,
}

impl Part {
    /// A part that is only drawing.
    pub(crate) fn plain(key: impl Into<String>, class: impl Into<String>, bounds: Rect) -> Self {
        Self {
            key: key.into(),
            target: None,
            label: String::new(),
            focusable: false,
            class: class.into(),
            bounds,
            shapes: Vec::new(),
        }
    }

    /// The same part, standing for `target` and named `label`.
    pub(crate) fn of(mut self, target: Target, label: impl Into<String>) -> Self {
        self.target = Some(target);
        self.label = label.into();
        self
    }

    pub(crate) fn focusable(mut self) -> Self {
        self.focusable = true;
        self
    }

    pub(crate) fn add(&mut self, shape: Shape) {
        self.shapes.push(shape);
    }

    pub(crate) fn with(mut self, shapes: impl IntoIterator<Item = Shape>) -> Self {
        self.shapes.extend(shapes);
        self
    }

    /// Marks it as what is selected, with a ring.
    pub(crate) fn ringed(mut self, selected: Option<Target>) -> Self {
        if self.target.is_some() && self.target == selected {
            self.class.push_str(" selected");
            let b = self.bounds;
            self.shapes.push(Shape::rect(Rect::new(b.x - 2.0, b.y - 2.0, b.w + 4.0, b.h + 4.0), 8.0, "ring"));
        }
        self
    }
}

/// Parts that change together: a lane, a group, all arrows. A renderer compares blocks by `Rc::ptr_eq` first.
#[derive(Debug, Clone)]
pub struct Block {
    /// The same for the same thing in every layout.
    pub id: BlockId,
    /// Its parts, in drawing order.
    pub parts: Rc<[Part]>,
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && (Rc::ptr_eq(&self.parts, &other.parts) || self.parts == other.parts)
    }
}

/// What a block draws. The order is the order of drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockId {
    /// Captions, legend, panels of topics.
    Frame,
    /// A lane that is drawn as a log: topic, partition.
    Lane(u32, u32),
    /// The lanes of a topic that are drawn as bars.
    Bars(u32),
    /// A group and its members.
    Group(u32),
    /// The arrows from lanes to members.
    Routes,
    /// The lines from producers to lanes.
    Writes,
    /// All producers.
    Producers,
    /// All brokers.
    Brokers,
    /// The arrows from services to those that they call.
    Calls,
    /// All services.
    Services,
}

impl BlockId {
    /// A short text that is the same for the same block: `lane:0:2`.
    pub fn key(self) -> String {
        match self {
            Self::Frame => "frame".into(),
            Self::Lane(topic, partition) => format!("lane:{topic}:{partition}"),
            Self::Bars(topic) => format!("bars:{topic}"),
            Self::Group(group) => format!("group:{group}"),
            Self::Routes => "routes".into(),
            Self::Writes => "writes".into(),
            Self::Producers => "producers".into(),
            Self::Brokers => "brokers".into(),
            Self::Calls => "calls".into(),
            Self::Services => "services".into(),
        }
    }
}
