//! A language that nobody speaks, made of English: longer, and none of it the same. What it lacks does not build, what
//! the story does not take from the catalogue stays English and is found.

use kafka_lanes_story::Story;
use kafka_lanes_words::{
    ChallengeWords, ChapterWords, ChoiceWords, English, NameWords, QuestionWords, StoryCatalogue, StoryWords, TermWords,
};

struct Pseudo(StoryWords);

impl StoryCatalogue for Pseudo {
    fn story(&self) -> &StoryWords {
        &self.0
    }
}

/// `[Ĺane~~]`: marked at both ends, longer by a third, and without a letter of English but in `{places for numbers}`.
fn pseudo(text: &'static str) -> &'static str {
    let mut out = String::from("[");
    let mut in_place = false;
    for c in text.chars() {
        in_place = (in_place || c == '{') && c != '}';
        out.push(match c {
            'a' if !in_place => 'á',
            'e' if !in_place => 'é',
            'i' if !in_place => 'í',
            'o' if !in_place => 'ó',
            'u' if !in_place => 'ú',
            c => c,
        });
    }
    out.extend(std::iter::repeat_n('~', text.chars().count() / 3));
    out.push(']');
    out.leak()
}

fn chapter<const STEPS: usize>(words: &ChapterWords<STEPS>) -> ChapterWords<STEPS> {
    let QuestionWords { ask, choices } = &words.question;
    let choice = |ChoiceWords { says, mends }: &ChoiceWords| ChoiceWords { says: pseudo(says), mends: pseudo(mends) };
    ChapterWords {
        title: pseudo(words.title),
        steps: words.steps.map(pseudo),
        question: QuestionWords { ask: pseudo(ask), choices: choices.each_ref().map(choice) },
    }
}

fn of(words: &StoryWords) -> Pseudo {
    let challenge = |ChallengeWords { ask, hint, done }: &ChallengeWords| ChallengeWords {
        ask: pseudo(ask),
        hint: pseudo(hint),
        done: pseudo(done),
    };
    let term = |TermWords { name, forms, plain, exact, kafka }: &TermWords| TermWords {
        name: pseudo(name),
        forms: forms.iter().map(|form| pseudo(form)).collect::<Vec<_>>().leak(),
        plain: pseudo(plain),
        exact: pseudo(exact),
        kafka: pseudo(kafka),
    };
    Pseudo(StoryWords {
        rush: chapter(&words.rush),
        middle: chapter(&words.middle),
        site: chapter(&words.site),
        stream: chapter(&words.stream),
        topics: chapter(&words.topics),
        lanes: chapter(&words.lanes),
        keys: chapter(&words.keys),
        groups: chapter(&words.groups),
        queue: chapter(&words.queue),
        traffic: chapter(&words.traffic),
        copies: chapter(&words.copies),
        crash: chapter(&words.crash),
        whole: chapter(&words.whole),
        challenges: words.challenges.each_ref().map(challenge),
        glossary: words.glossary.each_ref().map(term),
        names: words.names.each_ref().map(|NameWords { plain, story, kafka }| NameWords {
            plain: pseudo(plain),
            story: pseudo(story),
            kafka: pseudo(kafka),
        }),
    })
}

fn is_pseudo(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']') && text.len() > 2
}

/// The places for numbers in a text.
fn places(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|behind| behind.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn the_story_says_nothing_that_is_not_in_the_catalogue() {
    let other = of(English.story());
    let (english, story) = (Story::of(&English), Story::of(&other));
    for (one, chapter) in english.chapters().zip(story.chapters()) {
        assert!(is_pseudo(chapter.title()));
        for (one, step) in one.steps().zip(chapter.steps()) {
            assert_eq!(places(one.open_text()), places(step.open_text()), "both are filled");
            let text = step.text(&English);
            assert!(is_pseudo(&text) && places(&text).is_empty(), "{text}");
            let letters = text.trim_matches(['[', ']', '~']).chars().filter(|c| c.is_alphabetic());
            assert!(letters.clone().any(|c| !c.is_ascii()), "{text}");
        }
        let question = chapter.text().question;
        let ask = chapter.question().ask(question.ask, &English);
        assert!(is_pseudo(&ask) && places(&ask).is_empty(), "{ask}");
        assert!(question.choices.iter().all(|choice| is_pseudo(choice.says) && is_pseudo(choice.mends)));
    }
}

/// The words of the glossary are found by the forms of the language, whatever its letters.
#[test]
fn words_are_found_in_any_language() {
    let other = of(English.story());
    let topic = other.story().glossary.iter().find(|term| term.name == pseudo("topic")).expect("it has one");
    let text = format!("x {} y", topic.forms[0]);
    let found = kafka_lanes_story::terms_in(&text, other.story());
    assert_eq!(found.into_iter().map(|(range, _)| &text[range]).collect::<Vec<_>>(), [topic.forms[0]]);
}
