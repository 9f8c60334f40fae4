//! Promises that were broken, as the world sees it from above: no client of a real cluster could know all of this.

use crate::ids::{BrokerId, TopicPartition};
use crate::key::KeyId;
use crate::time::Time;

/// A promise that was broken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Alarm {
    /// When.
    pub at: Time,
    /// In which partition.
    pub partition: TopicPartition,
    /// At which offset: of a lost record, the one that it had.
    pub offset: u64,
    /// The record's key, if it has one.
    pub key: Option<KeyId>,
    /// Which promise, and why.
    pub broken: Broken,
}

/// Which promise was broken, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Broken {
    /// A record stands behind one of the same key that was sent after it: a producer without idempotence tried
    /// again, with more than one request under way.
    OrderByRetry {
        /// The offset of a record that was sent later.
        later: u64,
    },
    /// A record is stored twice: a producer without idempotence, or in a new epoch, tried again what was stored.
    StoredTwice {
        /// The offset at which it was first.
        first: u64,
    },
    /// A record was confirmed by its leader alone (`acks=1`), and that died before a follower had it.
    LostWithLeader {
        /// Who leads without it.
        leader: BrokerId,
    },
    /// A record was below the high watermark, and an unclean election passed over it.
    LostByUncleanElection {
        /// Who leads without it.
        leader: BrokerId,
    },
}
