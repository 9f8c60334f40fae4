use std::fmt;

use super::{FORMAT, MAX_LINK_CHARS, MAX_UNPACKED_BYTES};

/// Why a link can't be written or opened. Its `Display` says it in English, with how to mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkFault {
    /// There is no `#play/` in it.
    NoLink,
    /// Longer than [`MAX_LINK_CHARS`].
    TooLong {
        /// Its length.
        chars: usize,
    },
    /// It has a character that no link has.
    Character {
        /// The first one.
        character: char,
    },
    /// The checksum is wrong, or what it holds makes no sense: it was cut or changed on its way.
    Damaged,
    /// A later version of the format.
    Newer {
        /// The version.
        format: u8,
    },
    /// It unpacks to more than [`MAX_UNPACKED_BYTES`].
    Bomb,
    /// What a link is to hold has more than [`MAX_UNPACKED_BYTES`] bytes of text.
    TooBigUnpacked,
    /// The link would be longer than [`MAX_LINK_CHARS`].
    TooBig {
        /// How long.
        chars: usize,
    },
}

impl fmt::Display for LinkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoLink => {
                f.write_str("There is no #play/ in this, so it is no link to a moment. Copy the whole link.")
            }
            Self::TooLong { chars } => write!(
                f,
                "This link has {chars} characters; at most {MAX_LINK_CHARS} are read (MAX_LINK_CHARS). Ask for the scenario as a file."
            ),
            Self::Character { character } => write!(
                f,
                "This link has a {character:?} in it, which no link has. Copy it again, from #play/ to its end and no further."
            ),
            Self::Damaged => f.write_str(
                "This link was cut short or changed on its way: its checksum is wrong. Copy it again, the whole of it.",
            ),
            Self::Newer { format } => write!(
                f,
                "This link was made by a later version of Kafka Lanes (format {format}; this one reads up to {FORMAT}). Open it where it was made, or get the newest version."
            ),
            Self::Bomb => write!(
                f,
                "This link unpacks to more than {MAX_UNPACKED_BYTES} bytes (MAX_UNPACKED_BYTES), which no honest one does. It is not opened."
            ),
            Self::TooBigUnpacked => write!(
                f,
                "This world and its history are too much for a link, which carries at most {MAX_UNPACKED_BYTES} bytes of text (MAX_UNPACKED_BYTES). Keep the scenario as a file."
            ),
            Self::TooBig { chars } => write!(
                f,
                "The link would have {chars} characters; at most {MAX_LINK_CHARS} are carried (MAX_LINK_CHARS). Keep the scenario as a file."
            ),
        }
    }
}

impl std::error::Error for LinkFault {}
