use std::fmt;

use kafka_lanes_core::sorted::sort_by;

use crate::cause::Cause;

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
    /// The first one that was left out.
    more_at: Place,
}

impl Diagnostics {
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
        self.list.len() >= MAX_DIAGNOSTICS
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
