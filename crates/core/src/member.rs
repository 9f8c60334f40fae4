use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{FetchId, TopicId, TopicPartition};
use crate::journal::Cause;
use crate::key::KeyId;
use crate::seat::{Claim, Seat};
use crate::sorted::SortedMap;
use crate::spec::{Assignors, ConsumerSpec};
use crate::time::{Span, Time};

/// A member of a group: a consumer, seen from itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Member {
    /// Its `client.id`.
    pub name: Rc<str>,
    /// The id that the coordinator knows it by: `client.id-uuid`, for a static member `group.instance.id-uuid`;
    /// with the consumer protocol a random one.
    pub member_id: Rc<str>,
    /// Its `group.instance.id`, if it is a static member.
    pub instance: Option<Rc<str>>,
    /// The topics that it subscribes to; the group's where empty.
    pub topics: Vec<TopicId>,
    /// How long it takes for a record; the group's time where absent.
    pub processing: Option<Span>,
    /// Its own assignors, the one that it likes best first; the group's where empty.
    pub assignors: Assignors,
    /// What it is doing in its group.
    pub status: Status,
    /// The partitions that it owns and where it reads in each.
    pub cursors: SortedMap<TopicPartition, Cursor>,
    /// The record in its hands.
    pub in_hand: Option<InHand>,
    /// Records that it has processed.
    pub processed: u64,
    /// Since when it owns nothing because of a rebalance.
    pub standing_since: Option<Time>,
    /// Records fetched and not yet polled.
    pub(crate) buffer: VecDeque<Run>,
    /// Records polled and not yet in hand.
    pub(crate) batch: VecDeque<Run>,
    /// Until when it goes on with what it holds, and needs nobody.
    pub(crate) ends: Option<Time>,
    /// The fetch that has no answer yet.
    pub(crate) fetching: Option<FetchId>,
    pub(crate) next_auto_commit: Time,
    /// It waits for the answer to a commit, and does not poll.
    pub(crate) committing: bool,
    /// It joins again at its next poll.
    pub(crate) must_rejoin: bool,
    /// Why it joins again, where it is the first to know.
    pub(crate) rejoin_because: Option<Cause>,
    /// Which answer of the coordinator it waits for in a round of joining: any other is old.
    pub(crate) awaits: Option<Awaited>,
    /// An answer that came while its application was busy: it reads it at its next poll.
    pub(crate) unread_answer: Option<Answer>,
    /// As a leader: how many partitions it decided about. Where it learns of more, it joins again.
    pub(crate) decided_on: SortedMap<TopicId, u32>,
    /// The generation, or with the consumer protocol the member epoch, that it believes in.
    pub(crate) generation: u32,
    /// What the sticky assignor gave it last: what that is told the next time.
    pub(crate) given: Claim,
    /// With the consumer protocol: what it should own, as the coordinator last said, if it has yet to see to it.
    pub(crate) told: Option<Vec<TopicPartition>>,
    /// With the consumer protocol: what it owned when it last said so; none before it has.
    pub(crate) reported: Option<Vec<TopicPartition>>,
    /// With the consumer protocol: a heartbeat has no answer yet.
    pub(crate) beating: bool,
    /// With the consumer protocol: it has to say at once that it did what it was told.
    pub(crate) must_ack: bool,
    /// Changes when its heartbeats begin or end, so that timers of before are known as such.
    pub(crate) beat: u32,
    /// How many partitions its topics have, as far as it knows.
    pub(crate) metadata: SortedMap<TopicId, u32>,
    /// When it first asked for that: it asks again every `metadata.max.age.ms`.
    pub(crate) started: Time,
    /// It does nothing for a while, though it lives.
    pub stopped: Option<Stop>,
    /// It has been told to close: its application goes on with what its last poll gave it, and polls no more.
    pub closing: Option<Closing>,
    /// The coordinator has given it an id (classic; `MEMBER_ID_REQUIRED`).
    pub(crate) named: bool,
    /// The coordinator knows it.
    pub(crate) registered: bool,
    /// What the coordinator keeps of it.
    pub(crate) seat: Seat,
    /// A [`SessionCheck`](crate::message::Event::SessionCheck) of it is under way.
    pub(crate) watched: bool,
    /// When it last asked for records: `max.poll.interval.ms` counts from here.
    pub(crate) last_poll: Time,
    /// When the coordinator gives it up, unless it is heard of before.
    pub(crate) session_ends: Time,
    /// Changes when its partitions do, so that what was fetched before is known as such.
    pub(crate) era: u32,
}

/// What a member is doing in its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// It has asked to join and waits.
    Joining,
    /// It has its partitions and reads. Or it has none, and is idle.
    Stable,
    /// It has said that it leaves; the coordinator has not heard it yet.
    Leaving,
    /// It died; the coordinator has not noticed yet.
    Crashed {
        /// When.
        at: Time,
    },
    /// Its group's coordinator did not let it in, for the others know none of its assignors
    /// (`INCONSISTENT_GROUP_PROTOCOL`), and its application ended.
    Refused {
        /// When.
        at: Time,
    },
    /// A static member that closed: it has not said that it leaves, and what it owned waits for it.
    Away {
        /// Since when.
        since: Time,
    },
}

