//! Brokers, copies, and what becomes of records between them.

use kafka_lanes_core::spec::DeliveryFault;
use kafka_lanes_core::{BrokerAct, Happening, Verdict, World};

use super::{lane, plural};

/// What happened to brokers, copies and batches.
pub(super) fn happening(world: &World, what: &Happening) -> String {
    match what {
        Happening::Broker { broker, act } => broker_act(broker.0, *act),
        Happening::BrokerFenced { broker, moved, leaderless } => {
            let leaders = match (moved, leaderless) {
                (0, 0) => "No lane changes its leader.".into(),
                (moved, 0) => format!("Other brokers lead its {} now.", lanes(*moved)),
                (0, none) => format!("Nobody leads {} now: no copy in sync is left.", lanes(*none)),
                (moved, none) => {
                    format!("Other brokers lead {} of it now, and nobody leads {}.", lanes(*moved), lanes(*none))
                }
            };
            format!("The controller gave broker {} up: its session ended. {leaders}", broker.0)
        }
        Happening::BrokerBack { broker } => {
            format!("Broker {} is back. It copies what it missed before it counts as in sync.", broker.0)
        }
        Happening::LeadersBalanced { moved } => {
            format!("{} went back to the leaders that come first in their lists.", lanes(*moved))
        }
        Happening::LeftIsr { partition, broker } => format!(
            "Broker {} fell behind on {} and is not in sync any more: nobody waits for it.",
            broker.0,
            lane(world, *partition)
        ),
        Happening::JoinedIsr { partition, broker } => {
            format!("Broker {} has caught up on {} and is in sync again.", broker.0, lane(world, *partition))
        }
        Happening::UncleanElection { partition, broker, lost } => {
            let lane = lane(world, *partition);
            match lost {
                0 => format!("Broker {} leads {lane}, though nobody knows whether it has everything.", broker.0),
                lost => format!(
                    "Broker {} leads {lane} without having everything: {} that consumers could read {} gone.",
                    broker.0,
                    plural(*lost, "record", "records"),
                    if *lost == 1 { "is" } else { "are" }
                ),
            }
        }
        Happening::Undelivered { producer, to, records, why } => format!(
            "{producer} gave up {} for {}: {}.",
            plural(*records, "record", "records"),
            lane(world, *to),
            verdict(*why)
        ),
        Happening::Parted { group, partition, offset } => format!(
            "What {group} had read of {} is gone from offset {offset} on; it reads on from there.",
            lane(world, *partition)
        ),
        _ => String::new(),
    }
}

fn broker_act(broker: u32, act: BrokerAct) -> String {
    match act {
        BrokerAct::Kill => format!("Broker {broker} died. The controller notices when its session ends."),
        BrokerAct::Stop => format!("Broker {broker} stops in good order: others lead its lanes first."),
        BrokerAct::Start => format!("Broker {broker} starts."),
        BrokerAct::Hang => format!("Broker {broker} hangs: its connections stay open, and nothing comes from it."),
        BrokerAct::Stall => format!("Broker {broker} does not copy from other brokers any more."),
    }
}

/// Why a broker can't do what it was to do.
pub(super) fn broker_cannot(broker: u32, act: BrokerAct) -> String {
    match act {
        BrokerAct::Kill => format!("Broker {broker} is down already. Start it first."),
        BrokerAct::Stop => format!("Broker {broker} does not run, or stops already. Start it first."),
        BrokerAct::Start => format!("Broker {broker} runs already. Kill or stop it first."),
        BrokerAct::Hang => format!("Broker {broker} does not run. Start it first."),
        BrokerAct::Stall => format!("Broker {broker} does not run, or stalls already. Start it first."),
    }
}

/// Settings of a producer that do not go together, and which would.
pub(super) fn delivery_fault(producer: &str, fault: DeliveryFault) -> String {
    let (what, mend) = match fault {
        DeliveryFault::IdempotenceNeedsAcksAll => {
            ("idempotence needs acks=all", "Take acks=all, or switch idempotence off")
        }
        DeliveryFault::IdempotenceNeedsRetries => {
            ("idempotence needs retries", "Allow at least one retry, or switch idempotence off")
        }
        DeliveryFault::IdempotenceNeedsFewInFlight => {
            ("idempotence allows at most 5 requests in flight", "Take at most 5, or switch idempotence off")
        }
        DeliveryFault::DeliveryTimeoutTooShort => (
            "the delivery timeout is shorter than linger and request timeout together",
            "Make it longer, or one of the others shorter",
        ),
    };
    format!("{producer} would not start (ConfigException): {what}. {mend}.")
}

