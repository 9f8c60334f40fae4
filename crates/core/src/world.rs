use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::batch::{Batch, ProduceRequest};
use crate::broker::Broker;
use crate::change::Changes;
use crate::digest::digest;
use crate::group::Group;
use crate::ids::{BrokerId, FetchId, GroupId, MemberId, ProducerId, TopicId, TopicPartition};
use crate::journal::Journal;
use crate::key::{Key, KeyId, Keys};
use crate::limits::MAX_ACTIONS;
use crate::log::{Log, Record};
use crate::member::Member;
use crate::message::{Event, FetchRequest, FetchResponse, ServiceEvent};
use crate::producer::Producer;
use crate::queue::Queue;
use crate::refusal::{Limit, Refusal};
use crate::rng::Rng;
use crate::service::{Flight, Service, ServiceId, Services};
use crate::sorted::SortedMap;
use crate::spare::Spare;
use crate::spec::{ClusterTiming, DeliverySpec, Timing, WorldSpec};
use crate::time::{Span, Time};
use crate::topic::Topic;

/// The whole state at one moment: actors, logs, and what is under way between them.
///
/// It is a pure function of the scenario, the seed and the actions with their times. Rules of the form
/// "when this arrives and this holds, do that" move it on; they are in `rules/`, an actor a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct World {
    pub(crate) now: Time,
    pub(crate) seed: u64,
    pub(crate) timing: Timing,
    /// How a producer delivers that comes later.
    pub(crate) usual_delivery: DeliverySpec,
    pub(crate) queue: Queue,
    pub(crate) keys: Keys,
    pub(crate) cluster: ClusterTiming,
    pub(crate) brokers: SortedMap<BrokerId, Broker>,
    /// Where the copies of new partitions go.
    pub(crate) placement: Rng,
    pub(crate) topics: Vec<Topic>,
    pub(crate) producers: SortedMap<ProducerId, Producer>,
    pub(crate) groups: SortedMap<GroupId, Group>,
    /// Fetches that wait at the broker for records.
    pub(crate) parked: SortedMap<FetchId, FetchRequest>,
    pub(crate) next_fetch: u64,
    pub(crate) next_producer: u32,
    pub(crate) next_group: u32,
    pub(crate) journal: Journal,
    pub(crate) services: Services,
    pub(crate) changes: Changes,
    pub(crate) spare: Spare,
}

impl World {
    /// The world of `spec` at time zero, with everybody about to start.
    ///
    /// # Errors
    ///
    /// What in the spec does not resolve, or is over a limit. A spec that a parser of ours returned is
    /// never refused.
    pub fn new(spec: &WorldSpec, seed: u64) -> Result<Self, Refusal> {
        if spec.actions.len() > MAX_ACTIONS {
            return Err(Refusal::Over(Limit::Actions));
        }
        let mut world = Self {
            now: Time::ZERO,
            seed,
            timing: spec.timing.within_limits(),
            usual_delivery: spec.usual_delivery,
            queue: Queue::default(),
            keys: Keys::default(),
            cluster: spec.cluster.timing.within_limits(),
            brokers: SortedMap::new(),
            // A stream of its own, beside those of producers and groups.
            placement: Rng::new(seed, 2 << 32),
            topics: Vec::new(),
            producers: SortedMap::new(),
            groups: SortedMap::new(),
            parked: SortedMap::new(),
            next_fetch: 0,
            next_producer: 0,
            next_group: 0,
            journal: Journal::default(),
            services: Services::default(),
            changes: Changes::everything(),
            spare: Spare::default(),
        };
        world.add_brokers(spec.cluster.brokers)?;
        for topic in &spec.topics {
            world.add_topic(topic)?;
        }
        for producer in &spec.producers {
            world.add_producer(producer)?;
        }
        for group in &spec.groups {
            world.add_group(group)?;
        }
        if !spec.services.is_empty() {
            world.add_services(&spec.services)?;
        }
        world.begin_cluster();
        world.send_after(world.timing.retention_check, Event::RetentionCheck);
        world.send_after(crate::trend::SAMPLE, Event::LagCheck);
        Ok(world)
    }

