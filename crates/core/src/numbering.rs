//! How an idempotent producer numbers its batches.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::batch::{Batch, Sequence};

/// Where a producer stands with its numbers in a partition.
///
/// Kafka: `TxnPartitionEntry`, with `partitionsWithUnresolvedSequences` (4.3). In Kafka the epoch is the producer's; a
/// partition goes over to it at the first batch that it gets after all before are settled, so that for each alone it is
/// the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Numbering {
    pub(crate) epoch: u32,
    /// The number of the next record that is sent for the first time.
    pub(crate) next: u64,
    /// One past the highest that was confirmed.
    pub(crate) settled: u64,
    /// The batches that were sent and are neither confirmed nor given up.
    pub(crate) outstanding: VecDeque<Outstanding>,
    /// A batch was given up, and whether it is stored nobody knows: nothing new is sent until that is clear.
    pub(crate) is_unresolved: bool,
}

/// A batch that was sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Outstanding {
    pub(crate) first: u64,
    pub(crate) count: u64,
    /// The numbers that it had in epochs before this one, under which it may still be under way.
    pub(crate) former: Vec<Sequence>,
}

impl Numbering {
    /// The number of a batch in this epoch, if it has one.
    pub(crate) fn of(&self, batch: &Batch) -> Option<u64> {
        let sequence = batch.sequence?;
        if sequence.epoch == self.epoch {
            return Some(sequence.first);
        }
        self.outstanding.iter().find(|other| other.former.contains(&sequence)).map(|other| other.first)
    }

    /// Numbers a batch that is about to be sent: for the first time, or anew where an epoch has begun since.
    pub(crate) fn number(&mut self, batch: &mut Batch) {
        let first = self.of(batch).unwrap_or_else(|| {
            let first = self.next;
            self.next += batch.len();
            self.outstanding.push_back(Outstanding { first, count: batch.len(), former: Vec::new() });
            first
        });
        batch.sequence = Some(Sequence { epoch: self.epoch, first });
    }

    /// Whether a batch may be sent: again, if it is the first of all that are outstanding; for the first time, if
    /// none was given up of which nobody knows whether it is stored.
    ///
    /// Kafka: `RecordAccumulator.shouldStopDrainBatchesForPartition` (4.3).
    pub(crate) fn lets_go(&self, batch: &Batch) -> bool {
        match self.of(batch) {
            Some(first) => self.outstanding.front().is_some_and(|other| other.first == first),
            None => !self.is_unresolved,
        }
    }

    /// A batch is confirmed.
    pub(crate) fn settle(&mut self, batch: &Batch) {
        if let Some(first) = self.of(batch) {
            self.settled = self.settled.max(first + batch.len());
            self.close(first);
        }
    }

    /// A batch is given up.
    pub(crate) fn give_up(&mut self, batch: &Batch) {
        if let Some(first) = self.of(batch) {
            self.is_unresolved = true;
            self.close(first);
        }
    }

    /// Once none is outstanding after one was given up, and those behind it were not confirmed, an epoch begins.
    ///
    /// Kafka: `TransactionManager.maybeResolveSequences` (4.3).
    fn close(&mut self, first: u64) {
        match self.outstanding.front() {
            Some(front) if front.first == first => _ = self.outstanding.pop_front(),
            _ => self.outstanding.retain(|other| other.first != first),
        }
        if self.is_unresolved && self.outstanding.is_empty() {
            if self.settled == self.next {
                self.is_unresolved = false;
            } else {
                self.begin_epoch();
            }
        }
    }

    /// The broker misses numbers before that of `batch`. Where they may still come, it waits for them; else numbers
    /// start again.
    ///
    /// Kafka: `TransactionManager.canRetry` (4.3).
    pub(crate) fn on_out_of_order(&mut self, batch: &Batch) {
        let is_of_this_epoch = batch.sequence.is_some_and(|sequence| sequence.epoch == self.epoch);
        let is_next = self.of(batch) == Some(self.settled);
        if is_of_this_epoch && (is_next || self.is_unresolved) {
            self.begin_epoch();
        }
    }

    /// Numbers start again at 0, those of outstanding batches first.
    ///
    /// Kafka: `TransactionManager.bumpIdempotentProducerEpoch`, `TxnPartitionEntry.startSequencesAtBeginning` (4.3).
    fn begin_epoch(&mut self) {
        let before = core::mem::take(self);
        self.epoch = before.epoch + 1;
        for mut batch in before.outstanding {
            batch.former.push(Sequence { epoch: before.epoch, first: batch.first });
            batch.first = self.next;
            self.next += batch.count;
            self.outstanding.push_back(batch);
        }
    }
}
