//! How long what stands still, at the settings at which it was measured on real brokers (4.3.1): heartbeats every
//! 3 s, with the consumer protocol every 5 s, sessions of 6 s, Kafka's defaults else. Nothing here is a number of
//! the engine's: it all follows from who beats when.

use kafka_lanes_core::spec::{
    Assignment, Assignor, Assignors, ConsumerSpec, GroupSpec, ProducerSpec, Rate, ServerAssignor, Timing, TopicSpec,
    WorldSpec,
};
use kafka_lanes_core::{Action, Cause, Group, Happening, History, Phase, Rebalance, Span, Time};

use crate::support::{crash, remove, restart, run};

const EAGER: Assignment = Assignment::by(Assignor::RoundRobin);
const COOPERATIVE: Assignment = Assignment::by(Assignor::CooperativeSticky);
const CONSUMER: Assignment = Assignment::ByBroker(ServerAssignor::Uniform);
const ALL: [Assignment; 3] = [EAGER, COOPERATIVE, CONSUMER];

/// Twelve lanes, read by a group of three.
fn world(assignment: Assignment) -> WorldSpec {
    let orders = || vec![String::from("orders")];
    let consumer = |n| ConsumerSpec { name: format!("c{n}"), ..ConsumerSpec::default() };
    WorldSpec {
        topics: vec![TopicSpec::new("orders", 12)],
        producers: vec![ProducerSpec { rate: Rate::per_second(40), ..ProducerSpec::new("Shop", orders()) }],
        groups: vec![GroupSpec {
            assignment,
            processing: Span::from_millis(1),
            consumers: (1..=3).map(consumer).collect(),
            ..GroupSpec::new("g", orders())
        }],
        timing: Timing { session: Span::from_secs(6), consumer_session: Span::from_secs(6), ..Timing::kafka() },
        ..WorldSpec::default()
    }
}

/// The same with static members.
fn fixed(assignment: Assignment) -> WorldSpec {
    let mut spec = world(assignment);
    spec.groups[0].consumers.iter_mut().for_each(|c| c.instance = Some(format!("i-{}", c.name)));
    spec
}

fn begin(spec: WorldSpec, seed: u64) -> History {
    History::new(spec, seed).expect("a world within the limits")
}

fn act(history: &mut History, at: u64, action: Action) {
    run(history, Time::from_millis(at));
    history.act(action).expect("possible");
}

fn group(history: &History) -> &Group {
    history.world().groups().next().map(|(_, g)| g).expect("the only group")
}

/// The rebalances that began at `from` ms or later.
fn since(history: &History, from: u64) -> Vec<Rebalance> {
    let all = history.world().journal().rebalances.iter();
    all.filter(|r| r.started >= Time::from_millis(from)).map(|r| Rebalance::clone(r)).collect()
}

/// The only one of them, which is over.
fn only(history: &History, from: u64) -> Rebalance {
    let mut found = since(history, from);
    assert_eq!(found.len(), 1, "{found:?}");
    let rebalance = found.remove(0);
    assert!(rebalance.ended.is_some(), "{rebalance:?}");
    rebalance
}

/// How long the lanes that moved stood still, and how long the others did, at the most.
fn stood(rebalance: &Rebalance) -> (Vec<Span>, Span) {
    let moved = rebalance.moved.iter().filter_map(|change| rebalance.stood.get(&change.partition)).copied().collect();
    let stays = |at| rebalance.moved.iter().all(|change| change.partition != at);
    let others = rebalance.stood.iter().filter(|(at, _)| stays(**at)).map(|(_, span)| *span).max();
    (moved, others.unwrap_or_default())
}

#[track_caller]
fn within(what: Span, from: u64, to: u64) {
    assert!(what >= Span::from_millis(from) && what <= Span::from_millis(to), "{what} is not {from} to {to} ms");
}

fn join() -> Action {
    Action::AddConsumer { group: "g".into(), name: Some("c4".into()) }
}

fn back_after(millis: u64) -> Action {
    restart("c2", Span::from_millis(millis), Assignors::default())
}

fn hang(name: &str, secs: u64) -> Action {
    Action::PauseConsumer { group: "g".into(), name: name.into(), span: Span::from_secs(secs), process: false }
}

/// Moments in all phases between heartbeats.
fn moments() -> impl Iterator<Item = (u64, u64)> {
    (0..12).map(|n| (n, 30_000 + n * 417))
}

