use alloc::vec::Vec;

use crate::message::Event;
use crate::time::Time;

/// What is to come: by time, then by the order in which it was sent.
///
/// A binary heap of small entries, and the events beside it, which stay where they are. What stands where follows from
/// what was pushed and popped, which is the same whenever a world is the same: so two worlds may be compared, and
/// hashed, as they stand here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Queue {
    heap: Vec<Entry>,
    events: Vec<Option<Event>>,
    /// Places among the events that are free.
    free: Vec<u32>,
    sequence: u64,
}

/// When, in which order, and where among the events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    at: Time,
    number: u64,
    place: u32,
}

impl Queue {
    pub(crate) fn push(&mut self, at: Time, event: Event) {
        let place = match self.free.pop() {
            Some(place) => place,
            None => {
                self.events.push(None);
                // Far fewer than 2^32 events are under way: `limits`.
                (self.events.len() - 1) as u32
            }
        };
        self.events[place as usize] = Some(event);
        let entry = Entry { at, number: self.sequence, place };
        self.sequence += 1;
        let mut here = self.heap.len();
        self.heap.push(entry);
        while here > 0 {
            let parent = (here - 1) / 2;
            let above = self.heap[parent];
            if above < entry {
                break;
            }
            self.heap[here] = above;
            here = parent;
        }
        self.heap[here] = entry;
    }

    /// The next event, if it is not after `until`.
    pub(crate) fn pop(&mut self, until: Time) -> Option<(Time, Event)> {
        let first = *self.heap.first()?;
        if first.at > until {
            return None;
        }
        // There is a first one, so there is a last one.
        let last = self.heap.pop()?;
        let heap = &mut self.heap[..];
        let mut here = 0;
        while let Some(left) = heap.get(2 * here + 1).copied() {
            let (mut child, mut least) = (2 * here + 1, left);
            if let Some(right) = heap.get(child + 1).copied()
                && right < left
            {
                (child, least) = (child + 1, right);
            }
            if last < least {
                break;
            }
            heap[here] = least;
            here = child;
        }
        if let Some(place) = heap.get_mut(here) {
            *place = last;
        }
        self.free.push(first.place);
        let event = self.events.get_mut(first.place as usize)?.take()?;
        Some((first.at, event))
    }

    pub(crate) fn next_at(&self) -> Option<Time> {
        self.heap.first().map(|entry| entry.at)
    }

    /// All that is to come, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// What comes out is in order of time, and of sending where times are equal.
        #[test]
        fn events_come_in_order(times in proptest::collection::vec(0u64..20, 0..200)) {
            let mut queue = Queue::default();
            let mut sent: Vec<(Time, u64)> = Vec::new();
            for (number, time) in times.iter().enumerate() {
                queue.push(Time(*time), Event::RetentionCheck);
                sent.push((Time(*time), number as u64));
            }
            sent.sort_unstable();
            let numbers: Vec<(Time, u64)> = core::iter::from_fn(|| {
                let number = queue.heap.first().map(|entry| entry.number)?;
                queue.pop(Time(u64::MAX)).map(|(at, _)| (at, number))
            })
            .collect();
            proptest::prop_assert_eq!(numbers, sent);
        }
    }
}
