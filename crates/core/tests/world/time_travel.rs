//! One history: seek, step and fork find the same worlds as a straight run.

use kafka_lanes_core::spec::{Commit, Rate};
use kafka_lanes_core::{Action, History, Span, Time};
use proptest::prelude::*;

use crate::support::{anything, article, begin, cases, play, run, timed};

fn join(group: &str) -> Action {
    Action::AddConsumer { group: group.into(), name: None }
}

fn digest_at(history: &mut History, at: Time) -> u64 {
    history.seek(at);
    assert_eq!(history.world().now(), at);
    history.world().digest()
}

#[test]
fn going_back_and_forth_finds_the_same_worlds() {
    let mut history = begin(article());
    let straight: Vec<u64> = (0..=60)
        .map(|secs| {
            run(&mut history, Time::from_secs(secs));
            history.world().digest()
        })
        .collect();
    for secs in [60, 0, 59, 1, 30, 31, 29, 5, 10, 4, 6, 60] {
        assert_eq!(digest_at(&mut history, Time::from_secs(secs)), straight[secs as usize], "{secs} s");
    }
}

#[test]
fn a_world_is_the_same_however_it_is_cut_into_frames() {
    let mut whole = begin(article());
    run(&mut whole, Time::from_secs(20));
    let mut frames = begin(article());
    for frame in 1..=1_200 {
        run(&mut frames, Time(frame * 1_000_000 / 60));
    }
    let mut events = begin(article());
    while events.world().now() < Time::from_secs(20) {
        events.advance(Time::from_secs(20), 1);
    }
    run(&mut events, Time::from_secs(20));
    assert_eq!(whole.world().digest(), frames.world().digest());
    assert_eq!(whole.world().digest(), events.world().digest());
}

#[test]
fn a_recorded_history_finds_the_same_worlds() {
    let mut history = begin(article());
    for (secs, group) in [(3, "Inventory-g1"), (10, "Payment-g1"), (10, "Inventory-g1")] {
        run(&mut history, Time::from_secs(secs));
        history.act(join(group)).unwrap();
    }
    run(&mut history, Time::from_secs(30));
    let mut again = History::recorded(article(), history.seed(), history.actions().to_vec(), history.end()).unwrap();
    assert_eq!((again.world().now(), again.end()), (Time::ZERO, Time::from_secs(30)));
    for secs in [5, 30, 2, 10, 12] {
        let at = Time::from_secs(secs);
        assert_eq!(digest_at(&mut again, at), digest_at(&mut history, at), "{secs} s");
    }
    // It can be acted in as in any other: what came later is forgotten.
    again.seek(Time::from_secs(5));
    again.act(join("Payment-g1")).unwrap();
    assert_eq!((again.actions().len(), again.end()), (2, Time::from_secs(5)));
    let impossible = vec![(Time::from_secs(1), join("nobody"))];
    let mut again = History::recorded(article(), 1, impossible, Time::ZERO).unwrap();
    assert_eq!(again.end(), Time::from_secs(1));
    again.seek(Time::from_secs(2));
    let too_many = vec![(Time::ZERO, join("nobody")); kafka_lanes_core::limits::MAX_ACTIONS + 1];
    assert!(History::recorded(article(), 1, too_many, Time::ZERO).is_err());
}

#[test]
fn acting_in_the_past_forks() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(10));
    history.act(join("Inventory-g1")).unwrap();
    run(&mut history, Time::from_secs(30));
    let without = digest_at(&mut history, Time::from_secs(10));
    assert_eq!(history.actions().len(), 1);
    history.act(join("Payment-g1")).unwrap();
    // It comes after what was already there at that moment, and what came later is forgotten.
    assert_eq!(history.actions().len(), 2);
    assert_eq!(history.end(), Time::from_secs(10));
    run(&mut history, Time::from_secs(20));
    let members: usize = history.world().groups().map(|(_, g)| g.members.len()).sum();
    assert_eq!(members, 9);
    assert_ne!(digest_at(&mut history, Time::from_secs(10)), without);

    history.seek(Time::from_secs(5));
    history.act(join("Notification-g1")).unwrap();
    assert_eq!(history.actions().len(), 1);
    run(&mut history, Time::from_secs(20));
    let members: usize = history.world().groups().map(|(_, g)| g.members.len()).sum();
    assert_eq!(members, 8);
}

