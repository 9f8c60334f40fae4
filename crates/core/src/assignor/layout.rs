//! The partitions that are to be shared out, numbered without gaps, and who may have them.

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::group::{Group, Partition, Shares};
use super::java;
use crate::sorted::sort_by;

/// No member, no partition, no topic.
pub(super) const NONE: u32 = u32::MAX;

/// All partitions of the topics that exist and that somebody subscribes to, numbered by topic (ascending as Java
/// orders strings), then by their own number.
pub(super) struct Layout {
    /// The topics, ascending.
    pub(super) topics: Vec<u32>,
    /// For each topic of the group, the places of its partitions; none of those left out.
    ranges: Vec<Range<u32>>,
    len: usize,
    /// Whether all members subscribe in the same words.
    pub(super) alike: bool,
}

impl Layout {
    pub(super) fn new(group: &Group) -> Self {
        let mut topics: Vec<u32> = (0..group.topics.len() as u32).collect();
        let mut named = vec![false; topics.len()];
        let mut last: &[u32] = group.members.first().map_or(&[], |member| member.topics);
        last.iter().for_each(|topic| named[*topic as usize] = true);
        let mut alike = true;
        for member in group.members {
            // Most members subscribe as the one before.
            if member.topics != last {
                member.topics.iter().for_each(|topic| named[*topic as usize] = true);
                last = member.topics;
                alike = false;
            }
        }
        topics.retain(|topic| named[*topic as usize] && group.topics[*topic as usize].partitions > 0);
        sort_by(&mut topics, |a, b| java::compare(group.topics[*a as usize].name, group.topics[*b as usize].name));
        let mut ranges = vec![0..0; named.len()];
        let mut end = 0;
        for topic in &topics {
            let start = end;
            end += group.topics[*topic as usize].partitions;
            ranges[*topic as usize] = start..end;
        }
        Self { topics, ranges, len: end as usize, alike }
    }

    /// How many partitions there are.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Where this topic's partitions are, if it is one of those shared out.
    pub(super) fn of(&self, topic: u32) -> Range<usize> {
        let range = &self.ranges[topic as usize];
        range.start as usize..range.end as usize
    }

    /// Where a partition is, if it is to be shared out.
    #[inline(always)] // Asked for every partition that a member holds; for bytes alone it would be a call.
    pub(super) fn place(&self, partition: Partition) -> Option<usize> {
        let range = &self.ranges[..][partition.topic as usize];
        if partition.number >= range.end - range.start {
            return None;
        }
        Some((range.start + partition.number) as usize)
    }

    /// For each place, the topic.
    pub(super) fn topic_by_place(&self) -> Vec<u32> {
        let mut topic_by_place = Vec::with_capacity(self.len);
        for topic in &self.topics {
            topic_by_place.resize(self.of(*topic).end, *topic);
        }
        topic_by_place
    }

    /// The partition at a place.
    pub(super) fn partition(&self, place: usize) -> Partition {
        let topic = self.topics[self.topics.partition_point(|topic| self.of(*topic).end <= place)];
        Partition { topic, number: place as u32 - self.ranges[topic as usize].start }
    }

    /// What each of so many members has, if `owners` says who has what at each place.
    pub(super) fn shares(&self, owners: &[u32], members: usize) -> Shares {
        // Counted two places on, so that what is filled in below ends up one place on.
        let mut all_ends = vec![0_u32; members + 2];
        // Of slices, not vectors: built for bytes, indexing a vector is a call.
        let ends = &mut all_ends[..];
        for owner in owners {
            if *owner != NONE {
                ends[*owner as usize + 2] += 1;
            }
        }
        let mut total = 0;
        for end in &mut *ends {
            total += *end;
            *end = total;
        }
        let mut all = vec![Partition { topic: 0, number: 0 }; total as usize];
        let partitions = &mut all[..];
        for topic in &self.topics {
            for (number, owner) in owners[self.of(*topic)].iter().enumerate() {
                if *owner != NONE {
                    let end = &mut ends[*owner as usize + 1];
                    partitions[*end as usize] = Partition { topic: *topic, number: number as u32 };
                    *end += 1;
                }
            }
        }
        all_ends.pop();
        Shares { ends: all_ends, partitions: all }
    }
}

/// The subscribers of each topic, in some order of the members.
pub(super) struct Readers {
    /// Where each topic's readers are.
    ranges: Vec<Range<u32>>,
    readers: Vec<u32>,
}

impl Readers {
    /// The members are numbered by their place in `order`. A topic that a member names twice counts once.
    pub(super) fn new(group: &Group, layout: &Layout, order: &[u32]) -> Self {
        let mut ranges = vec![0..0; group.topics.len()];
        if layout.alike {
            let readers: Vec<u32> = (0..order.len() as u32).collect();
            layout.topics.iter().for_each(|topic| ranges[*topic as usize] = 0..order.len() as u32);
            return Self { ranges, readers };
        }
        let mut seen_by = vec![NONE; group.topics.len()];
        for (place, member) in (0..).zip(order) {
            for topic in group.members[*member as usize].topics {
                if core::mem::replace(&mut seen_by[*topic as usize], place) != place {
                    ranges[*topic as usize].end += 1;
                }
            }
        }
        let mut end = 0;
        for range in &mut ranges {
            let count = range.end;
            *range = end..end;
            end += count;
        }
        let mut readers = vec![0; end as usize];
        seen_by.fill(NONE);
        for (place, member) in (0..).zip(order) {
            for topic in group.members[*member as usize].topics {
                if core::mem::replace(&mut seen_by[*topic as usize], place) != place {
                    let range = &mut ranges[*topic as usize];
                    readers[range.end as usize] = place;
                    range.end += 1;
                }
            }
        }
        Self { ranges, readers }
    }

    /// Those of one topic, ascending.
    pub(super) fn of(&self, topic: u32) -> &[u32] {
        let range = &self.ranges[topic as usize];
        &self.readers[range.start as usize..range.end as usize]
    }
}
