use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::log::Log;
use crate::spec::TopicSpec;
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
}

impl Topic {
    pub(crate) fn new(spec: &TopicSpec) -> Self {
        Self {
            name: spec.name.as_str().into(),
            partitions: (0..spec.partitions).map(|_| Log::new()).collect(),
            retention: spec.retention,
            retention_bytes: spec.retention_bytes.min(crate::limits::MAX_RETENTION_BYTES),
            segment_bytes: spec.segment_bytes.min(crate::limits::MAX_SEGMENT_BYTES),
        }
    }

    /// How many partitions it has.
    pub fn partition_count(&self) -> u32 {
        // `limits::MAX_PARTITIONS` keeps this far below 2^32.
        self.partitions.len() as u32
    }
}
