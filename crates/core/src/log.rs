use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{BrokerId, FetchId, ProducerId};
use crate::key::KeyId;
use crate::replica::Replication;
use crate::sequence::ProducerState;
use crate::sorted::SortedMap;
use crate::time::{Span, Time};

/// Bytes that a record takes beside its key and value: a batch header of 61 and some ten of its own.
pub(crate) const RECORD_OVERHEAD_BYTES: u32 = 70;

/// How many records back a record is looked for.
pub(crate) const LOOKED_AT: u64 = 4_096;

/// A record in a log. Its offset is its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Record {
    /// Its key, if it has one.
    pub key: Option<KeyId>,
    /// Who sent it.
    pub producer: ProducerId,
    /// Its number among the records of its producer: a record that is stored twice has it twice.
    pub number: u64,
    /// When it was sent (`CreateTime`, Kafka's default).
    pub timestamp: Time,
    /// Bytes that it takes in the log.
    pub bytes: u32,
}

/// A stretch of a log, kept or deleted as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Segment {
    base: u64,
    bytes: u64,
    records: Vec<Record>,
}

impl Segment {
    fn starting_at(base: u64) -> Self {
        Self { base, bytes: 0, records: Vec::new() }
    }

    fn end(&self) -> u64 {
        self.base + self.records.len() as u64
    }
}

/// A partition: a log that only grows at its end. Reading takes nothing away; retention does.
///
/// Closed segments are shared between checkpoints, so that a checkpoint of a long log is small.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Log {
    closed: VecDeque<Rc<Segment>>,
    active: Segment,
    high_watermark: u64,
    /// When retention last deleted something.
    pub(crate) deleted_at: Time,
    /// What the leader remembers of the producers.
    pub(crate) producers: SortedMap<ProducerId, ProducerState>,
    /// Its copies.
    pub(crate) replication: Replication,
    /// Fetches that wait at the broker for a record here.
    pub(crate) waiting: Vec<FetchId>,
}

impl Log {
    pub(crate) fn new(replication: Replication) -> Self {
        Self {
            closed: VecDeque::new(),
            active: Segment::starting_at(0),
            high_watermark: 0,
            deleted_at: Time::ZERO,
            producers: SortedMap::new(),
            replication,
            waiting: Vec::new(),
        }
    }

    /// The offset of the oldest record that is still there (`log start offset`).
    pub fn start(&self) -> u64 {
        self.closed.front().map_or(self.active.base, |segment| segment.base)
    }

    /// What of the offsets from the first to the second was deleted, and what of them is left; either may be empty.
    pub(crate) fn deleted_and_left(&self, (from, to): (u64, u64)) -> [(u64, u64); 2] {
        [(from, to.min(self.start())), (from.max(self.start()), to)]
    }

    /// The offset that the next record gets (`log end offset`).
    pub fn end(&self) -> u64 {
        self.active.end()
    }

    /// The offset below which consumers may read: all replicas in sync have what is there.
    pub fn high_watermark(&self) -> u64 {
        self.high_watermark
    }

    /// Its copies, and who leads.
    pub fn replication(&self) -> &Replication {
        &self.replication
    }

    /// Where the copy of `broker` ends, if it has one: it may hold records that the leader has not.
    pub fn end_of_copy(&self, broker: BrokerId) -> Option<u64> {
        let replica = self.replication.replica(broker)?;
        let is_leader = self.replication.leader == Some(broker);
        Some(if is_leader { self.end() } else { replica.shared + replica.tail.len() as u64 })
    }

    pub(crate) fn raise_high_watermark(&mut self, to: u64) -> bool {
        let higher = to > self.high_watermark;
        if higher {
            self.high_watermark = to;
        }
        higher
    }

    /// The record at `offset`, if it is still there.
    pub fn record(&self, offset: u64) -> Option<&Record> {
        let segment = if offset >= self.active.base {
            &self.active
        } else {
            let after = self.closed.partition_point(|segment| segment.base <= offset);
            self.closed.get(after.checked_sub(1)?)?.as_ref()
        };
        segment.records.get(usize::try_from(offset - segment.base).ok()?)
    }

    /// All records that are still there, in order.
    pub(crate) fn records(&self) -> impl Iterator<Item = &Record> {
        self.closed.iter().map(|segment| &**segment).chain([&self.active]).flat_map(|segment| &segment.records)
    }

    /// The records from `offset` on, which is still there or is the end.
    pub(crate) fn records_from(&self, offset: u64) -> impl Iterator<Item = &Record> {
        let first = self.closed.partition_point(|segment| segment.end() <= offset);
        let segments = self.closed.range(first..).map(|segment| &**segment).chain([&self.active]);
        segments.flat_map(move |segment| {
            let skipped = offset.saturating_sub(segment.base) as usize;
            segment.records.get(skipped..).unwrap_or_default()
        })
    }

    /// Where a record is that is this one, or was sent again as this one, among the last so many.
    pub(crate) fn find(&self, wanted: &Record) -> Option<u64> {
        let first = self.start().max(self.end().saturating_sub(LOOKED_AT));
        let is_same = |record: &Record| (record.producer, record.number) == (wanted.producer, wanted.number);
        (first..self.end()).rev().find(|offset| self.record(*offset).is_some_and(is_same))
    }

