//! An arithmetic coder for bits with their chances, and its way back.
//!
//! The carryless coder of Mahoney's PAQ: two 32-bit ends of an interval that narrows bit by bit. Integers only, so it is
//! the same on every platform.

/// Bits of a chance: it is a number of 4,096ths.
pub(super) const CHANCE_BITS: u32 = 12;

/// Takes bits in, or gives them out. The model asks for one after the other and does not know which of the two it is.
pub(super) trait Coder {
    /// The next bit, of which the model thinks that it is 1 with `chance`, 1 to 4,095. A coder that writes is given it
    /// as `bit`, and gives it back; one that reads looks at nothing but `chance`.
    fn code(&mut self, chance: u32, bit: bool) -> bool;

    /// Whether a bit depended on bytes behind the end: should those have been cut off, it and all after it are guesses.
    fn is_guessing(&self) -> bool {
        false
    }

    /// Whether it has given out more bits than anybody wrote.
    fn is_spent(&self) -> bool {
        false
    }
}

/// Writes.
#[derive(Debug)]
pub(super) struct Encoder {
    low: u32,
    high: u32,
    out: Vec<u8>,
}

impl Encoder {
    /// All bytes. The reader takes those behind the end for zeros, so as few are written as still fall in the interval.
    pub(super) fn finish(mut self) -> Vec<u8> {
        for kept in 0..=4 {
            // Rounded up to so many bytes, the rest zeros.
            let rest = u32::MAX.checked_shr(8 * kept).unwrap_or(0);
            let Some(end) = self.low.checked_add(rest).map(|end| end & !rest) else { continue };
            if end <= self.high {
                self.out.extend(&end.to_be_bytes()[..kept as usize]);
                break;
            }
        }
        self.out
    }
}

impl Default for Encoder {
    fn default() -> Self {
        Self { low: 0, high: u32::MAX, out: Vec::new() }
    }
}

impl Coder for Encoder {
    fn code(&mut self, chance: u32, bit: bool) -> bool {
        narrow(&mut self.low, &mut self.high, chance, |_| bit);
        while (self.low ^ self.high) >> 24 == 0 {
            self.out.push((self.high >> 24) as u8);
            shift(&mut self.low, &mut self.high);
        }
        bit
    }
}

/// Reads.
#[derive(Debug)]
pub(super) struct Decoder<'a> {
    low: u32,
    high: u32,
    window: u32,
    rest: std::slice::Iter<'a, u8>,
    /// Bytes read behind the end.
    missing: u32,
    guessing: bool,
}

/// The writer leaves at most so many bytes away, as they are zeros.
const MOST_MISSING: u32 = 4;

impl<'a> Decoder<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        let mut decoder = Self { low: 0, high: u32::MAX, window: 0, rest: bytes.iter(), missing: 0, guessing: false };
        for _ in 0..4 {
            decoder.read();
        }
        decoder
    }

    fn read(&mut self) {
        let byte = self.rest.next();
        self.missing += u32::from(byte.is_none());
        self.window = self.window << 8 | byte.copied().map_or(0, u32::from);
    }
}

impl Coder for Decoder<'_> {
    fn code(&mut self, chance: u32, _: bool) -> bool {
        let window = self.window;
        // The same if other bytes had stood behind the end.
        let highest = window | 1u32.checked_shl(8 * self.missing).unwrap_or(0).wrapping_sub(1);
        let guessing = &mut self.guessing;
        let bit = narrow(&mut self.low, &mut self.high, chance, |middle| {
            *guessing |= (window <= middle) != (highest <= middle);
            window <= middle
        });
        while (self.low ^ self.high) >> 24 == 0 {
            shift(&mut self.low, &mut self.high);
            self.read();
        }
        bit
    }

    fn is_guessing(&self) -> bool {
        self.guessing
    }

    fn is_spent(&self) -> bool {
        self.missing > MOST_MISSING
    }
}

/// Keeps the part of the interval that belongs to the bit, which may depend on where the two parts meet.
fn narrow(low: &mut u32, high: &mut u32, chance: u32, bit: impl FnOnce(u32) -> bool) -> bool {
    let width = u64::from(*high - *low);
    // Below `high`, as the chance is below 1: both parts hold something.
    let middle = *low + ((width * u64::from(chance)) >> CHANCE_BITS) as u32;
    let bit = bit(middle);
    if bit {
        *high = middle;
    } else {
        *low = middle + 1;
    }
    bit
}

fn shift(low: &mut u32, high: &mut u32) {
    *low <<= 8;
    *high = *high << 8 | 0xFF;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_whatever_the_chances_were() {
        let bits: Vec<(u32, bool)> = (0u32..5_000)
            .map(|n| (1 + n.wrapping_mul(2_654_435_761) % 4_095, n.wrapping_mul(40_503) >> 7 & 1 == 1))
            .collect();
        for count in [0, 1, 2, 3, 9, 100, 5_000] {
            let mut encoder = Encoder::default();
            for (chance, bit) in &bits[..count] {
                encoder.code(*chance, *bit);
            }
            let bytes = encoder.finish();
            let mut decoder = Decoder::of(&bytes);
            for (chance, bit) in &bits[..count] {
                assert_eq!(decoder.code(*chance, false), *bit);
            }
            assert!(!decoder.is_spent());
            (0..500).for_each(|_| _ = decoder.code(2_048, false));
            assert!(decoder.is_spent());
        }
    }

    #[test]
    fn what_was_sure_costs_next_to_nothing() {
        let mut encoder = Encoder::default();
        for _ in 0..1_000 {
            encoder.code(4_095, true);
        }
        assert!(encoder.finish().len() <= 2);
    }
}
