use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::assignor::{choose, supports};
use crate::delivery::Delivery;
use crate::ids::{MemberId, TopicId, TopicPartition};
use crate::member::Member;
use crate::rng::Rng;
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::{Assignment, Assignor, Assignors, Commit, ConsumerSpec, OffsetReset, Protocol};
use crate::time::{Span, Time};

/// A consumer group: what its coordinator knows, and its members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// Its `group.id`.
    pub name: Rc<str>,
    /// The topics that its members subscribe to, where they do not say.
    pub topics: Vec<TopicId>,
    /// Who decides which member reads which partition, where members do not say.
    pub assignment: Assignment,
    /// Of a group whose members have assignors: the one that its coordinator chose for this generation. None before
    /// the first, and in an empty group.
    pub chosen: Option<Assignor>,
    /// `auto.offset.reset` of its members.
    pub reset: OffsetReset,
    /// When its members commit.
    pub commit: Commit,
    /// How long a member takes for a record, where it does not say.
    pub processing: Span,
    /// Where it stands between rebalances, or in one.
    pub phase: Phase,
    /// How often it was assigned anew: its generation, or with the consumer protocol its group epoch.
    pub generation: u32,
    /// When its first member came, ever: what was stored before was no promise to it.
    pub(crate) began: Option<Time>,
    /// Its members, in the order in which they came.
    pub members: SortedMap<MemberId, Member>,
    /// Committed offsets: the next one to read after a restart.
    pub committed: SortedMap<TopicPartition, u64>,
    /// Who owns what, as the leader decided for this generation; with the consumer protocol, who is to own what.
    pub target: SortedMap<TopicPartition, MemberId>,
    /// What was done of each partition: what a record processed twice, or never, is known by.
    pub delivery: SortedMap<TopicPartition, Delivery>,
    /// How long each partition was without a reader when it last changed hands, or its reader came back.
    pub stood: SortedMap<TopicPartition, Span>,
    /// Partitions that lost their reader, and since when.
    pub(crate) unread: SortedMap<TopicPartition, Time>,
    /// The member whose assignor decides; none in an empty group, nor with the consumer protocol.
    pub(crate) leader: Option<MemberId>,
    /// With the consumer protocol: the epoch of `target`, when it was computed, and from how many partitions.
    pub(crate) target_epoch: u32,
    pub(crate) target_at: Option<Time>,
    pub(crate) target_counts: SortedMap<TopicId, u32>,
    /// Who owned what, by name, when the group was last assigned: what a move is told from.
    pub(crate) owners: SortedMap<TopicPartition, Rc<str>>,
    /// Consumers that ended, by name: what starts again if one does.
    pub(crate) former: SortedMap<Rc<str>, Rc<ConsumerSpec>>,
    pub(crate) next_member: u32,
    /// Members whose JoinGroup of the running round has arrived.
    pub(crate) joined: SortedSet<MemberId>,
    /// Members whose SyncGroup waits for the leader's.
    pub(crate) syncing: SortedSet<MemberId>,
    /// Counts rounds, so that a timer of an old round is known as such.
    pub(crate) round: u32,
    pub(crate) rng: Rng,
}

/// Where a group stands.
///
/// Kafka: `ClassicGroupState`, `ConsumerGroup.ConsumerGroupState` (4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// No member.
    Empty,
    /// Waits for its members to join again.
    PreparingRebalance {
        /// When it waits no longer.
        until: Time,
        /// The first round of an empty group, which waits for more to join.
        initial: bool,
        /// Somebody joined since the initial delay was last set.
        newcomers: bool,
        /// When the initial delay is not set again.
        deadline: Time,
    },
    /// Waits for the leader to say who gets what.
    CompletingRebalance,
    /// All know what they own.
    Stable,
    /// With the consumer protocol: something changed, and the coordinator has yet to decide anew.
    Assigning,
    /// With the consumer protocol: members are on their way to what was decided.
    Reconciling,
}

impl Phase {
    /// All is at rest, or nobody is there.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Stable | Self::Empty)
    }
}

