//! Numbers of several runs as one, and as text.

/// The value in the middle; of an even count, the upper one. NaN of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// The value below which so many percent lie, by nearest rank. NaN of none.
pub(crate) fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(rank).copied().unwrap_or(f64::NAN)
}

/// The smallest and the largest, as `12–34`, with so many digits after the point.
pub(crate) fn range(values: &[f64], digits: usize) -> String {
    let least = values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    format!("{least:.digits$}–{most:.digits$}")
}

/// A whole number with a comma between thousands: `1,234,567`.
pub(crate) fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Microseconds in the unit that suits them: `12 µs`, `3.4 ms`, `1.25 s`.
pub(crate) fn duration(micros: f64) -> String {
    match micros {
        _ if micros < 1e3 => format!("{micros:.0} µs"),
        _ if micros < 1e5 => format!("{:.1} ms", micros / 1e3),
        _ if micros < 1e6 => format!("{:.0} ms", micros / 1e3),
        _ => format!("{:.2} s", micros / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_values_that_were_measured() {
        let values = [5.0, 1.0, 4.0, 2.0, 3.0];
        assert_eq!(median(&values), 3.0);
        assert_eq!(percentile(&values, 95), 5.0);
        assert_eq!(percentile(&values, 0), 1.0);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(grouped(1_234_567.4), "1,234,567");
        assert_eq!(grouped(999.0), "999");
        assert_eq!(duration(12.0), "12 µs");
        assert_eq!(duration(3_400.0), "3.4 ms");
        assert_eq!(duration(240_000.0), "240 ms");
        assert_eq!(duration(1_250_000.0), "1.25 s");
        assert_eq!(range(&[2.0, 1.0], 1), "1.0–2.0");
    }
}
