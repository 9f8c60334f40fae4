//! Promises that were broken, as the world sees it from above: no client of a real cluster could know all of this.

use alloc::rc::Rc;

use crate::ids::{BrokerId, TopicPartition};
use crate::key::KeyId;
use crate::time::Time;

/// A promise that was broken, or a state that should not last.
///
/// Where a run of records is affected by one cause there is one alarm, about the first of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alarm {
    /// When it was first seen.
    pub at: Time,
    /// When that happened which led to it: `at`, or before it.
    pub since: Time,
    /// When a state that should not last ended; none while it lasts, and of what happened at one moment.
    pub until: Option<Time>,
    /// In which partition; none of a consumer that has none.
    pub partition: Option<TopicPartition>,
    /// At which offset: of a lost record, the one that it had; of a lag, the next one to process.
    pub offset: Option<u64>,
    /// The record's key, if it has one and is still there to tell.
    pub key: Option<KeyId>,
    /// How many records are affected so far; of a lag, how many there were to process when it was seen.
    pub records: u64,
    /// The group that it happened to; none where it happened to the log.
    pub group: Option<Rc<str>>,
    /// The member of that group, if there is one.
    pub member: Option<Rc<str>>,
    /// Which promise, and why.
    pub broken: Broken,
}

/// Which promise was broken, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Broken {
    /// A record stands behind one of the same key that was sent after it: a producer without idempotence tried
    /// again, with more than one request under way.
    OrderByRetry {
        /// The offset of a record that was sent later.
        later: u64,
        /// How many requests the producer may have under way: `max.in.flight.requests.per.connection`.
        in_flight: u32,
    },
    /// A group processed a record before an earlier one of the same key and producer, which had gone to another
    /// partition before the producer heard that partitions were added.
    OrderByPartitions {
        /// Where an earlier one is, that the group has yet to process.
        earlier: TopicPartition,
        /// Its offset.
        offset: u64,
        /// How many partitions the producer went by.
        before: u32,
        /// How many it goes by since.
        after: u32,
        /// When it heard of them.
        heard: Time,
    },
    /// A record is stored twice: a producer without idempotence, or in a new epoch, tried again what was stored.
    StoredTwice {
        /// The offset at which it was first.
        first: u64,
    },
    /// A record was confirmed by its leader alone (`acks=1`), and that died before a follower had it.
    LostWithLeader {
        /// Who leads without it.
        leader: BrokerId,
    },
    /// A record was below the high watermark, and an unclean election passed over it.
    LostByUncleanElection {
        /// Who leads without it.
        leader: BrokerId,
    },
    /// A group processed a record that it had processed before.
    ProcessedTwice {
        /// Who of the group processed it first, by name.
        first: Rc<str>,
        /// Why it came back.
        why: Again,
    },
    /// A group will never process a record, unless somebody sets its offsets back.
    PassedOver(PassedOver),
    /// A consumer has no partition while its group is stable. It lasts until it has one, or goes.
    Idle {
        /// How many members subscribe to a topic that it subscribes to, itself included.
        members: u32,
        /// How many partitions these topics have.
        partitions: u32,
    },
    /// More records come than the group processes, and nothing says that this will change.
    ///
    /// A group's backlog on a partition is what lies between what it has processed and the high watermark. It is
    /// looked at every 5 s. It rises in a window of 20 s where the lowest is higher than in the window before, and the
    /// last not lower than the first. The lag grows without bound where it rises in two windows in a row, in the last
    /// more records came than were processed, and the lowest is more than half of what was processed in it. So a burst
    /// of up to half a minute never counts. It lasts until the backlog does not rise in two windows in a row.
    LagGrowing {
        /// Records that came in the last window.
        arrived: u64,
        /// Records that the group processed in it.
        processed: u64,
    },
}

/// How a member stopped to read a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parting {
    /// It crashed.
    Crashed,
    /// It closed.
    Closed,
    /// Its session ended while it stood still.
    SessionEnded,
    /// It did not poll for `max.poll.interval.ms`.
    TooSlow,
    /// It let go of it in a rebalance.
    LetGo,
    /// Another process took its `group.instance.id`.
    Replaced,
}

/// Why records come back to a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Again {
    /// Who processed them first stopped to read before it had committed them.
    NotCommitted(Parting),
    /// A member that had lost the partition went on with what it had polled.
    HeldOn,
    /// Two members read the partition, as each chose for itself.
    BothRead,
    /// The offset was out of range, and `auto.offset.reset` set the group back.
    Reset,
}

/// Why a group passed over records.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PassedOver {
    /// A member had committed them before it processed them (at most once), and stopped to read.
    CommittedBefore {
        /// Who, by name.
        by: Rc<str>,
        /// How it stopped.
        how: Parting,
    },
    /// Retention deleted them first.
    Retention,
    /// Nothing was committed, and `auto.offset.reset=latest` begins after them.
    Latest,
    /// They were there, but retention had deleted what comes before them, and so the group's offset was out of range:
    /// `auto.offset.reset=latest` begins after them.
    LatestAfterReset,
}

impl Alarm {
    /// What happened to the records from `offset` on, seen and caused at `at`: one record, no group.
    pub(crate) fn of_record(
        at: Time,
        partition: TopicPartition,
        offset: u64,
        key: Option<KeyId>,
        broken: Broken,
    ) -> Self {
        Self {
            at,
            since: at,
            until: None,
            partition: Some(partition),
            offset: Some(offset),
            key,
            records: 1,
            group: None,
            member: None,
            broken,
        }
    }

    /// Whether it is about a state that should not last, and that lasts.
    pub fn lasts(&self) -> bool {
        self.until.is_none() && matches!(self.broken, Broken::Idle { .. } | Broken::LagGrowing { .. })
    }

    /// Whether `other` is more of the same: same place, same cause.
    pub(crate) fn is_more_of(&self, other: &Self) -> bool {
        let places = |alarm: &Self| {
            // Of a topic's growth the whole topic is the place.
            let whole = matches!(alarm.broken, Broken::OrderByPartitions { .. });
            (alarm.partition.map(|at| at.topic), alarm.partition.filter(|_| !whole))
        };
        let same_cause = match (&self.broken, &other.broken) {
            (Broken::OrderByPartitions { .. }, Broken::OrderByPartitions { .. }) => true,
            (one, another) => one == another,
        };
        self.since == other.since && self.group == other.group && same_cause && places(self) == places(other)
    }
}

impl Broken {
    /// The kind of alarm, in a word that does not change: `order-broken`, `stored-twice`, `record-lost`,
    /// `processed-twice`, `consumer-idle`, `lag-growing`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::OrderByRetry { .. } | Self::OrderByPartitions { .. } => "order-broken",
            Self::StoredTwice { .. } => "stored-twice",
            Self::LostWithLeader { .. } | Self::LostByUncleanElection { .. } | Self::PassedOver(_) => "record-lost",
            Self::ProcessedTwice { .. } => "processed-twice",
            Self::Idle { .. } => "consumer-idle",
            Self::LagGrowing { .. } => "lag-growing",
        }
    }
}
