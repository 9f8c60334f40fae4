use kafka_lanes_core::Time;
use kafka_lanes_words::{ChapterText, PictureWords, StoryCatalogue, StoryWords};

use crate::chapters::{self, Setting, Shown};
use crate::facts::Facts;
use crate::fill::fill;
use crate::moment::Moment;
use crate::question::Question;
use crate::touch::Touch;

/// The story in a language.
#[derive(Clone, Copy)]
pub struct Story<'w> {
    words: &'w StoryWords,
}

/// A chapter.
#[derive(Clone, Copy)]
pub struct Chapter<'w> {
    setting: &'static Setting,
    text: ChapterText<'w>,
}

/// A step of a chapter.
#[derive(Clone, Copy)]
pub struct Step<'w> {
    shown: &'static Shown,
    before: Option<Moment>,
    text: &'w str,
}

impl<'w> Story<'w> {
    /// The story in the language of `catalogue`.
    pub fn of(catalogue: &'w impl StoryCatalogue) -> Self {
        Self { words: catalogue.story() }
    }

    /// Its words that belong to no chapter: challenges, the glossary, and the names on pictures.
    pub fn words(&self) -> &'w StoryWords {
        self.words
    }

    /// Its chapters in their order.
    pub fn chapters(&self) -> impl Iterator<Item = Chapter<'w>> + use<'w> {
        chapters::ALL.iter().zip(self.words.chapters()).map(|(setting, text)| Chapter { setting, text })
    }
}

impl<'w> Chapter<'w> {
    /// Its title.
    pub fn title(&self) -> &'w str {
        self.text.title
    }

    /// Its words.
    pub fn text(&self) -> ChapterText<'w> {
        self.text
    }

    /// Its steps in their order.
    pub fn steps(&self) -> impl Iterator<Item = Step<'w>> + use<'w> {
        let shown = self.setting.steps;
        let text = self.text.steps;
        (0..shown.len().min(text.len())).map(move |place| Step {
            shown: &shown[place],
            before: place.checked_sub(1).map(|before| shown[before].moment),
            text: text[place],
        })
    }

    /// The step, from 0, at which its question is asked.
    pub fn asked_at(&self) -> usize {
        self.setting.asked_at
    }

    /// Its question. The words are those of [`Chapter::text`].
    pub fn question(&self) -> Question {
        Question {
            asked: self.setting.steps[self.setting.asked_at].moment,
            shown: self.setting.shown,
            came_true: self.setting.came_true,
        }
    }
}

impl<'w> Step<'w> {
    /// The world that it stands on, in the scenario language.
    pub fn scenario(&self) -> &'static str {
        self.shown.moment.scenario
    }

    /// The moment that it shows.
    pub fn at(&self) -> Time {
        self.shown.moment.at
    }

    /// Its world and its moment.
    pub fn moment(&self) -> Moment {
        self.shown.moment
    }

    /// What somebody can change there, beside going on.
    pub fn touch(&self) -> Option<Touch> {
        self.shown.touch
    }

    /// From where its picture moves: the moment of the step before, if that has the same world.
    pub fn from(&self) -> Time {
        let before = self.before.filter(|before| before.scenario == self.scenario() && before.at <= self.at());
        before.map_or(Time::ZERO, |before| before.at)
    }

    /// Its text as it is in the catalogue, with its numbers left open.
    pub fn open_text(&self) -> &'w str {
        self.text
    }

    /// Its text, with the numbers of its world.
    pub fn text(&self, words: &dyn PictureWords) -> String {
        match self.shown.moment.reached() {
            Some(history) => fill(self.text, &Facts(history.world()), words),
            None => self.text.into(),
        }
    }

    /// Whether its world does what its text says. Needs the feature `claims`. It is judged, by the world at [`Step::from`] and that at [`Step::at`].
    #[cfg(feature = "claims")]
    pub fn holds(&self) -> bool {
        let from = Moment { scenario: self.scenario(), at: self.from() };
        let (Some(from), Some(at)) = (from.reached(), self.shown.moment.reached()) else { return false };
        (self.shown.claim)(&Facts(from.world()), &Facts(at.world()))
    }
}
