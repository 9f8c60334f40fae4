//! The step's text: one sentence or a few, with links to what their words mean.

use kafka_lanes_words::Term;
use yew::{Callback, Html, MouseEvent, Properties, function_component, html};

use crate::story::{Open, Place, pieces};
use crate::ui::icon::Icon;
use crate::ui::story::Wish;
use crate::words::{story, words};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) text: String,
    pub(crate) place: Place,
    pub(crate) open: Open,
    pub(crate) on_wish: Callback<Wish>,
}

/// A live region: it is read when it changes.
#[function_component]
pub(crate) fn Sentence(props: &Props) -> Html {
    let pieces = pieces(&props.text, props.place);
    html! {
        <>
            <p class="sentence" part="step" tabindex="-1" aria-live="polite" aria-atomic="true">
                { for pieces.into_iter().enumerate().map(|(number, piece)| match piece.term {
                    None => html! { { piece.text } },
                    Some(term) => {
                        let is_open = props.open == Open::Term(term, number);
                        let next = if is_open { Open::Nothing } else { Open::Term(term, number) };
                        html! {
                            <button class={format!("term term-{number}")} aria-expanded={is_open.to_string()}
                                onclick={props.on_wish.reform(move |_: MouseEvent| Wish::Open(next))}>{ piece.text }</button>
                        }
                    }
                }) }
            </p>
            if let Open::Term(term, _) = props.open { <TermCard {term} on_wish={props.on_wish.clone()} /> }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct CardProps {
    term: Term,
    on_wish: Callback<Wish>,
}

/// What a word means, beside the text; the story goes on without closing it.
#[function_component]
fn TermCard(props: &CardProps) -> Html {
    html! {
        <div class="term-card" role="dialog" aria-labelledby="kl-term">
            <h2 id="kl-term">{ meaning_of(props.term).name }</h2>
            <button class="close" aria-label={words().close()} onclick={props.on_wish.reform(|_: MouseEvent| Wish::Open(Open::Nothing))}>
                { Icon::Close.view() }
            </button>
            { meaning(props.term) }
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
                <dt>{ words().exactly() }</dt><dd>{ of.exact }</dd>
                <dt>{ words().in_kafka() }</dt><dd>{ of.kafka }</dd>
            </dl>
        </>
    }
}

pub(crate) fn meaning_of(term: Term) -> &'static kafka_lanes_words::TermWords {
    let place = Term::ALL.iter().position(|one| *one == term).unwrap_or(0);
    &story().words().glossary[place]
}
