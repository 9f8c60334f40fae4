use super::{Arithmetic, murmur2};

/// Where a key goes, with every number on the way.
///
/// Kafka: `BuiltInPartitioner.partitionForKey` (4.3), `Utils.toPositive(Utils.murmur2(key)) % n`; and what other
/// clients have in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Placement {
    /// What is computed.
    pub arithmetic: Arithmetic,
    /// The hash as the client has it: signed, but for CRC-32.
    pub hash: i64,
    /// What the remainder is taken of; for the Java client the hash without its sign bit.
    pub dividend: i64,
    /// How many partitions the topic had.
    pub partitions: u32,
    /// The partition.
    pub partition: u32,
}

impl Placement {
    /// Where the Java client sends `key` among `partitions` partitions (at least 1).
    pub fn of_key(key: &[u8], partitions: u32) -> Self {
        Self::of_hash(murmur2(key), partitions)
    }

    /// The same for a hash that is already known.
    pub fn of_hash(hash: i32, partitions: u32) -> Self {
        Self::new(Arithmetic::JAVA, hash.into(), partitions)
    }

    /// Where a hash goes by any client's arithmetic, whose function it is of.
    pub fn new(arithmetic: Arithmetic, hash: i64, partitions: u32) -> Self {
        let partitions = partitions.max(1);
        let dividend = arithmetic.sign.dividend(hash);
        // Below `partitions`, whatever the sign.
        let partition = (dividend % i64::from(partitions)).unsigned_abs() as u32;
        Self { arithmetic, hash, dividend, partitions, partition }
    }

    /// `dividend % partitions`, with the sign of the dividend; the partition is this without its sign.
    pub fn remainder(&self) -> i64 {
        self.dividend % i64::from(self.partitions)
    }
}
