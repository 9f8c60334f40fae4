use alloc::vec;
use alloc::vec::Vec;

use crate::sorted::sort_by;

/// Two levels that rise and sink over members sorted by what they have: who gets the next partition, and who gives
/// the next one up.
///
/// Kafka: `UniformHeterogeneousAssignmentBuilder.MemberAssignmentBalancer` (4.3).
pub(super) struct Balancer {
    /// By size, then by place among the members.
    members: Vec<u32>,
    /// The members before it have all come to the lower level.
    least_end: usize,
    least_level: i64,
    next_least: usize,
    /// The members from `most_start` to `most_end` have all come to the upper level; those after have nothing to give.
    most_start: usize,
    most_end: usize,
    most_level: i64,
    /// One more than the next.
    next_most: usize,
}

impl Balancer {
    /// For some members, at least one, in ascending order.
    pub(super) fn new(members: &[u32], sizes: &[u32]) -> Self {
        let members = by_size(members, sizes);
        let level = |member: Option<&u32>| member.map_or(0, |member| i64::from(sizes[*member as usize]));
        Self {
            least_end: 0,
            least_level: level(members.first()) - 1,
            next_least: 0,
            most_start: members.len(),
            most_end: members.len(),
            most_level: level(members.last()) + 1,
            next_most: members.len(),
            members,
        }
    }

    /// How far apart the members are.
    pub(super) fn imbalance(&self) -> i64 {
        (self.most_level - 1) - (self.least_level + 1)
    }

    /// Whether the levels have met.
    pub(super) fn is_balanced(&self) -> bool {
        self.most_level - self.least_level <= 1
    }

    /// Who gets the next partition.
    pub(super) fn take_least(&mut self, sizes: &[u32]) -> u32 {
        if self.next_least >= self.least_end {
            self.least_level += 1;
            while self.size(self.least_end, sizes) == Some(self.least_level) {
                self.least_end += 1;
            }
            self.next_least = 0;
        }
        self.next_least += 1;
        self.members[self.next_least - 1]
    }

    /// Who gives up the next partition, if there is somebody.
    pub(super) fn take_most(&mut self, sizes: &[u32]) -> Option<u32> {
        if self.next_most <= self.most_start {
            if self.most_end <= self.most_start && self.most_start > 0 {
                self.most_level = self.size(self.most_start - 1, sizes)?;
            } else {
                self.most_level -= 1;
            }
            while self.most_start > 0 && self.size(self.most_start - 1, sizes) == Some(self.most_level) {
                self.most_start -= 1;
            }
            self.next_most = self.most_end;
        }
        self.next_most = self.next_most.checked_sub(1)?;
        Some(self.members[self.next_most])
    }

    /// The member that was just told has nothing to give up.
    pub(super) fn exclude(&mut self) {
        self.most_end -= 1;
        self.members.swap(self.next_most, self.most_end);
    }

    fn size(&self, at: usize, sizes: &[u32]) -> Option<i64> {
        self.members.get(at).map(|member| i64::from(sizes[*member as usize]))
    }
}

/// The members by size; those that have as much stay in their order. Sizes are mostly close together: counting is
/// faster than comparing then.
fn by_size(members: &[u32], sizes: &[u32]) -> Vec<u32> {
    let (mut least, mut most) = (u32::MAX, 0);
    for member in members {
        least = least.min(sizes[*member as usize]);
        most = most.max(sizes[*member as usize]);
    }
    let mut sorted = members.to_vec();
    if least >= most {
        return sorted;
    }
    let levels = (most - least) as usize + 1;
    if levels > 4 * members.len() {
        sort_by(&mut sorted, |a, b| sizes[*a as usize].cmp(&sizes[*b as usize]));
        return sorted;
    }
    let mut starts = vec![0_u32; levels + 1];
    for member in members {
        starts[(sizes[*member as usize] - least) as usize + 1] += 1;
    }
    for level in 1..starts.len() {
        starts[level] += starts[level - 1];
    }
    for member in members {
        let at = &mut starts[(sizes[*member as usize] - least) as usize];
        sorted[*at as usize] = *member;
        *at += 1;
    }
    sorted
}
