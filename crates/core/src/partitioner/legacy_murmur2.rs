const SEED: u32 = 0x9747_b28c;
const M: i64 = 0x5bd1_e995;
const R: u32 = 24;

/// What kafkajs computed before 2.0, meant as murmur2: in JavaScript's numbers, which keep 53 bits of a product, and
/// with the bytes after the last whole word counted twice.
///
/// kafkajs: `LegacyPartitioner`, `src/producer/partitioners/legacy/murmur2.js` (2.2.4).
pub fn legacy_murmur2(data: &[u8]) -> i32 {
    // A product that has not been made 32 bits of yet: only bit operations do that.
    let mut hash = i64::from((SEED ^ data.len() as u32).cast_signed());
    // Chunks, the last one too: its missing bytes count as zero.
    for chunk in data.chunks(4) {
        let word = chunk.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
        let k = low(times_m(word.cast_signed()));
        let k = times_m((k ^ k >> R).cast_signed());
        hash = signed(low(product(hash)) ^ low(k));
    }
    let tail = data.as_chunks::<4>().1;
    for (index, byte) in tail.iter().enumerate().rev() {
        hash = signed(low(hash) ^ u32::from(*byte) << (8 * index));
    }
    if !tail.is_empty() {
        hash = product(hash);
    }
    hash = signed(low(hash) ^ low(hash) >> 13);
    let last = low(product(hash));
    (last ^ last >> 15).cast_signed()
}

fn times_m(factor: i32) -> i64 {
    product(factor.into())
}

/// `factor * M` as a double has it; `factor` has 32 bits.
fn product(factor: i64) -> i64 {
    to_53_bits(factor * M)
}

/// The 32 bits that JavaScript's bit operations see of a number.
fn low(number: i64) -> u32 {
    number as u32
}

fn signed(bits: u32) -> i64 {
    bits.cast_signed().into()
}

/// The nearest number with 53 significant bits, of two equally near ones the even.
fn to_53_bits(number: i64) -> i64 {
    let size = number.unsigned_abs();
    let excess = (u64::BITS - size.leading_zeros()).saturating_sub(53);
    if excess == 0 {
        return number;
    }
    let half = 1 << (excess - 1);
    let even = size >> excess & 1;
    let rounded = (size + half - 1 + even) >> excess << excess;
    // A product of 32 and 31 bits: below 2^62.
    rounded.cast_signed() * number.signum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_as_doubles_do() {
        let limit = 1_i64 << 53;
        for (number, rounded) in [
            (limit - 1, limit - 1),
            (limit + 1, limit),
            (limit + 3, limit + 4),
            (-limit - 3, -limit - 4),
            (2 * limit + 5, 2 * limit + 4),
            (2 * limit + 6, 2 * limit + 8),
            (2 * limit + 7, 2 * limit + 8),
            (0, 0),
        ] {
            assert_eq!(to_53_bits(number), rounded, "{number}");
        }
    }
}
