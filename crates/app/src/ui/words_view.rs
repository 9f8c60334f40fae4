//! The same as the picture in words and tables: for who can't see it, and for who wants the numbers.

use std::rc::Rc;

use kafka_lanes_core::Time;
use kafka_lanes_scene::describe;
use yew::{Callback, Html, Properties, TargetCast, function_component, html, use_state};

use crate::live::Live;
use crate::stage::Stage;
use crate::words::words;

#[derive(Properties)]
pub(crate) struct Props {
    pub(crate) now: Time,
    pub(crate) playing: bool,
    pub(crate) begins_open: bool,
    pub(crate) live: Rc<Live>,
}

impl PartialEq for Props {
    /// While it plays, numbers that change ten times a second help nobody: they follow every second.
    fn eq(&self, other: &Self) -> bool {
        let moment = |props: &Self| if props.playing { props.now.0 / 1_000_000 } else { props.now.0 };
        self.playing == other.playing && moment(self) == moment(other) && Rc::ptr_eq(&self.live, &other.live)
    }
}

#[function_component]
pub(crate) fn WordsView(props: &Props) -> Html {
    let begins_open = props.begins_open;
    let open = use_state(|| begins_open);
    let on_toggle = {
        let open = open.clone();
        Callback::from(move |event: yew::Event| {
            open.set(event.target_unchecked_into::<web_sys::HtmlDetailsElement>().open());
        })
    };
    html! {
        <details class="words" part="words" open={begins_open} ontoggle={on_toggle}>
            <summary>{ words().in_words() }</summary>
            if *open { { content(&props.live.stage.borrow()) } }
        </details>
    }
}

fn content(stage: &Stage) -> Html {
    let world = stage.player.history().world();
    let tables = describe::tables(world, words());
    html! {
        <>
            { for describe::text(world, words()).lines().map(|line| html! { <p>{ line.to_string() }</p> }) }
            <div class="tables" tabindex="0" role="region" aria-label={words().in_words()}>
                { for tables.into_iter().map(|table| html! {
                    <table>
                        <caption>{ table.caption }</caption>
                        <thead><tr>{ for table.columns.into_iter().map(|cell| html! { <th scope="col">{ cell }</th> }) }</tr></thead>
                        <tbody>
                            { for table.rows.into_iter().map(|row| html! {
                                <tr>{ for row.into_iter().map(|cell| html! { <td>{ cell }</td> }) }</tr>
                            }) }
                        </tbody>
                    </table>
                }) }
            </div>
        </>
    }
}
