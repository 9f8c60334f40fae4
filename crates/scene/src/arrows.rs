//! Arrows, ribbons and write curves, drawn.

use kafka_lanes_core::TopicPartition;

use crate::draw::Ctx;
use crate::part::Part;
use crate::plan::group_hue;
use crate::route::Route;
use crate::shape::{Rect, Shape, n};
use crate::target::Target;

/// All arrows or ribbons.
pub(crate) fn routes(ctx: Ctx) -> Vec<Part> {
    ctx.plan.routes.iter().map(|route| one(ctx, route)).collect()
}

fn one(ctx: Ctx, route: &Route) -> Part {
    let tp = route.partition.map(|partition| TopicPartition { topic: route.topic, partition });
    let mut key = match route.partition {
        Some(partition) => format!("route:{}:{}:{partition}", route.group.0, route.topic.0),
        None => format!("route:{}:{}", route.group.0, route.topic.0),
    };
    let group = ctx.world.group(route.group);
    // The arrow keeps its key when its lane changes hands, so that it moves there. Others who take the lane for theirs have
    // arrows of their own.
    let reader = tp.and_then(|tp| group?.reader_of(tp));
    if let (Some(member), Some((reader, _))) = (route.member, reader)
        && member != reader
    {
        key.push_str(&format!(":{}", member.0));
    }
    let lit = is_lit(ctx, route);
    let state = match lit {
        None => "",
        Some(true) => " hot",
        Some(false) => " dim",
    };
    let kind = if route.ribbon.is_some() { "ribbon" } else { "route" };
    let class = format!("{kind} {}{state}", group_hue(route.group));
    let mut part = Part::plain(key, class, bounds(route.line.points()));
    let member = route.member.and_then(|id| group.and_then(|g| g.members.get(&id)));
    if let (Some(tp), Some(member)) = (tp, member) {
        part = part.of(Target::Route(route.group, tp), ctx.words.name_route(tp.partition, &member.name));
    } else if let (Some(group), Some(topic)) = (group, ctx.world.topic(route.topic)) {
        let target = tp.map_or(Target::Topic(route.topic), |tp| Target::Route(route.group, tp));
        part = part.of(target, ctx.words.name_ribbon(&topic.name, &group.name));
    }
    if let Some(width) = route.ribbon {
        part.add(Shape::path(&route.d, ribbon_class(width)));
        return part;
    }
    let small = ctx.plan.small;
    part.add(Shape::path(&route.halo, if small { "halo thin" } else { "halo" }));
    part.add(Shape::path(&route.d, "line"));
    part.add(Shape::path(&route.d, "hit-line"));
    let (x, y, way) = route.line.at(f64::INFINITY);
    part.add(Shape::path(head(x + 2.0 * way.0, y + 2.0 * way.1, way, small), "head"));
    part.add(Shape::circle(route.port.0, route.port.1, if small { 2.8 } else { 3.2 }, "port"));
    part
}

/// Whether a route belongs to what is selected, if anything is that has to do with routes.
pub(crate) fn is_lit(ctx: Ctx, route: &Route) -> Option<bool> {
    lit(ctx.view.selected, route)
}

pub(crate) fn lit(selected: Option<Target>, route: &Route) -> Option<bool> {
    match selected? {
        Target::Producer(_) | Target::KeyButton(..) | Target::Service(_) | Target::Call(..) => None,
        selected => Some(selected.lights(route.group, route.topic, route.partition, route.member)),
    }
}

/// Widths of ribbons come in steps, each a class: paint is not geometry, but nor is a stroke's width an attribute.
fn ribbon_class(width: f64) -> &'static str {
    const CLASSES: [&str; 6] = ["flow w1", "flow w2", "flow w3", "flow w4", "flow w5", "flow w6"];
    CLASSES[((width / 2.0) as usize).min(CLASSES.len() - 1)]
}

/// An arrow head of 8 by 9 px, or 6 by 7, with its tip at a place, pointing the way of a vector of length 1.
pub(crate) fn head(x: f64, y: f64, (cos, sin): (f64, f64), small: bool) -> String {
    let (long, wide) = if small { (6.0, 3.5) } else { (8.0, 4.5) };
    let at = |back: f64, side: f64| format!("{} {}", n(x - back * cos - side * sin), n(y - back * sin + side * cos));
    format!("M{}L{}L{}Z", at(0.0, 0.0), at(long, wide), at(long, -wide))
}

pub(crate) fn bounds(points: &[(f64, f64)]) -> Rect {
    let fold = |pick: fn(&(f64, f64)) -> f64| {
        let values = points.iter().map(pick);
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    let ((left, right), (top, bottom)) = (fold(|p| p.0), fold(|p| p.1));
    if left > right { Rect::default() } else { Rect::new(left, top, right - left, bottom - top) }
}

/// Lines from producers to rails.
pub(crate) fn writes(ctx: Ctx) -> Vec<Part> {
    let curves = ctx.plan.writes.iter().map(|curve| {
        let lane = curve.partition.map_or(String::new(), |partition| format!(":{partition}"));
        let key = format!("write:{}:{}{lane}", curve.producer, curve.topic.0);
        let mut part = Part::plain(key, "write", bounds(&curve.points));
        part.add(Shape::path(&curve.d, "wire"));
        part
    });
    curves.collect()
}
