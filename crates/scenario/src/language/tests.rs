use kafka_lanes_core::spec::{
    Acks, Assignment, Assignor, ClusterSpec, ClusterTiming, Commit, DeliveryFault, DeliverySpec, Keys, OffsetReset,
    PartitionName, Pick, Rate, ServerAssignor, Timing,
};
use kafka_lanes_core::{Action, BrokerAct, History, Span, Time, World};
use proptest::prelude::*;

use super::*;
use crate::cause::{Cause, Need, Quantity, Thing};
use crate::limit::Limit;
use crate::{MAX_DIAGNOSTICS, testing};

fn spec(text: &str) -> WorldSpec {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.spec
}

/// The only diagnostic of a text: its line, column, length and cause.
fn fault(text: &str) -> (u32, u32, u32, Cause) {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:?}", parsed.diagnostics);
    let fault = parsed.diagnostics.into_iter().next().unwrap();
    (fault.line, fault.column, fault.length, fault.cause)
}

#[test]
fn a_world_line_by_line() {
    let text = "\
# what this is about
title Order events   # as people call it
topic ORDER_EVENTS partitions=3 retention=1h retention-bytes=2MiB segment-bytes=8KiB\r
producer Shop to ORDER_EVENTS rate=4/s keys=order-1..order-20 pick=skewed size=512
producer \"Web Shop\" to ORDER_EVENTS keys=a,\"\",\"c d\" pick=in-turn

group Payment-g1 reads ORDER_EVENTS assignor=range reset=latest processing=100ms
  consumer Payment-1
  consumer Payment-2 processing=2s
group Audit reads ORDER_EVENTS assignor=manual
\tconsumer A reads=ORDER_EVENTS-0,ORDER_EVENTS-2
timing produce=1s max-poll-records=5
";
    let spec = spec(text);
    assert_eq!(spec.title, "Order events");
    let topic = &spec.topics[0];
    assert_eq!((topic.name.as_str(), topic.partitions, topic.retention), ("ORDER_EVENTS", 3, Span::from_secs(3_600)));
    assert_eq!((topic.retention_bytes, topic.segment_bytes), (2_097_152, 8_192));
    let shop = &spec.producers[0];
    assert_eq!((shop.rate, shop.pick, shop.value_bytes), (Rate::per_second(4), Pick::Skewed, 512));
    assert_eq!(shop.keys, Keys::Range { prefix: "order-".into(), first: 1, last: 20 });
    assert_eq!(spec.producers[1].name, "Web Shop");
    assert_eq!(spec.producers[1].keys, Keys::List(vec!["a".into(), String::new(), "c d".into()]));
    let payment = &spec.groups[0];
    assert_eq!(payment.assignment, Assignment::by(Assignor::Range));
    assert_eq!((payment.reset, payment.processing), (OffsetReset::Latest, Span::from_millis(100)));
    assert_eq!(payment.consumers[1].processing, Some(Span::from_secs(2)));
    let lanes: Vec<u32> = spec.groups[1].consumers[0].assigned.iter().map(|p: &PartitionName| p.partition).collect();
    assert_eq!(lanes, [0, 2]);
    assert_eq!((spec.timing.produce, spec.timing.max_poll_records), (Span::from_secs(1), 5));
}

