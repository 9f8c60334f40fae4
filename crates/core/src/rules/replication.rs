//! Followers copy what leaders have; leaders watch over who is in sync, and raise high watermarks.
//!
//! Kafka: `AbstractFetcherThread`, `ReplicaManager`, `Partition` (4.3).

use alloc::vec::Vec;

use crate::broker::Follower;
use crate::ids::{BrokerId, TopicPartition};
use crate::message::{BrokerEvent, Event};
use crate::placement::place;
use crate::replica::Replication;
use crate::sorted::SortedSet;
use crate::spec::ReplicationSpec;
use crate::time::Span;
use crate::world::World;

impl World {
    /// Sees to it that each running broker fetches from each running leader of a partition that it has a copy of.
    pub(super) fn follow(&mut self) {
        let mut pairs = Vec::new();
        for (_, log) in self.partitions() {
            let Some(leader) = log.replication.leader else { continue };
            let followers = log.replication.replicas.iter().map(|replica| replica.broker);
            pairs.extend(followers.filter(|follower| *follower != leader).map(|follower| (leader, follower)));
        }
        for (leader, follower) in pairs {
            let follows = self.brokers.get(&follower).is_some_and(|broker| broker.is_running() && !broker.stalled);
            let is_new = self
                .brokers
                .get(&leader)
                .is_some_and(|broker| broker.is_running() && !broker.followers.contains_key(&follower));
            if follows && is_new {
                self.fetch_from(follower, leader);
            }
        }
    }

    /// The broker does not fetch, and nobody fetches from it, until [`follow`](Self::follow).
    pub(super) fn stop_following(&mut self, id: BrokerId, also_leading: bool) {
        for (leader, broker) in self.brokers.iter_mut() {
            broker.followers.remove(&id);
            if also_leading && *leader == id {
                broker.followers.clear();
            }
        }
    }

    fn fetch_from(&mut self, follower: BrokerId, leader: BrokerId) {
        let turn = self.next_turn(follower, leader, false);
        self.send_after(self.timing.rpc, Event::Broker(BrokerEvent::Fetch { follower, leader, turn }));
    }

    fn next_turn(&mut self, follower: BrokerId, leader: BrokerId, is_parked: bool) -> u64 {
        let turn = self.next_fetch;
        self.next_fetch += 1;
        if let Some(broker) = self.brokers.get_mut(&leader) {
            broker.followers.insert(follower, Follower { turn, is_parked });
        }
        turn
    }

    fn is_turn(&self, follower: BrokerId, leader: BrokerId, turn: u64) -> bool {
        let found = self.brokers.get(&leader).and_then(|broker| broker.followers.get(&follower));
        found.is_some_and(|f| f.turn == turn)
    }

    /// The partitions that one broker leads and the other has a copy of.
    fn led_and_followed(&self, leader: BrokerId, follower: BrokerId) -> Vec<TopicPartition> {
        let both = self
            .partitions()
            .filter(|(_, log)| log.replication.leader == Some(leader) && log.replication.replica(follower).is_some());
        both.map(|(at, _)| at).collect()
    }

    /// What a follower asks for says how far it is.
    #[inline(never)]
    pub(super) fn on_replica_fetch(&mut self, follower: BrokerId, leader: BrokerId, turn: u64) {
        if !self.is_turn(follower, leader, turn) {
            return;
        }
        for at in self.led_and_followed(leader, follower) {
            self.note_fetch(at, follower);
            self.raise_high_watermark(at);
        }
        if !self.is_turn(follower, leader, turn) || self.answer_follower(follower, leader, false) {
            return;
        }
        let turn = self.next_turn(follower, leader, true);
        let wait = self.cluster.replica_fetch_wait;
        self.send_after(wait, Event::Broker(BrokerEvent::FetchWaited { follower, leader, turn }));
    }

