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
    /// How many partitions it had, and got.
    pub(crate) before: u32,
    pub(crate) after: u32,
    /// The last record of each key by each producer whose client goes by keys.
    pub(crate) last: SortedMap<(ProducerId, KeyId), LastOfKey>,
}

/// Where the last record of a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LastOfKey {
    pub(crate) partition: u32,
    pub(crate) offset: u64,
    /// Its number among the records of its producer.
    pub(crate) number: u64,
}
