//! What the lines say, collected.

use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::spec::TopicSpec;
use kafka_lanes_core::{Span, limits};

use super::fields::{Word, cells, value, words};
use crate::cause::{Cause, Quantity};
use crate::diagnostic::{Diagnostics, Place};

/// What Kafka calls its own topics by.
const INTERNAL: &str = "__";

#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The columns of the table that the next lines belong to.
    columns: Vec<String>,
    pub(super) topics: Vec<TopicSpec>,
    topic_places: SortedMap<String, usize>,
    pub(super) groups: Vec<Group>,
    group_places: SortedMap<String, usize>,
    /// The highest number of a broker.
    pub(super) brokers: u32,
    pub(super) diagnostics: Diagnostics,
}

#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) topics: Vec<String>,
    pub(super) members: Vec<Member>,
    member_places: SortedMap<String, usize>,
    pub(super) assignor: Option<String>,
    /// It has epochs: its protocol is `consumer`.
    pub(super) has_epochs: bool,
    /// Records not read yet; absent where no table says.
    pub(super) lag: Option<u64>,
}

#[derive(Debug, Default)]
pub(super) struct Member {
    pub(super) client: String,
    pub(super) instance: Option<String>,
}

impl Tables {
    pub(super) fn read(&mut self, line: &str, number: u32) {
        let words = words(line, number);
        let Some(first) = words.first() else {
            self.columns.clear();
            return;
        };
        match first.text {
            "Topic:" => self.topic(&words),
            "GROUP" => self.columns = cells(line, number).iter().map(|cell| cell.text.into()).collect(),
            "Consumer" | "Warning:" | "WARNING:" | "Warning" | "Error:" => self.told(line),
            _ if self.columns.is_empty() => {
                let known = &["Topic:", "GROUP"];
                let cause = Cause::UnknownWord { word: first.text.into(), known, nearest: None };
                self.diagnostics.push(first.at, cause);
            }
            _ => self.row(&cells(line, number)),
        }
    }

    /// `Consumer group 'g' has no active members.`
    fn told(&mut self, line: &str) {
        let quoted = line.split_once('\'').and_then(|(_, rest)| rest.rsplit_once('\''));
        if let Some((name, _)) = quoted.filter(|(name, _)| !name.is_empty() && line.contains("onsumer group '")) {
            self.group(name);
        }
    }

    /// A topic, or one of its partitions.
    fn topic(&mut self, words: &[Word]) {
        let Some(name) = value(words, "Topic:") else { return };
        if name.text.starts_with(INTERNAL) {
            return;
        }
        let count = value(words, "PartitionCount:").and_then(|word| self.number(word));
        let factor = value(words, "ReplicationFactor:").and_then(|word| self.number(word));
        let partition = value(words, "Partition:").and_then(|word| self.number(word));
        let replicas = value(words, "Replicas:").map_or(0, |word| {
            let brokers = word.text.split(',').filter_map(|id| id.parse::<u32>().ok());
            self.brokers = brokers.clone().fold(self.brokers, u32::max);
            brokers.count() as u32
        });
        let topic = self.topic_named(name.text);
        let partitions = count.unwrap_or(0).max(partition.map_or(0, |number| number.saturating_add(1)));
        topic.partitions = topic.partitions.max(partitions.min(u64::from(u32::MAX)) as u32);
        let factor = factor.unwrap_or(0).min(u64::from(limits::MAX_BROKERS)) as u32;
        topic.replication.factor = topic.replication.factor.max(factor).max(replicas.min(limits::MAX_BROKERS));
        if let Some(configs) = value(words, "Configs:") {
            configs.text.split(',').filter_map(|config| config.split_once('=')).for_each(|config| set(topic, config));
        }
    }

    fn row(&mut self, cells: &[Word]) {
        let columns = std::mem::take(&mut self.columns);
        if cells.len() == columns.len() {
            let cell = |name: &str| {
                let place = columns.iter().position(|column| column == name)?;
                cells.get(place).copied().filter(|cell| cell.text != "-")
            };
            self.known_row(cell);
        } else if let (Some(first), Some(last)) = (cells.first(), cells.last()) {
            let cause = Cause::Columns { given: cells.len(), wanted: columns.len() };
            self.diagnostics.push(first.at.to(last.at), cause);
        }
        self.columns = columns;
    }

