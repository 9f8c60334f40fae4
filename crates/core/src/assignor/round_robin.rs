use alloc::string::String;

use super::{Assigned, Subscription, give, subscribed};
use crate::sorted::SortedMap;

/// All partitions of all topics, dealt out one by one; a member that does not subscribe is passed over.
///
/// Kafka: `RoundRobinAssignor.assign` (4.3).
pub(super) fn assign(topics: &SortedMap<String, u32>, members: &[&Subscription], assigned: &mut Assigned) {
    let mut dealer = members.iter().cycle().peekable();
    for (topic, partitions) in subscribed(topics, members) {
        for partition in 0..partitions {
            // Ends: `subscribed` only lists topics that some member subscribes to.
            while dealer.next_if(|m| !m.topics.contains(topic)).is_some() {}
            if let Some(member) = dealer.next() {
                give(assigned, member, topic, partition);
            }
        }
    }
}
