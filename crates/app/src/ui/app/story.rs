//! What the story does to the world and to the page.

mod leaving;
mod turns;
mod worlds;

use kafka_lanes_story::{Chapter, challenges};
use kafka_lanes_words::StorytellerWords;
use yew::Context;

use super::{App, Msg};
use crate::story::{Asked, Open, Place};
use crate::ui::story::Wish;
use crate::words::{story, teller};

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
        if address.is_none() && self.caption.is_none() {
            return;
        }
        let (mut opening, begin) = address.map_or_else(|| self.own_world(ctx), crate::story::opening);
        self.caption = address.map(|address| crate::story::caption(&ctx.props().host, address));
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

    fn lay_open(&mut self, what: Open) {
        let before = std::mem::replace(&mut self.tale.open, what);
        match (before, what) {
            (_, Open::Term(..)) => self.focus(".term-card .close"),
            (Open::Term(_, piece), Open::Nothing) => self.focus(&format!(".term-{piece}")),
            (Open::Chapters, Open::Nothing) => self.focus(".here"),
            _ => {}
        }
    }

    /// The chapter of the present step.
    pub(super) fn chapter(&self) -> Option<Chapter<'static>> {
        let Some(Place::Step(chapter, _)) = self.tale.place else { return None };
        story().chapters().nth(chapter)
    }

    pub(super) fn focus(&mut self, what: &str) {
        self.focus = Some(what.into());
    }
}
