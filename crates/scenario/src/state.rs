//! The state of a world as a document: what `kafka-lanes run --json` prints and the element's `state` gives.

use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::spec::Assignor;
use kafka_lanes_core::{
    BrokerId, Cause, Group, History, Log, Member, Phase, Rebalance, Standing, Status, TopicPartition, World,
};
use serde::{Serialize, Serializer};

use crate::alarms::{Alarm, alarms};
use crate::services::{ServiceState, services};

/// The whole document. Maps go by name; times are microseconds of simulated time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StateDocument {
    /// The moment.
    pub time_us: u64,
    /// What all random choices follow from.
    pub seed: u64,
    /// A number for all that the state holds, as 16 hexadecimal digits.
    pub digest: String,
    /// Topics by name.
    #[serde(serialize_with = "as_map")]
    pub topics: SortedMap<String, TopicState>,
    /// Groups by name.
    #[serde(serialize_with = "as_map")]
    pub groups: SortedMap<String, GroupState>,
    /// Producers by name.
    #[serde(serialize_with = "as_map")]
    pub producers: SortedMap<String, ProducerState>,
    /// Services that call each other directly, by name.
    #[serde(serialize_with = "as_map")]
    pub services: SortedMap<String, ServiceState>,
    /// Records on their way.
    pub in_flight: InFlight,
    /// Promises that were broken, oldest first.
    pub alarms: Vec<Alarm>,
    /// Rebalances that have ended, oldest first.
    pub rebalances: Vec<RebalanceState>,
}

/// A topic.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TopicState {
    /// Its partitions, by number.
    pub partitions: Vec<PartitionState>,
}

/// A partition.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartitionState {
    /// Its number.
    pub partition: u32,
    /// The broker that leads it; -1 where nobody does.
    pub leader: i32,
    /// The brokers that have a copy.
    pub replicas: Vec<i32>,
    /// The brokers whose copies are in sync.
    pub isr: Vec<i32>,
    /// The oldest offset that is still there.
    pub log_start: u64,
    /// The offset below which consumers may read.
    pub high_watermark: u64,
    /// The offset that the next record gets.
    pub log_end: u64,
}

/// A consumer group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupState {
    /// `classic` or `consumer`, or `manual` where members chose their partitions themselves.
    pub protocol: &'static str,
    /// `range`, `roundrobin`, `sticky`, `cooperative-sticky`, `uniform`, `server-range` or `manual`: of several the one
    /// that the coordinator chose, and before it did, all with commas between them.
    pub assignor: String,
    /// `empty`, `preparing-rebalance`, `completing-rebalance` or `stable`; with the consumer protocol `empty`,
    /// `assigning`, `reconciling` or `stable`.
    pub state: &'static str,
    /// Its generation, or with the consumer protocol its group epoch.
    pub epoch: u32,
    /// Its members by name.
    #[serde(serialize_with = "as_map")]
    pub members: SortedMap<String, MemberState>,
    /// Where it stands in each partition that it reads, by `topic-partition`.
    #[serde(serialize_with = "as_map")]
    pub offsets: SortedMap<String, OffsetState>,
}

/// A member of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberState {
    /// What it owns, as `topic-partition`: without a lane that the group gave to another.
    pub assigned: Vec<String>,
    /// `joining`, `stable`, `leaving`, `away`, `crashed` or `refused`. `removed`, where the group went on without it and
    /// it has yet to come back; with the consumer protocol `reconciling`, where it has yet to let go of partitions, or
    /// waits for some that others have not let go of.
    pub state: &'static str,
    /// It would work, but its group has nothing for it.
    pub idle: bool,
    /// What one that is `removed` believes to own, as it does not know that yet. Only where there is something.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub believes: Vec<String>,
    /// Its assignors, the one that it likes best first; only where it has others than its group, or was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assignors: Vec<&'static str>,
    /// Kafka's name for why it was refused: `INCONSISTENT_GROUP_PROTOCOL`. Only where it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<&'static str>,
}