#[test]
fn a_fourth_joins() {
    for (seed, at) in moments() {
        for assignment in ALL {
            let mut history = begin(world(assignment), seed);
            act(&mut history, at, join());
            run(&mut history, Time::from_millis(at + 15_000));
            let rebalance = only(&history, at);
            let (moved, others) = stood(&rebalance);
            match assignment {
                EAGER => {
                    // All members beat together, so all stop together, for the time of a round.
                    assert!(rebalance.stood.values().all(|span| *span <= Span::from_millis(100)), "{rebalance:?}");
                    within(rebalance.paused["c4"], 0, 3_150);
                    assert_eq!(rebalance.generation, 2);
                }
                COOPERATIVE => {
                    // Who loses joins again at once; the others hear of that round a whole interval later.
                    assert_eq!(moved.len(), 3);
                    moved.iter().for_each(|span| within(*span, 2_950, 3_200));
                    assert_eq!(others, Span::ZERO);
                    assert_eq!(rebalance.generation, 3, "two rounds");
                }
                _ => {
                    // A donor lets go at its heartbeat, the newcomer takes at its own next one.
                    assert_eq!(moved.len(), 3);
                    moved.iter().for_each(|span| within(*span, 0, 5_100));
                    assert_eq!(others, Span::ZERO);
                    assert!(rebalance.paused["c4"] > Span::from_millis(4_900), "{rebalance:?}");
                }
            }
        }
    }
}

#[test]
fn one_leaves_in_good_order() {
    for (seed, at) in moments() {
        for assignment in ALL {
            let mut history = begin(world(assignment), seed);
            act(&mut history, at, remove("c2"));
            run(&mut history, Time::from_millis(at + 15_000));
            let rebalance = only(&history, at);
            let own = |at| rebalance.moved.iter().any(|c| c.partition == at && c.from.as_deref() == Some("c2"));
            for (partition, span) in rebalance.stood.iter() {
                match (assignment, own(*partition)) {
                    (CONSUMER, _) => within(*span, 0, 5_100),
                    (_, true) => within(*span, 0, 3_100),
                    (_, false) => within(*span, 0, 100),
                }
            }
            let theirs = rebalance.moved.iter().filter(|change| change.from.as_deref() == Some("c2")).count();
            assert_eq!(theirs, 4);
            if assignment != EAGER {
                assert_eq!(rebalance.stood.len(), 4, "nobody else's lane stood still");
            }
        }
    }
}

/// A session from the last heartbeat, then the survivors' next one. The ranges were measured about a second after
/// a heartbeat: so here.
#[test]
fn one_is_killed() {
    for n in 0..6 {
        for assignment in ALL {
            let mut history = begin(world(assignment), n);
            // Classic members beat at 33.1 s or so, those of the consumer protocol at 35.1 s.
            let at = if assignment == CONSUMER { 35_800 } else { 34_300 } + n * 100;
            act(&mut history, at, crash("c2"));
            run(&mut history, Time::from_millis(at + 15_000));
            let rebalance = only(&history, at);
            assert_eq!(rebalance.cause, Cause::SessionEnded("c2".into()));
            let own = rebalance.moved.iter().filter(|change| change.from.as_deref() == Some("c2"));
            for change in own {
                let span = rebalance.stood[&change.partition];
                if assignment == CONSUMER { within(span, 8_300, 9_500) } else { within(span, 4_300, 8_000) }
            }
        }
    }
}

/// Whenever it dies: not before its session ends, and a heartbeat after that at the latest.
#[test]
fn one_is_killed_at_any_moment() {
    for (seed, at) in moments() {
        for assignment in ALL {
            let mut history = begin(world(assignment), seed);
            act(&mut history, at, crash("c2"));
            run(&mut history, Time::from_millis(at + 15_000));
            let rebalance = only(&history, at);
            for change in rebalance.moved.iter().filter(|change| change.from.as_deref() == Some("c2")) {
                let span = rebalance.stood[&change.partition];
                if assignment == CONSUMER { within(span, 1_000, 11_100) } else { within(span, 3_000, 9_150) }
            }
        }
    }
}

