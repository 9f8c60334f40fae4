//! Numbers with units, exact: decimals are carried as integers with a power of ten.

use std::fmt::Write;

use kafka_lanes_core::Span;
use kafka_lanes_core::spec::Rate;

use crate::cause::Quantity;

/// Why a number could not be taken as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is none, or its unit is none.
    Bad,
    /// It has no unit; this is its value in the base unit of its quantity.
    NoUnit(u64),
}

/// `number × 10^-scale`, and what stands behind it.
struct Decimal<'a> {
    number: u128,
    scale: u32,
    unit: &'a str,
}

/// Digits that are looked at: more would not fit, and are far beyond every limit.
const MOST_DIGITS: usize = 24;

fn decimal(text: &str) -> Option<Decimal<'_>> {
    let whole_end = text.bytes().take_while(u8::is_ascii_digit).count();
    if whole_end == 0 {
        return None;
    }
    let (whole, mut unit) = text.split_at(whole_end);
    let mut decimals = "";
    if let Some(behind) = unit.strip_prefix('.') {
        let end = behind.bytes().take_while(u8::is_ascii_digit).count();
        if end == 0 {
            return None;
        }
        (decimals, unit) = behind.split_at(end);
    }
    let decimals = &decimals[..decimals.len().min(6)];
    let whole = whole.trim_start_matches('0');
    let number = if whole.len() > MOST_DIGITS {
        10u128.pow(MOST_DIGITS as u32)
    } else {
        // At most 24 and 6 digits: fits 128 bits.
        whole.bytes().chain(decimals.bytes()).fold(0, |sum, digit| sum * 10 + u128::from(digit - b'0'))
    };
    Some(Decimal { number, scale: decimals.len() as u32, unit })
}

impl Decimal<'_> {
    /// Times `factor`, rounded to the nearest; the largest number if it is larger than that.
    fn times(&self, factor: u64) -> u64 {
        let divisor = 10u128.pow(self.scale);
        let product = self.number.saturating_mul(u128::from(factor));
        u64::try_from(product.saturating_add(divisor / 2) / divisor).unwrap_or(u64::MAX)
    }
}

