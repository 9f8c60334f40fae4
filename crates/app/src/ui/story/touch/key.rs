//! A key to type: its way to a lane, number by number, and a record with it.

use kafka_lanes_story::Facts;
use kafka_lanes_words::TouchWords;
use web_sys::HtmlInputElement;
use yew::{Html, InputEvent, SubmitEvent, TargetCast, html};

use super::{Panel, Touched};
use crate::card::chain;
use crate::ui::card::arithmetic;
use crate::words::{teller, words};

impl Panel<'_> {
    pub(super) fn key(&self, topic: &str, key: &str) -> (Html, String) {
        let on_input = self.on_touch.reform(|event: InputEvent| {
            let field: HtmlInputElement = event.target_unchecked_into();
            Touched::Typed(field.value())
        });
        let on_submit = self.on_touch.reform(|event: SubmitEvent| {
            event.prevent_default();
            Touched::Sent
        });
        let placement = Facts(self.history.world()).placement(topic, key);
        let steps = if key.is_empty() { Vec::new() } else { chain(words(), key, placement) };
        let steps: Vec<_> = steps.into_iter().map(|(label, value)| (self.named(label), self.named(value))).collect();
        let fields = html! {
            <>
                <form class="send" onsubmit={on_submit}>
                    <label>
                        { teller().your_key() }
                        <input value={key.to_owned()} oninput={on_input} spellcheck="false" autocomplete="off" autocapitalize="off" />
                    </label>
                    <button class="pill strong">{ teller().send_with_key() }</button>
                </form>
                { arithmetic(&steps) }
            </>
        };
        let said = match key {
            "" => teller().no_key_yet().into(),
            _ => teller().key_leads_to(key, &words().partition(placement.partition)),
        };
        (fields, said)
    }
}
