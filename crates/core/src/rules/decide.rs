//! Who gets what: the one place where a group asks an assignor.

use alloc::string::String;
use alloc::vec::Vec;

use crate::assignor::{Subscription, assign, target};
use crate::ids::{GroupId, MemberId, TopicId, TopicPartition};
use crate::seat::{Claim, Claims};
use crate::sorted::SortedMap;
use crate::spec::{Assignment, Assignor, PartitionName};
use crate::world::World;

/// A member as the one who decides sees it.
struct Candidate {
    id: MemberId,
    topics: Vec<TopicId>,
    /// What it owns, or is to own so far.
    owned: Vec<TopicPartition>,
    /// The generation of `owned`.
    generation: Option<u32>,
}

impl World {
    /// What the leader's assignor makes of the members, and of the partitions that the leader knows of.
    pub(super) fn decide_as_leader(&mut self, group: GroupId, leader: MemberId) -> SortedMap<TopicPartition, MemberId> {
        // Of topics that are new to it, it asks at once.
        for (topic, count) in self.counts(&self.subscribed(group)) {
            let Some(m) = self.member_mut(group, leader) else { continue };
            m.metadata.get_or_insert_with(topic, || count);
        }
        let Some(m) = self.member_mut(group, leader) else { return SortedMap::new() };
        // A static leader that comes back decides nothing, and takes what it sees for what was decided about: what
        // was added while it was away waits for the next round (`skipAssignment`, KIP-814).
        if m.decided_on.is_empty() {
            m.decided_on = m.metadata.clone();
        }
        let counts = m.decided_on.clone();
        let Some(g) = self.groups.get(&group) else { return SortedMap::new() };
        let sticky = g.chosen == Some(Assignor::Sticky);
        let candidates = g.registered().map(|(id, m)| {
            let Claims { owned, given } = &m.seat.claims;
            let Claim { partitions, generation } = if sticky { given } else { owned }.clone();
            Candidate { id, topics: g.topics_of(m).into(), owned: partitions, generation }
        });
        self.decide(group, &counts, candidates.collect())
    }

    /// What the coordinator's assignor makes of the members and the partitions.
    pub(super) fn decide_as_coordinator(
        &self,
        group: GroupId,
        counts: &SortedMap<TopicId, u32>,
    ) -> SortedMap<TopicPartition, MemberId> {
        let Some(g) = self.groups.get(&group) else { return SortedMap::new() };
        let targeted = |id: MemberId| g.target.iter().filter(move |(_, owner)| **owner == id).map(|(p, _)| *p);
        let candidates = g.registered().map(|(id, m)| Candidate {
            id,
            topics: g.topics_of(m).into(),
            owned: targeted(id).collect(),
            generation: None,
        });
        self.decide(group, counts, candidates.collect())
    }

    fn decide(
        &self,
        group: GroupId,
        counts: &SortedMap<TopicId, u32>,
        candidates: Vec<Candidate>,
    ) -> SortedMap<TopicPartition, MemberId> {
        let Some(g) = self.groups.get(&group) else { return SortedMap::new() };
        let name = |topic: TopicId| self.topic(topic).map_or_else(String::new, |t| String::from(&*t.name));
        let ids: SortedMap<&str, MemberId> = g.registered().map(|(id, m)| (&*m.member_id, id)).collect();
        let topics: SortedMap<String, u32> = counts.iter().map(|(topic, count)| (name(*topic), *count)).collect();
        let members: Vec<Subscription> = candidates
            .into_iter()
            .filter_map(|candidate| {
                let m = g.members.get(&candidate.id)?;
                let named = |at: TopicPartition| PartitionName { topic: name(at.topic), partition: at.partition };
                Some(Subscription {
                    member_id: (&*m.member_id).into(),
                    instance_id: m.instance.as_deref().map(String::from),
                    topics: candidate.topics.into_iter().map(name).collect(),
                    owned: candidate.owned.into_iter().map(named).collect(),
                    generation: candidate.generation,
                })
            })
            .collect();
        let assigned = match (g.assignment, g.chosen) {
            (Assignment::By(_), Some(assignor)) => assign(assignor, &topics, &members),
            (Assignment::ByBroker(assignor), _) => target(assignor, &topics, &members),
            _ => return SortedMap::new(),
        };
        let mut owners = SortedMap::new();
        for (member_id, owned) in assigned {
            let Some(member) = ids.get(&*member_id) else { continue };
            for partition in owned {
                if let Ok(topic) = self.topic_named(&partition.topic) {
                    owners.insert(TopicPartition { topic, partition: partition.partition }, *member);
                }
            }
        }
        owners
    }
}
