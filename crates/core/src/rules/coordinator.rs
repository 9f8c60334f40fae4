//! A round of joining: a group's coordinator, and the leader that it asks. The classic protocol, eager.
//!
//! Kafka: `GroupMetadataManager` and `ClassicGroup` on the broker, `ConsumerCoordinator` and
//! `AbstractCoordinator` in the client (4.3).

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::assignor::{Subscription, assign};
use crate::group::Phase;
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::{Cause, Happening, Move, Rebalance};
use crate::member::Status;
use crate::message::Event;
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::Assignment;
use crate::time::Span;
use crate::world::World;

impl World {
    pub(super) fn on_join(&mut self, group: GroupId, member: MemberId) {
        let (now, session) = (self.now, self.timing.session);
        let Some(m) = self.member_mut(group, member).filter(|m| m.status == Status::Joining) else { return };
        let newcomer = !m.registered;
        let name = m.name.clone();
        m.registered = true;
        m.session_ends = now + session;
        if !core::mem::replace(&mut m.watched, true) {
            self.send_after(session, Event::SessionCheck(group, member));
        }
        let Some(g) = self.groups.get_mut(&group) else { return };
        let generation = g.generation;
        match &mut g.phase {
            Phase::PreparingRebalance { newcomers, .. } => *newcomers |= newcomer,
            // It heard of a round that is over, and took part in it: the answer is that of this generation.
            Phase::CompletingRebalance | Phase::Stable if !newcomer => {
                self.send_after(self.timing.rpc, Event::Joined(group, member, generation));
                return;
            }
            _ => self.begin_round(group, Cause::Joined(name)),
        }
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
        let (round, group_name) = (g.round, g.name.clone());
        let rebalance = Rebalance {
            group,
            group_name,
            started: now,
            ended: None,
            cause,
            generation: 0,
            moved: Vec::new(),
            paused: SortedMap::new(),
        };
        // A round that begins before the last one ended takes its place.
        self.journal.drop_running(group);
        self.journal.begin(rebalance);
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
        let late: Vec<MemberId> = g.registered().map(|(id, _)| id).filter(|id| !g.joined.contains(id)).collect();
        for member in late {
            self.forget(group, member);
        }
        self.complete_round(group);
    }

    pub(super) fn complete_round_if_all_joined(&mut self, group: GroupId) {
        let Some(g) = self.groups.get(&group) else { return };
        let Phase::PreparingRebalance { initial: false, .. } = g.phase else { return };
        if g.registered().all(|(id, _)| g.joined.contains(&id)) {
            self.complete_round(group);
        }
    }

    fn complete_round(&mut self, group: GroupId) {
        let (now, session) = (self.now, self.timing.session);
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.generation += 1;
        let generation = g.generation;
        self.changes.structure = true;
        let joined: SortedSet<MemberId> = core::mem::take(&mut g.joined);
        g.target.retain(|_, owner| joined.contains(owner));
        if joined.is_empty() {
            g.phase = Phase::Empty;
            g.owners.clear();
            self.journal.drop_running(group);
            return;
        }
        g.phase = Phase::CompletingRebalance;
        // Sessions count from the answers to JoinGroup, and again from SyncGroup.
        g.members.values_mut().for_each(|m| m.session_ends = now + session);
        for member in joined {
            self.send_after(self.timing.rpc, Event::Joined(group, member, generation));
        }
        if let Some(rebalance) = self.journal.running(group) {
            rebalance.generation = generation;
        }
    }

    /// A member hears that the round is over. The leader decides, and all report for their share.
    pub(super) fn on_joined(&mut self, group: GroupId, member: MemberId, generation: u32) {
        let Some(g) = self.groups.get(&group) else { return };
        if !g.members.get(&member).is_some_and(|m| m.status == Status::Joining) {
            return;
        }
        let leads = g.leader() == Some(member) && g.generation == generation;
        let decision = leads.then(|| self.decide(group));
        self.send_after(self.timing.rpc, Event::Sync(group, member, generation, decision));
    }

    /// What the leader's assignor makes of the members and the topics' partitions.
    fn decide(&self, group: GroupId) -> SortedMap<TopicPartition, MemberId> {
        let Some(g) = self.groups.get(&group) else { return SortedMap::new() };
        let Assignment::By(assignor) = g.assignment else { return SortedMap::new() };
        let topics = self.topic_counts(&g.topics);
        let names: Vec<String> = topics.keys().cloned().collect();
        let ids: SortedMap<&str, MemberId> = g.registered().map(|(id, m)| (&*m.member_id, id)).collect();
        let members: Vec<Subscription> = g
            .registered()
            .map(|(_, m)| Subscription {
                member_id: (&*m.member_id).into(),
                topics: names.clone(),
                ..Subscription::default()
            })
            .collect();
        let mut target = SortedMap::new();
        for (member_id, owned) in assign(assignor, &topics, &members) {
            let Some(member) = ids.get(&*member_id) else { continue };
            for partition in owned {
                if let Ok(topic) = self.topic_named(&partition.topic) {
                    target.insert(TopicPartition { topic, partition: partition.partition }, *member);
                }
            }
        }
        target
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
                self.record_moves(group);
                for member in waiting {
                    self.send_after(self.timing.rpc, Event::Synced(group, member, generation));
                }
                self.changes.structure = true;
            }
            (Phase::PreparingRebalance { .. } | Phase::Empty, _) => {
                self.send_after(self.timing.rpc, Event::SyncRefused(group, member));
            }
        }
    }

    /// Notes which partitions changed owners since the last time that the group was stable.
    fn record_moves(&mut self, group: GroupId) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        let names: SortedMap<MemberId, Rc<str>> = g.members.iter().map(|(id, m)| (*id, m.name.clone())).collect();
        let owners: SortedMap<TopicPartition, Rc<str>> =
            g.target.iter().filter_map(|(partition, id)| Some((*partition, names.get(id)?.clone()))).collect();
        let before = core::mem::replace(&mut g.owners, owners.clone());
        let all: SortedSet<TopicPartition> = before.keys().chain(owners.keys()).copied().collect();
        let moved = all
            .into_iter()
            .map(|partition| Move {
                partition,
                from: before.get(&partition).cloned(),
                to: owners.get(&partition).cloned(),
            })
            .filter(|change| change.from != change.to)
            .collect();
        if let Some(rebalance) = self.journal.running(group) {
            rebalance.moved = moved;
        }
    }

    /// A member gets its share and reads on.
    pub(super) fn on_synced(&mut self, group: GroupId, member: MemberId, generation: u32) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        if g.generation != generation {
            self.on_sync_refused(group, member);
            return;
        }
        let share: Vec<TopicPartition> =
            g.target.iter().filter(|(_, owner)| **owner == member).map(|(partition, _)| *partition).collect();
        let Some(m) = g.members.get_mut(&member).filter(|m| m.status == Status::Joining) else { return };
        let name = m.name.clone();
        let stood = m.standing_since.take().map(|since| now - since);
        let last = g.registered().all(|(_, m)| m.standing_since.is_none());
        let group_name = g.name.clone();
        let mut told = None;
        if let Some(rebalance) = self.journal.running(group).filter(|r| r.generation == generation) {
            if let Some(stood) = stood {
                rebalance.paused.insert(name, stood);
            }
            if last {
                rebalance.ended = Some(now);
                told = Some(rebalance.cause.clone());
            }
        }
        if let Some(cause) = told {
            self.journal.tell(now, Happening::Rebalanced { group: group_name, generation, cause });
        }
        self.own(group, member, &share);
    }
}
