//! The step's text: one sentence or a few, with links to what their words mean.

use kafka_lanes_words::{StorytellerWords, Term};
use yew::{Callback, Html, MouseEvent, classes, html};

use crate::story::{Open, Place, pieces};
use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::words::{story, teller, words};

/// A live region: it is read when it changes.
#[inline(never)]
pub(crate) fn sentence(text: &str, place: Place, open: Open, on_wish: &Callback<Wish>) -> Html {
    let pieces = pieces(text, place).into_iter().enumerate();
    html! {
        <>
            <p class="sentence" part="step" tabindex="-1" aria-live="polite" aria-atomic="true">
                { for pieces.map(|(number, piece)| match piece.term {
                    None => html! { { piece.text } },
                    Some(term) => {
                        let is_open = open == Open::Term(term, number);
                        let next = if is_open { Open::Nothing } else { Open::Term(term, number) };
                        html! {
                            <span class="held"><button class={classes!("term", format!("term-{number}"), piece.is_new.then_some("new"))} aria-expanded={is_open.to_string()}
                                onclick={on_wish.reform(move |_: MouseEvent| Wish::Open(next))}>{ piece.text }</button>{ piece.tail }</span>
                        }
                    }
                }) }
            </p>
            if let Open::Term(term, _) = open { { card(term, on_wish) } }
        </>
    }
}

/// What a word means, beside the text; the story goes on without closing it.
fn card(term: Term, on_wish: &Callback<Wish>) -> Html {
    html! {
        <div class="term-card" role="dialog" aria-labelledby="kl-term">
            <h2 id="kl-term">{ meaning_of(term).name }</h2>
            <button class="close" aria-label={words().close()} onclick={on_wish.reform(|_: MouseEvent| Wish::Open(Open::Nothing))}>
                { Icon::Close.view() }
            </button>
            { meaning(term) }
        </div>
    }
}

/// What a word means: plainly, exactly, and in Kafka.
pub(crate) fn meaning(term: Term) -> Html {
    let of = meaning_of(term);
    html! {
        <>
            <p>{ of.plain }</p>
            <dl>
                <dt>{ teller().exactly() }</dt><dd>{ of.exact }</dd>
                <dt>{ teller().in_kafka() }</dt><dd>{ of.kafka }</dd>
            </dl>
        </>
    }
}

pub(crate) fn meaning_of(term: Term) -> &'static kafka_lanes_words::TermWords {
    let place = Term::ALL.iter().position(|one| *one == term).unwrap_or(0);
    &story().words().glossary[place]
}
