//! Text in and out: the scenario language, Mermaid, links, and the state document.
//!
//! Every reader here is total: text becomes a value and [`Diagnostic`]s, never a panic, in time that is
//! linear in the text. The value is always a world that the engine accepts.
//!
//! - [`language`]: the scenario language, [`language::parse`] and [`language::print`]; for an editor,
//!   [`language::complete`], [`language::highlight`], [`language::edit`] and [`language::undo`].
//! - [`mermaid`]: Mermaid flowcharts, [`mermaid::import`] and [`mermaid::print`].
//! - [`link`]: a moment of a world in a URL, [`link::Link`].
//! - [`consumer_groups`]: what Kafka's own tools print, [`consumer_groups::import`].
//! - [`commands`] and [`compose`]: the same topics and groups in a real Kafka.
//! - [`StateDocument`]: what `kafka-lanes run --json` prints and the element's `state` gives.
#![forbid(unsafe_code)]

mod alarms;
mod cause;
mod columns;
pub mod commands;
pub mod compose;
pub mod consumer_groups;
mod diagnostic;
mod format;
mod input;
pub mod language;
mod limit;
pub mod link;
pub mod mermaid;
mod message;
mod name;
mod nearest;
mod room;
mod services;
mod state;
#[cfg(test)]
mod testing;

pub use alarms::Alarm;
pub use cause::{Cause, Need, Quantity, Role, Thing, Zero};
pub use diagnostic::{Diagnostic, MAX_DIAGNOSTICS, Place, Severity};
pub use format::is_mermaid;
pub use input::{BrokenText, MAX_INPUT_BYTES, decode};
pub use limit::Limit;
pub use name::{TopicNameFault, topic_name_fault};
pub use nearest::nearest;
pub use services::{CallState, FailureState, ServiceState};
pub use state::{
    GroupState, InFlight, MemberState, OffsetState, PartitionState, ProducerState, RebalanceState, StateDocument,
    TopicState,
};
