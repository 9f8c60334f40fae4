//! Each alarm in a world in which it rings, and in its twin, one setting changed, in which it must not.

use kafka_lanes_core::spec::{Acks, DeliverySpec, Keys, Pick, Rate, WorldSpec};
use kafka_lanes_core::{Broken, BrokerAct, BrokerId, Happening, History, Span, Time};

use crate::cluster::{act, kafka};
use crate::support::{begin, run};

fn rings(history: &History, what: impl Fn(&Broken) -> bool) -> usize {
    history.world().journal().alarms.iter().filter(|alarm| what(&alarm.broken)).count()
}

/// Each broker in turn loses its followers' fetches for a moment and is killed right after.
fn leaders_die(spec: WorldSpec) -> History {
    let mut history = begin(spec);
    run(&mut history, Time::from_millis(10_000));
    for broker in [2, 3] {
        act(&mut history, broker, BrokerAct::Stall);
    }
    run(&mut history, Time::from_millis(10_400));
    act(&mut history, 1, BrokerAct::Kill);
    for broker in [2, 3] {
        act(&mut history, broker, BrokerAct::Start);
    }
    run(&mut history, Time::from_secs(40));
    act(&mut history, 1, BrokerAct::Start);
    run(&mut history, Time::from_secs(70));
    history
}

#[test]
fn a_leader_that_dies_takes_what_it_alone_confirmed_with_it() {
    let is_lost = |broken: &Broken| matches!(broken, Broken::LostWithLeader { .. });
    let mut spec = kafka();
    spec.producers[0].delivery.acks = Acks::Leader;
    let history = leaders_die(spec);
    assert!(rings(&history, is_lost) > 0);
    // What is said of them is so: none of them is anywhere in the log.
    let alarms = &history.world().journal().alarms;
    for alarm in alarms.iter().filter(|alarm| is_lost(&alarm.broken)) {
        assert!(alarm.key.is_some());
        let log = history.world().log(alarm.partition.unwrap()).unwrap();
        assert!(alarm.offset.is_some_and(|offset| log.end() > offset), "the offset is another record's");
    }
    let twin = leaders_die(kafka());
    assert_eq!(twin.world().journal().alarms, []);
}

/// Two brokers stop one after the other, so that the third has all; it is killed, and one of the others comes back.
fn who_has_all_dies(spec: WorldSpec) -> History {
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 2, BrokerAct::Stop);
    run(&mut history, Time::from_secs(14));
    act(&mut history, 3, BrokerAct::Stop);
    run(&mut history, Time::from_secs(18));
    act(&mut history, 1, BrokerAct::Kill);
    run(&mut history, Time::from_secs(30));
    act(&mut history, 2, BrokerAct::Start);
    run(&mut history, Time::from_secs(40));
    act(&mut history, 1, BrokerAct::Start);
    run(&mut history, Time::from_secs(60));
    history
}

#[test]
fn an_unclean_election_passes_over_what_was_confirmed() {
    let is_lost = |broken: &Broken| matches!(broken, Broken::LostByUncleanElection { leader: BrokerId(2) });
    let unclean = |unclean| {
        let mut spec = kafka();
        (spec.topics[0].replication.min_isr, spec.topics[0].replication.unclean_election) = (1, unclean);
        spec
    };
    let history = who_has_all_dies(unclean(true));
    assert!(rings(&history, is_lost) > 0);
    let twin = who_has_all_dies(unclean(false));
    assert_eq!(twin.world().journal().alarms, []);
}

/// A follower stalls, so that requests with acks=all time out though they are stored, and are sent again.
fn answers_come_too_late(idempotence: bool) -> History {
    let mut spec = kafka();
    let delivery = &mut spec.producers[0].delivery;
    *delivery = DeliverySpec { idempotence: Some(idempotence), request_timeout: Span::from_secs(3), ..*delivery };
    let mut history = begin(spec);
    run(&mut history, Time::from_secs(10));
    act(&mut history, 3, BrokerAct::Stall);
    run(&mut history, Time::from_secs(60));
    history
}

