//! What the element watches outside itself: its size, whether it can be seen, and the system's colours.

use gloo::events::EventListener;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, ResizeObserver, window};

use crate::live::Sight;

/// Watches until it is dropped.
pub(crate) struct Watch {
    resize: ResizeObserver,
    sight: IntersectionObserver,
    _on_resize: Closure<dyn FnMut()>,
    _on_sight: Closure<dyn FnMut(Array)>,
    _listeners: Vec<EventListener>,
}

impl Watch {
    /// Watches `root` and tells `send` what it notices; none where the browser lacks the means.
    pub(crate) fn new(root: &Element, send: impl Fn(Sight) + Clone + 'static) -> Option<Self> {
        let on_resize = {
            let send = send.clone();
            Closure::new(move || send(Sight::Resized))
        };
        let on_sight = {
            let send = send.clone();
            Closure::new(move |entries: Array| {
                let last = entries.iter().last().and_then(|entry| entry.dyn_into::<IntersectionObserverEntry>().ok());
                if let Some(entry) = last {
                    send(Sight::Seen(entry.is_intersecting()));
                }
            })
        };
        let resize = ResizeObserver::new(on_resize.as_ref().unchecked_ref()).ok()?;
        resize.observe(root);
        let sight = IntersectionObserver::new(on_sight.as_ref().unchecked_ref()).ok()?;
        sight.observe(root);
        let window = window()?;
        let on_window = {
            let send = send.clone();
            EventListener::new(&window, "resize", move |_| send(Sight::Resized))
        };
        let mut listeners = vec![on_window];
        if let Ok(Some(dark)) = window.match_media("(prefers-color-scheme: dark)") {
            listeners.push(EventListener::new(&dark, "change", move |_| send(Sight::Recoloured)));
        }
        Some(Self { resize, sight, _on_resize: on_resize, _on_sight: on_sight, _listeners: listeners })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.resize.disconnect();
        self.sight.disconnect();
    }
}

/// The height that the element may fill, in CSS pixels: the window for the playground, what `height` says
/// for an embed, else none, and the picture is as high as it needs to be.
pub(crate) fn room(full: bool, height: Option<f64>) -> f64 {
    let window_height = || window().and_then(|window| window.inner_height().ok()?.as_f64());
    height.or_else(|| full.then(window_height).flatten()).unwrap_or(0.0)
}
