//! Random worlds for property tests.

use std::collections::BTreeSet;

use kafka_lanes_core::limits::MAX_LATENCY;
use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::spec::{
    Acks, Assignment, Assignor, Assignors, ClusterTiming, Commit, ConsumerSpec, DeliverySpec, GroupSpec, Keys,
    OffsetReset, PartitionName, Pick, ProducerSpec, Rate, ReplicationSpec, ServerAssignor, ServiceSpec, Timing,
    TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, BrokerAct, ServiceStatus, Span, Time};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;

use crate::language::usual_delivery;

/// So many cases, the same ones in every run.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, rng_seed: RngSeed::Fixed(3), failure_persistence: None, ..ProptestConfig::default() }
}

/// Names as people have them, and as they should not.
pub(crate) fn name() -> impl Strategy<Value = String> {
    let awkward = [
        "to",
        "from",
        "of",
        "reads",
        "calls",
        "topic",
        "at",
        "#1",
        "a b",
        " a",
        "b ",
        "say \"hi\"",
        "back\\slash",
        "a,b",
        "a=b",
        "a/b",
        "a..b",
        "..",
        ".",
        "end",
        "subgraph",
        "🦊",
        "👩‍👩‍👧",
        "مرحبا",
        "שלום עולם",
        "naïve",
        "注文",
        "<b>",
        "a&amp;b",
        "{x}",
        "[y]",
        "|z|",
        "-->",
        "%%",
        "Topic: x",
        "GROUP: y",
        "Partition-3",
        "P7",
        "line\nbreak",
        "tab\there",
        "\u{202E}drow",
        "a;b",
        "`c`",
        "**d**",
        "Kafka Producer",
        "x:::y",
        "@{ a }",
        "a\u{85}b",
        "consumer group",
        "#quot;",
        "~~~",
        "\\n",
        "Consumers",
    ];
    prop_oneof![
        3 => "[A-Za-z][A-Za-z0-9_-]{0,8}",
        1 => select(awkward.to_vec()).prop_map(String::from),
        1 => "\\PC{1,12}".prop_filter("has to be seen", |name| !name.trim().is_empty()),
    ]
}

/// So many different names.
pub(crate) fn names(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    vec(name(), count).prop_map(|names| {
        let mut seen = BTreeSet::new();
        names.into_iter().filter(|name| seen.insert(name.clone())).collect()
    })
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        (1u64..10_000_000).prop_map(Span),
        (1u64..100_000).prop_map(Span::from_millis),
        (1u64..1_000_000).prop_map(Span::from_secs),
    ]
    .prop_map(|span| span.max(Span::from_millis(1)))
}

fn keys() -> impl Strategy<Value = Keys> {
    let key = prop_oneof![4 => name(), 1 => Just(String::new()), 1 => "\\PC{0,30}"];
    let range = (prop_oneof![name(), Just(String::new()), Just(String::from("a1"))], any::<u64>(), 0u64..50);
    prop_oneof![
        vec(key, 1..8).prop_map(Keys::List),
        range.prop_map(|(prefix, first, more)| Keys::Range { prefix, first, last: first.saturating_add(more) }),
        Just(Keys::None),
        Just(Keys::List(vec!["none".into()])),
    ]
}

fn topic(name: String) -> impl Strategy<Value = TopicSpec> {
    let numbers = (1u32..13, span(), 0u64..16_000_000, 1u64..1_000_000);
    (numbers, replication()).prop_map(move |((partitions, retention, retention_bytes, segment_bytes), replication)| {
        TopicSpec { partitions, retention, retention_bytes, segment_bytes, replication, name: name.clone() }
    })
}

fn replication() -> impl Strategy<Value = ReplicationSpec> {
    (1u32..5, 1u32..5, any::<bool>()).prop_map(|(factor, min_isr, unclean_election)| ReplicationSpec {
        factor,
        min_isr: min_isr.min(factor),
        unclean_election,
    })
}

