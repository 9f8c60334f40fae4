//! The arrows between services. One column to the right an arrow is a curve; within a column it goes round at the right;
//! any other goes down, under all boxes, and up again: so circles of calls are drawn like everything else.

use kafka_lanes_core::{ServiceId, ServiceStatus};

use super::columns::{Columns, TRACK, hue, id};
use super::layers::Calls;
use super::{ServiceBox, Wire};
use crate::arrows::{bounds, head};
use crate::draw::Ctx;
use crate::part::Part;
use crate::path::{Pen, Polyline};
use crate::route::{Edge, tracks};
use crate::shape::{Rect, Shape, n};
use crate::target::Target;

/// From a door to the next, px.
const DOOR: f64 = 8.0;
/// From the boxes to the first line under them.
const UNDER: f64 = 12.0;
const CORNER: f64 = 11.0;

/// Which way a line takes down or up a gutter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// From boxes left of the gutter to another of them.
    Round,
    /// From boxes left of the gutter to under all boxes.
    Down,
    /// From there to a box right of the gutter.
    Up,
}

/// A line up or down a gutter. All calls from there to the same service share it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Riser {
    pub(super) gutter: usize,
    pub(super) to: usize,
    way: Way,
}

impl Riser {
    pub(super) fn comes_from_below(self) -> bool {
        self.way == Way::Up
    }
}

/// The lines that a call needs beside curves: none where it goes one column to the right.
fn risers_of(from: usize, to: usize, column_of: &[usize]) -> Vec<Riser> {
    let (start, end) = (column_of[from], column_of[to]);
    let riser = |gutter, way| Riser { gutter, to, way };
    match end {
        end if end == start + 1 => Vec::new(),
        end if end == start => vec![riser(start + 1, Way::Round)],
        end => vec![riser(start + 1, Way::Down), riser(end, Way::Up)],
    }
}

/// All lines, each once.
pub(super) fn risers(calls: &Calls, column_of: &[usize]) -> Vec<Riser> {
    let mut all = Vec::new();
    for riser in calls.pairs().flat_map(|(from, to)| risers_of(from, to, column_of)) {
        if !all.contains(&riser) {
            all.push(riser);
        }
    }
    all
}

/// All arrows between boxes, which end at `bottom`.
pub(super) fn wires(columns: &Columns, boxes: &[ServiceBox], bottom: f64) -> Vec<Wire> {
    let tower = Tower { columns, boxes, under: columns.tracks(), bottom, places: Vec::new() };
    let places = tower.places();
    let tower = Tower { places, ..tower };
    columns.calls.pairs().map(|(from, to)| tower.wire(from, to)).collect()
}

/// What arrows go by.
struct Tower<'a> {
    columns: &'a Columns<'a>,
    /// By place among the services.
    boxes: &'a [ServiceBox],
    /// Who has a line under the boxes.
    under: Vec<usize>,
    bottom: f64,
    /// Where each riser is.
    places: Vec<(Riser, f64)>,
}

impl Tower<'_> {
    /// Where a call leaves its caller.
    fn port(&self, from: usize, to: usize) -> (f64, f64) {
        let place = &self.boxes[from];
        let step = place.rows.as_ref().and_then(|rows| rows.steps.iter().find(|(called, _)| *called == id(to)));
        let y = step.map_or_else(
            || {
                let called = &self.columns.calls.0[from];
                let n = called.iter().position(|called| *called == to).unwrap_or(0);
                side_by_side(place.rect, n, called.len())
            },
            |(_, y)| *y,
        );
        (place.rect.right(), y)
    }

    /// Where calls from the column to the left reach a box; and those from below, after all of them.
    fn door(&self, from: Option<usize>, to: usize) -> (f64, f64) {
        let column_of = &self.columns.column_of;
        let direct =
            self.columns.calls.pairs().filter(|(from, called)| *called == to && column_of[*from] + 1 == column_of[to]);
        let mut direct: Vec<usize> = direct.map(|(from, _)| from).collect();
        kafka_lanes_core::sorted::sort_by(&mut direct, |a, b| self.port(*a, to).1.total_cmp(&self.port(*b, to).1));
        let n = from.and_then(|from| direct.iter().position(|who| *who == from)).unwrap_or(direct.len());
        let count = direct.len() + usize::from(self.under.contains(&to));
        let rect = self.boxes[to].rect;
        (rect.x, side_by_side(rect, n, count))
    }

    /// Where calls from its own column reach a box.
    fn back_door(&self, to: usize) -> (f64, f64) {
        let rect = self.boxes[to].rect;
        (rect.right(), rect.y + (rect.h * 0.2).min(20.0))
    }

    /// How far down the line under the boxes is that leads to a service.
    fn track(&self, to: usize) -> f64 {
        let n = self.under.iter().position(|who| *who == to).unwrap_or(0);
        self.bottom + UNDER + TRACK * n as f64
    }

    /// Where each riser is: those that leave boxes at the left of their gutter, those that reach some at its right.
    fn places(&self) -> Vec<(Riser, f64)> {
        let mut places = Vec::new();
        let (m, risers) = (self.columns.m, &self.columns.risers);
        for (gutter, (left, right)) in self.columns.gutters.iter().enumerate() {
            for comes_from_below in [false, true] {
                let here = risers.iter().filter(|r| r.gutter == gutter && r.comes_from_below() == comes_from_below);
                let here: Vec<Riser> = here.copied().collect();
                let edges: Vec<Edge> = here.iter().map(|riser| self.edge(*riser)).collect();
                let start = if comes_from_below { right - m.pad - m.spacing.span(&edges) } else { left + m.pad };
                places.extend(here.into_iter().zip(tracks(&edges, m.spacing).into_iter().map(|place| start + place)));
            }
        }
        places
    }

    fn edge(&self, riser: Riser) -> Edge {
        let (to, column_of) = (riser.to, &self.columns.column_of);
        let callers = self
            .columns
            .calls
            .pairs()
            .filter(|(from, called)| *called == to && risers_of(*from, to, column_of).contains(&riser));
        let ports: Vec<f64> = callers.map(|(from, _)| self.port(from, to).1).collect();
        let port = ports.iter().sum::<f64>() / ports.len().max(1) as f64;
        let (from, to) = match riser.way {
            Way::Round => (port, self.back_door(to).1),
            Way::Down => (port, self.track(to)),
            Way::Up => (self.track(to), self.door(None, to).1),
        };
        Edge { zone: 0, from, to }
    }

    fn wire(&self, from: usize, to: usize) -> Wire {
        let port = self.port(from, to);
        let risers = risers_of(from, to, &self.columns.column_of);
        let x = |riser: &Riser| self.places.iter().find(|(known, _)| known == riser).map_or(port.0, |(_, x)| *x);
        let (d, line, halo) = match risers.as_slice() {
            [] => curve(port, self.door(Some(from), to)),
            [round] => {
                let door = self.back_door(to);
                cornered(port, &[(x(round), port.1), (x(round), door.1)], door, 2.0)
            }
            [down, up, ..] => {
                let (door, track) = (self.door(None, to), self.track(to));
                let corners = [(x(down), port.1), (x(down), track), (x(up), track), (x(up), door.1)];
                cornered(port, &corners, door, -2.0)
            }
        };
        let (hue, is_small) = (hue(self.columns.calls, to), self.columns.m.is_small);
        Wire { from: id(from), to: id(to), d, halo, line, hue, is_small }
    }
}

