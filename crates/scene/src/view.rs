use crate::target::Target;
use kafka_lanes_core::sorted::SortedSet;

/// The moment of a picture that stands still, where nobody says which: by then most things have happened once.
pub const SHOWN_AT: kafka_lanes_core::Time = kafka_lanes_core::Time::from_secs(12);

/// Under this width (px) the picture stands upright: records fall instead of fly to the right.
pub const PORTRAIT_BELOW: f64 = 640.0;

/// A picture that lies on its side is enlarged where more than this (px) is left to it after that.
const ROOM_TO_GROW: (f64, f64) = (1_280.0, 620.0);
/// How much: in few steps, so that it does not swim while a window is dragged larger.
const SCALES: [f64; 4] = [1.5, 1.375, 1.25, 1.125];

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

    /// The scales for which there is room, the largest first, with the view in units of each.
    pub(crate) fn scales(&self) -> impl Iterator<Item = (f64, Self)> {
        let (width, height) = ROOM_TO_GROW;
        let grown = SCALES
            .into_iter()
            .map(|scale| (scale, Self { width: self.width / scale, height: self.height / scale, ..self.clone() }));
        grown.filter(move |(_, view)| view.width >= width && view.height >= height)
    }

    pub(crate) fn opens(&self, target: Target) -> bool {
        self.open.contains(&target)
    }
}
