//! What services do that call each other directly: no Kafka here. Success, failure, timeout, and trying again.

use crate::limits::{MAX_CALLS, MAX_WAITING};
use crate::message::{Event, ServiceEvent};
use crate::service::{
    CallFault, CallId, Doing, Failure, Flight, Job, JobId, Outcome, Service, ServiceId, ServiceStatus,
};
use crate::world::World;

impl World {
    #[inline(never)]
    pub(super) fn on_service(&mut self, event: ServiceEvent) {
        self.changes.services = true;
        match event {
            ServiceEvent::OrderDue(id, era) => {
                let Some(service) = self.service_mut(id).filter(|service| service.timer.era == era) else { return };
                service.timer.count += 1;
                self.schedule_order(id);
                self.receive(id, None);
            }
            ServiceEvent::Flies(flight) => match flight.answer {
                None => {
                    self.services.flying -= 1;
                    self.receive(flight.to, Some((flight.call, flight.from)));
                }
                Some(outcome) => self.on_answer(flight, outcome),
            },
            ServiceEvent::Worked(job, era) => {
                let Some(id) = self.services.jobs.get(&job).map(|job| job.service) else { return };
                if self.service(id).is_some_and(|service| service.era == era) {
                    self.call_next(job);
                }
            }
            ServiceEvent::TimesOut(call) => self.on_ended(call, Outcome::Failed(CallFault::TimedOut)),
        }
    }

    pub(super) fn schedule_order(&mut self, id: ServiceId) {
        let Some(service) = self.service(id) else { return };
        let era = service.timer.era;
        if let Some(due) = service.timer.next_due(service.orders) {
            self.queue.push(due.max(self.now), Event::Service(ServiceEvent::OrderDue(id, era)));
        }
    }

    /// A request reaches a service.
    fn receive(&mut self, id: ServiceId, asked_by: Option<(CallId, ServiceId)>) {
        let now = self.now;
        let Some(service) = self.service_mut(id) else { return };
        service.received += 1;
        let (status, is_full) = (service.status, service.waiting.len() >= MAX_WAITING);
        let why = if is_full { CallFault::Overloaded } else { CallFault::Refused };
        if status == ServiceStatus::Stopped || is_full {
            service.failed += 1;
            service.last_failure = Some(Failure { at: now, to: None, why });
            // Who hangs does not even say no.
            if status != ServiceStatus::Hung {
                self.answer_call(id, asked_by, Outcome::Failed(why));
            }
            return;
        }
        let number = JobId(self.services.next_job);
        self.services.next_job += 1;
        let job = Job { service: id, asked_by, steps: 0, attempts: 0, doing: Doing::Waiting };
        self.services.jobs.insert(number, job);
        self.service_mut(id).into_iter().for_each(|service| service.waiting.push_back(number));
        self.begin_work(id);
    }

    /// Takes up what waits, as far as there are hands free.
    pub(super) fn begin_work(&mut self, id: ServiceId) {
        while let Some(service) = self.service_mut(id) {
            if service.status != ServiceStatus::Up || service.busy >= service.at_once {
                return;
            }
            let Some(job) = service.waiting.pop_front() else { return };
            service.busy += 1;
            self.work(job);
        }
    }

    pub(super) fn work(&mut self, number: JobId) {
        let Some(job) = self.services.jobs.get_mut(&number) else { return };
        job.doing = Doing::Working;
        let id = job.service;
        let Some((takes, era)) = self.service(id).map(|service| (service.takes, service.era)) else { return };
        self.send_after(takes, Event::Service(ServiceEvent::Worked(number, era)));
    }

