//! What is under way: messages between actors, and timers, in one queue ordered by time and sequence.

use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::batch::ProduceRequest;
use crate::broker::Verdict;
use crate::ids::{BrokerId, FetchId, GroupId, MemberId, ProducerId, TopicPartition};
use crate::journal::Cause;
use crate::member::Run;
use crate::seat::Claims;
use crate::service::{CallId, Flight, JobId, ServiceId};
use crate::sorted::SortedMap;
use crate::spec::{ConsumerSpec, Protocol};
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
    /// A producer hears of partitions that were added.
    PartitionsHeard(ProducerId),
    /// Something between brokers, or with their controller.
    Broker(BrokerEvent),
    /// Something between services that call each other directly.
    Service(ServiceEvent),
    /// A fetch reaches the broker.
    Fetch(FetchRequest),
    /// A fetch that found nothing has waited long enough.
    FetchExpired(FetchId),
    /// Records, or none, reach a consumer.
    Fetched(Box<FetchResponse>),
    /// A consumer is done with the record in its hands.
    Processed(GroupId, MemberId, u32),
    /// Offsets to commit reach the coordinator.
    Commit(CommitRequest),
    /// A consumer that waits for it hears whether its commit was accepted.
    CommitAnswered(GroupId, MemberId, u32, bool),
    /// A consumer's heartbeat is due; timers of another beat are old.
    HeartbeatDue(GroupId, MemberId, u32),
    /// A consumer's heartbeat thread looks whether the application still polls.
    PollCheck(GroupId, MemberId, u32),
    /// A heartbeat reaches the coordinator, from a member of this generation.
    Heartbeat(GroupId, MemberId, u32),
    /// A consumer hears, in answer to a heartbeat of this generation, that it must join again.
    RebalanceInProgress(GroupId, MemberId, u32),
    /// A consumer hears that the coordinator does not know it any more, or not at this generation.
    UnknownMember(GroupId, MemberId, u32),
    /// A consumer hears that its `group.instance.id` is another's.
    InstanceIdTaken(GroupId, MemberId),
    /// A consumer hears, in answer to its first JoinGroup, under which id to join.
    MemberIdRequired(GroupId, MemberId),
    /// A consumer hears, in answer to JoinGroup, that others in its group know none of its
    /// assignors; answers to another beat are old.
    JoinRefused(GroupId, MemberId, u32),
    /// A consumer hears, in answer to SyncGroup, that there is another round.
    SyncRefused(GroupId, MemberId),
    /// The coordinator looks whether a member was heard of.
    SessionCheck(GroupId, MemberId),
    /// JoinGroup reaches the coordinator.
    Join(GroupId, MemberId, Box<JoinRequest>),
    /// A round of joining has waited long enough.
    RoundEnds(GroupId, u32),
    /// The answer to JoinGroup reaches a member.
    Joined(GroupId, MemberId, u32),
    /// SyncGroup reaches the coordinator; the leader's says who gets what.
    Sync(GroupId, MemberId, u32, Option<SortedMap<TopicPartition, MemberId>>),
    /// The answer to SyncGroup reaches a member.
    Synced(GroupId, MemberId, u32),
    /// LeaveGroup, or the last heartbeat, reaches the coordinator.
    Leave(GroupId, MemberId),
    /// The same from a static member of the consumer protocol, which may come back (member epoch -2).
    Away(GroupId, MemberId),
    /// The same from a consumer that has not polled for too long.
    GiveUp(GroupId, MemberId),
    /// A consumer asks how many partitions its topics have.
    MetadataDue(GroupId, MemberId),
    /// ConsumerGroupHeartbeat reaches the coordinator.
    Beat(BeatRequest),
    /// The answer to ConsumerGroupHeartbeat reaches a member.
    BeatAnswered(BeatResponse),
    /// The coordinator looks whether a member of this epoch has let go of what it had to.
    RevocationCheck(GroupId, MemberId, u32),
    /// A consumer that stood still by itself goes on.
    Resume(GroupId, MemberId),
    /// A consumer starts again.
    Return(GroupId, Rc<ConsumerSpec>),
    /// The world looks whether groups keep up.
    LagCheck,
    /// Brokers look for segments to delete.
    RetentionCheck,
}

