//! The partitions that are to be shared out, numbered without gaps, and who may have them.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::group::{Group, Partition};
use super::java;
use crate::sorted::sort_by;

/// No member, no partition, no topic.
pub(super) const NONE: u32 = u32::MAX;

/// All partitions of the topics that exist and that somebody subscribes to, numbered by topic (ascending as Java
/// orders strings), then by their own number.
pub(super) struct Layout {
    /// The topics, ascending.
    pub(super) topics: Vec<u32>,
    /// For each topic of the group, the place of its first partition; [`NONE`] for those left out.
    first: Vec<u32>,
    /// How many partitions each topic of the group has.
    counts: Vec<u32>,
    /// For each place, the topic.
    topic_at: Vec<u32>,
}

impl Layout {
    pub(super) fn new(group: &Group) -> Self {
        let mut named = vec![false; group.topics.len()];
        for topic in group.members.iter().flat_map(|m| m.topics) {
            named[*topic as usize] = true;
        }
        let counts: Vec<u32> = group.topics.iter().map(|t| t.partitions).collect();
        let mut topics: Vec<u32> = (0..group.topics.len() as u32).collect();
        topics.retain(|topic| named[*topic as usize] && counts[*topic as usize] > 0);
        sort_by(&mut topics, |a, b| java::compare(group.topics[*a as usize].name, group.topics[*b as usize].name));
        let mut first = vec![NONE; group.topics.len()];
        let mut topic_at = Vec::with_capacity(topics.iter().map(|topic| counts[*topic as usize] as usize).sum());
        for topic in &topics {
            first[*topic as usize] = topic_at.len() as u32;
            topic_at.resize(topic_at.len() + counts[*topic as usize] as usize, *topic);
        }
        Self { topics, first, counts, topic_at }
    }

    /// How many partitions there are.
    pub(super) fn len(&self) -> usize {
        self.topic_at.len()
    }

    /// Where this topic's partitions are, if it is one of those shared out.
    pub(super) fn of(&self, topic: u32) -> Range<usize> {
        let first = self.first[topic as usize];
        if first == NONE {
            return 0..0;
        }
        first as usize..first as usize + self.counts[topic as usize] as usize
    }

    /// Where a partition is, if it is to be shared out.
    pub(super) fn place(&self, partition: Partition) -> Option<usize> {
        let places = self.of(partition.topic);
        ((partition.number as usize) < places.len()).then_some(places.start + partition.number as usize)
    }

    /// The topic of the partition at a place.
    pub(super) fn topic_at(&self, place: usize) -> u32 {
        self.topic_at[place]
    }

    /// The partition at a place.
    pub(super) fn partition(&self, place: usize) -> Partition {
        let topic = self.topic_at[place];
        Partition { topic, number: place as u32 - self.first[topic as usize] }
    }

    /// What each of so many members has, if `owners` says who has what at each place.
    pub(super) fn shares(&self, owners: &[u32], members: usize) -> Vec<Vec<Partition>> {
        let mut sizes = vec![0_usize; members];
        for owner in owners.iter().filter(|owner| **owner != NONE) {
            sizes[*owner as usize] += 1;
        }
        let mut shares: Vec<Vec<Partition>> = sizes.into_iter().map(Vec::with_capacity).collect();
        for topic in &self.topics {
            for (number, owner) in (0..).zip(&owners[self.of(*topic)]) {
                if *owner != NONE {
                    shares[*owner as usize].push(Partition { topic: *topic, number });
                }
            }
        }
        shares
    }
}

/// The subscribers of each topic, in some order of the members.
pub(super) struct Readers {
    ends: Vec<u32>,
    readers: Vec<u32>,
}

impl Readers {
    /// The members are numbered by their place in `order`. A topic that a member names twice counts once.
    pub(super) fn new(group: &Group, order: &[u32]) -> Self {
        // The topics of each member, each once, member by member.
        let each = |visit: &mut dyn FnMut(u32, u32)| {
            let mut seen_by = vec![NONE; group.topics.len()];
            for (place, member) in (0..).zip(order) {
                for topic in group.members[*member as usize].topics {
                    if core::mem::replace(&mut seen_by[*topic as usize], place) != place {
                        visit(*topic, place);
                    }
                }
            }
        };
        let mut ends = vec![0_u32; group.topics.len() + 1];
        each(&mut |topic, _| ends[topic as usize + 1] += 1);
        for topic in 1..ends.len() {
            ends[topic] += ends[topic - 1];
        }
        let mut readers = vec![0; ends[ends.len() - 1] as usize];
        let mut at = ends.clone();
        each(&mut |topic, place| {
            readers[at[topic as usize] as usize] = place;
            at[topic as usize] += 1;
        });
        Self { ends, readers }
    }

    /// Those of one topic, ascending.
    pub(super) fn of(&self, topic: u32) -> &[u32] {
        &self.readers[self.ends[topic as usize] as usize..self.ends[topic as usize + 1] as usize]
    }
}
