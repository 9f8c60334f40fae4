//! How many consumers a group has, on a slider.

use kafka_lanes_story::Facts;
use kafka_lanes_words::TouchWords;
use web_sys::HtmlInputElement;
use yew::{Html, InputEvent, TargetCast, html};

use super::{Panel, Touched};
use crate::words::teller;

impl Panel<'_> {
    pub(super) fn consumers(&self, group: &str, most: u64) -> (Html, String) {
        let facts = Facts(self.history.world());
        let has = facts.members(group);
        let on_input = self.on_touch.reform(|event: InputEvent| {
            let slider: HtmlInputElement = event.target_unchecked_into();
            Touched::Consumers(slider.value_as_number() as u64)
        });
        let fields = html! {
            <label class="slider">
                <span>{ self.named(teller().consumers_in(group)) }</span>
                <input type="range" min="1" max={most.to_string()} step="1" value={has.to_string()}
                    aria-valuetext={self.named(teller().so_many_consumers(has))} oninput={on_input} />
                <output aria-hidden="true">{ has }</output>
            </label>
        };
        let said = if facts.is_settled(group) {
            teller().shares(has, facts.lanes_for(group), facts.working(group), facts.idle(group))
        } else {
            teller().sharing_out().into()
        };
        (fields, said)
    }
}
