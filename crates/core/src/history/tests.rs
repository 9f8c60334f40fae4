use alloc::vec;

use super::*;
use crate::spec::{ConsumerSpec, GroupSpec, ProducerSpec, TopicSpec};

fn article() -> WorldSpec {
    let group = |name: &str, consumers: &[&str]| GroupSpec {
        consumers: consumers.iter().map(|c| ConsumerSpec { name: (*c).into(), ..Default::default() }).collect(),
        ..GroupSpec::new(name, vec!["ORDER_EVENTS".into()])
    };
    WorldSpec {
        topics: vec![TopicSpec::new("ORDER_EVENTS", 3)],
        producers: vec![ProducerSpec::new("Shop", vec!["ORDER_EVENTS".into()])],
        groups: vec![
            group("Payment-g1", &["Payment-1", "Payment-2", "Payment-3"]),
            group("Inventory-g1", &["Inv-1", "Inv-2"]),
            group("Notification-g1", &["Notify-1", "Notify-2"]),
        ],
        ..WorldSpec::default()
    }
}

#[test]
fn records_flow_and_every_group_shares_the_lanes() {
    let mut history = History::new(article(), 1).unwrap();
    history.advance(Time::from_secs(20), u64::MAX);
    let world = history.world();
    let appended: u64 = world.partitions().map(|(_, log)| log.end()).sum();
    assert!(appended > 50, "{appended}");
    for (_, group) in world.groups() {
        assert_eq!(group.phase, crate::Phase::Stable);
        for (partition, log) in world.partitions() {
            assert!(group.reader_of(partition).is_some());
            assert!(group.lag(partition, log.high_watermark()).unwrap() < 12);
        }
        assert!(group.members.values().all(|member| member.processed > 5));
    }
}

#[test]
fn a_seek_finds_the_same_world() {
    let mut history = History::new(article(), 1).unwrap();
    history.advance(Time::from_secs(9), u64::MAX);
    history.act(Action::AddConsumer { group: "Inventory-g1".into(), name: None }).unwrap();
    history.advance(Time::from_secs(13), u64::MAX);
    let at_13 = history.world().digest();
    history.advance(Time::from_secs(40), u64::MAX);
    let at_40 = history.world().digest();
    history.seek(Time::from_secs(13));
    assert_eq!(history.world().digest(), at_13);
    history.seek(Time::from_secs(9));
    history.seek(Time::from_secs(40));
    assert_eq!(history.world().digest(), at_40);
}
