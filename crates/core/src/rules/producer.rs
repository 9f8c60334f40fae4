use crate::ids::{ProducerId, TopicId, TopicPartition};
use crate::key::KeyId;
use crate::log::{RECORD_OVERHEAD_BYTES, Record};
use crate::message::{Event, ProduceRequest};
use crate::partitioner::Placement;
use crate::producer::Sent;
use crate::world::World;

impl World {
    /// Sets the timer for the producer's next record.
    pub(crate) fn schedule_send(&mut self, id: ProducerId) {
        let Some(producer) = self.producers.get(&id) else { return };
        let era = producer.timer.era;
        if let Some(due) = producer.next_due() {
            self.queue.push(due.max(self.now), Event::SendDue(id, era));
        }
    }

    pub(super) fn on_send_due(&mut self, id: ProducerId, era: u32) {
        let Some(producer) = self.producers.get_mut(&id).filter(|p| p.timer.era == era) else { return };
        producer.timer.count += 1;
        let (topic, key) = (producer.pick_topic(), producer.pick_key());
        if let (Some(topic), Some(key)) = (topic, key) {
            self.send(id, topic, key);
        }
        self.schedule_send(id);
    }

    /// The producer sends one record now. Its client picks the partition: from the key's hash.
    pub(crate) fn send(&mut self, id: ProducerId, topic: TopicId, key: KeyId) -> Option<Sent> {
        let partitions = self.topic(topic)?.partition_count();
        let placement = Placement::of_hash(self.key(key).hash, partitions);
        let key_bytes = self.key(key).text.len() as u32;
        let to = TopicPartition { topic, partition: placement.partition };
        let sent = Sent { key, to, placement, at: self.now };
        let producer = self.producers.get_mut(&id)?;
        producer.sent += 1;
        producer.last = Some(sent);
        let bytes = producer.value_bytes + key_bytes + RECORD_OVERHEAD_BYTES;
        let record = Record { key, producer: id, timestamp: self.now, bytes };
        let arrives = self.now + self.timing.produce;
        self.queue
            .push(arrives, Event::Produced(ProduceRequest { producer: id, to, record, departed: self.now, arrives }));
        self.changes.producers.insert(id);
        Some(sent)
    }

    pub(super) fn on_acked(&mut self, id: ProducerId) {
        if let Some(producer) = self.producers.get_mut(&id) {
            producer.acked += 1;
        }
    }
}