/// The n-th of so many places round the middle of an edge.
fn side_by_side(rect: Rect, n: usize, count: usize) -> f64 {
    let gaps = count.saturating_sub(1) as f64;
    let step = if gaps > 0.0 { DOOR.min((rect.h - 10.0) / gaps) } else { 0.0 };
    rect.cy() + step * (n as f64 - gaps / 2.0)
}

fn curve(port: (f64, f64), door: (f64, f64)) -> (String, Polyline, String) {
    let end = (door.0 - 2.0, door.1);
    let bend = (end.0 - port.0) * 0.5;
    let (d, line) = Pen::at(port.0, port.1).cubic((port.0 + bend, port.1), (end.0 - bend, end.1), end).finish();
    (d.clone(), line, d)
}

/// Through corners to a door, `short` px before it.
fn cornered(port: (f64, f64), corners: &[(f64, f64)], door: (f64, f64), short: f64) -> (String, Polyline, String) {
    let mut points = corners.to_vec();
    points.push((door.0 + short, door.1));
    let (d, line) = Pen::at(port.0, port.1).through(&points, CORNER).finish();
    (d.clone(), line, d)
}

/// All arrows.
#[inline(never)]
pub(crate) fn parts(ctx: Ctx) -> Vec<Part> {
    ctx.plan.services.iter().flat_map(|services| &services.wires).filter_map(|wire| part(ctx, wire)).collect()
}

fn part(ctx: Ctx, wire: &Wire) -> Option<Part> {
    let (from, to) = (ctx.world.service(wire.from)?, ctx.world.service(wire.to)?);
    let state = match lit(ctx.view.selected, wire.from, wire.to) {
        None => "",
        Some(true) => " hot",
        Some(false) => " dim",
    };
    let cut = if to.status == ServiceStatus::Up { "" } else { " cut" };
    let key = format!("call:{}:{}", wire.from.0, wire.to.0);
    let mut part = Part::plain(key, format!("call {}{cut}{state}", wire.hue), bounds(wire.line.points()))
        .of(Target::Call(wire.from, wire.to), ctx.words.name_call(&from.name, &to.name));
    part.add(Shape::path(&wire.halo, if wire.is_small { "halo thin" } else { "halo" }));
    part.add(Shape::path(&wire.d, "line"));
    part.add(Shape::path(&wire.d, "hit-line"));
    let (x, y, way) = wire.line.at(f64::INFINITY);
    if to.status == ServiceStatus::Stopped {
        // Nothing comes in here.
        let r = if wire.is_small { 5.5 } else { 8.0 };
        let (x, c) = (x - (r - 1.0) * way.0, r * 0.45);
        part.add(Shape::circle(x, y, r, "stop"));
        let cross = format!(
            "M{} {}L{} {}M{} {}L{} {}",
            n(x - c),
            n(y - c),
            n(x + c),
            n(y + c),
            n(x + c),
            n(y - c),
            n(x - c),
            n(y + c)
        );
        part.add(Shape::path(cross, "stop-cross"));
    } else {
        part.add(Shape::path(head(x + 2.0 * way.0, y + 2.0 * way.1, way, wire.is_small), "head"));
    }
    let (x, y, _) = wire.line.at(0.0);
    part.add(Shape::circle(x, y, if wire.is_small { 2.8 } else { 3.2 }, "port"));
    Some(part)
}

/// Whether an arrow belongs to what is selected, if that is a service or an arrow between two.
pub(super) fn lit(selected: Option<Target>, from: ServiceId, to: ServiceId) -> Option<bool> {
    match selected? {
        Target::Service(id) => Some(id == from || id == to),
        Target::Call(a, b) => Some((a, b) == (from, to)),
        _ => None,
    }
}
