use crate::English;
use crate::picture::plural;
use crate::touch::TouchWords;

/// What stands on the story's buttons and panels. Its own words are [`StoryWords`](crate::StoryWords). Like those they
/// stand beside [`Catalogue`](crate::Catalogue).
pub trait StorytellerWords: TouchWords {
    /// Button of the playground: opens the story.
    fn learn(&self) -> &'static str;
    /// The same where there is less room.
    fn learn_short(&self) -> &'static str;
    /// Button of the playground: opens the story where it was left.
    fn learn_on(&self) -> &'static str;
    /// What is read: beside the name of it all.
    fn the_story(&self) -> &'static str;
    /// Button: to the playground, with what ran there before.
    fn leave_story(&self) -> &'static str;
    /// Button: on to the next step.
    fn go_on(&self) -> &'static str;
    /// Button: to the step before.
    fn go_back(&self) -> &'static str;
    /// Label of the list of chapters.
    fn chapters(&self) -> &'static str;
    /// A chapter's number and title.
    fn chapter(&self, number: usize, title: &str) -> String;
    /// Where in the story one is, spoken: all from 1.
    fn place(&self, chapter: usize, step: usize, steps: usize) -> String;
    /// Where in the list of chapters one is.
    fn of_chapters(&self, chapter: usize, chapters: usize) -> String;
    /// A chapter, or a challenge, that is done.
    fn is_done(&self) -> &'static str;
    /// Button: has the picture move again.
    fn replay(&self) -> &'static str;
    /// Button: turns the step into the playground.
    fn try_here(&self) -> &'static str;
    /// Button of the playground: to the step that was left.
    fn back_to_story(&self) -> &'static str;
    /// Where the world of the playground comes from.
    fn began_in_story(&self, title: &str) -> String;
    /// An address that leads to no step: what it says.
    fn no_such_step(&self, address: &str) -> String;
    /// Label of the switch between names.
    fn names(&self) -> &'static str;
    /// The names of the construction site.
    fn story_names(&self) -> &'static str;
    /// Kafka's own names.
    fn kafka_names(&self) -> &'static str;
    /// Over a question.
    fn what_next(&self) -> &'static str;
    /// Button: lets the engine answer.
    fn see(&self) -> &'static str;
    /// Nothing was chosen.
    fn choose_first(&self) -> &'static str;
    /// What was chosen came true.
    fn right(&self) -> &'static str;
    /// Something else happened.
    fn wrong(&self) -> &'static str;
    /// Button: another answer to the same question.
    fn another_try(&self) -> &'static str;
    /// Button, and heading: what the words mean.
    fn glossary(&self) -> &'static str;
    /// Words of the glossary that the story has yet to bring.
    fn later_words(&self, words: usize) -> String;
    /// Leads the exact meaning of a word.
    fn exactly(&self) -> &'static str;
    /// Leads what Kafka calls it, and where it is set.
    fn in_kafka(&self) -> &'static str;
    /// Leads links to the steps where something was shown.
    fn see_again(&self) -> &'static str;
    /// Heading: what to do with what was learned.
    fn challenges(&self) -> &'static str;
    /// How challenges are judged.
    fn any_way(&self) -> &'static str;
    /// A challenge by its number, from 1.
    fn challenge(&self, number: usize, of: usize) -> String;
    /// Button: shows where to begin.
    fn hint(&self) -> &'static str;
    /// Button: the world of a challenge as it was at the start.
    fn start_again(&self) -> &'static str;
    /// Link: to the list of challenges.
    fn all_challenges(&self) -> &'static str;
    /// Button: to the next challenge.
    fn next_challenge(&self) -> &'static str;
}

impl StorytellerWords for English {
    fn learn(&self) -> &'static str {
        "Learn it step by step"
    }
    fn learn_short(&self) -> &'static str {
        "Story"
    }
    fn learn_on(&self) -> &'static str {
        "Go on with the story"
    }
    fn the_story(&self) -> &'static str {
        "The story"
    }
    fn leave_story(&self) -> &'static str {
        "Leave"
    }
    fn go_on(&self) -> &'static str {
        "Continue"
    }
    fn go_back(&self) -> &'static str {
        "Back"
    }
    fn chapters(&self) -> &'static str {
        "Chapters"
    }
    fn chapter(&self, number: usize, title: &str) -> String {
        format!("{number}. {title}")
    }
    fn place(&self, chapter: usize, step: usize, steps: usize) -> String {
        format!("Chapter {chapter}, step {step} of {steps}")
    }
    fn of_chapters(&self, chapter: usize, chapters: usize) -> String {
        format!("{chapter} of {chapters}")
    }
    fn is_done(&self) -> &'static str {
        "done"
    }
    fn replay(&self) -> &'static str {
        "Show it again"
    }
    fn try_here(&self) -> &'static str {
        "Try it here"
    }
    fn back_to_story(&self) -> &'static str {
        "Back to the story"
    }
    fn began_in_story(&self, title: &str) -> String {
        format!("This is yours now. It began in the story: {title}.")
    }
    fn no_such_step(&self, address: &str) -> String {
        format!("There is no step “{address}” in the story. This is the nearest.")
    }
    fn names(&self) -> &'static str {
        "Names on the picture"
    }
    fn story_names(&self) -> &'static str {
        "Story words"
    }
    fn kafka_names(&self) -> &'static str {
        "Kafka words"
    }
    fn what_next(&self) -> &'static str {
        "What do you think?"
    }
    fn see(&self) -> &'static str {
        "See what happens"
    }
    fn choose_first(&self) -> &'static str {
        "Choose an answer first. A wrong one costs nothing."
    }
    fn right(&self) -> &'static str {
        "Yes, that is what happened."
    }
    fn wrong(&self) -> &'static str {
        "No, something else happened."
    }
    fn another_try(&self) -> &'static str {
        "Answer again"
    }
    fn glossary(&self) -> &'static str {
        "What the words mean"
    }
    fn later_words(&self, words: usize) -> String {
        format!("The story brings {} later.", plural(words as u64, "more word", "more words"))
    }
    fn exactly(&self) -> &'static str {
        "Exactly"
    }
    fn in_kafka(&self) -> &'static str {
        "In Kafka"
    }
    fn see_again(&self) -> &'static str {
        "See it again:"
    }
    fn challenges(&self) -> &'static str {
        "Ten challenges"
    }
    fn any_way(&self) -> &'static str {
        "You have everything you need. Any way to get there counts: what the world is like in the end decides."
    }
    fn challenge(&self, number: usize, of: usize) -> String {
        format!("Challenge {number} of {of}")
    }
    fn hint(&self) -> &'static str {
        "Hint"
    }
    fn start_again(&self) -> &'static str {
        "Start again"
    }
    fn all_challenges(&self) -> &'static str {
        "All challenges"
    }
    fn next_challenge(&self) -> &'static str {
        "Next challenge"
    }
}
