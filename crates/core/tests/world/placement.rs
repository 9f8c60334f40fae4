//! Where keys go, as the Java client sends them.

use kafka_lanes_core::partitioner::{Placement, murmur2};
use kafka_lanes_core::{Action, Time};

use crate::support::{article, begin, run};

/// The first look: six keys, two a lane.
#[test]
fn the_keys_of_the_first_world_share_its_lanes_evenly() {
    let lanes = ["amy", "ben", "cleo", "dan", "emma", "fay"].map(|key| Placement::of_key(key.as_bytes(), 3).partition);
    for lane in 0..3 {
        assert_eq!(lanes.iter().filter(|l| **l == lane).count(), 2, "{lanes:?}");
    }
}

#[test]
fn a_placement_shows_every_number_on_the_way() {
    let placement = Placement::of_key(b"order-42", 3);
    assert_eq!(placement.hash, i64::from(murmur2(b"order-42")));
    assert_eq!(placement.dividend, placement.hash & 0x7fff_ffff);
    assert_eq!(placement.remainder(), placement.dividend % 3);
    assert_eq!(i64::from(placement.partition), placement.remainder());
}

/// A share of the keys moves when partitions are added: what Kafka's own hash does to `user-0` to `user-9999`.
#[test]
fn more_partitions_move_keys() {
    let moved = |before: u32, after: u32| {
        let keys = (0..10_000).map(|n| format!("user-{n}"));
        keys.filter(|key| {
            Placement::of_key(key.as_bytes(), before).partition != Placement::of_key(key.as_bytes(), after).partition
        })
        .count()
    };
    // Per mille, rounded: 864, 504, 747, 924.
    for (before, after, per_mille) in [(6, 7, 864), (6, 12, 504), (3, 4, 747), (12, 13, 924)] {
        assert_eq!((moved(before, after) + 5) / 10, per_mille, "{before} to {after}");
    }
}

#[test]
fn a_record_lies_where_its_key_says_and_a_new_partition_counts_once_its_producer_has_heard_of_it() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(11));
    for (at, partitions) in [(11, 3), (21, 4)] {
        run(&mut history, Time::from_secs(at));
        // The first time, the producer has yet to hear of it.
        let _ = history.act(Action::SetPartitions { topic: "ORDER_EVENTS".into(), partitions: 4 });
        for key in ["", "order-42", "🦀", "مفتاح"] {
            history.act(Action::Send { producer: "Shop".into(), topic: None, key: key.into() }).unwrap();
            let (_, shop) = history.world().producers().next().unwrap();
            let sent = shop.last.unwrap();
            assert_eq!(sent.placement, Some(Placement::of_key(key.as_bytes(), partitions)));
        }
        run(&mut history, Time::from_secs(at + 9));
        let world = history.world();
        let by_hand: Vec<_> = world
            .partitions()
            .flat_map(|(p, log)| (log.start()..log.end()).filter_map(move |offset| Some((p, log.record(offset)?))))
            .filter(|(_, record)| record.timestamp == Time::from_secs(at))
            .filter(|(_, record)| ["", "order-42", "🦀", "مفتاح"].contains(&&*world.key(record.key.unwrap()).text))
            .collect();
        assert_eq!(by_hand.len(), 4);
        for (partition, record) in by_hand {
            let text = &world.key(record.key.unwrap()).text;
            assert_eq!(partition.partition, Placement::of_key(text.as_bytes(), partitions).partition, "{text}");
        }
    }
}
