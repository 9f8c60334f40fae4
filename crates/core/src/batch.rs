use crate::few::Few;
use crate::ids::{BrokerId, ProducerId, TopicPartition};
use crate::log::{RECORD_OVERHEAD_BYTES, Record};
use crate::spec::Acks;
use crate::time::Time;

/// Records of one producer for one partition, which are stored together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Batch {
    /// Where it goes.
    pub to: TopicPartition,
    /// Its records.
    pub records: Few<Record>,
    /// Its number, where the producer is idempotent; it gets it when it is first sent.
    pub sequence: Option<Sequence>,
    /// When its first record came: `linger.ms` and `delivery.timeout.ms` count from here.
    pub created: Time,
    /// How often it was sent in vain.
    pub attempts: u32,
    /// It is not sent again before.
    pub(crate) not_before: Time,
    pub(crate) bytes: u64,
}

/// `producerEpoch` and `baseSequence` of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// The epoch; one session of a producer may go through several.
    pub epoch: u32,
    /// The number of its first record in this epoch and partition.
    pub first: u64,
}

impl Batch {
    pub(crate) fn new(to: TopicPartition, record: Record, now: Time) -> Self {
        let bytes = u64::from(record.bytes);
        Self { to, records: Few::one(record), sequence: None, created: now, attempts: 0, not_before: now, bytes }
    }

    /// Takes one more record in, unless it was sent already or would become longer than `most` bytes.
    pub(crate) fn take(&mut self, record: Record, most: u32) -> bool {
        // The overhead of a record in a log of its own holds a batch's header; within a batch there is one for all.
        let bytes = u64::from(record.bytes.saturating_sub(BATCH_HEADER_BYTES));
        let fits = self.attempts == 0 && self.bytes + bytes <= u64::from(most);
        if fits {
            self.bytes += bytes;
            self.records.push(record);
        }
        fits
    }

    /// Whether no record more would fit.
    pub(crate) fn is_full(&self, most: u32) -> bool {
        self.bytes + u64::from(RECORD_OVERHEAD_BYTES - BATCH_HEADER_BYTES) > u64::from(most)
    }

    /// How many records it has.
    pub fn len(&self) -> u64 {
        self.records.count()
    }

    /// It never is: [`Few`] has a first.
    pub const fn is_empty(&self) -> bool {
        false
    }
}

/// Kafka: `DefaultRecordBatch.RECORD_BATCH_OVERHEAD` (4.3).
pub(crate) const BATCH_HEADER_BYTES: u32 = 61;

/// Batches on their way from a producer to a broker, at most one a partition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProduceRequest {
    /// Who sent it.
    pub producer: ProducerId,
    /// The broker that the producer takes for the leader.
    pub broker: BrokerId,
    /// The answer that it waits for.
    pub acks: Acks,
    /// What it brings.
    pub batches: Few<Batch>,
    /// When it left.
    pub departed: Time,
    /// When it will be there.
    pub arrives: Time,
    /// Its number among the producer's requests.
    pub(crate) number: u64,
}