    /// The next call that a request needs; if there is none left, it is done.
    fn call_next(&mut self, number: JobId) {
        let Some(job) = self.services.jobs.get_mut(&number) else { return };
        let (from, step) = (job.service, job.steps);
        job.doing = Doing::Calling;
        let now = self.now;
        let flight = self.timing.produce;
        let Some(service) = self.services.list.get_mut(from.0 as usize) else { return };
        let Some(link) = service.calls.get_mut(step) else { return self.finish(number, Outcome::Succeeded) };
        link.sent += 1;
        job.attempts += 1;
        let (to, timeout) = (link.to, service.timeout);
        let call = CallId(self.services.next_call);
        self.services.next_call += 1;
        self.services.awaited.insert(call, number);
        if self.services.flying as usize >= MAX_CALLS {
            return self.on_ended(call, Outcome::Failed(CallFault::Overloaded));
        }
        self.services.flying += 1;
        let flies = Flight { call, from, to, answer: None, departed: now, arrives: now + flight };
        self.send_after(flight, Event::Service(ServiceEvent::Flies(flies)));
        self.send_after(timeout, Event::Service(ServiceEvent::TimesOut(call)));
    }

    pub(super) fn answer_call(&mut self, id: ServiceId, asked_by: Option<(CallId, ServiceId)>, outcome: Outcome) {
        let Some((call, from)) = asked_by else { return };
        let (departed, arrives) = (self.now, self.now + self.timing.produce);
        let flies = Flight { call, from, to: id, answer: Some(outcome), departed, arrives };
        self.send_after(self.timing.produce, Event::Service(ServiceEvent::Flies(flies)));
    }

    fn on_answer(&mut self, flight: Flight, outcome: Outcome) {
        if self.services.awaited.contains_key(&flight.call) {
            self.on_ended(flight.call, outcome);
        } else if outcome == Outcome::Succeeded {
            self.service_mut(flight.to).into_iter().for_each(|service| service.in_vain += 1);
        }
    }

    /// A call has ended, if it had not yet.
    fn on_ended(&mut self, call: CallId, outcome: Outcome) {
        let Some(number) = self.services.awaited.remove(&call) else { return };
        let Some(job) = self.services.jobs.get_mut(&number) else { return };
        let Some(service) = self.services.list.get_mut(job.service.0 as usize) else { return };
        let Some(link) = service.calls.get_mut(job.steps) else { return };
        match outcome {
            Outcome::Succeeded => link.succeeded += 1,
            Outcome::Failed(CallFault::TimedOut) => link.timed_out += 1,
            Outcome::Failed(_) => link.failed += 1,
        }
        if service.status == ServiceStatus::Hung {
            job.doing = Doing::Ended(outcome);
        } else {
            self.take_up(number, outcome);
        }
    }

    /// What a service makes of the end of a call: on to the next, again, or give up.
    pub(super) fn take_up(&mut self, number: JobId, outcome: Outcome) {
        let Some(job) = self.services.jobs.get_mut(&number) else { return };
        let Some(service) = self.services.list.get_mut(job.service.0 as usize) else { return };
        let Outcome::Failed(why) = outcome else {
            (job.steps, job.attempts) = (job.steps + 1, 0);
            return self.call_next(number);
        };
        if job.attempts <= service.retries {
            return self.call_next(number);
        }
        let to = service.calls.get(job.steps).map(|link| link.to);
        service.last_failure = Some(Failure { at: self.now, to, why });
        self.finish(number, Outcome::Failed(CallFault::StepFailed));
    }

    /// A request that was being worked on is over.
    fn finish(&mut self, number: JobId, outcome: Outcome) {
        let Some(job) = self.services.jobs.remove(&number) else { return };
        let Some(service) = self.service_mut(job.service) else { return };
        service.busy -= 1;
        count(service, &job, outcome);
        self.answer_call(job.service, job.asked_by, outcome);
        self.begin_work(job.service);
    }

    pub(super) fn service_mut(&mut self, id: ServiceId) -> Option<&mut Service> {
        self.services.list.get_mut(id.0 as usize)
    }
}

pub(super) fn count(service: &mut Service, job: &Job, outcome: Outcome) {
    if outcome == Outcome::Succeeded {
        service.succeeded += 1;
        return;
    }
    service.failed += 1;
    service.half_done += u64::from(job.steps > 0);
}
