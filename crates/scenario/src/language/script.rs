//! The actions in the order of their times, checked against the names that are there by then.

use kafka_lanes_core::limits::{MAX_ACTIONS, MAX_PARTITIONS, MAX_TIME};
use kafka_lanes_core::sorted::{SortedMap, SortedSet, sort_by};
use kafka_lanes_core::spec::{Acks, ConsumerSpec, DeliverySpec, PartitionName, WorldSpec};
use kafka_lanes_core::{Action, Time};

use super::draft::DraftAction;
use super::number::print_span;
use super::resolve::no_such;
use crate::cause::{Cause, Thing};
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;

pub(super) fn resolve(
    drafts: Vec<DraftAction>,
    spec: &WorldSpec,
    diagnostics: &mut Diagnostics,
) -> Vec<(Time, Action)> {
    let mut cast = Cast::new(spec);
    let mut actions = Vec::with_capacity(drafts.len());
    for draft in within_limits(drafts, diagnostics) {
        if cast.takes(&draft, diagnostics) {
            actions.push((draft.time, draft.action));
        }
    }
    actions
}

/// As many as there may be, in the order of their times, before the end of time.
pub(super) fn within_limits(mut drafts: Vec<DraftAction>, diagnostics: &mut Diagnostics) -> Vec<DraftAction> {
    if let Some(first_over) = drafts.get(MAX_ACTIONS) {
        let given = drafts.len().to_string();
        diagnostics.push(first_over.at, Cause::OverLimit { limit: Limit::Actions, given });
        drafts.truncate(MAX_ACTIONS);
    }
    // Actions at one time stay in the order of their lines.
    sort_by(&mut drafts, |a, b| a.time.cmp(&b.time));
    drafts.retain(|draft| {
        let in_time = draft.time <= Time::ZERO + MAX_TIME;
        if !in_time {
            diagnostics.push(draft.at, Cause::TooLate { at: print_span(draft.time - Time::ZERO) });
        }
        in_time
    });
    drafts
}

/// Who and what is there at some time, as far as a reader can know.
struct Cast {
    brokers: u32,
    topics: SortedMap<String, u32>,
    producers: Names,
    services: Names,
    groups: Names,
    consumers: SortedMap<String, Names>,
    /// How producers deliver that come later.
    usual_delivery: DeliverySpec,
    /// How the scenario's own do.
    delivery: SortedMap<String, DeliverySpec>,
}

/// Names that are there, and whether there are others that the engine chose: then any name may be one.
#[derive(Default)]
struct Names {
    known: SortedSet<String>,
    others: bool,
    /// Of consumers that ended, and may start again.
    former: SortedSet<String>,
}

impl Names {
    fn of<'a>(names: impl Iterator<Item = &'a String>) -> Self {
        Self { known: names.cloned().collect(), ..Self::default() }
    }

    fn may_have(&self, name: &str) -> bool {
        self.others || self.known.contains(name)
    }

    /// Takes in a new name, or one that the engine chooses; says no if it is there already.
    fn add(&mut self, name: Option<&String>) -> bool {
        match name {
            Some(name) => self.known.insert(name.clone()),
            None => {
                self.others = true;
                true
            }
        }
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }
}

impl Cast {
    fn new(spec: &WorldSpec) -> Self {
        let members = |group: &kafka_lanes_core::spec::GroupSpec| Names::of(group.consumers.iter().map(|c| &c.name));
        Self {
            brokers: spec.cluster.brokers,
            topics: spec.topics.iter().map(|topic| (topic.name.clone(), topic.partitions)).collect(),
            producers: Names::of(spec.producers.iter().map(|producer| &producer.name)),
            services: Names::of(spec.services.iter().map(|service| &service.name)),
            groups: Names::of(spec.groups.iter().map(|group| &group.name)),
            consumers: spec.groups.iter().map(|group| (group.name.clone(), members(group))).collect(),
            usual_delivery: spec.usual_delivery,
            delivery: spec.producers.iter().map(|producer| (producer.name.clone(), producer.delivery)).collect(),
        }
    }

