//! Worlds of several brokers, by Kafka's own clock.

use kafka_lanes_core::spec::{
    Acks, ClusterSpec, ClusterTiming, DeliverySpec, GroupSpec, ProducerSpec, Rate, ReplicationSpec, Timing, TopicSpec,
    WorldSpec,
};
use kafka_lanes_core::{
    Action, BrokerAct, BrokerId, Happening, History, Log, Refusal, Span, Time, TopicPartition, World,
};

use crate::support::{begin, group, run};

/// Three brokers, three partitions of three copies, two of them to be in sync: at Kafka's settings.
pub(crate) fn kafka() -> WorldSpec {
    let mut topic = TopicSpec::new("ORDER_EVENTS", 3);
    topic.replication = ReplicationSpec { factor: 3, min_isr: 2, unclean_election: false };
    let mut producer = ProducerSpec::new("Shop", vec!["ORDER_EVENTS".into()]);
    (producer.delivery, producer.rate) = (DeliverySpec::kafka(), Rate::per_second(20));
    // Fast enough for whatever comes: what is looked at here is the log.
    let readers = group("Payment-g1", &["Payment-1", "Payment-2"]);
    WorldSpec {
        topics: vec![topic],
        producers: vec![producer],
        groups: vec![GroupSpec { processing: Span::from_millis(2), ..readers }],
        cluster: ClusterSpec { brokers: 3, timing: ClusterTiming::kafka() },
        timing: Timing {
            produce: Span::from_millis(1),
            fetch: Span::from_millis(1),
            rpc: Span::from_millis(1),
            max_poll_records: 500,
            ..Timing::default()
        },
        ..WorldSpec::default()
    }
}

/// What a scenario asks for and the world can't do is said, and does nothing.
#[test]
fn an_action_of_the_scenario_that_cannot_be_is_told() {
    let mut spec = kafka();
    let at = Time::from_secs;
    let act = |act| Action::Broker { broker: 1, act };
    spec.actions = vec![(at(2), act(BrokerAct::Kill)), (at(5), act(BrokerAct::Kill))];
    let mut history = History::new(spec, 1).unwrap();
    run(&mut history, at(6));
    let entries = history.world().journal().entries.iter();
    let told = entries.filter_map(|entry| match &entry.what {
        Happening::NotDone { why } => Some((entry.at, &**why)),
        _ => None,
    });
    let cannot = Refusal::BrokerCannot { broker: 1, act: BrokerAct::Kill };
    assert_eq!(told.collect::<Vec<_>>(), [(at(5), &cannot)]);
}

pub(crate) fn act(history: &mut History, broker: u32, act: BrokerAct) {
    history.act(Action::Broker { broker, act }).unwrap();
}

/// When something was first told after `since`.
fn told(history: &History, since: Time, what: impl Fn(&Happening) -> bool) -> Option<Time> {
    history.world().journal().entries.iter().filter(|e| e.at >= since).find(|e| what(&e.what)).map(|e| e.at)
}

fn leader_of(log: &Log) -> Option<BrokerId> {
    log.replication().leader
}

/// The partition that this broker leads.
fn led_by(world: &World, broker: u32) -> TopicPartition {
    world.partitions().find(|(_, log)| leader_of(log) == Some(BrokerId(broker))).expect("each broker leads one").0
}

fn log(history: &History, at: TopicPartition) -> &Log {
    history.world().log(at).unwrap()
}

fn within(time: Time, since: Time, least: u64, most: u64) {
    let millis = (time - since).0 / 1_000;
    assert!((least..=most).contains(&millis), "{millis} ms");
}

#[test]
fn a_record_is_readable_once_all_replicas_in_sync_have_it() {
    let mut history = begin(kafka());
    run(&mut history, Time::from_secs(10));
    let world = history.world();
    let (_, shop) = world.producers().next().unwrap();
    assert!(shop.sent >= 199 && shop.acked + 5 >= shop.sent, "{} of {}", shop.acked, shop.sent);
    for (_, log) in world.partitions() {
        assert_eq!(log.replication().isr.len(), 3);
        assert!(log.high_watermark() > 0);
        for broker in 1..=3 {
            assert!(log.end_of_copy(BrokerId(broker)).is_some_and(|end| end >= log.high_watermark()));
        }
    }
    assert!(world.journal().alarms.is_empty());
}

