//! A producer's client: it sends batches to the leaders that it knows of, and again what was not delivered.
//!
//! Kafka: `Sender`, `RecordAccumulator`, `TransactionManager` of an idempotent producer (4.3).

use alloc::vec::Vec;

use crate::batch::{Batch, ProduceRequest};
use crate::broker::{BrokerStatus, Verdict};
use crate::few::Few;
use crate::ids::{BrokerId, ProducerId, TopicPartition};
use crate::journal::Happening;
use crate::message::Event;
use crate::producer::Producer;
use crate::sorted::SortedMap;
use crate::spec::{Acks, MAX_IN_FLIGHT_IDEMPOTENT};
use crate::time::Span;
use crate::world::World;

/// `retry.backoff.max.ms`, Kafka's default.
const MAX_RETRY_BACKOFF: Span = Span::from_secs(1);

impl World {
    /// The broker that the producer takes for the leader of `to`, if it is known and can take another request.
    ///
    /// Kafka: `Metadata`, which is asked for anew when it is too old; `RecordAccumulator.mutePartition` (4.3).
    pub(super) fn open_connection(&mut self, id: ProducerId, to: TopicPartition) -> Option<BrokerId> {
        let now = self.now;
        let producer = self.producers.get_mut(&id)?;
        producer.forget_old_leaders(now, self.timing.metadata_max_age);
        if producer.muted.contains(&to) {
            return None;
        }
        let broker = match producer.leaders.get(&to) {
            Some(broker) => *broker,
            None if producer.metadata_at > now => return None,
            None => {
                let log = self.topics.get(to.topic.0 as usize)?.partitions.get(to.partition as usize)?;
                let Some(leader) = log.replication.leader else {
                    self.ask_metadata(id);
                    return None;
                };
                producer.leaders.insert(to, leader);
                leader
            }
        };
        let most = producer.delivery.max_in_flight.unwrap_or(MAX_IN_FLIGHT_IDEMPOTENT);
        let has_room = producer.unanswered.get(&broker).is_none_or(|count| *count < most);
        // That a connection is closed, or can't be had, its client sees at once.
        let status = self.brokers.get(&broker)?.status;
        if matches!(status, BrokerStatus::Down | BrokerStatus::Starting) {
            self.producers.get_mut(&id)?.leaders.remove(&to);
            self.ask_metadata(id);
            return None;
        }
        has_room.then_some(broker)
    }

    /// Sends what is ready, and sees to it that the rest is looked at again. A request takes along what else there is
    /// for its broker, ready or not.
    ///
    /// Kafka: `RecordAccumulator.drainBatchesForOneNode` (4.3).
    pub(super) fn drain(&mut self, id: ProducerId) {
        self.expire(id);
        self.weigh_queues(id);
        loop {
            let now = self.now;
            let Some(producer) = self.producers.get(&id) else { return };
            // Who is out of memory does not linger.
            let is_ready = |to| producer.is_blocked || producer.queue.is_ready(to, &producer.delivery, now);
            let heads = producer.queue.heads().filter(|(_, batch)| batch.not_before <= now && lets_go(producer, batch));
            let heads: Vec<(TopicPartition, bool)> = heads.map(|(to, _)| (to, is_ready(to))).collect();
            let mut requests: SortedMap<BrokerId, (bool, Vec<TopicPartition>)> = SortedMap::new();
            for (to, is_ready) in heads {
                if let Some(broker) = self.open_connection(id, to) {
                    let (any_ready, batches) = requests.get_or_default(broker);
                    *any_ready |= is_ready;
                    batches.push(to);
                }
            }
            requests.retain(|_, (any_ready, _)| *any_ready);
            if requests.is_empty() {
                break;
            }
            for (broker, (_, batches)) in requests {
                let Some(producer) = self.producers.get_mut(&id) else { return };
                let mut batches = batches.into_iter().filter_map(|to| producer.queue.pop(to));
                let Some(mut request) = batches.next().map(Few::one) else { continue };
                batches.for_each(|batch| request.push(batch));
                self.post(id, broker, request);
            }
        }
        self.unblock(id);
        self.set_alarm_clock(id);
    }

