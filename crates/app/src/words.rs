use kafka_lanes_words::{Catalogue, English};

/// The language of this page. There is one so far.
pub(crate) fn words() -> &'static dyn Catalogue {
    &English
}
