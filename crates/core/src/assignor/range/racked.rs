use alloc::vec;
use alloc::vec::Vec;

use crate::assignor::group::Group;
use crate::assignor::layout::{Layout, NONE, Readers};
use crate::assignor::order;
use crate::assignor::racks::Racks;
use crate::sorted::sort_by;

/// Who gets what where racks are known: first what has a replica where the member is, as far as shares allow; topics
/// with the same subscribers and as many partitions stay together. Then the rest, in ranges.
///
/// Kafka: `RangeAssignor.assignPartitions` (KIP-881, 4.3).
pub(super) fn assign(group: &Group, layout: &Layout, racks: &Racks) -> Vec<u32> {
    let order = order::with_static_first(group);
    let readers = Readers::new(group, layout, &order);
    let mut owners = vec![NONE; layout.len()];
    let mut states: Vec<State> =
        layout.topics.iter().map(|topic| State::new(*topic, layout, &readers, &order)).collect();
    let matter: Vec<bool> =
        states.iter().map(|state| racks.matter(state.members.iter().copied(), layout.of(state.topic))).collect();
    if matter.contains(&true) {
        for together in alike(&states) {
            if !racks.known(states[together[0]].members.iter().copied()) {
                continue;
            }
            if together.len() > 1 {
                give_together(&mut states, &together, layout, racks, &mut owners);
            } else if matter[together[0]] {
                let state = &mut states[together[0]];
                state.give(&mut owners[..], layout, |member, place| racks.match_at(member, place));
            }
        }
    }
    for state in &mut states {
        state.give(&mut owners, layout, |_, _| true);
    }
    owners
}

/// A topic that is being shared out.
struct State {
    topic: u32,
    /// Its subscribers, static ones first.
    members: Vec<u32>,
    /// How much each of them has.
    sizes: Vec<usize>,
    /// How much each of them gets at the least.
    each: usize,
    /// How many are still to get one more.
    extra: usize,
}

impl State {
    fn new(topic: u32, layout: &Layout, readers: &Readers, order: &[u32]) -> Self {
        let members: Vec<u32> = readers.of(topic).iter().map(|reader| order[*reader as usize]).collect();
        let count = layout.of(topic).len();
        let (each, extra) = (count / members.len(), count % members.len());
        Self { topic, sizes: vec![0; members.len()], members, each, extra }
    }

    /// How much more a subscriber may get.
    fn room(&self, index: usize) -> usize {
        (self.each + usize::from(self.extra > 0)).saturating_sub(self.sizes[index])
    }

    fn add(&mut self, index: usize, count: usize) {
        self.sizes[index] += count;
        if self.sizes[index] > self.each {
            self.extra -= 1;
        }
    }

    /// Gives each subscriber the first that it may have and that nobody has.
    fn give(&mut self, owners: &mut [u32], layout: &Layout, may: impl Fn(u32, usize) -> bool) {
        let mut places = layout.of(self.topic);
        for index in 0..self.members.len() {
            let (member, room) = (self.members[index], self.room(index));
            while places.start < places.end && owners[places.start] != NONE {
                places.start += 1;
            }
            let free = places.clone().filter(|place| owners[*place] == NONE && may(member, *place));
            let given: Vec<usize> = free.take(room).collect();
            if given.is_empty() {
                continue;
            }
            self.add(index, given.len());
            for place in given {
                owners[place] = member;
            }
        }
    }
}

/// The states of topics with the same subscribers and as many partitions, together.
fn alike(states: &[State]) -> Vec<Vec<usize>> {
    let count = |state: &State| state.each * state.members.len() + state.extra;
    let key = |index: usize| (count(&states[index]), &states[index].members);
    let mut order: Vec<usize> = (0..states.len()).collect();
    sort_by(&mut order, |a, b| key(*a).cmp(&key(*b)));
    order.chunk_by(|a, b| key(*a) == key(*b)).map(<[usize]>::to_vec).collect()
}

/// Partitions of the same number of several topics go to the same member, to the first for which all of them are near.
fn give_together(states: &mut [State], together: &[usize], layout: &Layout, racks: &Racks, owners: &mut [u32]) {
    let first = &states[together[0]];
    let members = first.members.clone();
    let mut remaining: Vec<usize> = (0..members.len()).collect();
    for number in 0..layout.of(first.topic).len() {
        let place = |state: &State| layout.of(state.topic).start + number;
        let near = |index: &usize| {
            let mut those = together.iter().map(|state| &states[*state]);
            those.all(|state| racks.match_at(members[*index], place(state)) && state.room(*index) > 0)
        };
        let Some(at) = remaining.iter().position(near) else { continue };
        let index = remaining[at];
        for state in together {
            let state = &mut states[*state];
            owners[place(state)] = members[index];
            state.add(index, 1);
        }
        if together.iter().all(|state| states[*state].room(index) == 0) {
            remaining.remove(at);
        }
    }
}
