use alloc::vec;
use alloc::vec::Vec;

use super::claims::Claims;
use super::contest::Contests;
use super::movements::Movements;
use crate::assignor::group::Group;
use crate::assignor::layout::{Layout, NONE, Readers};
use crate::assignor::order;
use crate::assignor::racks::Racks;
use crate::sorted::sort_by;

/// How often we go through the partitions at the most. Kafka goes on for as long as anything moves; once in some
/// hundred thousand uneven groups two moves undo each other for ever, and it never answers. Where it does answer, a
/// handful of rounds is enough.
const MAX_ROUNDS: usize = 256;

/// Who gets what where members subscribe to different topics.
///
/// Kafka: `AbstractStickyAssignor.GeneralAssignmentBuilder` (4.3). The same decisions in the same order; but Kafka asks
/// before each partition whether all is balanced, by going through everything. While something can be moved, it is
/// not, so we need not ask; and the subscriber that has least is known at any time ([`Contests`]).
pub(super) fn assign(group: &Group, layout: &Layout, claims: &Claims, racks: Option<&Racks>) -> Vec<u32> {
    let by_id = order::by_id(group);
    let mut ranks = vec![0; by_id.len()];
    for (rank, member) in (0..).zip(&by_id) {
        ranks[*member as usize] = rank;
    }
    // From here on members are numbered by id.
    let rank_of = |member: &u32| if *member == NONE { NONE } else { ranks[*member as usize] };
    let mut holders: Vec<u32> = claims.holders.iter().map(rank_of).collect();
    let mut left = false;
    if let Some(racks) = racks {
        for (place, holder) in holders.iter_mut().enumerate() {
            if *holder != NONE && !racks.match_at(by_id[*holder as usize], place) {
                *holder = NONE;
                left = true;
            }
        }
    }
    let before = claims.before.iter().map(rank_of).collect();
    let readers = Readers::new(group, layout, &by_id);
    let mut balancing = Balancing::new(group, layout, &readers, holders, before);
    balancing.revocation_required |= left;
    let mut owners = balancing.finish(racks.map(|racks| (racks, &by_id[..])));
    for owner in owners.iter_mut().filter(|owner| **owner != NONE) {
        *owner = by_id[*owner as usize];
    }
    owners
}

struct Balancing<'a> {
    group: &'a Group<'a>,
    layout: &'a Layout,
    readers: &'a Readers,
    /// For each place, the topic.
    topics: Vec<u32>,
    /// For each place, who has it.
    owners: Vec<u32>,
    /// How much each member has.
    sizes: Vec<u32>,
    /// Who had it in a generation that is over; may be empty.
    before: Vec<u32>,
    contests: Contests,
    movements: Movements,
    /// How much each member could have: all of its topics.
    could_have: Vec<u32>,
    /// Members that can neither get nor lose anything.
    fixed: Vec<bool>,
    /// Whether somebody in `before` does not subscribe to what it had.
    strays: bool,
    /// Whether nobody is allowed to keep what it held because it no longer subscribes to it.
    revocation_required: bool,
}

impl<'a> Balancing<'a> {
    fn new(
        group: &'a Group<'a>,
        layout: &'a Layout,
        readers: &'a Readers,
        mut owners: Vec<u32>,
        before: Vec<u32>,
    ) -> Self {
        let topics = layout.topic_by_place();
        let mut sizes = vec![0; group.members.len()];
        let mut revocation_required = false;
        let mut strays = false;
        for (place, owner) in owners.iter_mut().enumerate() {
            let subscribers = readers.of(topics[place]);
            if before.get(place).is_some_and(|had| *had != NONE && subscribers.binary_search(had).is_err()) {
                strays = true;
            }
            if *owner == NONE {
                continue;
            }
            if subscribers.binary_search(owner).is_ok() {
                sizes[*owner as usize] += 1;
            } else {
                *owner = NONE;
                revocation_required = true;
            }
        }
        let mut could_have = vec![0_u32; sizes.len()];
        for topic in &layout.topics {
            for reader in readers.of(*topic) {
                could_have[*reader as usize] += layout.of(*topic).len() as u32;
            }
        }
        let contests = Contests::new(readers, &layout.topics, group.topics.len(), &sizes);
        let movements = Movements::new(layout.len(), group.members.len());
        let fixed = vec![false; sizes.len()];
        Self {
            group,
            layout,
            readers,
            topics,
            owners,
            sizes,
            before,
            contests,
            movements,
            could_have,
            fixed,
            strays,
            revocation_required,
        }
    }

    /// Racks come with the members by id.
    fn finish(mut self, racks: Option<(&Racks, &[u32])>) -> Vec<u32> {
        let initializing = self.sizes.iter().all(|size| *size == 0);
        let all = self.by_subscribers();
        let unassigned: Vec<u32> = all.iter().copied().filter(|place| self.owners[*place as usize] == NONE).collect();
        if let Some((racks, by_id)) = racks {
            self.assign_near(&unassigned, racks, by_id);
        }
        for place in
            unassigned.iter().filter(|place| self.owners[**place as usize] == NONE).copied().collect::<Vec<_>>()
        {
            let member = self.contests.least(self.topics[..][place as usize]);
            self.owners[place as usize] = member;
            self.grow(member, 1);
        }
        let movable = |places: Vec<u32>| -> Vec<u32> {
            places.into_iter().filter(|p| self.readers.of(self.topics[*p as usize]).len() > 1).collect()
        };
        let (all, unassigned) = (movable(all), movable(unassigned));
        self.fix();
        let snapshot = (self.owners.clone(), self.score());
        if !self.revocation_required {
            self.reassign(&unassigned);
        }
        if self.reassign(&all) && !initializing && self.score() >= snapshot.1 {
            return snapshot.0;
        }
        self.owners
    }

