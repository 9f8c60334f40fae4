use super::Partitions;

/// Redraws at the most. Kafka has no limit; only a source of numbers that repeats itself gets there.
const MAX_REDRAWS: usize = 1_000;

/// Sticks to a partition until a record needs a new batch; one for each topic of a producer.
///
/// Kafka: KIP-480, `StickyPartitionCache` behind `DefaultPartitioner` and `UniformStickyPartitioner` (the default
/// from 2.4 to 3.2, replaced by KIP-794's [`BuiltInPartitioner`](super::BuiltInPartitioner); gone since 4.0).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct StickyPartitionCache {
    current: Option<u32>,
}

impl StickyPartitionCache {
    /// The partition of the next record. `random` gives 32 random bits a call.
    pub fn partition(&mut self, partitions: Partitions, random: impl FnMut() -> u32) -> u32 {
        match self.current {
            Some(current) => current,
            None => self.draw(partitions, random),
        }
    }

    /// The record that was to go to `previous` needs a new batch: where it goes now.
    pub fn on_new_batch(&mut self, previous: u32, partitions: Partitions, random: impl FnMut() -> u32) -> u32 {
        match self.current {
            Some(current) if current != previous => current,
            _ => self.draw(partitions, random),
        }
    }

    fn draw(&mut self, partitions: Partitions, mut random: impl FnMut() -> u32) -> u32 {
        let mut drawn = partitions.pick(random());
        if partitions.available.len() > 1 {
            for _ in 0..MAX_REDRAWS {
                if Some(drawn) != self.current {
                    break;
                }
                drawn = partitions.pick(random());
            }
        }
        self.current = Some(drawn);
        drawn
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_until_a_new_batch_and_then_goes_elsewhere() {
        let mut cache = StickyPartitionCache::default();
        let three = Partitions { count: 3, available: &[0, 1, 2] };
        assert_eq!(cache.partition(three, || 5), 2);
        assert_eq!(cache.partition(three, || 0), 2);
        let mut numbers = [2, 5, 8, 1].into_iter();
        assert_eq!(cache.on_new_batch(2, three, || numbers.next().unwrap_or(0)), 1);
        assert_eq!(cache.on_new_batch(2, three, || 0), 1, "another record has switched already");
        let one = Partitions { count: 3, available: &[1] };
        assert_eq!(cache.on_new_batch(1, one, || 7), 1);
        let none = Partitions { count: 3, available: &[] };
        assert_eq!(cache.on_new_batch(1, none, || 0x8000_0001), 1, "where none is available it may stay");
        assert_eq!(cache.on_new_batch(1, three, || 4), 1, "a source that repeats itself ends too");
    }
}
