//! What the world sees from above: records that are stored twice, or out of the order in which they were sent.

use alloc::vec::Vec;

use crate::alarm::{Alarm, Broken};
use crate::ids::TopicPartition;
use crate::log::{LOOKED_AT, Log, Record};
use crate::spec::MAX_IN_FLIGHT_IDEMPOTENT;
use crate::world::World;

impl World {
    /// Counts an alarm to what is known of its cause. Its lane shows it.
    pub(super) fn raise(&mut self, alarm: Alarm) {
        self.changes.lanes.extend(alarm.partition);
        self.journal.alarm_of_run(alarm);
    }

    /// Looks at the records from `offset` on, which were sent earlier than some that are stored.
    pub(super) fn watch_late(&mut self, at: TopicPartition, offset: u64) {
        let Some(log) = self.log(at) else { return };
        let mut alarms: Vec<Alarm> = Vec::new();
        for place in offset..log.end() {
            let Some(record) = log.record(place) else { continue };
            let Some(broken) = self.broken_by(log, offset, record) else { continue };
            match alarms.last_mut() {
                Some(last) if goes_on(last, place, record, &broken) => last.records += 1,
                _ => alarms.push(Alarm::of_record(self.now, at, place, record.key, broken)),
            }
        }
        alarms.into_iter().for_each(|alarm| self.journal.alarm(alarm));
    }

    /// Which promise `record` breaks by standing behind all that is before `offset`.
    fn broken_by(&self, log: &Log, offset: u64, record: &Record) -> Option<Broken> {
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
        let most = self.producers.get(&record.producer).and_then(|producer| producer.delivery.max_in_flight);
        let in_flight = most.unwrap_or(MAX_IN_FLIGHT_IDEMPOTENT);
        later.map(|later| Broken::OrderByRetry { later, in_flight })
    }
}

/// Whether a record at `place` belongs to the run of `last`: a batch that is stored again, or more of the same key.
fn goes_on(last: &Alarm, place: u64, record: &Record, broken: &Broken) -> bool {
    match (&last.broken, broken) {
        (Broken::StoredTwice { first: run }, Broken::StoredTwice { first }) => {
            last.offset.map(|offset| offset + last.records) == Some(place) && run + last.records == *first
        }
        (Broken::OrderByRetry { .. }, Broken::OrderByRetry { .. }) => last.key == record.key,
        _ => false,
    }
}
