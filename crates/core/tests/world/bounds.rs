//! Nothing hangs, nothing grows without end, and what is too much is refused by name.

use kafka_lanes_core::limits::{
    MAX_ACTIONS, MAX_GROUPS, MAX_KEY_BYTES, MAX_KEYS, MAX_MEMBERS, MAX_NAME_CHARS, MAX_PARTITIONS, MAX_PRODUCERS,
    MAX_RATE_PER_SECOND, MAX_TIME, MAX_TOPICS, MAX_VALUE_BYTES,
};
use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::spec::{
    Acks, Assignment, ClusterSpec, ClusterTiming, Commit, ConsumerSpec, DeliverySpec, GroupSpec, Keys, OffsetReset,
    PartitionName, Pick, ProducerSpec, Rate, ReplicationSpec, Timing, TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, Happening, History, Limit, Refusal, Span, Time, World};
use proptest::prelude::*;

use crate::support::{anything, article, begin, cases, group, play, run, timed};

#[test]
fn retention_by_bytes_keeps_a_log_small() {
    let mut spec = article();
    spec.topics[0].retention_bytes = 20_000;
    spec.topics[0].segment_bytes = 5_000;
    spec.producers[0].rate = Rate::per_second(1_000);
    let mut history = begin(spec);
    for secs in 1..60 {
        run(&mut history, Time::from_secs(secs));
        for (_, log) in history.world().partitions() {
            // What it keeps, a segment more, and what comes between two checks: 174 bytes a record.
            assert!((log.end() - log.start()) * 174 < 20_000 + 5_000 + 800 * 174);
        }
    }
    assert!(history.world().partitions().any(|(_, log)| log.start() > 1_000));
}

#[test]
fn retention_by_time_keeps_a_log_short() {
    let mut spec = article();
    spec.topics[0].retention = Span::from_secs(10);
    spec.topics[0].segment_bytes = 1_000;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(120));
    for (_, log) in history.world().partitions() {
        assert!(log.start() > 0);
        assert!(log.end() - log.start() < 40, "{} to {}", log.start(), log.end());
    }
}

/// A segment that is never closed would never be deleted.
#[test]
fn no_segment_is_so_long_that_retention_never_comes_to_it() {
    let mut spec = article();
    spec.topics[0].segment_bytes = u64::MAX;
    spec.topics[0].retention_bytes = 0;
    spec.topics[0].partitions = 1;
    spec.producers[0].value_bytes = MAX_VALUE_BYTES;
    spec.producers[0].rate = Rate::per_second(10);
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(60));
    assert!(history.world().partitions().all(|(_, log)| log.start() > 0));
}

#[test]
fn a_group_that_retention_overtakes_goes_on_with_what_is_left_and_it_is_told() {
    let mut spec = article();
    spec.topics[0].retention_bytes = 2_000;
    spec.topics[0].segment_bytes = 500;
    spec.producers[0].rate = Rate::per_second(50);
    spec.groups = vec![GroupSpec { processing: Span::from_secs(1), ..group("Payment-g1", &["Payment-1"]) }];
    spec.timing.max_poll_records = 5;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(40));
    let world = history.world();
    let skipped = world.journal().entries.iter().filter_map(|entry| match entry.what {
        Happening::Skipped { records, .. } => Some(records),
        _ => None,
    });
    assert!(skipped.sum::<u64>() > 100);
    let (_, group) = world.groups().next().unwrap();
    assert!(group.members.values().all(|m| m.processed > 20), "it goes on");
}

#[test]
fn a_cursor_never_goes_back_while_retention_runs_ahead() {
    let mut spec = article();
    spec.topics[0] = TopicSpec { retention_bytes: 2_000, segment_bytes: 500, ..TopicSpec::new("ORDER_EVENTS", 1) };
    spec.producers[0].rate = Rate::per_second(50);
    spec.groups = vec![GroupSpec { processing: Span::from_millis(300), ..group("Payment-g1", &["Payment-1"]) }];
    spec.timing.max_poll_records = 5;
    let mut history = begin(spec);
    let mut last = 0;
    while history.world().now() < Time::from_secs(40) {
        history.advance(Time::from_secs(40), 1);
        let (_, group) = history.world().groups().next().unwrap();
        for cursor in group.members.values().flat_map(|m| m.cursors.values()) {
            assert!(cursor.processed >= last, "{} after {last}", cursor.processed);
            last = cursor.processed;
        }
    }
    assert!(last > 1_000);
}