#[test]
fn brokers_and_how_records_are_kept_and_delivered() {
    let text = "\
brokers 3
topic orders partitions=2 replication=3 min-isr=2 unclean-election=on
producer Shop to orders keys=none acks=1 linger=5ms batch-size=1KiB max-in-flight=1 retries=3 request-timeout=2s
producer Other to orders keys=\"none\" idempotence=off
timing replica-lag=30s broker-session=9s
at 5s kill broker 2
at 9s start broker 2
at 9s hang broker 1
at 9s stall broker 3
at 10s stop broker 3
at 11s set acks Shop all
";
    let spec = spec(text);
    assert_eq!(spec.cluster.brokers, 3);
    let copies = spec.topics[0].replication;
    assert_eq!((copies.factor, copies.min_isr, copies.unclean_election), (3, 2, true));
    assert_eq!(spec.producers[0].keys, Keys::None);
    let expected = DeliverySpec {
        acks: Acks::Leader,
        linger: Span::from_millis(5),
        batch_bytes: 1_024,
        max_in_flight: Some(1),
        retries: 3,
        request_timeout: Span::from_secs(2),
        ..DeliverySpec::default()
    };
    assert_eq!(spec.producers[0].delivery, expected);
    assert_eq!(spec.producers[1].keys, Keys::List(vec!["none".into()]));
    assert_eq!(spec.producers[1].delivery.idempotence, Some(false));
    let timing = spec.cluster.timing;
    assert_eq!((timing.replica_lag, timing.session), (Span::from_secs(30), Span::from_secs(9)));
    let acts = [BrokerAct::Kill, BrokerAct::Start, BrokerAct::Hang, BrokerAct::Stall, BrokerAct::Stop];
    for ((_, action), (act, broker)) in spec.actions.iter().zip(acts.into_iter().zip([2, 2, 1, 3, 3])) {
        assert_eq!(*action, Action::Broker { broker, act });
    }
    assert_eq!(spec.actions[5].1, Action::SetAcks { producer: "Shop".into(), acks: Acks::All });
    assert_eq!(parse(&print(&spec)).spec, spec, "{}", print(&spec));
}

#[test]
fn every_action() {
    let world =
        "topic t partitions=2\ntopic u\nproducer P to t\ngroup \"my g\" reads t\n consumer c1\n consumer \"c 2\"\n";
    let actions = "\
at 9s remove group \"my g\"
at 1s add consumer to \"my g\"
at 1s add consumer c3 to \"my g\"
at 2s remove consumer \"c 2\" from \"my g\"
at 2s crash consumer c1 of \"my g\"
at 3s set partitions t 6
at 4s add group
at 4s add group g2 reads t, u
at 5s add producer
at 5s add producer P2 to u
at 5s remove producer P2
at 6s send \"\" from P
at 6s send order-42 from P to u
at 7s set rate P 0.5/s
at 7s set processing \"my g\" 1s
at 7s set processing \"my g\"/c3 500ms
at 8s set assignor \"my g\" range
at 8s set assignor \"my g\" cooperative-sticky
at 8s set assignor \"my g\" server-range
at 8s add consumer c5 to \"my g\" reads u instance=i5 processing=2s
at 8s pause consumer c3 of \"my g\" for 12s
at 8s hang consumer c3 of \"my g\" for 2s
at 8s restart consumer c5 of \"my g\" after 2s
at 8s restart consumer c1 of \"my g\"
";
    let spec = spec(&format!("{world}{actions}"));
    assert_eq!(spec.actions.len(), 24);
    assert!(spec.actions.is_sorted_by_key(|(at, _)| *at));
    assert_eq!(spec.actions[0].1, Action::AddConsumer { group: "my g".into(), name: None });
    assert_eq!(spec.actions[23], (Time::from_secs(9), Action::RemoveGroup { name: "my g".into() }));
    let slow =
        Action::SetProcessing { group: "my g".into(), consumer: Some("c3".into()), processing: Span::from_millis(500) };
    assert!(spec.actions.iter().any(|(_, action)| *action == slow));
    assert_eq!(parse(&print(&spec)).spec, spec);
}

