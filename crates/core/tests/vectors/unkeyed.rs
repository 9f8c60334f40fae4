//! The partitioners for records without keys: Kafka's own answers, and what must hold of any.

use std::collections::BTreeSet;

use kafka_lanes_core::partitioner::{
    BuiltInPartitioner, PartitionLoad, Partitions, Queue, RoundRobinPartitioner, StickyPartitionCache,
};
use proptest::prelude::*;

use crate::support::Vectors;

fn numbers(list: &str) -> Vec<u32> {
    list.split(',').filter(|number| !number.is_empty()).map(|number| number.parse().unwrap()).collect()
}

/// The steps are explained in `conformance/clients/java/Sticky.java`.
#[test]
fn records_without_keys_go_where_kafka_sends_them() {
    let vectors = Vectors::read("partition-java-unkeyed.tsv");
    vectors.knows_its_origin();
    assert!(vectors.rows.len() > 100);
    for row in &vectors.rows {
        let [batch_size, count, available, steps @ ..] = &row[..] else { panic!("{row:?}") };
        let available = numbers(available);
        let partitions = Partitions { count: count.parse().unwrap(), available: &available };
        let mut sticky = BuiltInPartitioner::new(batch_size.parse().unwrap());
        let mut turns = RoundRobinPartitioner::default();
        for (place, step) in steps.iter().enumerate() {
            let said = answer(step, &mut sticky, &mut turns, partitions);
            assert_eq!(&said, step, "step {place} of {row:?}");
        }
    }
}

/// The step with our answer in place of Kafka's.
fn answer(
    step: &str,
    sticky: &mut BuiltInPartitioner,
    turns: &mut RoundRobinPartitioner,
    partitions: Partitions,
) -> String {
    let (asked, _) = step.split_once(['=', '>']).unwrap_or((step, ""));
    let fields: Vec<&str> = asked.split(':').collect();
    match fields[..] {
        ["c", full, random] => {
            let chosen = sticky.choose(|_| full == "1", partitions, || random.parse().unwrap());
            format!("{asked}={chosen}")
        }
        ["a", bytes, full, random] => {
            let switched = sticky.appended(bytes.parse().unwrap(), full == "1", partitions, || random.parse().unwrap());
            format!("{asked}{}{}", if switched { '>' } else { '=' }, sticky.current().unwrap().0)
        }
        ["l", sizes, ids, length] => {
            sticky.set_load(PartitionLoad::new(&numbers(sizes), &numbers(ids), length.parse().unwrap()));
            asked.into()
        }
        ["l"] => {
            sticky.set_load(None);
            asked.into()
        }
        ["r"] => format!("r={}", turns.next(partitions)),
        _ => panic!("{step} is no step"),
    }
}

/// The lines are explained in `conformance/clients/java/Load.java`.
#[test]
fn queues_weigh_what_they_weigh_in_kafka() {
    let vectors = Vectors::read("partition-java-load.tsv");
    vectors.knows_its_origin();
    let mut slips = 0;
    for row in &vectors.rows {
        let [count, queues, weights] = &row[..] else { panic!("{row:?}") };
        let queues: Vec<Queue> = queues.split(',').filter(|queue| !queue.is_empty()).map(queue).collect();
        let load = PartitionLoad::of_queues(&queues, count.parse().unwrap());
        let shown = load.map(|load| {
            let weights = load.weights().map(|(partition, weight)| format!("{partition}:{weight}"));
            weights.collect::<Vec<_>>().join(",")
        });
        assert_eq!(shown.as_deref().unwrap_or("-"), weights, "{row:?}");
        let led: Vec<&Queue> = queues.iter().filter(|queue| queue.led).collect();
        slips += led.windows(2).filter(|pair| pair[0].late && pair[0].batches > 0 && pair[1].batches == 0).count();
    }
    assert!(slips > 10, "an empty queue after a late one must be among the cases");
}

/// `3:2lt`: the partition, its batches, whether it has a leader and whether that one is late.
fn queue(text: &str) -> Queue {
    let (partition, rest) = text.split_once(':').unwrap();
    let batches = rest.trim_end_matches(['l', 't']).parse().unwrap();
    Queue { partition: partition.parse().unwrap(), led: rest.contains('l'), batches, late: rest.contains('t') }
}