    fn note_fetch(&mut self, at: TopicPartition, follower: BrokerId) {
        let now = self.now;
        let is_eligible = self.brokers.get(&follower).is_some_and(|broker| broker.is_active());
        let Some(log) = self.log_mut(at) else { return };
        let (start, end, high_watermark) = (log.start(), log.end(), log.high_watermark());
        let replication = &mut log.replication;
        let is_member = replication.isr.contains(&follower);
        let epoch_start = replication.epoch_start;
        let Some(replica) = replication.replica_mut(follower) else { return };
        // What it has and the leader has not it cuts off; what the leader has deleted it never gets.
        replica.tail.clear();
        replica.producers.clear();
        replica.shared = replica.shared.max(start).min(end);
        replica.fetches(now, end);
        let has_all = replica.shared >= high_watermark && replica.shared >= epoch_start;
        if !is_member && is_eligible && has_all && replication.asked.is_none() {
            // Listed by number from then on, as a running broker was seen to do.
            let isr: SortedSet<BrokerId> = replication.isr.iter().copied().chain([follower]).collect();
            self.ask_for_isr(at, isr.iter().copied().collect());
        }
    }

    /// Answers a follower's fetch, if there is something for it or it must be.
    fn answer_follower(&mut self, follower: BrokerId, leader: BrokerId, must: bool) -> bool {
        let mut ends = Vec::new();
        for at in self.led_and_followed(leader, follower) {
            let Some(log) = self.log(at) else { continue };
            if log.replication.replica(follower).is_some_and(|replica| replica.shared < log.end()) {
                ends.push((at, log.replication.leader_epoch, log.end()));
            }
        }
        if ends.is_empty() && !must {
            return false;
        }
        let turn = self.next_turn(follower, leader, false);
        self.send_after(self.timing.rpc, Event::Broker(BrokerEvent::Fetched { follower, leader, turn, ends }));
        true
    }

    #[inline(never)]
    pub(super) fn on_replica_fetch_waited(&mut self, follower: BrokerId, leader: BrokerId, turn: u64) {
        if self.is_turn(follower, leader, turn) {
            self.answer_follower(follower, leader, true);
        }
    }

    /// Followers whose fetches wait at `leader` get what was just appended.
    pub(super) fn wake_followers(&mut self, leader: BrokerId, at: TopicPartition) {
        let Some(log) = self.log(at) else { return };
        let copies: Vec<BrokerId> = log.replication.replicas.iter().map(|replica| replica.broker).collect();
        for follower in copies {
            let waits = self.brokers.get(&leader).and_then(|broker| broker.followers.get(&follower));
            if waits.is_some_and(|f| f.is_parked) {
                self.answer_follower(follower, leader, false);
            }
        }
    }

    #[inline(never)]
    pub(super) fn on_replica_fetched(
        &mut self,
        (follower, leader, turn): (BrokerId, BrokerId, u64),
        ends: &[(TopicPartition, u32, u64)],
    ) {
        if !self.is_turn(follower, leader, turn) {
            return;
        }
        for (at, epoch, end) in ends {
            let Some(log) = self.log_mut(*at) else { continue };
            let log_end = log.end();
            let replication = &mut log.replication;
            if replication.leader == Some(leader)
                && replication.leader_epoch == *epoch
                && let Some(replica) = replication.replica_mut(follower)
            {
                replica.shared = (*end).min(log_end);
            }
        }
        self.fetch_from(follower, leader);
    }

    /// Raises the high watermark as far as the replicas allow, and lets those go on who waited for that.
    pub(super) fn raise_high_watermark(&mut self, at: TopicPartition) {
        self.lift_high_watermark(at);
        if let Some(leader) = self.log(at).and_then(|log| log.replication.leader) {
            self.answer_waiting(leader);
        }
    }

