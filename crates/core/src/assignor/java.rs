//! How Java orders strings, and in which order it walks through its hash maps: Kafka's choices depend on both.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Java's `String.compareTo`: by UTF-16 units. It is the order of the bytes, but for characters beyond the first
/// 65,536, which come before U+E000 to U+FFFF.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    if at == a.len() || at == b.len() {
        return a.len().cmp(&b.len());
    }
    match (a[at], b[at]) {
        (0xee | 0xef, 0xf0..) => Ordering::Greater,
        (0xf0.., 0xee | 0xef) => Ordering::Less,
        (x, y) => x.cmp(&y),
    }
}

/// Java's `String.hashCode`.
pub(super) fn hash(text: &str) -> u32 {
    text.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)))
}

/// The buckets of a `java.util.HashMap` that was never told its size.
#[derive(Debug, Clone, Copy)]
pub(super) struct Buckets(u32);

impl Buckets {
    /// Those of a new map.
    pub(super) const NEW: Self = Self(16);

    /// After the map has come to hold `len` entries. It never shrinks.
    pub(super) fn grown_to(self, len: usize) -> Self {
        let mut buckets = self.0;
        while len > (buckets / 4 * 3) as usize {
            buckets *= 2;
        }
        Self(buckets)
    }

    /// The bucket of what has this hash.
    pub(super) fn of(self, hash: u32) -> u32 {
        (hash ^ (hash >> 16)) & (self.0 - 1)
    }
}

/// The indices of `keys`, all different, as a `java.util.HashMap` into which they were put one by one hands them
/// out: by bucket, in a bucket as they came. (A bucket of more than eight is a tree in Java, with an order of its
/// own; ids that real clients have never fill one so.)
pub(super) fn hash_order<'a>(keys: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let hashes: Vec<u32> = keys.map(hash).collect();
    let buckets = Buckets::NEW.grown_to(hashes.len());
    let mut ends = alloc::vec![0_u32; buckets.0 as usize + 1];
    for hash in &hashes {
        ends[buckets.of(*hash) as usize + 1] += 1;
    }
    for bucket in 1..ends.len() {
        ends[bucket] += ends[bucket - 1];
    }
    let mut order = alloc::vec![0; hashes.len()];
    for (index, hash) in hashes.iter().enumerate() {
        let end = &mut ends[buckets.of(*hash) as usize];
        order[*end as usize] = index as u32;
        *end += 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_ordered_by_their_units() {
        let mut names = ["b", "", "a", "\u{1f600}", "\u{e000}", "a\u{ff5e}", "é", "a\u{10000}", "ab"];
        names.sort_by(|a, b| compare(a, b));
        let mut units = names;
        units.sort_by(|a, b| a.encode_utf16().cmp(b.encode_utf16()));
        assert_eq!(names, units);
        assert!(compare("\u{1f600}", "\u{e000}").is_lt() && "\u{1f600}" > "\u{e000}");
    }

    #[test]
    fn hashes_are_those_that_java_documents() {
        assert_eq!((hash(""), hash("a"), hash("Aa"), hash("BB")), (0, 97, 2112, 2112));
    }

    #[test]
    fn a_map_doubles_when_it_is_three_quarters_full() {
        let buckets = |len| Buckets::NEW.grown_to(len).0;
        assert_eq!((buckets(0), buckets(12), buckets(13), buckets(24), buckets(25)), (16, 16, 32, 32, 64));
        assert_eq!(hash_order(["BB", "b", "Aa", "a"].into_iter()), [0, 2, 3, 1]);
    }
}
