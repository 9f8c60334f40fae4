//! How far somebody has come, remembered where storage is allowed.

use kafka_lanes_story::challenges;

use crate::storage;
use crate::story::place::{Place, steps};

const KEY: &str = "kafka-lanes-story";

/// How far somebody has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Progress {
    /// Where they were last; none for who has not begun.
    pub(crate) here: Option<Place>,
    /// The chapters, from 0, of which they saw the last step.
    chapters: Vec<usize>,
    /// The challenges, from 0, that they brought about.
    challenges: Vec<usize>,
}

impl Progress {
    /// What was kept on an earlier visit.
    pub(crate) fn recall() -> Self {
        storage::recall(KEY).map(|text| Self::read(&text)).unwrap_or_default()
    }

    /// Somebody is at a place.
    pub(crate) fn reach(&mut self, place: Place) {
        self.here = Some(place);
        if let Place::Step(chapter, step) = place
            && step + 1 == steps(chapter)
        {
            add(&mut self.chapters, chapter);
        }
        storage::keep(KEY, &self.text());
    }

    /// Somebody brought a challenge about. Says whether it is the first time.
    pub(crate) fn win(&mut self, challenge: usize) {
        add(&mut self.challenges, challenge);
        storage::keep(KEY, &self.text());
    }

    pub(crate) fn has_seen(&self, chapter: usize) -> bool {
        self.chapters.contains(&chapter)
    }

    pub(crate) fn has_won(&self, challenge: usize) -> bool {
        self.challenges.contains(&challenge)
    }

    /// `8/2;1,2,3;4`: the place, the chapters, the challenges.
    fn text(&self) -> String {
        let list = |numbers: &[usize]| {
            let texts: Vec<String> = numbers.iter().map(|number| (number + 1).to_string()).collect();
            texts.join(",")
        };
        let here = self.here.map(Place::address).unwrap_or_default();
        [here, list(&self.chapters), list(&self.challenges)].join(";")
    }

    /// What makes no sense is passed over: it may be of an older version, or of somebody else.
    fn read(text: &str) -> Self {
        let mut parts = text.split(';');
        let here = parts.next().filter(|here| !here.is_empty()).map(Place::read);
        let mut list = |most: usize| {
            let mut numbers = Vec::new();
            for number in parts.next().unwrap_or_default().split(',').filter_map(|number| number.parse::<usize>().ok())
            {
                if let Some(number) = number.checked_sub(1).filter(|number| *number < most) {
                    add(&mut numbers, number);
                }
            }
            numbers
        };
        let chapters = list(crate::words::story().chapters().count());
        let challenges = list(challenges::ALL.len());
        Self { here: here.filter(|(_, is_there)| *is_there).map(|(place, _)| place), chapters, challenges }
    }
}

fn add(numbers: &mut Vec<usize>, number: usize) {
    if !numbers.contains(&number) {
        numbers.push(number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let progress = Progress { here: Some(Place::Step(7, 1)), chapters: vec![0, 2], challenges: vec![9] };
        assert_eq!(progress.text(), "8/2;1,3;10");
        assert_eq!(Progress::read(&progress.text()), progress);
        assert_eq!(Progress::read(&Progress::default().text()), Progress::default());
        assert_eq!(Progress::read("99/1;0,1,1,x,99;;;"), Progress { chapters: vec![0], ..Progress::default() });
    }
}
