//! Places of the story and their addresses.

use kafka_lanes_core::Time;
use kafka_lanes_scenario::language;
use kafka_lanes_story::{CLAIMS, Moment, SEED, Step, challenges};
use kafka_lanes_words::StorytellerWords;
use web_sys::HtmlElement;

use crate::begin::Begin;
use crate::opening::Opening;
use crate::speed::Speed;
use crate::words::{story, teller};

/// A place in the story. All is counted from 0, and from 1 in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Step(usize, usize),
    /// The list of challenges, after the last step.
    Challenges,
    Challenge(usize),
}

impl Place {
    pub(crate) const FIRST: Self = Self::Step(0, 0);

    /// The place of an address (`8/2`, `challenges/3`), and whether there is such a place: else it is the nearest.
    pub(crate) fn read(address: &str) -> (Self, bool) {
        let mut parts = address.trim_matches('/').split('/');
        let first = parts.next().unwrap_or_default();
        let second = parts.next();
        let more = parts.next().is_some();
        if first == "challenges" {
            let Some(second) = second else { return (Self::Challenges, true) };
            let (number, is_there) = nearest(second, challenges::ALL.len());
            return (Self::Challenge(number), is_there && !more);
        }
        let (chapter, is_there) = nearest(first, story().chapters().count());
        let (step, has_step) = second.map_or((0, true), |second| nearest(second, steps(chapter)));
        (Self::Step(chapter, step), (is_there || address.is_empty()) && has_step && !more)
    }

    /// Its chapter and its step, from 1; what comes behind all steps is behind any number.
    pub(crate) fn counted(self) -> (usize, usize) {
        match self {
            Self::Step(chapter, step) => (chapter + 1, step + 1),
            Self::Challenges | Self::Challenge(_) => (usize::MAX, usize::MAX),
        }
    }

    pub(crate) fn address(self) -> String {
        match self {
            Self::Step(chapter, step) => format!("{}/{}", chapter + 1, step + 1),
            Self::Challenges => "challenges".into(),
            Self::Challenge(number) => format!("challenges/{}", number + 1),
        }
    }

    pub(crate) fn next(self) -> Option<Self> {
        match self {
            Self::Step(chapter, step) if step + 1 < steps(chapter) => Some(Self::Step(chapter, step + 1)),
            Self::Step(chapter, _) if steps(chapter + 1) > 0 => Some(Self::Step(chapter + 1, 0)),
            Self::Step(..) => Some(Self::Challenges),
            Self::Challenges => None,
            Self::Challenge(number) => (number + 1 < challenges::ALL.len()).then_some(Self::Challenge(number + 1)),
        }
    }

    pub(crate) fn before(self) -> Option<Self> {
        let last_of = |chapter: usize| Self::Step(chapter, steps(chapter).saturating_sub(1));
        match self {
            Self::Step(0, 0) => None,
            Self::Step(chapter, 0) => Some(last_of(chapter - 1)),
            Self::Step(chapter, step) => Some(Self::Step(chapter, step - 1)),
            Self::Challenges => story().chapters().count().checked_sub(1).map(last_of),
            Self::Challenge(_) => Some(Self::Challenges),
        }
    }

    /// The step, if it is one.
    pub(crate) fn step(self) -> Option<Step<'static>> {
        let Self::Step(chapter, step) = self else { return None };
        story().chapters().nth(chapter)?.steps().nth(step)
    }

    /// What it is called: a chapter's title, or what is to be brought about.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Step(chapter, _) => story().chapters().nth(chapter).map_or("", |chapter| chapter.title()),
            Self::Challenges => teller().challenges(),
            Self::Challenge(number) => story().words().challenges[number].ask,
        }
    }

    /// The moment that is shown there; none where it is none of its own.
    pub(crate) fn moment(self) -> Option<Moment> {
        match self {
            Self::Step(..) => self.step().map(|step| Moment { scenario: step.scenario(), at: step.at() }),
            Self::Challenges => None,
            Self::Challenge(number) => challenges::ALL.get(number).map(|challenge| challenge.start),
        }
    }

    /// Where what is claimed there was shown: chapter and step, from 1.
    pub(crate) fn shown_before(self) -> Vec<(usize, usize)> {
        let Self::Step(chapter, step) = self else { return Vec::new() };
        if chapter + 1 < story().chapters().count() {
            return Vec::new();
        }
        // All of them again at the end.
        CLAIMS.get(step).map_or_else(|| CLAIMS.to_vec(), |claim| vec![*claim])
    }

    /// Its text, with the numbers of its world.
    pub(crate) fn text(self) -> String {
        match self.step() {
            Some(step) => step.text(crate::words::words()),
            None => self.title().into(),
        }
    }
}

