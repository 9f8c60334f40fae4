//! What the world sees from above: records that are stored twice, or out of the order in which they were sent.

use alloc::vec::Vec;

use crate::alarm::{Alarm, Broken};
use crate::ids::TopicPartition;
use crate::log::{LOOKED_AT, Log, Record};
use crate::world::World;

impl World {
    /// Looks at the records from `offset` on, which were sent earlier than some that are stored.
    pub(super) fn watch_late(&mut self, at: TopicPartition, offset: u64) {
        let Some(log) = self.log(at) else { return };
        let late = (offset..log.end()).filter_map(|offset| Some((offset, log.record(offset)?)));
        let alarms: Vec<Alarm> = late
            .filter_map(|(place, record)| {
                let broken = broken_by(log, offset, record)?;
                Some(Alarm { at: self.now, partition: at, offset: place, key: record.key, broken })
            })
            .collect();
        alarms.into_iter().for_each(|alarm| self.journal.alarm(alarm));
    }
}

/// Which promise `record` breaks by standing behind all that is before `offset`.
fn broken_by(log: &Log, offset: u64, record: &Record) -> Option<Broken> {
    let first = log.start().max(offset.saturating_sub(LOOKED_AT));
    let mut later = None;
    for (place, other) in (first..offset).rev().filter_map(|place| Some((place, log.record(place)?))) {
        if other.producer != record.producer {
            continue;
        }
        if other.number == record.number {
            return Some(Broken::StoredTwice { first: place });
        }
        if record.key.is_some() && other.key == record.key && other.number > record.number {
            later = Some(place);
        }
    }
    later.map(|later| Broken::OrderByRetry { later })
}
