//! A link: one moment of one world in the fragment of a URL, `#play/…`.
//!
//! What stands behind `#play/` is base64url. Its bytes are: the version of the format ([`FORMAT`]), the mark of the
//! engine (2), a CRC-32 of all that follows (4), and what an arithmetic coder made of these, in this order, with a
//! predictor of such texts (`link/model.rs`):
//!
//! 1. the seed, the moment, and how much further the recorded history goes (numbers);
//! 2. the view, two lines a setting: its name, its value (a text, ended by a NUL);
//! 3. the scenario, as [`language::print`](crate::language::print) writes it (a text, ended by a NUL);
//! 4. what people did: for each act a line in the words of the scenario language, and the time since the one before (a
//!    number); then an empty line.
//!
//! A time is a number of milliseconds and one of microseconds, so that whole milliseconds are short.
//! As scenario and acts are text, a newer engine whose language has grown reads the links of an older one.

mod alphabet;
mod coder;
mod fault;
mod model;
mod moment;
mod packed;
#[cfg(test)]
mod tests;
mod view;

use kafka_lanes_core::partitioner::crc32;
use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{Action, History, Refusal, Time, golden};

use crate::diagnostic::Diagnostic;
use moment::Moment;

pub use fault::LinkFault;
pub use view::{MAX_VIEW_BYTES, MAX_VIEW_SETTINGS, View};

/// What a link begins with.
pub const PREFIX: &str = "#play/";
/// The version of the format that is written, and the newest that is read.
pub const FORMAT: u8 = 1;
/// A link whose first byte is more than this was changed on its way: formats are numbered one by one.
pub const LAST_FORMAT: u8 = 31;
/// Characters of a link behind [`PREFIX`], at the most: browsers and what carries links take so many.
pub const MAX_LINK_CHARS: usize = 65_536;
/// Bytes that a link unpacks to at the most.
pub const MAX_UNPACKED_BYTES: usize = 262_144;
/// Bytes before the packed text: format, engine, checksum.
const HEAD_BYTES: usize = 7;

/// A moment of a world, with all that leads to it and the way in which it is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Link {
    /// The scenario.
    pub spec: WorldSpec,
    /// What all random choices follow from.
    pub seed: u64,
    /// What people did, by time: [`History::actions`].
    pub actions: Vec<(Time, Action)>,
    /// The present moment.
    pub time: Time,
    /// How far the recorded history goes; not before `time`.
    pub end: Time,
    /// The way in which it is looked at.
    pub view: View,
}

/// A link that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// What it holds.
    pub link: Link,
    /// What is to be said about it, such as that another engine made it. Lines are those of the text that it holds.
    pub diagnostics: Vec<Diagnostic>,
}

/// A link that can't be opened as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Why not.
    pub fault: LinkFault,
    /// What could be read of it, if that is a world: whole lines from its beginning, as far as they make sense. The first
    /// of its diagnostics says the fault. Where characters were changed on the way, it may not be what was written.
    pub part: Option<Box<Opened>>,
}

impl Link {
    /// The present moment of `history`.
    pub fn of(history: &History, view: View) -> Self {
        Self {
            spec: history.spec().clone(),
            seed: history.seed(),
            actions: history.actions().to_vec(),
            time: history.world().now(),
            end: history.end(),
            view,
        }
    }

    /// The link as text: [`PREFIX`] and what it holds.
    ///
    /// # Errors
    ///
    /// What it holds is more than a link can carry.
    #[inline(never)]
    pub fn write(&self) -> Result<String, LinkFault> {
        self.write_as(engine())
    }

    fn write_as(&self, engine: u16) -> Result<String, LinkFault> {
        let packed = packed::pack(&Moment::of(self))?;
        let mut bytes = Vec::with_capacity(HEAD_BYTES + packed.len());
        bytes.push(FORMAT);
        bytes.extend(engine.to_be_bytes());
        bytes.extend(crc32(&packed).to_be_bytes());
        bytes.extend(packed);
        let text = alphabet::write(&bytes);
        if text.len() > MAX_LINK_CHARS {
            return Err(LinkFault::TooBig { chars: text.len() });
        }
        Ok([PREFIX, &text].concat())
    }