fn delivery() -> impl Strategy<Value = DeliverySpec> {
    let acks = select(vec![Acks::None, Acks::Leader, Acks::All]);
    let usual = DeliverySpec::default();
    let some = (
        (acks, proptest::option::of(any::<bool>()), proptest::option::of(1u32..9), 0u32..9),
        (span(), 0u32..1_048_588, span(), span(), span()),
    )
        .prop_map(
            |((acks, idempotence, max_in_flight, retries), (linger, batch_bytes, delivery, request, backoff))| {
                DeliverySpec {
                    acks,
                    idempotence,
                    linger,
                    batch_bytes,
                    max_in_flight,
                    retries,
                    delivery_timeout: delivery,
                    request_timeout: request,
                    retry_backoff: backoff,
                }
            },
        );
    prop_oneof![Just(usual), some.prop_map(move |spec| if spec.fault().is_some() { usual } else { spec })]
}

fn some_of(topics: &[TopicSpec], picks: &[Index]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    picks.iter().map(|pick| pick.get(topics).name.clone()).filter(|name| seen.insert(name.clone())).collect()
}

type ProducerParts = (Vec<Index>, u64, Keys, Pick, u32, DeliverySpec);

fn producer_parts() -> impl Strategy<Value = ProducerParts> {
    let pick = select(vec![Pick::Random, Pick::InTurn, Pick::Skewed]);
    (vec(any::<Index>(), 1..3), 0u64..10_000_000, keys(), pick, 0u32..1_047_000, delivery())
}

type GroupParts = (Vec<Index>, Assignment, (OffsetReset, Commit), Span, Vec<String>, Vec<Own>, Vec<Index>);
/// What a consumer has of its own: its time for a record, its instance id, its topics, its assignors.
type Own = (Option<Span>, Option<String>, Vec<Index>, Option<Assignors>);

/// One or several, in any order.
fn assignors() -> impl Strategy<Value = Assignors> {
    vec(select(Assignor::ALL.to_vec()), 1..4).prop_map(|all| all.into_iter().collect())
}

fn group_parts() -> impl Strategy<Value = GroupParts> {
    let assignment = prop_oneof![
        4 => assignors().prop_map(Assignment::By),
        2 => select(ServerAssignor::ALL.to_vec()).prop_map(Assignment::ByBroker),
        1 => Just(Assignment::Manual),
    ];
    let reset = select(vec![OffsetReset::Earliest, OffsetReset::Latest, OffsetReset::None]);
    let commit = select(vec![Commit::Auto, Commit::After, Commit::Before]);
    let topics = prop_oneof![3 => Just(Vec::new()), 1 => vec(any::<Index>(), 1..3)];
    let own = vec(
        (
            proptest::option::of(span()),
            proptest::option::weighted(0.3, name()),
            topics,
            proptest::option::weighted(0.3, assignors()),
        ),
        6,
    );
    (vec(any::<Index>(), 0..3), assignment, (reset, commit), span(), names(0..6), own, vec(any::<Index>(), 12))
}

fn group(name: String, topics: &[TopicSpec], parts: GroupParts) -> GroupSpec {
    let (reads, assignment, (reset, commit), processing, names, own, owners) = parts;
    let mut consumers: Vec<ConsumerSpec> = names
        .into_iter()
        .zip(own)
        .map(|(name, (processing, instance, picks, own))| {
            let topics = some_of(topics, &picks);
            // Of the group's it has one too, else it would be refused, and a warning says so.
            let assignors = match (own, assignment) {
                (Some(own), Assignment::By(usual)) => own.iter().chain(usual.iter().take(1)).collect(),
                _ => Assignors::default(),
            };
            ConsumerSpec { name, instance, topics, processing, assignors, assigned: Vec::new() }
        })
        .collect();
    let reads = some_of(topics, &reads);
    if assignment == Assignment::Manual && !consumers.is_empty() {
        for topic in topics.iter().filter(|topic| reads.contains(&topic.name)) {
            for (partition, owner) in (0..topic.partitions).zip(&owners) {
                // One more than there are members: then nobody reads the partition.
                let owner = owner.index(consumers.len() + 1);
                if let Some(consumer) = consumers.get_mut(owner) {
                    consumer.assigned.push(PartitionName { topic: topic.name.clone(), partition });
                }
            }
        }
    }
    GroupSpec { name, topics: reads, assignment, reset, commit, processing, consumers }
}

