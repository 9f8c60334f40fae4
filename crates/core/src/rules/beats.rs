//! A group with the consumer protocol (KIP-848), seen from its coordinator: epochs, a target, and what each
//! member is told at its heartbeat on its own way there.
//!
//! Kafka: `GroupMetadataManager.consumerGroupHeartbeat`, `CurrentAssignmentBuilder`, `TargetAssignmentBuilder` (4.3).

use alloc::vec::Vec;

use crate::group::{Group, Phase};
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::Cause;
use crate::message::{BeatRequest, BeatResponse, Event};
use crate::seat::{Reconciliation, Seat};
use crate::sorted::{SortedMap, SortedSet};
use crate::world::World;

impl World {
    #[inline(never)]
    pub(super) fn on_beat(&mut self, request: BeatRequest) {
        let BeatRequest { group, member, epoch, owned, beat } = request;
        let Some(g) = self.groups.get(&group).filter(|g| g.is_modern()) else { return };
        let Some(m) = g.members.get(&member).filter(|m| m.is_alive()) else { return };
        let name = m.name.clone();
        let joins = epoch == 0;
        if !m.registered {
            if !joins {
                self.send_after(self.timing.rpc, Event::UnknownMember(group, member, epoch));
                return;
            }
            if !self.admit(group, member) {
                return;
            }
        } else if !joins && !m.seat.accepts(epoch, owned.as_deref()) {
            // FENCED_MEMBER_EPOCH: the client drops all and joins again.
            self.send_after(self.timing.rpc, Event::UnknownMember(group, member, epoch));
            return;
        }
        self.keep_session(group, member);
        let newcomer = self.member(group, member).is_some_and(|m| !m.registered);
        if newcomer {
            self.member_mut(group, member).into_iter().for_each(|m| m.registered = true);
            self.new_epoch(group, Cause::Joined(name));
        }
        self.see_partitions(group);
        self.set_target_if_due(group);
        self.reconcile(group, member, owned.as_deref());
        self.refresh_phase(group);
        let Some(m) = self.member(group, member) else { return };
        let (epoch, assigned) = (m.seat.epoch, m.seat.assigned.keys().copied().collect());
        let answer = BeatResponse { group, member, epoch, assigned, beat };
        self.send_after(self.timing.rpc, Event::BeatAnswered(answer));
    }

    /// Whether a newcomer may join: not where a live member has its `group.instance.id` (UNRELEASED_INSTANCE_ID).
    fn admit(&mut self, group: GroupId, member: MemberId) -> bool {
        let Some(g) = self.groups.get(&group) else { return false };
        let Some(holder) = g.holder_of_instance(member) else { return true };
        let Some(held) = g.members.get(&holder) else { return false };
        if held.seat.away {
            return self.take_seat(group, member);
        }
        let Some(m) = g.members.get(&member) else { return false };
        let (by, member_name) = (held.name.clone(), m.name.clone());
        let what = crate::Happening::InstanceIdTaken { group: g.name.clone(), member: member_name, by };
        self.journal.tell(self.now, what);
        self.send_after(self.timing.rpc, Event::InstanceIdTaken(group, member));
        false
    }

    /// A static member closes for a while: what it owns waits for it until its session ends.
    #[inline(never)]
    pub(super) fn on_away(&mut self, group: GroupId, member: MemberId) {
        self.member_mut(group, member).into_iter().for_each(|m| m.seat.away = true);
        self.refresh_phase(group);
    }

