//! Columns of boxes with gutters between them.

use kafka_lanes_core::ServiceId;
use kafka_lanes_core::sorted::sort_by;

use super::layers::Calls;
use super::level::Level;
use super::wires::{Riser, risers, wires};
use super::{ServiceBox, Services};
use crate::route::{Edge, Spacing};
use crate::shape::Rect;

/// Between boxes under one another, at the least and at the most.
const GAP: (f64, f64) = (12.0, 110.0);
/// A gutter between columns is not wider than this.
const WIDEST: f64 = 520.0;
/// A gutter of this part of the width is seen well, and a box so wide (px) holds its rows.
const AIRY: f64 = 0.17;
const ENOUGH: f64 = 240.0;
/// A column that stands alone may be this wide.
const ALONE: f64 = 560.0;
/// From a line that runs under the boxes to the next.
pub(super) const TRACK: f64 = 7.0;

/// How close lines may come to boxes and to each other.
#[derive(Clone, Copy)]
pub(super) struct Measures {
    /// Left and right of the lines of a gutter.
    pub(super) pad: f64,
    /// A gutter in which nothing but arrows from box to box is.
    bare: f64,
    pub(super) spacing: Spacing,
    pub(super) is_small: bool,
}

const WIDE: Measures =
    Measures { pad: 26.0, bare: 84.0, spacing: Spacing { inside: 11.0, between: 11.0 }, is_small: false };
const NARROW: Measures =
    Measures { pad: 13.0, bare: 48.0, spacing: Spacing { inside: 6.5, between: 6.5 }, is_small: true };

/// The services in columns, before the boxes have heights.
pub(super) struct Columns<'a> {
    pub(super) calls: &'a Calls,
    level: Level,
    /// Who stands in each, from the top.
    pub(super) columns: Vec<Vec<usize>>,
    /// The column of each.
    pub(super) column_of: Vec<usize>,
    pub(super) risers: Vec<Riser>,
    pub(super) m: Measures,
    /// Left and right edge of each gutter: one before each column, one after the last.
    pub(super) gutters: Vec<(f64, f64)>,
    box_width: f64,
}

impl<'a> Columns<'a> {
    /// As many columns as there are layers, or as have room.
    pub(super) fn new(calls: &'a Calls, layers: &[usize], level: Level, area: Rect) -> Self {
        let m = if area.w < 600.0 { NARROW } else { WIDE };
        let most = layers.iter().max().map_or(1, |last| last + 1);
        let mut count = most;
        loop {
            let column_of: Vec<usize> = layers.iter().map(|layer| layer * count / most).collect();
            let risers = risers(calls, &column_of);
            let gutters: Vec<f64> = (0..=count).map(|gutter| m.gutter(&risers, gutter, count)).collect();
            let room = (area.w - gutters.iter().sum::<f64>()) / count as f64;
            if count > 1 && room < level.width().0 {
                count -= 1;
                continue;
            }
            let widest = if count == 1 { ALONE } else { level.width().1 };
            // Calls on their way are seen where there is room between boxes: that comes before wide boxes.
            let airy: f64 = (0..=count).map(|n| gutters[n].max(if n % count > 0 { area.w * AIRY } else { 0.0 })).sum();
            let airy = (area.w - airy) / count as f64;
            let box_width = airy.max(room.min(ENOUGH)).min(widest).max(40.0);
            let gutters = spread(&gutters, box_width, area);
            let columns = order(calls, &column_of, count);
            return Self { calls, level, columns, column_of, risers, m, gutters, box_width };
        }
    }

    fn steps(&self, who: usize) -> usize {
        self.calls.0[who].len()
    }

    fn height(&self, pick: impl Fn((f64, f64)) -> f64, gap: f64) -> f64 {
        let of = |column: &Vec<usize>| {
            let boxes: f64 = column.iter().map(|who| pick(self.level.height(self.steps(*who)))).sum();
            boxes + gap * column.len().saturating_sub(1) as f64
        };
        self.columns.iter().map(of).fold(0.0, f64::max)
    }

    /// Lines that run under the boxes, and what they take up.
    fn under(&self) -> f64 {
        let tracks = self.tracks().len() as f64;
        if tracks > 0.0 { 12.0 + TRACK * tracks } else { 0.0 }
    }

    /// Those whom a line under the boxes leads to.
    pub(super) fn tracks(&self) -> Vec<usize> {
        let called = |who: &usize| self.risers.iter().any(|riser| riser.comes_from_below() && riser.to == *who);
        (0..self.calls.len()).filter(called).collect()
    }

    /// What all of it needs.
    pub(super) fn least(&self) -> f64 {
        self.height(|(least, _)| least, GAP.0) + self.under()
    }

