//! Which brokers get the copies of a new partition.

use alloc::vec::Vec;

use crate::ids::BrokerId;
use crate::rng::Rng;

/// The replicas of `partitions` partitions among `brokers`, `factor` of each, the first of them to lead.
///
/// Kafka: `StripedReplicaPlacer` without racks, all brokers unfenced (4.3): from a random broker on, a broker
/// further with each partition; after as many partitions as there are brokers, these are shuffled.
pub(crate) fn place(brokers: &[BrokerId], partitions: u32, factor: u32, rng: &mut Rng) -> Vec<Vec<BrokerId>> {
    let mut order: Vec<BrokerId> = brokers.into();
    let count = order.len();
    if count == 1 {
        return (0..partitions).map(|_| order.clone()).collect();
    }
    let mut offset = rng.below(count as u64) as usize;
    let mut placed = Vec::new();
    for partition in 0..partitions as usize {
        if partition > 0 {
            offset += 1;
            if partition % count == 0 {
                (1..count).rev().for_each(|last| order.swap(last, rng.below(last as u64 + 1) as usize));
            }
        }
        placed.push((0..factor as usize).map(|n| order[(offset + n) % count]).collect());
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaders_and_followers_go_round() {
        for seed in 0..50 {
            let brokers: Vec<BrokerId> = (1..=5).map(BrokerId).collect();
            let placed = place(&brokers, 12, 3, &mut Rng::new(seed, 0));
            for (n, replicas) in placed.iter().enumerate() {
                assert_eq!(replicas.len(), 3);
                assert!((1..3).all(|k| !replicas[..k].contains(&replicas[k])), "{placed:?}");
                // Until the first shuffle, the next partition's leader is this one's first follower.
                if n < 4 {
                    assert_eq!(placed[n + 1][0], replicas[1]);
                }
            }
            for round in placed.chunks_exact(5) {
                assert!(brokers.iter().all(|b| round.iter().filter(|replicas| replicas[0] == *b).count() == 1));
            }
        }
    }

    #[test]
    fn where_it_begins_is_chance() {
        let brokers: Vec<BrokerId> = (1..=3).map(BrokerId).collect();
        let first = |seed| place(&brokers, 1, 1, &mut Rng::new(seed, 0))[0][0];
        assert!(brokers.iter().all(|broker| (0..50).any(|seed| first(seed) == *broker)));
    }
}
