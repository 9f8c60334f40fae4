//! Groups share their lanes anew, and settle.

use kafka_lanes_core::spec::{Assignment, Assignor, ConsumerSpec, PartitionName};
use kafka_lanes_core::{Action, Cause, Group, Happening, History, Phase, Span, Status, Time, World};
use proptest::prelude::*;

use crate::support::{article, begin, cases, coming_and_going, group, play, run, timed, timings};

fn named<'a>(world: &'a World, name: &str) -> &'a Group {
    world.groups().find(|(_, g)| &*g.name == name).map(|(_, g)| g).expect("a group of this name")
}

/// Who reads which partition, as `member: partitions`.
fn shares(world: &World, name: &str) -> Vec<(String, Vec<u32>)> {
    let members = named(world, name).members.values();
    members.map(|m| (m.name.to_string(), m.cursors.keys().map(|p| p.partition).collect())).collect()
}

/// All members are there and know their share, and each partition has one reader.
fn settled(world: &World) -> Result<(), TestCaseError> {
    for (_, group) in world.groups() {
        if group.members.is_empty() {
            prop_assert_eq!(group.phase, Phase::Empty, "{}", group.name);
            continue;
        }
        prop_assert_eq!(group.phase, Phase::Stable, "{}", group.name);
        for member in group.members.values() {
            prop_assert_eq!(member.status, Status::Stable, "{}", member.name);
        }
        for (partition, _) in world.partitions().filter(|(p, _)| group.reads(p.topic)) {
            let readers = group.members.values().filter(|m| m.cursors.contains_key(&partition)).count();
            prop_assert_eq!(readers, 1, "{} {:?}", group.name, partition);
        }
    }
    if let Some(open) = world.journal().rebalances.iter().find(|r| r.ended.is_none()) {
        prop_assert!(false, "a rebalance never ended: {open:?} {:?}", world.group(open.group));
    }
    Ok(())
}

fn act(history: &mut History, at: u64, action: Action) {
    run(history, Time::from_millis(at));
    history.act(action).expect("possible");
}

fn join(name: &str) -> Action {
    Action::AddConsumer { group: "Payment-g1".into(), name: Some(name.into()) }
}

fn leave(name: &str) -> Action {
    Action::RemoveConsumer { group: "Payment-g1".into(), name: name.into() }
}

fn crash(name: &str) -> Action {
    Action::CrashConsumer { group: "Payment-g1".into(), name: name.into() }
}

#[test]
fn the_groups_of_the_article_share_the_lanes_as_its_arrows_say() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(2));
    let world = history.world();
    let expected = |all: &[(&str, &[u32])]| -> Vec<(String, Vec<u32>)> {
        all.iter().map(|(name, lanes)| (name.to_string(), lanes.to_vec())).collect()
    };
    assert_eq!(shares(world, "Payment-g1"), expected(&[("Payment-1", &[0]), ("Payment-2", &[1]), ("Payment-3", &[2])]));
    assert_eq!(shares(world, "Inventory-g1"), expected(&[("Inv-1", &[0, 2]), ("Inv-2", &[1])]));
    assert_eq!(shares(world, "Notification-g1"), expected(&[("Notify-1", &[0, 2]), ("Notify-2", &[1])]));
    settled(world).unwrap();
}

/// `group.initial.rebalance.delay.ms` of 3 s, as measured at a broker: alone 3 s, three at once 6 s, one every
/// 2 s 9 s.
#[test]
fn an_empty_group_waits_for_more_to_come() {
    for (at_once, later, expected) in [(1, &[][..], 3), (3, &[], 6), (1, &[2, 4], 9)] {
        let mut spec = article();
        spec.timing.initial_rebalance_delay = Span::from_secs(3);
        let names = ["c1", "c2", "c3"];
        spec.groups = vec![group("Payment-g1", &names[..at_once])];
        let mut history = begin(spec);
        for secs in later {
            act(&mut history, secs * 1_000, join(&format!("late-{secs}")));
        }
        run(&mut history, Time::from_secs(20));
        let first = &history.world().journal().rebalances[0];
        let took = first.ended.unwrap().since(Time::ZERO);
        let expected = Span::from_secs(expected);
        assert!(took >= expected && took < expected + Span::from_millis(200), "{took} for {expected}");
        settled(history.world()).unwrap();
    }
}

