//! Services that call each other directly, in the state of a world.

use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::{CallFault, Failure, Service, ServiceStatus, World};
use serde::Serialize;

use crate::state::as_map;

/// A service that others call directly.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceState {
    /// `up`, `stopped` or `hung`.
    pub state: &'static str,
    /// Requests that came to it; each has succeeded, has failed, waits, or is worked on.
    pub received: u64,
    /// Requests that it did all of.
    pub succeeded: u64,
    /// Requests that it did not do all of.
    pub failed: u64,
    /// Those of the failed ones of which a step was done, and stays done.
    pub half_done: u64,
    /// Answers that came when nobody waited for them any more.
    pub in_vain: u64,
    /// Requests that wait.
    pub waiting: u64,
    /// Requests that it works on, or for which it awaits answers.
    pub busy: u32,
    /// Its calls to others, by their names.
    #[serde(serialize_with = "as_map")]
    pub calls: SortedMap<String, CallState>,
    /// What went wrong last; null where nothing did.
    pub last_failure: Option<FailureState>,
}

/// Calls of one service to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CallState {
    /// Sent, further tries included.
    pub sent: u64,
    /// Answered: done.
    pub succeeded: u64,
    /// Answered: not done; or cut off.
    pub failed: u64,
    /// Not answered in time.
    pub timed_out: u64,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureState {
    /// When.
    pub time_us: u64,
    /// Who was called; null where the service itself said no.
    pub to: Option<String>,
    /// `refused`, `overloaded`, `step-failed` or `timed-out`.
    pub why: &'static str,
}

#[inline(never)]
pub(crate) fn services(world: &World) -> SortedMap<String, ServiceState> {
    world.services().map(|(_, one)| (one.name.to_string(), service(world, one))).collect()
}

fn service(world: &World, service: &Service) -> ServiceState {
    let name = |id| world.service(id).map_or_else(String::new, |service| service.name.to_string());
    let calls = service.calls.iter().map(|link| {
        let (sent, succeeded, failed, timed_out) = (link.sent, link.succeeded, link.failed, link.timed_out);
        (name(link.to), CallState { sent, succeeded, failed, timed_out })
    });
    ServiceState {
        state: match service.status {
            ServiceStatus::Up => "up",
            ServiceStatus::Stopped => "stopped",
            ServiceStatus::Hung => "hung",
        },
        received: service.received,
        succeeded: service.succeeded,
        failed: service.failed,
        half_done: service.half_done,
        in_vain: service.in_vain,
        waiting: service.waiting() as u64,
        busy: service.busy,
        calls: calls.collect(),
        last_failure: service.last_failure.map(|Failure { at, to, why }| FailureState {
            time_us: at.0,
            to: to.map(name),
            why: match why {
                CallFault::Refused => "refused",
                CallFault::Overloaded => "overloaded",
                CallFault::StepFailed => "step-failed",
                CallFault::TimedOut => "timed-out",
            },
        }),
    }
}
