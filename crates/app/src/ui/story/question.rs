//! What is asked before the engine shows it.

use kafka_lanes_story::{Chapter, Grade};
use yew::{Callback, Event, Html, Properties, SubmitEvent, classes, function_component, html};

use crate::story::Asked;
use crate::ui::story::Wish;
use crate::words::words;

/// The question's form, by its id.
pub(crate) const FORM: &str = "kl-ask";

#[derive(Properties)]
pub(crate) struct Props {
    pub(crate) chapter: Chapter<'static>,
    pub(crate) ask: String,
    pub(crate) asked: Asked,
    pub(crate) on_wish: Callback<Wish>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.ask == other.ask && self.asked == other.asked
    }
}

#[function_component]
pub(crate) fn Ask(props: &Props) -> Html {
    let (words, asked) = (words(), props.asked);
    let choices = &props.chapter.text().question.choices;
    let on_submit = props.on_wish.reform(|event: SubmitEvent| {
        event.prevent_default();
        Wish::Next
    });
    let verdict = asked.choice.zip(asked.grade).filter(|_| asked.shown);
    html! {
        <form class="ask" id={FORM} onsubmit={on_submit}>
            <fieldset class="choices">
                <legend class="sentence" tabindex="-1"><span class="visually-hidden">{ words.what_next() }{ " " }</span>{ props.ask.clone() }</legend>
                { for choices.iter().enumerate().map(|(number, choice)| {
                    let chosen = asked.choice == Some(number);
                    html! {
                        <label class={classes!(chosen.then_some("chosen"))}>
                            <input type="radio" name="kl-choice" checked={chosen} disabled={asked.grade.is_some() && !chosen}
                                onchange={props.on_wish.reform(move |_: Event| Wish::Choose(number))} />
                            { choice.says }
                        </label>
                    }
                }) }
            </fieldset>
            <div role="status" class="verdict">
                if asked.unchosen { <p>{ words.choose_first() }</p> }
                if let Some((choice, grade)) = verdict {
                    <p>
                        <b>{ if grade == Grade::Right { words.right() } else { words.wrong() } }</b>{ " " }
                        { choices[choice].mends }
                    </p>
                }
            </div>
        </form>
    }
}
