//! Challenges: the list of them, and the one that somebody is at.

use kafka_lanes_story::challenges;
use yew::{Callback, Html, MouseEvent, Properties, classes, function_component, html};

use crate::story::{Place, Progress};
use crate::ui::story::Wish;
use crate::words::{story, words};

#[derive(Properties, PartialEq)]
pub(crate) struct ListProps {
    pub(crate) progress: Progress,
    pub(crate) on_wish: Callback<Wish>,
}

#[function_component]
pub(crate) fn Challenges(props: &ListProps) -> Html {
    html! {
        <>
            <p class="sentence" tabindex="-1" part="step">{ words().any_way() }</p>
            <ol class="challenges">
                { for story().words().challenges.iter().enumerate().map(|(number, challenge)| {
                    let won = props.progress.has_won(number);
                    let onclick = props.on_wish.reform(move |_: MouseEvent| Wish::Go(Place::Challenge(number)));
                    html! {
                        <li><button class={classes!(won.then_some("seen"))} {onclick}>
                            <i>{ number + 1 }</i><span>{ challenge.ask }</span>
                            if won { <span class="visually-hidden">{ ", " }{ words().is_done() }</span> }
                        </button></li>
                    }
                }) }
            </ol>
        </>
    }
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) number: usize,
    pub(crate) done: bool,
    pub(crate) hint: bool,
    pub(crate) on_wish: Callback<Wish>,
}

/// Over the playground: what to bring about, and whether it is done.
#[function_component]
pub(crate) fn Challenge(props: &Props) -> Html {
    let words = words();
    let wish = |wish: Wish| props.on_wish.reform(move |_: MouseEvent| wish);
    let said = &story().words().challenges[props.number];
    let next = Place::Challenge(props.number).next();
    html! {
        <section class={classes!("challenge", props.done.then_some("done"))} aria-labelledby="kl-challenge">
            <div>
                <h1 id="kl-challenge">{ words.challenge(props.number + 1, challenges::ALL.len()) }</h1>
                <p class="sentence" tabindex="-1">{ said.ask }</p>
                <div role="status">
                    if props.done { <p><b>{ said.done }</b></p> } else if props.hint { <p>{ said.hint }</p> }
                </div>
            </div>
            <div class="acts">
                if props.done {
                    if let Some(next) = next {
                        <button class="pill on" onclick={wish(Wish::Go(next))}>{ words.next_challenge() }</button>
                    }
                } else {
                    <button class="pill" aria-expanded={props.hint.to_string()} onclick={wish(Wish::Hint)}>{ words.hint() }</button>
                }
                <button class="pill" onclick={wish(Wish::Restart)}>{ words.start_again() }</button>
                <button class="pill" onclick={wish(Wish::Go(Place::Challenges))}>{ words.all_challenges() }</button>
            </div>
        </section>
    }
}
