//! The controller: who is in sync, who leads, and what a failure changes.
//!
//! Kafka: `PartitionChangeBuilder`, `ReplicationControlManager` with eligible leader replicas (KIP-966, 4.3).

use alloc::vec::Vec;

use crate::alarm::{Alarm, Broken};
use crate::ids::{BrokerId, TopicPartition};
use crate::journal::Happening;
use crate::log::Record;
use crate::message::{BrokerEvent, Event};
use crate::replica::Replication;
use crate::sequence::forget;
use crate::sorted::SortedSet;
use crate::spec::Acks;
use crate::world::World;

/// What a partition is looked at for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Election {
    /// Its leader may be gone.
    Online,
    /// Another than the preferred leader may lead it.
    Preferred,
}

/// What the controller decides about a partition.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Decision {
    leader: Option<BrokerId>,
    isr: Vec<BrokerId>,
    elr: Vec<BrokerId>,
    last_leader: Option<BrokerId>,
    is_unclean: bool,
}

impl World {
    /// A broker is not counted on any more: it leaves every ISR, and others lead.
    pub(super) fn fence(&mut self, id: BrokerId) -> (u32, u32) {
        let (mut moved, mut leaderless) = (0, 0);
        for at in self.partitions_where(|r| r.isr.contains(&id) || r.leader == Some(id)) {
            let Some(replication) = self.log(at).map(|log| &log.replication) else { continue };
            let (led, isr) = (replication.leader == Some(id), without(&replication.isr, id));
            self.alter(at, isr, None, Election::Online);
            match self.log(at).and_then(|log| log.replication.leader) {
                _ if !led => {}
                Some(leader) if leader != id => moved += 1,
                _ => leaderless += 1,
            }
        }
        self.follow();
        (moved, leaderless)
    }

    /// A broker is counted on again: it leads what nobody leads, where it may.
    pub(super) fn unfence(&mut self, id: BrokerId) {
        for at in self.partitions_where(|r| r.leader.is_none() && r.replica(id).is_some()) {
            let Some(isr) = self.log(at).map(|log| log.replication.isr.clone()) else { continue };
            self.alter(at, isr, None, Election::Online);
        }
        self.follow();
    }

    /// A broker that was killed registers: what it has may not be all that it had.
    pub(super) fn distrust(&mut self, id: BrokerId) {
        for at in self.partitions_where(|r| r.isr.contains(&id) || r.elr.contains(&id)) {
            let Some(replication) = self.log(at).map(|log| &log.replication) else { continue };
            let isr = without(&replication.isr, id);
            self.alter(at, isr, Some(id), Election::Online);
        }
    }

    #[inline(never)]
    pub(super) fn on_alter_isr(&mut self, at: TopicPartition, epoch: u32, isr: Vec<BrokerId>) {
        let active = |id: &BrokerId| self.brokers.get(id).is_some_and(|broker| broker.is_active());
        let Some(log) = self.log(at) else { return };
        let replication = &log.replication;
        if replication.leader_epoch != epoch || replication.asked.as_ref() != Some(&isr) {
            return;
        }
        let (Some(leader), before) = (replication.leader, replication.isr.clone()) else { return };
        // INELIGIBLE_REPLICA: nobody joins who is fenced or about to stop.
        let refused = !isr.iter().all(|id| active(id) || *id == leader);
        if let Some(log) = self.log_mut(at) {
            log.replication.asked = None;
        }
        if !refused {
            for broker in before.iter().copied().filter(|id| !isr.contains(id)) {
                self.journal.tell(self.now, Happening::LeftIsr { partition: at, broker });
            }
            for broker in isr.iter().copied().filter(|id| !before.contains(id)) {
                self.journal.tell(self.now, Happening::JoinedIsr { partition: at, broker });
            }
            self.alter(at, isr, None, Election::Online);
        }
        self.raise_high_watermark(at);
    }

