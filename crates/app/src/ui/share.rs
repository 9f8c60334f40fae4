//! "Share": a link to this moment, what to put into a page, and the picture as a file.

use wasm_bindgen_futures::spawn_local;
use yew::{
    Callback, Event, Html, MouseEvent, Properties, UseStateHandle, function_component, html, use_effect_with,
    use_node_ref, use_state_eq,
};

use crate::save;
use crate::share::Shared;
use crate::ui::dialog::show;
use crate::ui::icon::Icon;
use crate::words::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) shared: Option<Shared>,
    pub(crate) on_close: Callback<()>,
}

#[function_component]
pub(crate) fn ShareDialog(props: &Props) -> Html {
    let words = words();
    let dialog = use_node_ref();
    let said = use_state_eq(String::new);
    {
        let (dialog, said) = (dialog.clone(), said.clone());
        use_effect_with(props.shared.is_some(), move |open| {
            said.set(String::new());
            show(&dialog, *open);
        });
    }
    let svg = {
        let svg = props.shared.as_ref().map(|shared| shared.svg.clone()).unwrap_or_default();
        Callback::from(move |_: MouseEvent| save::text("kafka-lanes.svg", "image/svg+xml", &svg))
    };
    let png = {
        let shared = props.shared.as_ref().map(|shared| (shared.svg.clone(), shared.size));
        let (svg, size) = shared.unwrap_or_default();
        let said = said.clone();
        Callback::from(move |_: MouseEvent| {
            let (svg, said) = (svg.clone(), said.clone());
            spawn_local(async move {
                if save::png("kafka-lanes.png", &svg, size).await.is_none() {
                    said.set(crate::words::words().not_saved().into());
                }
            });
        })
    };
    html! {
        <dialog ref={dialog} class="share" aria-labelledby="kl-share" onclose={props.on_close.reform(|_: Event| ())}>
            <h2 id="kl-share">{ words.share_title() }</h2>
            <button type="button" class="close" aria-label={words.close()} onclick={props.on_close.reform(|_: MouseEvent| ())}>
                { Icon::Close.view() }
            </button>
            if let Some(shared) = &props.shared {
                { match &shared.link {
                    Ok(link) => row(words.link(), link, words.copy_link(), &said),
                    Err(why) => html! { <p role="alert">{ why.clone() }</p> },
                } }
                { row(words.embed_code(), &shared.embed, words.copy_embed(), &said) }
            }
            <div class="acts">
                <button class="pill" onclick={svg}>{ words.save_svg() }</button>
                <button class="pill" onclick={png}>{ words.save_png() }</button>
            </div>
            <p role="status">{ (*said).clone() }</p>
        </dialog>
    }
}

fn row(label: &'static str, text: &str, copy: &'static str, said: &UseStateHandle<String>) -> Html {
    let onclick = {
        let (text, said) = (text.to_owned(), said.clone());
        Callback::from(move |_: MouseEvent| {
            let (text, said) = (text.clone(), said.clone());
            spawn_local(async move {
                let words = crate::words::words();
                said.set(if save::copy(&text).await { words.copied() } else { words.not_copied() }.into());
            });
        })
    };
    html! {
        <div class="shared">
            <label>{ label }<textarea readonly=true rows={if text.contains('\n') { "6" } else { "2" }} value={text.to_owned()} /></label>
            <button class="pill strong" {onclick}>{ copy }</button>
        </div>
    }
}
