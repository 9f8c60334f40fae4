//! Worlds that the tests draw.
#![allow(dead_code, reason = "each test file uses some of these")]

use kafka_lanes_core::spec::{ConsumerSpec, GroupSpec, ProducerSpec, Rate, TopicSpec, WorldSpec};
use kafka_lanes_core::{History, Time};

/// A group with members named `stem-1`, `stem-2`…
pub fn group(name: &str, topics: &[&str], stem: &str, members: usize) -> GroupSpec {
    let consumers = (1..=members).map(|n| ConsumerSpec { name: format!("{stem}-{n}"), ..ConsumerSpec::default() });
    GroupSpec { consumers: consumers.collect(), ..GroupSpec::new(name, topics.iter().map(|t| t.to_string()).collect()) }
}

/// The article's world with this many members of Payment-g1.
pub fn article(payment: usize) -> WorldSpec {
    let topics = ["ORDER_EVENTS"];
    WorldSpec {
        title: "Order events".into(),
        topics: vec![TopicSpec::new("ORDER_EVENTS", 3)],
        producers: vec![ProducerSpec::new("Shop", vec!["ORDER_EVENTS".into()])],
        groups: vec![
            group("Payment-g1", &topics, "Payment", payment),
            group("Inventory-g1", &topics, "Inv", 2),
            group("Notification-g1", &topics, "Notify", 2),
        ],
        ..WorldSpec::default()
    }
}

/// Six topics, 60 lanes, 13 producers, four groups of twelve.
pub fn big() -> WorldSpec {
    let topics = [("ORDER_EVENTS", 18), ("PAYMENTS", 12), ("STOCK_MOVES", 12), ("EMAILS", 6), ("CLICKS", 9), ("REFUNDS", 3)];
    let mut producers = Vec::new();
    for (stem, count, to) in
        [("Shop", 3, &["ORDER_EVENTS", "PAYMENTS"][..]), ("Warehouse", 2, &["STOCK_MOVES", "REFUNDS"]), ("Website", 8, &["EMAILS", "CLICKS"])]
    {
        for n in 1..=count {
            let mut producer = ProducerSpec::new(format!("{stem}-{n}"), to.iter().map(|t| t.to_string()).collect());
            producer.rate = Rate::per_second(12);
            producers.push(producer);
        }
    }
    WorldSpec {
        topics: topics.iter().map(|(name, count)| TopicSpec::new(*name, *count)).collect(),
        producers,
        groups: vec![
            group("Payment-g1", &["ORDER_EVENTS", "PAYMENTS", "REFUNDS"], "Payment", 12),
            group("Inventory-g1", &["ORDER_EVENTS", "STOCK_MOVES"], "Inv", 12),
            group("Notification-g1", &["ORDER_EVENTS", "EMAILS"], "Notify", 12),
            group("Analytics-g1", &["ORDER_EVENTS", "PAYMENTS", "STOCK_MOVES", "CLICKS"], "Analyst", 12),
        ],
        ..WorldSpec::default()
    }
}

/// The history of a world at a time.
pub fn at(spec: WorldSpec, millis: u64) -> History {
    let mut history = History::new(spec, 1).expect("the worlds of the tests are possible");
    history.advance(Time::from_millis(millis), u64::MAX);
    history
}
