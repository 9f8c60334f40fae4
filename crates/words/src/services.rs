use kafka_lanes_core::{CallFault, Service, ServiceStatus};

use crate::English;
use crate::picture::{PictureWords, plural};
use crate::renamed::renamed;

/// A number of requests of a service, and what is the matter with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requests {
    /// They wait until it has a hand free.
    InLine(u64),
    /// It works on so many, of so many that it can.
    AtWork(u32, u32),
    /// All of it was done.
    Done(u64),
    /// Not all of it was done.
    Failed(u64),
    /// Failed, with a step done that stays done.
    HalfDone(u64),
    /// Answers that came when nobody waited for them any more.
    InVain(u64),
}

renamed! {
/// Services that call each other directly, in the picture and in words.
pub trait ServiceWords {
    /// A service: whom it calls (joined, or nothing), whether it runs, and how its requests went.
    fn service_does(&self, service: &Service, calls: &str) -> String;
    /// Caption of the table of services.
    fn services_caption(&self) -> String;
    /// Service, state, calls, requests that came, waiting, at work, done, failed, half done, in vain, last failure.
    fn services_columns(&self) -> [&'static str; 11];
    /// Caption of the table of calls.
    fn calls_caption(&self) -> String;
    /// Who calls, who is called, sent, done, failed, timed out.
    fn calls_columns(&self) -> [&'static str; 6];
    /// Requests with their number: long, and short.
    fn requests(&self, requests: Requests) -> [String; 2];
    /// Before the marks of those who wait.
    fn in_line_label(&self) -> &'static str;
    /// Before the marks of those that are worked on.
    fn at_work_label(&self) -> &'static str;
    /// Orders from outside, of a thousand seconds: long, and short.
    fn orders(&self, per_thousand_seconds: u64) -> [String; 2];
    /// The badge of a service that does not run; nothing where it does.
    fn service_badge(&self, status: ServiceStatus) -> &'static str;
    /// Whether a service runs.
    fn service_state(&self, status: ServiceStatus) -> &'static str;
    /// A step that is done, and the next one that is not: long, and short.
    fn done_but_not(&self, done: &str, not: &str) -> [String; 2];
    /// What went wrong last: who was called, if anybody was, and why it failed.
    fn last_failure(&self, called: Option<&str>, why: CallFault) -> String;
    /// No request has failed so far.
    fn nothing_failed(&self) -> &'static str;
    /// Over the services that get orders: long, and short.
    fn caption_orders(&self, first: &str, count: usize) -> [String; 2];
    /// Over the services that are called: long, and short.
    fn caption_calls(&self) -> [String; 2];
    /// Legend: a call, a good answer, a bad one, a call that nobody waits for any more.
    fn legend_calls(&self) -> [&'static str; 4];
    /// Description of the picture as a file.
    fn services_description(&self, services: usize, calls: usize) -> String;
    /// Accessible name of a service.
    fn name_service(&self, service: &Service) -> String;
    /// Accessible name of the arrow from a service to one that it calls.
    fn name_call(&self, from: &str, to: &str) -> String;
    /// A subtitle.
    fn service(&self) -> &'static str;
    /// What a service does with a request.
    fn service_about(&self) -> &'static str;
    /// Facts of a service's card: calls, requests, in line, at work, done, failed, half done, in vain, last failure.
    fn service_facts(&self) -> [&'static str; 9];
    /// Facts of a call's card: sent, done, failed, not answered in time.
    fn call_facts(&self) -> [&'static str; 4];
    /// Button: does this to a service.
    fn service_act(&self, name: &str, status: ServiceStatus) -> String;
}
}

impl ServiceWords for English {
    #[inline(never)]
    fn service_does(&self, service: &Service, calls: &str) -> String {
        let Service { name, received, succeeded, failed, half_done, .. } = service;
        let mut text = if calls.is_empty() { format!("{name} is called.") } else { format!("{name} calls {calls}.") };
        text.push_str(match service.status {
            ServiceStatus::Up => "",
            ServiceStatus::Stopped => " It has stopped.",
            ServiceStatus::Hung => " It hangs.",
        });
        text.push_str(&format!(" Of {received} requests {succeeded} are done and {failed} have failed"));
        if *half_done > 0 {
            text.push_str(&format!(", {half_done} of them with a step done that stays done"));
        }
        text.push('.');
        if service.waiting() > 0 || service.busy > 0 {
            let [in_line, _] = self.requests(Requests::InLine(service.waiting() as u64));
            let [at_work, _] = self.requests(Requests::AtWork(service.busy, service.at_once));
            text.push_str(&format!(" {in_line}, {at_work}."));
        }
        if service.in_vain > 0 {
            let answers = plural(service.in_vain, "answer", "answers");
            text.push_str(&format!(" {answers} came when nobody waited any more."));
        }
        text
    }

    fn services_caption(&self) -> String {
        "Services".into()
    }

    fn services_columns(&self) -> [&'static str; 11] {
        [
            "Service",
            "State",
            "Calls",
            "Requests",
            "In line",
            "At work",
            "Done",
            "Failed",
            "Half done",
            "Answered in vain",
            "Last failure",
        ]
    }

    fn calls_caption(&self) -> String {
        "Calls".into()
    }

    fn calls_columns(&self) -> [&'static str; 6] {
        ["From", "To", "Sent", "Done", "Failed", "Not answered in time"]
    }

    #[inline(never)]
    fn requests(&self, requests: Requests) -> [String; 2] {
        let named =
            |n: u64, word: &str| [format!("{} {word}", self.number(n)), format!("{} {word}", self.short_number(n))];
        match requests {
            Requests::InLine(n) => named(n, "in line"),
            Requests::AtWork(busy, at_once) => [format!("{busy} of {at_once} at work"), format!("{busy} of {at_once}")],
            Requests::Done(n) => named(n, "done"),
            Requests::Failed(n) => named(n, "failed"),
            Requests::HalfDone(n) => named(n, "half done"),
            Requests::InVain(n) => named(n, "in vain"),
        }
    }

    fn in_line_label(&self) -> &'static str {
        "in line"
    }

    fn at_work_label(&self) -> &'static str {
        "at work"
    }

    fn orders(&self, per_thousand_seconds: u64) -> [String; 2] {
        let rate = self.records_a_second(per_thousand_seconds);
        let number = rate.trim_end_matches("/s");
        let orders = if number == "1" { "order" } else { "orders" };
        [format!("{number} {orders} a second"), rate]
    }

    fn service_badge(&self, status: ServiceStatus) -> &'static str {
        match status {
            ServiceStatus::Up => "",
            ServiceStatus::Stopped => "STOPPED",
            ServiceStatus::Hung => "HANGS",
        }
    }

    fn service_state(&self, status: ServiceStatus) -> &'static str {
        match status {
            ServiceStatus::Up => "runs",
            ServiceStatus::Stopped => "has stopped",
            ServiceStatus::Hung => "hangs",
        }
    }

    fn done_but_not(&self, done: &str, not: &str) -> [String; 2] {
        [format!("{done} is done, but no {not}"), format!("{done}, but no {not}")]
    }

    #[inline(never)]
    fn last_failure(&self, called: Option<&str>, why: CallFault) -> String {
        let Some(name) = called else {
            return match why {
                CallFault::Overloaded => "its line is full",
                CallFault::Refused => "it has stopped",
                CallFault::StepFailed => "a step failed",
                CallFault::TimedOut => "no answer in time",
            }
            .into();
        };
        match why {
            CallFault::Refused => format!("{name} said no"),
            CallFault::Overloaded => format!("{name} was full"),
            CallFault::StepFailed => format!("{name} could not do it"),
            CallFault::TimedOut => format!("{name} did not answer in time"),
        }
    }

    fn nothing_failed(&self) -> &'static str {
        "no request has failed yet"
    }

    fn caption_orders(&self, first: &str, count: usize) -> [String; 2] {
        if count == 1 {
            [format!("Orders come to {first}"), "Orders come in".into()]
        } else {
            ["Orders come in".into(), "Orders".into()]
        }
    }

    fn caption_calls(&self) -> [String; 2] {
        ["Each call waits for its answer".into(), "Calls and answers".into()]
    }

    fn legend_calls(&self) -> [&'static str; 4] {
        ["a call", "its answer: done", "its answer: not done", "nobody waits for it any more"]
    }

    fn services_description(&self, services: usize, calls: usize) -> String {
        format!(
            "{} that call each other directly, callers on the left. {} from who calls to who is called.",
            plural(services as u64, "service", "services"),
            plural(calls as u64, "arrow runs", "arrows run")
        )
    }

    #[inline(never)]
    fn name_service(&self, service: &Service) -> String {
        let mut parts = vec![format!("{}, service, {}", service.name, self.service_state(service.status))];
        let mut add = |requests| {
            let [long, _] = self.requests(requests);
            parts.push(long);
        };
        add(Requests::InLine(service.waiting() as u64));
        add(Requests::AtWork(service.busy, service.at_once));
        add(Requests::Done(service.succeeded));
        add(Requests::Failed(service.failed));
        if service.half_done > 0 {
            add(Requests::HalfDone(service.half_done));
        }
        if service.in_vain > 0 {
            add(Requests::InVain(service.in_vain));
        }
        parts.join(", ")
    }

    fn name_call(&self, from: &str, to: &str) -> String {
        format!("{from} calls {to}")
    }

    fn service(&self) -> &'static str {
        "service"
    }

    fn service_about(&self) -> &'static str {
        "It works on a request, calls others one after the other, and waits for each answer. If one fails, the whole request fails; what was done before stays done."
    }

    fn service_facts(&self) -> [&'static str; 9] {
        [
            "calls",
            "requests so far",
            "in line",
            "at work",
            "done",
            "failed",
            "half done",
            "answered in vain",
            "last failure",
        ]
    }

    fn call_facts(&self) -> [&'static str; 4] {
        ["calls sent", "done", "failed", "not answered in time"]
    }

    fn service_act(&self, name: &str, status: ServiceStatus) -> String {
        match status {
            ServiceStatus::Up => format!("start {name}"),
            ServiceStatus::Stopped => format!("stop {name}"),
            ServiceStatus::Hung => format!("let {name} hang"),
        }
    }
}
