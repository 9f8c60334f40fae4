//! A producer's client picks the partition of a record.

use alloc::vec::Vec;

use crate::ids::{ProducerId, TopicId, TopicPartition};
use crate::key::KeyId;
use crate::partitioner::{Arithmetic, PartitionLoad, Partitions, Placement, Queue};
use crate::unkeyed::UnkeyedPartitioner;
use crate::world::World;

impl World {
    /// Where the next record of a producer goes, and the arithmetic behind it where it follows from the key.
    pub(super) fn partition_for(
        &mut self,
        id: ProducerId,
        topic: TopicId,
        key: Option<KeyId>,
    ) -> Option<(u32, Option<Placement>)> {
        let has = self.topic(topic)?.partition_count();
        let producer = self.producers.get(&id)?;
        let (count, client) = (producer.knows(topic, has), producer.client);
        let placement = match key.map(|key| self.key(key)) {
            Some(key)
                if client.arithmetic() == Arithmetic::JAVA && client.hashed(Some(key.text.as_bytes())).is_some() =>
            {
                Some(Placement::of_hash(key.hash, count))
            }
            key => client.place(key.map(|key| key.text.as_bytes()), count),
        };
        match placement {
            Some(placement) => Some((placement.partition, Some(placement))),
            None => self.partition_without_key(id, topic, count).map(|partition| (partition, None)),
        }
    }

    fn partition_without_key(&mut self, id: ProducerId, topic: TopicId, count: u32) -> Option<u32> {
        let available = self.led_partitions(topic, count);
        let now = self.now;
        let producer = self.producers.get_mut(&id)?;
        let (rng, queue, delivery) = (&mut producer.rng, &producer.queue, &producer.delivery);
        if !producer.unkeyed.contains_key(&topic) {
            producer.unkeyed.insert(topic, UnkeyedPartitioner::new(producer.client, delivery.batch_bytes, rng));
        }
        let last_is_full = |partition| queue.needs_new(TopicPartition { topic, partition }, delivery.batch_bytes);
        let partitions = Partitions { count, available: &available };
        let unkeyed = producer.unkeyed.get_mut(&topic)?;
        Some(unkeyed.choose(last_is_full, partitions, (now, delivery.linger), rng))
    }

    /// A record without a key has been appended where [`World::partition_for`] said, and took `bytes`.
    pub(super) fn appended_without_key(&mut self, id: ProducerId, to: TopicPartition, bytes: u32) {
        let count = self.partitions_known(id, to.topic);
        let available = self.led_partitions(to.topic, count);
        let Some(producer) = self.producers.get_mut(&id) else { return };
        let last_is_full = producer.queue.needs_new(to, producer.delivery.batch_bytes);
        if let Some(unkeyed) = producer.unkeyed.get_mut(&to.topic) {
            unkeyed.appended(bytes, last_is_full, Partitions { count, available: &available }, &mut producer.rng);
        }
    }

    /// The sender looks for batches: what waits now weighs in where records without a key go next.
    ///
    /// Kafka: KIP-794, `RecordAccumulator.partitionReady` (4.3), with `partitioner.adaptive.partitioning.enable`.
    pub(super) fn weigh_queues(&mut self, id: ProducerId) {
        let Some(producer) = self.producers.get_mut(&id) else { return };
        for (topic, unkeyed) in producer.unkeyed.iter_mut() {
            let Some(t) = self.topics.get(topic.0 as usize) else { continue };
            unkeyed.set_load(|| {
                let count = producer.unheard.get(topic).copied().unwrap_or(t.partition_count());
                let partitions = (0..count).zip(&t.partitions);
                let queues = partitions.filter_map(|(partition, log)| {
                    let to = TopicPartition { topic: *topic, partition };
                    let (led, batches) = (log.replication.leader.is_some(), producer.queue.batches(to));
                    producer.reached.contains(&to).then_some(Queue { partition, led, batches, late: false })
                });
                PartitionLoad::of_queues(&queues.collect::<Vec<_>>(), count)
            });
        }
    }

    /// The partitions of a topic that have a leader, of the first so many.
    fn led_partitions(&self, topic: TopicId, count: u32) -> Vec<u32> {
        let partitions = self.topic(topic).into_iter().flat_map(|topic| (0..count).zip(&topic.partitions));
        partitions.filter(|(_, log)| log.replication.leader.is_some()).map(|(partition, _)| partition).collect()
    }
}