#[test]
fn what_is_over_a_limit_is_refused_by_the_limits_name() {
    let over = |limit: Limit, change: &dyn Fn(&mut WorldSpec)| {
        let mut spec = article();
        change(&mut spec);
        assert_eq!(World::new(&spec, 1).err(), Some(Refusal::Over(limit)));
    };
    over(Limit::Partitions, &|s| s.topics[0].partitions = 1 + MAX_PARTITIONS as u32);
    over(Limit::Partitions, &|s| s.topics[0].partitions = u32::MAX);
    over(Limit::Topics, &|s| s.topics.extend((0..MAX_TOPICS).map(|n| TopicSpec::new(format!("t{n}"), 1))));
    over(Limit::Producers, &|s| {
        s.producers.extend((0..MAX_PRODUCERS).map(|n| ProducerSpec::new(format!("p{n}"), vec!["ORDER_EVENTS".into()])));
    });
    over(Limit::Groups, &|s| s.groups.extend((0..MAX_GROUPS).map(|n| group(&format!("g{n}"), &[]))));
    over(Limit::Members, &|s| {
        let consumer = |n| ConsumerSpec { name: format!("c{n}"), ..ConsumerSpec::default() };
        s.groups[0].consumers.extend((0..MAX_MEMBERS).map(consumer));
    });
    over(Limit::Rate, &|s| s.producers[0].rate = Rate(MAX_RATE_PER_SECOND * 1_000 + 1));
    over(Limit::Rate, &|s| s.producers[0].rate = Rate(u64::MAX));
    over(Limit::ValueBytes, &|s| s.producers[0].value_bytes = MAX_VALUE_BYTES + 1);
    over(Limit::KeyBytes, &|s| s.producers[0].keys = Keys::List(vec!["k".repeat(MAX_KEY_BYTES + 1)]));
    let range = |first, last| Keys::Range { prefix: "k".into(), first, last };
    over(Limit::Keys, &|s| s.producers[0].keys = range(0, MAX_KEYS as u64));
    over(Limit::Keys, &|s| s.producers[0].keys = range(0, u64::MAX));
    over(Limit::Actions, &|s| {
        let rate = || Action::SetRate { producer: "Shop".into(), rate: Rate(1) };
        s.actions = (0..=MAX_ACTIONS).map(|_| (Time::ZERO, rate())).collect();
    });
}

#[test]
fn as_many_keys_as_the_limit_allows_can_be_sent_by_two_and_by_hand() {
    let mut spec = article();
    let keys = Keys::Range { prefix: "k".into(), first: 1, last: MAX_KEYS as u64 };
    spec.producers[0].keys = keys.clone();
    spec.producers.push(ProducerSpec { keys, ..ProducerSpec::new("Web", vec!["ORDER_EVENTS".into()]) });
    let mut history = begin(spec);
    let send = |key: &str| Action::Send { producer: "Shop".into(), topic: None, key: key.into() };
    history.act(send("k77")).unwrap();
    assert_eq!(history.act(send("a new one")), Err(Refusal::Over(Limit::Keys)));
    assert_eq!(history.act(send(&"k".repeat(1_000_000))), Err(Refusal::Over(Limit::KeyBytes)));
}

