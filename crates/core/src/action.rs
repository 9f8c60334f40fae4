//! What a person, or a scenario, can do to a running world.

use alloc::string::String;
use alloc::vec::Vec;

use crate::service::ServiceStatus;
use crate::spec::{Acks, Assignors, ConsumerSpec, Rate, ServerAssignor};
use crate::time::Span;

/// An act at a moment of simulated time. Names, not ids, so that a log of actions can be read and kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Action {
    /// A consumer joins a group.
    AddConsumer {
        /// The group.
        group: String,
        /// The consumer's name; the next free one in the manner of its siblings where absent.
        name: Option<String>,
    },
    /// A consumer with settings of its own joins a group.
    StartConsumer {
        /// The group.
        group: String,
        /// The consumer.
        consumer: ConsumerSpec,
    },
    /// A consumer leaves its group and says so (`close()`), as soon as its application is done with its batch.
    RemoveConsumer {
        /// The group.
        group: String,
        /// The consumer.
        name: String,
    },
    /// A consumer dies without a word: the group notices when its session ends.
    CrashConsumer {
        /// The group.
        group: String,
        /// The consumer.
        name: String,
    },
    /// A consumer stands still for a while: a long garbage collection, or an application that hangs.
    PauseConsumer {
        /// The group.
        group: String,
        /// The consumer.
        name: String,
        /// For how long.
        span: Span,
        /// The whole process stands still, with its heartbeats; else only its application, which does not poll.
        process: bool,
    },
    /// A consumer closes, if it runs, as for [`RemoveConsumer`](Action::RemoveConsumer), and starts again: also one
    /// that has crashed.
    RestartConsumer {
        /// The group.
        group: String,
        /// The consumer.
        name: String,
        /// How much later it starts.
        after: Span,
        /// Its own assignors from now on; as before where empty.
        assignors: Assignors,
    },
    /// A topic gets more partitions. Kafka can't take any away.
    SetPartitions {
        /// The topic.
        topic: String,
        /// How many it has from now on; more than before.
        partitions: u32,
    },
    /// A new group appears with one member.
    AddGroup {
        /// Its name; a free one where absent.
        name: Option<String>,
        /// What it subscribes to; all topics where empty.
        topics: Vec<String>,
    },
    /// All members of a group leave, and the group is forgotten with its offsets.
    RemoveGroup {
        /// The group.
        name: String,
    },
    /// A new producer starts, and delivers as [`WorldSpec::usual_delivery`](crate::spec::WorldSpec::usual_delivery) says.
    AddProducer {
        /// Its name; a free one where absent.
        name: Option<String>,
        /// What it sends to; the first topic where empty.
        topics: Vec<String>,
    },
    /// A producer stops for good.
    RemoveProducer {
        /// The producer.
        name: String,
    },
    /// A producer sends one record with this key, at once.
    Send {
        /// The producer.
        producer: String,
        /// The topic; the producer's first where absent.
        topic: Option<String>,
        /// The key; the empty key is a key.
        key: String,
    },
    /// A producer sends faster or slower.
    SetRate {
        /// The producer.
        producer: String,
        /// Its new rate; 0 stops it.
        rate: Rate,
    },
    /// A consumer, or all of a group, takes another time for a record.
    SetProcessing {
        /// The group.
        group: String,
        /// The consumer; the whole group, later members included, where absent.
        consumer: Option<String>,
        /// The new time for a record.
        processing: Span,
    },
    /// A group, of whatever protocol until now, is assigned by this assignor of the broker's from now on.
    SetServerAssignor {
        /// The group.
        group: String,
        /// The assignor.
        assignor: ServerAssignor,
    },
    /// All consumers of a group, manual until now or not, have these assignors from now on, all at once.
    SetAssignor {
        /// The group.
        group: String,
        /// The assignors, the one that they like best first; at least one.
        assignors: Assignors,
    },
    /// Something happens to a broker.
    Broker {
        /// Its number.
        broker: u32,
        /// What.
        act: BrokerAct,
    },
    /// A service that others call directly starts again, ends, or hangs.
    Service {
        /// The service.
        service: String,
        /// What it does from now on.
        status: ServiceStatus,
    },
    /// Somebody outside asks a service for something more often, or less.
    SetOrders {
        /// The service.
        service: String,
        /// How often from now on; 0 is never.
        rate: Rate,
    },
    /// A producer waits for other answers from now on.
    SetAcks {
        /// The producer.
        producer: String,
        /// The answers.
        acks: Acks,
    },
}

/// What can happen to a broker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrokerAct {
    /// It dies without a word (kill -9): the controller notices when its session ends.
    Kill,
    /// It stops in good order: its leaders move first.
    Stop,
    /// It starts again, or goes on if it hung or stalled.
    Start,
    /// It does nothing any more, and its connections stay open (SIGSTOP).
    Hang,
    /// It does not follow its leaders any more. All else goes on.
    Stall,
}

impl BrokerAct {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Kill, Self::Stop, Self::Start, Self::Hang, Self::Stall];

    /// Its word in a scenario.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Stop => "stop",
            Self::Start => "start",
            Self::Hang => "hang",
            Self::Stall => "stall",
        }
    }
}
