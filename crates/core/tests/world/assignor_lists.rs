//! Groups whose members have several assignors each, and not all the same: what their coordinator chooses, whom it
//! refuses, and how a group comes from one assignor to another without standing still.

use kafka_lanes_core::spec::{Assignment, Assignor, Assignors, ConsumerSpec};
use kafka_lanes_core::{Action, Cause, Group, Happening, History, Span, Status, Time, World};

use crate::support::{article, begin, group, run};

use Assignor::{CooperativeSticky, Range, RoundRobin, Sticky};

pub(crate) const GROUP: &str = "billing";

pub(crate) fn all(assignors: &[Assignor]) -> Assignors {
    assignors.iter().copied().collect()
}

/// A group of these consumers, with assignors of their own; the group has range.
pub(crate) fn world(consumers: &[(&str, &[Assignor])]) -> History {
    let mut spec = article();
    let mut billing = group(GROUP, &[]);
    billing.assignment = Assignment::by(Range);
    let consumer = |(name, own): &(&str, &[Assignor])| ConsumerSpec {
        name: (*name).into(),
        assignors: all(own),
        ..Default::default()
    };
    billing.consumers = consumers.iter().map(consumer).collect();
    spec.groups = vec![billing];
    begin(spec)
}

pub(crate) fn billing(world: &World) -> &Group {
    world.groups().find(|(_, g)| &*g.name == GROUP).map(|(_, g)| g).expect("it is there")
}

pub(crate) fn at(history: &mut History, millis: u64, action: Action) {
    run(history, Time::from_millis(millis));
    history.act(action).expect("possible");
}

pub(crate) fn join(name: &str, own: &[Assignor], instance: Option<&str>) -> Action {
    let (name, instance) = (name.into(), instance.map(String::from));
    let consumer = ConsumerSpec { name, instance, assignors: all(own), ..ConsumerSpec::default() };
    Action::StartConsumer { group: GROUP.into(), consumer }
}

pub(crate) fn bounce(name: &str, own: &[Assignor]) -> Action {
    Action::RestartConsumer {
        group: GROUP.into(),
        name: name.into(),
        after: Span::from_millis(500),
        assignors: all(own),
    }
}

pub(crate) fn refused(history: &History) -> Vec<String> {
    let members = billing(history.world()).members.values();
    members.filter(|m| matches!(m.status, Status::Refused { .. })).map(|m| m.name.to_string()).collect()
}

/// How many partitions each member reads that is there and runs.
pub(crate) fn shares(history: &History) -> Vec<usize> {
    let members = billing(history.world()).members.values();
    members.filter(|m| m.status == Status::Stable).map(|m| m.cursors.len()).collect()
}

pub(crate) fn rounds(history: &History) -> usize {
    history.world().journal().rebalances.len()
}

#[test]
fn who_has_no_assignor_in_common_with_the_others_is_refused_and_ends() {
    let mut history = world(&[("c1", &[])]);
    at(&mut history, 5_000, join("c2", &[Sticky, CooperativeSticky], None));
    let before = rounds(&history);
    run(&mut history, Time::from_secs(10));
    assert_eq!((refused(&history), shares(&history)), (vec!["c2".to_string()], vec![3]));
    // It was never in the group: the other reads on, and nothing was shared anew.
    assert_eq!(rounds(&history), before);
    let told = Happening::NoCommonAssignor {
        group: GROUP.into(),
        member: "c2".into(),
        assignors: all(&[Sticky, CooperativeSticky]),
    };
    assert!(history.world().journal().entries.iter().any(|entry| entry.what == told));
    // One of the two in common is enough.
    at(&mut history, 10_000, bounce("c2", &[CooperativeSticky, Range]));
    run(&mut history, Time::from_secs(15));
    assert_eq!((refused(&history), shares(&history)), (vec![], vec![2, 1]));
    assert_eq!(billing(history.world()).chosen, Some(Range));
}

