//! The attributes of the element.

use kafka_lanes_core::Time;
use kafka_lanes_scene::SHOWN_AT;
use wasm_bindgen::JsValue;

use crate::clock::parse_moment;
use crate::number::number;
use crate::speed::Speed;

/// How much stands round the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Controls {
    /// Nothing.
    None,
    /// The transport: play, pause, step, scrub.
    #[default]
    Transport,
    /// All of the playground.
    Full,
}

/// What the attributes say. What makes no sense is as if it were not there.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Options {
    pub(crate) controls: Controls,
    pub(crate) autoplay: bool,
    at: Option<Time>,
    pub(crate) speed: Speed,
    pub(crate) seed: u64,
    pub(crate) height: Option<f64>,
    /// What is opened: `words`, and names of topics and groups, with commas between.
    pub(crate) view: String,
    /// The step of the story that is shown.
    pub(crate) step: Option<String>,
}

impl Options {
    /// From the object that the loader makes of the attributes.
    pub(crate) fn read(attributes: &JsValue) -> Self {
        let text = |name: &str| js_sys::Reflect::get(attributes, &name.into()).ok().and_then(|value| value.as_string());
        let mut options = Self { seed: 1, ..Self::default() };
        for name in ["controls", "autoplay", "at", "speed", "seed", "height", "view", "step"] {
            options.set(name, text(name).as_deref());
        }
        options
    }

    /// Whether the attribute `view` names this.
    pub(crate) fn opens(&self, name: &str) -> bool {
        self.view.split(',').any(|word| word.trim() == name)
    }

    /// The moment to open at: where none is said, the beginning, or one with something to see if it will stand still.
    pub(crate) fn at(&self) -> Time {
        let moves = self.autoplay || self.controls == Controls::Full;
        self.at.unwrap_or(if moves { Time::ZERO } else { SHOWN_AT })
    }

    /// One attribute has another value now, or is gone.
    pub(crate) fn set(&mut self, name: &str, value: Option<&str>) {
        match name {
            "controls" => {
                self.controls = match value {
                    Some("none" | "false") => Controls::None,
                    Some("full") => Controls::Full,
                    _ => Controls::Transport,
                }
            }
            "autoplay" => self.autoplay = value.is_some_and(|value| value != "false"),
            "at" => self.at = value.and_then(parse_moment),
            "speed" => {
                let times = value.and_then(|value| number(value.trim_start_matches('×')));
                self.speed = times.map_or_else(Speed::default, Speed::nearest);
            }
            "seed" => self.seed = value.and_then(|value| value.parse().ok()).unwrap_or(1),
            "step" => self.step = value.map(Into::into),
            "view" => self.view = value.unwrap_or_default().into(),
            "height" => self.height = value.and_then(number).filter(|height| (1.0..=9_999.0).contains(height)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_no_sense_is_as_if_it_were_not_there() {
        let mut options = Options::default();
        for (name, value) in
            [("at", "yesterday"), ("speed", "fast"), ("height", "-5"), ("height", "1e99"), ("what", "?")]
        {
            options.set(name, Some(value));
        }
        assert_eq!(options, Options { seed: 0, ..Options::default() });
    }
}
