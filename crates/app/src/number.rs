/// A number as attributes have it: digits, with or without a decimal point. (std's parser of floats, with all that
/// they can be, is 8 KB of wasm.)
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let points = text.bytes().filter(|byte| *byte == b'.').count();
    if digits == 0 || points > 1 || digits + points < text.len() {
        return None;
    }
    let mut value = 0.0;
    let mut place = 1.0;
    let mut after_point = false;
    for byte in text.bytes() {
        if byte == b'.' {
            after_point = true;
            continue;
        }
        value = value * 10.0 + f64::from(byte - b'0');
        if after_point {
            place *= 10.0;
        }
    }
    Some(value / place).filter(|value| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, value) in [("12", 12.0), (" 0.25 ", 0.25), ("1.5", 1.5), ("7.", 7.0), (".5", 0.5)] {
            assert_eq!(number(text), Some(value), "{text:?}");
        }
        for text in ["", ".", "-1", "1e3", "1.2.3", "12px", &"9".repeat(400)] {
            assert_eq!(number(text), None, "{text:?}");
        }
    }
}
