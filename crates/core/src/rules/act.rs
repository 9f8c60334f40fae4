//! What a person, or a scenario, does to the world.

use alloc::format;
use alloc::string::{String, ToString};

use super::create::{check, check_assignment, check_consumer, check_rate};
use super::stretch::Touched;
use crate::action::Action;
use crate::ids::{GroupId, MemberId};
use crate::journal::Happening;
use crate::limits::{MAX_KEY_BYTES, MAX_KEYS, MAX_MEMBERS, MAX_PARTITIONS};
use crate::log::Log;
use crate::member::Returning;
use crate::producer::SendTimer;
use crate::refusal::{Limit, Refusal};
use crate::spec::{Acks, Assignment, Assignors, ConsumerSpec, DeliverySpec, GroupSpec, ProducerSpec, Rate};
use crate::time::Span;
use crate::world::World;

impl World {
    /// Does `action` now.
    ///
    /// # Errors
    ///
    /// Why it can't be done; then nothing has changed.
    pub(crate) fn act(&mut self, action: &Action) -> Result<(), Refusal> {
        self.perform(action)?;
        self.plan(Touched::Everybody);
        Ok(())
    }

    /// Tells that the scenario asked for what can't be done.
    #[cold]
    pub(crate) fn say_not_done(&mut self, why: Refusal) {
        self.journal.tell(self.now, Happening::NotDone { why: why.into() });
        self.changes.structure = true;
    }

    fn perform(&mut self, action: &Action) -> Result<(), Refusal> {
        match action {
            Action::AddConsumer { group, name } => self.act_add_consumer(group, name.as_deref()),
            Action::StartConsumer { group, consumer } => self.act_start_consumer(group, consumer),
            Action::RemoveConsumer { group, name } => self.act_remove_consumer(group, name),
            Action::CrashConsumer { group, name } => self.act_crash_consumer(group, name),
            Action::SetPartitions { topic, partitions } => self.act_set_partitions(topic, *partitions),
            Action::AddGroup { name, topics } => self.act_add_group(name.as_deref(), topics),
            Action::RemoveGroup { name } => self.act_remove_group(name),
            Action::AddProducer { name, topics } => self.act_add_producer(name.as_deref(), topics),
            Action::RemoveProducer { name } => self.act_remove_producer(name),
            Action::Send { producer, topic, key } => self.act_send(producer, topic.as_deref(), key),
            Action::SetRate { producer, rate } => self.act_set_rate(producer, *rate),
            Action::SetProcessing { group, consumer, processing } => {
                let group = self.group_named(group)?;
                match consumer {
                    Some(name) => {
                        let member = self.live_member(group, name)?;
                        self.member_mut(group, member).into_iter().for_each(|m| m.processing = Some(*processing));
                    }
                    None => {
                        let Some(g) = self.groups.get_mut(&group) else { return Ok(()) };
                        g.processing = *processing;
                        g.members.values_mut().for_each(|m| m.processing = None);
                    }
                }
                self.changes.structure = true;
                Ok(())
            }
            Action::PauseConsumer { group, name, span, process } => {
                let group = self.group_named(group)?;
                let member = self.live_member(group, name)?;
                self.stop(group, member, *span, *process);
                Ok(())
            }
            Action::RestartConsumer { group, name, after, assignors } => {
                let id = self.group_named(group)?;
                let none = || Refusal::NoSuchConsumer { group: group.clone(), name: name.clone() };
                if self.restart(id, name, *after, *assignors) { Ok(()) } else { Err(none()) }
            }
            Action::SetServerAssignor { group, assignor } => {
                let group = self.group_named(group)?;
                self.set_assignment(group, Assignment::ByBroker(*assignor));
                Ok(())
            }
            Action::SetAssignor { group, assignors } => {
                let group = self.group_named(group)?;
                check_assignment(Assignment::By(*assignors))?;
                self.set_assignment(group, Assignment::By(*assignors));
                Ok(())
            }
            Action::Broker { broker, act } => self.act_broker(*broker, *act),
            Action::Service { service, status } => self.act_service(service, *status),
            Action::SetOrders { service, rate } => self.act_set_orders(service, *rate),
            Action::SetAcks { producer, acks } => self.act_set_acks(producer, *acks),
        }
    }