/// Whether this names a place at all, if perhaps one that is not there.
#[inline(never)]
pub(crate) fn is_address(text: &str) -> bool {
    let first = text.trim_start_matches('/');
    first.starts_with("challenges") || first.starts_with(|c: char| c.is_ascii_digit())
}

/// What opens at an address of the story, and how it begins. Behind the list of challenges stands the last step.
#[inline(never)]
pub(crate) fn opening(address: &str) -> (Opening, Begin) {
    let (place, _) = Place::read(address);
    let shown = place.moment().or_else(|| place.before()?.moment());
    let (scenario, at) = shown.map_or(("", Time::ZERO), |moment| (moment.scenario, moment.at));
    let (opening, begin) = world(scenario, at);
    (opening, Begin { plays: place.step().is_none(), ..begin })
}

/// A world of the story, at rest at a moment.
pub(crate) fn world(scenario: &str, at: Time) -> (Opening, Begin) {
    let spec = Some(language::parse(scenario).spec);
    let begin = Begin { at, seed: SEED, speed: Speed::default(), plays: false };
    (Opening { spec, source: scenario.into(), ..Opening::default() }, begin)
}

/// What stands over the picture of an embed that shows an address: the text, with the numbers of its world. Nothing
/// where the page says it itself.
#[inline(never)]
pub(crate) fn caption(host: &HtmlElement, address: &str) -> String {
    match host.get_attribute("caption").as_deref() {
        Some("none") => String::new(),
        _ => Place::read(address).0.text(),
    }
}

/// How many steps a chapter has.
pub(crate) fn steps(chapter: usize) -> usize {
    story().chapters().nth(chapter).map_or(0, |chapter| chapter.steps().count())
}

/// A number from 1 as a place from 0 of so many, or the nearest.
fn nearest(text: &str, of: usize) -> (usize, bool) {
    // More digits than a number can have are a large number all the same.
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().unwrap_or(if is_number { usize::MAX } else { 0 });
    let place = number.saturating_sub(1).min(of.saturating_sub(1));
    (place, number == place + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_its_place_or_to_the_nearest() {
        let read = |address| Place::read(address);
        assert_eq!(read("8/2"), (Place::Step(7, 1), true));
        assert_eq!(read("8"), (Place::Step(7, 0), true));
        assert_eq!(read(""), (Place::FIRST, true));
        assert_eq!(read("challenges"), (Place::Challenges, true));
        assert_eq!(read("challenges/10"), (Place::Challenge(9), true));
        assert_eq!(read("99/1"), (Place::Step(12, 0), false));
        assert_eq!(read("8/99"), (Place::Step(7, 3), false));
        assert_eq!(read("0/0"), (Place::FIRST, false));
        assert_eq!(read("1/99999999999999999999999"), (Place::Step(0, 4), false));
        assert_eq!(read("8/2/3"), (Place::Step(7, 1), false));
        for wrong in ["x", "-1/2", "1/x", "challenges/11", "challenges/x", "é/1"] {
            assert!(!read(wrong).1, "{wrong}");
        }
    }

    #[test]
    fn there_and_back_goes_through_every_place() {
        let mut there = vec![Place::FIRST];
        while let Some(next) = there.last().and_then(|place| place.next()) {
            there.push(next);
        }
        let steps: usize = (0..story().chapters().count()).map(steps).sum();
        assert_eq!(there.len(), steps + 1, "all steps, and the challenges");
        for pair in there.windows(2) {
            assert_eq!(pair[1].before(), Some(pair[0]));
            assert_eq!(Place::read(&pair[1].address()), (pair[1], true));
        }
        assert_eq!(Place::FIRST.before(), None);
    }
}
