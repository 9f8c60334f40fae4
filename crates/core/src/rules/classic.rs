//! A member of a group with the classic protocol, eager or cooperative: it joins, hears what it gets, and beats.
//!
//! Kafka: `ConsumerCoordinator`, `AbstractCoordinator` in the client (4.3).

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::alarm::Parting;
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::{Cause, Happening};
use crate::member::{Answer, Awaited, Member, Status};
use crate::message::{Event, JoinRequest};
use crate::seat::{Claim, Claims};
use crate::spec::{Assignor, Protocol};
use crate::time::Span;
use crate::world::World;

/// A heartbeat thread is late by up to this part of its interval: threads wake when they can.
const LATE: u64 = 128;

impl World {
    /// It commits and asks to join. Eager: it gives everything up, and stands still until it gets its share.
    /// Cooperative: it reads on.
    pub(crate) fn rejoin(&mut self, group: GroupId, member: MemberId) {
        self.auto_commit(group, member);
        let now = self.now;
        let Some(g) = self.groups.get(&group) else { return };
        let modern = g.is_modern();
        // Each by its own assignors: in the middle of a change of those, some are eager and some are not.
        let keeps = g.members.get(&member).is_some_and(|m| g.assignors_of(m).protocol() == Protocol::Cooperative);
        if !keeps {
            self.let_go_of_all(group, member, Parting::LetGo);
        }
        let Some(m) = self.member_mut(group, member) else { return };
        m.must_rejoin = false;
        m.status = Status::Joining;
        if m.cursors.is_empty() {
            m.standing_since.get_or_insert(now);
        }
        let because = m.rejoin_because.take();
        if modern {
            self.beat(group, member);
            return;
        }
        m.beat += 1;
        m.awaits = Some(Awaited::ToJoin);
        let generation = (m.generation > 0).then_some(m.generation);
        let owned = Claim { partitions: m.cursors.keys().copied().collect(), generation };
        let claims = Claims { owned, given: m.given.clone() };
        let request = JoinRequest { named: m.named, generation: m.generation, claims, because };
        self.changes.structure = true;
        self.send_after(self.timing.rpc, Event::Join(group, member, Box::new(request)));
    }

    pub(super) fn on_member_id_required(&mut self, group: GroupId, member: MemberId) {
        let Some(m) = self.member_mut(group, member).filter(|m| m.waits_for(Awaited::ToJoin)) else { return };
        m.named = true;
        self.join_again(group, member);
    }

    /// Others in the group know none of its assignors: `poll` throws an `InconsistentGroupProtocolException`, and the
    /// application ends.
    #[inline(never)]
    pub(super) fn on_join_refused(&mut self, group: GroupId, member: MemberId, beat: u32) {
        let waits = |m: &&mut Member| m.waits_for(Awaited::ToJoin) && m.beat == beat;
        let Some(m) = self.member_mut(group, member).filter(waits) else { return };
        if m.is_busy() {
            m.unread_answer = Some(Answer::Refused);
            return;
        }
        self.end_refused(group, member);
    }

    #[inline(never)]
    pub(super) fn end_refused(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        self.note_end(group, member, Span::ZERO);
        self.let_go_of_all(group, member, Parting::Closed);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let assignors = g.members.get(&member).map(|m| g.assignors_of(m)).unwrap_or_default();
        let Some(m) = g.members.get_mut(&member) else { return };
        m.status = Status::Refused { at: now };
        m.standing_since = None;
        let what = Happening::NoCommonAssignor { group: g.name.clone(), member: m.name.clone(), assignors };
        self.journal.tell(now, what);
        self.changes.structure = true;
    }

    #[inline(never)]
    pub(super) fn on_sync_refused(&mut self, group: GroupId, member: MemberId) {
        if self.member(group, member).is_some_and(|m| m.waits_for(Awaited::ToSync)) {
            self.join_again(group, member);
        }
    }

    /// Asks to join once more, with nothing new to say.
    fn join_again(&mut self, group: GroupId, member: MemberId) {
        let Some(m) = self.member_mut(group, member) else { return };
        m.must_rejoin = true;
        // A busy application holds it up: the request goes out at its next poll.
        self.poll(group, member);
    }

    /// A member hears that the round is over. The leader decides, and all report for their share.
    pub(super) fn on_joined(&mut self, group: GroupId, member: MemberId, generation: u32) {
        let patience = self.timing.max_poll_interval;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let leads = g.leader == Some(member) && g.generation == generation;
        let Some(m) = g.members.get_mut(&member).filter(|m| m.waits_for(Awaited::ToJoin)) else { return };
        if m.is_busy() {
            m.unread_answer = Some(Answer::Joined(generation));
            return;
        }
        // Of one generation it decides once, however often it hears of it.
        if m.generation != generation {
            m.decided_on.clear();
        }
        (m.generation, m.named) = (generation, true);
        m.awaits = Some(Awaited::ToSync);
        // Heartbeats begin anew, so that all of a group beat together after a round.
        m.beat += 1;
        let beat = m.beat;
        let decision = leads.then(|| self.decide_as_leader(group, member));
        self.send_after(self.timing.rpc, Event::Sync(group, member, generation, decision));
        let first = self.heartbeat_interval(group);
        self.send_after(first, Event::HeartbeatDue(group, member, beat));
        self.send_after(patience, Event::PollCheck(group, member, beat));
    }

