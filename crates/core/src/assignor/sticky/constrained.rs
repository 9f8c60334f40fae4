use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::claims::Claims;
use super::dealer::{Dealer, Room};
use crate::assignor::group::Group;
use crate::assignor::layout::{Layout, NONE};
use crate::assignor::order;
use crate::assignor::racks::Racks;
use crate::sorted::sort_by;

/// Who gets what where all members subscribe to the same topics, and whether it moves from one member to another.
///
/// Kafka: `AbstractStickyAssignor.ConstrainedAssignmentBuilder` (4.3).
pub(super) fn assign(
    group: &Group,
    layout: &Layout,
    order: &[u32],
    claims: &Claims,
    racks: Option<&Racks>,
) -> (Vec<u32>, Vec<bool>) {
    let count = group.members.len();
    let mut owners = vec![NONE; layout.len()];
    let mut moving = claims.contested.clone();
    if count == 0 {
        return (owners, moving);
    }
    let (least, most) = (layout.len() / count, layout.len().div_ceil(count));
    let expected_over = layout.len() % count;
    let mut given_up_by = vec![NONE; layout.len()];
    let held = Held::new(group, layout, near(claims, racks, &mut given_up_by));
    let mut over = 0;
    let mut rooms = vec![Room::Filled; count];
    let mut sizes = vec![0; count];
    for member in order {
        let owned = held.of(*member);
        let mut keeps = owned.len().min(least);
        if owned.len() < least {
            rooms[*member as usize] = Room::Under;
        } else if owned.len() >= most && over < expected_over {
            keeps = most;
            over += 1;
        } else if over < expected_over {
            rooms[*member as usize] = Room::Exact;
        }
        sizes[*member as usize] = keeps;
        for place in &owned[..keeps] {
            owners[*place as usize] = *member;
        }
        for place in &owned[keeps..] {
            given_up_by[*place as usize] = *member;
        }
    }
    let mut dealer = Dealer::new(&order::by_id(group), &rooms, sizes, least, most, expected_over - over);
    let mut spare: Vec<u32> = (0..owners.len() as u32).filter(|place| owners[*place as usize] == NONE).collect();
    if let Some(racks) = racks {
        let members = racks.count_members();
        sort_by(&mut spare, |a, b| members[*a as usize].cmp(&members[*b as usize]));
        for place in &spare {
            owners[*place as usize] = dealer.deal_near(racks, *place as usize);
        }
        dealer.start_over();
    }
    // Of slices, not vectors: built for bytes, indexing a vector is a call.
    let (owners_here, given_up_by, moving_here) = (&mut owners[..], &given_up_by[..], &mut moving[..]);
    for place in spare.into_iter().map(|place| place as usize) {
        if owners_here[place] == NONE {
            owners_here[place] = dealer.deal();
        }
        moving_here[place] |= given_up_by[place] != NONE && given_up_by[place] != owners_here[place];
    }
    (owners, moving)
}

/// Who holds what that nobody else claims; where racks matter, only what is near. What is not is given up.
fn near(claims: &Claims, racks: Option<&Racks>, given_up_by: &mut [u32]) -> Vec<u32> {
    let mut holders = claims.holders.clone();
    for (holder, contested) in holders.iter_mut().zip(&claims.contested) {
        // Even if one of a later generation came to hold it.
        if *contested {
            *holder = NONE;
        }
    }
    if let Some(racks) = racks {
        for (place, holder) in holders.iter_mut().enumerate() {
            if *holder != NONE && !racks.match_at(*holder, place) {
                given_up_by[place] = core::mem::replace(holder, NONE);
            }
        }
    }
    holders
}

/// What each member holds.
struct Held {
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Held {
    fn new(group: &Group, layout: &Layout, holders: Vec<u32>) -> Self {
        let mut ends = vec![0_u32; group.members.len() + 2];
        for holder in &holders {
            if *holder != NONE {
                ends[..][*holder as usize + 2] += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total;
        }
        let mut places = vec![0; total as usize];
        // By number, then by topic: so they come out sorted, and nothing needs sorting.
        let mut topics: Vec<Range<usize>> = layout.topics.iter().map(|topic| layout.of(*topic)).collect();
        while total > 0 && !topics.is_empty() {
            let (holders, ends, places) = (&holders[..], &mut ends[..], &mut places[..]);
            let mut ended = false;
            for range in &mut topics {
                let holder = holders[range.start];
                if holder != NONE {
                    let end = &mut ends[holder as usize + 1];
                    places[*end as usize] = range.start as u32;
                    *end += 1;
                }
                range.start += 1;
                ended |= range.start == range.end;
            }
            if ended {
                topics.retain(|range| range.start < range.end);
            }
        }
        Self { ends, places }
    }

    /// By the partitions' numbers, then by topic.
    fn of(&self, member: u32) -> &[u32] {
        &self.places[self.ends[member as usize] as usize..self.ends[member as usize + 1] as usize]
    }
}
