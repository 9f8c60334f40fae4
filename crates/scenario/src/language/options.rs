//! Options and their values: `word=value`, a fault a value at the most.

use kafka_lanes_core::Span;
use kafka_lanes_core::limits::{MAX_RATE_PER_SECOND, MIN_PERIOD};
use kafka_lanes_core::spec::Rate;

use super::draft::Name;
use super::line::{Kind, Line, Token};
use super::number::{self, Fault};
use super::statements::Reader;
use super::vocabulary::{Bounds, TIMINGS};
use super::want::Want;
use crate::cause::{Cause, Need, Quantity, Thing};
use crate::diagnostic::Place;
use crate::limit::Limit;
use crate::name::cut;
use crate::nearest::nearest;

impl Reader {
    /// Reads the options at the end of a line: `set` takes the value of each that is `known`.
    pub(super) fn options(
        &mut self,
        line: &mut Line,
        known: &'static [&'static str],
        mut set: impl FnMut(&mut Self, &'static str, &mut Line),
    ) {
        let mut seen: Vec<&'static str> = Vec::new();
        loop {
            line.want(Want::Options(known));
            if line.peek().is_none() {
                return;
            }
            if !line.at_option() {
                self.unexpected(line);
                line.skip_to_option();
                continue;
            }
            let Some(word) = line.take() else { return };
            line.take_sign(Kind::Equals);
            let Some(option) = known.iter().copied().find(|option| *option == word.text) else {
                self.unknown_word(&word, known);
                line.skip_to_option();
                continue;
            };
            if seen.contains(&option) {
                self.diagnostics.push(word.at, Cause::GivenTwice { option: option.into() });
            } else {
                seen.push(option);
            }
            set(self, option, line);
        }
    }

