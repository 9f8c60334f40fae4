//! Chapters 11 to 13: copies, a consumer that dies, and the whole picture.

use super::groups::all_groups_read_all;
use super::{Setting, step};
use crate::facts::Facts;
use crate::moment::Moment;
use crate::worlds::{COPIES, CRASH, HASTY, WHOLE};

pub(super) const REPLICAS: Setting = Setting {
    steps: &[
        step(COPIES, 8, |_, now| now.running_brokers() == 3 && now.fewest_in_sync("orders") == 3),
        step(COPIES, 11, |_, now| {
            let mut leaders = now.leaders("orders");
            leaders.sort_unstable();
            leaders == [1, 2, 3]
        }),
        step(COPIES, 14, |_, now| acked(now) > 0 && now.lost() == 0),
        step(COPIES, 30, |before, now| {
            let led = now.leaders("orders").iter().all(|broker| ![0, 2].contains(broker));
            now.running_brokers() == 2 && led && now.lost() == 0 && acked(now) > acked(before)
        }),
        step(HASTY, 30, |_, now| now.running_brokers() == 2 && now.lost() > 0),
    ],
    asked_at: 2,
    shown: Moment::at(COPIES, 30),
    came_true: [
        |before, after| {
            after.lost() == 0 && after.leaders("orders").iter().all(|one| *one != 0) && acked(after) > acked(before)
        },
        |_, after| after.lost() > 0,
        |_, after| after.lost() == 0 && after.leaders("orders").contains(&0),
    ],
};

fn acked(facts: &Facts) -> u64 {
    facts.producer("Shop").map_or(0, |shop| shop.acked)
}

pub(super) const DEATH: Setting = Setting {
    steps: &[
        step(CRASH, 19, |_, now| {
            let noted = now.group("ledger").is_some_and(|group| group.committed.values().any(|offset| *offset > 0));
            now.working("ledger") == 2 && noted
        }),
        step(CRASH, 24, |before, now| {
            let unread = now.members("ledger") == 1 && !now.each_lane_has_a_reader("ledger");
            unread && now.rebalances("ledger") == before.rebalances("ledger")
        }),
        step(CRASH, 32, |before, now| {
            now.lanes_of("ledger", "ledger-2").len() == 2 && now.rebalances("ledger") > before.rebalances("ledger")
        }),
        step(CRASH, 40, |_, now| now.again("ledger") > 0 && now.passed("ledger") == 0),
        step(CRASH, 44, |_, now| now.again("ledger") > 0 && now.passed("ledger") == 0 && now.lost() == 0),
    ],
    asked_at: 1,
    shown: Moment::at(CRASH, 40),
    came_true: [
        |_, after| after.again("ledger") > 0,
        |_, after| after.again("ledger") == 0 && after.passed("ledger") > 0,
        |_, after| !after.each_lane_has_a_reader("ledger"),
    ],
};

const TOPIC: &str = "ORDER_EVENTS";

pub(super) const ALL_OF_IT: Setting = Setting {
    steps: &[
        step(WHOLE, 10, |_, now| now.sent("Shop") > 0 && now.0.records_under_way() > 0),
        step(WHOLE, 14, |_, now| {
            let only_topics = now.producer("Shop").is_some_and(|shop| shop.topics.len() == 1);
            only_topics && now.0.services().count() == 0 && all_groups_read_all(now)
        }),
        step(WHOLE, 18, |_, now| now.lanes(TOPIC) == 3 && every_key_has_one_lane(now)),
        step(WHOLE, 22, |_, now| now.0.groups().count() == 3 && all_groups_read_all(now)),
        step(WHOLE, 28, |_, now| {
            let places = now.0.groups().all(|(_, group)| group.committed.len() == 3);
            places && now.logs(TOPIC).iter().all(|log| log.start() == 0)
        }),
        step(WHOLE, 50, |before, now| {
            now.0.groups().count() == 4 && others_are_as_before(before, now) && from_the_first(now)
        }),
    ],
    asked_at: 4,
    shown: Moment::at(WHOLE, 50),
    came_true: [
        |before, after| after.0.groups().count() == 4 && others_are_as_before(before, after) && from_the_first(after),
        |before, after| THREE.into_iter().any(|group| after.working(group) < before.working(group)),
        |before, after| THREE.into_iter().any(|group| after.rebalances(group) > before.rebalances(group)),
    ],
};

const THREE: [&str; 3] = ["Payment-g1", "Inventory-g1", "Notification-g1"];

fn every_key_has_one_lane(facts: &Facts) -> bool {
    (1..=20).map(|number| format!("order-{number}")).all(|key| {
        let lane = facts.placement(TOPIC, &key).partition;
        facts.with_key(TOPIC, &key).all(|(of, _)| of == lane)
    })
}

/// Nobody in the three groups lost a lane or was shared out anew, and all keep up.
fn others_are_as_before(before: &Facts, after: &Facts) -> bool {
    THREE.into_iter().all(|group| {
        let same = after.working(group) == before.working(group) && after.rebalances(group) == before.rebalances(group);
        same && after.again(group) == 0 && after.behind(group) < 20
    })
}

fn from_the_first(facts: &Facts) -> bool {
    facts.processed("Analytics-g1") > 0 && facts.passed("Analytics-g1") == 0 && {
        let group = facts.group("Analytics-g1");
        group.is_some_and(|group| group.delivery.values().all(|delivery| delivery.first == 0))
    }
}
