//! Which partition a record goes to.

mod murmur2;

pub use murmur2::murmur2;

/// Where a key goes, with every number on the way.
///
/// Kafka: `BuiltInPartitioner.partitionForKey` (4.3), `Utils.toPositive(Utils.murmur2(key)) % n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Placement {
    /// The hash as Java has it: signed.
    pub hash: i32,
    /// The hash without its sign bit: `hash & 0x7fffffff`.
    pub positive: u32,
    /// How many partitions the topic had.
    pub partitions: u32,
    /// The partition: `positive mod partitions`.
    pub partition: u32,
}

impl Placement {
    /// Where the Java client sends `key` among `partitions` partitions (at least 1).
    pub fn of_key(key: &[u8], partitions: u32) -> Self {
        Self::of_hash(murmur2(key), partitions)
    }

    /// The same for a hash that is already known.
    pub fn of_hash(hash: i32, partitions: u32) -> Self {
        let positive = hash.cast_unsigned() & 0x7fff_ffff;
        let partitions = partitions.max(1);
        Self { hash, positive, partitions, partition: positive % partitions }
    }
}
