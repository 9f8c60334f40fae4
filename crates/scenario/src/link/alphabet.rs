//! Bytes as characters that stand in any URL as they are: base64url (RFC 4648, section 5), without padding.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(super) fn write(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 4 / 3 + 2);
    for three in bytes.chunks(3) {
        let bits = three.iter().zip([16, 8, 0]).fold(0, |bits, (byte, shift)| bits | u32::from(*byte) << shift);
        for place in 0..=three.len() {
            text.push(ALPHABET[(bits >> (18 - 6 * place) & 63) as usize].into());
        }
    }
    text
}

/// The bytes, up to the first character that is none of the alphabet, and that one. Bits that make no whole byte are not
/// looked at.
pub(super) fn read(text: &str) -> (Vec<u8>, Option<char>) {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0u32, 0);
    for c in text.chars() {
        let Some(value) = value(c) else { return (bytes, Some(c)) };
        (bits, count) = (bits << 6 | value, count + 6);
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    (bytes, None)
}

fn value(c: char) -> Option<u32> {
    let value = match c {
        'A'..='Z' => c as u32 - 'A' as u32,
        'a'..='z' => c as u32 - 'a' as u32 + 26,
        '0'..='9' => c as u32 - '0' as u32 + 52,
        '-' => 62,
        '_' => 63,
        _ => return None,
    };
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_characters_and_bytes_again() {
        for length in 0..20u8 {
            let bytes: Vec<u8> = (0..length).map(|n| n.wrapping_mul(73).wrapping_add(190)).collect();
            let text = write(&bytes);
            assert_eq!(text.len(), (usize::from(length) * 8).div_ceil(6));
            assert_eq!(read(&text), (bytes, None));
        }
        assert_eq!(write(&[0xFB, 0xFF]), "-_8");
        assert_eq!(read("-_8%3"), (vec![0xFB, 0xFF], Some('%')));
    }
}