    /// The request leaves.
    pub(super) fn post(&mut self, id: ProducerId, broker: BrokerId, mut batches: Few<Batch>) {
        let (now, arrives) = (self.now, self.now + self.timing.produce);
        let Some(producer) = self.producers.get_mut(&id) else { return };
        if producer.delivery.is_idempotent() {
            for batch in batches.iter_mut() {
                producer.sequences.get_or_default(batch.to).number(batch);
            }
        }
        let acks = producer.acks_of(batches.first().records.first().number);
        let number = producer.next_request;
        producer.next_request += 1;
        if acks != Acks::None && producer.delivery.max_in_flight.is_some() {
            *producer.unanswered.get_or_default(broker) += 1;
        }
        // `guaranteeMessageOrder`: the next leader is another connection, and would not wait.
        if acks != Acks::None && producer.delivery.max_in_flight == Some(1) {
            batches.iter().for_each(|batch| _ = producer.muted.insert(batch.to));
        }
        let request = ProduceRequest { producer: id, broker, acks, batches, departed: now, arrives, number };
        let request = self.spare.fill(request);
        self.queue.push(arrives, Event::Produced(request));
        self.changes.producers.insert(id);
    }

    /// The answer arrives. Where it says nothing of a batch, that is stored.
    pub(super) fn on_answered(&mut self, request: &ProduceRequest, verdicts: &[Verdict]) {
        let id = request.producer;
        let Some(producer) = self.producers.get_mut(&id) else { return };
        if request.acks == Acks::None {
            // It never comes again, and nobody counts it; but the leader is looked for anew.
            request.batches.iter().for_each(|batch| _ = producer.leaders.remove(&batch.to));
            self.ask_metadata(id);
            return;
        }
        if producer.delivery.max_in_flight.is_some() {
            let count = producer.unanswered.get_or_default(request.broker);
            *count = count.saturating_sub(1);
        }
        request.batches.iter().for_each(|batch| _ = producer.muted.remove(&batch.to));
        for (index, batch) in request.batches.iter().enumerate() {
            match verdicts.get(index) {
                None | Some(Verdict::Stored) => {
                    let Some(producer) = self.producers.get_mut(&id) else { return };
                    producer.acked += batch.len();
                    if batch.sequence.is_some() {
                        producer.sequences.get_or_default(batch.to).settle(batch);
                    }
                }
                Some(verdict) => self.on_refused(id, request.broker, batch.clone(), *verdict),
            }
        }
        if self.producers.get(&id).is_some_and(|p| !p.queue.is_empty() || p.is_blocked) {
            self.drain(id);
        }
    }

    /// A batch comes back: it is tried again, or given up.
    #[inline(never)]
    fn on_refused(&mut self, id: ProducerId, from: BrokerId, mut batch: Batch, verdict: Verdict) {
        let now = self.now;
        let answered = match verdict {
            Verdict::NotLeader | Verdict::Disconnected => self.ask_metadata(id),
            _ => None,
        };
        // A broker that does not lead says who does; else metadata say it. What goes to another leader does not back off.
        //
        // Kafka: KIP-951, `Metadata.updatePartitionLeadership`, `RecordAccumulator.shouldBackoff` (4.3).
        let leader = self.log(batch.to).and_then(|log| log.replication.leader);
        let moved = leader.filter(|leader| answered.is_some() && *leader != from);
        let named = moved.filter(|_| verdict == Verdict::NotLeader);
        let Some(producer) = self.producers.get_mut(&id) else { return };
        if let Some(leader) = named {
            producer.leaders.insert(batch.to, leader);
        } else if let Some(answered) = answered {
            producer.leaders.remove(&batch.to);
            producer.metadata_at = producer.metadata_at.max(answered);
        }
        let delivery = producer.delivery;
        if verdict == Verdict::OutOfOrder {
            producer.sequences.get_or_default(batch.to).on_out_of_order(&batch);
        }
        batch.attempts += 1;
        let patience_ends = batch.created + delivery.delivery_timeout;
        if batch.attempts > delivery.retries || patience_ends <= now {
            self.give_up(id, &batch, verdict);
            return;
        }
        let backoff = Span(delivery.retry_backoff.0 << (batch.attempts - 1).min(10)).min(MAX_RETRY_BACKOFF);
        batch.not_before = match (named, moved) {
            (Some(_), _) => now,
            (None, Some(_)) => answered.unwrap_or(now).min(now + backoff),
            (None, None) => now + backoff,
        };
        if let Some(producer) = self.producers.get_mut(&id) {
            producer.queue.put_back(batch);
        }
    }

