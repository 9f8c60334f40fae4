//! A broker and its producers: it stores batches, and answers as `acks` asks for.
//!
//! Kafka: `ReplicaManager.appendRecords`, `DelayedProduce` (4.3).

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::batch::{Batch, ProduceRequest};
use crate::broker::{Arrived, BrokerStatus, Need, Stored, Verdict};
use crate::ids::{BrokerId, ProducerId};
use crate::message::{BrokerEvent, Event};
use crate::sequence::Check;
use crate::spec::Acks;
use crate::time::Span;
use crate::world::World;

impl World {
    pub(super) fn on_produced(&mut self, request: Rc<ProduceRequest>) {
        let Some(broker) = self.brokers.get_mut(&request.broker) else { return };
        match broker.status {
            BrokerStatus::Down | BrokerStatus::Starting => self.answer_all(&request, Verdict::Disconnected),
            BrokerStatus::Running if !broker.connections.contains_key(&request.producer) => self.work_on(request),
            BrokerStatus::Running | BrokerStatus::Hung => {
                let (id, producer, number) = (request.broker, request.producer, request.number);
                let arrived = Arrived { request, stored: None, is_orphan: false, is_started: false };
                broker.connections.get_or_default(producer).push_back(arrived);
                self.count_waiting(id, producer, 1);
                self.send_after(
                    self.patience_of(producer),
                    Event::Broker(BrokerEvent::ClientGivesUp(id, producer, number)),
                );
            }
        }
    }

    /// Stores what a request brings, and answers as soon as there is an answer. Until then the connection waits.
    fn work_on(&mut self, request: Rc<ProduceRequest>) {
        let stored = self.store(&request);
        if stored.needs.is_empty() {
            self.answer_produce(&request, stored.verdicts);
            return;
        }
        let (id, producer, number) = (request.broker, request.producer, request.number);
        let Some(broker) = self.brokers.get_mut(&id) else { return };
        let arrived = Arrived { request, stored: Some(stored), is_orphan: false, is_started: true };
        broker.connections.get_or_default(producer).push_front(arrived);
        self.count_waiting(id, producer, 1);
        self.send_after(self.patience_of(producer), Event::Broker(BrokerEvent::ProduceTimesOut(id, producer, number)));
    }

    fn store(&mut self, request: &ProduceRequest) -> Stored {
        let (mut verdicts, mut needs) = (Vec::new(), Vec::new());
        for (index, batch) in request.batches.iter().enumerate() {
            match self.store_batch(request, batch) {
                Ok(need) => needs.extend(need.map(|need| Need { batch: index, ..need })),
                Err(verdict) => set_verdict(&mut verdicts, request, index, verdict),
            }
        }
        Stored { verdicts, needs }
    }

