use super::{Arithmetic, HashFunction, Placement, Sign};

/// A client, and the partitioner that it is told to use: how it makes a partition of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Client {
    /// Apache Kafka's own producer: `BuiltInPartitioner` (4.3).
    #[default]
    Java,
    /// The same with `RoundRobinPartitioner` as its `partitioner.class`: keys count for nothing.
    JavaRoundRobin,
    /// librdkafka and what is built on it: `consistent_random`, its default.
    Librdkafka,
    /// librdkafka's `consistent`.
    LibrdkafkaConsistent,
    /// librdkafka's `murmur2`.
    LibrdkafkaMurmur2,
    /// librdkafka's `murmur2_random`.
    LibrdkafkaMurmur2Random,
    /// librdkafka's `fnv1a`.
    LibrdkafkaFnv1a,
    /// librdkafka's `fnv1a_random`.
    LibrdkafkaFnv1aRandom,
    /// Sarama's default, `NewHashPartitioner`.
    Sarama,
    /// Sarama's `NewReferenceHashPartitioner` (`WithAbsFirst`).
    SaramaReference,
    /// Sarama's `NewConsistentCRCHashPartitioner`.
    SaramaCrc,
    /// Sarama's `NewMurmur2Partitioner`.
    SaramaMurmur2,
    /// kafkajs' `DefaultPartitioner` (since 2.0).
    KafkaJs,
    /// kafkajs' `LegacyPartitioner`, its default before 2.0.
    KafkaJsLegacy,
    /// kafka-python's `DefaultPartitioner`.
    KafkaPython,
}

/// What a client does with a record whose key it does not hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unkeyed {
    /// Sticks to a partition for a batch's worth of bytes: [`BuiltInPartitioner`](super::BuiltInPartitioner).
    StickyForBytes,
    /// Sticks to a partition for a time: [`StickyForTime`](super::StickyForTime).
    StickyForTime,
    /// A random partition for each record: [`Partitions::pick`](super::Partitions::pick).
    Random,
    /// Takes turns, beginning at random: [`RoundRobinPartitioner`](super::RoundRobinPartitioner::starting_at).
    RoundRobin,
}

/// Which keys a client hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hashed {
    /// Every key; a missing one counts as an empty one.
    All,
    /// Every key that is there, if it is empty too.
    Present,
    /// Every key with at least one byte.
    NonEmpty,
    /// None.
    None,
}

