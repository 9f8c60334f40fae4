//! How a producer batches, holds back, and picks partitions without keys.

use kafka_lanes_core::spec::{Acks, DeliveryFault, DeliverySpec, Keys, Rate, WorldSpec};
use kafka_lanes_core::{Action, BrokerAct, Refusal, Span, Time, TopicPartition, World};

use crate::cluster::{act, kafka};
use crate::support::{article, begin, run};

fn with(delivery: DeliverySpec) -> WorldSpec {
    let mut spec = article();
    spec.producers[0].delivery = delivery;
    spec
}

/// Records of each batch on its way, with where it goes.
fn batches(world: &World) -> Vec<(TopicPartition, u64)> {
    world.produce_requests().flat_map(|request| request.batches.iter()).map(|batch| (batch.to, batch.len())).collect()
}

/// The first world: each record flies alone, at once.
#[test]
fn without_lingering_records_fly_one_by_one() {
    let mut history = begin(article());
    for second in 1..20 {
        run(&mut history, Time::from_secs(second));
        let world = history.world();
        assert!(batches(world).iter().all(|(_, records)| *records == 1));
        assert!((3..=4).contains(&world.produce_requests().count()));
        assert_eq!(world.producers().next().unwrap().1.held_back(), 0);
    }
}

#[test]
fn lingering_makes_batches_one_a_partition_in_one_request() {
    let mut spec = with(DeliverySpec { linger: Span::from_millis(900), ..DeliverySpec::default() });
    spec.producers[0].rate = Rate::per_second(20);
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    let world = history.world();
    assert!(batches(world).iter().any(|(_, records)| *records > 3), "{:?}", batches(world));
    for request in world.produce_requests() {
        let to: Vec<u32> = request.batches.iter().map(|batch| batch.to.partition).collect();
        assert!((1..to.len()).all(|n| !to[..n].contains(&to[n])), "{to:?}");
        for batch in request.batches.iter() {
            let waited = request.departed - batch.created;
            assert!(waited <= Span::from_millis(900), "{waited}");
        }
    }
    assert!(world.produce_requests().any(|request| request.batches.count() > 1));
}

#[test]
fn a_full_batch_does_not_linger_and_is_no_longer_than_its_size() {
    let mut spec = with(DeliverySpec { linger: Span::from_secs(20), batch_bytes: 500, ..DeliverySpec::default() });
    (spec.producers[0].rate, spec.producers[0].keys) = (Rate::per_second(20), Keys::List(vec!["a".into()]));
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(5));
    // A header of 61 bytes and records of 110: three in 500 bytes, and the next ones close the batch.
    let flying = batches(history.world());
    assert!(!flying.is_empty() && flying.iter().all(|(_, records)| *records == 3 || *records == 4), "{flying:?}");
}

#[test]
fn no_more_requests_are_under_way_than_allowed() {
    for most in 1..=5 {
        let mut spec = with(DeliverySpec { max_in_flight: Some(most), ..DeliverySpec::default() });
        spec.producers[0].rate = Rate::per_second(50);
        let mut history = begin(spec);
        for tenth in 1..60 {
            run(&mut history, Time::from_millis(tenth * 100));
            assert!(history.world().produce_requests().count() <= most as usize);
        }
        let (_, shop) = history.world().producers().next().unwrap();
        assert!(shop.held_back() > 0 && shop.acked > 0, "the rest waits for its turn");
        assert!(batches(history.world()).iter().any(|(_, records)| *records > 1), "and goes in larger batches");
    }
}

/// With acks=all a connection's later requests wait behind the one that waits for replicas.
#[test]
fn requests_wait_behind_others_on_their_connection() {
    let mut history = begin(kafka());
    run(&mut history, Time::from_secs(10));
    act(&mut history, 3, BrokerAct::Stall);
    run(&mut history, Time::from_secs(12));
    let waiting = history.world().waiting_requests().count();
    assert!((4..=15).contains(&waiting), "{waiting}");
    assert!(history.world().producers().next().unwrap().1.held_back() > 0);
}

#[test]
fn records_without_keys_fill_one_batch_before_they_go_elsewhere() {
    let mut spec = with(DeliverySpec { linger: Span::from_millis(500), ..DeliverySpec::default() });
    (spec.producers[0].keys, spec.producers[0].rate) = (Keys::None, Rate::per_second(20));
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(30));
    let world = history.world();
    assert!(world.partitions().all(|(_, log)| log.end() > 50), "all lanes get some");
    for (_, log) in world.partitions() {
        assert!((log.start()..log.end()).all(|offset| log.record(offset).is_some_and(|record| record.key.is_none())));
    }
    let (_, shop) = world.producers().next().unwrap();
    assert!(shop.last.is_some_and(|sent| sent.key.is_none() && sent.placement.is_none()));
    assert!(batches(world).iter().all(|(_, records)| *records >= 9), "{:?}", batches(world));
}

#[test]
fn acks_0_hears_nothing_and_acks_1_hears_of_everything() {
    let acked = |acks| {
        let mut history = begin(with(DeliverySpec { acks, ..DeliverySpec::default() }));
        run(&mut history, Time::from_secs(10));
        history.world().producers().next().unwrap().1.acked
    };
    assert_eq!((acked(Acks::None), acked(Acks::Leader)), (0, acked(Acks::All)));
}

