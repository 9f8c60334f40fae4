use crate::shape::n;

/// A path that things travel: straight pieces, curves flattened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Polyline {
    points: Vec<(f64, f64)>,
    /// Length from the start to each point.
    reach: Vec<f64>,
}

impl Polyline {
    /// The line through these points.
    pub fn new(points: Vec<(f64, f64)>) -> Self {
        let mut reach = Vec::with_capacity(points.len());
        let mut total = 0.0;
        for (i, (x, y)) in points.iter().enumerate() {
            if let Some((px, py)) = i.checked_sub(1).map(|before| points[before]) {
                total += (x - px).hypot(y - py);
            }
            reach.push(total);
        }
        Self { points, reach }
    }

    /// Its points.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// Its length in px.
    pub fn length(&self) -> f64 {
        self.reach.last().copied().unwrap_or(0.0)
    }

    /// The point `s` px from the start, and the direction there as a vector of length 1 (right where there is
    /// none). Outside the line: its nearest end.
    pub fn at(&self, s: f64) -> (f64, f64, (f64, f64)) {
        let Some(&last) = self.points.last() else { return (0.0, 0.0, (1.0, 0.0)) };
        if self.points.len() < 2 {
            return (last.0, last.1, (1.0, 0.0));
        }
        let after = self.reach.partition_point(|reach| *reach < s).clamp(1, self.points.len() - 1);
        let ((x0, y0), (x1, y1)) = (self.points[after - 1], self.points[after]);
        let piece = self.reach[after] - self.reach[after - 1];
        let t = if piece > 0.0 { ((s - self.reach[after - 1]) / piece).clamp(0.0, 1.0) } else { 0.0 };
        let way = if piece > 0.0 { ((x1 - x0) / piece, (y1 - y0) / piece) } else { (1.0, 0.0) };
        (x0 + (x1 - x0) * t, y0 + (y1 - y0) * t, way)
    }
}

/// Draws a path twice at once: as SVG's `d` and as the [`Polyline`] that records travel.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pen {
    d: String,
    points: Vec<(f64, f64)>,
}

impl Pen {
    pub(crate) fn at(x: f64, y: f64) -> Self {
        Self { d: format!("M{} {}", n(x), n(y)), points: vec![(x, y)] }
    }

    fn here(&self) -> (f64, f64) {
        // A pen always starts at a point.
        self.points.last().copied().unwrap_or_default()
    }

    pub(crate) fn line(mut self, x: f64, y: f64) -> Self {
        self.d.push_str(&format!("L{} {}", n(x), n(y)));
        self.points.push((x, y));
        self
    }

    pub(crate) fn cubic(mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) -> Self {
        let from = self.here();
        self.d.push_str(&format!("C{} {} {} {} {} {}", n(a.0), n(a.1), n(b.0), n(b.1), n(to.0), n(to.1)));
        const STEPS: u32 = 16;
        for step in 1..=STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let u = 1.0 - t;
            let c = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
            let mix = |p: [f64; 4]| p.iter().zip(c).map(|(p, c)| p * c).sum::<f64>();
            self.points.push((mix([from.0, a.0, b.0, to.0]), mix([from.1, a.1, b.1, to.1])));
        }
        self
    }

    fn quad(mut self, a: (f64, f64), to: (f64, f64)) -> Self {
        let from = self.here();
        self.d.push_str(&format!("Q{} {} {} {}", n(a.0), n(a.1), n(to.0), n(to.1)));
        const STEPS: u32 = 5;
        for step in 1..=STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let u = 1.0 - t;
            let mix = |p: f64, q: f64, r: f64| u * u * p + 2.0 * u * t * q + t * t * r;
            self.points.push((mix(from.0, a.0, to.0), mix(from.1, a.1, to.1)));
        }
        self
    }

    /// Straight lines through `points` with corners of radius `r`, less where a piece is short.
    pub(crate) fn through(mut self, points: &[(f64, f64)], r: f64) -> Self {
        for (i, corner) in points.iter().enumerate() {
            let Some(next) = points.get(i + 1) else { return self.line(corner.0, corner.1) };
            let from = self.here();
            let (before, after) =
                ((corner.0 - from.0).hypot(corner.1 - from.1), (next.0 - corner.0).hypot(next.1 - corner.1));
            let last = i + 2 == points.len();
            let r = r.min(before).min(if last { after } else { after / 2.0 });
            if r < 0.5 {
                self = self.line(corner.0, corner.1);
                continue;
            }
            let cut =
                |p: (f64, f64), d: f64| (corner.0 + (p.0 - corner.0) / d * r, corner.1 + (p.1 - corner.1) / d * r);
            let (start, end) = (cut(from, before), cut(*next, after));
            self = self.line(start.0, start.1).quad(*corner, end);
        }
        self
    }

    pub(crate) fn finish(self) -> (String, Polyline) {
        (self.d, Polyline::new(self.points))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_on_the_way_is_found_by_arc_length() {
        let line = Polyline::new(vec![(0.0, 0.0), (30.0, 0.0), (30.0, 40.0)]);
        assert_eq!(line.length(), 70.0);
        assert_eq!(line.at(15.0), (15.0, 0.0, (1.0, 0.0)));
        assert_eq!(line.at(50.0), (30.0, 20.0, (0.0, 1.0)));
        assert_eq!(line.at(-5.0).0, 0.0);
        assert_eq!(line.at(1_000.0).1, 40.0);
    }

    #[test]
    fn corners_shrink_where_a_piece_is_short() {
        let (_, line) = Pen::at(0.0, 0.0).through(&[(20.0, 0.0), (20.0, 3.0), (60.0, 3.0)], 11.0).finish();
        assert!(line.points().iter().all(|(x, y)| (0.0..=60.0).contains(x) && (0.0..=3.0).contains(y)));
    }
}