    /// Kafka: `QuorumController.maybeBalancePartitionLeaders` (4.3).
    #[inline(never)]
    pub(super) fn on_balance(&mut self) {
        self.send_after(self.cluster.leader_balance, Event::Broker(BrokerEvent::Balance));
        let mut moved = 0;
        for at in self.partitions_where(|r| r.leader != r.replicas.first().map(|replica| replica.broker)) {
            let Some(replication) = self.log(at).map(|log| &log.replication) else { continue };
            let (before, isr) = (replication.leader, replication.isr.clone());
            self.alter(at, isr, None, Election::Preferred);
            moved += u32::from(self.log(at).is_some_and(|log| log.replication.leader != before));
        }
        if moved > 0 {
            self.journal.tell(self.now, Happening::LeadersBalanced { moved });
            self.follow();
        }
    }

    /// Gives the partition the ISR `isr`, and the leader that follows from it. `unclean` registers after it was killed.
    fn alter(&mut self, at: TopicPartition, isr: Vec<BrokerId>, unclean: Option<BrokerId>, election: Election) {
        let is_active =
            |id: BrokerId| Some(id) != unclean && self.brokers.get(&id).is_some_and(|broker| broker.is_active());
        let Some(log) = self.log(at) else { return };
        let before = &log.replication;
        let decision = decide(before, isr, unclean, election, &is_active);
        let (former, new_leader) = (before.leader, decision.leader != before.leader);
        let Some(log) = self.log_mut(at) else { return };
        let replication = &mut log.replication;
        replication.isr = decision.isr;
        replication.elr = decision.elr;
        replication.last_leader = decision.last_leader;
        self.changes.structure = true;
        if new_leader {
            self.lead(at, decision.leader, decision.is_unclean);
            // What waits at the former leader hears that it is none any more.
            former.into_iter().for_each(|former| self.answer_waiting(former));
        }
        self.raise_high_watermark(at);
    }

    /// From now on `leader` leads. The log is as it has it; what others have beside that they keep until they follow.
    ///
    /// Kafka: `Partition.makeLeader` (4.3).
    fn lead(&mut self, at: TopicPartition, leader: Option<BrokerId>, is_unclean: bool) {
        let now = self.now;
        let Some(log) = self.log_mut(at) else { return };
        let before = log.high_watermark();
        let log_end = log.end();
        let replication = &mut log.replication;
        let former = core::mem::replace(&mut replication.leader, leader);
        replication.leader_epoch += 1;
        replication.asked = None;
        if let Some(former) = former.and_then(|former| replication.replica_mut(former)) {
            former.shared = log_end;
        }
        let Some(leader) = leader else { return };
        let end = replication.replica(leader).map_or(0, |replica| replica.shared);
        let removed = if end < log_end { log.truncate(end) } else { Vec::new() };
        let replication = &mut log.replication;
        replication.detach(end, &removed, &log.producers);
        let own = replication.replica_mut(leader).map(|replica| core::mem::take(&mut replica.tail));
        let own = own.unwrap_or_default();
        let remembers = replication.replica_mut(leader).map(|replica| core::mem::take(&mut replica.producers));
        if own.is_empty() {
            forget(&mut log.producers, end, &removed);
        } else {
            log.producers = remembers.unwrap_or_default();
        }
        let isr = replication.isr.clone();
        for replica in &mut replication.replicas {
            replica.forget(now, isr.contains(&replica.broker));
        }
        let lost = before.saturating_sub(end + own.len() as u64);
        self.bring_back(at, &own);
        if let Some(log) = self.log_mut(at) {
            log.replication.epoch_start = log.end();
        }
        self.watch_lost(at, leader, before, end, &removed, &own);
        if end < before {
            self.send_readers_back(at, end);
        }
        if is_unclean {
            self.journal.tell(now, Happening::UncleanElection { partition: at, broker: leader, lost });
        }
        self.changes.lanes.insert(at);
    }

