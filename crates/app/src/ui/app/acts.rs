//! What a person does to time, and to the world.

use kafka_lanes_core::{Action, KeyId, ProducerId, Span, Time};
use kafka_lanes_scene::{Target, toggle};
use yew::Context;

use super::{App, Msg, seek};
use crate::card::Card;
use crate::clock::clock;
use crate::ui::transport::Command;
use crate::words::words;

/// So long before the cause of an alarm one sees how it comes about.
const BEFORE_CAUSE: Span = Span::from_secs(1);

impl App {
    pub(super) fn play(&mut self, playing: bool) {
        self.stage_mut().player.set_playing(playing);
        self.live.run_or_rest();
    }

    pub(super) fn command(&mut self, ctx: &Context<Self>, command: Command) {
        let mut stage = self.stage_mut();
        match command {
            Command::Toggle => {
                let playing = !stage.player.is_playing();
                stage.player.set_playing(playing);
            }
            Command::Step => {
                let changes = stage.player.step();
                stage.show(changes);
            }
            Command::Rewind => seek(&mut stage, Time::ZERO),
            Command::Seek(to) => {
                stage.player.set_playing(false);
                seek(&mut stage, to);
            }
            Command::Speed(speed) => stage.player.set_speed(speed),
            Command::Alarm(since) => {
                drop(stage);
                return self.before_alarm(ctx, since);
            }
        }
        drop(stage);
        self.live.run_or_rest();
        let event = if command == Command::Step { "kl-step" } else { "kl-change" };
        crate::event::tell(&ctx.props().host, event, self.stage().player.history());
    }

    pub(super) fn act(&mut self, ctx: &Context<Self>, action: Action) {
        let acted = self.stage_mut().player.act(action);
        match acted {
            Ok(changes) => {
                self.notice = None;
                let mut stage = self.stage_mut();
                let now = stage.player.history().world().now();
                stage.alarms.fork(now);
                stage.show(changes);
                drop(stage);
                // In the story time stands still: what was done shall be seen.
                if self.tale.is_told() {
                    self.play(!crate::theme::wants_less_motion());
                }
                crate::event::tell(&ctx.props().host, "kl-change", self.stage().player.history());
            }
            Err(refusal) => self.notice = Some(words().refusal(&refusal)),
        }
    }

    /// A key of a producer's keyboard: the record goes out, and the producer's card shows why it goes there.
    pub(super) fn send_key(&mut self, ctx: &Context<Self>, producer: ProducerId, key: KeyId) {
        let stage = self.stage();
        let world = stage.player.history().world();
        let Some(name) = world.producer(producer).map(|p| p.name.to_string()) else { return };
        let key = world.key(key).text.to_string();
        drop(stage);
        self.act(ctx, Action::Send { producer: name, topic: None, key });
        self.choose(ctx, Some(Target::Producer(producer)));
    }

    /// To just before the cause of an alarm, with what the alarm says on a card.
    pub(super) fn before_alarm(&mut self, ctx: &Context<Self>, since: Time) {
        let to = Time(since.0.saturating_sub(BEFORE_CAUSE.0));
        let stage = self.stage();
        let told = stage.alarms.seen().iter().filter(|seen| seen.since == since).map(|seen| seen.text.clone());
        let mut lines: Vec<String> = told.collect();
        drop(stage);
        lines.push(words().before_the_cause(&clock(to)));
        self.command(ctx, Command::Seek(to));
        self.choose(ctx, None);
        self.reading = Some(Card { title: words().alarm_title().into(), lines, ..Card::default() });
        self.live.docked.set(true);
        ctx.link().send_message(Msg::Fit);
    }

    pub(super) fn choose(&mut self, ctx: &Context<Self>, target: Option<Target>) {
        self.reading = None;
        let mut view = self.stage().view().clone();
        // What is folded opens, and closes again.
        if let Some(target) = target {
            toggle(&mut view, target);
        }
        self.chosen = target;
        view.selected = target;
        self.stage_mut().set_view(&view);
        self.live.docked.set(self.chosen.is_some());
        self.live.fit();
        // The dock came or went only after this; then the picture has another height to fill.
        ctx.link().send_message(Msg::Fit);
    }
}
