//! What a world is made of before it starts: the typed form of a scenario.
//!
//! Names refer to names, as in the text that it is read from, so that a spec can be printed and read
//! back unchanged. [`World::new`](crate::World::new) resolves them, and refuses what does not resolve.

mod assignors;
mod group;

use alloc::string::String;
use alloc::vec::Vec;

mod cluster;
mod delivery;
mod service;

pub use assignors::Assignors;
pub use cluster::{ClusterSpec, ClusterTiming, ReplicationSpec};
pub use delivery::{Acks, DeliveryFault, DeliverySpec, MAX_IN_FLIGHT_IDEMPOTENT};
pub use service::ServiceSpec;

use crate::action::Action;
use crate::limits::{MAX_LATENCY, MIN_PERIOD};
use crate::partitioner::Client;
use crate::time::{Span, Time};

pub use group::{
    Assignment, Assignor, Commit, ConsumerSpec, GroupSpec, OffsetReset, PartitionName, Protocol, ServerAssignor,
};

/// A whole scenario.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorldSpec {
    /// What a person calls it; may be empty.
    pub title: String,
    /// Topics, in the order in which they are drawn. Names are unique.
    pub topics: Vec<TopicSpec>,
    /// Producers, in the order in which they are drawn. Names are unique.
    pub producers: Vec<ProducerSpec>,
    /// Consumer groups, in the order in which they are drawn. Names are unique.
    pub groups: Vec<GroupSpec>,
    /// Services that call each other directly, in the order in which they are drawn. Names are unique.
    pub services: Vec<ServiceSpec>,
    /// The brokers.
    pub cluster: ClusterSpec,
    /// How long things take.
    pub timing: Timing,
    /// How a producer delivers that comes later ([`Action::AddProducer`]).
    pub usual_delivery: DeliverySpec,
    /// What happens later, in the order of its times.
    pub actions: Vec<(Time, Action)>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicSpec {
    /// Its name.
    pub name: String,
    /// How many partitions it starts with; at least 1.
    pub partitions: u32,
    /// `retention.ms`: how long a closed segment is kept after its last record.
    pub retention: Span,
    /// `retention.bytes`: how many bytes a partition keeps, counted in closed segments.
    pub retention_bytes: u64,
    /// `segment.bytes`: a segment is closed when the next record would make it longer than this.
    pub segment_bytes: u64,
    /// Its copies.
    pub replication: ReplicationSpec,
}

impl TopicSpec {
    /// A topic with the teaching defaults: 7 days, 1 MiB a partition, segments of 16 KiB.
    pub fn new(name: impl Into<String>, partitions: u32) -> Self {
        Self {
            name: name.into(),
            partitions,
            retention: Span::from_secs(7 * 24 * 3_600),
            retention_bytes: 1_048_576,
            segment_bytes: 16_384,
            replication: ReplicationSpec::default(),
        }
    }
}

/// A producer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProducerSpec {
    /// Its `client.id`.
    pub name: String,
    /// The client that it is built on, which picks the partition of each record.
    pub client: Client,
    /// The topics that it sends to, in turn.
    pub topics: Vec<String>,
    /// How often it sends.
    pub rate: Rate,
    /// The keys that it sends.
    pub keys: Keys,
    /// How the next key is picked.
    pub pick: Pick,
    /// Bytes of a record's value.
    pub value_bytes: u32,
    /// How it batches, sends, and tries again.
    pub delivery: DeliverySpec,
}

impl ProducerSpec {
    /// A producer with the teaching defaults: 3 records a second of 100 bytes, six customers' names as keys.
    pub fn new(name: impl Into<String>, topics: Vec<String>) -> Self {
        Self {
            name: name.into(),
            client: Client::default(),
            topics,
            rate: Rate::per_second(3),
            keys: Keys::default(),
            pick: Pick::Random,
            value_bytes: 100,
            delivery: DeliverySpec::default(),
        }
    }
}

/// How often a producer sends: records in a thousand seconds, so that slow rates stay integers. 0 is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rate(pub u64);

impl Rate {
    /// `n` records a second.
    pub const fn per_second(n: u64) -> Self {
        Self(n * 1_000)
    }
}

/// The keys that a producer sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keys {
    /// Just these; never empty, an empty key is a key.
    List(Vec<String>),
    /// A prefix with a number, `first` to `last`, both included: `order-1` to `order-20`.
    Range {
        /// What stands before the number.
        prefix: String,
        /// The first number.
        first: u64,
        /// The last number; not below the first.
        last: u64,
    },
    /// None: the client picks a partition without one.
    None,
}

