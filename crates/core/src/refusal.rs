use alloc::string::String;

use crate::action::BrokerAct;
use crate::service::ServiceStatus;
use crate::spec::DeliveryFault;

/// Why the world did not do what it was asked to; nothing has changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// There is no topic of this name.
    NoSuchTopic(String),
    /// There is no producer of this name.
    NoSuchProducer(String),
    /// There is no group of this name.
    NoSuchGroup(String),
    /// The group has no live consumer of this name.
    NoSuchConsumer {
        /// The group.
        group: String,
        /// The name.
        name: String,
    },
    /// Something of this kind has this name already.
    NameTaken(String),
    /// A name is empty, or longer than [`MAX_NAME_CHARS`](crate::limits::MAX_NAME_CHARS).
    BadName,
    /// A topic has at least one partition.
    NoPartitions(String),
    /// Kafka can add partitions to a topic, not take them away.
    FewerPartitions {
        /// The topic.
        topic: String,
        /// How many it has.
        has: u32,
    },
    /// The topic has no partition of this number.
    NoSuchPartition {
        /// The topic.
        topic: String,
        /// The number.
        partition: u32,
    },
    /// A producer needs a topic to send to.
    NoTopic,
    /// A producer needs at least one key.
    NoKeys(String),
    /// A consumer that subscribes needs at least one assignor.
    NoAssignor,
    /// There is no broker of this number.
    NoSuchBroker(u32),
    /// What a broker is, or does, leaves no room for it: what is down can't be stopped.
    BrokerCannot {
        /// The broker.
        broker: u32,
        /// What it was to do.
        act: BrokerAct,
    },
    /// `INVALID_REPLICATION_FACTOR`: more copies than brokers, or none.
    BadReplication {
        /// The topic.
        topic: String,
        /// How many copies it was to have.
        factor: u32,
        /// How many brokers there are.
        brokers: u32,
    },
    /// `ConfigException`: settings of a producer that do not go together.
    BadDelivery {
        /// The producer.
        producer: String,
        /// Which.
        fault: DeliveryFault,
    },
    /// There is no service of this name.
    NoSuchService(String),
    /// That is what the service does already, or, of one that has ended, what it can't.
    ServiceIs {
        /// The service.
        service: String,
        /// What it does.
        status: ServiceStatus,
    },
    /// Over a limit.
    Over(Limit),
}

/// A limit of [`limits`](crate::limits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limit {
    /// [`MAX_TOPICS`](crate::limits::MAX_TOPICS).
    Topics,
    /// [`MAX_PARTITIONS`](crate::limits::MAX_PARTITIONS).
    Partitions,
    /// [`MAX_PRODUCERS`](crate::limits::MAX_PRODUCERS).
    Producers,
    /// [`MAX_GROUPS`](crate::limits::MAX_GROUPS).
    Groups,
    /// [`MAX_MEMBERS`](crate::limits::MAX_MEMBERS).
    Members,
    /// [`MAX_KEYS`](crate::limits::MAX_KEYS).
    Keys,
    /// [`MAX_KEY_BYTES`](crate::limits::MAX_KEY_BYTES).
    KeyBytes,
    /// [`MAX_VALUE_BYTES`](crate::limits::MAX_VALUE_BYTES).
    ValueBytes,
    /// [`MAX_RATE_PER_SECOND`](crate::limits::MAX_RATE_PER_SECOND).
    Rate,
    /// [`MAX_ACTIONS`](crate::limits::MAX_ACTIONS).
    Actions,
    /// [`MAX_BROKERS`](crate::limits::MAX_BROKERS).
    Brokers,
    /// [`MAX_SERVICES`](crate::limits::MAX_SERVICES).
    Services,
    /// [`MAX_AT_ONCE`](crate::limits::MAX_AT_ONCE).
    AtOnce,
    /// [`MAX_CALL_RETRIES`](crate::limits::MAX_CALL_RETRIES).
    CallRetries,
}
