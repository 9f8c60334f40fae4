//! What is wrong with a line that is to be a group, in words for people.

use kafka_lanes_scenario::nearest;

const EXAMPLE: &str = "A line is {\"topics\":{\"orders\":6},\"members\":[{\"id\":\"c1\",\"topics\":[\"orders\"]}]}.";

/// What JSON has to say, without its own idea of the place and without the names that Rust has for things.
pub(super) fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = &text[..text.rfind(" at line ").unwrap_or(text.len())];
    let said = of_field(text).or_else(|| of_type(text)).unwrap_or_else(|| match () {
        () if error.is_eof() => "The line ends before the group does.".into(),
        () if text == "trailing characters" => "Something stands behind the end of the group.".into(),
        () => format!("{text}."),
    });
    format!("{said} {EXAMPLE}")
}

/// A field that is not known, is missing, or stands twice.
fn of_field(text: &str) -> Option<String> {
    // Names stand between backticks: what is at odd places.
    let mut names = text.split('`').skip(1).step_by(2);
    if text.starts_with("unknown field `") {
        let field = names.next()?;
        let known: Vec<&str> = names.collect();
        return Some(match nearest(field, known.iter().copied()) {
            Some(near) => format!("“{field}” is no field here. Did you mean {near}?"),
            None => format!("“{field}” is no field here. Known are: {}.", known.join(", ")),
        });
    }
    if text.starts_with("missing field `") {
        return Some(format!("The field {} is missing.", names.next()?));
    }
    text.starts_with("duplicate field `")
        .then(|| names.next().map(|field| format!("The field {field} stands twice.")))?
}

/// Something that belongs elsewhere.
fn of_type(text: &str) -> Option<String> {
    let text = text.strip_prefix("invalid type: ").or_else(|| text.strip_prefix("invalid value: "))?;
    let (found, wanted) = text.rsplit_once(", expected ")?;
    let kinds = [("sequence", "a list"), ("map", "an object"), ("string", "the text"), ("boolean ", "")];
    let numbers = [("integer", "the number"), ("floating point", "the number")];
    let known = kinds.into_iter().chain(numbers);
    let said = known.filter_map(|(kind, said)| Some(format!("{said}{}", found.strip_prefix(kind)?))).next();
    let found = said.unwrap_or_else(|| found.into());
    let wanted = match wanted {
        "u32" => "a whole number from 0 to 4294967295",
        "i32" => "a whole number from -2147483648 to 2147483647",
        "a string" => "a text in quotes",
        "a sequence" => "a list",
        "a map" => "an object",
        other => other,
    };
    Some(format!("Here stands {}, where {wanted} belongs.", found.replace('`', "")))
}
