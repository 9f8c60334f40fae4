use super::Partitions;
use crate::time::{Span, Time};

/// Sticks to a partition for a time; one for each topic of a producer.
///
/// librdkafka: `rd_kafka_msg_sticky_partition` with `sticky.partitioning.linger.ms`, which is twice `linger.ms`, 10 ms
/// by default (2.16.0). At 0 it draws for each record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct StickyForTime {
    current: Option<(u32, Time)>,
}

impl StickyForTime {
    /// The partition of the next record. `random` gives 32 random bits a call, and is called twice at the most.
    pub fn next(&mut self, now: Time, linger: Span, partitions: Partitions, random: impl FnMut() -> u32) -> u32 {
        if let Some((partition, since)) = self.current
            && linger.0 > 0
            && now.0.saturating_sub(since.0) <= linger.0
            && partitions.available.contains(&partition)
        {
            return partition;
        }
        let drawn = draw(partitions, random);
        self.current = Some((drawn, now));
        drawn
    }
}

/// Any partition, and if that one is not available, any once more.
fn draw(partitions: Partitions, mut random: impl FnMut() -> u32) -> u32 {
    let count = partitions.count.max(1);
    let drawn = random() % count;
    if partitions.available.contains(&drawn) { drawn } else { random() % count }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINGER: Span = Span::from_millis(10);

    #[test]
    fn it_stays_until_the_time_is_over() {
        let mut sticky = StickyForTime::default();
        let all = Partitions { count: 3, available: &[0, 1, 2] };
        let mut next = |micros, linger, drawn| sticky.next(Time(micros), linger, all, || drawn);
        assert_eq!(next(0, LINGER, 4), 1);
        assert_eq!(next(10_000, LINGER, 0), 1);
        assert_eq!(next(10_001, LINGER, 0), 0);
        assert_eq!(next(20_001, LINGER, 2), 0);
        assert_eq!(next(20_001, Span(0), 2), 2, "0 turns it off");
    }

    #[test]
    fn it_leaves_a_partition_without_a_leader_and_tries_twice() {
        let mut sticky = StickyForTime { current: Some((1, Time(0))) };
        let two = Partitions { count: 3, available: &[0, 2] };
        let mut draws = [1, 2].into_iter();
        assert_eq!(sticky.next(Time(1), LINGER, two, || draws.next().unwrap_or(0)), 2);
        assert_eq!(draws.next(), None);
        let mut draws = [1, 1].into_iter();
        let mut sticky = StickyForTime::default();
        assert_eq!(sticky.next(Time(1), LINGER, two, || draws.next().unwrap_or(0)), 1, "twice, and no more");
    }
}
