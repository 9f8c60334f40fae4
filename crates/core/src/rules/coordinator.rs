//! A round of joining: a group's coordinator. The classic protocol, eager and cooperative.
//!
//! Kafka: `GroupMetadataManager` and `ClassicGroup` on the broker (4.3).

use alloc::vec::Vec;

use crate::group::{Group, Phase};
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::Cause;
use crate::member::Status;
use crate::message::{Event, JoinRequest};
use crate::sorted::{SortedMap, SortedSet};
use crate::time::Span;
use crate::world::World;

impl World {
    pub(super) fn on_join(&mut self, group: GroupId, member: MemberId, request: JoinRequest) {
        let JoinRequest { named, generation, claims, because } = request;
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member).filter(|m| m.status == Status::Joining) else { return };
        let assignors = g.assignors_of(m);
        // Before all else, be it with an id or without.
        if !g.supports(assignors) {
            let beat = m.beat;
            self.send_after(self.timing.rpc, Event::JoinRefused(group, member, beat));
            return;
        }
        let (name, dynamic, pending) = (m.name.clone(), m.instance.is_none(), m.seat.pending);
        let newcomer = !m.registered;
        let returned = newcomer && !dynamic && self.take_seat(group, member);
        if newcomer && !returned {
            // A dynamic member first gets an id (KIP-394). One with an id that means nothing any more begins anew.
            if named && !pending {
                self.send_after(self.timing.rpc, Event::UnknownMember(group, member, generation));
                return;
            }
            if dynamic && !named {
                self.member_mut(group, member).into_iter().for_each(|m| m.seat.pending = true);
                self.keep_session(group, member);
                self.send_after(self.timing.rpc, Event::MemberIdRequired(group, member));
                return;
            }
        }
        self.keep_session(group, member);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get_mut(&member) else { return };
        m.registered = true;
        m.seat.pending = false;
        (m.seat.assignors, m.seat.claims) = (assignors, claims);
        g.leader.get_or_insert(member);
        let generation = g.generation;
        // One that came back with other assignors may change which one all have.
        let other_choice = returned && g.chosen != g.next_choice();
        let answered_at_once = match &mut g.phase {
            Phase::PreparingRebalance { newcomers, .. } => {
                *newcomers |= newcomer && !returned;
                self.note_joined(group, member);
                return;
            }
            // A static member that comes back gets what it had (KIP-345).
            Phase::Stable if returned => !other_choice,
            // It heard of a round that is over, and took part in it: the answer is that of this generation.
            Phase::CompletingRebalance | Phase::Stable => !newcomer && because.is_none(),
            _ => false,
        };
        if answered_at_once {
            self.send_after(self.timing.rpc, Event::Joined(group, member, generation));
            return;
        }
        let joined = if other_choice { Cause::Assignor } else { Cause::Joined(name) };
        self.begin_round(group, because.unwrap_or(joined));
        self.note_joined(group, member);
    }

    fn note_joined(&mut self, group: GroupId, member: MemberId) {
        if let Some(g) = self.groups.get_mut(&group) {
            g.joined.insert(member);
        }
        self.complete_round_if_all_joined(group);
    }

    /// Begins a round of joining. An empty group waits for more members to come; one with members waits for
    /// all of them to join again.
    pub(crate) fn begin_round(&mut self, group: GroupId, cause: Cause) {
        let (now, delay, patience) = (self.now, self.timing.initial_rebalance_delay, self.timing.max_poll_interval);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let initial = g.phase == Phase::Empty;
        let wait = if initial { delay.min(patience) } else { patience };
        let deadline = now + patience;
        g.phase = Phase::PreparingRebalance { until: now + wait, initial, newcomers: false, deadline };
        g.joined.clear();
        // Who waits for the leader's word of the last round hears that there is a new one.
        let turned_away = core::mem::take(&mut g.syncing);
        g.round += 1;
        let round = g.round;
        // A round that begins before the last one ended takes its place, but one for what was let go of in the last
        // one is the rest of it.
        if !matches!(cause, Cause::Revoked(_)) || self.journal.running(group).is_none() {
            self.journal.drop_running(group);
            self.begin_rebalance(group, cause);
        }
        self.changes.structure = true;
        self.send_after(wait, Event::RoundEnds(group, round));
        for member in turned_away {
            self.send_after(self.timing.rpc, Event::SyncRefused(group, member));
        }
    }

    pub(super) fn on_round_ends(&mut self, group: GroupId, round: u32) {
        let (now, delay) = (self.now, self.timing.initial_rebalance_delay);
        let Some(g) = self.groups.get_mut(&group).filter(|g| g.round == round) else { return };
        let Phase::PreparingRebalance { until, initial, newcomers, deadline } = &mut g.phase else { return };
        let left = *deadline - now;
        if *initial && *newcomers && left > Span::ZERO {
            *newcomers = false;
            let wait = delay.min(left);
            *until = now + wait;
            self.send_after(wait, Event::RoundEnds(group, round));
            return;
        }
        // A static member may be away for as long as its session lasts.
        let late = g.registered().filter(|(id, m)| m.instance.is_none() && !g.joined.contains(id));
        for member in late.map(|(id, _)| id).collect::<Vec<MemberId>>() {
            self.forget(group, member);
        }
        self.complete_round(group);
    }

    pub(super) fn complete_round_if_all_joined(&mut self, group: GroupId) {
        let Some(g) = self.groups.get(&group) else { return };
        let Phase::PreparingRebalance { initial: false, .. } = g.phase else { return };
        // One that was given an id is on its way with it, as far as the coordinator knows.
        let pending = g.members.values().any(|m| m.seat.pending);
        if !pending && g.registered().all(|(id, _)| g.joined.contains(&id)) {
            self.complete_round(group);
        }
    }

    fn complete_round(&mut self, group: GroupId) {
        let (now, session, patience) = (self.now, self.timing.session, self.timing.max_poll_interval);
        let Some(g) = self.groups.get_mut(&group) else { return };
        self.changes.structure = true;
        let joined: SortedSet<MemberId> = core::mem::take(&mut g.joined);
        let Some(first) = joined.iter().next().copied() else {
            let round = g.round;
            if g.registered().next().is_some() {
                // Only static members that are away: until one comes, or their sessions end.
                self.send_after(patience, Event::RoundEnds(group, round));
                return;
            }
            g.empty();
            self.journal.drop_running(group);
            return;
        };
        g.generation += 1;
        g.chosen = g.next_choice();
        let generation = g.generation;
        let known: SortedSet<MemberId> = g.registered().map(|(id, _)| id).collect();
        g.target.retain(|_, owner| known.contains(owner));
        if !g.leader.is_some_and(|leader| joined.contains(&leader)) {
            g.leader = Some(first);
        }
        g.phase = Phase::CompletingRebalance;
        for member in joined {
            // Sessions count from the answers to JoinGroup, and again from SyncGroup.
            g.members.get_mut(&member).into_iter().for_each(|m| m.session_ends = now + session);
            self.queue.push(now + self.timing.rpc, Event::Joined(group, member, generation));
        }
        if let Some(rebalance) = self.journal.running(group) {
            rebalance.generation = generation;
        }
    }

    pub(super) fn on_sync(
        &mut self,
        group: GroupId,
        member: MemberId,
        generation: u32,
        decision: Option<SortedMap<TopicPartition, MemberId>>,
    ) {
        let (now, session) = (self.now, self.timing.session);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let known = g.members.get_mut(&member).filter(|m| m.registered && g.generation == generation);
        // The group went on without it (ILLEGAL_GENERATION, UNKNOWN_MEMBER_ID): it has to join again.
        let Some(m) = known else {
            self.send_after(self.timing.rpc, Event::SyncRefused(group, member));
            return;
        };
        m.session_ends = now + session;
        match (g.phase, decision) {
            (Phase::Stable, _) => self.send_after(self.timing.rpc, Event::Synced(group, member, generation)),
            (Phase::CompletingRebalance, None) => {
                g.syncing.insert(member);
            }
            (Phase::CompletingRebalance, Some(decision)) => {
                g.phase = Phase::Stable;
                g.target = decision;
                let mut waiting = core::mem::take(&mut g.syncing);
                waiting.insert(member);
                let answered = g.members.iter_mut().filter(|(id, _)| waiting.contains(id));
                answered.for_each(|(_, m)| m.session_ends = now + session);
                self.note_moves(group);
                for member in waiting {
                    self.send_after(self.timing.rpc, Event::Synced(group, member, generation));
                }
                self.changes.structure = true;
            }
            _ => {
                self.send_after(self.timing.rpc, Event::SyncRefused(group, member));
            }
        }
    }

    /// The rebalance has ended when all that live know their share.
    pub(super) fn end_round_if_all_synced(&mut self, group: GroupId, generation: u32) {
        let Some(g) = self.groups.get(&group) else { return };
        if g.generation == generation && g.all_synced() {
            self.end_rebalance(group, generation);
        }
    }
}

impl Group {
    fn all_synced(&self) -> bool {
        let mut alive = self.registered().filter(|(_, m)| m.is_alive());
        alive.all(|(_, m)| {
            // One that lets go of something joins again at once: that is the rest of it.
            m.status == Status::Stable && m.generation == self.generation && !m.must_rejoin
        })
    }
}
