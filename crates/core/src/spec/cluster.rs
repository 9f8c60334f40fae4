use crate::limits::MIN_PERIOD;
use crate::time::Span;

/// The brokers: numbers 1 to `brokers`. The controllers are others, and never fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClusterSpec {
    /// How many brokers there are; at least 1.
    pub brokers: u32,
    /// How long they wait for each other.
    pub timing: ClusterTiming,
}

impl Default for ClusterSpec {
    fn default() -> Self {
        Self { brokers: 1, timing: ClusterTiming::default() }
    }
}

/// How long brokers wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClusterTiming {
    /// `broker.session.timeout.ms`.
    pub session: Span,
    /// `broker.heartbeat.interval.ms`.
    pub heartbeat: Span,
    /// `replica.lag.time.max.ms`.
    pub replica_lag: Span,
    /// `replica.fetch.wait.max.ms`.
    pub replica_fetch_wait: Span,
    /// `leader.imbalance.check.interval.seconds`.
    pub leader_balance: Span,
    /// From the start of a broker's process to the moment at which it registers; Kafka has no setting for it.
    pub start: Span,
}

/// A teaching scale, as the times of consumers are.
impl Default for ClusterTiming {
    fn default() -> Self {
        Self {
            session: Span::from_secs(5),
            heartbeat: Span::from_secs(1),
            replica_lag: Span::from_secs(6),
            replica_fetch_wait: Span::from_millis(500),
            leader_balance: Span::from_secs(10),
            start: Span::from_secs(2),
        }
    }
}

impl ClusterTiming {
    /// Kafka's own defaults (4.3).
    pub fn kafka() -> Self {
        Self {
            session: Span::from_secs(9),
            heartbeat: Span::from_secs(2),
            replica_lag: Span::from_secs(30),
            replica_fetch_wait: Span::from_millis(500),
            leader_balance: Span::from_secs(300),
            start: Span::from_secs(3),
        }
    }

    pub(crate) fn within_limits(self) -> Self {
        Self {
            session: self.session.max(MIN_PERIOD),
            heartbeat: self.heartbeat.max(MIN_PERIOD),
            replica_lag: self.replica_lag.max(MIN_PERIOD),
            replica_fetch_wait: self.replica_fetch_wait.max(MIN_PERIOD),
            leader_balance: self.leader_balance.max(MIN_PERIOD),
            ..self
        }
    }
}

/// How many copies of its partitions a topic has, and how many must be in sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReplicationSpec {
    /// How many brokers keep each partition; at least 1.
    pub factor: u32,
    /// `min.insync.replicas`. Above the factor, Kafka takes the factor.
    pub min_isr: u32,
    /// `unclean.leader.election.enable`.
    pub unclean_election: bool,
}

impl Default for ReplicationSpec {
    fn default() -> Self {
        Self { factor: 1, min_isr: 1, unclean_election: false }
    }
}
