use super::Partitions;

/// One partition after the other, whatever the key; one for each topic of a producer.
///
/// Kafka: `RoundRobinPartitioner` (4.3), the producer's `partitioner.class`. Up to 3.9 the producer asked it twice for
/// a record that began a new batch, so that it skipped a partition (KAFKA-9965); since 4.0 it asks once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RoundRobinPartitioner {
    counter: u32,
}

impl RoundRobinPartitioner {
    /// One that does not start at the first partition. kafkajs starts at a random number.
    pub fn starting_at(number: u32) -> Self {
        Self { counter: number }
    }

    /// The partition of the next record.
    pub fn next(&mut self, partitions: Partitions) -> u32 {
        let turn = self.counter;
        // Java's counter runs from 2^31 - 1 on to -2^31, which picks like 0.
        self.counter = turn.wrapping_add(1);
        partitions.pick(turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_the_available_ones_in_turn() {
        let mut partitioner = RoundRobinPartitioner::default();
        let mut turns = |available: &[u32], times: usize| -> alloc::vec::Vec<u32> {
            (0..times).map(|_| partitioner.next(Partitions { count: 4, available })).collect()
        };
        assert_eq!(turns(&[0, 1, 2, 3], 5), [0, 1, 2, 3, 0]);
        // The counter goes on, and falls on another one when there are fewer.
        assert_eq!(turns(&[1, 3], 3), [3, 1, 3]);
        assert_eq!(turns(&[], 3), [0, 1, 2]);
    }

    #[test]
    fn the_counter_wraps_as_in_java() {
        let mut partitioner = RoundRobinPartitioner { counter: 0x7fff_fffe };
        let partitions = Partitions { count: 5, available: &[0, 1, 2, 3, 4] };
        let turns = [(); 4].map(|()| partitioner.next(partitions));
        assert_eq!(turns, [1, 2, 0, 1]);
    }
}
