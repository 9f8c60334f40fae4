//! The copies of a partition: what the controller says of them, what each has, and what the leader knows of that.
//!
//! Simpler than Kafka: a partition has one high watermark, not one a copy, so a new leader need not learn it; what a
//! broker had when it was killed it still has when it starts; group coordinators and controllers never fail; and a consumer
//! asks all leaders in one request, in which those that do not answer are passed over.

use alloc::vec::Vec;

use crate::ids::{BrokerId, GroupId, MemberId, ProducerId};
use crate::log::Record;
use crate::sequence::{ProducerState, forget};
use crate::sorted::SortedMap;
use crate::time::{Span, Time};

/// The copies of a partition.
///
/// Kafka: `PartitionRegistration` in the controller, `Partition` on its leader (4.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Replication {
    /// Who has a copy, in the order of the assignment: the first is the preferred leader.
    pub replicas: Vec<Replica>,
    /// Who leads; nobody, if absent.
    pub leader: Option<BrokerId>,
    /// Counts leaders.
    pub leader_epoch: u32,
    /// Whose copies are in sync.
    pub isr: Vec<BrokerId>,
    /// Who left the ISR while it was below its minimum, and still has all that was confirmed (KIP-966).
    pub elr: Vec<BrokerId>,
    /// Who led last, where nobody is left.
    pub last_leader: Option<BrokerId>,
    /// `min.insync.replicas`, at most the number of replicas.
    pub min_isr: u32,
    /// `unclean.leader.election.enable`.
    pub unclean_election: bool,
    /// The ISR that the leader has asked the controller for.
    pub(crate) asked: Option<Vec<BrokerId>>,
    /// Where the log ended when its leader took over.
    pub(crate) epoch_start: u64,
    /// Readers whose positions are to be looked at again, because records that they read are gone, and where the
    /// logs part.
    pub(crate) to_validate: Vec<(GroupId, MemberId, u64)>,
}

/// A copy of a partition.
///
/// The log that is drawn is the leader's. A copy is the beginning of it, `shared` records long; what a former leader
/// has beside that, until it follows, is its `tail`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Replica {
    /// The broker that has it.
    pub broker: BrokerId,
    /// Up to here it is the same as the leader's log. The leader's own is not kept up to date.
    pub(crate) shared: u64,
    /// What it has behind that, and the leader has not.
    pub(crate) tail: Vec<Record>,
    /// What it remembers of producers, where it has a tail; else it is what the leader does.
    pub(crate) producers: SortedMap<ProducerId, ProducerState>,
    /// Where the leader knows it to end; not known before it fetches.
    pub(crate) known_end: Option<u64>,
    /// When it last had all that the leader had.
    pub(crate) caught_up: Option<Time>,
    /// Its last fetch, and where the leader's log ended then.
    pub(crate) last_fetch: Option<(Time, u64)>,
}

impl Default for Replication {
    fn default() -> Self {
        Self::new(&[BrokerId(1)], 1, false)
    }
}

impl Replication {
    pub(crate) fn new(brokers: &[BrokerId], min_isr: u32, unclean_election: bool) -> Self {
        Self {
            replicas: brokers.iter().map(|broker| Replica::new(*broker)).collect(),
            leader: brokers.first().copied(),
            leader_epoch: 0,
            isr: brokers.into(),
            elr: Vec::new(),
            last_leader: None,
            min_isr: min_isr.clamp(1, brokers.len().max(1) as u32),
            unclean_election,
            asked: None,
            epoch_start: 0,
            to_validate: Vec::new(),
        }
    }

    /// Whether there is but one copy, and nobody to wait for.
    pub(crate) fn is_single(&self) -> bool {
        self.replicas.len() == 1
    }

    /// Whether `acks=all` is refused.
    pub fn is_under_min_isr(&self) -> bool {
        (self.isr.len() as u32) < self.min_isr
    }

    pub(crate) fn replica(&self, broker: BrokerId) -> Option<&Replica> {
        self.replicas.iter().find(|replica| replica.broker == broker)
    }

    pub(crate) fn replica_mut(&mut self, broker: BrokerId) -> Option<&mut Replica> {
        self.replicas.iter_mut().find(|replica| replica.broker == broker)
    }

    /// The replicas in sync, with those that the leader has asked for.
    pub(crate) fn maximal_isr(&self) -> impl Iterator<Item = BrokerId> {
        let asked = self.asked.iter().flatten().filter(|broker| !self.isr.contains(broker));
        self.isr.iter().chain(asked).copied()
    }

    /// Where a reader's position may be beyond the end of what it read, the offset at which the logs part. Once.
    pub(crate) fn parted(&mut self, group: GroupId, member: MemberId) -> Option<u64> {
        let place = self.to_validate.iter().position(|(g, m, _)| (*g, *m) == (group, member))?;
        Some(self.to_validate.remove(place).2)
    }

    /// The records from `end` on, which were `removed` from the leader's log, stay with the copies that have them.
    pub(crate) fn detach(&mut self, end: u64, removed: &[Record], producers: &SortedMap<ProducerId, ProducerState>) {
        for replica in &mut self.replicas {
            let Some(own) = replica.shared.checked_sub(end).filter(|own| *own > 0) else { continue };
            let (own, beyond) = removed.split_at(removed.len().min(own as usize));
            if replica.tail.is_empty() {
                replica.producers = producers.clone();
                forget(&mut replica.producers, replica.shared, beyond);
            }
            replica.tail.splice(0..0, own.iter().copied());
            replica.shared = end;
        }
    }
}

impl Replica {
    const fn new(broker: BrokerId) -> Self {
        Self {
            broker,
            shared: 0,
            tail: Vec::new(),
            producers: SortedMap::new(),
            known_end: None,
            caught_up: Some(Time::ZERO),
            last_fetch: None,
        }
    }

    /// The leader, whose log ends at `leader_end`, gets a fetch from this copy: from its end on.
    ///
    /// Kafka: `Replica.updateFetchStateOrThrow` (4.3).
    pub(crate) fn fetches(&mut self, now: Time, leader_end: u64) {
        if self.shared >= leader_end {
            self.caught_up = self.caught_up.max(Some(now));
        } else if let Some((at, _)) = self.last_fetch.filter(|(_, end_then)| self.shared >= *end_then) {
            self.caught_up = self.caught_up.max(Some(at));
        }
        self.last_fetch = Some((now, leader_end));
        self.known_end = Some(self.shared);
    }

    /// Kafka: `ReplicaState.isCaughtUp` (4.3).
    pub(crate) fn is_caught_up(&self, now: Time, leader_end: u64, lag: Span) -> bool {
        self.known_end == Some(leader_end) || self.caught_up.is_some_and(|at| now - at <= lag)
    }

    /// There is a new leader: it knows of this copy only whether it is in sync.
    ///
    /// Kafka: `Replica.resetReplicaState` (4.3).
    pub(crate) fn forget(&mut self, now: Time, in_sync: bool) {
        self.known_end = None;
        self.caught_up = in_sync.then_some(now);
        self.last_fetch = None;
    }
}