#[test]
fn what_does_not_resolve_is_refused() {
    let refused = |change: &dyn Fn(&mut WorldSpec)| {
        let mut spec = article();
        change(&mut spec);
        World::new(&spec, 1).expect_err("something in it is wrong")
    };
    assert_eq!(refused(&|s| s.topics[0].partitions = 0), Refusal::NoPartitions("ORDER_EVENTS".into()));
    assert_eq!(refused(&|s| s.producers[0].topics = vec!["x".into()]), Refusal::NoSuchTopic("x".into()));
    assert_eq!(refused(&|s| s.producers[0].topics.clear()), Refusal::NoTopic);
    assert_eq!(refused(&|s| s.producers[0].keys = Keys::List(vec![])), Refusal::NoKeys("Shop".into()));
    assert_eq!(refused(&|s| s.groups[0].topics = vec!["x".into()]), Refusal::NoSuchTopic("x".into()));
    assert_eq!(refused(&|s| s.groups[1].name = "Payment-g1".into()), Refusal::NameTaken("Payment-g1".into()));
    assert_eq!(refused(&|s| s.groups[0].name = " ".into()), Refusal::BadName);
    assert_eq!(refused(&|s| s.groups[0].name = "n".repeat(MAX_NAME_CHARS + 1)), Refusal::BadName);
    assert_eq!(
        refused(&|s| {
            s.groups[0].consumers[0].assigned = vec![PartitionName { topic: "ORDER_EVENTS".into(), partition: 3 }];
        }),
        Refusal::NoSuchPartition { topic: "ORDER_EVENTS".into(), partition: 3 }
    );
    let mut history = begin(article());
    let act = |history: &mut History, action| history.act(action).expect_err("refused");
    let partitions = |n| Action::SetPartitions { topic: "ORDER_EVENTS".into(), partitions: n };
    for n in [0, 2, 3] {
        assert_eq!(act(&mut history, partitions(n)), Refusal::FewerPartitions { topic: "ORDER_EVENTS".into(), has: 3 });
    }
    assert_eq!(act(&mut history, partitions(u32::MAX)), Refusal::Over(Limit::Partitions));
    let crash = Action::CrashConsumer { group: "Payment-g1".into(), name: "Nobody".into() };
    assert_eq!(act(&mut history, crash), Refusal::NoSuchConsumer { group: "Payment-g1".into(), name: "Nobody".into() });
    let taken = Action::AddConsumer { group: "Payment-g1".into(), name: Some("Payment-1".into()) };
    assert_eq!(act(&mut history, taken), Refusal::NameTaken("Payment-1".into()));
}

#[test]
fn the_next_name_after_the_last_number_is_another() {
    let mut spec = article();
    for name in ["c18446744073709551615", "c18446744073709551614", "99999999999999999999", "7"] {
        spec.groups = vec![group(name, &[name])];
        let mut history = begin(spec.clone());
        for _ in 0..3 {
            history.act(Action::AddConsumer { group: name.into(), name: None }).unwrap();
        }
        let (_, group) = history.world().groups().next().unwrap();
        let names: std::collections::BTreeSet<_> = group.members.values().map(|m| &m.name).collect();
        assert_eq!(names.len(), 4);
    }
}

#[test]
fn time_ends_where_its_limit_says() {
    let mut spec = article();
    spec.producers.clear();
    spec.groups.clear();
    let mut history = begin(spec);
    run(&mut history, Time(u64::MAX));
    assert_eq!(history.world().now(), Time::ZERO + MAX_TIME);
    history.seek(Time(u64::MAX));
    assert_eq!(history.world().now(), Time::ZERO + MAX_TIME);
    assert!(history.step(Span(u64::MAX)).changes.is_empty());
}

/// Timers of no time at all must not spin on the spot.
#[test]
fn a_world_in_which_everything_takes_no_time_still_moves_on() {
    let mut spec = article();
    spec.timing = Timing {
        produce: Span::ZERO,
        fetch: Span::ZERO,
        rpc: Span::ZERO,
        fetch_max_wait: Span::ZERO,
        max_poll_records: 0,
        auto_commit: Span::ZERO,
        heartbeat: Span::ZERO,
        session: Span::ZERO,
        max_poll_interval: Span::ZERO,
        initial_rebalance_delay: Span::ZERO,
        metadata_max_age: Span::ZERO,
        retention_check: Span::ZERO,
        consumer_heartbeat: Span::ZERO,
        consumer_session: Span::ZERO,
        assignment_interval: Span::ZERO,
    };
    spec.groups[0].processing = Span::ZERO;
    let mut history = begin(spec);
    let advance = history.advance(Time::from_secs(3), 1_000_000);
    assert_eq!(history.world().now(), Time::from_secs(3), "after {} events", advance.events);
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![Just(Span::ZERO), Just(Span(1)), (0u64..5_000_000).prop_map(Span), Just(Span(u64::MAX))]
}

