/// The id that `text` begins with; empty if it begins with none.
///
/// Mermaid: `NODE_STRING`, in which a hyphen or an equals sign stands only where no arrow begins.
pub(super) fn node_id(text: &str) -> &str {
    let bytes = text.as_bytes();
    let next = |index: usize| bytes.get(index + 1).copied().unwrap_or(b' ');
    let end = text.char_indices().find(|(index, c)| match c {
        '-' => matches!(next(*index), b'-' | b'>' | b'.') || *index == 0,
        '=' => next(*index) == b'=' || *index == 0,
        '&' => *index == 0 || next(*index).is_ascii_whitespace(),
        '%' => next(*index) == b'%',
        '.' | '_' | '/' | '\\' | '*' | '+' | '!' | '?' | '$' | '\'' | '#' => false,
        c => !c.is_alphanumeric() && (c.is_ascii() || c.is_whitespace()),
    });
    &text[..end.map_or(text.len(), |(index, _)| index)]
}
