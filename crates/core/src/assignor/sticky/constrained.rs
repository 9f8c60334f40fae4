use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use super::claims::Claims;
use crate::assignor::group::Group;
use crate::assignor::layout::{Layout, NONE};
use crate::assignor::order;

/// What a member may still get after it kept what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Filled,
    /// It has less than everybody is to have.
    Under,
    /// It has what everybody is to have, and may be one of those that get one more.
    Exact,
}

/// Who gets what where all members subscribe to the same topics, and whether it moves from one member to another.
///
/// Kafka: `AbstractStickyAssignor.ConstrainedAssignmentBuilder` (4.3).
pub(super) fn assign(group: &Group, layout: &Layout, order: &[u32], claims: &Claims) -> (Vec<u32>, Vec<bool>) {
    let count = group.members.len();
    let mut owners = vec![NONE; layout.len()];
    let mut moving = claims.contested.clone();
    if count == 0 {
        return (owners, moving);
    }
    let (least, most) = (layout.len() / count, layout.len().div_ceil(count));
    let expected_over = layout.len() % count;
    let held = Held::new(group, layout, claims);
    let mut over = 0;
    let mut rooms = vec![Room::Filled; count];
    let mut sizes = vec![0; count];
    let mut given_up = vec![false; layout.len()];
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
            given_up[*place as usize] = true;
        }
    }
    let mut dealer = Dealer::new(&order::by_id(group), &rooms, sizes, least);
    // Of slices, not vectors: built for bytes, indexing a vector is a call.
    let (given_up, moving_here) = (&given_up[..], &mut moving[..]);
    for (place, owner) in owners.iter_mut().enumerate() {
        if *owner == NONE {
            *owner = dealer.deal();
            moving_here[place] |= given_up[place];
        }
    }
    (owners, moving)
}

/// Deals to those that have less than everybody is to have, in turn; then one more to those that have just that, as
/// they came to it.
struct Dealer {
    under: Vec<u32>,
    /// Whose turn it is in `under`.
    turn: usize,
    /// How many of those in `under` that had their turn stay there: they are moved to its start.
    staying: usize,
    exact: Vec<u32>,
    /// Whose turn it is in `exact`.
    exact_turn: usize,
    sizes: Vec<usize>,
    least: usize,
}

impl Dealer {
    fn new(by_id: &[u32], rooms: &[Room], sizes: Vec<usize>, least: usize) -> Self {
        let with = |room: Room| by_id.iter().copied().filter(|member| rooms[*member as usize] == room).collect();
        let (under, exact) = (with(Room::Under), with(Room::Exact));
        Self { under, turn: 0, staying: 0, exact, exact_turn: 0, sizes, least }
    }

    /// Who gets the next. (Nobody, if there were more to deal than the members are to have: there never are.)
    fn deal(&mut self) -> u32 {
        if self.turn == self.under.len() {
            self.under.truncate(self.staying);
            (self.turn, self.staying) = (0, 0);
        }
        if self.under.is_empty() {
            self.exact_turn += 1;
            return self.exact.get(self.exact_turn - 1).copied().unwrap_or(NONE);
        }
        let under = &mut self.under[..];
        let member = under[self.turn];
        self.turn += 1;
        let size = &mut self.sizes[..][member as usize];
        *size += 1;
        if *size < self.least {
            under[self.staying] = member;
            self.staying += 1;
        } else {
            self.exact.push(member);
        }
        member
    }
}

/// What each member holds that nobody else claims.
struct Held {
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Held {
    fn new(group: &Group, layout: &Layout, claims: &Claims) -> Self {
        // A place that is contested has no holder, unless one of a later generation came: Kafka takes it away then too.
        let mut holders = claims.holders.clone();
        let mut ends = vec![0_u32; group.members.len() + 2];
        for (holder, contested) in holders.iter_mut().zip(&claims.contested) {
            if *contested {
                *holder = NONE;
            } else if *holder != NONE {
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
