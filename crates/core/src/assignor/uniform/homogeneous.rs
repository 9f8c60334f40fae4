use alloc::vec::Vec;

use crate::assignor::group::Group;
use crate::assignor::layout::{Layout, NONE};
use crate::sorted::sort_by;

/// Who is to have what where all members subscribe to the same topics.
///
/// Kafka: `UniformHomogeneousAssignmentBuilder` (4.3).
pub(super) fn assign(group: &Group, layout: &Layout, order: &[u32]) -> Vec<u32> {
    let count = order.len();
    let (mut owners, sizes) = super::present(group, layout, order);
    if count == 0 {
        return owners;
    }
    let held: usize = sizes.iter().map(|size| *size as usize).sum();
    let mut spare: Vec<u32> = Vec::with_capacity(owners.len() - held);
    if held < owners.len() {
        spare.extend((0..).zip(&owners).filter(|(_, owner)| **owner == NONE).map(|(place, _)| place));
    }
    let least = owners.len() / count;
    // How many members are still to get one more than `least`.
    let mut extras = owners.len() % count;
    // What each member keeps, and whom something is missing.
    let mut keeps = Vec::with_capacity(count);
    let mut unfilled = Vec::new();
    let mut kept = 0;
    for (index, member) in order.iter().enumerate() {
        let held = sizes[index] as usize;
        let mut extra = extras > 0;
        let quota = least + usize::from(extra);
        keeps.push(held.min(quota));
        kept += held.min(quota);
        let mut missing = quota - held.min(quota);
        // One that has less than it may get waives the one more, if enough others are left to take it.
        if missing > 0 && extra && count - index > extras {
            missing -= 1;
            extra = false;
        }
        if missing > 0 {
            unfilled.push((*member, missing));
        }
        extras -= usize::from(extra);
    }
    if kept < held {
        revoke(group, layout, order, &keeps, &mut owners, &mut spare);
    }
    let mut spare = spare.into_iter();
    for (member, missing) in unfilled {
        for place in spare.by_ref().take(missing) {
            owners[place as usize] = member;
        }
    }
    owners
}

/// Takes from the members what they have beyond what they keep: the last of what each holds, member by member.
fn revoke(group: &Group, layout: &Layout, order: &[u32], keeps: &[usize], owners: &mut [u32], spare: &mut Vec<u32>) {
    for (member, keep) in order.iter().zip(keeps) {
        let owned = group.members[*member as usize].owned;
        if owned.len() <= *keep {
            continue;
        }
        let places = owned.iter().filter_map(|partition| layout.place(*partition));
        let mut held: Vec<u32> = places.filter(|place| owners[*place] == *member).map(|place| place as u32).collect();
        if !held.is_sorted() {
            sort_by(&mut held, Ord::cmp);
        }
        held.dedup();
        for place in held.into_iter().skip(*keep) {
            owners[place as usize] = NONE;
            spare.push(place);
        }
    }
}
