//! "Open a diagram": paste or choose a text; what was not understood is said below it.

use js_sys::Uint8Array;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlDialogElement, HtmlInputElement, HtmlTextAreaElement};
use yew::{
    Callback, Event, Html, MouseEvent, NodeRef, Properties, SubmitEvent, TargetCast, function_component, html,
    use_effect_with, use_node_ref,
};

use crate::opening::Remark;
use crate::ui::icon::Icon;
use crate::words::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) open: bool,
    pub(crate) remarks: Vec<Remark>,
    /// A text as it stands in the field, or the bytes of a file as they were read.
    pub(crate) on_run: Callback<Vec<u8>>,
    pub(crate) on_close: Callback<()>,
}

/// A file longer than this is not even read: nothing that large is a diagram.
pub(crate) const MAX_FILE_MEBIBYTES: u64 = 64;

#[function_component]
pub(crate) fn OpenDialog(props: &Props) -> Html {
    let words = words();
    let dialog = use_node_ref();
    let field = use_node_ref();
    {
        let dialog = dialog.clone();
        use_effect_with(props.open, move |open| show(&dialog, *open));
    }
    let on_submit = {
        let field = field.clone();
        props.on_run.reform(move |event: SubmitEvent| {
            event.prevent_default();
            field.cast::<HtmlTextAreaElement>().map(|field| field.value().into_bytes()).unwrap_or_default()
        })
    };
    let on_file = {
        let (field, on_run) = (field.clone(), props.on_run.clone());
        Callback::from(move |event: Event| read_file(&event.target_unchecked_into(), field.clone(), on_run.clone()))
    };
    html! {
        <dialog ref={dialog} aria-labelledby="kl-open" onclose={props.on_close.reform(|_: Event| ())}>
            <form onsubmit={on_submit}>
                <h2 id="kl-open">{ words.open_title() }</h2>
                <button type="button" class="close" aria-label={words.close()} onclick={props.on_close.reform(|_: MouseEvent| ())}>
                    { Icon::Close.view() }
                </button>
                <p>{ words.open_hint() }</p>
                <textarea autofocus=true ref={field} aria-label={words.open_field()} spellcheck="false" placeholder={EXAMPLE} />
                <div class="acts">
                    <button class="pill strong">{ words.run() }</button>
                    <label class="pill">
                        { words.open_file() }
                        <input class="visually-hidden" type="file" accept=".mmd,.mermaid,.md,.kafka,.txt,text/*" onchange={on_file} />
                    </label>
                </div>
            </form>
            <ul class="remarks" role="status">
                { for props.remarks.iter().map(remark) }
            </ul>
        </dialog>
    }
}

const EXAMPLE: &str = "flowchart LR
  Shop --> orders
  subgraph orders[Topic: orders]
    p0[Partition-0]
    p1[Partition-1]
  end
  subgraph g[GROUP: payment]
    a[Payment-1]
  end
  p0 --> a
  p1 --> a";

fn remark(remark: &Remark) -> Html {
    let place = remark.place.map(|(line, column)| words().at_line(line, column));
    html! {
        <li class={remark.is_error.then_some("error")}>
            if let Some(place) = place { <b>{ place }</b> }
            { remark.text.clone() }
        </li>
    }
}

pub(crate) fn show(dialog: &NodeRef, open: bool) {
    let Some(dialog) = dialog.cast::<HtmlDialogElement>() else { return };
    if open && !dialog.open() {
        // Only refused where the dialog has left the document; then there is nothing to show.
        let _ = dialog.show_modal();
    } else if !open && dialog.open() {
        dialog.close();
    }
}

/// Reads the chosen file into the field, if it is text, and runs it as it is.
fn read_file(input: &HtmlInputElement, field: NodeRef, on_run: Callback<Vec<u8>>) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    input.set_value("");
    if file.size() > (MAX_FILE_MEBIBYTES * 1_048_576) as f64 {
        on_run.emit(vec![b' '; kafka_lanes_scenario::MAX_INPUT_BYTES + 1]);
        return;
    }
    spawn_local(async move {
        let Ok(buffer) = JsFuture::from(file.array_buffer()).await else { return };
        let bytes = Uint8Array::new(&buffer).to_vec();
        let text = std::str::from_utf8(&bytes).ok().filter(|text| text.len() <= kafka_lanes_scenario::MAX_INPUT_BYTES);
        if let (Some(text), Some(field)) = (text, field.cast::<HtmlTextAreaElement>()) {
            field.set_value(text);
        }
        on_run.emit(bytes);
    });
}
