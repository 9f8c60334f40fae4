//! Over the story: what this is, the switch between names, and the way out.

use yew::{Callback, Html, MouseEvent, Properties, function_component, html};

use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::words::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) brand: Html,
    /// Whether the picture has the names of the construction site; none where there is nothing to switch.
    pub(crate) on_site: Option<bool>,
    pub(crate) on_wish: Callback<Wish>,
    pub(crate) on_theme: Callback<()>,
}

#[function_component]
pub(crate) fn Top(props: &Props) -> Html {
    let words = words();
    let wish = |wish: Wish| props.on_wish.reform(move |_: MouseEvent| wish);
    html! {
        <header class="top">
            { props.brand.clone() }
            <p class="subject">{ words.the_story() }</p>
            if let Some(on_site) = props.on_site {
                <div class="switch" role="group" aria-label={words.names()}>
                    <button aria-pressed={on_site.to_string()} onclick={wish(Wish::Names(true))}>{ words.story_names() }</button>
                    <button aria-pressed={(!on_site).to_string()} onclick={wish(Wish::Names(false))}>{ words.kafka_names() }</button>
                </div>
            }
            <button class="pill quiet leave" onclick={wish(Wish::Leave)}>{ words.leave_story() }</button>
            <button class="pill quiet" aria-label={words.theme()} title={words.theme()} onclick={props.on_theme.reform(|_: MouseEvent| ())}>
                { Icon::Theme.view() }
            </button>
        </header>
    }
}
