use crate::limits::MIN_PERIOD;
use crate::time::Span;

/// `acks`: what a producer takes for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Acks {
    /// `acks=0`: none at all.
    None,
    /// `acks=1`: the leader has it.
    Leader,
    /// `acks=all`: every replica in sync has it.
    #[default]
    All,
}

impl Acks {
    /// As a configuration says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "0",
            Self::Leader => "1",
            Self::All => "all",
        }
    }
}

/// How a producer batches, sends, and tries again. The names are those of `ProducerConfig` (4.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DeliverySpec {
    /// `acks`.
    pub acks: Acks,
    /// `enable.idempotence`, where it is said; else it follows from the rest.
    pub idempotence: Option<bool>,
    /// `linger.ms`: how long a batch that is not full waits for more.
    pub linger: Span,
    /// `batch.size`.
    pub batch_bytes: u32,
    /// `max.in.flight.requests.per.connection`. Absent: 5, and a request counts while it waits at its broker,
    /// because flights are shown slower than they are.
    pub max_in_flight: Option<u32>,
    /// `retries`.
    pub retries: u32,
    /// `delivery.timeout.ms`.
    pub delivery_timeout: Span,
    /// `request.timeout.ms`.
    pub request_timeout: Span,
    /// `retry.backoff.ms`; doubled with every attempt up to a second.
    pub retry_backoff: Span,
}

/// The teaching defaults: no lingering, and patience that can be watched.
impl Default for DeliverySpec {
    fn default() -> Self {
        Self {
            acks: Acks::All,
            idempotence: None,
            linger: Span::ZERO,
            batch_bytes: 16_384,
            max_in_flight: None,
            retries: i32::MAX as u32,
            delivery_timeout: Span::from_secs(30),
            request_timeout: Span::from_secs(10),
            retry_backoff: Span::from_millis(100),
        }
    }
}

impl DeliverySpec {
    /// Kafka's own defaults (4.3).
    pub fn kafka() -> Self {
        Self {
            linger: Span::from_millis(5),
            max_in_flight: Some(MAX_IN_FLIGHT_IDEMPOTENT),
            delivery_timeout: Span::from_secs(120),
            request_timeout: Span::from_secs(30),
            ..Self::default()
        }
    }

    /// Whether each batch carries a sequence.
    ///
    /// Kafka: `ProducerConfig.postProcessAndValidateIdempotenceConfigs` (4.3).
    pub fn is_idempotent(&self) -> bool {
        self.idempotence.unwrap_or(self.acks == Acks::All && self.retries > 0)
    }

    /// Why the client would not start (`ConfigException`).
    pub fn fault(&self) -> Option<DeliveryFault> {
        if self.idempotence == Some(true) && self.acks != Acks::All {
            return Some(DeliveryFault::IdempotenceNeedsAcksAll);
        }
        if self.idempotence == Some(true) && self.retries == 0 {
            return Some(DeliveryFault::IdempotenceNeedsRetries);
        }
        if self.is_idempotent() && self.max_in_flight.is_some_and(|most| most > MAX_IN_FLIGHT_IDEMPOTENT) {
            return Some(DeliveryFault::IdempotenceNeedsFewInFlight);
        }
        let waits = self.linger + self.request_timeout;
        (self.delivery_timeout < waits).then_some(DeliveryFault::DeliveryTimeoutTooShort)
    }

    /// The same, with what no world can work with brought within the limits.
    pub(crate) fn within_limits(self) -> Self {
        Self {
            max_in_flight: self.max_in_flight.map(|most| most.max(1)),
            request_timeout: self.request_timeout.max(MIN_PERIOD),
            retry_backoff: self.retry_backoff.max(MIN_PERIOD),
            ..self
        }
    }
}

/// The most requests in flight with which an idempotent producer starts.
pub const MAX_IN_FLIGHT_IDEMPOTENT: u32 = 5;

/// Settings of a producer that do not go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryFault {
    /// `enable.idempotence=true` with `acks` 0 or 1.
    IdempotenceNeedsAcksAll,
    /// `enable.idempotence=true` with `retries=0`.
    IdempotenceNeedsRetries,
    /// Idempotence with more than 5 requests in flight.
    IdempotenceNeedsFewInFlight,
    /// `delivery.timeout.ms` below `linger.ms` + `request.timeout.ms`.
    DeliveryTimeoutTooShort,
}
