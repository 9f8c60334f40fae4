use alloc::vec;
use alloc::vec::Vec;

use crate::assignor::java::{Buckets, hash};
use crate::assignor::layout::NONE;

/// What has moved from where to where: so that of two moves to and fro the first is undone instead.
///
/// Kafka: `AbstractStickyAssignor.PartitionMovements` (4.3). It keeps the partitions that moved from one member to
/// another in a `HashSet`, and takes the first that comes out of it; so do we.
pub(super) struct Movements {
    /// For each place, who had what is there before its first move; [`NONE`] if it is where it was.
    origins: Vec<u32>,
    /// For each member, what has moved away from it.
    left: Vec<Vec<Moved>>,
}

/// The partitions of a topic that moved from one member to another.
struct Moved {
    topic: u32,
    to: u32,
    buckets: Buckets,
    /// Places, in the order in which they came in.
    places: Vec<u32>,
}

impl Movements {
    pub(super) fn new(places: usize, members: usize) -> Self {
        Self { origins: vec![NONE; places], left: (0..members).map(|_| Vec::new()).collect() }
    }

    /// Who had what is at a place before it moved first, if it has moved.
    pub(super) fn origin(&self, place: usize) -> Option<u32> {
        Some(self.origins[place]).filter(|origin| *origin != NONE)
    }

    /// Of the topic's partitions that moved from one member to another, the first that comes out of Kafka's set.
    /// `start` is the place of the topic's partition 0, and `name` is the topic's.
    pub(super) fn first(&self, topic: u32, name: &str, start: usize, from: u32, to: u32) -> Option<usize> {
        let moved = self.left[from as usize].iter().find(|moved| (moved.topic, moved.to) == (topic, to))?;
        let name = hash(name);
        // `TopicPartition.hashCode`.
        let bucket = |place: u32| {
            let number = place - start as u32;
            moved.buckets.of(number.wrapping_add(31).wrapping_mul(31).wrapping_add(name))
        };
        moved.places.iter().min_by_key(|place| bucket(**place)).map(|place| *place as usize)
    }

    /// What is at a place moves. Two moves of the same partition count as one, and none if it is back.
    pub(super) fn record(&mut self, topic: u32, place: usize, from: u32, to: u32) {
        let origin = core::mem::replace(&mut self.origins[place], NONE);
        if origin != NONE {
            self.remove(topic, place, origin, from);
        }
        let origin = if origin == NONE { from } else { origin };
        if origin != to {
            self.origins[place] = origin;
            self.add(topic, place, origin, to);
        }
    }

    fn add(&mut self, topic: u32, place: usize, from: u32, to: u32) {
        let left = &mut self.left[from as usize];
        let index = left.iter().position(|moved| (moved.topic, moved.to) == (topic, to)).unwrap_or_else(|| {
            left.push(Moved { topic, to, buckets: Buckets::NEW, places: Vec::new() });
            left.len() - 1
        });
        let moved = &mut left[index];
        moved.places.push(place as u32);
        moved.buckets = moved.buckets.grown_to(moved.places.len());
    }

    fn remove(&mut self, topic: u32, place: usize, from: u32, to: u32) {
        let left = &mut self.left[from as usize];
        let Some(index) = left.iter().position(|moved| (moved.topic, moved.to) == (topic, to)) else { return };
        left[index].places.retain(|other| *other as usize != place);
        if left[index].places.is_empty() {
            left.swap_remove(index);
        }
    }
}
