//! What stands in the rows of a service's box.

use super::level::CROWD;
use crate::measure::width;
use crate::part::Part;
use crate::shape::{Anchor, Rect, Shape, n};

/// From a mark of those who wait to the next, px.
const WAITING: f64 = 11.0;
/// From a hand to the next: the most, the least for large ones, and the least at which they can be told apart.
const HAND: (f64, f64, f64) = (13.0, 10.5, 7.4);

/// Words with a mark before them: a tick, or a cross.
pub(super) struct Piece {
    /// Long, and short.
    pub(super) texts: [String; 2],
    pub(super) mark: Option<bool>,
    pub(super) class: &'static str,
}

/// As many of `pieces` as have room from the left on, all of them long or all short; and where they end.
pub(super) fn pieces(part: &mut Part, (left, right): (f64, f64), y: f64, pieces: Vec<Piece>) -> f64 {
    let wide = |piece: &Piece, form: usize| {
        let mark = if piece.mark.is_some() { 15.0 } else { 0.0 };
        mark + width(&piece.texts[form], 12.0, 600, false) + 12.0
    };
    let all_long = pieces.iter().map(|piece| wide(piece, 0)).sum::<f64>() - 12.0 <= right - left;
    let form = usize::from(!all_long);
    let mut x = left;
    for piece in pieces {
        let end = x + wide(&piece, form) - 12.0;
        if end > right {
            break;
        }
        if let Some(is_good) = piece.mark {
            part.add(if is_good { tick(x, y) } else { cross(x, y) });
        }
        let [long, short] = piece.texts;
        let text = if all_long { long } else { short };
        let weight = if piece.class == "muted" { 400 } else { 600 };
        let start = x + if piece.mark.is_some() { 15.0 } else { 0.0 };
        part.add(Shape::text(start, y + 4.3, Anchor::Start, (12.0, weight), piece.class, text));
        x = end + 12.0;
    }
    x - 12.0
}

/// A tick of 9 px, its left end at `x`.
pub(super) fn tick(x: f64, y: f64) -> Shape {
    Shape::path(format!("M{} {}l3.2 3.4l5.6 -7", n(x + 0.8), n(y + 0.4)), "tick-mark")
}

/// A cross of 8 px.
pub(super) fn cross(x: f64, y: f64) -> Shape {
    Shape::path(format!("M{} {}l7 7m0 -7l-7 7", n(x + 1.2), n(y - 3.5)), "cross-mark")
}

/// A triangle with an exclamation mark, 20 px wide.
pub(super) fn sign(x: f64, y: f64) -> Shape {
    let d = format!(
        "M{} {}l9.5 -17l9.5 17zM{} {}v5.5M{} {}v.5",
        n(x),
        n(y + 8.0),
        n(x + 9.5),
        n(y - 3.0),
        n(x + 9.5),
        n(y + 5.2)
    );
    Shape::path(d, "alarm-sign")
}

/// A badge whose right end is at `right`; returns its left end.
pub(super) fn pill(part: &mut Part, text: &str, right: f64, middle: f64) -> f64 {
    let wide = width(text, 11.0, 700, false) + 18.0;
    let at = Rect::new(right - wide, middle - 10.0, wide, 20.0);
    part.add(Shape::rect(at, 10.0, "pill-dead"));
    part.add(Shape::text(at.cx(), at.cy() + 4.0, Anchor::Middle, (11.0, 700), "pill-ink", text));
    at.x
}

/// Those who wait: a mark each, in lines from the left, as far as there is room.
pub(super) fn crowd(waiting: usize, x: f64, y: f64, wide: f64, high: f64) -> Option<Shape> {
    let across = (wide / WAITING) as usize;
    let lines = 1 + ((high - 16.0).max(0.0) / CROWD) as usize;
    let shown = waiting.min(across * lines);
    let mut d = String::new();
    for n_th in 0..shown {
        let (column, line) = ((n_th % across) as f64, (n_th / across) as f64);
        // A line without length has the shape of its caps: a circle.
        d.push_str(&format!("M{} {}h0", n(x + 4.0 + column * WAITING), n(y + line * CROWD)));
    }
    (shown > 0).then(|| Shape::path(d, "crowd"))
}

/// What is worked on, of what can be at once: a place each, or a bar where they are too many.
pub(super) fn hands(busy: u32, at_once: u32, x: f64, y: f64, wide: f64) -> Vec<Shape> {
    let pitch = (wide / f64::from(at_once.max(1))).min(HAND.0);
    if pitch < HAND.2 {
        let bar = Rect::new(x, y - 4.0, wide.max(0.0), 8.0);
        let full = bar.w * f64::from(busy) / f64::from(at_once.max(1));
        return vec![Shape::rect(bar, 4.0, "load-box"), Shape::rect(Rect { w: full, ..bar }, 4.0, "held")];
    }
    let dots = |from: u32, to: u32| {
        let dot = |n_th: u32| format!("M{} {}h0", n(x + 5.0 + f64::from(n_th) * pitch), n(y));
        (from..to).map(dot).collect::<String>()
    };
    let mut shapes = Vec::new();
    if busy < at_once {
        shapes.push(Shape::path(dots(busy, at_once), if pitch < HAND.1 { "hand small" } else { "hand" }));
    }
    if busy > 0 {
        let class = if pitch < HAND.1 { "hand busy small" } else { "hand busy" };
        shapes.push(Shape::path(dots(0, busy.min(at_once)), class));
    }
    shapes
}
