//! Places in texts: browsers count UTF-16 units, we count bytes.

/// The byte at which the unit `units` of `text` begins; its end, if there are not so many.
pub(crate) fn byte(text: &str, units: u32) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices() {
        if seen >= units {
            return at;
        }
        seen += c.len_utf16() as u32;
    }
    text.len()
}

/// How many units a text has.
pub(crate) fn units(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cart_is_two_units_and_four_bytes() {
        let text = "a🛒é";
        assert_eq!([0, 1, 3, 4, 9].map(|units| byte(text, units)), [0, 1, 5, 7, 7]);
        assert_eq!(units(text), 4);
    }
}
