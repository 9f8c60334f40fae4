//! Producers built on different clients: where their records go.

use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::spec::{Keys, ProducerSpec, Rate, TopicSpec, WorldSpec};
use kafka_lanes_core::{History, Span, Time};

/// How many records stand in each of so many partitions after a while, of a producer built on `client`.
fn spread(client: Client, keys: Keys, partitions: u32, linger: Span) -> Vec<u64> {
    let mut producer = ProducerSpec::new("p", vec!["t".into()]);
    producer.client = client;
    producer.keys = keys;
    producer.rate = Rate::per_second(50);
    producer.delivery.linger = linger;
    let spec =
        WorldSpec { topics: vec![TopicSpec::new("t", partitions)], producers: vec![producer], ..WorldSpec::default() };
    let mut history = History::new(spec, 7).unwrap();
    history.advance(Time::from_secs(12), u64::MAX);
    history.world().partitions().map(|(_, log)| log.end()).collect()
}

fn used(ends: &[u64]) -> usize {
    ends.iter().filter(|end| **end > 0).count()
}

#[test]
fn one_key_goes_where_its_client_says() {
    for client in Client::ALL {
        let Some(placement) = client.place(Some(b"order-42"), 12) else { continue };
        let ends = spread(client, Keys::List(vec!["order-42".into()]), 12, Span::ZERO);
        assert_eq!(used(&ends), 1, "{client:?}");
        assert!(ends[placement.partition as usize] > 0, "{client:?}: {ends:?}");
    }
    // What people file bugs about: the same key, two clients, two partitions.
    let [java, librdkafka] = [Client::Java, Client::Librdkafka].map(|client| client.place(Some(b"order-42"), 12));
    assert_ne!(java.map(|p| p.partition), librdkafka.map(|p| p.partition));
}

#[test]
fn without_keys_java_stays_with_a_partition_for_a_batch_of_bytes() {
    // 170 bytes a record: a partition is left after 97 of them, which is batch.size.
    let ends = spread(Client::Java, Keys::None, 3, Span::ZERO);
    assert!(ends.iter().all(|end| end % 97 == 0 || ends.iter().filter(|end| *end % 97 != 0).count() == 1), "{ends:?}");
    assert!(used(&ends) > 1, "{ends:?}");
}

#[test]
fn without_keys_the_others_spread_as_they_do() {
    for client in [Client::JavaRoundRobin, Client::KafkaJs] {
        let ends = spread(client, Keys::None, 3, Span::ZERO);
        let (least, most) = (ends.iter().min().unwrap(), ends.iter().max().unwrap());
        assert!(most - least <= 1, "{client:?} takes turns: {ends:?}");
    }
    for client in [Client::Sarama, Client::KafkaPython, Client::Librdkafka] {
        let ends = spread(client, Keys::None, 3, Span::ZERO);
        assert!(ends.iter().all(|end| *end > 100), "{client:?} draws for each record: {ends:?}");
    }
    // librdkafka stays for twice linger.ms: with 2 s that is 200 records.
    let ends = spread(Client::Librdkafka, Keys::None, 12, Span::from_secs(2));
    assert!((1..=4).contains(&used(&ends)), "{ends:?}");
}

#[test]
fn round_robin_counts_keys_for_nothing() {
    let ends = spread(Client::JavaRoundRobin, Keys::List(vec!["order-42".into()]), 3, Span::ZERO);
    assert_eq!(used(&ends), 3);
}
