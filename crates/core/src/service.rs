use alloc::collections::VecDeque;
use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::producer::SendTimer;
use crate::sorted::SortedMap;
use crate::spec::Rate;
use crate::time::{Span, Time};

/// A service, by its place among the services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceId(pub u32);

/// A request that a service has. Its number is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct JobId(pub(crate) u64);

/// A call of one service to another. Its number is never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct CallId(pub(crate) u64);

/// A service that others call directly.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Service {
    /// Its name.
    pub name: Rc<str>,
    /// How long it works on a request before it calls others.
    pub takes: Span,
    /// How long it waits for the answer to a call.
    pub timeout: Span,
    /// How often it tries a call again.
    pub retries: u32,
    /// How many requests it works on at once.
    pub at_once: u32,
    /// How often somebody outside asks it for something.
    pub orders: Rate,
    /// Whether it runs.
    pub status: ServiceStatus,
    /// Whom it calls for each request, in this order, and how that went.
    pub calls: Vec<Link>,
    /// Requests that it is working on: those whose answers from others it awaits are among them.
    pub busy: u32,
    /// Requests that have come to it so far. Each has succeeded, has failed, or is still here.
    pub received: u64,
    /// Requests that it did all of.
    pub succeeded: u64,
    /// Requests that it did not do all of.
    pub failed: u64,
    /// Those of the failed ones of which a step was done already, and stays done: paid, but no confirmation.
    pub half_done: u64,
    /// Answers that came when nobody waited for them any more; the work was done all the same.
    pub in_vain: u64,
    /// What went wrong last.
    pub last_failure: Option<Failure>,
    pub(crate) waiting: VecDeque<JobId>,
    pub(crate) timer: SendTimer,
    /// Changes when it stops or hangs, so that timers of before are known as such.
    pub(crate) era: u32,
}

impl Service {
    /// Requests that wait until it has a hand free.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

/// One service's calls to another. Each call that was sent has ended in one of the three ways, or is under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Link {
    /// Who is called.
    pub to: ServiceId,
    /// Calls sent, those that were tried again each time.
    pub sent: u64,
    /// Calls that were answered: done.
    pub succeeded: u64,
    /// Calls that were answered: not done; or not answered, because one of the two stopped.
    pub failed: u64,
    /// Calls that were not answered in time.
    pub timed_out: u64,
}

/// Whether a service runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ServiceStatus {
    /// It does.
    #[default]
    Up,
    /// Its process has ended: a call is refused at once.
    Stopped,
    /// It does nothing, and a call to it is not answered.
    Hung,
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// All of it was done.
    Succeeded,
    /// It was not.
    Failed(CallFault),
}

/// Why a call was not answered well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallFault {
    /// The service is not there.
    Refused,
    /// As many requests wait at the service as can ([`MAX_WAITING`](crate::limits::MAX_WAITING)), or as many calls are
    /// on their way ([`MAX_CALLS`](crate::limits::MAX_CALLS)).
    Overloaded,
    /// A step of the service's own failed.
    StepFailed,
    /// No answer came in time.
    TimedOut,
}

/// A call that went wrong for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Failure {
    /// When the caller knew.
    pub at: Time,
    /// Who was called; nobody where the service itself had to refuse.
    pub to: Option<ServiceId>,
    /// What went wrong.
    pub why: CallFault,
}

/// A call, or its answer, on its way between two services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Flight {
    pub(crate) call: CallId,
    /// Who called.
    pub from: ServiceId,
    /// Who is called.
    pub to: ServiceId,
    /// None on the way there; how the call went on the way back.
    pub answer: Option<Outcome>,
    /// When it left.
    pub departed: Time,
    /// When it will be there.
    pub arrives: Time,
}

/// A request at a service.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Job {
    pub(crate) service: ServiceId,
    /// The call that asked for it; none where somebody outside did.
    pub(crate) asked_by: Option<(CallId, ServiceId)>,
    /// Calls that were made for it and succeeded.
    pub(crate) steps: usize,
    /// How often the present call was tried.
    pub(crate) attempts: u32,
    pub(crate) doing: Doing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Doing {
    Waiting,
    Working,
    Calling,
    /// A call has ended while the service hung.
    Ended(Outcome),
}

/// All services, and what they have in hand.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(crate) struct Services {
    pub(crate) list: Vec<Service>,
    pub(crate) jobs: SortedMap<JobId, Job>,
    /// Calls that somebody waits for.
    pub(crate) awaited: SortedMap<CallId, JobId>,
    pub(crate) next_job: u64,
    pub(crate) next_call: u64,
    /// Calls on their way to a service.
    pub(crate) flying: u32,
}
