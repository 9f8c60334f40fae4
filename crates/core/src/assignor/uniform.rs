//! The broker's default: as even as can be over the members, and what can stay stays.
//!
//! Kafka: `UniformAssignor` (KIP-848, 4.3). A broker goes through hash maps with random keys, so that among equals
//! its choice is arbitrary; here members, topics and partitions come in ascending order.

mod balancer;
mod heterogeneous;
mod homogeneous;

use alloc::vec;
use alloc::vec::Vec;

use super::group::Group;
use super::layout::{Layout, NONE};
use super::order;

/// Who is to have what.
pub(super) fn assign(group: &Group, layout: &Layout) -> Vec<u32> {
    let order = order::by_id(group);
    if all_subscribe_alike(group) {
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

/// For each place, the member whose target it is in now, if that member still subscribes to the topic.
/// A broker never has a partition in two targets; should it be, the first member counts.
fn present(group: &Group, layout: &Layout, order: &[u32]) -> Vec<u32> {
    let mut owners = vec![NONE; layout.len()];
    let mut subscribed_by = vec![NONE; group.topics.len()];
    for member in order {
        let Some(m) = Some(&group.members[*member as usize]).filter(|m| !m.owned.is_empty()) else { continue };
        for topic in m.topics {
            subscribed_by[*topic as usize] = *member;
        }
        for partition in m.owned.iter().filter(|p| subscribed_by[p.topic as usize] == *member) {
            if let Some(owner) = layout.place(*partition).map(|place| &mut owners[place]).filter(|o| **o == NONE) {
                *owner = *member;
            }
        }
    }
    owners
}
