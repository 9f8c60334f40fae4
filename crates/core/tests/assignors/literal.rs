//! Kafka's general sticky algorithm step by step: slow, with everything looked up anew each time.
//!
//! Kafka: `AbstractStickyAssignor.GeneralAssignmentBuilder` (4.3.1), without racks.

use std::collections::{BTreeMap, BTreeSet};

use kafka_lanes_core::assignor::{Group, Member, Partition};

use crate::java::{Table, hash};

type Pair = (usize, usize);

/// What each member gets; `None` where Kafka throws an exception.
pub(crate) fn general(group: &Group) -> Option<Vec<BTreeSet<Partition>>> {
    let mut literal = Literal::new(group);
    literal.balance()?;
    Some(literal.current)
}

struct Literal<'a> {
    group: &'a Group<'a>,
    /// What each member has, by its place in the group.
    current: Vec<BTreeSet<Partition>>,
    /// Members that take part.
    active: Vec<bool>,
    owners: BTreeMap<Partition, usize>,
    before: BTreeMap<Partition, (usize, i64)>,
    moves: BTreeMap<Partition, Pair>,
    moves_by_topic: BTreeMap<(u32, Pair), Table<u32>>,
    revocation_required: bool,
}

impl<'a> Literal<'a> {
    fn new(group: &'a Group<'a>) -> Self {
        let members = group.members;
        let mut literal = Self {
            group,
            current: vec![BTreeSet::new(); members.len()],
            active: vec![true; members.len()],
            owners: BTreeMap::new(),
            before: BTreeMap::new(),
            moves: BTreeMap::new(),
            moves_by_topic: BTreeMap::new(),
            revocation_required: false,
        };
        let mut order = Table::new();
        for (index, member) in members.iter().enumerate() {
            order.insert(hash(member.id), index);
        }
        let generation = |member: usize| members[member].generation.map_or(-1, i64::from);
        let mut claimants: BTreeMap<Partition, usize> = BTreeMap::new();
        for member in order.keys() {
            for tp in members[member].owned {
                if !literal.subscribers(tp.topic).is_empty() {
                    match claimants.get(tp) {
                        None => {
                            literal.current[member].insert(*tp);
                        }
                        Some(other) if generation(*other) == generation(member) => {
                            literal.current[*other].remove(tp);
                        }
                        Some(other) if generation(*other) < generation(member) => {
                            literal.current[*other].remove(tp);
                            literal.current[member].insert(*tp);
                        }
                        Some(_) => continue,
                    }
                    claimants.insert(*tp, member);
                }
            }
        }
        let latest = (0..members.len()).map(generation).max().unwrap_or(-1);
        for member in order.keys().filter(|member| generation(*member) < latest) {
            for tp in members[member].owned {
                let newer = literal.before.get(tp).is_none_or(|(_, other)| generation(member) > *other);
                if newer {
                    literal.before.insert(*tp, (member, generation(member)));
                }
            }
        }
        for (member, Member { topics, .. }) in members.iter().enumerate() {
            for tp in literal.current[member].clone() {
                literal.owners.insert(tp, member);
                if !topics.contains(&tp.topic) {
                    literal.current[member].remove(&tp);
                    literal.owners.remove(&tp);
                    literal.revocation_required = true;
                }
            }
        }
        literal
    }

    fn subscribers(&self, topic: u32) -> Vec<usize> {
        (0..self.current.len()).filter(|member| self.group.members[*member].topics.contains(&topic)).collect()
    }

    fn size(&self, member: usize) -> usize {
        self.current[member].len()
    }

    fn partitions(&self, topic: u32) -> impl Iterator<Item = Partition> + use<> {
        (0..self.group.topics[topic as usize].partitions).map(move |number| Partition { topic, number })
    }

    /// The members that take part, those with least first, then by id.
    fn sorted(&self) -> Vec<usize> {
        let mut members: Vec<usize> = (0..self.current.len()).filter(|member| self.active[*member]).collect();
        members.sort_by_key(|member| (self.size(*member), self.group.members[*member].id));
        members
    }

    fn could_have(&self, member: usize) -> usize {
        self.group.members[member].topics.iter().map(|topic| self.partitions(*topic).count()).sum()
    }

