//! Where members and replicas are (KIP-881).

use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::group::Group;
use super::layout::{Layout, NONE};
use crate::sorted::sort_by;

/// The racks of members and of partitions' replicas, numbered.
pub(super) struct Racks {
    /// For each member, its rack.
    members: Vec<u32>,
    /// Where each place's racks end, after a 0.
    ends: Vec<u32>,
    /// Ascending for each place, each rack once.
    racks: Vec<u32>,
    /// How many racks there are.
    count: usize,
}

impl Racks {
    /// Nothing, if no member says where it is. An empty name says nothing.
    pub(super) fn new(group: &Group, layout: &Layout) -> Option<Self> {
        let mut names: Vec<&str> =
            group.members.iter().filter_map(|m| m.rack).filter(|rack| !rack.is_empty()).collect();
        if names.is_empty() {
            return None;
        }
        let replicas = || layout.topics.iter().flat_map(|topic| group.topics[*topic as usize].racks).flatten();
        names.extend(replicas());
        sort_by(&mut names, Ord::cmp);
        names.dedup();
        let number = |name: &str| names.binary_search(&name).map_or(NONE, |at| at as u32);
        let mut ends = vec![0];
        let mut racks = Vec::new();
        for topic in &layout.topics {
            let known = group.topics[*topic as usize].racks;
            for partition in 0..layout.of(*topic).len() {
                let mut those: Vec<u32> = known.get(partition).into_iter().flatten().map(|name| number(name)).collect();
                sort_by(&mut those, Ord::cmp);
                those.dedup();
                racks.append(&mut those);
                ends.push(racks.len() as u32);
            }
        }
        let rack_of = |rack: Option<&str>| rack.filter(|rack| !rack.is_empty()).map_or(NONE, number);
        let members = group.members.iter().map(|m| rack_of(m.rack)).collect();
        Some(Self { members, ends, racks, count: names.len() })
    }

    /// Whether a partition has a replica where the member is; so it is for a member that says nothing.
    pub(super) fn match_at(&self, member: u32, place: usize) -> bool {
        let rack = self.members[member as usize];
        rack == NONE || self.at(place).contains(&rack)
    }

    /// The same, but not for a member that says nothing.
    pub(super) fn meet_at(&self, member: u32, place: usize) -> bool {
        self.at(place).contains(&self.members[member as usize])
    }

    /// How many of the members are in a rack where a partition has a replica.
    pub(super) fn count_members(&self) -> Vec<u32> {
        let mut in_rack = vec![0; self.count];
        for rack in self.members.iter().filter(|rack| **rack != NONE) {
            in_rack[*rack as usize] += 1;
        }
        let members_at = |place| self.at(place).iter().map(|rack| in_rack[*rack as usize]).sum();
        (0..self.ends.len() - 1).map(members_at).collect()
    }

    /// Whether these members' racks are a reason to give these places to some rather than to others.
    ///
    /// Kafka: `AbstractPartitionAssignor.useRackAwareAssignment` (4.3).
    pub(super) fn matter(&self, members: impl Iterator<Item = u32>, places: Range<usize>) -> bool {
        let mut of_members = vec![false; self.count];
        for rack in members.map(|member| self.members[member as usize]).filter(|rack| *rack != NONE) {
            of_members[rack as usize] = true;
        }
        let mut of_places = vec![false; self.count];
        for rack in places.clone().flat_map(|place| self.at(place)) {
            of_places[*rack as usize] = true;
        }
        let all = of_places.iter().filter(|there| **there).count();
        of_members.iter().zip(&of_places).any(|(member, place)| *member && *place)
            && places.into_iter().any(|place| self.at(place).len() != all)
    }

    /// Whether one of these members says where it is.
    pub(super) fn known(&self, mut members: impl Iterator<Item = u32>) -> bool {
        members.any(|member| self.members[member as usize] != NONE)
    }

    fn at(&self, place: usize) -> &[u32] {
        &self.racks[self.ends[place] as usize..self.ends[place + 1] as usize]
    }
}
