use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{GroupId, TopicId, TopicPartition};
use crate::key::KeyId;
use crate::sorted::SortedMap;
use crate::time::{Span, Time};

/// Entries and rebalances that are kept; older ones are forgotten.
const KEPT: usize = 200;

/// What happened that is worth telling, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Journal {
    /// Single events.
    pub entries: VecDeque<Entry>,
    /// Rebalances, the running ones included. Checkpoints share those that are over.
    pub rebalances: VecDeque<Rc<Rebalance>>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Entry {
    /// When.
    pub at: Time,
    /// What.
    pub what: Happening,
}

/// Something worth telling, as a typed cause: the words are made elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Happening {
    /// A group was assigned anew, and all its members know it.
    Rebalanced {
        /// The group's name.
        group: Rc<str>,
        /// Its generation from now on.
        generation: u32,
        /// Why.
        cause: Cause,
    },
    /// A consumer died.
    Crashed {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
    },
    /// A topic has more partitions.
    PartitionsAdded {
        /// The topic's name.
        topic: Rc<str>,
        /// How many it had.
        before: u32,
        /// How many it has.
        after: u32,
    },
    /// Somebody sent a record by hand.
    SentByHand {
        /// The producer's name.
        producer: Rc<str>,
        /// The record's key.
        key: KeyId,
        /// Where it went.
        to: TopicPartition,
    },
    /// A producer came.
    ProducerAdded {
        /// Its name.
        producer: Rc<str>,
    },
    /// A producer stopped for good.
    ProducerRemoved {
        /// Its name.
        producer: Rc<str>,
    },
    /// A group came.
    GroupAdded {
        /// Its name.
        group: Rc<str>,
    },
    /// A group went, with its offsets.
    GroupRemoved {
        /// Its name.
        group: Rc<str>,
    },
    /// A static member came back before its session ended: nothing is assigned anew.
    Returned {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
    },
    /// A consumer ended, because its `group.instance.id` is another's.
    InstanceIdTaken {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
        /// The other's.
        by: Rc<str>,
    },
    /// A consumer ended, because nothing is committed and `auto.offset.reset` is `none`.
    NoOffset {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
        /// Where.
        partition: TopicPartition,
    },
    /// A commit was refused: the group has gone on without this consumer.
    CommitRefused {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
    },
    /// A consumer stands still by itself for a while.
    Stopped {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
        /// For how long.
        span: Span,
        /// The whole process does, and sends no heartbeat either.
        process: bool,
    },
    /// Retention deleted records before a group had read them; its position was reset.
    Skipped {
        /// The group's name.
        group: Rc<str>,
        /// Where.
        partition: TopicPartition,
        /// How many records it never saw.
        records: u64,
    },
}

/// Why a group is assigned anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A consumer joined.
    Joined(Rc<str>),
    /// A consumer left and said so.
    Left(Rc<str>),
    /// A consumer was not heard of for `session.timeout.ms`.
    SessionEnded(Rc<str>),
    /// A consumer did not poll, or join again, for `max.poll.interval.ms`.
    TooSlow(Rc<str>),
    /// A topic has more partitions.
    Partitions(TopicId),
    /// Another assignor was chosen.
    Assignor,
    /// A consumer let go of partitions that others are to get (KIP-429).
    Revoked(Rc<str>),
}

/// One rebalance: who lost and got what, and how long each member stood still.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Rebalance {
    /// The group.
    pub group: GroupId,
    /// The group's name.
    pub group_name: Rc<str>,
    /// When the coordinator began it.
    pub started: Time,
    /// When the last member got its partitions; none while it runs.
    pub ended: Option<Time>,
    /// Why.
    pub cause: Cause,
    /// The generation that it led to; 0 until then.
    pub generation: u32,
    /// Partitions that changed owners, with the names of the old and the new one.
    pub moved: Vec<Move>,
    /// How long each member owned nothing, by name.
    pub paused: SortedMap<Rc<str>, Span>,
    /// How long each partition that was let go of had no reader.
    pub stood: SortedMap<TopicPartition, Span>,
}

/// A partition that changed owners.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Move {
    /// The partition.
    pub partition: TopicPartition,
    /// Who read it before; nobody, if absent.
    pub from: Option<Rc<str>>,
    /// Who reads it now; nobody, if absent.
    pub to: Option<Rc<str>>,
}

impl Journal {
    pub(crate) fn tell(&mut self, at: Time, what: Happening) {
        self.entries.push_back(Entry { at, what });
        if self.entries.len() > KEPT {
            self.entries.pop_front();
        }
    }

    pub(crate) fn begin(&mut self, rebalance: Rebalance) {
        self.rebalances.push_back(Rc::new(rebalance));
        if self.rebalances.len() > KEPT {
            self.rebalances.pop_front();
        }
    }

    /// Drops the rebalance of `group` that has not ended: another takes its place, or nobody is left.
    pub(crate) fn drop_running(&mut self, group: GroupId) {
        self.rebalances.retain(|r| r.group != group || r.ended.is_some());
    }

    /// The rebalance of `group` that has not ended.
    pub(crate) fn running(&mut self, group: GroupId) -> Option<&mut Rebalance> {
        let running = self.rebalances.iter_mut().rev().find(|r| r.group == group && r.ended.is_none());
        running.map(Rc::make_mut)
    }
}
