//! Each alarm of a group in a world in which it rings, and in its twin, one setting changed, in which it must not.

use kafka_lanes_core::spec::{
    Assignment, Assignor, Assignors, Commit, ConsumerSpec, GroupSpec, OffsetReset, PartitionName, Pick, ProducerSpec,
    Rate, ServerAssignor, Timing, TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, Again, Alarm, Broken, Happening, History, Parting, PassedOver, Span, Time};

use crate::support::{again_and_passed, article, begin, crash, remove, restart, run};

const RANGE: Assignment = Assignment::by(Assignor::Range);

/// So many lanes and consumers, ten records a second, 50 ms for each.
fn world(lanes: u32, consumers: u32) -> WorldSpec {
    let orders = || vec![String::from("orders")];
    let consumer = |n: u32| ConsumerSpec { name: format!("c{n}"), ..ConsumerSpec::default() };
    WorldSpec {
        topics: vec![TopicSpec::new("orders", lanes)],
        producers: vec![ProducerSpec { rate: Rate::per_second(10), ..ProducerSpec::new("Shop", orders()) }],
        groups: vec![GroupSpec {
            assignment: RANGE,
            processing: Span::from_millis(50),
            consumers: (1..=consumers).map(consumer).collect(),
            ..GroupSpec::new("g", orders())
        }],
        ..WorldSpec::default()
    }
}

fn after(spec: WorldSpec, script: impl IntoIterator<Item = (u64, Action)>, secs: u64) -> History {
    let mut history = begin(spec);
    for (at, action) in script {
        run(&mut history, Time::from_secs(at));
        history.act(action).expect("it can be done");
    }
    run(&mut history, Time::from_secs(secs));
    history
}

fn alarms(history: &History) -> Vec<&Alarm> {
    history.world().journal().alarms.iter().collect()
}

