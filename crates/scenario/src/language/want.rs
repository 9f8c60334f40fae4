//! What a reader looks for in a line. Completion and colouring watch the reader itself, so that they know the
//! language exactly as well as it does.

use crate::cause::{Quantity, Thing};

/// What a reader takes, if it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// One of the language's own words.
    Words(&'static [&'static str]),
    /// This word, which leads on.
    Word(&'static str),
    /// One of these values.
    Values(&'static [&'static str]),
    /// One of these options, with its sign.
    Options(&'static [&'static str]),
    /// The name of something that is there.
    Name(Thing),
    /// A group, or one consumer of it behind a slash.
    Member,
    /// A name that is new.
    NewName,
    /// A number, with the units of its quantity.
    Number(Quantity),
    /// The number of a broker.
    Broker,
    /// `TOPIC-NUMBER`.
    Partition,
    /// A key.
    Key,
    /// Any text.
    Text,
    /// What was looked for last must be there, and is not: what comes next is a guess.
    Missing,
}
