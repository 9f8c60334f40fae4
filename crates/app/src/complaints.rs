//! What is wrong with what an author wrote, in sentences: attributes that make no sense, and errors in a scenario that
//! nobody has before them as a text.

use kafka_lanes_core::World;
use kafka_lanes_words::{Takes, is_height};
use web_sys::Element;

use crate::clock::parse_moment;
use crate::number::number;
use crate::opening::Remark;
use crate::view_names;
use crate::words::words;

/// More of a value is not shown.
const SHOWN_CHARS: usize = 40;

/// A sentence for each attribute of an element that makes no sense. In the whole playground the story itself says
/// whether there is a step.
#[inline(never)]
pub(crate) fn of_attributes(host: &Element, full: bool, world: &World) -> Vec<String> {
    let value = |name: &str| host.get_attribute(name);
    let of_values = ATTRIBUTES.iter().filter_map(|(name, takes)| {
        let value = value(name)?;
        let is_fine = value.trim().is_empty() || full && *takes == Takes::Step || makes_sense(*takes, value.trim());
        (!is_fine).then(|| words().no_sense(name, &shown(&value), *takes))
    });
    let view = value("view").unwrap_or_default();
    let unknown = view_names::unknown(world, &view).map(|name| words().nothing_to_open(&shown(name)));
    of_values.chain(unknown).collect()
}

const ATTRIBUTES: [(&str, Takes); 10] = [
    ("height", Takes::Height),
    ("at", Takes::Moment),
    ("speed", Takes::Speed),
    ("controls", Takes::Controls),
    ("seed", Takes::Seed),
    ("theme", Takes::Theme),
    ("lang", Takes::Language),
    ("loading", Takes::Loading),
    ("step", Takes::Step),
    ("caption", Takes::Caption),
];

fn makes_sense(takes: Takes, value: &str) -> bool {
    match takes {
        Takes::Height => is_height(value),
        Takes::Moment => parse_moment(value).is_some(),
        Takes::Speed => number(value.trim_start_matches('×')).is_some_and(|speed| speed > 0.0),
        Takes::Controls => matches!(value, "none" | "false" | "full" | "transport" | "true"),
        Takes::Seed => value.parse::<u64>().is_ok(),
        Takes::Theme => matches!(value, "light" | "dark" | "auto"),
        Takes::Language => value.split('-').next().is_some_and(|language| language.eq_ignore_ascii_case("en")),
        Takes::Loading => matches!(value, "lazy" | "eager" | "click"),
        Takes::Step => crate::story::is_address(value),
        Takes::Caption => value == "none",
    }
}

fn shown(value: &str) -> String {
    match value.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.into(),
    }
}

/// The first error of a scenario with its place, and how many more there are.
#[inline(never)]
pub(crate) fn of_scenario(remarks: &[Remark]) -> Option<String> {
    let mut errors = remarks.iter().filter(|remark| remark.is_error);
    let first = errors.next()?;
    let place = first.place.map_or_else(String::new, |(line, column)| words().at_line(line, column));
    let more = match errors.count() {
        0 => String::new(),
        more => words().and_more(more),
    };
    Some([&place, &*first.text, &more].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_makes_sense() {
        for (takes, good, bad) in [
            (Takes::Height, &["1", "460", "9999"][..], &["0", "10000", "460px", "-4", "4.5", "tall"][..]),
            (Takes::Moment, &["12s", "250ms", "1.5h", "0"], &["noon", "-1s", "12 parsecs", "9"]),
            (Takes::Speed, &["1", "0.25", "×2"], &["0", "warp", "-1", "1e3"]),
            (Takes::Controls, &["none", "full"], &["some"]),
            (Takes::Seed, &["0", "18446744073709551615"], &["-1", "0x7", "1.5", "18446744073709551616"]),
            (Takes::Theme, &["light", "dark", "auto"], &["pink"]),
            (Takes::Language, &["en", "en-GB", "EN"], &["de", "??"]),
            (Takes::Loading, &["lazy", "eager", "click"], &["never"]),
            (Takes::Step, &["8/2", "3", "challenges/2"], &["?", "first"]),
        ] {
            for value in good {
                assert!(makes_sense(takes, value), "{takes:?} {value:?}");
            }
            for value in bad {
                assert!(!makes_sense(takes, value), "{takes:?} {value:?}");
            }
        }
    }

    #[test]
    fn the_first_error_is_said_and_how_many_there_are() {
        let remark = |is_error: bool, text: &str| Remark { place: Some((3, 7)), is_error, text: text.into() };
        assert_eq!(of_scenario(&[remark(false, "A doubt.")]), None);
        let said = of_scenario(&[remark(false, "A doubt."), remark(true, "No."), remark(true, "No!")]);
        assert_eq!(said.as_deref(), Some("Line 3, column 7: No. (1 more)"));
    }
}