#[test]
fn protocols_and_what_a_consumer_has_of_its_own() {
    let assignment = |options: &str| spec(&format!("topic t\ngroup g reads t {options}")).groups[0].assignment;
    for (options, assignor) in [
        ("assignor=sticky", Assignment::by(Assignor::Sticky)),
        ("protocol=classic assignor=cooperative-sticky", Assignment::by(Assignor::CooperativeSticky)),
        ("protocol=classic", Assignment::by(Assignor::RoundRobin)),
        ("protocol=consumer", Assignment::ByBroker(ServerAssignor::Uniform)),
        ("assignor=uniform", Assignment::ByBroker(ServerAssignor::Uniform)),
        ("protocol=consumer assignor=range", Assignment::ByBroker(ServerAssignor::Range)),
        ("assignor=range protocol=consumer", Assignment::ByBroker(ServerAssignor::Range)),
    ] {
        assert_eq!(assignment(options), assignor, "{options}");
    }
    let text =
        "topic t\ntopic u\ngroup g reads t reset=none commit=before\n consumer c reads u, t instance=i processing=1s";
    let group = spec(text).groups.remove(0);
    assert_eq!((group.reset, group.commit), (OffsetReset::None, Commit::Before));
    let consumer = &group.consumers[0];
    assert_eq!((consumer.instance.as_deref(), &*consumer.topics), (Some("i"), &["u".into(), "t".into()][..]));
}

#[test]
fn kafkas_times_are_one_switch_away() {
    assert_eq!(spec("timing kafka").timing, Timing::kafka());
    assert_eq!(spec("timing kafka").cluster.timing, ClusterTiming::kafka());
    assert_eq!(spec("timing kafka session=6s").timing, Timing { session: Span::from_secs(6), ..Timing::kafka() });
    assert_eq!(spec("timing teaching").timing, Timing::default());
    let kafka = WorldSpec {
        timing: Timing { rpc: Span::from_millis(30), ..Timing::kafka() },
        cluster: ClusterSpec { timing: ClusterTiming::kafka(), ..ClusterSpec::default() },
        usual_delivery: usual_delivery(true),
        ..WorldSpec::default()
    };
    assert_eq!(print(&kafka), "timing kafka rpc=30ms\n");
    assert_eq!(spec("timing kafka rpc=30ms"), kafka);
    // Who comes later has them too.
    let mut history = History::new(spec("topic t\ntiming kafka\nat 1s add producer p"), 1).unwrap();
    history.advance(Time::from_secs(2), 1_000);
    let (_, later) = history.world().producers().next().expect("it has come");
    assert_eq!(later.delivery, usual_delivery(true));
}