#[test]
fn a_refused_act_in_the_past_forgets_nothing() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(10));
    history.act(join("Inventory-g1")).unwrap();
    run(&mut history, Time::from_secs(30));
    let end = history.world().digest();
    history.seek(Time::from_secs(4));
    let there = history.world().digest();
    history.act(join("nobody")).unwrap_err();
    assert_eq!(history.world().digest(), there);
    assert_eq!((history.end(), history.actions().len()), (Time::from_secs(30), 1));
    assert_eq!(digest_at(&mut history, Time::from_secs(30)), end);
}

#[test]
fn a_scenarios_own_actions_come_at_their_times() {
    let mut spec = article();
    spec.actions = vec![(Time::from_secs(10), join("Inventory-g1")), (Time::from_secs(20), join("nobody"))];
    let mut history = begin(spec);
    let members = |history: &History| history.world().groups().map(|(_, g)| g.members.len()).sum::<usize>();
    run(&mut history, Time(9_999_999));
    assert_eq!(members(&history), 7);
    run(&mut history, Time::from_secs(10));
    assert_eq!(members(&history), 8);
    run(&mut history, Time::from_secs(30));
    assert_eq!(members(&history), 8);
    // A fork before it keeps what the scenario has in store.
    history.seek(Time::from_secs(5));
    assert_eq!(members(&history), 7);
    history.act(join("Payment-g1")).unwrap();
    run(&mut history, Time::from_secs(15));
    assert_eq!(members(&history), 9);
}

/// An act between two events of the same moment is played back as it was done.
#[test]
fn an_act_in_the_middle_of_a_moment_is_replayed_at_its_place() {
    let mut spec = article();
    // Latencies of nothing: many events share a moment.
    spec.timing.rpc = Span::ZERO;
    spec.timing.produce = Span::ZERO;
    spec.timing.fetch = Span::ZERO;
    for events in 1..120 {
        let mut history = begin(spec.clone());
        history.advance(Time::from_secs(20), events);
        history.act(join("Payment-g1")).unwrap();
        run(&mut history, Time::from_secs(20));
        let straight = history.world().digest();
        history.seek(Time::ZERO);
        assert_eq!(digest_at(&mut history, Time::from_secs(20)), straight, "after {events} events");
    }
}

#[test]
fn a_step_goes_to_the_next_thing_that_can_be_seen() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(10));
    for _ in 0..200 {
        let before = history.world().now();
        let advance = history.step(Span::from_secs(60));
        assert!(!advance.changes.is_empty());
        assert!(history.world().now() > before);
        assert!(history.world().now() < before + Span::from_secs(1));
    }
    let now = history.world().now();
    let stepped = history.world().digest();
    let mut straight = begin(article());
    run(&mut straight, now);
    assert_eq!(straight.world().digest(), stepped);
}

#[test]
fn a_step_in_a_world_where_nothing_happens_ends() {
    let mut spec = article();
    spec.producers.clear();
    spec.groups.clear();
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(1));
    let advance = history.step(Span::from_secs(60));
    assert!(advance.changes.is_empty());
    assert_eq!(history.world().now(), Time::from_secs(61));
}

#[test]
fn another_seed_is_another_world() {
    let digest = |seed| {
        let mut history = History::new(article(), seed).unwrap();
        run(&mut history, Time::from_secs(10));
        history.world().digest()
    };
    assert_eq!(digest(7), digest(7));
    assert_ne!(digest(7), digest(8));
}

#[test]
fn a_history_of_a_day_stays_small() {
    let mut history = begin(article());
    run(&mut history, Time::from_secs(2 * 3_600));
    let end = history.world().digest();
    history.seek(Time::from_secs(3_333));
    assert_eq!(digest_at(&mut history, Time::from_secs(2 * 3_600)), end);
}

