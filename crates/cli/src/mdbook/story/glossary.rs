//! What the words of the story mean, as a page.

use kafka_lanes_story::introduced;
use kafka_lanes_words::{BookWords, English, StoryWords, StorytellerWords, Term};

use super::prose::{anchor, escaped, linked};

/// Each word, plainly, exactly, and as Kafka has it, with the step that brings it.
pub(super) fn page(words: &StoryWords) -> String {
    let mut page = format!("# {}\n\n{}\n", English.glossary(), English.glossary_intro());
    for (term, word) in Term::ALL.into_iter().zip(&words.glossary) {
        let (chapter, step) = introduced(term);
        page.push_str(&format!(
            "\n## {} {{#{}}}\n\n{}\n\n**{}:** {}\n\n**{}:** {}\n\n[{}](chapter-{chapter}.md#step-{step})\n",
            escaped(word.name),
            anchor(term, words),
            linked(word.plain, words, introduced(term), ""),
            English.exactly(),
            escaped(word.exact),
            English.in_kafka(),
            escaped(word.kafka),
            English.brought_by(chapter, step),
        ));
    }
    page
}
