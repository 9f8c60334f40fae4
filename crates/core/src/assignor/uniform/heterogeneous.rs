use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::balancer::Balancer;
use crate::assignor::group::Group;
use crate::assignor::layout::{Layout, NONE, Readers};
use crate::sorted::sort_by;

/// How often Kafka goes through all topics at the most.
const MAX_ROUNDS: usize = 16;

/// Who is to have what where members subscribe to different topics.
///
/// Kafka: `UniformHeterogeneousAssignmentBuilder` (4.3).
pub(super) fn assign(group: &Group, layout: &Layout, order: &[u32]) -> Vec<u32> {
    let mut places = vec![NONE; group.members.len()];
    for (place, member) in (0..).zip(order) {
        places[*member as usize] = place;
    }
    // Members are numbered by their place in the order from here on.
    let (mut owners, sizes) = super::present(group, layout, order);
    for owner in owners.iter_mut().filter(|owner| **owner != NONE) {
        *owner = places[*owner as usize];
    }
    let readers = Readers::new(group, layout, order);
    let topics = by_partitions_a_subscriber(layout, &readers);
    let mut target = Target { layout, readers: &readers, owners, sizes };
    for topic in &topics {
        target.fill(*topic);
    }
    let shared: Vec<u32> = topics.into_iter().filter(|topic| readers.of(*topic).len() >= 2).collect();
    target.balance(&shared);
    let mut owners = target.owners;
    for owner in owners.iter_mut().filter(|owner| **owner != NONE) {
        *owner = order[*owner as usize];
    }
    owners
}

/// The topics with the most partitions for each subscriber first; then those with fewer subscribers; then by name.
fn by_partitions_a_subscriber(layout: &Layout, readers: &Readers) -> Vec<u32> {
    let mut topics = layout.topics.clone();
    sort_by(&mut topics, |a, b| {
        let ratio = |of: u32, by: u32| layout.of(of).len() as u64 * readers.of(by).len() as u64;
        ratio(*b, *a).cmp(&ratio(*a, *b)).then_with(|| readers.of(*a).len().cmp(&readers.of(*b).len()))
    });
    topics
}

struct Target<'a> {
    layout: &'a Layout,
    readers: &'a Readers,
    owners: Vec<u32>,
    sizes: Vec<u32>,
}

impl Target<'_> {
    /// Gives what nobody has of a topic to its subscribers, those with least first.
    fn fill(&mut self, topic: u32) {
        let places = self.layout.of(topic);
        if self.owners[places.clone()].iter().all(|owner| *owner != NONE) {
            return;
        }
        let mut balancer = Balancer::new(self.readers.of(topic), &self.sizes);
        for place in places {
            if self.owners[place] == NONE {
                let member = balancer.take_least(&self.sizes);
                self.owners[place] = member;
                self.sizes[member as usize] += 1;
            }
        }
    }

    fn balance(&mut self, topics: &[u32]) {
        let mut stock = Stock::new(self.sizes.len());
        let mut last_changed = None;
        for _ in 0..MAX_ROUNDS {
            for topic in topics {
                if last_changed == Some(*topic) {
                    return;
                }
                if self.balance_topic(*topic, &mut stock) || last_changed.is_none() {
                    last_changed = Some(*topic);
                }
            }
        }
    }

    /// Moves partitions of a topic from those of its subscribers that have most to those that have least. Whether
    /// any moved.
    fn balance_topic(&mut self, topic: u32, stock: &mut Stock) -> bool {
        let mut balancer = Balancer::new(self.readers.of(topic), &self.sizes);
        if balancer.imbalance() <= 1 {
            return false;
        }
        stock.fill(self.readers.of(topic), &self.owners[self.layout.of(topic)]);
        let mut changed = false;
        while !balancer.is_balanced() {
            let Some(from) = balancer.take_most(&self.sizes) else { break };
            let Some(number) = stock.pop(from) else {
                balancer.exclude();
                continue;
            };
            let to = balancer.take_least(&self.sizes);
            if balancer.is_balanced() {
                break;
            }
            self.owners[self.layout.of(topic).start + number as usize] = to;
            self.sizes[from as usize] -= 1;
            self.sizes[to as usize] += 1;
            changed = true;
        }
        changed
    }
}

/// What each subscriber of a topic has of it at first.
struct Stock {
    /// For each member, where its part starts and ends; what was taken is no longer part of it.
    parts: Vec<Range<u32>>,
    numbers: Vec<u32>,
}

impl Stock {
    fn new(members: usize) -> Self {
        Self { parts: vec![0..0; members], numbers: Vec::new() }
    }

    /// Takes in a topic with its subscribers and owners, who are among them. Other members are not looked at.
    fn fill(&mut self, readers: &[u32], owners: &[u32]) {
        for reader in readers {
            self.parts[*reader as usize] = 0..0;
        }
        for owner in owners {
            self.parts[*owner as usize].end += 1;
        }
        let mut end = 0;
        for reader in readers {
            let part = &mut self.parts[*reader as usize];
            let count = part.end;
            *part = end..end;
            end += count;
        }
        self.numbers.resize(owners.len(), 0);
        for (number, owner) in (0..).zip(owners) {
            let part = &mut self.parts[*owner as usize];
            self.numbers[part.end as usize] = number;
            part.end += 1;
        }
    }

    /// Takes the partition with the highest number that a subscriber has.
    fn pop(&mut self, member: u32) -> Option<u32> {
        let number = self.parts[member as usize].next_back()?;
        Some(self.numbers[number as usize])
    }
}
