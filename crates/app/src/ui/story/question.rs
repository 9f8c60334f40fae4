//! What is asked before the engine shows it.

use kafka_lanes_story::{Chapter, Grade};
use kafka_lanes_words::StorytellerWords;
use yew::{Callback, Event, Html, SubmitEvent, classes, html};

use crate::story::Asked;
use crate::ui::story::Wish;
use crate::words::teller;

/// The question's form, by its id.
pub(crate) const FORM: &str = "kl-ask";

pub(crate) struct Ask<'a> {
    pub(crate) chapter: Chapter<'static>,
    pub(crate) ask: &'a str,
    pub(crate) asked: Asked,
    pub(crate) on_wish: &'a Callback<Wish>,
}

impl Ask<'_> {
    #[inline(never)]
    pub(crate) fn view(&self) -> Html {
        let asked = self.asked;
        let choices = &self.chapter.text().question.choices;
        let on_submit = self.on_wish.reform(|event: SubmitEvent| {
            event.prevent_default();
            Wish::Next
        });
        let verdict = asked.choice.zip(asked.grade).filter(|_| asked.shown);
        html! {
            <form class="ask" id={FORM} onsubmit={on_submit}>
                <fieldset class="choices">
                    <legend class="sentence" tabindex="-1"><span class="visually-hidden">{ teller().what_next() }{ " " }</span>{ self.ask.to_owned() }</legend>
                    { for choices.iter().enumerate().map(|(number, choice)| {
                        let chosen = asked.choice == Some(number);
                        html! {
                            <label class={classes!(chosen.then_some("chosen"))}>
                                <input type="radio" name="kl-choice" checked={chosen} disabled={asked.grade.is_some() && !chosen}
                                    onchange={self.on_wish.reform(move |_: Event| Wish::Choose(number))} />
                                { choice.says }
                            </label>
                        }
                    }) }
                </fieldset>
                <div role="status" class="verdict">
                    if asked.unchosen { <p>{ teller().choose_first() }</p> }
                    if let Some((choice, grade)) = verdict {
                        <p>
                            <b>{ if grade == Grade::Right { teller().right() } else { teller().wrong() } }</b>{ " " }
                            { choices[choice].mends }
                        </p>
                    }
                </div>
            </form>
        }
    }
}