    /// Whether the action can be done by then; if not, says why. If so, does it to the names.
    #[inline(never)]
    fn takes(&mut self, draft: &DraftAction, faults: &mut Diagnostics) -> bool {
        let (subject, detail) = (draft.subject_at, draft.detail_at);
        match &draft.action {
            Action::AddConsumer { group, name } => {
                if !self.has_group(group, subject, faults) {
                    return false;
                }
                let added = self.members(group).add(name.as_ref());
                if let (false, Some(name)) = (added, name) {
                    faults.push(detail, Cause::NameTaken { thing: Thing::Consumer, name: name.clone() });
                }
                added
            }
            Action::StartConsumer { group, consumer } => {
                if !self.has_group(group, subject, faults)
                    || !self.has_topics(&consumer.topics, &draft.topics_at, faults)
                    || !self.has_partitions(consumer, &draft.topics_at, faults)
                {
                    return false;
                }
                let added = self.members(group).add(Some(&consumer.name));
                if !added {
                    faults.push(detail, Cause::NameTaken { thing: Thing::Consumer, name: consumer.name.clone() });
                }
                added
            }
            Action::RemoveConsumer { group, name } | Action::CrashConsumer { group, name } => {
                if !self.has_consumer(group, name, draft, faults) {
                    return false;
                }
                let names = self.members(group);
                names.known.remove(name);
                names.former.insert(name.clone());
                true
            }
            Action::PauseConsumer { group, name, .. } => self.has_consumer(group, name, draft, faults),
            Action::RestartConsumer { group, name, .. } => {
                let former = self.consumers.get(group).is_some_and(|names| names.former.contains(name));
                let found = former || self.has_consumer(group, name, draft, faults);
                if found {
                    self.members(group).known.insert(name.clone());
                }
                found
            }
            Action::SetPartitions { topic, partitions } => self.set_partitions(topic, *partitions, draft, faults),
            Action::AddGroup { name, topics } => {
                let fine = self.has_topics(topics, &draft.topics_at, faults);
                let added = fine && self.groups.add(name.as_ref());
                match name {
                    Some(name) if added => {
                        let first = format!("{name}-1");
                        self.consumers.insert(name.clone(), Names::of([first].iter()));
                    }
                    Some(name) if fine => {
                        faults.push(subject, Cause::NameTaken { thing: Thing::Group, name: name.clone() });
                    }
                    _ => {}
                }
                added
            }
            Action::RemoveGroup { name } => {
                let found = self.has_group(name, subject, faults);
                self.groups.known.remove(name);
                self.consumers.remove(name);
                found
            }
            Action::AddProducer { name, topics } => {
                let fine = self.has_topics(topics, &draft.topics_at, faults);
                let added = fine && self.producers.add(name.as_ref());
                if let (true, false, Some(name)) = (fine, added, name) {
                    faults.push(subject, Cause::NameTaken { thing: Thing::Producer, name: name.clone() });
                }
                added
            }
            Action::RemoveProducer { name } => {
                let found = self.has_producer(name, subject, faults);
                self.producers.known.remove(name);
                self.delivery.remove(name);
                found
            }
            Action::Send { producer, topic, .. } => {
                self.has_producer(producer, subject, faults)
                    && self.has_topics(topic.as_slice(), &draft.topics_at, faults)
            }
            Action::Broker { broker, .. } => {
                let found = (1..=self.brokers).contains(broker);
                if !found {
                    faults.push(subject, Cause::NoSuchBroker { number: *broker, brokers: self.brokers });
                }
                found
            }
            Action::Service { service, .. } | Action::SetOrders { service, .. } => {
                let found = self.services.may_have(service);
                if !found {
                    no_such(faults, subject, Thing::Service, service, self.services.all());
                }
                found
            }
            Action::SetRate { producer, .. } => self.has_producer(producer, subject, faults),
            Action::SetAcks { producer, acks } => {
                self.has_producer(producer, subject, faults) && self.set_acks(producer, *acks, detail, faults)
            }
            Action::SetProcessing { group, consumer: None, .. }
            | Action::SetAssignor { group, .. }
            | Action::SetServerAssignor { group, .. } => self.has_group(group, subject, faults),
            Action::SetProcessing { group, consumer: Some(name), .. } => self.has_consumer(group, name, draft, faults),
        }
    }

