//! From the story to the playground, and what the page hears of it.

use yew::Context;

use super::super::{App, Msg};
use crate::begin::Begin;
use crate::opening::{Opening, open};
use crate::source::Source;
use crate::story::Place;

impl App {
    /// To the playground, with the world as it is.
    pub(super) fn try_here(&mut self, ctx: &Context<Self>) {
        self.stop_telling(ctx);
        self.focus(".to-story");
        ctx.link().send_message(Msg::Fit);
    }

    /// To the playground, with what ran there before.
    pub(super) fn leave(&mut self, ctx: &Context<Self>) {
        match self.tale.home.take() {
            Some((player, source)) => {
                self.source = source;
                self.stage_mut().replace(player);
            }
            None => {
                let (mut own, begin) = self.own_world(ctx);
                if let Ok(Some(player)) = begin.player(&mut own) {
                    self.source = Source::new(own.source);
                    self.stage_mut().replace(player);
                }
            }
        }
        self.stop_telling(ctx);
        self.tale.left = None;
        self.choose(ctx, None);
        self.live.run_or_rest();
        self.focus(".learn");
    }

    /// What the element shows without the story.
    pub(super) fn own_world(&self, ctx: &Context<Self>) -> (Opening, Begin) {
        (open(&ctx.props().own), Begin::of(&self.options))
    }

    /// The panels are the playground's again, and so are the names and the address.
    pub(super) fn stop_telling(&mut self, ctx: &Context<Self>) {
        self.tale.stop();
        self.speak();
        self.live.told.set(false);
        self.say_where(ctx);
    }

    /// The picture's names: those of the step, or a person's choice.
    pub(super) fn speak(&self) {
        let names = self.tale.names();
        self.stage_mut().speak(names);
    }

    /// The element's attribute says where the story is: a page can make an address of it.
    pub(super) fn say_where(&self, ctx: &Context<Self>) {
        let host = &ctx.props().host;
        let says = host.get_attribute("step").map(|address| Place::read(&address).0);
        // Neither fails for a name without anything special in it.
        let _ = match self.tale.place {
            place if place == says => Ok(()),
            Some(place) => host.set_attribute("step", &place.address()),
            None => host.remove_attribute("step"),
        };
        crate::event::tell(host, "kl-change", self.stage().player.history());
    }

    /// Something else is opened: the story is over.
    pub(in crate::ui::app) fn end_story(&mut self, ctx: &Context<Self>) {
        if self.tale.place.is_some() {
            self.stop_telling(ctx);
        }
        (self.tale.left, self.tale.home) = (None, None);
    }
}
