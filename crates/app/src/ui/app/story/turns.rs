//! On, back, and once more; and the question that stands in the way.

use kafka_lanes_core::Time;
use kafka_lanes_story::Moment;
use yew::Context;

use super::super::App;
use crate::story::Place;
use crate::words::words;

impl App {
    pub(super) fn next(&mut self, ctx: &Context<Self>) {
        let Some(place) = self.tale.place else { return };
        match self.tale.asked {
            None if self.asks_at(place) => {
                if let Some(chapter) = self.chapter() {
                    self.tale.ask(chapter.question().ask(chapter.text().question.ask, words()));
                }
                self.begin(place, false);
                return self.focus(".choices input");
            }
            Some(asked) if asked.grade.is_none() => return self.see(),
            // Somebody does not wait.
            Some(asked) if !asked.shown => {
                if let Some(question) = self.chapter().map(|chapter| chapter.question()) {
                    self.stand(question.shown.scenario, question.shown.at);
                }
                return self.came_along();
            }
            _ => {}
        }
        if let Some(next) = place.next() {
            let asked = self.tale.asked.is_some();
            self.go(ctx, next, true);
            if next == Place::Challenges {
                self.focus(".sentence");
            } else if asked {
                self.focus(".on");
            }
        }
    }

    pub(super) fn back(&mut self, ctx: &Context<Self>) {
        let Some(place) = self.tale.place else { return };
        // What had the focus may be gone with what was asked or listed.
        if self.tale.asked.take().is_some() {
            self.focus(".sentence");
            return self.begin(place, false);
        }
        if let Some(before) = place.before() {
            self.go(ctx, before, false);
            if place == Place::Challenges {
                self.focus(".sentence");
            }
        }
    }

    /// Pauses what moves, goes on with what is paused, and else shows once more how it came about.
    pub(super) fn replay(&mut self) {
        let stage = self.stage();
        let (plays, has_goal) = (stage.player.is_playing(), stage.player.has_goal());
        drop(stage);
        if plays || has_goal {
            return self.play(!plays);
        }
        match (self.tale.asked, self.chapter()) {
            (Some(asked), Some(chapter)) if asked.shown => {
                let question = chapter.question();
                self.play_on(from(&question.asked, &question.shown), &question.shown);
            }
            (None, _) => {
                let step = self.tale.place.and_then(Place::step);
                if let Some((step, moment)) = step.zip(self.tale.place.and_then(Place::moment)) {
                    self.play_on(step.from(), &moment);
                }
            }
            _ => {}
        }
    }

    /// Runs the engine on to where the answer shows.
    pub(super) fn see(&mut self) {
        let Some(chapter) = self.chapter() else { return };
        let Some(asked) = &mut self.tale.asked else { return };
        let Some(choice) = asked.choice else {
            asked.unchosen = true;
            return self.focus(".choices input");
        };
        let question = chapter.question();
        asked.grade = Some(question.grade(choice));
        self.play_on(from(&question.asked, &question.shown), &question.shown);
        self.came_along();
    }

    /// Whether something is asked at a place before the story goes on.
    pub(super) fn asks_at(&self, place: Place) -> bool {
        matches!(place, Place::Step(_, step) if self.chapter().is_some_and(|chapter| chapter.asked_at() == step))
    }
}

/// From where the answer is shown: from where it was asked, if that is the same world.
fn from(asked: &Moment, shown: &Moment) -> Time {
    if asked.scenario == shown.scenario { asked.at } else { Time::ZERO }
}
