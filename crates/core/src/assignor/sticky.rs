//! The sticky assignor and its cooperative twin: as even as can be, and of all such assignments one that leaves
//! much where it is.
//!
//! Kafka: `AbstractStickyAssignor` with `StickyAssignor` (KIP-54) and `CooperativeStickyAssignor` (KIP-429), 4.3; where
//! racks are known, what is near goes first (KIP-881).

mod claims;
mod constrained;
mod contest;
mod dealer;
mod general;
mod movements;

use alloc::vec;
use alloc::vec::Vec;

use super::group::{Group, Withheld};
use super::layout::{Layout, NONE};
use super::order;
use super::racks::Racks;
use claims::Claims;

/// Who gets what.
#[inline(never)]
pub(super) fn assign(group: &Group, layout: &Layout) -> Vec<u32> {
    decide(group, layout).owners
}

/// Who gets what now, and what is kept back until its present owner has given it up.
#[inline(never)]
pub(super) fn assign_cooperatively(group: &Group, layout: &Layout) -> (Vec<u32>, Vec<Withheld>) {
    let Decided { mut owners, moving } = decide(group, layout);
    let moving = moving.unwrap_or_else(|| changing_hands(group, layout, &owners));
    let mut withheld = Vec::new();
    for place in (0..layout.len()).filter(|place| moving[*place]) {
        let to = core::mem::replace(&mut owners[place], NONE);
        withheld.push(Withheld { partition: layout.partition(place), to });
    }
    (owners, withheld)
}

struct Decided {
    owners: Vec<u32>,
    /// For each place, whether somebody has to give it up first; unless the algorithm does not say.
    moving: Option<Vec<bool>>,
}

fn decide(group: &Group, layout: &Layout) -> Decided {
    let order = order::as_hashed(group);
    let claims = Claims::new(group, layout, &order);
    let racks = Racks::new(group, layout).filter(|racks| racks.matter(0..group.members.len() as u32, 0..layout.len()));
    let racks = racks.as_ref();
    if layout.alike || all_subscribe_alike(group, &order) {
        let (owners, moving) = constrained::assign(group, layout, &order, &claims, racks);
        return Decided { owners, moving: Some(moving) };
    }
    Decided { owners: general::assign(group, layout, &claims, racks), moving: None }
}

/// Whether all members name the same topics, existing or not. As in Kafka, members that come before all that name
/// a topic may name none: they are then given partitions of topics to which they do not subscribe.
///
/// Kafka: `AbstractStickyAssignor.allSubscriptionsEqual` (4.3).
fn all_subscribe_alike(group: &Group, order: &[u32]) -> bool {
    let mut members = order.iter().map(|member| group.members[*member as usize].topics);
    let Some(first) = members.find(|topics| !topics.is_empty()) else { return true };
    let mut named = vec![false; group.topics.len()];
    for topic in first {
        named[*topic as usize] = true;
    }
    let count = named.iter().filter(|named| **named).count();
    let mut seen_by = vec![NONE; group.topics.len()];
    (0..).zip(members).all(|(member, topics)| {
        if topics == first {
            return true;
        }
        let mut different = 0;
        for topic in topics {
            if !named[*topic as usize] {
                return false;
            }
            different += usize::from(core::mem::replace(&mut seen_by[*topic as usize], member) != member);
        }
        different == count
    })
}

/// What is new to the member that gets it while another member holds it and does not keep it.
///
/// Kafka: `CooperativeStickyAssignor.computePartitionsTransferringOwnership` (4.3).
fn changing_hands(group: &Group, layout: &Layout, owners: &[u32]) -> Vec<bool> {
    let mut given_up = vec![false; layout.len()];
    let mut kept = vec![false; layout.len()];
    for (member, owned) in (0..).zip(group.members.iter().map(|m| m.owned)) {
        for place in owned.iter().filter_map(|partition| layout.place(*partition)) {
            if owners[place] == member {
                kept[place] = true;
            } else {
                given_up[place] = true;
            }
        }
    }
    given_up.iter().zip(kept).map(|(given_up, kept)| *given_up && !kept).collect()
}
