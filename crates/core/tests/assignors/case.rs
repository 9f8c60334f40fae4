//! A golden vector: a group, and what Kafka made of it. `conformance/README.md` says how they are written.

use kafka_lanes_core::assignor::{Group, Member, Partition, Topic};
use serde_json::Value;

/// The characters that stand for the members, by their place in the case.
const OWNERS: &str = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The names that a file's cases say by number.
pub(crate) struct Pools {
    topics: Vec<String>,
    members: Vec<String>,
    instances: Vec<String>,
    racks: Vec<String>,
}

impl Pools {
    fn new(header: &Value) -> Self {
        let list = |key: &str| -> Vec<String> {
            let names = header[key].as_array().expect("a list of names");
            names.iter().map(|name| name.as_str().expect("a name").into()).collect()
        };
        Self { topics: list("topics"), members: list("members"), instances: list("instances"), racks: list("racks") }
    }
}

struct Line {
    id: usize,
    topics: Vec<u32>,
    instance: Option<usize>,
    generation: Option<u32>,
    owned: Vec<Partition>,
    rack: Option<usize>,
}

/// One case.
pub(crate) struct Case {
    /// How many partitions each topic of the pool has.
    counts: Vec<u32>,
    /// The racks of each topic's partitions' replicas, by number.
    racks: Vec<Vec<Vec<usize>>>,
    members: Vec<Line>,
    answer: String,
    withheld: Vec<Partition>,
}

/// All cases of a file.
pub(crate) fn read(name: &str) -> (Pools, Vec<Case>) {
    let path = format!("{}/../../conformance/vectors/assign-{name}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let mut lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line of JSON"));
    let header = lines.next().expect("a header");
    let pools = Pools::new(&header);
    let cases: Vec<Case> = lines.map(|line| Case::new(&line, pools.topics.len())).collect();
    assert_eq!(header["cases"].as_u64(), Some(cases.len() as u64), "{path}");
    assert!(cases.len() >= 1_000, "{path}");
    (pools, cases)
}

impl Case {
    fn new(line: &Value, topic_count: usize) -> Self {
        let mut counts = vec![0; topic_count];
        let mut racks = vec![Vec::new(); topic_count];
        let mut all = line["r"].as_str().unwrap_or_default().split(' ');
        for Partition { topic, number } in partitions(text(&line["t"])) {
            counts[topic as usize] = number;
            if line["r"].is_string() {
                let digits = |text: &str| text.bytes().map(|digit| usize::from(digit - b'0')).collect();
                racks[topic as usize] = all.by_ref().take(number as usize).map(digits).collect();
            }
        }
        let members = line["m"].as_array().expect("members").iter().map(|member| Line::new(text(member))).collect();
        let mut withheld = partitions(line["w"].as_str().unwrap_or_default());
        withheld.sort_unstable();
        Self { counts, racks, members, answer: text(&line["a"]).into(), withheld }
    }

    /// Calls with the group as it is to be assigned.
    pub(crate) fn with_group<T>(&self, pools: &Pools, run: impl FnOnce(&Group) -> T) -> T {
        let named = |racks: &Vec<usize>| racks.iter().map(|rack| &*pools.racks[*rack]).collect();
        let racks: Vec<Vec<Vec<&str>>> = self.racks.iter().map(|of| of.iter().map(named).collect()).collect();
        let topics: Vec<Topic> = (0..self.counts.len())
            .map(|t| Topic { name: &pools.topics[t], partitions: self.counts[t], racks: &racks[t] })
            .collect();
        let members: Vec<Member> = self
            .members
            .iter()
            .map(|m| Member {
                id: &pools.members[m.id],
                instance_id: m.instance.map(|i| &*pools.instances[i]),
                rack: m.rack.map(|r| &*pools.racks[r]),
                topics: &m.topics,
                owned: &m.owned,
                generation: m.generation,
            })
            .collect();
        run(&Group { topics: &topics, members: &members })
    }

    /// What Kafka gave each member; what its cooperative assignor withheld is with those that it is meant for.
    pub(crate) fn expected(&self) -> Vec<Vec<Partition>> {
        let mut shares = vec![Vec::new(); self.members.len()];
        let mut owners = self.answer.chars();
        for (topic, count) in (0..).zip(&self.counts) {
            for number in 0..*count {
                let owner = owners.next().expect("an owner for each partition");
                if owner != '.' {
                    shares[OWNERS.find(owner).expect("a member")].push(Partition { topic, number });
                }
            }
        }
        shares
    }

    pub(crate) fn withheld(&self) -> &[Partition] {
        &self.withheld
    }
}

impl Line {
    fn new(text: &str) -> Self {
        let mut words = text.split(' ').map(|word| Some(word).filter(|word| *word != "-"));
        let mut word = || words.next().flatten();
        let number = |word: &str| word.parse::<usize>().expect("a number");
        Self {
            id: word().map(number).expect("an id"),
            topics: word().unwrap_or_default().bytes().map(|letter| u32::from(letter - b'a')).collect(),
            instance: word().map(number),
            generation: word().map(|generation| number(generation) as u32),
            owned: partitions(word().unwrap_or_default()),
            rack: word().map(number),
        }
    }
}

/// `a0b12` is partition 0 of the first topic and partition 12 of the second.
fn partitions(text: &str) -> Vec<Partition> {
    let starts: Vec<usize> = text.char_indices().filter(|(_, c)| c.is_ascii_lowercase()).map(|(at, _)| at).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let one = |(start, end): (&usize, usize)| Partition {
        topic: u32::from(text.as_bytes()[*start] - b'a'),
        number: text[*start + 1..end].parse().expect("a partition's number"),
    };
    starts.iter().zip(ends).map(one).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
