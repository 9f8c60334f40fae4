//! What is under way: messages between actors, and timers, in one queue ordered by time and sequence.

use alloc::boxed::Box;
use alloc::collections::BTreeMap;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::batch::ProduceRequest;
use crate::broker::Verdict;
use crate::ids::{BrokerId, FetchId, GroupId, MemberId, ProducerId, TopicPartition};
use crate::member::Run;
use crate::sorted::SortedMap;
use crate::time::Time;

/// A message that will arrive, or a timer that will fire.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Event {
    /// A producer's next record is due.
    SendDue(ProducerId, u32),
    /// A produce request reaches its broker.
    Produced(Rc<ProduceRequest>),
    /// The answer reaches the producer: a verdict a batch, or none where all are stored.
    Answered(Rc<ProduceRequest>, Vec<Verdict>),
    /// A producer looks after its batches.
    SenderWakes(ProducerId),
    /// Something between brokers, or with their controller.
    Broker(BrokerEvent),
    /// A fetch reaches the broker.
    Fetch(FetchRequest),
    /// A fetch that found nothing has waited long enough.
    FetchExpired(FetchId),
    /// Records, or none, reach a consumer.
    Fetched(Box<FetchResponse>),
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

/// Something between brokers, or with their controller. Numbers that end a variant say which time it is for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum BrokerEvent {
    /// A follower's fetch reaches the leader.
    Fetch { follower: BrokerId, leader: BrokerId, turn: u64 },
    /// The leader has held it long enough.
    FetchWaited { follower: BrokerId, leader: BrokerId, turn: u64 },
    /// The answer reaches the follower: where its copies end now, each by leader epoch.
    Fetched { follower: BrokerId, leader: BrokerId, turn: u64, ends: Vec<(TopicPartition, u32, u64)> },
    /// A broker looks which of its followers fall behind.
    IsrCheck(BrokerId, u32),
    /// AlterPartition of a leader of this epoch reaches the controller.
    AlterIsr(TopicPartition, u32, Vec<BrokerId>),
    /// The controller looks whether a broker was heard of.
    SessionEnds(BrokerId),
    /// A broker's process is ready to register.
    Started(BrokerId, u32),
    /// A broker has caught up with the metadata.
    CaughtUp(BrokerId, u32),
    /// A broker's wish to stop reaches the controller.
    WantsToStop(BrokerId, u32),
    /// A broker's process ends, as it was asked to.
    Stopped(BrokerId, u32),
    /// The controller gives partitions back to their preferred leaders.
    Balance,
    /// A request with `acks=all` has waited long enough for other replicas.
    ProduceTimesOut(BrokerId, ProducerId, u64),
    /// A client has waited long enough for an answer.
    ClientGivesUp(BrokerId, ProducerId, u64),
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
    /// Partitions of which records that were read are gone, and where the logs part.
    pub(crate) truncated: Vec<(TopicPartition, u64)>,
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
