//! What the first word of a line begins.

use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::spec::{
    Assignors, Commit, GroupSpec, Keys, OffsetReset, PartitionName, Pick, ProducerSpec, TopicSpec,
};

use super::cluster::mend_delivery;
use super::draft::{Draft, DraftConsumer, DraftGroup, DraftProducer, DraftTopic};
use super::line::{Kind, Line, Token};
use super::vocabulary::{
    ASSIGNMENTS, Bounds, CLIENTS, COMMITS, CONSUMER_OPTIONS, GROUP_OPTIONS, MAX_POLL_RECORDS, PICKS, PRODUCER_OPTIONS,
    PROTOCOLS, RESETS, SCALES, STATEMENTS, TIMINGS, TOPIC_OPTIONS,
};
use super::want::Want;
use crate::cause::{Cause, Need, Quantity, Thing, Zero};
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;
use crate::name::cut;

/// Reads lines into a draft.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) draft: Draft,
    pub(super) diagnostics: Diagnostics,
}

impl Reader {
    pub(super) fn read_line(&mut self, text: &str, number: u32) {
        if let Some((title, skipped)) = title_of(text) {
            self.title(title, number, skipped);
            return;
        }
        let mut line = Line::new(text, number, 0, &mut self.diagnostics);
        self.read(&mut line);
    }

    /// Reads a line that is no title.
    pub(super) fn read(&mut self, line: &mut Line) {
        line.want(Want::Words(STATEMENTS));
        let Some(word) = line.take() else { return };
        match word.text.as_str() {
            _ if word.kind != Kind::Bare => self.unknown_word(&word, STATEMENTS),
            "topic" => self.topic(line),
            "producer" => self.producer(line),
            "group" => self.group(line),
            "consumer" => self.consumer(line, word.at),
            "timing" => self.timing(line),
            "at" => self.at(line),
            "brokers" => self.brokers(line),
            "service" => self.service(line),
            _ => self.unknown_word(&word, STATEMENTS),
        }
    }

    /// A title is the rest of its line, or one quoted word.
    #[inline(never)]
    fn title(&mut self, text: &str, number: u32, skipped: u32) {
        let plain = text.trim();
        let title = if plain.starts_with('"') {
            let mut line = Line::new(text, number, skipped, &mut self.diagnostics);
            let title = line.take().map(|token| token.text).unwrap_or_default();
            self.end(&line);
            title
        } else {
            without_comment(text).trim().into()
        };
        let (title, was_cut) = cut(title);
        let at = Place { line: number, column: skipped + 1, length: 0 };
        if was_cut {
            self.diagnostics
                .push(at, Cause::OverLimit { limit: Limit::NameChars, given: plain.chars().count().to_string() });
        }
        if title.is_empty() {
            self.diagnostics.push(at, Cause::Missing(Need::Title));
        } else if !self.draft.title.is_empty() {
            self.diagnostics.push(at, Cause::SaidTwice { what: "title".into() });
        }
        self.draft.title = title;
    }

    fn topic(&mut self, line: &mut Line) {
        let name = self.new_name(line, Thing::Topic);
        let at = name.as_ref().map_or_else(|| line.here(), |name| name.at);
        let mut spec = TopicSpec::new(String::new(), 1);
        let (mut partitions, mut partitions_at, mut replication_at) = (1, at, at);
        self.options(line, TOPIC_OPTIONS, |reader, option, line| match option {
            "partitions" => {
                if let Some((count, token)) = reader.count(line) {
                    (partitions, partitions_at) = (reader.not_over(count, Limit::Partitions, &token), token.at);
                }
            }
            "retention" => spec.retention = reader.span(line, Bounds::Any).unwrap_or(spec.retention),
            "retention-bytes" => {
                spec.retention_bytes = reader.bytes(line, Limit::RetentionBytes).unwrap_or(spec.retention_bytes);
            }
            "segment-bytes" => {
                spec.segment_bytes = reader.bytes(line, Limit::SegmentBytes).unwrap_or(spec.segment_bytes);
            }
            _ => {
                if option == "replication" {
                    replication_at = line.here();
                }
                reader.replication_option(option, line, &mut spec.replication);
            }
        });
        if let Some(name) = name {
            spec.name = name.text;
            self.draft.topics.push(DraftTopic { at, spec, partitions, partitions_at, replication_at });
        }
    }

