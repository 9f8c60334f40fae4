//! How a name is written so that it is read as the same name.

use std::fmt::Write;

use super::vocabulary::LEADING;

/// `name` as it stands in a text: bare where that is read the same, else in quotes.
pub(crate) fn quote(name: &str) -> String {
    if is_bare(name) { name.into() } else { in_quotes(name) }
}

/// A title, which may hold spaces without quotes.
pub(super) fn quote_title(title: &str) -> String {
    let plain = |c: char| (c == ' ' || !c.is_whitespace()) && !needs_quotes(c);
    let bare = !title.starts_with(' ') && !title.ends_with(' ') && !title.is_empty() && title.chars().all(plain);
    if bare { title.into() } else { in_quotes(title) }
}

fn is_bare(name: &str) -> bool {
    let plain = |c: char| !c.is_whitespace() && !matches!(c, ',' | '=' | '/') && !needs_quotes(c);
    !name.is_empty() && name.chars().all(plain) && !name.contains("..") && !LEADING.contains(&name)
}

/// Quoted and escaped: what ends a word, what Markdown's cousins take for their own, what cannot be seen.
fn needs_quotes(c: char) -> bool {
    matches!(c, '"' | '\\' | '#') || must_escape(c)
}

/// Not even in quotes: control characters, what turns text around, and what MDX and Vue take for code.
fn must_escape(c: char) -> bool {
    c.is_control()
        || matches!(c, '{' | '}' | '<' | '`' | '\u{FEFF}' | '\u{2028}' | '\u{2029}' | '\u{061C}')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn in_quotes(name: &str) -> String {
    let mut text = String::from('"');
    for c in name.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            // All of these are in the basic plane, so four digits hold them. Writing to a string does not fail.
            c if must_escape(c) => drop(write!(text, "\\u{:04X}", c as u32)),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_where_it_can_be() {
        for bare in ["orders", "ORDER_EVENTS", "café", "注文", "a.b-c", "order:1", "🦊"] {
            assert_eq!(quote(bare), bare);
        }
        assert_eq!(quote("Kafka Producer"), r#""Kafka Producer""#);
        assert_eq!(quote("to"), r#""to""#);
        assert_eq!(quote(""), r#""""#);
        assert_eq!(quote("a..b"), r#""a..b""#);
        assert_eq!(quote("say \"hi\"\n"), r#""say \"hi\"\n""#);
    }

    #[test]
    fn safe_in_mdx_and_for_the_eye() {
        assert_eq!(quote("<b>{x}"), "\"\\u003Cb>\\u007Bx\\u007D\"");
        assert_eq!(quote("a\u{202E}b"), "\"a\\u202Eb\"");
    }
}
