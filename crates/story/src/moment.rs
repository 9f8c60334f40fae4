use kafka_lanes_core::{History, Time};
use kafka_lanes_scenario::language;

/// What all random choices in the story follow from.
pub const SEED: u64 = 1;

/// A moment of a scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The world, in the scenario language.
    pub scenario: &'static str,
    /// When.
    pub at: Time,
}

impl Moment {
    pub(crate) const fn at(scenario: &'static str, seconds: u64) -> Self {
        Self { scenario, at: Time::from_secs(seconds) }
    }

    /// The world at that moment, with its past. None only if the scenario does not parse, which a test rules out.
    pub fn reached(&self) -> Option<History> {
        let mut history = History::new(language::parse(self.scenario).spec, SEED).ok()?;
        history.advance(self.at, u64::MAX);
        Some(history)
    }
}
