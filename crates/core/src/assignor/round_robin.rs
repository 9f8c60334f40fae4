use alloc::vec;
use alloc::vec::Vec;

use super::group::Group;
use super::layout::{Layout, NONE, Readers};
use super::order;

/// Who gets what: all partitions of all topics, dealt out one by one, to static members first; a member that does
/// not subscribe is passed over.
///
/// Kafka: `RoundRobinAssignor.assign` (4.3).
pub(super) fn assign(group: &Group, layout: &Layout) -> Vec<u32> {
    let order = order::with_static_first(group);
    let readers = Readers::new(group, layout, &order);
    let mut owners = vec![NONE; layout.len()];
    // The member whose turn it is.
    let mut turn = 0;
    for topic in &layout.topics {
        let readers = readers.of(*topic);
        let mut next = readers.partition_point(|reader| *reader < turn);
        for owner in &mut owners[layout.of(*topic)] {
            if next == readers.len() {
                next = 0;
            }
            *owner = order[readers[next] as usize];
            next += 1;
        }
        turn = readers[next - 1] + 1;
    }
    owners
}
