//! How much of a service is drawn, and where in its box.

use kafka_lanes_core::ServiceId;

use crate::shape::Rect;

/// How much is drawn of each service: the most that has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Level {
    /// All of it.
    #[default]
    Full,
    /// All of those that call others; of the others two lines.
    Callers,
    /// Two lines.
    Short,
    /// One line.
    Tiny,
}

/// Heights of the rows of a box, px.
struct Heights {
    head: f64,
    /// Those who wait, at the least.
    line: f64,
    hands: f64,
    /// A step, and how much it may grow.
    step: (f64, f64),
    counts: f64,
    /// What is half done.
    strip: f64,
    foot: f64,
}

const LOOSE: Heights =
    Heights { head: 38.0, line: 23.0, hands: 23.0, step: (26.0, 20.0), counts: 25.0, strip: 46.0, foot: 7.0 };
const DENSE: Heights =
    Heights { head: 32.0, line: 21.0, hands: 21.0, step: (21.0, 10.0), counts: 22.0, strip: 42.0, foot: 6.0 };
/// Over and under the steps.
const ROUND_STEPS: f64 = 5.0;
/// From a line of those who wait to the next.
pub(super) const CROWD: f64 = 11.0;
/// How many more lines a crowd may have: before who calls others, and before the others.
const CROWDS: (f64, f64) = (16.0, 3.0);
const TWO_LINES: f64 = 50.0;
const ONE_LINE: f64 = 27.0;

/// Where the rows of a box are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Rows {
    pub(crate) head: f64,
    /// Those who wait.
    pub(crate) line: Rect,
    /// Middle of the row of hands.
    pub(crate) hands: f64,
    /// Whom it calls, and the middle of each row.
    pub(crate) steps: Vec<(ServiceId, f64)>,
    /// Middle of the row of counts.
    pub(crate) counts: f64,
    /// Room for what is half done, where something can be.
    pub(crate) strip: Option<Rect>,
}

impl Level {
    pub(super) const ALL: [Self; 4] = [Self::Full, Self::Callers, Self::Short, Self::Tiny];

    fn heights(self, steps: usize) -> Option<Heights> {
        match self {
            Self::Full => Some(LOOSE),
            Self::Callers if steps > 0 => Some(DENSE),
            _ => None,
        }
    }

    /// The least and the greatest height of a box that calls so many.
    pub(super) fn height(self, steps: usize) -> (f64, f64) {
        let Some(h) = self.heights(steps) else {
            let lines = if self == Self::Tiny { ONE_LINE } else { TWO_LINES };
            return (lines, lines + if self == Self::Tiny { 5.0 } else { 16.0 });
        };
        let least = h.head + h.line + h.hands + h.counts + h.foot + h.steps(steps, 0.0) + h.strip_of(steps);
        let more = if steps > 0 { h.step.1 * steps as f64 + CROWD * CROWDS.0 } else { CROWD * CROWDS.1 };
        (least, least + more)
    }

    /// The least and the greatest width of a box.
    pub(super) fn width(self) -> (f64, f64) {
        match self {
            Self::Full | Self::Callers => (184.0, 380.0),
            Self::Short => (132.0, 280.0),
            Self::Tiny => (96.0, 240.0),
        }
    }

    /// The rows in a box of this place and height.
    pub(super) fn rows(self, rect: Rect, called: &[ServiceId]) -> Option<Rows> {
        let steps = called.len();
        let h = self.heights(steps)?;
        let spare = (rect.h - self.height(steps).0).max(0.0);
        let more = if steps > 0 { (spare * 0.45 / steps as f64).min(h.step.1) } else { 0.0 };
        let line = h.line + spare - more * steps as f64;
        let mut y = rect.y + h.head;
        let mut down = |height: f64| {
            y += height;
            y - height
        };
        let line = Rect::new(rect.x, down(line), rect.w, line);
        let hands = down(h.hands) + h.hands / 2.0;
        let first = down(h.steps(steps, more)) + ROUND_STEPS;
        let step = h.step.0 + more;
        let steps = called.iter().enumerate().map(|(n, to)| (*to, first + (n as f64 + 0.5) * step)).collect();
        let counts = down(h.counts) + h.counts / 2.0;
        let strip = Rect::new(rect.x + 8.0, down(h.strip) + 4.0, rect.w - 16.0, h.strip - 6.0);
        Some(Rows { head: h.head, line, hands, steps, counts, strip: (called.len() > 1).then_some(strip) })
    }
}

impl Heights {
    fn steps(&self, steps: usize, more: f64) -> f64 {
        if steps > 0 { (self.step.0 + more) * steps as f64 + 2.0 * ROUND_STEPS } else { 0.0 }
    }

    /// Only who calls two can have done half.
    fn strip_of(&self, steps: usize) -> f64 {
        if steps > 1 { self.strip } else { 0.0 }
    }
}
