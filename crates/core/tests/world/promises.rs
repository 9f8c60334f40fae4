//! What groups promise, in random worlds, whatever people do to them.

use std::collections::BTreeMap;

use kafka_lanes_core::assignor::choose;
use kafka_lanes_core::spec::{
    Assignment, Assignors, Commit, ConsumerSpec, GroupSpec, OffsetReset, ProducerSpec, Rate, Timing, TopicSpec,
    WorldSpec,
};
use kafka_lanes_core::{Action, GroupId, History, Member, MemberId, Standing, Status, Time, TopicPartition, World};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{Op, assignments, cases, coming_and_going, members, own_assignors, run, stopping, timed, timings};

fn consumer(n: usize) -> impl Strategy<Value = ConsumerSpec> {
    let topics = select(vec![vec![], vec![], vec!["a".into()], vec!["b".into()], vec!["a".into(), "b".into()]]);
    (topics, prop::option::weighted(0.3, 0..4), own_assignors()).prop_map(move |(topics, instance, assignors)| {
        ConsumerSpec {
            name: format!("c{n}"),
            instance: instance.map(|n: i32| format!("i{n}")),
            topics,
            assignors,
            ..ConsumerSpec::default()
        }
    })
}

fn group(n: usize) -> impl Strategy<Value = GroupSpec> {
    let consumers = (0..5_usize).prop_flat_map(|count| (0..count).map(consumer).collect::<Vec<_>>());
    let topics = select(vec![vec!["a".into()], vec!["b".into()], vec!["a".into(), "b".into()]]);
    let commit = select(vec![Commit::Auto, Commit::After, Commit::Before]);
    let reset = select(vec![OffsetReset::Earliest, OffsetReset::Earliest, OffsetReset::Latest]);
    (consumers, topics, assignments(), commit, reset, 1..400_u64).prop_map(
        move |(consumers, topics, assignment, commit, reset, millis)| GroupSpec {
            assignment,
            commit,
            reset,
            processing: kafka_lanes_core::Span::from_millis(millis),
            consumers,
            ..GroupSpec::new(format!("g{n}"), topics)
        },
    )
}

/// Two topics, two groups of any protocol, members with subscriptions and instance ids of their own.
fn worlds() -> impl Strategy<Value = WorldSpec> {
    let topics = (1..5_u32, 1..5_u32).prop_map(|(a, b)| vec![TopicSpec::new("a", a), TopicSpec::new("b", b)]);
    (topics, (group(0), group(1)), timings(), 1..20_u64).prop_map(|(topics, groups, timing, rate)| WorldSpec {
        topics,
        producers: vec![ProducerSpec {
            rate: Rate::per_second(rate),
            ..ProducerSpec::new("Shop", vec!["a".into(), "b".into()])
        }],
        groups: vec![groups.0, groups.1],
        // Who waits for each commit must keep up all the same.
        timing: Timing { max_poll_records: 20, ..timing },
        ..WorldSpec::default()
    })
}

/// Members come, go, die, stand still and start again; topics grow.
fn anything() -> impl Strategy<Value = Op> {
    prop_oneof![2 => coming_and_going(), 1 => stopping()]
}

/// Where each consumer reads, and what it has in its hands: what was seen last of each assignment.
#[derive(Default)]
struct Seen {
    cursors: BTreeMap<(GroupId, MemberId, TopicPartition), u64>,
    in_hand: BTreeMap<(GroupId, MemberId, TopicPartition), u64>,
}

impl Seen {
    fn keeps(&mut self, world: &World) -> Result<(), TestCaseError> {
        for (id, group) in world.groups() {
            for (partition, log) in world.partitions() {
                prop_assert!(group.holders(partition).count() <= 1, "{} {partition:?}", group.name);
                let owns = |m: &&Member| m.cursors.contains_key(&partition) && group.standing_of(m) != Standing::PutOut;
                prop_assert!(group.members.values().filter(owns).count() <= 1, "{} {partition:?}", group.name);
                let committed = group.committed.get(&partition).copied().unwrap_or_default();
                prop_assert!(committed <= log.end(), "{} committed {committed} of {}", group.name, log.end());
            }
            for (member, m) in group.members.iter() {
                self.reads_in_order((id, *member), m)?;
                for partition in m.cursors.keys() {
                    prop_assert!(group.topics_of(m).contains(&partition.topic), "{} reads {partition:?}", m.name);
                }
            }
        }
        let owns = |(group, member, partition): &(GroupId, MemberId, TopicPartition)| {
            let group = world.group(*group)?;
            group.members.get(member)?.cursors.get(partition)
        };
        self.cursors.retain(|key, _| owns(key).is_some());
        self.in_hand.retain(|key, _| owns(key).is_some());
        Ok(())
    }

    fn reads_in_order(
        &mut self,
        (group, member): (GroupId, MemberId),
        m: &kafka_lanes_core::Member,
    ) -> Result<(), TestCaseError> {
        for (partition, cursor) in m.cursors.iter() {
            let last = self.cursors.insert((group, member, *partition), cursor.processed);
            prop_assert!(last.is_none_or(|last| cursor.processed >= last), "{} went back", m.name);
            prop_assert!(cursor.position >= cursor.processed);
        }
        let Some(hand) = m.in_hand.filter(|hand| m.cursors.contains_key(&hand.from)) else { return Ok(()) };
        let last = self.in_hand.insert((group, member, hand.from), hand.offset);
        prop_assert!(last.is_none_or(|last| hand.offset >= last), "{}: {} after {last:?}", m.name, hand.offset);
        Ok(())
    }
}

