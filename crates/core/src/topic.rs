use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::growth::Growth;
use crate::log::Log;
use crate::replica::Replication;
use crate::spec::{ReplicationSpec, TopicSpec};
use crate::time::Span;

/// A topic and its partitions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Topic {
    /// Its name.
    pub name: Rc<str>,
    /// Its partitions, by number.
    pub partitions: Vec<Log>,
    /// `retention.ms`.
    pub retention: Span,
    /// `retention.bytes`.
    pub retention_bytes: u64,
    /// `segment.bytes`.
    pub segment_bytes: u64,
    /// Its copies.
    pub replication: ReplicationSpec,
    /// When it was given more partitions, and where its keys were then; the last few times.
    pub(crate) growths: Vec<Rc<Growth>>,
}

impl Topic {
    pub(crate) fn new(spec: &TopicSpec, copies: Vec<Replication>) -> Self {
        Self {
            name: spec.name.as_str().into(),
            partitions: copies.into_iter().map(Log::new).collect(),
            retention: spec.retention,
            retention_bytes: spec.retention_bytes.min(crate::limits::MAX_RETENTION_BYTES),
            segment_bytes: spec.segment_bytes.min(crate::limits::MAX_SEGMENT_BYTES),
            replication: spec.replication,
            growths: Vec::new(),
        }
    }

    /// How many partitions it has.
    pub fn partition_count(&self) -> u32 {
        // `limits::MAX_PARTITIONS` keeps this far below 2^32.
        self.partitions.len() as u32
    }
}
