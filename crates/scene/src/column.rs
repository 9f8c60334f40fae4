//! A lane drawn as a log that runs down.

use crate::draw::Ctx;
use crate::part::Part;
use crate::plan::{LaneBox, TopicBox};

/// All parts of a lane.
pub(crate) fn parts(_: Ctx, _: &TopicBox, _: &LaneBox) -> Vec<Part> {
    Vec::new()
}
