//! What a consumer does by itself: it puts a record down and takes up the next, and polls what it has fetched.
//!
//! For all that nothing else has to happen. So it is one event a stretch, not one a record: how far a consumer is in
//! it follows from the time, and is seen to before anything that could look at it or change it, and whenever time stops.

use alloc::vec::Vec;

use crate::change::Changes;
use crate::delivery::Delivery;
use crate::group::Group;
use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::member::{InHand, Member};
use crate::message::{BrokerEvent, Event};
use crate::queue::Turn;
use crate::sorted::SortedMap;
use crate::spec::Commit;
use crate::time::{Span, Time};
use crate::topic::Topic;
use crate::world::World;

use super::consumer::take_polled;

/// Whose stretches an event may cut short, or look into.
#[derive(Clone, Copy)]
pub(super) enum Touched {
    Nobody,
    /// All of a group may be looked at; this one may have other plans afterwards.
    Member(GroupId, MemberId),
    Group(GroupId),
    Everybody,
}

impl Touched {
    pub(super) fn by(event: &Event) -> Self {
        if let Some((group, member)) = event.consumer() {
            return Self::Member(group, member);
        }
        match event {
            Event::SendDue(..)
            | Event::Produced(_)
            | Event::Answered(..)
            | Event::SenderWakes(_)
            | Event::PartitionsHeard(_)
            | Event::Fetch(_)
            | Event::FetchExpired(_)
            | Event::Commit(_)
            | Event::Broker(
                BrokerEvent::Fetch { .. } | BrokerEvent::FetchWaited { .. } | BrokerEvent::Fetched { .. },
            ) => Self::Nobody,
            // What a coordinator hears changes what it knows of a member, not what the member does.
            Event::Heartbeat(group, member, _) => Self::Member(*group, *member),
            Event::Beat(request) => Self::Member(request.group, request.member),
            Event::Resume(group, member) => Self::Member(*group, *member),
            Event::SessionCheck(group, _)
            | Event::Join(group, ..)
            | Event::RoundEnds(group, _)
            | Event::Sync(group, ..)
            | Event::Leave(group, _)
            | Event::Away(group, _)
            | Event::GiveUp(group, _)
            | Event::RevocationCheck(group, ..)
            | Event::Return(group, _) => Self::Group(*group),
            _ => Self::Everybody,
        }
    }
}

impl World {
    /// Brings whom an event touches to its turn: all that comes before it has taken place.
    pub(super) fn settle(&mut self, touched: Touched, turn: Turn) {
        match touched {
            Touched::Nobody => {}
            Touched::Member(group, _) | Touched::Group(group) => self.settle_group(group, turn),
            Touched::Everybody => self.settle_all(turn),
        }
    }

    pub(super) fn settle_all(&mut self, turn: Turn) {
        let max = u64::from(self.timing.max_poll_records);
        for (group, g) in self.groups.iter_mut() {
            g.settle(*group, &self.topics, &mut self.changes, max, turn);
        }
    }

    fn settle_group(&mut self, group: GroupId, turn: Turn) {
        let max = u64::from(self.timing.max_poll_records);
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.settle(group, &self.topics, &mut self.changes, max, turn);
    }

    /// Says anew until when those whom an event touched go on by themselves.
    pub(super) fn plan(&mut self, touched: Touched) {
        match touched {
            Touched::Nobody => {}
            Touched::Member(group, member) => self.plan_for(group, member),
            Touched::Group(group) => self.plan_group(group),
            Touched::Everybody => {
                let groups: Vec<GroupId> = self.groups.keys().copied().collect();
                groups.into_iter().for_each(|group| self.plan_group(group));
            }
        }
    }

    fn plan_group(&mut self, group: GroupId) {
        let Some(g) = self.groups.get(&group) else { return };
        let members: Vec<MemberId> = g.members.keys().copied().collect();
        members.into_iter().for_each(|member| self.plan_for(group, member));
    }

    fn plan_for(&mut self, group: GroupId, member: MemberId) {
        let max = u64::from(self.timing.max_poll_records);
        let Some(g) = self.groups.get(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let has_grown = |at: &TopicPartition| self.topic(at.topic).is_some_and(|topic| !topic.growths.is_empty());
        let one_by_one = m.cursors.keys().any(has_grown);
        let (processing, era) = (g.processing_of(m), m.era);
        let ends = m.in_hand.filter(|_| m.is_alive()).map(|hand| match one_by_one {
            // Where lanes were added, each record may be out of its key's order.
            true => hand.until,
            false => g.stretch(member, m, &hand, processing, max),
        });
        let Some(m) = self.groups.get_mut(&group).and_then(|g| g.members.get_mut(&member)).filter(|m| m.ends != ends)
        else {
            return;
        };
        m.ends = ends;
        if let Some(at) = ends {
            let sent = Time(at.0.saturating_sub(processing.0));
            self.queue.push_at(Turn { at, sent }, Event::Processed(group, member, era));
        }
    }

    /// When a consumer next does something by itself that is no event.
    pub(crate) fn next_alone(&self) -> Option<Turn> {
        self.groups.values().flat_map(|g| g.members.values()).filter_map(Member::next_alone).min()
    }
}

impl Group {
    /// Brings its members to this turn.
    fn settle(&mut self, group: GroupId, topics: &[Topic], changes: &mut Changes, max: u64, turn: Turn) {
        let common = self.processing;
        let Group { members, delivery, .. } = self;
        for m in members.values_mut().filter(|m| m.next_alone().is_some_and(|next| next <= turn)) {
            let processing = m.processing.unwrap_or(common);
            while let Some(hand) = m.in_hand.filter(|_| m.next_alone().is_some_and(|next| next <= turn)) {
                m.put_down(hand);
                delivery.get_mut(&hand.from).into_iter().for_each(|delivery| _ = delivery.process(hand.offset));
                if m.stopped.is_some() {
                    break;
                }
                let mut now = hand.until;
                if m.batch.is_empty() {
                    now = m.skip_polls(now, processing, max, turn.at, delivery);
                    m.last_poll = now;
                    changes.lanes.extend(take_polled(m, max));
                }
                m.take_up(now, processing);
            }
            if let Some(hand) = &mut m.in_hand {
                let log =
                    topics.get(hand.from.topic.0 as usize).and_then(|t| t.partitions.get(hand.from.partition as usize));
                hand.key = log.and_then(|log| log.record(hand.offset)).and_then(|record| record.key);
            }
            changes.groups.insert(group);
        }
    }