    /// The moment that this is the state of.
    pub fn now(&self) -> Time {
        self.now
    }

    /// What all random choices follow from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// How long things take.
    pub fn timing(&self) -> &Timing {
        &self.timing
    }

    /// A number for all that this state holds: equal digests, equal worlds, on any platform.
    pub fn digest(&self) -> u64 {
        digest(self)
    }

    /// The topics, in the order in which they are drawn.
    pub fn topics(&self) -> impl Iterator<Item = (TopicId, &Topic)> {
        // `limits::MAX_TOPICS` keeps the index far below 2^32.
        self.topics.iter().enumerate().map(|(index, topic)| (TopicId(index as u32), topic))
    }

    /// A topic of this world.
    pub fn topic(&self, id: TopicId) -> Option<&Topic> {
        self.topics.get(id.0 as usize)
    }

    /// All partitions, topic by topic.
    pub fn partitions(&self) -> impl Iterator<Item = (TopicPartition, &Log)> {
        self.topics().flat_map(|(topic, t)| {
            t.partitions.iter().enumerate().map(move |(n, log)| (TopicPartition { topic, partition: n as u32 }, log))
        })
    }

    /// The log of a partition.
    pub fn log(&self, partition: TopicPartition) -> Option<&Log> {
        self.topic(partition.topic)?.partitions.get(partition.partition as usize)
    }

    /// The record at an offset of a partition, if it is still there.
    pub fn record(&self, partition: TopicPartition, offset: u64) -> Option<&Record> {
        self.log(partition)?.record(offset)
    }

    /// The producers, in the order in which they are drawn.
    pub fn producers(&self) -> impl Iterator<Item = (ProducerId, &Producer)> {
        self.producers.iter().map(|(id, producer)| (*id, producer))
    }

    /// A producer that is still there.
    pub fn producer(&self, id: ProducerId) -> Option<&Producer> {
        self.producers.get(&id)
    }

