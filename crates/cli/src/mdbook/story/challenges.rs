//! The challenges as a page.

use kafka_lanes_scene::svg::escape;
use kafka_lanes_words::{BookWords, ChallengeWords, English, StoryWords, StorytellerWords};

use super::Place;
use super::prose::{GLOSSARY, linked};

/// Behind every step of the story.
const END: (usize, usize) = (usize::MAX, usize::MAX);

/// What to bring about, each with its hint and a link to where it is judged.
pub(super) fn page(words: &StoryWords, place: &Place) -> String {
    let mut page = format!("# {}\n\n{}\n", English.challenges(), English.any_way());
    for (number, one) in (1..).zip(&words.challenges) {
        page.push_str(&text(number, one, words, place));
    }
    page
}

fn text(number: usize, challenge: &ChallengeWords, words: &StoryWords, place: &Place) -> String {
    let folded = |title: &str, text: &str| {
        format!(
            "\n<details>\n<summary>{}</summary>\n\n{}\n\n</details>\n",
            escape(title),
            linked(text, words, END, GLOSSARY)
        )
    };
    format!(
        "\n## {}\n\n{}\n{}{}\n[{}]({})\n",
        English.challenge(number, words.challenges.len()),
        linked(challenge.ask, words, END, GLOSSARY),
        folded(English.hint(), challenge.hint),
        folded(English.when_done(), challenge.done),
        English.challenge_in_playground(),
        place.playground(&format!("#story/challenges/{number}")),
    )
}
