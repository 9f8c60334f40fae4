//! Chapters 8 to 10: consumer groups, queue or broadcast, more traffic.

use super::{Setting, step};
use crate::facts::Facts;
use crate::moment::Moment;
use crate::touch::Touch;
use crate::worlds::{GROUPS, SAME_GROUP, TRAFFIC, TWO_GROUPS, WHOLE};

const PAYMENT: &str = "Payment-g1";

pub(super) const GROUP: Setting = Setting {
    steps: &[
        step(GROUPS, 12, |_, now| now.members(PAYMENT) == 3 && now.most_lanes(PAYMENT) == 1 && shared(now)),
        step(GROUPS, 26, |_, now| now.members(PAYMENT) == 2 && now.most_lanes(PAYMENT) == 2 && shared(now)),
        step(GROUPS, 45, |_, now| {
            now.members(PAYMENT) == 5 && now.working(PAYMENT) == 3 && now.idle(PAYMENT) == 2 && now.lanes(TOPIC) == 3
        }),
        step(GROUPS, 50, |_, now| shared(now) && now.working(PAYMENT) == now.lanes(TOPIC) && now.is_in_order(TOPIC))
            .touched(Touch::Consumers { group: PAYMENT, most: 6 }),
    ],
    asked_at: 1,
    shown: Moment::at(GROUPS, 45),
    came_true: [
        |_, after| after.members(PAYMENT) == 5 && after.idle(PAYMENT) == 0,
        |_, after| after.members(PAYMENT) == 5 && after.idle(PAYMENT) == 2,
        |_, after| after.members(PAYMENT) == 5 && after.idle(PAYMENT) == 1,
    ],
};

const TOPIC: &str = "ORDER_EVENTS";

fn shared(facts: &Facts) -> bool {
    facts.each_lane_has_a_reader(PAYMENT)
}

pub(super) const QUEUE: Setting = Setting {
    steps: &[
        step(SAME_GROUP, 14, |_, now| {
            now.working("payment-g1") == 2 && now.most_lanes("payment-g1") == 1 && now.again("payment-g1") == 0
        }),
        step(TWO_GROUPS, 14, |_, now| each_reads_all(now)).touched(Touch::GroupId),
        step(WHOLE, 20, |_, now| now.0.groups().count() == 3 && all_groups_read_all(now)),
        step(WHOLE, 24, |_, now| {
            let one_topic = now.0.topics().count() == 1;
            one_topic && all_groups_read_all(now) && now.working(PAYMENT) == 3 && now.again(PAYMENT) == 0
        }),
    ],
    asked_at: 0,
    shown: Moment::at(TWO_GROUPS, 14),
    came_true: [
        |_, after| each_reads_all(after),
        |_, after| after.most_lanes("payment-g1") == 1 && after.most_lanes("analytics-g1") == 1,
        |_, after| after.processed("payment-g1") == 0 || after.processed("analytics-g1") == 0,
    ],
};

fn each_reads_all(facts: &Facts) -> bool {
    let group = |name| facts.members(name) == 1 && facts.most_lanes(name) == facts.lanes("orders");
    group("payment-g1")
        && group("analytics-g1")
        && facts.processed("payment-g1") > 0
        && facts.processed("analytics-g1") > 0
}

pub(super) fn all_groups_read_all(facts: &Facts) -> bool {
    facts.0.groups().all(|(_, group)| {
        let name = &*group.name;
        facts.each_lane_has_a_reader(name) && facts.processed(name) > 0 && facts.behind(name) < 20
    })
}

pub(super) const MORE_TRAFFIC: Setting = Setting {
    steps: &[
        step(TRAFFIC, 11, |_, now| now.members("billing") == 1 && now.behind("billing") < 10),
        step(TRAFFIC, 31, |before, now| {
            now.behind("billing") > 100 && now.behind("billing") > before.behind("billing")
        }),
        step(TRAFFIC, 58, |before, now| {
            let slower = (now.behind("billing") - before.behind("billing")) * 20 < before.behind("billing") * 27;
            now.working("billing") == 3 && now.behind("billing") > before.behind("billing") && slower
        }),
        step(TRAFFIC, 78, |before, now| now.idle("billing") == 1 && now.behind("billing") > before.behind("billing")),
        step(TRAFFIC, 180, |before, now| {
            now.lanes("orders") == 6 && now.working("billing") == 6 && now.behind("billing") < before.behind("billing")
        }),
        step(TRAFFIC, 190, |_, now| now.moved() > 0 && now.out_of_order() > 0),
    ],
    asked_at: 3,
    shown: Moment::at(TRAFFIC, 100),
    came_true: [
        |_, after| after.lanes("orders") == 6 && after.moved() == 0,
        |_, after| after.moved() > 0 && after.stayed() > 0,
        |_, after| after.moved() > 0 && after.stayed() == 0,
    ],
};
