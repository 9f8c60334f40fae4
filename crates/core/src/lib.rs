//! What Kafka does, as plain data and plain functions: no browser, no clock, no floats, no `unsafe`.
//!
//! - [`spec`]: what a world is made of before it starts.
//! - [`World`]: its state at one moment; its parts ([`Topic`], [`Log`], [`Broker`], [`Producer`], [`Group`], [`Member`])
//!   are plain data to read.
//! - [`Action`]: what a person can do to it; [`History`]: a world with its past, to seek in and to fork.
//! - [`partitioner`] and [`assignor`]: Kafka's own decisions, usable without any world.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod accumulator;
mod action;
mod alarm;
pub mod assignor;
mod batch;
mod broker;
mod change;
mod delivery;
mod digest;
mod few;
pub mod golden;
mod group;
mod growth;
mod history;
mod ids;
mod journal;
mod key;
pub mod limits;
mod log;
mod member;
mod message;
mod numbering;
pub mod partitioner;
mod placement;
mod producer;
mod queue;
mod refusal;
mod replica;
mod rng;
mod rules;
mod seat;
mod sequence;
mod service;
pub mod sorted;
mod spare;
pub mod spec;
mod standing;
mod time;
mod topic;
mod trend;
mod unkeyed;
mod world;

pub use action::{Action, BrokerAct};
pub use alarm::{Again, Alarm, Broken, Parting, PassedOver};
pub use batch::{Batch, ProduceRequest, Sequence};
pub use broker::{Broker, BrokerStatus, Verdict};
pub use change::Changes;
pub use delivery::{Delivery, Offsets};
pub use few::Few;
pub use group::{Group, Phase};
pub use history::{Advance, History};
pub use ids::{BrokerId, GroupId, MemberId, ProducerId, TopicId, TopicPartition};
pub use journal::{Cause, Entry, Happening, Journal, Move, Rebalance, Remap};
pub use key::{Key, KeyId};
pub use log::{Log, Record};
pub use member::{Closing, Cursor, InHand, Member, Returning, Run, Status, Stop};
pub use message::FetchResponse;
pub use producer::{Producer, Sent};
pub use refusal::{Limit, Refusal};
pub use replica::{Replica, Replication};
pub use service::{CallFault, Failure, Flight, Link, Outcome, Service, ServiceId, ServiceStatus};
pub use standing::Standing;
pub use time::{Span, Time};
pub use topic::Topic;
pub use world::World;
