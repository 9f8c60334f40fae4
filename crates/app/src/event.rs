//! Events of the element: `kl-ready`, `kl-step`, `kl-change`, `kl-error`; they bubble and are composed.

use kafka_lanes_core::History;
use serde::Serialize;
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

/// What an event says: the moment, without the whole state, which `state` gives to who asks.
#[derive(Serialize)]
struct Detail {
    time_us: u64,
    end_us: u64,
}

/// What `kl-error` says.
#[derive(Serialize)]
struct Trouble<'a> {
    message: &'a str,
}

/// Sends `name` from `host` with the present moment.
pub(crate) fn tell(host: &HtmlElement, name: &str, history: &History) {
    send(host, name, &Detail { time_us: history.world().now().0, end_us: history.end().0 });
}

/// Sends `kl-error` from `host` with a sentence.
pub(crate) fn complain(host: &HtmlElement, message: &str) {
    send(host, "kl-error", &Trouble { message });
}

fn send(host: &HtmlElement, name: &str, detail: &impl Serialize) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_detail(&to_js(detail));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
        // False only says that a listener asked to prevent a default, and there is none.
        let _ = host.dispatch_event(&event);
    }
}

/// As plain objects and arrays; numbers as numbers, for all of ours are below 2^53.
pub(crate) fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Our documents are structs, strings, numbers and maps with string keys: nothing that can fail.
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}