    /// The consumer groups, in the order in which they are drawn.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, &Group)> {
        self.groups.iter().map(|(id, group)| (*id, group))
    }

    /// A group that is still there.
    pub fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(&id)
    }

    /// A key of this world: every [`KeyId`] in it comes from its own table.
    pub fn key(&self, id: KeyId) -> &Key {
        self.keys.at(id)
    }

    /// What happened that is worth telling.
    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The brokers, by number.
    pub fn brokers(&self) -> impl Iterator<Item = (BrokerId, &Broker)> {
        self.brokers.iter().map(|(id, broker)| (*id, broker))
    }

    /// A broker, whatever its state.
    pub fn broker(&self, id: BrokerId) -> Option<&Broker> {
        self.brokers.get(&id)
    }

    /// Requests on their way from producers to brokers, by arrival.
    pub fn produce_requests(&self) -> impl Iterator<Item = &ProduceRequest> {
        self.queue.iter().filter_map(|event| match event {
            Event::Produced(request) => Some(&**request),
            _ => None,
        })
    }

    /// Requests that are at a broker and have no answer yet, by broker, producer, and arrival. Of each producer at a
    /// broker the first is being worked on, or waits for replicas; the others wait behind it.
    pub fn waiting_requests(&self) -> impl Iterator<Item = &ProduceRequest> {
        self.brokers.values().flat_map(|broker| broker.connections.values().flatten()).map(|arrived| &*arrived.request)
    }

    /// How many records are on their way from producers to brokers.
    pub fn records_under_way(&self) -> u64 {
        self.produce_requests().flat_map(|request| request.batches.iter()).map(Batch::len).sum()
    }

    /// Answers with records on their way from partitions to consumers, by arrival. An answer that nobody
    /// waits for any more (its consumer crashed, left, or lost the partition) still flies, to be dropped.
    pub fn fetch_responses(&self) -> impl Iterator<Item = &FetchResponse> {
        self.queue.iter().filter_map(|event| match event {
            Event::Fetched(response) if !response.runs.is_empty() => Some(&**response),
            _ => None,
        })
    }

    /// The services that call each other directly, in the order in which they are drawn.
    pub fn services(&self) -> impl Iterator<Item = (ServiceId, &Service)> {
        // `limits::MAX_SERVICES` keeps the index small.
        self.services.list.iter().enumerate().map(|(index, service)| (ServiceId(index as u32), service))
    }

    /// A service of this world.
    pub fn service(&self, id: ServiceId) -> Option<&Service> {
        self.services.list.get(id.0 as usize)
    }

    /// Calls between services, and answers, that are on their way, in no order. One that nobody waits for any more
    /// still flies.
    pub fn flights(&self) -> impl Iterator<Item = &Flight> {
        self.queue.iter().filter_map(|event| match event {
            Event::Service(ServiceEvent::Flies(flight)) => Some(flight),
            _ => None,
        })
    }

    /// Whether somebody still waits for the end of this call. Where nobody does, all that is done for it is in vain.
    pub fn is_awaited(&self, flight: &Flight) -> bool {
        self.services.awaited.contains_key(&flight.call)
    }

    /// When the next thing happens, seen or not.
    pub fn next_event_at(&self) -> Option<Time> {
        [self.queue.next(), self.next_alone()].into_iter().flatten().min().map(|turn| turn.at)
    }

    pub(crate) fn send_after(&mut self, delay: Span, event: Event) {
        self.queue.push(self.now + delay, event);
    }

    pub(crate) fn log_mut(&mut self, partition: TopicPartition) -> Option<&mut Log> {
        self.topics.get_mut(partition.topic.0 as usize)?.partitions.get_mut(partition.partition as usize)
    }

    pub(crate) fn member(&self, group: GroupId, member: MemberId) -> Option<&Member> {
        self.groups.get(&group)?.members.get(&member)
    }

    pub(crate) fn member_mut(&mut self, group: GroupId, member: MemberId) -> Option<&mut Member> {
        self.groups.get_mut(&group)?.members.get_mut(&member)
    }

    /// # Errors
    ///
    /// [`Refusal::NoSuchTopic`].
    pub(crate) fn topic_named(&self, name: &str) -> Result<TopicId, Refusal> {
        let found = self.topics().find(|(_, topic)| *topic.name == *name).map(|(id, _)| id);
        found.ok_or_else(|| Refusal::NoSuchTopic(name.into()))
    }

    /// # Errors
    ///
    /// [`Refusal::NoSuchTopic`] for the first name that is none.
    pub(crate) fn topics_named(&self, names: &[String]) -> Result<Vec<TopicId>, Refusal> {
        names.iter().map(|name| self.topic_named(name)).collect()
    }

    /// # Errors
    ///
    /// [`Refusal::NoSuchProducer`].
    pub(crate) fn producer_named(&self, name: &str) -> Result<ProducerId, Refusal> {
        let found = self.producers().find(|(_, producer)| *producer.name == *name).map(|(id, _)| id);
        found.ok_or_else(|| Refusal::NoSuchProducer(name.into()))
    }

    /// # Errors
    ///
    /// [`Refusal::NoSuchGroup`].
    pub(crate) fn group_named(&self, name: &str) -> Result<GroupId, Refusal> {
        let found = self.groups().find(|(_, group)| *group.name == *name).map(|(id, _)| id);
        found.ok_or_else(|| Refusal::NoSuchGroup(name.into()))
    }

    pub(crate) fn name_of_member(&self, group: GroupId, member: MemberId) -> Option<Rc<str>> {
        self.member(group, member).map(|m| m.name.clone())
    }
}
