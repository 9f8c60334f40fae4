//! A chapter as a page.

use kafka_lanes_story::{Chapter, Facts, Grade, Step, fill};
use kafka_lanes_words::{BookWords, English, StoryWords, StorytellerWords};

use super::prose::{GLOSSARY, escaped, linked};
use super::{Place, step};

/// The page of a chapter, by its number from 1.
pub(super) fn page(number: usize, chapter: &Chapter, words: &StoryWords, place: &Place) -> String {
    let mut page = format!("# {}\n", escaped(chapter.title()));
    for (index, one) in chapter.steps().enumerate() {
        page.push_str(&told((number, index + 1), &one, words, place));
        if index == chapter.asked_at() {
            page.push_str(&asked((number, index + 1), chapter, words));
        }
    }
    page
}

fn told(at: (usize, usize), step: &Step, words: &StoryWords, place: &Place) -> String {
    let (chapter, number) = at;
    format!(
        "\n## {} {{#step-{number}}}\n\n{}\n\n<!-- kafka-lanes -->{}\n\n[{}]({})\n",
        English.step_heading(number),
        linked(&step.text(&English), words, at, GLOSSARY),
        step::picture(step, at),
        English.step_in_playground(),
        place.playground(&format!("#story/{chapter}/{number}")),
    )
}

/// The question, and behind each of its answers what the engine says of it.
fn asked(at: (usize, usize), chapter: &Chapter, words: &StoryWords) -> String {
    let (text, question) = (chapter.text().question, chapter.question());
    // That the worlds of the story run, its tests make sure.
    let (Some(before), Some(after)) = (question.asked.reached(), question.shown.reached()) else {
        return String::new();
    };
    let ask = fill(text.ask, &Facts(after.world()), &English);
    let mut asked = format!(
        "\n## {}\n\n{}\n\n{}\n",
        English.what_next(),
        linked(&ask, words, at, GLOSSARY),
        English.question_hint()
    );
    // What mends an idea may say what the next step brings.
    let next = (at.0, at.1 + 1);
    for (index, choice) in text.choices.iter().enumerate() {
        let grade = match question.grade_by(before.world(), after.world(), index) {
            Grade::Right => English.right(),
            Grade::Wrong => English.wrong(),
        };
        asked.push_str(&format!(
            "\n1. {}\n\n   <details>\n   <summary>{}</summary>\n\n   **{grade}** {}\n\n   </details>\n",
            linked(choice.says, words, at, GLOSSARY),
            English.grade(),
            linked(choice.mends, words, next, GLOSSARY)
        ));
    }
    asked
}
