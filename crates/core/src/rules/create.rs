//! How the things of a world come to be, within the limits.

use alloc::collections::VecDeque;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::accumulator::Accumulator;
use crate::broker::Broker;
use crate::group::{Group, Phase};
use crate::ids::{BrokerId, GroupId, MemberId, ProducerId, TopicPartition};
use crate::key::KeyId;
use crate::limits::{
    MAX_BROKERS, MAX_GROUPS, MAX_KEY_BYTES, MAX_KEYS, MAX_MEMBERS, MAX_NAME_CHARS, MAX_PARTITIONS, MAX_PRODUCERS,
    MAX_RATE_PER_SECOND, MAX_TOPICS, MAX_VALUE_BYTES,
};
use crate::member::{Member, Status};
use crate::producer::{Producer, SendTimer, zipf_weights};
use crate::refusal::{Limit, Refusal};
use crate::rng::Rng;
use crate::seat::{Claim, Seat};
use crate::sorted::{SortedMap, SortedSet};
use crate::spec::{Assignment, Assignors, ConsumerSpec, GroupSpec, Keys, Pick, ProducerSpec, Rate, TopicSpec};
use crate::topic::Topic;
use crate::world::World;

impl World {
    pub(crate) fn add_brokers(&mut self, count: u32) -> Result<(), Refusal> {
        check((1..=MAX_BROKERS).contains(&count), Limit::Brokers)?;
        self.brokers.extend((1..=count).map(|id| (BrokerId(id), Broker::new(self.now))));
        Ok(())
    }

    pub(crate) fn add_topic(&mut self, spec: &TopicSpec) -> Result<(), Refusal> {
        check_name(&spec.name)?;
        if self.topics.iter().any(|topic| *topic.name == *spec.name) {
            return Err(Refusal::NameTaken(spec.name.clone()));
        }
        if spec.partitions == 0 {
            return Err(Refusal::NoPartitions(spec.name.clone()));
        }
        check(self.topics.len() < MAX_TOPICS, Limit::Topics)?;
        check(self.partitions().count() + spec.partitions as usize <= MAX_PARTITIONS, Limit::Partitions)?;
        let (factor, brokers) = (spec.replication.factor, self.brokers.len() as u32);
        if factor == 0 || factor > brokers {
            return Err(Refusal::BadReplication { topic: spec.name.clone(), factor, brokers });
        }
        let copies = self.copies_of(spec.partitions, &spec.replication);
        self.topics.push(Topic::new(spec, copies));
        Ok(())
    }

    pub(crate) fn add_producer(&mut self, spec: &ProducerSpec) -> Result<(), Refusal> {
        check_name(&spec.name)?;
        if self.producer_named(&spec.name).is_ok() {
            return Err(Refusal::NameTaken(spec.name.clone()));
        }
        check(self.producers.len() < MAX_PRODUCERS, Limit::Producers)?;
        check_rate(spec.rate)?;
        check(spec.value_bytes <= MAX_VALUE_BYTES, Limit::ValueBytes)?;
        let topics = self.topics_named(&spec.topics)?;
        if topics.is_empty() {
            return Err(Refusal::NoTopic);
        }
        if let Some(fault) = spec.delivery.fault() {
            return Err(Refusal::BadDelivery { producer: spec.name.clone(), fault });
        }
        let texts = key_texts(&spec.keys)?;
        if texts.is_empty() && spec.keys != Keys::None {
            return Err(Refusal::NoKeys(spec.name.clone()));
        }
        check(texts.iter().all(|text| text.len() <= MAX_KEY_BYTES), Limit::KeyBytes)?;
        check(self.keys.len() + self.keys.count_new(&texts) <= MAX_KEYS, Limit::Keys)?;
        let keys: Vec<KeyId> = texts.iter().map(|text| self.keys.intern(text)).collect();
        let weights = if spec.pick == Pick::Skewed { zipf_weights(keys.len()) } else { Rc::default() };
        let id = ProducerId(self.next_producer);
        self.next_producer += 1;
        self.producers.insert(
            id,
            Producer {
                name: spec.name.as_str().into(),
                client: spec.client,
                topics,
                rate: spec.rate,
                keys,
                pick: spec.pick,
                value_bytes: spec.value_bytes,
                sent: 0,
                acked: 0,
                failed: 0,
                delivery: spec.delivery.within_limits(),
                last: None,
                timer: SendTimer { since: self.now, count: 0, era: 0 },
                key_turn: 0,
                topic_turn: 0,
                rng: Rng::new(self.seed, u64::from(id.0)),
                weights,
                queue: Accumulator::default(),
                unanswered: SortedMap::new(),
                next_request: 0,
                sequences: SortedMap::new(),
                leaders: SortedMap::new(),
                metadata_at: self.now,
                metadata_ends: self.now + self.timing.metadata_max_age,
                unheard: SortedMap::new(),
                hears: None,
                muted: SortedSet::new(),
                unkeyed: SortedMap::new(),
                reached: SortedSet::new(),
                wakes: None,
                is_blocked: false,
                past_acks: Vec::new(),
            },
        );
        self.schedule_send(id);
        self.changes.structure = true;
        Ok(())
    }