fn wild_timing() -> impl Strategy<Value = Timing> {
    (prop::array::uniform14(span()), prop_oneof![Just(0u32), 1u32..20, Just(u32::MAX)]).prop_map(
        |(s, max_poll_records)| Timing {
            produce: s[0],
            fetch: s[1],
            rpc: s[2],
            fetch_max_wait: s[3],
            max_poll_records,
            auto_commit: s[4],
            heartbeat: s[5],
            session: s[6],
            max_poll_interval: s[7],
            initial_rebalance_delay: s[8],
            metadata_max_age: s[9],
            retention_check: s[10],
            consumer_heartbeat: s[11],
            consumer_session: s[12],
            assignment_interval: s[13],
        },
    )
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![8 => "[a-c]", 1 => Just(String::new()), 1 => "\\PC{1,4}", 1 => Just("n".repeat(300))]
}

fn wild_spec() -> impl Strategy<Value = WorldSpec> {
    let count = || prop_oneof![6 => 1u32..6, 1 => Just(0u32), 1 => Just(10_000u32), 1 => Just(u32::MAX)];
    let bytes = || prop_oneof![Just(0u64), 1u64..5_000, Just(u64::MAX)];
    let copies = (count(), count(), any::<bool>());
    let copies = copies.prop_map(|(factor, min_isr, unclean)| ReplicationSpec {
        factor: if factor == 10_000 { 1 } else { factor },
        min_isr,
        unclean_election: unclean,
    });
    let topic = (name(), count(), span(), bytes(), bytes(), copies).prop_map(
        |(name, partitions, retention, retention_bytes, segment_bytes, replication)| TopicSpec {
            name,
            partitions,
            retention,
            retention_bytes,
            segment_bytes,
            replication,
        },
    );
    let keys = prop_oneof![
        prop::collection::vec("\\PC{0,3}", 0..4).prop_map(Keys::List),
        (any::<u64>(), any::<u64>()).prop_map(|(first, last)| Keys::Range { prefix: "k".into(), first, last }),
        (0u64..9, 0u64..30).prop_map(|(first, last)| Keys::Range { prefix: "k".into(), first, last }),
        Just(Keys::None),
    ];
    let pick = prop_oneof![Just(Pick::Random), Just(Pick::InTurn), Just(Pick::Skewed)];
    let rate = prop_oneof![6 => (0u64..50_000).prop_map(Rate), 1 => any::<u64>().prop_map(Rate)];
    let value = prop_oneof![6 => 0u32..2_000, 1 => any::<u32>()];
    let producer = (name(), prop::collection::vec(name(), 0..3), rate, keys, pick, value, wild_delivery()).prop_map(
        |(name, topics, rate, keys, pick, value_bytes, delivery)| ProducerSpec {
            name,
            client: Client::ALL[rate.0 as usize % Client::ALL.len()],
            topics,
            rate,
            keys,
            pick,
            value_bytes,
            delivery,
        },
    );
    let partition = || (name(), 0u32..4).prop_map(|(topic, partition)| PartitionName { topic, partition });
    let topics = prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(name(), 1..3)];
    let instance = prop::option::weighted(0.3, name());
    let own = crate::support::own_assignors();
    let consumer = (name(), instance, topics, prop::option::of(span()), own, prop::collection::vec(partition(), 0..2))
        .prop_map(|(name, instance, topics, processing, assignors, assigned)| ConsumerSpec {
            name,
            instance,
            topics,
            processing,
            assignors,
            assigned,
        });
    let assignment = prop_oneof![
        1 => Just(Assignment::Manual),
        4 => crate::support::assignments(),
    ];
    let policies = prop::sample::select(vec![
        (OffsetReset::Earliest, Commit::Auto),
        (OffsetReset::Latest, Commit::Before),
        (OffsetReset::Earliest, Commit::After),
        (OffsetReset::None, Commit::Auto),
    ]);
    let group = (
        name(),
        prop::collection::vec(name(), 0..3),
        assignment,
        policies,
        span(),
        prop::collection::vec(consumer, 0..4),
    )
        .prop_map(|(name, topics, assignment, (reset, commit), processing, consumers)| GroupSpec {
            name,
            topics,
            assignment,
            reset,
            commit,
            processing,
            consumers,
        });
    (
        prop::collection::vec(topic, 0..3),
        prop::collection::vec(producer, 0..3),
        prop::collection::vec(group, 0..3),
        wild_timing(),
        wild_cluster(),
    )
        .prop_map(|(topics, producers, groups, timing, cluster)| WorldSpec {
            topics,
            producers,
            groups,
            timing,
            cluster,
            ..WorldSpec::default()
        })
}

