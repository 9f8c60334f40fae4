//! What each chapter shows, and what its texts claim.

mod groups;
mod lanes;
mod promises;
mod services;

use crate::facts::Facts;
use crate::moment::Moment;
use crate::touch::Touch;

/// What a chapter shows.
pub(crate) struct Setting {
    pub(crate) steps: &'static [Shown],
    /// The step, from 0, at which its question is asked.
    pub(crate) asked_at: usize,
    /// Where the answer shows.
    pub(crate) shown: Moment,
    /// Whether each of the choices came true, by the worlds at the question and at the answer.
    pub(crate) came_true: [fn(&Facts, &Facts) -> bool; 3],
}

/// What a step shows.
pub(crate) struct Shown {
    pub(crate) moment: Moment,
    /// What can be changed there.
    pub(crate) touch: Option<Touch>,
    /// Whether the world does what the text says, by the worlds before the step and at it. A page need not have it.
    #[cfg(feature = "claims")]
    pub(crate) claim: fn(&Facts, &Facts) -> bool,
}

#[cfg_attr(not(feature = "claims"), expect(unused_variables, reason = "a page does not check what is said"))]
const fn step(scenario: &'static str, seconds: u64, claim: fn(&Facts, &Facts) -> bool) -> Shown {
    Shown {
        moment: Moment::at(scenario, seconds),
        touch: None,
        #[cfg(feature = "claims")]
        claim,
    }
}

impl Shown {
    /// The same step, in which something can be changed.
    const fn touched(self, touch: Touch) -> Self {
        Self { touch: Some(touch), ..self }
    }
}

/// Where each claim of the last chapter was shown first: chapter and step, from 1.
pub const CLAIMS: [(usize, usize); 5] = [(4, 4), (2, 3), (7, 5), (8, 1), (9, 3)];

pub(crate) static ALL: [Setting; 13] = [
    services::RUSH_HOUR,
    services::IN_THE_MIDDLE,
    services::CONSTRUCTION,
    lanes::STREAMS,
    lanes::TOPIC,
    lanes::LANE,
    lanes::KEY,
    groups::GROUP,
    groups::QUEUE,
    groups::MORE_TRAFFIC,
    promises::REPLICAS,
    promises::DEATH,
    promises::ALL_OF_IT,
];
