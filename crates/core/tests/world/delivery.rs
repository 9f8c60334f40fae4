//! What is committed when, and which records that delivers twice, or never.

use kafka_lanes_core::spec::{
    Assignment, Assignor, Assignors, Commit, ConsumerSpec, GroupSpec, OffsetReset, PartitionName, ProducerSpec, Rate,
    ServerAssignor, TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, Group, Happening, History, Member, Span, Standing, Time};

use crate::support::{again_and_passed, all_assignments, begin, crash, remove, restart, run};

/// One lane, ten records a second, a member that takes 50 ms for each and polls ten at a time, and one that waits.
fn world(assignment: Assignment, commit: Commit) -> WorldSpec {
    let orders = || vec![String::from("orders")];
    let consumer = |name: &str| ConsumerSpec { name: name.into(), ..ConsumerSpec::default() };
    let mut spec = WorldSpec {
        topics: vec![TopicSpec::new("orders", 1)],
        producers: vec![ProducerSpec { rate: Rate::per_second(10), ..ProducerSpec::new("Shop", orders()) }],
        groups: vec![GroupSpec {
            assignment,
            commit,
            processing: Span::from_millis(50),
            consumers: vec![consumer("c1"), consumer("c2")],
            ..GroupSpec::new("g", orders())
        }],
        ..WorldSpec::default()
    };
    spec.timing.max_poll_records = 10;
    spec
}

fn group(history: &History) -> &Group {
    history.world().groups().next().map(|(_, g)| g).expect("the only group")
}

/// Who reads the lane.
fn reader(history: &History) -> String {
    let reads = group(history).members.values().find(|m| !m.cursors.is_empty());
    reads.map(|m| m.name.to_string()).expect("somebody reads it")
}

/// Runs to a moment at or after `secs` at which the reader has begun a batch, and has several records of it left.
fn to_the_middle_of_a_batch(history: &mut History, secs: u64) {
    run(history, Time::from_secs(secs));
    for _ in 0..100_000 {
        let m = group(history).members.values().find(|m| !m.cursors.is_empty()).expect("somebody reads it");
        let ahead = m.cursors.values().next().map_or(0, |cursor| cursor.position - cursor.processed);
        if m.in_hand.is_some() && (4..9).contains(&ahead) {
            return;
        }
        history.advance(Time::from_secs(secs + 60), 1);
    }
    panic!("no such moment");
}

fn happened(history: &History, what: impl Fn(&Happening) -> bool) -> bool {
    history.world().journal().entries.iter().any(|entry| what(&entry.what))
}

const RANGE: Assignment = Assignment::by(Assignor::Range);
const UNIFORM: Assignment = Assignment::ByBroker(ServerAssignor::Uniform);
const CLASSIC_AND_CONSUMER: [Assignment; 2] = [RANGE, UNIFORM];

#[test]
fn a_crash_in_the_middle_of_a_batch_repeats_or_loses_what_its_commit_says() {
    for assignment in CLASSIC_AND_CONSUMER {
        for (commit, repeats, loses) in
            [(Commit::Auto, true, false), (Commit::After, true, false), (Commit::Before, false, true)]
        {
            let mut history = begin(world(assignment, commit));
            to_the_middle_of_a_batch(&mut history, 15);
            let name = reader(&history);
            history.act(crash(&name)).expect("it runs");
            run(&mut history, Time::from_secs(60));
            let (again, passed) = again_and_passed(&history);
            assert_eq!((again > 0, passed > 0), (repeats, loses), "{assignment:?} {commit:?}: {again} and {passed}");
            assert!(again + passed < 60, "{commit:?}: {again} and {passed}");
        }
    }
}

/// After a batch at the most that batch is repeated; with auto-commit all since the last interval.
#[test]
fn auto_commit_repeats_up_to_an_interval() {
    let repeated = |commit, interval| {
        let mut spec = world(RANGE, commit);
        spec.timing.auto_commit = Span::from_secs(interval);
        let mut history = begin(spec);
        to_the_middle_of_a_batch(&mut history, 19);
        let name = reader(&history);
        history.act(crash(&name)).expect("it runs");
        run(&mut history, Time::from_secs(60));
        again_and_passed(&history).0
    };
    assert!(repeated(Commit::After, 10) <= 10);
    assert!(repeated(Commit::Auto, 1) <= 20);
    assert!(repeated(Commit::Auto, 10) > 40);
}

