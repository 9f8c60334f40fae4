//! The playground's own panels: over the picture, under it, and what one may try.

use kafka_lanes_core::Action;
use yew::{Callback, Context, Html, html};

use super::{App, Msg};
use crate::card::tries;
use crate::stage::Stage;
use crate::ui::icon::Icon;
use crate::ui::transport::{Transport, mark};
use crate::words::words;

impl App {
    pub(super) fn top(&self, ctx: &Context<Self>) -> Html {
        let (words, link) = (words(), ctx.link());
        let quiet = self.chosen.is_some();
        let stage = self.stage();
        let world = stage.player.history().world();
        let narration = kafka_lanes_scene::describe::just_now(world, words);
        html! {
            <>
                <header class="top">
                    { brand() }
                    <p class="narrator" part="narrator" role="status">{ narration.unwrap_or_default() }</p>
                    <button class="pill edit" aria-pressed={self.editor.to_string()} onclick={link.callback({
                        let open = !self.editor;
                        move |_| Msg::Editor(open)
                    })}>
                        { Icon::Edit.view() }<span class="label">{ words.edit() }</span>
                    </button>
                    <button class="pill share" onclick={link.callback(|_| Msg::Share(true))}>
                        { Icon::Share.view() }<span class="label">{ words.share() }</span>
                    </button>
                    <button class="pill open" onclick={link.callback(|_| Msg::Dialog(true))}>
                        { Icon::Open.view() }<span class="label">{ words.open_diagram() }</span>
                    </button>
                    <button class="pill quiet" aria-label={words.theme()} title={words.theme()} onclick={link.callback(|_| Msg::Theme)}>
                        { Icon::Theme.view() }
                    </button>
                </header>
                if !quiet && self.tale.place.is_none() { { self.headline(ctx) } }
            </>
        }
    }

    pub(super) fn tries(&self, on_act: &Callback<Action>) -> Html {
        let stage = self.stage();
        let acts = tries(stage.player.history().world(), words());
        html! {
            <div class="tries">
                <span>{ words().try_it() }</span>
                { for acts.into_iter().map(|act| {
                    let action = act.action;
                    html! { <button onclick={on_act.reform(move |_| action.clone())}>{ act.label }</button> }
                }) }
            </div>
        }
    }

    pub(super) fn transport(&self, ctx: &Context<Self>, stage: &Stage) -> Html {
        let history = stage.player.history();
        let marks = history.actions().iter().map(|(at, action)| (*at, mark(words(), action))).collect::<Vec<_>>();
        let alarms = stage.alarms.seen().to_vec();
        html! {
            <Transport playing={stage.player.is_playing()} now={history.world().now()} end={history.end()}
                speed={stage.player.speed()} {marks} {alarms} on_command={ctx.link().callback(Msg::Command)} />
        }
    }
}

pub(super) fn brand() -> Html {
    html! {
        <p class="brand">
            <svg width="22" height="18" aria-hidden="true">
                <rect class="g0-line" y="1" width="14" height="4" rx="2" />
                <rect class="g1-line" y="7" width="22" height="4" rx="2" />
                <rect class="g2-line" y="13" width="9" height="4" rx="2" />
            </svg>
            { words().brand() }
        </p>
    }
}
