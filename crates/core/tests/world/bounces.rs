//! How a group comes from one assignor to another, as at a running broker: without standing still, or not.

use kafka_lanes_core::spec::{Assignor, Protocol};
use kafka_lanes_core::{Action, Cause, History, Time};

use crate::assignor_lists::{at, billing, bounce, join, refused, rounds, shares, world};
use crate::support::run;

use Assignor::{CooperativeSticky, Range, RoundRobin, Sticky};

/// What a running broker of Kafka 4.3.1 did (`conformance/broker/java/Strategies.java`).
const SEEN: &str = include_str!("../../../../conformance/vectors/broker-strategies.tsv");

/// What it showed in this case.
fn seen(what: &str) -> Vec<&'static str> {
    let mut lines = SEEN.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    lines.find(|cells| cells[0] == what).unwrap_or_else(|| panic!("{what} was not seen")).split_off(1)
}

/// The same of ours: the assignor that the group has, and what `name` met with.
fn shows(history: &History, name: &str) -> String {
    let chosen = billing(history.world()).chosen.expect("members").name();
    let error = if refused(history).iter().any(|other| other == name) { ", INCONSISTENT_GROUP_PROTOCOL" } else { "" };
    format!("{chosen}{error}")
}

/// The two bounces of Kafka's upgrade notes (2.4, KIP-429): first both, then only the new one.
#[test]
fn two_bounces_take_a_group_from_eager_to_cooperative() {
    let names = ["c1", "c2", "c3"];
    let mut history = world(&names.map(|name| (name, &[][..])));
    for (index, name) in (0..).zip(names) {
        at(&mut history, 5_000 + index * 5_000, bounce(name, &[CooperativeSticky, Range]));
        run(&mut history, Time::from_millis(9_900 + index * 5_000));
        let what = format!("{} of 3 came back with cooperative-sticky and range", index + 1);
        assert_eq!(shows(&history, name), seen(&what)[0], "{what}");
    }
    run(&mut history, Time::from_secs(25));
    assert_eq!(billing(history.world()).chosen, Some(CooperativeSticky));
    let eager = billing(history.world()).members.values().all(|m| m.assignors.protocol() == Protocol::Eager);
    assert!(eager && shares(&history) == [1, 1, 1]);
    for (index, name) in (0..).zip(names) {
        at(&mut history, 25_000 + index * 5_000, bounce(name, &[CooperativeSticky]));
        run(&mut history, Time::from_millis(29_000 + index * 5_000));
        let what = format!("{} of 3 came back with cooperative-sticky alone", index + 1);
        assert_eq!(shows(&history, name), seen(&what)[0], "{what}");
        assert_eq!(shares(&history), [1, 1, 1], "after {name}");
    }
    assert!(refused(&history).is_empty());
    // Now nobody lets go of what it keeps: only what moves stands still.
    at(&mut history, 45_000, Action::SetPartitions { topic: "ORDER_EVENTS".into(), partitions: 8 });
    at(&mut history, 60_000, join("c4", &[CooperativeSticky], None));
    run(&mut history, Time::from_secs(70));
    let last = history.world().journal().rebalances.back().expect("the last round");
    assert_eq!(last.cause, Cause::Joined("c4".into()));
    assert_eq!(last.stood.len(), last.moved.len(), "{last:?}");
    assert_eq!(shares(&history), [2, 2, 2, 2]);
}

#[test]
fn one_bounce_straight_to_another_assignor_ends_consumer_after_consumer() {
    let names = ["c1", "c2", "c3"];
    let mut history = world(&names.map(|name| (name, &[][..])));
    for (index, name) in (0..).zip(names) {
        at(&mut history, 5_000 + index * 5_000, bounce(name, &[CooperativeSticky]));
        run(&mut history, Time::from_millis(9_900 + index * 5_000));
        let what = format!("{} of 3 came back with cooperative-sticky alone, from range", index + 1);
        assert_eq!(shows(&history, name), seen(&what)[0], "{what}");
    }
    // The last one found an empty group, and reads alone.
    assert_eq!((refused(&history), shares(&history)), (vec!["c1".into(), "c2".into()], vec![3]));
}

/// The same as at a broker: the second of three tips the scales.
#[test]
fn static_members_that_come_back_one_by_one_change_the_choice_when_they_are_the_most() {
    let mut history = world(&[]);
    for name in ["s1", "s2", "s3"] {
        at(&mut history, 1_000, join(name, &[Range, Sticky], Some(name)));
    }
    for (index, name) in (0..).zip(["s1", "s2"]) {
        run(&mut history, Time::from_secs(10 + index * 10));
        let before = rounds(&history);
        at(&mut history, 10_000 + index * 10_000, bounce(name, &[Sticky, Range]));
        run(&mut history, Time::from_secs(19 + index * 10));
        let what = format!("{} of 3 static members came back and like sticky best", index + 1);
        let rounds = if rounds(&history) > before { "a round" } else { "no round" };
        assert_eq!([&*shows(&history, name), rounds], seen(&what)[..], "{what}");
    }
}

#[test]
fn two_that_like_each_others_second_best_have_what_a_brokers_hash_map_gives_first() {
    for (one, two) in
        [(Range, RoundRobin), (RoundRobin, CooperativeSticky), (Sticky, Range), (CooperativeSticky, Sticky)]
    {
        let mut history = world(&[("c1", &[one, two]), ("c2", &[two, one])]);
        run(&mut history, Time::from_secs(5));
        let what = format!("one likes {} best, one {}", one.name(), two.name());
        assert_eq!(shows(&history, "c2"), seen(&what)[0], "{what}");
    }
}
