//! What comes next in a text, and how likely: contexts of several lengths, mixed by who was right before.
//!
//! A small kin of Mahoney's lpaq (logistic mixing of bit predictions), in integers. It has read a text in the manner of
//! a link before it begins, so that even the first words cost little.

use super::coder::{CHANCE_BITS, Coder};

/// Contexts that are mixed: the last 1 to 6 bytes, and words.
const ORDERS: usize = 8;
/// Slots of each context's table, as a power of two.
const SLOT_BITS: u32 = 15;
/// What a chance is at first, in 65,536ths.
const EVEN: u16 = 1 << 15;
/// After so many times a slot does not learn more slowly any more.
const MOST_TIMES: u8 = 30;
/// How quickly trust moves between the contexts.
const LEARNING: i32 = 6;
/// Bits of a number's size, which is 0 to 64.
const SIZE_BITS: u32 = 7;
/// The highest chance.
const MOST_CHANCE: u32 = (1 << CHANCE_BITS) - 1;
/// Where a text that was not read yet goes on from.
const PRIMER: &str = include_str!("primer.txt");

/// What it thinks of a bit in one context.
#[derive(Debug, Clone, Copy)]
struct Slot {
    chance: u16,
    times: u8,
}

/// What a number is: those of a kind are of like sizes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Seed,
    Millis,
    /// What is left of a millisecond.
    Micros,
}

/// Predicts a text bit by bit, and learns it.
pub(super) struct Model {
    slots: Vec<Slot>,
    /// Trust in each context, in 65,536ths: a set for each way in which a byte can begin.
    trust: Vec<[i32; ORDERS]>,
    /// The last eight bytes, the last one lowest.
    last: u64,
    /// A hash of the letters of the word that stands here, and of the one before.
    word: u32,
    word_before: u32,
    /// A hash of the first word of the line.
    first_word: u32,
    /// The evidence that each chance is.
    evidence: Vec<i16>,
    /// How many bits numbers of each kind have: a slot's place is a leading 1 and the bits of the size so far.
    sizes: [[Slot; 1 << SIZE_BITS]; 3],
}

impl Model {
    /// One that has read the primer.
    pub(super) fn primed() -> Self {
        let mut model = Self {
            slots: vec![Slot { chance: EVEN, times: 0 }; ORDERS << SLOT_BITS],
            trust: vec![[(1 << 16) / 3; ORDERS]; 256],
            last: 0,
            word: 0,
            word_before: 0,
            first_word: 0,
            evidence: evidence(),
            sizes: [[Slot { chance: EVEN, times: 0 }; 1 << SIZE_BITS]; 3],
        };
        for byte in PRIMER.bytes() {
            model.code(&mut Listener, byte);
        }
        model
    }

    /// Codes a byte: the one that is given, or the one that the coder reads.
    pub(super) fn code(&mut self, coder: &mut dyn Coder, byte: u8) -> u8 {
        let contexts = self.contexts();
        // A leading 1, then the bits of the byte that are known.
        let mut known = 1usize;
        for shift in (0..8).rev() {
            let bit = self.bit(&contexts, known, coder, byte >> shift & 1 == 1);
            known = known << 1 | usize::from(bit);
        }
        let byte = known as u8;
        self.read(byte);
        byte
    }

    /// Codes a number of which no more than its size can be guessed, from the sizes of others of its kind.
    pub(super) fn number(&mut self, coder: &mut dyn Coder, kind: Kind, number: u64) -> u64 {
        let length = u64::BITS - number.leading_zeros();
        let sizes = &mut self.sizes[kind as usize];
        let mut known = 1;
        for shift in (0..SIZE_BITS).rev() {
            let slot = &mut sizes[known];
            let chance = u32::from(slot.chance >> 4).clamp(1, MOST_CHANCE);
            let bit = coder.code(chance, length >> shift & 1 == 1);
            slot.learn(bit);
            known = known << 1 | usize::from(bit);
        }
        let length = (known as u32 & ((1 << SIZE_BITS) - 1)).min(u64::BITS);
        // The highest bit of a number is 1, and not said.
        (0..length.saturating_sub(1)).rev().fold(u64::from(length > 0), |known, shift| {
            known << 1 | u64::from(coder.code(1 << (CHANCE_BITS - 1), number >> shift & 1 == 1))
        })
    }

