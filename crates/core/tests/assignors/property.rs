//! What holds of every assignment, and that fast is the same as literal.

use std::collections::BTreeSet;

use kafka_lanes_core::assignor::{Group, Member, Partition, Topic, decide_group, target_group};
use kafka_lanes_core::spec::{Assignor, ServerAssignor};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::literal;

/// Of a member: its topics as bits, what it claims as bits of each topic's partitions, its generation.
type Drawn = (u8, Vec<u8>, Option<u32>);

const NAMES: [&str; 5] = ["t1", "t10", "t2", "a", "Z"];
const IDS: [&str; 8] = ["AaAa", "BBBB", "AaBB", "c-2", "c-10", "c-1", "z", "0"];

#[derive(Debug)]
struct Small {
    counts: Vec<u32>,
    topics: Vec<Vec<u32>>,
    owned: Vec<Vec<Partition>>,
    generations: Vec<Option<u32>>,
}

impl Small {
    fn new(counts: Vec<u32>, members: Vec<Drawn>, alone: bool) -> Self {
        let mut taken = BTreeSet::new();
        let mut small = Self { counts, topics: Vec::new(), owned: Vec::new(), generations: Vec::new() };
        for (topics, claims, generation) in members {
            let of_bits = |bits: u8, count: usize| (0..count as u32).filter(move |bit| bits >> bit & 1 == 1);
            small.topics.push(of_bits(topics, small.counts.len()).collect());
            let mut owned = Vec::new();
            for (topic, (count, bits)) in (0..).zip(small.counts.iter().zip(claims)) {
                owned.extend(of_bits(bits, *count as usize).map(|number| Partition { topic, number }));
            }
            // A broker gives nothing to two.
            owned.retain(|tp| taken.insert(*tp) || !alone);
            small.owned.push(owned);
            small.generations.push(generation);
        }
        small
    }

    fn with_group<T>(&self, run: impl FnOnce(&Group) -> T) -> T {
        let topic =
            |(name, partitions): (&'static &'static str, &u32)| Topic { name, partitions: *partitions, racks: &[] };
        let topics: Vec<Topic> = NAMES.iter().zip(&self.counts).map(topic).collect();
        let members: Vec<Member> = (0..self.topics.len())
            .map(|m| Member {
                id: IDS[m],
                topics: &self.topics[m],
                owned: &self.owned[m],
                generation: self.generations[m],
                ..Member::default()
            })
            .collect();
        run(&Group { topics: &topics, members: &members })
    }
}

fn small(alone: bool) -> impl Strategy<Value = Small> {
    // Few bits: so that claims seldom meet.
    let claims = vec((any::<u8>(), any::<u8>()).prop_map(|(a, b)| a & b), 5);
    let generation = prop_oneof![4 => Just(Some(7)), 1 => Just(Some(6)), 1 => Just(Some(5)), 1 => Just(None)];
    (vec(1_u32..8, 1..=5), vec((any::<u8>(), claims, generation), 1..=8))
        .prop_map(move |(counts, members)| Small::new(counts, members, alone))
}

/// Kafka 4.3.1 moves two partitions to and fro for ever here, with four members and seventeen partitions.
#[test]
fn where_kafka_never_answers_we_do() {
    let owned = |list: &[(u32, &[u32])]| -> Vec<Partition> {
        let of = |(topic, numbers): &(u32, &[u32])| {
            numbers.iter().map(|n| Partition { topic: *topic, number: *n }).collect()
        };
        list.iter().flat_map(|part| -> Vec<Partition> { of(part) }).collect()
    };
    let names = ["m00", "m01", "m02", "m03"];
    let subscribed: [&[u32]; 4] = [&[2], &[0, 1], &[0, 2], &[0, 2]];
    let owned = [
        owned(&[]),
        owned(&[(0, &[1, 3]), (1, &[0, 1, 2, 3, 4])]),
        owned(&[(0, &[0, 2, 4])]),
        owned(&[(0, &[5, 6]), (2, &[0, 1, 2, 3, 4])]),
    ];
    let topic = |(name, partitions)| Topic { name, partitions, racks: &[] };
    let members: Vec<Member> = (0..4)
        .map(|m| Member {
            id: names[m],
            topics: subscribed[m],
            owned: &owned[m],
            generation: Some(3),
            ..Member::default()
        })
        .collect();
    let group = Group { topics: &[("t0", 7), ("t1", 5), ("t2", 5)].map(topic), members: &members };
    let shares = decide_group(Assignor::Sticky, &group).assigned;
    assert_eq!(shares.iter().map(<[Partition]>::len).collect::<Vec<_>>(), [3, 6, 5, 3]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn the_general_algorithm_is_the_literal_one(small in small(false)) {
        small.with_group(|group| {
            // Were all alike, Kafka would take the other algorithm.
            let named: BTreeSet<BTreeSet<u32>> = small.topics.iter().map(|topics| topics.iter().copied().collect()).collect();
            let Some(literal) = (named.len() > 2 || named.len() > 1 && !named.contains(&BTreeSet::new()))
                .then(|| literal::general(group))
                .flatten()
            else {
                return Ok(());
            };
            let ours = decide_group(Assignor::Sticky, group).assigned;
            let ours: Vec<BTreeSet<Partition>> = ours.iter().map(|share| share.iter().copied().collect()).collect();
            prop_assert_eq!(ours, literal);
            Ok(())
        })?;
    }

    /// What subscribers there are for is owned once; by a subscriber, but where Kafka itself gives it to somebody else.
    #[test]
    fn everything_has_one_owner(small in small(true), client in proptest::option::of(0_usize..4), server in 0_usize..2) {
        small.with_group(|group| {
            let (shares, withheld) = match client {
                Some(client) => {
                    let outcome = decide_group(Assignor::ALL[client], group);
                    (outcome.assigned, outcome.withheld)
                }
                None => (target_group(ServerAssignor::ALL[server], group), Vec::new()),
            };
            let mut owned: Vec<Partition> = shares.iter().flatten().copied().collect();
            owned.extend(withheld.iter().map(|withheld| withheld.partition));
            owned.sort_unstable();
            let named: BTreeSet<u32> = small.topics.iter().flatten().copied().collect();
            let all = |topic: u32| (0..small.counts[topic as usize]).map(move |number| Partition { topic, number });
            prop_assert_eq!(owned, named.into_iter().flat_map(all).collect::<Vec<_>>());
            let sticky = client.is_some_and(|client| client >= 2);
            for (share, topics) in shares.iter().zip(&small.topics).filter(|_| !sticky) {
                prop_assert!(share.iter().all(|tp| topics.contains(&tp.topic)));
            }
            Ok(())
        })?;
    }
}
