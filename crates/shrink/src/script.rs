//! Scripts without what only people read: comments, indentation, and spaces beside signs. Line ends stay where one
//! could end a statement, so that nothing changes its meaning.

/// What may stand before a regular expression, and not before a division.
const BEFORE_PATTERN: &str = "(,=:[!&|?{};+\n";

/// Signs beside which a space says nothing. Others can grow together into something else (`+ +`, `< !--`, `/ /`).
const SIGNS: &str = "{}()[];,=&|?:*";

/// `source` without comments, indentation, empty lines, and spaces beside signs.
pub(crate) fn shortened(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '/' if rest.starts_with("//") => {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            }
            '/' if rest.starts_with("/*") => {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
                continue;
            }
            '"' | '\'' | '`' => quoted(rest, c),
            '/' if before_pattern(&out) => quoted(rest, c),
            _ => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        match piece {
            "\n" => {
                out.truncate(out.trim_end_matches([' ', '\t']).len());
                if !out.ends_with(['\n', '{', '(', ',', ';']) && !out.is_empty() {
                    out.push('\n');
                }
            }
            " " | "\t" if out.is_empty() || out.ends_with(['\n', '{', '(', ',', ';']) => {}
            " " if out.ends_with(is_sign) || out.ends_with("=>") || rest.starts_with(is_sign) => {}
            " " if rest.starts_with('!') && !out.ends_with('<') => {}
            _ => {
                // A statement ends before these anyway, or goes on with them.
                if matches!(c, '}' | ')' | ']' | ',') && out.ends_with('\n') {
                    out.pop();
                }
                // It ends a statement before the end of a block, where there is none that is empty (`if (a);`) in ours.
                if c == '}' && out.ends_with(';') {
                    out.pop();
                }
                out.push_str(piece);
            }
        }
    }
    out
}

fn is_sign(c: char) -> bool {
    SIGNS.contains(c)
}

/// Whether a slash after `text` begins a regular expression.
pub(crate) fn before_pattern(text: &str) -> bool {
    text.trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| BEFORE_PATTERN.contains(c))
}

/// Where a string, a template or a regular expression ends that starts with `quote`. A template of ours has no template
/// in its placeholders.
pub(crate) fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    let mut in_set = false;
    for (index, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if quote == '/' => in_set = true,
            ']' if quote == '/' => in_set = false,
            _ if c == quote && !in_set => return index + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_indentation_go() {
        let source = "/** A thing. */\nconst a = 1; // one\n\n  if (a) {\n    b(`${a}//x`);\n  }\n";
        assert_eq!(shortened(source), "const a=1;if(a){b(`${a}//x`)}\n");
    }

    #[test]
    fn what_only_looks_like_a_comment_stays() {
        for line in ["const u=\"http://x/*\";", "const p=/\\/\\*[/*]/.test(s);", "const q=a / b / c;", "f('\\'//');"] {
            assert_eq!(shortened(line), line);
        }
    }

    #[test]
    fn spaces_go_where_they_say_nothing() {
        for (line, short) in [
            ("const f = async (a, b) => ({ ...a, b: 'x = y' });", "const f=async(a,b)=>({...a,b:'x = y'});"),
            ("return a ? { b } : [c] ;", "return a?{b}:[c];"),
            ("a + +b - -c < !--d", "a + +b - -c < !--d"),
            ("if (a !== b) return !c", "if(a!==b)return!c"),
            ("if (a) {\n  b()\n}\nlet c = [\n  d\n]\n", "if(a){b()}\nlet c=[\nd]\n"),
            ("for (const x of [1]) if (x in y) {} else z", "for(const x of[1])if(x in y){}else z"),
        ] {
            assert_eq!(shortened(line), short);
        }
    }
}