/// Fenced 7.5 to 9.4 s after it was killed; until then acks=all waits and readers see nothing, on the partitions that
/// it only follows too. Back in sync 3 to 6 s after its start.
#[test]
fn a_killed_follower_stalls_readers_until_its_session_ends() {
    for millis in [10_000, 10_300, 11_000, 11_900] {
        let mut history = begin(kafka());
        let killed = Time::from_millis(millis);
        run(&mut history, killed);
        let led_elsewhere = led_by(history.world(), 1);
        act(&mut history, 3, BrokerAct::Kill);
        run(&mut history, killed + Span::from_millis(100));
        let before = log(&history, led_elsewhere).high_watermark();
        run(&mut history, killed + Span::from_secs(6));
        let stalled = log(&history, led_elsewhere);
        assert_eq!(stalled.high_watermark(), before, "nobody reads what a follower lacks");
        assert!(stalled.end() > before, "the leader has it");
        let (_, shop) = history.world().producers().next().unwrap();
        assert!(shop.acked + 50 < shop.sent, "acks=all waits: {} of {}", shop.acked, shop.sent);
        run(&mut history, killed + Span::from_secs(12));
        let fenced = told(&history, killed, |what| matches!(what, Happening::BrokerFenced { .. })).unwrap();
        within(fenced, killed, 7_000, 9_400);
        assert!(log(&history, led_elsewhere).high_watermark() > before);
        assert!(
            history.world().partitions().all(|(_, log)| leader_of(log).is_some_and(|leader| leader != BrokerId(3)))
        );
        // Later: back, but not at once leader of anything.
        let started = killed + Span::from_secs(20);
        run(&mut history, started);
        act(&mut history, 3, BrokerAct::Start);
        run(&mut history, started + Span::from_secs(8));
        let joined = told(&history, started, |what| matches!(what, Happening::JoinedIsr { .. })).unwrap();
        within(joined, started, 3_000, 6_000);
        for (_, log) in history.world().partitions() {
            assert_eq!(log.replication().isr, [1, 2, 3].map(BrokerId));
            assert_ne!(leader_of(log), Some(BrokerId(3)));
        }
        // The preferred leader leads again after leader.imbalance.check.interval.seconds.
        run(&mut history, Time::from_secs(302));
        assert!(history.world().partitions().any(|(_, log)| leader_of(log) == Some(BrokerId(3))));
        assert!(history.world().journal().alarms.is_empty());
    }
}

/// It hangs only where it follows: its heartbeats go on, so it leaves the ISR by its lag alone, about 31 s later.
#[test]
fn a_follower_that_does_not_follow_leaves_the_isr_by_its_lag() {
    let mut history = begin(kafka());
    let stalled = Time::from_secs(20);
    run(&mut history, stalled);
    act(&mut history, 2, BrokerAct::Stall);
    run(&mut history, stalled + Span::from_secs(29));
    let at = led_by(history.world(), 1);
    let waits = log(&history, at).high_watermark();
    run(&mut history, stalled + Span::from_secs(50));
    let left = told(&history, stalled, |what| matches!(what, Happening::LeftIsr { .. })).unwrap();
    within(left, stalled, 30_000, 45_500);
    assert!(log(&history, at).high_watermark() > waits);
    assert!(told(&history, stalled, |what| matches!(what, Happening::BrokerFenced { .. })).is_none());
    let (_, shop) = history.world().producers().next().unwrap();
    assert_eq!(shop.failed, 0);
    act(&mut history, 2, BrokerAct::Start);
    run(&mut history, stalled + Span::from_secs(55));
    assert!(history.world().partitions().all(|(_, log)| log.replication().isr.len() == 3));
}