fn timing() -> impl Strategy<Value = Timing> {
    (vec(span(), 14), 1u32..1_000).prop_map(|(spans, max_poll_records)| Timing {
        produce: spans[0].min(MAX_LATENCY),
        fetch: spans[1].min(MAX_LATENCY),
        rpc: spans[2].min(MAX_LATENCY),
        fetch_max_wait: spans[3],
        max_poll_records,
        auto_commit: spans[4],
        heartbeat: spans[5].min(spans[6]),
        session: longer(spans[5], spans[6]),
        max_poll_interval: spans[7],
        initial_rebalance_delay: spans[8],
        metadata_max_age: spans[9],
        retention_check: spans[10],
        consumer_heartbeat: spans[11].min(spans[12]),
        consumer_session: longer(spans[11], spans[12]),
        assignment_interval: spans[13],
    })
}

/// Longer than one of the two: a session has room for a heartbeat.
fn longer(a: Span, b: Span) -> Span {
    if a == b { a + Span::from_millis(1) } else { a.max(b) }
}

fn cluster_timing() -> impl Strategy<Value = ClusterTiming> {
    let some = vec(span(), 6).prop_map(|spans| ClusterTiming {
        session: spans[0],
        heartbeat: spans[1],
        replica_lag: spans[2],
        replica_fetch_wait: spans[3],
        leader_balance: spans[4],
        start: spans[5],
    });
    prop_oneof![2 => Just(ClusterTiming::default()), 1 => Just(ClusterTiming::kafka()), 1 => some]
}

type ServiceParts = (Vec<Index>, Span, Span, u32, u32, u64);

fn service_parts() -> impl Strategy<Value = ServiceParts> {
    (vec(any::<Index>(), 0..3), span(), span(), 0u32..4, 1u32..9, prop_oneof![Just(0u64), 1u64..10_000_000])
}

fn services(names: Vec<String>, parts: Vec<ServiceParts>) -> Vec<ServiceSpec> {
    let called = |picks: &[Index]| {
        let mut seen = BTreeSet::new();
        picks.iter().map(|pick| pick.get(&names).clone()).filter(|name| seen.insert(name.clone())).collect()
    };
    let services =
        names.iter().zip(parts).map(|(name, (picks, takes, timeout, retries, at_once, orders))| ServiceSpec {
            name: name.clone(),
            calls: called(&picks),
            takes,
            timeout: timeout.min(MAX_LATENCY),
            retries,
            at_once,
            orders: Rate(orders),
        });
    services.collect()
}

type ActionParts = (u64, u8, Index, Index, Option<String>, Span);

fn some_assignors(at: u64) -> Assignors {
    (0..at / 4 % 3 + 1).map(|turn| Assignor::ALL[((at + turn) % 4) as usize]).collect()
}

