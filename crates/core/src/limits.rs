//! How large a world may be. Over a limit a person gets a message that names it; nothing hangs.

use crate::time::Span;

/// Topics in a world.
pub const MAX_TOPICS: usize = 64;
/// Partitions in a world, over all topics.
pub const MAX_PARTITIONS: usize = 1_024;
/// Producers in a world.
pub const MAX_PRODUCERS: usize = 64;
/// Consumer groups in a world.
pub const MAX_GROUPS: usize = 32;
/// Members of one consumer group.
pub const MAX_MEMBERS: usize = 256;
/// Distinct keys in a world.
pub const MAX_KEYS: usize = 10_000;
/// Bytes of one key.
pub const MAX_KEY_BYTES: usize = 1_024;
/// Bytes of one record's value: Kafka's `max.message.bytes` by default.
pub const MAX_VALUE_BYTES: u32 = 1_048_588;
/// Characters of any name: what Kafka allows a topic.
pub const MAX_NAME_CHARS: usize = 249;
/// Records a second of one producer.
pub const MAX_RATE_PER_SECOND: u64 = 10_000;
/// Bytes that one partition keeps at the most, whatever its `retention.bytes`.
pub const MAX_RETENTION_BYTES: u64 = 16 * 1_048_576;
/// Bytes of one segment at the most, whatever its topic's `segment.bytes`: retention never comes to an open one.
pub const MAX_SEGMENT_BYTES: u64 = 1_048_576;
/// The shortest time after which anything is looked at again, so that no timer spins on the spot.
pub const MIN_PERIOD: Span = Span::from_millis(1);
/// The longest flight of a message, so that what is under way stays bounded.
pub const MAX_LATENCY: Span = Span::from_secs(60);
/// The longest simulated time that can be reached.
pub const MAX_TIME: Span = Span::from_secs(7 * 24 * 3_600);
/// Actions in a scenario, or in one history.
pub const MAX_ACTIONS: usize = 10_000;
/// Brokers of a world.
pub const MAX_BROKERS: u32 = 16;
/// Services in a world that call each other directly; also the calls of one of them for a request.
pub const MAX_SERVICES: usize = 16;
/// Requests that a service works on at once.
pub const MAX_AT_ONCE: u32 = 64;
/// Requests that wait at one service; it says no to more.
pub const MAX_WAITING: usize = 1_000;
/// How often a service tries a call again.
pub const MAX_CALL_RETRIES: u32 = 10;
/// Calls on their way to services, all together; more fail at once.
pub const MAX_CALLS: usize = 10_000;
/// Bytes of records that a producer holds back at the most (`buffer.memory`); then its application waits. Kafka's
/// default is 32 MiB.
pub const BUFFER_MEMORY: u64 = 4 * 1_048_576;
