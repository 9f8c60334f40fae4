//! The keys of a producer: a list, or a range of numbers behind a prefix.

use kafka_lanes_core::limits::{MAX_KEY_BYTES, MAX_KEYS};
use kafka_lanes_core::spec::Keys;

use super::line::{Kind, Line, Token};
use super::quote::quote;
use super::statements::Reader;
use super::vocabulary::NO_KEYS;
use super::want::Want;
use crate::cause::{Cause, Need, Quantity};
use crate::limit::Limit;

/// The most digits that a number of a range has.
const MOST_DIGITS: usize = 20;

/// Bytes of a value with which a record without a key is as long as a request may be, 1,048,576 bytes
/// (`max.request.size`): 87 are the batch's and the record's own.
///
/// Kafka: `KafkaProducer.ensureValidRecordSize` and `AbstractRecords.estimateSizeInBytesUpperBound` (4.3).
const MAX_VALUE_WITHOUT_KEY: u64 = 1_048_576 - 87;

impl Reader {
    /// The value of `keys=`.
    pub(super) fn keys(&mut self, line: &mut Line) -> Option<Keys> {
        line.want(Want::Key);
        line.want(Want::Values(NO_KEYS));
        let first = self.value(line)?;
        if first.is("none") && line.peek().is_none_or(|next| next.is_word()) {
            return Some(Keys::None);
        }
        if line.take_sign(Kind::DotDot) {
            line.want(Want::Key);
            let Some(last) = line.take_word() else {
                self.missing(line, Need::Key);
                return None;
            };
            return self.range(&first, &last);
        }
        let mut keys = Vec::new();
        let mut given = 0u64;
        let mut next = Some(first);
        let from = next.as_ref().map_or(line.here(), |token| token.at);
        loop {
            match next {
                Some(token) => {
                    given += 1;
                    if keys.len() < MAX_KEYS {
                        keys.extend(self.key(token));
                    }
                }
                None => self.missing(line, Need::Key),
            }
            if !line.take_sign(Kind::Comma) {
                break;
            }
            line.want(Want::Key);
            next = line.take_word();
        }
        if given > MAX_KEYS as u64 {
            self.diagnostics.push(from, Cause::OverLimit { limit: Limit::Keys, given: given.to_string() });
        }
        (!keys.is_empty()).then_some(Keys::List(keys))
    }

    /// As many bytes of a value as a record with any of these keys has room for.
    #[inline(never)]
    pub(super) fn fitting_value(&mut self, bytes: u64, token: &Token, keys: &Keys) -> u32 {
        let longest = match keys {
            Keys::List(keys) => keys.iter().map(String::len).max().unwrap_or(0),
            Keys::Range { prefix, last, .. } => prefix.len() + last.to_string().len(),
            Keys::None => 0,
        };
        // The key's length stands in one byte, or from 64 on in two; a key has at most `MAX_KEY_BYTES`.
        let most = MAX_VALUE_WITHOUT_KEY - longest as u64 - u64::from(longest >= 64);
        if bytes > most {
            self.diagnostics.push(token.at, Cause::RecordTooLarge { bytes: token.text.clone(), most });
        }
        // Below 2^32.
        bytes.min(most) as u32
    }

    /// One key, if it is not too long.
    pub(super) fn key(&mut self, token: Token) -> Option<String> {
        if token.text.len() <= MAX_KEY_BYTES {
            return Some(token.text);
        }
        self.diagnostics
            .push(token.at, Cause::OverLimit { limit: Limit::KeyBytes, given: token.text.len().to_string() });
        None
    }

    /// `order-1..order-20`, or shorter `order-1..20`.
    fn range(&mut self, first: &Token, last: &Token) -> Option<Keys> {
        let at = first.at.to(last.at);
        let (prefix, first_digits) = split_number(&first.text);
        let (last_prefix, last_digits) = split_number(&last.text);
        if first_digits.is_empty() || last_digits.is_empty() || !(last_prefix == prefix || last_prefix.is_empty()) {
            let cause = Cause::RangeEnds { first: first.text.clone(), last: last.text.clone() };
            self.diagnostics.push(at, cause);
            return None;
        }
        let Ok(first_number) = first_digits.parse::<u64>() else { return self.bad_number(first, Quantity::Count) };
        let Ok(last_number) = last_digits.parse::<u64>() else { return self.bad_number(last, Quantity::Count) };
        if last_number < first_number {
            self.diagnostics.push(at, Cause::RangeBackwards { first: first_number, last: last_number });
            return None;
        }
        if prefix.len() + MOST_DIGITS > MAX_KEY_BYTES {
            let given = (prefix.len() + MOST_DIGITS).to_string();
            self.diagnostics.push(at, Cause::OverLimit { limit: Limit::KeyBytes, given });
            return None;
        }
        if first_digits.len() > 1 && first_digits.starts_with('0') {
            self.diagnostics.push(first.at, Cause::LeadingZeros { text: first.text.clone() });
        }
        Some(Keys::Range { prefix: prefix.into(), first: first_number, last: last_number })
    }
}

/// A text and the digits at its end.
fn split_number(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end_matches(|c: char| c.is_ascii_digit()).len())
}

/// The options that say these keys: with a space before each.
pub(super) fn print_keys(keys: &Keys) -> String {
    match keys {
        Keys::None => " keys=none".into(),
        // A key of this name stands in quotes.
        Keys::List(keys) if *keys == ["none"] => " keys=\"none\"".into(),
        Keys::List(keys) => {
            let mut text = String::from(" keys=");
            for (index, key) in keys.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                text.push_str(&quote(key));
            }
            text
        }
        Keys::Range { prefix, first, last } if prefix.ends_with(|c: char| c.is_ascii_digit()) => {
            format!(" keys={first}..{last} key-prefix={}", quote(prefix))
        }
        Keys::Range { prefix, first, last } => {
            let (first, last) = (format!("{prefix}{first}"), format!("{prefix}{last}"));
            format!(" keys={}..{}", quote(&first), quote(&last))
        }
    }
}
