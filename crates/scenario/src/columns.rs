use std::ops::Range;

use crate::diagnostic::Place;

/// From columns of a line to its bytes, in one pass over the line where they come in order.
pub(crate) struct Columns<'a> {
    line: &'a str,
    /// The column that was asked for last, from 1, and its byte.
    column: u32,
    byte: usize,
}

impl<'a> Columns<'a> {
    pub(crate) const fn of(line: &'a str) -> Self {
        Self { line, column: 1, byte: 0 }
    }

    /// The bytes of a place in this line.
    pub(crate) fn bytes_of(&mut self, at: Place) -> Range<usize> {
        self.byte_of(at.column)..self.byte_of(at.column.saturating_add(at.length))
    }

    /// Where the character of this column begins; the end of the line for those behind it.
    fn byte_of(&mut self, column: u32) -> usize {
        if column < self.column {
            *self = Self::of(self.line);
        }
        let rest = &self.line[self.byte..];
        let ahead = (column - self.column) as usize;
        match rest.char_indices().nth(ahead) {
            Some((at, _)) => {
                self.column = column;
                self.byte += at;
                self.byte
            }
            None => self.line.len(),
        }
    }
}
