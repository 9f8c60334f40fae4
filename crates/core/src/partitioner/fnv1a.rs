/// 32-bit FNV-1a of `data`, signed as the clients that use it have it.
///
/// Sarama: `hash/fnv.New32a` in `hashPartitioner.Partition` (1.61.1). librdkafka: `rd_fnv1a` (2.16.0), before it
/// takes the absolute value.
pub fn fnv1a(data: &[u8]) -> i32 {
    let hash = data.iter().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
    hash.cast_signed()
}

#[cfg(test)]
mod tests {
    use super::fnv1a;

    /// The offset basis, and published vectors of the function.
    #[test]
    fn agrees_with_its_authors() {
        for (key, hash) in [("", 0x811c_9dc5_u32), ("a", 0xe40c_292c), ("b", 0xe70c_2de5), ("foobar", 0xbf9c_f968)] {
            assert_eq!(fnv1a(key.as_bytes()), hash.cast_signed(), "{key:?}");
        }
    }
}
