//! Calls and answers on their way: on the arrow of the call, each on its own side.

use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::{Flight, Outcome, World};

use super::wires::lit;
use crate::dots::{Dot, DotKind, Flow, Motion, is_crowded, progress};
use crate::glyph::{Glyph, Letter, Outline};
use crate::path::Polyline;
use crate::scene::Scene;

/// How far beside the arrow they are, px: to the right of where they go.
const ASIDE: (f64, f64) = (5.5, 3.2);
const TAIL: f64 = 7.0;

/// Adds all calls and answers.
#[inline(never)]
pub(crate) fn flights(world: &World, scene: &Scene, motion: &mut Motion) {
    let Some(services) = &scene.plan.services else { return };
    let mut by_path: SortedMap<_, Vec<&Flight>> = SortedMap::new();
    for flight in world.flights() {
        by_path.get_or_default((flight.from, flight.to, kind(flight))).push(flight);
    }
    for ((from, to, kind), flights) in by_path {
        let Some(wire) = services.wire(from, to) else { continue };
        if is_crowded(flights.len(), &wire.line) {
            let mut points = wire.line.points().to_vec();
            if kind != DotKind::Call {
                points.reverse();
            }
            motion.flows.push(Flow { line: Polyline::new(points), kind, group: None, records: flights.len() });
            continue;
        }
        let glyph = glyph(kind, wire.hue);
        let aside = if wire.is_small { ASIDE.1 } else { ASIDE.0 };
        let is_other = lit(scene.view.selected, from, to) == Some(false);
        for flight in flights {
            let place = progress(world.now(), flight.departed, flight.arrives) * wire.line.length();
            let dim = is_other || !world.is_awaited(flight);
            motion.dots.push(dot(&wire.line, place, aside, kind, glyph, dim));
        }
    }
}

fn kind(flight: &Flight) -> DotKind {
    match flight.answer {
        None => DotKind::Call,
        Some(Outcome::Succeeded) => DotKind::Answer,
        Some(Outcome::Failed(_)) => DotKind::Refusal,
    }
}

/// A call is a circle, a good answer one with a tick, a bad one a square on its corner with a cross.
fn glyph(kind: DotKind, hue: &str) -> Glyph {
    let (outline, letter) = match kind {
        DotKind::Answer => (Outline::Circle, "✓"),
        DotKind::Refusal => (Outline::Diamond, "×"),
        _ => (Outline::Circle, " "),
    };
    let hue = match hue {
        _ if kind == DotKind::Refusal => Glyph::ALARM,
        "g0" => Glyph::GROUPS,
        "g1" => Glyph::GROUPS + 1,
        "g2" => Glyph::GROUPS + 2,
        "g3" => Glyph::GROUPS + 3,
        _ => Glyph::PRODUCER,
    };
    let letter = if kind == DotKind::Call { Letter::default() } else { Letter::of_key(letter) };
    Glyph { outline, hue, letter }
}

/// A call goes along the line, an answer back; each keeps to its right.
fn dot(line: &Polyline, place: f64, aside: f64, kind: DotKind, glyph: Glyph, dim: bool) -> Dot {
    let at = |gone: f64| {
        let (s, way) = if kind == DotKind::Call { (gone, 1.0) } else { (line.length() - gone, -1.0) };
        let (x, y, (cos, sin)) = line.at(s);
        (x - way * sin * aside, y + way * cos * aside)
    };
    let (x, y) = at(place);
    let tail = [1.0, 2.0, 3.0].map(|n| at((place - n * TAIL).max(0.0)));
    Dot { x, y, tail, kind, key: None, glyph: Some(glyph), dim }
}
