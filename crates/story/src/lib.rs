//! The story: Kafka in small steps. Each step is a text over a moment of a world on the real engine.
//!
//! - [`Story`]: the chapters with their texts in a language; [`Step::at`] and [`Step::scenario`] say what is shown.
//! - [`Facts`]: what can be said about a world; the numbers in the texts come from it, and every claim is checked by it.
//! - [`Question`]: asked before the engine shows the answer, and graded by running the engine on.
//! - [`challenges`]: what to bring about; the state of a world says whether it was.
//! - [`Touch`]: what somebody can change in a step's world, and how the engine does it.
//! - [`terms_in`]: where a text uses words of the glossary.
#![forbid(unsafe_code)]

pub mod challenges;
mod chapters;
mod facts;
mod fill;
mod moment;
mod names;
mod question;
mod story;
mod terms;
mod touch;
mod worlds;

pub use challenges::Challenge;
pub use chapters::CLAIMS;
pub use facts::Facts;
pub use fill::fill;
pub use moment::{Moment, SEED};
pub use names::names;
pub use question::{Grade, Question};
pub use story::{Chapter, Step, Story};
pub use terms::{introduced, is_on_site, terms_in};
pub use touch::{Membership, Touch, memberships, regroup, resize, with_group};
