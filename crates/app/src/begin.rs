//! From what was opened to what is shown: one way for an element that starts, for another text later, and for the story.

use kafka_lanes_core::{Refusal, Time};
use kafka_lanes_scenario::link::Link;

use crate::number::number;
use crate::opening::Opening;
use crate::options::Options;
use crate::player::Player;
use crate::speed::Speed;
use crate::stage::Stage;
use crate::view_names;

/// How a world begins, where its link does not say otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Begin {
    pub(crate) at: Time,
    pub(crate) seed: u64,
    pub(crate) speed: Speed,
    /// Whether time passes. A link is a moment: it stands still until somebody presses play.
    pub(crate) plays: bool,
}

impl Begin {
    /// As the attributes say.
    pub(crate) fn of(options: &Options) -> Self {
        Self { at: options.at(), seed: options.seed, speed: options.speed, plays: options.autoplay }
    }

    /// The world of `opening`, with its speed and its motion; none where nothing in it can run.
    ///
    /// # Errors
    ///
    /// What in it is over a limit or does not resolve.
    pub(crate) fn player(&self, opening: &mut Opening) -> Result<Option<Player>, Refusal> {
        let Some(spec) = opening.spec.take() else { return Ok(None) };
        let mut player = match &opening.link {
            Some(link) => Player::of_link(link)?,
            None => Player::new(spec, self.seed, self.at)?,
        };
        let still = crate::theme::wants_less_motion();
        player.set_stepped(still);
        player.set_speed(opening.link.as_deref().and_then(speed).unwrap_or(self.speed));
        player.set_playing(self.plays && opening.link.is_none() && !still);
        Ok(Some(player))
    }
}

/// Selects and opens what the attribute `view` names, and what a link does.
#[inline(never)]
pub(crate) fn look(stage: &mut Stage, attribute: &str, link: Option<&Link>) {
    let mut view = stage.view().clone();
    let world = stage.player.history().world();
    view.open = view_names::opened(world, attribute);
    if let Some(link) = link {
        view_names::from_link(world, &link.view, &mut view);
    }
    stage.set_view(&view);
}

#[inline(never)]
fn speed(link: &Link) -> Option<Speed> {
    link.view.value("speed").and_then(number).map(Speed::nearest)
}