/// Eager: all wait for the one that is busy. Cooperative: the round waits, and everybody reads on. Consumer: only
/// what the busy one is to give up waits.
#[test]
fn one_joins_while_another_is_busy_for_five_seconds() {
    for seed in 0..6 {
        for assignment in ALL {
            let mut history = begin(world(assignment), seed);
            // The heartbeat at about 33.1 s tells the others of the round.
            let busy = if assignment == CONSUMER { 36_000 } else { 31_300 } + seed * 100;
            let joins = if assignment == CONSUMER { busy - 500 } else { busy + 300 };
            act(&mut history, joins.min(busy), if joins < busy { join() } else { hang("c1", 5) });
            act(&mut history, joins.max(busy), if joins < busy { hang("c1", 5) } else { join() });
            run(&mut history, Time::from_millis(busy + 25_000));
            let rebalance = only(&history, joins.min(busy));
            let (moved, others) = stood(&rebalance);
            match assignment {
                EAGER => {
                    assert!(rebalance.paused["c1"] < Span::from_millis(50));
                    ["c2", "c3"].iter().for_each(|name| within(rebalance.paused[*name], 3_050, 3_950));
                }
                COOPERATIVE => {
                    moved.iter().for_each(|span| within(*span, 2_950, 3_200));
                    assert_eq!(others, Span::ZERO);
                    let ended = rebalance.ended.expect("it is over").since(Time::from_millis(busy));
                    within(ended, 5_000 + 2_950, 5_000 + 3_200);
                }
                _ => {
                    assert_eq!(others, Span::ZERO);
                    moved.iter().for_each(|span| within(*span, 0, 5_100));
                    let of_busy = rebalance.moved.iter().find(|change| change.from.as_deref() == Some("c1"));
                    let change = of_busy.expect("it gives one up");
                    within(rebalance.stood[&change.partition], 4_300, 4_700);
                }
            }
        }
    }
}

/// While its session lasts, that is, and closing does not begin that anew: with the consumer protocol, whose
/// members beat every 5 s, a session of 6 s is short.
#[test]
fn a_static_member_is_back_after_two_seconds() {
    for (seed, at) in moments() {
        for assignment in ALL {
            let at = if assignment == CONSUMER { 30_300 + seed * 300 } else { at };
            let mut history = begin(fixed(assignment), seed);
            act(&mut history, at, back_after(2_000));
            run(&mut history, Time::from_millis(at + 15_000));
            assert_eq!(since(&history, at), [], "no round");
            let returned = Happening::Returned { group: "g".into(), member: "c2".into() };
            assert!(history.world().journal().entries.iter().any(|entry| entry.what == returned));
            let member = group(&history).members.values().find(|m| &*m.name == "c2").expect("it is back");
            assert_eq!(member.cursors.len(), 4);
            for partition in member.cursors.keys() {
                within(group(&history).stood[partition], 2_000, 2_350);
            }
        }
    }
}

#[test]
fn a_static_member_that_was_killed_is_back_after_two_seconds() {
    for seed in 0..6 {
        for assignment in ALL {
            let mut history = begin(fixed(assignment), seed);
            let at = if assignment == CONSUMER { 35_800 } else { 33_600 } + seed * 100;
            act(&mut history, at, crash("c2"));
            act(&mut history, at, back_after(2_000));
            run(&mut history, Time::from_millis(at + 15_000));
            if assignment != CONSUMER {
                assert_eq!(since(&history, at), [], "no round");
                let back = group(&history).members.values().find(|m| &*m.name == "c2").expect("it is back");
                back.cursors.keys().for_each(|partition| within(group(&history).stood[partition], 2_000, 2_350));
                continue;
            }
            // UNRELEASED_INSTANCE_ID: the new one ends, and the old one's lanes wait for the end of its session.
            let refused = Happening::InstanceIdTaken { group: "g".into(), member: "c2".into(), by: "c2".into() };
            assert!(history.world().journal().entries.iter().any(|entry| entry.what == refused));
            let rebalance = only(&history, at);
            for change in rebalance.moved.iter().filter(|change| change.from.as_deref() == Some("c2")) {
                within(rebalance.stood[&change.partition], 8_300, 9_500);
            }
            assert_eq!(group(&history).members.len(), 2);
        }
    }
}

/// After a round all heartbeats fall into step. Where none follows a return, the first to hear of the next round
/// stands until the last does; after that round all are in step again.
#[test]
fn heartbeats_fall_into_step_after_a_round() {
    for seed in 0..6 {
        let mut history = begin(fixed(EAGER), seed);
        act(&mut history, 34_000, back_after(1_000));
        act(&mut history, 42_500, join());
        run(&mut history, Time::from_secs(50));
        let longest = |rebalance: &Rebalance| rebalance.stood.values().copied().max().unwrap_or_default();
        within(longest(&only(&history, 42_500)), 900, 2_100);
        act(&mut history, 50_000, remove("c4"));
        run(&mut history, Time::from_secs(56));
        let next = only(&history, 50_000);
        let stayed = next.paused.iter().filter(|(name, _)| &***name != "c4");
        stayed.for_each(|(_, span)| within(*span, 0, 100));
    }
}