const MICROS: [(&str, u64); 6] =
    [("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000), ("d", 86_400_000_000)];

/// `250ms`, `12s`, `1.5h`.
pub(super) fn span(text: &str) -> Result<Span, Fault> {
    let decimal = decimal(text).ok_or(Fault::Bad)?;
    if decimal.unit.is_empty() {
        let seconds = decimal.times(1_000_000);
        return if seconds == 0 { Ok(Span::ZERO) } else { Err(Fault::NoUnit(seconds)) };
    }
    let unit = MICROS.iter().find(|(unit, _)| *unit == decimal.unit).ok_or(Fault::Bad)?;
    Ok(Span(decimal.times(unit.1)))
}

/// Microseconds in a second, from which on parts of one stand after a point.
const SECOND: u64 = 1_000_000;

/// A length of time in the exact form that a person would write: `250ms`, `16.067s`, `2m`.
pub fn print_span(span: Span) -> String {
    if span.0 > SECOND && !span.0.is_multiple_of(SECOND) {
        let text = format!("{}.{:06}", span.0 / SECOND, span.0 % SECOND);
        return format!("{}s", text.trim_end_matches('0'));
    }
    let of = |(unit, micros): &(&str, u64)| {
        (span.0 > 0 && span.0.is_multiple_of(*micros)).then(|| format!("{}{unit}", span.0 / micros))
    };
    MICROS.iter().rev().find_map(of).unwrap_or_else(|| String::from("0s"))
}

const BYTES: [(&str, u64); 4] = [("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)];

/// `100`, `16KiB`.
pub(super) fn bytes(text: &str) -> Result<u64, Fault> {
    let decimal = decimal(text).ok_or(Fault::Bad)?;
    if decimal.unit.is_empty() {
        return Ok(decimal.times(1));
    }
    let unit = BYTES.iter().find(|(unit, _)| *unit == decimal.unit).ok_or(Fault::Bad)?;
    Ok(decimal.times(unit.1))
}

/// The shortest exact form; bytes without a unit.
pub(super) fn print_bytes(bytes: u64) -> String {
    let of = |(unit, size): &(&str, u64)| {
        (bytes > 0 && bytes.is_multiple_of(*size)).then(|| format!("{}{unit}", bytes / size))
    };
    BYTES[1..].iter().rev().find_map(of).unwrap_or_else(|| bytes.to_string())
}

const RATES: [(&str, u128); 4] = [("/s", 1), ("/m", 60), ("/min", 60), ("/h", 3_600)];

/// `4/s`, `30/min`, `100/h`, and whether it had to be rounded to thousandths of a record a second.
pub(super) fn rate(text: &str) -> Result<(Rate, bool), Fault> {
    let decimal = decimal(text).ok_or(Fault::Bad)?;
    if decimal.unit.is_empty() {
        return Err(Fault::NoUnit(decimal.times(1_000)));
    }
    let (_, seconds) = *RATES.iter().find(|(unit, _)| *unit == decimal.unit).ok_or(Fault::Bad)?;
    let divisor = 10u128.pow(decimal.scale) * seconds;
    let thousandths = decimal.number.saturating_mul(1_000);
    let exact = thousandths.is_multiple_of(divisor);
    let rounded = thousandths.saturating_add(divisor / 2) / divisor;
    // A slow producer is slow, not silent.
    let rounded = if decimal.number > 0 { rounded.max(1) } else { 0 };
    Ok((Rate(u64::try_from(rounded).unwrap_or(u64::MAX)), !exact))
}

/// The shortest exact form, in records a second, with its unit.
pub(super) fn print_rate(Rate(thousandths): Rate) -> String {
    let mut text = (thousandths / 1_000).to_string();
    if !thousandths.is_multiple_of(1_000) {
        // Writing to a string does not fail.
        let _ = write!(text, ".{:03}", thousandths % 1_000);
        text.truncate(text.trim_end_matches('0').len());
    }
    text + "/s"
}

/// A whole number; the largest one if it is larger than that.
pub(super) fn count(text: &str) -> Result<u64, Fault> {
    let decimal = decimal(text).filter(|d| d.unit.is_empty() && d.scale == 0).ok_or(Fault::Bad)?;
    Ok(decimal.times(1))
}

/// The units that a quantity can be in.
#[inline(never)]
pub(super) fn units(quantity: Quantity) -> Vec<&'static str> {
    match quantity {
        Quantity::Span => MICROS.iter().map(|(unit, _)| *unit).collect(),
        Quantity::Bytes => BYTES.iter().map(|(unit, _)| *unit).collect(),
        // Two of them are the same.
        Quantity::Rate => RATES.iter().map(|(unit, _)| *unit).filter(|unit| *unit != "/m").collect(),
        Quantity::Count | Quantity::Partition => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_with_every_unit() {
        let cases = [("7us", 7), ("250ms", 250_000), ("12s", 12_000_000), ("1.5m", 90_000_000), ("1h", 3_600_000_000)];
        for (text, micros) in cases {
            assert_eq!(span(text), Ok(Span(micros)), "{text}");
        }
        assert_eq!(span("7d"), Ok(Span::from_secs(604_800)));
        assert_eq!(span("10"), Err(Fault::NoUnit(10_000_000)));
        assert_eq!(span("0"), Ok(Span::ZERO));
        for bad in ["", "s", "1x", "1.s", "-1s", "1e3s", "٣s"] {
            assert_eq!(span(bad), Err(Fault::Bad), "{bad}");
        }
        assert_eq!(span(&("9".repeat(1_000) + "d")), Ok(Span(u64::MAX)));
    }

    #[test]
    fn spans_are_printed_as_a_person_would_write_them() {
        for text in ["7d", "36h", "90s", "250ms", "7us", "0s", "2m", "1.5s", "16.067s", "3.000001s"] {
            assert_eq!(print_span(span(text).unwrap()), text);
        }
    }

    #[test]
    fn bytes_take_binary_units() {
        assert_eq!(bytes("100"), Ok(100));
        assert_eq!(bytes("100B"), Ok(100));
        assert_eq!(bytes("16KiB"), Ok(16_384));
        assert_eq!(bytes("1.5KiB"), Ok(1_536));
        assert_eq!(bytes("16kb"), Err(Fault::Bad));
        for text in ["100", "16KiB", "1MiB", "3GiB", "0", "1025"] {
            assert_eq!(print_bytes(bytes(text).unwrap()), text);
        }
    }

    #[test]
    fn rates_are_thousandths_and_never_round_to_silence() {
        assert_eq!(rate("4/s"), Ok((Rate(4_000), false)));
        assert_eq!(rate("30/min"), Ok((Rate(500), false)));
        assert_eq!(rate("1/h"), Ok((Rate(1), true)));
        assert_eq!(rate("0/s"), Ok((Rate(0), false)));
        assert_eq!(rate("4"), Err(Fault::NoUnit(4_000)));
        assert_eq!(rate("1000000000/s"), Ok((Rate(1_000_000_000_000), false)));
        for text in ["4/s", "0.5/s", "0.017/s", "0/s", "10000/s"] {
            assert_eq!(print_rate(rate(text).unwrap().0), text);
        }
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(count("3"), Ok(3));
        assert_eq!(count("3.5"), Err(Fault::Bad));
        assert_eq!(count("99999999999999999999999999999999"), Ok(u64::MAX));
    }
}
