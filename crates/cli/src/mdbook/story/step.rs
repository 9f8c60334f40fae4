//! A step: its picture with what stands there without script, and its text over it.

use kafka_lanes_story::{Step, Story, is_on_site, names};
use kafka_lanes_words::{English, PictureWords};

use crate::args::Theme;
use crate::mdbook::element::{Words, element, on_one_line, still};

/// The step of this name, and its place: `8/2` is the second of the eighth chapter.
///
/// # Errors
///
/// Why there is none, and what to write.
pub(crate) fn named(name: &str) -> Result<(Step<'static>, (usize, usize)), String> {
    let wrong = |why: String| format!("“{name}” is no step of the story. {why}");
    let numbers = name.split_once('/').and_then(|(chapter, step)| Some((chapter.parse().ok()?, step.parse().ok()?)));
    let (number, step): (usize, usize) = numbers.ok_or_else(|| wrong("Write chapter/step, such as 8/2.".into()))?;
    let story = Story::of(&English);
    let chapter = number.checked_sub(1).and_then(|before| story.chapters().nth(before));
    let chapter = chapter.ok_or_else(|| wrong(format!("It has {} chapters.", story.chapters().count())))?;
    let found = step.checked_sub(1).and_then(|before| chapter.steps().nth(before));
    found
        .map(|found| (found, (number, step)))
        .ok_or_else(|| wrong(format!("Chapter {number} has {} steps.", chapter.steps().count())))
}

/// With its text if it has a caption, for a page that says nothing else of it. The element tells it too when it runs.
pub(crate) fn embedded(
    step: &Step,
    place: (usize, usize),
    attributes: &str,
    theme: Theme,
    has_caption: bool,
) -> String {
    let text = if has_caption { format!("<p>{}</p>", on_one_line(&step.text(&English))) } else { String::new() };
    element(attributes, &(text + &inside(step, place, theme)), step.scenario())
}

/// Its picture, standing still at its moment, with the names that it knows: the page says its text itself. The play
/// button goes on from there.
pub(super) fn picture(step: &Step, place: (usize, usize)) -> String {
    let attributes = format!(" step=\"{}/{}\" caption=\"none\"", place.0, place.1);
    element(&attributes, &inside(step, place, Theme::Auto), step.scenario())
}

fn inside(step: &Step, (chapter, number): (usize, usize), theme: Theme) -> String {
    let others = names(&English, (chapter, number), is_on_site(chapter, number));
    let names: &dyn PictureWords = others.as_ref().map_or(&English, |others| others);
    // That a world of the story does not run, its tests rule out.
    step.moment().reached().map_or_else(String::new, |history| still(&history, theme, names, Words::Folded))
}
