//! What a broker remembers of each producer in a partition.

use alloc::collections::VecDeque;

use crate::batch::Sequence;
use crate::ids::ProducerId;
use crate::log::Record;
use crate::sorted::SortedMap;

/// Batches that are remembered to know a duplicate by.
///
/// Kafka: `ProducerStateEntry.NUM_BATCHES_TO_RETAIN` (4.3).
const KEPT_BATCHES: usize = 5;

/// The last batches of a producer in a partition.
///
/// Kafka: `ProducerStateEntry`, `ProducerAppendInfo.checkSequence` (4.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct ProducerState {
    /// The epoch and the number that the next batch should have; none before the first.
    pub(crate) next: Option<Sequence>,
    /// Numbers of the last batches, and the offset at which each is.
    kept: VecDeque<Kept>,
    /// One past the highest of the producer's own numbers that was stored: not Kafka's, but what the alarms go by.
    pub(crate) stored: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Kept {
    first: u64,
    end: u64,
    offset: u64,
}

/// What becomes of a batch by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Check {
    /// It is the next one.
    InOrder,
    /// It is there already, from this offset on.
    Duplicate(u64),
    /// `OUT_OF_ORDER_SEQUENCE_NUMBER`.
    OutOfOrder,
    /// `INVALID_PRODUCER_EPOCH`.
    OldEpoch,
}

impl ProducerState {
    /// Looks at a batch of `count` records.
    pub(crate) fn check(&self, given: Sequence, count: u64) -> Check {
        // Where a broker knows nothing of a producer, any number is the next: it may have forgotten. So a second batch
        // that overtakes the first on its way to a new leader is let in, and the first then never is. Running brokers
        // do the same (`conformance/vectors/broker-forgotten.tsv`, `broker-delivery.tsv`).
        let Some(next) = self.next else { return Check::InOrder };
        let end = given.first + count;
        if given.epoch < next.epoch {
            return Check::OldEpoch;
        }
        if given.epoch > next.epoch {
            return if given.first == 0 { Check::InOrder } else { Check::OutOfOrder };
        }
        if given.first == next.first {
            return Check::InOrder;
        }
        let kept = self.kept.iter().find(|kept| kept.first == given.first && kept.end == end);
        kept.map_or(Check::OutOfOrder, |kept| Check::Duplicate(kept.offset))
    }

    /// A batch of `count` records was appended at `offset`.
    pub(crate) fn take(&mut self, given: Sequence, count: u64, offset: u64) {
        if self.next.is_some_and(|next| next.epoch != given.epoch) {
            self.kept.clear();
        }
        let end = given.first + count;
        self.next = Some(Sequence { epoch: given.epoch, first: end });
        if self.kept.len() == KEPT_BATCHES {
            self.kept.pop_front();
        }
        self.kept.push_back(Kept { first: given.first, end, offset });
    }

    /// The log was cut at `end`, and `lost` of the producer's records are gone.
    pub(crate) fn truncate(&mut self, end: u64, lost: u64) {
        // Batches of this epoch that are not remembered stand before all that are, and are there only if those are many.
        let may_have_more = self.kept.len() == KEPT_BATCHES;
        self.kept.retain(|kept| kept.offset + (kept.end - kept.first) <= end);
        self.next = self.next.and_then(|next| {
            let first = next.first.checked_sub(lost)?;
            let remains = !self.kept.is_empty() || may_have_more && first > 0;
            remains.then_some(Sequence { first, ..next })
        });
    }
}