fn kinds(history: &History) -> Vec<&'static str> {
    let mut kinds: Vec<_> = alarms(history).into_iter().map(|alarm| alarm.broken.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// How many records the alarms of a kind are about, and how many the group itself counts.
fn records(history: &History, kind: &str) -> u64 {
    alarms(history).into_iter().filter(|alarm| alarm.broken.kind() == kind).map(|alarm| alarm.records).sum()
}

fn grow(partitions: u32) -> Action {
    Action::SetPartitions { topic: "orders".into(), partitions }
}

#[test]
fn the_worlds_of_every_day_raise_none() {
    for mut spec in [article(), world(3, 3)] {
        spec.actions.clear();
        let history = after(spec, [], 600);
        assert_eq!(alarms(&history), Vec::<&Alarm>::new());
    }
}

/// One lane is slow: what it got before the producer heard that the topic grew is done after what its keys got in other
/// lanes then.
fn grown(processing: u64, to: u32) -> History {
    let mut spec = world(1, 4);
    spec.groups[0].processing = Span::from_millis(processing);
    // A key's records come far apart, in flights that are short.
    spec.producers[0].pick = Pick::InTurn;
    spec.timing = Timing { produce: Span(2_000), fetch: Span(2_000), ..spec.timing };
    after(spec, [(20, grow(to))], 40)
}

#[test]
fn added_partitions_break_the_order_of_a_key_where_a_group_is_behind() {
    let history = grown(150, 4);
    let broken: Vec<&Alarm> =
        alarms(&history).into_iter().filter(|a| matches!(a.broken, Broken::OrderByPartitions { .. })).collect();
    assert_eq!(broken.len(), 1, "one growth, one alarm: {broken:?}");
    let alarm = broken[0];
    assert!(alarm.records > 1 && alarm.since == Time::from_secs(20) && alarm.at > alarm.since);
    let Broken::OrderByPartitions { earlier, offset, before: 1, after: 4, heard } = alarm.broken else {
        panic!("{alarm:?}")
    };
    assert_eq!(heard, Time::from_secs(22), "its metadata are two seconds old then");
    let world = history.world();
    let first = world.record(earlier, offset).expect("it is there");
    let second = world.record(alarm.partition.expect("a lane"), alarm.offset.expect("an offset")).expect("it too");
    assert!(first.key == second.key && first.key == alarm.key && first.number < second.number);
    // A group that has done all of a key when its next record comes keeps the order.
    let twin = grown(20, 4);
    assert_eq!(alarms(&twin).iter().filter(|alarm| alarm.broken.kind() == "order-broken").count(), 0);
}

/// Readers by eager, cooperative and consumer protocol.
const PROTOCOLS: [Assignment; 3] =
    [RANGE, Assignment::by(Assignor::CooperativeSticky), Assignment::ByBroker(ServerAssignor::Uniform)];

#[test]
fn a_crash_before_the_commit_has_records_processed_twice() {
    for assignment in PROTOCOLS {
        let spec = |commit| {
            let mut spec = world(1, 2);
            (spec.groups[0].assignment, spec.groups[0].commit) = (assignment, commit);
            spec.timing.max_poll_records = 1;
            // Who has the lane is not known: both crash in turn, and come back.
            spec
        };
        let script = |secs| {
            let back = |name: &str| restart(name, Span(1), Assignors::default());
            [(secs, crash("c1")), (secs + 20, back("c1")), (secs + 40, crash("c2"))]
        };
        let history = after(spec(Commit::Auto), script(18), 90);
        let twice: Vec<&Alarm> =
            alarms(&history).into_iter().filter(|a| a.broken.kind() == "processed-twice").collect();
        assert!(!twice.is_empty() && twice.len() <= 2, "{assignment:?}: {twice:?}");
        assert_eq!(records(&history, "processed-twice"), again_and_passed(&history).0, "{assignment:?}");
        for alarm in twice {
            let why = Again::NotCommitted(Parting::Crashed);
            assert!(
                matches!(&alarm.broken, Broken::ProcessedTwice { first, why: w } if *w == why && Some(first) != alarm.member.as_ref())
            );
            assert!([18, 58].map(Time::from_secs).contains(&alarm.since), "{alarm:?}");
        }
        // Where each record is committed before it is processed, none comes twice.
        let twin = after(spec(Commit::Before), script(18), 90);
        assert!(!kinds(&twin).contains(&"processed-twice"), "{assignment:?}");
    }
}

#[test]
fn a_commit_before_processing_loses_what_a_crash_interrupts() {
    for assignment in PROTOCOLS {
        let spec = |commit| {
            let mut spec = world(2, 2);
            (spec.groups[0].assignment, spec.groups[0].commit) = (assignment, commit);
            spec.groups[0].processing = Span::from_millis(90);
            spec
        };
        let history = after(spec(Commit::Before), [(20, crash("c1"))], 60);
        assert_eq!(kinds(&history), ["record-lost"], "{assignment:?}");
        assert_eq!(records(&history, "record-lost"), again_and_passed(&history).1);
        for alarm in alarms(&history) {
            let by = |by: &str| by == "c1" && alarm.member.as_deref() == Some("c2");
            let Broken::PassedOver(PassedOver::CommittedBefore { by: who, how: Parting::Crashed }) = &alarm.broken
            else {
                panic!("{alarm:?}")
            };
            assert!(by(who) && alarm.since == Time::from_secs(20) && alarm.key.is_some());
        }
        let twin = after(spec(Commit::After), [(20, crash("c1"))], 60);
        assert!(!kinds(&twin).contains(&"record-lost"), "{assignment:?}");
    }
}

#[test]
fn a_process_that_stands_still_for_too_long_has_its_records_processed_twice() {
    let paused = |secs| {
        let pause = |name: &str| Action::PauseConsumer {
            group: "g".into(),
            name: name.into(),
            span: Span::from_secs(secs),
            process: true,
        };
        let mut spec = world(2, 2);
        spec.groups[0].processing = Span::from_millis(150);
        after(spec, [(20, pause("c1"))], 60)
    };
    let history = paused(14);
    let twice = |a: &&Alarm| matches!(a.broken, Broken::ProcessedTwice { .. });
    let twice: Vec<&Alarm> = alarms(&history).into_iter().filter(twice).collect();
    assert_eq!(records(&history, "processed-twice"), again_and_passed(&history).0);
    let reasons: Vec<Again> = twice
        .iter()
        .filter_map(|alarm| match &alarm.broken {
            Broken::ProcessedTwice { why, .. } => Some(*why),
            _ => None,
        })
        .collect();
    assert!(reasons.contains(&Again::NotCommitted(Parting::SessionEnded)), "{reasons:?}");
    assert!(twice.iter().all(|alarm| alarm.since <= Time::from_secs(20)), "when it was last heard of: {twice:?}");
    let twin = paused(1);
    assert!(!kinds(&twin).contains(&"processed-twice"));
}

#[test]
fn a_cooperative_move_brings_records_back_and_an_eager_one_does_not() {
    let moved = |assignment| {
        let mut spec = world(4, 1);
        // Always busy: it hears of its new share between two polls, and has processed meanwhile.
        (spec.groups[0].assignment, spec.groups[0].processing) = (assignment, Span::from_millis(90));
        spec.timing.max_poll_records = 3;
        let add = Action::AddConsumer { group: "g".into(), name: None };
        after(spec, [(21, add)], 50)
    };
    let history = moved(PROTOCOLS[1]);
    assert_eq!(kinds(&history), ["processed-twice"]);
    assert_eq!(records(&history, "processed-twice"), again_and_passed(&history).0);
    let let_go = Again::NotCommitted(Parting::LetGo);
    assert!(alarms(&history).iter().all(|a| matches!(&a.broken, Broken::ProcessedTwice { why, .. } if *why == let_go)));
    for twin in [PROTOCOLS[0], PROTOCOLS[2]] {
        assert_eq!(kinds(&moved(twin)), Vec::<&str>::new());
    }
}

#[test]
fn two_that_choose_the_same_lane_both_process_it() {
    let chosen = |lanes: [u32; 2]| {
        let mut spec = world(2, 2);
        spec.groups[0].assignment = Assignment::Manual;
        for (consumer, partition) in spec.groups[0].consumers.iter_mut().zip(lanes) {
            consumer.assigned.push(PartitionName { topic: "orders".into(), partition });
        }
        after(spec, [], 30)
    };
    let history = chosen([0, 0]);
    assert_eq!(kinds(&history), ["processed-twice"]);
    assert!(alarms(&history).len() <= 2, "however many records: {:?}", alarms(&history));
    assert_eq!(records(&history, "processed-twice"), again_and_passed(&history).0);
    assert_eq!(kinds(&chosen([0, 1])), Vec::<&str>::new());
}

#[test]
fn retention_deletes_what_a_slow_group_has_not_read() {
    let kept = |secs| {
        let mut spec = world(1, 1);
        (spec.topics[0].retention, spec.topics[0].segment_bytes) = (Span::from_secs(secs), 2_000);
        spec.groups[0].processing = Span::from_millis(120);
        spec.timing.max_poll_records = 5;
        after(spec, [], 120)
    };
    let history = kept(5);
    let lost = |a: &&Alarm| matches!(a.broken, Broken::PassedOver(PassedOver::Retention));
    let lost: Vec<&Alarm> = alarms(&history).into_iter().filter(lost).collect();
    assert!(!lost.is_empty());
    assert!(lost.iter().all(|alarm| alarm.since <= alarm.at && alarm.records > 0 && alarm.since > Time::ZERO));
    assert!(!kinds(&kept(600)).contains(&"record-lost"));
}

#[test]
fn latest_skips_what_came_before_the_group_read() {
    let added = |reset| {
        let mut spec = world(1, 1);
        spec.groups[0].reset = reset;
        spec.timing.metadata_max_age = Span::from_secs(9);
        // Who begins to send when the lanes come knows of them; the group has yet to hear of them.
        let begin = Action::AddProducer { name: None, topics: vec!["orders".into()] };
        after(spec, [(30, grow(3)), (30, begin)], 60)
    };
    let history = added(OffsetReset::Latest);
    let skipped: Vec<&Alarm> = alarms(&history)
        .into_iter()
        .filter(|a| a.partition.is_some_and(|at| at.partition > 0))
        .filter(|a| matches!(a.broken, Broken::PassedOver(PassedOver::Latest)))
        .collect();
    assert_eq!(skipped.len(), 2);
    assert!(skipped.iter().all(|a| a.offset == Some(0) && a.records > 0 && a.since >= Time::from_secs(30)));
    assert!(!kinds(&added(OffsetReset::Earliest)).contains(&"record-lost"));
}

/// A group that comes back where retention has deleted goes on at the end: what is below the log's start was deleted, and
/// what is behind that it skips.
#[test]
fn latest_skips_what_retention_has_left() {
    let mut spec = world(1, 1);
    (spec.topics[0].retention, spec.topics[0].segment_bytes) = (Span::from_secs(8), 1_000);
    spec.groups[0].reset = OffsetReset::Latest;
    let history = after(spec, [(15, restart("c1", Span::from_secs(20), Assignors::default()))], 36);
    let passed = |why| {
        let broken = Broken::PassedOver(why);
        alarms(&history).into_iter().find(|a| a.broken == broken)
    };
    let deleted = passed(PassedOver::Retention).expect("retention deleted some");
    let skipped = passed(PassedOver::LatestAfterReset).expect("and it skips the others");
    let from = deleted.offset.expect("an offset");
    assert_eq!(skipped.offset, Some(from + deleted.records), "the log's start");
    let (at, log) = history.world().partitions().next().expect("a lane");
    assert!(log.start() >= from + deleted.records && deleted.records > 0 && skipped.records > 0);
    assert!(skipped.key.is_some(), "it is still there to tell");
    let (_, g) = history.world().groups().next().expect("the only group");
    assert_eq!(g.delivery[&at].passed.count, deleted.records + skipped.records);
    let told = history.world().journal().entries.iter().find_map(|entry| match entry.what {
        Happening::Skipped { records, left, .. } => Some((records, left)),
        _ => None,
    });
    assert_eq!(told, Some((deleted.records, skipped.records)));
}

/// What was there before a group came was no promise to it.
#[test]
fn latest_skips_no_record_that_is_older_than_the_group() {
    let mut spec = world(1, 0);
    spec.groups[0].reset = OffsetReset::Latest;
    let stop = Action::SetRate { producer: "Shop".into(), rate: Rate(0) };
    let join = Action::AddConsumer { group: "g".into(), name: None };
    let history = after(spec, [(10, stop), (20, join)], 40);
    assert_eq!(kinds(&history), Vec::<&str>::new());
}

#[test]
fn a_consumer_without_a_lane_is_idle_until_it_has_one() {
    for assignment in PROTOCOLS {
        let mut spec = world(2, 3);
        spec.groups[0].assignment = assignment;
        spec.timing.metadata_max_age = Span::from_secs(2);
        let mut history = after(spec.clone(), [], 30);
        assert_eq!(kinds(&history), ["consumer-idle"], "{assignment:?}");
        let idle = alarms(&history);
        assert!(idle.len() == 1 && idle[0].lasts() && idle[0].partition.is_none(), "{assignment:?}: {idle:?}");
        assert_eq!(idle[0].broken, Broken::Idle { members: 3, partitions: 2 });
        history.act(grow(3)).expect("it grows");
        run(&mut history, Time::from_secs(60));
        let idle = alarms(&history).into_iter().find(|a| a.broken.kind() == "consumer-idle").expect("it was");
        assert!(idle.until.is_some_and(|until| until > Time::from_secs(30)), "{assignment:?}: {idle:?}");
        spec.topics[0].partitions = 3;
        assert_eq!(kinds(&after(spec, [], 60)), Vec::<&str>::new(), "{assignment:?}");
    }
}

#[test]
fn an_idle_consumer_that_goes_is_idle_no_more() {
    for assignment in PROTOCOLS {
        let mut spec = world(1, 2);
        spec.groups[0].assignment = assignment;
        let mut history = after(spec, [], 30);
        let name = alarms(&history)[0].member.clone().expect("a member").to_string();
        history.act(remove(&name)).expect("it runs");
        run(&mut history, Time::from_secs(60));
        assert_eq!(alarms(&history).len(), 1);
        assert_eq!(alarms(&history)[0].until, Some(Time::from_secs(30)), "{assignment:?}");
    }
}

/// A range assignor gives the first members a lane of each topic, and the last ones none, though there are enough.
#[test]
fn a_consumer_may_be_idle_though_there_are_lanes_enough() {
    let by = |assignment| {
        let mut spec = world(2, 3);
        spec.topics.push(TopicSpec::new("payments", 2));
        spec.groups[0].topics.push("payments".into());
        spec.groups[0].assignment = assignment;
        after(spec, [], 30)
    };
    assert_eq!(alarms(&by(RANGE))[0].broken, Broken::Idle { members: 3, partitions: 4 });
    assert_eq!(kinds(&by(Assignment::by(Assignor::RoundRobin))), Vec::<&str>::new());
}

#[test]
fn a_lag_grows_where_more_comes_than_is_processed() {
    let at = |millis| {
        let mut spec = world(1, 1);
        spec.groups[0].processing = Span::from_millis(millis);
        begin(spec)
    };
    let mut history = at(150);
    run(&mut history, Time::from_secs(100));
    let lag = alarms(&history);
    assert!(lag.len() == 1 && lag[0].lasts() && lag[0].member.as_deref() == Some("c1"), "{lag:?}");
    assert!(matches!(lag[0].broken, Broken::LagGrowing { arrived, processed } if arrived > processed));
    assert!(lag[0].since + Span::from_secs(60) == lag[0].at && lag[0].records > 0);
    // Faster from now on: it catches up, and that is said.
    let faster = Action::SetProcessing { group: "g".into(), consumer: None, processing: Span::from_millis(40) };
    history.act(faster).expect("it can be done");
    run(&mut history, Time::from_secs(200));
    assert!(alarms(&history).len() == 1 && alarms(&history)[0].until.is_some());
    let mut twin = at(90);
    run(&mut twin, Time::from_secs(600));
    assert_eq!(kinds(&twin), Vec::<&str>::new());
}

#[test]
fn a_burst_that_is_caught_up_with_is_no_growing_lag() {
    let rate = |per_second| Action::SetRate { producer: "Shop".into(), rate: Rate::per_second(per_second) };
    let burst = |secs: u64| after(world(1, 1), [(30, rate(60)), (30 + secs, rate(10))], 600);
    for secs in [5, 20, 30] {
        assert_eq!(kinds(&burst(secs)), Vec::<&str>::new());
    }
    assert_eq!(kinds(&burst(120)), ["lag-growing"]);
    let lag = |history: &History| alarms(history)[0].until;
    assert!(lag(&burst(120)).is_some_and(|until| until > Time::from_secs(150)));
}

#[test]
fn alarms_are_part_of_what_is_played_back() {
    let mut history = after(world(2, 3), [(20, crash("c1")), (40, grow(4))], 120);
    let (digest, all) = (history.world().digest(), history.world().journal().alarms.clone());
    assert!(!all.is_empty());
    history.seek(Time::from_secs(10));
    history.seek(Time::from_secs(120));
    assert_eq!((history.world().digest(), &history.world().journal().alarms), (digest, &all));
}
