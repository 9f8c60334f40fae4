use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Reflect};
use kafka_lanes_scenario::StateDocument;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot};
use yew::AppHandle;

use crate::begin::{Begin, look};
use crate::clock::parse_time;
use crate::event::to_js;
use crate::live::{Live, Sight};
use crate::opening::open;
use crate::options::{Controls, Options};
use crate::ui::app::{App, Asked, Msg, Props};
use crate::ui::transport::Command;
use crate::words::words;
use crate::{fall, markup, rest};

/// A live diagram in an element. Freeing it takes it down.
#[wasm_bindgen]
pub struct Mounted {
    live: Rc<Live>,
    /// The panels, once they are there.
    app: RefCell<Option<AppHandle<App>>>,
    mount: Element,
    props: Props,
}

/// What the loader has for the engine: to bring its second part at once, when something in it is called before it is there;
/// to put markup into an element, a function of both; and to take the elements down, a function of the reason. What they
/// say then, before the reason, comes back: after a failure there may be no memory to say it.
#[wasm_bindgen]
pub fn begin(bring: Function, put: Function, tell: Function) -> JsValue {
    rest::bring_by(bring);
    markup::put_by(put);
    fall::tell_by(tell);
    words().stopped().into()
}

/// Whether a text is a Mermaid flowchart, which `kafka-lanes-import` makes a scenario of.
#[wasm_bindgen]
pub fn is_mermaid(text: &str) -> bool {
    kafka_lanes_scenario::is_mermaid(text)
}

/// Draws the world of `text` (the scenario language) into `mount`, a child of the shadow root of `host`, as
/// `attributes` says, which also has the remarks on the flowchart if `text` was made of one. `importer` makes a scenario of a Mermaid flowchart: a function of its text that
/// promises `{ scenario, remarks }`.
///
/// # Errors
///
/// A sentence that says why nothing of `text` can run.
#[wasm_bindgen]
pub fn mount(
    host: HtmlElement,
    mount: Element,
    text: &str,
    attributes: &JsValue,
    importer: Function,
) -> Result<Mounted, JsError> {
    yew::set_custom_panic_hook(Box::new(fall::report));
    let mut options = Options::read(attributes);
    if options.controls != Controls::Full {
        // With all controls there is somebody to tell that there is no such step.
        options.step = options.step.filter(|step| crate::story::is_address(step));
    }
    let (mut opening, begin) = match &options.step {
        Some(step) => crate::story::opening(step),
        None => (open(text), Begin::of(&options)),
    };
    let Some(player) = begin.player(&mut opening).map_err(refused)? else {
        let first = opening.remarks.first().map(|remark| remark.text.clone());
        return Err(JsError::new(&first.unwrap_or_else(|| words().nothing_to_show().into())));
    };
    if let Some(root) = host.shadow_root() {
        style(&root)?;
    }
    if player.history().world().services().next().is_some() {
        // A picture of services needs its part of the style sheet at once.
        style_panels();
    }
    if options.controls == Controls::Full {
        crate::theme::recall();
    }
    let caption = caption(&host, &options);
    let live = Live::new(mount.clone(), player, &options, &caption).ok_or_else(too_old)?;
    if let Some(step) = options.step.as_deref().filter(|_| options.controls != Controls::Full) {
        live.stage.borrow_mut().speak(crate::story::names_at(step));
    }
    if opening.link.is_some() || !options.view.is_empty() {
        look(&mut live.stage.borrow_mut(), &options.view, opening.link.as_deref());
    }
    let attributes = attributes.clone();
    let props = Props { host, live: live.clone(), options, attributes, opening, own: text.into(), caption, importer };
    Ok(Mounted { live, app: RefCell::new(None), mount, props })
}

/// What stands over the picture of an embed that shows a step of the story.
fn caption(host: &HtmlElement, options: &Options) -> String {
    match &options.step {
        Some(step) if options.controls != Controls::Full => crate::story::caption(host, step),
        _ => String::new(),
    }
}

fn refused(refusal: kafka_lanes_core::Refusal) -> JsError {
    JsError::new(&words().refusal(&refusal))
}

thread_local! {
    /// The style sheet that all elements of the page share, and whether the panels' is in it.
    static SHEET: RefCell<(Option<CssStyleSheet>, bool)> = const { RefCell::new((None, false)) };
}

