use super::want::Want;
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};

/// A word or a sign of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// The word; of a quoted one, what the quotes hold.
    pub(super) text: String,
    pub(super) at: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Bare,
    Quoted,
    Comma,
    Equals,
    DotDot,
}

impl Token {
    /// A name, a key or a value; not a sign.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Bare | Kind::Quoted)
    }

    /// The language's own word `word`, which nobody put in quotes.
    pub(super) fn is(&self, word: &str) -> bool {
        self.kind == Kind::Bare && self.text == word
    }
}

/// The words of a line, taken one after the other.
#[derive(Debug)]
pub(super) struct Line {
    tokens: Vec<Token>,
    next: usize,
    /// The point behind the last word.
    end: Place,
    /// What its reader looked for, and before which of the words; kept only of a watched line.
    wants: Option<Vec<(usize, Want)>>,
}

impl Line {
    /// The words of `text`, which is line `number` without its first `skipped` characters.
    pub(super) fn new(text: &str, number: u32, skipped: u32, diagnostics: &mut Diagnostics) -> Self {
        let mut lexer = Lexer { rest: text, at: Place { line: number, column: skipped + 1, length: 0 }, diagnostics };
        let mut tokens = Vec::new();
        while let Some(token) = lexer.token() {
            tokens.push(token);
        }
        let start = Place { line: number, column: skipped + 1, length: 0 };
        let end = tokens.last().map_or(start, |token: &Token| token.at.end());
        Self { tokens, next: 0, end, wants: None }
    }

    /// As [`new`](Self::new), of a line whose reader is watched.
    pub(super) fn watched(text: &str, diagnostics: &mut Diagnostics) -> Self {
        Self { wants: Some(Vec::new()), ..Self::new(text, 1, 0, diagnostics) }
    }

    /// The reader looks for this next.
    #[inline(never)]
    pub(super) fn want(&mut self, want: Want) {
        if let Some(wants) = &mut self.wants {
            wants.push((self.next, want));
        }
    }

    /// What was looked for before each word, and behind the last one.
    pub(super) fn wants(&self) -> &[(usize, Want)] {
        self.wants.as_deref().unwrap_or_default()
    }

    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    pub(super) fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next)
    }

    pub(super) fn take(&mut self) -> Option<Token> {
        let token = self.tokens.get_mut(self.next)?;
        self.next += 1;
        // A token is taken once, so its text need not stay.
        Some(Token { text: std::mem::take(&mut token.text), ..*token })
    }

    /// Takes the next word if it is the language's own `word`.
    pub(super) fn take_if(&mut self, word: &'static str) -> bool {
        self.want(Want::Word(word));
        let found = self.peek().is_some_and(|token| token.is(word));
        self.next += usize::from(found);
        found
    }

    /// Takes the next word if it is this value, of which nobody guesses that it is looked for.
    pub(super) fn take_if_value(&mut self, value: &str) -> bool {
        let found = !self.at_option() && self.peek().is_some_and(|token| token.is_word() && token.text == value);
        self.next += usize::from(found);
        found
    }

    /// Takes the next sign if it is of this kind.
    pub(super) fn take_sign(&mut self, kind: Kind) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == kind);
        self.next += usize::from(found);
        found
    }

    /// The next words are `name =`.
    pub(super) fn at_option(&self) -> bool {
        self.peek().is_some_and(|token| token.kind == Kind::Bare)
            && self.tokens.get(self.next + 1).is_some_and(|token| token.kind == Kind::Equals)
    }

    /// The next word, if it is one and does not begin an option.
    pub(super) fn take_word(&mut self) -> Option<Token> {
        if self.at_option() || !self.peek()?.is_word() {
            return None;
        }
        self.take()
    }

    /// Passes over what belongs to no option.
    pub(super) fn skip_to_option(&mut self) {
        while self.peek().is_some() && !self.at_option() {
            self.next += 1;
        }
    }

    /// The next word, or the point behind the last one.
    pub(super) fn here(&self) -> Place {
        self.peek().map_or(self.end, |token| token.at)
    }

    /// From the next word to the end.
    pub(super) fn rest(&self) -> Place {
        self.here().to(self.tokens.last().map_or(self.end, |token| token.at))
    }
}

struct Lexer<'a, 'd> {
    rest: &'a str,
    at: Place,
    diagnostics: &'d mut Diagnostics,
}

impl Lexer<'_, '_> {
    fn token(&mut self) -> Option<Token> {
        let begins = self.at.column == 1;
        let spaced = self.skip_spaces();
        let first = self.rest.chars().next()?;
        if first == '#' && (spaced || begins) {
            self.rest = "";
            return None;
        }
        let from = self.at;
        let (kind, text) = match first {
            '"' => (Kind::Quoted, self.quoted()),
            ',' => (Kind::Comma, self.sign(1)),
            '=' => (Kind::Equals, self.sign(1)),
            '.' if self.rest.starts_with("..") => (Kind::DotDot, self.sign(2)),
            _ => (Kind::Bare, self.bare()),
        };
        Some(Token { kind, text, at: Place { length: self.at.column - from.column, ..from } })
    }

    fn skip_spaces(&mut self) -> bool {
        let before = self.at.column;
        while self.rest.chars().next().is_some_and(char::is_whitespace) {
            self.bump();
        }
        self.at.column > before
    }

    fn bump(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let c = characters.next()?;
        self.rest = characters.as_str();
        self.at.column += 1;
        Some(c)
    }

    fn sign(&mut self, length: usize) -> String {
        (0..length).filter_map(|_| self.bump()).collect()
    }

    fn bare(&mut self) -> String {
        let mut text = String::new();
        while let Some(c) = self.rest.chars().next() {
            if c.is_whitespace() || matches!(c, '"' | ',' | '=') || self.rest.starts_with("..") {
                break;
            }
            text.push(c);
            self.bump();
        }
        text
    }

    /// What stands between this quotation mark and the next; to the end of the line if there is none.
    fn quoted(&mut self) -> String {
        let from = self.at;
        let mut text = String::new();
        self.bump();
        while let Some(c) = self.bump() {
            match c {
                '"' => return text,
                '\\' => self.escape(&mut text),
                c => text.push(c),
            }
        }
        self.diagnostics.push(Place { length: self.at.column - from.column, ..from }, Cause::UnclosedQuote);
        text
    }

    /// What a backslash makes of what is behind it.
    fn escape(&mut self, text: &mut String) {
        let from = Place { column: self.at.column - 1, ..self.at };
        let c = match self.bump() {
            Some('"') => Some('"'),
            Some('\\') => Some('\\'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some('u') => self.code(),
            // A quotation mark that is missing is told by `quoted`.
            None => return,
            Some(_) => None,
        };
        match c {
            Some(c) => text.push(c),
            None => {
                let at = Place { length: self.at.column - from.column, ..from };
                self.diagnostics.push(at, Cause::BadEscape);
            }
        }
    }

    /// Four hex digits.
    fn code(&mut self) -> Option<char> {
        let digits = self.rest.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let code = u32::from_str_radix(digits, 16).ok()?;
        for _ in 0..4 {
            self.bump();
        }
        char::from_u32(code)
    }
}
