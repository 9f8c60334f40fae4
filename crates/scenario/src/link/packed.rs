//! What a link holds, packed.

use super::MAX_UNPACKED_BYTES;
use super::coder::{Coder, Decoder, Encoder};
use super::fault::LinkFault;
use super::model::{Kind, Model};
use super::moment::Moment;

pub(super) fn pack(moment: &Moment) -> Result<Vec<u8>, LinkFault> {
    let mut encoder = Encoder::default();
    match code(&mut encoder, moment, &mut Moment::default()) {
        // As much fits as is read, and not more.
        Err(LinkFault::Bomb) => Err(LinkFault::TooBigUnpacked),
        other => other.map(|()| encoder.finish()),
    }
}

/// What is in it, and where that is not all, why not: then it ends with the last line, or act, that was read in whole.
pub(super) fn unpack(packed: &[u8]) -> (Moment, Result<(), LinkFault>) {
    let mut moment = Moment::default();
    let result = code(&mut Decoder::of(packed), &Moment::default(), &mut moment);
    (moment, result)
}

/// The order of things, for both ways. A coder that reads does not look at `given`.
fn code(coder: &mut dyn Coder, given: &Moment, moment: &mut Moment) -> Result<(), LinkFault> {
    let mut packer = Packer { model: Model::primed(), coder, left: MAX_UNPACKED_BYTES };
    moment.seed = packer.model.number(packer.coder, Kind::Seed, given.seed);
    moment.time = packer.micros(given.time)?;
    moment.ahead = packer.micros(given.ahead)?;
    packer.text(&given.view, 0, &mut moment.view)?;
    packer.text(&given.scenario, 0, &mut moment.scenario)?;
    let mut acts = given.acts.iter();
    let mut sound = 0;
    loop {
        let (wait, act) = acts.next().map_or((0, ""), |(wait, act)| (*wait, &**act));
        match packer.act(wait, act) {
            Ok(None) => return Ok(()),
            Ok(Some(act)) => moment.acts.push(act),
            Err(fault) => {
                moment.acts.truncate(sound);
                return Err(fault);
            }
        }
        if !packer.coder.is_guessing() {
            sound = moment.acts.len();
        }
    }
}

struct Packer<'c> {
    model: Model,
    /// One kind of code for both ways, not two: it is not called often enough to matter.
    coder: &'c mut dyn Coder,
    /// Bytes of text for which there is room.
    left: usize,
}

impl Packer<'_> {
    fn micros(&mut self, micros: u64) -> Result<u64, LinkFault> {
        let millis = self.model.number(self.coder, Kind::Millis, micros / 1_000);
        let rest = self.model.number(self.coder, Kind::Micros, micros % 1_000);
        // Nobody writes a second number of a thousand or more.
        if rest >= 1_000 { Err(LinkFault::Damaged) } else { Ok(millis.saturating_mul(1_000).saturating_add(rest)) }
    }

    /// An act and the time since the one before; none is the end.
    fn act(&mut self, wait: u64, act: &str) -> Result<Option<(u64, String)>, LinkFault> {
        let mut read = String::new();
        self.text(act, b'\n', &mut read)?;
        if read.is_empty() { Ok(None) } else { Ok(Some((self.micros(wait)?, read))) }
    }

    /// A text that does not hold `end`.
    fn text(&mut self, text: &str, end: u8, read: &mut String) -> Result<(), LinkFault> {
        let mut given = text.bytes();
        let mut bytes = Vec::new();
        // Up to here it is what was written, be the rest cut off or not.
        let mut sound = 0;
        let fault = loop {
            let Some(left) = self.left.checked_sub(1) else { break LinkFault::Bomb };
            self.left = left;
            let byte = self.model.code(self.coder, given.next().unwrap_or(end));
            // What goes on behind the end of the packed bytes was never written.
            if self.coder.is_spent() {
                break LinkFault::Damaged;
            }
            if byte == end {
                match std::str::from_utf8(&bytes) {
                    Ok(text) => *read = text.into(),
                    Err(_) => break LinkFault::Damaged,
                }
                return Ok(());
            }
            bytes.push(byte);
            if !self.coder.is_guessing() {
                sound = bytes.len();
            }
        };
        let lines = bytes[..sound].iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        *read = bytes[..lines].utf8_chunks().next().map_or("", |chunk| chunk.valid()).into();
        Err(fault)
    }
}
