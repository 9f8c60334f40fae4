//! Values on the command line: times, sizes, scales and clients.

use clap::builder::{PossibleValuesParser, TypedValueParser};
use kafka_lanes_core::limits::MAX_TIME;
use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::{Span, Time};

/// Units of time in microseconds, the longer names first.
const UNITS: [(&str, u64); 6] =
    [("us", 1), ("ms", 1_000), ("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000)];

/// A moment of simulated time: `12s`, `250ms`, `1.5h`.
pub(crate) fn time(text: &str) -> Result<Time, String> {
    let wrong = || format!("“{text}” is no time. Write a number with a unit, such as 12s, 250ms, 2m or 1.5h");
    let (number, unit) =
        UNITS.iter().find_map(|(unit, micros)| Some((text.strip_suffix(unit)?, *micros))).ok_or_else(wrong)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) || fraction.len() > 9 || number.ends_with('.') {
        return Err(wrong());
    }
    let too_long = || format!("{text} is too long: simulated time ends after 7 days (MAX_TIME)");
    let whole: u128 = whole.parse().map_err(|_| too_long())?;
    // At most nine digits.
    let fraction_value: u128 = fraction.parse().unwrap_or(0);
    let scale = 10u128.pow(fraction.len() as u32);
    let micros = whole
        .checked_mul(u128::from(unit))
        .and_then(|micros| micros.checked_add(fraction_value * u128::from(unit) / scale))
        .and_then(|micros| u64::try_from(micros).ok())
        .filter(|micros| Span(*micros) <= MAX_TIME);
    micros.map(Time).ok_or_else(too_long)
}

/// The size of a picture in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u16,
    pub(crate) height: u16,
}

/// The narrowest and the widest side of a picture.
const SIDES: std::ops::RangeInclusive<u16> = 280..=4_096;

/// `1280x720`.
pub(crate) fn size(text: &str) -> Result<Size, String> {
    let wrong = || {
        let (least, most) = (SIDES.start(), SIDES.end());
        format!("“{text}” is no size. Write width x height in pixels, each from {least} to {most}, such as 1280x720")
    };
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let side = |text: &str| text.parse().ok().filter(|side| SIDES.contains(side)).ok_or_else(wrong);
    Ok(Size { width: side(width)?, height: side(height)? })
}

/// How many pixels of a file stand for one CSS pixel of a picture, in one direction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Scale(pub(crate) f64);

impl Default for Scale {
    /// As the page saves it: sharp on the screens that most have, and in print.
    fn default() -> Self {
        Self(2.0)
    }
}

/// The coarsest and the finest scale of a picture.
const SCALES: std::ops::RangeInclusive<f64> = 0.5..=4.0;

/// `2`, `1.5`.
pub(crate) fn scale(text: &str) -> Result<Scale, String> {
    let scale = text.parse().ok().filter(|scale| SCALES.contains(scale)).map(Scale);
    scale.ok_or_else(|| {
        let (least, most) = (SCALES.start(), SCALES.end());
        format!("“{text}” is no scale. Write a number from {least} to {most}, such as 2 or 1.5")
    })
}

/// A client by its name; the help lists them.
pub(crate) fn client() -> impl TypedValueParser<Value = Client> {
    // Only the names of clients get as far as this.
    PossibleValuesParser::new(Client::ALL.map(Client::name)).map(|name| Client::named(&name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        for (text, micros) in [
            ("12s", 12_000_000),
            ("250ms", 250_000),
            ("7us", 7),
            ("0s", 0),
            ("2m", 120_000_000),
            ("1.5h", 5_400_000_000),
            ("0.25s", 250_000),
            ("7d", 604_800_000_000),
        ] {
            assert_eq!(time(text), Ok(Time(micros)), "{text}");
        }
        for text in [
            "",
            "s",
            "12",
            "1.s",
            ".5s",
            "-1s",
            "1e3s",
            "12 s",
            "٣s",
            "8d",
            "99999999999999999999999999999999999999999d",
        ] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_scale_is_a_number_within_reason() {
        assert_eq!(scale("1.5"), Ok(Scale(1.5)));
        for text in ["", "0", "-1", "0.4", "4.1", "NaN", "inf", "2x"] {
            assert!(scale(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes_have_two_sides_within_reason() {
        assert_eq!(size("1280x720"), Ok(Size { width: 1_280, height: 720 }));
        for text in ["", "x", "1280", "0x0", "100x720", "1280x99999", "-1x5", "1280x720x3"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
