//! The language's own words, for what reads them, what prints them, and what guesses them.

use kafka_lanes_core::Span;
use kafka_lanes_core::partitioner::Client;
use kafka_lanes_core::spec::Timing;

pub(super) const STATEMENTS: &[&str] =
    &["title", "topic", "producer", "group", "consumer", "timing", "at", "brokers", "service"];
pub(super) const VERBS: &[&str] =
    &["add", "remove", "crash", "pause", "hang", "restart", "set", "send", "kill", "stop", "start", "stall"];
pub(super) const ADDABLE: &[&str] = &["consumer", "group", "producer"];
pub(super) const CRASHABLE: &[&str] = &["consumer"];
/// What can be made to do nothing.
pub(super) const HANGABLE: &[&str] = &["consumer", "broker", "service"];
/// What can be stopped and started.
pub(super) const STOPPABLE: &[&str] = &["broker", "service"];
/// What the verbs of brokers are about.
pub(super) const BROKER: &[&str] = &["broker"];
pub(super) const SETTABLE: &[&str] = &["partitions", "rate", "processing", "assignor", "acks", "orders"];

pub(super) const TOPIC_OPTIONS: &[&str] =
    &["partitions", "retention", "retention-bytes", "segment-bytes", "replication", "min-isr", "unclean-election"];
pub(super) const PRODUCER_OPTIONS: &[&str] = &[
    "client",
    "rate",
    "keys",
    "key-prefix",
    "pick",
    "size",
    "acks",
    "idempotence",
    "linger",
    "batch-size",
    "max-in-flight",
    "retries",
    "delivery-timeout",
    "request-timeout",
    "retry-backoff",
];
pub(super) const GROUP_OPTIONS: &[&str] = &["protocol", "assignor", "reset", "commit", "processing"];
pub(super) const CONSUMER_OPTIONS: &[&str] = &["processing", "reads", "instance", "assignor"];
/// Of a consumer that starts again.
pub(super) const RESTART_OPTIONS: &[&str] = &["assignor"];

pub(super) const SERVICE_OPTIONS: &[&str] = &["takes", "timeout", "retries", "at-once", "orders"];

pub(super) const ASSIGNMENTS: &[&str] =
    &["range", "roundrobin", "sticky", "cooperative-sticky", "uniform", "server-range", "manual"];
pub(super) const ASSIGNORS: &[&str] =
    &["range", "roundrobin", "sticky", "cooperative-sticky", "uniform", "server-range"];
/// Those that a consumer may have of its own.
pub(super) const OWN_ASSIGNORS: &[&str] = &["range", "roundrobin", "sticky", "cooperative-sticky"];
pub(super) const PROTOCOLS: &[&str] = &["classic", "consumer"];
pub(super) const RESETS: &[&str] = &["earliest", "latest", "none"];
pub(super) const COMMITS: &[&str] = &["auto", "after", "before"];
/// Whole sets of timings: the one for teaching, and Kafka's own.
pub(super) const SCALES: &[&str] = &["teaching", "kafka"];
/// The names of the clients that a producer may be built on.
pub(super) const CLIENTS: &[&str] = &{
    let mut names = [""; Client::ALL.len()];
    let mut n = 0;
    while n < names.len() {
        names[n] = Client::ALL[n].name();
        n += 1;
    }
    names
};
pub(super) const ACKS: &[&str] = &["0", "1", "all"];
pub(super) const SWITCH: &[&str] = &["on", "off"];
/// In the place of keys.
pub(super) const NO_KEYS: &[&str] = &["none"];
pub(super) const PICKS: &[&str] = &["random", "in-turn", "skewed"];

/// Words that lead to a name. As a name of its own, such a word stands in quotes.
pub(super) const LEADING: &[&str] = &["to", "from", "of", "reads", "calls"];

/// The name of the one number among the timings that is no span.
pub(super) const MAX_POLL_RECORDS: &str = "max-poll-records";

pub(super) const TIMINGS: &[&str] = &[
    "produce",
    "fetch",
    "rpc",
    "fetch-max-wait",
    MAX_POLL_RECORDS,
    "auto-commit",
    "heartbeat",
    "session",
    "max-poll-interval",
    "initial-rebalance-delay",
    "metadata-max-age",
    "retention-check",
    "broker-session",
    "broker-heartbeat",
    "replica-lag",
    "replica-fetch-wait",
    "leader-balance",
    "broker-start",
    "consumer-heartbeat",
    "consumer-session",
    "assignment-interval",
];

/// What a span may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bounds {
    /// Anything up to [`MAX_SPAN`](super::MAX_SPAN).
    Any,
    /// At least [`MIN_PERIOD`](kafka_lanes_core::limits::MIN_PERIOD): it comes again and again.
    Period,
    /// At most [`MAX_LATENCY`](kafka_lanes_core::limits::MAX_LATENCY): a flight.
    Flight,
}

/// The span of this name, and its bounds.
pub(super) fn timing_span<'t>(timing: &'t mut Timing, name: &str) -> Option<(&'t mut Span, Bounds)> {
    Some(match name {
        "produce" => (&mut timing.produce, Bounds::Flight),
        "fetch" => (&mut timing.fetch, Bounds::Flight),
        "rpc" => (&mut timing.rpc, Bounds::Flight),
        "fetch-max-wait" => (&mut timing.fetch_max_wait, Bounds::Period),
        "auto-commit" => (&mut timing.auto_commit, Bounds::Period),
        "heartbeat" => (&mut timing.heartbeat, Bounds::Period),
        "session" => (&mut timing.session, Bounds::Period),
        "max-poll-interval" => (&mut timing.max_poll_interval, Bounds::Period),
        "initial-rebalance-delay" => (&mut timing.initial_rebalance_delay, Bounds::Any),
        "metadata-max-age" => (&mut timing.metadata_max_age, Bounds::Period),
        "retention-check" => (&mut timing.retention_check, Bounds::Period),
        "consumer-heartbeat" => (&mut timing.consumer_heartbeat, Bounds::Period),
        "consumer-session" => (&mut timing.consumer_session, Bounds::Period),
        "assignment-interval" => (&mut timing.assignment_interval, Bounds::Any),
        _ => return None,
    })
}
