use alloc::string::String;
use alloc::vec::Vec;

use super::{Assigned, Subscription, give, subscribed};
use crate::sorted::SortedMap;

/// For each topic, contiguous blocks over its subscribers; the first ones get one more.
///
/// Kafka: `RangeAssignor.assignPartitions` without racks (4.3).
pub(super) fn assign(topics: &SortedMap<String, u32>, members: &[&Subscription], assigned: &mut Assigned) {
    for (topic, partitions) in subscribed(topics, members) {
        let readers: Vec<&&Subscription> = members.iter().filter(|m| m.topics.contains(topic)).collect();
        // A world holds fewer members than a u32 counts (`limits::MAX_MEMBERS`).
        let (each, extra) = (partitions / readers.len() as u32, partitions % readers.len() as u32);
        let mut next = 0;
        for (index, reader) in readers.into_iter().enumerate() {
            let end = next + each + u32::from((index as u32) < extra);
            for partition in next..end {
                give(assigned, reader, topic, partition);
            }
            next = end;
        }
    }
}