    /// Boxes and arrows in the height of `area`, as far as they can use it.
    pub(super) fn place(&self, area: Rect) -> Services {
        let most = self.height(|(_, most)| most, GAP.1);
        let height = (area.h - self.under()).min(most).max(self.height(|(least, _)| least, GAP.0));
        let mut boxes = Vec::new();
        for (n, column) in self.columns.iter().enumerate() {
            let area = Rect::new(self.gutters[n].1, area.y, self.box_width, height);
            boxes.extend(self.place_column(column, area));
        }
        sort_by(&mut boxes, |a, b| a.id.cmp(&b.id));
        let bottom = area.y + height;
        let wires = wires(self, &boxes, bottom);
        let columns = self.gutters[..self.columns.len()].iter().map(|gutter| gutter.1).collect();
        Services { level: self.level, boxes, wires, bottom: bottom + self.under(), legend: None, columns }
    }

    /// Boxes grow first, then move apart; what is left is halved.
    fn place_column(&self, column: &[usize], area: Rect) -> Vec<ServiceBox> {
        let heights: Vec<(f64, f64)> = column.iter().map(|who| self.level.height(self.steps(*who))).collect();
        let sum = |pick: fn(&(f64, f64)) -> f64| heights.iter().map(pick).sum::<f64>();
        let gaps = column.len().saturating_sub(1) as f64;
        let (least, most) = (sum(|h| h.0), sum(|h| h.1));
        let spare = (area.h - least - gaps * GAP.0).max(0.0);
        let grow = if most > least { (spare / (most - least)).min(1.0) } else { 0.0 };
        let left = spare - grow * (most - least);
        let gap = GAP.0 + if gaps > 0.0 { (left / gaps).min(GAP.1 - GAP.0) } else { 0.0 };
        let mut y = area.y + (left - (gap - GAP.0) * gaps).max(0.0) / 2.0;
        let mut boxes = Vec::new();
        for (who, (least, most)) in column.iter().zip(heights) {
            let rect = Rect::new(area.x, y, area.w, least + grow * (most - least));
            y = rect.bottom() + gap;
            let called: Vec<ServiceId> = self.calls.0[*who].iter().map(|to| id(*to)).collect();
            boxes.push(ServiceBox {
                id: id(*who),
                rect,
                rows: self.level.rows(rect, &called),
                is_first: !self.calls.is_called(*who),
                hue: hue(self.calls, *who),
            });
        }
        boxes
    }
}

impl Measures {
    fn gutter(self, risers: &[Riser], gutter: usize, columns: usize) -> f64 {
        let count = risers.iter().filter(|riser| riser.gutter == gutter).count();
        let edges = vec![Edge { zone: 0, from: 0.0, to: 0.0 }; count];
        let lines = if count > 0 { 2.0 * self.pad + self.spacing.span(&edges) } else { 0.0 };
        if (1..columns).contains(&gutter) { lines.max(self.bare) } else { lines }
    }
}

/// Gutters between columns take what boxes leave, up to a limit; what is left then is halved.
fn spread(gutters: &[f64], box_width: f64, area: Rect) -> Vec<(f64, f64)> {
    let columns = gutters.len() - 1;
    let spare = area.w - gutters.iter().sum::<f64>() - box_width * columns as f64;
    let inner = columns.saturating_sub(1);
    let each = if inner > 0 { (spare / inner as f64).clamp(0.0, WIDEST) } else { 0.0 };
    let mut x = area.x + (spare - each * inner as f64).max(0.0) / 2.0;
    let mut edges = Vec::new();
    for (n, gutter) in gutters.iter().enumerate() {
        let wide = gutter + if (1..columns).contains(&n) { each } else { 0.0 };
        edges.push((x, x + wide));
        x += wide + box_width;
    }
    edges
}

/// Who is called from further up stands further up.
fn order(calls: &Calls, column_of: &[usize], count: usize) -> Vec<Vec<usize>> {
    let mut columns: Vec<Vec<usize>> = Vec::new();
    // How far down each is, in steps of those left of it.
    let mut down = vec![0.0; calls.len()];
    for column in 0..count {
        let mut members: Vec<usize> = (0..calls.len()).filter(|who| column_of[*who] == column).collect();
        let mean = |who: usize, down: &[f64]| {
            let callers = calls.pairs().filter(|(from, to)| *to == who && column_of[*from] < column);
            let heights: Vec<f64> = callers
                .map(|(from, to)| {
                    let step = calls.0[from].iter().position(|called| *called == to).unwrap_or(0);
                    down[from] + step as f64 / 32.0
                })
                .collect();
            if heights.is_empty() { f64::MAX } else { heights.iter().sum::<f64>() / heights.len() as f64 }
        };
        sort_by(&mut members, |a, b| mean(*a, &down).total_cmp(&mean(*b, &down)).then(a.cmp(b)));
        for (place, who) in members.iter().enumerate() {
            down[*who] = place as f64;
        }
        columns.push(members);
    }
    columns
}

/// `limits::MAX_SERVICES` keeps the place small.
pub(super) fn id(place: usize) -> ServiceId {
    ServiceId(place as u32)
}

/// The class of a service's hue: those that nobody calls look as producers do, the others as groups.
pub(super) fn hue(calls: &Calls, who: usize) -> &'static str {
    if !calls.is_called(who) {
        return "first";
    }
    let before = (0..who).filter(|other| calls.is_called(*other)).count();
    ["g0", "g1", "g2", "g3"][before % 4]
}