    fn known_row<'a>(&mut self, cell: impl Fn(&str) -> Option<Word<'a>>) {
        let Some(name) = cell("GROUP") else { return };
        let partition = cell("PARTITION").and_then(|word| self.number(word));
        let lag = cell("LAG").and_then(|word| self.number(word));
        if let Some(topic) = cell("TOPIC") {
            self.reads(name.text, topic.text, partition.unwrap_or(0));
        }
        for list in ["CURRENT-ASSIGNMENT", "TARGET-ASSIGNMENT", "ASSIGNMENT"] {
            if let Some(list) = cell(list) {
                self.assignment(name.text, list);
            }
        }
        let group = self.group(name.text);
        group.has_epochs |=
            ["CURRENT-EPOCH", "GROUP-EPOCH", "TARGET-EPOCH"].into_iter().any(|column| cell(column).is_some());
        if let Some(lag) = lag {
            group.lag = Some(group.lag.unwrap_or(0).saturating_add(lag));
        }
        if let Some(assignor) = cell("ASSIGNMENT-STRATEGY") {
            group.assignor = Some(assignor.text.into());
        }
        if let Some(id) = cell("CONSUMER-ID") {
            let member = group.member(id.text);
            if let Some(client) = cell("CLIENT-ID") {
                member.client = client.text.into();
            }
            if let Some(instance) = cell("GROUP-INSTANCE-ID") {
                member.instance = Some(instance.text.into());
            }
        }
    }

    /// `orders:0,1;payments:2`, or as older tools write it `orders(0,1), payments(2)`.
    fn assignment(&mut self, group: &str, list: Word) {
        for part in list.text.split([';', ')']).map(|part| part.trim_start_matches(',')).filter(|part| !part.is_empty())
        {
            let Some((topic, numbers)) = part.rsplit_once([':', '(']) else { continue };
            let highest = numbers.split(',').filter_map(|number| number.parse().ok()).max();
            match highest {
                Some(partition) if !topic.is_empty() => self.reads(group, topic, partition),
                _ => self.no_partition(part, list.at),
            }
        }
    }

    fn no_partition(&mut self, part: &str, at: Place) {
        self.diagnostics.push(at, Cause::BadNumber { text: part.into(), quantity: Quantity::Partition });
    }

    /// The group reads the topic, which has this partition.
    fn reads(&mut self, group: &str, topic: &str, partition: u64) {
        if topic.starts_with(INTERNAL) {
            return;
        }
        let known = self.topic_named(topic);
        let count = partition.saturating_add(1).min(u64::from(u32::MAX)) as u32;
        known.partitions = known.partitions.max(count);
        let group = self.group(group);
        if !group.topics.iter().any(|known| known == topic) {
            group.topics.push(topic.into());
        }
    }

    fn number(&mut self, word: Word) -> Option<u64> {
        let number = word.text.parse().ok();
        if number.is_none() {
            let cause = Cause::BadNumber { text: word.text.into(), quantity: Quantity::Count };
            self.diagnostics.push(word.at, cause);
        }
        number
    }

    fn topic_named(&mut self, name: &str) -> &mut TopicSpec {
        let Self { topics, topic_places, .. } = self;
        let place = place_of(topic_places, name, topics.len());
        if place == topics.len() {
            topics.push(TopicSpec::new(name, 1));
        }
        &mut topics[place]
    }

    fn group(&mut self, name: &str) -> &mut Group {
        let Self { groups, group_places, .. } = self;
        let place = place_of(group_places, name, groups.len());
        if place == groups.len() {
            groups.push(Group { name: name.into(), ..Group::default() });
        }
        &mut groups[place]
    }
}

impl Group {
    fn member(&mut self, id: &str) -> &mut Member {
        let Self { members, member_places, .. } = self;
        let place = place_of(member_places, id, members.len());
        if place == members.len() {
            members.push(Member { client: id.into(), instance: None });
        }
        &mut members[place]
    }
}

/// Where the thing of this name stands; a new one gets the place `end`.
fn place_of(places: &mut SortedMap<String, usize>, name: &str, end: usize) -> usize {
    if let Some(place) = places.get(name) {
        return *place;
    }
    places.insert(name.into(), end);
    end
}

/// A setting of a topic that a scenario has too.
fn set(topic: &mut TopicSpec, (name, value): (&str, &str)) {
    // Kafka's -1 is without end, as is what does not fit.
    let number = value.parse::<u64>().ok();
    match (name, number) {
        ("min.insync.replicas", Some(number)) => topic.replication.min_isr = number.clamp(1, 16) as u32,
        ("unclean.leader.election.enable", _) => topic.replication.unclean_election = value == "true",
        ("retention.ms", Some(millis)) => {
            topic.retention = Span::from_millis(millis.min(crate::language::MAX_SPAN.0 / 1_000))
        }
        ("retention.bytes", Some(bytes)) => topic.retention_bytes = bytes.min(limits::MAX_RETENTION_BYTES),
        ("segment.bytes", Some(bytes)) => topic.segment_bytes = bytes.clamp(1, limits::MAX_SEGMENT_BYTES),
        _ => {}
    }
}