    fn bit(&mut self, contexts: &[u32; ORDERS], known: usize, coder: &mut dyn Coder, bit: bool) -> bool {
        let mut places = [0; ORDERS];
        let mut inputs = [0; ORDERS];
        for (order, context) in contexts.iter().enumerate() {
            let place = order << SLOT_BITS | (hash(*context, known as u32) >> (32 - SLOT_BITS)) as usize;
            let slot = self.slots[place];
            places[order] = place;
            // Who has seen nothing yet says nothing; who has seen more speaks louder.
            inputs[order] = i32::from(self.evidence[usize::from(slot.chance >> 4)])
                * i32::from(CONFIDENCE[usize::from(slot.times.min(4))])
                / 4;
        }
        let trust = &mut self.trust[known];
        let sum: i64 = inputs.iter().zip(&*trust).map(|(input, trust)| i64::from(*input) * i64::from(*trust)).sum();
        let chance = squash((sum >> 16) as i32);
        let bit = coder.code(chance, bit);
        let missed = (i32::from(bit) << CHANCE_BITS) - chance as i32;
        for (trust, input) in trust.iter_mut().zip(&inputs) {
            *trust += (input * missed * LEARNING) >> 12;
        }
        for place in places {
            self.slots[place].learn(bit);
        }
        bit
    }

    fn contexts(&self) -> [u32; ORDERS] {
        let low = self.last as u32;
        let high = (self.last >> 32) as u32;
        [
            0,
            hash(1, low & 0xFF),
            hash(2, low & 0xFFFF),
            hash(3, low & 0xFF_FFFF),
            hash(4, low),
            hash(hash(5, low), high & 0xFFFF),
            hash(hash(6, self.word), self.word_before),
            hash(hash(7, self.word), self.first_word),
        ]
    }

    fn read(&mut self, byte: u8) {
        self.last = self.last << 8 | u64::from(byte);
        if byte == b'\n' || byte == 0 {
            (self.first_word, self.word_before, self.word) = (0, 0, 0);
        } else if byte.is_ascii_alphabetic() || byte >= 0x80 {
            self.word = hash(self.word, u32::from(byte));
        } else if byte.is_ascii_digit() {
            // All numbers are one word: what stands around them matters, not which they are.
            self.word = hash(1, u32::from(b'0'));
        } else {
            if self.first_word == 0 {
                self.first_word = self.word;
            }
            (self.word_before, self.word) = (hash(self.word, u32::from(byte)), 0);
        }
    }
}

impl Slot {
    fn learn(&mut self, bit: bool) {
        let target = if bit { i32::from(u16::MAX) } else { 0 };
        let missed = target - i32::from(self.chance);
        // The first time half-way and more, then less and less.
        let moved = missed * 2 / (2 * i32::from(self.times) + 3);
        // Between two values of 16 bits.
        self.chance = (i32::from(self.chance) + moved) as u16;
        self.times = (self.times + 1).min(MOST_TIMES);
    }
}

/// How loud a context speaks that has been there so many times, in quarters.
const CONFIDENCE: [u8; 5] = [0, 3, 4, 4, 5];

/// Codes nothing: the model only learns.
struct Listener;

impl Coder for Listener {
    fn code(&mut self, _: u32, bit: bool) -> bool {
        bit
    }
}

fn hash(seed: u32, value: u32) -> u32 {
    let mixed = (seed ^ value.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B);
    mixed ^ mixed >> 15
}

/// 4,096 / (1 + e^(-x / 256)) at every 128th: what a sum of evidence says as a chance.
const SQUASH: [i32; 33] = [
    1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1_101, 1_546, 2_047, 2_549, 2_994, 3_348, 3_607, 3_785,
    3_901, 3_975, 4_022, 4_050, 4_068, 4_079, 4_085, 4_089, 4_092, 4_093, 4_094,
];

/// A chance from evidence, 1 to 4,095.
fn squash(evidence: i32) -> u32 {
    let evidence = evidence.clamp(-2_047, 2_047) + 2_048;
    let (step, part) = ((evidence >> 7) as usize, evidence & 127);
    let chance = (SQUASH[step] * (128 - part) + SQUASH[step + 1] * part + 64) >> 7;
    chance.clamp(1, 4_095) as u32
}

/// The evidence that each chance from 0 to 4,095 is: the other way round.
fn evidence() -> Vec<i16> {
    let mut evidence = -2_047;
    let of = |chance| {
        while evidence < 2_047 && squash(evidence) < chance {
            evidence += 1;
        }
        evidence as i16
    };
    (0..1 << CHANCE_BITS).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_and_chance_are_two_sides_of_one_thing() {
        assert_eq!(squash(0), 2_047);
        assert!((-2_047..2_046).all(|evidence| squash(evidence) <= squash(evidence + 1)));
        for (chance, evidence) in evidence().into_iter().enumerate() {
            assert!((squash(evidence.into()) as i32 - chance as i32).abs() <= 16, "{chance}");
        }
    }

    #[test]
    fn slots_stay_within_their_bits() {
        for bits in [0u32, u32::MAX, 0x5555_5555, 0xF0F0_F00F] {
            let mut slot = Slot { chance: EVEN, times: 0 };
            for _ in 0..10 {
                (0..32).for_each(|n| slot.learn(bits >> n & 1 == 1));
            }
            assert!(slot.times == MOST_TIMES && (bits != u32::MAX || slot.chance > 60_000));
        }
    }
}
