use alloc::vec;
use alloc::vec::Vec;

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
    let mut given_up_by = vec![NONE; layout.len()];
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
    let by_id = order::by_id(group);
    let with = |room: Room| by_id.iter().copied().filter(|m| rooms[*m as usize] == room).collect::<Vec<u32>>();
    // As soon as enough members have one more, those that have exactly enough are through.
    let mut exact = if over == expected_over { Vec::new() } else { with(Room::Exact) };
    let (mut under, mut under_next) = (with(Room::Under), Vec::new());
    let (mut turn, mut exact_turn) = (0, 0);
    for place in 0..owners.len() {
        if owners[place] != NONE {
            moving[place] = false;
            continue;
        }
        if turn == under.len() {
            core::mem::swap(&mut under, &mut under_next);
            under_next.clear();
            turn = 0;
        }
        let member = if let Some(member) = under.get(turn) {
            turn += 1;
            *member
        } else if let Some(member) = exact.get(exact_turn) {
            exact_turn += 1;
            *member
        } else {
            // There are as many places as `least` and `expected_over` say.
            break;
        };
        let size = &mut sizes[member as usize];
        *size += 1;
        if *size == least {
            exact.push(member);
        } else if *size < least {
            under_next.push(member);
        }
        owners[place] = member;
        moving[place] |= given_up_by[place] != NONE && given_up_by[place] != member;
    }
    (owners, moving)
}

/// What each member holds that nobody else claims.
struct Held {
    ends: Vec<u32>,
    places: Vec<u32>,
}

impl Held {
    fn new(group: &Group, layout: &Layout, claims: &Claims) -> Self {
        let holder = |place: usize| if claims.contested[place] { NONE } else { claims.holders[place] };
        let mut ends = vec![0_u32; group.members.len() + 1];
        for place in 0..layout.len() {
            if holder(place) != NONE {
                ends[holder(place) as usize + 1] += 1;
            }
        }
        for member in 1..ends.len() {
            ends[member] += ends[member - 1];
        }
        let mut places = vec![0; ends[ends.len() - 1] as usize];
        let mut at = ends.clone();
        // By number, then by topic: so they come out sorted, and nothing needs sorting.
        let mut topics = layout.topics.clone();
        for number in 0.. {
            topics.retain(|topic| layout.of(*topic).len() > number);
            if topics.is_empty() {
                break;
            }
            for place in topics.iter().map(|topic| layout.of(*topic).start + number) {
                if holder(place) != NONE {
                    let at = &mut at[holder(place) as usize];
                    places[*at as usize] = place as u32;
                    *at += 1;
                }
            }
        }
        Self { ends, places }
    }

    /// By the partitions' numbers, then by topic.
    fn of(&self, member: u32) -> &[u32] {
        &self.places[self.ends[member as usize] as usize..self.ends[member as usize + 1] as usize]
    }
}
