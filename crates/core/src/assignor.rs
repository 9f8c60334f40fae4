//! Kafka's classic assignors as plain functions over plain data.

mod range;
mod round_robin;

use alloc::string::String;
use alloc::vec::Vec;

use crate::sorted::{SortedMap, sort_by};
use crate::spec::{Assignor, PartitionName};

/// A member of a group as its leader sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The id that the coordinator gave it.
    pub member_id: String,
    /// `group.instance.id`, for a static member.
    pub instance_id: Option<String>,
    /// The topics that it subscribes to.
    pub topics: Vec<String>,
}

/// Which partitions each member gets, by member id; members without partitions are there, with none.
pub type Assigned = SortedMap<String, Vec<PartitionName>>;

/// What `assignor` decides for `members` (in the order in which they joined) over `topics` with their
/// numbers of partitions. Topics that do not exist are ignored, as Kafka does.
pub fn assign(assignor: Assignor, topics: &SortedMap<String, u32>, members: &[Subscription]) -> Assigned {
    let mut ids: Vec<&String> = members.iter().map(|m| &m.member_id).collect();
    // A map takes what comes in order at once.
    sort_by(&mut ids, Ord::cmp);
    let mut assigned: Assigned = ids.into_iter().map(|id| (id.clone(), Vec::new())).collect();
    let members = in_static_order(members);
    match assignor {
        Assignor::Range => range::assign(topics, &members, &mut assigned),
        _ => round_robin::assign(topics, &members, &mut assigned),
    }
    assigned
}

/// Static members first, by instance id; then the others by member id.
///
/// Kafka: `AbstractPartitionAssignor.MemberInfo.compareTo` (4.3). Ids are compared as Java compares
/// strings, by UTF-16 units.
fn in_static_order(members: &[Subscription]) -> Vec<&Subscription> {
    let mut order: Vec<&Subscription> = members.iter().collect();
    sort_by(&mut order, |a, b| match (&a.instance_id, &b.instance_id) {
        (Some(a), Some(b)) => a.encode_utf16().cmp(b.encode_utf16()),
        (Some(_), None) => core::cmp::Ordering::Less,
        (None, Some(_)) => core::cmp::Ordering::Greater,
        (None, None) => a.member_id.encode_utf16().cmp(b.member_id.encode_utf16()),
    });
    order
}

/// The topics that exist and that somebody subscribes to, ascending as Java orders strings.
fn subscribed<'a>(topics: &'a SortedMap<String, u32>, members: &[&Subscription]) -> Vec<(&'a String, u32)> {
    let mut found: Vec<(&String, u32)> = topics
        .iter()
        .filter(|(topic, _)| members.iter().any(|m| m.topics.contains(topic)))
        .map(|(topic, partitions)| (topic, *partitions))
        .collect();
    sort_by(&mut found, |a, b| a.0.encode_utf16().cmp(b.0.encode_utf16()));
    found
}

fn give(assigned: &mut Assigned, member: &Subscription, topic: &str, partition: u32) {
    if let Some(owned) = assigned.get_mut(&member.member_id) {
        owned.push(PartitionName { topic: topic.into(), partition });
    }
}

#[cfg(test)]
mod tests;
