use kafka_lanes_core::partitioner::{HashFunction, Sign, Unkeyed};

use crate::English;

/// Why a record goes to its partition.
pub trait PlacementWords {
    /// The name of a hash.
    fn hash_name(&self, function: HashFunction) -> &'static str;
    /// What is done about a hash's sign before the remainder, if anything.
    fn sign_dropped(&self, sign: Sign) -> Option<&'static str>;
    /// What becomes of a record whose key is not hashed.
    fn unkeyed(&self, unkeyed: Unkeyed) -> String;
    /// The same of a key that has a hash by which the client does not go: what stands behind that hash.
    fn hash_unused(&self, unkeyed: Unkeyed) -> String;
}

impl PlacementWords for English {
    fn hash_name(&self, function: HashFunction) -> &'static str {
        match function {
            HashFunction::Murmur2 => "murmur2",
            HashFunction::LegacyMurmur2 => "murmur2 in 53 bits",
            HashFunction::Fnv1a => "FNV-1a",
            HashFunction::Crc32 => "CRC-32",
        }
    }
    fn sign_dropped(&self, sign: Sign) -> Option<&'static str> {
        match sign {
            Sign::Masked => Some("& 0x7fffffff"),
            Sign::Absolute => Some("without its sign"),
            Sign::AbsoluteRemainder | Sign::Unsigned => None,
        }
    }
    fn unkeyed(&self, unkeyed: Unkeyed) -> String {
        format!("no hash, but {}", by_chance_or_turn(unkeyed))
    }
    fn hash_unused(&self, unkeyed: Unkeyed) -> String {
        format!("not used for this key, but {}", by_chance_or_turn(unkeyed))
    }
}

fn by_chance_or_turn(unkeyed: Unkeyed) -> &'static str {
    match unkeyed {
        Unkeyed::StickyForBytes => "a random partition that stays until a batch is full",
        Unkeyed::StickyForTime => "a random partition that stays for a few milliseconds",
        Unkeyed::Random => "a random partition",
        Unkeyed::RoundRobin => "the partition whose turn it is",
    }
}
