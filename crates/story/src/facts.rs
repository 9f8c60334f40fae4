//! What can be said about a world. Texts get their numbers here, and claims are checked here.

use kafka_lanes_core::partitioner::Placement;
use kafka_lanes_core::{
    Alarm, Broken, BrokerStatus, Group, Key, KeyId, Log, Member, Producer, Service, ServiceStatus, Topic,
    TopicPartition, World,
};

/// A world, asked by the names of its things. What is not there counts as nothing.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'w>(pub &'w World);

impl<'w> Facts<'w> {
    /// A service that others call directly.
    pub fn service(&self, name: &str) -> Option<&'w Service> {
        self.0.services().find(|(_, service)| &*service.name == name).map(|(_, service)| service)
    }

    /// Whether a service runs.
    pub fn is_up(&self, name: &str) -> bool {
        self.service(name).is_some_and(|service| service.status == ServiceStatus::Up)
    }

    /// Failed or unanswered calls of one service to another.
    pub fn bad_calls(&self, from: &str, to: &str) -> u64 {
        let Some(service) = self.service(from) else { return 0 };
        let named = |link: &&kafka_lanes_core::Link| self.0.service(link.to).is_some_and(|callee| &*callee.name == to);
        service.calls.iter().find(named).map_or(0, |link| link.failed + link.timed_out)
    }

    /// A producer.
    pub fn producer(&self, name: &str) -> Option<&'w Producer> {
        self.0.producers().find(|(_, producer)| &*producer.name == name).map(|(_, producer)| producer)
    }

    /// Records that a producer has sent.
    pub fn sent(&self, producer: &str) -> u64 {
        self.producer(producer).map_or(0, |producer| producer.sent)
    }

    /// Records that a producer sent to no avail.
    pub fn undelivered(&self, producer: &str) -> u64 {
        self.producer(producer).map_or(0, |producer| producer.failed)
    }

    /// A topic.
    pub fn topic(&self, name: &str) -> Option<&'w Topic> {
        self.0.topics().find(|(_, topic)| &*topic.name == name).map(|(_, topic)| topic)
    }

    /// The partitions of a topic.
    pub fn logs(&self, topic: &str) -> &'w [Log] {
        self.topic(topic).map_or(&[], |topic| &topic.partitions)
    }

    /// How many partitions a topic has.
    pub fn lanes(&self, topic: &str) -> u64 {
        self.logs(topic).len() as u64
    }

    /// Records that a topic holds.
    pub fn records(&self, topic: &str) -> u64 {
        self.logs(topic).iter().map(|log| log.end() - log.start()).sum()
    }

    /// Records of all topics that were ever stored, and those on their way to them.
    pub fn stored_or_under_way(&self) -> u64 {
        self.0.partitions().map(|(_, log)| log.end()).sum::<u64>() + self.0.records_under_way()
    }

    /// Partition and offset of the records with this key, lane by lane.
    pub fn with_key(&self, topic: &str, key: &str) -> impl Iterator<Item = (u32, u64)> {
        let world = self.0;
        let is_it = move |id: KeyId| &*world.key(id).text == key;
        let logs = (0..).zip(self.logs(topic));
        let all = logs.flat_map(|(lane, log)| (log.start()..log.end()).map(move |offset| (lane, log, offset)));
        let found =
            all.filter(move |(_, log, offset)| log.record(*offset).and_then(|record| record.key).is_some_and(is_it));
        found.map(|(lane, _, offset)| (lane, offset)).collect::<Vec<_>>().into_iter()
    }

    /// The first or the last key in a lane.
    pub(crate) fn key_in(&self, topic: &str, lane: &str, last: bool) -> Option<String> {
        let log = self.logs(topic).get(lane.parse::<usize>().ok()?)?;
        let offset = if last { log.end().checked_sub(1)? } else { log.start() };
        let key: &Key = self.0.key(log.record(offset)?.key?);
        Some(key.text.to_string())
    }

    /// Whether the records of each lane of a topic are in the order in which they were sent.
    pub fn is_in_order(&self, topic: &str) -> bool {
        self.logs(topic).iter().all(|log| {
            let sent: Vec<u64> =
                (log.start()..log.end()).filter_map(|at| log.record(at)).map(|one| one.number).collect();
            sent.is_sorted()
        })
    }

    /// Where the Java client sends a key.
    pub fn placement(&self, topic: &str, key: &str) -> Placement {
        // A topic has far fewer than 2^32 partitions.
        Placement::of_key(key.as_bytes(), self.lanes(topic) as u32)
    }

    /// Keys that went elsewhere when a topic last got more partitions.
    pub fn moved(&self) -> u64 {
        self.0.journal().remaps.back().map_or(0, |remap| remap.moved.len() as u64)
    }

    /// Keys that stayed where they were when that happened.
    pub fn stayed(&self) -> u64 {
        self.0.journal().remaps.back().map_or(0, |remap| u64::from(remap.stay))
    }

    /// A consumer group.
    pub fn group(&self, name: &str) -> Option<&'w Group> {
        self.0.groups().find(|(_, group)| &*group.name == name).map(|(_, group)| group)
    }

    pub(crate) fn live(&self, group: &str) -> impl Iterator<Item = &'w Member> {
        self.group(group).into_iter().flat_map(|group| group.members.values()).filter(|member| member.is_alive())
    }

    /// Whether a group has shared out its partitions, and all of its members know and read.
    pub fn is_settled(&self, group: &str) -> bool {
        let is_stable = self.group(group).is_some_and(|group| group.phase.is_settled());
        let all_know = self.working(group) + self.idle(group) == self.members(group);
        is_stable && all_know && self.each_lane_has_a_reader(group)
    }

    /// How many partitions a group reads.
    pub fn lanes_for(&self, group: &str) -> u64 {
        self.group(group).map_or(0, |group| self.read_by(group).count() as u64)
    }

    /// Live members of a group.
    pub fn members(&self, group: &str) -> u64 {
        self.live(group).count() as u64
    }

    /// Live members that have no partition.
    pub fn idle(&self, group: &str) -> u64 {
        let group = self.group(group).into_iter();
        group.map(|group| group.members.values().filter(|member| group.is_idle(member)).count() as u64).sum()
    }

    /// Live members that have a partition.
    pub fn working(&self, group: &str) -> u64 {
        self.live(group).filter(|member| !member.cursors.is_empty()).count() as u64
    }

    /// The most partitions that one member has.
    pub fn most_lanes(&self, group: &str) -> u64 {
        self.live(group).map(|member| member.cursors.len() as u64).max().unwrap_or(0)
    }

    /// The partitions that a group reads.
    fn read_by(&self, group: &'w Group) -> impl Iterator<Item = (TopicPartition, &'w Log)> {
        self.0.partitions().filter(|(at, _)| group.reads(at.topic))
    }

    /// What a group has not committed of all that it may read: its lag.
    pub fn behind(&self, group: &str) -> u64 {
        let Some(group) = self.group(group) else { return 0 };
        let lag = |(at, log): (TopicPartition, &Log)| {
            log.high_watermark().saturating_sub(group.committed.get(&at).copied().unwrap_or(log.start()))
        };
        self.read_by(group).map(lag).sum()
    }

    /// Records that a group has processed, each counted once.
    pub fn processed(&self, group: &str) -> u64 {
        let Some(group) = self.group(group) else { return 0 };
        group.delivery.values().map(|delivery| delivery.next - delivery.first - delivery.passed.count).sum()
    }

    /// Records that a group has processed once more.
    pub fn again(&self, group: &str) -> u64 {
        self.group(group).map_or(0, |group| group.delivery.values().map(|delivery| delivery.again.count).sum())
    }

    /// Records that a group will never process.
    pub fn passed(&self, group: &str) -> u64 {
        self.group(group).map_or(0, |group| group.delivery.values().map(|delivery| delivery.passed.count).sum())
    }

    /// How many topics a group reads.
    pub fn topics_of(&self, group: &str) -> u64 {
        self.group(group).map_or(0, |group| group.topics.len() as u64)
    }

    /// Whether each partition that a group reads has one reader in it.
    pub fn each_lane_has_a_reader(&self, group: &str) -> bool {
        let Some(group) = self.group(group) else { return false };
        self.read_by(group).all(|(at, _)| group.holders(at).count() == 1 && group.reader_of(at).is_some())
    }

    /// The names of the topic-partitions that a member has, as the picture shows it.
    pub fn lanes_of(&self, group: &str, member: &str) -> Vec<TopicPartition> {
        let found = self.group(group).into_iter().flat_map(|group| group.members.values());
        found.filter(|one| &*one.name == member).flat_map(|one| one.cursors.keys().copied()).collect()
    }

    /// Rebalances of a group that are over.
    pub fn rebalances(&self, group: &str) -> u64 {
        let of = self.0.journal().rebalances.iter().filter(|one| &*one.group_name == group && one.ended.is_some());
        of.count() as u64
    }

    /// Alarms of a kind.
    pub fn alarms(&self, is_it: impl Fn(&Broken) -> bool) -> impl Iterator<Item = &'w Alarm> {
        self.0.journal().alarms.iter().filter(move |alarm| is_it(&alarm.broken))
    }

    /// Records that a producer was told are safe, and that are gone.
    pub fn lost(&self) -> u64 {
        let is_loss =
            |broken: &Broken| matches!(broken, Broken::LostWithLeader { .. } | Broken::LostByUncleanElection { .. });
        self.alarms(is_loss).map(|alarm| alarm.records).sum()
    }

    /// Records that a group processed before an earlier one of their key.
    pub fn out_of_order(&self) -> u64 {
        self.alarms(|broken| matches!(broken, Broken::OrderByPartitions { .. })).map(|alarm| alarm.records).sum()
    }

    /// Records that are stored twice.
    pub fn stored_twice(&self) -> u64 {
        self.alarms(|broken| matches!(broken, Broken::StoredTwice { .. })).map(|alarm| alarm.records).sum()
    }

    /// Brokers that run.
    pub fn running_brokers(&self) -> u64 {
        self.0.brokers().filter(|(_, broker)| broker.status == BrokerStatus::Running).count() as u64
    }

    /// The brokers that lead partitions of a topic, lane by lane; 0 where nobody does.
    pub fn leaders(&self, topic: &str) -> Vec<u32> {
        self.logs(topic).iter().map(|log| log.replication().leader.map_or(0, |broker| broker.0)).collect()
    }

    /// The fewest copies that keep up, over the lanes of a topic.
    pub fn fewest_in_sync(&self, topic: &str) -> u64 {
        self.logs(topic).iter().map(|log| log.replication().isr.len() as u64).min().unwrap_or(0)
    }
}
