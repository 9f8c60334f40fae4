//! The picture under 640 px: time and flow go down.

use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::plan::Plan;
use crate::view::View;

/// All boxes and paths.
pub(crate) fn plan(world: &World, view: &View, words: &dyn PictureWords) -> Plan {
    crate::landscape::plan(world, &View { width: 640.0, ..view.clone() }, words)
}
