use alloc::vec;
use alloc::vec::Vec;

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
        let mut last_changed = None;
        for _ in 0..MAX_ROUNDS {
            for topic in topics {
                if last_changed == Some(*topic) {
                    return;
                }
                if self.balance_topic(*topic) || last_changed.is_none() {
                    last_changed = Some(*topic);
                }
            }
        }
    }

    /// Moves partitions of a topic from those of its subscribers that have most to those that have least. Whether
    /// any moved.
    fn balance_topic(&mut self, topic: u32) -> bool {
        let mut balancer = Balancer::new(self.readers.of(topic), &self.sizes);
        if balancer.imbalance() <= 1 {
            return false;
        }
        let mut stock = Stock::new(&self.owners[self.layout.of(topic)], self.sizes.len());
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

/// What each member has of a topic at first.
struct Stock {
    /// Where each member's part ends, after what was taken from it.
    ends: Vec<u32>,
    starts: Vec<u32>,
    numbers: Vec<u32>,
}

impl Stock {
    fn new(owners: &[u32], members: usize) -> Self {
        let mut starts = vec![0_u32; members + 1];
        for owner in owners {
            starts[*owner as usize + 1] += 1;
        }
        for member in 1..starts.len() {
            starts[member] += starts[member - 1];
        }
        let mut ends = starts.clone();
        let mut numbers = vec![0; owners.len()];
        for (number, owner) in (0..).zip(owners) {
            let end = &mut ends[*owner as usize];
            numbers[*end as usize] = number;
            *end += 1;
        }
        Self { ends, starts, numbers }
    }

    /// Takes the partition with the highest number that a member has.
    fn pop(&mut self, member: u32) -> Option<u32> {
        let end = &mut self.ends[member as usize];
        if *end == self.starts[member as usize] {
            return None;
        }
        *end -= 1;
        Some(self.numbers[*end as usize])
    }
}