/// A broker's answer, by Kafka's name and in words.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Stored => "it is stored",
        Verdict::NotEnoughReplicas => "too few copies are in sync (NOT_ENOUGH_REPLICAS)",
        Verdict::NotEnoughReplicasAfterAppend => {
            "too few copies are in sync, though the leader has it (NOT_ENOUGH_REPLICAS_AFTER_APPEND)"
        }
        Verdict::NotLeader => "the broker does not lead it (NOT_LEADER_OR_FOLLOWER)",
        Verdict::TimedOut => "no answer came in time (TimeoutException)",
        Verdict::Disconnected => "the connection to the leader broke (NETWORK_EXCEPTION)",
        Verdict::OutOfOrder => "a batch before it is missing (OUT_OF_ORDER_SEQUENCE_NUMBER)",
        Verdict::InvalidEpoch => "the producer has begun anew (INVALID_PRODUCER_EPOCH)",
    }
}

/// Why a topic can't have so many copies.
pub(super) fn bad_replication(topic: &str, factor: u32, brokers: u32) -> String {
    let has = plural(u64::from(brokers), "broker", "brokers");
    match factor {
        0 => format!("{topic} can't have no copy at all (INVALID_REPLICATION_FACTOR). Give it at least 1."),
        _ => format!(
            "{topic} can't have {factor} copies with {has} (INVALID_REPLICATION_FACTOR). Add brokers, or take fewer copies."
        ),
    }
}

