//! Brokers, copies, and how producers deliver: their words, read and printed.

use kafka_lanes_core::limits::MAX_BROKERS;
use kafka_lanes_core::spec::{
    Acks, ClusterSpec, ClusterTiming, DeliveryFault, DeliverySpec, MAX_IN_FLIGHT_IDEMPOTENT, ReplicationSpec,
};
use kafka_lanes_core::{BrokerAct, Span};

use super::line::{Line, Token};
use super::number::{print_bytes, print_span};
use super::statements::Reader;
use super::vocabulary::{ACKS, BROKER, Bounds, PRODUCER_OPTIONS, SWITCH};
use super::want::Want;
use crate::cause::{Cause, Zero};
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;

/// The span of this name, and its bounds.
pub(super) fn cluster_span<'t>(timing: &'t mut ClusterTiming, name: &str) -> Option<(&'t mut Span, Bounds)> {
    Some(match name {
        "broker-session" => (&mut timing.session, Bounds::Period),
        "broker-heartbeat" => (&mut timing.heartbeat, Bounds::Period),
        "replica-lag" => (&mut timing.replica_lag, Bounds::Period),
        "replica-fetch-wait" => (&mut timing.replica_fetch_wait, Bounds::Period),
        "leader-balance" => (&mut timing.leader_balance, Bounds::Period),
        "broker-start" => (&mut timing.start, Bounds::Any),
        _ => return None,
    })
}

impl Reader {
    /// `brokers 3`
    #[inline(never)]
    pub(super) fn brokers(&mut self, line: &mut Line) {
        let Some((count, Token { text, at, .. })) = self.count(line) else { return };
        self.once("brokers", at);
        if count == 0 {
            self.diagnostics.push(at, Cause::TooSmall { least: 1 });
        }
        if count > u64::from(MAX_BROKERS) {
            self.diagnostics.push(at, Cause::OverLimit { limit: Limit::Brokers, given: text });
        }
        // At most `MAX_BROKERS`.
        self.draft.cluster.brokers = count.clamp(1, MAX_BROKERS.into()) as u32;
        self.end(line);
    }

    /// An option of a topic about its copies.
    #[inline(never)]
    pub(super) fn replication_option(&mut self, option: &str, line: &mut Line, copies: &mut ReplicationSpec) {
        if option == "unclean-election" {
            copies.unclean_election = self.switch(line).unwrap_or(copies.unclean_election);
            return;
        }
        let Some((count, Token { at, .. })) = self.count(line) else { return };
        if count == 0 {
            let zero = if option == "replication" { Zero::Replication } else { Zero::MinIsr };
            self.diagnostics.push(at, Cause::Zero(zero));
        }
        let count = u32::try_from(count).unwrap_or(u32::MAX).max(1);
        *(if option == "replication" { &mut copies.factor } else { &mut copies.min_isr }) = count;
    }

    /// An option of a producer about how it delivers; says whether it is one.
    #[inline(never)]
    pub(super) fn delivery_option(&mut self, option: &str, line: &mut Line, delivery: &mut DeliverySpec) -> bool {
        let (span, bounds) = match option {
            "acks" => {
                delivery.acks = self.acks(line).unwrap_or(delivery.acks);
                return true;
            }
            "idempotence" => {
                delivery.idempotence = self.switch(line).or(delivery.idempotence);
                return true;
            }
            "batch-size" => {
                let bytes = self.bytes(line, Limit::ValueBytes);
                // The limit is a u32 itself.
                delivery.batch_bytes = bytes.map_or(delivery.batch_bytes, |bytes| bytes as u32);
                return true;
            }
            "max-in-flight" | "retries" => {
                let Some((count, Token { at, .. })) = self.count(line) else { return true };
                let count = u32::try_from(count).unwrap_or(u32::MAX);
                if option == "retries" {
                    delivery.retries = count;
                    return true;
                }
                if count == 0 {
                    self.diagnostics.push(at, Cause::Zero(Zero::MaxInFlight));
                }
                delivery.max_in_flight = Some(count.max(1));
                return true;
            }
            time => match delivery_span(delivery, time) {
                Some((span, bounds)) => (span, bounds),
                None => return false,
            },
        };
        *span = self.span(line, bounds).unwrap_or(*span);
        true
    }

    pub(super) fn acks(&mut self, line: &mut Line) -> Option<Acks> {
        // Kafka's own other word for all.
        if line.take_if_value("-1") {
            return Some(Acks::All);
        }
        Some(match self.choice(line, ACKS)? {
            "0" => Acks::None,
            "1" => Acks::Leader,
            _ => Acks::All,
        })
    }

    fn switch(&mut self, line: &mut Line) -> Option<bool> {
        Some(self.choice(line, SWITCH)? == "on")
    }

    /// `broker 2`, behind the verb.
    pub(super) fn broker(&mut self, line: &mut Line) -> Option<(u32, Place)> {
        self.kind(line, BROKER)?;
        self.broker_number(line)
    }

