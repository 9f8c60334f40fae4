//! What replication promises, whatever happens to one broker at a time.

use std::collections::BTreeMap;

use kafka_lanes_core::spec::{ClusterTiming, DeliverySpec, Rate, ReplicationSpec, WorldSpec};
use kafka_lanes_core::{Action, Broken, BrokerAct, BrokerStatus, History, Span, Time, TopicPartition, World};
use proptest::prelude::*;

use crate::cluster::kafka;
use crate::support::{article, begin, cases, run};

/// What happens to a broker, or nothing where it would be the second to fail.
#[derive(Debug, Clone)]
struct Blow {
    at: Time,
    broker: u32,
    act: BrokerAct,
}

fn blows() -> impl Strategy<Value = Vec<Blow>> {
    let act = prop::sample::select(BrokerAct::ALL.to_vec());
    let blow =
        (0u64..60_000, 1u32..4, act).prop_map(|(at, broker, act)| Blow { at: Time::from_millis(at), broker, act });
    prop::collection::vec(blow, 0..12).prop_map(|mut blows| {
        blows.sort_by_key(|blow| blow.at);
        blows
    })
}

/// Three copies of everything, either scale, requests that time out early or not, one in flight or several.
fn worlds() -> impl Strategy<Value = WorldSpec> {
    let timing = (any::<bool>(), 0u64..200, 0u64..60, 1_500u64..8_000);
    let delivery =
        (prop::option::of(1u32..6), 0u64..50, 1_000u64..12_000, 300u32..4_000, prop_oneof![1u64..3_000, Just(300_000)]);
    (timing, delivery, 100u64..60_000).prop_map(|((slow, produce, rpc, lag), delivery, rate)| {
        let (max_in_flight, linger, request, batch_bytes, patience) = delivery;
        let mut spec = if slow { article() } else { kafka() };
        spec.cluster.brokers = 3;
        spec.cluster.timing = ClusterTiming {
            session: Span::from_secs(4),
            replica_lag: Span::from_millis(lag),
            leader_balance: Span::from_secs(7),
            ..ClusterTiming::default()
        };
        spec.topics[0].replication = ReplicationSpec { factor: 3, min_isr: 2, unclean_election: false };
        if !slow {
            (spec.timing.produce, spec.timing.rpc) = (Span::from_millis(produce), Span::from_millis(rpc));
        }
        spec.producers[0].rate = Rate(rate);
        let (linger, request_timeout) = (Span::from_millis(linger), Span::from_millis(request));
        spec.producers[0].delivery = DeliverySpec {
            max_in_flight,
            linger,
            request_timeout,
            batch_bytes,
            delivery_timeout: linger + request_timeout + Span::from_millis(patience),
            ..DeliverySpec::default()
        };
        spec
    })
}

/// Deals the blow, unless another broker is down, or not back everywhere.
fn deal(history: &mut History, blow: &Blow) {
    let is_whole = |world: &World| {
        let others = || world.brokers().filter(|(id, _)| id.0 != blow.broker);
        let all_run = others().all(|(_, b)| b.status == BrokerStatus::Running && !b.fenced && !b.stalled);
        let all_in_sync = world.partitions().all(|(_, log)| {
            others().all(|(id, _)| log.replication().isr.contains(&id)) && log.replication().leader.is_some()
        });
        all_run && all_in_sync
    };
    if blow.act == BrokerAct::Start || is_whole(history.world()) {
        let _ = history.act(Action::Broker { broker: blow.broker, act: blow.act });
    }
}

/// High watermarks never go down, and a log grows within an epoch of its leader.
#[derive(Default)]
struct Watch {
    seen: BTreeMap<TopicPartition, (u32, u64, u64)>,
}

impl Watch {
    fn look(&mut self, world: &World) -> Result<(), TestCaseError> {
        for (at, log) in world.partitions() {
            let now = (log.replication().leader_epoch, log.high_watermark(), log.end());
            if let Some((epoch, high_watermark, end)) = self.seen.insert(at, now) {
                prop_assert!(now.1 >= high_watermark, "{:?}: high watermark {} after {}", at, now.1, high_watermark);
                prop_assert!(now.0 != epoch || now.2 >= end, "{:?}: end {} after {}", at, now.2, end);
            }
            prop_assert!(now.1 <= now.2);
        }
        Ok(())
    }
}

/// How often each record of the first producer is stored.
fn stored(world: &World) -> BTreeMap<u64, u32> {
    let mut stored = BTreeMap::new();
    for (_, log) in world.partitions() {
        for record in (log.start()..log.end()).filter_map(|offset| log.record(offset)) {
            *stored.entry(record.number).or_default() += 1;
        }
    }
    stored
}

proptest! {
    #![proptest_config(cases(48))]

    /// Three copies, acks=all, two in sync, idempotence, no unclean election, one broker failing at a time: nothing
    /// confirmed is lost, or stored twice; it settles; and the same run is the same world.
    #[test]
    fn nothing_that_was_confirmed_is_lost_or_doubled(spec in worlds(), blows in blows()) {
        let mut history = begin(spec);
        let mut watch = Watch::default();
        for blow in &blows {
            while history.world().now() < blow.at {
                let next = (history.world().now() + Span::from_millis(250)).min(blow.at);
                run(&mut history, next);
                watch.look(history.world())?;
            }
            deal(&mut history, blow);
            watch.look(history.world())?;
        }
        let shop = history.world().producers().next().unwrap().1.name.to_string();
        history.act(Action::SetRate { producer: shop, rate: Rate(0) }).unwrap();
        // Twice, because who hung while it stopped goes on with that.
        for _ in 0..2 {
            for broker in 1..=3 {
                let _ = history.act(Action::Broker { broker, act: BrokerAct::Start });
            }
            let next = history.world().now() + Span::from_secs(2);
            run(&mut history, next);
        }
        for broker in 1..=3 {
            let _ = history.act(Action::Broker { broker, act: BrokerAct::Start });
        }
        let end = history.world().now() + Span::from_secs(400);
        run(&mut history, end);
        watch.look(history.world())?;
        let world = history.world();
        let (_, shop) = world.producers().next().unwrap();
        // After a batch was given up the producer begins a new epoch, in which Kafka does not know the old one's again.
        let is_fine = |broken: &Broken| shop.failed > 0 && matches!(broken, Broken::StoredTwice { .. });
        let of_the_log = world.journal().alarms.iter().filter(|alarm| alarm.group.is_none());
        prop_assert!(of_the_log.clone().all(|alarm| is_fine(&alarm.broken)), "{:?}", of_the_log.collect::<Vec<_>>());
        prop_assert_eq!(shop.acked + shop.failed, shop.sent, "all is settled");
        let stored = stored(world);
        prop_assert!(stored.len() as u64 >= shop.acked, "{} stored, {} confirmed", stored.len(), shop.acked);
        prop_assert!(shop.failed > 0 || stored.values().all(|count| *count == 1));
        for (_, log) in world.partitions() {
            prop_assert_eq!(log.replication().isr.len(), 3);
            prop_assert_eq!(log.high_watermark(), log.end());
            prop_assert_eq!(log.replication().leader, log.replication().replicas.first().map(|r| r.broker));
        }
        // Back and forth it is the same.
        let digest = world.digest();
        history.seek(Time::from_millis(31_234));
        let then = history.world().digest();
        history.seek(Time::from_millis(7_000));
        history.seek(Time::from_millis(31_234));
        prop_assert_eq!(history.world().digest(), then);
        history.seek(end);
        prop_assert_eq!(history.world().digest(), digest);
    }
}
