//! What Kafka does, as plain data and plain functions: no browser, no clock, no floats, no `unsafe`.
//!
//! - [`spec`]: what a world is made of before it starts.
//! - [`World`]: its state at one moment; its parts ([`Topic`], [`Log`], [`Producer`], [`Group`], [`Member`])
//!   are plain data to read.
//! - [`Action`]: what a person can do to it; [`History`]: a world with its past, to seek in and to fork.
//! - [`partitioner`] and [`assignor`]: Kafka's own decisions, usable without any world.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod action;
pub mod assignor;
mod change;
mod delivery;
mod digest;
pub mod golden;
mod group;
mod history;
mod ids;
mod journal;
mod key;
pub mod limits;
mod log;
mod member;
mod message;
pub mod partitioner;
mod producer;
mod refusal;
mod rng;
mod rules;
mod seat;
pub mod sorted;
pub mod spec;
mod time;
mod topic;
mod world;

pub use action::Action;
pub use change::Changes;
pub use delivery::{Delivery, Offsets};
pub use group::{Group, Phase};
pub use history::{Advance, History};
pub use ids::{GroupId, MemberId, ProducerId, TopicId, TopicPartition};
pub use journal::{Cause, Entry, Happening, Journal, Move, Rebalance};
pub use key::{Key, KeyId};
pub use log::{Log, Record};
pub use member::{Cursor, InHand, Member, Run, Status, Stop};
pub use message::{FetchResponse, ProduceRequest};
pub use producer::{Producer, Sent};
pub use refusal::{Limit, Refusal};
pub use time::{Span, Time};
pub use topic::Topic;
pub use world::World;
