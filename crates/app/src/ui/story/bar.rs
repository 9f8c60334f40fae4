//! The way through the story: back, once more, and on.

use kafka_lanes_words::StorytellerWords;
use yew::{Callback, Html, MouseEvent, classes, html};

use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::ui::story::question::FORM;
use crate::words::{teller, words};

/// What the button does that has the picture move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Motion {
    Pause,
    Play,
    Replay,
}

pub(crate) struct Bar<'a> {
    /// The step and how many there are, both from 1; none beside the steps.
    pub(crate) dots: Option<(usize, usize)>,
    pub(crate) motion: Option<Motion>,
    pub(crate) is_first: bool,
    /// Whether a question is asked, which the button that leads on answers.
    pub(crate) asks: bool,
    /// What the button that leads on says; none at the end.
    pub(crate) on: Option<&'static str>,
    /// Whether the question can be answered once more.
    pub(crate) again: bool,
    pub(crate) on_wish: &'a Callback<Wish>,
}

impl Bar<'_> {
    #[inline(never)]
    pub(crate) fn view(&self) -> Html {
        let wish = |wish: Wish| self.on_wish.reform(move |_: MouseEvent| wish);
        html! {
            <div class="go">
                // Not `disabled`: it would lose the focus.
                <button class="pill back" part="back" aria-disabled={self.is_first.then_some("true")} onclick={wish(Wish::Back)}>
                    { teller().go_back() }
                </button>
                if let Some(motion) = self.motion { { moves(motion, wish(Wish::Replay)) } }
                <div class="dots" aria-hidden="true">
                    if let Some((step, steps)) = self.dots {
                        { for (1..=steps).map(|dot| html! { <i class={classes!((dot <= step).then_some("past"))} /> }) }
                    }
                </div>
                if self.again { <button class="pill again" onclick={wish(Wish::Again)}>{ teller().another_try() }</button> }
                if self.motion.is_some() && !self.again {
                    <button class="pill try" onclick={wish(Wish::Try)}>{ teller().try_here() }</button>
                }
                if let Some(on) = self.on {
                    // It is the question's own button, so that Enter on a choice presses it.
                    <button class="pill on" part="continue" form={self.asks.then_some(FORM)}
                        onclick={(!self.asks).then(|| wish(Wish::Next))}>{ on }</button>
                }
            </div>
        }
    }
}

fn moves(motion: Motion, onclick: Callback<MouseEvent>) -> Html {
    let (label, icon) = match motion {
        Motion::Pause => (words().pause(), Icon::Pause),
        Motion::Play => (words().play(), Icon::Play),
        Motion::Replay => (teller().replay(), Icon::Replay),
    };
    html! { <button class="round" aria-label={label} title={label} {onclick}>{ icon.view() }</button> }
}