#[test]
fn a_broker_that_hangs_is_given_up_as_a_dead_one_and_comes_back_as_it_was() {
    let mut history = begin(kafka());
    let hung = Time::from_secs(11);
    run(&mut history, hung);
    let at = led_by(history.world(), 1);
    act(&mut history, 1, BrokerAct::Hang);
    run(&mut history, hung + Span::from_secs(12));
    let fenced = told(&history, hung, |what| matches!(what, Happening::BrokerFenced { .. })).unwrap();
    within(fenced, hung, 7_000, 9_400);
    assert_ne!(leader_of(log(&history, at)), Some(BrokerId(1)));
    act(&mut history, 1, BrokerAct::Start);
    run(&mut history, hung + Span::from_secs(60));
    assert!(history.world().partitions().all(|(_, log)| log.replication().isr.len() == 3));
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.failed == 0 && shop.acked + 5 >= shop.sent);
    assert!(history.world().journal().alarms.is_empty());
}

/// A clean stop moves its leaders within 0.1 s; nothing waits.
#[test]
fn a_clean_stop_is_hardly_seen() {
    let mut history = begin(kafka());
    let stopped = Time::from_secs(10);
    run(&mut history, stopped);
    let at = led_by(history.world(), 2);
    act(&mut history, 2, BrokerAct::Stop);
    run(&mut history, stopped + Span::from_millis(100));
    assert!(leader_of(log(&history, at)).is_some_and(|leader| leader != BrokerId(2)));
    run(&mut history, stopped + Span::from_millis(1_000));
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.acked + 5 >= shop.sent, "{} of {}", shop.acked, shop.sent);
    assert!(history.world().journal().alarms.is_empty());
}

/// The next leader copies no more as soon as it hears that it leads; the one before confirms until it hears of it. So
/// did brokers (`conformance/vectors/broker-stopping.tsv`): records of a few milliseconds each time, with acks=all none.
#[test]
fn a_leader_that_is_stopped_takes_what_it_alone_confirmed_with_it() {
    let lost = |acks, micros| {
        let mut spec = kafka();
        spec.topics[0].partitions = 1;
        let producer = &mut spec.producers[0];
        (producer.delivery.acks, producer.delivery.idempotence) = (acks, Some(acks == Acks::All));
        producer.rate = Rate::per_second(2_000);
        let mut history = begin(spec);
        run(&mut history, Time::from_secs(3) + Span(micros));
        let led = history.world().partitions().next().expect("the only one").0;
        let leader = leader_of(log(&history, led)).expect("it is led");
        act(&mut history, leader.0, BrokerAct::Stop);
        run(&mut history, Time::from_secs(5));
        let alarms = history.world().journal().alarms.iter().filter(|alarm| alarm.broken.kind() == "record-lost");
        alarms.map(|alarm| alarm.records).sum::<u64>()
    };
    let moments = || (0..6).map(|n| n * 570);
    assert!(moments().all(|at| lost(Acks::All, at) == 0));
    let with_one: Vec<u64> = moments().map(|at| lost(Acks::Leader, at)).collect();
    assert!(with_one.iter().all(|lost| *lost <= 22) && with_one.iter().sum::<u64>() > 0, "{with_one:?}");
}

/// A second before leaders are balanced: broker 1 was stopped, has come back, and is in sync again.
fn about_to_balance(mut spec: WorldSpec) -> History {
    spec.cluster.timing.leader_balance = Span::from_secs(40);
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 1, BrokerAct::Stop);
    run(&mut history, Time::from_secs(12));
    act(&mut history, 1, BrokerAct::Start);
    run(&mut history, Time::from_secs(39));
    history
}

/// What waits for replicas when its leader changes is told so at once, and goes to the new one: it does not wait for
/// `request.timeout.ms`.
#[test]
fn what_waits_at_a_former_leader_moves_on() {
    let mut history = about_to_balance(kafka());
    // Another follower stalls: requests wait at the leaders.
    act(&mut history, 3, BrokerAct::Stall);
    run(&mut history, Time::from_millis(41_000));
    let moved = history.world().journal().entries.iter().any(|e| matches!(e.what, Happening::LeadersBalanced { .. }));
    assert!(moved);
    for broker in (1..=3).map(BrokerId) {
        // Those behind the first wait for it, whoever leads them.
        let first = history.world().waiting_requests().find(|request| request.broker == broker);
        let leads = |to| leader_of(log(&history, to)) == Some(broker);
        assert!(first.is_none_or(|request| request.batches.iter().any(|batch| leads(batch.to))));
    }
}