/// Six names that the Java client spreads two a lane over three lanes, so that a first look shows both
/// that a key has one lane and that a lane has several keys.
impl Default for Keys {
    fn default() -> Self {
        Self::List(["amy", "ben", "cleo", "dan", "emma", "fay"].map(String::from).into())
    }
}

/// How a producer picks its next key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Pick {
    /// Each as likely as any other.
    #[default]
    Random,
    /// One after the other, from the first again after the last.
    InTurn,
    /// The n-th key n times less often than the first (Zipf's law): one hot key.
    Skewed,
}

/// How long things take. The defaults are a teaching scale: slow enough to see each record fly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Timing {
    /// From a producer to the end of a lane, one way.
    pub produce: Span,
    /// From a lane to a consumer, one way, for records.
    pub fetch: Span,
    /// Any message without records, one way.
    pub rpc: Span,
    /// `fetch.max.wait.ms`: how long a broker holds a fetch that finds nothing.
    pub fetch_max_wait: Span,
    /// `max.poll.records`: how many records one poll hands to the application.
    pub max_poll_records: u32,
    /// `auto.commit.interval.ms`.
    pub auto_commit: Span,
    /// `heartbeat.interval.ms`.
    pub heartbeat: Span,
    /// `session.timeout.ms`.
    pub session: Span,
    /// `max.poll.interval.ms`: also how long a rebalance waits for a member.
    pub max_poll_interval: Span,
    /// `group.initial.rebalance.delay.ms`.
    pub initial_rebalance_delay: Span,
    /// `metadata.max.age.ms` of all clients: when a group's leader, and a producer, sees that a topic has more partitions.
    pub metadata_max_age: Span,
    /// `log.retention.check.interval.ms`.
    pub retention_check: Span,
    /// `group.consumer.heartbeat.interval.ms`: of groups with the consumer protocol, whose broker says it.
    pub consumer_heartbeat: Span,
    /// `group.consumer.session.timeout.ms`.
    pub consumer_session: Span,
    /// `group.consumer.assignment.interval.ms`: how soon after one target assignment the next is computed.
    pub assignment_interval: Span,
}

impl Timing {
    /// The same, with what no world can work with brought within [`MIN_PERIOD`], [`MAX_LATENCY`] and a record
    /// a poll at the least. It is what a world goes by.
    pub fn within_limits(self) -> Self {
        Self {
            produce: self.produce.min(MAX_LATENCY),
            fetch: self.fetch.min(MAX_LATENCY),
            rpc: self.rpc.min(MAX_LATENCY),
            fetch_max_wait: self.fetch_max_wait.max(MIN_PERIOD),
            max_poll_records: self.max_poll_records.max(1),
            heartbeat: self.heartbeat.max(MIN_PERIOD),
            session: self.session.max(MIN_PERIOD),
            max_poll_interval: self.max_poll_interval.max(MIN_PERIOD),
            metadata_max_age: self.metadata_max_age.max(MIN_PERIOD),
            retention_check: self.retention_check.max(MIN_PERIOD),
            consumer_heartbeat: self.consumer_heartbeat.max(MIN_PERIOD),
            consumer_session: self.consumer_session.max(MIN_PERIOD),
            ..self
        }
    }

    /// Kafka's own defaults (4.3), on a network within one building. `docs/src/timing.md` has them beside ours.
    pub fn kafka() -> Self {
        Self {
            produce: Span::from_millis(2),
            fetch: Span::from_millis(2),
            rpc: Span::from_millis(1),
            fetch_max_wait: Span::from_millis(500),
            max_poll_records: 500,
            auto_commit: Span::from_secs(5),
            heartbeat: Span::from_secs(3),
            session: Span::from_secs(45),
            max_poll_interval: Span::from_secs(300),
            initial_rebalance_delay: Span::from_secs(3),
            metadata_max_age: Span::from_secs(300),
            retention_check: Span::from_secs(300),
            consumer_heartbeat: Span::from_secs(5),
            consumer_session: Span::from_secs(45),
            assignment_interval: Span::from_secs(1),
        }
    }
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            produce: Span::from_millis(1_200),
            fetch: Span::from_millis(1_000),
            rpc: Span::from_millis(30),
            fetch_max_wait: Span::from_millis(500),
            max_poll_records: 2,
            auto_commit: Span::from_millis(2_000),
            heartbeat: Span::from_millis(500),
            session: Span::from_secs(5),
            max_poll_interval: Span::from_secs(30),
            initial_rebalance_delay: Span::from_millis(300),
            metadata_max_age: Span::from_secs(2),
            retention_check: Span::from_secs(1),
            consumer_heartbeat: Span::from_millis(800),
            consumer_session: Span::from_secs(5),
            assignment_interval: Span::from_millis(200),
        }
    }
}
