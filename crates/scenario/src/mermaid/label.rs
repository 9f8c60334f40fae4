//! The text of a label: Markdown, HTML and entities taken out.

/// Characters of a label that are looked at, with all its tags and entities: several times those of a name.
const MOST: usize = 4_000;

/// The lines of a label as they are seen; none where nothing is.
pub(super) fn lines(raw: &str) -> Vec<String> {
    let raw = raw.trim();
    let raw = raw.char_indices().nth(MOST).map_or(raw, |(end, _)| &raw[..end]);
    let markdown = raw.len() > 1 && raw.starts_with('`') && raw.ends_with('`');
    let raw = if markdown { &raw[1..raw.len() - 1] } else { raw };
    let text = if markdown { raw.replace('*', "") } else { raw.into() };
    let text = without_tags(&text.replace("\\n", "\n"));
    let shown =
        |line: &str| decoded(&line.split_whitespace().filter(|word| !is_icon(word)).collect::<Vec<_>>().join(" "));
    text.lines().map(shown).filter(|line| !line.is_empty()).collect()
}

/// `fa:fa-truck` and its like.
fn is_icon(word: &str) -> bool {
    ["fa:fa-", "fas:fa-", "far:fa-", "fab:fa-"].iter().any(|prefix| word.starts_with(prefix))
}

/// A break becomes a line's end; other tags go, what they hold stays.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let name = rest[1..].trim_start_matches('/');
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic());
        // A tag is short: so each `<` is looked at only once.
        let end = rest.char_indices().take(200).find(|(_, c)| *c == '>').map(|(index, _)| index);
        let Some(end) = end.filter(|_| is_tag) else {
            plain.push('<');
            rest = &rest[1..];
            continue;
        };
        if name.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("br")) {
            plain.push('\n');
        }
        rest = &rest[end + 1..];
    }
    plain.push_str(rest);
    plain
}

/// Entities in HTML's form (`&amp;`, `&#35;`, `&#x23;`) and in Mermaid's (`#amp;`, `#35;`).
fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(['&', '#']) {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let end = rest.bytes().take(12).position(|b| b == b';');
        let entity = end.and_then(|end| Some((character(&rest[..end])?, end)));
        match entity {
            Some((c, end)) => {
                plain.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                plain.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// The character of an entity without its semicolon.
fn character(entity: &str) -> Option<char> {
    let name = entity.trim_start_matches(['&', '#']);
    let code = match name.strip_prefix(['x', 'X']) {
        Some(hex) if !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit()) => u32::from_str_radix(hex, 16).ok(),
        _ if name.bytes().all(|b| b.is_ascii_digit()) => name.parse().ok(),
        _ => None,
    };
    if let Some(c) = code.and_then(char::from_u32) {
        return Some(c);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "num" => '#',
        "semi" => ';',
        "colon" => ':',
        "rarr" => '→',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        _ => return None,
    })
}

/// `name` as the text of a label in quotes.
pub(super) fn quoted(name: &str) -> String {
    let mut text = String::from('"');
    let last = name.chars().count().saturating_sub(1);
    let mut before = ' ';
    for (index, c) in name.chars().enumerate() {
        let plain_space = c == ' ' && before != ' ' && index < last;
        let must = c.is_whitespace() && !plain_space;
        // A colon after a first "fa" would make an icon of it.
        let sign = matches!(c, '"' | '#' | '&' | '<' | '>' | '\\' | '`' | '*') || (c == ':' && before == 'a');
        if must || sign || c.is_control() {
            text.push_str(&format!("#{};", c as u32));
        } else {
            text.push(c);
        }
        before = c;
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_of_a_label() {
        let cases: [(&str, &[&str]); 9] = [
            ("Topic: ORDER_EVENTS", &["Topic: ORDER_EVENTS"]),
            (" Topic:<br/>orders<BR>3 partitions ", &["Topic:", "orders", "3 partitions"]),
            ("`**Topic**: orders`", &["Topic: orders"]),
            ("say #quot;hi#quot; &amp; #35;1", &["say \"hi\" & #1"]),
            ("<b>bold</b> a < b", &["bold a < b"]),
            ("fa:fa-truck Shop", &["Shop"]),
            ("a\\nb", &["a", "b"]),
            ("#9829; &#x2764;", &["♥ ❤"]),
            ("AT&T #; &nosuch; #", &["AT&T #; &nosuch; #"]),
        ];
        for (raw, expected) in cases {
            assert_eq!(lines(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_name_in_quotes_is_read_back() {
        for name in
            ["a", " a ", "a  b", "\"#&<b>\\n`*", "fa:fa-truck x", "line\nbreak", "🦊", "\u{202E}x", "a\u{a0}b", "&#35;"]
        {
            let text = quoted(name);
            assert_eq!(lines(&text[1..text.len() - 1]), [name], "{text}");
        }
    }
}