    /// The same action with the names spelled out that it leaves to the world, so that a log of it can be read.
    pub(crate) fn with_names(&self, action: Action) -> Action {
        match action {
            Action::AddConsumer { group, name: None } => {
                let name = self.group_named(&group).ok().map(|id| self.free_consumer_name(id));
                Action::AddConsumer { group, name }
            }
            Action::AddGroup { name: None, topics } => Action::AddGroup { name: Some(self.free_group_name()), topics },
            Action::AddProducer { name: None, topics } => {
                Action::AddProducer { name: Some(self.free_producer_name()), topics }
            }
            named => named,
        }
    }

    fn free_consumer_name(&self, group: GroupId) -> String {
        let Some(g) = self.groups.get(&group) else { return String::new() };
        let last = g.members.values().next_back().map_or(&*g.name, |m| &*m.name);
        next_name(last, |name| g.members.values().any(|m| *m.name == *name))
    }

    fn free_group_name(&self) -> String {
        next_name("Group-0", |name| self.group_named(name).is_ok())
    }

    fn free_producer_name(&self) -> String {
        next_name("Producer-0", |name| self.producer_named(name).is_ok())
    }

    fn live_member(&self, group: GroupId, name: &str) -> Result<MemberId, Refusal> {
        let g = self.groups.get(&group);
        let found = g.and_then(|g| g.members.iter().find(|(_, m)| *m.name == *name && m.is_alive()));
        found.map(|(id, _)| *id).ok_or_else(|| Refusal::NoSuchConsumer {
            group: g.map_or_else(String::new, |g| g.name.to_string()),
            name: name.into(),
        })
    }

    fn act_add_consumer(&mut self, group: &str, name: Option<&str>) -> Result<(), Refusal> {
        let id = self.group_named(group)?;
        let name = name.map_or_else(|| self.free_consumer_name(id), String::from);
        self.act_start_consumer(group, &ConsumerSpec { name, ..ConsumerSpec::default() })
    }

    fn act_start_consumer(&mut self, group: &str, consumer: &ConsumerSpec) -> Result<(), Refusal> {
        let id = self.group_named(group)?;
        let Some(g) = self.groups.get(&id) else { return Ok(()) };
        let namesake = g.members.iter().find(|(_, m)| *m.name == *consumer.name);
        if let Some((member, _)) = namesake.filter(|(_, m)| m.closing.is_some()) {
            // There is one of a name at a time: it comes when that one has gone.
            let member = *member;
            self.partitions_named(consumer)?;
            self.topics_named(&consumer.topics)?;
            let anew = Some(consumer.clone().into());
            let returns = Returning { after: Span::ZERO, assignors: Assignors::default(), anew };
            self.tell_to_close(id, member, Some(returns));
            return Ok(());
        }
        check(g.members.len() < MAX_MEMBERS, Limit::Members)?;
        if namesake.is_some() {
            return Err(Refusal::NameTaken(consumer.name.clone()));
        }
        check_consumer(consumer)?;
        self.add_member(id, consumer)
    }

    fn act_remove_consumer(&mut self, group: &str, name: &str) -> Result<(), Refusal> {
        let group = self.group_named(group)?;
        if self.take_away_refused(group, name) {
            return Ok(());
        }
        let member = self.live_member(group, name)?;
        self.tell_to_close(group, member, None);
        Ok(())
    }

    fn act_crash_consumer(&mut self, group: &str, name: &str) -> Result<(), Refusal> {
        let group = self.group_named(group)?;
        let member = self.live_member(group, name)?;
        self.crash(group, member);
        Ok(())
    }

    fn act_set_partitions(&mut self, topic: &str, partitions: u32) -> Result<(), Refusal> {
        let id = self.topic_named(topic)?;
        let others = self.partitions().filter(|(p, _)| p.topic != id).count();
        let Some(t) = self.topic(id) else { return Ok(()) };
        let before = t.partition_count();
        if partitions <= before {
            return Err(Refusal::FewerPartitions { topic: topic.into(), has: before });
        }
        check(others + partitions as usize <= MAX_PARTITIONS, Limit::Partitions)?;
        let replication = t.replication;
        let copies = self.copies_of(partitions - before, &replication);
        let Some(t) = self.topics.get_mut(id.0 as usize) else { return Ok(()) };
        t.partitions.extend(copies.into_iter().map(Log::new));
        let name = t.name.clone();
        self.follow();
        self.note_growth(id, before, partitions);
        self.journal.tell(self.now, Happening::PartitionsAdded { topic: name, before, after: partitions });
        self.schedule_metadata(id);
        self.changes.structure = true;
        Ok(())
    }