#[test]
fn what_is_wrong_is_said_where_it_is() {
    let unknown = |word: &str, known, nearest| Cause::UnknownWord { word: word.into(), known, nearest };
    let no = |thing, name: &str, nearest: Option<&str>| Cause::NoSuch {
        thing,
        name: name.into(),
        nearest: nearest.map(String::from),
    };
    let cases = [
        ("topic orders\ntopc x", (2, 1, 4, unknown("topc", vocabulary::STATEMENTS, Some("topic")))),
        ("topic orders partitons=3", (1, 14, 9, unknown("partitons", vocabulary::TOPIC_OPTIONS, Some("partitions")))),
        ("topic orders partitions=x", (1, 25, 1, Cause::BadNumber { text: "x".into(), quantity: Quantity::Count })),
        ("topic orders partitions=", (1, 25, 0, Cause::Missing(Need::Value))),
        ("topic", (1, 6, 0, Cause::Missing(Need::Name(Thing::Topic)))),
        ("topic \"é", (1, 7, 2, Cause::UnclosedQuote)),
        ("topic t\ngroup \"שלום\" reads x", (2, 20, 1, no(Thing::Topic, "x", Some("t")))),
        ("topic orders\nproducer P to order", (2, 15, 5, no(Thing::Topic, "order", Some("orders")))),
        ("topic t\nproducer P to t rate=4", (2, 22, 1, Cause::NoUnit { text: "4".into(), quantity: Quantity::Rate })),
        ("consumer c", (1, 1, 8, Cause::ConsumerOutsideGroup)),
        ("topic t more words", (1, 9, 10, Cause::Unexpected { text: "more".into() })),
        ("service A calls B", (1, 17, 1, no(Thing::Service, "B", Some("A")))),
        ("service A\nservice A", (2, 9, 1, Cause::NameTaken { thing: Thing::Service, name: "A".into() })),
        ("service A calls A, A", (1, 20, 1, Cause::ListedTwice { name: "A".into() })),
        ("service A at-once=0", (1, 19, 1, Cause::TooSmall { least: 1 })),
        ("service A at-once=65", (1, 19, 2, Cause::Clamped { limit: Limit::AtOnce, given: "65".into() })),
        ("service A retries=11", (1, 19, 2, Cause::Clamped { limit: Limit::CallRetries, given: "11".into() })),
        ("service A timeout=61s", (1, 19, 3, Cause::Clamped { limit: Limit::Latency, given: "61s".into() })),
        ("service A\nat 1s stop service AA", (2, 20, 2, no(Thing::Service, "AA", Some("A")))),
        ("brokers 0", (1, 9, 1, Cause::TooSmall { least: 1 })),
        ("brokers 17", (1, 9, 2, Cause::OverLimit { limit: Limit::Brokers, given: "17".into() })),
        ("at 20s kill broker 2", (1, 20, 1, Cause::NoSuchBroker { number: 2, brokers: 1 })),
        (
            "brokers 2\ntopic a replication=3",
            (2, 21, 1, Cause::TooFewBrokers { topic: "a".into(), factor: 3, brokers: 2 }),
        ),
        ("topic a min-isr=2", (1, 7, 1, Cause::MinIsrAbove { topic: "a".into(), min_isr: 2, factor: 1 })),
        (
            "topic a\nproducer p to a acks=1 idempotence=on",
            (2, 10, 1, Cause::Delivery(DeliveryFault::IdempotenceNeedsAcksAll)),
        ),
        (
            "topic a\nproducer p to a max-in-flight=6",
            (2, 10, 1, Cause::Delivery(DeliveryFault::IdempotenceNeedsFewInFlight)),
        ),
        (
            "topic a\nproducer p to a idempotence=on\nat 5s set acks p 1",
            (3, 18, 1, Cause::DeliveryLater(DeliveryFault::IdempotenceNeedsAcksAll)),
        ),
        (
            "topic t\nat 1s set partitions t 1",
            (2, 24, 1, Cause::FewerPartitions { topic: "t".into(), has: 1, wanted: 1 }),
        ),
        ("topic t\ntopic t", (2, 7, 1, Cause::NameTaken { thing: Thing::Topic, name: "t".into() })),
    ];
    for (text, expected) in cases {
        let (line, column, length, cause) = fault_or_first(text);
        assert_eq!((line, column, length, cause), expected, "{text}");
    }
}

/// As `fault`, for texts whose fault has others in its train.
fn fault_or_first(text: &str) -> (u32, u32, u32, Cause) {
    let parsed = parse(text);
    let first = parsed.diagnostics.first().unwrap_or_else(|| panic!("{text} has no fault"));
    (first.line, first.column, first.length, first.cause.clone())
}

#[test]
fn half_typed_lines_keep_what_they_say() {
    let parsed = parse(
        "topic orders partitions=3\nproducer Shop\ngroup payment reads orders,\n  consumer c1\n  consumer\nat 5s add",
    );
    assert_eq!(parsed.spec.producers[0].topics, ["orders"]);
    assert_eq!(parsed.spec.groups[0].topics, ["orders"]);
    assert_eq!(parsed.spec.groups[0].consumers.len(), 1);
    assert_eq!(parsed.diagnostics.len(), 4);
    assert!(World::new(&parsed.spec, 1).is_ok());
}

#[test]
fn a_topic_name_that_kafka_refuses_works_and_is_told() {
    let (line, column, length, cause) = fault("topic \"order events\"");
    assert_eq!((line, column, length), (1, 7, 14));
    assert!(cause.to_string().contains("letters, digits, dots, underscores and hyphens"), "{cause}");
    assert_eq!(parse("topic \"order events\"").spec.topics[0].name, "order events");
}

