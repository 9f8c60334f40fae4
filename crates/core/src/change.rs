use core::hash::{Hash, Hasher};

use crate::ids::{GroupId, ProducerId, TopicPartition};
use crate::sorted::SortedSet;

/// What a stretch of simulated time changed, so that a renderer redraws only that.
///
/// It is a report, not state: it has no part in a digest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// Things came, went, or changed owners: the layout may differ.
    pub structure: bool,
    /// Lanes that got a record, lost one to retention, or on which a cursor moved.
    pub lanes: SortedSet<TopicPartition>,
    /// Groups of which a member took up or put down a record.
    pub groups: SortedSet<GroupId>,
    /// Producers that sent a record.
    pub producers: SortedSet<ProducerId>,
    /// A service took up, put down, sent or got something.
    pub services: bool,
}

impl Changes {
    /// Whether nothing changed that can be seen.
    pub fn is_empty(&self) -> bool {
        !self.structure
            && self.lanes.is_empty()
            && self.groups.is_empty()
            && self.producers.is_empty()
            && !self.services
    }

    /// Adds what `other` reports.
    pub fn merge(&mut self, other: Self) {
        self.structure |= other.structure;
        self.services |= other.services;
        self.lanes.extend(other.lanes);
        self.groups.extend(other.groups);
        self.producers.extend(other.producers);
    }

    /// Everything changed: after a seek.
    pub fn everything() -> Self {
        Self { structure: true, ..Self::default() }
    }
}

impl Hash for Changes {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}
