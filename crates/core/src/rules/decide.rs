//! Who gets what: the one place where a group asks an assignor.

use alloc::string::String;
use alloc::vec::Vec;

use crate::assignor::{Subscription, assign};
use crate::ids::{GroupId, MemberId, TopicId, TopicPartition};
use crate::sorted::{SortedMap, sort_by};
use crate::spec::{Assignment, Assignor, ServerAssignor};
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
        let candidates = g.registered().map(|(id, m)| Candidate {
            id,
            topics: g.topics_of(m).into(),
            owned: m.seat.claims.clone(),
            generation: m.seat.claims_generation,
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
        match g.assignment {
            Assignment::By(assignor @ (Assignor::Range | Assignor::RoundRobin)) => {
                self.by_names(group, assignor, counts, &candidates)
            }
            Assignment::ByBroker(ServerAssignor::Range) => self.by_names(group, Assignor::Range, counts, &candidates),
            Assignment::By(Assignor::CooperativeSticky) => withhold(stick(counts, &candidates), &candidates),
            _ => stick(counts, &candidates),
        }
    }

    /// The plain functions of [`assignor`](crate::assignor) speak of names.
    fn by_names(
        &self,
        group: GroupId,
        assignor: Assignor,
        counts: &SortedMap<TopicId, u32>,
        candidates: &[Candidate],
    ) -> SortedMap<TopicPartition, MemberId> {
        let Some(g) = self.groups.get(&group) else { return SortedMap::new() };
        let name = |topic: TopicId| self.topic(topic).map_or_else(String::new, |t| String::from(&*t.name));
        let ids: SortedMap<&str, MemberId> = g.registered().map(|(id, m)| (&*m.member_id, id)).collect();
        let topics: SortedMap<String, u32> = counts.iter().map(|(topic, count)| (name(*topic), *count)).collect();
        let members: Vec<Subscription> = candidates
            .iter()
            .filter_map(|candidate| {
                let m = g.members.get(&candidate.id)?;
                Some(Subscription {
                    member_id: (&*m.member_id).into(),
                    instance_id: m.instance.as_deref().map(String::from),
                    topics: candidate.topics.iter().map(|topic| name(*topic)).collect(),
                })
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
}

/// A balance that keeps what is owned and moves the fewest: a stand-in for the sticky assignors.
fn stick(counts: &SortedMap<TopicId, u32>, candidates: &[Candidate]) -> SortedMap<TopicPartition, MemberId> {
    let there = |at: &TopicPartition| counts.get(&at.topic).is_some_and(|count| at.partition < *count);
    let mut order: Vec<&Candidate> = candidates.iter().collect();
    // Of two that claim the same, the younger claim counts.
    sort_by(&mut order, |a, b| b.generation.cmp(&a.generation));
    let mut target: SortedMap<TopicPartition, MemberId> = SortedMap::new();
    for candidate in order {
        for at in candidate.owned.iter().filter(|at| there(at) && candidate.topics.contains(&at.topic)) {
            target.get_or_insert_with(*at, || candidate.id);
        }
    }
    let size = |target: &SortedMap<TopicPartition, MemberId>, id: MemberId| {
        target.values().filter(|owner| **owner == id).count()
    };
    let least = |target: &SortedMap<TopicPartition, MemberId>, topic: TopicId| {
        let readers = candidates.iter().filter(|candidate| candidate.topics.contains(&topic));
        readers.map(|candidate| (size(target, candidate.id), candidate.id)).min()
    };
    let all = counts
        .iter()
        .flat_map(|(topic, count)| (0..*count).map(|partition| TopicPartition { topic: *topic, partition }));
    for at in all.filter(|at| !target.contains_key(at)).collect::<Vec<_>>() {
        if let Some((_, id)) = least(&target, at.topic) {
            target.insert(at, id);
        }
    }
    // Ends: each move makes the sizes more equal.
    loop {
        let mut moves = target.iter().rev().filter_map(|(at, owner)| {
            let (fewest, id) = least(&target, at.topic)?;
            (size(&target, *owner) > fewest + 1).then_some((*at, id))
        });
        let Some((at, id)) = moves.next() else { break };
        drop(moves);
        target.insert(at, id);
    }
    target
}

/// Without what somebody else owns still: it lets go of that first (KIP-429).
fn withhold(
    mut target: SortedMap<TopicPartition, MemberId>,
    candidates: &[Candidate],
) -> SortedMap<TopicPartition, MemberId> {
    target.retain(|at, owner| candidates.iter().all(|other| other.id == *owner || !other.owned.contains(at)));
    target
}