#[test]
fn of_two_that_start_together_the_first_to_join_decides_whom_the_group_takes() {
    let mut history = world(&[("c1", &[Sticky]), ("c2", &[RoundRobin])]);
    run(&mut history, Time::from_secs(5));
    assert_eq!((refused(&history), shares(&history)), (vec!["c2".to_string()], vec![3]));
    assert_eq!(billing(history.world()).chosen, Some(Sticky));
    // When nobody is left, anybody may come.
    let leave = |name: &str| Action::RemoveConsumer { group: GROUP.into(), name: name.into() };
    at(&mut history, 5_000, leave("c1"));
    at(&mut history, 6_000, bounce("c2", &[]));
    run(&mut history, Time::from_secs(10));
    assert_eq!((refused(&history), shares(&history)), (vec![], vec![3]));
    assert_eq!(billing(history.world()).chosen, Some(RoundRobin));
    at(&mut history, 11_000, leave("c2"));
    run(&mut history, Time::from_secs(12));
    assert_eq!(billing(history.world()).chosen, None, "an empty group has none");
}

/// It had an id when it was refused (MEMBER_ID_REQUIRED): the coordinator waits for that to come until a session is over, as
/// a running broker did (`conformance/vectors/broker-strategies.tsv`).
#[test]
fn a_round_waits_for_one_that_was_given_an_id_and_then_refused() {
    let mut history = world(&[("c1", &[Sticky]), ("c2", &[RoundRobin])]);
    at(&mut history, 2_000, join("c3", &[Sticky], None));
    let session = history.world().timing().session;
    assert_eq!(refused(&history), ["c2"]);
    run(&mut history, Time::ZERO + session);
    assert!(!billing(history.world()).phase.is_settled());
    run(&mut history, Time::ZERO + session + Span::from_secs(1));
    assert_eq!((refused(&history), shares(&history)), (vec!["c2".to_string()], vec![2, 1]));
    // Who was refused at its first word has none.
    let mut history = world(&[("c1", &[Sticky])]);
    at(&mut history, 2_000, join("c2", &[RoundRobin], None));
    at(&mut history, 2_500, join("c3", &[Sticky], None));
    run(&mut history, Time::from_secs(4));
    assert_eq!((refused(&history), shares(&history)), (vec!["c2".to_string()], vec![2, 1]));
}

#[test]
fn one_that_was_refused_can_be_taken_away_and_its_name_used_again() {
    let mut history = world(&[("c1", &[])]);
    at(&mut history, 3_000, join("c2", &[Sticky], None));
    run(&mut history, Time::from_secs(4));
    let crash = Action::CrashConsumer { group: GROUP.into(), name: "c2".into() };
    assert!(history.act(crash).is_err(), "it runs no more");
    at(&mut history, 4_000, Action::RemoveConsumer { group: GROUP.into(), name: "c2".into() });
    assert_eq!(billing(history.world()).members.len(), 1);
    at(&mut history, 5_000, join("c2", &[Range], None));
    run(&mut history, Time::from_secs(9));
    assert_eq!((refused(&history), shares(&history)), (vec![], vec![2, 1]));
}

#[test]
fn other_assignors_for_the_whole_group_let_in_who_was_refused() {
    for (assignors, chosen) in [(all(&[Sticky, Range]), Sticky), (CooperativeSticky.into(), CooperativeSticky)] {
        let mut history = world(&[("c1", &[]), ("c2", &[Range, RoundRobin])]);
        // Also where its refusal is still on its way.
        at(&mut history, 3_000, join("c3", &[Sticky], None));
        at(&mut history, 5_000, join("c4", &[Sticky], None));
        at(&mut history, 5_040, Action::SetAssignor { group: GROUP.into(), assignors });
        run(&mut history, Time::from_secs(15));
        assert_eq!(refused(&history), Vec::<String>::new(), "{chosen:?}");
        assert_eq!(shares(&history).len(), 4);
        assert_eq!(billing(history.world()).chosen, Some(chosen));
    }
}

#[test]
fn the_most_votes_win_and_who_comes_and_goes_changes_them() {
    let mut history =
        world(&[("c1", &[Range, RoundRobin]), ("c2", &[RoundRobin, Range]), ("c3", &[RoundRobin, Range])]);
    let chosen = |history: &History| billing(history.world()).chosen;
    run(&mut history, Time::from_secs(3));
    assert_eq!(chosen(&history), Some(RoundRobin));
    at(&mut history, 3_000, join("c4", &[Range, RoundRobin], None));
    run(&mut history, Time::from_secs(7));
    assert_eq!(chosen(&history), Some(Range), "two to two: as Kafka's hash map has it");
    at(&mut history, 7_000, join("c5", &[CooperativeSticky, RoundRobin], None));
    run(&mut history, Time::from_secs(11));
    assert_eq!(chosen(&history), Some(RoundRobin), "the only one that all know");
    assert!(refused(&history).is_empty());
}

