use alloc::vec;
use alloc::vec::Vec;

use crate::assignor::layout::{NONE, Readers};
use crate::sorted::sort_by;

/// For each topic, which of its subscribers has least; of those that have the same, the first by id.
///
/// A knock-out tournament for each set of subscribers: topics that the same members subscribe to share one.
pub(super) struct Contests {
    /// For each topic of the group, its contest.
    of_topic: Vec<u32>,
    contests: Vec<Contest>,
    /// For each member (by id), where it takes part.
    seats: Vec<Vec<Seat>>,
}

struct Contest {
    /// A binary tree: the root at 1, the children of n at 2n and 2n + 1; who wins there.
    winners: Vec<u32>,
}

#[derive(Clone, Copy)]
struct Seat {
    contest: u32,
    /// Its place in the tree.
    leaf: u32,
}

impl Contests {
    pub(super) fn new(readers: &Readers, topics: &[u32], topic_count: usize, sizes: &[u32]) -> Self {
        let mut alike: Vec<(u64, u32)> = topics.iter().map(|topic| (fingerprint(readers.of(*topic)), *topic)).collect();
        sort_by(&mut alike, |a, b| a.0.cmp(&b.0).then_with(|| readers.of(a.1).cmp(readers.of(b.1))));
        let mut of_topic = vec![NONE; topic_count];
        let mut contests: Vec<Contest> = Vec::new();
        let mut seats = vec![Vec::new(); sizes.len()];
        let mut last: Option<&[u32]> = None;
        for (_, topic) in alike {
            let those = readers.of(topic);
            if last != Some(those) {
                contests.push(Contest::new(those, contests.len() as u32, sizes, &mut seats));
                last = Some(those);
            }
            of_topic[topic as usize] = contests.len() as u32 - 1;
        }
        Self { of_topic, contests, seats }
    }

    /// Who has least of those that subscribe to a topic.
    pub(super) fn least(&self, topic: u32) -> u32 {
        self.contests[self.of_topic[topic as usize] as usize].winners[1]
    }

    /// A member has another size than before.
    pub(super) fn update(&mut self, member: u32, sizes: &[u32]) {
        for seat in &self.seats[member as usize] {
            self.contests[seat.contest as usize].update(seat.leaf, sizes);
        }
    }
}

impl Contest {
    fn new(readers: &[u32], index: u32, sizes: &[u32], seats: &mut [Vec<Seat>]) -> Self {
        let leaves = readers.len().next_power_of_two();
        let mut winners = vec![NONE; 2 * leaves];
        for (reader, leaf) in readers.iter().zip(leaves..) {
            winners[leaf] = *reader;
            seats[*reader as usize].push(Seat { contest: index, leaf: leaf as u32 });
        }
        for node in (1..leaves).rev() {
            winners[node] = better(winners[2 * node], winners[2 * node + 1], sizes);
        }
        Self { winners }
    }

    fn update(&mut self, leaf: u32, sizes: &[u32]) {
        let member = self.winners[leaf as usize];
        let mut node = leaf as usize / 2;
        while node > 0 {
            let winner = better(self.winners[2 * node], self.winners[2 * node + 1], sizes);
            let before = core::mem::replace(&mut self.winners[node], winner);
            // Above, nothing is different if it neither won nor wins.
            if before == winner && winner != member {
                return;
            }
            node /= 2;
        }
    }
}

/// Of two neighbours, the left of which comes first by id.
fn better(left: u32, right: u32, sizes: &[u32]) -> u32 {
    if right == NONE || left != NONE && sizes[left as usize] <= sizes[right as usize] { left } else { right }
}

/// Equal for equal lists, and hardly ever for others (FNV-1a).
fn fingerprint(readers: &[u32]) -> u64 {
    readers.iter().fold(0xcbf2_9ce4_8422_2325, |hash, r| (hash ^ u64::from(*r)).wrapping_mul(0x100_0000_01b3))
}
