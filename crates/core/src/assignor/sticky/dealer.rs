use alloc::vec::Vec;

use crate::assignor::layout::NONE;
use crate::assignor::racks::Racks;

/// What a member may still get after it kept what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Filled,
    /// It has less than everybody is to have.
    Under,
    /// It has what everybody is to have, and may be one of those that get one more.
    Exact,
}

/// Deals to those that have less than everybody is to have, in turn; then one more to those that have just that, as
/// they came to it.
///
/// Kafka: `ConstrainedAssignmentBuilder.assignRackAwareRoundRobin` and `assignRoundRobin` (4.3).
pub(super) struct Dealer {
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
    most: usize,
    /// How many members are still to come to more than `least`.
    extra: usize,
}

impl Dealer {
    pub(super) fn new(
        by_id: &[u32],
        rooms: &[Room],
        sizes: Vec<usize>,
        least: usize,
        most: usize,
        extra: usize,
    ) -> Self {
        let with = |room: Room| by_id.iter().copied().filter(|member| rooms[*member as usize] == room).collect();
        // As soon as enough members have one more, those that have exactly enough are through.
        let exact = if extra == 0 { Vec::new() } else { with(Room::Exact) };
        Self { under: with(Room::Under), turn: 0, staying: 0, exact, exact_turn: 0, sizes, least, most, extra }
    }

    /// Who gets the next. (Nobody, if there were more to deal than the members are to have: there never are.)
    pub(super) fn deal(&mut self) -> u32 {
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

    /// Who of those near gets what is at a place, if somebody is. All that is near is dealt before anything else.
    pub(super) fn deal_near(&mut self, racks: &Racks, place: usize) -> u32 {
        let near = |members: &[u32], first: usize| {
            let (before, after) = members.split_at(first);
            let meets = |member: &u32| racks.meet_at(*member, place);
            let ahead = after.iter().position(meets).map(|at| first + at);
            ahead.or_else(|| before.iter().position(meets))
        };
        if let Some(at) = near(&self.under, self.turn) {
            let member = self.under[at];
            let size = &mut self.sizes[member as usize];
            *size += 1;
            let mut next = at + 1;
            if *size >= self.least {
                self.under.remove(at);
                next = at;
                if *size < self.most && self.extra > 0 {
                    self.exact.push(member);
                }
            }
            self.turn = if self.under.is_empty() { 0 } else { next % self.under.len() };
            return member;
        }
        let Some(at) = near(&self.exact, 0) else { return NONE };
        let member = self.exact[at];
        let size = &mut self.sizes[member as usize];
        *size += 1;
        if *size == self.most {
            self.exact.remove(at);
            self.extra -= 1;
            if self.extra == 0 {
                self.exact.clear();
            }
        }
        member
    }

    /// From here on it is the others' turn, beginning with the first.
    pub(super) fn start_over(&mut self) {
        self.turn = 0;
    }
}