/// Past `max.poll.interval.ms` the classic client leaves at once, that of the consumer protocol when its next
/// heartbeat is due. It learns of it at its next poll, and joins again.
#[test]
fn one_does_not_poll_for_too_long() {
    for assignment in ALL {
        let mut spec = world(assignment);
        spec.timing.max_poll_interval = Span::from_secs(6);
        let mut history = begin(spec, 1);
        // 0.6 s after a heartbeat, in the consumer protocol: the beat 9.4 s later is the first past the limit.
        let at = 35_750;
        act(&mut history, at, hang("c2", 15));
        run(&mut history, Time::from_millis(at + 14_000));
        let rebalance = only(&history, at);
        assert_eq!(rebalance.cause, Cause::TooSlow("c2".into()));
        let after = rebalance.started.since(Time::from_millis(at));
        if assignment == CONSUMER {
            within(after, 9_200, 9_500)
        } else {
            within(after, 5_900, 6_150)
        }
        assert_eq!(group(&history).members.len(), 3, "it lives");
        run(&mut history, Time::from_millis(at + 40_000));
        assert_eq!(group(&history).phase, Phase::Stable);
        let member = group(&history).members.values().find(|m| &*m.name == "c2").expect("it lives");
        assert_eq!(member.cursors.len(), 4, "it joined again");
        assert_eq!(since(&history, at)[1].cause, Cause::Joined("c2".into()));
    }
}

/// The first of a group with the consumer protocol holds all at once; three at once settle with their second
/// heartbeats or third.
#[test]
fn an_empty_group_of_the_consumer_protocol_does_not_wait() {
    for seed in 0..6 {
        let mut history = begin(world(CONSUMER), seed);
        run(&mut history, Time::from_millis(300));
        assert_eq!(group(&history).members.values().map(|m| m.cursors.len()).max(), Some(12));
        let mut settled = None;
        for millis in (0..15_000).step_by(50) {
            run(&mut history, Time::from_millis(millis));
            let even = group(&history).members.values().all(|m| m.cursors.len() == 4);
            settled = settled.or((even && group(&history).phase == Phase::Stable).then_some(Span::from_millis(millis)));
        }
        within(settled.expect("it settles"), 5_000, 10_300);
    }
}

/// Classic: when the leader's own metadata are old, whatever the others know. Consumer: the broker sees it itself.
#[test]
fn added_partitions_are_seen_by_the_leader_or_by_the_broker() {
    for assignment in ALL {
        let mut spec = world(assignment);
        spec.timing.metadata_max_age = Span::from_secs(20);
        let mut history = begin(spec, 1);
        act(&mut history, 25_000, Action::SetPartitions { topic: "orders".into(), partitions: 15 });
        run(&mut history, Time::from_secs(60));
        let rebalance = only(&history, 25_000);
        assert!(matches!(rebalance.cause, Cause::Partitions(_)));
        let seen = rebalance.started.since(Time::from_secs(25));
        if assignment == CONSUMER {
            within(seen, 0, 5_050)
        } else {
            within(seen, 15_000, 15_050)
        }
        assert_eq!(group(&history).members.values().map(|m| m.cursors.len()).sum::<usize>(), 15);
    }
}

/// Cooperative members commit before a round and not when they let go: what they read of a lane in between is read
/// again by the next. Eager ones stop reading, and those of the consumer protocol commit.
#[test]
fn a_cooperative_move_brings_duplicates() {
    for assignment in ALL {
        let mut spec = world(assignment);
        spec.producers[0].rate = Rate::per_second(400);
        // Another one's poll holds the round up: meanwhile all read on.
        let mut history = begin(spec, 1);
        act(&mut history, 31_800, hang("c1", 3));
        act(&mut history, 32_000, join());
        run(&mut history, Time::from_secs(60));
        assert_eq!(group(&history).phase, Phase::Stable);
        let again: u64 = group(&history).delivery.values().map(|delivery| delivery.again.count).sum();
        assert_eq!(again > 0, assignment == COOPERATIVE, "{assignment:?}: {again} twice");
        assert_eq!(group(&history).delivery.values().map(|d| d.passed.count).sum::<u64>(), 0);
    }
}

/// Two live members with one `group.instance.id`: the classic coordinator fences the older, the consumer
/// protocol's refuses the newer.
#[test]
fn of_two_with_one_instance_id_one_ends() {
    for assignment in ALL {
        let mut history = begin(fixed(assignment), 1);
        let consumer = ConsumerSpec { name: "twin".into(), instance: Some("i-c2".into()), ..ConsumerSpec::default() };
        act(&mut history, 30_000, Action::StartConsumer { group: "g".into(), consumer });
        run(&mut history, Time::from_secs(45));
        let names: Vec<&str> = group(&history).members.values().map(|m| &*m.name).collect();
        assert_eq!(names, if assignment == CONSUMER { ["c1", "c2", "c3"] } else { ["c1", "c3", "twin"] });
        assert_eq!(since(&history, 30_000), [], "no round");
        assert!(group(&history).members.values().all(|m| m.cursors.len() == 4));
    }
}
