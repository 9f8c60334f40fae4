use alloc::string::String;
use alloc::vec::Vec;

use super::Assignors;
use crate::time::Span;

/// A consumer group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupSpec {
    /// Its `group.id`.
    pub name: String,
    /// The topics that its members subscribe to, where they do not say.
    pub topics: Vec<String>,
    /// Who decides which member reads which partition.
    pub assignment: Assignment,
    /// Where a member starts on a partition of which the group has committed nothing: `auto.offset.reset`.
    pub reset: OffsetReset,
    /// When members commit.
    pub commit: Commit,
    /// How long a member takes for a record, where the member does not say.
    pub processing: Span,
    /// Its members at the start.
    pub consumers: Vec<ConsumerSpec>,
}

impl GroupSpec {
    /// A group without members: round-robin, from the earliest record, auto-commit, 250 ms a record.
    pub fn new(name: impl Into<String>, topics: Vec<String>) -> Self {
        Self {
            name: name.into(),
            topics,
            assignment: Assignment::by(Assignor::RoundRobin),
            reset: OffsetReset::Earliest,
            commit: Commit::Auto,
            processing: Span::from_millis(250),
            consumers: Vec::new(),
        }
    }
}

/// A consumer: one member of a group.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ConsumerSpec {
    /// Its `client.id`; unique in its group.
    pub name: String,
    /// Its `group.instance.id`, if it is a static member.
    pub instance: Option<String>,
    /// The topics that it subscribes to; the group's where empty.
    pub topics: Vec<String>,
    /// How long it takes for a record; the group's where absent.
    pub processing: Option<Span>,
    /// Its own `partition.assignment.strategy`, where the group's assignment is [`Assignment::By`]; the group's where
    /// empty.
    pub assignors: Assignors,
    /// The partitions that it reads, where the group's assignment is [`Assignment::Manual`]; else empty.
    pub assigned: Vec<PartitionName>,
}

/// A partition by its topic's name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartitionName {
    /// The topic.
    pub topic: String,
    /// The partition's number, from 0.
    pub partition: u32,
}

/// Who decides which member of a group reads which partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Assignment {
    /// The group's leader, with one of these assignors of its members (`subscribe` in the Java client). The coordinator
    /// chooses which: one that all members know, as [`choose`](crate::assignor::choose) says.
    By(Assignors),
    /// The group's coordinator, with one of its own (`subscribe` with `group.protocol=consumer`, KIP-848).
    ByBroker(ServerAssignor),
    /// Each member for itself, once and for all (`assign` in the Java client): no rebalance ever.
    Manual,
}

impl Assignment {
    /// By the group's leader, with just this assignor.
    pub const fn by(assignor: Assignor) -> Self {
        Self::By(Assignors::one(assignor))
    }

    /// How the group is kept together, as far as its members say nothing else; none where nobody is.
    pub fn protocol(self) -> Option<Protocol> {
        match self {
            Self::By(assignors) => Some(assignors.protocol()),
            Self::ByBroker(_) => Some(Protocol::Consumer),
            Self::Manual => None,
        }
    }

    /// Its name in a scenario: that of the (first) assignor, `server-range` for the broker's `range`, or `manual`.
    pub fn name(self) -> &'static str {
        match self {
            Self::By(assignors) => assignors.iter().next().map_or("", Assignor::name),
            Self::ByBroker(ServerAssignor::Range) => "server-range",
            Self::ByBroker(assignor) => assignor.name(),
            Self::Manual => "manual",
        }
    }
}

/// All of it, as a scenario says it: of a list of assignors all, with commas between them.
impl core::fmt::Display for Assignment {
    fn fmt(&self, f: &mut core::fmt::Formatter) -> core::fmt::Result {
        match self {
            Self::By(assignors) => assignors.fmt(f),
            other => f.write_str(other.name()),
        }
    }
}

/// How a group shares its partitions out: `group.protocol`, and for the classic one what the assignor supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// `classic`: at each round all members let go of everything.
    Eager,
    /// `classic`: members keep what they own, and let go of what others are to get (KIP-429).
    Cooperative,
    /// `consumer`: the coordinator decides, each member follows by its heartbeats (KIP-848).
    Consumer,
}

impl Protocol {
    /// Its `group.protocol`: `classic` or `consumer`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Eager | Self::Cooperative => "classic",
            Self::Consumer => "consumer",
        }
    }
}

/// Kafka's classic assignors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Assignor {
    /// `RangeAssignor`.
    Range,
    /// `RoundRobinAssignor`.
    RoundRobin,
    /// `StickyAssignor`.
    Sticky,
    /// `CooperativeStickyAssignor`.
    CooperativeSticky,
}

impl Assignor {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Range, Self::RoundRobin, Self::Sticky, Self::CooperativeSticky];

    /// Its name in the configuration of a consumer, and in a scenario: `range`, `roundrobin`, `sticky`,
    /// `cooperative-sticky`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Range => "range",
            Self::RoundRobin => "roundrobin",
            Self::Sticky => "sticky",
            Self::CooperativeSticky => "cooperative-sticky",
        }
    }
}

/// The assignors that a broker runs itself (KIP-848).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ServerAssignor {
    /// `UniformAssignor`, the default.
    Uniform,
    /// The broker's `RangeAssignor`.
    Range,
}

impl ServerAssignor {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Uniform, Self::Range];

    /// Its name in `group.remote.assignor` and `group.consumer.assignors`: `uniform`, `range`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::Range => "range",
        }
    }
}

/// `auto.offset.reset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OffsetReset {
    /// From the oldest record that the partition still has.
    Earliest,
    /// From the next record that is appended.
    Latest,
    /// Not at all: the consumer fails.
    None,
}

/// When a consumer commits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Commit {
    /// `enable.auto.commit`: at polls, every `auto.commit.interval.ms`, of what earlier polls gave. At least once.
    Auto,
    /// `commitSync` after a batch is processed. At least once.
    After,
    /// `commitSync` of what was polled, before any of it is processed. At most once.
    Before,
}
