//! Services alone, or under a picture of topics.

use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use super::Services;
use super::columns::Columns;
use super::layers::Calls;
use super::level::Level;
use crate::measure::{fit, fits};
use crate::plan::{Caption, Plan};
use crate::portrait::MARGIN;
use crate::shape::Rect;
use crate::view::View;

/// From the topics' picture to the services.
const GAP: f64 = 18.0;
/// Over and under services that stand alone: with captions and legend, and without.
const FRAME: (f64, f64) = (28.0, 48.0);
const BARE: (f64, f64) = (10.0, 12.0);
/// Services beside topics may have this much of the height.
const SHARE: f64 = 0.45;
/// And this much they have in any case.
const LEAST_SHARE: f64 = 0.25;
/// Their own legend.
const LEGEND: f64 = 26.0;
/// A narrow picture may be this high (px) before its boxes show less.
const SCROLLS: f64 = 600.0;

/// The plan of a world with services; `topics` plans all but them.
#[inline(never)]
pub(crate) fn plan(
    world: &World,
    view: &View,
    scale: f64,
    words: &dyn PictureWords,
    topics: impl FnOnce(&View) -> Plan,
) -> Plan {
    let margin = match view.width {
        _ if view.is_portrait() => MARGIN,
        900.0.. => 32.0 / scale,
        _ => 16.0,
    };
    let calls = Calls::of(world);
    let is_alone =
        world.topics().next().is_none() && world.producers().next().is_none() && world.groups().next().is_none();
    if is_alone { alone(world, view, words, &calls, margin) } else { under(view, &calls, margin, topics) }
}

/// Services fill the picture.
fn alone(world: &World, view: &View, words: &dyn PictureWords, calls: &Calls, margin: f64) -> Plan {
    let wide = view.width - 2.0 * margin;
    let height = if view.is_portrait() { view.height.max(SCROLLS) } else { view.height };
    let within = |(top, bottom): (f64, f64)| place(calls, Rect::new(margin, top, wide, height - top - bottom));
    let mut services = within(BARE);
    let mut framed = view.captions && !view.compact && !view.is_portrait();
    if framed {
        // Rows say more than captions and legend.
        let with_frame = within(FRAME);
        framed = with_frame.level <= services.level.max(Level::Callers);
        services = if framed { with_frame } else { services };
    }
    let bottom = if framed { FRAME.1 } else { BARE.1 };
    let mut plan = Plan { width: view.width, height: services.bottom + bottom, ..Plan::default() };
    if framed {
        plan.captions = captions(world, words, &services, view.width - margin);
        services.legend = Some(Rect::new(margin, services.bottom + 22.0, wide, 16.0));
    }
    plan.services = Some(Box::new(services));
    plan
}

/// Services stand under the topics, which come first.
fn under(view: &View, calls: &Calls, margin: f64, topics: impl FnOnce(&View) -> Plan) -> Plan {
    let wide = view.width - 2.0 * margin;
    let room = view.height * SHARE;
    let height = place(calls, Rect::new(margin, 0.0, wide, room)).bottom;
    let room = room.max(height);
    let mut plan = topics(&View { height: (view.height - height - GAP).max(0.0), ..view.clone() });
    // What topics need beyond that, services do without, as far as they can.
    let room = (view.height - plan.height - GAP).clamp(view.height * LEAST_SHARE, room.max(1.0));
    let legend = if plan.legend.is_some() { LEGEND } else { 0.0 };
    let mut services = place(calls, Rect::new(margin, plan.height + GAP - 8.0, wide, room - legend));
    plan.height = services.bottom + 10.0;
    if legend > 0.0 {
        services.legend = Some(Rect::new(margin, plan.height + 2.0, wide, 16.0));
        plan.height += legend;
    }
    plan.services = Some(Box::new(services));
    plan
}

/// The most that has room is shown of each; where nothing has, the picture is higher than what was asked.
fn place(calls: &Calls, area: Rect) -> Services {
    let layers = calls.layers();
    let mut levels = Level::ALL.into_iter().map(|level| Columns::new(calls, &layers, level, area));
    let fitting = levels.find(|columns| columns.least() <= area.h);
    fitting.unwrap_or_else(|| Columns::new(calls, &layers, Level::Tiny, area)).place(area)
}

/// A numbered sentence over the first column, and one over the others.
fn captions(world: &World, words: &dyn PictureWords, services: &Services, right: f64) -> Vec<Caption> {
    let mut ordered = world.services().map(|(_, service)| service).filter(|service| service.orders.0 > 0);
    let Some(first) = ordered.next() else { return Vec::new() };
    let count = 1 + ordered.count();
    let texts = [words.caption_orders(&first.name, count), words.caption_calls()];
    let mut captions = Vec::new();
    for (n, (x, texts)) in services.columns.iter().zip(texts).enumerate() {
        let end = services.columns.get(n + 1).filter(|_| n == 0).copied().unwrap_or(right);
        let room = end - x - 29.0;
        let [long, short] = texts;
        let text = if fits(&long, room, 13.5, 500) { long } else { short };
        captions.push(Caption { x: *x, baseline: 14.0, text: fit(&text, room, 13.5, 500) });
    }
    captions
}
