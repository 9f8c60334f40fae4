//! What the world sees from above of deliveries: records that a group processes twice, and records that it passes over.

use crate::alarm::{Again, Alarm, Broken, Parting, PassedOver};
use crate::delivery::{Back, Parted};
use crate::group::Group;
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::log::Log;
use crate::member::{InHand, Member};
use crate::time::{Span, Time};
use crate::world::World;

impl World {
    /// A member stops to read these, and why.
    pub(super) fn note_parted(
        &mut self,
        group: GroupId,
        member: MemberId,
        partitions: &[TopicPartition],
        how: Parting,
    ) {
        let now = self.now;
        let session = self.session_of(group);
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let (by, since) = (m.name.clone(), m.parted_since(how, now, session));
        for partition in partitions {
            if let Some(delivery) = g.delivery.get_mut(partition) {
                delivery.parted = Some(Parted { by: by.clone(), how, since });
            }
        }
    }

    /// A member begins to read a partition at `position`, which may lie before or after what the group has processed.
    pub(super) fn watch_gain(
        &mut self,
        group: GroupId,
        member: MemberId,
        at: TopicPartition,
        position: u64,
        is_committed: bool,
    ) {
        let (now, session) = (self.now, self.session_of(group));
        let Some(g) = self.groups.get(&group) else { return };
        let Some(second) = g.members.get(&member).map(|m| m.name.clone()) else { return };
        let log = self.log(at);
        let Some(delivery) = g.delivery.get(&at) else {
            let skipped = log.filter(|_| !is_committed).and_then(|log| stored_since(log, g.began?, position));
            if let Some(first) = skipped {
                self.alarm_passed(group, member, at, (first, position), PassedOver::Latest, None);
            }
            return;
        };
        let other = g.members.iter().find(|(id, m)| **id != member && m.keeps(at));
        let back = match (other, &delivery.parted) {
            (Some((_, other)), _) if g.protocol().is_none() => {
                Some(Back { first: other.name.clone(), second, why: Again::BothRead, since: now })
            }
            // It has lost the partition, and does not know yet.
            (Some((_, other)), _) => {
                let how = other.left_behind(now);
                let since = other.parted_since(how, now, session);
                Some(Back { first: other.name.clone(), second, why: Again::NotCommitted(how), since })
            }
            (None, Some(parted)) => {
                let why = Again::NotCommitted(parted.how);
                Some(Back { first: parted.by.clone(), second, why, since: parted.since })
            }
            (None, None) => None,
        };
        // What a member still holds that has lost the partition it may yet process.
        let held = g.members.values().filter(|m| m.is_alive()).filter_map(|m| m.first_held(at)).min();
        let lost = (delivery.next, held.map_or(position, |held| held.min(position)));
        let why = match (is_committed, &back) {
            // With `earliest`, all that it has not read was deleted.
            (false, ..) => Some((PassedOver::Latest, back.as_ref().map(|back| back.since))),
            (true, Some(Back { first, why: Again::NotCommitted(how), since, .. })) => {
                Some((PassedOver::CommittedBefore { by: first.clone(), how: *how }, Some(*since)))
            }
            // Two read it: what one has committed the other has processed, or will.
            (true, ..) => None,
        };
        if let Some(delivery) = self.groups.get_mut(&group).and_then(|g| g.delivery.get_mut(&at)) {
            delivery.back = back;
        }
        match why.filter(|_| lost.0 < lost.1) {
            Some((PassedOver::Latest, since)) => {
                self.alarm_skipped(group, member, at, lost, PassedOver::Latest, since);
            }
            Some((why, since)) => self.alarm_passed(group, member, at, lost, why, since),
            None => {}
        }
    }

