//! Names that only a script itself knows, of what stands at its top, get short: those of members, which others may know by
//! the same name, stay.

use std::collections::{BTreeMap, BTreeSet};

use crate::script::{before_pattern, quoted};

/// A word, a sign, or a text that stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token<'s> {
    Word(&'s str),
    Other(&'s str),
}

/// `source` with short names for the functions, constants and variables at its top that it does not export.
pub(crate) fn short(source: &str) -> String {
    let tokens = tokens(source);
    let signs: Vec<usize> = (0..tokens.len()).filter(|at| !matches!(tokens[*at], Token::Other(" " | "\n"))).collect();
    let mut declared: Vec<&str> = Vec::new();
    let mut kept = BTreeSet::new();
    // Brackets that are open, and whether braces hold statements.
    let mut open: Vec<(&str, bool)> = Vec::new();
    for (number, at) in signs.iter().enumerate() {
        let near = |by: isize| number.checked_add_signed(by).and_then(|n| signs.get(n)).map(|at| tokens[*at]);
        match tokens[*at] {
            Token::Other(bracket @ ("{" | "(" | "[" | "${")) => {
                let before = near(-1);
                let is_block = before.is_none_or(|token| {
                    matches!(
                        token,
                        Token::Other(")" | ">" | ";" | "{" | "}") | Token::Word("else" | "try" | "finally" | "do")
                    )
                });
                open.push((bracket, is_block));
            }
            Token::Other("}" | ")" | "]") => drop(open.pop()),
            Token::Other(_) => {}
            Token::Word(word) => {
                let is_declared = matches!(near(-1), Some(Token::Word("function" | "const" | "let")));
                let is_exported = [-2, -3].iter().any(|by| near(*by) == Some(Token::Word("export")));
                if open.is_empty() && is_declared && !is_exported && word.len() > 2 && !declared.contains(&word) {
                    declared.push(word);
                }
                let in_braces = open.last() == Some(&("{", false)) && matches!(near(-1), Some(Token::Other("{" | ",")));
                let is_key = in_braces && matches!(near(1), Some(Token::Other(":" | "," | "}" | "=")));
                let is_member = near(-1) == Some(Token::Other(".")) && near(-2) != Some(Token::Other("."));
                // `export { a as default }`.
                let is_renamed = near(1) == Some(Token::Word("as"));
                if is_key || is_member || is_renamed || is_method(&tokens, &signs[number..], near(-1)) {
                    kept.insert(word);
                }
            }
        }
    }
    let words: BTreeSet<&str> =
        tokens.iter().filter_map(|token| if let Token::Word(word) = token { Some(*word) } else { None }).collect();
    let free = (1..).map(letters).filter(|name| !words.contains(&**name));
    let names: BTreeMap<&str, String> = declared.into_iter().filter(|name| !kept.contains(name)).zip(free).collect();
    let mut out = String::with_capacity(source.len());
    for token in tokens {
        match token {
            Token::Word(word) if !out.ends_with('#') => out.push_str(names.get(word).map_or(word, String::as_str)),
            Token::Word(text) | Token::Other(text) => out.push_str(text),
        }
    }
    out
}

/// Whether a word is the name of a method: brackets follow, and then a body.
fn is_method(tokens: &[Token<'_>], signs: &[usize], before: Option<Token<'_>>) -> bool {
    if before == Some(Token::Word("function")) || signs.get(1).map(|at| tokens[*at]) != Some(Token::Other("(")) {
        return false;
    }
    let mut depth = 0;
    for (number, at) in signs.iter().enumerate().skip(1) {
        match tokens[*at] {
            Token::Other("(") => depth += 1,
            Token::Other(")") => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return signs.get(number + 1).map(|at| tokens[*at]) == Some(Token::Other("{"));
        }
    }
    false
}

/// The `number`-th name: `a`, `b`, … `aa`.
fn letters(number: usize) -> String {
    let letter = |digit: usize| char::from(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[digit]);
    let (more, last) = ((number - 1) / 52, letter((number - 1) % 52));
    if more == 0 { last.into() } else { format!("{}{last}", letters(more)) }
}

fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = source;
    // How deep in brackets a placeholder of a template began.
    let mut templates: Vec<usize> = Vec::new();
    let mut depth = 0;
    while let Some(c) = rest.chars().next() {
        let before = &source[..source.len() - rest.len()];
        let is_text_after_placeholder = c == '}' && templates.last() == Some(&depth);
        let end = match c {
            _ if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            '"' | '\'' => quoted(rest, c),
            '/' if before_pattern(before) => quoted(rest, c),
            '`' => piece_of_template(&rest[1..]) + 1,
            _ => c.len_utf8(),
        };
        let (mut token, mut after) = rest.split_at(end);
        if c == '`' {
            (token, after) = (&rest[..end], &rest[end..]);
        } else if is_text_after_placeholder {
            templates.pop();
            depth -= 1;
            tokens.push(Token::Other("}"));
            let end = piece_of_template(after);
            (token, after) = after.split_at(end);
        } else if matches!(c, '{' | '}') {
            depth = if c == '{' { depth + 1 } else { depth.saturating_sub(1) };
        }
        tokens.push(if is_word(c) { Token::Word(token) } else { Token::Other(token) });
        if (c == '`' || is_text_after_placeholder) && after.starts_with("${") {
            depth += 1;
            templates.push(depth);
            tokens.push(Token::Other("${"));
            after = &after[2..];
        }
        rest = after;
    }
    tokens
}

/// How far the text of a template goes: to its next placeholder, or to its end with that.
fn piece_of_template(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '`' => return at + 1,
            '$' if text[at..].starts_with("${") => return at,
            _ => {}
        }
    }
    text.len()
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || c == '$'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_at_the_top_gets_short() {
        let source =
            "const FENCES=1;let wasm;function load(what){const FENCES=2;return`${FENCES} FENCES ${wasm.load2}`+what}";
        let shorter = "const a=1;let b;function c(what){const a=2;return`${a} FENCES ${b.load2}`+what}";
        assert_eq!(short(source), shorter);
    }

    #[test]
    fn members_keys_texts_and_exports_stay() {
        for source in [
            "const rest=1;module.rest();",
            "function stop(){}f({stop});",
            "function stop(){}f({stop:1});",
            "const now={now(a){return a}};",
            "function reason(){}const g=({error,reason=error})=>error;",
            "class A{load(){}}",
            "export function load(){}",
            "export const load=1;",
            "export async function load(){}",
            "function init(){}export{init as default}",
            "function init(){}export{init};",
            "this.#load();",
        ] {
            let source = source.replace("class A{load", "function load(){}class A{load");
            let source = source.replace("this.#load", "class A{#load(){}}");
            assert_eq!(short(&source), source);
        }
    }

    #[test]
    fn what_merely_looks_like_a_member_or_a_key_gets_short() {
        for (source, shorter) in [
            ("const list=[1];f(...list);", "const a=[1];f(...a);"),
            ("const list=[1];f(x?list:y,list);", "const a=[1];f(x?a:y,a);"),
            ("const list=1,a=2;\"list\";/list/.test(list)", "const b=1,a=2;\"list\";/list/.test(b)"),
            ("let gone;function f(){gone=1;}", "let a;function f(){a=1;}"),
            ("let gone;f(()=>{gone=1})", "let a;f(()=>{a=1})"),
            ("function load(){}if(x){load()}", "function a(){}if(x){a()}"),
        ] {
            assert_eq!(short(source), shorter);
        }
    }
}
