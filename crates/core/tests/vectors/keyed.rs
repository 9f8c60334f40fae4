//! Every client's partitioner against that client itself.

use kafka_lanes_core::partitioner::{Client, Placement};
use proptest::prelude::*;

use crate::support::{Vectors, repository_file};

/// None is no key at all.
fn keys() -> Vec<Option<Vec<u8>>> {
    let rows = Vectors::read("partition-keys.tsv").rows;
    rows.iter().map(|row| row[0].strip_prefix('x').map(from_hex)).collect()
}

fn from_hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn shown(number: Option<impl ToString>) -> String {
    number.map_or("-".into(), |number| number.to_string())
}

/// The clients whose partitions follow from keys.
fn by_key() -> impl Iterator<Item = Client> {
    Client::ALL.into_iter().filter(|client| *client != Client::JavaRoundRobin)
}

#[test]
fn every_client_places_every_key_as_it_does_itself() {
    let keys = keys();
    assert!(keys.len() > 2_000 && keys.contains(&None) && keys.contains(&Some(Vec::new())));
    for client in by_key() {
        let vectors = Vectors::read(&format!("partition-{}.tsv", client.name()));
        vectors.knows_its_origin();
        let columns = vectors.columns();
        assert_eq!(vectors.rows.len(), keys.len(), "{client:?}");
        for (key, row) in keys.iter().zip(&vectors.rows) {
            let key = key.as_deref();
            let ours = columns.iter().map(|column| match column.parse() {
                Ok(partitions) => shown(client.place(key, partitions).map(|placed| placed.partition)),
                Err(_) => shown(key.map(|key| client.arithmetic().function.hash(key))),
            });
            let ours: Vec<String> = ours.collect();
            assert_eq!(&ours, row, "{client:?}, key {key:02x?}, columns {columns:?}");
        }
    }
}

/// The table of disagreements in conformance/README.md says what the vectors say.
#[test]
fn the_table_counts_right() {
    let readme = repository_file("conformance/README.md");
    let java = Vectors::read("partition-java.tsv");
    for client in by_key() {
        let vectors = Vectors::read(&format!("partition-{}.tsv", client.name()));
        let differing = |partitions: &str| {
            let place = |vectors: &Vectors| vectors.columns().iter().position(|column| column == partitions).unwrap();
            let (ours, theirs) = (place(&vectors), place(&java));
            // The first two are no key and the empty key.
            vectors.rows.iter().zip(&java.rows).skip(2).filter(|(row, java)| row[ours] != java[theirs]).count()
        };
        let start = format!("| `{}` |", client.name());
        let end = format!("| {} | {} |", differing("12"), differing("1000"));
        let line = readme.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no line {start}"));
        assert!(line.ends_with(&end), "{line} must end {end}");
    }
}

fn any_key() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..100)
}

proptest! {
    #[test]
    fn a_placement_adds_up(key in any_key(), partitions in 1..=i32::MAX.unsigned_abs(), client in 0..Client::ALL.len()) {
        let client = Client::ALL[client];
        if let Some(placed) = client.place(Some(&key), partitions) {
            prop_assert!(placed.partition < partitions);
            prop_assert_eq!(placed.hash, placed.arithmetic.function.hash(&key));
            prop_assert_eq!(placed.dividend, placed.arithmetic.sign.dividend(placed.hash));
            prop_assert_eq!(placed.remainder().unsigned_abs(), u64::from(placed.partition));
        } else {
            prop_assert!(client == Client::JavaRoundRobin || client == Client::Librdkafka && key.is_empty());
        }
    }

    /// librdkafka drops the sign before the remainder, Sarama after it. It comes to the same.
    #[test]
    fn sarama_and_librdkafka_agree_on_fnv1a(key in any_key(), partitions in 1..=i32::MAX.unsigned_abs()) {
        let partition = |client: Client| client.place(Some(&key), partitions).map(|placed| placed.partition);
        prop_assert_eq!(partition(Client::Sarama), partition(Client::LibrdkafkaFnv1a));
    }

    /// Twice the partitions: a key stays, or moves as far as there were partitions.
    #[test]
    fn doubling_moves_a_key_by_the_old_number(hash: i32, partitions in 1..1_000_000_u32) {
        let (before, after) = (Placement::of_hash(hash, partitions), Placement::of_hash(hash, 2 * partitions));
        prop_assert!([before.partition, before.partition + partitions].contains(&after.partition));
    }
}
