//! Worlds that the tests draw.
#![allow(dead_code, unreachable_pub, reason = "each test file uses some of these")]

use kafka_lanes_core::limits::MAX_SERVICES;
use kafka_lanes_core::spec::{
    ClusterSpec, ConsumerSpec, GroupSpec, ProducerSpec, Rate, ReplicationSpec, ServiceSpec, Timing, TopicSpec,
    WorldSpec,
};
use kafka_lanes_core::{Action, BrokerAct, History, ServiceStatus, Span, Time};
use proptest::collection::vec;
use proptest::prelude::*;

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
    let topics =
        [("ORDER_EVENTS", 18), ("PAYMENTS", 12), ("STOCK_MOVES", 12), ("EMAILS", 6), ("CLICKS", 9), ("REFUNDS", 3)];
    let mut producers = Vec::new();
    for (stem, count, to) in [
        ("Shop", 3, &["ORDER_EVENTS", "PAYMENTS"][..]),
        ("Warehouse", 2, &["STOCK_MOVES", "REFUNDS"]),
        ("Website", 8, &["EMAILS", "CLICKS"]),
    ] {
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

/// As large as the core lets a world be.
pub fn largest() -> WorldSpec {
    use kafka_lanes_core::limits::{MAX_GROUPS, MAX_MEMBERS, MAX_PARTITIONS, MAX_PRODUCERS, MAX_TOPICS};
    let topics: Vec<String> = (0..MAX_TOPICS).map(|n| format!("TOPIC_{n}")).collect();
    let names: Vec<&str> = topics.iter().map(String::as_str).collect();
    let lanes = (MAX_PARTITIONS / MAX_TOPICS) as u32;
    WorldSpec {
        topics: names.iter().map(|name| TopicSpec::new(*name, lanes)).collect(),
        producers: (0..MAX_PRODUCERS).map(|n| ProducerSpec::new(format!("client-{n}"), topics.clone())).collect(),
        groups: (0..MAX_GROUPS).map(|n| group(&format!("group-{n}"), &names, "member", MAX_MEMBERS)).collect(),
        ..WorldSpec::default()
    }
}

/// Names as people have them.
const NAMES: [&str; 12] = [
    "A",
    "orders",
    "ORDER_EVENTS",
    "a-name-that-somebody-thought-was-a-good-idea-at-the-time-v2-final",
    "注文イベント",
    "طلبات-المتجر",
    "🛒🛒🛒 cart",
    "Payment",
    "MMMMWWWWMMMMWWWW",
    "iiiiiiiiiiiiiiiiiiiiiiiiii",
    "x.y_z-1",
    "Überschlag Straße",
];

/// A world in the ranges that the picture must hold for.
pub fn worlds() -> impl Strategy<Value = WorldSpec> {
    let lanes = prop_oneof![3 => 1..=4_u32, 2 => 5..=12_u32, 1 => 13..=64_u32];
    let members = prop_oneof![4 => 0..=4_usize, 2 => 5..=12_usize, 1 => 13..=32_usize];
    let topics = prop_oneof![1 => vec(lanes.clone(), 1), 1 => vec(lanes, 1..=6)];
    let groups = prop_oneof![2 => vec((members.clone(), any::<u8>(), 0..12_usize), 1..=3), 1 => vec((members, any::<u8>(), 0..12_usize), 1..=8)];
    let producers = prop_oneof![2 => vec((any::<u8>(), 1..=12_u64), 1), 1 => vec((any::<u8>(), 1..=12_u64), 1..=8)];
    // Half of the worlds have one broker; one of the others may die early.
    let brokers = prop_oneof![1 => Just((1, 1, None)), 1 => (2..=16_u32, 1..=16_u32, prop::option::of(1..=16_u32))];
    (topics, groups, producers, 0..12_usize, brokers).prop_map(|(topics, groups, producers, offset, brokers)| {
        let (brokers, copies, killed) = brokers;
        let copies = copies.min(brokers);
        let topic = |name: &String, count: &u32| TopicSpec {
            replication: ReplicationSpec { factor: copies, min_isr: copies.div_ceil(2), ..ReplicationSpec::default() },
            ..TopicSpec::new(name, *count)
        };
        let kill = |broker| (Time::from_millis(400), Action::Broker { broker, act: BrokerAct::Kill });
        let name = |kind: &str, n: usize| {
            format!("{}{}{kind}{n}", NAMES[(n + offset) % NAMES.len()], if n.is_multiple_of(2) { "-" } else { "" })
        };
        let topic_names: Vec<String> = (0..topics.len()).map(|n| name("t", n)).collect();
        let pick = |mask: u8| -> Vec<String> {
            let some: Vec<String> =
                topic_names.iter().enumerate().filter(|(n, _)| mask >> n & 1 == 1).map(|(_, t)| t.clone()).collect();
            if some.is_empty() { vec![topic_names[0].clone()] } else { some }
        };
        WorldSpec {
            topics: topic_names.iter().zip(&topics).map(|(name, count)| topic(name, count)).collect(),
            cluster: ClusterSpec { brokers, ..ClusterSpec::default() },
            actions: killed.filter(|broker| *broker <= brokers).into_iter().map(kill).collect(),
            producers: producers
                .iter()
                .enumerate()
                .map(|(n, (mask, rate))| {
                    let mut producer = ProducerSpec::new(name("p", n), pick(*mask));
                    producer.rate = Rate::per_second(*rate);
                    producer
                })
                .collect(),
            groups: groups
                .iter()
                .enumerate()
                .map(|(n, (members, mask, stem))| {
                    let topics = pick(*mask);
                    let topics: Vec<&str> = topics.iter().map(String::as_str).collect();
                    group(&name("-g", n), &topics, NAMES[*stem], *members)
                })
                .collect(),
            ..WorldSpec::default()
        }
    })
}

/// The shop at rush hour: the world of the story's first chapter, as `crates/story/worlds/rush.kafka` has it.
pub fn rush() -> WorldSpec {
    let called = ["Coupons", "Stock", "Payment", "Email"];
    let millis = Span::from_millis;
    let mut shop = ServiceSpec { calls: called.map(String::from).into(), ..ServiceSpec::new("Shop") };
    (shop.takes, shop.timeout, shop.at_once, shop.orders) = (millis(100), millis(3_000), 12, Rate::per_second(1));
    let one = |(name, takes)| ServiceSpec { takes: millis(takes), at_once: 12, ..ServiceSpec::new(name) };
    let mut services = vec![shop];
    services.extend(called.into_iter().zip([50, 50, 150, 150]).map(one));
    let stop = Action::Service { service: "Email".into(), status: ServiceStatus::Stopped };
    let rush = Action::SetOrders { service: "Shop".into(), rate: Rate::per_second(20) };
    WorldSpec {
        title: "Rush hour at the shop".into(),
        timing: Timing { produce: millis(150), ..Timing::default() },
        services,
        actions: vec![(Time::from_secs(10), rush), (Time::from_secs(26), stop)],
        ..WorldSpec::default()
    }
}

/// Services that call each other in any way, in circles and themselves too.
pub fn services() -> impl Strategy<Value = Vec<ServiceSpec>> {
    let counts = prop_oneof![3 => 1..=6_usize, 1 => 7..=MAX_SERVICES];
    let service = (any::<u16>(), any::<u16>(), 1..=64_u32, 0..30_u64, 5..900_u64);
    (counts, vec(service, MAX_SERVICES), 0..12_usize).prop_map(|(count, services, offset)| {
        let name = |n: usize| format!("{}{n}", NAMES[(n + offset) % NAMES.len()]);
        let named = |(n, (mask, thin, at_once, rate, millis)): (usize, &(u16, u16, u32, u64, u64))| ServiceSpec {
            // Few call many.
            calls: (0..count).filter(|to| mask >> to & 1 == 1 && (thin % 4 == 0 || *to == n + 1)).map(name).collect(),
            at_once: *at_once,
            takes: Span::from_millis(*millis),
            timeout: Span::from_millis(2 * millis),
            orders: Rate::per_second(rate.saturating_sub(10)),
            ..ServiceSpec::new(name(n))
        };
        services.iter().take(count).enumerate().map(named).collect()
    })
}

/// A world of services, alone or beside topics, in which two of them stop or hang.
pub fn worlds_with_services() -> impl Strategy<Value = WorldSpec> {
    (services(), prop_oneof![2 => Just(None), 1 => worlds().prop_map(Some)], any::<(usize, usize)>()).prop_map(
        |(services, beside, (stopped, hung))| {
            let mut spec = beside.unwrap_or_default();
            let mut act = |millis, n: usize, status| {
                let service = services[n % services.len()].name.clone();
                spec.actions.push((Time::from_millis(millis), Action::Service { service, status }));
            };
            act(900, stopped, ServiceStatus::Stopped);
            act(1_200, hung, ServiceStatus::Hung);
            spec.actions.sort_by_key(|(at, _)| *at);
            WorldSpec { services, ..spec }
        },
    )
}

/// The history of a world at a time.
pub fn at(spec: WorldSpec, millis: u64) -> History {
    let mut history = History::new(spec, 1).expect("the worlds of the tests are possible");
    history.advance(Time::from_millis(millis), u64::MAX);
    history
}