impl Event {
    /// The consumer that this happens to, if it does.
    pub(crate) fn consumer(&self) -> Option<(GroupId, MemberId)> {
        match self {
            Self::Processed(group, member, _)
            | Self::CommitAnswered(group, member, ..)
            | Self::HeartbeatDue(group, member, _)
            | Self::PollCheck(group, member, _)
            | Self::RebalanceInProgress(group, member, _)
            | Self::UnknownMember(group, member, _)
            | Self::InstanceIdTaken(group, member)
            | Self::MemberIdRequired(group, member)
            | Self::JoinRefused(group, member, _)
            | Self::SyncRefused(group, member)
            | Self::Joined(group, member, _)
            | Self::Synced(group, member, _)
            | Self::MetadataDue(group, member) => Some((*group, *member)),
            Self::Fetched(response) => Some((response.group, response.member)),
            Self::BeatAnswered(response) => Some((response.group, response.member)),
            _ => None,
        }
    }

    /// The group and the protocol that it belongs to, where it means nothing in another.
    pub(crate) fn protocol(&self) -> Option<(GroupId, &'static str)> {
        match self {
            Self::Join(group, ..)
            | Self::RoundEnds(group, _)
            | Self::Joined(group, ..)
            | Self::Sync(group, ..)
            | Self::Synced(group, ..)
            | Self::SyncRefused(group, _)
            | Self::JoinRefused(group, ..)
            | Self::MemberIdRequired(group, _)
            | Self::Heartbeat(group, ..)
            | Self::RebalanceInProgress(group, ..)
            | Self::PollCheck(group, ..) => Some((*group, Protocol::Eager.name())),
            Self::Beat(BeatRequest { group, .. })
            | Self::BeatAnswered(BeatResponse { group, .. })
            | Self::Away(group, _)
            | Self::RevocationCheck(group, ..) => Some((*group, Protocol::Consumer.name())),
            _ => None,
        }
    }
}

/// What a consumer says when it joins.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct JoinRequest {
    /// It has an id from the coordinator, and believes in this generation.
    pub(crate) named: bool,
    pub(crate) generation: u32,
    pub(crate) claims: Claims,
    /// Why it joins, where it is the first to know.
    pub(crate) because: Option<Cause>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct CommitRequest {
    pub(crate) group: GroupId,
    pub(crate) member: MemberId,
    /// The generation, or member epoch, that it believes in; none where it chose its partitions itself.
    pub(crate) generation: Option<u32>,
    pub(crate) offsets: Vec<(TopicPartition, u64)>,
    /// The member's era, where it waits for the answer.
    pub(crate) awaited: Option<u32>,
}

/// A heartbeat of the consumer protocol.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct BeatRequest {
    pub(crate) group: GroupId,
    pub(crate) member: MemberId,
    /// The member's epoch; 0 to join.
    pub(crate) epoch: u32,
    /// What it owns, where that is not what it said last.
    pub(crate) owned: Option<Vec<TopicPartition>>,
    /// Which of its heartbeats it is.
    pub(crate) beat: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct BeatResponse {
    pub(crate) group: GroupId,
    pub(crate) member: MemberId,
    pub(crate) epoch: u32,
    /// What it should own.
    pub(crate) assigned: Vec<TopicPartition>,
    pub(crate) beat: u32,
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

/// Something between services that call each other directly, or with who asks them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ServiceEvent {
    /// Somebody outside asks for something; timers of another rate are old.
    OrderDue(ServiceId, u32),
    /// A call reaches who is called, or its answer the caller.
    Flies(Flight),
    /// A service is done with its own part of a request; timers of before it stopped or hung are old.
    Worked(JobId, u32),
    /// A caller has waited long enough.
    TimesOut(CallId),
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
