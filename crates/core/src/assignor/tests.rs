use alloc::string::{String, ToString};
use alloc::vec;

use super::*;
use crate::sorted::SortedMap;

fn member(id: &str, topics: &[&str]) -> Subscription {
    Subscription {
        member_id: id.into(),
        topics: topics.iter().map(ToString::to_string).collect(),
        ..Subscription::default()
    }
}

fn topics(list: &[(&str, u32)]) -> SortedMap<String, u32> {
    list.iter().map(|(name, partitions)| (name.to_string(), *partitions)).collect()
}

fn shown(assigned: &Assigned) -> Vec<(String, Vec<String>)> {
    assigned
        .iter()
        .map(|(id, owned)| (id.clone(), owned.iter().map(|p| alloc::format!("{}-{}", p.topic, p.partition)).collect()))
        .collect()
}

#[test]
fn range_gives_contiguous_blocks() {
    let assigned = assign(Assignor::Range, &topics(&[("t", 5)]), &[member("a", &["t"]), member("b", &["t"])]);
    assert_eq!(
        shown(&assigned),
        vec![
            ("a".into(), vec!["t-0".into(), "t-1".into(), "t-2".into()]),
            ("b".into(), vec!["t-3".into(), "t-4".into()]),
        ]
    );
}

#[test]
fn round_robin_deals_over_topics_and_skips_who_does_not_subscribe() {
    let assigned = assign(
        Assignor::RoundRobin,
        &topics(&[("t", 2), ("u", 2)]),
        &[member("b", &["t", "u"]), member("a", &["t"]), member("c", &["u", "gone"])],
    );
    // t-0 a, t-1 b, u-0 c (its turn), u-1 b (a does not subscribe).
    assert_eq!(
        shown(&assigned),
        vec![
            ("a".into(), vec!["t-0".into()]),
            ("b".into(), vec!["t-1".into(), "u-1".into()]),
            ("c".into(), vec!["u-0".into()]),
        ]
    );
}

#[test]
fn more_members_than_partitions_leaves_some_idle() {
    for assignor in Assignor::ALL {
        let members: Vec<_> = ["a", "b", "c", "d", "e"].iter().map(|id| member(id, &["t"])).collect();
        let assigned = assign(assignor, &topics(&[("t", 3)]), &members);
        assert_eq!(assigned.values().filter(|owned| owned.is_empty()).count(), 2);
    }
}

#[test]
fn static_members_come_first() {
    let mut late = member("z", &["t"]);
    late.instance_id = Some("i1".into());
    let assigned = assign(Assignor::Range, &topics(&[("t", 1)]), &[member("a", &["t"]), late]);
    assert_eq!(assigned["z"].len(), 1);
}

proptest::proptest! {
    /// Every partition has exactly one owner, who subscribes to it; shares differ by one at most where all
    /// subscribe to the one topic.
    #[test]
    fn every_partition_has_one_owner(partitions in 1u32..70, count in 1usize..40, round_robin: bool) {
        let assignor = if round_robin { Assignor::RoundRobin } else { Assignor::Range };
        let members: Vec<_> = (0..count).map(|n| member(&alloc::format!("m{n}"), &["t"])).collect();
        let assigned = assign(assignor, &topics(&[("t", partitions)]), &members);
        let mut all: Vec<u32> = assigned.values().flatten().map(|p| p.partition).collect();
        all.sort_unstable();
        proptest::prop_assert_eq!(all, (0..partitions).collect::<Vec<_>>());
        let sizes = assigned.values().map(Vec::len);
        proptest::prop_assert!(sizes.clone().max().unwrap_or(0) - sizes.min().unwrap_or(0) <= 1);
    }
}
