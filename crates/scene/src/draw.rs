use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::plan::Plan;
use crate::view::View;

/// What drawing reads.
#[derive(Clone, Copy)]
pub(crate) struct Ctx<'a> {
    pub(crate) world: &'a World,
    pub(crate) view: &'a View,
    pub(crate) words: &'a dyn PictureWords,
    pub(crate) plan: &'a Plan,
}

impl Ctx<'_> {
    /// A key as a person reads it.
    pub(crate) fn key_text(&self, key: kafka_lanes_core::KeyId) -> String {
        let text = &self.world.key(key).text;
        if text.is_empty() { self.words.empty_key() } else { text.to_string() }
    }
}