    /// Kafka: `Partition.maybeIncrementLeaderHW` (4.3).
    pub(super) fn lift_high_watermark(&mut self, at: TopicPartition) {
        let Some(to) = self.common_end(at) else { return };
        let Some(log) = self.log_mut(at) else { return };
        if log.raise_high_watermark(to) {
            let waiting = core::mem::take(&mut log.waiting);
            self.changes.lanes.insert(at);
            self.wake_readers(waiting);
        }
    }

    /// Up to where all have it that are in sync, or are about to be; none while they are too few.
    fn common_end(&self, at: TopicPartition) -> Option<u64> {
        let log = self.log(at)?;
        let replication = &log.replication;
        let (leader, end) = (replication.leader?, log.end());
        if replication.is_under_min_isr() {
            return None;
        }
        let mut common = end;
        for replica in replication.replicas.iter().filter(|replica| replica.broker != leader) {
            let is_eligible = self.brokers.get(&replica.broker).is_some_and(|broker| broker.is_active());
            let is_near = is_eligible && replica.is_caught_up(self.now, end, self.cluster.replica_lag);
            if is_near || replication.maximal_isr().any(|member| member == replica.broker) {
                common = common.min(replica.known_end?);
            }
        }
        Some(common)
    }

    /// Kafka: `ReplicaManager.maybeShrinkIsr`, every half of `replica.lag.time.max.ms` (4.3).
    #[inline(never)]
    pub(super) fn on_isr_check(&mut self, broker: BrokerId, era: u32) {
        if !self.brokers.get(&broker).is_some_and(|b| b.era == era && b.is_running()) {
            return;
        }
        let (now, lag) = (self.now, self.cluster.replica_lag);
        let led: Vec<TopicPartition> =
            self.partitions().filter(|(_, log)| log.replication.leader == Some(broker)).map(|(at, _)| at).collect();
        for at in led {
            let Some(log) = self.log(at) else { continue };
            let (end, replication) = (log.end(), &log.replication);
            if replication.asked.is_some() {
                continue;
            }
            let is_in_sync = |member: &BrokerId| {
                *member == broker
                    || replication.replica(*member).is_some_and(|replica| replica.is_caught_up(now, end, lag))
            };
            let isr: Vec<BrokerId> = replication.isr.iter().copied().filter(is_in_sync).collect();
            if isr.len() < replication.isr.len() {
                self.ask_for_isr(at, isr);
            }
        }
        self.watch_isr(broker);
    }

    /// The next look at who falls behind.
    pub(super) fn watch_isr(&mut self, broker: BrokerId) {
        let half = Span((self.cluster.replica_lag.0 / 2).max(1));
        if let Some(era) = self.brokers.get(&broker).map(|b| b.era).filter(|_| self.brokers.len() > 1) {
            self.send_after(half, Event::Broker(BrokerEvent::IsrCheck(broker, era)));
        }
    }

    /// AlterPartition. Until the controller answers, the leader counts with the larger of the two.
    fn ask_for_isr(&mut self, at: TopicPartition, isr: Vec<BrokerId>) {
        let Some(log) = self.log_mut(at) else { return };
        log.replication.asked = Some(isr.clone());
        let epoch = log.replication.leader_epoch;
        self.send_after(self.timing.rpc, Event::Broker(BrokerEvent::AlterIsr(at, epoch, isr)));
    }

    /// All partitions that `wanted` says yes to.
    pub(super) fn partitions_where(&self, wanted: impl Fn(&Replication) -> bool) -> Vec<TopicPartition> {
        self.partitions().filter(|(_, log)| wanted(&log.replication)).map(|(at, _)| at).collect()
    }
    /// The copies of partitions to come.
    pub(super) fn copies_of(&mut self, count: u32, spec: &ReplicationSpec) -> Vec<Replication> {
        let brokers: Vec<BrokerId> = self.brokers.keys().copied().collect();
        let placed = place(&brokers, count, spec.factor, &mut self.placement);
        let new = |replicas: &Vec<BrokerId>| Replication::new(replicas, spec.min_isr, spec.unclean_election);
        placed.iter().map(new).collect()
    }
}
