use kafka_lanes_story::Story;
use kafka_lanes_words::{Catalogue, English, StorytellerWords};

/// The language of this page. There is one so far.
pub(crate) fn words() -> &'static dyn Catalogue {
    &English
}

/// What stands on the story's buttons, in that language.
pub(crate) fn teller() -> impl StorytellerWords {
    English
}

/// The story in that language.
#[inline(never)]
pub(crate) fn story() -> Story<'static> {
    Story::of(&English)
}