/// The application ends its batch, and commits, before it closes: whenever it is told to.
#[test]
fn nothing_is_repeated_or_lost_where_all_close_in_good_order() {
    let assignments = all_assignments().chain([Assignment::Manual]);
    for (assignment, after) in assignments.flat_map(|assignment| [(assignment, 0), (assignment, 2)]) {
        for commit in [Commit::Auto, Commit::After, Commit::Before] {
            let mut spec = world(assignment, commit);
            if assignment == Assignment::Manual {
                spec.groups[0].consumers[0].assigned = vec![PartitionName { topic: "orders".into(), partition: 0 }];
            }
            let mut history = begin(spec);
            for secs in (10..40).step_by(5) {
                to_the_middle_of_a_batch(&mut history, secs);
                let name = reader(&history);
                history.act(restart(&name, Span::from_secs(after), Assignors::default())).expect("it is known");
            }
            run(&mut history, Time::from_secs(60));
            assert_eq!(again_and_passed(&history), (0, 0), "{assignment:?} {commit:?} after {after} s");
            let processed: u64 = group(&history).members.values().map(|m| m.processed).sum();
            assert!(processed > 0, "it has come back");
        }
    }
}

/// A world in the middle of a batch, and who reads there.
fn busy(spec: WorldSpec) -> (History, String) {
    let mut history = begin(spec);
    to_the_middle_of_a_batch(&mut history, 15);
    let name = reader(&history);
    (history, name)
}

fn later(history: &mut History, secs: u64) {
    let at = history.world().now() + Span::from_secs(secs);
    run(history, at);
}

/// Those of this name that nobody has told to close.
fn staying<'h>(history: &'h History, name: &str) -> Vec<&'h Member> {
    group(history).members.values().filter(|m| *m.name == *name && m.stays()).collect()
}

#[test]
fn a_consumer_that_is_told_to_close_polls_no_more() {
    for assignment in all_assignments() {
        let (mut history, name) = busy(world(assignment, Commit::After));
        let member = |history: &History| group(history).members.values().find(|m| *m.name == *name).cloned();
        let before = member(&history).expect("it reads");
        history.act(remove(&name)).expect("it runs");
        let told = member(&history).expect("it is there until it is done");
        assert_eq!(group(&history).standing_of(&told), Standing::Closing);
        assert!(told.is_alive() && !told.stays());
        let polled = before.polled();
        let finishes = |what: &Happening| matches!(what, Happening::Finishing { records, .. } if *records == polled);
        assert!(happened(&history, finishes));
        let mut processed = told.processed;
        while let Some(now) = member(&history).filter(|m| m.is_alive()) {
            processed = now.processed;
            let at = history.world().now() + Span::from_millis(10);
            run(&mut history, at);
        }
        assert_eq!(processed, before.processed + polled, "{assignment:?}");
    }
}

/// All of a group begin anew under another protocol, but for those that were to go; who was to start again does.
#[test]
fn a_consumer_that_closes_does_not_join_under_another_protocol() {
    for returns in [false, true] {
        let (mut history, name) = busy(world(RANGE, Commit::After));
        let told = if returns { restart(&name, Span::from_secs(2), Assignors::default()) } else { remove(&name) };
        history.act(told).expect("it runs");
        let assignor = ServerAssignor::Uniform;
        history.act(Action::SetServerAssignor { group: "g".into(), assignor }).expect("the broker has it");
        assert!(group(&history).members.values().all(|m| *m.name != *name));
        later(&mut history, 3);
        assert_eq!(staying(&history, &name).len(), usize::from(returns));
    }
}

