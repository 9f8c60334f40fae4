//! The chapters: which there are, where one is, which one has read.

use kafka_lanes_words::StorytellerWords;
use yew::{Callback, Html, MouseEvent, classes, html};

use crate::story::{Open, Place, Progress};
use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::words::{story, teller};

pub(crate) struct Chapters<'a> {
    pub(crate) place: Place,
    /// Whether the list is open, where it is not always there.
    pub(crate) open: bool,
    pub(crate) progress: &'a Progress,
    pub(crate) on_wish: &'a Callback<Wish>,
}

impl Chapters<'_> {
    #[inline(never)]
    pub(crate) fn view(&self) -> Html {
        let wish = |wish: Wish| self.on_wish.reform(move |_: MouseEvent| wish);
        let count = story().chapters().count();
        let here = match self.place {
            Place::Step(chapter, _) => teller().of_chapters(chapter + 1, count),
            Place::Challenges | Place::Challenge(_) => String::new(),
        };
        let toggle = if self.open { Open::Nothing } else { Open::Chapters };
        html! {
            <nav class={classes!("chapters", self.open.then_some("open"))} aria-label={teller().chapters()}>
                <button class="here" aria-expanded={self.open.to_string()} onclick={wish(Wish::Open(toggle))}>
                    <b>{ here }</b><span>{ self.place.title() }</span>{ Icon::Down.view() }
                </button>
                <div class="list">
                    <ol>
                        { for story().chapters().enumerate().map(|(number, chapter)| {
                            let is_here = matches!(self.place, Place::Step(at, _) if at == number);
                            let seen = self.progress.has_seen(number);
                            entry(number + 1, chapter.title(), is_here, seen, wish(Wish::Go(Place::Step(number, 0))))
                        }) }
                    </ol>
                    <button class="more" aria-current={(self.place == Place::Challenges).then_some("step")} onclick={wish(Wish::Go(Place::Challenges))}>
                        { teller().challenges() }
                    </button>
                    <button class="more" onclick={wish(Wish::Open(Open::Glossary))}>{ teller().glossary() }</button>
                </div>
            </nav>
        }
    }
}

fn entry(number: usize, title: &'static str, is_here: bool, seen: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button class={classes!(seen.then_some("seen"))} aria-current={is_here.then_some("step")} {onclick}>
                <i>{ number }</i><span>{ title }</span>
                if seen { <span class="visually-hidden">{ ", " }{ teller().is_done() }</span> }
            </button>
        </li>
    }
}
