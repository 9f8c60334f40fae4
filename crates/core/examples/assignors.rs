//! How long each assignor takes, in the shapes of Kafka's own benchmarks: prints a line for each figure.
//! Assignor, members, partitions, topics, whether subscriptions are unequal, whether a member joins, milliseconds.
//!
//! `cargo run --release --example assignors`; `cargo xtask bench assignors` puts Java beside it.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kafka_lanes_core::assignor::{Group, Member, Partition, Shares, Topic, decide_group, target_group};
use kafka_lanes_core::spec::{Assignor, ServerAssignor};

/// Members, partitions, topics.
const SIZES: [(usize, u32, u32); 3] = [(100, 1_000, 10), (1_000, 10_000, 100), (2_000, 100_000, 100)];
/// Into how many sets of topics and members a group of unequal subscriptions falls.
const BUCKETS: usize = 5;
/// How long each figure is measured, and how often at the least and at the most.
const PATIENCE: Duration = Duration::from_millis(400);
const RUNS: std::ops::RangeInclusive<usize> = 5..=201;

fn main() {
    // A name, if one is enough.
    let wanted = std::env::args().nth(1);
    let all = ["range", "roundrobin", "cooperative-sticky", "uniform", "server-range"];
    for name in all.into_iter().filter(|name| wanted.as_deref().is_none_or(|wanted| wanted == *name)) {
        for unequal in [false, true] {
            for (members, partitions, topics) in SIZES {
                for joins in [false, true] {
                    let world = World::new(name, members, partitions / topics, topics, unequal, joins);
                    let ms = world.measure(name);
                    println!("{name} {members} {partitions} {topics} {unequal} {joins} {ms:.4}");
                }
            }
        }
    }
}

struct World {
    topics: Vec<(String, u32)>,
    ids: Vec<String>,
    subscriptions: Vec<Vec<u32>>,
    owned: Vec<Vec<Partition>>,
}

impl World {
    /// As Kafka's `ClientSideAssignorBenchmark` and `ServerSideAssignorBenchmark` have it. With `joins` all but the last
    /// member hold what they were given, and the last one is new.
    fn new(name: &str, members: usize, partitions: u32, topics: u32, unequal: bool, joins: bool) -> Self {
        let first = members - usize::from(joins);
        let (topic_share, member_share) = (topics.div_ceil(BUCKETS as u32), first.div_ceil(BUCKETS));
        let subscription = |member: usize| -> Vec<u32> {
            if !unequal {
                return (0..topics).collect();
            }
            let bucket = (member.min(first - 1) / member_share) as u32;
            (bucket * topic_share..topics.min((bucket + 1) * topic_share)).collect()
        };
        let mut world = Self {
            topics: (0..topics).map(|n| (format!("topic{n}"), partitions)).collect(),
            ids: (0..first).map(|n| format!("member{n}")).collect(),
            subscriptions: (0..first).map(subscription).collect(),
            owned: vec![Vec::new(); first],
        };
        if joins {
            world.owned = world.with_group(|group| decide(name, group).iter().map(<[Partition]>::to_vec).collect());
            world.owned.push(Vec::new());
            world.ids.push(format!("member{first}"));
            world.subscriptions.push(subscription(first));
        }
        world
    }

    fn with_group<T>(&self, run: impl FnOnce(&Group) -> T) -> T {
        let topics: Vec<Topic> =
            self.topics.iter().map(|(name, partitions)| Topic { name, partitions: *partitions, racks: &[] }).collect();
        let members: Vec<Member> = (0..self.ids.len())
            .map(|m| Member {
                id: &self.ids[m],
                topics: &self.subscriptions[m],
                owned: &self.owned[m],
                ..Member::default()
            })
            .collect();
        run(&Group { topics: &topics, members: &members })
    }

    /// The median of several runs, in milliseconds.
    fn measure(&self, name: &str) -> f64 {
        self.with_group(|group| {
            let begun = Instant::now();
            let mut times = Vec::new();
            while times.len() < *RUNS.start() || begun.elapsed() < PATIENCE && times.len() < *RUNS.end() {
                let start = Instant::now();
                let shares = decide(name, black_box(group));
                times.push(start.elapsed());
                black_box(shares);
            }
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64() * 1e3
        })
    }
}

fn decide(name: &str, group: &Group) -> Shares {
    match name {
        "uniform" => target_group(ServerAssignor::Uniform, group),
        "server-range" => target_group(ServerAssignor::Range, group),
        name => {
            let assignor =
                Assignor::ALL.into_iter().find(|assignor| assignor.name() == name).expect("a client's assignor");
            decide_group(assignor, group).assigned
        }
    }
}