    fn is_balanced(&self) -> bool {
        let sorted = self.sorted();
        let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return true };
        if self.size(*first) + 1 >= self.size(*last) {
            return true;
        }
        for member in sorted.into_iter().filter(|member| self.size(*member) != self.could_have(*member)) {
            for topic in self.group.members[member].topics {
                for tp in self.partitions(*topic).filter(|tp| !self.current[member].contains(tp)) {
                    if self.size(member) + 1 < self.size(self.owners[&tp]) {
                        return false;
                    }
                }
            }
        }
        true
    }

    fn score(&self) -> usize {
        let sizes: Vec<usize> = self.sorted().into_iter().map(|member| self.size(member)).collect();
        (0..sizes.len()).flat_map(|a| (0..a).map(move |b| (a, b))).map(|(a, b)| sizes[a].abs_diff(sizes[b])).sum()
    }

    fn least(&self, topic: u32) -> usize {
        let takes = |member: &usize| self.group.members[*member].topics.contains(&topic);
        self.sorted().into_iter().find(takes).expect("a topic has subscribers")
    }

    fn balance(&mut self) -> Option<()> {
        let initializing = self.current.iter().all(BTreeSet::is_empty);
        let mut topics: Vec<u32> =
            (0..self.group.topics.len() as u32).filter(|topic| !self.subscribers(*topic).is_empty()).collect();
        topics.sort_by_key(|topic| (self.subscribers(*topic).len(), self.group.topics[*topic as usize].name));
        let mut all: Vec<Partition> = topics.iter().flat_map(|topic| self.partitions(*topic)).collect();
        let mut unassigned: Vec<Partition> = all.iter().copied().filter(|tp| !self.owners.contains_key(tp)).collect();
        for tp in &unassigned {
            let member = self.least(tp.topic);
            self.current[member].insert(*tp);
            self.owners.insert(*tp, member);
        }
        all.retain(|tp| self.subscribers(tp.topic).len() >= 2);
        unassigned.retain(|tp| self.subscribers(tp.topic).len() >= 2);
        for member in 0..self.current.len() {
            let shared = self.current[member].iter().any(|tp| self.subscribers(tp.topic).len() >= 2);
            self.active[member] = self.size(member) < self.could_have(member) || shared;
        }
        let (before, score) = (self.current.clone(), self.score());
        if !self.revocation_required {
            self.reassign(&unassigned)?;
        }
        if self.reassign(&all)? && !initializing && self.score() >= score {
            self.current = before;
        }
        Some(())
    }

    fn reassign(&mut self, list: &[Partition]) -> Option<bool> {
        let mut performed = false;
        // Kafka has no limit, and may never end.
        for _ in 0..256 {
            let mut modified = false;
            for tp in list {
                if self.is_balanced() {
                    break;
                }
                let size = self.size(self.owners[tp]);
                if let Some((had, _)) = self.before.get(tp).copied() {
                    // A NullPointerException in Kafka.
                    if !self.active[had] {
                        return None;
                    }
                    if size > self.size(had) + 1 {
                        self.move_to(*tp, had);
                        modified = true;
                        continue;
                    }
                }
                if self.subscribers(tp.topic).into_iter().any(|other| size > self.size(other) + 1) {
                    self.move_to(*tp, self.least(tp.topic));
                    modified = true;
                }
            }
            performed |= modified;
            if !modified {
                break;
            }
        }
        Some(performed)
    }

    fn move_to(&mut self, tp: Partition, to: usize) {
        let from = self.moves.get(&tp).map_or(self.owners[&tp], |(source, _)| *source);
        let back = self.moves_by_topic.get(&(tp.topic, (to, from))).and_then(|set| set.keys().next());
        let tp = back.map_or(tp, |number| Partition { topic: tp.topic, number });
        let from = self.owners[&tp];
        let source = match self.moves.remove(&tp) {
            Some(pair) => {
                let set = self.moves_by_topic.get_mut(&(tp.topic, pair)).expect("it was recorded");
                set.remove(tp.number);
                if set.keys().next().is_none() {
                    self.moves_by_topic.remove(&(tp.topic, pair));
                }
                pair.0
            }
            None => from,
        };
        if source != to {
            self.moves.insert(tp, (source, to));
            let name = hash(self.group.topics[tp.topic as usize].name);
            let hash = (31 + tp.number).wrapping_mul(31).wrapping_add(name);
            self.moves_by_topic.entry((tp.topic, (source, to))).or_insert_with(Table::new).insert(hash, tp.number);
        }
        self.current[from].remove(&tp);
        self.current[to].insert(tp);
        self.owners.insert(tp, to);
    }
}
