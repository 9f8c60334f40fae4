mod racked;

use alloc::vec;
use alloc::vec::Vec;

use super::group::Group;
use super::layout::{Layout, NONE, Readers};
use super::order;
use super::racks::Racks;

/// Who gets what: as [`plain`], but where racks are known, first what is near.
///
/// Kafka: `RangeAssignor.assignPartitions` (4.3).
#[inline(never)]
pub(super) fn assign(group: &Group, layout: &Layout) -> Vec<u32> {
    Racks::new(group, layout).map_or_else(|| plain(group, layout), |racks| racked::assign(group, layout, &racks))
}

/// Who gets what: for each topic, contiguous blocks over its subscribers, static ones first; the first blocks have
/// one more.
///
/// Kafka: `RangeAssignor.assignPartitions` without racks, and the broker's `RangeAssignor` (4.3).
pub(super) fn plain(group: &Group, layout: &Layout) -> Vec<u32> {
    let order = order::with_static_first(group);
    let readers = Readers::new(group, layout, &order);
    let mut owners = vec![NONE; layout.len()];
    for topic in &layout.topics {
        let readers = readers.of(*topic);
        let mut rest = &mut owners[layout.of(*topic)];
        let (each, extra) = (rest.len() / readers.len(), rest.len() % readers.len());
        for (index, reader) in readers.iter().enumerate() {
            let (block, after) = rest.split_at_mut(each + usize::from(index < extra));
            block.fill(order[*reader as usize]);
            rest = after;
        }
    }
    owners
}
