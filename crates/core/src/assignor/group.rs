//! A group as an assignor sees it: borrowed plain data, where topics and members are numbers.

use alloc::vec::Vec;

/// What an assignor decides about.
#[derive(Debug, Clone, Copy)]
pub struct Group<'a> {
    /// All topics that a member names or holds something of.
    pub topics: &'a [Topic<'a>],
    /// The members, in the order in which they joined.
    pub members: &'a [Member<'a>],
}

/// A topic.
#[derive(Debug, Clone, Copy, Default)]
pub struct Topic<'a> {
    /// Its name: ties are broken by it.
    pub name: &'a str,
    /// How many partitions it has; 0 if there is no such topic.
    pub partitions: u32,
    /// The racks of each partition's replicas; empty if they are not known.
    pub racks: &'a [Vec<&'a str>],
}

/// A member of the group.
#[derive(Debug, Clone, Copy, Default)]
pub struct Member<'a> {
    /// The id that the coordinator gave it.
    pub id: &'a str,
    /// `group.instance.id`, for a static member.
    pub instance_id: Option<&'a str>,
    /// `client.rack`.
    pub rack: Option<&'a str>,
    /// The topics that it subscribes to, as indices into [`Group::topics`].
    pub topics: &'a [u32],
    /// What it holds (the clients' assignors) or is to hold (the broker's).
    pub owned: &'a [Partition],
    /// The generation in which it came to hold that; `None` where it was in none.
    pub generation: Option<u32>,
}

/// A partition of one of the group's topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Partition {
    /// The topic, as an index into [`Group::topics`].
    pub topic: u32,
    /// The partition's number, from 0.
    pub number: u32,
}

/// What an assignor decided.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What each member gets.
    pub assigned: Shares,
    /// Of the cooperative assignor: what goes to a member in the next round, once its present owner has given it
    /// up. In `assigned` it is nobody's.
    pub withheld: Vec<Withheld>,
}

/// What each member of a group gets, in the members' order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Shares {
    /// Where each member's share ends, after a 0.
    pub(super) ends: Vec<u32>,
    pub(super) partitions: Vec<Partition>,
}

impl Shares {
    /// What one member gets, by its place in [`Group::members`]: by topic's name, then by number.
    pub fn of(&self, member: usize) -> &[Partition] {
        &self.partitions[self.ends[member] as usize..self.ends[member + 1] as usize]
    }

    /// The members' shares, in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[Partition]> {
        (0..self.ends.len().saturating_sub(1)).map(|member| self.of(member))
    }
}

/// A partition that its new owner does not get yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withheld {
    /// The partition.
    pub partition: Partition,
    /// The member that it is meant for, as an index into [`Group::members`].
    pub to: u32,
}
