//! The worlds of the story on the stage.

use kafka_lanes_core::Time;
use kafka_lanes_story::Moment;

use super::super::{App, seek};
use crate::source::Source;
use crate::stage::Stage;
use crate::story::Place;
use crate::ui::story::length;

impl App {
    pub(super) fn begin(&mut self, place: Place, moves: bool) {
        let Some(moment) = place.moment() else { return };
        match place.step() {
            Some(step) if moves => self.play_on(step.from(), &moment),
            Some(_) => self.stand(moment.scenario, moment.at),
            None => {
                self.restart(moment.scenario, moment.at);
                self.play(!crate::theme::wants_less_motion());
            }
        }
    }

    /// Shows how the world came from one moment to another.
    pub(super) fn play_on(&mut self, from: Time, moment: &Moment) {
        if crate::theme::wants_less_motion() {
            return self.stand(moment.scenario, moment.at);
        }
        self.stand(moment.scenario, from);
        self.stage_mut().player.run_to(moment.at, length(moment.at - from));
        self.live.run_or_rest();
    }

    /// Has a world at a moment on the stage, at rest, as the story has it and nobody has touched it.
    pub(super) fn stand(&mut self, scenario: &str, at: Time) {
        if !self.is_untouched(&self.stage(), scenario) {
            return self.restart(scenario, at);
        }
        let mut stage = self.stage_mut();
        stage.player.set_playing(false);
        seek(&mut stage, at);
        drop(stage);
        self.live.run_or_rest();
    }

    /// Whether the stage has a scenario as it is written, and nobody has done anything in it.
    pub(in crate::ui::app) fn is_untouched(&self, stage: &Stage, scenario: &str) -> bool {
        self.source.is_still(scenario) && stage.player.history().actions().is_empty()
    }

    pub(super) fn restart(&mut self, scenario: &str, at: Time) {
        let (mut opening, begin) = crate::story::world(scenario, at);
        // A test runs every scenario of the story.
        let Ok(Some(player)) = begin.player(&mut opening) else { return };
        let source = std::mem::replace(&mut self.source, Source::new(opening.source));
        let before = self.stage_mut().replace(player);
        if std::mem::take(&mut self.tale.comes) {
            self.tale.home = Some((before, source));
        }
        self.live.run_or_rest();
    }
}