    /// Gives what is near somebody that may have it to the one of those that has least.
    fn assign_near(&mut self, unassigned: &[u32], racks: &Racks, by_id: &[u32]) {
        for place in unassigned.iter().map(|place| *place as usize) {
            let readers = self.readers.of(self.topics[place]).iter().copied();
            let near = readers.filter(|reader| racks.match_at(by_id[*reader as usize], place));
            if let Some(member) = near.min_by_key(|reader| self.sizes[*reader as usize]) {
                self.owners[place] = member;
                self.grow(member, 1);
            }
        }
    }

    /// All places, those of topics with few subscribers first.
    fn by_subscribers(&self) -> Vec<u32> {
        let mut topics = self.layout.topics.clone();
        // Those with as many are in the order of their names already.
        sort_by(&mut topics, |a, b| self.readers.of(*a).len().cmp(&self.readers.of(*b).len()));
        topics.iter().flat_map(|topic| self.layout.of(*topic)).map(|place| place as u32).collect()
    }

    /// Finds the members that have all they could have, and nothing that another could have.
    fn fix(&mut self) {
        for member in 0..self.sizes.len() {
            self.fixed[member] = self.sizes[member] >= self.could_have[member];
        }
        for (place, owner) in self.owners.iter().enumerate() {
            if self.readers.of(self.topics[..][place]).len() > 1 && *owner != NONE {
                self.fixed[*owner as usize] = false;
            }
        }
    }

    /// Goes through `places` until nothing in them can be moved to somebody who has at least two less. Whether
    /// anything moved.
    ///
    /// Kafka: `performReassignments` (4.3).
    fn reassign(&mut self, places: &[u32]) -> bool {
        let mut moved = false;
        for _ in 0..MAX_ROUNDS {
            let mut moved_now = false;
            for place in places.iter().map(|place| *place as usize) {
                let topic = self.topics[..][place];
                let size = self.sizes[self.owners[place] as usize];
                let has_less = |member: u32| size > self.sizes[member as usize] + 1;
                let mut to = self.contests.least(topic);
                if let Some(had) = self.before.get(place).copied().filter(|had| *had != NONE) {
                    // Kafka throws a NullPointerException if that one is fixed.
                    if !self.fixed[had as usize] && has_less(had) {
                        to = had;
                    }
                }
                if !has_less(to) {
                    continue;
                }
                // Where the one that has least could take it, all is not balanced.
                let least = self.contests.least(topic);
                let clear = has_less(least) && self.sizes[least as usize] != self.could_have[least as usize];
                if self.strays && !clear && self.is_balanced() {
                    return moved;
                }
                self.transfer(topic, place, to);
                moved_now = true;
            }
            if !moved_now {
                return moved;
            }
            moved = true;
        }
        moved
    }

    /// Moves what is at a place to a member; or instead something of the same topic that came from that member to
    /// where this was first.
    fn transfer(&mut self, topic: u32, place: usize, to: u32) {
        let from = self.movements.origin(place).unwrap_or(self.owners[place]);
        let start = self.layout.of(topic).start;
        let name = self.group.topics[topic as usize].name;
        let place = self.movements.first(topic, name, start, to, from).unwrap_or(place);
        let from = core::mem::replace(&mut self.owners[place], to);
        self.movements.record(topic, place, from, to);
        self.sizes[from as usize] -= 1;
        self.contests.update(from, &self.sizes);
        self.grow(to, 1);
    }

    fn grow(&mut self, member: u32, by: u32) {
        self.sizes[member as usize] += by;
        self.contests.update(member, &self.sizes);
    }

    /// Kafka's own question, asked in full. It matters only where a partition may go back to a member that does not
    /// subscribe to its topic: such a move does not count as possible here, and is made if another one is possible.
    ///
    /// Kafka: `isBalanced` (4.3).
    fn is_balanced(&self) -> bool {
        let sizes = || self.sizes.iter().zip(&self.fixed).filter(|(_, fixed)| !**fixed).map(|(size, _)| *size);
        if sizes().min().unwrap_or(0) + 1 >= sizes().max().unwrap_or(0) {
            return true;
        }
        self.layout.topics.iter().all(|topic| {
            let owners = &self.owners[self.layout.of(*topic)];
            let most = owners.iter().map(|owner| self.sizes[*owner as usize]).max().unwrap_or(0);
            let lacking =
                self.readers.of(*topic).iter().filter(|r| self.sizes[**r as usize] != self.could_have[**r as usize]);
            lacking.map(|reader| self.sizes[*reader as usize]).all(|size| size + 1 >= most)
        })
    }

    /// The sum of the differences between any two members that are not fixed, in 32 bits as Java has it.
    ///
    /// Kafka: `getBalanceScore` (4.3).
    fn score(&self) -> i32 {
        let mut sizes: Vec<u32> = (0..self.sizes.len()).filter(|m| !self.fixed[*m]).map(|m| self.sizes[m]).collect();
        sort_by(&mut sizes, Ord::cmp);
        // Each adds what it has for every smaller one, and takes it away for every larger one.
        let weights =
            (0..).zip(&sizes).map(|(at, size)| i64::from(*size).wrapping_mul(2 * at + 1 - sizes.len() as i64));
        weights.fold(0, i64::wrapping_add) as i32
    }
}
