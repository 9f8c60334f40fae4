use alloc::collections::VecDeque;

use crate::batch::{BATCH_HEADER_BYTES, Batch};
use crate::ids::TopicPartition;
use crate::log::Record;
use crate::sorted::SortedMap;
use crate::spec::DeliverySpec;
use crate::time::Time;

/// Batches that a producer holds back: they are not full, their leader is not known, or its connection is busy.
///
/// Kafka: `RecordAccumulator` (4.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Accumulator {
    batches: SortedMap<TopicPartition, VecDeque<Batch>>,
    bytes: u64,
}

impl Accumulator {
    pub(crate) fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// Bytes of all batches.
    pub(crate) const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Records of all batches.
    pub(crate) fn records(&self) -> u64 {
        self.all().map(Batch::len).sum()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Batch> {
        self.batches.values().flatten()
    }

    /// Whether another record for `to` would open a new batch.
    pub(crate) fn needs_new(&self, to: TopicPartition, most: u32) -> bool {
        let last = self.batches.get(&to).and_then(VecDeque::back);
        last.is_none_or(|batch| batch.attempts > 0 || batch.is_full(most))
    }

    /// Batches that wait for `to`.
    pub(crate) fn batches(&self, to: TopicPartition) -> u32 {
        self.batches.get(&to).map_or(0, |queue| queue.len() as u32)
    }

    /// Appends a record, and says by how many bytes what waits has grown: a batch's header is there once.
    pub(crate) fn append(&mut self, to: TopicPartition, record: Record, most: u32, now: Time) -> u32 {
        self.bytes += u64::from(record.bytes);
        let queue = self.batches.get_or_default(to);
        if queue.back_mut().is_some_and(|batch| batch.take(record, most)) {
            return record.bytes.saturating_sub(BATCH_HEADER_BYTES);
        }
        queue.push_back(Batch::new(to, record, now));
        record.bytes
    }

    /// Takes a batch back that could not be delivered. In order of the numbers where they have such, else in front.
    ///
    /// Kafka: `RecordAccumulator.reenqueue`, `insertInSequenceOrder` (4.3).
    pub(crate) fn put_back(&mut self, batch: Batch) {
        self.bytes += bytes_of(&batch);
        let queue = self.batches.get_or_default(batch.to);
        let number = |b: &Batch| b.sequence.map(|s| (s.epoch, s.first));
        let before = |b: &&Batch| number(b).is_some() && number(b) < number(&batch);
        let place = queue.iter().take_while(before).count();
        queue.insert(place, batch);
    }

    /// The partitions with batches, each with the first.
    pub(crate) fn heads(&self) -> impl Iterator<Item = (TopicPartition, &Batch)> {
        self.batches.iter().filter_map(|(to, queue)| Some((*to, queue.front()?)))
    }

    /// Whether the first batch of `to` is ready to go: it is full, another waits behind it, or it waited long enough.
    pub(crate) fn is_ready(&self, to: TopicPartition, delivery: &DeliverySpec, now: Time) -> bool {
        let Some(queue) = self.batches.get(&to) else { return false };
        let Some(first) = queue.front() else { return false };
        if first.attempts > 0 {
            return first.not_before <= now;
        }
        queue.len() > 1 || first.is_full(delivery.batch_bytes) || first.created + delivery.linger <= now
    }

    pub(crate) fn pop(&mut self, to: TopicPartition) -> Option<Batch> {
        let queue = self.batches.get_mut(&to)?;
        let batch = queue.pop_front()?;
        if queue.is_empty() {
            self.batches.remove(&to);
        }
        self.bytes -= bytes_of(&batch);
        Some(batch)
    }

    /// Takes out what was not delivered in time.
    pub(crate) fn expired(&mut self, is_expired: impl Fn(&Batch) -> bool) -> alloc::vec::Vec<Batch> {
        let mut expired = alloc::vec::Vec::new();
        for queue in self.batches.values_mut() {
            let (old, kept): (VecDeque<Batch>, _) = core::mem::take(queue).into_iter().partition(&is_expired);
            *queue = kept;
            expired.extend(old);
        }
        self.batches.retain(|_, queue| !queue.is_empty());
        self.bytes -= expired.iter().map(bytes_of).sum::<u64>();
        expired
    }
}

fn bytes_of(batch: &Batch) -> u64 {
    batch.records.iter().map(|record| u64::from(record.bytes)).sum()
}
