//! The broker's default: as even as can be over the members, and what can stay stays.
//!
//! Kafka: `UniformAssignor` (KIP-848, 4.3). A broker goes through hash maps with random keys, so that among equals
//! its choice is arbitrary; here members, topics and partitions come in ascending order.

mod balancer;
mod heterogeneous;
mod homogeneous;

use alloc::vec;
use alloc::vec::Vec;

use super::group::{Group, Member};
use super::layout::{Layout, NONE};
use super::order;

/// Who is to have what.
pub(super) fn assign(group: &Group, layout: &Layout) -> Vec<u32> {
    let order = order::by_id(group);
    if layout.alike || all_subscribe_alike(group) {
        homogeneous::assign(group, layout, &order)
    } else {
        heterogeneous::assign(group, layout, &order)
    }
}

/// Whether every topic that is named, existing or not, is named by every member.
///
/// Kafka: `ModernGroup.subscriptionType` (4.3).
fn all_subscribe_alike(group: &Group) -> bool {
    let mut named_by = vec![0_usize; group.topics.len()];
    let mut seen_by = vec![NONE; group.topics.len()];
    for (index, member) in (0..).zip(group.members) {
        for topic in member.topics.iter().map(|topic| *topic as usize) {
            named_by[topic] += usize::from(core::mem::replace(&mut seen_by[topic], index) != index);
        }
    }
    named_by.into_iter().all(|count| count == 0 || count == group.members.len())
}

/// For each place, the member whose target it is in now, if that member still subscribes to the topic; and how much
/// each has so, in the order of the members. A broker never has a partition in two targets; should it be, the first
/// member counts.
fn present(group: &Group, layout: &Layout, order: &[u32]) -> (Vec<u32>, Vec<u32>) {
    let mut all = vec![NONE; layout.len()];
    let owners = &mut all[..];
    let subscribed = &mut vec![false; group.topics.len()][..];
    let mut sizes = Vec::with_capacity(order.len());
    let mut last: &[u32] = &[];
    for member in order {
        let mut size = 0;
        let Member { topics, owned, .. } = group.members[*member as usize];
        // Most members subscribe as the one before.
        if (!layout.alike || last.is_empty()) && topics != last {
            last.iter().for_each(|topic| subscribed[*topic as usize] = false);
            topics.iter().for_each(|topic| subscribed[*topic as usize] = true);
            last = topics;
        }
        for partition in owned {
            if !subscribed[partition.topic as usize] {
                continue;
            }
            if let Some(place) = layout.place(*partition)
                && owners[place] == NONE
            {
                owners[place] = *member;
                size += 1;
            }
        }
        sizes.push(size);
    }
    (all, sizes)
}
