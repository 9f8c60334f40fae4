//! The words that fit, the best first.

use std::borrow::Cow;

use kafka_lanes_core::sorted::SortedSet;

use super::super::line::Line;
use super::super::number;
use super::super::quote::quote;
use super::super::statements::Reader;
use super::super::vocabulary::STATEMENTS;
use super::super::want::Want;
use super::names::Names;
use super::spot::Spot;
use super::usual::usual;
use super::{Completion, CompletionKind, MAX_COMPLETIONS};
use crate::cause::{Cause, Quantity, Thing};
use crate::diagnostic::Diagnostics;

/// Bytes of a line in which values are tried; in a longer one all are offered.
const LONGEST_TRIED: usize = 4_096;
/// Bytes of a word beyond which nothing is offered for it.
const LONGEST_TYPED: usize = 1_024;

pub(super) struct Candidates<'a> {
    spot: &'a Spot<'a>,
    names: &'a Names,
    /// It has read the lines above.
    reader: Reader,
    listed: SortedSet<String>,
    /// What was typed, in lower case.
    typed: String,
    /// Those that begin as was typed; those that do but for upper and lower case; those a later part of which
    /// does, behind a hyphen or the like.
    found: [Vec<Completion>; 3],
}

impl<'a> Candidates<'a> {
    pub(super) fn of(spot: &'a Spot, names: &'a Names, reader: Reader) -> Self {
        let typed = spot.typed().to_ascii_lowercase();
        Self { spot, names, reader, listed: spot.listed(), typed, found: Default::default() }
    }

    pub(super) fn ranked(self) -> Vec<Completion> {
        let mut all: Vec<Completion> = self.found.into_iter().flatten().collect();
        all.truncate(MAX_COMPLETIONS);
        all
    }

    pub(super) fn offer(&mut self, want: Want) {
        let names = self.names;
        match want {
            Want::Name(thing) => self.named(thing),
            Want::Member => {
                self.named(Thing::Group);
                for (name, group) in &names.consumers {
                    let text = format!("{}/{}", quote(group), quote(name));
                    self.add(&format!("{group}/{name}"), text, CompletionKind::Consumer, Cow::Borrowed(""));
                }
            }
            Want::Partition => {
                let topics = names.above.as_ref().filter(|_| self.spot.statement() == "consumer");
                for name in names.partitions(topics.map_or(&[], |(_, topics)| topics)) {
                    self.name(&name, CompletionKind::Partition, Cow::Borrowed(""));
                }
            }
            Want::Key if self.spot.statement() == "at" => {
                names.keys.iter().for_each(|key| self.name(key, CompletionKind::Key, Cow::Borrowed("")));
            }
            // The language's own words, which nobody puts in quotes.
            _ if self.spot.is_quoted() => {}
            Want::Word(word) => self.word(word, CompletionKind::Word),
            Want::Words(words) => {
                let fits = |word: &str| match word {
                    "consumer" => words != STATEMENTS || names.above.is_some(),
                    "title" => !names.has_title,
                    _ => true,
                };
                words.iter().filter(|word| fits(word)).for_each(|word| self.word(word, CompletionKind::Word));
            }
            Want::Values(values) => self.values(values),
            Want::Options(options) => self.options(options),
            Want::Number(quantity) => self.number(quantity),
            Want::Broker => {
                for number in 1..=names.brokers {
                    self.add(&number.to_string(), number.to_string(), CompletionKind::Broker, Cow::Borrowed(""));
                }
            }
            Want::Key | Want::NewName | Want::Text | Want::Missing => {}
        }
    }

    fn named(&mut self, thing: Thing) {
        let names = self.names;
        match thing {
            Thing::Topic => {
                for (name, count) in &names.topics {
                    let note = if *count == 1 { "1 partition".into() } else { format!("{count} partitions") };
                    self.name(name, CompletionKind::Topic, Cow::Owned(note));
                }
            }
            Thing::Producer => {
                names.producers.iter().for_each(|name| self.name(name, CompletionKind::Producer, Cow::Borrowed("")));
            }
            Thing::Service => {
                names.services.iter().for_each(|name| self.name(name, CompletionKind::Service, Cow::Borrowed("")));
            }
            Thing::Group => {
                for (name, _) in &names.groups {
                    self.name(name, CompletionKind::Group, Cow::Borrowed(""));
                }
            }
            Thing::Consumer => {
                let group = self.spot.group();
                for (name, of) in names.consumers.iter().filter(|(_, of)| group.is_none_or(|group| group == of)) {
                    self.name(name, CompletionKind::Consumer, Cow::Borrowed(of));
                }
            }
        }
    }

