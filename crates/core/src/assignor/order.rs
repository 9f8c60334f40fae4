//! The orders in which assignors go through the members.

use alloc::vec::Vec;
use core::cmp::Ordering;

use super::group::Group;
use super::java;
use crate::sorted::order_of;

/// Static members first, by instance id; then the others by member id.
///
/// Kafka: `AbstractPartitionAssignor.MemberInfo.compareTo`, and the broker's `RangeAssignor.sortMemberIds` (4.3).
pub(super) fn with_static_first(group: &Group) -> Vec<u32> {
    sorted(group, |a, b| match (group.members[a].instance_id, group.members[b].instance_id) {
        (Some(a), Some(b)) => java::compare(a, b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => java::compare(group.members[a].id, group.members[b].id),
    })
}

/// By member id.
pub(super) fn by_id(group: &Group) -> Vec<u32> {
    sorted(group, |a, b| java::compare(group.members[a].id, group.members[b].id))
}

/// As a client that leads the group finds the members in its `HashMap`, into which it put them as they joined.
///
/// Kafka: `ConsumerCoordinator.onLeaderElected` (4.3).
pub(super) fn as_hashed(group: &Group) -> Vec<u32> {
    java::hash_order(group.members.iter().map(|m| m.id))
}

fn sorted(group: &Group, compare: impl Fn(usize, usize) -> Ordering) -> Vec<u32> {
    order_of(group.members.len(), &compare).into_iter().map(|member| member as u32).collect()
}
