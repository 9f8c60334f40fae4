use alloc::collections::VecDeque;
use alloc::vec::Vec;

use crate::message::Event;
use crate::time::Time;

/// What is to come: by time, then by the time at which it was sent, then by the order of sending.
///
/// Records on their way to brokers, and the answers to them, take the same time each, so they come in the order in
/// which they were sent: they stand in rows. So does what producers are about to send: of each there is one such event, and
/// among few the next comes last more often than not. All else, and what would be out of order in its row, is in a binary
/// heap of small entries, and the events beside it, which stay where they are. What stands where follows from what was pushed and popped, which is the same whenever a
/// world is the same: so two worlds may be compared, and hashed, as they stand here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Queue {
    rows: [VecDeque<(Entry, Event)>; ROWS],
    heap: Vec<Entry>,
    events: Vec<Option<Event>>,
    /// Places among the events that are free.
    free: Vec<u32>,
    sequence: u64,
    /// The present moment.
    now: Time,
}

/// One for records on their way, one for the answers, one for what producers are about to send.
const ROWS: usize = 3;

/// A moment, and when what comes then was sent: what was sent earlier comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Turn {
    pub(crate) at: Time,
    pub(crate) sent: Time,
}

/// When, in which order, and where among the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    turn: Turn,
    number: u64,
    place: u32,
}

impl Entry {
    /// What `<` says, in one comparison more often than not: most of the time of a queue goes here.
    #[inline]
    fn is_before(&self, other: &Self) -> bool {
        if self.turn.at != other.turn.at {
            return self.turn.at.0 < other.turn.at.0;
        }
        (self.turn.sent.0, self.number) < (other.turn.sent.0, other.number)
    }
}

impl Queue {
    /// It is sent now.
    pub(crate) fn push(&mut self, at: Time, event: Event) {
        self.push_at(Turn { at, sent: self.now }, event);
    }

    /// What is pushed from now on is sent at `now`.
    pub(crate) fn pass(&mut self, now: Time) {
        self.now = now;
    }

    /// It counts as sent when `turn` says.
    pub(crate) fn push_at(&mut self, turn: Turn, event: Event) {
        let mut entry = Entry { turn, number: self.sequence, place: 0 };
        self.sequence += 1;
        let row = match event {
            Event::Produced(_) => Some(0),
            Event::Answered(..) => Some(1),
            Event::SendDue(..) => Some(2),
            _ => None,
        };
        if let Some(row) = row.and_then(|row| self.rows.get_mut(row))
            && row.back().is_none_or(|(last, _)| last.is_before(&entry))
        {
            row.push_back((entry, event));
            return;
        }
        entry.place = match self.free.pop() {
            Some(place) => place,
            None => {
                self.events.push(None);
                // Far fewer than 2^32 events are under way: `limits`.
                (self.events.len() - 1) as u32
            }
        };
        self.events[entry.place as usize] = Some(event);
        let mut here = self.heap.len();
        self.heap.push(entry);
        while here > 0 {
            let parent = (here - 1) / 2;
            let above = self.heap[parent];
            if above.is_before(&entry) {
                break;
            }
            self.heap[here] = above;
            here = parent;
        }
        self.heap[here] = entry;
    }

    /// The next event, if it is not after `until`.
    pub(crate) fn pop(&mut self, until: Time) -> Option<(Turn, Event)> {
        let mut first = self.heap.first().copied();
        let mut from = None;
        for (index, row) in self.rows.iter().enumerate() {
            if let Some((entry, _)) = row.front()
                && first.is_none_or(|first| entry.is_before(&first))
            {
                (first, from) = (Some(*entry), Some(index));
            }
        }
        let first = first.filter(|first| first.turn.at <= until)?;
        self.now = first.turn.at;
        let event = match from {
            Some(row) => self.rows.get_mut(row)?.pop_front()?.1,
            None => self.pop_heap(first)?,
        };
        Some((first.turn, event))
    }

    fn pop_heap(&mut self, first: Entry) -> Option<Event> {
        // There is a first one, so there is a last one.
        let last = self.heap.pop()?;
        let heap = &mut self.heap[..];
        let mut here = 0;
        while let Some(left) = heap.get(2 * here + 1).copied() {
            let (mut child, mut least) = (2 * here + 1, left);
            if let Some(right) = heap.get(child + 1).copied()
                && right.is_before(&left)
            {
                (child, least) = (child + 1, right);
            }
            if last.is_before(&least) {
                break;
            }
            heap[here] = least;
            here = child;
        }
        if let Some(place) = heap.get_mut(here) {
            *place = last;
        }
        self.free.push(first.place);
        self.events.get_mut(first.place as usize)?.take()
    }

    /// The turn of the next event.
    pub(crate) fn next(&self) -> Option<Turn> {
        let rows = self.rows.iter().filter_map(|row| row.front().map(|(entry, _)| *entry));
        rows.chain(self.heap.first().copied()).min().map(|entry| entry.turn)
    }

    /// All that is to come, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Event> {
        self.rows.iter().flatten().map(|(_, event)| event).chain(self.events.iter().flatten())
    }
}

#[cfg(test)]
mod tests {
    use alloc::rc::Rc;

    use super::*;
    use crate::batch::{Batch, ProduceRequest};
    use crate::few::Few;
    use crate::ids::{BrokerId, ProducerId, TopicId, TopicPartition};
    use crate::log::Record;
    use crate::spec::Acks;

    proptest::proptest! {
        /// What comes out is in order of time, and of sending where times are equal, whether it stands in a row or not.
        #[test]
        fn events_come_in_order(times in proptest::collection::vec((0u64..20, 0u32..3), 0..200)) {
            let mut queue = Queue::default();
            let mut sent: Vec<(Time, u32)> = Vec::new();
            for (number, (time, kind)) in (0..).zip(times) {
                queue.push(Time(time), event(kind, number));
                sent.push((Time(time), number));
            }
            sent.sort_unstable();
            let came: Vec<(Time, u32)> =
                core::iter::from_fn(|| queue.pop(Time(u64::MAX)).map(|(turn, event)| (turn.at, number(&event)))).collect();
            proptest::prop_assert_eq!(came, sent);
        }
    }

    fn event(kind: u32, number: u32) -> Event {
        if kind == 0 {
            return Event::SendDue(ProducerId(0), number);
        }
        let at = TopicPartition { topic: TopicId(0), partition: 0 };
        let record = Record { key: None, producer: ProducerId(0), number: 0, timestamp: Time(0), bytes: 1 };
        let request = Rc::new(ProduceRequest {
            producer: ProducerId(0),
            broker: BrokerId(1),
            acks: Acks::All,
            batches: Few::one(Batch::new(at, record, Time(0))),
            departed: Time(0),
            arrives: Time(0),
            number: u64::from(number),
        });
        if kind == 1 { Event::Produced(request) } else { Event::Answered(request, Vec::new()) }
    }

    fn number(event: &Event) -> u32 {
        match event {
            Event::SendDue(_, number) => *number,
            Event::Produced(request) | Event::Answered(request, _) => request.number as u32,
            _ => u32::MAX,
        }
    }
}
