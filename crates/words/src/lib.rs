//! Every sentence a person reads, one catalogue a language.
//!
//! Each trait has no default methods: a sentence that a language lacks is a build error.

mod alarms;
mod attributes;
mod book;
mod brokers;
mod interface;
mod picture;
mod placement;
mod renamed;
mod services;
mod story;
mod storyteller;
mod telling;
mod touch;

pub use alarms::AlarmWords;
pub use attributes::{AttributeWords, Takes, is_height};
pub use book::BookWords;
pub use brokers::{BrokerState, BrokerWords, Trouble};
pub use interface::{Fact, InterfaceWords, Mark, Usual};
pub use picture::PictureWords;
pub use placement::PlacementWords;
pub use renamed::{Renamed, is_of_word};
pub use services::{Requests, ServiceWords};
pub use story::{
    ChallengeWords, ChapterText, ChapterWords, ChoiceWords, NameWords, QuestionWords, Role, StoryCatalogue, StoryWords,
    Term, TermWords,
};
pub use storyteller::StorytellerWords;
pub use telling::TellingWords;
pub use touch::TouchWords;

/// A language.
pub trait Catalogue: PictureWords + PlacementWords + InterfaceWords + AttributeWords + TellingWords {}

/// English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct English;

impl Catalogue for English {}
