//! What is under way: messages between actors, and timers, in one queue ordered by time and sequence.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::ids::{FetchId, GroupId, MemberId, ProducerId, TopicPartition};
use crate::log::Record;
use crate::member::Run;
use crate::sorted::SortedMap;
use crate::time::Time;

/// A message that will arrive, or a timer that will fire.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// A producer's next record is due.
    SendDue(ProducerId, u32),
    /// A record reaches the end of its lane.
    Produced(ProduceRequest),
    /// A producer hears that its record is in the log.
    Acked(ProducerId),
    /// A fetch reaches the broker.
    Fetch(FetchRequest),
    /// A fetch that found nothing has waited long enough.
    FetchExpired(FetchId),
    /// Records, or none, reach a consumer.
    Fetched(FetchResponse),
    /// A consumer is done with the record in its hands.
    Processed(GroupId, MemberId, u32),
    /// Offsets to commit reach the coordinator, from a member of this generation (none: not of a generation).
    Commit(GroupId, Option<u32>, Vec<(TopicPartition, u64)>),
    /// A consumer's heartbeat is due.
    HeartbeatDue(GroupId, MemberId),
    /// A heartbeat reaches the coordinator.
    Heartbeat(GroupId, MemberId),
    /// A consumer hears, in answer to a heartbeat, that it must join again.
    RebalanceInProgress(GroupId, MemberId),
    /// A consumer hears, in answer to a heartbeat, that the coordinator does not know it any more.
    UnknownMember(GroupId, MemberId),
    /// A consumer hears, in answer to SyncGroup, that there is another round.
    SyncRefused(GroupId, MemberId),
    /// The coordinator looks whether a member was heard of.
    SessionCheck(GroupId, MemberId),
    /// JoinGroup reaches the coordinator.
    Join(GroupId, MemberId),
    /// A round of joining has waited long enough.
    RoundEnds(GroupId, u32),
    /// The answer to JoinGroup reaches a member.
    Joined(GroupId, MemberId, u32),
    /// SyncGroup reaches the coordinator; the leader's says who gets what.
    Sync(GroupId, MemberId, u32, Option<SortedMap<TopicPartition, MemberId>>),
    /// The answer to SyncGroup reaches a member.
    Synced(GroupId, MemberId, u32),
    /// LeaveGroup reaches the coordinator.
    Leave(GroupId, MemberId),
    /// LeaveGroup reaches the coordinator from a consumer that has not polled for too long.
    GiveUp(GroupId, MemberId),
    /// A group's leader looks how many partitions its topics have.
    MetadataDue(GroupId),
    /// Brokers look for segments to delete.
    RetentionCheck,
}

/// A record on its way from a producer to a partition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProduceRequest {
    /// Who sent it.
    pub producer: ProducerId,
    /// Where it goes.
    pub to: TopicPartition,
    /// The record.
    pub record: Record,
    /// When it left.
    pub departed: Time,
    /// When it will be there.
    pub arrives: Time,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct FetchRequest {
    pub(crate) id: FetchId,
    pub(crate) group: GroupId,
    pub(crate) member: MemberId,
    /// The member's era when it asked.
    pub(crate) era: u32,
    pub(crate) wants: Vec<(TopicPartition, u64)>,
}

/// Records on their way from their partitions to a consumer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FetchResponse {
    pub(crate) id: FetchId,
    /// The consumer's group.
    pub group: GroupId,
    /// The consumer.
    pub member: MemberId,
    pub(crate) era: u32,
    /// The records, by partition.
    pub runs: Vec<Run>,
    /// Positions that no longer exist, and what `auto.offset.reset` makes of them.
    pub(crate) resets: Vec<(TopicPartition, u64)>,
    /// When it left.
    pub departed: Time,
    /// When it will be there.
    pub arrives: Time,
}

/// The queue: by time, then by the order in which things were sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Queue {
    events: BTreeMap<(Time, u64), Event>,
    sequence: u64,
}

impl Queue {
    pub(crate) fn push(&mut self, at: Time, event: Event) {
        self.events.insert((at, self.sequence), event);
        self.sequence += 1;
    }

    /// The next event, if it is not after `until`.
    pub(crate) fn pop(&mut self, until: Time) -> Option<(Time, Event)> {
        let next = self.events.first_entry()?;
        if next.key().0 > until {
            return None;
        }
        let ((at, _), event) = next.remove_entry();
        Some((at, event))
    }

    pub(crate) fn next_at(&self) -> Option<Time> {
        self.events.first_key_value().map(|((at, _), _)| *at)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Event> {
        self.events.values()
    }
}