/// Actions that are possible whatever came before, as nothing that they name is ever removed.
fn action(world: &WorldSpec, extra: usize, parts: ActionParts) -> Option<(Time, Action)> {
    let (at, kind, pick, other, key, processing) = parts;
    let group = || (!world.groups.is_empty()).then(|| pick.get(&world.groups));
    let producer = || (!world.producers.is_empty()).then(|| pick.get(&world.producers));
    let consumer = || group().filter(|g| !g.consumers.is_empty()).map(|g| (g.name.clone(), other.get(&g.consumers)));
    let topics = || Vec::from([other.get(&world.topics).name.clone()]);
    let fresh = format!("new {extra} 🆕");
    let action = match kind {
        0 => Action::AddConsumer { group: group()?.name.clone(), name: key.map(|_| fresh) },
        1 => Action::AddGroup { name: key.map(|_| fresh), topics: if at % 2 == 0 { topics() } else { Vec::new() } },
        2 => Action::AddProducer { name: key.map(|_| fresh), topics: if at % 2 == 0 { topics() } else { Vec::new() } },
        3 => {
            let topic = key.as_ref().map(|_| other.get(&world.topics).name.clone());
            Action::Send { producer: producer()?.name.clone(), topic, key: key.unwrap_or_default() }
        }
        4 => Action::SetRate { producer: producer()?.name.clone(), rate: Rate(at % 10_000_000) },
        5 => Action::SetProcessing { group: group()?.name.clone(), consumer: None, processing },
        6 => {
            let (group, consumer) = consumer()?;
            Action::SetProcessing { group, consumer: Some(consumer.name.clone()), processing }
        }
        7 if at % 3 == 0 => {
            Action::SetServerAssignor { group: group()?.name.clone(), assignor: ServerAssignor::ALL[at as usize % 2] }
        }
        7 => Action::SetAssignor { group: group()?.name.clone(), assignors: some_assignors(at) },
        8 => {
            let topics = if at % 2 == 0 { topics() } else { Vec::new() };
            let instance = key.as_ref().filter(|key| !key.trim().is_empty()).cloned();
            let chosen = PartitionName { topic: other.get(&world.topics).name.clone(), partition: 0 };
            let assigned = if at % 3 == 0 { vec![chosen] } else { Vec::new() };
            let assignors = if at % 5 == 0 { some_assignors(at) } else { Assignors::default() };
            let processing = Some(processing);
            let consumer = ConsumerSpec { name: fresh, instance, topics, processing, assignors, assigned };
            Action::StartConsumer { group: group()?.name.clone(), consumer }
        }
        9 => {
            let (group, consumer) = consumer()?;
            Action::PauseConsumer { group, name: consumer.name.clone(), span: processing, process: at % 2 == 0 }
        }
        10 => {
            let (group, consumer) = consumer()?;
            let after = if at % 2 == 0 { processing } else { Span::ZERO };
            let assignors = if at % 3 == 0 { some_assignors(at) } else { Assignors::default() };
            Action::RestartConsumer { group, name: consumer.name.clone(), after, assignors }
        }
        11 => {
            // Numbers of brokers are few, and none of them goes.
            let broker = at as u32 % world.cluster.brokers + 1;
            Action::Broker { broker, act: BrokerAct::ALL[other.index(BrokerAct::ALL.len())] }
        }
        14 => {
            let service = (!world.services.is_empty()).then(|| pick.get(&world.services))?.name.clone();
            let status = [ServiceStatus::Up, ServiceStatus::Stopped, ServiceStatus::Hung][other.index(3)];
            if at % 4 == 0 {
                Action::SetOrders { service, rate: Rate(at % 10_000_000) }
            } else {
                Action::Service { service, status }
            }
        }
        12 => {
            let acks = [Acks::None, Acks::Leader, Acks::All][other.index(3)];
            // What its idempotence forbids is an error.
            let producer = producer().filter(|p| DeliverySpec { acks, ..p.delivery }.fault().is_none())?;
            Action::SetAcks { producer: producer.name.clone(), acks }
        }
        _ => {
            let topic = pick.get(&world.topics);
            Action::SetPartitions { topic: topic.name.clone(), partitions: topic.partitions + 1 + extra as u32 }
        }
    };
    Some((Time(at), action))
}

fn action_parts() -> impl Strategy<Value = ActionParts> {
    let when = prop_oneof![0u64..604_800_000_000, (0u64..100).prop_map(|s| s * 1_000_000)];
    (when, 0u8..15, any::<Index>(), any::<Index>(), proptest::option::of(name()), span())
}

/// A world, and what somebody does to it besides: at times before the end, in no order. Nobody adds partitions,
/// which the world's own script may not be able to do again.
pub(crate) fn world_and_acts() -> impl Strategy<Value = (WorldSpec, Vec<(Time, Action)>)> {
    (world(), vec(action_parts(), 0..6)).prop_map(|(world, parts)| {
        let acts = parts.into_iter().enumerate();
        let acts = acts.filter_map(|(index, parts)| action(&world, 100 + index, parts));
        let acts = acts.filter(|(_, action)| !matches!(action, Action::SetPartitions { .. })).collect();
        (world, acts)
    })
}

