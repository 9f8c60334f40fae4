//! From what the lines say to a world that holds together: names looked up, limits held.

use kafka_lanes_core::Span;
use kafka_lanes_core::assignor::supports;
use kafka_lanes_core::limits::{MAX_KEY_BYTES, MAX_KEYS, MIN_PERIOD};
use kafka_lanes_core::sorted::SortedSet;
use kafka_lanes_core::spec::{
    Assignment, Assignors, ConsumerSpec, GroupSpec, Keys, PartitionName, TopicSpec, WorldSpec,
};

use super::cluster::{mend_delivery, usual_delivery, with_kafkas_times};
use super::draft::{Draft, DraftConsumer, DraftGroup, DraftProducer, DraftTopic, Name};
use super::script;
use crate::cause::{Cause, Thing, Zero};
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;
use crate::name::topic_name_fault;
use crate::nearest::nearest;
use crate::room::Room;

/// Digits of the largest number in a range of keys.
const MOST_DIGITS: usize = 20;

pub(super) fn resolve(draft: Draft, diagnostics: &mut Diagnostics) -> WorldSpec {
    let mut resolver = Resolver { spec: WorldSpec::default(), diagnostics, keys: SortedSet::new() };
    resolver.spec.title = draft.title;
    resolver.spec.cluster = draft.cluster;
    resolver.spec.timing = draft.timing;
    resolver.spec.usual_delivery = usual_delivery(draft.kafkas);
    let timing = draft.timing;
    if timing.heartbeat >= timing.session || timing.consumer_heartbeat >= timing.consumer_session {
        resolver.slow_heartbeats(draft.heartbeat_at, draft.consumer_heartbeat_at);
    }
    resolver.topics(draft.topics);
    resolver.producers(draft.producers, draft.kafkas);
    resolver.groups(draft.groups);
    if !draft.services.is_empty() {
        resolver.services(draft.services);
    }
    let Resolver { mut spec, diagnostics, .. } = resolver;
    spec.actions = script::resolve(draft.actions, &spec, diagnostics);
    spec
}

pub(super) struct Resolver<'d> {
    pub(super) spec: WorldSpec,
    pub(super) diagnostics: &'d mut Diagnostics,
    /// The distinct keys so far.
    keys: SortedSet<String>,
}

