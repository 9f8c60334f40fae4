//! What the story does to the world and to the page.

use kafka_lanes_core::Time;
use kafka_lanes_story::{Chapter, Moment, challenges};
use kafka_lanes_words::StorytellerWords;
use yew::Context;

use super::{App, Msg};
use crate::begin::Begin;
use crate::opening::{Opening, open};
use crate::source::Source;
use crate::story::{Asked, Open, Place};
use crate::ui::story::{Wish, length};
use crate::words::{story, teller, words};

impl App {
    #[inline(never)]
    pub(super) fn story(&mut self, ctx: &Context<Self>, wish: Wish) {
        match wish {
            Wish::Read => {
                let here = self.tale.left.or(self.tale.progress.here).unwrap_or(Place::FIRST);
                self.go(ctx, here, false);
                self.focus(".sentence");
            }
            Wish::Go(place) => {
                let listed = self.tale.open == Open::Chapters;
                self.go(ctx, place, false);
                // What was pressed may be gone.
                if listed || !matches!(place, Place::Step(..)) {
                    self.focus(".sentence");
                }
            }
            Wish::Next => self.next(ctx),
            Wish::Back => self.back(ctx),
            Wish::Replay => self.replay(),
            Wish::Choose(choice) => {
                if let Some(asked) = &mut self.tale.asked {
                    *asked = Asked { choice: Some(choice), ..Asked::default() };
                }
            }
            Wish::Again => {
                self.tale.asked = Some(Asked::default());
                if let Some(question) = self.chapter().map(|chapter| chapter.question()) {
                    self.stand(question.asked.scenario, question.asked.at);
                }
                self.focus(".choices input");
            }
            Wish::Open(what) => self.lay_open(what),
            Wish::Names(to_site) => {
                self.tale.switch(to_site);
                self.speak();
            }
            Wish::Try => self.try_here(ctx),
            Wish::Leave => self.leave(ctx),
            Wish::Hint => self.tale.hint = !self.tale.hint,
            Wish::Restart => {
                if let Some(place) = self.tale.place {
                    self.go(ctx, place, false);
                }
            }
        }
        // What is said takes more room than before, or less.
        ctx.link().send_message(Msg::Fit);
    }

    /// The element was told where the story is, or that it is over.
    pub(super) fn told_by_attribute(&mut self, ctx: &Context<Self>, address: Option<&str>) {
        let Some(address) = address else {
            if self.tale.place.is_some() {
                self.leave(ctx);
            }
            return;
        };
        let (place, is_there) = Place::read(address);
        if self.tale.place != Some(place) {
            self.go(ctx, place, false);
        }
        self.tale.missing = (!is_there).then(|| teller().no_such_step(address));
    }

    /// An embed shows a step from now on, or its own world again.
    pub(super) fn captioned(&mut self, ctx: &Context<Self>, address: Option<&str>) {
        let address = address.filter(|address| crate::story::is_address(address));
        if address.is_none() && self.caption.is_empty() {
            return;
        }
        let (mut opening, begin) = address.map_or_else(|| self.own_world(ctx), crate::story::opening);
        self.caption = address.map(crate::story::text).unwrap_or_default();
        if let Ok(Some(player)) = begin.player(&mut opening) {
            self.show(ctx, player, opening);
            self.stage_mut().speak(address.and_then(crate::story::names_at));
        }
    }

    /// Moves on, once what moved the picture is over: the answer shows, a challenge is met.
    #[inline(never)]
    pub(super) fn came_along(&mut self) {
        let player = &self.live.stage.borrow().player;
        let rests = !player.is_playing() && !player.has_goal();
        if let Some(asked) = &mut self.tale.asked
            && asked.grade.is_some()
            && !asked.shown
            && rests
        {
            asked.shown = true;
            self.focus = Some(".on".into());
        }
        if let Some(number) = self.tale.challenge()
            && !self.tale.done
            && challenges::ALL[number].is_done(player.history().world())
        {
            self.tale.done = true;
            self.tale.progress.win(number);
        }
    }

