use alloc::vec;
use alloc::vec::Vec;

use crate::time::{Span, Time};

/// How likely each partition is to be picked, from the queues of batches that wait for it.
///
/// Kafka: KIP-794, `BuiltInPartitioner.updatePartitionLoadStats` and `RecordAccumulator.partitionReady` (4.3), with
/// `partitioner.adaptive.partitioning.enable`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PartitionLoad {
    partitions: Vec<u32>,
    /// Running sums of the partitions' weights.
    sums: Vec<u32>,
}

/// What waits in a producer for one partition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Queue {
    /// The partition.
    pub partition: u32,
    /// Whether its leader is known.
    pub led: bool,
    /// Batches that wait.
    pub batches: u32,
    /// Whether the leader's broker has not taken anything for too long: see [`BrokerLatency`].
    pub late: bool,
}

impl PartitionLoad {
    /// From the queues of all partitions that ever had one, ascending, of a topic with `count` partitions. None
    /// where all partitions are equally likely.
    pub fn of_queues(queues: &[Queue], count: u32) -> Option<Self> {
        if queues.len() < count as usize {
            return None;
        }
        let (mut sizes, mut partitions) = (vec![0; queues.len()], vec![0; queues.len()]);
        let mut length = 0;
        for queue in queues.iter().filter(|queue| queue.led) {
            partitions[length] = queue.partition;
            if queue.batches == 0 {
                // As Kafka has it: the place may still hold the size of a late partition that was here before.
                length += 1;
                continue;
            }
            sizes[length] = queue.batches;
            if !queue.late {
                length += 1;
            }
        }
        Self::new(&sizes, &partitions, length)
    }

    /// From the sizes of queues and whose they are, of which only the first `length` count: the others are
    /// without a leader, or late.
    pub fn new(sizes: &[u32], partitions: &[u32], length: usize) -> Option<Self> {
        let considered = sizes.get(..length)?;
        let largest = *considered.iter().max()?;
        let excluded = length < sizes.len();
        if sizes.len() < 2 || !excluded && considered.iter().all(|size| *size == largest) {
            return None;
        }
        let sums = considered.iter().scan(0, |sum, size| {
            *sum += largest + 1 - size;
            Some(*sum)
        });
        Some(Self { sums: sums.collect(), partitions: partitions.get(..length)?.into() })
    }

    /// The partition that a random number falls on.
    pub(super) fn pick(&self, positive: u32) -> Option<u32> {
        let point = positive.checked_rem(*self.sums.last()?)?;
        let index = self.sums.partition_point(|sum| *sum <= point);
        self.partitions.get(index).copied()
    }

    /// How much of all weight each partition has.
    pub fn weights(&self) -> impl Iterator<Item = (u32, u32)> {
        let before = core::iter::once(0).chain(self.sums.iter().copied());
        self.partitions.iter().zip(&self.sums).zip(before).map(|((partition, sum), before)| (*partition, sum - before))
    }
}

/// How long a broker has not taken what was ready for it.
///
/// Kafka: KIP-794, `RecordAccumulator.updateNodeLatencyStats` (4.3), with `partitioner.availability.timeout.ms`,
/// which is 0 by default: nothing is ever late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BrokerLatency {
    ready: Time,
    drained: Time,
}

impl BrokerLatency {
    /// From the first moment at which there is something for the broker.
    pub fn new(now: Time) -> Self {
        Self { ready: now, drained: now }
    }

    /// There is something for the broker now, and it can be sent or not.
    pub fn update(&mut self, now: Time, can_send: bool) {
        if can_send {
            self.drained = now;
        }
        self.ready = now;
    }

    /// Whether its partitions are to be avoided.
    pub fn is_late(&self, timeout: Span) -> bool {
        timeout.0 > 0 && self.ready.0.saturating_sub(self.drained.0) > timeout.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queue(partition: u32, batches: u32) -> Queue {
        Queue { partition, led: true, batches, late: false }
    }

    fn weights(queues: &[Queue], count: u32) -> Option<Vec<(u32, u32)>> {
        PartitionLoad::of_queues(queues, count).map(|load| load.weights().collect())
    }

    #[test]
    fn shorter_queues_weigh_more() {
        let load = PartitionLoad::of_queues(&[queue(0, 0), queue(1, 3), queue(2, 1)], 3).unwrap();
        assert_eq!(load.sums, [4, 5, 8]);
        let picked: Vec<u32> = (0..9).filter_map(|number| load.pick(number)).collect();
        assert_eq!(picked, [0, 0, 0, 0, 1, 2, 2, 2, 0]);
    }

    #[test]
    fn equal_queues_and_too_few_have_no_weights() {
        assert_eq!(weights(&[queue(0, 2), queue(1, 2)], 2), None);
        assert_eq!(weights(&[queue(0, 2), queue(1, 1)], 3), None, "a partition never had a queue");
        assert_eq!(weights(&[queue(0, 2)], 1), None);
        let unled = [Queue { led: false, ..queue(0, 4) }, Queue { led: false, ..queue(1, 1) }];
        assert_eq!(weights(&unled, 2), None);
    }

    #[test]
    fn partitions_without_a_leader_and_late_ones_are_out() {
        let unled = [queue(0, 2), Queue { led: false, ..queue(1, 9) }, queue(2, 2)];
        assert_eq!(weights(&unled, 3), Some(vec![(0, 1), (2, 1)]), "though the rest are equal");
        let late = [queue(0, 2), Queue { late: true, ..queue(1, 9) }, queue(2, 1)];
        assert_eq!(weights(&late, 3), Some(vec![(0, 1), (2, 2)]));
        // Kafka's own slip: the empty queue after a late one counts as long as the late one's.
        let slip = [queue(0, 2), Queue { late: true, ..queue(1, 9) }, queue(2, 0)];
        assert_eq!(weights(&slip, 3), Some(vec![(0, 8), (2, 1)]));
    }

    #[test]
    fn a_broker_is_late_once_it_takes_nothing_for_longer_than_the_timeout() {
        let mut latency = BrokerLatency::new(Time::from_secs(1));
        let timeout = Span::from_millis(500);
        latency.update(Time(1_500_000), false);
        assert!(!latency.is_late(timeout));
        latency.update(Time(1_500_001), false);
        assert!(latency.is_late(timeout));
        assert!(!latency.is_late(Span(0)), "0 turns it off");
        latency.update(Time(1_600_000), true);
        assert!(!latency.is_late(timeout));
    }
}
