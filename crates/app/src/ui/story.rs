//! The story's panels: what is said, asked and explained, and the way through it.

pub(crate) mod bar;
pub(crate) mod challenge;
pub(crate) mod chapters;
pub(crate) mod glossary;
pub(crate) mod question;
pub(crate) mod say;
pub(crate) mod top;
pub(crate) mod touch;

use kafka_lanes_core::Span;

use crate::story::{Open, Place};

/// What somebody wants of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// To read it, where they were.
    Read,
    /// To a place, at once.
    Go(Place),
    Next,
    Back,
    /// To see how it came to what the picture shows, or to go on with that.
    Replay,
    /// An answer to the question, from 0.
    Choose(usize),
    /// Another answer.
    Again,
    Open(Open),
    /// Other names on the picture: those of the construction site, or Kafka's.
    Names(bool),
    /// The playground with this world.
    Try,
    /// The playground with what ran there before.
    Leave,
    Hint,
    /// The world of the step or the challenge as it was at the start.
    Restart,
}

/// Wall time, in microseconds, in which the picture moves on by `span`: a quarter of the simulated, but never so short
/// that it is missed, nor so long that one waits.
pub(crate) fn length(span: Span) -> u64 {
    (span.0 / 4).clamp(1_500_000, 4_000_000)
}