/// A former leader that lives names the new one (KIP-951), and its producers don't wait for `retry.backoff.ms`. So did
/// clients (`conformance/vectors/broker-moved.tsv`).
#[test]
fn a_leader_that_has_moved_is_found_at_once() {
    let mut spec = kafka();
    spec.producers[0].rate = Rate::per_second(200);
    spec.producers[0].delivery.retry_backoff = Span::from_secs(10);
    let mut history = about_to_balance(spec);
    let moved = |what: &Happening| matches!(what, Happening::LeadersBalanced { .. });
    assert_eq!(told(&history, Time::ZERO, moved), None);
    let ends = |history: &History| history.world().partitions().map(|(_, log)| log.end()).collect::<Vec<_>>();
    run(&mut history, Time::from_secs(40) + Span::from_millis(20));
    assert!(told(&history, Time::ZERO, moved).is_some());
    let before = ends(&history);
    run(&mut history, Time::from_secs(40) + Span::from_millis(520));
    assert!(ends(&history).iter().zip(&before).all(|(after, before)| after > before), "{before:?}");
}

/// Two of three gone: acks=all is refused, and the high watermark stands.
#[test]
fn too_few_in_sync_refuse_what_wants_all() {
    let mut spec = kafka();
    spec.producers[0].delivery.delivery_timeout = Span::from_secs(40);
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 2, BrokerAct::Stop);
    run(&mut history, Time::from_secs(12));
    act(&mut history, 3, BrokerAct::Stop);
    run(&mut history, Time::from_secs(30));
    let (end, high_watermark) = {
        let world = history.world();
        for (_, log) in world.partitions() {
            assert_eq!(log.replication().isr, [BrokerId(1)]);
            assert_eq!(log.replication().elr.len(), 1, "who left last has all that was confirmed");
            assert!(log.replication().is_under_min_isr());
        }
        let log = world.partitions().next().unwrap().1;
        (log.end(), log.high_watermark())
    };
    run(&mut history, Time::from_secs(60));
    let log = history.world().partitions().next().unwrap().1;
    assert_eq!((log.end(), log.high_watermark()), (end, high_watermark), "nothing is appended");
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.failed > 0, "what waits longer than delivery.timeout.ms is given up");
    act(&mut history, 3, BrokerAct::Start);
    run(&mut history, Time::from_secs(70));
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.acked + shop.failed + 5 >= shop.sent);
    assert!(history.world().journal().alarms.is_empty());
}

/// Nobody left: the last leader leads again some 3 s after its start, though it was killed.
#[test]
fn the_last_known_leader_comes_back() {
    let mut spec = kafka();
    (spec.cluster.brokers, spec.topics[0].replication.factor, spec.topics[0].replication.min_isr) = (1, 1, 1);
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 1, BrokerAct::Kill);
    run(&mut history, Time::from_secs(30));
    for (_, log) in history.world().partitions() {
        let copies = log.replication();
        assert_eq!((copies.leader, &*copies.isr, copies.elr.len()), (None, &[][..], 1));
    }
    act(&mut history, 1, BrokerAct::Start);
    run(&mut history, Time::from_millis(33_500));
    assert!(history.world().partitions().all(|(_, log)| leader_of(log) == Some(BrokerId(1))));
    run(&mut history, Time::from_secs(40));
    let (_, shop) = history.world().producers().next().unwrap();
    assert!(shop.failed == 0 && shop.acked + 5 >= shop.sent, "{} {} {}", shop.failed, shop.acked, shop.sent);
    assert!(history.world().journal().alarms.is_empty());
}

