use crate::glyph::Glyph;
use crate::measure;

/// A rectangle in px, `y` down.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// A rectangle.
    pub const fn new(x: f64, y: f64, w: f64, h: f64) -> Self {
        Self { x, y, w, h }
    }

    /// Its right edge.
    pub fn right(self) -> f64 {
        self.x + self.w
    }

    /// Its bottom edge.
    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    /// Its middle, across.
    pub fn cx(self) -> f64 {
        self.x + self.w / 2.0
    }

    /// Its middle, down.
    pub fn cy(self) -> f64 {
        self.y + self.h / 2.0
    }

    /// The same with `by` px less on every side.
    pub fn inset(self, by: f64) -> Self {
        Self::new(self.x + by, self.y + by, (self.w - 2.0 * by).max(0.0), (self.h - 2.0 * by).max(0.0))
    }

    /// Whether it has points in common with `other`; edges that touch have none.
    pub fn overlaps(self, other: Self) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether a point lies in it.
    pub fn contains(self, x: f64, y: f64) -> bool {
        (self.x..=self.right()).contains(&x) && (self.y..=self.bottom()).contains(&y)
    }
}

/// Where a text's `x` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At its left end.
    Start,
    /// In its middle.
    Middle,
    /// At its right end.
    End,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// Where the anchor is.
    pub x: f64,
    /// The baseline.
    pub y: f64,
    /// What `x` means. Right-to-left text does not turn it round: the style sheet isolates it.
    pub anchor: Anchor,
    /// Font size in px.
    pub size: f64,
    /// Font weight, 400 to 700.
    pub weight: u16,
    /// CSS class; `mono` among others stands for the font with equal widths.
    pub class: &'static str,
    /// The text, already fitted.
    pub text: String,
}

impl Text {
    /// Whether it is in the font with equal widths.
    pub fn is_mono(&self) -> bool {
        self.class.split(' ').any(|class| class == "mono")
    }

    /// What it takes up, by the built-in table.
    pub fn bounds(&self) -> Rect {
        let w = measure::width(&self.text, self.size, self.weight, self.is_mono());
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - w / 2.0,
            Anchor::End => self.x - w,
        };
        Rect::new(x, self.y - 0.76 * self.size, w, 0.96 * self.size)
    }
}

/// A thing to draw. Paint comes from CSS classes, geometry from attributes.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A rectangle with round corners.
    Rect {
        /// Where.
        rect: Rect,
        /// Radius of the corners.
        r: f64,
        /// CSS class.
        class: &'static str,
    },
    /// A circle.
    Circle {
        /// Middle, across.
        x: f64,
        /// Middle, down.
        y: f64,
        /// Radius.
        r: f64,
        /// CSS class.
        class: &'static str,
    },
    /// A path, as SVG's `d`.
    Path {
        /// The path.
        d: String,
        /// CSS class.
        class: &'static str,
    },
    /// A line of text.
    Text(Text),
    /// The shape of a key, with its letter.
    Glyph {
        /// Middle, across.
        x: f64,
        /// Middle, down.
        y: f64,
        /// Radius of the circle; the others are as large for the eye.
        r: f64,
        /// Which key's.
        glyph: Glyph,
        /// Whether its letter is drawn; never smaller than 8 px.
        letter: bool,
    },
}

impl Shape {
    pub(crate) fn rect(rect: Rect, r: f64, class: &'static str) -> Self {
        Self::Rect { rect, r, class }
    }

    pub(crate) fn line(x1: f64, y1: f64, x2: f64, y2: f64, class: &'static str) -> Self {
        Self::Path { d: format!("M{} {}L{} {}", n(x1), n(y1), n(x2), n(y2)), class }
    }

    pub(crate) fn path(d: impl Into<String>, class: &'static str) -> Self {
        Self::Path { d: d.into(), class }
    }

    pub(crate) fn circle(x: f64, y: f64, r: f64, class: &'static str) -> Self {
        Self::Circle { x, y, r, class }
    }

    pub(crate) fn glyph(x: f64, y: f64, r: f64, glyph: Glyph) -> Self {
        Self::Glyph { x, y, r, glyph, letter: true }
    }

    pub(crate) fn text(
        x: f64,
        y: f64,
        anchor: Anchor,
        (size, weight): (f64, u16),
        class: &'static str,
        text: impl Into<String>,
    ) -> Self {
        Self::Text(Text { x, y, anchor, size, weight, class, text: text.into() })
    }
}

/// A number as attributes and paths have it: two decimals at the most.
pub fn n(value: f64) -> String {
    // By integers: to print floats, wasm would have to carry 20 KB of std. `as` saturates; no picture is that large.
    let hundredths = (value * 100.0).round_ties_even() as i64;
    let sign = if hundredths < 0 { "-" } else { "" };
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    match rest {
        0 => format!("{sign}{whole}"),
        rest if rest % 10 == 0 => format!("{sign}{whole}.{}", rest / 10),
        rest => format!("{sign}{whole}.{rest:02}"),
    }
}

/// What [`n`] printed.
pub(crate) fn number(text: &str) -> Option<f64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let [whole_part, rest_part] =
        [whole, rest].map(|digits| if digits.is_empty() { Ok(0) } else { digits.parse::<u32>() });
    let rest_part = f64::from(rest_part.ok()?) / if rest.len() == 1 { 10.0 } else { 100.0 };
    Some(sign * (f64::from(whole_part.ok()?) + rest_part))
}

/// Diagonal lines in `rect`, every `pitch` px across: a hatch that needs no pattern by id, which style
/// sheets of shadow roots and other people's viewers do not agree on.
pub(crate) fn hatch(rect: Rect, pitch: f64) -> String {
    let mut d = String::new();
    if rect.w <= 0.0 || rect.h <= 0.0 {
        return d;
    }
    // A line starts at the bottom edge at x and goes up to the right; its offset runs from -h to w.
    let mut offset = -rect.h + pitch / 2.0;
    while offset < rect.w {
        let (from, to) = (offset.max(0.0), (offset + rect.h).min(rect.w));
        if to > from {
            let (y1, y2) = (rect.bottom() - (from - offset), rect.bottom() - (to - offset));
            d.push_str(&format!("M{} {}L{} {}", n(rect.x + from), n(y1), n(rect.x + to), n(y2)));
        }
        offset += pitch;
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        assert_eq!([n(1.0), n(0.5), n(-0.001), n(12.346), n(100.0)], ["1", "0.5", "0", "12.35", "100"]);
        assert_eq!([n(-1.05), n(-0.5), n(0.999), n(7.07)], ["-1.05", "-0.5", "1", "7.07"]);
        for value in [0.0, 1.0, -1.05, 0.5, -12.34, 4_096.07] {
            assert_eq!(number(&n(value)), Some(value));
        }
        assert_eq!(number("M"), None);
    }

    #[test]
    fn a_hatch_stays_in_its_rectangle() {
        let d = hatch(Rect::new(10.0, 20.0, 33.0, 10.0), 7.0);
        for pair in d.split(['M', 'L']).filter(|pair| !pair.is_empty()) {
            let (x, y) =
                pair.split_once(' ').map(|(x, y)| (x.parse::<f64>(), y.parse::<f64>())).unwrap_or((Ok(0.0), Ok(0.0)));
            assert!((10.0..=43.0).contains(&x.unwrap_or(f64::NAN)), "{d}");
            assert!((20.0..=30.0).contains(&y.unwrap_or(f64::NAN)), "{d}");
        }
        assert!(d.matches('M').count() >= 5);
    }
}
