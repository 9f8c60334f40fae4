//! What somebody can change in a step's world, and what is so then: each number is read from that world.

mod consumers;
mod group_id;
mod key;

use kafka_lanes_core::History;
use kafka_lanes_story::{Membership, Touch};
use kafka_lanes_words::{Renamed, TouchWords};
use yew::{Callback, Html, MouseEvent, html};

use crate::ui::story::Wish;
use crate::words::teller;

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Touched {
    /// This stands in the field for a key.
    Typed(String),
    /// A record with that key is to be sent.
    Sent,
    /// The group is to have so many consumers.
    Consumers(u64),
    /// A consumer is to have this `group.id`.
    GroupId(Membership),
}

pub(crate) struct Panel<'a> {
    pub(crate) touch: Touch,
    pub(crate) history: &'a History,
    /// What somebody typed as a key.
    pub(crate) typed: Option<&'a str>,
    /// Other names than Kafka's.
    pub(crate) names: Option<Renamed>,
    /// Whether the world is not the story's any more.
    pub(crate) is_changed: bool,
    pub(crate) on_touch: &'a Callback<Touched>,
    pub(crate) on_wish: &'a Callback<Wish>,
}

impl Panel<'_> {
    #[inline(never)]
    pub(crate) fn view(&self) -> Html {
        let (fields, said) = match self.touch {
            Touch::Key { topic, key, .. } => self.key(topic, self.typed.unwrap_or(key)),
            Touch::Consumers { group, most } => self.consumers(group, most),
            Touch::GroupId => self.group_ids(),
        };
        let restore = self.is_changed.then(|| self.on_wish.reform(|_: MouseEvent| Wish::Restart));
        html! {
            <section class="touch" aria-label={teller().try_yourself()}>
                { fields }
                <div class="now">
                    <p role="status">{ self.named(said) }</p>
                    // Not `disabled`, nor gone: it would lose the focus, and the picture would jump.
                    <button class="pill" aria-disabled={(!self.is_changed).then_some("true")} onclick={restore}>{ teller().as_it_was() }</button>
                </div>
            </section>
        }
    }

    /// A text with the names that the picture has.
    fn named(&self, text: String) -> String {
        self.names.as_ref().map_or_else(|| text.clone(), |names| names.rename(&text))
    }
}
