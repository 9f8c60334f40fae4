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

    /// Keys that we use do not reach the page around us: mdBook turns pages on arrows, and searches on letters. It can't
    /// know what is written in, for an event from in here comes from the element as a whole.
    pub(super) fn key(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return false;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let tag = target.map(|target| target.tag_name().to_ascii_lowercase()).unwrap_or_default();
        let key = event.key();
        if matches!(&*tag, "input" | "textarea" | "select") {
            if !matches!(&*key, "Tab" | "Escape") {
                event.stop_propagation();
            }
            return false;
        }
        if matches!(&*tag, "button" | "summary") && matches!(&*key, " " | "Enter") {
            event.stop_propagation();
            return false;
        }
        let told = self.tale.is_told();
        match &*key {
            "ArrowRight" | "ArrowLeft" if told && self.tale.open != Open::Glossary => {
                // Held down it would leaf through all of it.
                if !event.repeat() {
                    self.story(ctx, if key == "ArrowRight" { Wish::Next } else { Wish::Back });
                }
            }
            "Escape" if !matches!(self.tale.open, Open::Nothing | Open::Glossary) => {
                self.story(ctx, Wish::Open(Open::Nothing));
            }
            " " if told => self.story(ctx, Wish::Replay),
            " " => self.command(ctx, Command::Toggle),
            "." => self.command(ctx, Command::Step),
            "Escape" if self.chosen.is_some() && !self.dialog => self.choose(ctx, None),
            _ => return false,
        }
        event.prevent_default();
        event.stop_propagation();
        true
    }
}
