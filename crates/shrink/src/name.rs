/// A name as it stays from build to build, in eight hex digits: FNV-1a of the name without what the compiler adds to
/// tell crates of one name apart.
pub(crate) fn hash(name: &str) -> String {
    let mut hash: u32 = 0x811c_9dc5;
    let mut in_brackets = false;
    let mut after_word = false;
    for byte in name.bytes() {
        // `core[1a2b3c]::fmt` and `core::fmt` are the same; a slice type, `[u8]`, follows no word.
        in_brackets |= byte == b'[' && after_word;
        if !in_brackets {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        in_brackets &= byte != b']';
        after_word = byte.is_ascii_alphanumeric() || byte == b'_';
    }
    format!("{hash:08x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_crates_apart_does_not_count() {
        assert_eq!(hash("core[5c930c85a12de822]::str::trim"), hash("core[0a]::str::trim"));
        assert_eq!(hash("core[5c930c85a12de822]::str::trim"), hash("core::str::trim"));
        assert_ne!(hash("<[u8]>::len"), hash("<[u16]>::len"));
    }
}
