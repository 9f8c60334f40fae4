use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{FetchId, TopicId, TopicPartition};
use crate::journal::Happening;
use crate::member::Run;
use crate::message::{Event, FetchRequest, FetchResponse};
use crate::world::World;

/// `max.partition.fetch.bytes`, Kafka's default.
const MAX_PARTITION_FETCH_BYTES: u64 = 1_048_576;

impl World {
    /// Fetches that waited for a record in a partition find one.
    pub(super) fn wake_readers(&mut self, waiting: Vec<FetchId>) {
        for id in waiting {
            if let Some(fetch) = self.unpark(id) {
                self.answer(fetch);
            }
        }
    }

    /// Answers at once if there is something to read (`fetch.min.bytes` is 1), else waits for it.
    pub(super) fn on_fetch(&mut self, request: FetchRequest) {
        let ready = request.wants.iter().any(|(partition, position)| {
            self.is_served(*partition) && self.log(*partition).is_some_and(|log| log.high_watermark() != *position)
        });
        if ready {
            self.answer(request);
            return;
        }
        let id = request.id;
        for (partition, _) in &request.wants {
            if let Some(log) = self.log_mut(*partition) {
                log.waiting.push(id);
            }
        }
        self.parked.insert(id, request);
        self.send_after(self.timing.fetch_max_wait, Event::FetchExpired(id));
    }

    /// Whether a partition's leader answers.
    fn is_served(&self, partition: TopicPartition) -> bool {
        let leader = self.log(partition).and_then(|log| log.replication.leader);
        leader.and_then(|leader| self.brokers.get(&leader)).is_some_and(|broker| broker.is_running())
    }

    #[inline(never)]
    pub(super) fn on_fetch_expired(&mut self, id: FetchId) {
        if let Some(request) = self.unpark(id) {
            self.answer(request);
        }
    }

    fn unpark(&mut self, id: FetchId) -> Option<FetchRequest> {
        let request = self.parked.remove(&id)?;
        for (partition, _) in &request.wants {
            if let Some(log) = self.log_mut(*partition) {
                log.waiting.retain(|waiting| *waiting != id);
            }
        }
        Some(request)
    }

    fn answer(&mut self, request: FetchRequest) {
        let mut runs = Vec::new();
        let mut resets = Vec::new();
        let mut truncated = Vec::new();
        for (partition, position) in request.wants {
            if !self.is_served(partition) {
                continue;
            }
            let Some(log) = self.log_mut(partition) else { continue };
            if let Some(end) = log.replication.parted(request.group, request.member).filter(|end| *end < position) {
                truncated.push((partition, end));
            } else if position < log.start() || position > log.end() {
                resets.push((partition, position));
            } else if let Some(run) = self.readable(partition, position) {
                runs.push(run);
            }
        }
        // What carries records flies where all can see it; an empty answer is a small message.
        let flight = if runs.is_empty() { self.timing.rpc } else { self.timing.fetch };
        let arrives = self.now + flight;
        let (id, group, member, era) = (request.id, request.group, request.member, request.era);
        let response = FetchResponse { id, group, member, era, runs, resets, truncated, departed: self.now, arrives };
        self.queue.push(arrives, Event::Fetched(Box::new(response)));
    }

    /// What one answer carries of a partition from `position` on: at least a record, if there is one.
    fn readable(&self, partition: TopicPartition, position: u64) -> Option<Run> {
        let log = self.log(partition)?;
        let mut bytes = 0;
        let fits = log.records_from(position).take_while(|record| {
            let fits = bytes < MAX_PARTITION_FETCH_BYTES;
            bytes += u64::from(record.bytes);
            fits
        });
        let end = log.high_watermark().min(position + fits.count() as u64);
        (end > position).then_some(Run { from: partition, next: position, end })
    }

    #[inline(never)]
    pub(super) fn on_retention_check(&mut self) {
        for index in 0..self.topics.len() {
            let topic = &mut self.topics[index];
            let (keep, keep_bytes) = (topic.retention, topic.retention_bytes);
            for (partition, log) in topic.partitions.iter_mut().enumerate() {
                if log.retain(self.now, keep, keep_bytes) {
                    let topic = TopicId(index as u32);
                    self.changes.lanes.insert(TopicPartition { topic, partition: partition as u32 });
                }
            }
        }
        self.send_after(self.timing.retention_check, Event::RetentionCheck);
    }

    /// A reader that was at the first offset goes on at the second, as its position was out of range.
    #[inline(never)]
    pub(super) fn tell_skipped(&mut self, group: &Rc<str>, partition: TopicPartition, passed: (u64, u64)) {
        let Some(log) = self.log(partition) else { return };
        let [records, left] = log.deleted_and_left(passed).map(|(from, to)| to.saturating_sub(from));
        let what = Happening::Skipped { group: group.clone(), partition, records, left };
        self.journal.tell(self.now, what);
    }
}
