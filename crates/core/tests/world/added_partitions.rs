//! When a producer's records go to partitions that were added: what a running broker and Kafka's producer did
//! (`conformance/vectors/broker-grown.tsv`), the rules do too.

use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::spec::{DeliverySpec, Keys, ProducerSpec, Rate, TopicSpec, WorldSpec};
use kafka_lanes_core::{Action, BrokerAct, Happening, History, ProducerId, Span, Time, spec::Timing};

use crate::support::{begin, run};

const SEEN: &str = include_str!("../../../../conformance/vectors/broker-grown.tsv");
/// In partition 0 of two, and 2 of four.
const KEY: &str = "order-1";
/// `metadata.max.age.ms`; and one that no trial lives to see the end of.
const AGE: Span = Span::from_secs(3);
const LONG: Span = Span::from_secs(300);

/// What was seen of something.
fn seen(what: &str) -> &'static str {
    let line = SEEN.lines().filter_map(|line| line.split_once('\t')).find(|(line, _)| line.starts_with(what));
    line.unwrap_or_else(|| panic!("nobody looked: {what}")).1
}

/// Two partitions, and a producer that sends when it is told to.
fn world(age: Span) -> WorldSpec {
    let producer = ProducerSpec { rate: Rate(0), ..ProducerSpec::new("Shop", vec!["t".into()]) };
    WorldSpec {
        topics: vec![TopicSpec::new("t", 2), TopicSpec::new("other", 2)],
        producers: vec![producer],
        timing: Timing { metadata_max_age: age, ..Timing::kafka() },
        ..WorldSpec::default()
    }
}

fn at(history: &mut History, millis: u64, action: Action) {
    run(history, Time::from_millis(millis));
    history.act(action).expect("it can be done");
}

fn grow() -> Action {
    Action::SetPartitions { topic: "t".into(), partitions: 4 }
}

fn send(topic: &str) -> Action {
    Action::Send { producer: "Shop".into(), topic: Some(topic.into()), key: KEY.into() }
}

/// Where the last record was sent.
fn last(history: &History) -> u32 {
    history.world().producers().next().and_then(|(_, p)| p.last).expect("it has sent").to.partition
}

/// When a record of the key first goes to its place among four, in milliseconds.
fn goes_over(history: &mut History) -> u64 {
    let now = history.world().now().0 / 1_000;
    let over = (now + 10..now + 10_000).step_by(10).find(|millis| {
        at(history, *millis, send("t"));
        last(history) == 2
    });
    over.expect("it goes over")
}

/// `within 2900 to 3700 ms: true`
fn is_within(millis: u64, seen: &str) -> bool {
    let mut words = seen.split(' ');
    let [Some("within"), Some(from), Some("to"), Some(to), Some("ms:"), Some("true")] = [(); 6].map(|()| words.next())
    else {
        panic!("{seen}")
    };
    let [from, to] = [from, to].map(|bound| bound.parse::<u64>().expect("milliseconds"));
    (from..=to).contains(&millis)
}

#[test]
fn a_key_goes_over_when_the_producers_metadata_are_old() {
    let mut history = begin(world(AGE));
    at(&mut history, 100, send("t"));
    at(&mut history, 1_000, grow());
    assert!(is_within(goes_over(&mut history), seen("partitions added 1 s after a producer began: a key goes over")));
    // Their age counts from the producer's beginning, whatever it sends.
    let mut history = begin(world(AGE));
    at(&mut history, 1_500, send("t"));
    at(&mut history, 2_000, grow());
    assert!(is_within(goes_over(&mut history), seen("its first record 1.5 s after it began")));
    let mut history = begin(world(AGE));
    at(&mut history, 100, send("t"));
    at(&mut history, 200, grow());
    at(&mut history, 4_000, send("t"));
    assert_eq!(last(&history).to_string(), seen("it sends nothing until 1 s after that"));
    let mut history = begin(world(LONG));
    at(&mut history, 100, send("t"));
    at(&mut history, 200, grow());
    at(&mut history, 6_000, send("t"));
    assert_eq!(last(&history).to_string(), seen("metadata.max.age.ms=300000: after 6 s, a record"));
}

