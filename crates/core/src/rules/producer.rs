//! A producer's application: it makes records, and its client picks a partition for each.

use crate::batch::Batch;
use crate::few::Few;
use crate::ids::{ProducerId, TopicId, TopicPartition};
use crate::key::KeyId;
use crate::limits::BUFFER_MEMORY;
use crate::log::{RECORD_OVERHEAD_BYTES, Record};
use crate::message::Event;
use crate::producer::{SendTimer, Sent};
use crate::time::Span;
use crate::world::World;

impl World {
    /// Sets the timer for the producer's next record.
    pub(crate) fn schedule_send(&mut self, id: ProducerId) {
        let Some(producer) = self.producers.get(&id) else { return };
        let era = producer.timer.era;
        if let Some(due) = producer.next_due().filter(|_| !producer.is_blocked) {
            self.queue.push(due.max(self.now), Event::SendDue(id, era));
        }
    }

    pub(super) fn on_send_due(&mut self, id: ProducerId, era: u32) {
        let Some(producer) = self.producers.get_mut(&id).filter(|p| p.timer.era == era) else { return };
        if producer.queue.bytes() + u64::from(producer.value_bytes) > BUFFER_MEMORY {
            producer.is_blocked = true;
            self.drain(id);
            return;
        }
        producer.timer.count += 1;
        let (topic, key) = (producer.pick_topic(), producer.pick_key());
        if let Some(topic) = topic {
            self.send(id, topic, key);
        }
        self.schedule_send(id);
    }

    /// The application goes on once there is memory for another record.
    pub(super) fn unblock(&mut self, id: ProducerId) {
        let now = self.now;
        let Some(producer) = self.producers.get_mut(&id).filter(|p| p.is_blocked) else { return };
        if producer.queue.bytes() + u64::from(producer.value_bytes) > BUFFER_MEMORY {
            return;
        }
        producer.is_blocked = false;
        producer.timer = SendTimer { since: now, count: 0, era: producer.timer.era + 1 };
        self.schedule_send(id);
    }

    /// The producer sends one record now. Its client picks the partition, from the key's hash where there is a key.
    pub(crate) fn send(&mut self, id: ProducerId, topic: TopicId, key: Option<KeyId>) -> Option<Sent> {
        let now = self.now;
        let (partition, placement) = self.partition_for(id, topic, key)?;
        let key_bytes = key.map_or(0, |key| self.key(key).text.len() as u32);
        let to = TopicPartition { topic, partition };
        let sent = Sent { key, to, placement, at: now };
        let producer = self.producers.get_mut(&id)?;
        let number = producer.sent;
        producer.sent += 1;
        producer.last = Some(sent);
        producer.reached.insert(to);
        let bytes = producer.value_bytes + key_bytes + RECORD_OVERHEAD_BYTES;
        let record = Record { key, producer: id, number, timestamp: now, bytes };
        let at_once = producer.queue.is_empty() && producer.delivery.linger == Span::ZERO;
        let mut appended = record.bytes;
        match self.open_connection(id, to).filter(|_| at_once) {
            Some(broker) => self.post(id, broker, Few::one(Batch::new(to, record, now))),
            None => {
                self.changes.producers.insert(id);
                let producer = self.producers.get_mut(&id)?;
                appended = producer.queue.append(to, record, producer.delivery.batch_bytes, now);
                self.drain(id);
            }
        }
        if placement.is_none() {
            self.appended_without_key(id, to, appended);
        }
        Some(sent)
    }
}