    pub(crate) fn add_group(&mut self, spec: &GroupSpec) -> Result<GroupId, Refusal> {
        check_name(&spec.name)?;
        if self.group_named(&spec.name).is_ok() {
            return Err(Refusal::NameTaken(spec.name.clone()));
        }
        check(self.groups.len() < MAX_GROUPS, Limit::Groups)?;
        check(spec.consumers.len() <= MAX_MEMBERS, Limit::Members)?;
        check_assignment(spec.assignment)?;
        let topics = self.topics_named(&spec.topics)?;
        let mut names = SortedSet::new();
        for consumer in &spec.consumers {
            check_consumer(consumer)?;
            if !names.insert(&consumer.name) {
                return Err(Refusal::NameTaken(consumer.name.clone()));
            }
            self.partitions_named(consumer)?;
            self.topics_named(&consumer.topics)?;
        }
        let id = GroupId(self.next_group);
        self.next_group += 1;
        self.groups.insert(
            id,
            Group {
                name: spec.name.as_str().into(),
                topics,
                assignment: spec.assignment,
                chosen: None,
                reset: spec.reset,
                commit: spec.commit,
                processing: spec.processing,
                phase: Phase::Empty,
                generation: 0,
                began: None,
                members: SortedMap::new(),
                committed: SortedMap::new(),
                target: SortedMap::new(),
                delivery: SortedMap::new(),
                stood: SortedMap::new(),
                unread: SortedMap::new(),
                leader: None,
                target_epoch: 0,
                target_at: None,
                target_counts: SortedMap::new(),
                owners: SortedMap::new(),
                former: SortedMap::new(),
                next_member: 0,
                joined: SortedSet::new(),
                syncing: SortedSet::new(),
                round: 0,
                // Streams of groups do not meet those of producers.
                rng: Rng::new(self.seed, (1 << 32) | u64::from(id.0)),
            },
        );
        for consumer in &spec.consumers {
            self.add_member(id, consumer)?;
        }
        self.changes.structure = true;
        Ok(id)
    }