/// A group's place in a partition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OffsetState {
    /// The next offset that a poll hands out; null while nobody reads.
    pub position: Option<u64>,
    /// The next offset after a restart; null where nothing is committed.
    pub committed: Option<u64>,
    /// High watermark less committed offset; null where nothing is committed.
    pub lag: Option<u64>,
    /// Records that the group has processed more than once.
    pub again: u64,
    /// Records before the last one that it processed, from where it began, that it has not.
    pub passed: u64,
}

/// A producer's records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProducerState {
    /// Sent.
    pub sent: u64,
    /// Confirmed by the broker.
    pub acked: u64,
    /// Given up.
    pub failed: u64,
}

/// Records on their way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InFlight {
    /// From producers to partitions.
    pub produce: u64,
    /// From partitions to consumers that still read them.
    pub fetch: u64,
}

/// A rebalance.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RebalanceState {
    /// The group.
    pub group: String,
    /// When it began.
    pub time_us: u64,
    /// Why, in English.
    pub cause: String,
    /// Partition, who had it, who has it now.
    pub moved: Vec<(String, Option<String>, Option<String>)>,
    /// How long each member owned nothing.
    #[serde(serialize_with = "as_map")]
    pub paused_us: SortedMap<String, u64>,
    /// How long each partition that was let go of had no reader, by `topic-partition`.
    #[serde(serialize_with = "as_map")]
    pub stood_us: SortedMap<String, u64>,
}

pub(crate) fn as_map<T: Serialize, S: Serializer>(
    map: &SortedMap<String, T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(map.iter())
}

impl StateDocument {
    /// The document of the present moment.
    pub fn of(history: &History) -> Self {
        let world = history.world();
        let ended = world.journal().rebalances.iter().filter(|rebalance| rebalance.ended.is_some());
        Self {
            time_us: world.now().0,
            seed: history.seed(),
            digest: format!("{:016x}", world.digest()),
            topics: world
                .topics()
                .map(|(_, topic)| {
                    let partitions = (0..).zip(&topic.partitions).map(|(n, log)| partition(n, log)).collect();
                    (topic.name.to_string(), TopicState { partitions })
                })
                .collect(),
            groups: world.groups().map(|(_, g)| (g.name.to_string(), group(world, g))).collect(),
            producers: world
                .producers()
                .map(|(_, p)| (p.name.to_string(), ProducerState { sent: p.sent, acked: p.acked, failed: p.failed }))
                .collect(),
            services: services(world),
            in_flight: in_flight(world),
            alarms: alarms(world),
            rebalances: ended.map(|ended| rebalance(world, ended)).collect(),
        }
    }
}

fn partition(partition: u32, log: &Log) -> PartitionState {
    let copies = log.replication();
    // `limits::MAX_BROKERS` keeps numbers small.
    let number = |broker: BrokerId| broker.0 as i32;
    PartitionState {
        partition,
        leader: copies.leader.map_or(-1, number),
        replicas: copies.replicas.iter().map(|replica| number(replica.broker)).collect(),
        isr: copies.isr.iter().copied().map(number).collect(),
        log_start: log.start(),
        high_watermark: log.high_watermark(),
        log_end: log.end(),
    }
}

fn group(world: &World, group: &Group) -> GroupState {
    let protocol = group.protocol().map_or("manual", |protocol| protocol.name());
    let assignor = group.decides().to_string();
    let state = match group.phase {
        Phase::Empty => "empty",
        Phase::PreparingRebalance { .. } => "preparing-rebalance",
        Phase::CompletingRebalance => "completing-rebalance",
        Phase::Stable => "stable",
        Phase::Assigning => "assigning",
        Phase::Reconciling => "reconciling",
    };
    let read = world.partitions().filter(|(at, _)| group.reads(at.topic));
    GroupState {
        protocol,
        assignor,
        state,
        epoch: group.generation,
        members: group.members.values().map(|m| (m.name.to_string(), member(world, group, m))).collect(),
        offsets: read.map(|(at, log)| (name(world, at), offsets(group, at, log))).collect(),
    }
}