    fn set_partitions(&mut self, topic: &str, wanted: u32, draft: &DraftAction, faults: &mut Diagnostics) -> bool {
        let Some(has) = self.topics.get(topic).copied() else {
            no_such(faults, draft.subject_at, Thing::Topic, topic, self.topics.keys().map(String::as_str));
            return false;
        };
        if wanted <= has {
            faults.push(draft.detail_at, Cause::FewerPartitions { topic: topic.into(), has, wanted });
            return false;
        }
        let all = self.topics.values().map(|count| u64::from(*count)).sum::<u64>();
        let given = all - u64::from(has) + u64::from(wanted);
        if given > MAX_PARTITIONS as u64 {
            faults.push(draft.detail_at, Cause::OverLimit { limit: Limit::Partitions, given: given.to_string() });
            return false;
        }
        self.topics.insert(topic.into(), wanted);
        true
    }

    fn set_acks(&mut self, producer: &str, acks: Acks, at: Place, faults: &mut Diagnostics) -> bool {
        // One that came later has the usual settings.
        let delivery = DeliverySpec { acks, ..self.delivery.get(producer).copied().unwrap_or(self.usual_delivery) };
        if let Some(fault) = delivery.fault() {
            faults.push(at, Cause::DeliveryLater(fault));
            return false;
        }
        self.delivery.insert(producer.into(), delivery);
        true
    }

    fn has_group(&self, name: &str, at: Place, faults: &mut Diagnostics) -> bool {
        let found = self.groups.may_have(name);
        if !found {
            no_such(faults, at, Thing::Group, name, self.groups.all());
        }
        found
    }

    fn has_producer(&self, name: &str, at: Place, faults: &mut Diagnostics) -> bool {
        let found = self.producers.may_have(name);
        if !found {
            no_such(faults, at, Thing::Producer, name, self.producers.all());
        }
        found
    }

    fn has_consumer(&self, group: &str, name: &str, draft: &DraftAction, faults: &mut Diagnostics) -> bool {
        if !self.has_group(group, draft.subject_at, faults) {
            return false;
        }
        // A group whose name the engine chose: its consumers' names are not known either.
        let Some(members) = self.consumers.get(group) else { return true };
        let found = members.may_have(name);
        if !found {
            no_such(faults, draft.detail_at, Thing::Consumer, name, members.all());
        }
        found
    }

    /// The consumers of a group. Of one whose name the engine chose, it chose the first consumer's too.
    fn members(&mut self, group: &str) -> &mut Names {
        self.consumers.get_or_insert_with(group.into(), || Names { others: true, ..Names::default() })
    }

    /// Whether the partitions that a consumer chooses for itself are there; their places are behind the topics'.
    #[inline(never)]
    fn has_partitions(&self, consumer: &ConsumerSpec, places: &[Place], faults: &mut Diagnostics) -> bool {
        let mut all_there = true;
        for (PartitionName { topic, partition }, at) in consumer.assigned.iter().zip(&places[consumer.topics.len()..]) {
            let has = self.topics.get(topic).copied();
            match has {
                Some(has) if *partition < has => {}
                Some(has) => {
                    faults.push(*at, Cause::NoSuchPartition { topic: topic.clone(), partition: *partition, has });
                }
                None => no_such(faults, *at, Thing::Topic, topic, self.topics.keys().map(String::as_str)),
            }
            all_there &= has.is_some_and(|has| *partition < has);
        }
        all_there
    }

    fn has_topics(&self, names: &[String], places: &[Place], faults: &mut Diagnostics) -> bool {
        let mut all_there = true;
        for (name, at) in names.iter().zip(places) {
            if !self.topics.contains_key(name) {
                no_such(faults, *at, Thing::Topic, name, self.topics.keys().map(String::as_str));
                all_there = false;
            }
        }
        all_there
    }
}
