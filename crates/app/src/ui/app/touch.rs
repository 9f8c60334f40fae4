//! What somebody changes in a step's world.

use kafka_lanes_core::Action;
use kafka_lanes_scenario::language;
use kafka_lanes_story::{Membership, Touch, regroup, resize, with_group};
use web_sys::{HtmlElement, window};
use yew::{Callback, Context, Html};

use super::App;
use crate::source::Source;
use crate::stage::Stage;
use crate::ui::story::touch::{Panel, Touched};
use crate::ui::story::{Wish, length};
use crate::words::words;

impl App {
    #[inline(never)]
    pub(super) fn touch(&self, stage: &Stage, on_touch: &Callback<Touched>, on_wish: &Callback<Wish>) -> Html {
        let Some(touch) = self.tale.touch() else { return Html::default() };
        let history = stage.player.history();
        let moment = self.tale.place.and_then(|place| place.moment());
        let is_changed = moment.is_some_and(|moment| !self.is_untouched(stage, moment.scenario));
        let (typed, names) = (self.tale.typed.as_deref(), self.tale.names());
        Panel { touch, history, typed, names, is_changed, on_touch, on_wish }.view()
    }

    #[inline(never)]
    pub(super) fn touched(&mut self, ctx: &Context<Self>, what: Touched) {
        let Some(touch) = self.tale.touch() else { return };
        let actions = match (touch, what) {
            (Touch::Key { .. }, Touched::Typed(key)) => {
                self.tale.typed = Some(key);
                return;
            }
            (Touch::Key { producer, topic, key }, Touched::Sent) => {
                let key = self.tale.typed.clone().unwrap_or_else(|| key.into());
                if key.is_empty() {
                    return self.focus(".touch input");
                }
                vec![Action::Send { producer: producer.into(), topic: Some(topic.into()), key }]
            }
            (Touch::Consumers { group, .. }, Touched::Consumers(wanted)) => {
                resize(self.stage().player.history().world(), group, wanted)
            }
            (Touch::GroupId, Touched::GroupId(wanted)) => self.regroup(&wanted),
            _ => return,
        };
        for action in actions {
            self.act(ctx, action);
            if self.notice.is_some() {
                return;
            }
        }
        self.settle(&ctx.props().host, touch);
    }

    /// What has a consumer be in another group; one that nobody has named before comes to be.
    fn regroup(&mut self, wanted: &Membership) -> Vec<Action> {
        let Membership { consumer, group } = wanted;
        let spec = with_group(self.stage().player.history(), consumer, group);
        if let Some(spec) = spec {
            let text = language::print(&spec);
            let rewritten = self.stage().player.rewritten(spec);
            match rewritten {
                Ok(player) => {
                    self.stage_mut().replace(player);
                    self.source = Source::new(text);
                }
                Err(refusal) => {
                    self.notice = Some(words().refusal(&refusal));
                    return Vec::new();
                }
            }
        }
        regroup(self.stage().player.history(), consumer, group)
    }

    /// On to where what was done can be seen: there time stands still again.
    fn settle(&mut self, host: &HtmlElement, touch: Touch) {
        let mut stage = self.stage_mut();
        let until = stage.player.history().world().now() + touch.settles();
        if crate::theme::wants_less_motion() {
            super::seek(&mut stage, until);
        } else {
            stage.player.run_to(until, length(touch.settles()));
        }
        drop(stage);
        self.live.run_or_rest();
        let _ = show_picture(host);
    }
}

/// Where the picture ends below what can be seen, as on a phone: what is done and what comes of it are to be seen at
/// once. None where they are not there.
fn show_picture(host: &HtmlElement) -> Option<()> {
    let root = host.shadow_root()?;
    let find = |what: &str| root.query_selector(what).ok().flatten();
    let (panel, picture) = (find(".touch")?, find(".stage")?);
    let way_on = find(".go").map_or(0.0, |bar| bar.get_bounding_client_rect().height());
    let bottom = window()?.inner_height().ok()?.as_f64()? - way_on;
    if picture.get_bounding_client_rect().bottom() > bottom && panel.get_bounding_client_rect().top() > 0.0 {
        panel.scroll_into_view();
    }
    Some(())
}
