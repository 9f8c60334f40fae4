use kafka_lanes_core::{KeyId, World};

use crate::measure;
use crate::shape::n;

/// The six outlines that tell keys apart where colour does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outline {
    /// A circle.
    Circle,
    /// A square.
    Square,
    /// A triangle, point up.
    Triangle,
    /// A square on its corner.
    Diamond,
    /// A hexagon.
    Hexagon,
    /// A pentagon.
    Pentagon,
}

const OUTLINES: [Outline; 6] =
    [Outline::Circle, Outline::Square, Outline::Triangle, Outline::Diamond, Outline::Hexagon, Outline::Pentagon];

/// How many hues keys have.
pub const KEY_HUES: u32 = 6;

/// How a key looks: outline, hue and letter, by the order in which keys first came up. After six keys the
/// hues move on by one, so that 36 keys differ before letters have to tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Glyph {
    /// Its outline.
    pub outline: Outline,
    /// Its hue, 0 to 5: class `k0` to `k5`. Where there is no key, 6 and `kn`; calls have hues after that.
    pub hue: u8,
    /// What stands in it.
    pub letter: Letter,
}

/// Up to three characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Letter([Option<char>; 3]);

impl Letter {
    /// What stands for a key: the last digits of `order-42`, else the first letter of `amy`, large where it is
    /// an ASCII letter (the tables of all other letters are 20 KB of wasm).
    pub fn of_key(key: &str) -> Self {
        let digits: Vec<char> = key.chars().rev().take_while(char::is_ascii_digit).take(3).collect();
        let mut letter = Self::default();
        if digits.is_empty() {
            let first = key.trim_start().chars().next().unwrap_or('–');
            letter.0[0] = Some(first.to_ascii_uppercase());
            return letter;
        }
        for (slot, digit) in letter.0.iter_mut().zip(digits.into_iter().rev()) {
            *slot = Some(digit);
        }
        letter
    }

    /// Its characters.
    pub fn chars(self) -> impl Iterator<Item = char> {
        self.0.into_iter().flatten()
    }

    /// The font size, px, at which it stands well in a glyph of radius `r`.
    pub fn size(self, r: f64) -> f64 {
        if matches!(self.0[0], Some('✓' | '×')) {
            // Signs are small in their fonts.
            return 1.5 * r;
        }
        let text: String = self.chars().collect();
        let room = 1.7 * r;
        let size = 1.05 * r;
        let width = measure::width(&text, size, 700, false);
        if width > room { size * room / width } else { size }
    }
}

impl std::fmt::Display for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.chars().try_for_each(|c| write!(f, "{c}"))
    }
}

impl Glyph {
    /// The first of the four hues of groups, among those of glyphs.
    pub const GROUPS: u8 = 7;
    /// The hue of producers.
    pub const PRODUCER: u8 = 11;
    /// The hue of what has gone wrong.
    pub const ALARM: u8 = 12;

    /// The look of a key of `world`.
    pub fn of(world: &World, key: KeyId) -> Self {
        Self {
            outline: OUTLINES[(key.0 % KEY_HUES) as usize],
            hue: ((key.0 + key.0 / KEY_HUES) % KEY_HUES) as u8,
            letter: Letter::of_key(&world.key(key).text),
        }
    }

    /// The look of a record by its key; one without has none of its own.
    pub fn of_record(world: &World, key: Option<KeyId>) -> Self {
        let keyless = Self { outline: Outline::Circle, hue: KEY_HUES as u8, letter: Letter::default() };
        key.map_or(keyless, |key| Self::of(world, key))
    }

    /// Its outline at a place: an SVG path, or none for a circle, which is one already.
    pub fn path(self, x: f64, y: f64, r: f64) -> Option<String> {
        self.outline.path(x, y, r)
    }

    /// Where the baseline of its letter is.
    pub fn baseline(self, y: f64, r: f64) -> f64 {
        let low = if self.outline == Outline::Triangle { 0.16 * r } else { 0.0 };
        y + low + 0.36 * self.letter.size(r)
    }

    /// The class of its hue.
    pub fn hue_class(self) -> &'static str {
        const CLASSES: [&str; 13] = ["k0", "k1", "k2", "k3", "k4", "k5", "kn", "kg0", "kg1", "kg2", "kg3", "kp", "ka"];
        CLASSES[usize::from(self.hue) % CLASSES.len()]
    }
}

impl Outline {
    /// Corners round the middle: `(x, y)` in radii, so that all outlines look as large as the circle.
    pub fn corners(self) -> &'static [(f64, f64)] {
        match self {
            Self::Circle => &[],
            Self::Square => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
            Self::Triangle => &[(0.0, -1.0), (1.06, 0.83), (-1.06, 0.83)],
            Self::Diamond => &[(0.0, -1.14), (1.14, 0.0), (0.0, 1.14), (-1.14, 0.0)],
            Self::Hexagon => {
                &[(1.05, 0.0), (0.525, 0.909), (-0.525, 0.909), (-1.05, 0.0), (-0.525, -0.909), (0.525, -0.909)]
            }
            Self::Pentagon => &[(0.0, -1.04), (1.046, -0.28), (0.647, 0.95), (-0.647, 0.95), (-1.046, -0.28)],
        }
    }

    fn path(self, x: f64, y: f64, r: f64) -> Option<String> {
        let mut d = String::new();
        for (i, (dx, dy)) in self.corners().iter().enumerate() {
            d.push(if i == 0 { 'M' } else { 'L' });
            d.push_str(&format!("{} {}", n(x + dx * r), n(y + dy * r)));
        }
        if d.is_empty() {
            return None;
        }
        d.push('Z');
        Some(d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_what_tells_keys_apart() {
        let letter = |key: &str| Letter::of_key(key).to_string();
        assert_eq!(letter("amy"), "A");
        assert_eq!(letter("order-42"), "42");
        assert_eq!(letter("order-123456"), "456");
        assert_eq!(letter(""), "–");
        assert_eq!(letter("🛒 cart"), "🛒");
        assert_eq!(letter("عميل"), "ع");
    }
}