    /// What a new leader has beside the log that was drawn until now.
    fn bring_back(&mut self, at: TopicPartition, own: &[Record]) {
        let Some(topic) = self.topics.get_mut(at.topic.0 as usize) else { return };
        let segment_bytes = topic.segment_bytes;
        if let Some(log) = topic.partitions.get_mut(at.partition as usize) {
            own.iter().for_each(|record| _ = log.append(*record, segment_bytes));
        }
    }

    /// Records that were confirmed and are not in the log of the new leader are lost.
    fn watch_lost(
        &mut self,
        at: TopicPartition,
        leader: BrokerId,
        high_watermark: u64,
        end: u64,
        removed: &[Record],
        own: &[Record],
    ) {
        for (offset, record) in (end..).zip(removed) {
            let acks = self.producers.get(&record.producer).map(|producer| producer.acks_of(record.number));
            let is_back = own.iter().any(|own| (own.producer, own.number) == (record.producer, record.number));
            let broken = match acks {
                _ if is_back => continue,
                Some(Acks::None) => continue,
                _ if offset < high_watermark => Broken::LostByUncleanElection { leader },
                Some(Acks::Leader) => Broken::LostWithLeader { leader },
                _ => continue,
            };
            self.raise(Alarm::of_record(self.now, at, offset, record.key, broken));
        }
    }

    /// Readers that are beyond `end` will find that what they read is not there any more (KIP-320).
    fn send_readers_back(&mut self, at: TopicPartition, end: u64) {
        let mut beyond = Vec::new();
        for (group, g) in self.groups() {
            let readers = g.members.iter().filter(|(_, m)| m.cursors.get(&at).is_some_and(|c| c.position > end));
            beyond.extend(readers.map(|(member, _)| (group, *member, end)));
        }
        if let Some(log) = self.log_mut(at) {
            log.replication
                .to_validate
                .retain(|(group, member, _)| !beyond.iter().any(|b| (b.0, b.1) == (*group, *member)));
            log.replication.to_validate.extend(beyond);
        }
    }
}

/// Kafka: `PartitionChangeBuilder.build` (4.3).
fn decide(
    before: &Replication,
    mut isr: Vec<BrokerId>,
    unclean: Option<BrokerId>,
    election: Election,
    is_active: &impl Fn(BrokerId) -> bool,
) -> Decision {
    let mut elr = Vec::new();
    if (isr.len() as u32) < before.min_isr {
        // By number, as in Kafka, whose sets of small numbers go that way.
        let all: SortedSet<BrokerId> = before.elr.iter().chain(&before.isr).copied().collect();
        elr.extend(all.iter().copied().filter(|id| !isr.contains(id) && Some(*id) != unclean));
    }
    let may_lead = |id: BrokerId| (isr.contains(&id) || isr.is_empty() && elr.contains(&id)) && is_active(id);
    let replicas = || before.replicas.iter().map(|replica| replica.broker);
    let preferred = replicas().next().filter(|_| election == Election::Preferred);
    let clean = preferred.into_iter().chain(before.leader).chain(replicas()).find(|id| may_lead(*id));
    let last = before.last_leader.filter(|id| isr.is_empty() && elr.is_empty() && is_active(*id));
    let any = || replicas().find(|id| is_active(*id)).filter(|_| before.unclean_election);
    let leader = clean.or(last).or_else(any);
    let is_unclean = clean.is_none() && leader.is_some() && leader != before.leader;
    if let Some(leader) = leader.filter(|_| leader != before.leader) {
        if is_unclean {
            elr.clear();
            isr = [leader].into();
        } else if elr.contains(&leader) {
            elr.retain(|id| *id != leader);
            isr = [leader].into();
        }
    }
    let last_leader = match leader {
        Some(_) => None,
        None if isr.is_empty() => before.leader.or(before.last_leader),
        None => before.last_leader,
    };
    Decision { leader, isr, elr, last_leader, is_unclean }
}

fn without(all: &[BrokerId], one: BrokerId) -> Vec<BrokerId> {
    all.iter().copied().filter(|id| *id != one).collect()
}