    /// Adds a record at the end and says which offset it got. The active segment is closed first where
    /// the record would make it longer than `segment_bytes` (`segment.bytes`).
    pub(crate) fn append(&mut self, record: Record, segment_bytes: u64) -> u64 {
        let bytes = u64::from(record.bytes);
        if !self.active.records.is_empty() && self.active.bytes + bytes > segment_bytes {
            // The next one will hold about as many.
            let records = Vec::with_capacity(self.active.records.len());
            let next = Segment { records, ..Segment::starting_at(self.active.end()) };
            self.closed.push_back(Rc::new(core::mem::replace(&mut self.active, next)));
        }
        let offset = self.active.end();
        self.active.bytes += bytes;
        self.active.records.push(record);
        offset
    }

    /// Takes the records from `end` on away, and says which they were.
    pub(crate) fn truncate(&mut self, end: u64) -> Vec<Record> {
        let mut removed = Vec::new();
        while self.active.base > end {
            let Some(last) = self.closed.pop_back() else {
                removed.splice(0..0, core::mem::take(&mut self.active.records));
                self.active = Segment::starting_at(end);
                break;
            };
            let after = core::mem::replace(&mut self.active, Rc::unwrap_or_clone(last));
            removed.splice(0..0, after.records);
        }
        let kept = (end - self.active.base) as usize;
        if kept < self.active.records.len() {
            let tail = self.active.records.split_off(kept);
            removed.splice(0..0, tail);
            self.active.bytes = self.active.records.iter().map(|record| u64::from(record.bytes)).sum();
        }
        self.high_watermark = self.high_watermark.min(end);
        removed
    }

    /// Deletes closed segments whose last record is older than `keep` (`retention.ms`), then the oldest
    /// ones while what is left holds at least `keep_bytes` (`retention.bytes`) without them: only what is below the
    /// high watermark. Says whether any went.
    ///
    /// Kafka: `UnifiedLog.deleteRetentionMsBreachedSegments`, `deleteRetentionSizeBreachedSegments` (4.3).
    pub(crate) fn retain(&mut self, now: Time, keep: Span, keep_bytes: u64) -> bool {
        let before = self.closed.len();
        while let Some(oldest) = self.closed.front() {
            let newest_record = oldest.records.iter().map(|record| record.timestamp).max().unwrap_or_default();
            if now - newest_record <= keep || oldest.end() > self.high_watermark {
                break;
            }
            self.closed.pop_front();
        }
        let mut bytes = self.active.bytes + self.closed.iter().map(|segment| segment.bytes).sum::<u64>();
        while let Some(oldest) = self.closed.front() {
            if bytes < keep_bytes.saturating_add(oldest.bytes) || oldest.end() > self.high_watermark {
                break;
            }
            bytes -= oldest.bytes;
            self.closed.pop_front();
        }
        let has_deleted = self.closed.len() < before;
        if has_deleted {
            self.deleted_at = now;
        }
        has_deleted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(at: u64) -> Record {
        Record { key: None, producer: ProducerId(0), number: at, timestamp: Time::from_secs(at), bytes: 100 }
    }

    /// 25 records, one a second, in segments of ten, all of them in all copies.
    fn filled() -> Log {
        let mut log = Log::new(Replication::default());
        for n in 0..25 {
            assert_eq!(log.append(record(n), 1_000), n);
        }
        log.raise_high_watermark(25);
        log
    }

    #[test]
    fn offsets_count_up_and_reading_takes_nothing_away() {
        let log = filled();
        assert_eq!((log.start(), log.end()), (0, 25));
        for n in 0..25 {
            assert_eq!(log.record(n).map(|r| r.timestamp), Some(Time::from_secs(n)));
        }
        assert_eq!(log.record(25), None);
    }

    #[test]
    fn retention_by_bytes_deletes_closed_segments_only() {
        let mut log = filled();
        // Segments of 10, 10 and 5 records: 2,500 bytes. Kept: at least 1,500.
        assert!(log.retain(Time::from_secs(25), Span::from_secs(1_000), 1_500));
        assert_eq!((log.start(), log.end()), (10, 25));
        assert_eq!(log.record(9), None);
        assert_eq!(log.record(10).map(|r| r.timestamp), Some(Time::from_secs(10)));
        assert!(log.retain(Time::from_secs(25), Span::from_secs(1_000), 0));
        assert_eq!(log.start(), 20, "the active segment stays");
    }

    #[test]
    fn retention_by_time_goes_by_the_newest_record_of_a_segment() {
        let mut log = filled();
        assert!(!log.retain(Time::from_secs(19), Span::from_secs(10), u64::MAX));
        assert!(log.retain(Time::from_secs(20), Span::from_secs(10), u64::MAX));
        assert_eq!(log.start(), 10);
    }
    #[test]
    fn what_consumers_may_not_read_yet_is_kept() {
        let mut log = Log::new(Replication::default());
        (0..25).for_each(|n| _ = log.append(record(n), 1_000));
        log.raise_high_watermark(15);
        assert!(log.retain(Time::from_secs(9_999), Span::ZERO, 0));
        assert_eq!(log.start(), 10);
    }

    #[test]
    fn a_cut_log_goes_on_from_there() {
        for end in 0..=25 {
            let mut log = filled();
            let removed = log.truncate(end);
            let numbers: Vec<u64> = removed.iter().map(|r| r.number).collect();
            assert_eq!(numbers, (end..25).collect::<Vec<u64>>());
            assert_eq!((log.start(), log.end(), log.high_watermark()), (0, end, end));
            assert_eq!(log.append(record(99), 1_000), end);
            assert!((0..end).all(|n| log.record(n).is_some_and(|r| r.number == n)));
        }
    }
}
