//! What each word of a text is, for an editor that colours it: the reader reads it, and says what it looked for.

use std::ops::Range;

use super::line::{Kind, Line};
use super::number;
use super::statements::{Reader, title_of, without_comment};
use super::want::Want;
use crate::cause::Quantity;
use crate::columns::Columns;
use crate::diagnostic::Diagnostics;
use crate::input::{self, MAX_INPUT_BYTES};

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Token {
    /// A word of the language: `topic`, `to`, `add`.
    Keyword,
    /// The name of a setting, without its `=`.
    Option,
    /// One of the values that a setting can have, a key, or the text of a title.
    Value,
    /// A number with its unit.
    Number,
    /// A name, new or not.
    Name,
    /// From its `#` to the end of the line.
    Comment,
    /// A word that means nothing here.
    Error,
}

impl Token {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Keyword, Self::Option, Self::Value, Self::Number, Self::Name, Self::Comment, Self::Error];

    /// Its name in lower case, as for a CSS class.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Option => "option",
            Self::Value => "value",
            Self::Number => "number",
            Self::Name => "name",
            Self::Comment => "comment",
            Self::Error => "error",
        }
    }
}

/// What the words of a scenario are, as bytes of `text`, in its order and none within another. Spaces, signs and
/// what stands behind an error, where it could be anything, are nothing. In time that is linear in the text; nothing
/// for one that is longer than [`MAX_INPUT_BYTES`], which is not read either.
///
/// Whether names are there is not looked at: that is what [`parse`](super::parse) says.
#[inline(never)]
pub fn highlight(text: &str) -> Vec<(Range<usize>, Token)> {
    let mut found = Vec::new();
    if text.len() > MAX_INPUT_BYTES {
        return found;
    }
    let plain = input::without_mark(text);
    let mut start = text.len() - plain.len();
    let mut reader = Reader { diagnostics: Diagnostics::mute(), ..Reader::default() };
    for line in plain.split('\n') {
        let mut push = |range: Range<usize>, token| {
            if !range.is_empty() {
                found.push((start + range.start..start + range.end, token));
            }
        };
        match title_of(line) {
            Some((rest, _)) => title(line, line.len() - rest.len(), &mut push),
            None => words(line, &mut reader, &mut push),
        }
        start += line.len() + 1;
    }
    found
}

/// `title`, and what stands behind byte `end` of the line.
fn title(line: &str, end: usize, push: &mut impl FnMut(Range<usize>, Token)) {
    push(end - "title".len()..end, Token::Keyword);
    let text = line[end..].trim_start();
    let from = line.len() - text.len();
    if text.starts_with('"') {
        let tokens = Line::new(text, 1, 0, &mut Diagnostics::mute()).into_tokens();
        let mut columns = Columns::of(text);
        for (index, token) in tokens.iter().enumerate() {
            let place = columns.bytes_of(token.at);
            let kind = if index == 0 { Token::Value } else { Token::Error };
            push(from + place.start..from + place.end, kind);
        }
        let behind = tokens.last().map_or(0, |token| columns.bytes_of(token.at).end);
        comment(line, from + behind, push);
        return;
    }
    let value = without_comment(&line[end..]);
    let to = end + value.trim_end().len();
    push(from.min(to)..to, Token::Value);
    comment(line, end + value.len(), push);
}

/// What stands behind byte `from`, where only spaces and a comment can.
fn comment(line: &str, from: usize, push: &mut impl FnMut(Range<usize>, Token)) {
    let text = line[from..].trim();
    let from = from + (line[from..].len() - line[from..].trim_start().len());
    push(from..from + text.len(), Token::Comment);
}

fn words(text: &str, reader: &mut Reader, push: &mut impl FnMut(Range<usize>, Token)) {
    let mut line = Line::watched(text, &mut Diagnostics::mute());
    reader.read(&mut line);
    let (tokens, mut wants) = (line.tokens(), line.wants());
    let mut columns = Columns::of(text);
    let mut end = 0;
    for (index, token) in tokens.iter().enumerate() {
        let place = columns.bytes_of(token.at);
        end = place.end;
        // The reader goes forwards, so what it looked for stands in the order of the words.
        let here = wants.iter().take_while(|(at, _)| *at == index).count();
        let (looked_for, later) = wants.split_at(here);
        wants = later;
        if !token.is_word() {
            continue;
        }
        let option = tokens.get(index + 1).is_some_and(|next| next.kind == Kind::Equals);
        if let Some(kind) = kind_of(&text[place.clone()], token.kind == Kind::Bare, option, looked_for) {
            push(place, kind);
        }
    }
    comment(text, end, push);
}

/// What a word is to a reader who looked for these; nothing if it looked for nothing.
fn kind_of(word: &str, bare: bool, option: bool, looked_for: &[(usize, Want)]) -> Option<Token> {
    let mut kind = None;
    for (_, want) in looked_for {
        let (fits, token) = match want {
            Want::Words(words) => (bare && words.contains(&word), Token::Keyword),
            Want::Word(known) => (bare && *known == word, Token::Keyword),
            Want::Options(options) => (option && bare && options.contains(&word), Token::Option),
            Want::Values(values) => (!option && values.contains(&word.trim_matches('"')), Token::Value),
            Want::Name(_) | Want::NewName | Want::Member => (!option, Token::Name),
            Want::Number(quantity) => (!option && is_number(word.trim_matches('"'), *quantity), Token::Number),
            Want::Broker => (!option && is_number(word, Quantity::Count), Token::Number),
            Want::Partition => (!option, Token::Name),
            Want::Key | Want::Text => (!option, Token::Value),
            // What was looked for before, this is not.
            Want::Missing => {
                kind = kind.filter(|kind| *kind == Token::Keyword);
                (false, Token::Error)
            }
        };
        // A word of the language comes before a name that could stand in its place.
        if fits && (token == Token::Keyword || kind.is_none_or(|kind| kind == Token::Error)) {
            kind = Some(token);
        } else if !fits {
            kind = kind.or(Some(Token::Error));
        }
    }
    kind
}

fn is_number(word: &str, quantity: Quantity) -> bool {
    use number::Fault;
    let fault = match quantity {
        Quantity::Span => number::span(word).err(),
        Quantity::Bytes => number::bytes(word).err(),
        Quantity::Rate => number::rate(word).err(),
        Quantity::Count | Quantity::Partition => number::count(word).err(),
    };
    fault != Some(Fault::Bad)
}

#[cfg(test)]
mod tests;
