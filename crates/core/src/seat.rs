use alloc::vec::Vec;

use crate::ids::TopicPartition;
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::Assignors;

/// What a coordinator keeps of a member, beside its session.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Seat {
    /// Classic: it was given an id, and has yet to join with it.
    pub(crate) pending: bool,
    /// Classic: its assignors, the one that it likes best first, and what its last JoinGroup said to them.
    pub(crate) assignors: Assignors,
    pub(crate) claims: Claims,
    /// Consumer protocol: how far it has come, and the epoch before.
    pub(crate) epoch: u32,
    pub(crate) previous_epoch: u32,
    /// A static member that closed, and may come back (member epoch -2).
    pub(crate) away: bool,
    pub(crate) state: Reconciliation,
    /// What is its own, and the epoch in which it became so.
    pub(crate) assigned: SortedMap<TopicPartition, u32>,
    /// What it has to let go of before it gets anything.
    pub(crate) revoking: SortedSet<TopicPartition>,
}

/// What a member says to its assignors when it joins a classic group; the others ask nothing.
///
/// Kafka: the protocols of a JoinGroup request, with a subscription for each.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Claims {
    /// To the cooperative assignor: what it owns.
    pub(crate) owned: Claim,
    /// To the sticky assignor: what that gave it last.
    pub(crate) given: Claim,
}

/// Partitions, and the generation since which they are somebody's.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Claim {
    pub(crate) partitions: Vec<TopicPartition>,
    pub(crate) generation: Option<u32>,
}

/// Where a member is on its way to what was decided.
///
/// Kafka: `MemberState` of `group.modern` (4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Reconciliation {
    /// It has all that it should have.
    #[default]
    Stable,
    /// It has to let go of partitions first.
    Unrevoked,
    /// It waits for partitions that others have not let go of yet.
    Unreleased,
}

impl Seat {
    /// Whether it holds `partition`: as its own, or still to be let go of.
    pub(crate) fn holds(&self, partition: TopicPartition) -> bool {
        self.assigned.contains_key(&partition) || self.revoking.contains(&partition)
    }

    /// Whether it has come all the way to the target of `epoch`.
    pub(crate) fn is_reconciled_to(&self, epoch: u32) -> bool {
        self.state == Reconciliation::Stable && self.epoch == epoch && !self.away
    }
}
