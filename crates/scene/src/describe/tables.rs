use kafka_lanes_core::sorted::SortedSet;
use kafka_lanes_core::{Group, Member, TopicPartition, World};
use kafka_lanes_words::Catalogue;

use super::partition_name;
use crate::brokers::{is_drawn, state};
use crate::copies::in_sync;
use crate::services::{last_failure, steps};

/// A table. The first cell of a row names what the row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is a table of.
    pub caption: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The same with more columns at the right.
    fn beside<const N: usize>(mut self, columns: [&'static str; N], rows: Vec<[String; N]>) -> Self {
        self.columns.extend(columns.map(String::from));
        self.rows.iter_mut().zip(rows).for_each(|(row, more)| row.extend(more));
        self
    }

    fn new<const N: usize>(caption: String, columns: [&'static str; N], rows: Vec<[String; N]>) -> Self {
        let columns = columns.map(String::from).into();
        Self { caption, columns, rows: rows.into_iter().map(Vec::from).collect() }
    }
}

/// Everything that the picture shows in numbers: the partitions, each group on its partitions, the producers.
pub fn tables(world: &World, words: &dyn Catalogue) -> Vec<Table> {
    let mut tables = vec![lanes(world, words)];
    tables.extend(world.groups().map(|(_, group)| of_group(world, group, words)));
    tables.push(producers(world, words));
    if is_drawn(world) {
        tables.push(brokers(world, words));
    }
    if world.services().next().is_some() {
        tables.extend([services(world, words), calls(world, words)]);
    }
    tables.retain(|table| !table.rows.is_empty());
    tables
}

fn lanes(world: &World, words: &dyn Catalogue) -> Table {
    let rows = world.partitions().map(|(partition, log)| {
        let [start, high, end] = [log.start(), log.high_watermark(), log.end()].map(|n| n.to_string());
        [partition_name(world, partition), start, high, end]
    });
    let table = Table::new(words.lanes_caption(), words.lanes_columns(), rows.collect());
    if !is_drawn(world) {
        return table;
    }
    let or_none = |text: String| if text.is_empty() { words.none().to_string() } else { text };
    let copies = world.partitions().map(|(_, log)| {
        let leader = log.replication().leader.map_or_else(String::new, |broker| broker.0.to_string());
        [leader, in_sync(log.replication(), true), in_sync(log.replication(), false)].map(or_none)
    });
    table.beside(words.copies_columns(), copies.collect())
}

#[inline(never)]
fn services(world: &World, words: &dyn Catalogue) -> Table {
    let or_none = |text: String| if text.is_empty() { words.none().to_string() } else { text };
    let rows = world.services().map(|(_, service)| {
        let called = steps(service);
        let called: Vec<&str> =
            called.iter().filter_map(|link| world.service(link.to)).map(|service| &*service.name).collect();
        let last = last_failure(world, service, words).unwrap_or_default();
        let counts = [service.received, service.waiting() as u64, u64::from(service.busy), service.succeeded];
        let [received, waiting, busy, done] = counts.map(|n| n.to_string());
        let bad = [service.failed, service.half_done, service.in_vain];
        let [failed, half_done, in_vain] = bad.map(|n| n.to_string());
        let state = words.service_state(service.status).to_string();
        let called = or_none(called.join(", "));
        let name = service.name.to_string();
        [name, state, called, received, waiting, busy, done, failed, half_done, in_vain, or_none(last)]
    });
    Table::new(words.services_caption(), words.services_columns(), rows.collect())
}

/// Who calls whom, and how that went.
#[inline(never)]
fn calls(world: &World, words: &dyn Catalogue) -> Table {
    let mut rows = Vec::new();
    for (_, from) in world.services() {
        for link in steps(from) {
            let Some(to) = world.service(link.to) else { continue };
            let [sent, done, failed, late] =
                [link.sent, link.succeeded, link.failed, link.timed_out].map(|n| n.to_string());
            rows.push([from.name.to_string(), to.name.to_string(), sent, done, failed, late]);
        }
    }
    Table::new(words.calls_caption(), words.calls_columns(), rows)
}

fn brokers(world: &World, words: &dyn Catalogue) -> Table {
    let rows = world.brokers().map(|(id, broker)| {
        let [state, _] = words.broker_state(state(world, id, broker));
        [id.0.to_string(), state]
    });
    Table::new(words.brokers_caption(), words.brokers_columns(), rows.collect())
}

fn of_group(world: &World, group: &Group, words: &dyn Catalogue) -> Table {
    let none = || words.none().to_string();
    let shown = |n: Option<u64>| n.map_or_else(none, |n| n.to_string());
    let mut rows: Vec<[String; 5]> = partitions_of(world, group)
        .into_iter()
        .map(|partition| {
            let reader = group.reader_of(partition).map_or_else(none, |(_, member)| member.name.to_string());
            let lag = world.log(partition).and_then(|log| group.lag(partition, log.high_watermark()));
            let committed = group.committed.get(&partition).copied();
            let name = partition_name(world, partition);
            [name, reader, shown(group.position(partition)), shown(committed), shown(lag)]
        })
        .collect();
    let without: Vec<&Member> = group.members.values().filter(|member| member.cursors.is_empty()).collect();
    rows.extend(without.into_iter().map(|member| [none(), member.name.to_string(), none(), none(), none()]));
    Table::new(words.group_caption(&group.name), words.group_columns(), rows)
}

/// The partitions that a group has to do with: of its topics, and what its members chose for themselves.
fn partitions_of(world: &World, group: &Group) -> SortedSet<TopicPartition> {
    let own = world.partitions().map(|(partition, _)| partition).filter(|partition| group.reads(partition.topic));
    let chosen = group.members.values().flat_map(|member| member.cursors.keys().copied());
    own.chain(chosen).chain(group.committed.keys().copied()).collect()
}

fn producers(world: &World, words: &dyn Catalogue) -> Table {
    let rows = world.producers().map(|(_, producer)| {
        let topics: Vec<String> =
            producer.topics.iter().filter_map(|id| world.topic(*id)).map(|topic| topic.name.to_string()).collect();
        [producer.name.to_string(), topics.join(", "), producer.sent.to_string(), producer.acked.to_string()]
    });
    Table::new(words.producers_caption(), words.producers_columns(), rows.collect())
}
