//! The chapters: which there are, where one is, which one has read.

use yew::{Callback, Html, MouseEvent, Properties, classes, function_component, html};

use crate::story::{Open, Place, Progress};
use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::words::{story, words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) place: Place,
    /// Whether the list is open, where it is not always there.
    pub(crate) open: bool,
    pub(crate) progress: Progress,
    pub(crate) on_wish: Callback<Wish>,
}

#[function_component]
pub(crate) fn Chapters(props: &Props) -> Html {
    let words = words();
    let wish = |wish: Wish| props.on_wish.reform(move |_: MouseEvent| wish);
    let count = story().chapters().count();
    let here = match props.place {
        Place::Step(chapter, _) => words.of_chapters(chapter + 1, count),
        Place::Challenges | Place::Challenge(_) => String::new(),
    };
    let toggle = if props.open { Open::Nothing } else { Open::Chapters };
    html! {
        <nav class={classes!("chapters", props.open.then_some("open"))} aria-label={words.chapters()}>
            <button class="here" aria-expanded={props.open.to_string()} onclick={wish(Wish::Open(toggle))}>
                <b>{ here }</b><span>{ props.place.title() }</span>{ Icon::Down.view() }
            </button>
            <div class="list">
                <ol>
                    { for story().chapters().enumerate().map(|(number, chapter)| {
                        let is_here = matches!(props.place, Place::Step(at, _) if at == number);
                        let seen = props.progress.has_seen(number);
                        entry(number + 1, chapter.title(), is_here, seen, wish(Wish::Go(Place::Step(number, 0))))
                    }) }
                </ol>
                <button class="more" aria-current={(props.place == Place::Challenges).then_some("step")} onclick={wish(Wish::Go(Place::Challenges))}>
                    { words.challenges() }
                </button>
                <button class="more" onclick={wish(Wish::Open(Open::Glossary))}>{ words.glossary() }</button>
            </div>
        </nav>
    }
}

fn entry(number: usize, title: &'static str, is_here: bool, seen: bool, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <li>
            <button class={classes!(seen.then_some("seen"))} aria-current={is_here.then_some("step")} {onclick}>
                <i>{ number }</i><span>{ title }</span>
                if seen { <span class="visually-hidden">{ ", " }{ words().is_done() }</span> }
            </button>
        </li>
    }
}