    fn act_add_group(&mut self, name: Option<&str>, topics: &[String]) -> Result<(), Refusal> {
        let name = name.map_or_else(|| self.free_group_name(), String::from);
        let topics = if topics.is_empty() {
            self.topics.iter().map(|topic| topic.name.to_string()).collect()
        } else {
            topics.to_vec()
        };
        let mut spec = GroupSpec::new(name.clone(), topics);
        spec.consumers.push(ConsumerSpec { name: format!("{name}-1"), ..ConsumerSpec::default() });
        self.add_group(&spec)?;
        self.journal.tell(self.now, Happening::GroupAdded { group: name.into() });
        Ok(())
    }

    fn act_remove_group(&mut self, name: &str) -> Result<(), Refusal> {
        let id = self.group_named(name)?;
        self.groups.remove(&id);
        self.journal.end_alarms(self.now, &name.into(), |_| true);
        self.journal.rebalances.retain(|r| r.group != id || r.ended.is_some());
        self.journal.tell(self.now, Happening::GroupRemoved { group: name.into() });
        self.changes.structure = true;
        Ok(())
    }

    fn act_add_producer(&mut self, name: Option<&str>, topics: &[String]) -> Result<(), Refusal> {
        let name = name.map_or_else(|| self.free_producer_name(), String::from);
        let topics = if topics.is_empty() {
            self.topics.first().map(|topic| topic.name.to_string()).into_iter().collect()
        } else {
            topics.to_vec()
        };
        let delivery = self.usual_delivery;
        self.add_producer(&ProducerSpec { delivery, ..ProducerSpec::new(name.clone(), topics) })?;
        self.journal.tell(self.now, Happening::ProducerAdded { producer: name.into() });
        Ok(())
    }

    fn act_remove_producer(&mut self, name: &str) -> Result<(), Refusal> {
        let id = self.producer_named(name)?;
        self.producers.remove(&id);
        self.journal.tell(self.now, Happening::ProducerRemoved { producer: name.into() });
        self.changes.structure = true;
        Ok(())
    }

    fn act_send(&mut self, producer: &str, topic: Option<&str>, key: &str) -> Result<(), Refusal> {
        let id = self.producer_named(producer)?;
        let topic = match topic {
            Some(name) => self.topic_named(name)?,
            None => self.producers.get(&id).and_then(|p| p.topics.first().copied()).ok_or(Refusal::NoTopic)?,
        };
        check(key.len() <= MAX_KEY_BYTES, Limit::KeyBytes)?;
        check(self.keys.len() < MAX_KEYS || self.keys.knows(key), Limit::Keys)?;
        let key = self.keys.intern(key);
        if let Some(sent) = self.send(id, topic, Some(key)) {
            let what = Happening::SentByHand { producer: producer.into(), key, to: sent.to };
            self.journal.tell(self.now, what);
        }
        Ok(())
    }

    fn act_set_rate(&mut self, producer: &str, rate: Rate) -> Result<(), Refusal> {
        check_rate(rate)?;
        let id = self.producer_named(producer)?;
        let now = self.now;
        let Some(p) = self.producers.get_mut(&id) else { return Ok(()) };
        p.rate = rate;
        p.timer = SendTimer { since: now, count: 0, era: p.timer.era + 1 };
        self.schedule_send(id);
        self.changes.structure = true;
        Ok(())
    }

    /// Kafka's producers can't: it stands for one that was started anew with another configuration.
    fn act_set_acks(&mut self, name: &str, acks: Acks) -> Result<(), Refusal> {
        let id = self.producer_named(name)?;
        let Some(p) = self.producers.get_mut(&id) else { return Ok(()) };
        let delivery = DeliverySpec { acks, ..p.delivery };
        if let Some(fault) = delivery.fault() {
            return Err(Refusal::BadDelivery { producer: name.into(), fault });
        }
        p.past_acks.push((p.sent, p.delivery.acks));
        p.delivery = delivery;
        self.changes.structure = true;
        Ok(())
    }
}

/// The next free name in the manner of `like`: its number counted up, or a number added.
fn next_name(like: &str, taken: impl Fn(&str) -> bool) -> String {
    let stem = like.trim_end_matches(|c: char| c.is_ascii_digit());
    // A number too long for a `u32` is no count.
    let (stem, first) = match like[stem.len()..].parse::<u32>() {
        Ok(number) if !stem.is_empty() => (String::from(stem), u64::from(number) + 1),
        _ => (format!("{like}-"), 1),
    };
    // Ends: a world holds fewer names than there are numbers.
    (first..).map(|number| format!("{stem}{number}")).find(|name| !taken(name)).unwrap_or(stem)
}
