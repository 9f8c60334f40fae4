//! A place in a text that moves on, knowing its line and column.

use crate::diagnostic::Place;

#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner<'a> {
    pub(super) rest: &'a str,
    line: u32,
    column: u32,
}

impl<'a> Scanner<'a> {
    /// `text` begins at this line and column.
    pub(super) fn new(text: &'a str, line: u32, column: u32) -> Self {
        Self { rest: text, line, column }
    }

    pub(super) fn here(&self) -> Place {
        Place { line: self.line, column: self.column, length: 0 }
    }

    /// From `start` to here, if that is one line; else one character.
    pub(super) fn since(&self, start: Place) -> Place {
        let length = if start.line == self.line { self.column - start.column } else { 1 };
        Place { length, ..start }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    pub(super) fn at(&self, text: &str) -> bool {
        self.rest.starts_with(text)
    }

    pub(super) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.rest = &self.rest[c.len_utf8()..];
        if c == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(c)
    }

    /// Moves on by `bytes`, which end at a character.
    pub(super) fn skip(&mut self, bytes: usize) -> &'a str {
        let (passed, _) = self.rest.split_at(bytes);
        for _ in passed.chars() {
            self.bump();
        }
        passed
    }

    /// Takes `text` if it comes next.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let found = self.at(text);
        if found {
            self.skip(text.len());
        }
        found
    }

    /// Passes over spaces, not over the end of the line.
    pub(super) fn skip_spaces(&mut self) {
        while self.peek().is_some_and(|c| c.is_whitespace() && c != '\n') {
            self.bump();
        }
    }

    pub(super) fn skip_white(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.bump();
        }
    }

    /// Passes over the rest of the line, not its end.
    pub(super) fn skip_line(&mut self) -> &'a str {
        self.skip(self.rest.find('\n').unwrap_or(self.rest.len()))
    }

    /// Passes over the rest of a statement: up to a semicolon that is not in quotes, or the end of the line.
    pub(super) fn skip_statement(&mut self) -> &'a str {
        let mut quoted = false;
        let end = self.rest.find(|c| {
            quoted ^= c == '"';
            c == '\n' || c == ';' && !quoted
        });
        self.skip(end.unwrap_or(self.rest.len()))
    }
}