/// Moves on to `to`, an event or a record at a time.
fn creep(history: &mut History, to: Time) {
    while history.world().now() < to || history.world().next_event_at().is_some_and(|at| at <= to) {
        history.advance(to, 1);
    }
}

proptest! {
    #![proptest_config(cases(20))]

    /// Where consumers have much to do, what they do by themselves is one event a stretch: whoever looks sees each record.
    #[test]
    fn a_stretch_is_what_its_records_are(
        ops in timed(anything(), 6, 12),
        (processing, max_poll) in (0u64..4_000, 1u32..9),
        commit in prop_oneof![2 => Just(Commit::Auto), 1 => Just(Commit::After), 1 => Just(Commit::Before)],
    ) {
        let mut spec = article();
        spec.producers[0].rate = Rate::per_second(500);
        (spec.timing.fetch, spec.timing.produce) = (Span::from_millis(200), Span::from_millis(100));
        spec.timing.max_poll_records = max_poll;
        spec.groups.iter_mut().for_each(|group| (group.processing, group.commit) = (Span(processing), commit));
        let mut whole = begin(spec.clone());
        play(&mut whole, &ops);
        run(&mut whole, Time::from_secs(8));
        let mut crept = begin(spec);
        for (at, action) in whole.actions() {
            creep(&mut crept, *at);
            crept.act(action.clone()).expect("it was possible before");
        }
        creep(&mut crept, Time::from_secs(8));
        prop_assert_eq!(whole.world().digest(), crept.world().digest());
    }
}

proptest! {
    #![proptest_config(cases(40))]

    /// Random acts, then seeks to random times in random order: each finds what a straight run found there.
    #[test]
    fn seeks_find_what_a_straight_run_found(
        ops in timed(anything(), 25, 20),
        times in prop::collection::vec(0u64..30_000, 1..8),
    ) {
        let mut history = begin(article());
        play(&mut history, &ops);
        run(&mut history, Time::from_secs(30));
        let actions = history.actions().to_vec();
        let mut sorted = times.clone();
        sorted.sort_unstable();

        // The straight run: a fresh history in which the same is done at the same times.
        let mut straight = begin(article());
        let mut left = actions.iter().peekable();
        let mut found = std::collections::BTreeMap::new();
        for millis in sorted {
            while let Some((at, action)) = left.next_if(|(at, _)| *at <= Time::from_millis(millis)) {
                run(&mut straight, *at);
                straight.act(action.clone()).expect("it was possible before");
            }
            run(&mut straight, Time::from_millis(millis));
            found.insert(millis, straight.world().digest());
        }
        for millis in times {
            prop_assert_eq!(digest_at(&mut history, Time::from_millis(millis)), found[&millis], "{} ms", millis);
            prop_assert_eq!(history.end(), Time::from_secs(30));
        }
    }
}

#[test]
fn records_flow_and_every_group_shares_the_lanes() {
    let mut history = begin(article());
    history.advance(Time::from_secs(20), u64::MAX);
    let world = history.world();
    let appended: u64 = world.partitions().map(|(_, log)| log.end()).sum();
    assert!(appended > 50, "{appended}");
    for (_, group) in world.groups() {
        assert_eq!(group.phase, kafka_lanes_core::Phase::Stable);
        for (partition, log) in world.partitions() {
            assert!(group.reader_of(partition).is_some());
            assert!(group.lag(partition, log.high_watermark()).unwrap() < 12);
        }
        assert!(group.members.values().all(|member| member.processed > 5));
    }
}

#[test]
fn a_seek_finds_the_same_world() {
    let mut history = begin(article());
    history.advance(Time::from_secs(9), u64::MAX);
    history.act(Action::AddConsumer { group: "Inventory-g1".into(), name: None }).unwrap();
    history.advance(Time::from_secs(13), u64::MAX);
    let at_13 = history.world().digest();
    history.advance(Time::from_secs(40), u64::MAX);
    let at_40 = history.world().digest();
    history.seek(Time::from_secs(13));
    assert_eq!(history.world().digest(), at_13);
    history.seek(Time::from_secs(9));
    history.seek(Time::from_secs(40));
    assert_eq!(history.world().digest(), at_40);
}
