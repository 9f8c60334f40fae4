//! The brokers, in a row under the topics: how each is, and how many lanes it leads. One alone is not drawn.

use kafka_lanes_core::{Broker, BrokerId, BrokerStatus, World};
use kafka_lanes_words::BrokerState;

use crate::draw::Ctx;
use crate::measure::{fits, width};
use crate::part::Part;
use crate::shape::{Anchor, Rect, Shape};
use crate::target::Target;

/// Height of a box, and from a line of boxes to the next.
const BOX: (f64, f64) = (30.0, 36.0);
/// From the topics to the first line.
const ABOVE: f64 = 10.0;
const GAP: f64 = 8.0;
/// Widths between which a box grows.
const WIDTH: (f64, f64) = (36.0, 260.0);
/// The tile with a broker's number, here and on lanes.
pub(crate) const TILE: f64 = 15.0;

/// What the row takes up under the topics, `width` px wide; nothing where there is but one broker.
pub(crate) fn height(world: &World, width: f64) -> f64 {
    if is_drawn(world) { ABOVE + lines(world, width) as f64 * BOX.1 - (BOX.1 - BOX.0) } else { 0.0 }
}

pub(crate) fn is_drawn(world: &World) -> bool {
    world.brokers().nth(1).is_some()
}

fn a_line(width: f64) -> usize {
    ((width + GAP) / (WIDTH.0 + GAP)).max(1.0) as usize
}

fn lines(world: &World, width: f64) -> usize {
    world.brokers().count().div_ceil(a_line(width))
}

/// The boxes from the top of `area` on.
pub(crate) fn place(world: &World, area: Rect) -> Vec<(BrokerId, Rect)> {
    if is_drawn(world) { place_all(world, area) } else { Vec::new() }
}

#[inline(never)]
fn place_all(world: &World, area: Rect) -> Vec<(BrokerId, Rect)> {
    let columns = world.brokers().count().div_ceil(lines(world, area.w));
    let wide = ((area.w + GAP) / columns as f64 - GAP).min(WIDTH.1);
    let boxes = world.brokers().enumerate().map(|(n, (id, _))| {
        let (column, line) = ((n % columns) as f64, (n / columns) as f64);
        (id, Rect::new(area.x + column * (wide + GAP), area.y + ABOVE + line * BOX.1, wide, BOX.0))
    });
    boxes.collect()
}

/// All boxes.
#[inline(never)]
pub(crate) fn parts(ctx: Ctx) -> Vec<Part> {
    let brokers = ctx.plan.brokers.iter().filter_map(|(id, rect)| Some((*id, ctx.world.broker(*id)?, *rect)));
    brokers.map(|(id, broker, rect)| part(ctx, id, broker, rect)).collect()
}

fn part(ctx: Ctx, id: BrokerId, broker: &Broker, rect: Rect) -> Part {
    let state = state(ctx.world, id, broker);
    let [long, short] = ctx.words.broker_state(state);
    let label = ctx.words.name_broker(id.0, &long);
    let class = match state {
        BrokerState::Leads(_) => "broker",
        BrokerState::Silent | BrokerState::Down => "broker crashed",
        BrokerState::Stalled | BrokerState::Starting | BrokerState::CatchingUp => "broker joining",
    };
    let mut part = Part::plain(format!("broker:{}", id.0), class, rect).of(Target::Broker(id), label).focusable();
    part.add(Shape::rect(rect, 8.0, "member-box"));
    let middle = rect.cy();
    let tile = Rect::new(rect.x + 8.0, middle - TILE / 2.0, TILE, TILE);
    part.shapes.extend(number(id, tile, true));
    let (left, right) = (tile.right() + 7.0, rect.right() - 9.0);
    let name = ctx.words.broker(id.0);
    let name_width = width(&name, 12.5, 600, false);
    let said = [(true, &long), (true, &short), (false, &long), (false, &short)];
    let fitting = said
        .into_iter()
        .find(|(named, text)| fits(text, right - left - if *named { name_width + 10.0 } else { 0.0 }, 11.0, 400));
    if let Some((named, text)) = fitting {
        if named {
            part.add(Shape::text(left, middle + 4.3, Anchor::Start, (12.5, 600), "member-name", name));
        }
        part.add(Shape::text(right, middle + 4.0, Anchor::End, (11.0, 400), "muted", text.clone()));
    }
    part.ringed(ctx.view.selected)
}

/// A tile with a broker's number: full where it leads or stands for the broker itself.
pub(crate) fn number(id: BrokerId, tile: Rect, full: bool) -> [Shape; 2] {
    let (ground, ink) = if full { ("chip", "chip-ink") } else { ("copy", "copy-ink") };
    let text = Shape::text(tile.cx(), tile.cy() + 4.0, Anchor::Middle, (11.0, 700), ink, id.0.to_string());
    [Shape::rect(tile, 4.0, ground), text]
}

/// How a broker is.
pub fn state(world: &World, id: BrokerId, broker: &Broker) -> BrokerState {
    match broker.status {
        BrokerStatus::Hung | BrokerStatus::Down if !broker.fenced => BrokerState::Silent,
        BrokerStatus::Hung | BrokerStatus::Down => BrokerState::Down,
        BrokerStatus::Starting => BrokerState::Starting,
        BrokerStatus::Running if broker.fenced => BrokerState::CatchingUp,
        BrokerStatus::Running if broker.stalled => BrokerState::Stalled,
        BrokerStatus::Running => {
            BrokerState::Leads(world.partitions().filter(|(_, log)| log.replication().leader == Some(id)).count() as u64)
        }
    }
}
