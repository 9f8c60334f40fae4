//! Markup of ours, put into the page. Where a page's policy wants Trusted Types for that, the loader has the means.

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::JsValue;
use web_sys::Element;

thread_local! {
    /// Leaked, so that nothing has to be dropped: there is one a page.
    static PUT: Cell<Option<&'static Function>> = const { Cell::new(None) };
}

/// From now on `put`, a function of an element and a text, puts markup into the page.
pub(crate) fn put_by(put: Function) {
    PUT.set(Some(Box::leak(Box::new(put))));
}

/// Makes `markup` all that `element` holds. It is ours: what people wrote is escaped in it.
pub(crate) fn put(element: &Element, markup: &str) {
    match PUT.get() {
        // It fails only where no markup may be put into the page at all; then nothing would have started.
        Some(put) => drop(put.call2(&JsValue::UNDEFINED, element, &markup.into())),
        None => element.set_inner_html(markup),
    }
}
