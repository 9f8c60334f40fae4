//! What happens to brokers, and when their controller sees it.
//!
//! Kafka: `BrokerLifecycleManager` on the broker, `BrokerHeartbeatManager` in the controller (4.3).

use alloc::vec::Vec;

use crate::action::BrokerAct;
use crate::broker::{Broker, BrokerStatus};
use crate::ids::BrokerId;
use crate::journal::Happening;
use crate::message::{BrokerEvent, Event};
use crate::refusal::Refusal;
use crate::time::Span;
use crate::world::World;

impl World {
    /// Does something to a broker.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoSuchBroker`], or [`Refusal::BrokerCannot`] where its state leaves no room for it.
    pub(super) fn act_broker(&mut self, number: u32, act: BrokerAct) -> Result<(), Refusal> {
        let id = BrokerId(number);
        let Some(broker) = self.brokers.get(&id) else { return Err(Refusal::NoSuchBroker(number)) };
        let is_fit = match act {
            BrokerAct::Kill => broker.status != BrokerStatus::Down,
            BrokerAct::Start => !broker.is_running() && broker.status != BrokerStatus::Starting || broker.stalled,
            BrokerAct::Stop => broker.is_running() && !broker.is_stopping,
            BrokerAct::Hang => broker.is_running(),
            BrokerAct::Stall => broker.is_running() && !broker.stalled,
        };
        if !is_fit {
            return Err(Refusal::BrokerCannot { broker: number, act });
        }
        match act {
            BrokerAct::Kill => self.kill(id),
            BrokerAct::Stop => self.begin_to_stop(id),
            BrokerAct::Start => self.start(id),
            BrokerAct::Hang => {
                self.fall_silent(id, BrokerStatus::Hung);
                self.keep_clients_waiting(id);
            }
            BrokerAct::Stall => {
                self.with_broker(id, |broker| broker.stalled = true);
                self.stop_following(id, false);
            }
        }
        self.journal.tell(self.now, Happening::Broker { broker: id, act });
        self.changes.structure = true;
        Ok(())
    }

    fn with_broker(&mut self, id: BrokerId, change: impl FnOnce(&mut Broker)) {
        if let Some(broker) = self.brokers.get_mut(&id) {
            change(broker);
        }
    }

    fn broker_event(&mut self, id: BrokerId, delay: Span, event: impl FnOnce(BrokerId, u32) -> BrokerEvent) {
        if let Some(era) = self.brokers.get(&id).map(|broker| broker.era) {
            self.send_after(delay, Event::Broker(event(id, era)));
        }
    }

    fn kill(&mut self, id: BrokerId) {
        self.fall_silent(id, BrokerStatus::Down);
        self.with_broker(id, |broker| (broker.was_killed, broker.is_stopping, broker.stalled) = (true, false, false));
        self.break_connections(id);
    }

    /// No word comes from it any more: its session ends so long after its last heartbeat.
    fn fall_silent(&mut self, id: BrokerId, status: BrokerStatus) {
        let (now, cluster) = (self.now, self.cluster);
        self.stop_following(id, true);
        let Some(broker) = self.brokers.get_mut(&id) else { return };
        let was_heard = broker.is_running();
        (broker.status, broker.is_ready) = (status, false);
        broker.era += 1;
        if was_heard {
            let silent_for = (now - broker.beats_since).0 % cluster.heartbeat.0;
            let ends = now + Span(cluster.session.0.saturating_sub(silent_for));
            broker.session_ends = Some(ends);
            self.queue.push(ends, Event::Broker(BrokerEvent::SessionEnds(id)));
        }
    }

    #[inline(never)]
    pub(super) fn on_broker_session_ends(&mut self, id: BrokerId) {
        let now = self.now;
        let Some(broker) = self.brokers.get_mut(&id).filter(|broker| broker.session_ends == Some(now)) else { return };
        broker.session_ends = None;
        if !core::mem::replace(&mut broker.fenced, true) {
            self.tell_fenced(id);
        }
        if self.brokers.get(&id).is_some_and(|broker| broker.is_ready) {
            self.register(id);
        }
    }

    fn tell_fenced(&mut self, id: BrokerId) {
        let (moved, leaderless) = self.fence(id);
        self.journal.tell(self.now, Happening::BrokerFenced { broker: id, moved, leaderless });
        self.changes.structure = true;
    }

    fn begin_to_stop(&mut self, id: BrokerId) {
        self.with_broker(id, |broker| broker.is_stopping = true);
        self.broker_event(id, self.timing.rpc, BrokerEvent::WantsToStop);
    }

    /// Controlled shutdown: the controller moves its leaders, then it may go.
    #[inline(never)]
    pub(super) fn on_wants_to_stop(&mut self, id: BrokerId, era: u32) {
        if self.brokers.get(&id).is_some_and(|broker| broker.era == era && broker.is_stopping) {
            self.fence(id);
            self.broker_event(id, self.timing.rpc, BrokerEvent::Stopped);
        }
    }

