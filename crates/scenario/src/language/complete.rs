//! What could stand at the cursor, for an editor: the reader reads up to it, and says what it looks for.

mod candidates;
mod names;
mod spot;
mod usual;

use std::ops::Range;

use super::line::Line;
use super::statements::Reader;
use super::want::Want;
use crate::diagnostic::Diagnostics;
use crate::input::{self, MAX_INPUT_BYTES};
use candidates::Candidates;
use names::Names;
use spot::Spot;

/// Completions that are offered at the most.
pub const MAX_COMPLETIONS: usize = 100;

/// What could stand at a place of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completions {
    /// The bytes of the text that a completion takes the place of: the word at the cursor, or nothing.
    pub replace: Range<usize>,
    /// The best first; at most [`MAX_COMPLETIONS`].
    pub items: Vec<Completion>,
}

/// A word that is valid at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What to put in: in quotes where the language wants them, an option with its `=`.
    pub text: String,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words more about it, in English; may be empty.
    pub note: String,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum CompletionKind {
    /// A word of the language.
    Word,
    /// A setting, with its `=`.
    Option,
    /// One of the values that a setting can have.
    Value,
    /// A number with its unit.
    Number,
    Topic,
    Partition,
    Producer,
    Group,
    Consumer,
    Broker,
    Service,
    Key,
}

/// What could stand at byte `offset` of a scenario. In time that is linear in the text, for every text and offset:
/// one inside a character counts as its beginning, one behind the end as the end.
///
/// What is offered there is what [`parse`](super::parse) takes there: nothing in a comment, in a title, or where
/// a new name belongs; no option twice; of the values only those that go with the others of the line.
#[inline(never)]
pub fn complete(text: &str, offset: usize) -> Completions {
    let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let mark = text.len() - input::without_mark(text).len();
    let offset = offset.max(mark);
    let nothing = Completions { replace: offset..offset, items: Vec::new() };
    if text.len() > MAX_INPUT_BYTES {
        return nothing;
    }
    let start = text[mark..offset].rfind('\n').map_or(mark, |newline| mark + newline + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline);
    let Some(spot) = Spot::of(&text[start..end], offset - start) else { return nothing };

    // The lines above say what may come; all but this one, which names there are.
    let mut above = silent();
    let mut others = silent();
    for line in text[mark..start].lines() {
        above.read_line(line, 1);
        others.read_line(line, 1);
    }
    for line in text[end..].lines() {
        others.read_line(line, 1);
    }
    let names = Names::of(others.draft, above.draft.groups.last());
    let mut line = Line::watched(spot.head(), &mut Diagnostics::mute());
    above.read(&mut line);
    let last = line.tokens().len();
    let behind = line.wants().iter().filter(|(at, _)| *at == last).map(|(_, want)| *want);
    let mut candidates = Candidates::of(&spot, &names, above);
    for want in behind.take_while(|want| *want != Want::Missing) {
        candidates.offer(want);
    }
    Completions { replace: start + spot.range().start..start + spot.range().end, items: candidates.ranked() }
}

fn silent() -> Reader {
    Reader { diagnostics: Diagnostics::mute(), ..Reader::default() }
}

#[cfg(test)]
mod tests;
