//! Who owns which lane: what an assignor gives, and whether arrows are just that.

use kafka_lanes_core::assignor::{Subscription, assign};
use kafka_lanes_core::sorted::{SortedMap, SortedSet};
use kafka_lanes_core::spec::{Assignor, PartitionName};

/// What `assignor` gives each of `members`, in their order; all subscribe to all of `topics`, which come
/// with their numbers of partitions.
///
/// Kafka orders members by id, which is the client's id, a hyphen and a random UUID: by name, that is.
pub(super) fn shares(
    assignor: Assignor,
    topics: &SortedMap<String, u32>,
    members: &[String],
) -> Vec<Vec<PartitionName>> {
    let id = |name: &String| format!("{name}-");
    let names: Vec<String> = topics.keys().cloned().collect();
    let subscriptions: Vec<Subscription> = members
        .iter()
        .map(|name| Subscription { member_id: id(name), topics: names.clone(), ..Subscription::default() })
        .collect();
    let mut assigned = assign(assignor, topics, &subscriptions);
    members.iter().map(|name| assigned.remove(&id(name)).unwrap_or_default()).collect()
}

/// The assignor that gives what is drawn, if one does: round-robin, if both do. Of a topic of which nothing
/// is drawn, anything goes.
pub(super) fn assignor_of(
    drawn: &[SortedSet<PartitionName>],
    topics: &SortedMap<String, u32>,
    members: &[String],
) -> Option<Assignor> {
    let is_drawn: SortedSet<&String> = drawn.iter().flatten().map(|partition| &partition.topic).collect();
    let gives = |assignor: &Assignor| {
        let shares = shares(*assignor, topics, members);
        shares.iter().zip(drawn).all(|(share, drawn)| {
            let of_drawn = share.iter().filter(|partition| is_drawn.contains(&partition.topic));
            of_drawn.clone().count() == drawn.len() && of_drawn.clone().all(|partition| drawn.contains(partition))
        })
    };
    [Assignor::RoundRobin, Assignor::Range].into_iter().find(gives)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(partitions: &[&[u32]]) -> Vec<SortedSet<PartitionName>> {
        let name = |partition: &u32| PartitionName { topic: "t".into(), partition: *partition };
        partitions.iter().map(|share| share.iter().map(name).collect()).collect()
    }

    #[test]
    fn which_assignor() {
        let topics = SortedMap::from([("t".into(), 4)]);
        let members = [String::from("b"), String::from("a")];
        assert_eq!(assignor_of(&drawn(&[&[1, 3], &[0, 2]]), &topics, &members), Some(Assignor::RoundRobin));
        assert_eq!(assignor_of(&drawn(&[&[2, 3], &[0, 1]]), &topics, &members), Some(Assignor::Range));
        assert_eq!(assignor_of(&drawn(&[&[0, 2], &[1, 3]]), &topics, &members), None, "a comes before b");
        assert_eq!(assignor_of(&drawn(&[&[1], &[0, 2]]), &topics, &members), None, "nobody reads 3");
    }
}
