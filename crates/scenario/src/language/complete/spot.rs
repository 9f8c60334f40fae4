//! The word at the cursor, and the words around it.

use std::ops::Range;

use kafka_lanes_core::sorted::SortedSet;

use super::super::line::{Kind, Line, Token};
use super::super::statements::title_of;
use crate::cause::Cause;
use crate::columns::Columns;
use crate::diagnostic::Diagnostics;

pub(super) struct Spot<'a> {
    line: &'a str,
    /// The words of the whole line, and whether the one at the cursor is among them.
    tokens: Vec<Token>,
    under: Option<usize>,
    range: Range<usize>,
    typed: String,
    quoted: bool,
}

impl<'a> Spot<'a> {
    /// The place before byte `at` of `line`, if words of the language can stand there.
    pub(super) fn of(line: &'a str, at: usize) -> Option<Self> {
        let head = &line[..at];
        if title_of(head).is_some_and(|(rest, _)| !rest.is_empty()) {
            return None;
        }
        let before = tokens_of(head, &mut Diagnostics::mute());
        let mut columns = Columns::of(head);
        let last = before.last().map(|token| (token, columns.bytes_of(token.at)));
        let mut spot =
            Self { line, tokens: Vec::new(), under: None, range: at..at, typed: String::new(), quoted: false };
        match last {
            Some((token, place)) if place.end == at && token.is_word() => {
                spot.range.start = place.start;
                spot.typed.clone_from(&token.text);
                spot.quoted = token.kind == Kind::Quoted;
                // A consumer behind the slash behind a group in quotes.
                let glued = place.start > 0 && line[..place.start].ends_with('"');
                if glued && !spot.quoted && spot.typed.starts_with('/') {
                    spot.range.start += 1;
                    spot.typed.remove(0);
                }
            }
            Some((_, place)) if !head[place.end..].trim_start().is_empty() => return None,
            None if !head.trim_start().is_empty() => return None,
            _ => {}
        }
        let mut faults = Diagnostics::default();
        spot.tokens = tokens_of(line, &mut faults);
        let closed = !faults.so_far().iter().any(|fault| fault.cause == Cause::UnclosedQuote);
        let mut columns = Columns::of(line);
        for (index, token) in spot.tokens.iter().enumerate() {
            let place = columns.bytes_of(token.at);
            if token.is_word() && place.start < at && at <= place.end {
                spot.under = Some(index);
                if token.kind == Kind::Bare || closed {
                    spot.range.end = place.end;
                }
            }
        }
        Some(spot)
    }

    /// The bytes of the line that a completion takes the place of.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// What stands before that.
    pub(super) fn head(&self) -> &'a str {
        &self.line[..self.range.start]
    }

    /// What stands behind that.
    pub(super) fn tail(&self) -> &'a str {
        &self.line[self.range.end..]
    }

    /// What there is of the word already.
    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.quoted
    }

    /// The first word of the line.
    pub(super) fn statement(&self) -> &str {
        self.tokens.first().filter(|_| self.under != Some(0)).map_or("", |token| &token.text)
    }

    /// The option whose value stands here.
    pub(super) fn option(&self) -> Option<&str> {
        let before = self.tokens_before();
        let [.., option, sign] = before else { return None };
        (sign.kind == Kind::Equals).then_some(&option.text)
    }

    fn tokens_before(&self) -> &[Token] {
        // A word and a cursor are both counted in characters.
        let column = self.head().chars().count() as u32 + 1;
        let count = self.tokens.iter().take_while(|token| token.at.column < column).count();
        &self.tokens[..count]
    }

    /// Whether the line has this option already.
    pub(super) fn has_option(&self, option: &str) -> bool {
        let pairs = self.tokens.iter().zip(self.tokens.iter().skip(1)).enumerate();
        pairs
            .filter(|(index, _)| Some(*index) != self.under)
            .any(|(_, (word, sign))| sign.kind == Kind::Equals && word.is(option))
    }

    /// The words that stand beside a comma: those of the list that this one may be of.
    pub(super) fn listed(&self) -> SortedSet<String> {
        let comma = |index: Option<usize>| {
            index.and_then(|index| self.tokens.get(index)).is_some_and(|token| token.kind == Kind::Comma)
        };
        let words = self.tokens.iter().enumerate().filter(|(index, token)| {
            token.is_word() && Some(*index) != self.under && (comma(index.checked_sub(1)) || comma(Some(index + 1)))
        });
        words.map(|(_, token)| token.text.clone()).collect()
    }

    /// The group that the line names: before a slash at the cursor, or behind `from`, `of` or `to`.
    pub(super) fn group(&self) -> Option<&str> {
        if let Some(before) = self.head().strip_suffix('/') {
            let group = self.tokens_before().iter().rev().find(|token| token.text != "/")?;
            return Some(if before.ends_with('"') { &group.text } else { group.text.split('/').next()? });
        }
        let leads = |word: &Token| word.is("from") || word.is("of") || word.is("to");
        let pairs = self.tokens.iter().zip(self.tokens.iter().skip(1));
        pairs.filter(|(word, _)| leads(word)).map(|(_, name)| name.text.as_str()).next()
    }
}

fn tokens_of(line: &str, faults: &mut Diagnostics) -> Vec<Token> {
    Line::new(line, 1, 0, faults).into_tokens()
}
