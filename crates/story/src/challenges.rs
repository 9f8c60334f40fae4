//! What to bring about, judged by the state of the world alone: any way to get there is accepted.

use kafka_lanes_core::{BrokerStatus, Cause, Group, Happening, KeyId, Span, World};

use crate::facts::Facts;
use crate::moment::Moment;

/// A challenge. Its words are those of the same place in [`StoryWords`](kafka_lanes_words::StoryWords).
#[derive(Debug, Clone, Copy)]
pub struct Challenge {
    /// The world to act in, and the moment at which to begin.
    pub start: Moment,
    judge: fn(&Facts) -> bool,
}

impl Challenge {
    /// Whether it has been brought about in this world.
    pub fn is_done(&self, world: &World) -> bool {
        (self.judge)(&Facts(world))
    }
}

/// All of them, in the order of their words.
pub static ALL: [Challenge; 10] = [
    challenge(include_str!("../worlds/challenges/keep-up.kafka"), keeps_up_with_the_fewest),
    challenge(include_str!("../worlds/challenges/three.kafka"), |facts| facts.idle("billing") > 0),
    challenge(include_str!("../worlds/challenges/safe.kafka"), |facts| facts.lost() > 0),
    challenge(include_str!("../worlds/challenges/in-order.kafka"), |facts| facts.out_of_order() > 0),
    challenge(include_str!("../worlds/challenges/once.kafka"), |facts| {
        facts.0.groups().any(|(_, group)| facts.again(&group.name) > 0)
    }),
    challenge(include_str!("../worlds/challenges/share.kafka"), shared_out_while_all_read),
    challenge(include_str!("../worlds/same-group.kafka"), two_groups_read_the_same),
    challenge(include_str!("../worlds/challenges/three.kafka"), five_in_a_row),
    challenge(include_str!("../worlds/challenges/hasty.kafka"), died_and_nothing_lost),
    challenge(include_str!("../worlds/challenges/known.kafka"), |facts| {
        let told = facts.0.journal().entries.iter();
        told.into_iter().any(|entry| matches!(entry.what, Happening::Returned { .. }))
    }),
];

/// When a challenge begins.
const BEGIN: u64 = 15;

const fn challenge(scenario: &'static str, judge: fn(&Facts) -> bool) -> Challenge {
    Challenge { start: Moment::at(scenario, BEGIN), judge }
}

/// Records that wait where a group keeps up: those of a few seconds between two commits.
const FEW: u64 = 45;

/// All work, what waits is little, and with one less it could not be.
fn keeps_up_with_the_fewest(facts: &Facts) -> bool {
    let (Some(group), Some(shop)) = (facts.group("billing"), facts.producer("Shop")) else { return false };
    let (members, settled) = (facts.members("billing"), facts.behind("billing") < FEW);
    // Records in a thousand seconds.
    let capacity = |members: u64| members * 1_000_000_000 / group.processing.0.max(1);
    let needed = members > 0 && capacity(members - 1) < shop.rate.0 && shop.rate.0 > 0;
    settled && needed && facts.idle("billing") == 0 && facts.working("billing") == members
}

/// A partition went from one to another, and nobody stood still for it but who came.
fn shared_out_while_all_read(facts: &Facts) -> bool {
    let over = facts.0.journal().rebalances.iter().filter(|one| one.ended.is_some());
    over.filter(|one| one.moved.iter().any(|change| change.from.is_some())).any(|one| {
        let came = |name| matches!(&one.cause, Cause::Joined(newcomer) if newcomer == name);
        one.paused.iter().all(|(name, span)| *span == Span::ZERO || came(name))
    })
}

/// Two groups have each processed what the other has.
fn two_groups_read_the_same(facts: &Facts) -> bool {
    let groups: Vec<&Group> = facts.0.groups().map(|(_, group)| group).collect();
    groups.iter().enumerate().any(|(place, one)| {
        groups.iter().skip(place + 1).any(|other| {
            one.delivery.iter().any(|(at, delivery)| {
                let same = other
                    .delivery
                    .get(at)
                    .map(|other| (delivery.first.max(other.first), delivery.next.min(other.next)));
                same.is_some_and(|(first, next)| first < next)
            })
        })
    })
}

fn five_in_a_row(facts: &Facts) -> bool {
    facts.0.partitions().any(|(_, log)| {
        let keys: Vec<Option<KeyId>> =
            (log.start()..log.end()).map(|at| log.record(at).and_then(|one| one.key)).collect();
        keys.windows(5).any(|five| five[0].is_some() && five.iter().all(|key| *key == five[0]))
    })
}

/// A broker is down, every partition has a leader all the same, and nothing that was called safe is gone.
fn died_and_nothing_lost(facts: &Facts) -> bool {
    let down = facts.0.brokers().any(|(_, broker)| broker.status == BrokerStatus::Down);
    let led = facts.0.partitions().all(|(_, log)| {
        let leader = log.replication().leader.and_then(|leader| facts.0.broker(leader));
        leader.is_some_and(|broker| broker.is_running())
    });
    down && led && facts.lost() == 0
}