/// Puts the style sheet into a shadow root, in a way that a strict Content-Security-Policy allows.
fn style(root: &ShadowRoot) -> Result<(), JsError> {
    let refused = |_: JsValue| too_old();
    SHEET.with_borrow_mut(|(sheet, _)| {
        if sheet.is_none() {
            let new = CssStyleSheet::new().map_err(refused)?;
            new.replace_sync(&first_css()).map_err(refused)?;
            *sheet = Some(new);
        }
        let sheets: Array = sheet.iter().collect();
        Reflect::set(root, &"adoptedStyleSheets".into(), &sheets).map(|_| ()).map_err(refused)
    })
}

/// What a picture needs without panels, and no more: each comment in it, too, is transferred before the first frame.
fn first_css() -> String {
    [&*kafka_lanes_scene::style::css(), include_str!("../../../web/element.css")].concat()
}

/// The panels' part of the style sheet comes with them: it is as large as the picture's.
#[inline(never)]
fn style_panels() {
    SHEET.with_borrow_mut(|(sheet, has_panels)| {
        if let Some(sheet) = sheet.as_ref().filter(|_| !*has_panels) {
            // What could be set before can be set again.
            let css = [
                &*first_css(),
                &*kafka_lanes_scene::style::later_css(),
                include_str!("../../../web/panels.css"),
                STORY_CSS,
            ];
            *has_panels = sheet.replace_sync(&css.concat()).is_ok();
        }
    });
}

/// The story's, the more special behind the more general.
const STORY_CSS: &str = concat!(
    include_str!("../../../web/story/layout.css"),
    include_str!("../../../web/story/chapters.css"),
    include_str!("../../../web/story/words.css"),
    include_str!("../../../web/story/way.css"),
    include_str!("../../../web/story/asked.css"),
    include_str!("../../../web/story/touch.css"),
);

fn too_old() -> JsError {
    JsError::new(words().too_old())
}

#[wasm_bindgen]
impl Mounted {
    /// Puts the panels round the picture: after its first frame, so that it need not wait for their code.
    pub fn panels(&self) {
        style_panels();
        // What the panels do to the element comes back here as an attribute.
        if self.app.borrow().is_some() {
            return;
        }
        let app = yew::Renderer::<App>::with_root_and_props(self.mount.clone(), self.props.clone()).render();
        *self.app.borrow_mut() = Some(app);
    }

    /// Lets time pass.
    pub fn play(&self) {
        self.send(Msg::Play(true));
    }

    /// Lets time stand.
    pub fn pause(&self) {
        self.send(Msg::Play(false));
    }

    /// On to the next thing that happens.
    pub fn step(&self) {
        self.send(Msg::Command(Command::Step));
    }

    /// To a moment: `12s`, `250ms`, or microseconds.
    ///
    /// # Errors
    ///
    /// A text that is no time.
    pub fn seek(&self, time: &str) -> Result<(), JsError> {
        let to = parse_time(time).ok_or_else(|| JsError::new(&words().no_time(time)))?;
        self.send(Msg::Command(Command::Seek(to)));
        Ok(())
    }

    /// Another scenario from now on, or a Mermaid flowchart: at the moment and in the motion that the attributes say.
    pub fn open(&self, text: &str) {
        self.send(Msg::Open(text.as_bytes().into(), Asked::ByAttribute));
    }

    /// The page's colours may have changed.
    pub fn recolour(&self) {
        self.live.noticed(Sight::Recoloured);
    }

    /// One attribute has another value now, or none.
    pub fn set(&self, name: String, value: Option<String>) {
        self.send(Msg::Attribute(name, value));
    }

    /// The document of `kafka-lanes run --json`, as plain objects.
    pub fn state(&self) -> JsValue {
        to_js(&StateDocument::of(self.live.stage.borrow().player.history()))
    }

    fn send(&self, msg: Msg) {
        self.panels();
        if let Some(app) = &*self.app.borrow() {
            app.send_message(msg);
        }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        match self.app.get_mut().take() {
            // What Yew has of it may still be borrowed by whoever failed.
            app if fall::is_over() => std::mem::forget(app),
            Some(app) => app.destroy(),
            None => {}
        }
    }
}
