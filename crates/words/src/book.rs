use crate::English;

/// What stands on the pages of a book round the story's own words. It stands beside [`Catalogue`](crate::Catalogue), for
/// no picture needs it.
pub trait BookWords {
    /// Heading of a step, by its number from 1.
    fn step_heading(&self, step: usize) -> String;
    /// Opens what a picture shows, in words.
    fn picture_in_words(&self) -> &'static str;
    /// Link to the same step in the playground.
    fn step_in_playground(&self) -> &'static str;
    /// Heading of what is asked before it is shown.
    fn question_heading(&self) -> &'static str;
    /// How the answers are to be used.
    fn question_hint(&self) -> &'static str;
    /// Opens what the engine says of an answer.
    fn grade(&self) -> &'static str;
    /// An answer, when the engine ran on and it came true.
    fn came_true(&self) -> &'static str;
    /// An answer, when the engine ran on and it did not come true.
    fn came_otherwise(&self) -> &'static str;
    /// Title of the page of challenges.
    fn challenges_title(&self) -> &'static str;
    /// What they are, and who judges them.
    fn challenges_intro(&self) -> &'static str;
    /// Heading of a challenge, by its number from 1.
    fn challenge_heading(&self, challenge: usize) -> String;
    /// Link to where a challenge is tried and judged.
    fn challenge_in_playground(&self) -> &'static str;
    /// Opens the hint of a challenge.
    fn hint(&self) -> &'static str;
    /// Opens what is said when a challenge is done.
    fn when_done(&self) -> &'static str;
    /// Title of the page that says what words mean.
    fn glossary_title(&self) -> &'static str;
    /// What it says of each word.
    fn glossary_intro(&self) -> &'static str;
    /// Leads what a word means exactly.
    fn exactly(&self) -> &'static str;
    /// Leads what Kafka calls it, and where it is set.
    fn in_kafka(&self) -> &'static str;
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
    fn question_heading(&self) -> &'static str {
        "What do you expect?"
    }
    fn question_hint(&self) -> &'static str {
        "Choose an answer before you read on."
    }
    fn grade(&self) -> &'static str {
        "What the engine says"
    }
    fn came_true(&self) -> &'static str {
        "It came true."
    }
    fn came_otherwise(&self) -> &'static str {
        "It did not come true."
    }
    fn challenges_title(&self) -> &'static str {
        "Challenges"
    }
    fn challenges_intro(&self) -> &'static str {
        "Bring each of these about in the playground. Any way will do: only what happens counts."
    }
    fn challenge_heading(&self, challenge: usize) -> String {
        format!("Challenge {challenge}")
    }
    fn challenge_in_playground(&self) -> &'static str {
        "Try it in the playground"
    }
    fn hint(&self) -> &'static str {
        "A hint"
    }
    fn when_done(&self) -> &'static str {
        "When it is done"
    }
    fn glossary_title(&self) -> &'static str {
        "What the words mean"
    }
    fn glossary_intro(&self) -> &'static str {
        "Each word plainly, then exactly, then as Kafka has it. They stand in the order in which the story brings them."
    }
    fn exactly(&self) -> &'static str {
        "Exactly:"
    }
    fn in_kafka(&self) -> &'static str {
        "In Kafka:"
    }
    fn brought_by(&self, chapter: usize, step: usize) -> String {
        format!("Step {chapter}.{step} brings it")
    }
}
