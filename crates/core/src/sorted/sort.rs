use alloc::vec::Vec;
use core::cmp::Ordering;

/// Sorts `items`; those that are equal stay in their order. In bytes of code it costs a fraction of
/// `slice::sort_by`, since only numbers are sorted: the places of the items.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = order_of(items.len(), &|a, b| compare(&items[a], &items[b]));
    // Each item goes to its place; where one was put out of the way, `order` leads to it.
    for place in 0..items.len() {
        let mut from = order[place];
        while from < place {
            from = order[from];
        }
        items.swap(place, from);
        order[place] = from;
    }
}

/// The places of `len` items as `compare` orders them: a merge sort from the bottom up.
pub(crate) fn order_of(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    let mut run = 1;
    while run < len {
        let mut merged = Vec::with_capacity(len);
        for pair in order.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let (Some((l, later_l)), Some((r, later_r))) = (left.split_first(), right.split_first()) {
                if compare(*l, *r).is_le() {
                    merged.push(*l);
                    left = later_l;
                } else {
                    merged.push(*r);
                    right = later_r;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        order = merged;
        run *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_std_does(items in prop::collection::vec((0_u8..16, any::<u32>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            sort_by(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|a| a.0);
            prop_assert_eq!(ours, theirs);
        }
    }
}
