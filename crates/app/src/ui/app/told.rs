//! The story's panels, laid out.

use kafka_lanes_scene::describe::just_now;
use kafka_lanes_words::StorytellerWords;
use yew::{Callback, Context, Html, html};

use super::{App, Msg};
use crate::stage::Stage;
use crate::story::{Open, Place, knows, steps};
use crate::ui::story::Wish;
use crate::ui::story::bar::{Bar, Motion};
use crate::ui::story::challenge::{challenge, challenges};
use crate::ui::story::chapters::Chapters;
use crate::ui::story::question::Ask;
use crate::ui::story::say::sentence;
use crate::ui::story::top::Top;
use crate::words::{teller, words};

impl App {
    #[inline(never)]
    pub(super) fn story_top(&self, ctx: &Context<Self>) -> Html {
        let on_site = self.tale.can_switch().then(|| self.tale.is_on_site());
        let link = ctx.link();
        let (on_wish, on_theme) = (&link.callback(Msg::Story), link.callback(|_| Msg::Theme));
        Top { brand: super::panels::brand(), on_site, on_wish, on_theme }.view()
    }

    #[inline(never)]
    pub(super) fn chapters(&self, on_wish: &Callback<Wish>) -> Html {
        let Some(place) = self.tale.place else { return Html::default() };
        Chapters { place, open: self.tale.open == Open::Chapters, progress: &self.tale.progress, on_wish }.view()
    }

    /// What is said at the present place: a text, a question, a challenge; else an embed's caption, or the way back.
    #[inline(never)]
    pub(super) fn say(&self, on_wish: &Callback<Wish>) -> Html {
        let Some(place) = self.tale.place else { return self.way_back(on_wish) };
        if let Some(number) = self.tale.challenge() {
            return challenge(number, self.tale.done, self.tale.hint, on_wish);
        }
        html! {
            <section class="say" aria-labelledby="kl-title">
                { heading(place) }
                if let Some(missing) = &self.tale.missing { <p class="missing" role="status">{ missing.clone() }</p> }
                { self.says(place, on_wish) }
            </section>
        }
    }

    fn says(&self, place: Place, on_wish: &Callback<Wish>) -> Html {
        if place == Place::Challenges {
            return challenges(&self.tale.progress, on_wish);
        }
        if let Some((asked, chapter)) = self.tale.asked.zip(self.chapter()) {
            return Ask { chapter, ask: &self.tale.ask, asked, on_wish }.view();
        }
        html! {
            <>
                { sentence(&self.tale.text, place, self.tale.open, on_wish) }
                { again(place, on_wish) }
            </>
        }
    }

    /// What happened last, once the picture rests: it is read after the step's text.
    #[inline(never)]
    pub(super) fn happened(&self, stage: &Stage) -> Html {
        let world = stage.player.history().world();
        let said = (!stage.player.is_playing()).then(|| just_now(world, words())).flatten().unwrap_or_default();
        // No word before its step.
        let names = self.tale.names();
        let said = names.map_or_else(|| said.clone(), |names| names.rename(&said));
        let known = self.tale.place.is_some_and(|place| knows(&said, place));
        let said = if known { said } else { String::new() };
        html! { <p class="happened" part="narrator" role="status">{ said }</p> }
    }

    #[inline(never)]
    pub(super) fn bar(&self, stage: &Stage, on_wish: &Callback<Wish>) -> Html {
        let Some(place) = self.tale.place else { return Html::default() };
        let (plays, has_goal) = (stage.player.is_playing(), stage.player.has_goal());
        let asked = self.tale.asked;
        let waits = asked.is_some_and(|asked| asked.grade.is_none());
        let motion = match (plays, has_goal) {
            (true, _) => Motion::Pause,
            (false, true) => Motion::Play,
            (false, false) => Motion::Replay,
        };
        let dots = match place {
            Place::Step(chapter, step) => Some((step + 1, steps(chapter))),
            Place::Challenges | Place::Challenge(_) => None,
        };
        let on = place.next().map(|_| if waits { teller().see() } else { teller().go_on() });
        Bar {
            dots,
            motion: (dots.is_some() && !waits).then_some(motion),
            is_first: place.before().is_none(),
            asks: asked.is_some(),
            on,
            again: asked.is_some_and(|asked| asked.shown),
            on_wish,
        }
        .view()
    }

    /// The playground's headline, and the way into the story.
    #[inline(never)]
    pub(super) fn headline(&self, ctx: &Context<Self>) -> Html {
        if self.tale.left.is_some() {
            return Html::default();
        }
        let words = words();
        let learn = if self.tale.progress.here.is_some() { teller().learn_on() } else { teller().learn() };
        html! {
            <div class="headline">
                <h1>{ words.headline() }{ " " }<span>{ words.subline() }</span></h1>
                <button class="pill learn" onclick={ctx.link().callback(|_| Msg::Story(Wish::Read))}>
                    <span class="long">{ learn }</span><span class="short">{ teller().learn_short() }</span>
                </button>
            </div>
        }
    }

    fn way_back(&self, on_wish: &Callback<Wish>) -> Html {
        if let Some(caption) = self.caption.as_ref().filter(|caption| !caption.is_empty()) {
            return html! { <p class="caption" part="step">{ caption.clone() }</p> };
        }
        let Some(left) = self.tale.left else { return Html::default() };
        html! {
            <div class="headline">
                <h1 class="yours">{ teller().began_in_story(left.title()) }</h1>
                <button class="pill to-story" onclick={on_wish.reform(|_: yew::MouseEvent| Wish::Read)}>{ teller().back_to_story() }</button>
            </div>
        }
    }
}

fn heading(place: Place) -> Html {
    match place {
        Place::Step(chapter, step) => html! {
            <h1 class="title" id="kl-title">
                { teller().chapter(chapter + 1, place.title()) }
                <span class="visually-hidden">{ ". " }{ teller().place(chapter + 1, step + 1, steps(chapter)) }</span>
            </h1>
        },
        _ => html! { <h1 class="title" id="kl-title">{ place.title() }</h1> },
    }
}

/// In the last chapter: where each claim was shown.
fn again(place: Place, on_wish: &Callback<Wish>) -> Html {
    let shown = place.shown_before();
    if shown.is_empty() {
        return Html::default();
    }
    html! {
        <p class="again">
            { teller().see_again() }
            { for shown.into_iter().map(|(chapter, step)| {
                let there = Place::Step(chapter - 1, step - 1);
                html! {
                    <>{ " " }<button onclick={on_wish.reform(move |_: yew::MouseEvent| Wish::Go(there))}>
                        { teller().chapter(chapter, there.title()) }
                    </button></>
                }
            }) }
        </p>
    }
}