fn topic() -> impl Strategy<Value = (u32, Vec<u32>)> {
    (1..20_u32).prop_flat_map(|count| {
        let led = prop::collection::vec(any::<bool>(), count as usize);
        (
            Just(count),
            led.prop_map(|led| (0..).zip(led).filter_map(|(partition, led)| led.then_some(partition)).collect()),
        )
    })
}

proptest! {
    /// Whatever happens, the partition exists, is available if any is, and gets no more than twice `batch.size`
    /// and one record before the next is picked.
    #[test]
    fn a_sticky_partition_is_left_in_time(
        (count, available) in topic(),
        batch_size in 1..20_000_u32,
        records in prop::collection::vec((1..5_000_u32, any::<bool>(), any::<u32>()), 1..200),
    ) {
        let partitions = Partitions { count, available: &available };
        let mut sticky = BuiltInPartitioner::new(batch_size);
        let mut stayed = 0;
        for (bytes, full, random) in records {
            let chosen = sticky.choose(|_| full, partitions, || random);
            prop_assert!(chosen < count && (available.is_empty() || available.contains(&chosen)));
            // A switch that had waited for the batch.
            if full && stayed >= batch_size {
                stayed = 0;
            }
            prop_assert_eq!(sticky.current(), Some((chosen, stayed)));
            stayed += bytes;
            let switched = sticky.appended(bytes, full, partitions, || random);
            prop_assert_eq!(switched, stayed >= 2 * batch_size || full && stayed >= batch_size);
            if switched {
                stayed = 0;
            }
        }
    }

    /// Weights are positive, and the longest queue has the least.
    #[test]
    fn every_led_partition_in_time_can_be_picked(states in prop::collection::vec((any::<bool>(), 0..9_u32), 2..20)) {
        let queues: Vec<Queue> = (0..)
            .zip(&states)
            .map(|(partition, (led, batches))| Queue { partition, led: *led, batches: *batches, late: false })
            .collect();
        let led: BTreeSet<u32> = queues.iter().filter(|queue| queue.led).map(|queue| queue.partition).collect();
        if let Some(load) = PartitionLoad::of_queues(&queues, queues.len() as u32) {
            let weights: Vec<(u32, u32)> = load.weights().collect();
            prop_assert_eq!(weights.iter().map(|(partition, _)| *partition).collect::<BTreeSet<_>>(), led);
            for (partition, weight) in &weights {
                let longer = |other: &u32| states[*other as usize].1 > states[*partition as usize].1;
                prop_assert!(*weight > 0);
                prop_assert!(weights.iter().all(|(other, theirs)| !longer(other) || theirs < weight));
            }
        }
    }

    #[test]
    fn a_round_is_fair((count, available) in topic(), rounds in 1..5_usize) {
        let mut turns = RoundRobinPartitioner::default();
        let all: Vec<u32> = if available.is_empty() { (0..count).collect() } else { available.clone() };
        let partitions = Partitions { count, available: &available };
        for _ in 0..rounds {
            let round: Vec<u32> = all.iter().map(|_| turns.next(partitions)).collect();
            prop_assert_eq!(&round, &all);
        }
    }

    #[test]
    fn a_new_batch_means_another_partition_if_there_is_one((count, available) in topic(), numbers: [u32; 20]) {
        let partitions = Partitions { count, available: &available };
        let mut turn = 0_usize;
        let mut random = || {
            turn += 1;
            // Never the same for long.
            numbers[turn % numbers.len()].wrapping_add(turn as u32)
        };
        let mut cache = StickyPartitionCache::default();
        let before = cache.partition(partitions, &mut random);
        prop_assert_eq!(cache.partition(partitions, &mut random), before);
        let after = cache.on_new_batch(before, partitions, &mut random);
        prop_assert!(after < count && (available.is_empty() || available.contains(&after)));
        prop_assert!(available.len() < 2 || after != before);
    }
}
