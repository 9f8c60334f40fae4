use kafka_lanes_story::Story;
use kafka_lanes_words::{Catalogue, English, Renamed, StorytellerWords};

use crate::story::Place;

/// The language of this page. There is one so far.
pub(crate) fn words() -> &'static dyn Catalogue {
    &English
}

/// What stands on the story's buttons, in that language.
pub(crate) fn teller() -> impl StorytellerWords {
    English
}

/// What things on the picture are called at a place of the story, where it is not all Kafka's names.
pub(crate) fn names(place: Place, on_site: bool) -> Option<Renamed> {
    kafka_lanes_story::names(&English, place.counted(), on_site)
}

/// The story in that language.
#[inline(never)]
pub(crate) fn story() -> Story<'static> {
    Story::of(&English)
}
