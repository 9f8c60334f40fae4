use kafka_lanes_core::Time;

/// A moment as a clock shows it, to the tenth of a second: `0:12.4`, `1:02:03.0`.
pub(crate) fn clock(time: Time) -> String {
    let tenths = time.0 / 100_000;
    let (seconds, tenth) = (tenths / 10, tenths % 10);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}.{tenth}")
    } else {
        format!("{minutes}:{seconds:02}.{tenth}")
    }
}

/// A moment as an attribute says it: as [`parse_time`], but always with a unit, as in the scenario language.
pub(crate) fn parse_moment(text: &str) -> Option<Time> {
    let has_unit = text.trim_end().ends_with(|c: char| c.is_ascii_alphabetic());
    parse_time(text).filter(|time| has_unit || *time == Time::ZERO)
}

/// A moment as people and scripts write it: `12s`, `250ms`, `7us`, `2m`, `1h`, or microseconds as a number.
pub(crate) fn parse_time(text: &str) -> Option<Time> {
    let text = text.trim();
    let number_end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(number_end);
    let micros = match unit.trim() {
        "" | "us" => 1.0,
        "ms" => 1e3,
        "s" => 1e6,
        "m" => 60e6,
        "h" => 3_600e6,
        _ => return None,
    };
    let micros = crate::number::number(number)? * micros;
    // `as` saturates; the engine bounds what can be reached.
    Some(Time(micros.round_ties_even() as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks() {
        assert_eq!(clock(Time::from_millis(12_449)), "0:12.4");
        assert_eq!(clock(Time::from_secs(3_723)), "1:02:03.0");
    }

    #[test]
    fn times() {
        for (text, time) in [
            ("12s", Some(Time::from_secs(12))),
            ("250ms", Some(Time::from_millis(250))),
            ("1.5s", Some(Time::from_millis(1_500))),
            (" 17 ", Some(Time(17))),
            ("soon", None),
            ("", None),
            ("-3s", None),
            ("5 parsecs", None),
        ] {
            assert_eq!(parse_time(text), time, "{text:?}");
        }
        assert_eq!(parse_moment("12"), None, "of what?");
        assert_eq!(parse_moment("0"), Some(Time::ZERO));
        assert_eq!(parse_moment("1.5s"), Some(Time::from_millis(1_500)));
    }
}