#[test]
fn what_was_stored_and_not_confirmed_is_stored_twice_without_idempotence() {
    let is_twice = |broken: &Broken| matches!(broken, Broken::StoredTwice { .. });
    let history = answers_come_too_late(false);
    assert!(rings(&history, is_twice) > 0);
    for alarm in &history.world().journal().alarms {
        let Broken::StoredTwice { first } = alarm.broken else { continue };
        let log = history.world().log(alarm.partition.unwrap()).unwrap();
        for n in 0..alarm.records {
            let [one, two] = [first, alarm.offset.unwrap()].map(|offset| log.record(offset + n).unwrap().number);
            assert_eq!(one, two);
        }
    }
    let twin = answers_come_too_late(true);
    assert_eq!(twin.world().journal().alarms, []);
    let (_, shop) = twin.world().producers().next().unwrap();
    let stored: u64 = twin.world().partitions().map(|(_, log)| log.end()).sum();
    assert!(shop.acked > 900 && stored <= shop.sent, "{} of {}, {stored} stored", shop.acked, shop.sent);
}

/// The ISR falls below its minimum for a moment while several requests are under way.
fn refused_for_a_moment(idempotence: bool, max_in_flight: u32) -> History {
    let mut spec = kafka();
    spec.timing.produce = Span::from_millis(40);
    spec.topics[0].replication.min_isr = 3;
    let shop = &mut spec.producers[0];
    (shop.keys, shop.pick, shop.rate) = (Keys::List(vec!["a".into()]), Pick::InTurn, Rate::per_second(200));
    shop.delivery.idempotence = Some(idempotence);
    shop.delivery.max_in_flight = Some(max_in_flight);
    shop.delivery.linger = Span::ZERO;
    let mut history = begin(spec);
    for round in 0..4 {
        // With each retry of several requests they turn round: at one of these moments they go the wrong way.
        let at = Time::from_secs(10 + 20 * round);
        run(&mut history, at);
        act(&mut history, 2, BrokerAct::Stop);
        run(&mut history, at + Span::from_secs(2 + round));
        act(&mut history, 2, BrokerAct::Start);
    }
    run(&mut history, Time::from_secs(100));
    history
}

#[test]
fn retries_break_the_order_of_a_key_without_idempotence() {
    let is_order = |broken: &Broken| matches!(broken, Broken::OrderByRetry { in_flight: 5, .. });
    assert!(rings(&refused_for_a_moment(false, 5), is_order) > 0);
    for twin in [refused_for_a_moment(true, 5), refused_for_a_moment(false, 1)] {
        assert_eq!(twin.world().journal().alarms, []);
    }
}

/// Readers of what an unclean election passed over jump back to where the logs part, and it is told.
#[test]
fn readers_of_what_is_gone_go_back() {
    let mut spec = kafka();
    (spec.topics[0].replication.min_isr, spec.topics[0].replication.unclean_election) = (1, true);
    spec.groups[0].processing = Span::from_millis(1);
    let history = who_has_all_dies(spec);
    let world = history.world();
    let parted = |e: &kafka_lanes_core::Entry| match e.what {
        Happening::Parted { partition, offset, .. } => Some((partition, offset)),
        _ => None,
    };
    let parted: Vec<_> = world.journal().entries.iter().filter_map(parted).collect();
    assert!(!parted.is_empty());
    for (partition, offset) in parted {
        let gone = |alarm: &&kafka_lanes_core::Alarm| alarm.partition == Some(partition);
        assert_eq!(world.journal().alarms.iter().filter(gone).filter_map(|alarm| alarm.offset).min(), Some(offset));
    }
    for (partition, log) in world.partitions() {
        let (_, group) = world.groups().next().unwrap();
        assert!(group.position(partition).is_some_and(|position| position <= log.end()));
    }
}
