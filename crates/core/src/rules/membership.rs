//! Who a group's coordinator still counts as a member.
//!
//! Kafka: `GroupMetadataManager` on the broker (4.3).

use alloc::vec::Vec;

use super::create::new_member_id;
use crate::group::{Group, Phase};
use crate::ids::{GroupId, MemberId};
use crate::journal::{Cause, Happening};
use crate::member::Status;
use crate::message::Event;
use crate::world::World;

impl World {
    pub(super) fn on_heartbeat(&mut self, group: GroupId, member: MemberId, generation: u32) {
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        if !m.registered {
            // Another one has its `group.instance.id`, or nobody knows it.
            let fenced = g.holder_of_instance(member).is_some();
            self.send_after(
                self.timing.rpc,
                if fenced {
                    Event::InstanceIdTaken(group, member)
                } else {
                    Event::UnknownMember(group, member, generation)
                },
            );
            return;
        }
        let preparing = matches!(g.phase, Phase::PreparingRebalance { .. });
        let must_join = preparing && !g.joined.contains(&member);
        self.keep_session(group, member);
        if must_join {
            self.send_after(self.timing.rpc, Event::RebalanceInProgress(group, member, generation));
        }
    }

    /// The coordinator has heard of the member: its session begins anew.
    pub(super) fn keep_session(&mut self, group: GroupId, member: MemberId) {
        let (now, classic, modern) = (self.now, self.timing.session, self.timing.consumer_session);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let session = if g.is_modern() { modern } else { classic };
        let Some(m) = g.members.get_mut(&member) else { return };
        m.session_ends = now + session;
        if !core::mem::replace(&mut m.watched, true) {
            self.send_after(session, Event::SessionCheck(group, member));
        }
    }

    #[inline(never)]
    pub(super) fn on_session_check(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let waits = g.joined.contains(&member) || g.syncing.contains(&member);
        let Some(m) = g.members.get_mut(&member) else { return };
        if !m.registered {
            return self.end_pending(group, member);
        }
        // While the coordinator itself keeps a live member waiting for an answer, its session does not end.
        if m.is_alive() && waits {
            self.send_after(self.timing.session, Event::SessionCheck(group, member));
            return;
        }
        if m.session_ends > now {
            self.queue.push(m.session_ends, Event::SessionCheck(group, member));
            return;
        }
        m.watched = false;
        let name = m.name.clone();
        self.remove(group, member, Cause::SessionEnded(name));
    }

    /// An id that the coordinator gave away and that nobody came with is forgotten after a session.
    fn end_pending(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get_mut(&member) else { return };
        if m.seat.pending && m.session_ends > now {
            self.queue.push(m.session_ends, Event::SessionCheck(group, member));
            return;
        }
        m.watched = false;
        if !core::mem::take(&mut m.seat.pending) {
            return;
        }
        if matches!(m.status, Status::Crashed { .. }) {
            g.members.remove(&member);
            self.changes.structure = true;
        }
        self.complete_round_if_all_joined(group);
    }

    #[inline(never)]
    pub(super) fn on_leave(&mut self, group: GroupId, member: MemberId) {
        if let Some(name) = self.name_of_member(group, member) {
            self.remove(group, member, Cause::Left(name));
        }
    }

    #[inline(never)]
    pub(super) fn on_give_up(&mut self, group: GroupId, member: MemberId) {
        if let Some(name) = self.name_of_member(group, member) {
            self.remove(group, member, Cause::TooSlow(name));
        }
    }