    /// To a place of the story: the picture moves on to it, or stands there at once.
    pub(super) fn go(&mut self, ctx: &Context<Self>, place: Place, moves: bool) {
        self.tale.go(place);
        self.begin(place, moves);
        self.speak();
        self.live.told.set(self.tale.is_told());
        self.choose(ctx, None);
        self.say_where(ctx);
    }

    fn begin(&mut self, place: Place, moves: bool) {
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
    fn play_on(&mut self, from: Time, moment: &Moment) {
        if crate::theme::wants_less_motion() {
            return self.stand(moment.scenario, moment.at);
        }
        self.stand(moment.scenario, from);
        self.stage_mut().player.run_to(moment.at, length(moment.at - from));
        self.live.run_or_rest();
    }

    /// Has a world at a moment on the stage, at rest, as the story has it and nobody has touched it.
    fn stand(&mut self, scenario: &str, at: Time) {
        let stage = self.stage();
        let is_it = self.source.is_still(scenario) && stage.player.history().actions().is_empty();
        drop(stage);
        if !is_it {
            return self.restart(scenario, at);
        }
        let mut stage = self.stage_mut();
        stage.player.set_playing(false);
        super::seek(&mut stage, at);
        drop(stage);
        self.live.run_or_rest();
    }

    fn restart(&mut self, scenario: &str, at: Time) {
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

    fn next(&mut self, ctx: &Context<Self>) {
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

    fn back(&mut self, ctx: &Context<Self>) {
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
    fn replay(&mut self) {
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
    fn see(&mut self) {
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

    fn lay_open(&mut self, what: Open) {
        let before = std::mem::replace(&mut self.tale.open, what);
        match (before, what) {
            (_, Open::Term(..)) => self.focus(".term-card .close"),
            (Open::Term(_, piece), Open::Nothing) => self.focus(&format!(".term-{piece}")),
            (Open::Chapters, Open::Nothing) => self.focus(".here"),
            _ => {}
        }
    }

    /// To the playground, with the world as it is.
    fn try_here(&mut self, ctx: &Context<Self>) {
        self.stop_telling(ctx);
        self.focus(".to-story");
        ctx.link().send_message(Msg::Fit);
    }

    /// To the playground, with what ran there before.
    fn leave(&mut self, ctx: &Context<Self>) {
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
    fn own_world(&self, ctx: &Context<Self>) -> (Opening, Begin) {
        (open(&ctx.props().own), Begin::of(&self.options))
    }

    /// The panels are the playground's again, and so are the names and the address.
    fn stop_telling(&mut self, ctx: &Context<Self>) {
        self.tale.stop();
        self.speak();
        self.live.told.set(false);
        self.say_where(ctx);
    }

    /// The picture's names: those of the step, or a person's choice.
    fn speak(&self) {
        let names = self.tale.names();
        self.stage_mut().speak(names);
    }

    /// The element's attribute says where the story is: a page can make an address of it.
    fn say_where(&self, ctx: &Context<Self>) {
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

    /// The chapter of the present step.
    pub(super) fn chapter(&self) -> Option<Chapter<'static>> {
        let Some(Place::Step(chapter, _)) = self.tale.place else { return None };
        story().chapters().nth(chapter)
    }

    /// Whether something is asked at a place before the story goes on.
    fn asks_at(&self, place: Place) -> bool {
        matches!(place, Place::Step(_, step) if self.chapter().is_some_and(|chapter| chapter.asked_at() == step))
    }

    /// Something else is opened: the story is over.
    pub(super) fn end_story(&mut self, ctx: &Context<Self>) {
        if self.tale.place.is_some() {
            self.stop_telling(ctx);
        }
        (self.tale.left, self.tale.home) = (None, None);
    }

    pub(super) fn focus(&mut self, what: &str) {
        self.focus = Some(what.into());
    }
}

/// From where the answer is shown: from where it was asked, if that is the same world.
fn from(asked: &Moment, shown: &Moment) -> Time {
    if asked.scenario == shown.scenario { asked.at } else { Time::ZERO }
}
