//! Another world: opened, written, or shared.

use kafka_lanes_core::Time;
use yew::Context;

use super::{App, Asked, Msg};
use crate::begin::{Begin, look};
use crate::card::Card;
use crate::complaints;
use crate::opening::{Opening, Remark, open};
use crate::options::Controls;
use crate::player::Player;
use crate::share::Shared;
use crate::source::Source;
use crate::view_names::to_link;
use crate::words::words;

impl App {
    pub(super) fn open(&mut self, ctx: &Context<Self>, mut opening: Opening, asked: Asked) {
        self.remarks = std::mem::take(&mut opening.remarks);
        let mut begin = Begin { speed: self.stage().player.speed(), ..Begin::of(&self.options) };
        if asked == Asked::ByHand {
            (begin.at, begin.plays) = (Time::ZERO, true);
        }
        match begin.player(&mut opening) {
            Ok(Some(player)) => self.show(ctx, player, opening),
            Ok(None) => {
                self.remarks.push(Remark { place: None, is_error: false, text: words().nothing_opened().into() });
                self.refused(ctx, asked);
            }
            Err(refusal) => {
                self.remarks.insert(0, Remark { place: None, is_error: true, text: words().refusal(&refusal) });
                self.refused(ctx, asked);
            }
        }
    }

    /// Puts what was opened on the stage, with a card that says how it was understood.
    pub(super) fn show(&mut self, ctx: &Context<Self>, player: Player, opening: Opening) {
        let mut stage = self.stage_mut();
        stage.replace(player);
        look(&mut stage, &self.options.view, opening.link.as_deref());
        drop(stage);
        self.source = Source::new(opening.source);
        self.end_story(ctx);
        self.chosen = None;
        self.notice = opening.notice.map(|notice| said(ctx, notice));
        if self.options.controls != Controls::Full {
            // There is no dialog that would say it.
            self.notice = self.notice.take().or_else(|| wrong(ctx, &self.remarks));
        }
        self.see_attributes(ctx);
        self.dialog = self.remarks.iter().any(|remark| remark.is_error);
        let notes: Vec<String> = self.remarks.iter().map(|remark| remark.text.clone()).collect();
        self.reading = (!self.dialog && !notes.is_empty()).then(|| Card {
            title: words().understood().into(),
            lines: notes,
            ..Card::default()
        });
        self.live.docked.set(self.reading.is_some());
        self.live.run_or_rest();
        ctx.link().send_message(Msg::Fit);
        crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
    }

    /// The world follows what is written: another world at the same moment, if the text makes one.
    pub(super) fn edit(&mut self, ctx: &Context<Self>, text: String) {
        let opening = open(&text);
        let mut stage = self.stage_mut();
        let before = &stage.player;
        let (now, playing, speed, seed) =
            (before.history().world().now(), before.is_playing(), before.speed(), before.history().seed());
        let player = opening.spec.and_then(|spec| Player::new(spec, seed, now).ok());
        let Some(mut player) = player else {
            drop(stage);
            return self.source.draft(text);
        };
        player.set_stepped(before.is_stepped());
        player.set_playing(playing);
        player.set_speed(speed);
        stage.replace(player);
        drop(stage);
        self.source = Source::new(text);
        (self.chosen, self.reading, self.notice) = (None, None, None);
        self.live.docked.set(false);
        self.live.run_or_rest();
        ctx.link().send_message(Msg::Fit);
        crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
    }

    pub(super) fn share(&self) -> Shared {
        let stage = self.stage();
        let history = stage.player.history();
        let settings = to_link(&stage.player, stage.view());
        Shared::of(history, &self.source.text(history), settings, crate::theme::is_dark())
    }

    /// Nothing of a text can run: who asked is told. A person has the remarks before them.
    fn refused(&mut self, ctx: &Context<Self>, asked: Asked) {
        if asked == Asked::ByAttribute
            && let Some(first) = self.remarks.first()
        {
            crate::event::complain(&ctx.props().host, &first.text);
            self.notice = Some(first.text.clone());
        }
    }
}

/// What a link is opened with, as it is shown; the page around hears of it where it is bad.
pub(super) fn said(ctx: &Context<App>, notice: Remark) -> String {
    if notice.is_error {
        crate::event::complain(&ctx.props().host, &notice.text);
    }
    notice.text
}

/// What is wrong with a scenario, as it is shown; the page around hears of it.
pub(super) fn wrong(ctx: &Context<App>, remarks: &[Remark]) -> Option<String> {
    let text = complaints::of_scenario(remarks)?;
    crate::event::complain(&ctx.props().host, &text);
    Some(text)
}
