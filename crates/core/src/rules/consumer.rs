//! A consumer: it fetches ahead, polls, processes one record after the other, and commits at polls.
//!
//! Kafka: `ClassicKafkaConsumer.poll`, `ConsumerCoordinator` (4.3), with `enable.auto.commit`.

use alloc::vec::Vec;

use crate::ids::{FetchId, GroupId, MemberId, TopicPartition};
use crate::journal::Happening;
use crate::member::{Cursor, InHand, Member, Run, Status};
use crate::message::{Event, FetchRequest, FetchResponse};
use crate::sorted::SortedMap;
use crate::spec::Assignment;
use crate::world::World;

impl World {
    /// The consumer owns just `partitions` from now on. It starts in each where the group committed, else
    /// where `auto.offset.reset` says.
    pub(crate) fn own(&mut self, group: GroupId, member: MemberId, partitions: &[TopicPartition]) {
        let Some(g) = self.groups.get(&group) else { return };
        let cursors: SortedMap<TopicPartition, Cursor> = partitions
            .iter()
            .map(|partition| {
                let committed = g.committed.get(partition).copied();
                let position = committed.unwrap_or_else(|| self.reset_position(*partition, g.reset));
                (*partition, Cursor { position, processed: position })
            })
            .collect();
        let (now, interval) = (self.now, self.timing.auto_commit);
        let Some(m) = self.member_mut(group, member) else { return };
        m.revoke();
        m.cursors = cursors;
        m.status = Status::Stable;
        m.next_auto_commit = now + interval;
        self.changes.structure = true;
        self.poll(group, member);
    }

    /// One turn of the application's loop: join again if need be, commit if it is time, take what was
    /// fetched, ask for more, and start on the first record.
    fn poll(&mut self, group: GroupId, member: MemberId) {
        let (now, interval, max) = (self.now, self.timing.auto_commit, u64::from(self.timing.max_poll_records));
        let Some(m) = self.member_mut(group, member) else { return };
        if !m.is_alive() || m.is_busy() {
            return;
        }
        m.last_poll = now;
        if m.must_rejoin {
            self.rejoin(group, member);
            return;
        }
        if m.next_auto_commit <= now {
            m.next_auto_commit = now + interval;
            self.commit(group, member);
        }
        let Some(m) = self.member_mut(group, member) else { return };
        let polled = take_polled(m, max);
        self.changes.lanes.extend(polled);
        self.fetch(group, member);
        self.take_up_next(group, member);
    }

    /// Asks the broker for more of each partition of which it holds nothing unpolled; one request at a time.
    fn fetch(&mut self, group: GroupId, member: MemberId) {
        let id = FetchId(self.next_fetch);
        let Some(m) = self.member_mut(group, member) else { return };
        if m.fetching.is_some() || m.cursors.is_empty() {
            return;
        }
        let wants = m.fetchable();
        if wants.is_empty() {
            return;
        }
        m.fetching = Some(id);
        let era = m.era;
        self.next_fetch += 1;
        self.send_after(self.timing.rpc, Event::Fetch(FetchRequest { id, group, member, era, wants }));
    }

    pub(super) fn on_fetched(&mut self, response: FetchResponse) {
        let (group, member) = (response.group, response.member);
        let Some(g) = self.groups.get(&group) else { return };
        let (name, reset) = (g.name.clone(), g.reset);
        let Some(m) = self.member_mut(group, member) else { return };
        if !m.is_alive() || m.era != response.era || m.fetching != Some(response.id) {
            return;
        }
        m.fetching = None;
        m.buffer.extend(response.runs);
        for (partition, position) in response.resets {
            let to = self.reset_position(partition, reset);
            if let Some(cursor) = self.member_mut(group, member).and_then(|m| m.cursors.get_mut(&partition)) {
                *cursor = Cursor { position: to, processed: to };
                self.changes.lanes.insert(partition);
                self.tell_skipped(&name, partition, to.saturating_sub(position));
            }
        }
        for (partition, end) in response.truncated {
            if let Some(cursor) = self.member_mut(group, member).and_then(|m| m.cursors.get_mut(&partition)) {
                *cursor = Cursor { position: end, processed: cursor.processed.min(end) };
                self.changes.lanes.insert(partition);
                self.journal.tell(self.now, Happening::Parted { group: name.clone(), partition, offset: end });
            }
        }
        self.poll(group, member);
        // Where a record is in hand, poll did nothing; what else is free to be asked for is asked for now.
        self.fetch(group, member);
    }

    /// The application takes up the next record of the batch that it polled.
    fn take_up_next(&mut self, group: GroupId, member: MemberId) {
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let (processing, era) = (g.processing_of(m), m.era);
        let Some(next) = m.batch.front().copied().filter(|_| m.in_hand.is_none()) else { return };
        let key = self.record(next.from, next.next).and_then(|record| record.key);
        let (since, until) = (self.now, self.now + processing);
        let Some(m) = self.member_mut(group, member) else { return };
        if let Some(run) = m.batch.front_mut() {
            run.next += 1;
            if run.is_empty() {
                m.batch.pop_front();
            }
        }
        m.in_hand = Some(InHand { from: next.from, offset: next.next, key, since, until });
        self.changes.groups.insert(group);
        self.queue.push(until, Event::Processed(group, member, era));
    }

