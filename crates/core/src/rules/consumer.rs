//! A consumer: it fetches ahead, polls, processes one record after the other, and commits at polls.
//!
//! Kafka: `ClassicKafkaConsumer.poll`, `AsyncKafkaConsumer.poll` (4.3).

use alloc::vec::Vec;

use crate::alarm::Parting;
use crate::ids::{FetchId, GroupId, MemberId, TopicPartition};
use crate::journal::Happening;
use crate::member::{Answer, Closing, Cursor, Member, Returning, Run, Status};
use crate::message::{Event, FetchRequest, FetchResponse};
use crate::spec::Commit;
use crate::world::World;

impl World {
    /// One turn of the application's loop: see to what the coordinator said, commit if it is time, take what was
    /// fetched, ask for more, and start on the first record.
    pub(super) fn poll(&mut self, group: GroupId, member: MemberId) {
        let (now, interval, max) = (self.now, self.timing.auto_commit, u64::from(self.timing.max_poll_records));
        let Some(m) = self.member_mut(group, member).filter(|m| m.is_alive() && !m.is_busy()) else { return };
        if m.closing.is_some() {
            return self.close(group, member);
        }
        m.last_poll = now;
        match m.unread_answer.take() {
            Some(Answer::Joined(generation)) => self.on_joined(group, member, generation),
            Some(Answer::Refused) => return self.end_refused(group, member),
            // It polls again when it has its share.
            Some(Answer::Synced(generation)) => return self.on_synced(group, member, generation),
            None => {}
        }
        self.do_as_told(group, member);
        if self.member(group, member).is_some_and(|m| m.must_rejoin) {
            self.rejoin(group, member);
        }
        let Some(m) = self.member_mut(group, member).filter(|m| m.is_alive()) else { return };
        if m.next_auto_commit <= now {
            m.next_auto_commit = now + interval;
            // An application that commits for itself tries again what was refused.
            self.commit(group, member, false);
        }
        let Some(m) = self.member_mut(group, member) else { return };
        let polled = take_polled(m, max);
        let before = !polled.is_empty() && self.groups.get(&group).is_some_and(|g| g.commit == Commit::Before);
        self.changes.lanes.extend(polled);
        if before {
            self.commit(group, member, true);
        }
        self.fetch(group, member);
        self.take_up_next(group, member);
    }

    /// What the application does when nothing holds it up any more: the rest of the batch, or a poll.
    pub(super) fn carry_on(&mut self, group: GroupId, member: MemberId) {
        match self.member(group, member) {
            Some(m) if m.is_alive() && !m.batch.is_empty() => self.take_up_next(group, member),
            _ => self.poll(group, member),
        }
    }