    /// Says what the answer waits for, if for anything, or why the batch is not stored.
    fn store_batch(&mut self, request: &ProduceRequest, batch: &Batch) -> Result<Option<Need>, Verdict> {
        let at = batch.to;
        // Where flights are slow, more may be under way than Kafka allows: then all batches are remembered.
        let forgives = self.producers.get(&request.producer).is_none_or(|p| p.delivery.max_in_flight.is_none());
        let topic = self.topics.get_mut(at.topic.0 as usize).ok_or(Verdict::NotLeader)?;
        let (segment_bytes, has_grown) = (topic.segment_bytes, !topic.growths.is_empty());
        let log = topic.partitions.get_mut(at.partition as usize).ok_or(Verdict::NotLeader)?;
        let replication = &log.replication;
        if replication.leader != Some(request.broker) {
            return Err(Verdict::NotLeader);
        }
        if request.acks == Acks::All && replication.is_under_min_isr() {
            return Err(Verdict::NotEnoughReplicas);
        }
        let (leader_epoch, is_single) = (replication.leader_epoch, replication.is_single());
        let need = |end| Need { batch: 0, at, leader_epoch, end };
        let offset = log.end();
        let state = log.producers.get_or_default(request.producer);
        let check = batch.sequence.map(|sequence| (sequence, state.check(sequence, batch.len())));
        match check {
            None => {}
            Some((sequence, Check::InOrder)) => state.take(sequence, batch.len(), offset),
            Some((_, Check::OldEpoch)) => return Err(Verdict::InvalidEpoch),
            Some((_, Check::OutOfOrder)) if !forgives => return Err(Verdict::OutOfOrder),
            Some((_, other)) => {
                let first = match other {
                    Check::Duplicate(first) => first,
                    _ => log.find(batch.records.first()).ok_or(Verdict::OutOfOrder)?,
                };
                let end = first + batch.len();
                let waits = request.acks == Acks::All && log.high_watermark() < end;
                return Ok(waits.then(|| need(end)));
            }
        }
        let last = batch.records.iter().last().map_or(0, |record| record.number + 1);
        let expected = state.stored;
        state.stored = expected.max(last);
        for record in batch.records.iter() {
            log.append(*record, segment_bytes);
        }
        let end = log.end();
        if is_single {
            log.raise_high_watermark(end);
        }
        let waiting = if is_single { core::mem::take(&mut log.waiting) } else { Vec::new() };
        self.changes.lanes.insert(at);
        if has_grown {
            self.note_from_before(request.producer, batch, offset);
        }
        // What was sent earlier than something that is stored: it comes again, or too late.
        if batch.records.first().number < expected {
            self.watch_late(at, offset);
        }
        self.wake_readers(waiting);
        if is_single {
            return Ok(None);
        }
        self.wake_followers(request.broker, at);
        self.lift_high_watermark(at);
        let waits = request.acks == Acks::All && self.log(at).is_some_and(|log| log.high_watermark() < end);
        Ok(waits.then(|| need(end)))
    }

    fn patience_of(&self, producer: ProducerId) -> Span {
        self.producers.get(&producer).map(|p| p.delivery).unwrap_or_default().request_timeout
    }

    /// Where flights are shown slower than they are, what counts as under way is what waits at its broker.
    fn count_waiting(&mut self, broker: BrokerId, producer: ProducerId, change: i32) {
        let producer = self.producers.get_mut(&producer).filter(|p| p.delivery.max_in_flight.is_none());
        if let Some(count) = producer.map(|producer| producer.unanswered.get_or_default(broker)) {
            *count = count.saturating_add_signed(change);
        }
    }

    fn answer_produce(&mut self, request: &Rc<ProduceRequest>, verdicts: Vec<Verdict>) {
        // Who wants no answer learns of a fault because its connection is closed.
        if request.acks != Acks::None || !verdicts.is_empty() {
            self.send_after(self.timing.rpc, Event::Answered(request.clone(), verdicts));
        }
    }

    fn answer_all(&mut self, request: &Rc<ProduceRequest>, verdict: Verdict) {
        self.answer_produce(request, request.batches.iter().map(|_| verdict).collect());
    }

    /// Answers the requests at `broker` that waited for just this, and goes on with those behind them.
    pub(super) fn answer_waiting(&mut self, broker: BrokerId) {
        let Some(b) = self.brokers.get(&broker).filter(|b| b.is_running()) else { return };
        let producers: Vec<ProducerId> = b.connections.keys().copied().collect();
        for producer in producers {
            self.go_on(broker, producer);
        }
    }

    /// Works on the requests of a connection until one has to wait.
    fn go_on(&mut self, broker: BrokerId, producer: ProducerId) {
        loop {
            let Some(queue) = self.brokers.get_mut(&broker).and_then(|b| b.connections.get_mut(&producer)) else {
                return;
            };
            let Some(mut first) = queue.pop_front() else { break };
            let mut stored = match first.stored.take() {
                Some(stored) => stored,
                None => self.store(&first.request),
            };
            let is_new = !core::mem::replace(&mut first.is_started, true);
            self.settle_needs(&first.request, &mut stored);
            if !stored.needs.is_empty() {
                if is_new {
                    let what = BrokerEvent::ProduceTimesOut(broker, producer, first.request.number);
                    self.send_after(self.patience_of(producer), Event::Broker(what));
                }
                first.stored = Some(stored);
                let queue = self.brokers.get_mut(&broker).and_then(|b| b.connections.get_mut(&producer));
                queue.into_iter().for_each(|queue| queue.push_front(first.clone()));
                return;
            }
            if !first.is_orphan {
                self.count_waiting(broker, producer, -1);
                self.answer_produce(&first.request, stored.verdicts);
            }
        }
        self.brokers.get_mut(&broker).and_then(|b| b.connections.remove(&producer));
    }