    pub(super) fn on_processed(&mut self, group: GroupId, member: MemberId, era: u32) {
        let Some(m) = self.member_mut(group, member).filter(|m| m.is_alive() && m.era == era) else { return };
        let Some(done) = m.in_hand.take() else { return };
        m.processed += 1;
        if let Some(cursor) = m.cursors.get_mut(&done.from) {
            // Retention may have moved the cursor past what was in hand.
            cursor.processed = cursor.processed.max(done.offset + 1);
        }
        let more = !m.batch.is_empty();
        self.changes.groups.insert(group);
        if more {
            self.take_up_next(group, member);
        } else {
            self.poll(group, member);
        }
    }

    /// Sends the positions that are not committed yet.
    fn commit(&mut self, group: GroupId, member: MemberId) {
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let offsets: Vec<(TopicPartition, u64)> = m
            .cursors
            .iter()
            .filter(|(partition, cursor)| g.committed.get(partition) != Some(&cursor.processed))
            .map(|(partition, cursor)| (*partition, cursor.processed))
            .collect();
        if offsets.is_empty() {
            return;
        }
        // What the coordinator knows nothing of (UNKNOWN_MEMBER_ID) it would refuse.
        if g.assignment != Assignment::Manual && !m.registered {
            return;
        }
        let generation = (g.assignment != Assignment::Manual).then_some(g.generation);
        self.send_after(self.timing.rpc, Event::Commit(group, generation, offsets));
    }

    /// Eager: it commits, gives everything up, and asks to join. It stands still until it gets its share.
    pub(crate) fn rejoin(&mut self, group: GroupId, member: MemberId) {
        self.commit(group, member);
        let now = self.now;
        let Some(m) = self.member_mut(group, member) else { return };
        m.must_rejoin = false;
        m.revoke();
        m.status = Status::Joining;
        m.standing_since.get_or_insert(now);
        self.changes.structure = true;
        self.send_after(self.timing.rpc, Event::Join(group, member));
    }

    pub(super) fn on_rebalance_in_progress(&mut self, group: GroupId, member: MemberId) {
        // One that is joining already passes over it.
        let Some(m) = self.member_mut(group, member).filter(|m| m.status == Status::Stable) else { return };
        m.must_rejoin = true;
        // A busy consumer only notices at its next poll.
        self.poll(group, member);
    }

    pub(super) fn on_unknown_member(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        let Some(m) = self.member_mut(group, member) else { return };
        if m.registered || m.status != Status::Stable {
            return;
        }
        m.lose(now);
        self.changes.structure = true;
        self.poll(group, member);
    }

    pub(super) fn on_sync_refused(&mut self, group: GroupId, member: MemberId) {
        if self.member(group, member).is_some_and(|m| m.status == Status::Joining) {
            self.send_after(self.timing.rpc, Event::Join(group, member));
        }
    }

    /// What the client's heartbeat thread does, whether the application polls or not.
    pub(super) fn on_heartbeat_due(&mut self, group: GroupId, member: MemberId) {
        let (now, patience) = (self.now, self.timing.max_poll_interval);
        let Some(m) = self.member_mut(group, member).filter(|m| m.is_alive()) else { return };
        if m.status == Status::Stable {
            let too_slow = m.is_busy() && !m.cursors.is_empty() && now - m.last_poll > patience;
            let message = if too_slow { Event::GiveUp(group, member) } else { Event::Heartbeat(group, member) };
            if too_slow {
                m.lose(now);
                self.changes.structure = true;
            }
            self.send_after(self.timing.rpc, message);
        }
        self.send_after(self.timing.heartbeat, Event::HeartbeatDue(group, member));
    }

    /// The consumer closes: it commits, and says that it leaves.
    pub(crate) fn close(&mut self, group: GroupId, member: MemberId) {
        self.commit(group, member);
        let Some(m) = self.member_mut(group, member) else { return };
        m.revoke();
        m.standing_since = None;
        m.status = Status::Leaving;
        self.changes.structure = true;
        self.send_after(self.timing.rpc, Event::Leave(group, member));
    }
}

/// Moves up to `max` records from what was fetched to what the application works on; says of which partitions.
fn take_polled(m: &mut Member, max: u64) -> Vec<TopicPartition> {
    let mut room = max;
    let mut polled = Vec::new();
    while room > 0 {
        let Some(run) = m.buffer.front_mut() else { break };
        let end = run.end.min(run.next.saturating_add(room));
        let taken = Run { from: run.from, next: run.next, end };
        run.next = end;
        if run.is_empty() {
            m.buffer.pop_front();
        }
        room -= taken.len();
        if let Some(cursor) = m.cursors.get_mut(&taken.from) {
            cursor.position = taken.end;
        }
        m.batch.push_back(taken);
        polled.push(taken.from);
    }
    polled
}
