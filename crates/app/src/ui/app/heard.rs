//! What comes from outside the panels: attributes of the element, and keys.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::Context;

use super::{App, Msg, seek};
use crate::complaints;
use crate::options::Controls;
use crate::story::Open;
use crate::ui::story::Wish;
use crate::ui::transport::Command;

impl App {
    pub(super) fn attribute(&mut self, ctx: &Context<Self>, name: &str, value: Option<&str>) {
        self.options.set(name, value);
        self.live.set_frame(&self.options);
        match name {
            "speed" => self.stage_mut().player.set_speed(self.options.speed),
            "step" if self.options.controls == Controls::Full => self.told_by_attribute(ctx, value),
            "step" => self.captioned(ctx, value),
            "caption" => {
                let step = self.caption.as_ref().and(self.options.step.as_deref());
                self.caption = step.map(|step| crate::story::caption(&ctx.props().host, step));
                ctx.link().send_message(Msg::Fit);
            }
            "at" => {
                seek(&mut self.stage_mut(), self.options.at());
                crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
            }
            // The panels have to come or go before there is room to measure.
            "height" | "controls" => ctx.link().send_message(Msg::Fit),
            _ => {}
        }
        self.see_attributes(ctx);
    }

    /// Says what makes no sense about the attributes; what is said already stays as it is.
    pub(super) fn see_attributes(&mut self, ctx: &Context<Self>) {
        let full = self.options.controls == Controls::Full;
        let stage = self.stage();
        let complaints = complaints::of_attributes(&ctx.props().host, full, stage.player.history().world());
        drop(stage);
        if complaints == self.complaints {
            return;
        }
        for new in complaints.iter().filter(|complaint| !self.complaints.contains(complaint)) {
            crate::event::complain(&ctx.props().host, new);
        }
        self.complaints = complaints;
        ctx.link().send_message(Msg::Fit);
    }

    /// What keys do as all stands now.
    pub(super) fn keys(&self) -> Keys {
        Keys { told: self.tale.is_told(), open: self.tale.open, has_card: self.chosen.is_some() && !self.dialog }
    }
}

/// What keys do. It is decided while the browser waits for it: a moment later, as when there is much to do, an event has
/// forgotten where it came from, and nothing keeps it from the page any more.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keys {
    told: bool,
    open: Open,
    has_card: bool,
}

impl Keys {
    /// Keys that we use do not reach the page around us: mdBook turns pages on arrows, and searches on letters. It can't
    /// know what is written in, for an event from in here comes from the element as a whole.
    pub(super) fn hear(self, event: &KeyboardEvent) -> Option<Msg> {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return None;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let tag = target.as_ref().map(|target| target.tag_name().to_ascii_lowercase()).unwrap_or_default();
        let key = event.key();
        // Of these, the field itself has no use.
        let is_free = match &*tag {
            "input" => {
                target.and_then(|target| target.get_attribute("type")).is_some_and(|kind| kind == "range")
                    && matches!(&*key, " " | ".")
            }
            "select" => key == ".",
            _ => false,
        };
        if matches!(&*tag, "input" | "textarea" | "select") && !is_free {
            if !matches!(&*key, "Tab" | "Escape") {
                event.stop_propagation();
            }
            return None;
        }
        if matches!(&*tag, "button" | "summary") && matches!(&*key, " " | "Enter") {
            event.stop_propagation();
            return None;
        }
        let (used, msg) = match &*key {
            "ArrowRight" | "ArrowLeft" if self.told && self.open != Open::Glossary => {
                let wish = if key == "ArrowRight" { Wish::Next } else { Wish::Back };
                // Held down it would leaf through all of it.
                (true, (!event.repeat()).then_some(Msg::Story(wish)))
            }
            "Escape" if !matches!(self.open, Open::Nothing | Open::Glossary) => {
                (true, Some(Msg::Story(Wish::Open(Open::Nothing))))
            }
            " " if self.told => (true, Some(Msg::Story(Wish::Replay))),
            " " => (true, Some(Msg::Command(Command::Toggle))),
            "." => (true, Some(Msg::Command(Command::Step))),
            "Escape" if self.has_card => (true, Some(Msg::Choose(None))),
            _ => (false, None),
        };
        if used {
            event.prevent_default();
            event.stop_propagation();
        }
        msg
    }
}