    /// The coordinator takes a member off its list and has the rest share what it had.
    pub(super) fn remove(&mut self, group: GroupId, member: MemberId, cause: Cause) {
        let known = self.member(group, member).is_some_and(|m| m.registered);
        self.forget(group, member);
        let Some(g) = self.groups.get_mut(&group) else { return };
        if !known {
            // A round may have waited for one that was given an id.
            return self.complete_round_if_all_joined(group);
        }
        if g.registered().next().is_none() {
            g.generation += 1;
            g.empty();
            self.journal.drop_running(group);
            return;
        }
        if g.is_modern() {
            return self.new_epoch(group, cause);
        }
        match g.phase {
            Phase::PreparingRebalance { .. } => self.complete_round_if_all_joined(group),
            _ => self.begin_round(group, cause),
        }
    }

    /// The coordinator knows a member no more. One that lives finds out and joins anew, with another id; any
    /// other is gone.
    pub(super) fn forget(&mut self, group: GroupId, member: MemberId) {
        self.watch_gone(group, member);
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.joined.remove(&member);
        g.syncing.remove(&member);
        self.changes.structure = true;
        let modern = g.is_modern();
        if modern {
            g.target.retain(|_, owner| *owner != member);
        }
        let Some(m) = g.members.get_mut(&member) else { return };
        if m.is_alive() {
            m.registered = false;
            m.seat = crate::seat::Seat::default();
            m.member_id = new_member_id(&m.name, m.instance.as_deref(), modern, &mut g.rng);
        } else {
            g.members.remove(&member);
        }
        if g.leader == Some(member) {
            let next = g.registered().map(|(id, _)| id).next();
            g.leader = next;
        }
    }

    /// A new process takes the place of the one that has its `group.instance.id`, if the coordinator knows one.
    ///
    /// Kafka: `ClassicGroup.replaceStaticMember`, `GroupMetadataManager.replaceMember` (4.3).
    pub(super) fn take_seat(&mut self, group: GroupId, newer: MemberId) -> bool {
        let Some(g) = self.groups.get_mut(&group) else { return false };
        let Some(older) = g.holder_of_instance(newer) else { return false };
        let Some(seat) = g.members.get_mut(&older).map(|m| core::mem::take(&mut m.seat)) else { return false };
        let (mut names, mut lives, mut waits) = (Vec::new(), false, false);
        if let Some(m) = g.members.get_mut(&older) {
            m.registered = false;
            names.push(m.name.clone());
            (lives, waits) = (m.is_alive(), m.status == Status::Joining);
        }
        if let Some(m) = g.members.get_mut(&newer) {
            m.registered = true;
            m.seat = seat;
            m.seat.away = false;
            names.push(m.name.clone());
        }
        let [before, after] = names.as_slice() else { return false };
        g.target.values_mut().filter(|owner| **owner == older).for_each(|owner| *owner = newer);
        g.owners.values_mut().filter(|owner| *owner == before).for_each(|owner| *owner = after.clone());
        g.joined.remove(&older);
        g.syncing.remove(&older);
        if g.leader == Some(older) {
            g.leader = Some(newer);
        }
        let name = g.name.clone();
        let what = if lives {
            Happening::InstanceIdTaken { group: name, member: before.clone(), by: after.clone() }
        } else {
            g.members.remove(&older);
            Happening::Returned { group: name, member: after.clone() }
        };
        self.journal.tell(self.now, what);
        self.changes.structure = true;
        if waits {
            self.send_after(self.timing.rpc, Event::InstanceIdTaken(group, older));
        }
        true
    }
}

impl Group {
    /// Another member, known to the coordinator, that has the same `group.instance.id` as `member`.
    pub(super) fn holder_of_instance(&self, member: MemberId) -> Option<MemberId> {
        let instance = self.members.get(&member)?.instance.clone()?;
        let mut holders = self.registered().filter(|(id, m)| *id != member && m.instance.as_ref() == Some(&instance));
        holders.next().map(|(id, _)| id)
    }

    /// Nobody is left.
    pub(super) fn empty(&mut self) {
        self.phase = Phase::Empty;
        self.chosen = None;
        self.leader = None;
        self.target.clear();
        self.owners.clear();
        self.unread.clear();
        self.joined.clear();
        self.syncing.clear();
    }
}
