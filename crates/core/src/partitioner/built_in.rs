use super::{PartitionLoad, Partitions};

/// Where records without a key go: it stays with a partition for `batch.size` bytes; one for each topic of a
/// producer.
///
/// Kafka: KIP-794, `BuiltInPartitioner` and how `RecordAccumulator.append` calls it (the default since 3.3; read in
/// 4.3). A producer calls, for each record:
///
/// 1. [`choose`](Self::choose), which says where the record goes;
/// 2. after the append, [`appended`](Self::appended), which may switch.
///
/// Each may need one random number: 32 bits, which the caller draws when asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BuiltInPartitioner {
    batch_size: i32,
    current: Option<Sticky>,
    load: Option<PartitionLoad>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Sticky {
    partition: u32,
    produced: i32,
}

impl BuiltInPartitioner {
    /// With the producer's `batch.size`; 0 counts as 1, as in the producer.
    pub fn new(batch_size: u32) -> Self {
        let batch_size = i32::try_from(batch_size).unwrap_or(i32::MAX).max(1);
        Self { batch_size, current: None, load: None }
    }

    /// The weights of the partitions from now on, which the producer's sender computes each time that it looks for
    /// batches to send; none if all are equal, or adaptive partitioning is off.
    pub fn set_load(&mut self, load: Option<PartitionLoad>) {
        self.load = load;
    }

    /// The partition that it stays with, and the bytes appended to it so far, once there is one.
    pub fn current(&self) -> Option<(u32, u32)> {
        self.current.map(|sticky| (sticky.partition, sticky.produced.cast_unsigned()))
    }

    /// Where the next record goes. `last_is_full` says of a partition whether the last batch in its queue is full,
    /// or there is none.
    pub fn choose(
        &mut self,
        last_is_full: impl FnOnce(u32) -> bool,
        partitions: Partitions,
        random: impl FnOnce() -> u32,
    ) -> u32 {
        let Some(Sticky { partition, produced }) = self.current else {
            return self.switch(partitions, random());
        };
        // A switch that had to wait for the batch to be full.
        if last_is_full(partition) && self.is_due(produced, true) {
            return self.switch(partitions, random());
        }
        partition
    }

    /// A record of so many bytes has been appended where [`Self::choose`] said: whether the next one goes elsewhere.
    /// (A new pick may fall on the same partition.) `last_is_full` as there, after the append.
    pub fn appended(
        &mut self,
        bytes: u32,
        last_is_full: bool,
        partitions: Partitions,
        random: impl FnOnce() -> u32,
    ) -> bool {
        let Some(sticky) = &mut self.current else { return false };
        sticky.produced = sticky.produced.wrapping_add(bytes.cast_signed());
        let produced = sticky.produced;
        let due = self.is_due(produced, last_is_full);
        if due {
            self.switch(partitions, random());
        }
        due
    }

    /// A batch's worth has been produced, and it does not cut a batch short; or two batches' worth has been.
    fn is_due(&self, produced: i32, last_is_full: bool) -> bool {
        // As in Java: twice a batch.size of 2^30 or more is negative, and then every record switches.
        produced >= self.batch_size && last_is_full || produced >= self.batch_size.wrapping_mul(2)
    }

    fn switch(&mut self, partitions: Partitions, random: u32) -> u32 {
        let weighted = self.load.as_ref().and_then(|load| load.pick(random & 0x7fff_ffff));
        let partition = weighted.unwrap_or_else(|| partitions.pick(random));
        self.current = Some(Sticky { partition, produced: 0 });
        partition
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: Partitions = Partitions { count: 3, available: &[0, 1, 2] };

    fn unneeded() -> u32 {
        panic!("no random number is needed here")
    }

    #[test]
    fn it_stays_for_a_batch_and_switches_when_that_is_full() {
        let mut partitioner = BuiltInPartitioner::new(100);
        assert_eq!(partitioner.choose(|_| true, THREE, || 4), 1);
        assert!(!partitioner.appended(99, true, THREE, unneeded));
        assert_eq!(partitioner.choose(|_| true, THREE, unneeded), 1);
        assert!(partitioner.appended(1, true, THREE, || 2));
        assert_eq!(partitioner.choose(|_| true, THREE, unneeded), 2);
        assert_eq!(partitioner.current(), Some((2, 0)));
    }

    #[test]
    fn it_waits_for_a_batch_that_is_not_full_up_to_twice_the_size() {
        let mut partitioner = BuiltInPartitioner::new(100);
        partitioner.choose(|_| true, THREE, || 0);
        assert!(!partitioner.appended(150, false, THREE, unneeded));
        assert_eq!(partitioner.choose(|_| false, THREE, unneeded), 0);
        let mut waited = partitioner.clone();
        assert_eq!(waited.choose(|_| true, THREE, || 2), 2, "the batch has been sent meanwhile");
        assert!(!partitioner.appended(49, false, THREE, unneeded));
        assert!(partitioner.appended(1, false, THREE, || 1));
        assert_eq!(partitioner.current(), Some((1, 0)));
    }

    #[test]
    fn it_picks_among_the_available_by_weight_if_there_is_one() {
        let mut partitioner = BuiltInPartitioner::new(1);
        assert_eq!(partitioner.choose(|_| true, Partitions { count: 9, available: &[3, 7] }, || 0x8000_0001), 7);
        partitioner.appended(1, true, Partitions { count: 9, available: &[] }, || 13);
        assert_eq!(partitioner.current(), Some((4, 0)));
        partitioner.set_load(PartitionLoad::new(&[0, 3, 1], &[5, 6, 7], 3));
        let picked = [3, 4, 5, 8].map(|number| {
            partitioner.appended(2, true, THREE, || number);
            partitioner.current().map(|(partition, _)| partition)
        });
        assert_eq!(picked, [Some(5), Some(6), Some(7), Some(5)]);
    }
}
