//! The same picture in words: a short description and tables. The page's accessible view, what stands there
//! without script, and what `kafka-lanes render --words` prints.

mod tables;
mod text;

pub use tables::{Table, tables};
pub use text::{just_now, text};

use kafka_lanes_core::{TopicPartition, World};

/// `ORDER_EVENTS-0`, as Kafka's own tools write it.
pub fn partition_name(world: &World, partition: TopicPartition) -> String {
    let topic = world.topic(partition.topic).map_or("?", |topic| &topic.name);
    format!("{topic}-{}", partition.partition)
}

#[cfg(test)]
mod tests;
