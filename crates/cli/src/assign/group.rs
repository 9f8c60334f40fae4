//! A group, as a line of stdin says it.

use std::collections::{BTreeMap, HashMap, HashSet};

use kafka_lanes_core::assignor::{Group as Numbers, Member as Numbered, Partition, Topic};
use serde::{Deserialize, Deserializer};

use super::object::{Fields, Object};

/// Partitions of one group at the most.
const MAX_GROUP_PARTITIONS: u64 = 1_000_000;
/// Members of one group at the most.
const MAX_GROUP_MEMBERS: usize = 100_000;

/// Members times partitions at the most where racks are given: each may have to be compared with each.
const MAX_GROUP_PAIRS: u64 = 1_000_000_000;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    topics: BTreeMap<String, u32>,
    #[serde(deserialize_with = "members")]
    pub(super) members: Vec<Member>,
    /// The racks of each partition's replicas.
    #[serde(default)]
    partition_racks: BTreeMap<String, Vec<Vec<String>>>,
}

impl Fields for Group {
    const WHAT: &'static str = "a group, {\"topics\":…,\"members\":…},";
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Member {
    pub(super) id: String,
    topics: Vec<String>,
    #[serde(default)]
    instance_id: Option<String>,
    #[serde(default)]
    rack: Option<String>,
    #[serde(default)]
    owned: Vec<TopicPartition>,
    /// Kafka's own data says −1 for none.
    #[serde(default)]
    generation: Option<i32>,
}

impl Fields for Member {
    const WHAT: &'static str = "a member, {\"id\":…,\"topics\":…},";
}

fn members<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Member>, D::Error> {
    let members: Vec<Object<Member>> = Vec::deserialize(deserializer)?;
    Ok(members.into_iter().map(|Object(member)| member).collect())
}

/// `orders-0`: what stands before the last hyphen is the topic.
#[derive(Debug)]
struct TopicPartition {
    topic: String,
    number: u32,
}

impl<'de> Deserialize<'de> for TopicPartition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parts = text.rsplit_once('-').and_then(|(topic, number)| Some((topic, number.parse().ok()?)));
        let Some((topic, number)) = parts else {
            let what = format!("“{text}” is no partition. Write the topic, a hyphen and the number, such as orders-0");
            return Err(serde::de::Error::custom(what));
        };
        Ok(Self { topic: topic.into(), number })
    }
}

impl Group {
    /// Whether it is within the limits, and every member is there once.
    pub(super) fn check(&self) -> Result<(), String> {
        let partitions: u64 = self.topics.values().map(|n| u64::from(*n)).sum();
        if partitions > MAX_GROUP_PARTITIONS {
            return Err(format!(
                "{partitions} partitions are more than {MAX_GROUP_PARTITIONS} (MAX_GROUP_PARTITIONS). Leave some topics out."
            ));
        }
        if self.members.len() > MAX_GROUP_MEMBERS {
            return Err(format!(
                "{} members are more than {MAX_GROUP_MEMBERS} (MAX_GROUP_MEMBERS). Leave some out.",
                self.members.len()
            ));
        }
        let pairs = partitions * self.members.len() as u64;
        if !self.partition_racks.is_empty() && pairs > MAX_GROUP_PAIRS {
            return Err(format!(
                "{} members times {partitions} partitions are more than {MAX_GROUP_PAIRS} (MAX_GROUP_PAIRS) where racks are given. Leave out partition_racks, or some members.",
                self.members.len()
            ));
        }
        let mut ids = HashSet::new();
        if let Some(twice) = self.members.iter().find(|member| !ids.insert(&member.id)) {
            return Err(format!("the member “{}” is there twice. A member's id is its own.", twice.id));
        }
        Ok(())
    }

    /// Whether a broker could have this: it knows all topics of its members, and gives a partition to one of them.
    pub(super) fn check_target(&self) -> Result<(), String> {
        let mut owners: HashMap<(&str, u32), &str> = HashMap::new();
        for member in &self.members {
            if let Some(unknown) = member.topics.iter().find(|topic| !self.topics.contains_key(*topic)) {
                return Err(format!(
                    "{} subscribes to “{unknown}”, which is not among the topics. A broker's assignor is asked about topics that exist: add it, or leave it out.",
                    member.id
                ));
            }
            for TopicPartition { topic, number } in &member.owned {
                if let Some(other) = owners.insert((topic, *number), &member.id) {
                    return Err(format!(
                        "{topic}-{number} is owned by {other} and by {}. In a broker's target it is owned once: leave one out.",
                        member.id
                    ));
                }
            }
        }
        Ok(())
    }

    /// The names of all topics that are spoken of: those that exist come first.
    pub(super) fn topic_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.topics.keys().map(|name| &**name).collect();
        let mut known: HashSet<&str> = names.iter().copied().collect();
        let spoken_of = self.members.iter().flat_map(|m| m.topics.iter().chain(m.owned.iter().map(|p| &p.topic)));
        for name in spoken_of {
            if known.insert(name) {
                names.push(name);
            }
        }
        names
    }

    /// The racks of each of a topic's partitions, as far as they are given.
    fn racks_of(&self, topic: &str) -> Vec<Vec<&str>> {
        let partitions = self.partition_racks.get(topic).into_iter().flatten();
        partitions.map(|racks| racks.iter().map(|rack| &**rack).collect()).collect()
    }

    /// The group in numbers.
    pub(super) fn with_numbers<T>(&self, run: impl FnOnce(&Numbers) -> T) -> T {
        let names = self.topic_names();
        let index: HashMap<&str, u32> = names.iter().copied().zip(0..).collect();
        let racks: Vec<Vec<Vec<&str>>> = names.iter().map(|name| self.racks_of(name)).collect();
        let topics: Vec<Topic> = names
            .iter()
            .zip(&racks)
            .map(|(name, racks)| Topic { name, partitions: self.topics.get(*name).copied().unwrap_or(0), racks })
            .collect();
        let subscribed: Vec<Vec<u32>> =
            self.members.iter().map(|m| m.topics.iter().map(|name| index[&**name]).collect()).collect();
        let owned: Vec<Vec<Partition>> = self
            .members
            .iter()
            .map(|m| m.owned.iter().map(|p| Partition { topic: index[&*p.topic], number: p.number }).collect())
            .collect();
        let members: Vec<Numbered> = self
            .members
            .iter()
            .zip(subscribed.iter().zip(&owned))
            .map(|(m, (topics, owned))| Numbered {
                id: &m.id,
                instance_id: m.instance_id.as_deref(),
                rack: m.rack.as_deref(),
                topics,
                owned,
                generation: m.generation.and_then(|generation| u32::try_from(generation).ok()),
            })
            .collect();
        run(&Numbers { topics: &topics, members: &members })
    }
}
