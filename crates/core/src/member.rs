use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{FetchId, TopicPartition};
use crate::key::KeyId;
use crate::sorted::SortedMap;
use crate::time::{Span, Time};

/// A member of a group: a consumer, seen from itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Member {
    /// Its `client.id`.
    pub name: Rc<str>,
    /// The id that the coordinator knows it by: `client.id-uuid`.
    pub member_id: Rc<str>,
    /// How long it takes for a record; the group's time where absent.
    pub processing: Option<Span>,
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
    /// The fetch that has no answer yet.
    pub(crate) fetching: Option<FetchId>,
    pub(crate) next_auto_commit: Time,
    /// A heartbeat said that the group is being assigned anew; it joins again at its next poll.
    pub(crate) must_rejoin: bool,
    /// The coordinator knows it.
    pub(crate) registered: bool,
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
    /// It is there and would work, but owns nothing.
    pub fn is_idle(&self) -> bool {
        self.status == Status::Stable && self.cursors.is_empty() && !self.is_busy() && !self.must_rejoin
    }

    /// It runs: neither crashed nor on its way out.
    pub fn is_alive(&self) -> bool {
        matches!(self.status, Status::Joining | Status::Stable)
    }

    /// The application works on what the last poll gave it, and does not poll.
    pub(crate) fn is_busy(&self) -> bool {
        self.in_hand.is_some() || !self.batch.is_empty()
    }

    /// Records that it holds in memory: fetched or polled, and not done.
    pub fn held(&self) -> u64 {
        let runs = self.buffer.iter().chain(&self.batch);
        runs.map(Run::len).sum::<u64>() + u64::from(self.in_hand.is_some())
    }

    /// It drops everything that it owns and has read ahead.
    pub(crate) fn revoke(&mut self) {
        self.cursors.clear();
        self.buffer.clear();
        self.batch.clear();
        self.in_hand = None;
        self.fetching = None;
        self.era += 1;
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