/// Whatever is ordered of one that closes and starts again: it comes back as what it was told to be.
#[test]
fn a_consumer_that_closes_comes_back_as_it_was_told_to() {
    let both = || {
        let mut both = Assignors::one(Assignor::Range);
        assert!(both.push(Assignor::CooperativeSticky));
        both
    };
    let faster = |name: &str| Action::SetProcessing {
        group: "g".into(),
        consumer: Some(name.into()),
        processing: Span::from_millis(10),
    };
    let again = |name: &str| restart(name, Span::from_secs(1), Assignors::default());
    for order in [faster, crash, again] {
        let (mut history, name) = busy(world(RANGE, Commit::After));
        history.act(restart(&name, Span::from_secs(1), both())).expect("it runs");
        let order = order(&name);
        history.act(order.clone()).expect("it is not done yet");
        later(&mut history, 4);
        let [back] = staying(&history, &name)[..] else { panic!("{name} is not back after {order:?}") };
        assert_eq!(back.assignors, both(), "{order:?}");
        let quick = matches!(order, Action::SetProcessing { .. });
        assert_eq!(back.processing, quick.then_some(Span::from_millis(10)));
    }
}

/// There is one of a name at a time: one that is added while its namesake closes comes after it.
#[test]
fn a_consumer_comes_when_its_namesake_has_closed() {
    let (mut history, name) = busy(world(RANGE, Commit::After));
    history.act(remove(&name)).expect("it runs");
    let consumer =
        ConsumerSpec { name: name.clone(), processing: Some(Span::from_millis(7)), ..ConsumerSpec::default() };
    history.act(Action::StartConsumer { group: "g".into(), consumer: consumer.clone() }).expect("it comes later");
    assert!(staying(&history, &name).is_empty());
    later(&mut history, 3);
    let [back] = staying(&history, &name)[..] else { panic!("{name} is not there") };
    assert_eq!(back.processing, consumer.processing);
    assert!(history.act(Action::StartConsumer { group: "g".into(), consumer }).is_err(), "now the name is taken");
}

/// A static member that closes, and is fenced by another of its instance id before it is done.
#[test]
fn a_consumer_that_is_fenced_while_it_closes_starts_again() {
    let mut spec = world(RANGE, Commit::After);
    spec.groups[0].processing = Span::from_secs(1);
    spec.groups[0].consumers =
        vec![ConsumerSpec { name: "c1".into(), instance: Some("i".into()), ..Default::default() }];
    let mut history = begin(spec);
    to_the_middle_of_a_batch(&mut history, 15);
    history.act(restart("c1", Span::from_secs(1), Assignors::default())).expect("it runs");
    let consumer = ConsumerSpec { name: "other".into(), instance: Some("i".into()), ..Default::default() };
    history.act(Action::StartConsumer { group: "g".into(), consumer }).expect("another name");
    later(&mut history, 4);
    assert_eq!(staying(&history, "c1").len(), 1, "it is back, and fences the other");
}

/// Its group has gone on without it, and it is told to stop: it does not join again.
#[test]
fn a_consumer_that_is_out_closes_where_it_would_join_again() {
    let (mut history, name) = busy(world(RANGE, Commit::After));
    let hang =
        Action::PauseConsumer { group: "g".into(), name: name.clone(), span: Span::from_secs(60), process: false };
    history.act(hang).expect("it runs");
    later(&mut history, 40);
    let member = |history: &History| group(history).members.values().find(|m| *m.name == *name).cloned();
    let out = member(&history).expect("it hangs");
    assert_eq!(group(&history).standing_of(&out), Standing::Out);
    history.act(remove(&name)).expect("it runs");
    let told = member(&history).expect("it hangs still");
    assert_eq!(group(&history).standing_of(&told), Standing::Closing);
    later(&mut history, 25);
    assert_eq!(member(&history), None);
}

/// A process that stood still for longer than its session wakes up, works on and commits: that is refused, and
/// what it did is done twice.
#[test]
fn a_commit_of_an_old_generation_is_refused() {
    for assignment in CLASSIC_AND_CONSUMER {
        let mut spec = world(assignment, Commit::After);
        // It finishes its batch before it hears that it is out.
        spec.timing.rpc = Span::from_millis(400);
        let mut history = begin(spec);
        to_the_middle_of_a_batch(&mut history, 15);
        let name = reader(&history);
        let pause =
            Action::PauseConsumer { group: "g".into(), name: name.clone(), span: Span::from_secs(12), process: true };
        history.act(pause).expect("it runs");
        let mut last = 0;
        while history.world().now() < Time::from_secs(60) {
            history.advance(Time::from_secs(60), 1);
            let committed = group(&history).committed.values().copied().max().unwrap_or_default();
            assert!(committed >= last, "a late commit sets the group back");
            last = committed;
        }
        assert!(happened(
            &history,
            |what| matches!(what, Happening::CommitRefused { member, .. } if **member == *name)
        ));
        let (again, passed) = again_and_passed(&history);
        assert!(again > 0 && passed == 0, "{again} and {passed}");
        assert_eq!(group(&history).members.len(), 2, "it joined again");
    }
}

