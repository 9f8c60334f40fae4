//! Services that call each other directly: a box each, callers left of those that they call, and an arrow for each
//! call. Worlds without services come past here without a look.

mod beside;
mod boxes;
mod columns;
mod compact;
mod flights;
mod layers;
mod legend;
mod level;
mod row;
mod wires;

use kafka_lanes_core::{Link, Service, ServiceId, World};
use kafka_lanes_words::{PictureWords, ServiceWords};

use crate::path::Polyline;
use crate::shape::Rect;

pub(crate) use beside::plan;
pub(crate) use boxes::parts;
pub(crate) use flights::flights;
pub(crate) use legend::legend;
pub(crate) use level::{Level, Rows};
pub(crate) use wires::parts as wires;

/// All boxes and arrows of services.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Services {
    pub(crate) level: Level,
    pub(crate) boxes: Vec<ServiceBox>,
    pub(crate) wires: Vec<Wire>,
    /// Where the lowest of them ends.
    pub(crate) bottom: f64,
    /// Where the legend of calls is.
    pub(crate) legend: Option<Rect>,
    /// The left edges of the first two columns.
    pub(crate) columns: Vec<f64>,
}

/// A service's box.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ServiceBox {
    pub(crate) id: ServiceId,
    pub(crate) rect: Rect,
    /// Where its rows are; none where it is too small for rows.
    pub(crate) rows: Option<Rows>,
    /// Nobody calls it: what it does begins outside.
    pub(crate) is_first: bool,
    pub(crate) hue: &'static str,
}

/// The arrow from a service to one that it calls.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wire {
    pub(crate) from: ServiceId,
    pub(crate) to: ServiceId,
    pub(crate) d: String,
    /// The part of the path under which others are blotted out.
    pub(crate) halo: String,
    pub(crate) line: Polyline,
    pub(crate) hue: &'static str,
    /// Lines are close together, and arrows small.
    pub(crate) is_small: bool,
}

impl Services {
    /// How much of the services is to be seen.
    pub(crate) fn shows(&self) -> (usize, Level) {
        (self.boxes.len(), self.level)
    }

    /// The way of a call.
    pub(crate) fn wire(&self, from: ServiceId, to: ServiceId) -> Option<&Wire> {
        self.wires.iter().find(|wire| (wire.from, wire.to) == (from, to))
    }
}

/// Whether a world has services at all.
pub(crate) fn is_any(world: &World) -> bool {
    world.services().next().is_some()
}

/// The picture's title and description.
#[inline(never)]
pub(crate) fn told(world: &World, topic: &str, words: &dyn PictureWords) -> (String, String) {
    let calls = world.services().map(|(_, service)| steps(service).len()).sum();
    let description = words.services_description(world.services().count(), calls);
    if !topic.is_empty() {
        let topics = crate::scene::described(world, words);
        return (words.picture_title(topic), [topics, description].join(" "));
    }
    let first = world.services().next().map(|(_, service)| service.name.to_string()).unwrap_or_default();
    (words.picture_title(&first), description)
}

/// What went wrong last at a service, in words; none where nothing has.
#[inline(never)]
pub fn last_failure(world: &World, service: &Service, words: &(impl ServiceWords + ?Sized)) -> Option<String> {
    let last = service.last_failure?;
    let called = last.to.and_then(|to| world.service(to)).map(|to| &*to.name);
    Some(words.last_failure(called, last.why))
}

/// Whom a service calls: each once, in the order of its steps, with all calls to it together.
pub fn steps(service: &Service) -> Vec<Link> {
    let mut steps: Vec<Link> = Vec::new();
    for link in &service.calls {
        match steps.iter_mut().find(|step| step.to == link.to) {
            Some(step) => {
                step.sent += link.sent;
                step.succeeded += link.succeeded;
                step.failed += link.failed;
                step.timed_out += link.timed_out;
            }
            None => steps.push(*link),
        }
    }
    steps
}
