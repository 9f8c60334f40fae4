//! All words that the story has brought so far.

use kafka_lanes_words::{StorytellerWords, Term};
use yew::{Callback, Event, Html, MouseEvent, Properties, function_component, html, use_effect_with, use_node_ref};

use crate::story::{Place, is_known};
use crate::ui::dialog::show;
use crate::ui::icon::Icon;
use crate::ui::story::say::{meaning, meaning_of};
use crate::words::{teller, words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) open: bool,
    pub(crate) place: Place,
    pub(crate) on_close: Callback<()>,
}

#[function_component]
pub(crate) fn Glossary(props: &Props) -> Html {
    let words = words();
    let dialog = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.open, move |open| show(&dialog, *open));
    }
    let known: Vec<Term> = Term::ALL.into_iter().filter(|term| is_known(*term, props.place)).collect();
    let later = Term::ALL.len() - known.len();
    html! {
        <dialog ref={dialog} class="glossary" aria-labelledby="kl-glossary" onclose={props.on_close.reform(|_: Event| ())}>
            <h2 id="kl-glossary">{ teller().glossary() }</h2>
            <button type="button" class="close" aria-label={words.close()} onclick={props.on_close.reform(|_: MouseEvent| ())}>
                { Icon::Close.view() }
            </button>
            if props.open {
                { for known.into_iter().map(|term| html! {
                    <section><h3>{ meaning_of(term).name }</h3>{ meaning(term) }</section>
                }) }
                if later > 0 { <p>{ teller().later_words(later) }</p> }
            }
        </dialog>
    }
}
