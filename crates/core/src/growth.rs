use crate::ids::ProducerId;
use crate::key::KeyId;
use crate::sorted::SortedMap;
use crate::time::Time;

/// Growths of a topic that are kept; older ones are forgotten.
pub(crate) const KEPT: usize = 4;

/// A topic got more partitions. Checkpoints share it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Growth {
    pub(crate) at: Time,
    /// How many it got.
    pub(crate) after: u32,
    /// The producers that go by them by now.
    pub(crate) heard: SortedMap<ProducerId, Heard>,
}

/// A producer heard of partitions that were added: from then on its records go by their count.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Heard {
    pub(crate) at: Time,
    /// How many partitions it knew of until then.
    pub(crate) before: u32,
    /// How many records it had sent until then.
    pub(crate) sent: u64,
    /// The last of those of each key, where its client goes by the key, and as far as they are stored.
    pub(crate) last: SortedMap<KeyId, LastOfKey>,
}

/// Where the last record of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LastOfKey {
    pub(crate) partition: u32,
    pub(crate) offset: u64,
    /// Its number among the records of its producer.
    pub(crate) number: u64,
}

impl Heard {
    /// A record of a key is stored that was sent before.
    pub(crate) fn note(&mut self, key: KeyId, place: LastOfKey) {
        let known = self.last.get_or_insert_with(key, || place);
        if known.number < place.number {
            *known = place;
        }
    }
}