/// Worlds that hold together, small enough to test many.
pub(crate) fn world() -> impl Strategy<Value = WorldSpec> {
    let title = prop_oneof![Just(String::new()), name(), "\\PC{0,40}"];
    // Of two that differ in a dot and an underscore, Kafka refuses the second.
    let alone = |names: Vec<String>| {
        let mut seen = BTreeSet::new();
        names.into_iter().filter(move |name| seen.insert(name.replace('.', "_")))
    };
    let topics = names(1..4).prop_flat_map(move |names| alone(names).map(topic).collect::<Vec<_>>());
    let producers = (names(0..4), vec(producer_parts(), 4));
    let groups = (names(0..4), vec(group_parts(), 4));
    let nearly_kafkas = span().prop_map(|span| Timing { auto_commit: span, ..Timing::kafka() });
    let timing = prop_oneof![Just(Timing::default()), Just(Timing::kafka()), nearly_kafkas, timing()];
    let actions = vec(action_parts(), 0..8);
    let usual = prop_oneof![Just(false), Just(true)].prop_map(usual_delivery);
    let timing = (timing, usual);
    let cluster = (cluster_timing(), 0u32..3, (names(0..4), vec(service_parts(), 4)));
    (title, topics, producers, groups, (timing, cluster), actions).prop_map(
        |(title, topics, producers, groups, ((timing, usual_delivery), (cluster, more, called)), actions)| {
            let mut world = WorldSpec { title, topics, timing, usual_delivery, ..WorldSpec::default() };
            let needed = world.topics.iter().map(|topic| topic.replication.factor).max();
            world.cluster.brokers = needed.unwrap_or(1) + more;
            world.cluster.timing = cluster;
            world.services = services(called.0, called.1);
            for (name, (reads, rate, keys, pick, value_bytes, delivery)) in producers.0.into_iter().zip(producers.1) {
                let topics = some_of(&world.topics, &reads);
                world.producers.push(ProducerSpec {
                    name,
                    client: Client::ALL[rate as usize % Client::ALL.len()],
                    topics,
                    rate: Rate(rate),
                    keys,
                    pick,
                    value_bytes,
                    delivery,
                });
            }
            for (name, parts) in groups.0.into_iter().zip(groups.1) {
                let group = group(name, &world.topics, parts);
                world.groups.push(group);
            }
            let mut drawn: Vec<_> =
                actions.into_iter().enumerate().filter_map(|(extra, parts)| action(&world, extra, parts)).collect();
            drawn.sort_by_key(|(at, _)| *at);
            world.actions = only_growing(drawn);
            // Someone crashes and others stop at the very end, when nothing names them any more.
            let end = Time::from_secs(604_800);
            let mut ends = Vec::new();
            for group in &world.groups {
                let name_of = |consumer: &ConsumerSpec| (group.name.clone(), consumer.name.clone());
                let mut consumers = group.consumers.iter().map(name_of);
                ends.extend(consumers.next().map(|(group, name)| Action::CrashConsumer { group, name }));
                ends.extend(consumers.next().map(|(group, name)| Action::RemoveConsumer { group, name }));
            }
            ends.extend(world.producers.first().map(|one| Action::RemoveProducer { name: one.name.clone() }));
            ends.extend(world.groups.last().map(|one| Action::RemoveGroup { name: one.name.clone() }));
            world.actions.extend(ends.into_iter().map(|action| (end, action)));
            world
        },
    )
}

/// Without the actions that would give a topic fewer partitions than it has by then.
fn only_growing(actions: Vec<(Time, Action)>) -> Vec<(Time, Action)> {
    let mut has: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    actions
        .into_iter()
        .filter(|(_, action)| match action {
            Action::SetPartitions { topic, partitions } => {
                let before = has.entry(topic.clone()).or_default();
                let grows = partitions > before;
                *before = (*before).max(*partitions);
                grows
            }
            _ => true,
        })
        .collect()
}
