use crate::cause::Cause;
use crate::diagnostic::{Diagnostic, Place};

/// Bytes of a text that is read; over it there is one diagnostic and nothing else.
pub const MAX_INPUT_BYTES: usize = 1_048_576;

/// Bytes that are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenText(pub Diagnostic);

/// The text that `bytes` are, without the byte order mark that some editors put first.
///
/// # Errors
///
/// Bytes that are too many, or no UTF-8: then where the first bad one is.
pub fn decode(bytes: &[u8]) -> Result<&str, BrokenText> {
    if bytes.len() > MAX_INPUT_BYTES {
        return Err(BrokenText(too_long(bytes.len())));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let line_start = bytes[..offset].iter().rposition(|b| *b == b'\n').map_or(0, |newline| newline + 1);
        let line = 1 + bytes[..offset].iter().filter(|b| **b == b'\n').count();
        // Up to `offset` the bytes are UTF-8; every byte that does not continue a character begins one.
        let column = 1 + bytes[line_start..offset].iter().filter(|b| **b & 0xC0 != 0x80).count();
        // The text is at most `MAX_INPUT_BYTES`, so both numbers fit.
        let at = Place { line: line as u32, column: column as u32, length: 1 };
        BrokenText(Diagnostic::new(at, Cause::BrokenUtf8 { offset, byte: bytes[offset] }))
    })?;
    Ok(without_mark(text))
}

pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

pub(crate) fn too_long(bytes: usize) -> Diagnostic {
    Diagnostic::new(Place { line: 1, column: 1, length: 0 }, Cause::TooLong { bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_the_first_bad_byte_is() {
        let broken = decode("title é\ntopic ü".as_bytes()).map(str::len);
        assert_eq!(broken, Ok(17));
        let broken = decode(b"title \xC3\xA9\ntopic \xC3\xA9\xFF rest").unwrap_err().0;
        assert_eq!((broken.line, broken.column), (2, 8));
        assert_eq!(broken.cause, Cause::BrokenUtf8 { offset: 17, byte: 0xFF });
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFtitle x"), Ok("title x"));
    }

    #[test]
    fn too_much_is_refused_by_name() {
        let refused = decode(&vec![b'a'; MAX_INPUT_BYTES + 1]).unwrap_err().0;
        assert!(refused.message().contains("MAX_INPUT_BYTES"), "{}", refused.message());
    }
}