/// Moves on to `to`, an event at a time.
fn watch(history: &mut History, to: Time, seen: &mut Seen) -> Result<(), TestCaseError> {
    while history.world().now() < to || history.world().next_event_at().is_some_and(|at| at <= to) {
        history.advance(to, 1);
        seen.keeps(history.world())?;
    }
    Ok(())
}

/// Each lane that somebody alive subscribes to has its reader, who has read and committed all there is.
fn settled(world: &World) -> Result<(), TestCaseError> {
    for (_, group) in world.groups() {
        prop_assert!(group.phase.is_settled(), "{} is {:?}", group.name, group.phase);
        let ended = |m: &kafka_lanes_core::Member| matches!(m.status, Status::Refused { .. });
        let (refused, there): (Vec<_>, Vec<_>) = group.members.values().partition(|m| ended(m));
        prop_assert!(there.iter().all(|m| m.status == Status::Stable), "{:?}", group.members);
        let works = |m: &&&Member| matches!(group.standing_of(m), Standing::As(_) | Standing::Idle);
        prop_assert_eq!(there.iter().filter(works).count(), there.len(), "{:?}", group.members);
        let without = there.iter().filter(|m| m.cursors.is_empty()).count();
        prop_assert_eq!(there.iter().filter(|m| group.is_idle(m)).count(), without, "{:?}", group.members);
        prop_assert!(refused.is_empty() || !there.is_empty(), "an empty group takes anybody");
        if let Assignment::By(_) = group.assignment {
            let lists: Vec<Assignors> = there.iter().map(|m| group.assignors_of(m)).collect();
            prop_assert_eq!(group.chosen, choose(&lists), "{:?}", lists);
        }
        for (partition, log) in world.partitions() {
            let wanted = there.iter().any(|m| group.topics_of(m).contains(&partition.topic));
            let readers = group.members.values().filter(|m| m.cursors.contains_key(&partition)).count();
            prop_assert_eq!(readers, usize::from(wanted), "{:?} of {:?}", partition, group);
            if wanted && log.end() > 0 && group.reset == OffsetReset::Earliest {
                prop_assert_eq!(group.lag(partition, log.high_watermark()), Some(0), "{:?} of {:?}", partition, group);
            }
        }
    }
    let running = world.journal().rebalances.iter().find(|rebalance| rebalance.ended.is_none());
    prop_assert!(running.is_none(), "{running:?}");
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn groups_keep_what_they_promise(spec in worlds(), ops in timed(anything(), 20, 24)) {
        let mut history = History::new(spec, 1).expect("a world within the limits");
        let mut seen = Seen::default();
        for (at, op) in ops {
            watch(&mut history, at, &mut seen)?;
            if let Some(action) = op.action(history.world()) {
                let _ = history.act(action);
                seen.keeps(history.world())?;
            }
        }
        // The producer stops, and every consumer can keep up.
        history.act(Action::RemoveProducer { name: "Shop".into() }).expect("it is there");
        for name in ["g0", "g1"] {
            let processing = kafka_lanes_core::Span::from_millis(1);
            let _ = history.act(Action::SetProcessing { group: name.into(), consumer: None, processing });
        }
        let now = history.world().now();
        // A last round: a static leader that came back does not see what was added while it was away.
        run(&mut history, now + kafka_lanes_core::Span::from_secs(10));
        for name in ["g0", "g1"] {
            let _ = history.act(Action::AddConsumer { group: name.into(), name: None });
        }
        let now = history.world().now();
        watch(&mut history, now + kafka_lanes_core::Span::from_secs(3), &mut Seen::default())?;
        run(&mut history, now + kafka_lanes_core::Span::from_secs(90));
        settled(history.world())?;
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn a_replay_and_a_seek_find_the_same_worlds(
        spec in worlds(),
        ops in timed(anything(), 20, 16),
        middle in 0..20_000_u64,
    ) {
        let mut history = History::new(spec.clone(), 7).expect("a world within the limits");
        crate::support::play(&mut history, &ops);
        run(&mut history, Time::from_secs(25));
        let end = history.world().digest();
        let mut again = History::new(spec, 7).expect("a world within the limits");
        for (at, action) in history.actions() {
            run(&mut again, *at);
            again.act(action.clone()).expect("it was possible before");
        }
        run(&mut again, Time::from_secs(25));
        prop_assert_eq!(again.world().digest(), end);
        again.seek(Time::from_millis(middle));
        again.seek(Time::from_secs(25));
        prop_assert_eq!(again.world().digest(), end);
        prop_assert!(members(again.world()).count() < 100);
    }
}

proptest! {
    #![proptest_config(cases(25))]

    /// A hundred thousand actions in all, one every 15 ms, whatever state they find a group in.
    #[test]
    fn storms_of_actions_break_no_promise(
        spec in worlds(),
        ops in prop::collection::vec(anything(), 4_000),
    ) {
        let mut history = History::new(spec, 1).expect("a world within the limits");
        for (n, op) in (0..).zip(&ops) {
            run(&mut history, Time::from_millis(n * 15));
            // Topics that grow without end would only make it slow.
            let grown = matches!(op, Op::Partitions(_)) && history.world().partitions().count() > 12;
            if let Some(action) = op.action(history.world()).filter(|_| !grown) {
                let _ = history.act(action);
            }
            // Each moment by itself: what changed between two is looked at elsewhere.
            Seen::default().keeps(history.world())?;
        }
        prop_assert!(members(history.world()).count() < 2 * kafka_lanes_core::limits::MAX_MEMBERS);
    }
}