    /// Asks the broker for more of each partition of which it holds nothing unpolled; one request at a time.
    fn fetch(&mut self, group: GroupId, member: MemberId) {
        let id = FetchId(self.next_fetch);
        let Some(m) = self.member_mut(group, member).filter(|m| m.stays()) else { return };
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
        // One that closes does not poll any more, and does not come to see it.
        if !m.stays() || m.era != response.era || m.fetching != Some(response.id) {
            return;
        }
        m.fetching = None;
        // A partition may have gone, or gone and come back, since it was asked for.
        let reads_at = |m: &Member, from: TopicPartition, at: u64| {
            m.cursors.get(&from).is_some_and(|cursor| cursor.position == at)
        };
        let runs: Vec<Run> = response.runs.into_iter().filter(|run| reads_at(m, run.from, run.next)).collect();
        m.buffer.extend(runs);
        for (partition, position) in response.resets {
            if !self.member(group, member).is_some_and(|m| reads_at(m, partition, position)) {
                continue;
            }
            let Some(to) = self.reset_position(partition, reset) else {
                return self.end_without_offset(group, member, partition);
            };
            self.watch_reset(group, member, partition, to);
            let Some(g) = self.groups.get_mut(&group) else { return };
            g.delivery.get_mut(&partition).into_iter().for_each(|delivery| delivery.begin(to));
            if let Some(cursor) = g.members.get_mut(&member).and_then(|m| m.cursors.get_mut(&partition)) {
                (cursor.position, cursor.processed) = (to, to);
                self.changes.lanes.insert(partition);
                self.tell_skipped(&name, partition, (position, to));
            }
        }
        for (partition, end) in response.truncated {
            let delivery = self.groups.get_mut(&group).and_then(|g| g.delivery.get_mut(&partition));
            delivery.into_iter().for_each(|delivery| delivery.cut(end));
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
        if m.in_hand.is_some() || m.committing || m.stopped.is_some() {
            return;
        }
        let processing = g.processing_of(m);
        let Some(next) = m.batch.front().copied() else { return };
        let key = self.record(next.from, next.next).and_then(|record| record.key);
        let now = self.now;
        let Some(m) = self.member_mut(group, member) else { return };
        m.take_up(now, processing);
        m.in_hand.iter_mut().for_each(|hand| hand.key = key);
        self.changes.groups.insert(group);
    }

    pub(super) fn on_processed(&mut self, group: GroupId, member: MemberId, era: u32) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let is_due = |m: &&mut Member| m.is_alive() && m.era == era && m.ends.is_some_and(|ends| ends <= now);
        let Some(m) = g.members.get_mut(&member).filter(is_due) else { return };
        m.ends = None;
        let Some(done) = m.in_hand.filter(|hand| hand.until <= now) else { return };
        m.put_down(done);
        let last_of_batch = m.batch.is_empty();
        let again = g.delivery.get_mut(&done.from).is_some_and(|delivery| delivery.process(done.offset));
        let commits = last_of_batch && g.commit == Commit::After;
        let grew = self.topics.get(done.from.topic.0 as usize).is_some_and(|topic| !topic.growths.is_empty());
        if again || grew {
            self.watch_processed(group, member, done, again);
        }
        self.changes.groups.insert(group);
        if !(commits && self.commit(group, member, true)) {
            self.carry_on(group, member);
        }
    }

    /// The consumer is told to close, and to start again a while after that if the operator says so. Its application
    /// first ends what its last poll gave it.
    ///
    /// Kafka: the loop in the documentation of `KafkaConsumer` ("Multi-threaded Processing"), which looks whether it is to
    /// go on between two polls, and closes the consumer after the last.
    pub(super) fn tell_to_close(&mut self, group: GroupId, member: MemberId, returns: Option<Returning>) {
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get_mut(&member) else { return };
        let before = m.closing.take();
        let is_news = before.as_ref().is_none_or(|before| before.returns.is_some() != returns.is_some());
        let returns = returns.map(|returns| returns.or_as(before.and_then(|before| before.returns)));
        let is_back = returns.is_some();
        m.closing = Some(Closing { returns });
        self.changes.structure = true;
        if !m.is_busy() {
            return self.close(group, member);
        }
        if is_news {
            let (group, member) = (g.name.clone(), m.name.clone());
            self.journal.tell(now, Happening::Finishing { group, member, records: m.polled(), returns: is_back });
        }
    }

    /// The consumer closes: it commits, and says that it leaves. A static member of the classic protocol says
    /// nothing, one of the consumer protocol says that it may come back (KIP-345, KIP-848).
    pub(crate) fn close(&mut self, group: GroupId, member: MemberId) {
        // Whoever starts it again waits for its commit to be answered, and for its leaving.
        self.note_end(group, member, self.timing.rpc + self.timing.rpc);
        self.auto_commit(group, member);
        self.watch_gone(group, member);
        self.let_go_of_all(group, member, Parting::Closed);
        let now = self.now;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let modern = g.is_modern();
        let Some(m) = g.members.get_mut(&member) else { return };
        m.standing_since = None;
        m.beat += 1;
        if m.instance.is_some() && m.registered {
            m.status = Status::Away { since: now };
            if modern {
                self.send_after(self.timing.rpc, Event::Away(group, member));
            }
            return;
        }
        m.status = Status::Leaving;
        self.send_after(self.timing.rpc, Event::Leave(group, member));
    }
}

/// Moves up to `max` records from what was fetched to what the application works on; says of which partitions.
pub(super) fn take_polled(m: &mut Member, max: u64) -> Vec<TopicPartition> {
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
