//! The one animation-frame loop of an element. It runs only while something moves and can be seen.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Calls back every frame with the wall time that passed, until it is told to rest.
pub(crate) struct Frames(Rc<Inner>);

type OnFrame = Closure<dyn FnMut(f64)>;

struct Inner {
    running: Cell<bool>,
    request: Cell<Option<i32>>,
    last: Cell<Option<f64>>,
    on_frame: RefCell<Option<OnFrame>>,
}

impl Frames {
    /// At rest. `on_frame` gets the microseconds since the frame before; 0 for the first.
    pub(crate) fn new(mut on_frame: impl FnMut(u64) + 'static) -> Self {
        let inner = Rc::new(Inner {
            running: Cell::new(false),
            request: Cell::new(None),
            last: Cell::new(None),
            on_frame: RefCell::new(None),
        });
        let weak = Rc::downgrade(&inner);
        let closure = Closure::new(move |now: f64| {
            let Some(inner) = weak.upgrade() else { return };
            inner.request.set(None);
            if !inner.running.get() {
                return;
            }
            let passed = inner.last.replace(Some(now)).map_or(0.0, |last| now - last);
            // `as` saturates: time that runs backwards counts as none.
            on_frame((passed * 1_000.0) as u64);
            // Only now: a frame that fails is the last.
            if inner.running.get() {
                inner.request();
            }
        });
        *inner.on_frame.borrow_mut() = Some(closure);
        Self(inner)
    }

    /// Runs from the next frame on.
    pub(crate) fn run(&self) {
        if !self.0.running.replace(true) {
            self.0.last.set(None);
        }
        self.0.request();
    }

    /// Schedules nothing more.
    pub(crate) fn rest(&self) {
        self.0.running.set(false);
        if let (Some(id), Some(window)) = (self.0.request.take(), web_sys::window()) {
            // The frame may have come already; then there is nothing to cancel.
            let _ = window.cancel_animation_frame(id);
        }
    }
}

impl Inner {
    fn request(&self) {
        if self.request.get().is_some() {
            return;
        }
        let on_frame = self.on_frame.borrow();
        let (Some(window), Some(closure)) = (web_sys::window(), on_frame.as_ref()) else { return };
        self.request.set(window.request_animation_frame(closure.as_ref().unchecked_ref()).ok());
    }
}

impl Drop for Frames {
    fn drop(&mut self) {
        self.rest();
    }
}