#[test]
fn who_first_sends_to_a_topic_afterwards_asks_before() {
    let mut history = begin(world(LONG));
    at(&mut history, 100, send("other"));
    at(&mut history, 200, grow());
    at(&mut history, 300, send("t"));
    assert_eq!(last(&history).to_string(), seen("its first record to the topic comes afterwards"));
}

#[test]
fn a_connection_that_is_closed_makes_a_producer_ask() {
    let mut spec = world(LONG);
    spec.cluster.brokers = 2;
    let mut history = begin(spec);
    for key in ["order-1", "order-2"] {
        at(&mut history, 100, Action::Send { producer: "Shop".into(), topic: Some("t".into()), key: key.into() });
    }
    at(&mut history, 200, grow());
    at(&mut history, 3_000, send("t"));
    assert_eq!(last(&history), 0);
    // Where the key was, and where it goes, lives on.
    let leader = |p: usize| history.world().partitions().nth(p).and_then(|(_, log)| log.replication().leader);
    let [first, second] = [leader(0), leader(1)];
    assert_ne!(first, second);
    let broker = second.expect("it is led").0;
    history.act(Action::Broker { broker, act: BrokerAct::Kill }).expect("it runs");
    let over = goes_over(&mut history) - 3_000;
    assert!(is_within(over, seen("the same, from 0, once a broker's connection is closed")), "{over}");
}

/// Where records of each client went until its producer heard of the partitions that were added, and afterwards.
#[test]
fn every_client_goes_by_what_it_knows() {
    for client in Client::ALL {
        for keys in [Keys::None, Keys::Range { prefix: "k".into(), first: 1, last: 50 }] {
            // Some hash a missing key as an empty one.
            if keys == Keys::None && client.place(None, 2).is_some() {
                continue;
            }
            let mut spec = world(AGE);
            let delivery = DeliverySpec { batch_bytes: 1, ..DeliverySpec::default() };
            let shop = &mut spec.producers[0];
            (shop.client, shop.keys, shop.rate, shop.delivery) =
                (client, keys.clone(), Rate::per_second(100), delivery);
            let mut history = begin(spec);
            at(&mut history, 1_000, grow());
            let mut went = [Vec::new(), Vec::new()];
            for millis in (1_000..8_000).step_by(10) {
                run(&mut history, Time::from_millis(millis));
                went[usize::from(millis >= 3_000)].push(last(&history));
            }
            for all in &mut went {
                all.sort_unstable();
                all.dedup();
            }
            let seen = match client {
                Client::JavaRoundRobin => seen("records without keys, java-round-robin"),
                _ => seen("records without keys, java:"),
            };
            assert_eq!(format!("{:?}, {:?}", went[0], went[1]), seen, "{client:?}, {keys:?}");
        }
    }
}

/// A producer that hears of two growths at once goes from the first count to the last, and says so once.
#[test]
fn what_is_added_twice_is_heard_of_once() {
    let mut spec = world(AGE);
    spec.producers[0].rate = Rate::per_second(20);
    let mut history = begin(spec);
    for (millis, partitions) in [(1_000, 3), (2_000, 5)] {
        at(&mut history, millis, Action::SetPartitions { topic: "t".into(), partitions });
        let topic = history.world().topics().next().expect("the first").0;
        assert_eq!(history.world().partitions_known(ProducerId(0), topic), 2);
    }
    run(&mut history, Time::from_secs(9));
    let heard = history.world().journal().entries.iter().filter_map(|entry| match entry.what {
        Happening::PartitionsHeard { before, after, .. } => Some((entry.at, before, after)),
        _ => None,
    });
    assert_eq!(heard.collect::<Vec<_>>(), [(Time::from_secs(3), 2, 5)]);
}