impl Resolver<'_> {
    /// A member beats before its session ends.
    ///
    /// Kafka: `Heartbeat` of the client and `GroupCoordinatorConfig` of the broker (4.3).
    #[cold]
    fn slow_heartbeats(&mut self, classic_at: Place, consumer_at: Place) {
        let timing = &mut self.spec.timing;
        for (consumer_protocol, at, heartbeat, session) in [
            (false, classic_at, &mut timing.heartbeat, timing.session),
            (true, consumer_at, &mut timing.consumer_heartbeat, timing.consumer_session),
        ] {
            if *heartbeat < session {
                continue;
            }
            let instead = Span(session.0 / 3).max(MIN_PERIOD);
            let cause = Cause::SlowHeartbeat { consumer_protocol, heartbeat: *heartbeat, session, instead };
            self.diagnostics.push(at, cause);
            *heartbeat = instead;
        }
    }

    fn topics(&mut self, drafts: Vec<DraftTopic>) {
        let mut room = Room::of(Limit::Topics);
        let mut partition_room = Room::of(Limit::Partitions);
        for DraftTopic { at, mut spec, partitions, partitions_at, replication_at } in drafts {
            if self.taken(Thing::Topic, &spec.name, at) || !room.one_more(at) {
                continue;
            }
            if let Some(fault) = topic_name_fault(&spec.name) {
                self.diagnostics.push(at, Cause::TopicName { name: spec.name.clone(), fault });
            }
            if let Some(other) = self.spec.topics.iter().find(|other| collide(&other.name, &spec.name)) {
                collides(self.diagnostics, at, &spec.name, &other.name);
            }
            if partitions == 0 {
                self.diagnostics.push(partitions_at, Cause::Zero(Zero::Partitions));
            }
            // At most `MAX_PARTITIONS`.
            let partitions = partition_room.some_more(partitions.max(1), partitions_at) as u32;
            if partitions == 0 {
                continue;
            }
            let (copies, brokers) = (&mut spec.replication, self.spec.cluster.brokers);
            if copies.factor > brokers {
                let cause = Cause::TooFewBrokers { topic: spec.name.clone(), factor: copies.factor, brokers };
                self.diagnostics.push(replication_at, cause);
                copies.factor = brokers;
            }
            if copies.min_isr > copies.factor {
                let (min_isr, factor) = (copies.min_isr, copies.factor);
                self.diagnostics.push(at, Cause::MinIsrAbove { topic: spec.name.clone(), min_isr, factor });
            }
            self.spec.topics.push(TopicSpec { partitions, ..spec });
        }
        partition_room.tell(self.diagnostics);
        room.tell(self.diagnostics);
    }

    fn producers(&mut self, drafts: Vec<DraftProducer>, kafkas: bool) {
        let mut room = Room::of(Limit::Producers);
        for DraftProducer { at, mut spec, topics, keys_at, said } in drafts {
            if kafkas {
                with_kafkas_times(&mut spec.delivery, &said);
            }
            mend_delivery(&mut spec.delivery, at, self.diagnostics, true);
            if self.taken(Thing::Producer, &spec.name, at) || !room.one_more(at) {
                continue;
            }
            let none_named = topics.is_empty();
            spec.topics = self.topic_names(topics);
            if spec.topics.is_empty() {
                let Some(first) = self.spec.topics.first() else {
                    self.diagnostics.push(at, Cause::ProducerWithoutTopic { name: spec.name });
                    continue;
                };
                spec.topics.push(first.name.clone());
                if none_named {
                    let topic = first.name.clone();
                    self.diagnostics.push(at, Cause::ProducerSendsToFirst { name: spec.name.clone(), topic });
                }
            }
            let Some(keys) = self.fitting_keys(spec.keys, keys_at) else { continue };
            spec.keys = keys;
            self.spec.producers.push(spec);
        }
        room.tell(self.diagnostics);
    }

    /// As many of the keys as the world has room for, if it has any.
    fn fitting_keys(&mut self, keys: Keys, at: Place) -> Option<Keys> {
        if keys == Keys::None {
            return Some(keys);
        }
        let room = MAX_KEYS - self.keys.len().min(MAX_KEYS);
        let over = |given: u64, diagnostics: &mut Diagnostics| {
            diagnostics.push(at, Cause::OverLimit { limit: Limit::Keys, given: given.to_string() });
        };
        let used = self.keys.len() as u64;
        let fitting = match keys {
            Keys::List(mut keys) => {
                if keys.len() > room {
                    over(used + keys.len() as u64, self.diagnostics);
                    keys.truncate(room);
                }
                Keys::List(keys)
            }
            Keys::Range { prefix, first, last } => {
                if prefix.len() + MOST_DIGITS > MAX_KEY_BYTES {
                    let given = (prefix.len() + MOST_DIGITS).to_string();
                    self.diagnostics.push(at, Cause::OverLimit { limit: Limit::KeyBytes, given });
                    return self.fitting_keys(Keys::default(), at);
                }
                let more = last.saturating_sub(first);
                if more >= room as u64 {
                    over(more.saturating_add(1).saturating_add(used), self.diagnostics);
                }
                Keys::Range { prefix, first, last: last.min(first.saturating_add((room as u64).saturating_sub(1))) }
            }
            Keys::None => Keys::None,
        };
        if room == 0 {
            return None;
        }
        match &fitting {
            Keys::List(keys) => self.keys.extend(keys.iter().cloned()),
            Keys::Range { prefix, first, last } => {
                self.keys.extend((*first..=*last).map(|number| format!("{prefix}{number}")));
            }
            Keys::None => {}
        }
        Some(fitting)
    }

    fn groups(&mut self, drafts: Vec<DraftGroup>) {
        let mut room = Room::of(Limit::Groups);
        for draft in drafts {
            let Some(at) = draft.at else { continue };
            if self.taken(Thing::Group, &draft.spec.name, at) || !room.one_more(at) {
                continue;
            }
            if draft.topics.is_empty() {
                self.diagnostics.push(at, Cause::GroupReadsNothing { name: draft.spec.name.clone() });
            }
            let manual = draft.is_manual();
            let DraftGroup { mut spec, topics, consumers, .. } = draft;
            spec.topics = self.topic_names(topics);
            self.consumers(&mut spec, consumers, manual);
            self.spec.groups.push(spec);
        }
        room.tell(self.diagnostics);
    }

    fn consumers(&mut self, group: &mut GroupSpec, drafts: Vec<DraftConsumer>, manual: bool) {
        let mut room = Room::of(Limit::Members);
        let mut read: SortedSet<PartitionName> = SortedSet::new();
        // What those know that the coordinator will take: they join in the order of their lines.
        let mut known: Vec<Assignors> = Vec::new();
        for draft in drafts {
            let DraftConsumer { name: Name { text: name, at }, instance, topics, processing, .. } = draft;
            let DraftConsumer { assignors, assignors_at, reads, reads_at, .. } = draft;
            if group.consumers.iter().any(|consumer| consumer.name == name) {
                self.diagnostics.push(at, Cause::NameTaken { thing: Thing::Consumer, name });
                continue;
            }
            if !room.one_more(at) {
                continue;
            }
            if let Some(at) = reads_at.filter(|_| !manual) {
                self.diagnostics.push(at, Cause::ReadsWithAssignor { assignor: group.assignment.name() });
            }
            let assigned = if manual { self.chosen(reads, &group.consumers, &mut read) } else { Vec::new() };
            let topics = self.topic_names(topics);
            let assignors = match (group.assignment, assignors_at) {
                (Assignment::By(usual), own) => {
                    let knows = if assignors.is_empty() { usual } else { assignors };
                    if supports(&known, knows) {
                        known.push(knows);
                    } else {
                        let (name, group) = (name.clone(), group.name.clone());
                        self.diagnostics.push(own.unwrap_or(at), Cause::NoCommonAssignor { name, group });
                    }
                    assignors
                }
                (_, None) => assignors,
                (other, Some(at)) => {
                    self.diagnostics.push(at, Cause::OwnAssignor { assignor: other.name() });
                    Assignors::default()
                }
            };
            group.consumers.push(ConsumerSpec { name, instance, topics, processing, assignors, assigned });
        }
        room.tell(self.diagnostics);
    }

    /// What a consumer chooses for itself. Nobody asks whether another reads it too.
    #[inline(never)]
    fn chosen(
        &mut self,
        reads: Vec<(PartitionName, Place)>,
        others: &[ConsumerSpec],
        read: &mut SortedSet<PartitionName>,
    ) -> Vec<PartitionName> {
        let mut chosen: SortedSet<PartitionName> = SortedSet::new();
        let mut in_order = Vec::new();
        for (partition, at) in reads {
            if !self.is_there(&partition, at) {
                continue;
            }
            let shown = || format!("{}-{}", partition.topic, partition.partition);
            if !chosen.insert(partition.clone()) {
                self.diagnostics.push(at, Cause::ListedTwice { name: shown() });
                continue;
            }
            if !read.insert(partition.clone()) {
                // Looking for who it is takes its time: not for what nobody will be told.
                let others = if self.diagnostics.is_full() { &[] } else { others };
                let by = others.iter().find(|other| other.assigned.contains(&partition));
                let by = by.map(|reader| reader.name.clone()).unwrap_or_default();
                self.diagnostics.push(at, Cause::ReadTwice { partition: shown(), by });
            }
            in_order.push(partition);
        }
        in_order
    }

    fn is_there(&mut self, partition: &PartitionName, at: Place) -> bool {
        let Some(topic) = self.spec.topics.iter().find(|topic| topic.name == partition.topic) else {
            no_such(self.diagnostics, at, Thing::Topic, &partition.topic, topic_list(&self.spec));
            return false;
        };
        if partition.partition < topic.partitions {
            return true;
        }
        let PartitionName { topic: name, partition } = partition.clone();
        self.diagnostics.push(at, Cause::NoSuchPartition { topic: name, partition, has: topic.partitions });
        false
    }

    pub(super) fn taken(&mut self, thing: Thing, name: &str, at: Place) -> bool {
        let taken = match thing {
            Thing::Topic => self.spec.topics.iter().any(|topic| topic.name == name),
            Thing::Service => self.spec.services.iter().any(|service| service.name == name),
            Thing::Producer => self.spec.producers.iter().any(|producer| producer.name == name),
            _ => self.spec.groups.iter().any(|group| group.name == name),
        };
        if taken {
            self.diagnostics.push(at, Cause::NameTaken { thing, name: name.into() });
        }
        taken
    }

    /// The names that are those of topics, each once.
    fn topic_names(&mut self, names: Vec<Name>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for Name { text, at } in names {
            if found.contains(&text) {
                self.diagnostics.push(at, Cause::ListedTwice { name: text });
            } else if self.spec.topics.iter().any(|topic| topic.name == text) {
                found.push(text);
            } else {
                no_such(self.diagnostics, at, Thing::Topic, &text, topic_list(&self.spec));
            }
        }
        found
    }
}

/// Whether the names are alike but for dots and underscores.
///
/// Kafka: `Topic.hasCollision` (4.3).
#[inline(never)]
fn collide(a: &str, b: &str) -> bool {
    let same = |(a, b): (u8, u8)| a == b || b"._".contains(&a) && b"._".contains(&b);
    a.len() == b.len() && a.bytes().zip(b.bytes()).all(same)
}

#[cold]
fn collides(diagnostics: &mut Diagnostics, at: Place, name: &str, other: &str) {
    diagnostics.push(at, Cause::TopicCollides { name: name.into(), other: other.into() });
}

fn topic_list(spec: &WorldSpec) -> impl Iterator<Item = &str> {
    spec.topics.iter().map(|topic| topic.name.as_str())
}

/// Says that nothing has this name, and which name is near.
pub(super) fn no_such<'a>(
    diagnostics: &mut Diagnostics,
    at: Place,
    thing: Thing,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) {
    let near = if diagnostics.is_full() { None } else { nearest(name, known) };
    let cause = Cause::NoSuch { thing, name: name.into(), nearest: near.map(String::from) };
    diagnostics.push(at, cause);
}
