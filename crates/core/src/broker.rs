use alloc::collections::VecDeque;
use alloc::rc::Rc;

use crate::batch::ProduceRequest;
use crate::ids::{BrokerId, ProducerId, TopicPartition};
use crate::sorted::SortedMap;
use crate::time::Time;

/// A broker: what it really does, and what the controller takes it to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Broker {
    /// What its process does.
    pub status: BrokerStatus,
    /// The controller does not count on it: its session ended, or it has not caught up yet.
    pub fenced: bool,
    /// Its followers' threads stand still. All else goes on.
    pub stalled: bool,
    /// It said that it stops; it leads nothing any more.
    pub(crate) is_stopping: bool,
    /// It went without a word: what it has in its log may not be all that it had.
    pub(crate) was_killed: bool,
    /// Changes with its status, so that a timer of before is known as such.
    pub(crate) era: u32,
    /// One of the moments at which it sends heartbeats.
    pub(crate) beats_since: Time,
    /// When the controller gives it up; none while it is heard of, or after that.
    pub(crate) session_ends: Option<Time>,
    /// It would register, once its old session has ended.
    pub(crate) is_ready: bool,
    /// Produce requests that arrived and have no answer, by who sent them.
    pub(crate) connections: SortedMap<ProducerId, VecDeque<Arrived>>,
    /// The fetches of other brokers that it leads.
    pub(crate) followers: SortedMap<BrokerId, Follower>,
}

/// What a broker's process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrokerStatus {
    /// It runs.
    Running,
    /// It does nothing, and its connections stay open (SIGSTOP).
    Hung,
    /// It is gone.
    Down,
    /// It starts, and has not registered yet.
    Starting,
}

/// A produce request at its broker. The first of a connection is being worked on, the others wait behind it.
///
/// Kafka: a connection is muted while a request of it is worked on (`SocketServer`, 4.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Arrived {
    pub(crate) request: Rc<ProduceRequest>,
    /// Its records are in the log, and wait for other replicas.
    pub(crate) stored: Option<Stored>,
    /// Its client waits no longer.
    pub(crate) is_orphan: bool,
    /// The broker has begun with it.
    pub(crate) is_started: bool,
}

/// What became of each batch of a request, and where its replicas must be for an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Stored {
    pub(crate) verdicts: alloc::vec::Vec<Verdict>,
    pub(crate) needs: alloc::vec::Vec<Need>,
}

/// An offset that the high watermark of a partition must come to under this leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Need {
    /// The batch that waits for it.
    pub(crate) batch: usize,
    pub(crate) at: TopicPartition,
    pub(crate) leader_epoch: u32,
    pub(crate) end: u64,
}

/// A broker's answer about one batch, by its name in Kafka (`Errors`, 4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is there.
    Stored,
    /// `NOT_ENOUGH_REPLICAS`.
    NotEnoughReplicas,
    /// `NOT_ENOUGH_REPLICAS_AFTER_APPEND`.
    NotEnoughReplicasAfterAppend,
    /// `NOT_LEADER_OR_FOLLOWER`.
    NotLeader,
    /// `REQUEST_TIMED_OUT`.
    TimedOut,
    /// `NETWORK_EXCEPTION`: the connection broke.
    Disconnected,
    /// `OUT_OF_ORDER_SEQUENCE_NUMBER`.
    OutOfOrder,
    /// `INVALID_PRODUCER_EPOCH`.
    InvalidEpoch,
}

/// The fetching of one broker from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Follower {
    /// Which of its fetches is under way.
    pub(crate) turn: u64,
    /// The leader holds it, because there is nothing new.
    pub(crate) is_parked: bool,
}

impl Broker {
    pub(crate) fn new(now: Time) -> Self {
        Self {
            status: BrokerStatus::Running,
            fenced: false,
            stalled: false,
            is_stopping: false,
            was_killed: false,
            era: 0,
            beats_since: now,
            session_ends: None,
            is_ready: false,
            connections: SortedMap::new(),
            followers: SortedMap::new(),
        }
    }

    /// It runs.
    pub fn is_running(&self) -> bool {
        self.status == BrokerStatus::Running
    }

    /// The controller may make it a leader.
    ///
    /// Kafka: `ClusterControlManager.isActive` (4.3).
    pub(crate) fn is_active(&self) -> bool {
        !self.fenced && !self.is_stopping
    }
}
