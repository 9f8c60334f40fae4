use crate::partitioner::{
    BuiltInPartitioner, Client, PartitionLoad, Partitions, RoundRobinPartitioner, StickyForTime, Unkeyed,
};
use crate::rng::Rng;
use crate::time::{Span, Time};

/// What a producer's client remembers, for a topic, of where records without a key went.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum UnkeyedPartitioner {
    /// A partition for a batch's worth of bytes.
    ForBytes(BuiltInPartitioner),
    /// A partition for a time.
    ForTime(StickyForTime),
    /// One after the other.
    InTurn(RoundRobinPartitioner),
    /// Any.
    Random,
}

/// librdkafka's default: `sticky.partitioning.linger.ms` is twice `linger.ms`.
const LINGERS: u64 = 2;

impl UnkeyedPartitioner {
    /// As `client` starts, with the producer's `batch.size`.
    pub(crate) fn new(client: Client, batch_bytes: u32, rng: &mut Rng) -> Self {
        match client.unkeyed() {
            Unkeyed::StickyForBytes => Self::ForBytes(BuiltInPartitioner::new(batch_bytes)),
            Unkeyed::StickyForTime => Self::ForTime(StickyForTime::default()),
            Unkeyed::RoundRobin if client == Client::JavaRoundRobin => Self::InTurn(RoundRobinPartitioner::default()),
            Unkeyed::RoundRobin => Self::InTurn(RoundRobinPartitioner::starting_at(bits(rng))),
            Unkeyed::Random => Self::Random,
        }
    }

    /// Where the next record goes. `last_is_full` says of a partition whether no batch of it takes another record.
    pub(crate) fn choose(
        &mut self,
        last_is_full: impl FnOnce(u32) -> bool,
        partitions: Partitions,
        (now, linger): (Time, Span),
        rng: &mut Rng,
    ) -> u32 {
        match self {
            Self::ForBytes(sticky) => sticky.choose(last_is_full, partitions, || bits(rng)),
            Self::ForTime(sticky) => sticky.next(now, Span(linger.0 * LINGERS), partitions, || bits(rng)),
            Self::InTurn(turns) => turns.next(partitions),
            Self::Random => partitions.pick(bits(rng)),
        }
    }

    /// A record of so many bytes was appended there.
    pub(crate) fn appended(&mut self, bytes: u32, last_is_full: bool, partitions: Partitions, rng: &mut Rng) {
        if let Self::ForBytes(sticky) = self {
            sticky.appended(bytes, last_is_full, partitions, || bits(rng));
        }
    }

    /// The batches that wait have changed: emptier queues are likelier from now on.
    pub(crate) fn set_load(&mut self, load: impl FnOnce() -> Option<PartitionLoad>) {
        if let Self::ForBytes(sticky) = self {
            sticky.set_load(load());
        }
    }
}

/// 32 random bits.
fn bits(rng: &mut Rng) -> u32 {
    (rng.next() >> 32) as u32
}
