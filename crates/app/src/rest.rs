//! The second part of this wasm, which a release build cuts off (`crates/shrink`): code that no first frame needs.

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

thread_local! {
    /// Leaked, so that nothing has to be dropped: [`bring_rest`] is called from anywhere, with anything borrowed.
    static BRING: Cell<Option<&'static Function>> = const { Cell::new(None) };
}

/// From now on `bring` brings the second part at once, when something in it is called before it is there.
pub(crate) fn bring_by(bring: Function) {
    BRING.set(Some(Box::leak(Box::new(bring))));
}

/// Brings the second part. The stubs that stand for its functions call this, and then what has taken their place.
#[wasm_bindgen]
pub fn bring_rest() {
    let brought = BRING.get().map(|bring| bring.call0(&JsValue::UNDEFINED));
    match brought {
        Some(Ok(_)) => {}
        Some(Err(why)) => wasm_bindgen::throw_val(why),
        None => wasm_bindgen::throw_str("the rest of the code was needed before it could be fetched"),
    }
}