#[test]
fn two_more_consumers_than_lanes_are_idle() {
    let mut history = begin(article());
    act(&mut history, 5_000, join("Payment-4"));
    act(&mut history, 5_010, join("Payment-5"));
    run(&mut history, Time::from_secs(9));
    let group = named(history.world(), "Payment-g1");
    let idle = group.members.values().filter(|m| group.is_idle(m)).count();
    assert_eq!(idle, 2);
    settled(history.world()).unwrap();
}

#[test]
fn a_join_is_told_with_its_cause_its_moves_and_how_long_each_stood_still() {
    let mut spec = article();
    spec.groups = vec![group("Payment-g1", &["Payment-1", "Payment-2"])];
    let mut history = begin(spec);
    act(&mut history, 5_000, join("Payment-3"));
    run(&mut history, Time::from_secs(9));
    let journal = history.world().journal();
    assert_eq!(journal.rebalances.len(), 2);
    let last = &journal.rebalances[1];
    assert_eq!(last.cause, Cause::Joined("Payment-3".into()));
    assert_eq!(last.generation, 2);
    assert_eq!(last.moved.len(), 1, "{:?}", last.moved);
    assert_eq!(last.moved[0].from.as_deref(), Some("Payment-1"));
    assert_eq!(last.moved[0].to.as_deref(), Some("Payment-3"));
    let stood: Vec<&str> = last.paused.keys().map(|name| &**name).collect();
    assert_eq!(stood, ["Payment-1", "Payment-2", "Payment-3"]);
    assert!(last.paused.values().all(|pause| *pause > Span::ZERO && *pause < Span::from_secs(2)));
    let told = journal.entries.iter().filter(|e| matches!(e.what, Happening::Rebalanced { .. })).count();
    assert_eq!(told, 2);
}

#[test]
fn a_leave_is_heard_at_once_and_a_crash_when_the_session_ends() {
    let mut spec = article();
    spec.groups = vec![group("Payment-g1", &["Payment-1", "Payment-2", "Payment-3"])];
    let mut history = begin(spec);
    act(&mut history, 10_000, leave("Payment-1"));
    run(&mut history, Time::from_millis(12_000));
    settled(history.world()).unwrap();
    act(&mut history, 20_000, crash("Payment-2"));
    // Its lanes stand still until its session ends.
    run(&mut history, Time::from_millis(24_000));
    assert_eq!(named(history.world(), "Payment-g1").members.len(), 2);
    run(&mut history, Time::from_millis(27_000));
    settled(history.world()).unwrap();
    assert_eq!(shares(history.world(), "Payment-g1"), [("Payment-3".to_string(), vec![0, 1, 2])]);
    let causes: Vec<&Cause> = history.world().journal().rebalances.iter().skip(1).map(|r| &r.cause).collect();
    assert_eq!(causes, [&Cause::Left("Payment-1".into()), &Cause::SessionEnded("Payment-2".into())]);
}

#[test]
fn another_assignor_takes_effect_even_in_the_middle_of_a_rebalance() {
    // Each moment of a rebalance: range gives c1 0 and 1, round-robin gives it 0 and 2.
    for millis in (0..1_000).step_by(7) {
        let mut spec = article();
        spec.groups = vec![group("Payment-g1", &["c1", "c2"])];
        let mut history = begin(spec);
        act(
            &mut history,
            millis,
            Action::SetAssignor { group: "Payment-g1".into(), assignors: Assignor::Range.into() },
        );
        run(&mut history, Time::from_secs(8));
        settled(history.world()).unwrap();
        assert_eq!(shares(history.world(), "Payment-g1")[0].1, [0, 1], "set at {millis} ms");
    }
}

#[test]
fn added_partitions_are_shared_even_if_a_rebalance_runs() {
    for millis in (3_000..4_000).step_by(37) {
        for rpc in [30, 900] {
            let mut spec = article();
            spec.timing.rpc = Span::from_millis(rpc);
            spec.timing.metadata_max_age = Span::from_millis(200);
            let mut history = begin(spec);
            act(&mut history, 3_000, join("Payment-4"));
            let grow = Action::SetPartitions { topic: "ORDER_EVENTS".into(), partitions: 4 };
            act(&mut history, millis, grow);
            run(&mut history, Time::from_secs(30));
            settled(history.world()).unwrap();
        }
    }
}

