//! What is left of the elements when the engine itself fails: what stands inside them, with the reason. A mistake of ours
//! leaves no more than that, for all elements of a page share one engine.

use std::cell::RefCell;
use std::panic::PanicHookInfo;
use std::rc::{Rc, Weak};

use web_sys::HtmlElement;

use crate::event::complain;
use crate::live::Live;
use crate::words::words;

thread_local! {
    /// The elements that run.
    static STANDING: RefCell<Vec<(HtmlElement, Weak<Live>)>> = const { RefCell::new(Vec::new()) };
}

/// `host` runs from now on.
pub(crate) fn stand(host: &HtmlElement, live: &Rc<Live>) {
    STANDING.with_borrow_mut(|standing| standing.push((host.clone(), Rc::downgrade(live))));
}

/// Whether `host` still runs.
pub(crate) fn stands(host: &HtmlElement) -> bool {
    STANDING.with_borrow(|standing| standing.iter().any(|(other, _)| other == host))
}

/// `host` was taken down. Whether it still ran.
pub(crate) fn leave(host: &HtmlElement) -> bool {
    STANDING.with_borrow_mut(|standing| {
        let before = standing.len();
        standing.retain(|(other, _)| other != host);
        standing.len() < before
    })
}

/// What happens at a panic. Nothing is unwound afterwards: whatever was borrowed stays so, and the pieces may not fit any
/// more. So no element is asked for anything again.
#[cold]
#[inline(never)]
pub(crate) fn report(info: &PanicHookInfo<'_>) {
    web_sys::console::error_1(&info.to_string().into());
    let said = words().stopped(info.payload_as_str().unwrap_or_default());
    // It may have come while this was borrowed; then the page keeps its last picture.
    let all = STANDING.with(|standing| standing.try_borrow_mut().map(|mut all| std::mem::take(&mut *all)));
    for (host, live) in all.unwrap_or_default() {
        if let Some(live) = live.upgrade() {
            live.end();
        }
        // Without a document there is nothing that anybody could see.
        let _ = fall_back(&host, &said);
        complain(&host, &said);
    }
}

/// As the loader does it for what could not start.
fn fall_back(host: &HtmlElement, said: &str) -> Option<()> {
    let document = host.owner_document()?;
    let (inside, note) = (document.create_element("slot").ok()?, document.create_element("p").ok()?);
    note.set_class_name("kl-error");
    note.set_attribute("role", "status").ok()?;
    note.set_text_content(Some(said));
    host.shadow_root()?.replace_children_with_node_2(&inside, &note);
    Some(())
}
