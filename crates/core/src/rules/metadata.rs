//! What clients know of their topics. The broker tells; they ask every `metadata.max.age.ms`, and producers also when a
//! leader is not to be had.
//!
//! Kafka: `Metadata`, `ConsumerCoordinator.rejoinNeededOrPending`, `NetworkClient.DefaultMetadataUpdater`,
//! `Sender.completeBatch` in the client (4.3).

use alloc::vec::Vec;

use crate::ids::{BrokerId, GroupId, MemberId, ProducerId, TopicId, TopicPartition};
use crate::journal::Cause;
use crate::member::Status;
use crate::message::Event;
use crate::producer::Producer;
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::Protocol;
use crate::time::{Span, Time};
use crate::world::World;

impl World {
    /// How many partitions these topics have.
    pub(super) fn counts(&self, topics: &SortedSet<TopicId>) -> SortedMap<TopicId, u32> {
        topics.iter().filter_map(|id| Some((*id, self.topic(*id)?.partition_count()))).collect()
    }

    /// All topics that members of a group subscribe to.
    pub(super) fn subscribed(&self, group: GroupId) -> SortedSet<TopicId> {
        let Some(g) = self.groups.get(&group) else { return SortedSet::new() };
        g.registered().flat_map(|(_, m)| g.topics_of(m)).copied().collect()
    }

    /// A consumer asks for the topics that it knows of, and that it subscribes to.
    pub(super) fn refresh_metadata(&mut self, group: GroupId, member: MemberId) {
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let topics = m.metadata.keys().chain(g.topics_of(m)).copied().collect();
        let counts = self.counts(&topics);
        self.member_mut(group, member).into_iter().for_each(|m| m.metadata = counts.clone());
    }

    /// A topic has more partitions: its readers see that when they next ask.
    pub(super) fn schedule_metadata(&mut self, topic: TopicId) {
        let (now, age) = (self.now, self.timing.metadata_max_age);
        let mut due: Vec<(Time, Event)> = Vec::new();
        for (id, g) in self.groups.iter() {
            let classic = matches!(g.protocol(), Some(Protocol::Eager | Protocol::Cooperative));
            for (member, m) in g.members.iter().filter(|_| classic && g.reads(topic)) {
                let asked = now.since(m.started).0 / age.0.max(1) + 1;
                due.push((m.started + Span(asked.saturating_mul(age.0)), Event::MetadataDue(*id, *member)));
            }
        }
        due.into_iter().for_each(|(at, event)| self.queue.push(at, event));
    }

    #[inline(never)]
    pub(super) fn on_metadata_due(&mut self, group: GroupId, member: MemberId) {
        self.refresh_metadata(group, member);
        self.look_at_metadata(group, member);
        self.poll(group, member);
    }

    /// How many partitions of a topic a producer goes by: as many as there were when its client last asked.
    pub fn partitions_known(&self, producer: ProducerId, topic: TopicId) -> u32 {
        let has = self.topic(topic).map_or(0, |topic| topic.partition_count());
        self.producers.get(&producer).map_or(has, |producer| producer.knows(topic, has))
    }

    /// A producer's client asks, and says when the answer will be there.
    #[inline(never)]
    pub(super) fn ask_metadata(&mut self, id: ProducerId) -> Option<Time> {
        let answered = self.now + self.timing.rpc + self.timing.rpc;
        let producer = self.producers.get_mut(&id)?;
        producer.metadata_ends = producer.metadata_ends.min(answered);
        self.await_partitions(id);
        Some(answered)
    }

    /// A broker's connections are closed: the clients of producers that had one ask, sending or not.
    pub(super) fn ask_after_break(&mut self, broker: BrokerId) {
        let leads = |to: &TopicPartition| self.log(*to).is_some_and(|log| log.replication.leader == Some(broker));
        let was_there = |p: &Producer| p.leaders.values().any(|id| *id == broker) || p.reached.iter().any(leads);
        let asking: Vec<ProducerId> = self.producers.iter().filter(|(_, p)| was_there(p)).map(|(id, _)| *id).collect();
        asking.into_iter().for_each(|id| _ = self.ask_metadata(id));
    }

    /// A producer hears of added partitions, if there are any that it does not know of, when it next knows anew.
    pub(super) fn await_partitions(&mut self, id: ProducerId) {
        let (now, age) = (self.now, self.timing.metadata_max_age);
        let Some(producer) = self.producers.get_mut(&id).filter(|producer| !producer.unheard.is_empty()) else {
            return;
        };
        producer.forget_old_leaders(now, age);
        let hears = producer.metadata_ends;
        if producer.hears.is_none_or(|known| hears < known) {
            producer.hears = Some(hears);
            self.queue.push(hears, Event::PartitionsHeard(id));
        }
    }

    #[inline(never)]
    pub(super) fn on_partitions_heard(&mut self, id: ProducerId) {
        let now = self.now;
        let Some(producer) = self.producers.get_mut(&id).filter(|producer| producer.hears == Some(now)) else { return };
        producer.hears = None;
        for (topic, before) in core::mem::take(&mut producer.unheard).iter() {
            self.hear_of_growth(id, *topic, *before);
        }
        self.changes.producers.insert(id);
    }

    /// The leader sees that a topic has other partitions than it decided about: it joins again.
    pub(super) fn look_at_metadata(&mut self, group: GroupId, member: MemberId) {
        let Some(m) = self.member_mut(group, member).filter(|m| m.status == Status::Stable) else { return };
        if m.decided_on.is_empty() {
            return;
        }
        let grown = m.metadata.iter().find(|(topic, count)| m.decided_on.get(topic).is_some_and(|c| c != *count));
        if let Some((topic, _)) = grown {
            m.rejoin_because = Some(Cause::Partitions(*topic));
            m.must_rejoin = true;
        }
    }
}