    fn producer(&mut self, line: &mut Line) {
        let name = self.new_name(line, Thing::Producer);
        let at = name.as_ref().map_or_else(|| line.here(), |name| name.at);
        let topics = if line.take_if("to") { self.names(line, Thing::Topic) } else { Vec::new() };
        let mut spec = ProducerSpec::new(String::new(), Vec::new());
        let (mut keys_at, mut prefix_before, mut size, mut said) = (at, None, None, Vec::new());
        self.options(line, PRODUCER_OPTIONS, |reader, option, line| match option {
            "client" => spec.client = reader.choice(line, CLIENTS).and_then(Client::named).unwrap_or(spec.client),
            "rate" => spec.rate = reader.rate(line).unwrap_or(spec.rate),
            "keys" => {
                keys_at = line.here();
                if let Some(keys) = reader.keys(line) {
                    spec.keys = keys;
                }
            }
            "key-prefix" => {
                line.want(Want::Text);
                prefix_before = reader.value(line).and_then(|token| reader.key(token));
            }
            "pick" => {
                spec.pick = match reader.choice(line, PICKS) {
                    Some("in-turn") => Pick::InTurn,
                    Some("skewed") => Pick::Skewed,
                    Some(_) => Pick::Random,
                    None => spec.pick,
                }
            }
            _ if reader.delivery_option(option, line, &mut spec.delivery) => said.push(option),
            _ => size = reader.any_bytes(line).or_else(|| size.take()),
        });
        mend_delivery(&mut spec.delivery, at, &mut self.diagnostics, false);
        if let (Some(before), Keys::Range { prefix, .. }) = (prefix_before, &mut spec.keys) {
            prefix.insert_str(0, &before);
        }
        if let Some((bytes, token)) = size {
            spec.value_bytes = self.fitting_value(bytes, &token, &spec.keys);
        }
        if let Some(name) = name {
            spec.name = name.text;
            self.draft.producers.push(DraftProducer { at, spec, topics, keys_at, said });
        }
    }

    fn group(&mut self, line: &mut Line) {
        let name = self.new_name(line, Thing::Group);
        let topics = if line.take_if("reads") { self.names(line, Thing::Topic) } else { Vec::new() };
        let mut spec = GroupSpec::new(String::new(), Vec::new());
        let (mut protocol, mut assignors) = (None, Vec::new());
        self.options(line, GROUP_OPTIONS, |reader, option, line| match option {
            "protocol" => {
                let at = line.here();
                protocol = reader.choice(line, PROTOCOLS).map(|name| (name, at)).or(protocol);
            }
            "assignor" => assignors = reader.assignors(line, ASSIGNMENTS),
            "reset" => {
                spec.reset = match reader.choice(line, RESETS) {
                    Some("latest") => OffsetReset::Latest,
                    Some("none") => OffsetReset::None,
                    Some(_) => OffsetReset::Earliest,
                    None => spec.reset,
                }
            }
            "commit" => {
                spec.commit = match reader.choice(line, COMMITS) {
                    Some("after") => Commit::After,
                    Some("before") => Commit::Before,
                    Some(_) => Commit::Auto,
                    None => spec.commit,
                }
            }
            _ => spec.processing = reader.span(line, Bounds::Any).unwrap_or(spec.processing),
        });
        spec.assignment = self.assignment(protocol, &assignors).unwrap_or(spec.assignment);
        let at = name.as_ref().map(|name| name.at);
        spec.name = name.map(|name| name.text).unwrap_or_default();
        self.draft.groups.push(DraftGroup { at, spec, topics, consumers: Vec::new() });
    }

