//! When the engine itself fails: what stands inside the elements shows again, with the reason. All elements of a page share
//! one engine, so that a mistake of ours ends all of them, and leaves no more than that.

use std::cell::Cell;
use std::panic::PanicHookInfo;

use js_sys::Function;
use wasm_bindgen::prelude::*;

thread_local! {
    /// Nothing is unwound after a failure: whatever was borrowed stays so, and the pieces may not fit any more.
    static OVER: Cell<bool> = const { Cell::new(false) };
    /// Leaked, so that nothing has to be dropped: there is one a page.
    static TELL: Cell<Option<&'static Function>> = const { Cell::new(None) };
}

/// From now on `tell` is called with the reason when the engine fails. It takes the elements down.
pub(crate) fn tell_by(tell: Function) {
    TELL.set(Some(Box::leak(Box::new(tell))));
}

/// Whether it failed. Then nothing is asked of it any more.
pub(crate) fn is_over() -> bool {
    OVER.get()
}

/// What happens at a panic.
#[cold]
#[inline(never)]
pub(crate) fn report(info: &PanicHookInfo<'_>) {
    web_sys::console::error_1(&info.to_string().into());
    stop();
    if let Some(tell) = TELL.get() {
        // What cannot be shown is in the console.
        let _ = tell.call1(&JsValue::UNDEFINED, &info.payload_as_str().unwrap_or("?").into());
    }
}

/// The engine failed. The loader calls this after a trap, of which no panic tells: a stack that was too deep, or memory that
/// ran out, which is why it takes none.
#[wasm_bindgen]
pub fn stop() {
    OVER.set(true);
}