    #[inline(never)]
    pub(super) fn on_stopped(&mut self, id: BrokerId, era: u32) {
        if !self.brokers.get(&id).is_some_and(|broker| broker.era == era && broker.is_stopping) {
            return;
        }
        self.stop_following(id, true);
        self.with_broker(id, |broker| {
            (broker.status, broker.fenced, broker.was_killed) = (BrokerStatus::Down, true, false);
            (broker.is_stopping, broker.stalled) = (false, false);
            broker.era += 1;
        });
        self.break_connections(id);
        self.changes.structure = true;
    }

    /// From nothing it starts its process; what hung or stalled goes on where it was.
    fn start(&mut self, id: BrokerId) {
        let now = self.now;
        let Some(broker) = self.brokers.get_mut(&id) else { return };
        broker.stalled = false;
        match broker.status {
            BrokerStatus::Down => {
                broker.status = BrokerStatus::Starting;
                self.broker_event(id, self.cluster.start, BrokerEvent::Started);
            }
            BrokerStatus::Hung => {
                (broker.status, broker.beats_since, broker.session_ends) = (BrokerStatus::Running, now, None);
                broker.era += 1;
                let (is_fenced, is_stopping) = (broker.fenced, broker.is_stopping);
                if is_stopping {
                    self.broker_event(id, self.timing.rpc, BrokerEvent::WantsToStop);
                } else if is_fenced {
                    self.broker_event(id, self.timing.rpc, BrokerEvent::CaughtUp);
                }
                self.watch_isr(id);
                self.follow();
                self.answer_waiting(id);
            }
            BrokerStatus::Running | BrokerStatus::Starting => self.follow(),
        }
    }

    /// It registers, but not before its old session ends (DUPLICATE_BROKER_REGISTRATION).
    #[inline(never)]
    pub(super) fn on_started(&mut self, id: BrokerId, era: u32) {
        let Some(broker) = self.brokers.get_mut(&id) else { return };
        if broker.era != era || broker.status != BrokerStatus::Starting {
            return;
        }
        broker.is_ready = true;
        if broker.session_ends.is_none() {
            self.register(id);
        }
    }

    fn register(&mut self, id: BrokerId) {
        let now = self.now;
        let Some(broker) = self.brokers.get_mut(&id) else { return };
        (broker.status, broker.beats_since, broker.is_ready) = (BrokerStatus::Running, now, false);
        broker.era += 1;
        if core::mem::take(&mut broker.was_killed) {
            self.distrust(id);
        }
        self.follow();
        self.watch_isr(id);
        self.broker_event(id, self.timing.rpc, BrokerEvent::CaughtUp);
    }

    #[inline(never)]
    pub(super) fn on_caught_up(&mut self, id: BrokerId, era: u32) {
        let Some(broker) = self.brokers.get_mut(&id) else { return };
        if broker.era != era || !broker.is_running() || !core::mem::take(&mut broker.fenced) {
            return;
        }
        self.unfence(id);
        self.journal.tell(self.now, Happening::BrokerBack { broker: id });
        self.changes.structure = true;
    }

    #[inline(never)]
    pub(super) fn on_broker(&mut self, event: BrokerEvent) {
        match event {
            BrokerEvent::Fetch { follower, leader, turn } => self.on_replica_fetch(follower, leader, turn),
            BrokerEvent::FetchWaited { follower, leader, turn } => self.on_replica_fetch_waited(follower, leader, turn),
            BrokerEvent::Fetched { follower, leader, turn, ends } => {
                self.on_replica_fetched((follower, leader, turn), &ends);
            }
            BrokerEvent::IsrCheck(id, era) => self.on_isr_check(id, era),
            BrokerEvent::AlterIsr(at, epoch, isr) => self.on_alter_isr(at, epoch, isr),
            BrokerEvent::SessionEnds(id) => self.on_broker_session_ends(id),
            BrokerEvent::Started(id, era) => self.on_started(id, era),
            BrokerEvent::CaughtUp(id, era) => self.on_caught_up(id, era),
            BrokerEvent::WantsToStop(id, era) => self.on_wants_to_stop(id, era),
            BrokerEvent::Stopped(id, era) => self.on_stopped(id, era),
            BrokerEvent::Balance => self.on_balance(),
            BrokerEvent::ProduceTimesOut(id, producer, number) => self.on_produce_times_out(id, producer, number),
            BrokerEvent::ClientGivesUp(id, producer, number) => self.on_client_gives_up(id, producer, number),
        }
    }

    /// Everything between brokers begins.
    pub(crate) fn begin_cluster(&mut self) {
        if self.brokers.len() < 2 {
            return;
        }
        self.follow();
        let ids: Vec<BrokerId> = self.brokers.keys().copied().collect();
        for id in ids {
            self.watch_isr(id);
        }
        self.send_after(self.cluster.leader_balance, Event::Broker(BrokerEvent::Balance));
    }
}