    /// A consumer starts in `group`, whose name is free and which has room.
    pub(super) fn add_member(&mut self, group: GroupId, spec: &ConsumerSpec) -> Result<(), Refusal> {
        let partitions = self.partitions_named(spec)?;
        let topics = self.topics_named(&spec.topics)?;
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return Ok(()) };
        let manual = g.assignment == Assignment::Manual;
        g.began.get_or_insert(now);
        let id = MemberId(g.next_member);
        g.next_member += 1;
        let instance = spec.instance.as_deref().map(Rc::from);
        let member_id = new_member_id(&spec.name, spec.instance.as_deref(), g.is_modern(), &mut g.rng);
        let member = Member {
            name: spec.name.as_str().into(),
            member_id,
            instance,
            topics,
            processing: spec.processing,
            assignors: spec.assignors,
            status: Status::Joining,
            cursors: SortedMap::new(),
            in_hand: None,
            processed: 0,
            standing_since: (!manual).then_some(now),
            buffer: VecDeque::new(),
            batch: VecDeque::new(),
            ends: None,
            fetching: None,
            next_auto_commit: now,
            committing: false,
            must_rejoin: true,
            rejoin_because: None,
            awaits: None,
            unread_answer: None,
            decided_on: SortedMap::new(),
            generation: 0,
            given: Claim::default(),
            told: None,
            reported: None,
            beating: false,
            must_ack: false,
            beat: 0,
            metadata: SortedMap::new(),
            started: now,
            stopped: None,
            closing: None,
            named: false,
            registered: false,
            seat: Seat::default(),
            watched: false,
            last_poll: now,
            session_ends: now,
            era: 0,
        };
        g.members.insert(id, member);
        self.changes.structure = true;
        self.refresh_metadata(group, id);
        if manual {
            self.choose(group, id, &partitions);
        } else {
            self.rejoin(group, id);
        }
        Ok(())
    }

    /// The consumer reads just these, by its own choice.
    fn choose(&mut self, group: GroupId, member: MemberId, partitions: &[TopicPartition]) {
        let next = self.now + self.timing.auto_commit;
        let Some(m) = self.member_mut(group, member) else { return };
        m.must_rejoin = false;
        m.status = Status::Stable;
        m.next_auto_commit = next;
        if self.gain(group, member, partitions) {
            self.poll(group, member);
        }
    }

    pub(super) fn partitions_named(&self, spec: &ConsumerSpec) -> Result<Vec<TopicPartition>, Refusal> {
        let resolve = |name: &crate::spec::PartitionName| {
            let topic = self.topic_named(&name.topic)?;
            let partition = TopicPartition { topic, partition: name.partition };
            let none = Refusal::NoSuchPartition { topic: name.topic.clone(), partition: name.partition };
            self.log(partition).map(|_| partition).ok_or(none)
        };
        spec.assigned.iter().map(resolve).collect()
    }
}

pub(super) fn check(holds: bool, limit: Limit) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::Over(limit)) }
}

pub(super) fn check_name(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() || name.chars().count() > MAX_NAME_CHARS { Err(Refusal::BadName) } else { Ok(()) }
}

pub(super) fn check_consumer(spec: &ConsumerSpec) -> Result<(), Refusal> {
    check_name(&spec.name)?;
    spec.instance.as_deref().map_or(Ok(()), check_name)
}

/// Kafka's consumer takes an empty list too, but then it can't subscribe.
pub(super) fn check_assignment(assignment: Assignment) -> Result<(), Refusal> {
    let none = Assignment::By(Assignors::default());
    if assignment == none { Err(Refusal::NoAssignor) } else { Ok(()) }
}

pub(super) fn check_rate(rate: Rate) -> Result<(), Refusal> {
    check(rate <= Rate::per_second(MAX_RATE_PER_SECOND), Limit::Rate)
}

fn key_texts(keys: &Keys) -> Result<Vec<String>, Refusal> {
    match keys {
        Keys::List(texts) => Ok(texts.clone()),
        Keys::Range { prefix, first, last } => {
            check(last.saturating_sub(*first) < MAX_KEYS as u64, Limit::Keys)?;
            Ok((*first..=*last).map(|n| format!("{prefix}{n}")).collect())
        }
        Keys::None => Ok(Vec::new()),
    }
}

/// The id that a coordinator gives a member, `client.id-uuid` or `group.instance.id-uuid`; with the consumer
/// protocol the client makes one itself, in base 64.
pub(super) fn new_member_id(name: &str, instance: Option<&str>, modern: bool, rng: &mut Rng) -> Rc<str> {
    if modern {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return (0..22).map(|_| char::from(DIGITS[rng.below(64) as usize])).collect::<String>().into();
    }
    format!("{}-{}", instance.unwrap_or(name), uuid(rng)).into()
}

/// A random id in the form of a UUID.
fn uuid(rng: &mut Rng) -> String {
    let (high, low) = (rng.next(), rng.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0x0fff,
        0x8000 | ((low >> 48) & 0x3fff),
        low & 0xffff_ffff_ffff
    )
}
