//! Challenges: the list of them, and the one that somebody is at.

use kafka_lanes_story::challenges;
use kafka_lanes_words::StorytellerWords;
use yew::{Callback, Html, MouseEvent, classes, html};

use crate::story::{Place, Progress};
use crate::ui::story::Wish;
use crate::words::{story, teller};

/// The list of them.
#[inline(never)]
pub(crate) fn challenges(progress: &Progress, on_wish: &Callback<Wish>) -> Html {
    html! {
        <>
            <p class="sentence" tabindex="-1" part="step">{ teller().any_way() }</p>
            <ol class="challenges">
                { for story().words().challenges.iter().enumerate().map(|(number, challenge)| {
                    let won = progress.has_won(number);
                    let onclick = on_wish.reform(move |_: MouseEvent| Wish::Go(Place::Challenge(number)));
                    html! {
                        <li><button class={classes!(won.then_some("seen"))} {onclick}>
                            <i>{ number + 1 }</i><span>{ challenge.ask }</span>
                            if won { <span class="visually-hidden">{ ", " }{ teller().is_done() }</span> }
                        </button></li>
                    }
                }) }
            </ol>
        </>
    }
}

/// Over the playground: what to bring about, and whether it is done.
#[inline(never)]
pub(crate) fn challenge(number: usize, done: bool, hint: bool, on_wish: &Callback<Wish>) -> Html {
    let wish = |wish: Wish| on_wish.reform(move |_: MouseEvent| wish);
    let said = &story().words().challenges[number];
    let next = Place::Challenge(number).next();
    html! {
        <section class={classes!("challenge", done.then_some("done"))} aria-labelledby="kl-challenge">
            <div>
                <h1 id="kl-challenge">{ teller().challenge(number + 1, challenges::ALL.len()) }</h1>
                <p class="sentence" tabindex="-1">{ said.ask }</p>
                <div role="status">
                    if done { <p><b>{ said.done }</b></p> } else if hint { <p>{ said.hint }</p> }
                </div>
            </div>
            <div class="acts">
                if done {
                    if let Some(next) = next {
                        <button class="pill on" onclick={wish(Wish::Go(next))}>{ teller().next_challenge() }</button>
                    }
                } else {
                    <button class="pill" aria-expanded={hint.to_string()} onclick={wish(Wish::Hint)}>{ teller().hint() }</button>
                }
                <button class="pill" onclick={wish(Wish::Restart)}>{ teller().start_again() }</button>
                <button class="pill" onclick={wish(Wish::Go(Place::Challenges))}>{ teller().all_challenges() }</button>
            </div>
        </section>
    }
}
