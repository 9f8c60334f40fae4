//! Services that call each other directly: their words, read and printed.

use kafka_lanes_core::spec::{Rate, ServiceSpec};
use kafka_lanes_core::{Action, ServiceStatus, Span};

use super::draft::{DraftService, Name};
use super::line::Line;
use super::number::{print_rate, print_span};
use super::quote::quote;
use super::resolve::{Resolver, no_such};
use super::statements::Reader;
use super::vocabulary::{Bounds, SERVICE_OPTIONS};
use super::want::Want;
use crate::cause::{Cause, Quantity, Thing};
use crate::limit::Limit;
use crate::room::Room;

impl Reader {
    /// `service Shop calls Payment, Email takes=80ms timeout=2s retries=1 at-once=4 orders=3/s`
    #[inline(never)]
    pub(super) fn service(&mut self, line: &mut Line) {
        let name = self.new_name(line, Thing::Service);
        let at = name.as_ref().map_or_else(|| line.here(), |name| name.at);
        let calls = if line.take_if("calls") { self.names(line, Thing::Service) } else { Vec::new() };
        let mut spec = ServiceSpec::new(String::new());
        self.options(line, SERVICE_OPTIONS, |reader, option, line| match option {
            "takes" => spec.takes = reader.span(line, Bounds::Period).unwrap_or(spec.takes),
            "timeout" => spec.timeout = reader.patience(line).unwrap_or(spec.timeout),
            "retries" => spec.retries = reader.count_to(line, 0, Limit::CallRetries).unwrap_or(spec.retries),
            "at-once" => spec.at_once = reader.count_to(line, 1, Limit::AtOnce).unwrap_or(spec.at_once),
            _ => spec.orders = reader.rate(line).unwrap_or(spec.orders),
        });
        if let Some(name) = name {
            spec.name = name.text;
            self.draft.services.push(DraftService { at, spec, calls });
        }
    }

    /// A span that is a period, and no longer than a flight.
    fn patience(&mut self, line: &mut Line) -> Option<Span> {
        line.want(Want::Number(Quantity::Span));
        let token = self.value(line)?;
        let span = self.span_of(&token, Bounds::Period)?;
        let most = Limit::Latency.value();
        if span.0 > most {
            self.clamped(&token, Limit::Latency);
        }
        Some(Span(span.0.min(most)))
    }

    /// A number from `least` to the limit.
    fn count_to(&mut self, line: &mut Line, least: u64, limit: Limit) -> Option<u32> {
        let (count, token) = self.count(line)?;
        if count < least {
            self.diagnostics.push(token.at, Cause::TooSmall { least });
        }
        if count > limit.value() {
            self.clamped(&token, limit);
        }
        // The limits are numbers of 32 bits themselves.
        Some(count.clamp(least, limit.value()) as u32)
    }
}

impl Resolver<'_> {
    #[inline(never)]
    pub(super) fn services(&mut self, drafts: Vec<DraftService>) {
        let mut room = Room::of(Limit::Services);
        let mut calls = Vec::new();
        for draft in drafts {
            if self.taken(Thing::Service, &draft.spec.name, draft.at) || !room.one_more(draft.at) {
                continue;
            }
            self.spec.services.push(draft.spec);
            calls.push(draft.calls);
        }
        room.tell(self.diagnostics);
        // They may name each other in any order.
        for (place, names) in calls.into_iter().enumerate() {
            self.spec.services[place].calls = self.service_names(names);
        }
    }

    /// The names that are those of services, each once.
    fn service_names(&mut self, names: Vec<Name>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for Name { text, at } in names {
            if found.contains(&text) {
                self.diagnostics.push(at, Cause::ListedTwice { name: text });
            } else if self.spec.services.iter().any(|service| service.name == text) {
                found.push(text);
            } else {
                let known = self.spec.services.iter().map(|service| service.name.as_str());
                no_such(self.diagnostics, at, Thing::Service, &text, known);
            }
        }
        found
    }
}

/// What a verb makes of a service.
pub(super) fn service_status(verb: &str) -> Option<ServiceStatus> {
    Some(match verb {
        "start" => ServiceStatus::Up,
        "stop" => ServiceStatus::Stopped,
        "hang" => ServiceStatus::Hung,
        _ => return None,
    })
}

/// What stands behind the time, where an action is about a service.
#[inline(never)]
pub(super) fn print_service_action(action: &Action) -> Option<String> {
    Some(match action {
        Action::Service { service, status } => {
            let verb = match status {
                ServiceStatus::Up => "start",
                ServiceStatus::Stopped => "stop",
                ServiceStatus::Hung => "hang",
            };
            format!("{verb} service {}", quote(service))
        }
        Action::SetOrders { service, rate } => format!("set orders {} {}", quote(service), print_rate(*rate)),
        _ => return None,
    })
}

/// The line of a service.
#[inline(never)]
pub(super) fn print_service(service: &ServiceSpec) -> String {
    let usual = ServiceSpec::new("");
    let mut text = format!("service {}", quote(&service.name));
    for (index, name) in service.calls.iter().enumerate() {
        text.push_str(if index == 0 { " calls " } else { ", " });
        text.push_str(&quote(name));
    }
    let mut option = |differs: bool, name: &str, value: String| {
        if differs {
            text.push_str(&format!(" {name}={value}"));
        }
    };
    option(service.takes != usual.takes, "takes", print_span(service.takes));
    option(service.timeout != usual.timeout, "timeout", print_span(service.timeout));
    option(service.retries != usual.retries, "retries", service.retries.to_string());
    option(service.at_once != usual.at_once, "at-once", service.at_once.to_string());
    option(service.orders != Rate(0), "orders", print_rate(service.orders));
    text.push('\n');
    text
}