    /// Members, subscriptions or partitions are others than before: there will be a new target.
    pub(super) fn new_epoch(&mut self, group: GroupId, cause: Cause) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.generation += 1;
        if g.registered().next().is_some() && self.journal.running(group).is_none() {
            self.begin_rebalance(group, cause);
        }
        self.refresh_phase(group);
    }

    /// The broker itself sees that a topic has more partitions.
    fn see_partitions(&mut self, group: GroupId) {
        let counts = self.counts(&self.subscribed(group));
        let Some(g) = self.groups.get_mut(&group) else { return };
        let grown = counts.iter().find(|(topic, count)| g.target_counts.get(topic).is_some_and(|c| c != *count));
        let grown = grown.map(|(topic, _)| *topic);
        g.target_counts = counts;
        if let Some(topic) = grown {
            self.new_epoch(group, Cause::Partitions(topic));
        }
    }

    /// Computes a new target in the course of somebody's heartbeat, if there is a new epoch and the last target
    /// is `group.consumer.assignment.interval.ms` old.
    fn set_target_if_due(&mut self, group: GroupId) {
        let (now, interval) = (self.now, self.timing.assignment_interval);
        let Some(g) = self.groups.get(&group) else { return };
        if g.target_epoch >= g.generation || g.target_at.is_some_and(|at| now - at < interval) {
            return;
        }
        let target = self.decide_as_coordinator(group, &g.target_counts);
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.target = target;
        (g.target_epoch, g.target_at) = (g.generation, Some(now));
        self.note_moves(group);
    }

    /// One step of a member on its way to the target.
    fn reconcile(&mut self, group: GroupId, member: MemberId, owned: Option<&[TopicPartition]>) {
        let patience = self.timing.max_poll_interval;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let mut seat = m.seat.clone();
        if !seat.step(g, member, owned) {
            return;
        }
        let watch = seat.state == Reconciliation::Unrevoked && m.seat.state != Reconciliation::Unrevoked;
        let epoch = seat.epoch;
        g.members.get_mut(&member).into_iter().for_each(|m| m.seat = seat.clone());
        if watch {
            self.send_after(patience, Event::RevocationCheck(group, member, epoch));
        }
    }

    /// A member that has not let go of what it had to for the rebalance timeout is out.
    #[inline(never)]
    pub(super) fn on_revocation_check(&mut self, group: GroupId, member: MemberId, epoch: u32) {
        let Some(m) = self.member(group, member) else { return };
        if m.registered && m.seat.state == Reconciliation::Unrevoked && m.seat.epoch == epoch {
            let name = m.name.clone();
            self.remove(group, member, Cause::Unrevoked(name));
        }
    }

    /// Where the group stands follows from its epochs and its members.
    fn refresh_phase(&mut self, group: GroupId) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        let phase = g.modern_phase();
        if core::mem::replace(&mut g.phase, phase) != phase {
            self.changes.structure = true;
        }
    }
}

impl Group {
    fn modern_phase(&self) -> Phase {
        if self.registered().next().is_none() {
            Phase::Empty
        } else if self.generation > self.target_epoch {
            Phase::Assigning
        } else if self.registered().all(|(_, m)| m.seat.is_reconciled_to(self.target_epoch)) {
            Phase::Stable
        } else {
            Phase::Reconciling
        }
    }
}

impl Seat {
    /// Whether a heartbeat of this epoch may come from the member: of its own, or of the one before, if the answer
    /// was lost on the way.
    fn accepts(&self, epoch: u32, owned: Option<&[TopicPartition]>) -> bool {
        let within = |owned: &[TopicPartition]| owned.iter().all(|at| self.assigned.contains_key(at));
        epoch == self.epoch || (epoch == self.previous_epoch && owned.is_some_and(within))
    }

    /// Goes on as far as it can. Says whether anything changed.
    fn step(&mut self, group: &Group, member: MemberId, owned: Option<&[TopicPartition]>) -> bool {
        let may_own = |partitions: &SortedSet<TopicPartition>| {
            owned.is_none_or(|owned| owned.iter().any(|at| partitions.contains(at)))
        };
        match self.state {
            Reconciliation::Stable if self.is_reconciled_to(group.target_epoch) => return false,
            Reconciliation::Unrevoked if may_own(&self.revoking) => return false,
            _ => self.revoking.clear(),
        }
        let target: Vec<TopicPartition> =
            group.target.iter().filter(|(_, owner)| **owner == member).map(|(at, _)| *at).collect();
        let (kept, lost): (Vec<_>, Vec<_>) = self.assigned.iter().partition(|(at, _)| target.contains(at));
        let lost: SortedSet<TopicPartition> = lost.into_iter().map(|(at, _)| *at).collect();
        let kept: SortedMap<TopicPartition, u32> = kept.into_iter().map(|(at, since)| (*at, *since)).collect();
        self.assigned = kept;
        if !lost.is_empty() && may_own(&lost) {
            self.revoking = lost;
            self.state = Reconciliation::Unrevoked;
            return true;
        }
        if self.epoch != group.target_epoch {
            self.previous_epoch = core::mem::replace(&mut self.epoch, group.target_epoch);
        }
        self.state = Reconciliation::Stable;
        for at in target {
            if self.assigned.contains_key(&at) {
                continue;
            }
            let held = group.registered().any(|(id, m)| id != member && m.seat.holds(at));
            if held {
                self.state = Reconciliation::Unreleased;
            } else {
                self.assigned.insert(at, group.target_epoch);
            }
        }
        true
    }
}