fn wild_cluster() -> impl Strategy<Value = ClusterSpec> {
    let brokers = prop_oneof![4 => 1u32..6, 1 => Just(0), 1 => Just(16), 1 => Just(u32::MAX)];
    (brokers, prop::collection::vec(span(), 6)).prop_map(|(brokers, s)| ClusterSpec {
        brokers,
        timing: ClusterTiming {
            session: s[0],
            heartbeat: s[1],
            replica_lag: s[2],
            replica_fetch_wait: s[3],
            leader_balance: s[4],
            start: s[5],
        },
    })
}

fn wild_delivery() -> impl Strategy<Value = DeliverySpec> {
    let acks = prop_oneof![Just(Acks::None), Just(Acks::Leader), Just(Acks::All)];
    let number = || prop_oneof![4 => 0u32..9, 1 => any::<u32>()];
    let spans = prop::collection::vec(span(), 4);
    (acks, prop::option::of(any::<bool>()), prop::option::of(number()), number(), number(), spans).prop_map(
        |(acks, idempotence, max_in_flight, retries, batch_bytes, s)| DeliverySpec {
            acks,
            idempotence,
            max_in_flight,
            retries,
            batch_bytes,
            linger: s[0],
            request_timeout: s[1],
            delivery_timeout: Span(s[0].0.saturating_add(s[1].0).saturating_add(s[2].0)),
            retry_backoff: s[3],
        },
    )
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// Any spec at all is a world or a refusal, and a world runs.
    #[test]
    fn a_wild_spec_is_refused_or_runs(spec in wild_spec()) {
        if let Ok(mut history) = History::new(spec, 1) {
            history.advance(Time::from_secs(20), 3_000);
        }
    }
}

proptest! {
    #![proptest_config(cases(60))]

    /// So does the article's world with wild latencies, whatever a person does; and time goes on.
    #[test]
    fn wild_latencies_never_hang(timing in wild_timing(), ops in timed(anything(), 1, 12)) {
        let mut history = begin(WorldSpec { timing, ..article() });
        play(&mut history, &ops);
        let advance = history.advance(Time::from_secs(2), 1_000_000);
        prop_assert_eq!(history.world().now(), Time::from_secs(2), "{} events", advance.events);
    }
    /// So does a cluster with wild times, whatever happens to its brokers.
    #[test]
    fn wild_clusters_never_hang(
        cluster in wild_cluster(),
        timing in wild_timing(),
        delivery in wild_delivery(),
        ops in timed(anything(), 1, 12),
    ) {
        let mut spec = WorldSpec { timing, cluster, ..article() };
        spec.producers[0].delivery = delivery;
        spec.topics[0].replication = ReplicationSpec { factor: 2, min_isr: 2, unclean_election: true };
        if let Ok(mut history) = History::new(spec, 1) {
            play(&mut history, &ops);
            let advance = history.advance(Time::from_secs(2), 1_000_000);
            prop_assert_eq!(history.world().now(), Time::from_secs(2), "{} events", advance.events);
        }
    }
}
