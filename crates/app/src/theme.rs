//! Light and dark, and who asked for less motion.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};

const KEY: &str = "kafka-lanes-theme";

/// Turns the page to the other of light and dark, and remembers it where storage is allowed.
pub(crate) fn turn() {
    let next = if is_dark() { "light" } else { "dark" };
    set(next);
    crate::storage::keep(KEY, next);
}

/// Whether the page is dark just now.
pub(crate) fn is_dark() -> bool {
    scheme().map_or_else(|| matches("(prefers-color-scheme: dark)"), |scheme| scheme == "dark")
}

/// What the page was turned to when it was last open.
pub(crate) fn recall() {
    let remembered = crate::storage::recall(KEY);
    if let Some(scheme) = remembered.filter(|scheme| scheme == "dark" || scheme == "light") {
        set(&scheme);
    }
}

/// Whether the system asks for less motion.
pub(crate) fn wants_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

fn root() -> Option<HtmlElement> {
    window()?.document()?.document_element()?.dyn_into().ok()
}

fn scheme() -> Option<String> {
    root()?.style().get_property_value("color-scheme").ok().filter(|scheme| !scheme.is_empty())
}

fn set(scheme: &str) {
    if let Some(root) = root() {
        // Setting a known property to a known value does not fail.
        let _ = root.style().set_property("color-scheme", scheme);
    }
}

fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|list| list.matches())
}