/// In a group on its way to the cooperative assignor, an eager member lets go of all before each round; the others
/// keep what they have.
#[test]
fn each_member_is_as_cooperative_as_its_own_list() {
    let mut history = world(&[("c1", &[CooperativeSticky]), ("c2", &[CooperativeSticky, Range])]);
    run(&mut history, Time::from_secs(4));
    let position = |history: &History, name: &str| {
        let member = billing(history.world()).members.values().find(|m| &*m.name == name).expect("it is there").clone();
        member.cursors.len()
    };
    assert_eq!(position(&history, "c1") + position(&history, "c2"), 3);
    at(&mut history, 6_000, join("c3", &[CooperativeSticky], None));
    let (mut least_c1, mut least_c2) = (3, 3);
    for millis in (6_000..9_000).step_by(5) {
        run(&mut history, Time::from_millis(millis));
        least_c1 = least_c1.min(position(&history, "c1"));
        least_c2 = least_c2.min(position(&history, "c2"));
    }
    assert!(least_c1 >= 1, "it keeps what it is not told to give");
    assert_eq!(least_c2, 0, "it gives all away");
    run(&mut history, Time::from_secs(14));
    assert_eq!(shares(&history), [1, 1, 1]);
}

/// A static member that is back within its session takes part in no round, unless the choice is another with it.
#[test]
fn a_static_member_that_comes_back_with_other_assignors_makes_a_round_only_if_the_choice_changes() {
    for (own, more, chosen) in
        [(vec![Range, Sticky], 0, Range), (vec![Sticky, Range], 1, Sticky), (vec![Range], 0, Range)]
    {
        let mut history = world(&[("c1", &[Sticky, Range])]);
        at(&mut history, 2_000, join("c2", &[Range, Sticky], Some("i2")));
        at(&mut history, 4_000, join("c3", &[Range, Sticky], Some("i3")));
        run(&mut history, Time::from_secs(8));
        assert_eq!(billing(history.world()).chosen, Some(Range));
        let before = rounds(&history);
        // Two of three like the other one best, or the same as before.
        let first = if own == [Range] { "c3" } else { "c2" };
        at(&mut history, 8_000, bounce(first, &own));
        run(&mut history, Time::from_secs(13));
        assert_eq!(rounds(&history) - before, more, "{own:?}");
        assert_eq!(billing(history.world()).chosen, Some(chosen), "{own:?}");
        if more > 0 {
            assert_eq!(history.world().journal().rebalances[before].cause, Cause::Assignor);
        }
        assert_eq!(shares(&history), [1, 1, 1]);
    }
}

/// A sticky assignor is told only what it gave itself; what another one gave in between is nothing to it.
#[test]
fn the_sticky_assignor_remembers_across_rounds_of_another() {
    let mut history =
        world(&[("c1", &[Sticky, RoundRobin]), ("c2", &[Sticky, RoundRobin]), ("c3", &[Sticky, RoundRobin])]);
    let owners = |history: &History| -> Vec<String> {
        let group = billing(history.world());
        history.world().partitions().filter_map(|(at, _)| Some(group.reader_of(at)?.1.name.to_string())).collect()
    };
    run(&mut history, Time::from_secs(3));
    assert_eq!(owners(&history), ["c1", "c2", "c3"]);
    at(&mut history, 3_000, Action::SetPartitions { topic: "ORDER_EVENTS".into(), partitions: 6 });
    run(&mut history, Time::from_secs(20));
    let sticky = owners(&history);
    at(&mut history, 20_000, join("c4", &[RoundRobin], None));
    run(&mut history, Time::from_secs(25));
    assert_eq!(billing(history.world()).chosen, Some(RoundRobin));
    assert_ne!(owners(&history), sticky);
    at(&mut history, 25_000, Action::RemoveConsumer { group: GROUP.into(), name: "c4".into() });
    run(&mut history, Time::from_secs(30));
    assert_eq!(billing(history.world()).chosen, Some(Sticky));
    assert_eq!(owners(&history), sticky, "as it gave them five rounds ago");
}
