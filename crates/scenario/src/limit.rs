use kafka_lanes_core::{Span, limits};

use crate::input::MAX_INPUT_BYTES;
use crate::language::{MAX_SPAN, print_span};
use crate::mermaid::{MAX_EDGES, MAX_NODES};

/// A limit that a text went over. Each has a named constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Bytes of a text.
    InputBytes,
    /// Topics in a world.
    Topics,
    /// Partitions in a world.
    Partitions,
    /// Producers in a world.
    Producers,
    /// Groups in a world.
    Groups,
    /// Members of a group.
    Members,
    /// Distinct keys in a world.
    Keys,
    /// Bytes of a key.
    KeyBytes,
    /// Bytes of a value.
    ValueBytes,
    /// Characters of a name.
    NameChars,
    /// Records a second of a producer.
    Rate,
    /// Bytes that a partition keeps.
    RetentionBytes,
    /// Bytes of a segment.
    SegmentBytes,
    /// Microseconds that can be simulated.
    Time,
    /// Brokers in a world.
    Brokers,
    /// Services in a world.
    Services,
    /// Requests that a service works on at once.
    AtOnce,
    /// Further tries of a call.
    CallRetries,
    /// Actions in a scenario.
    Actions,
    /// Microseconds of any span in a scenario.
    Span,
    /// Microseconds of the longest flight of a message.
    Latency,
    /// Microseconds of the shortest period.
    Period,
    /// Nodes and subgraphs of a flowchart.
    Nodes,
    /// Arrows of a flowchart.
    Edges,
}

impl Limit {
    /// Its value, in the unit that the variant says.
    pub const fn value(self) -> u64 {
        match self {
            Self::InputBytes => MAX_INPUT_BYTES as u64,
            Self::Topics => limits::MAX_TOPICS as u64,
            Self::Partitions => limits::MAX_PARTITIONS as u64,
            Self::Producers => limits::MAX_PRODUCERS as u64,
            Self::Groups => limits::MAX_GROUPS as u64,
            Self::Members => limits::MAX_MEMBERS as u64,
            Self::Keys => limits::MAX_KEYS as u64,
            Self::KeyBytes => limits::MAX_KEY_BYTES as u64,
            Self::ValueBytes => limits::MAX_VALUE_BYTES as u64,
            Self::NameChars => limits::MAX_NAME_CHARS as u64,
            Self::Rate => limits::MAX_RATE_PER_SECOND,
            Self::RetentionBytes => limits::MAX_RETENTION_BYTES,
            Self::SegmentBytes => limits::MAX_SEGMENT_BYTES,
            Self::Time => limits::MAX_TIME.0,
            Self::Brokers => limits::MAX_BROKERS as u64,
            Self::Services => limits::MAX_SERVICES as u64,
            Self::AtOnce => limits::MAX_AT_ONCE as u64,
            Self::CallRetries => limits::MAX_CALL_RETRIES as u64,
            Self::Actions => limits::MAX_ACTIONS as u64,
            Self::Span => MAX_SPAN.0,
            Self::Latency => limits::MAX_LATENCY.0,
            Self::Period => limits::MIN_PERIOD.0,
            Self::Nodes => MAX_NODES as u64,
            Self::Edges => MAX_EDGES as u64,
        }
    }

    /// The value with what it counts; a length of time as a person says it.
    pub fn bound(self) -> String {
        match self {
            Self::Time | Self::Span | Self::Latency | Self::Period => print_span(Span(self.value())),
            _ => format!("{} {}", self.value(), self.counts()),
        }
    }

    /// The constant's name in the source.
    pub const fn constant(self) -> &'static str {
        match self {
            Self::InputBytes => "MAX_INPUT_BYTES",
            Self::Topics => "MAX_TOPICS",
            Self::Partitions => "MAX_PARTITIONS",
            Self::Producers => "MAX_PRODUCERS",
            Self::Groups => "MAX_GROUPS",
            Self::Members => "MAX_MEMBERS",
            Self::Keys => "MAX_KEYS",
            Self::KeyBytes => "MAX_KEY_BYTES",
            Self::ValueBytes => "MAX_VALUE_BYTES",
            Self::NameChars => "MAX_NAME_CHARS",
            Self::Rate => "MAX_RATE_PER_SECOND",
            Self::RetentionBytes => "MAX_RETENTION_BYTES",
            Self::SegmentBytes => "MAX_SEGMENT_BYTES",
            Self::Time => "MAX_TIME",
            Self::Brokers => "MAX_BROKERS",
            Self::Services => "MAX_SERVICES",
            Self::AtOnce => "MAX_AT_ONCE",
            Self::CallRetries => "MAX_CALL_RETRIES",
            Self::Actions => "MAX_ACTIONS",
            Self::Span => "MAX_SPAN",
            Self::Latency => "MAX_LATENCY",
            Self::Period => "MIN_PERIOD",
            Self::Nodes => "MAX_NODES",
            Self::Edges => "MAX_EDGES",
        }
    }

    /// What it counts, as a person says it.
    pub const fn counts(self) -> &'static str {
        match self {
            Self::InputBytes => "bytes of text",
            Self::Topics => "topics in a world",
            Self::Partitions => "partitions in a world, all topics together",
            Self::Producers => "producers in a world",
            Self::Groups => "consumer groups in a world",
            Self::Members => "members in a group",
            Self::Keys => "distinct keys in a world",
            Self::KeyBytes => "bytes in a key",
            Self::ValueBytes => "bytes in a value (Kafka's max.message.bytes)",
            Self::NameChars => "characters in a name",
            Self::Rate => "records a second from one producer",
            Self::RetentionBytes => "bytes in a partition",
            Self::SegmentBytes => "bytes in a segment",
            Self::Time => "microseconds of simulated time (7 days)",
            Self::Brokers => "brokers in a world",
            Self::Services => "services in a world",
            Self::AtOnce => "requests at once in a service",
            Self::CallRetries => "further tries of a call",
            Self::Actions => "actions in a scenario",
            Self::Span => "microseconds (10 years)",
            Self::Latency => "microseconds (60s)",
            Self::Period => "microseconds (1ms)",
            Self::Nodes => "nodes in a flowchart",
            Self::Edges => "arrows in a flowchart",
        }
    }
}