/// acks=0 loses what flies to a broker that does not lead any more, without a word; the next goes to the new leader.
#[test]
fn who_wants_no_answer_still_finds_the_new_leader() {
    let mut spec = kafka();
    spec.producers[0].delivery.acks = Acks::None;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 2, BrokerAct::Stop);
    run(&mut history, Time::from_secs(12));
    let sent = history.world().producers().next().unwrap().1.sent;
    let stored = |history: &History| history.world().partitions().map(|(_, log)| log.end()).sum::<u64>();
    let before = stored(&history);
    run(&mut history, Time::from_secs(22));
    let (_, shop) = history.world().producers().next().unwrap();
    assert_eq!((shop.sent - sent, stored(&history) - before), (200, 200));
    assert!(sent >= before && shop.acked == 0 && shop.failed == 0);
    assert!(history.world().journal().alarms.is_empty(), "nothing was confirmed");
}

/// A broker that is killed while it waits to register stays dead.
#[test]
fn a_broker_killed_while_it_starts_does_not_come_back_by_itself() {
    let mut history = begin(kafka());
    run(&mut history, Time::from_secs(10));
    act(&mut history, 2, BrokerAct::Kill);
    act(&mut history, 2, BrokerAct::Start);
    run(&mut history, Time::from_secs(15));
    act(&mut history, 2, BrokerAct::Kill);
    run(&mut history, Time::from_secs(40));
    let broker = history.world().broker(BrokerId(2)).unwrap();
    assert_eq!((broker.status, broker.fenced), (kafka_lanes_core::BrokerStatus::Down, true));
    act(&mut history, 2, BrokerAct::Start);
    run(&mut history, Time::from_secs(50));
    assert!(history.world().partitions().all(|(_, log)| log.replication().isr.len() == 3));
}

/// acks=1 goes on while a follower is dead: confirmed, but unseen.
#[test]
fn a_leader_alone_confirms_what_nobody_may_read() {
    let mut spec = kafka();
    spec.producers[0].delivery.acks = Acks::Leader;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    let at = led_by(history.world(), 1);
    act(&mut history, 3, BrokerAct::Kill);
    run(&mut history, Time::from_millis(10_100));
    let before = log(&history, at).high_watermark();
    let acked = history.world().producers().next().unwrap().1.acked;
    run(&mut history, Time::from_secs(15));
    assert_eq!(log(&history, at).high_watermark(), before);
    assert!(log(&history, at).end() > before + 10);
    assert!(history.world().producers().next().unwrap().1.acked > acked + 50);
}

/// A first record waits at a leader that hangs; the second is sent when there is another, which the producer knows of
/// because its metadata are old. What then is stored is what real brokers stored
/// (`conformance/vectors/broker-delivery.tsv`).
#[test]
fn a_record_is_overtaken_at_the_next_leader() {
    let stored = |idempotence, in_flight| {
        let mut spec = kafka();
        spec.topics[0].partitions = 1;
        spec.groups.clear();
        spec.timing.metadata_max_age = Span::from_millis(500);
        let producer = &mut spec.producers[0];
        producer.rate = Rate(0);
        producer.delivery.idempotence = Some(idempotence);
        producer.delivery.max_in_flight = Some(in_flight);
        (producer.delivery.request_timeout, producer.delivery.delivery_timeout) =
            (Span::from_secs(15), Span::from_secs(40));
        let mut history = begin(spec);
        run(&mut history, Time::from_secs(3));
        let at = history.world().partitions().next().expect("the only one").0;
        let leader = leader_of(log(&history, at)).expect("it is led");
        let send = || Action::Send { producer: "Shop".into(), topic: None, key: "a".into() };
        act(&mut history, leader.0, BrokerAct::Hang);
        history.act(send()).unwrap();
        let moved = Time::from_secs(3) + ClusterTiming::kafka().session + Span::from_secs(2);
        run(&mut history, moved);
        assert_ne!(leader_of(log(&history, at)), Some(leader), "there is another");
        history.act(send()).unwrap();
        run(&mut history, Time::from_secs(60));
        let log = log(&history, at);
        let numbers: Vec<u64> = (0..log.end()).map(|offset| log.record(offset).expect("kept").number).collect();
        (numbers, history.world().producers().next().expect("the only one").1.failed)
    };
    assert_eq!(stored(true, 5), (vec![1], 1), "the first is out of order until it is given up");
    assert_eq!(stored(false, 5), (vec![1, 0], 0), "nobody is told that it is out of order");
    assert_eq!(stored(false, 1), (vec![0, 1], 0), "the second waits");
}