/// As a running broker says them: `conformance/vectors/broker-refusals.tsv`.
#[test]
fn what_kafka_refuses_is_told_with_kafkas_name_for_it() {
    for (text, name) in [
        ("brokers 2\ntopic a replication=3", "INVALID_REPLICATION_FACTOR"),
        ("topic t\nat 1s set partitions t 1", "INVALID_PARTITIONS"),
        ("topic t\nproducer P to orders", "UNKNOWN_TOPIC_OR_PARTITION"),
        ("topic \"order events\"", "INVALID_TOPIC_EXCEPTION"),
        ("topic t\ntopic t", "TOPIC_ALREADY_EXISTS"),
        ("topic a\nproducer p to a acks=1 idempotence=on", "ConfigException"),
        (
            "topic t\ngroup g reads t assignor=range\n  consumer a\n  consumer b assignor=sticky",
            "INCONSISTENT_GROUP_PROTOCOL",
        ),
    ] {
        let said = fault_or_first(text).3.to_string();
        assert!(said.contains(&format!("({name})")), "{text}: {said}");
    }
    assert!(!fault_or_first("topic t\ngroup g reads t\ngroup g reads t").3.to_string().contains('_'));
}

#[test]
fn limits_are_named() {
    let limit_of = |text: &str| match fault(text).3 {
        Cause::OverLimit { limit, given } | Cause::Clamped { limit, given } => (limit, given),
        other => panic!("{other:?}"),
    };
    assert_eq!(limit_of("topic t partitions=10000"), (Limit::Partitions, "10000".into()));
    assert_eq!(parse("topic t partitions=10000").spec.topics[0].partitions, 1_024);
    assert_eq!(limit_of("topic t\nproducer P to t rate=1000000000/s"), (Limit::Rate, "1000000000/s".into()));
    assert_eq!(limit_of("topic t\nproducer P to t keys=k-1..k-20000"), (Limit::Keys, "20000".into()));
    assert_eq!(limit_of("topic t\nproducer P to t batch-size=2MiB"), (Limit::ValueBytes, "2MiB".into()));
    let long_key = format!("topic t\nproducer P to t keys={}", "k".repeat(1_000_000));
    assert_eq!(limit_of(&long_key), (Limit::KeyBytes, "1000000".into()));
    assert_eq!(limit_of(&format!("topic {}", "n".repeat(300))), (Limit::NameChars, "300".into()));
    assert_eq!(limit_of("timing heartbeat=0s"), (Limit::Period, "0s".into()));
    assert_eq!(limit_of("timing produce=1h"), (Limit::Latency, "1h".into()));
    assert_eq!(limit_of("topic t segment-bytes=2MiB"), (Limit::SegmentBytes, "2MiB".into()));
    let topics: String = (0..70).map(|n| format!("topic t{n}\n")).collect();
    assert_eq!(limit_of(&topics), (Limit::Topics, "70".into()));
    assert_eq!(parse(&"topic t\n".repeat(1_000)).diagnostics.len(), MAX_DIAGNOSTICS + 1);
    let huge = parse(&"x".repeat(10_000_000));
    assert_eq!(huge.diagnostics.len(), 1);
    assert!(huge.diagnostics[0].message().contains("MAX_INPUT_BYTES"));
}

#[test]
fn bytes_that_are_no_text() {
    let parsed = parse_bytes(b"topic t\n\xFFx");
    assert_eq!(parsed.diagnostics[0].line, 2);
    assert_eq!(parse_bytes(b"topic t").spec.topics.len(), 1);
}

/// Reading is linear. Of texts this long a step that looks at all of it for each letter would take minutes, which nobody
/// who runs the tests can miss: so no clock is asked.
#[test]
fn large_texts_are_read_to_their_end() {
    let worst = [
        "a ",
        "a,",
        "\"",
        "topic t\n",
        "consumer c\n",
        "at 1s send k from x\n",
        "..",
        "group g reads x\n",
        "\\",
        "=",
        "a=",
        "#",
    ];
    for piece in worst {
        let text = piece.repeat(MAX_INPUT_BYTES / 4 / piece.len());
        for text in [text.clone(), format!("topic t\nproducer P to t keys={}", &text[..text.len() - 40])] {
            assert!(World::new(&parse(&text).spec, 1).is_ok(), "{piece:?}");
        }
    }
}