fn member(world: &World, group: &Group, member: &Member) -> MemberState {
    let refused = matches!(member.status, Status::Refused { .. });
    let shown = refused || !member.assignors.is_empty();
    let standing = group.standing_of(member);
    let owned = member.cursors.keys().map(|at| name(world, *at)).collect();
    let (assigned, believes) = if standing == Standing::PutOut { (Vec::new(), owned) } else { (owned, Vec::new()) };
    MemberState {
        assigned,
        state: match standing {
            Standing::As(Status::Joining) => "joining",
            Standing::As(Status::Stable) | Standing::Idle => "stable",
            Standing::As(Status::Leaving) => "leaving",
            Standing::As(Status::Away { .. }) => "away",
            Standing::As(Status::Crashed { .. }) => "crashed",
            Standing::As(Status::Refused { .. }) => "refused",
            Standing::Closing => "closing",
            Standing::Reconciling => "reconciling",
            Standing::PutOut | Standing::Out => "removed",
        },
        idle: standing == Standing::Idle,
        believes,
        assignors: group.assignors_of(member).iter().filter(|_| shown).map(Assignor::name).collect(),
        error: refused.then_some("INCONSISTENT_GROUP_PROTOCOL"),
    }
}

fn offsets(group: &Group, at: TopicPartition, log: &Log) -> OffsetState {
    OffsetState {
        position: group.position(at),
        committed: group.committed.get(&at).copied(),
        lag: group.lag(at, log.high_watermark()),
        again: group.delivery.get(&at).map_or(0, |delivery| delivery.again.count),
        passed: group.delivery.get(&at).map_or(0, |delivery| delivery.passed.count),
    }
}

/// `topic-partition`, as Kafka's tools write it.
fn name(world: &World, at: TopicPartition) -> String {
    let topic = world.topic(at.topic).map_or_else(String::new, |topic| topic.name.to_string());
    format!("{topic}-{}", at.partition)
}

fn in_flight(world: &World) -> InFlight {
    let awaited = world.fetch_responses().flat_map(|response| {
        let member = world.group(response.group).and_then(|group| group.members.get(&response.member));
        let still_read = move |at: TopicPartition| member.is_some_and(|m| m.cursors.contains_key(&at));
        response.runs.iter().filter(move |run| still_read(run.from))
    });
    InFlight { produce: world.records_under_way(), fetch: awaited.map(|run| run.len()).sum() }
}

fn rebalance(world: &World, rebalance: &Rebalance) -> RebalanceState {
    let moved = rebalance.moved.iter().map(|change| {
        let member = |name: &Option<std::rc::Rc<str>>| name.as_ref().map(ToString::to_string);
        (name(world, change.partition), member(&change.from), member(&change.to))
    });
    RebalanceState {
        group: rebalance.group_name.to_string(),
        time_us: rebalance.started.0,
        cause: cause(world, &rebalance.cause),
        moved: moved.collect(),
        paused_us: rebalance.paused.iter().map(|(member, span)| (member.to_string(), span.0)).collect(),
        stood_us: rebalance.stood.iter().map(|(at, span)| (name(world, *at), span.0)).collect(),
    }
}

/// English and stable: scripts read it, people read the catalogue's words.
fn cause(world: &World, cause: &Cause) -> String {
    match cause {
        Cause::Joined(member) => format!("member {member} joined"),
        Cause::Left(member) => format!("member {member} left"),
        Cause::SessionEnded(member) => format!("session of member {member} ended"),
        Cause::TooSlow(member) => format!("member {member} did not poll for max.poll.interval.ms"),
        Cause::Partitions(topic) => {
            let topic = world.topic(*topic).map_or_else(String::new, |topic| topic.name.to_string());
            format!("partitions added to {topic}")
        }
        Cause::Assignor => "assignor changed".into(),
        Cause::Revoked(member) => format!("member {member} gave up partitions"),
        Cause::Unrevoked(member) => format!("member {member} did not give up partitions in time"),
    }
}
