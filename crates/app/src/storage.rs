//! What the page remembers from visit to visit, where storage is allowed.

use gloo::storage::{LocalStorage, Storage};
use web_sys::window;

/// What was kept under `key`.
pub(crate) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a text under `key`. Refused in a sandbox; then it lasts as long as the page.
pub(crate) fn keep(key: &str, text: &str) {
    let _ = storage().map(|storage| storage.set_item(key, text));
}

/// The page's storage; none in a sandbox, where even asking for it is refused.
fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok().flatten()?;
    Some(LocalStorage::raw())
}