#[test]
fn members_that_choose_for_themselves_are_never_rebalanced_until_an_assignor_is_set() {
    let mut spec = article();
    let mut manual = group("Payment-g1", &["c1", "c2"]);
    manual.assignment = Assignment::Manual;
    for (consumer, lanes) in manual.consumers.iter_mut().zip([vec![0, 1], vec![2]]) {
        let name = |partition| PartitionName { topic: "ORDER_EVENTS".into(), partition };
        consumer.assigned = lanes.into_iter().map(name).collect();
    }
    spec.groups = vec![manual];
    let mut history = begin(spec);
    act(&mut history, 3_000, join("c3"));
    run(&mut history, Time::from_secs(10));
    let lanes =
        |history: &History| shares(history.world(), "Payment-g1").into_iter().map(|(_, l)| l).collect::<Vec<_>>();
    assert_eq!(lanes(&history), [vec![0, 1], vec![2], vec![]]);
    assert!(history.world().journal().rebalances.is_empty());
    let committed: u64 = named(history.world(), "Payment-g1").committed.values().sum();
    assert!(committed > 0);
    let assignor = Action::SetAssignor { group: "Payment-g1".into(), assignors: Assignor::RoundRobin.into() };
    history.act(assignor).unwrap();
    run(&mut history, Time::from_secs(13));
    assert_eq!(lanes(&history), [vec![0], vec![1], vec![2]]);
    settled(history.world()).unwrap();
    let after: u64 = named(history.world(), "Payment-g1").committed.values().sum();
    assert!(after >= committed, "it goes on where it was");
}

/// A round waits `max.poll.interval.ms` for a member that is busy, then goes on without it. The member is
/// alive: it finds out, lets go of what it had, and joins again.
#[test]
fn a_member_that_is_too_slow_is_left_behind_and_comes_back() {
    let mut spec = article();
    spec.timing.max_poll_interval = Span::from_secs(3);
    let mut payment = group("Payment-g1", &["Payment-1"]);
    payment.consumers.push(ConsumerSpec {
        name: "Slow".into(),
        processing: Some(Span::from_secs(6)),
        ..ConsumerSpec::default()
    });
    spec.groups = vec![payment];
    spec.timing.max_poll_records = 1;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(90));
    let group = named(history.world(), "Payment-g1");
    assert!(group.members.values().any(|m| &*m.name == "Slow"), "it is alive, so it is there");
    let causes: Vec<&Cause> = history.world().journal().rebalances.iter().map(|r| &r.cause).collect();
    assert!(causes.contains(&&Cause::TooSlow("Slow".into())), "{causes:?}");
    assert!(causes.iter().skip(1).any(|cause| **cause == Cause::Joined("Slow".into())), "{causes:?}");
}

#[test]
fn nobody_waits_for_a_member_that_has_said_nothing_yet() {
    let mut history = begin(article());
    act(&mut history, 5_000, join("Payment-4"));
    act(&mut history, 5_001, crash("Payment-4"));
    act(&mut history, 5_002, join("Payment-4"));
    act(&mut history, 5_003, leave("Payment-4"));
    run(&mut history, Time::from_secs(9));
    assert_eq!(named(history.world(), "Payment-g1").members.len(), 3);
    settled(history.world()).unwrap();
}

#[test]
fn a_slow_network_does_not_make_rounds_without_end() {
    let mut spec = article();
    spec.timing.rpc = Span::from_millis(700);
    spec.timing.heartbeat = Span::from_millis(100);
    let mut history = begin(spec);
    act(&mut history, 20_000, join("Payment-4"));
    run(&mut history, Time::from_secs(60));
    settled(history.world()).unwrap();
    assert_eq!(named(history.world(), "Payment-g1").generation, 2);
}

proptest! {
    #![proptest_config(cases(192))]

    /// However wildly members come, leave and crash, the groups settle when they are left in peace.
    #[test]
    fn storms_settle(timing in timings(), ops in timed(coming_and_going(), 15, 40)) {
        let mut history = begin(kafka_lanes_core::spec::WorldSpec { timing, ..article() });
        play(&mut history, &ops);
        run(&mut history, Time::from_secs(70));
        settled(history.world())?;
    }
}
