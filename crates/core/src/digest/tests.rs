use alloc::collections::{BTreeSet, VecDeque};
use alloc::rc::Rc;
use alloc::vec::Vec;

use super::digest;
use crate::alarm::{Again, Alarm, Broken, Parting, PassedOver};
use crate::batch::{Batch, ProduceRequest, Sequence};
use crate::broker::{Arrived, Broker, BrokerStatus, Follower, Stored};
use crate::delivery::{Back, Delivery, Parted};
use crate::few::Few;
use crate::growth::{Growth, Heard};
use crate::history::History;
use crate::ids::{BrokerId, FetchId, GroupId, MemberId, ProducerId, TopicId, TopicPartition};
use crate::journal::{Cause, Happening, Remap};
use crate::key::KeyId;
use crate::log::Record;
use crate::member::{Answer, Awaited, Closing, Cursor, InHand, Member, Returning, Run, Status, Stop};
use crate::message::{Event, FetchRequest, ServiceEvent};
use crate::numbering::Outstanding;
use crate::partitioner::Client;
use crate::refusal::Refusal;
use crate::seat::Reconciliation;
use crate::sequence::ProducerState;
use crate::service::{
    CallFault, CallId, Doing, Failure, Flight, Job, JobId, Outcome, Service, ServiceId, ServiceStatus,
};
use crate::sorted::SortedMap;
use crate::time::{Span, Time};
use crate::unkeyed::UnkeyedPartitioner;
use crate::world::World;
use crate::{golden, spec};

/// The golden world in the middle of everything: records under way and in hand, fetches parked, a consumer dead.
fn busy() -> World {
    let mut history = History::new(golden::spec(), golden::SEED).unwrap();
    history.advance(Time::from_millis(12_340), u64::MAX);
    history.world().clone()
}

fn member(world: &mut World) -> &mut Member {
    let group = world.groups.get_mut(&GroupId(0)).unwrap();
    group.members.values_mut().find(|m| !m.cursors.is_empty()).unwrap()
}

const PLACE: TopicPartition = TopicPartition { topic: TopicId(0), partition: 2 };

type Change = fn(&mut World);