impl Group {
    /// The members that the coordinator knows.
    pub(crate) fn registered(&self) -> impl Iterator<Item = (MemberId, &Member)> {
        self.members.iter().filter(|(_, member)| member.registered).map(|(id, member)| (*id, member))
    }

    /// Who decides now: of assignors the one that was chosen, if one was.
    pub fn decides(&self) -> Assignment {
        match (self.assignment, self.chosen) {
            (Assignment::By(_), Some(chosen)) => Assignment::by(chosen),
            (all, _) => all,
        }
    }

    /// The assignors of this member; none where the group has other ways.
    pub fn assignors_of(&self, member: &Member) -> Assignors {
        match self.assignment {
            Assignment::By(_) if !member.assignors.is_empty() => member.assignors,
            Assignment::By(assignors) => assignors,
            _ => Assignors::default(),
        }
    }

    /// What the assignors are of those that the coordinator knows.
    fn known_assignors(&self) -> Vec<Assignors> {
        self.registered().map(|(_, member)| member.seat.assignors).collect()
    }

    /// Whether a member of these assignors may be in it: all others know one of them.
    pub(crate) fn supports(&self, assignors: Assignors) -> bool {
        supports(&self.known_assignors(), assignors)
    }

    /// The assignor of the next generation.
    pub(crate) fn next_choice(&self) -> Option<Assignor> {
        choose(&self.known_assignors())
    }

    /// How it is kept together, where members do not say; none where each member chooses for itself.
    pub fn protocol(&self) -> Option<Protocol> {
        self.assignment.protocol()
    }

    /// Whether its protocol is `consumer` (KIP-848).
    pub(crate) fn is_modern(&self) -> bool {
        self.protocol() == Some(Protocol::Consumer)
    }

    /// The topics that this member subscribes to.
    pub fn topics_of<'a>(&'a self, member: &'a Member) -> &'a [TopicId] {
        if member.topics.is_empty() { &self.topics } else { &member.topics }
    }

    /// How long this member takes for a record.
    pub fn processing_of(&self, member: &Member) -> Span {
        member.processing.unwrap_or(self.processing)
    }

    /// The live member that reads `partition` now: what an arrow in the picture shows.
    pub fn reader_of(&self, partition: TopicPartition) -> Option<(MemberId, &Member)> {
        let mut holders = self.members.iter().filter(|(_, member)| member.cursors.contains_key(&partition));
        let first = holders.clone().next();
        // One that the group went on without may not know yet that it has lost the partition.
        holders.find(|(_, member)| member.registered).or(first).map(|(id, member)| (*id, member))
    }

    /// The members that `partition` belongs to in the coordinator's view: those that it knows and that have not let
    /// go of it, or with the consumer protocol have not said so. There is at most one.
    pub fn holders(&self, partition: TopicPartition) -> impl Iterator<Item = (MemberId, &Member)> {
        let modern = self.is_modern();
        self.registered().filter(move |(_, member)| {
            if modern { member.seat.holds(partition) } else { member.cursors.contains_key(&partition) }
        })
    }

    /// The next offset that the group's reader of `partition` will hand to its application.
    pub fn position(&self, partition: TopicPartition) -> Option<u64> {
        self.reader_of(partition).and_then(|(_, member)| member.cursors.get(&partition)).map(|cursor| cursor.position)
    }

    /// Lag as Kafka's tools print it, high watermark less committed offset; none where nothing is committed.
    pub fn lag(&self, partition: TopicPartition, high_watermark: u64) -> Option<u64> {
        self.committed.get(&partition).map(|committed| high_watermark.saturating_sub(*committed))
    }

    /// Whether `topic` is one that it, or a member of it, subscribes to.
    pub fn reads(&self, topic: TopicId) -> bool {
        self.topics.contains(&topic) || self.members.values().any(|member| member.topics.contains(&topic))
    }

    /// Whether some live member reads `partition`.
    pub(crate) fn is_read(&self, partition: TopicPartition) -> bool {
        self.members.values().any(|member| member.keeps(partition))
    }
}
