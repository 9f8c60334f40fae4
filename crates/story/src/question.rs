use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::facts::Facts;
use crate::fill::fill;
use crate::moment::Moment;

/// What is asked before the engine shows it.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// From where the engine runs on: the moment at which it is asked.
    pub asked: Moment,
    /// Where the answer can be seen.
    pub shown: Moment,
    /// Whether a choice came true, by the world before and the world after.
    pub(crate) came_true: [fn(&Facts, &Facts) -> bool; 3],
}

/// How an answer was judged, by running the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// It is what happened.
    Right,
    /// Something else happened.
    Wrong,
}

impl Question {
    /// The question in words, with the numbers of the world in which its answer shows.
    pub fn ask(&self, text: &str, words: &dyn PictureWords) -> String {
        match self.shown.reached() {
            Some(history) => fill(text, &Facts(history.world()), words),
            None => text.into(),
        }
    }

    /// Runs the engine to where the answer shows, and looks whether this choice (0 to 2) came true.
    pub fn grade(&self, choice: usize) -> Grade {
        let worlds = (self.asked.reached(), self.shown.reached());
        let (Some(before), Some(after)) = worlds else { return Grade::Wrong };
        self.grade_by(before.world(), after.world(), choice)
    }

    /// The same for worlds that are there already.
    pub fn grade_by(&self, before: &World, after: &World, choice: usize) -> Grade {
        let holds = self.came_true.get(choice).is_some_and(|judge| judge(&Facts(before), &Facts(after)));
        if holds { Grade::Right } else { Grade::Wrong }
    }
}
