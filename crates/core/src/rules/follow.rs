//! A member of a group with the consumer protocol (KIP-848): it beats, and does what it is told at its next poll.
//!
//! Kafka: `ConsumerHeartbeatRequestManager`, `ConsumerMembershipManager` in the client (4.3).

use alloc::vec::Vec;

use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::member::Status;
use crate::message::{BeatRequest, BeatResponse, Event};
use crate::world::World;

impl World {
    /// Sends a heartbeat now; the next one is due an interval later.
    pub(super) fn beat(&mut self, group: GroupId, member: MemberId) {
        let interval = self.heartbeat_interval(group);
        let Some(m) = self.member_mut(group, member) else { return };
        m.beat += 1;
        (m.beating, m.must_ack) = (true, false);
        let (epoch, beat) = (m.generation, m.beat);
        let owned: Vec<TopicPartition> = m.cursors.keys().copied().collect();
        let owned = (m.reported.as_ref() != Some(&owned)).then_some(owned);
        if owned.is_some() {
            m.reported.clone_from(&owned);
        }
        self.send_after(self.timing.rpc, Event::Beat(BeatRequest { group, member, epoch, owned, beat }));
        self.send_after(interval, Event::HeartbeatDue(group, member, beat));
    }

    #[inline(never)]
    pub(super) fn on_beat_due(&mut self, group: GroupId, member: MemberId) {
        let (now, patience) = (self.now, self.timing.max_poll_interval);
        let Some(m) = self.member(group, member) else { return };
        // Unlike the classic client, it looks at how long ago the last poll was only when a heartbeat is due.
        if m.is_busy() && now - m.last_poll > patience {
            return self.stop_unpolled(group, member);
        }
        if m.beating {
            // One at a time: it looks again when the next would be due.
            let (interval, beat) = (self.timing.consumer_heartbeat, m.beat);
            self.send_after(interval, Event::HeartbeatDue(group, member, beat));
            return;
        }
        self.beat(group, member);
    }

    #[inline(never)]
    pub(super) fn on_beat_answered(&mut self, response: BeatResponse) {
        let BeatResponse { group, member, epoch, assigned, beat } = response;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get_mut(&member).filter(|m| m.is_alive() && m.beat == beat) else { return };
        m.beating = false;
        m.generation = epoch;
        if m.status == Status::Joining {
            m.status = Status::Stable;
            self.changes.structure = true;
        }
        m.told = (!m.cursors.keys().eq(assigned.iter())).then_some(assigned);
        let idle = m.told.is_none() && self.journal.running(group).is_none();
        if m.must_ack {
            self.beat(group, member);
        }
        if idle {
            self.note_moving(group, member);
        }
        self.poll(group, member);
        self.end_if_all_follow(group);
    }

    /// In a poll: commits what it is to let go of, lets go, takes what it gets, and says so at once.
    pub(super) fn do_as_told(&mut self, group: GroupId, member: MemberId) {
        let Some(told) = self.member_mut(group, member).and_then(|m| m.told.take()) else { return };
        let Some(m) = self.member(group, member) else { return };
        let lost: Vec<TopicPartition> = m.cursors.keys().filter(|at| !told.contains(at)).copied().collect();
        let added: Vec<TopicPartition> = told.into_iter().filter(|at| !m.cursors.contains_key(at)).collect();
        if !lost.is_empty() {
            self.auto_commit(group, member);
            self.let_go_of(group, member, &lost);
        }
        if !added.is_empty() {
            self.note_moving(group, member);
        }
        if !self.gain(group, member, &added) {
            return;
        }
        let Some(m) = self.member_mut(group, member) else { return };
        if m.beating {
            m.must_ack = true;
        } else {
            self.beat(group, member);
        }
        self.end_if_all_follow(group);
    }

    /// The rebalance that runs is over when all members that live own what the coordinator says.
    fn end_if_all_follow(&mut self, group: GroupId) {
        let Some(g) = self.groups.get(&group) else { return };
        let follows = |m: &crate::Member| !m.is_alive() || m.cursors.keys().eq(m.seat.assigned.keys());
        if g.phase == crate::Phase::Stable && g.registered().all(|(_, m)| follows(m)) {
            self.end_rebalance(group, g.generation);
        }
    }
}