impl Client {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Java,
        Self::JavaRoundRobin,
        Self::Librdkafka,
        Self::LibrdkafkaConsistent,
        Self::LibrdkafkaMurmur2,
        Self::LibrdkafkaMurmur2Random,
        Self::LibrdkafkaFnv1a,
        Self::LibrdkafkaFnv1aRandom,
        Self::Sarama,
        Self::SaramaReference,
        Self::SaramaCrc,
        Self::SaramaMurmur2,
        Self::KafkaJs,
        Self::KafkaJsLegacy,
        Self::KafkaPython,
    ];

    /// Its name in scenarios and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Java => "java",
            Self::JavaRoundRobin => "java-round-robin",
            Self::Librdkafka => "librdkafka",
            Self::LibrdkafkaConsistent => "librdkafka-consistent",
            Self::LibrdkafkaMurmur2 => "librdkafka-murmur2",
            Self::LibrdkafkaMurmur2Random => "librdkafka-murmur2-random",
            Self::LibrdkafkaFnv1a => "librdkafka-fnv1a",
            Self::LibrdkafkaFnv1aRandom => "librdkafka-fnv1a-random",
            Self::Sarama => "sarama",
            Self::SaramaReference => "sarama-reference",
            Self::SaramaCrc => "sarama-crc",
            Self::SaramaMurmur2 => "sarama-murmur2",
            Self::KafkaJs => "kafkajs",
            Self::KafkaJsLegacy => "kafkajs-legacy",
            Self::KafkaPython => "kafka-python",
        }
    }

    /// The client of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|client| client.name() == name)
    }

    /// What it computes of a key that it hashes.
    pub fn arithmetic(self) -> Arithmetic {
        let (function, sign) = match self {
            Self::Java
            | Self::JavaRoundRobin
            | Self::LibrdkafkaMurmur2
            | Self::LibrdkafkaMurmur2Random
            | Self::SaramaMurmur2
            | Self::KafkaJs
            | Self::KafkaPython => return Arithmetic::JAVA,
            Self::KafkaJsLegacy => (HashFunction::LegacyMurmur2, Sign::Masked),
            Self::Librdkafka | Self::LibrdkafkaConsistent | Self::SaramaCrc => (HashFunction::Crc32, Sign::Unsigned),
            Self::LibrdkafkaFnv1a | Self::LibrdkafkaFnv1aRandom => (HashFunction::Fnv1a, Sign::Absolute),
            Self::Sarama => (HashFunction::Fnv1a, Sign::AbsoluteRemainder),
            Self::SaramaReference => (HashFunction::Fnv1a, Sign::Masked),
        };
        Arithmetic { function, sign }
    }

    /// Where it sends a record with this key; none where the partition does not follow from the key, but from
    /// [`Client::unkeyed`]. A missing key and an empty one are two things.
    pub fn place(self, key: Option<&[u8]>, partitions: u32) -> Option<Placement> {
        let key = self.hashed(key)?;
        let arithmetic = self.arithmetic();
        Some(Placement::new(arithmetic, arithmetic.function.hash(key), partitions))
    }

    /// The bytes that it hashes for this key, if it does.
    pub fn hashed(self, key: Option<&[u8]>) -> Option<&[u8]> {
        match self.hashes() {
            Hashed::All => Some(key.unwrap_or_default()),
            Hashed::Present => key,
            Hashed::NonEmpty => key.filter(|key| !key.is_empty()),
            Hashed::None => None,
        }
    }

    fn hashes(self) -> Hashed {
        match self {
            Self::LibrdkafkaConsistent | Self::LibrdkafkaMurmur2 | Self::LibrdkafkaFnv1a => Hashed::All,
            Self::Librdkafka => Hashed::NonEmpty,
            Self::JavaRoundRobin => Hashed::None,
            _ => Hashed::Present,
        }
    }

    /// What it does with a record whose key it does not hash.
    pub fn unkeyed(self) -> Unkeyed {
        match self {
            Self::Java => Unkeyed::StickyForBytes,
            Self::Librdkafka
            | Self::LibrdkafkaConsistent
            | Self::LibrdkafkaMurmur2
            | Self::LibrdkafkaMurmur2Random
            | Self::LibrdkafkaFnv1a
            | Self::LibrdkafkaFnv1aRandom => Unkeyed::StickyForTime,
            Self::Sarama | Self::SaramaReference | Self::SaramaCrc | Self::SaramaMurmur2 | Self::KafkaPython => {
                Unkeyed::Random
            }
            Self::JavaRoundRobin | Self::KafkaJs | Self::KafkaJsLegacy => Unkeyed::RoundRobin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_client_has_a_name_of_its_own() {
        for client in Client::ALL {
            assert_eq!(Client::named(client.name()), Some(client));
        }
        assert_eq!(Client::named("Java"), None);
    }

    #[test]
    fn a_missing_key_is_not_an_empty_key() {
        let partition = |client: Client, key: Option<&[u8]>| client.place(key, 7).map(|placed| placed.partition);
        for (client, missing, empty) in [
            (Client::Java, None, Some(2)),
            (Client::Librdkafka, None, None),
            (Client::LibrdkafkaConsistent, Some(0), Some(0)),
            (Client::LibrdkafkaMurmur2, Some(2), Some(2)),
            (Client::LibrdkafkaMurmur2Random, None, Some(2)),
            (Client::SaramaCrc, None, Some(0)),
            (Client::KafkaJs, None, Some(2)),
        ] {
            assert_eq!(partition(client, None), missing, "{client:?} without a key");
            assert_eq!(partition(client, Some(b"")), empty, "{client:?} with the empty key");
        }
    }
}
