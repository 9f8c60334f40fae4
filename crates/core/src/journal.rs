use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::action::BrokerAct;
use crate::alarm::Alarm;
use crate::broker::Verdict;
use crate::ids::{BrokerId, GroupId, TopicId, TopicPartition};
use crate::key::KeyId;
use crate::refusal::Refusal;
use crate::service::ServiceStatus;
use crate::sorted::SortedMap;
use crate::spec::Assignors;
use crate::time::{Span, Time};

/// Entries and rebalances that are kept; older ones are forgotten.
const KEPT: usize = 200;
/// Remaps that are kept; each may hold all keys of a topic.
const KEPT_REMAPS: usize = 8;

/// What happened that is worth telling, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Journal {
    /// Single events.
    pub entries: VecDeque<Entry>,
    /// Rebalances, the running ones included. Checkpoints share those that are over.
    pub rebalances: VecDeque<Rc<Rebalance>>,
    /// Promises that were broken.
    pub alarms: VecDeque<Alarm>,
    /// Keys that go to other partitions, because a producer heard that a topic got more.
    pub remaps: VecDeque<Remap>,
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
    /// A consumer was told to close: its application first ends what its last poll gave it.
    Finishing {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
        /// How many records that are, the one in hand among them.
        records: u64,
        /// Whether it starts again afterwards.
        returns: bool,
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
    /// A producer heard that a topic has more partitions, and goes by them from now on.
    PartitionsHeard {
        /// The producer's name.
        producer: Rc<str>,
        /// The topic's name.
        topic: Rc<str>,
        /// How many it went by.
        before: u32,
        /// How many it goes by.
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
    /// A service that others call directly runs, ends, or hangs from now on.
    Service {
        /// Its name.
        service: Rc<str>,
        /// What it does.
        status: ServiceStatus,
    },
    /// Somebody did something to a broker.
    Broker {
        /// Which.
        broker: BrokerId,
        /// What.
        act: BrokerAct,
    },
    /// The controller gave a broker up.
    BrokerFenced {
        /// Which.
        broker: BrokerId,
        /// Partitions that it led and another leads now.
        moved: u32,
        /// Partitions that nobody leads now.
        leaderless: u32,
    },
    /// The controller counts on a broker again.
    BrokerBack {
        /// Which.
        broker: BrokerId,
    },
    /// Partitions went back to their preferred leaders.
    LeadersBalanced {
        /// How many.
        moved: u32,
    },
    /// A copy is not in sync any more: it fell behind.
    LeftIsr {
        /// Of which partition.
        partition: TopicPartition,
        /// Whose copy.
        broker: BrokerId,
    },
    /// A copy is in sync again.
    JoinedIsr {
        /// Of which partition.
        partition: TopicPartition,
        /// Whose copy.
        broker: BrokerId,
    },
    /// A broker leads a partition of which it may not have all that was confirmed.
    UncleanElection {
        /// Which partition.
        partition: TopicPartition,
        /// Who leads it.
        broker: BrokerId,
        /// Records below the high watermark that are gone.
        lost: u64,
    },
    /// A producer gave records up.
    Undelivered {
        /// The producer's name.
        producer: Rc<str>,
        /// Where they should have gone.
        to: TopicPartition,
        /// How many.
        records: u64,
        /// The last answer.
        why: Verdict,
    },
    /// Records that a group had read are gone; it reads on where the logs part.
    Parted {
        /// The group's name.
        group: Rc<str>,
        /// Where.
        partition: TopicPartition,
        /// From which offset on it reads again.
        offset: u64,
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
    /// A consumer ended, because others in its group know none of its assignors.
    NoCommonAssignor {
        /// The group's name.
        group: Rc<str>,
        /// The consumer's name.
        member: Rc<str>,
        /// Its assignors.
        assignors: Assignors,
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
        /// How many records were deleted.
        records: u64,
        /// How many that were left it skips too, with `auto.offset.reset=latest`.
        left: u64,
    },
    /// The scenario asked for something then that can't be done.
    NotDone {
        /// Why.
        why: Rc<Refusal>,
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
    /// A consumer did not poll for `max.poll.interval.ms`.
    TooSlow(Rc<str>),
    /// A topic has more partitions.
    Partitions(TopicId),
    /// Another assignor was chosen.
    Assignor,
    /// A consumer let go of partitions that others are to get (KIP-429).
    Revoked(Rc<str>),
    /// With the consumer protocol: a consumer did not let go of what it had to for `max.poll.interval.ms`.
    Unrevoked(Rc<str>),
}

/// Which keys of a producer go elsewhere because it heard that a topic has more partitions: those of its records that
/// the topic held then, where its client goes by keys.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Remap {
    /// When.
    pub at: Time,
    /// The topic.
    pub topic: TopicId,
    /// The producer's name.
    pub producer: Rc<str>,
    /// Each key that goes elsewhere with its old and its new partition, in the order in which keys first came up.
    pub moved: Vec<(KeyId, u32, u32)>,
    /// How many keys stay where they are.
    pub stay: u32,
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

    pub(crate) fn alarm(&mut self, alarm: Alarm) {
        self.alarms.push_back(alarm);
        if self.alarms.len() > KEPT {
            self.alarms.pop_front();
        }
    }

    /// Counts a record of one cause: to the alarm that there is of it, or to a new one.
    pub(crate) fn alarm_of_run(&mut self, alarm: Alarm) {
        match self.alarms.iter_mut().rev().find(|known| known.is_more_of(&alarm)) {
            Some(known) => known.records += alarm.records,
            None => self.alarm(alarm),
        }
    }

    /// What lasted of `group`, and of just this member if one is named, has ended, where `has_ended` says so.
    pub(crate) fn end_alarms(&mut self, now: Time, group: &Rc<str>, has_ended: impl Fn(&Alarm) -> bool) {
        let lasting = self.alarms.iter_mut().filter(|alarm| alarm.lasts() && alarm.group.as_ref() == Some(group));
        lasting.filter(|alarm| has_ended(alarm)).for_each(|alarm| alarm.until = Some(now));
    }

    pub(crate) fn remap(&mut self, remap: Remap) {
        self.remaps.push_back(remap);
        if self.remaps.len() > KEPT_REMAPS {
            self.remaps.pop_front();
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
