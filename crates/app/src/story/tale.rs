//! What is being told: the place, the question, the names, and what lies open beside it.

use kafka_lanes_story::{Grade, Touch, is_on_site};
use kafka_lanes_words::{Renamed, StorytellerWords, Term};

use crate::player::Player;
use crate::source::Source;
use crate::story::place::Place;
use crate::story::progress::Progress;
use crate::words::{names, teller};

/// The chapter, from 0, from which on the picture can be read in other names.
const SITE: usize = 2;

/// What is being told.
#[derive(Default)]
pub(crate) struct Tale {
    /// Where the story is; none while it is not told.
    pub(crate) place: Option<Place>,
    /// Its step's text.
    pub(crate) text: String,
    /// The question of the place, while it is asked.
    pub(crate) asked: Option<Asked>,
    /// It in words.
    pub(crate) ask: String,
    /// An address that led nowhere.
    pub(crate) missing: Option<String>,
    /// What lies open beside the text.
    pub(crate) open: Open,
    /// The key that somebody typed in the place of the step's.
    pub(crate) typed: Option<String>,
    /// Whether a challenge's hint is shown.
    pub(crate) hint: bool,
    /// Where somebody left it, to go on by themselves.
    pub(crate) left: Option<Place>,
    /// What ran before it was told.
    pub(crate) home: Option<(Player, Source)>,
    /// Somebody comes from the playground, and what runs there is yet to be kept.
    pub(crate) comes: bool,
    /// The challenge is met.
    pub(crate) done: bool,
    pub(crate) progress: Progress,
    /// Which names a person chose.
    chosen: Option<bool>,
}

/// A question that is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Asked {
    /// The choice, from 0.
    pub(crate) choice: Option<usize>,
    /// Somebody wanted to go on without choosing.
    pub(crate) unchosen: bool,
    /// What the engine said. It is told when it shows.
    pub(crate) grade: Option<Grade>,
    /// It shows.
    pub(crate) shown: bool,
}

/// What lies open beside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Open {
    #[default]
    Nothing,
    /// The list of chapters, where it is not always there.
    Chapters,
    /// A word of the glossary, and the piece of the text that it was opened from.
    Term(Term, usize),
    Glossary,
}

impl Tale {
    /// What was seen on an earlier visit is remembered. Where the element says so, it is told from the start.
    pub(crate) fn new(address: Option<&str>) -> Self {
        let mut tale = Self { progress: Progress::recall(), ..Self::default() };
        if let Some(address) = address {
            let (place, is_there) = Place::read(address);
            tale.go(place);
            tale.comes = false;
            tale.missing = (!is_there).then(|| teller().no_such_step(address));
        }
        tale
    }

    /// Whether the story is told: its steps, and the list of challenges. A challenge is the playground.
    pub(crate) fn is_told(&self) -> bool {
        matches!(self.place, Some(Place::Step(..) | Place::Challenges))
    }

    /// The challenge that somebody is at.
    pub(crate) fn challenge(&self) -> Option<usize> {
        match self.place {
            Some(Place::Challenge(number)) => Some(number),
            _ => None,
        }
    }

    /// Another place is told.
    pub(crate) fn go(&mut self, place: Place) {
        // Where the story itself changes the names, it has the word.
        if self.place.is_none_or(|before| usual(before) != usual(place)) {
            self.chosen = None;
        }
        if self.place != Some(place) {
            self.typed = None;
        }
        self.comes = self.place.is_none() && self.left.is_none();
        self.place = Some(place);
        self.done = false;
        self.text = place.text();
        (self.asked, self.missing, self.open, self.hint, self.left) = (None, None, Open::Nothing, false, None);
        self.progress.reach(place);
    }

    /// The question is asked.
    pub(crate) fn ask(&mut self, ask: String) {
        self.ask = ask;
        self.asked = Some(Asked::default());
        self.open = Open::Nothing;
    }

    /// The story is not told any more.
    pub(crate) fn stop(&mut self) {
        self.left = self.place.take();
        (self.asked, self.missing, self.open, self.hint) = (None, None, Open::Nothing, false);
    }

    /// What can be changed at the place: not while something is asked about it.
    pub(crate) fn touch(&self) -> Option<Touch> {
        self.place.filter(|_| self.asked.is_none())?.step()?.touch()
    }

    /// Whether the names can be switched here.
    pub(crate) fn can_switch(&self) -> bool {
        matches!(self.place, Some(Place::Step(chapter, _)) if chapter >= SITE)
    }

    /// Whether the picture has the story's names.
    pub(crate) fn is_on_site(&self) -> bool {
        self.is_told() && self.chosen.unwrap_or(self.place.is_some_and(usual))
    }

    /// What things on the picture are called, where it is not all Kafka's names.
    pub(crate) fn names(&self) -> Option<Renamed> {
        // Who asks for Kafka's names gets all of them.
        let asked = self.chosen == Some(false);
        self.place.filter(|_| self.is_told() && !asked).and_then(|place| names(place, self.is_on_site()))
    }

    pub(crate) fn switch(&mut self, to_site: bool) {
        self.chosen = Some(to_site);
    }
}

/// What things on the picture of an address are called, where nobody chooses.
#[inline(never)]
pub(crate) fn names_at(address: &str) -> Option<Renamed> {
    let (place, _) = Place::read(address);
    names(place, usual(place))
}

/// Whether the picture has the story's names where nobody chose.
fn usual(place: Place) -> bool {
    matches!(place, Place::Step(chapter, step) if is_on_site(chapter + 1, step + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_the_storys_until_it_brings_the_real_ones() {
        let mut tale = Tale::default();
        let mut at = |chapter: usize, step: usize| {
            tale.place = Some(Place::Step(chapter - 1, step - 1));
            (tale.can_switch(), tale.is_on_site())
        };
        assert_eq!(at(2, 5), (false, false));
        assert_eq!(at(3, 1), (true, true));
        assert_eq!(at(3, 4), (true, true));
        assert_eq!(at(3, 5), (true, false));
        assert_eq!(at(8, 1), (true, false));
        tale.switch(true);
        assert!(tale.is_on_site());
        tale.stop();
        assert!(!tale.is_on_site(), "the playground has Kafka's names");
    }
}