/// What a producer can't start with is refused by Kafka's name for it, in a scenario and later.
#[test]
fn settings_that_do_not_go_together_are_refused() {
    let refused = |delivery: DeliverySpec, expected| {
        let refusal = kafka_lanes_core::History::new(with(delivery), 1).unwrap_err();
        assert_eq!(refusal, Refusal::BadDelivery { producer: "Shop".into(), fault: expected });
    };
    let usual = DeliverySpec::default();
    let explicit = DeliverySpec { idempotence: Some(true), ..usual };
    refused(DeliverySpec { acks: Acks::Leader, ..explicit }, DeliveryFault::IdempotenceNeedsAcksAll);
    refused(DeliverySpec { retries: 0, ..explicit }, DeliveryFault::IdempotenceNeedsRetries);
    refused(DeliverySpec { max_in_flight: Some(6), ..usual }, DeliveryFault::IdempotenceNeedsFewInFlight);
    refused(DeliverySpec { delivery_timeout: Span::ZERO, ..usual }, DeliveryFault::DeliveryTimeoutTooShort);
    for fine in [
        DeliverySpec { acks: Acks::Leader, ..usual },
        DeliverySpec { max_in_flight: Some(6), idempotence: Some(false), ..usual },
    ] {
        assert!(kafka_lanes_core::History::new(with(fine), 1).is_ok());
    }
    let mut history = begin(with(explicit));
    let act = history.act(Action::SetAcks { producer: "Shop".into(), acks: Acks::None });
    let fault = DeliveryFault::IdempotenceNeedsAcksAll;
    assert_eq!(act, Err(Refusal::BadDelivery { producer: "Shop".into(), fault }));
}

#[test]
fn more_copies_than_brokers_are_refused() {
    let mut spec = article();
    spec.topics[0].replication.factor = 2;
    let refusal = kafka_lanes_core::History::new(spec, 1).unwrap_err();
    assert_eq!(refusal, Refusal::BadReplication { topic: "ORDER_EVENTS".into(), factor: 2, brokers: 1 });
}

/// Kafka accepts a minimum above the number of copies, and takes that number.
#[test]
fn a_minimum_above_the_copies_is_the_copies() {
    let mut spec = article();
    spec.topics[0].replication.min_isr = 9;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    assert!(history.world().producers().next().unwrap().1.acked > 20);
}

/// Which of the keys that a topic holds go elsewhere when it grows, in the order in which they came up.
#[test]
fn keys_that_go_elsewhere_are_noted() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(20));
    history.act(Action::SetPartitions { topic: "ORDER_EVENTS".into(), partitions: 5 }).unwrap();
    assert!(history.world().journal().remaps.is_empty(), "the producer has yet to hear of it");
    run(&mut history, Time::from_secs(22));
    let world = history.world();
    let remap = world.journal().remaps.back().unwrap();
    assert_eq!(remap.moved.len() + remap.stay as usize, 6);
    assert!(remap.moved.windows(2).all(|pair| pair[0].0 < pair[1].0));
    for (key, old, new) in &remap.moved {
        let place = |count| kafka_lanes_core::partitioner::Placement::of_hash(world.key(*key).hash, count).partition;
        assert_eq!((place(3), place(5)), (*old, *new));
        assert_ne!(old, new);
    }
}

/// Without memory for more, batches go though they are not full and have not lingered.
#[test]
fn a_full_buffer_ends_lingering() {
    let mut spec = with(DeliverySpec {
        linger: Span::from_secs(1_000),
        delivery_timeout: Span::from_secs(2_000),
        batch_bytes: 1_000_000,
        ..DeliverySpec::default()
    });
    (spec.producers[0].rate, spec.producers[0].value_bytes) = (Rate::per_second(50), 300_000);
    spec.topics[0].partitions = 12;
    spec.producers[0].keys = Keys::Range { prefix: "k".into(), first: 1, last: 90 };
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(20));
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.acked > 100 && shop.held_back() <= 14, "{} of {}", shop.acked, shop.sent);
}

/// A producer that runs out of memory waits, and goes on; it loses nothing.
#[test]
fn a_full_buffer_blocks_the_application() {
    let mut spec = kafka();
    (spec.producers[0].rate, spec.producers[0].value_bytes) = (Rate::per_second(100), 100_000);
    spec.producers[0].delivery.request_timeout = Span::from_secs(60);
    spec.topics[0].retention_bytes = 1_000_000;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 3, BrokerAct::Stall);
    run(&mut history, Time::from_secs(12));
    let sent = history.world().producers().next().unwrap().1.sent;
    run(&mut history, Time::from_secs(20));
    assert_eq!(history.world().producers().next().unwrap().1.sent, sent, "it waits");
    act(&mut history, 3, BrokerAct::Start);
    run(&mut history, Time::from_secs(30));
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.sent > sent + 500 && shop.failed == 0, "{} after {sent}", shop.sent);
}
