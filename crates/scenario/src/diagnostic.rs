use std::fmt;
use std::ops::Range;

use kafka_lanes_core::sorted::sort_by;

use crate::cause::Cause;
use crate::columns::Columns;
use crate::input;

/// Diagnostics that one text gets at the most; one more then says how many were left out.
pub const MAX_DIAGNOSTICS: usize = 100;

/// Where something stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Its line, from 1.
    pub line: u32,
    /// Its first character in the line, from 1, counted in Unicode scalar values.
    pub column: u32,
    /// How many characters it covers; 0 for a point between two of them.
    pub length: u32,
}

impl Place {
    /// From the start of `self` to the end of `last`, if both are in one line; else just `self`.
    pub(crate) fn to(self, last: Self) -> Self {
        if self.line != last.line || last.column < self.column {
            return self;
        }
        Self { length: last.column + last.length - self.column, ..self }
    }

    /// The point behind it.
    pub(crate) fn end(self) -> Self {
        Self { column: self.column + self.length, length: 0, ..self }
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Something was left out.
    Error,
    /// Something was understood, perhaps not as it was meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What is wrong, where, and (in the words of its [`Cause`]) how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The line, from 1.
    pub line: u32,
    /// The first character in the line, from 1, counted in Unicode scalar values.
    pub column: u32,
    /// How many characters are meant; 0 for a point between two of them.
    pub length: u32,
    /// What is wrong.
    pub cause: Cause,
}

impl Diagnostic {
    pub(crate) fn new(at: Place, cause: Cause) -> Self {
        let Place { line, column, length } = at;
        Self { severity: cause.severity(), line, column, length, cause }
    }

    /// The bytes of `text`, from which it is, that are meant: what an editor underlines. A point between two
    /// characters takes the one behind it, or at the end of a line the one before it, so that there is something
    /// to see wherever the line has something.
    #[inline(never)]
    pub fn range(&self, text: &str) -> Range<usize> {
        let plain = input::without_mark(text);
        let before = text.len() - plain.len();
        let number = (self.line as usize).saturating_sub(1);
        let starts = std::iter::once(0).chain(plain.match_indices('\n').map(|(at, _)| at + 1));
        let Some(begins) = starts.into_iter().nth(number) else { return text.len()..text.len() };
        let before = before + begins;
        let line = plain[begins..].split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let at = Place { line: self.line, column: self.column, length: self.length.max(1) };
        let Range { mut start, end } = Columns::of(line).bytes_of(at);
        if start == end {
            start = line.char_indices().next_back().map_or(0, |(last, _)| last);
        }
        before + start..before + end
    }

    /// What is wrong and how to mend it, in English.
    pub fn message(&self) -> String {
        self.cause.to_string()
    }
}

/// `3:14: error: …`, for a terminal; put the file's name before it.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.line, self.column, self.severity.name(), self.cause)
    }
}

/// Collects diagnostics, and stops at [`MAX_DIAGNOSTICS`].
#[derive(Debug, Default)]
pub(crate) struct Diagnostics {
    list: Vec<Diagnostic>,
    more: usize,
    /// Nothing is kept, and nothing costly found out.
    mute: bool,
    /// The first one that was left out.
    more_at: Place,
}

impl Diagnostics {
    /// Where nobody listens.
    pub(crate) fn mute() -> Self {
        Self { mute: true, ..Self::default() }
    }

    /// What was pushed so far; at most [`MAX_DIAGNOSTICS`].
    pub(crate) fn so_far(&self) -> &[Diagnostic] {
        &self.list
    }

    pub(crate) fn push(&mut self, at: Place, cause: Cause) {
        if !self.is_full() {
            self.list.push(Diagnostic::new(at, cause));
            return;
        }
        if self.more == 0 {
            self.more_at = at;
        }
        self.more += 1;
    }

    pub(crate) fn append(&mut self, other: Self) {
        for Diagnostic { line, column, length, cause, .. } in other.list {
            self.push(Place { line, column, length }, cause);
        }
        self.more += other.more;
    }

    /// Whether the next one would be left out: then nothing costly needs to be found out for it.
    pub(crate) fn is_full(&self) -> bool {
        self.mute || self.list.len() >= MAX_DIAGNOSTICS
    }

    /// All of them in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        sort_by(&mut self.list, |a, b| (a.line, a.column).cmp(&(b.line, b.column)));
        if self.more > 0 {
            self.list.push(Diagnostic::new(self.more_at, Cause::More { count: self.more }));
        }
        self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_can_be_underlined() {
        let meant = |text: &'static str, line, column, length| {
            let range = Diagnostic::new(Place { line, column, length }, Cause::UnclosedQuote).range(text);
            &text[range]
        };
        assert_eq!(meant("é topc ü\r\nx", 1, 3, 4), "topc");
        assert_eq!(meant("\u{FEFF}topc ü\r\nx", 1, 1, 4), "topc");
        assert_eq!(meant("a\nשלום x", 2, 6, 1), "x");
        assert_eq!(meant("topic\r\nx", 1, 6, 0), "c");
        assert_eq!(meant("topic t", 1, 6, 0), " ");
        assert_eq!(meant("a\n\nb", 2, 1, 0), "");
        assert_eq!(meant("a", 7, 3, 2), "");
        assert_eq!(meant("a🦊", 1, 9, u32::MAX), "🦊");
    }

    #[test]
    fn the_hundred_and_first_is_counted_not_kept() {
        let mut all = Diagnostics::default();
        for line in (1..=250).rev() {
            all.push(Place { line, column: 1, length: 1 }, Cause::UnclosedQuote);
        }
        let all = all.finish();
        assert_eq!(all.len(), MAX_DIAGNOSTICS + 1);
        assert!(all[..MAX_DIAGNOSTICS].is_sorted_by_key(|d| d.line));
        assert_eq!(all[MAX_DIAGNOSTICS].cause, Cause::More { count: 150 });
        assert_eq!(all[MAX_DIAGNOSTICS].line, 150);
    }
}