    /// A member gets its share and reads on.
    pub(super) fn on_synced(&mut self, group: GroupId, member: MemberId, generation: u32) {
        let (now, interval) = (self.now, self.timing.auto_commit);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let share: Vec<TopicPartition> =
            g.target.iter().filter(|(_, owner)| **owner == member).map(|(partition, _)| *partition).collect();
        let current = g.generation == generation;
        let is_sticky = g.chosen == Some(Assignor::Sticky);
        let waits = |m: &&mut Member| m.waits_for(Awaited::ToSync) && m.generation == generation;
        let Some(m) = g.members.get_mut(&member).filter(waits) else { return };
        if m.is_busy() {
            m.unread_answer = Some(Answer::Synced(generation));
            return;
        }
        if !current {
            return self.join_again(group, member);
        }
        m.status = Status::Stable;
        m.awaits = None;
        m.next_auto_commit = now + interval;
        if is_sticky {
            m.given = Claim { partitions: share.clone(), generation: Some(generation) };
        }
        let lost: Vec<TopicPartition> = m.cursors.keys().filter(|owned| !share.contains(owned)).copied().collect();
        let added: Vec<TopicPartition> = share.into_iter().filter(|gained| !m.cursors.contains_key(gained)).collect();
        if !lost.is_empty() {
            // Cooperative: it lets go without a commit, and joins again, so that others get them (KIP-429).
            m.must_rejoin = true;
            m.rejoin_because = Some(Cause::Revoked(m.name.clone()));
            self.let_go_of(group, member, &lost);
        }
        if !self.gain(group, member, &added) {
            return;
        }
        let has_some = self.member(group, member).is_some_and(|m| !m.cursors.is_empty());
        if has_some || self.journal.running(group).is_none() {
            self.note_moving(group, member);
        }
        self.end_round_if_all_synced(group, generation);
        self.look_at_metadata(group, member);
        self.poll(group, member);
    }

    #[inline(never)]
    pub(super) fn on_rebalance_in_progress(&mut self, group: GroupId, member: MemberId, generation: u32) {
        // One that is joining already passes over it.
        let waits = |m: &&mut Member| m.status == Status::Stable && m.generation == generation;
        let Some(m) = self.member_mut(group, member).filter(waits) else { return };
        m.must_rejoin = true;
        // A busy consumer only notices at its next poll.
        self.poll(group, member);
    }

    #[inline(never)]
    pub(super) fn on_unknown_member(&mut self, group: GroupId, member: MemberId, generation: u32) {
        let hears = |m: &&Member| m.is_alive() && m.generation == generation;
        let Some(m) = self.member(group, member).filter(hears) else { return };
        let how = m.left_behind(self.now);
        self.lose(group, member, how);
        self.poll(group, member);
    }

    /// Another process has its `group.instance.id` (`FENCED_INSTANCE_ID`, `UNRELEASED_INSTANCE_ID`): it ends.
    #[inline(never)]
    pub(super) fn on_instance_id_taken(&mut self, group: GroupId, member: MemberId) {
        self.note_end(group, member, Span::ZERO);
        self.watch_gone(group, member);
        self.let_go_of_all(group, member, Parting::Replaced);
        if let Some(g) = self.groups.get_mut(&group) {
            g.members.remove(&member);
        }
    }

    /// What the client's heartbeat thread does, whether the application polls or not.
    pub(super) fn on_heartbeat_due(&mut self, group: GroupId, member: MemberId, beat: u32) {
        let Some(g) = self.groups.get(&group) else { return };
        let modern = g.is_modern();
        let Some(m) = g.members.get(&member).filter(|m| m.is_alive() && m.beat == beat) else { return };
        if modern {
            self.on_beat_due(group, member);
            return;
        }
        let generation = m.generation;
        self.send_after(self.timing.rpc, Event::Heartbeat(group, member, generation));
        let next = self.heartbeat_interval(group);
        self.send_after(next, Event::HeartbeatDue(group, member, beat));
    }

    /// The heartbeat thread leaves as soon as the application has not polled for `max.poll.interval.ms`.
    #[inline(never)]
    pub(super) fn on_poll_check(&mut self, group: GroupId, member: MemberId, beat: u32) {
        let (now, patience) = (self.now, self.timing.max_poll_interval);
        let Some(m) = self.member(group, member).filter(|m| m.is_alive() && m.beat == beat) else { return };
        let ends = if m.is_busy() { m.last_poll + patience } else { now + patience };
        if ends > now {
            self.queue.push(ends, Event::PollCheck(group, member, beat));
            return;
        }
        self.stop_unpolled(group, member);
    }

    /// The client leaves, as its application does not poll; that loses what it owned, and learns of it at its next.
    pub(super) fn stop_unpolled(&mut self, group: GroupId, member: MemberId) {
        self.lose(group, member, Parting::TooSlow);
        self.send_after(self.timing.rpc, Event::GiveUp(group, member));
    }

    pub(super) fn heartbeat_interval(&mut self, group: GroupId) -> Span {
        let (classic, modern) = (self.timing.heartbeat, self.timing.consumer_heartbeat);
        let Some(g) = self.groups.get_mut(&group) else { return classic };
        let interval = if g.is_modern() { modern } else { classic };
        interval + Span(g.rng.below(interval.0 / LATE + 1))
    }
}
