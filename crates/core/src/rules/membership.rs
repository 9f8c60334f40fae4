//! Who a group's coordinator still counts as a member, and what it keeps for them.
//!
//! Kafka: `GroupMetadataManager` and `OffsetMetadataManager` on the broker (4.3).

use super::create::new_member_id;
use crate::group::Phase;
use crate::ids::{GroupId, MemberId, TopicId, TopicPartition};
use crate::journal::Cause;
use crate::member::Status;
use crate::message::Event;
use crate::sorted::SortedMap;
use crate::spec::Assignment;
use crate::world::World;

impl World {
    pub(super) fn on_heartbeat(&mut self, group: GroupId, member: MemberId) {
        let (now, session) = (self.now, self.timing.session);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let preparing = matches!(g.phase, Phase::PreparingRebalance { .. });
        let must_join = preparing && !g.joined.contains(&member);
        let Some(m) = g.members.get_mut(&member) else { return };
        if !m.registered {
            self.send_after(self.timing.rpc, Event::UnknownMember(group, member));
            return;
        }
        m.session_ends = now + session;
        if must_join {
            self.send_after(self.timing.rpc, Event::RebalanceInProgress(group, member));
        }
    }

    pub(super) fn on_session_check(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let waits = g.joined.contains(&member) || g.phase == Phase::CompletingRebalance;
        let Some(m) = g.members.get_mut(&member) else { return };
        if !m.registered {
            m.watched = false;
            return;
        }
        // While the coordinator itself keeps a live member waiting for an answer, its session does not end.
        if m.is_alive() && (waits || m.status == Status::Joining) {
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

    pub(super) fn on_leave(&mut self, group: GroupId, member: MemberId) {
        if let Some(name) = self.name_of_member(group, member) {
            self.remove(group, member, Cause::Left(name));
        }
    }

    pub(super) fn on_give_up(&mut self, group: GroupId, member: MemberId) {
        if let Some(name) = self.name_of_member(group, member) {
            self.remove(group, member, Cause::TooSlow(name));
        }
    }

    /// The coordinator takes a member off its list and has the rest share what it had.
    fn remove(&mut self, group: GroupId, member: MemberId, cause: Cause) {
        let known = self.member(group, member).is_some_and(|m| m.registered);
        self.forget(group, member);
        let Some(g) = self.groups.get_mut(&group).filter(|_| known) else { return };
        if g.registered().next().is_none() {
            g.phase = Phase::Empty;
            g.generation += 1;
            g.target.clear();
            g.owners.clear();
            self.journal.drop_running(group);
            return;
        }
        match g.phase {
            Phase::PreparingRebalance { .. } => self.complete_round_if_all_joined(group),
            _ => self.begin_round(group, cause),
        }
    }

    /// The coordinator knows a member no more. One that lives finds out and joins anew, with another id; any
    /// other is gone.
    pub(super) fn forget(&mut self, group: GroupId, member: MemberId) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.joined.remove(&member);
        g.syncing.remove(&member);
        self.changes.structure = true;
        let Some(m) = g.members.get_mut(&member) else { return };
        if m.is_alive() {
            m.registered = false;
            m.member_id = new_member_id(&m.name, &mut g.rng);
        } else {
            g.members.remove(&member);
        }
    }

    pub(super) fn on_commit(&mut self, group: GroupId, generation: Option<u32>, offsets: &[(TopicPartition, u64)]) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        // A commit of an old generation is refused (ILLEGAL_GENERATION).
        if generation.is_some_and(|generation| generation != g.generation) {
            return;
        }
        for (partition, offset) in offsets {
            g.committed.insert(*partition, *offset);
            self.changes.lanes.insert(*partition);
        }
    }

    /// The leader sees that a topic has more partitions, and has the group share them.
    pub(super) fn on_metadata_due(&mut self, group: GroupId) {
        let Some(g) = self.groups.get(&group) else { return };
        if g.assignment == Assignment::Manual || g.phase == Phase::Empty {
            return;
        }
        // Who leads after the round that runs may not have seen it either.
        if g.phase != Phase::Stable {
            self.send_after(self.timing.metadata_max_age, Event::MetadataDue(group));
            return;
        }
        if let Some(topic) = self.topic_with_unassigned(&g.topics, &g.target) {
            self.begin_round(group, Cause::Partitions(topic));
        }
    }

    fn topic_with_unassigned(
        &self,
        topics: &[TopicId],
        target: &SortedMap<TopicPartition, MemberId>,
    ) -> Option<TopicId> {
        topics.iter().copied().find(|topic| {
            let count = self.topic(*topic).map_or(0, |t| t.partition_count());
            (0..count).any(|partition| !target.contains_key(&TopicPartition { topic: *topic, partition }))
        })
    }
}
