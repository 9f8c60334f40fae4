//! The same with names.

use alloc::string::String;
use alloc::vec::Vec;

use super::group::{Group, Member, Partition, Shares, Topic};
use super::{decide_group, target_group};
use crate::sorted::{SortedMap, sort_by};
use crate::spec::{Assignor, PartitionName, ServerAssignor};

/// A member of a group as its leader, or the broker, sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subscription {
    /// The id that the coordinator gave it.
    pub member_id: String,
    /// `group.instance.id`, for a static member.
    pub instance_id: Option<String>,
    /// The topics that it subscribes to.
    pub topics: Vec<String>,
    /// What it holds (the clients' assignors), or its present target (the broker's).
    pub owned: Vec<PartitionName>,
    /// The generation in which it came to hold that; `None` where it was in none.
    pub generation: Option<u32>,
}

/// Which partitions each member gets, by member id; members without partitions are there, with none.
pub type Assigned = SortedMap<String, Vec<PartitionName>>;

/// What a client's assignor decides.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// Which partitions each member gets now.
    pub assigned: Assigned,
    /// Of the cooperative assignor: what each of these members (by member id) is to get once the present owner has
    /// given it up. In `assigned` it is nobody's.
    pub withheld: Vec<(PartitionName, String)>,
}

/// What `assignor` gives `members` (in the order in which they joined) over `topics` with their numbers of
/// partitions. Topics that do not exist are ignored, as Kafka does.
pub fn assign(assignor: Assignor, topics: &SortedMap<String, u32>, members: &[Subscription]) -> Assigned {
    decide(assignor, topics, members).assigned
}

/// The same with what is withheld.
pub fn decide(assignor: Assignor, topics: &SortedMap<String, u32>, members: &[Subscription]) -> Decision {
    let names = Names::new(topics, members);
    names.with_group(members, |group| {
        let outcome = decide_group(assignor, group);
        let withheld = outcome
            .withheld
            .iter()
            .map(|withheld| (names.named(withheld.partition), members[withheld.to as usize].member_id.clone()));
        Decision { withheld: withheld.collect(), assigned: names.by_member(members, &outcome.assigned) }
    })
}

/// What each member is to have in the eyes of a broker's assignor (KIP-848).
pub fn target(assignor: ServerAssignor, topics: &SortedMap<String, u32>, members: &[Subscription]) -> Assigned {
    let names = Names::new(topics, members);
    names.with_group(members, |group| names.by_member(members, &target_group(assignor, group)))
}

/// The names of all topics, and their numbers.
struct Names<'a> {
    /// Those that exist, by name; after them those that somebody only speaks of.
    topics: Vec<Topic<'a>>,
    existing: usize,
}

impl<'a> Names<'a> {
    fn new(topics: &'a SortedMap<String, u32>, members: &'a [Subscription]) -> Self {
        let existing = topics.len();
        let mut unknown: Vec<&str> = members
            .iter()
            .flat_map(|m| m.topics.iter().chain(m.owned.iter().map(|p| &p.topic)))
            .filter(|name| !topics.contains_key(&**name))
            .map(|name| &**name)
            .collect();
        sort_by(&mut unknown, Ord::cmp);
        unknown.dedup();
        let known = topics.iter().map(|(name, partitions)| Topic { name, partitions: *partitions, racks: &[] });
        let topics = known.chain(unknown.into_iter().map(|name| Topic { name, ..Topic::default() })).collect();
        Self { topics, existing }
    }

    fn index(&self, name: &str) -> Option<u32> {
        let (known, unknown) = self.topics.split_at(self.existing);
        let at = known.binary_search_by(|topic| topic.name.cmp(name)).ok();
        let index = at.or_else(|| Some(self.existing + unknown.binary_search_by(|topic| topic.name.cmp(name)).ok()?));
        index.map(|index| index as u32)
    }

    /// The group in numbers.
    fn with_group<T>(&self, members: &[Subscription], decide: impl FnOnce(&Group) -> T) -> T {
        let topics: Vec<Vec<u32>> =
            members.iter().map(|m| m.topics.iter().filter_map(|name| self.index(name)).collect()).collect();
        let owned: Vec<Vec<Partition>> = members
            .iter()
            .map(|m| {
                m.owned.iter().filter_map(|p| Some(Partition { topic: self.index(&p.topic)?, number: p.partition }))
            })
            .map(Iterator::collect)
            .collect();
        let members: Vec<Member> = members
            .iter()
            .zip(topics.iter().zip(&owned))
            .map(|(m, (topics, owned))| Member {
                id: &m.member_id,
                instance_id: m.instance_id.as_deref(),
                rack: None,
                topics,
                owned,
                generation: m.generation,
            })
            .collect();
        decide(&Group { topics: &self.topics, members: &members })
    }

    fn named(&self, partition: Partition) -> PartitionName {
        PartitionName { topic: self.topics[partition.topic as usize].name.into(), partition: partition.number }
    }

    fn by_member(&self, members: &[Subscription], shares: &Shares) -> Assigned {
        let mut named: Vec<(&String, Vec<PartitionName>)> = members
            .iter()
            .zip(shares.iter())
            .map(|(m, share)| (&m.member_id, share.iter().map(|p| self.named(*p)).collect()))
            .collect();
        // A map takes what comes in order at once.
        sort_by(&mut named, |a, b| a.0.cmp(b.0));
        named.into_iter().map(|(id, share)| (id.clone(), share)).collect()
    }
}
