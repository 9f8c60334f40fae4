//! Who reads what: how a consumer gets and loses partitions, and how long they and it stand still meanwhile.

use alloc::vec::Vec;

use crate::alarm::Parting;
use crate::delivery::Delivery;
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::Happening;
use crate::member::Cursor;
use crate::spec::OffsetReset;
use crate::time::Span;
use crate::world::World;

impl World {
    /// The consumer owns `partitions` too from now on. It starts in each where the group committed, else where
    /// `auto.offset.reset` says. Says no where it says nothing: then the consumer has ended.
    pub(super) fn gain(&mut self, group: GroupId, member: MemberId, partitions: &[TopicPartition]) -> bool {
        let now = self.now;
        for partition in partitions.iter().copied() {
            let Some(g) = self.groups.get(&group) else { return false };
            let committed = g.committed.get(&partition).copied();
            let Some(position) = committed.or_else(|| self.reset_position(partition, g.reset)) else {
                self.end_without_offset(group, member, partition);
                return false;
            };
            self.watch_gain(group, member, partition, position, committed.is_some());
            let Some(g) = self.groups.get_mut(&group) else { return false };
            let Some(m) = g.members.get_mut(&member) else { return false };
            m.cursors.insert(partition, Cursor { position, processed: position });
            if g.delivery.get(&partition).is_none() {
                g.delivery.insert(partition, Delivery::from(position));
            }
            g.delivery.get_mut(&partition).into_iter().for_each(|delivery| delivery.begin(position));
            if let Some(since) = g.unread.remove(&partition) {
                self.note_stood(group, partition, now - since);
            }
        }
        self.changes.structure = true;
        true
    }

    fn note_stood(&mut self, group: GroupId, partition: TopicPartition, stood: Span) {
        if let Some(g) = self.groups.get_mut(&group) {
            g.stood.insert(partition, stood);
        }
        if let Some(rebalance) = self.journal.running(group) {
            rebalance.stood.insert(partition, stood);
        }
    }

    /// The consumer lets go of all that it owns, and of all that it has read ahead.
    pub(super) fn let_go_of_all(&mut self, group: GroupId, member: MemberId, how: Parting) {
        let Some(m) = self.member(group, member) else { return };
        let owned: Vec<TopicPartition> = m.cursors.keys().copied().collect();
        self.note_parted(group, member, &owned, how);
        let Some(m) = self.member_mut(group, member) else { return };
        m.revoke();
        self.note_unread(group, &owned);
    }

    /// The consumer, whose application is between two batches, lets go of these.
    pub(super) fn let_go_of(&mut self, group: GroupId, member: MemberId, partitions: &[TopicPartition]) {
        self.note_parted(group, member, partitions, Parting::LetGo);
        let Some(m) = self.member_mut(group, member) else { return };
        m.drop_only(partitions);
        self.note_unread(group, partitions);
    }

    /// The group has gone on without the consumer: what it owned is another's.
    pub(super) fn lose(&mut self, group: GroupId, member: MemberId, how: Parting) {
        let now = self.now;
        let Some(m) = self.member(group, member) else { return };
        let owned: Vec<TopicPartition> = m.cursors.keys().copied().collect();
        self.note_parted(group, member, &owned, how);
        let Some(m) = self.member_mut(group, member) else { return };
        m.lose(now);
        self.note_unread(group, &owned);
    }

    /// Partitions without a reader stand still from now on.
    fn note_unread(&mut self, group: GroupId, partitions: &[TopicPartition]) {
        let now = self.now;
        self.changes.structure = true;
        let Some(g) = self.groups.get_mut(&group) else { return };
        for partition in partitions {
            if !g.is_read(*partition) && g.unread.get(partition).is_none() {
                g.unread.insert(*partition, now);
            }
        }
    }

    /// The consumer has its share, and stands still no more.
    pub(super) fn note_moving(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        let Some(m) = self.member_mut(group, member) else { return };
        let Some(since) = m.standing_since.take() else { return };
        let name = m.name.clone();
        if let Some(rebalance) = self.journal.running(group) {
            rebalance.paused.insert(name, now - since);
        }
    }

    /// Where `auto.offset.reset` puts a reader of `partition`; nowhere, where it is `none`.
    pub(super) fn reset_position(&self, partition: TopicPartition, reset: OffsetReset) -> Option<u64> {
        let log = self.log(partition);
        match reset {
            OffsetReset::Earliest => Some(log.map_or(0, |log| log.start())),
            OffsetReset::Latest => Some(log.map_or(0, |log| log.high_watermark())),
            OffsetReset::None => None,
        }
    }

    /// `NoOffsetForPartitionException` or `OffsetOutOfRangeException`: the application ends, and closes its consumer.
    pub(super) fn end_without_offset(&mut self, group: GroupId, member: MemberId, partition: TopicPartition) {
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let what = Happening::NoOffset { group: g.name.clone(), member: m.name.clone(), partition };
        self.journal.tell(self.now, what);
        self.tell_to_close(group, member, None);
    }
}
