mod challenges;
mod glossary;
mod groups;
mod lanes;
mod promises;
mod services;

use super::{ChoiceWords, NameWords, QuestionWords, StoryCatalogue, StoryWords};
use crate::English;

impl StoryCatalogue for English {
    fn story(&self) -> &StoryWords {
        &ENGLISH
    }
}

static ENGLISH: StoryWords = StoryWords {
    rush: services::RUSH,
    middle: services::MIDDLE,
    site: services::SITE,
    stream: lanes::STREAM,
    topics: lanes::TOPICS,
    lanes: lanes::LANES,
    keys: lanes::KEYS,
    groups: groups::GROUPS,
    queue: groups::QUEUE,
    traffic: groups::TRAFFIC,
    copies: promises::COPIES,
    crash: promises::CRASH,
    whole: promises::WHOLE,
    challenges: challenges::CHALLENGES,
    glossary: glossary::GLOSSARY,
    names: [
        NameWords { plain: "sender", story: "owner", kafka: "producer" },
        NameWords { plain: "server", story: "contractor", kafka: "broker" },
        NameWords { plain: "list", story: "job list", kafka: "topic" },
        NameWords { plain: "lane", story: "lane", kafka: "partition" },
        NameWords { plain: "team", story: "crew", kafka: "consumer group" },
        NameWords { plain: "reader", story: "worker", kafka: "consumer" },
        NameWords { plain: "entry", story: "job", kafka: "record" },
        NameWords { plain: "place", story: "place", kafka: "offset" },
        NameWords { plain: "a list that only grows", story: "a list that only grows", kafka: "an append-only log" },
    ],
};

const fn question(ask: &'static str, choices: [(&'static str, &'static str); 3]) -> QuestionWords {
    let [first, second, third] = choices;
    QuestionWords { ask, choices: [choice(first), choice(second), choice(third)] }
}

const fn choice((says, mends): (&'static str, &'static str)) -> ChoiceWords {
    ChoiceWords { says, mends }
}
