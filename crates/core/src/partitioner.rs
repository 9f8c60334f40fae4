//! Which partition a record goes to.
//!
//! - A record with a key: [`Client`] says how each client computes its partition, [`Placement`] every number on
//!   the way.
//! - A record without one, in the Java client: [`BuiltInPartitioner`] (KIP-794), [`RoundRobinPartitioner`], and
//!   until Kafka 3.2 [`StickyPartitionCache`] (KIP-480). In the others: [`Client::unkeyed`] says which of
//!   [`StickyForTime`], [`Partitions::pick`] with a random number, and [`RoundRobinPartitioner::starting_at`].
//!
//! All are plain functions over plain data, usable without any world; random numbers are passed in.

mod arithmetic;
mod built_in;
mod client;
mod crc32;
mod fnv1a;
mod legacy_murmur2;
mod load;
mod murmur2;
mod partitions;
mod placement;
mod round_robin;
mod sticky_cache;
mod sticky_for_time;

pub use arithmetic::{Arithmetic, HashFunction, Sign};
pub use built_in::BuiltInPartitioner;
pub use client::{Client, Unkeyed};
pub use crc32::crc32;
pub use fnv1a::fnv1a;
pub use legacy_murmur2::legacy_murmur2;
pub use load::{BrokerLatency, PartitionLoad, Queue};
pub use murmur2::murmur2;
pub use partitions::Partitions;
pub use placement::Placement;
pub use round_robin::RoundRobinPartitioner;
pub use sticky_cache::StickyPartitionCache;
pub use sticky_for_time::StickyForTime;
