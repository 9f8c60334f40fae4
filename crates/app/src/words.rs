use kafka_lanes_story::Story;
use kafka_lanes_words::{Catalogue, English, Renamed, StoryCatalogue, StorytellerWords};

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

/// The words of a picture with the names of the construction site.
#[inline(never)]
pub(crate) fn on_site() -> &'static Renamed {
    thread_local! {
        /// Leaked: a page has one language.
        static ON_SITE: &'static Renamed = Box::leak(Box::new(Renamed { of: words(), names: &English.story().names }));
    }
    ON_SITE.with(|names| *names)
}