/// What is remembered of producers once `removed` is gone from a log that ends at `end` now.
///
/// Kafka: `ProducerStateManager.truncateAndReload` (4.3).
pub(crate) fn forget(states: &mut SortedMap<ProducerId, ProducerState>, end: u64, removed: &[Record]) {
    for (id, state) in states.iter_mut() {
        let lost = removed.iter().filter(|record| record.producer == *id).count() as u64;
        if lost > 0 {
            state.truncate(end, lost);
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn sequence(first: u64) -> Sequence {
        Sequence { epoch: 0, first }
    }

    fn with_batches(count: u64) -> ProducerState {
        let mut state = ProducerState::default();
        (0..count).for_each(|n| state.take(sequence(3 * n), 3, 100 + 3 * n));
        state
    }

    /// `conformance/broker/java/Sequences.java` sent these to a running broker, and wrote down what it said.
    #[test]
    fn a_running_broker_says_the_same() {
        let seen = include_str!("../../../conformance/vectors/broker-sequences.tsv");
        let (mut states, mut end) = (Vec::<ProducerState>::new(), 0);
        for (line, cells) in seen.lines().enumerate().skip(1) {
            let mut cells = cells.split('\t');
            let mut number = || cells.next().and_then(|cell| cell.parse::<u64>().ok()).expect("a number");
            let (producer, epoch, first, count) = (number() as usize, number(), number(), number());
            let (answer, offset) = (cells.next(), cells.next().and_then(|cell| cell.parse().ok()));
            let given = Sequence { epoch: epoch as u32, first };
            if producer == states.len() {
                states.push(ProducerState::default());
            }
            let ours = states[producer].check(given, count);
            let expected = match answer {
                Some("NONE") if offset == Some(end) => Check::InOrder,
                Some("NONE") => Check::Duplicate(offset.expect("an offset")),
                Some("OUT_OF_ORDER_SEQUENCE_NUMBER") => Check::OutOfOrder,
                Some("INVALID_PRODUCER_EPOCH") => Check::OldEpoch,
                other => panic!("{other:?}"),
            };
            assert_eq!(ours, expected, "line {}: {given:?} of {:?}", line + 1, states[producer]);
            if ours == Check::InOrder {
                states[producer].take(given, count, end);
                end += count;
            }
        }
        assert!(states.len() >= 60 && end > 500, "all of the file is read");
    }

    #[test]
    fn the_last_five_batches_are_known_again() {
        let state = with_batches(7);
        for n in 2..7 {
            assert_eq!(state.check(sequence(3 * n), 3), Check::Duplicate(100 + 3 * n));
        }
        assert_eq!(state.check(sequence(3), 3), Check::OutOfOrder, "the sixth last");
        assert_eq!(state.check(sequence(18), 2), Check::OutOfOrder, "another end");
    }

    #[test]
    fn only_the_next_number_is_in_order() {
        let state = with_batches(2);
        assert_eq!(state.check(sequence(6), 1), Check::InOrder);
        assert_eq!(state.check(sequence(7), 1), Check::OutOfOrder);
        assert_eq!(ProducerState::default().check(sequence(0), 1), Check::InOrder, "no state");
        assert_eq!(ProducerState::default().check(sequence(7), 1), Check::InOrder, "no state");
    }

    #[test]
    fn an_epoch_begins_at_zero_and_ends_the_one_before() {
        let mut state = with_batches(2);
        let next = |first| Sequence { epoch: 1, first };
        assert_eq!(state.check(next(6), 1), Check::OutOfOrder);
        assert_eq!(state.check(next(0), 1), Check::InOrder);
        state.take(next(0), 1, 106);
        assert_eq!(state.check(sequence(6), 1), Check::OldEpoch);
    }

    #[test]
    fn what_was_cut_off_may_come_again() {
        let mut state = with_batches(3);
        state.truncate(106, 3);
        assert_eq!(state.check(sequence(6), 3), Check::InOrder);
        assert_eq!(state.check(sequence(3), 3), Check::Duplicate(103));
        state.truncate(0, 6);
        assert_eq!(state.check(sequence(0), 3), Check::InOrder, "no state any more");
    }

    #[test]
    fn one_that_did_not_begin_at_zero_is_forgotten_too() {
        let mut state = ProducerState::default();
        state.take(sequence(7), 2, 100);
        state.take(sequence(9), 1, 102);
        state.truncate(102, 1);
        assert_eq!(state.check(sequence(9), 1), Check::InOrder);
        assert_eq!(state.check(sequence(10), 1), Check::OutOfOrder);
        state.truncate(100, 2);
        assert_eq!(state, ProducerState::default());
    }
}