/// The consumer protocol takes a commit of an older epoch for what was its member's then and is now.
#[test]
fn a_commit_of_an_epoch_that_is_over_is_accepted_for_what_one_still_owns() {
    let mut spec = world(UNIFORM, Commit::After);
    spec.topics[0].partitions = 6;
    spec.timing.rpc = Span::from_millis(300);
    let mut history = begin(spec);
    for n in 0..8 {
        run(&mut history, Time::from_millis(10_000 + n * 3_100));
        history.act(Action::AddConsumer { group: "g".into(), name: None }).expect("there is room");
    }
    run(&mut history, Time::from_secs(60));
    assert!(!happened(&history, |what| matches!(what, Happening::CommitRefused { .. })));
    assert_eq!(again_and_passed(&history), (0, 0));
}

#[test]
fn without_an_offset_and_a_reset_a_consumer_ends() {
    for assignment in CLASSIC_AND_CONSUMER {
        let mut spec = world(assignment, Commit::Auto);
        spec.groups[0].reset = OffsetReset::None;
        let mut history = begin(spec);
        run(&mut history, Time::from_secs(20));
        assert!(happened(&history, |what| matches!(what, Happening::NoOffset { .. })));
        assert!(group(&history).members.is_empty(), "one after the other: each gets the lane, and ends");
        assert!(group(&history).committed.is_empty());
    }
}

#[test]
fn latest_skips_what_an_added_lane_got_before_it_was_assigned() {
    for (reset, skips) in [(OffsetReset::Latest, true), (OffsetReset::Earliest, false)] {
        let mut spec = world(RANGE, Commit::Auto);
        spec.groups[0].reset = reset;
        spec.timing.metadata_max_age = Span::from_secs(9);
        let mut history = begin(spec);
        run(&mut history, Time::from_millis(10_000));
        history.act(Action::SetPartitions { topic: "orders".into(), partitions: 3 }).expect("it grows");
        // Who begins to send now knows of the lane; the group has yet to hear of it.
        history.act(Action::AddProducer { name: None, topics: vec!["orders".into()] }).expect("it begins");
        run(&mut history, Time::from_secs(40));
        let added = group(&history).delivery.iter().filter(|(at, _)| at.partition > 0);
        let skipped: u64 = added.map(|(_, delivery)| delivery.first).sum();
        assert_eq!(skipped > 0, skips, "{skipped}");
    }
}

/// Members with other topics of their own get what they subscribe to, and nothing else.
#[test]
fn subscriptions_are_each_members_own() {
    for assignment in all_assignments() {
        let mut spec = world(assignment, Commit::Auto);
        spec.topics = vec![TopicSpec::new("orders", 4), TopicSpec::new("payments", 2)];
        spec.producers[0].topics.push("payments".into());
        spec.groups[0].topics = vec!["orders".into(), "payments".into()];
        spec.groups[0].consumers[1].topics = vec!["payments".into()];
        let mut history = begin(spec);
        run(&mut history, Time::from_secs(20));
        let owned = |name: &str| {
            let m = group(&history).members.values().find(|m| &*m.name == name).expect("it is there");
            m.cursors.keys().map(|at| at.topic.0).collect::<Vec<_>>()
        };
        let (mixed, own) = (owned("c1"), owned("c2"));
        assert!(!own.is_empty() && own.iter().all(|topic| *topic == 1), "{assignment:?}: {own:?}");
        assert_eq!(mixed.iter().filter(|topic| **topic == 0).count(), 4, "{assignment:?}");
        assert_eq!(mixed.len() + own.len(), 6);
    }
}