    /// The position of a reader is out of range, and it goes on at `to`.
    pub(super) fn watch_reset(&mut self, group: GroupId, member: MemberId, at: TopicPartition, to: u64) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(name) = g.members.get(&member).map(|m| m.name.clone()) else { return };
        let Some(delivery) = g.delivery.get_mut(&at) else { return };
        let lost = (delivery.next, to);
        if to < delivery.next {
            delivery.back = Some(Back { first: name.clone(), second: name, why: Again::Reset, since: now });
        } else {
            let since = self.log(at).map(|log| log.deleted_at);
            self.alarm_skipped(group, member, at, lost, PassedOver::LatestAfterReset, since);
        }
    }

    /// A reader goes on behind what the group has not read: what is below the log's start was deleted, and the rest it
    /// skips because of `why`.
    #[inline(never)]
    fn alarm_skipped(
        &mut self,
        group: GroupId,
        member: MemberId,
        at: TopicPartition,
        (from, to): (u64, u64),
        why: PassedOver,
        since: Option<Time>,
    ) {
        let Some(log) = self.log(at) else { return };
        let (deleted_at, [deleted, left]) = (log.deleted_at, log.deleted_and_left((from, to)));
        if deleted.0 < deleted.1 {
            self.alarm_passed(group, member, at, deleted, PassedOver::Retention, Some(deleted_at));
        }
        if left.0 < left.1 {
            self.alarm_passed(group, member, at, left, why, since);
        }
    }

    /// A record was processed, which was processed `again`, or in a topic that got more partitions.
    #[inline(never)]
    pub(super) fn watch_processed(&mut self, group: GroupId, member: MemberId, done: InHand, again: bool) {
        if again && let Some(alarm) = self.processed_again(group, member, done) {
            self.raise(alarm);
        }
        self.watch_order(group, member, done);
    }

    fn processed_again(&self, group: GroupId, member: MemberId, done: InHand) -> Option<Alarm> {
        let g = self.groups.get(&group)?;
        let m = g.members.get(&member)?;
        let back = g.delivery.get(&done.from)?.back.as_ref();
        let lost_it = !m.cursors.contains_key(&done.from);
        let (first, why, since) = match back {
            Some(back) => {
                let was_before = back.first == m.name && back.second != m.name;
                let first = if was_before { &back.second } else { &back.first };
                // It may not know yet that it has lost the partition.
                let holds_on = lost_it || was_before && back.why != Again::BothRead;
                (first.clone(), if holds_on { Again::HeldOn } else { back.why }, back.since)
            }
            None => (m.name.clone(), Again::Reset, self.now),
        };
        let broken = Broken::ProcessedTwice { first, why };
        let alarm = Alarm::of_record(self.now, done.from, done.offset, done.key, broken);
        Some(Alarm { since, group: Some(g.name.clone()), member: Some(m.name.clone()), ..alarm })
    }

    fn alarm_passed(
        &mut self,
        group: GroupId,
        member: MemberId,
        at: TopicPartition,
        (from, to): (u64, u64),
        why: PassedOver,
        since: Option<Time>,
    ) {
        let Some(g) = self.groups.get(&group) else { return };
        let record = self.record(at, from);
        let alarm = Alarm::of_record(self.now, at, from, record.and_then(|record| record.key), Broken::PassedOver(why));
        let member = g.members.get(&member).map(|m| m.name.clone());
        let since = since.or(record.map(|record| record.timestamp)).unwrap_or(self.now);
        let group = Some(g.name.clone());
        self.raise(Alarm { since, records: to - from, group, member, ..alarm });
    }

    fn session_of(&self, group: GroupId) -> Span {
        let modern = self.groups.get(&group).is_some_and(Group::is_modern);
        if modern { self.timing.consumer_session } else { self.timing.session }
    }
}

impl Member {
    /// Why its group went on without it.
    pub(super) fn left_behind(&self, now: Time) -> Parting {
        if self.session_ends <= now { Parting::SessionEnded } else { Parting::TooSlow }
    }

    /// When that came about by which it stopped to read.
    fn parted_since(&self, how: Parting, now: Time, session: Span) -> Time {
        match how {
            // When it was last heard of.
            Parting::SessionEnded => Time(self.session_ends.0.saturating_sub(session.0)).min(now),
            Parting::TooSlow => self.last_poll,
            Parting::Crashed | Parting::Closed | Parting::LetGo | Parting::Replaced => now,
        }
    }

    /// The first offset of a partition that its application holds.
    fn first_held(&self, at: TopicPartition) -> Option<u64> {
        let in_hand = self.in_hand.filter(|hand| hand.from == at).map(|hand| hand.offset);
        in_hand.or_else(|| self.batch.iter().find(|run| run.from == at).map(|run| run.next))
    }
}

/// The first record below `position` that was sent since `began`, if there is one. Records are searched as if they
/// stood in the order in which they were sent, as they nearly do.
fn stored_since(log: &Log, began: Time, position: u64) -> Option<u64> {
    let (mut low, mut high) = (log.start(), position.min(log.end()));
    while low < high {
        let middle = low + (high - low) / 2;
        if log.record(middle).is_some_and(|record| record.timestamp >= began) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    (low < position.min(log.end())).then_some(low)
}
