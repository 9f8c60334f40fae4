//! What a link holds, packed.

use super::MAX_UNPACKED_BYTES;
use super::coder::{Coder, Decoder, Encoder};
use super::fault::LinkFault;
use super::model::{Kind, Model};
use super::moment::Moment;

pub(super) fn pack(moment: &Moment) -> Result<Vec<u8>, LinkFault> {
    let mut encoder = Encoder::default();
    match code(&mut encoder, moment) {
        // As much fits as is read, and not more.
        Err(LinkFault::Bomb) => Err(LinkFault::TooBigUnpacked),
        Err(other) => Err(other),
        Ok(_) => Ok(encoder.finish()),
    }
}

pub(super) fn unpack(packed: &[u8]) -> Result<Moment, LinkFault> {
    code(&mut Decoder::of(packed), &Moment::default())
}

/// The order of things, for both ways. A coder that reads does not look at `given`.
fn code(coder: &mut dyn Coder, given: &Moment) -> Result<Moment, LinkFault> {
    let mut packer = Packer { model: Model::primed(), coder, left: MAX_UNPACKED_BYTES };
    let mut moment = Moment {
        seed: packer.model.number(packer.coder, Kind::Seed, given.seed),
        time: packer.micros(given.time),
        ahead: packer.micros(given.ahead),
        view: packer.text(&given.view, 0)?,
        scenario: packer.text(&given.scenario, 0)?,
        acts: Vec::new(),
    };
    let mut acts = given.acts.iter();
    loop {
        let (wait, act) = acts.next().map_or((0, ""), |(wait, act)| (*wait, &**act));
        let act = packer.text(act, b'\n')?;
        // An empty one is the end.
        if act.is_empty() {
            return Ok(moment);
        }
        moment.acts.push((packer.micros(wait), act));
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
    fn micros(&mut self, micros: u64) -> u64 {
        let millis = self.model.number(self.coder, Kind::Millis, micros / 1_000);
        let rest = self.model.number(self.coder, Kind::Micros, micros % 1_000);
        millis.saturating_mul(1_000).saturating_add(rest)
    }

    /// A text that does not hold `end`.
    fn text(&mut self, text: &str, end: u8) -> Result<String, LinkFault> {
        let mut given = text.bytes();
        let mut bytes = Vec::new();
        loop {
            self.left = self.left.checked_sub(1).ok_or(LinkFault::Bomb)?;
            let byte = self.model.code(self.coder, given.next().unwrap_or(end));
            // What goes on behind the end of the packed bytes was never written.
            if self.coder.is_spent() {
                return Err(LinkFault::Damaged);
            }
            if byte == end {
                return String::from_utf8(bytes).map_err(|_| LinkFault::Damaged);
            }
            bytes.push(byte);
        }
    }
}