proptest! {
    #![proptest_config(testing::config(400))]

    #[test]
    fn what_is_printed_is_read_back(world in testing::world()) {
        let text = print(&world);
        let parsed = parse(&text);
        prop_assert_eq!(&parsed.spec, &world, "{}", text);
        prop_assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
        prop_assert!(World::new(&parsed.spec, 1).is_ok());
    }

    #[test]
    fn printed_text_is_safe_in_mdx(world in testing::world()) {
        let text = print(&world);
        let unsafe_signs = ['{', '}', '<', '`'];
        prop_assert!(!text.contains(unsafe_signs), "{}", text);
    }

    #[test]
    fn any_text_makes_a_world(text in "\\PC{0,200}") {
        prop_assert!(World::new(&parse(&text).spec, 1).is_ok());
    }

    #[test]
    fn any_words_make_a_world(words in proptest::collection::vec(word(), 0..60)) {
        let parsed = parse(&words.join(" "));
        prop_assert!(World::new(&parsed.spec, 1).is_ok(), "{:?}", parsed.spec);
        prop_assert_eq!(parse(&print(&parsed.spec)).spec, parsed.spec);
    }
}

/// Words of the language in any order, with line ends among them.
fn word() -> impl Strategy<Value = String> {
    let words = [
        "title",
        "topic",
        "producer",
        "group",
        "consumer",
        "timing",
        "at",
        "add",
        "remove",
        "crash",
        "set",
        "send",
        "to",
        "from",
        "of",
        "reads",
        "brokers",
        "brokers 3",
        "kill",
        "start",
        "broker",
        "replication=2",
        "min-isr=2",
        "acks=1",
        "acks",
        "idempotence=on",
        "linger=5ms",
        "none",
        "keys=none",
        "\n",
        "\n",
        "\n",
        "a",
        "b",
        "a-0",
        "b-1",
        "\"a b\"",
        ",",
        "=",
        "..",
        "#",
        "1s",
        "4/s",
        "3",
        "partitions=3",
        "keys=a..b",
        "keys=k-1..k-9",
        "rate=9/s",
        "assignor=manual",
        "assignor=range",
        "partitions",
        "rate",
        "processing",
        "processing=0s",
        "assignor",
        "range",
        "a/b",
        "/",
        "reads=a-0,a-1",
        "\"",
        "\\",
        "size=5",
        "key-prefix=x",
        "brokers",
        "heartbeat=0s",
        "reset=latest",
    ];
    proptest::sample::select(words.to_vec()).prop_map(String::from)
}

#[test]
fn with_kafkas_times_those_of_producers_are_kafkas_too() {
    let text = "topic t\nproducer a to t\nproducer b to t linger=1s delivery-timeout=20s\ntiming kafka\n";
    let parsed = parse(text);
    let [a, b] = [0, 1].map(|number| parsed.spec.producers[number].delivery);
    let kafkas = DeliverySpec::kafka();
    assert_eq!(
        (a.linger, a.delivery_timeout, a.request_timeout),
        (kafkas.linger, kafkas.delivery_timeout, kafkas.request_timeout)
    );
    assert_eq!(b.request_timeout, kafkas.request_timeout);
    // Shorter than a second and Kafka's 30 s together, which Kafka refuses.
    assert_eq!(parsed.diagnostics[0].cause, Cause::Delivery(DeliveryFault::DeliveryTimeoutTooShort));
    assert_eq!(b.delivery_timeout, Span::from_secs(31));
    assert_eq!(parse(&print(&parsed.spec)).spec, parsed.spec);
    assert!(print(&parse("topic t\nproducer a to t\ntiming kafka\n").spec).contains("producer a to t\n"));
}
