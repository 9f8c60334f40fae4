use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{MemberId, TopicId, TopicPartition};
use crate::member::Member;
use crate::rng::Rng;
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::{Assignment, OffsetReset};
use crate::time::{Span, Time};

/// A consumer group: what its coordinator knows, and its members.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Group {
    /// Its `group.id`.
    pub name: Rc<str>,
    /// The topics that its members subscribe to.
    pub topics: Vec<TopicId>,
    /// Who decides which member reads which partition.
    pub assignment: Assignment,
    /// `auto.offset.reset` of its members.
    pub reset: OffsetReset,
    /// How long a member takes for a record, where it does not say.
    pub processing: Span,
    /// Where it stands between rebalances, or in one.
    pub phase: Phase,
    /// How often it was assigned anew.
    pub generation: u32,
    /// Its members, in the order in which they came.
    pub members: SortedMap<MemberId, Member>,
    /// Committed offsets: the next one to read after a restart.
    pub committed: SortedMap<TopicPartition, u64>,
    /// Who owns what, as the leader decided for this generation.
    pub target: SortedMap<TopicPartition, MemberId>,
    /// Who owned what, by name, when the group was last assigned: what a move is told from.
    pub(crate) owners: SortedMap<TopicPartition, Rc<str>>,
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
/// Kafka: `ClassicGroupState` (4.3).
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
}

impl Group {
    /// The member that the coordinator made the leader: the first one that it still knows.
    pub(crate) fn leader(&self) -> Option<MemberId> {
        self.registered().map(|(id, _)| id).next()
    }

    /// The members that the coordinator knows.
    pub(crate) fn registered(&self) -> impl Iterator<Item = (MemberId, &Member)> {
        self.members.iter().filter(|(_, member)| member.registered).map(|(id, member)| (*id, member))
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

    /// The next offset that the group's reader of `partition` will hand to its application.
    pub fn position(&self, partition: TopicPartition) -> Option<u64> {
        self.reader_of(partition).and_then(|(_, member)| member.cursors.get(&partition)).map(|cursor| cursor.position)
    }

    /// Lag as Kafka's tools print it, high watermark less committed offset; none where nothing is committed.
    pub fn lag(&self, partition: TopicPartition, high_watermark: u64) -> Option<u64> {
        self.committed.get(&partition).map(|committed| high_watermark.saturating_sub(*committed))
    }

    /// Whether `topic` is one that it subscribes to.
    pub fn reads(&self, topic: TopicId) -> bool {
        self.topics.contains(&topic)
    }
}