    /// Until when a member needs nobody: then its application puts a record down, and something else is to be done.
    fn stretch(&self, id: MemberId, m: &Member, hand: &InHand, processing: Span, max: u64) -> Time {
        let records = |count: u64| Span(processing.0.saturating_mul(count));
        let in_batch = m.batch.iter().map(|run| run.len()).sum::<u64>();
        let polls_at = hand.until + records(in_batch);
        let is_lone = |o: (&MemberId, &Member)| {
            *o.0 == id || o.1.next_alone().is_none() || m.cursors.keys().all(|at| !o.1.cursors.contains_key(at))
        };
        // What is done again, or passed over, is done record by record: so are alarms told in order.
        let is_plain =
            |(at, cursor): (_, &crate::Cursor)| self.delivery.get(at).is_some_and(|d| d.next == cursor.processed);
        let polled: u64 = m.cursors.values().map(|cursor| cursor.position.saturating_sub(cursor.processed)).sum();
        let is_first = m.cursors.get(&hand.from).is_some_and(|cursor| cursor.processed == hand.offset);
        if processing == Span::ZERO
            || !is_first
            || polled != in_batch + 1
            || !m.cursors.iter().all(is_plain)
            || !self.members.iter().all(is_lone)
        {
            return hand.until;
        }
        let has_news = m.closing.is_some() || m.unread_answer.is_some() || m.told.is_some() || m.must_rejoin;
        let commits = self.commit != Commit::Auto || m.next_auto_commit <= polls_at;
        if has_news || commits || m.buffer.is_empty() {
            return polls_at;
        }
        let ends = if m.fetching.is_some() {
            polls_at + records(m.buffer.iter().map(|run| run.len()).sum())
        } else if m.buffer.len() < m.cursors.len() {
            polls_at
        } else {
            // The poll that takes the last of a partition asks for more of it.
            let polls = m.buffer.front().map_or(0, |run| run.len().saturating_sub(1) / max);
            polls_at + records(polls * max)
        };
        ends.min(m.next_auto_commit)
    }
}

impl Member {
    /// When it next puts a record down without need of anybody.
    fn next_alone(&self) -> Option<Turn> {
        let hand = self.in_hand?;
        (self.ends? > hand.until).then_some(Turn { at: hand.until, sent: hand.since })
    }

    /// The application is done with what it has in its hands.
    pub(super) fn put_down(&mut self, done: InHand) {
        self.in_hand = None;
        self.processed += 1;
        if let Some(cursor) = self.cursors.get_mut(&done.from) {
            // Retention may have moved the cursor past what was in hand.
            cursor.processed = cursor.processed.max(done.offset + 1);
        }
    }

    /// Polls that bring records of one partition only, and are all done with before `until`, at once; the first is
    /// at `now`. Says when the next is.
    #[inline(never)]
    fn skip_polls(
        &mut self,
        now: Time,
        processing: Span,
        max: u64,
        until: Time,
        delivery: &mut SortedMap<TopicPartition, Delivery>,
    ) -> Time {
        let Some(run) = self.buffer.front_mut() else { return now };
        let until = until.min(self.ends.unwrap_or(now));
        let poll = Span(processing.0.saturating_mul(max));
        // One fewer than there is time for: the last of them is polled, and looked at, record by record.
        let fit = (until - now).0.checked_div(poll.0).unwrap_or(0).saturating_sub(1);
        let records = max * fit.min(run.len().saturating_sub(1) / max);
        let Some(cursor) = self.cursors.get_mut(&run.from).filter(|_| records > 0) else { return now };
        let Some(delivery) = delivery.get_mut(&run.from).filter(|delivery| delivery.next == run.next) else {
            return now;
        };
        delivery.next += records;
        run.next += records;
        (cursor.position, cursor.processed) = (run.next, run.next);
        self.processed += records;
        now + Span(processing.0 * records)
    }

    /// The application takes up the next record of its batch, whatever its key.
    pub(super) fn take_up(&mut self, since: Time, processing: Span) {
        let Some(run) = self.batch.front_mut() else { return };
        self.in_hand = Some(InHand { from: run.from, offset: run.next, key: None, since, until: since + processing });
        run.next += 1;
        if run.is_empty() {
            self.batch.pop_front();
        }
    }
}
