//! How services that call each other directly come to be, and what a person does to them.

use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use super::calls::count;
use super::create::{check, check_name, check_rate};
use crate::journal::Happening;
use crate::limits::{MAX_AT_ONCE, MAX_CALL_RETRIES, MAX_LATENCY, MAX_SERVICES, MIN_PERIOD};
use crate::producer::SendTimer;
use crate::refusal::{Limit, Refusal};
use crate::service::{CallFault, Doing, JobId, Link, Outcome, Service, ServiceId, ServiceStatus};
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
}

const NO_CALLS: Link = Link { to: ServiceId(0), sent: 0, succeeded: 0, failed: 0, timed_out: 0 };
