//! The `group.id` of each consumer.

use kafka_lanes_story::{Facts, Membership, memberships};
use kafka_lanes_words::TouchWords;
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, Properties, TargetCast, function_component, html, use_effect_with, use_node_ref};

use super::{Panel, Touched};
use crate::words::teller;

impl Panel<'_> {
    pub(super) fn group_ids(&self) -> (Html, String) {
        let all = memberships(self.history);
        let facts = Facts(self.history.world());
        let mut groups: Vec<&str> = all.iter().map(|one| &*one.group).collect();
        groups.sort_unstable();
        groups.dedup();
        let said = match groups[..] {
            _ if !groups.iter().all(|group| facts.is_settled(group)) => teller().sharing_out().into(),
            [group] => teller().is_queue(group, facts.members(group)),
            _ => teller().is_broadcast(groups.len() as u64),
        };
        let fields = html! {
            <div class="fields">
                { for all.into_iter().map(|now| {
                    let key = now.consumer.clone();
                    html! { <GroupId {key} {now} on_touch={self.on_touch.clone()} /> }
                }) }
            </div>
        };
        (fields, said)
    }
}

#[derive(Properties, PartialEq)]
struct Props {
    now: Membership,
    on_touch: Callback<Touched>,
}

/// A field that has what the world says whenever that changes, and is left alone while somebody types.
#[function_component]
fn GroupId(props: &Props) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with(props.now.group.clone(), move |group| {
            field.cast::<HtmlInputElement>().into_iter().for_each(|field| field.set_value(group));
        });
    }
    let on_change = {
        let (now, on_touch) = (props.now.clone(), props.on_touch.clone());
        Callback::from(move |event: Event| {
            let field: HtmlInputElement = event.target_unchecked_into();
            match field.value().trim() {
                // Without one there is no group to be in.
                "" => field.set_value(&now.group),
                group => on_touch.emit(Touched::GroupId(Membership { group: group.into(), ..now.clone() })),
            }
        })
    };
    html! {
        <label>
            { teller().group_id_of(&props.now.consumer) }
            <input ref={field} onchange={on_change} spellcheck="false" autocomplete="off" autocapitalize="off" />
        </label>
    }
}