    /// `delivery.timeout.ms` is over for what was not sent, or came back, until now.
    fn expire(&mut self, id: ProducerId) {
        let now = self.now;
        let Some(producer) = self.producers.get_mut(&id) else { return };
        let patience = producer.delivery.delivery_timeout;
        if producer.queue.all().all(|batch| batch.created + patience > now) {
            return;
        }
        for batch in producer.queue.expired(|batch| batch.created + patience <= now) {
            self.give_up(id, &batch, Verdict::TimedOut);
        }
    }

    fn give_up(&mut self, id: ProducerId, batch: &Batch, why: Verdict) {
        let Some(producer) = self.producers.get_mut(&id) else { return };
        producer.failed += batch.len();
        if batch.sequence.is_some() {
            producer.sequences.get_or_default(batch.to).give_up(batch);
        }
        let what = Happening::Undelivered { producer: producer.name.clone(), to: batch.to, records: batch.len(), why };
        self.journal.tell(self.now, what);
        self.changes.producers.insert(id);
    }

    #[inline(never)]
    pub(super) fn on_sender_wakes(&mut self, id: ProducerId) {
        let now = self.now;
        let Some(producer) = self.producers.get_mut(&id).filter(|p| p.wakes == Some(now)) else { return };
        producer.wakes = None;
        self.drain(id);
    }

    /// When the client looks after its batches though nothing arrives.
    fn set_alarm_clock(&mut self, id: ProducerId) {
        let (now, age) = (self.now, self.timing.metadata_max_age);
        let Some(producer) = self.producers.get_mut(&id) else { return };
        producer.forget_old_leaders(now, age);
        let DeliveryTimes { linger, patience, backoff } = DeliveryTimes::of(producer);
        let due = |(to, batch): (TopicPartition, &Batch)| {
            let ready = if batch.attempts > 0 { batch.not_before } else { batch.created + linger };
            // What is ready and stays waits for an answer on its connection, or for a leader, this one or the next.
            let next = if ready > now {
                ready
            } else if producer.leaders.contains_key(&to) {
                producer.metadata_ends
            } else {
                producer.metadata_at.max(now + backoff)
            };
            next.min(batch.created + patience)
        };
        let Some(due) = producer.queue.heads().map(due).min() else { return };
        let due = due.max(now + Span(1));
        if producer.wakes.is_none_or(|wakes| wakes > due || wakes <= now) {
            producer.wakes = Some(due);
            self.queue.push(due, Event::SenderWakes(id));
        }
    }
}

struct DeliveryTimes {
    linger: Span,
    patience: Span,
    backoff: Span,
}

impl DeliveryTimes {
    fn of(producer: &Producer) -> Self {
        let delivery = producer.delivery;
        Self { linger: delivery.linger, patience: delivery.delivery_timeout, backoff: delivery.retry_backoff }
    }
}

fn lets_go(producer: &Producer, batch: &Batch) -> bool {
    producer.sequences.get(&batch.to).is_none_or(|numbering| numbering.lets_go(batch))
}
