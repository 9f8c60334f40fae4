use crate::English;

/// What stands on the pages of a book round the story's own words, beside [`StorytellerWords`](crate::StorytellerWords).
/// It stands beside [`Catalogue`](crate::Catalogue), for no picture needs it.
pub trait BookWords {
    /// Heading of a step, by its number from 1.
    fn step_heading(&self, step: usize) -> String;
    /// Opens what a picture shows, in words.
    fn picture_in_words(&self) -> &'static str;
    /// Link to the same step in the playground.
    fn step_in_playground(&self) -> &'static str;
    /// How the answers are to be used.
    fn question_hint(&self) -> &'static str;
    /// Opens what the engine says of an answer.
    fn grade(&self) -> &'static str;
    /// Link to where a challenge is tried and judged.
    fn challenge_in_playground(&self) -> &'static str;
    /// Opens what is said when a challenge is done.
    fn when_done(&self) -> &'static str;
    /// What the page of words says of each.
    fn glossary_intro(&self) -> &'static str;
    /// Link to the step that brings a word.
    fn brought_by(&self, chapter: usize, step: usize) -> String;
}

impl BookWords for English {
    fn step_heading(&self, step: usize) -> String {
        format!("Step {step}")
    }
    fn picture_in_words(&self) -> &'static str {
        "The same in words"
    }
    fn step_in_playground(&self) -> &'static str {
        "This step in the playground"
    }
    fn question_hint(&self) -> &'static str {
        "Choose an answer before you read on."
    }
    fn grade(&self) -> &'static str {
        "What the engine says"
    }
    fn challenge_in_playground(&self) -> &'static str {
        "Try it in the playground"
    }
    fn when_done(&self) -> &'static str {
        "When it is done"
    }
    fn glossary_intro(&self) -> &'static str {
        "Each word plainly, then exactly, then as Kafka has it. They stand in the order in which the story brings them."
    }
    fn brought_by(&self, chapter: usize, step: usize) -> String {
        format!("Step {chapter}.{step} brings it")
    }
}
