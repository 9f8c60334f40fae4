use crate::target::Target;
use kafka_lanes_core::sorted::SortedSet;

/// Under this width (px) the picture stands upright: records fall instead of fly to the right.
pub const PORTRAIT_BELOW: f64 = 640.0;

/// How a person looks at a world: the size of the picture, what is selected, what is opened.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Width in CSS px. The picture never goes beyond it; below 280 it is drawn as at 280.
    pub width: f64,
    /// Height in CSS px that the picture may fill. Where it needs more, [`Scene::height`](crate::Scene) says so.
    pub height: f64,
    /// Smaller lanes, and neither captions nor legend: while a card is open under the picture.
    pub compact: bool,
    /// Whether captions ("Each group reads every record") and legend are drawn where there is room.
    pub captions: bool,
    /// Whether the buttons that send one record are drawn where there is room.
    pub buttons: bool,
    /// What is selected: its arrows stand out, others step back.
    pub selected: Option<Target>,
    /// What a person opened: folded topics, groups and summaries that are to be drawn in full.
    pub open: SortedSet<Target>,
}

impl View {
    /// A view of this size with captions and buttons, nothing selected and nothing opened.
    pub fn new(width: f64, height: f64) -> Self {
        Self { width, height, compact: false, captions: true, buttons: true, selected: None, open: SortedSet::new() }
    }

    /// Whether the picture stands upright.
    pub fn is_portrait(&self) -> bool {
        self.width < PORTRAIT_BELOW
    }

    pub(crate) fn opens(&self, target: Target) -> bool {
        self.open.contains(&target)
    }
}