    fn settle_needs(&self, request: &ProduceRequest, stored: &mut Stored) {
        let Stored { verdicts, needs } = stored;
        needs.retain(|need| {
            let Some(log) = self.log(need.at) else { return false };
            let replication = log.replication();
            if replication.leader != Some(request.broker) || replication.leader_epoch != need.leader_epoch {
                set_verdict(verdicts, request, need.batch, Verdict::NotLeader);
                return false;
            }
            if log.high_watermark() < need.end {
                return true;
            }
            if replication.is_under_min_isr() {
                set_verdict(verdicts, request, need.batch, Verdict::NotEnoughReplicasAfterAppend);
            }
            false
        });
    }

    /// `acks=all` waited for `request.timeout.ms`. What is stored stays.
    #[inline(never)]
    pub(super) fn on_produce_times_out(&mut self, broker: BrokerId, producer: ProducerId, number: u64) {
        let Some(b) = self.brokers.get_mut(&broker).filter(|b| b.is_running()) else { return };
        let Some(first) = b.connections.get_mut(&producer).and_then(|queue| queue.front_mut()) else { return };
        let Some(stored) = first.stored.as_mut().filter(|_| first.request.number == number) else { return };
        for need in core::mem::take(&mut stored.needs) {
            set_verdict(&mut stored.verdicts, &first.request, need.batch, Verdict::TimedOut);
        }
        self.go_on(broker, producer);
    }

    /// The client of a request that was not worked on closes its connection: all that waits there is void to it.
    #[inline(never)]
    pub(super) fn on_client_gives_up(&mut self, broker: BrokerId, producer: ProducerId, number: u64) {
        let Some(b) = self.brokers.get_mut(&broker) else { return };
        let Some(queue) = b.connections.get_mut(&producer) else { return };
        if !queue.iter().any(|arrived| arrived.request.number == number && !arrived.is_orphan) {
            return;
        }
        let void = queue.iter_mut().filter(|arrived| !arrived.is_orphan).map(|arrived| {
            arrived.is_orphan = true;
            arrived.request.clone()
        });
        let void: Vec<Rc<ProduceRequest>> = void.collect();
        for request in void {
            self.count_waiting(broker, producer, -1);
            self.answer_all(&request, Verdict::Disconnected);
        }
    }

    /// A broker answers nothing any more: its clients wait so long for what it has begun with.
    pub(super) fn keep_clients_waiting(&mut self, broker: BrokerId) {
        let Some(b) = self.brokers.get(&broker) else { return };
        let first =
            b.connections.iter().filter_map(|(producer, queue)| Some((*producer, queue.front()?.request.number)));
        let first: Vec<(ProducerId, u64)> = first.collect();
        for (producer, number) in first {
            let what = BrokerEvent::ClientGivesUp(broker, producer, number);
            self.send_after(self.patience_of(producer), Event::Broker(what));
        }
    }

    /// All connections of a broker break.
    pub(super) fn break_connections(&mut self, broker: BrokerId) {
        let Some(b) = self.brokers.get_mut(&broker) else { return };
        let connections = core::mem::take(&mut b.connections);
        for arrived in connections.into_values().flatten().filter(|arrived| !arrived.is_orphan) {
            self.count_waiting(broker, arrived.request.producer, -1);
            self.answer_all(&arrived.request, Verdict::Disconnected);
        }
        self.ask_after_break(broker);
    }
}

/// Notes the verdict on one batch of a request; where all are stored, there is none.
fn set_verdict(verdicts: &mut Vec<Verdict>, request: &ProduceRequest, batch: usize, verdict: Verdict) {
    if verdicts.is_empty() {
        verdicts.extend(request.batches.iter().map(|_| Verdict::Stored));
    }
    verdicts[batch] = verdict;
}
