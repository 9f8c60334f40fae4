//! What the component is given, and what it is told.

use std::rc::Rc;

use js_sys::Function;
use kafka_lanes_core::Action;
use kafka_lanes_scene::Target;
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;
use yew::Properties;

use crate::live::Live;
use crate::opening::Opening;
use crate::options::Options;
use crate::ui::story::Wish;
use crate::ui::story::touch::Touched;
use crate::ui::tip::Tip;
use crate::ui::transport::Command;

/// What the element hands over; everything later comes as a [`Msg`].
#[derive(Properties, Clone)]
pub(crate) struct Props {
    pub(crate) host: HtmlElement,
    pub(crate) live: Rc<Live>,
    pub(crate) options: Options,
    /// What the loader handed over: with the remarks on a flowchart, where the scenario was made of one.
    pub(crate) attributes: JsValue,
    pub(crate) opening: Opening,
    /// The element's own scenario, for when the story that it was opened on is left.
    pub(crate) own: String,
    /// What stands over the picture of an embed that shows a step of the story.
    pub(crate) caption: String,
    /// Makes a scenario of a flowchart, fetched when it is first needed.
    pub(crate) importer: Function,
}

impl PartialEq for Props {
    /// They never change: the element talks to a mounted app by messages.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// Who wants a text to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A person: it plays from its beginning.
    ByHand,
    /// The page's author: it stands or plays as the attributes say, and what is wrong is an event.
    ByAttribute,
}

pub(crate) enum Msg {
    /// Time passed, and the page has something new to show.
    Moved,
    /// A panel came or went: the picture has another room to fill.
    Fit,
    Play(bool),
    Command(Command),
    Act(Action),
    Choose(Option<Target>),
    Point(Option<Tip>),
    Dialog(bool),
    /// Bytes to open, as they were typed or read.
    Open(Vec<u8>, Asked),
    /// They were read.
    Opened(Box<Opening>, Asked),
    /// The editor opens or closes.
    Editor(bool),
    /// Somebody has written something.
    Edit(String),
    Share(bool),
    Theme,
    Story(Wish),
    /// Somebody changes the world of a step.
    Touch(Touched),
    Attribute(String, Option<String>),
}
