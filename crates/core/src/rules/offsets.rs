//! Commits: what a consumer sends, and what a coordinator accepts.
//!
//! Kafka: `OffsetMetadataManager.validateOffsetCommit` on the broker, `ConsumerCoordinator` and
//! `CommitRequestManager` in the client (4.3).

use alloc::vec::Vec;

use crate::group::{Group, Phase};
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::Happening;
use crate::message::{CommitRequest, Event};
use crate::spec::{Commit, Protocol};
use crate::world::World;

impl World {
    /// Auto-commit, where it is on: at an interval, before the consumer joins again, and when it closes.
    pub(super) fn auto_commit(&mut self, group: GroupId, member: MemberId) {
        if self.groups.get(&group).is_some_and(|g| g.commit == Commit::Auto) {
            self.commit(group, member, false);
        }
    }

    /// Sends the positions that are not committed yet. Says whether the consumer waits for an answer now.
    pub(super) fn commit(&mut self, group: GroupId, member: MemberId, wait: bool) -> bool {
        let Some(g) = self.groups.get_mut(&group) else { return false };
        let (mode, protocol) = (g.commit, g.protocol());
        let Some(m) = g.members.get_mut(&member) else { return false };
        let offsets: Vec<(TopicPartition, u64)> = m
            .cursors
            .iter()
            .map(|(partition, cursor)| {
                (*partition, if mode == Commit::Before { cursor.position } else { cursor.processed })
            })
            .filter(|(partition, offset)| g.committed.get(partition) != Some(offset))
            .collect();
        if offsets.is_empty() {
            return false;
        }
        m.committing = wait;
        let generation = protocol.map(|_| m.generation);
        let awaited = wait.then_some(m.era);
        let request = CommitRequest { group, member, generation, offsets, awaited };
        self.send_after(self.timing.rpc, Event::Commit(request));
        wait
    }

    pub(super) fn on_commit(&mut self, request: CommitRequest) {
        let CommitRequest { group, member, generation, offsets, awaited } = request;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let accepted = match g.refusal_of(member, generation, &offsets) {
            None => {
                for (partition, offset) in &offsets {
                    g.committed.insert(*partition, *offset);
                }
                self.changes.lanes.extend(offsets.into_iter().map(|(partition, _)| partition));
                true
            }
            Some(Refused::ForGood) => {
                let group = g.name.clone();
                if let Some(m) = g.members.get(&member) {
                    let what = Happening::CommitRefused { group, member: m.name.clone() };
                    self.journal.tell(self.now, what);
                }
                false
            }
            Some(Refused::ForNow) => false,
        };
        if let Some(era) = awaited {
            self.send_after(self.timing.rpc, Event::CommitAnswered(group, member, era, accepted));
        }
    }

    #[inline(never)]
    pub(super) fn on_commit_answered(&mut self, group: GroupId, member: MemberId, era: u32, accepted: bool) {
        let Some(m) = self.member_mut(group, member).filter(|m| m.is_alive() && m.era == era) else { return };
        m.committing = false;
        if !accepted {
            m.rewind();
        }
        self.carry_on(group, member);
    }
}

enum Refused {
    /// `ILLEGAL_GENERATION`, `REBALANCE_IN_PROGRESS`: it is in the round, hears of it soon, and commits then.
    ForNow,
    /// `UNKNOWN_MEMBER_ID`, `STALE_MEMBER_EPOCH`: what it read is another's.
    ForGood,
}

impl Group {
    fn refusal_of(
        &self,
        member: MemberId,
        generation: Option<u32>,
        offsets: &[(TopicPartition, u64)],
    ) -> Option<Refused> {
        let generation = match (self.protocol(), generation) {
            (None, None) => return None,
            // A group that members have chosen for themselves in, and do no longer, or the other way round.
            (None, Some(_)) | (Some(_), None) => return Some(Refused::ForGood),
            (Some(_), Some(generation)) => generation,
        };
        let Some(m) = self.members.get(&member).filter(|m| m.registered) else { return Some(Refused::ForGood) };
        if self.protocol() == Some(Protocol::Consumer) {
            // Of an older epoch, if the partition has been its own since then (KAFKA-19233's rule, 4.2).
            let fresh = |partition| m.seat.assigned.get(partition).is_some_and(|since| generation >= *since);
            let fine = generation == m.seat.epoch
                || (generation < m.seat.epoch && offsets.iter().all(|(partition, _)| fresh(partition)));
            return (!fine).then_some(Refused::ForGood);
        }
        let fine = generation == self.generation && self.phase != Phase::CompletingRebalance;
        (!fine).then_some(Refused::ForNow)
    }
}