fn lanes(count: u32) -> String {
    plural(u64::from(count), "lane", "lanes")
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::spec::{Assignment, Assignor, GroupSpec, ServerAssignor, TopicSpec, WorldSpec};
    use kafka_lanes_core::{BrokerId, Refusal, TopicId, TopicPartition};

    use super::*;
    use crate::{English, TellingWords};

    const AT: TopicPartition = TopicPartition { topic: TopicId(0), partition: 2 };
    const ONE: BrokerId = BrokerId(1);

    fn world() -> World {
        let spec = WorldSpec { topics: vec![TopicSpec::new("orders", 3)], ..WorldSpec::default() };
        World::new(&spec, 1).expect("a world within the limits")
    }

    /// A sentence begins with a capital or a name, ends with a full stop, and names what it is about.
    fn is_sentence(text: &str, about: &str) {
        assert!(text.ends_with('.') && text.contains(about) && !text.contains("  "), "{text}");
    }

    #[test]
    fn whatever_happens_to_brokers_is_told() {
        let world = world();
        let tell = |what: Happening, about: &str| is_sentence(&English.happening(&world, &what), about);
        for act in BrokerAct::ALL {
            tell(Happening::Broker { broker: ONE, act }, "Broker 1");
            is_sentence(&English.refusal(&Refusal::BrokerCannot { broker: 1, act }), "Broker 1");
        }
        for (moved, leaderless) in [(0, 0), (1, 0), (0, 1), (2, 1)] {
            tell(Happening::BrokerFenced { broker: ONE, moved, leaderless }, "broker 1");
        }
        tell(Happening::BrokerBack { broker: ONE }, "Broker 1");
        tell(Happening::LeadersBalanced { moved: 2 }, "2 lanes");
        tell(Happening::LeftIsr { partition: AT, broker: ONE }, "lane 2 of orders");
        tell(Happening::JoinedIsr { partition: AT, broker: ONE }, "lane 2 of orders");
        tell(Happening::UncleanElection { partition: AT, broker: ONE, lost: 0 }, "lane 2 of orders");
        tell(Happening::UncleanElection { partition: AT, broker: ONE, lost: 1 }, "1 record that");
        tell(Happening::Parted { group: "mail".into(), partition: AT, offset: 7 }, "offset 7");
        for why in [Verdict::NotEnoughReplicas, Verdict::TimedOut, Verdict::Disconnected, Verdict::OutOfOrder] {
            tell(Happening::Undelivered { producer: "Shop".into(), to: AT, records: 3, why }, "3 records");
        }
    }

    #[test]
    fn what_kafka_refuses_has_kafkas_name_for_it() {
        let refused = |refusal: &Refusal, name: &str| is_sentence(&English.refusal(refusal), name);
        for fault in [
            DeliveryFault::IdempotenceNeedsAcksAll,
            DeliveryFault::IdempotenceNeedsRetries,
            DeliveryFault::IdempotenceNeedsFewInFlight,
            DeliveryFault::DeliveryTimeoutTooShort,
        ] {
            refused(&Refusal::BadDelivery { producer: "Shop".into(), fault }, "ConfigException");
        }
        for factor in [0, 3] {
            let topic = "orders".into();
            refused(&Refusal::BadReplication { topic, factor, brokers: 2 }, "INVALID_REPLICATION_FACTOR");
        }
        refused(&Refusal::NoSuchBroker(7), "broker 7");
        refused(&Refusal::NoSuchTopic("orders".into()), "UNKNOWN_TOPIC_OR_PARTITION");
        refused(&Refusal::NoPartitions("orders".into()), "INVALID_PARTITIONS");
        refused(&Refusal::FewerPartitions { topic: "orders".into(), has: 3 }, "INVALID_PARTITIONS");
    }

    #[test]
    fn who_is_out_of_its_group_hears_why() {
        use kafka_lanes_core::{Cause, Standing};
        is_sentence(&English.member_stands("m-2", Standing::PutOut, ""), "does not know it yet");
        is_sentence(&English.member_stands("m-2", Standing::Out, ""), "when its application next polls");
        is_sentence(&English.member_stands("m-2", Standing::PutOut, "lane 3"), "takes lane 3 for its own");
        let because = |cause| English.cause(&world(), "mail", &cause);
        let (slow, holds) = (because(Cause::TooSlow("m-2".into())), because(Cause::Unrevoked("m-2".into())));
        assert!(
            slow.contains("worked on one batch") && holds.contains("did not let go of its lanes"),
            "{slow}; {holds}"
        );
    }

    #[test]
    fn who_has_no_assignor_in_common_hears_kafkas_name_for_it() {
        let assignors = [Assignor::Sticky, Assignor::CooperativeSticky].into_iter().collect();
        let what = Happening::NoCommonAssignor { group: "mail".into(), member: "m-2".into(), assignors };
        let told = English.happening(&world(), &what);
        is_sentence(&told, "mail refused m-2");
        is_sentence(&told, "(sticky, cooperative-sticky) is known to all others (INCONSISTENT_GROUP_PROTOCOL)");
        let status = kafka_lanes_core::Status::Refused { at: kafka_lanes_core::Time::ZERO };
        let standing = kafka_lanes_core::Standing::As(status);
        is_sentence(&English.member_stands("m-2", standing, ""), "(INCONSISTENT_GROUP_PROTOCOL)");
        is_sentence(&English.refusal(&Refusal::NoAssignor), "(IllegalStateException)");
        let reads = |assignment| English.group_reads("mail", "orders", 2, assignment);
        is_sentence(&reads(Assignment::by(Assignor::Sticky)), "shared out by sticky");
        is_sentence(&reads(Assignment::By(assignors)), "shared out by one of sticky, cooperative-sticky");
    }

    /// The classic coordinator fences the older of two, that of the consumer protocol refuses the newer.
    #[test]
    fn who_has_anothers_instance_id_hears_kafkas_name_for_it() {
        let group = |assignment| GroupSpec { assignment, ..GroupSpec::new("mail", vec!["orders".into()]) };
        for (assignment, name) in [
            (Assignment::by(Assignor::Range), "(FENCED_INSTANCE_ID)"),
            (Assignment::ByBroker(ServerAssignor::Uniform), "(UNRELEASED_INSTANCE_ID)"),
        ] {
            let spec = WorldSpec {
                topics: vec![TopicSpec::new("orders", 3)],
                groups: vec![group(assignment)],
                ..WorldSpec::default()
            };
            let world = World::new(&spec, 1).expect("a world within the limits");
            let what = Happening::InstanceIdTaken { group: "mail".into(), member: "a".into(), by: "b".into() };
            is_sentence(&English.happening(&world, &what), name);
        }
    }
}
