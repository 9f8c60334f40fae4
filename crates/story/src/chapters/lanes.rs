//! Chapters 4 to 7: streams, topics, lanes, keys.

use super::{Setting, step};
use crate::facts::Facts;
use crate::moment::Moment;
use crate::touch::Touch;
use crate::worlds::{KEYS, ONE_LANE, STREAM, THREE_LANES, TOPICS};

pub(super) const STREAMS: Setting = Setting {
    steps: &[
        step(STREAM, 6, |_, now| now.processed("Counter") > 0),
        step(STREAM, 9, |_, now| now.sent("Visitors") > 0),
        step(STREAM, 14, |before, now| {
            let goes_on = now.processed("Counter") > before.processed("Counter");
            goes_on && now.sent("Visitors") - now.processed("Counter") < 25
        }),
        step(STREAM, 24, |before, now| now.sent("Visitors") > before.sent("Visitors") && keeps_close(now)),
    ],
    asked_at: 2,
    shown: Moment::at(STREAM, 24),
    came_true: [
        |before, after| after.processed("Counter") >= before.processed("Counter") + 40 && keeps_close(after),
        |before, after| after.processed("Counter") == before.processed("Counter"),
        |before, after| after.sent("Visitors") == before.sent("Visitors"),
    ],
};

pub(super) const TOPIC: Setting = Setting {
    steps: &[
        step(TOPICS, 6, |_, now| now.0.topics().count() == 2),
        step(TOPICS, 10, |_, now| {
            let own = |producer| now.producer(producer).is_some_and(|one| one.topics.len() == 1);
            own("Shop") && own("Bank") && now.records("orders") > 0 && now.records("payments") > 0
        }),
        step(TOPICS, 16, |_, now| packing_reads_orders_only(now) && now.processed("Packing") > 0),
        step(TOPICS, 32, |before, now| {
            let faster = now.producer("Bank").map(|bank| bank.rate) > before.producer("Bank").map(|bank| bank.rate);
            now.topics_of("Manager") == 2 && faster && packing_reads_orders_only(now) && now.behind("Packing") < 10
        }),
    ],
    asked_at: 2,
    shown: Moment::at(TOPICS, 32),
    came_true: [
        |_, after| packing_reads_orders_only(after) && after.behind("Packing") < 10,
        |_, after| after.behind("Packing") >= 10,
        |_, after| after.topics_of("Packing") > 1,
    ],
};

pub(super) const LANE: Setting = Setting {
    steps: &[
        step(ONE_LANE, 5, |_, now| now.lanes("orders") == 1 && now.records("orders") == 6 && now.is_in_order("orders")),
        step(ONE_LANE, 10, |_, now| {
            now.working("Packing") == 1 && now.idle("Packing") == 2 && (1..6).contains(&now.processed("Packing"))
        }),
        step(THREE_LANES, 5, |_, now| {
            now.lanes("orders") == 3 && now.records("orders") == 6 && now.logs("orders").iter().all(|log| log.end() > 0)
        }),
        // More than in one lane at the same time, of which the question makes sure.
        step(THREE_LANES, 10, |_, now| now.working("Packing") == 3 && now.processed("Packing") >= 5),
        step(THREE_LANES, 13, |_, now| {
            now.is_in_order("orders") && now.logs("orders").iter().all(|log| log.record(0).is_some())
        }),
    ],
    asked_at: 1,
    shown: Moment::at(THREE_LANES, 10),
    came_true: [
        |one, three| three.processed("Packing") > one.processed("Packing"),
        |one, three| three.processed("Packing") == one.processed("Packing"),
        |one, three| three.processed("Packing") < one.processed("Packing"),
    ],
};

pub(super) const KEY: Setting = Setting {
    steps: &[
        step(KEYS, 6, |_, now| now.with_key("payments", "order-9").count() == 3),
        step(KEYS, 8, |_, now| {
            ["order-9", "order-1", "order-2"].into_iter().all(|key| {
                let lane = now.placement("payments", key).partition;
                now.with_key("payments", key).all(|(of, _)| of == lane)
            })
        }),
        step(KEYS, 9, |_, now| lanes_of_nine(now).len() == 3),
        step(KEYS, 10, |_, now| {
            let placement = now.placement("payments", "order-9");
            let rest = placement.dividend % i64::from(placement.partitions) == i64::from(placement.partition);
            placement.dividend >= 0 && rest && lanes_of_nine(now).iter().all(|lane| *lane == placement.partition)
        })
        .touched(Touch::Key { producer: "Bank", topic: "payments", key: "order-9" }),
        step(KEYS, 26, |_, now| {
            let one_lane =
                lanes_of_nine(now).iter().all(|lane| *lane == now.placement("payments", "order-9").partition);
            lanes_of_nine(now).len() == 4 && one_lane && now.is_in_order("payments")
        }),
    ],
    asked_at: 3,
    shown: Moment::at(KEYS, 26),
    came_true: [
        |before, after| new_lane(before, after).is_some_and(|lane| lanes_of_nine(before).contains(&lane)),
        |before, after| {
            let next = lanes_of_nine(before).last().map(|lane| (lane + 1) % 3);
            new_lane(before, after).is_some_and(|lane| Some(lane) == next)
        },
        |before, after| {
            let emptiest = (0..).zip(before.logs("payments")).min_by_key(|(_, log)| log.end()).map(|(lane, _)| lane);
            new_lane(before, after).is_some_and(|lane| Some(lane) == emptiest)
        },
    ],
};

fn keeps_close(facts: &Facts) -> bool {
    facts.sent("Visitors") - facts.processed("Counter") < 25
}

fn packing_reads_orders_only(facts: &Facts) -> bool {
    facts.topics_of("Packing") == 1 && facts.processed("Packing") <= facts.records("orders")
}

fn lanes_of_nine(facts: &Facts) -> Vec<u32> {
    facts.with_key("payments", "order-9").map(|(lane, _)| lane).collect()
}

/// The lane that has one more record of order-9 than before.
fn new_lane(before: &Facts, after: &Facts) -> Option<u32> {
    let count = |facts: &Facts, lane| lanes_of_nine(facts).iter().filter(|one| **one == lane).count();
    (0..3).find(|lane| count(after, *lane) > count(before, *lane))
}