    #[cold]
    pub(super) fn unknown_word(&mut self, word: &Token, known: &'static [&'static str]) {
        let near = if self.diagnostics.is_full() { None } else { nearest(&word.text, known.iter().copied()) };
        self.diagnostics.push(word.at, Cause::UnknownWord { word: word.text.clone(), known, nearest: near });
    }

    /// Says that what comes next was not expected.
    #[cold]
    pub(super) fn unexpected(&mut self, line: &Line) {
        if let Some(token) = line.peek() {
            let text = if token.is_word() { token.text.clone() } else { sign(token.kind).into() };
            self.diagnostics.push(line.rest(), Cause::Unexpected { text });
        }
    }

    /// Says that something is still there at the end of a line, if so.
    pub(super) fn end(&mut self, line: &Line) {
        self.unexpected(line);
    }

    #[cold]
    pub(super) fn missing(&mut self, line: &mut Line, need: Need) {
        line.want(Want::Missing);
        self.diagnostics.push(line.here(), Cause::Missing(need));
    }

    /// The name of a thing that is there.
    pub(super) fn name(&mut self, line: &mut Line, thing: Thing) -> Option<Name> {
        line.want(Want::Name(thing));
        self.some_name(line, thing)
    }

    /// The name of a thing that begins here.
    pub(super) fn new_name(&mut self, line: &mut Line, thing: Thing) -> Option<Name> {
        line.want(Want::NewName);
        self.some_name(line, thing)
    }

    /// A name, not longer than names can be.
    fn some_name(&mut self, line: &mut Line, thing: Thing) -> Option<Name> {
        let leads_on = |token: &Token| super::vocabulary::LEADING.iter().any(|word| token.is(word));
        if line.peek().is_some_and(leads_on) {
            self.missing(line, Need::Name(thing));
            return None;
        }
        let Some(token) = line.take_word() else {
            self.missing(line, Need::Name(thing));
            return None;
        };
        self.named(token)
    }

    pub(super) fn named(&mut self, token: Token) -> Option<Name> {
        if token.text.trim().is_empty() {
            self.diagnostics.push(token.at, Cause::BlankName);
            return None;
        }
        let given = token.text.len().to_string();
        let (text, was_cut) = cut(token.text);
        if was_cut {
            self.diagnostics.push(token.at, Cause::OverLimit { limit: Limit::NameChars, given });
        }
        Some(Name { text, at: token.at })
    }

    /// One name or several, with commas between them.
    pub(super) fn names(&mut self, line: &mut Line, thing: Thing) -> Vec<Name> {
        let mut names: Vec<Name> = self.name(line, thing).into_iter().collect();
        while line.take_sign(Kind::Comma) {
            names.extend(self.name(line, thing));
        }
        names
    }

    pub(super) fn value(&mut self, line: &mut Line) -> Option<Token> {
        let token = line.take_word();
        if token.is_none() {
            self.missing(line, Need::Value);
        }
        token
    }

    pub(super) fn choice(&mut self, line: &mut Line, known: &'static [&'static str]) -> Option<&'static str> {
        line.want(Want::Values(known));
        let token = self.value(line)?;
        let found = known.iter().copied().find(|choice| *choice == token.text);
        if found.is_none() {
            self.unknown_word(&token, known);
        }
        found
    }

    pub(super) fn span(&mut self, line: &mut Line, bounds: Bounds) -> Option<Span> {
        line.want(Want::Number(Quantity::Span));
        let token = self.value(line)?;
        self.span_of(&token, bounds)
    }

    /// The same of a word that is taken already.
    pub(super) fn span_of(&mut self, token: &Token, bounds: Bounds) -> Option<Span> {
        let span = match number::span(&token.text) {
            Ok(span) => span,
            Err(Fault::NoUnit(micros)) => {
                self.no_unit(token, Quantity::Span);
                Span(micros)
            }
            Err(Fault::Bad) => return self.bad_number(token, Quantity::Span),
        };
        if bounds == Bounds::Period && span < MIN_PERIOD {
            self.clamped(token, Limit::Period);
            return Some(MIN_PERIOD);
        }
        let limit = if bounds == Bounds::Flight { Limit::Latency } else { Limit::Span };
        Some(Span(self.at_most(span.0, limit, token)))
    }

    pub(super) fn bytes(&mut self, line: &mut Line, limit: Limit) -> Option<u64> {
        let (bytes, token) = self.any_bytes(line)?;
        Some(self.at_most(bytes, limit, &token))
    }

    /// Any number of bytes, and how it is written.
    pub(super) fn any_bytes(&mut self, line: &mut Line) -> Option<(u64, Token)> {
        line.want(Want::Number(Quantity::Bytes));
        let token = self.value(line)?;
        match number::bytes(&token.text) {
            Ok(bytes) => Some((bytes, token)),
            Err(_) => self.bad_number(&token, Quantity::Bytes),
        }
    }

    pub(super) fn rate(&mut self, line: &mut Line) -> Option<Rate> {
        line.want(Want::Number(Quantity::Rate));
        let token = self.value(line)?;
        let (rate, rounded) = match number::rate(&token.text) {
            Ok(rate) => rate,
            Err(Fault::NoUnit(thousandths)) => {
                self.no_unit(&token, Quantity::Rate);
                (Rate(thousandths), false)
            }
            Err(Fault::Bad) => return self.bad_number(&token, Quantity::Rate),
        };
        let most = Rate::per_second(MAX_RATE_PER_SECOND);
        if rate > most {
            self.clamped(&token, Limit::Rate);
            return Some(most);
        }
        if rounded {
            let per_second = number::print_rate(rate).trim_end_matches("/s").into();
            self.diagnostics.push(token.at, Cause::Rounded { per_second });
        }
        Some(rate)
    }

    /// A whole number, and how it is written.
    pub(super) fn count(&mut self, line: &mut Line) -> Option<(u64, Token)> {
        line.want(Want::Number(Quantity::Count));
        let token = self.value(line)?;
        match number::count(&token.text) {
            Ok(count) => Some((count, token)),
            Err(_) => self.bad_number(&token, Quantity::Count),
        }
    }

    #[cold]
    pub(super) fn bad_number<T>(&mut self, token: &Token, quantity: Quantity) -> Option<T> {
        self.diagnostics.push(token.at, Cause::BadNumber { text: token.text.clone(), quantity });
        None
    }

    #[cold]
    fn no_unit(&mut self, token: &Token, quantity: Quantity) {
        self.diagnostics.push(token.at, Cause::NoUnit { text: token.text.clone(), quantity });
    }

    fn at_most(&mut self, given: u64, limit: Limit, token: &Token) -> u64 {
        if given > limit.value() {
            self.clamped(token, limit);
        }
        given.min(limit.value())
    }

    /// As [`at_most`](Self::at_most), of what is left out where it is over the limit.
    #[inline(never)]
    pub(super) fn not_over(&mut self, given: u64, limit: Limit, token: &Token) -> u64 {
        if given > limit.value() {
            self.diagnostics.push(token.at, Cause::OverLimit { limit, given: token.text.clone() });
        }
        given.min(limit.value())
    }

    /// Says that a number is beyond a limit.
    #[cold]
    pub(super) fn clamped(&mut self, token: &Token, limit: Limit) {
        self.diagnostics.push(token.at, Cause::Clamped { limit, given: token.text.clone() });
    }

    /// Says so if a line before this one has said `what` too, of which the last one counts. Twice in one line is told of
    /// by [`Self::options`].
    #[inline(never)]
    pub(super) fn once(&mut self, what: &'static str, at: Place) {
        match self.draft.said.iter_mut().find(|(said, _)| *said == what) {
            Some((_, line)) if *line != at.line => {
                *line = at.line;
                self.diagnostics.push(at, Cause::SaidTwice { what: what.into() });
            }
            Some(_) => {}
            None => self.draft.said.push((what, at.line)),
        }
    }

    /// The times of all options of `timing` begin anew here: says so if lines before this one have said some.
    #[inline(never)]
    pub(super) fn times_anew(&mut self, at: Place) {
        const ALL: &str = "timing";
        let is_time = |said: &str| said == ALL || TIMINGS.contains(&said);
        if self.draft.said.iter().any(|(said, _)| is_time(said)) {
            self.diagnostics.push(at, Cause::SaidTwice { what: ALL.into() });
        }
        self.draft.said.retain(|(said, _)| !is_time(said));
        self.draft.said.push((ALL, at.line));
    }
}

const fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Comma => ",",
        Kind::Equals => "=",
        Kind::DotDot => "..",
        Kind::Bare | Kind::Quoted => "",
    }
}