    fn consumer(&mut self, line: &mut Line, at: Place) {
        let name = self.new_name(line, Thing::Consumer);
        let topics =
            if !line.at_option() && line.take_if("reads") { self.names(line, Thing::Topic) } else { Vec::new() };
        let (mut processing, mut reads, mut reads_at, mut instance) = (None, Vec::new(), None, None);
        let (mut assignors, mut assignors_at) = (Assignors::default(), None);
        self.options(line, CONSUMER_OPTIONS, |reader, option, line| match option {
            "reads" => {
                reads_at = Some(line.here());
                reads = reader.partitions(line);
            }
            "instance" => instance = reader.instance(line).or_else(|| instance.take()),
            "assignor" => {
                assignors_at = Some(line.here());
                assignors = reader.own_assignors(line);
            }
            _ => processing = reader.span(line, Bounds::Any).or(processing),
        });
        let Some(group) = self.draft.groups.last_mut() else {
            self.diagnostics.push(at, Cause::ConsumerOutsideGroup);
            return;
        };
        if let Some(name) = name {
            group.consumers.push(DraftConsumer {
                name,
                instance,
                topics,
                processing,
                assignors,
                assignors_at,
                reads,
                reads_at,
            });
        }
    }

    /// A `group.instance.id`.
    pub(super) fn instance(&mut self, line: &mut Line) -> Option<String> {
        line.want(Want::Text);
        let token = self.value(line)?;
        self.named(token).map(|name| name.text)
    }

    /// `orders-0,orders-2`
    #[inline(never)]
    pub(super) fn partitions(&mut self, line: &mut Line) -> Vec<(PartitionName, Place)> {
        let mut partitions = Vec::new();
        loop {
            line.want(Want::Partition);
            let Some(token) = self.value(line) else { return partitions };
            partitions.extend(self.partition(token));
            if !line.take_sign(Kind::Comma) {
                return partitions;
            }
        }
    }

    fn partition(&mut self, token: Token) -> Option<(PartitionName, Place)> {
        let name = token.text.rsplit_once('-').and_then(|(topic, number)| {
            let digits = number.bytes().all(|b| b.is_ascii_digit());
            Some(PartitionName { topic: topic.into(), partition: number.parse().ok().filter(|_| digits)? })
        });
        match name {
            Some(name) => Some((name, token.at)),
            None => self.bad_number(&token, Quantity::Partition),
        }
    }

    #[inline(never)]
    fn timing(&mut self, line: &mut Line) {
        line.want(Want::Values(SCALES));
        if line.peek().is_some() && !line.at_option() {
            self.times_anew(line.here());
            if let Some(scale) = self.choice(line, SCALES) {
                self.draft.set_scale(scale == "kafka");
            }
        }
        self.options(line, TIMINGS, |reader, option, line| {
            reader.once(option, line.here());
            if option == MAX_POLL_RECORDS {
                if let Some((count, Token { at, .. })) = reader.count(line) {
                    reader.draft.timing.max_poll_records = u32::try_from(count).unwrap_or(u32::MAX).max(1);
                    if count == 0 {
                        reader.diagnostics.push(at, Cause::Zero(Zero::MaxPollRecords));
                    }
                }
                return;
            }
            let at = line.here();
            let Some((_, bounds)) = reader.draft.span_named(option) else { return };
            let span = reader.span(line, bounds);
            if let (Some(span), Some((field, _))) = (span, reader.draft.span_named(option)) {
                *field = span;
            }
            match option {
                "heartbeat" | "session" => reader.draft.heartbeat_at = at,
                "consumer-heartbeat" | "consumer-session" => reader.draft.consumer_heartbeat_at = at,
                _ => {}
            }
        });
    }
}

/// What stands behind `title`, if the line begins with that, and how many characters stand before it.
pub(super) fn title_of(text: &str) -> Option<(&str, u32)> {
    let line = text.trim_start();
    let rest = line.strip_prefix("title")?;
    if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
        return None;
    }
    // A text is at most `MAX_INPUT_BYTES` long.
    let before = text[..text.len() - rest.len()].chars().count() as u32;
    Some((rest, before))
}

/// Up to a `#` that begins the text or follows a space.
pub(super) fn without_comment(text: &str) -> &str {
    let mut before = ' ';
    for (index, c) in text.char_indices() {
        if c == '#' && before.is_whitespace() {
            return &text[..index];
        }
        before = c;
    }
    text
}
