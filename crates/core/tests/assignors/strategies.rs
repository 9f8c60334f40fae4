//! Lists of assignors: what Kafka's coordinator chose of those of its members, and how its consumer takes part in rounds.
//!
//! `conformance/java/.../Strategies.java` wrote the answers; no number of them comes from our code.

use kafka_lanes_core::assignor::{choose, supports};
use kafka_lanes_core::spec::{Assignor, Assignors, Protocol};

/// The lines of a file, in columns.
fn lines(name: &str, columns: usize, least: usize) -> Vec<Vec<String>> {
    let path = format!("{}/../../conformance/vectors/strategy-{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines: Vec<Vec<String>> = lines.map(|line| line.split('\t').map(String::from).collect()).collect();
    assert!(lines.len() >= least && lines.iter().all(|line| line.len() == columns), "{path}");
    lines
}

fn assignor(letter: char) -> Assignor {
    match letter {
        'r' => Assignor::Range,
        'o' => Assignor::RoundRobin,
        's' => Assignor::Sticky,
        'c' => Assignor::CooperativeSticky,
        other => panic!("{other} is no assignor"),
    }
}

fn list(letters: &str) -> Assignors {
    letters.chars().map(assignor).collect()
}

#[test]
fn a_group_takes_whom_kafka_takes_and_has_what_kafka_chooses() {
    let (mut refused, mut different) = (0, Vec::new());
    for line in lines("choices", 3, 6_000) {
        let [before, own, choice] = &line[..] else { panic!("{line:?}") };
        let mut members: Vec<Assignors> = before.split(',').filter(|list| *list != "-").map(list).collect();
        let taken = supports(&members, list(own));
        members.push(list(own));
        let ours = taken.then(|| choose(&members)).flatten();
        let kafkas = choice.chars().next().filter(|letter| *letter != '-').map(assignor);
        refused += usize::from(kafkas.is_none());
        if ours != kafkas {
            different.push((line, ours));
        }
    }
    assert!(different.is_empty(), "{} differ, the first: {:?}", different.len(), different[0]);
    assert!(refused > 300, "there are some of both");
}

#[test]
fn a_consumer_takes_part_in_rounds_as_kafkas_does() {
    // All lists that there are of four: 4 + 12 + 24 + 24.
    for line in lines("protocols", 2, 64) {
        let protocol = if line[1] == "COOPERATIVE" { Protocol::Cooperative } else { Protocol::Eager };
        assert_eq!(list(&line[0]).protocol(), protocol, "{line:?}");
    }
}