    fn name(&mut self, name: &str, kind: CompletionKind, note: Cow<str>) {
        if !self.listed.contains(name) {
            self.add(name, quote(name), kind, note);
        }
    }

    fn word(&mut self, word: &str, kind: CompletionKind) {
        self.add(word, word.into(), kind, Cow::Borrowed(""));
    }

    /// Those of the values that go with what else the line says.
    fn values(&mut self, values: &[&str]) {
        let faults: Vec<usize> = values.iter().map(|value| self.faults_with(value)).collect();
        let fewest = faults.iter().min().copied().unwrap_or_default();
        let usual = usual(self.spot.statement(), self.spot.option());
        for (value, _) in values.iter().zip(faults).filter(|(_, faults)| *faults == fewest) {
            let note = if usual.as_deref() == Some(*value) { "the usual one" } else { "" };
            self.add(value, (*value).into(), CompletionKind::Value, Cow::Borrowed(note));
        }
    }

    /// How much in the line would not go together.
    fn faults_with(&mut self, value: &str) -> usize {
        let line = [self.spot.head(), value, self.spot.tail()].concat();
        if line.len() > LONGEST_TRIED {
            return 0;
        }
        self.reader.diagnostics = Diagnostics::default();
        let mut line = Line::new(&line, 1, 0, &mut Diagnostics::mute());
        self.reader.read(&mut line);
        let clash = |cause: &Cause| {
            use Cause::{AssignorAlone, Delivery, ListedTwice, ProtocolOfAssignor, ProtocolOfManual};
            matches!(
                cause,
                ProtocolOfAssignor { .. }
                    | ProtocolOfManual { .. }
                    | AssignorAlone { .. }
                    | ListedTwice { .. }
                    | Delivery(_)
            )
        };
        self.reader.diagnostics.so_far().iter().filter(|fault| clash(&fault.cause)).count()
    }

    fn options(&mut self, options: &[&str]) {
        let spot = self.spot;
        let sign = if spot.tail().starts_with('=') { "" } else { "=" };
        for option in options {
            let out_of_place = match *option {
                "reads" => !self.may_choose(),
                "assignor" => spot.statement() != "group" && self.may_choose(),
                _ => false,
            };
            if spot.has_option(option) || out_of_place {
                continue;
            }
            let note = usual(spot.statement(), Some(option)).map(|usual| format!("{usual} where absent"));
            self.add(option, format!("{option}{sign}"), CompletionKind::Option, note.unwrap_or_default().into());
        }
    }

    /// Whether the consumer of this line chooses its partitions: then its group is manual.
    fn may_choose(&self) -> bool {
        match self.spot.statement() {
            "consumer" => self.names.above.as_ref().is_some_and(|(manual, _)| *manual),
            _ => {
                let group = self.spot.group();
                self.names.groups.iter().any(|(name, manual)| *manual && group == Some(name))
            }
        }
    }

    /// The number that is usual here; of one that was begun, the units.
    fn number(&mut self, quantity: Quantity) {
        let typed = self.spot.typed();
        let digits = typed.trim_end_matches(|c: char| !c.is_ascii_digit());
        if !digits.is_empty() && digits.len() < LONGEST_TYPED {
            for unit in number::units(quantity) {
                let text = format!("{digits}{unit}");
                self.add(&text, text.clone(), CompletionKind::Number, Cow::Borrowed(""));
            }
        } else if let Some(usual) = usual(self.spot.statement(), self.spot.option()) {
            self.add(&usual, usual.clone(), CompletionKind::Number, Cow::Borrowed("the usual one"));
        }
    }

    fn add(&mut self, plain: &str, text: String, kind: CompletionKind, note: Cow<str>) {
        let (spot, typed) = (self.spot, &self.typed);
        let rank = if plain.starts_with(spot.typed()) {
            0
        } else if typed.len() > LONGEST_TYPED {
            return;
        } else {
            let lower = plain.to_ascii_lowercase();
            if lower.starts_with(typed.as_str()) {
                1
            } else if has_part(&lower, typed) {
                2
            } else {
                return;
            }
        };
        let known = self.found.iter().flatten().any(|other| other.text == text && other.kind == kind);
        if !known && self.found[rank].len() < MAX_COMPLETIONS {
            self.found[rank].push(Completion { text, kind, note: note.into_owned() });
        }
    }
}

/// Whether a later part of a word begins so.
fn has_part(word: &str, typed: &str) -> bool {
    let begins = |at: usize| word[..at].chars().next_back().is_some_and(|before| !before.is_alphanumeric());
    word.match_indices(typed).any(|(at, _)| begins(at))
}
