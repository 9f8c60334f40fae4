//! Over the story: what this is, the switch between names, and the way out.

use kafka_lanes_words::StorytellerWords;
use yew::{Callback, Html, MouseEvent, html};

use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::words::{teller, words};

pub(crate) struct Top<'a> {
    pub(crate) brand: Html,
    /// Whether the picture has the names of the construction site; none where there is nothing to switch.
    pub(crate) on_site: Option<bool>,
    pub(crate) on_wish: &'a Callback<Wish>,
    pub(crate) on_theme: Callback<MouseEvent>,
}

impl Top<'_> {
    #[inline(never)]
    pub(crate) fn view(&self) -> Html {
        let words = words();
        let wish = |wish: Wish| self.on_wish.reform(move |_: MouseEvent| wish);
        html! {
            <header class="top">
                { self.brand.clone() }
                <p class="subject">{ teller().the_story() }</p>
                if let Some(on_site) = self.on_site {
                    <div class="switch" role="group" aria-label={teller().names()}>
                        <button aria-pressed={on_site.to_string()} onclick={wish(Wish::Names(true))}>{ teller().story_names() }</button>
                        <button aria-pressed={(!on_site).to_string()} onclick={wish(Wish::Names(false))}>{ teller().kafka_names() }</button>
                    </div>
                }
                <button class="pill quiet leave" onclick={wish(Wish::Leave)}>{ teller().leave_story() }</button>
                <button class="pill quiet" aria-label={words.theme()} title={words.theme()} onclick={self.on_theme.clone()}>
                    { Icon::Theme.view() }
                </button>
            </header>
        }
    }
}
