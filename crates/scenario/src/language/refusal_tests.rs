//! What Kafka refuses is refused with its name for it, and what was written is shown as it was.

use kafka_lanes_core::spec::Acks;
use kafka_lanes_core::{Action, Span, World};

use super::parse;
use crate::cause::{Cause, Zero};

/// The only diagnostic of a text: its line, column, length and cause.
fn fault(text: &str) -> (u32, u32, u32, Cause) {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:?}", parsed.diagnostics);
    let fault = parsed.diagnostics.into_iter().next().expect("one");
    (fault.line, fault.column, fault.length, fault.cause)
}

/// The protocol that was asked for stands.
#[test]
fn an_assignor_of_the_other_protocol_is_refused() {
    for (protocol, assignor, instead, setting) in [
        ("classic", "uniform", "roundrobin", "group.remote.assignor"),
        ("consumer", "sticky", "uniform", "partition.assignment.strategy"),
    ] {
        let text = format!("topic t\ngroup g reads t protocol={protocol} assignor={assignor}");
        let wrong = Cause::ProtocolOfAssignor { assignor, protocol, instead };
        let said = wrong.to_string();
        assert!(said.contains("(ConfigException") && said.contains(setting), "{said}");
        assert_eq!(fault(&text), (2, 26, protocol.len() as u32, wrong));
        assert!(parse(&text).has_errors());
        assert_eq!(parse(&text).spec.groups[0].assignment.name(), instead);
    }
    let manual = "topic t\ngroup g reads t protocol=consumer assignor=manual";
    assert_eq!(fault(manual), (2, 26, 8, Cause::ProtocolOfManual { protocol: "consumer" }));
    assert!(!parse(manual).has_errors());
}

/// Kafka's names are those of `conformance/vectors/broker-refusals.tsv`.
#[test]
fn none_where_kafka_wants_one_is_refused_with_its_name() {
    for (text, zero, name) in [
        ("topic o partitions=0", Zero::Partitions, "INVALID_PARTITIONS"),
        ("topic o replication=0", Zero::Replication, "INVALID_REPLICATION_FACTOR"),
        ("topic o min-isr=0", Zero::MinIsr, "INVALID_CONFIG"),
        ("topic o\nproducer p to o max-in-flight=0", Zero::MaxInFlight, "ConfigException"),
        ("timing max-poll-records=0", Zero::MaxPollRecords, "ConfigException"),
    ] {
        let (_, column, length, cause) = fault(text);
        assert_eq!((cause, length), (Cause::Zero(zero), 1), "{text}");
        assert_eq!(text.lines().last().and_then(|line| line.chars().nth(column as usize - 1)), Some('0'), "{text}");
        let parsed = parse(text);
        assert!(parsed.has_errors() && parsed.diagnostics[0].message().contains(&format!("({name})")), "{text}");
        assert!(World::new(&parsed.spec, 1).is_ok(), "{text}");
    }
    let topic = &parse("topic o partitions=0 replication=0 min-isr=0").spec.topics[0];
    assert_eq!((topic.partitions, topic.replication.factor, topic.replication.min_isr), (1, 1, 1));
}

#[test]
fn a_heartbeat_as_long_as_its_session_is_refused() {
    for (text, consumer_protocol, column, heartbeat, session) in [
        ("timing kafka session=1s heartbeat=5s", false, 35, 5, 1),
        ("timing kafka session=3s", false, 22, 3, 3),
        ("timing consumer-heartbeat=6s consumer-session=6s", true, 47, 6, 6),
    ] {
        let (heartbeat, session) = (Span::from_secs(heartbeat), Span::from_secs(session));
        let instead = Span(session.0 / 3);
        let cause = Cause::SlowHeartbeat { consumer_protocol, heartbeat, session, instead };
        assert!(cause.to_string().contains("(IllegalArgumentException"), "{cause}");
        assert_eq!(fault(text), (1, column, 2, cause));
        let parsed = parse(text);
        assert!(parsed.has_errors());
        let timing = parsed.spec.timing;
        assert_eq!(if consumer_protocol { timing.consumer_heartbeat } else { timing.heartbeat }, instead);
    }
    assert_eq!(parse("timing session=200ms\ntiming heartbeat=50ms").diagnostics, []);
}

