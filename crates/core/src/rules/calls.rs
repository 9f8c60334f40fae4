//! Services that call each other directly: no Kafka here. Success, failure, timeout, and trying again.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::create::{check, check_name, check_rate};
use crate::journal::Happening;
use crate::limits::{MAX_AT_ONCE, MAX_CALL_RETRIES, MAX_CALLS, MAX_LATENCY, MAX_SERVICES, MAX_WAITING, MIN_PERIOD};
use crate::message::{Event, ServiceEvent};
use crate::producer::SendTimer;
use crate::refusal::{Limit, Refusal};
use crate::service::{
    CallFault, CallId, Doing, Failure, Flight, Job, JobId, Link, Outcome, Service, ServiceId, ServiceStatus,
};
use crate::spec::{Rate, ServiceSpec};
use crate::world::World;

impl World {
    /// All services at once, as they may name each other in any order.
    ///
    /// # Errors
    ///
    /// A bad or a taken name, a callee that is none of them, or too much of something.
    #[inline(never)]
    pub(crate) fn add_services(&mut self, specs: &[ServiceSpec]) -> Result<(), Refusal> {
        check(specs.len() <= MAX_SERVICES, Limit::Services)?;
        for spec in specs {
            check_name(&spec.name)?;
            check_rate(spec.orders)?;
            check((1..=MAX_AT_ONCE).contains(&spec.at_once), Limit::AtOnce)?;
            check(spec.retries <= MAX_CALL_RETRIES, Limit::CallRetries)?;
            check(spec.calls.len() <= MAX_SERVICES, Limit::Services)?;
            if self.service_named(&spec.name).is_ok() {
                return Err(Refusal::NameTaken(spec.name.clone()));
            }
            self.services.list.push(Service {
                name: spec.name.as_str().into(),
                takes: spec.takes.max(MIN_PERIOD),
                timeout: spec.timeout.clamp(MIN_PERIOD, MAX_LATENCY),
                retries: spec.retries,
                at_once: spec.at_once,
                orders: spec.orders,
                status: ServiceStatus::Up,
                calls: Vec::new(),
                busy: 0,
                received: 0,
                succeeded: 0,
                failed: 0,
                half_done: 0,
                in_vain: 0,
                last_failure: None,
                waiting: Default::default(),
                timer: SendTimer { since: self.now, count: 0, era: 0 },
                era: 0,
            });
        }
        for (place, spec) in specs.iter().enumerate() {
            let named = |name: &String| Ok(Link { to: self.service_named(name)?, ..NO_CALLS });
            let calls: Result<Vec<Link>, Refusal> = spec.calls.iter().map(named).collect();
            self.services.list[place].calls = calls?;
            // `limits::MAX_SERVICES` keeps the place small.
            self.schedule_order(ServiceId(place as u32));
        }
        Ok(())
    }

    /// # Errors
    ///
    /// [`Refusal::NoSuchService`].
    fn service_named(&self, name: &str) -> Result<ServiceId, Refusal> {
        let found = self.services().find(|(_, service)| *service.name == *name).map(|(id, _)| id);
        found.ok_or_else(|| Refusal::NoSuchService(name.into()))
    }

    /// Makes a service run, end, or hang.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoSuchService`], or [`Refusal::ServiceIs`] where that is what it does already.
    #[inline(never)]
    pub(super) fn act_service(&mut self, name: &str, status: ServiceStatus) -> Result<(), Refusal> {
        let id = self.service_named(name)?;
        let Some(service) = self.service_mut(id) else { return Ok(()) };
        let before = service.status;
        // What has ended can't hang.
        if before == status || before == ServiceStatus::Stopped && status == ServiceStatus::Hung {
            return Err(Refusal::ServiceIs { service: name.into(), status: before });
        }
        service.status = status;
        service.era += 1;
        let name = Rc::clone(&service.name);
        match status {
            ServiceStatus::Up => self.revive(id),
            ServiceStatus::Stopped => self.end_all(id),
            ServiceStatus::Hung => {}
        }
        self.journal.tell(self.now, Happening::Service { service: name, status });
        self.changes.structure = true;
        Ok(())
    }

    /// Orders come faster or slower from now on.
    ///
    /// # Errors
    ///
    /// [`Refusal::NoSuchService`], or a rate over its limit.
    #[inline(never)]
    pub(super) fn act_set_orders(&mut self, name: &str, rate: Rate) -> Result<(), Refusal> {
        check_rate(rate)?;
        let (id, now) = (self.service_named(name)?, self.now);
        let Some(service) = self.service_mut(id) else { return Ok(()) };
        service.orders = rate;
        service.timer = SendTimer { since: now, count: 0, era: service.timer.era + 1 };
        self.schedule_order(id);
        self.changes.structure = true;
        Ok(())
    }

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

    fn schedule_order(&mut self, id: ServiceId) {
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
    fn begin_work(&mut self, id: ServiceId) {
        while let Some(service) = self.service_mut(id) {
            if service.status != ServiceStatus::Up || service.busy >= service.at_once {
                return;
            }
            let Some(job) = service.waiting.pop_front() else { return };
            service.busy += 1;
            self.work(job);
        }
    }

    fn work(&mut self, number: JobId) {
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

    fn answer_call(&mut self, id: ServiceId, asked_by: Option<(CallId, ServiceId)>, outcome: Outcome) {
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
    fn take_up(&mut self, number: JobId, outcome: Outcome) {
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

    /// A service's process ends, and with it all that it had in hand. Whoever waits for it hears that the connection
    /// is gone.
    fn end_all(&mut self, id: ServiceId) {
        let jobs = &mut self.services.jobs;
        let own: Vec<JobId> = jobs.iter().filter(|(_, job)| job.service == id).map(|(number, _)| *number).collect();
        for number in own {
            let Some(job) = self.services.jobs.remove(&number) else { continue };
            let mut under_way = 0;
            self.services.awaited.retain(|_, waits| {
                let is_its = *waits == number;
                under_way += u64::from(is_its);
                !is_its
            });
            let Some(service) = self.service_mut(id) else { return };
            service.calls.get_mut(job.steps).into_iter().for_each(|link| link.failed += under_way);
            count(service, &job, Outcome::Failed(CallFault::Refused));
            self.answer_call(id, job.asked_by, Outcome::Failed(CallFault::Refused));
        }
        let Some(service) = self.service_mut(id) else { return };
        service.waiting.clear();
        service.busy = 0;
    }

    /// A service that hung takes up what it had in hand: work that it had begun from the start.
    fn revive(&mut self, id: ServiceId) {
        let jobs = &self.services.jobs;
        let own = jobs.iter().filter(|(_, job)| job.service == id);
        let own: Vec<(JobId, Doing)> = own.map(|(number, job)| (*number, job.doing)).collect();
        for (number, doing) in own {
            match doing {
                Doing::Working => self.work(number),
                Doing::Ended(outcome) => self.take_up(number, outcome),
                Doing::Waiting | Doing::Calling => {}
            }
        }
        self.begin_work(id);
    }

    fn service_mut(&mut self, id: ServiceId) -> Option<&mut Service> {
        self.services.list.get_mut(id.0 as usize)
    }
}

const NO_CALLS: Link = Link { to: ServiceId(0), sent: 0, succeeded: 0, failed: 0, timed_out: 0 };

fn count(service: &mut Service, job: &Job, outcome: Outcome) {
    if outcome == Outcome::Succeeded {
        service.succeeded += 1;
        return;
    }
    service.failed += 1;
    service.half_done += u64::from(job.steps > 0);
}