    /// Reads a link, be it a whole URL or from `#play/` on.
    ///
    /// # Errors
    ///
    /// Why it can't be opened as it is, and what could be read of it. A link of a later format is read as far as it is
    /// like ours; one that unpacks to too much is not opened at all.
    #[inline(never)]
    pub fn read(text: &str) -> Result<Opened, Broken> {
        let Some((_, text)) = text.split_once(PREFIX) else {
            return Err(Broken { fault: LinkFault::NoLink, part: None });
        };
        // What a person copied may have blanks around it.
        let text = text.trim();
        // Where there is no boundary of characters, one that no link has stands before it.
        let (bytes, strange) = alphabet::read(text.get(..MAX_LINK_CHARS).unwrap_or(text));
        let (moment, result, is_ours) = read_bytes(&bytes);
        let around = match strange {
            _ if text.len() > MAX_LINK_CHARS => Some(LinkFault::TooLong { chars: text.len() }),
            Some(character) => Some(LinkFault::Character { character }),
            None => None,
        };
        match around.or(result.err()) {
            None => Ok(moment.open(is_ours)),
            Some(fault) => Err(Broken { fault, part: moment.salvage(fault).map(Box::new) }),
        }
    }

    /// The history that the link holds, at its beginning: bring it to [`Link::time`] with
    /// [`History::advance`], which can be done in portions.
    ///
    /// # Errors
    ///
    /// The engine refuses the scenario. It does not where the link came from [`Link::read`].
    #[inline(never)]
    pub fn history(&self) -> Result<History, Refusal> {
        History::recorded(self.spec.clone(), self.seed, self.actions.clone(), self.end)
    }
}

/// What is in a link's bytes, whether that is all of it, and whether this engine made it.
fn read_bytes(bytes: &[u8]) -> (Moment, Result<(), LinkFault>, bool) {
    let nothing = |fault| (Moment::default(), Err(fault), true);
    let newer = bytes.first().copied().filter(|format| (FORMAT + 1..=LAST_FORMAT).contains(format));
    let newer = newer.map(|format| LinkFault::Newer { format });
    let Some((&[format, e0, e1, c0, c1, c2, c3], packed)) = bytes.split_first_chunk::<HEAD_BYTES>() else {
        return nothing(newer.unwrap_or(LinkFault::Damaged));
    };
    let is_whole = crc32(packed) == u32::from_be_bytes([c0, c1, c2, c3]);
    if let (Some(fault), false) = (newer, is_whole) {
        return nothing(fault);
    }
    let is_ours = u16::from_be_bytes([e0, e1]) == engine();
    let (moment, result) = packed::unpack(packed);
    if is_whole && result == Err(LinkFault::Bomb) {
        return nothing(LinkFault::Bomb);
    }
    let result = if format == FORMAT && is_whole { result } else { Err(newer.unwrap_or(LinkFault::Damaged)) };
    (moment, result, is_ours)
}

/// Whether `text` is a link, or a URL with one: a word by itself, for in a scenario it may stand in a comment.
pub fn is_link(text: &str) -> bool {
    // By bytes: what finds a text in a text would be 2 KB of the wasm, before its first frame.
    let has_prefix = text.as_bytes().windows(PREFIX.len()).any(|bytes| bytes == PREFIX.as_bytes());
    has_prefix && text.split_whitespace().nth(1).is_none()
}

/// The mark of this engine: it changes when outcomes do, as the digest of the golden world does then.
fn engine() -> u16 {
    let digest = golden::DIGEST;
    (digest ^ digest >> 16 ^ digest >> 32 ^ digest >> 48) as u16
}
