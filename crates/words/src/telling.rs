use crate::English;

/// What happened, what is refused, and the picture in words.
pub trait TellingWords {}

impl TellingWords for English {}
