use alloc::collections::VecDeque;
use alloc::rc::Rc;

use crate::alarm::{Again, Parting};
use crate::time::Time;
use crate::trend::Trend;

/// Stretches of offsets that are kept of a kind; the oldest are forgotten, and still counted.
const KEPT: usize = 16;

/// What a group did of a partition: enough to tell which records it processed twice, and which never.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Delivery {
    /// The offset at which the group began.
    pub first: u64,
    /// One past the highest offset that was processed, or passed over.
    pub next: u64,
    /// Offsets below `next` that nobody of the group has processed.
    pub passed: Offsets,
    /// Offsets that were processed again.
    pub again: Offsets,
    /// Who stopped to read last.
    pub(crate) parted: Option<Parted>,
    /// Why records come back, since the reader of now began.
    pub(crate) back: Option<Back>,
    /// How the backlog goes.
    pub(crate) trend: Trend,
}

/// A member that stopped to read a partition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Parted {
    pub(crate) by: Rc<str>,
    pub(crate) how: Parting,
    /// When that came about: of one that stood still, when it was last heard of.
    pub(crate) since: Time,
}

/// A reader that begins where another had been, or that has to begin anew.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Back {
    /// Who read before.
    pub(crate) first: Rc<str>,
    /// Who reads now.
    pub(crate) second: Rc<str>,
    pub(crate) why: Again,
    pub(crate) since: Time,
}

/// Stretches of offsets, by their ends: `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Offsets {
    /// The newest stretches, oldest first.
    pub ranges: VecDeque<(u64, u64)>,
    /// How many offsets there were in all, those forgotten included.
    pub count: u64,
}

impl Delivery {
    /// A group begins to read at `first`.
    pub(crate) fn from(first: u64) -> Self {
        Self {
            first,
            next: first,
            passed: Offsets::default(),
            again: Offsets::default(),
            parted: None,
            back: None,
            trend: Trend::default(),
        }
    }

    /// A reader begins at `position`: what is between that and what was processed is passed over.
    pub(crate) fn begin(&mut self, position: u64) {
        if position > self.next {
            self.passed.add(self.next, position);
            self.next = position;
        }
    }

    /// What was at `end` and above is gone, with what was done of it: other records get those offsets.
    pub(crate) fn cut(&mut self, end: u64) {
        self.first = self.first.min(end);
        self.next = self.next.min(end);
        self.passed.cut(end);
        self.again.cut(end);
    }

    /// A record was processed. Says whether it was before.
    pub(crate) fn process(&mut self, offset: u64) -> bool {
        self.begin(offset);
        if offset == self.next {
            self.next += 1;
            return false;
        }
        let again = !self.passed.remove(offset);
        if again {
            self.again.add(offset, offset + 1);
        }
        again
    }
}

impl Offsets {
    fn add(&mut self, from: u64, to: u64) {
        self.count += to - from;
        match self.ranges.back_mut() {
            Some((_, end)) if *end == from => *end = to,
            _ => self.ranges.push_back((from, to)),
        }
        if self.ranges.len() > KEPT {
            self.ranges.pop_front();
        }
    }

    /// Forgets the stretches from `end` on. They stay counted: it did happen.
    fn cut(&mut self, end: u64) {
        self.ranges.iter_mut().for_each(|(_, to)| *to = (*to).min(end));
        self.ranges.retain(|(from, to)| from < to);
    }

    fn remove(&mut self, offset: u64) -> bool {
        let Some(index) = self.ranges.iter().position(|(from, to)| (*from..*to).contains(&offset)) else {
            return false;
        };
        let (from, to) = self.ranges[index];
        self.count -= 1;
        self.ranges[index] = (from, offset);
        self.ranges.insert(index + 1, (offset + 1, to));
        self.ranges.retain(|(from, to)| from < to);
        if self.ranges.len() > KEPT {
            self.ranges.pop_front();
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use alloc::collections::BTreeMap;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_done_in_order_leaves_nothing_to_tell() {
        let mut delivery = Delivery::from(7);
        (7..20).for_each(|offset| _ = delivery.process(offset));
        assert_eq!((delivery.first, delivery.next), (7, 20));
        assert_eq!((delivery.again.count, delivery.passed.count), (0, 0));
    }

    #[test]
    fn what_is_forgotten_is_still_counted() {
        let mut delivery = Delivery::from(0);
        (0..200).step_by(2).for_each(|offset| _ = delivery.process(offset));
        assert_eq!(delivery.passed.count, 99);
        assert_eq!(delivery.passed.ranges.len(), KEPT);
        assert_eq!(delivery.passed.ranges.back(), Some(&(197, 198)));
    }

    proptest! {
        /// With few offsets nothing is forgotten: it knows just what was done how often.
        #[test]
        fn it_knows_what_was_done_twice_and_what_never(done in prop::collection::vec(0_u64..16, 0..60)) {
            let mut delivery = Delivery::from(0);
            let mut times = BTreeMap::<u64, u64>::new();
            for offset in done {
                let times = times.entry(offset).or_default();
                prop_assert_eq!(delivery.process(offset), *times > 0);
                *times += 1;
            }
            prop_assert_eq!(delivery.next, times.keys().next_back().map_or(0, |last| last + 1));
            let never: Vec<u64> = (0..delivery.next).filter(|offset| !times.contains_key(offset)).collect();
            let passed: Vec<u64> = delivery.passed.ranges.iter().flat_map(|(from, to)| *from..*to).collect();
            prop_assert_eq!(delivery.passed.count, never.len() as u64);
            prop_assert_eq!(passed, never);
            prop_assert_eq!(delivery.again.count, times.values().map(|times| times - 1).sum::<u64>());
        }
    }
}