/// The answer that a member waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Awaited {
    ToJoin,
    ToSync,
}

/// An answer of the coordinator in a round of joining, with its generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Answer {
    Joined(u32),
    Refused,
    Synced(u32),
}

/// A consumer that stands still by itself: a long garbage collection, or an application that hangs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stop {
    /// When it goes on.
    pub until: Time,
    /// The whole process stands still, and sends no heartbeat either.
    pub process: bool,
}

/// A consumer that is to close when its application is done with its batch.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Closing {
    /// How it starts again then, if it does.
    pub returns: Option<Returning>,
}

/// A consumer that starts again when it has ended.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Returning {
    /// How long after that.
    pub after: Span,
    /// With these assignors; with those that it has where empty.
    pub(crate) assignors: Assignors,
    /// As this one; as what it is where absent.
    pub(crate) anew: Option<Rc<ConsumerSpec>>,
}

/// Where a member reads in a partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// The next offset that a poll will hand to the application.
    pub position: u64,
    /// The next offset to process: what is between it and `position` is polled, and waits in memory.
    pub processed: u64,
}

/// The record that a member is processing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InHand {
    /// Where it came from.
    pub from: TopicPartition,
    /// Its offset there.
    pub offset: u64,
    /// Its key, if the record was still in the log.
    pub key: Option<KeyId>,
    /// When it was taken up.
    pub since: Time,
    /// When it will be done.
    pub until: Time,
}

/// Consecutive records of one partition: offsets `next` to `end`, `end` not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Run {
    /// The partition.
    pub from: TopicPartition,
    /// The first offset.
    pub next: u64,
    /// One past the last offset.
    pub end: u64,
}

impl Run {
    /// How many records it is.
    pub const fn len(&self) -> u64 {
        self.end - self.next
    }

    /// Whether nothing is left of it.
    pub const fn is_empty(&self) -> bool {
        self.end == self.next
    }
}

impl Member {
    /// It is joining, and waits for this.
    pub(crate) fn waits_for(&self, answer: Awaited) -> bool {
        self.status == Status::Joining && self.awaits == Some(answer)
    }

    /// It is there, and owns `partition`.
    pub(crate) fn keeps(&self, partition: TopicPartition) -> bool {
        self.is_alive() && self.cursors.contains_key(&partition)
    }

    /// It runs: neither crashed nor refused nor on its way out, nor away.
    pub fn is_alive(&self) -> bool {
        matches!(self.status, Status::Joining | Status::Stable)
    }

    /// It runs, and nobody has told it to close.
    pub fn stays(&self) -> bool {
        self.is_alive() && self.closing.is_none()
    }

    /// The application works on what the last poll gave it, or hangs, and does not poll.
    pub(crate) fn is_busy(&self) -> bool {
        self.in_hand.is_some() || !self.batch.is_empty() || self.committing || self.stopped.is_some()
    }

    /// Records that it holds in memory: fetched or polled, and not done.
    pub fn held(&self) -> u64 {
        self.buffer.iter().map(Run::len).sum::<u64>() + self.polled()
    }

    /// Those of them that its application has from a poll, the one in hand among them.
    pub fn polled(&self) -> u64 {
        self.batch.iter().map(Run::len).sum::<u64>() + u64::from(self.in_hand.is_some())
    }

    /// It drops everything that it owns and has read ahead.
    pub(crate) fn revoke(&mut self) {
        self.cursors.clear();
        self.buffer.clear();
        self.batch.clear();
        self.in_hand = None;
        self.ends = None;
        self.fetching = None;
        self.committing = false;
        self.era += 1;
    }

    /// It takes back what it has polled and not begun: a commit failed that was to come before.
    pub(crate) fn rewind(&mut self) {
        self.batch.clear();
        self.buffer.clear();
        self.cursors.values_mut().for_each(|cursor| cursor.position = cursor.processed);
    }

    /// It drops these partitions and what it has read ahead of them. Its application is between two batches.
    pub(crate) fn drop_only(&mut self, partitions: &[TopicPartition]) {
        self.cursors.retain(|partition, _| !partitions.contains(partition));
        self.buffer.retain(|run| !partitions.contains(&run.from));
    }

    /// Its group went on without it: what it owned is lost, and at its next poll it joins anew. What the
    /// application has in its hands it goes on with, and can't commit.
    ///
    /// Kafka: `ConsumerCoordinator.onJoinPrepare` with `onPartitionsLost` (4.3).
    pub(crate) fn lose(&mut self, now: Time) {
        self.cursors.clear();
        self.buffer.clear();
        self.fetching = None;
        self.must_rejoin = true;
        self.rejoin_because = None;
        self.generation = 0;
        self.named = false;
        self.awaits = None;
        self.unread_answer = None;
        self.told = None;
        self.reported = None;
        self.beating = false;
        self.must_ack = false;
        self.beat += 1;
        self.standing_since.get_or_insert(now);
    }

    /// The partitions whose next records it may ask for: those of which it holds none unpolled.
    pub(crate) fn fetchable(&self) -> Vec<(TopicPartition, u64)> {
        self.cursors
            .iter()
            .filter(|(partition, _)| self.buffer.iter().all(|run| run.from != **partition))
            .map(|(partition, cursor)| (*partition, cursor.position))
            .collect()
    }
}