    pub(super) fn broker_number(&mut self, line: &mut Line) -> Option<(u32, Place)> {
        line.want(Want::Broker);
        let (number, token) = self.count(line)?;
        Some((u32::try_from(number).unwrap_or(u32::MAX), token.at))
    }
}

/// What a verb does to a broker.
pub(super) fn broker_act(verb: &str) -> Option<BrokerAct> {
    BrokerAct::ALL.into_iter().find(|act| act.name() == verb)
}

/// The line of the brokers, if there are several.
pub(super) fn print_brokers(cluster: &ClusterSpec) -> String {
    if cluster.brokers == 1 { String::new() } else { format!("brokers {}\n", cluster.brokers) }
}

/// The options that say these copies: with a space before each.
pub(super) fn print_replication(copies: &ReplicationSpec) -> String {
    let usual = ReplicationSpec::default();
    let mut text = String::new();
    if copies.factor != usual.factor {
        text.push_str(&format!(" replication={}", copies.factor));
    }
    if copies.min_isr != usual.min_isr {
        text.push_str(&format!(" min-isr={}", copies.min_isr));
    }
    if copies.unclean_election {
        text.push_str(" unclean-election=on");
    }
    text
}

/// The time of this name among those of a producer, and its bounds.
fn delivery_span<'d>(delivery: &'d mut DeliverySpec, name: &str) -> Option<(&'d mut Span, Bounds)> {
    Some(match name {
        "linger" => (&mut delivery.linger, Bounds::Any),
        "delivery-timeout" => (&mut delivery.delivery_timeout, Bounds::Any),
        "request-timeout" => (&mut delivery.request_timeout, Bounds::Period),
        "retry-backoff" => (&mut delivery.retry_backoff, Bounds::Period),
        _ => return None,
    })
}

/// All times of a producer, with their names.
pub(super) fn delivery_times(mut delivery: DeliverySpec) -> Vec<(&'static str, Span)> {
    let names = PRODUCER_OPTIONS.iter();
    names.filter_map(|name| Some((*name, *delivery_span(&mut delivery, name)?.0))).collect()
}

/// How a producer delivers that does not say: with Kafka's own times, or with those to teach by.
pub(crate) fn usual_delivery(kafkas: bool) -> DeliverySpec {
    // Requests in flight are counted as the times are: see `DeliverySpec::max_in_flight`.
    if kafkas { DeliverySpec { max_in_flight: None, ..DeliverySpec::kafka() } } else { DeliverySpec::default() }
}

/// The times of a producer that it does not say are Kafka's own.
#[cold]
pub(super) fn with_kafkas_times(delivery: &mut DeliverySpec, said: &[&str]) {
    for (name, usual) in delivery_times(usual_delivery(true)) {
        if let Some((span, _)) = delivery_span(delivery, name).filter(|_| !said.contains(&name)) {
            *span = usual;
        }
    }
}

/// What does not go together is said, and made to; its times only once they are all known (`with_times`).
#[inline(never)]
pub(super) fn mend_delivery(delivery: &mut DeliverySpec, at: Place, diagnostics: &mut Diagnostics, with_times: bool) {
    while let Some(fault) = delivery.fault() {
        if fault == DeliveryFault::DeliveryTimeoutTooShort && !with_times {
            return;
        }
        diagnostics.push(at, Cause::Delivery(fault));
        match fault {
            DeliveryFault::IdempotenceNeedsAcksAll | DeliveryFault::IdempotenceNeedsRetries => {
                delivery.idempotence = Some(false);
            }
            DeliveryFault::IdempotenceNeedsFewInFlight => delivery.max_in_flight = Some(MAX_IN_FLIGHT_IDEMPOTENT),
            DeliveryFault::DeliveryTimeoutTooShort => {
                delivery.delivery_timeout = delivery.linger + delivery.request_timeout;
            }
        }
    }
}

/// The options that say how a producer delivers: with a space before each.
pub(super) fn print_delivery(delivery: &DeliverySpec, usual: &DeliverySpec) -> String {
    let mut text = String::new();
    let mut option = |differs: bool, name: &str, value: String| {
        if differs {
            text.push_str(&format!(" {name}={value}"));
        }
    };
    option(delivery.acks != usual.acks, "acks", delivery.acks.name().into());
    if let Some(idempotence) = delivery.idempotence {
        option(true, "idempotence", SWITCH[usize::from(!idempotence)].into());
    }
    if let Some(most) = delivery.max_in_flight {
        option(true, "max-in-flight", most.to_string());
    }
    option(delivery.retries != usual.retries, "retries", delivery.retries.to_string());
    option(delivery.batch_bytes != usual.batch_bytes, "batch-size", print_bytes(delivery.batch_bytes.into()));
    for ((name, span), (_, usual)) in delivery_times(*delivery).into_iter().zip(delivery_times(*usual)) {
        option(span != usual, name, print_span(span));
    }
    text
}
