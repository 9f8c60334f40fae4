//! A page that is a Yew app itself and holds a diagram. It counts what it is told of clicks and keys, so that a test sees
//! whether it hears of those that are none of its own.

use wasm_bindgen::prelude::*;
use yew::{Callback, Html, function_component, html, use_state};

/// As many listeners as a diagram has, and more: Yew numbers them in each app from the first on.
const BUTTONS: usize = 40;

#[function_component]
fn Host() -> Html {
    let counts = use_state(|| vec![0_u32; BUTTONS]);
    let around = use_state(|| 0_u32);
    let on_around = {
        let around = around.clone();
        Callback::from(move |_: yew::MouseEvent| around.set(*around + 1))
    };
    let button = |index: usize| {
        let counts = counts.clone();
        let count = move || {
            let mut next = (*counts).clone();
            next[index] += 1;
            counts.set(next);
        };
        let on_key = count.clone();
        html! {
            <button onclick={move |_: yew::MouseEvent| count()} onkeydown={move |_: yew::KeyboardEvent| on_key()}>
                { index }
            </button>
        }
    };
    html! {
        <>
            <div id="own">{ for (0..BUTTONS).map(button) }</div>
            <section onclick={on_around}>
                <kafka-lanes height="460">
                    <pre>{ "topic orders partitions=3\nproducer Shop to orders\ngroup billing reads orders\n  consumer billing-1\n" }</pre>
                </kafka-lanes>
            </section>
            <output id="counts">{ counts.iter().sum::<u32>() }</output>
            <output id="around">{ *around }</output>
        </>
    }
}

/// Puts the app into the page.
#[wasm_bindgen(start)]
pub fn start() {
    yew::Renderer::<Host>::new().render();
}