#[test]
fn topics_that_differ_in_a_dot_and_an_underscore_are_refused_and_work() {
    let text = "topic a.b\ntopic a-b\ntopic a_b\nproducer p to a_b";
    let collides = Cause::TopicCollides { name: "a_b".into(), other: "a.b".into() };
    assert!(collides.to_string().contains("(INVALID_TOPIC_EXCEPTION)"), "{collides}");
    assert_eq!(fault(text), (3, 7, 3, collides));
    let parsed = parse(text);
    assert!(parsed.has_errors());
    assert_eq!((parsed.spec.topics.len(), &*parsed.spec.producers[0].topics[0]), (3, "a_b"));
}

/// A running broker took 1,048,489 bytes without a key, and not one more.
#[test]
fn a_record_that_no_request_has_room_for_is_refused() {
    let sized = |size: &str, keys: &str| parse(&format!("topic t\nproducer p to t size={size} keys={keys}"));
    for (keys, most) in [("none", 1_048_489), ("a", 1_048_488), ("a,bbb", 1_048_486), (&"k".repeat(100), 1_048_388)] {
        assert_eq!(sized(&most.to_string(), keys).diagnostics, [], "{keys}");
        let over = most + 1;
        for size in [over.to_string(), "1048588".into(), "2MiB".into(), "99999999999999999999999".into()] {
            let parsed = sized(&size, keys);
            assert!(parsed.has_errors());
            assert_eq!(parsed.diagnostics.len(), 1);
            assert_eq!(parsed.diagnostics[0].cause, Cause::RecordTooLarge { bytes: size, most });
            assert!(parsed.diagnostics[0].message().contains("(RecordTooLargeException, MESSAGE_TOO_LARGE"));
            assert_eq!(u64::from(parsed.spec.producers[0].value_bytes), most);
        }
    }
}

/// As with Kafka's `assign()`; the core tells of it when it happens.
#[test]
fn two_that_choose_one_partition_both_read_it() {
    let text = "topic o partitions=4\ngroup p reads o assignor=manual\n  consumer a reads=o-0,o-1\n  \
                consumer b reads=o-1,o-2";
    assert_eq!(fault(text), (4, 20, 3, Cause::ReadTwice { partition: "o-1".into(), by: "a".into() }));
    let parsed = parse(text);
    assert!(!parsed.has_errors());
    assert_eq!(parsed.spec.groups[0].consumers[1].assigned.len(), 2);
    let twice = "topic o\ngroup p reads o assignor=manual\n  consumer a reads=o-0,o-0";
    assert_eq!(fault(twice), (3, 24, 3, Cause::ListedTwice { name: "o-0".into() }));
}

#[test]
fn kafkas_own_word_for_all_is_taken() {
    let parsed = parse("topic o\nproducer p to o acks=-1\nat 1s set acks p -1");
    assert_eq!(parsed.diagnostics, []);
    let world = parsed.spec;
    assert_eq!(world.producers[0].delivery.acks, Acks::All);
    assert_eq!(world.actions[0].1, Action::SetAcks { producer: "p".into(), acks: Acks::All });
    let said = fault("topic o\nproducer p to o acks=2").3.to_string();
    assert!(said.ends_with("Known are: 0, 1, all."), "{said}");
}

#[test]
fn numbers_beyond_all_limits_are_shown_as_they_are_written() {
    for (text, number) in [
        ("topic t partitions=99999999999999999999999", "99999999999999999999999"),
        ("brokers 99999999999999999999999", "99999999999999999999999"),
        ("topic t\nproducer p to t rate=99999999999999999999999/s", "99999999999999999999999/s"),
        ("topic t\ngroup g reads t\nat 99999999h add consumer to g", "99999999h"),
        ("topic t\ngroup g reads t\nat 8d add consumer to g", "8d"),
        ("timing session=99999999h", "99999999h"),
    ] {
        let said = fault(text).3.to_string();
        assert!(said.contains(&format!("{number} ")) || said.contains(&format!("{number}.")), "{text}: {said}");
        assert!(!said.contains("microseconds"), "{said}");
    }
}

#[test]
fn a_line_that_stands_twice_is_told_and_the_last_one_counts() {
    let twice = |what: &str| Cause::SaidTwice { what: what.into() };
    assert_eq!(fault("brokers 3\nbrokers 2"), (2, 9, 1, twice("brokers")));
    assert_eq!(parse("brokers 3\nbrokers 2").spec.cluster.brokers, 2);
    assert_eq!(fault("title a\ntitle b").3, twice("title"));
    assert_eq!(fault("timing session=6s\ntiming session=7s"), (2, 16, 2, twice("session")));
    assert_eq!(fault("timing session=6s\ntiming kafka"), (2, 8, 5, twice("timing")));
    assert_eq!(parse("timing kafka\ntiming session=6s\ntiming heartbeat=1s").diagnostics, []);
}