/// A change of each field that a state is made of.
const CHANGES: &[Change] = &[
    |w| w.now.0 += 1,
    |w| w.seed += 1,
    |w| w.usual_delivery.retries = 7,
    |w| w.next_fetch += 1,
    |w| w.next_producer += 1,
    |w| w.next_group += 1,
    |w| w.changes_nothing_but(|t| &mut t.produce),
    |w| w.changes_nothing_but(|t| &mut t.fetch),
    |w| w.changes_nothing_but(|t| &mut t.rpc),
    |w| w.changes_nothing_but(|t| &mut t.fetch_max_wait),
    |w| w.changes_nothing_but(|t| &mut t.auto_commit),
    |w| w.changes_nothing_but(|t| &mut t.heartbeat),
    |w| w.changes_nothing_but(|t| &mut t.session),
    |w| w.changes_nothing_but(|t| &mut t.max_poll_interval),
    |w| w.changes_nothing_but(|t| &mut t.initial_rebalance_delay),
    |w| w.changes_nothing_but(|t| &mut t.metadata_max_age),
    |w| w.changes_nothing_but(|t| &mut t.retention_check),
    |w| w.changes_nothing_but(|t| &mut t.consumer_heartbeat),
    |w| w.changes_nothing_but(|t| &mut t.consumer_session),
    |w| w.changes_nothing_but(|t| &mut t.assignment_interval),
    |w| w.timing.max_poll_records += 1,
    |w| w.queue.push(Time::from_secs(99), Event::RetentionCheck),
    |w| {
        let (turn, event) = w.queue.pop(Time(u64::MAX)).unwrap();
        w.queue.push(turn.at, event);
    },
    |w| _ = w.keys.intern("a new key"),
    |w| w.topics[0].name = "another".into(),
    |w| w.topics[0].retention.0 += 1,
    |w| w.topics[0].retention_bytes += 1,
    |w| w.topics[0].segment_bytes += 1,
    |w| w.topics[0].partitions[2].waiting.push(FetchId(u64::MAX)),
    |w| _ = w.topics[0].partitions[2].append(RECORD, 1_000_000),
    |w| _ = w.topics[0].partitions[2].append(Record { key: Some(KeyId(1)), ..RECORD }, 1_000_000),
    |w| _ = w.topics[0].partitions[2].append(Record { producer: ProducerId(1), ..RECORD }, 1_000_000),
    |w| _ = w.topics[0].partitions[2].append(Record { number: 1, ..RECORD }, 1_000_000),
    |w| _ = w.topics[0].partitions[2].append(Record { timestamp: Time(1), ..RECORD }, 1_000_000),
    |w| _ = w.topics[0].partitions[2].append(Record { bytes: 2, ..RECORD }, 1_000_000),
    // The same records, cut into other segments.
    |w| _ = w.topics[0].partitions[2].append(RECORD, 0),
    |w| _ = w.topics[0].partitions[0].retain(Time::from_secs(9_999_999), Span::ZERO, 0),
    |w| _ = w.producers.remove(&ProducerId(0)),
    |w| producer(w).name = "another".into(),
    |w| producer(w).topics.push(TopicId(0)),
    |w| producer(w).rate.0 += 1,
    |w| producer(w).keys.push(KeyId(0)),
    |w| producer(w).pick = spec::Pick::InTurn,
    |w| producer(w).value_bytes += 1,
    |w| producer(w).sent += 1,
    |w| producer(w).acked += 1,
    |w| producer(w).last = None,
    |w| producer(w).timer.since.0 += 1,
    |w| producer(w).timer.count += 1,
    |w| producer(w).timer.era += 1,
    |w| producer(w).key_turn += 1,
    |w| producer(w).topic_turn += 1,
    |w| _ = producer(w).rng.next(),
    |w| producer(w).weights = Rc::new([1]),
    |w| w.services.list.truncate(3),
    |w| service(w).name = "another".into(),
    |w| service(w).takes.0 += 1,
    |w| service(w).timeout.0 += 1,
    |w| service(w).retries += 1,
    |w| service(w).at_once += 1,
    |w| service(w).orders.0 += 1,
    |w| service(w).status = ServiceStatus::Stopped,
    |w| service(w).status = ServiceStatus::Hung,
    |w| service(w).calls[0].to = ServiceId(2),
    |w| service(w).calls[0].sent += 1,
    |w| service(w).calls[0].succeeded += 1,
    |w| service(w).calls[0].failed += 1,
    |w| service(w).calls[0].timed_out += 1,
    |w| service(w).busy += 1,
    |w| service(w).received += 1,
    |w| service(w).succeeded += 1,
    |w| service(w).failed += 1,
    |w| service(w).half_done += 1,
    |w| service(w).in_vain += 1,
    |w| service(w).last_failure = Some(FAILURE),
    |w| service(w).last_failure = Some(Failure { at: Time(7), ..FAILURE }),
    |w| service(w).last_failure = Some(Failure { to: Some(ServiceId(7)), ..FAILURE }),
    |w| service(w).last_failure = Some(Failure { why: CallFault::Refused, ..FAILURE }),
    |w| service(w).last_failure = Some(Failure { why: CallFault::StepFailed, ..FAILURE }),
    |w| service(w).last_failure = Some(Failure { why: CallFault::Overloaded, ..FAILURE }),
    |w| service(w).waiting.push_back(JobId(77)),
    |w| service(w).timer.since.0 += 1,
    |w| service(w).timer.count += 1,
    |w| service(w).timer.era += 1,
    |w| service(w).era += 1,
    |w| w.services.next_job += 1,
    |w| w.services.next_call += 1,
    |w| w.services.flying += 1,
    |w| _ = w.services.awaited.insert(CallId(777), JobId(7)),
    |w| job(w).service = ServiceId(7),
    |w| job(w).asked_by = Some((CallId(7), ServiceId(7))),
    |w| job(w).steps += 7,
    |w| job(w).attempts += 7,
    |w| job(w).doing = Doing::Ended(Outcome::Succeeded),
    |w| job(w).doing = Doing::Ended(Outcome::Failed(CallFault::TimedOut)),
    |w| w.services.jobs.clear(),
    |w| w.queue.push(Time::from_secs(99), Event::Service(ServiceEvent::OrderDue(ServiceId(7), 7))),
    |w| w.queue.push(Time::from_secs(99), Event::Service(ServiceEvent::Worked(JobId(7), 7))),
    |w| w.queue.push(Time::from_secs(99), Event::Service(ServiceEvent::TimesOut(CallId(7)))),
    |w| w.queue.push(Time::from_secs(99), Event::Service(ServiceEvent::Flies(FLIGHT))),
    |w| {
        let flight = Flight { answer: Some(Outcome::Succeeded), ..FLIGHT };
        w.queue.push(Time::from_secs(99), Event::Service(ServiceEvent::Flies(flight)));
    },
    |w| {
        let what = Happening::Service { service: "E-mail".into(), status: ServiceStatus::Hung };
        w.journal.tell(Time(7), what);
    },
    |w| _ = w.groups.remove(&GroupId(0)),
    |w| group(w).name = "another".into(),
    |w| group(w).topics.clear(),
    |w| group(w).assignment = spec::Assignment::Manual,
    |w| group(w).assignment = spec::Assignment::by(spec::Assignor::Range),
    |w| group(w).assignment = spec::Assignment::ByBroker(spec::ServerAssignor::Uniform),
    |w| {
        group(w).assignment =
            spec::Assignment::By([spec::Assignor::Range, spec::Assignor::Sticky].into_iter().collect())
    },
    |w| {
        group(w).assignment =
            spec::Assignment::By([spec::Assignor::Sticky, spec::Assignor::Range].into_iter().collect())
    },
    |w| group(w).chosen = None,
    |w| group(w).chosen = Some(spec::Assignor::Range),
    |w| group(w).reset = spec::OffsetReset::Latest,
    |w| group(w).reset = spec::OffsetReset::None,
    |w| group(w).commit = spec::Commit::After,
    |w| group(w).commit = spec::Commit::Before,
    |w| _ = group(w).delivery.insert(PLACE, Delivery::from(77)),
    |w| group(w).delivery.values_mut().for_each(|d| d.first += 1),
    |w| group(w).delivery.values_mut().for_each(|d| d.next += 1),
    |w| group(w).delivery.values_mut().for_each(|d| d.again.count += 1),
    |w| group(w).delivery.values_mut().for_each(|d| d.passed.count += 1),
    |w| group(w).delivery.values_mut().for_each(|d| d.passed.ranges.push_back((7, 9))),
    |w| _ = group(w).stood.insert(PLACE, Span(77)),
    |w| _ = group(w).unread.insert(PLACE, Time(77)),
    |w| group(w).leader = Some(MemberId(77)),
    |w| group(w).target_epoch += 1,
    |w| group(w).target_at = Some(Time(77)),
    |w| _ = group(w).target_counts.insert(TopicId(77), 7),
    |w| group(w).processing.0 += 1,
    |w| group(w).phase = crate::Phase::Empty,
    |w| group(w).phase = crate::Phase::CompletingRebalance,
    |w| group(w).phase = crate::Phase::Assigning,
    |w| group(w).phase = crate::Phase::Reconciling,
    |w| group(w).generation += 1,
    |w| group(w).members.clear(),
    |w| _ = group(w).committed.insert(PLACE, 77),
    |w| _ = group(w).target.insert(PLACE, MemberId(77)),
    |w| _ = group(w).owners.insert(PLACE, "another".into()),
    |w| _ = group(w).former.insert("another".into(), Rc::default()),
    |w| group(w).next_member += 1,
    |w| _ = group(w).joined.insert(MemberId(77)),
    |w| _ = group(w).syncing.insert(MemberId(77)),
    |w| group(w).round += 1,
    |w| _ = group(w).rng.next(),
    |w| member(w).name = "another".into(),
    |w| member(w).member_id = "another".into(),
    |w| member(w).processing = Some(Span(1)),
    |w| member(w).instance = Some("another".into()),
    |w| member(w).topics.push(TopicId(0)),
    |w| member(w).status = Status::Leaving,
    |w| member(w).status = Status::Away { since: Time(1) },
    |w| member(w).status = Status::Away { since: Time(2) },
    |w| member(w).stopped = Some(STOP),
    |w| member(w).stopped = Some(Stop { until: Time(78), ..STOP }),
    |w| member(w).stopped = Some(Stop { process: true, ..STOP }),
    |w| member(w).closing = Some(Closing::default()),
    |w| member(w).closing = Some(Closing { returns: Some(RETURNING) }),
    |w| member(w).closing = Some(Closing { returns: Some(Returning { after: Span(2), ..RETURNING }) }),
    |w| member(w).committing = true,
    |w| member(w).rejoin_because = Some(Cause::Assignor),
    |w| member(w).awaits = Some(Awaited::ToJoin),
    |w| member(w).awaits = Some(Awaited::ToSync),
    |w| member(w).unread_answer = Some(Answer::Joined(1)),
    |w| member(w).unread_answer = Some(Answer::Refused),
    |w| member(w).unread_answer = Some(Answer::Synced(1)),
    |w| _ = member(w).decided_on.insert(TopicId(77), 7),
    |w| member(w).generation += 1,
    |w| member(w).given.partitions.push(PLACE),
    |w| member(w).given.generation = Some(77),
    |w| member(w).assignors = spec::Assignor::Range.into(),
    |w| member(w).told = Some(Vec::new()),
    |w| member(w).reported = Some(Vec::new()),
    |w| member(w).beating = true,
    |w| member(w).must_ack = true,
    |w| member(w).beat += 1,
    |w| _ = member(w).metadata.insert(TopicId(77), 7),
    |w| member(w).started.0 += 1,
    |w| member(w).named = false,
    |w| member(w).seat.pending = true,
    |w| member(w).seat.assignors = spec::Assignor::Range.into(),
    |w| member(w).seat.claims.owned.partitions.push(PLACE),
    |w| member(w).seat.claims.owned.generation = Some(77),
    |w| member(w).seat.claims.given.partitions.push(PLACE),
    |w| member(w).seat.claims.given.generation = Some(77),
    |w| member(w).seat.epoch += 1,
    |w| member(w).seat.previous_epoch += 1,
    |w| member(w).seat.away = true,
    |w| member(w).seat.state = Reconciliation::Unrevoked,
    |w| member(w).seat.state = Reconciliation::Unreleased,
    |w| _ = member(w).seat.assigned.insert(PLACE, 7),
    |w| _ = member(w).seat.revoking.insert(PLACE),
    |w| member(w).status = Status::Refused { at: Time(1) },
    |w| member(w).status = Status::Refused { at: Time(2) },
    |w| w.queue.push(Time::from_secs(99), Event::JoinRefused(GroupId(0), MemberId(0), 7)),
    |w| {
        let (group, member, assignors) = ("g".into(), "m".into(), spec::Assignor::Range.into());
        w.journal.tell(Time(7), Happening::NoCommonAssignor { group, member, assignors });
    },
    |w| w.journal.tell(Time(7), Happening::NotDone { why: Refusal::NoTopic.into() }),
    |w| w.journal.tell(Time(7), Happening::NotDone { why: Refusal::NoAssignor.into() }),
    |w| member(w).status = Status::Crashed { at: Time(1) },
    |w| member(w).status = Status::Crashed { at: Time(2) },
    |w| _ = member(w).cursors.insert(PLACE, Cursor { position: 77, processed: 7 }),
    |w| _ = member(w).cursors.insert(PLACE, Cursor { position: 77, processed: 8 }),
    |w| member(w).in_hand = Some(HAND),
    |w| member(w).in_hand = Some(InHand { offset: 1, ..HAND }),
    |w| member(w).in_hand = Some(InHand { key: Some(KeyId(0)), ..HAND }),
    |w| member(w).in_hand = Some(InHand { since: Time(1), ..HAND }),
    |w| member(w).in_hand = Some(InHand { until: Time(1), ..HAND }),
    |w| member(w).processed += 1,
    |w| member(w).standing_since = Some(Time(1)),
    |w| member(w).buffer.push_back(Run { from: PLACE, next: 1, end: 3 }),
    |w| member(w).batch.push_back(Run { from: PLACE, next: 1, end: 3 }),
    |w| member(w).batch.push_back(Run { from: PLACE, next: 2, end: 3 }),
    |w| member(w).fetching = Some(FetchId(u64::MAX)),
    |w| member(w).next_auto_commit.0 += 1,
    |w| member(w).must_rejoin = true,
    |w| member(w).registered = false,
    |w| member(w).watched = false,
    |w| member(w).last_poll.0 += 1,
    |w| member(w).session_ends.0 += 1,
    |w| member(w).era += 1,
    |w| {
        let fetch = FetchRequest { id: FetchId(7), group: GroupId(0), member: MemberId(0), era: 0, wants: Vec::new() };
        w.parked.insert(FetchId(u64::MAX), fetch);
    },
    |w| w.journal.entries.clear(),
    |w| w.journal.entries[0].at.0 += 1,
    |w| w.journal.rebalances.clear(),
    |w| first_rebalance(w).cause = Cause::Assignor,
    |w| first_rebalance(w).ended = None,
    |w| first_rebalance(w).moved.clear(),
    |w| first_rebalance(w).paused.clear(),
    |w| _ = first_rebalance(w).stood.insert(PLACE, Span(77)),
    |w| w.journal.alarms.push_back(alarm()),
    |w| w.journal.alarms.push_back(Alarm { broken: Broken::StoredTwice { first: 1 }, ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { at: Time(2), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { since: Time(2), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { until: Some(Time(2)), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { partition: None, ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { offset: None, ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { key: Some(KeyId(0)), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { records: 2, ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { group: Some("g".into()), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { member: Some("g".into()), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { broken: Broken::Idle { members: 2, partitions: 1 }, ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { broken: Broken::PassedOver(PassedOver::Latest), ..alarm() }),
    |w| w.journal.alarms.push_back(Alarm { broken: Broken::PassedOver(PassedOver::Retention), ..alarm() }),
    |w| group(w).began = Some(Time(77)),
    |w| group(w).delivery.values_mut().for_each(|d| d.parted = Some(parted())),
    |w| group(w).delivery.values_mut().for_each(|d| d.parted = Some(Parted { how: Parting::Closed, ..parted() })),
    |w| group(w).delivery.values_mut().for_each(|d| d.back = Some(back())),
    |w| group(w).delivery.values_mut().for_each(|d| d.back = Some(Back { since: Time(1), ..back() })),
    |w| group(w).delivery.values_mut().for_each(|d| d.trend.grows = true),
    |w| group(w).delivery.values_mut().for_each(|d| _ = d.trend.look(77, 7)),
    |w| w.topics[0].growths.push(Rc::new(growth())),
    |w| w.topics[0].growths.push(Rc::new(Growth { after: 2, ..growth() })),
    |w| w.topics[0].growths.push(Rc::new(Growth { heard: [(ProducerId(0), HEARD)].into_iter().collect(), ..growth() })),
    |w| w.topics[0].partitions[2].deleted_at.0 += 1,
    |w| w.journal.remaps.push_back(remap()),
    |w| w.journal.remaps.push_back(Remap { stay: 1, ..remap() }),
    |w| w.journal.remaps.push_back(Remap { producer: "b".into(), ..remap() }),
    |w| w.cluster.session.0 += 1,
    |w| w.cluster.heartbeat.0 += 1,
    |w| w.cluster.replica_lag.0 += 1,
    |w| w.cluster.replica_fetch_wait.0 += 1,
    |w| w.cluster.leader_balance.0 += 1,
    |w| w.cluster.start.0 += 1,
    |w| _ = w.placement.next(),
    |w| _ = w.brokers.insert(BrokerId(77), Broker::new(Time(0))),
    |w| broker(w).status = BrokerStatus::Hung,
    |w| broker(w).status = BrokerStatus::Down,
    |w| broker(w).fenced = true,
    |w| broker(w).stalled = true,
    |w| broker(w).is_stopping = true,
    |w| broker(w).was_killed = true,
    |w| broker(w).era += 1,
    |w| broker(w).beats_since.0 += 1,
    |w| broker(w).session_ends = Some(Time(1)),
    |w| broker(w).is_ready = true,
    |w| _ = broker(w).followers.insert(BrokerId(77), Follower { turn: 0, is_parked: false }),
    |w| _ = broker(w).followers.insert(BrokerId(77), Follower { turn: 0, is_parked: true }),
    |w| _ = broker(w).followers.insert(BrokerId(77), Follower { turn: 1, is_parked: false }),
    |w| _ = broker(w).connections.insert(ProducerId(0), VecDeque::new()),
    |w| broker(w).connections.get_or_default(ProducerId(0)).push_back(arrived()),
    |w| broker(w).connections.get_or_default(ProducerId(0)).push_back(Arrived { is_orphan: true, ..arrived() }),
    |w| broker(w).connections.get_or_default(ProducerId(0)).push_back(Arrived { is_started: true, ..arrived() }),
    |w| broker(w).connections.get_or_default(ProducerId(0)).push_back(Arrived { stored: Some(STORED), ..arrived() }),
    |w| w.topics[0].replication.factor += 1,
    |w| w.topics[0].replication.min_isr += 1,
    |w| w.topics[0].replication.unclean_election = true,
    |w| _ = w.topics[0].partitions[2].raise_high_watermark(u64::MAX),
    |w| _ = w.topics[0].partitions[2].producers.insert(ProducerId(77), ProducerState::default()),
    |w| w.topics[0].partitions[2].producers.get_or_default(ProducerId(77)).stored += 1,
    |w| w.topics[0].partitions[2].producers.get_or_default(ProducerId(77)).take(SEQUENCE, 1, 0),
    |w| w.topics[0].partitions[2].producers.get_or_default(ProducerId(77)).take(SEQUENCE, 1, 1),
    |w| copies(w).leader = None,
    |w| copies(w).leader_epoch += 1,
    |w| copies(w).isr.clear(),
    |w| copies(w).elr.push(BrokerId(77)),
    |w| copies(w).last_leader = Some(BrokerId(77)),
    |w| copies(w).min_isr += 1,
    |w| copies(w).unclean_election = true,
    |w| copies(w).asked = Some(Vec::new()),
    |w| copies(w).epoch_start += 1,
    |w| copies(w).to_validate.push((GroupId(0), MemberId(0), 0)),
    |w| copies(w).replicas.clear(),
    |w| copies(w).replicas[0].broker = BrokerId(77),
    |w| copies(w).replicas[0].shared += 1,
    |w| copies(w).replicas[0].tail.push(RECORD),
    |w| _ = copies(w).replicas[0].producers.insert(ProducerId(77), ProducerState::default()),
    |w| copies(w).replicas[0].known_end = Some(1),
    |w| copies(w).replicas[0].caught_up = None,
    |w| copies(w).replicas[0].last_fetch = Some((Time(1), 0)),
    |w| copies(w).replicas[0].last_fetch = Some((Time(1), 1)),
    |w| producer(w).failed += 1,
    |w| producer(w).delivery.acks = spec::Acks::Leader,
    |w| producer(w).delivery.acks = spec::Acks::None,
    |w| producer(w).delivery.idempotence = Some(false),
    |w| producer(w).delivery.linger.0 += 1,
    |w| producer(w).delivery.batch_bytes += 1,
    |w| producer(w).delivery.max_in_flight = Some(5),
    |w| producer(w).delivery.retries -= 1,
    |w| producer(w).delivery.delivery_timeout.0 += 1,
    |w| producer(w).delivery.request_timeout.0 += 1,
    |w| producer(w).delivery.retry_backoff.0 += 1,
    |w| _ = producer(w).queue.append(PLACE, RECORD, 1_000, Time(1)),
    |w| producer(w).queue.put_back(Batch { attempts: 1, ..Batch::new(PLACE, RECORD, Time(1)) }),
    |w| producer(w).queue.put_back(Batch { not_before: Time(2), ..Batch::new(PLACE, RECORD, Time(1)) }),
    |w| producer(w).queue.put_back(Batch { sequence: Some(SEQUENCE), ..Batch::new(PLACE, RECORD, Time(1)) }),
    |w| _ = producer(w).unanswered.insert(BrokerId(1), 77),
    |w| producer(w).next_request += 1,
    |w| producer(w).sequences.get_or_default(PLACE).epoch += 1,
    |w| producer(w).sequences.get_or_default(PLACE).next += 1,
    |w| producer(w).sequences.get_or_default(PLACE).settled += 1,
    |w| producer(w).sequences.get_or_default(PLACE).outstanding.push_back(outstanding()),
    |w| producer(w).sequences.get_or_default(PLACE).outstanding.push_back(Outstanding { count: 2, ..outstanding() }),
    |w| {
        producer(w)
            .sequences
            .get_or_default(PLACE)
            .outstanding
            .push_back(Outstanding { former: [SEQUENCE].into(), ..outstanding() })
    },
    |w| producer(w).sequences.get_or_default(PLACE).is_unresolved = true,
    |w| _ = producer(w).leaders.insert(PLACE, BrokerId(77)),
    |w| producer(w).metadata_at.0 += 1,
    |w| producer(w).metadata_ends.0 += 1,
    |w| _ = producer(w).unheard.insert(TopicId(0), 1),
    |w| producer(w).hears = Some(Time(1)),
    |w| _ = producer(w).muted.insert(PLACE),
    |w| _ = producer(w).unkeyed.insert(TopicId(0), UnkeyedPartitioner::Random),
    |w| _ = producer(w).reached.insert(TopicPartition { topic: TopicId(0), partition: 9 }),
    |w| producer(w).client = Client::Sarama,
    |w| producer(w).wakes = Some(Time(1)),
    |w| producer(w).is_blocked = true,
    |w| producer(w).past_acks.push((1, spec::Acks::All)),
];

const SEQUENCE: Sequence = Sequence { epoch: 0, first: 0 };
const STORED: Stored = Stored { verdicts: Vec::new(), needs: Vec::new() };
fn alarm() -> Alarm {
    Alarm::of_record(Time(1), PLACE, 0, None, Broken::StoredTwice { first: 0 })
}

fn parted() -> Parted {
    Parted { by: "a".into(), how: Parting::Crashed, since: Time(0) }
}

fn back() -> Back {
    Back { first: "a".into(), second: "b".into(), why: Again::HeldOn, since: Time(0) }
}

fn remap() -> Remap {
    Remap { at: Time(1), topic: TopicId(0), producer: "a".into(), moved: Vec::new(), stay: 0 }
}

fn growth() -> Growth {
    Growth { at: Time(1), after: 3, heard: SortedMap::new() }
}

fn outstanding() -> Outstanding {
    Outstanding { first: 77, count: 1, former: Vec::new() }
}

fn arrived() -> Arrived {
    let request = ProduceRequest {
        producer: ProducerId(0),
        broker: BrokerId(1),
        acks: spec::Acks::All,
        batches: Few::one(Batch::new(PLACE, RECORD, Time(1))),
        departed: Time(1),
        arrives: Time(2),
        number: 0,
    };
    Arrived { request: Rc::new(request), stored: None, is_orphan: false, is_started: false }
}

fn broker(world: &mut World) -> &mut Broker {
    world.brokers.get_mut(&BrokerId(1)).unwrap()
}

fn copies(world: &mut World) -> &mut crate::Replication {
    &mut world.topics[0].partitions[2].replication
}

const RECORD: Record = Record { key: None, producer: ProducerId(0), number: 0, timestamp: Time(0), bytes: 1 };

const HEARD: Heard = Heard { at: Time(1), before: 1, sent: 0, last: SortedMap::new() };
const STOP: Stop = Stop { until: Time(77), process: false };
const RETURNING: Returning =
    Returning { after: Span(1), assignors: spec::Assignors::one(spec::Assignor::Range), anew: None };
const HAND: InHand = InHand { from: PLACE, offset: 0, key: None, since: Time(0), until: Time(0) };

fn first_rebalance(world: &mut World) -> &mut crate::Rebalance {
    Rc::make_mut(&mut world.journal.rebalances[0])
}

const FAILURE: Failure = Failure { at: Time(0), to: None, why: CallFault::TimedOut };
const FLIGHT: Flight =
    Flight { call: CallId(7), from: ServiceId(0), to: ServiceId(1), answer: None, departed: Time(0), arrives: Time(9) };

fn service(world: &mut World) -> &mut Service {
    &mut world.services.list[0]
}

fn job(world: &mut World) -> &mut Job {
    world.services.jobs.values_mut().next().unwrap()
}

fn producer(world: &mut World) -> &mut crate::Producer {
    world.producers.get_mut(&ProducerId(0)).unwrap()
}

fn group(world: &mut World) -> &mut crate::Group {
    world.groups.get_mut(&GroupId(0)).unwrap()
}

impl World {
    fn changes_nothing_but(&mut self, span: fn(&mut spec::Timing) -> &mut Span) {
        span(&mut self.timing).0 += 1;
    }
}

#[test]
fn any_change_of_any_field_changes_the_digest_and_each_in_its_own_way() {
    let world = busy();
    let mut digests = BTreeSet::from([world.digest()]);
    for (index, change) in CHANGES.iter().enumerate() {
        let mut changed = world.clone();
        change(&mut changed);
        assert!(digests.insert(changed.digest()), "change {index} is not seen");
    }
}

/// What a step reports is no part of the state.
#[test]
fn what_a_renderer_has_drawn_does_not_count() {
    let mut world = busy();
    let before = world.digest();
    world.changes = crate::Changes::everything();
    assert_eq!(world.digest(), before);
}

/// A field that is new must be thought of here.
#[test]
fn no_field_is_forgotten() {
    let World {
        now: _,
        seed: _,
        timing: _,
        usual_delivery: _,
        queue: _,
        keys: _,
        cluster: _,
        brokers: _,
        placement: _,
        topics: _,
        producers: _,
        groups: _,
        parked: _,
        next_fetch: _,
        next_producer: _,
        next_group: _,
        journal: _,
        services: _,
        changes: _,
        spare: _,
    } = busy();
}

#[test]
fn where_one_thing_ends_and_the_next_begins_counts() {
    assert_ne!(digest(&("ab", "c")), digest(&("a", "bc")));
    assert_ne!(digest(&(alloc::vec![1u8], alloc::vec![2u8, 3])), digest(&(alloc::vec![1u8, 2], alloc::vec![3u8])));
    assert_ne!(digest(&(1u32, 0u32)), digest(&(0u32, 1u32)));
}

/// The same number natively and in a browser, where `crates/app` asks for it again.
#[test]
fn the_golden_world_has_its_digest() {
    assert_eq!(golden::digest(), golden::DIGEST, "{:#018x}", golden::digest());
}

/// The golden world is worth comparing: a minute in which nearly everything happens.
#[test]
fn the_golden_world_is_rich() {
    let mut history = History::new(golden::spec(), golden::SEED).unwrap();
    history.advance(golden::UNTIL, u64::MAX);
    let world = history.world();
    assert!(world.partitions().map(|(_, log)| log.start()).sum::<u64>() > 0, "retention");
    let causes: BTreeSet<u8> = world
        .journal()
        .rebalances
        .iter()
        .map(|r| match r.cause {
            Cause::Joined(_) => 0,
            Cause::Left(_) => 1,
            Cause::SessionEnded(_) => 2,
            Cause::TooSlow(_) => 3,
            Cause::Partitions(_) => 4,
            Cause::Assignor => 5,
            Cause::Revoked(_) => 6,
            Cause::Unrevoked(_) => 7,
        })
        .collect();
    assert!(causes.len() >= 5, "{causes:?}");
    let told = |what: fn(&Happening) -> bool| world.journal().entries.iter().any(|entry| what(&entry.what));
    assert!(told(|what| matches!(what, Happening::BrokerFenced { .. })), "a broker is given up");
    assert!(told(|what| matches!(what, Happening::JoinedIsr { .. })), "and comes back");
    assert!(told(|what| matches!(what, Happening::LeadersBalanced { .. })), "and leads again");
    assert!(told(|what| matches!(what, Happening::NoCommonAssignor { .. })), "a consumer is refused");
}
