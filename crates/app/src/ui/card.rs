use web_sys::HtmlInputElement;
use yew::{
    Callback, Html, MouseEvent, Properties, SubmitEvent, function_component, html, use_effect_with, use_node_ref,
};

use crate::card::{Act, Card};
use crate::ui::icon::Icon;
use crate::words::words;
use kafka_lanes_core::Action;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) card: Card,
    pub(crate) on_act: Callback<Action>,
    pub(crate) on_close: Callback<()>,
}

#[function_component]
pub(crate) fn CardView(props: &Props) -> Html {
    let Card { title, subtitle, lead, chain, facts, lines, acts, choices, sends } = &props.card;
    html! {
        <section class="card" aria-label={title.clone()}>
            <h2>{ title.clone() }<small>{ subtitle.clone() }</small></h2>
            <button class="close" aria-label={words().close()} onclick={props.on_close.reform(|_: MouseEvent| ())}>
                { Icon::Close.view() }
            </button>
            <div class="sides">
                <div>
                    if let Some(producer) = sends {
                        <SendForm producer={producer.clone()} on_act={props.on_act.clone()} />
                    }
                    if let Some(lead) = lead {
                        <p>{ lead.clone() }</p>
                    }
                    if !chain.is_empty() { { arithmetic(chain) } }
                    { for lines.iter().map(|line| html! { <p>{ line.clone() }</p> }) }
                </div>
                if !facts.is_empty() || !acts.is_empty() {
                    <div>
                        <dl class="facts">
                            { for facts.iter().map(|(label, value)| html! {
                                <><dt>{ *label }</dt><dd>{ value.clone() }</dd></>
                            }) }
                        </dl>
                        <div class="acts">{ for acts.iter().map(|act| button(act, &props.on_act)) }</div>
                        { for choices.iter().map(|choice| html! {
                            <div class="acts choice" role="group" aria-label={choice.setting}>
                                <span>{ choice.setting }</span>
                                { for choice.acts.iter().map(|act| button(act, &props.on_act)) }
                            </div>
                        }) }
                    </div>
                }
            </div>
        </section>
    }
}

/// The way from a key to its lane, a step an item.
pub(crate) fn arithmetic(chain: &[(String, String)]) -> Html {
    html! {
        <ol class="chain">
            { for chain.iter().map(|(label, value)| html! {
                <li><dl><dt>{ label.clone() }</dt><dd title={value.clone()}>{ value.clone() }</dd></dl></li>
            }) }
        </ol>
    }
}

fn button(act: &Act, on_act: &Callback<Action>) -> Html {
    let action = act.action.clone();
    let class = if act.is_danger { "pill danger" } else { "pill" };
    html! { <button {class} onclick={on_act.reform(move |_| action.clone())}>{ act.label.clone() }</button> }
}

#[derive(Properties, PartialEq)]
struct SendProps {
    producer: String,
    on_act: Callback<Action>,
}

/// A field for a key: the record goes out at once, and the card shows why it goes where it goes.
#[function_component]
fn SendForm(props: &SendProps) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        // Not as an attribute: Yew would write it back over what a person types.
        use_effect_with((), move |()| {
            field.cast::<HtmlInputElement>().into_iter().for_each(|field| field.set_value("order-42"));
        });
    }
    let on_submit = {
        let (field, producer) = (field.clone(), props.producer.clone());
        props.on_act.reform(move |event: SubmitEvent| {
            event.prevent_default();
            let key = field.cast::<HtmlInputElement>().map(|field| field.value()).unwrap_or_default();
            Action::Send { producer: producer.clone(), topic: None, key }
        })
    };
    html! {
        <form class="send" onsubmit={on_submit}>
            <label>{ words().key_field() }<input ref={field} spellcheck="false" autocomplete="off" /></label>
            <button class="pill strong">{ words().send() }</button>
        </form>
    }
}
