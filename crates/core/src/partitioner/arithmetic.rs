use super::{crc32, fnv1a, legacy_murmur2, murmur2};

/// What a client computes of a key's bytes: a hash, and what becomes of its sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Arithmetic {
    /// The hash.
    pub function: HashFunction,
    /// What makes a partition number of a hash that may be negative.
    pub sign: Sign,
}

impl Arithmetic {
    /// The Java client's: `Utils.toPositive(Utils.murmur2(key))`.
    pub const JAVA: Self = Self { function: HashFunction::Murmur2, sign: Sign::Masked };
}

/// A function from bytes to 32 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HashFunction {
    /// [`murmur2`]
    Murmur2,
    /// [`legacy_murmur2`]
    LegacyMurmur2,
    /// [`fnv1a`]
    Fnv1a,
    /// [`crc32`]
    Crc32,
}

impl HashFunction {
    /// The hash of `key`: a signed 32-bit number, but for CRC-32, which is unsigned.
    pub fn hash(self, key: &[u8]) -> i64 {
        match self {
            Self::Murmur2 => murmur2(key).into(),
            Self::LegacyMurmur2 => legacy_murmur2(key).into(),
            Self::Fnv1a => fnv1a(key).into(),
            Self::Crc32 => crc32(key).into(),
        }
    }
}

/// What a client does about the sign of a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// The sign bit is cleared before the remainder: `(hash & 0x7fffffff) % n`.
    Masked,
    /// The sign is dropped before the remainder: `|hash| % n`.
    Absolute,
    /// The sign is dropped after the remainder: `|hash % n|`, the remainder having the hash's sign.
    AbsoluteRemainder,
    /// There is none.
    Unsigned,
}

impl Sign {
    /// What the remainder is taken of.
    pub fn dividend(self, hash: i64) -> i64 {
        match self {
            Self::Masked => hash & 0x7fff_ffff,
            Self::Absolute => hash.abs(),
            Self::AbsoluteRemainder | Self::Unsigned => hash,
        }
    }
}
