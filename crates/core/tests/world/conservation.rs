//! Nothing comes from nowhere and nothing is lost.

use std::collections::BTreeMap;

use kafka_lanes_core::spec::{Timing, WorldSpec};
use kafka_lanes_core::{GroupId, History, InHand, MemberId, Time, TopicPartition};
use proptest::prelude::*;

use crate::support::{Op, article, begin, cases, coming_and_going, members, play, run, timed, timings};

/// Every record that a group has processed, in the order in which it was done, by partition.
type Done = BTreeMap<(GroupId, TopicPartition), Vec<u64>>;

/// Moves on event by event to `to` and notes each record that a member is done with.
fn watch(history: &mut History, to: Time, done: &mut Done) {
    while history.world().now() < to || history.world().next_event_at().is_some_and(|at| at <= to) {
        let before: BTreeMap<(GroupId, MemberId), (u64, Option<InHand>)> =
            members(history.world()).map(|(g, id, m)| ((g, id), (m.processed, m.in_hand))).collect();
        history.advance(to, 1);
        for (group, id, member) in members(history.world()) {
            let Some((processed, Some(hand))) = before.get(&(group, id)) else { continue };
            if member.processed > *processed {
                assert_eq!(member.processed, processed + 1);
                done.entry((group, hand.from)).or_default().push(hand.offset);
            }
        }
    }
}

fn in_order_once(done: &Done) -> Result<(), TestCaseError> {
    for ((group, partition), offsets) in done {
        let expected: Vec<u64> = (0..offsets.len() as u64).collect();
        prop_assert_eq!(offsets, &expected, "{:?} {:?}", group, partition);
    }
    Ok(())
}

fn adds_up(history: &History) -> Result<(), TestCaseError> {
    let world = history.world();
    let sent: u64 = world.producers().map(|(_, p)| p.sent).sum();
    let acked: u64 = world.producers().map(|(_, p)| p.acked).sum();
    let appended: u64 = world.partitions().map(|(_, log)| log.end()).sum();
    let held_back: u64 = world.producers().map(|(_, p)| p.held_back()).sum();
    let waiting: u64 = world.waiting_requests().flat_map(|request| request.batches.iter()).map(|b| b.len()).sum();
    prop_assert_eq!(sent, held_back + world.records_under_way() + waiting + appended);
    prop_assert!(acked <= appended);
    for (id, group) in world.groups() {
        for (partition, log) in world.partitions() {
            let committed = group.committed.get(&partition).copied().unwrap_or(0);
            prop_assert!(committed <= log.high_watermark());
            let readers: Vec<_> =
                group.members.values().filter_map(|m| Some((m, m.cursors.get(&partition)?))).collect();
            prop_assert!(readers.len() <= 1, "{:?} has two readers of {:?}", id, partition);
            for (member, cursor) in readers {
                prop_assert!(committed <= cursor.processed, "{:?}: committed is not done", partition);
                prop_assert!(cursor.processed <= cursor.position);
                prop_assert!(cursor.position <= log.high_watermark());
                if let Some(hand) = member.in_hand.filter(|hand| hand.from == partition) {
                    prop_assert_eq!(hand.offset, cursor.processed);
                }
            }
        }
    }
    for response in world.fetch_responses() {
        for flying in &response.runs {
            prop_assert!(!flying.is_empty());
            prop_assert!(world.log(flying.from).is_some_and(|log| flying.end <= log.end()));
        }
    }
    Ok(())
}

/// Consumers that are never too slow for `max.poll.interval.ms`, and topics that keep everything.
fn calm(timing: Timing) -> WorldSpec {
    WorldSpec { timing, ..article() }
}

#[test]
fn each_group_reads_every_record() {
    let mut history = begin(article());
    let mut done = Done::new();
    watch(&mut history, Time::from_secs(30), &mut done);
    in_order_once(&done).unwrap();
    // Three groups on three lanes, and about 80 records.
    assert_eq!(done.len(), 9);
    for group in history.world().groups().map(|(id, _)| id) {
        let read: usize = done.iter().filter(|((g, _), _)| *g == group).map(|(_, offsets)| offsets.len()).sum();
        assert!(read > 60, "{read}");
    }
}

#[test]
fn records_of_a_partition_have_dense_offsets_and_carry_on_after_retention() {
    let mut spec = article();
    spec.topics[0].retention_bytes = 2_000;
    spec.topics[0].segment_bytes = 500;
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(60));
    for (_, log) in history.world().partitions() {
        assert!(log.start() > 0 && log.end() > log.start());
        assert!((log.start()..log.end()).all(|offset| log.record(offset).is_some()));
        assert_eq!(log.record(log.start() - 1), None);
        assert_eq!(log.record(log.end()), None);
    }
}

proptest! {
    #![proptest_config(cases(24))]

    /// Members come, leave in good order, and the topic grows: still once each, in order.
    #[test]
    fn once_and_in_order_while_nobody_crashes(
        timing in timings(),
        ops in timed(coming_and_going(), 15, 8),
    ) {
        let mut history = begin(calm(timing));
        let mut done = Done::new();
        for (at, op) in ops {
            watch(&mut history, at, &mut done);
            if let Some(action) = op.action(history.world()).filter(|_| !matches!(op, Op::Crash(_))) {
                let _ = history.act(action);
            }
        }
        watch(&mut history, Time::from_secs(20), &mut done);
        in_order_once(&done)?;
        adds_up(&history)?;
    }
}

proptest! {
    #![proptest_config(cases(96))]

    /// Whatever happens, sent = under way + appended, and nothing is committed that is not done.
    #[test]
    fn it_adds_up(timing in timings(), ops in timed(coming_and_going(), 20, 20), more in 0u64..5_000) {
        let mut history = begin(calm(timing));
        play(&mut history, &ops);
        adds_up(&history)?;
        let now = history.world().now();
        run(&mut history, Time(now.0 + more * 1_000));
        adds_up(&history)?;
    }
}
