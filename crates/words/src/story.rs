//! The words of the story. Which picture they stand on, and what of them is true there, is `kafka-lanes-story`'s.
//!
//! Numbers are never typed: `{behind:Email}` is read from the world that a step stands on.

mod english;

/// All words of the story in one language. What a language lacks is a build error: a field, or a place in an array.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a chapter a field, named for what it is about")]
pub struct StoryWords {
    pub rush: ChapterWords<5>,
    pub middle: ChapterWords<5>,
    pub site: ChapterWords<5>,
    pub stream: ChapterWords<4>,
    pub topics: ChapterWords<4>,
    pub lanes: ChapterWords<5>,
    pub keys: ChapterWords<5>,
    pub groups: ChapterWords<4>,
    pub queue: ChapterWords<4>,
    pub traffic: ChapterWords<6>,
    pub copies: ChapterWords<5>,
    pub crash: ChapterWords<5>,
    pub whole: ChapterWords<6>,
    /// What to do with what was learned.
    pub challenges: [ChallengeWords; 10],
    /// What the words mean, in the order of [`Term::ALL`].
    pub glossary: [TermWords; Term::ALL.len()],
    /// The names on the pictures, in the order of [`Role::ALL`].
    pub names: [NameWords; Role::ALL.len()],
}

/// The words of a chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterWords<const STEPS: usize> {
    /// Its title.
    pub title: &'static str,
    /// A text a step.
    pub steps: [&'static str; STEPS],
    /// What is asked before the engine shows it.
    pub question: QuestionWords,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionWords {
    /// What is asked.
    pub ask: &'static str,
    /// What may be answered. Which one is right, the engine says.
    pub choices: [ChoiceWords; 3],
}

/// An answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceWords {
    /// The answer.
    pub says: &'static str,
    /// What is said to somebody who chose it: why it is so, or what mends the idea.
    pub mends: &'static str,
}

/// A challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeWords {
    /// What is to be brought about.
    pub ask: &'static str,
    /// Where to begin.
    pub hint: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
}

/// What a word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermWords {
    /// The word.
    pub name: &'static str,
    /// The forms in which it stands in a text, in lower case; a link leads from each.
    pub forms: &'static [&'static str],
    /// What it means, for everybody.
    pub plain: &'static str,
    /// What it means, exactly.
    pub exact: &'static str,
    /// What Kafka calls it, and where it is set.
    pub kafka: &'static str,
}

/// What a thing on a picture is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameWords {
    /// In everyday words, as long as the story has not brought its real name.
    pub plain: &'static str,
    /// On the construction site.
    pub story: &'static str,
    /// In Kafka.
    pub kafka: &'static str,
}

/// A word that the glossary explains, in the order in which the story brings them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Term {
    Kafka,
    Publisher,
    Subscriber,
    Producer,
    Broker,
    Consumer,
    Event,
    Record,
    Stream,
    Topic,
    Lane,
    Partition,
    Offset,
    Key,
    Hash,
    ConsumerGroup,
    GroupId,
    Queue,
    Broadcast,
    Lag,
    Replica,
    Leader,
    Acks,
    Commit,
    Session,
    Rebalance,
    Idempotent,
}

impl Term {
    /// All of them, in the order of [`StoryWords::glossary`].
    pub const ALL: [Self; 27] = [
        Self::Kafka,
        Self::Publisher,
        Self::Subscriber,
        Self::Producer,
        Self::Broker,
        Self::Consumer,
        Self::Event,
        Self::Record,
        Self::Stream,
        Self::Topic,
        Self::Lane,
        Self::Partition,
        Self::Offset,
        Self::Key,
        Self::Hash,
        Self::ConsumerGroup,
        Self::GroupId,
        Self::Queue,
        Self::Broadcast,
        Self::Lag,
        Self::Replica,
        Self::Leader,
        Self::Acks,
        Self::Commit,
        Self::Session,
        Self::Rebalance,
        Self::Idempotent,
    ];
}

/// What a thing on a picture is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "they say what they are")]
pub enum Role {
    Producer,
    Broker,
    Topic,
    Partition,
    Group,
    Consumer,
    Record,
    Offset,
    Log,
}

impl Role {
    /// All of them, in the order of [`StoryWords::names`].
    pub const ALL: [Self; 9] = [
        Self::Producer,
        Self::Broker,
        Self::Topic,
        Self::Partition,
        Self::Group,
        Self::Consumer,
        Self::Record,
        Self::Offset,
        Self::Log,
    ];
}

/// A chapter's words, however many steps it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChapterText<'w> {
    /// Its title.
    pub title: &'w str,
    /// A text a step.
    pub steps: &'w [&'static str],
    /// Its question.
    pub question: &'w QuestionWords,
}

impl StoryWords {
    /// The chapters in their order.
    pub fn chapters(&self) -> [ChapterText<'_>; 13] {
        [
            self.rush.text(),
            self.middle.text(),
            self.site.text(),
            self.stream.text(),
            self.topics.text(),
            self.lanes.text(),
            self.keys.text(),
            self.groups.text(),
            self.queue.text(),
            self.traffic.text(),
            self.copies.text(),
            self.crash.text(),
            self.whole.text(),
        ]
    }
}

impl<const STEPS: usize> ChapterWords<STEPS> {
    const fn text(&self) -> ChapterText<'_> {
        ChapterText { title: self.title, steps: &self.steps, question: &self.question }
    }
}

/// The story in a language. It stands beside [`Catalogue`](crate::Catalogue), so that a page that does not tell the
/// story need not have its words.
pub trait StoryCatalogue {
    /// All of its words.
    fn story(&self) -> &StoryWords;
}
