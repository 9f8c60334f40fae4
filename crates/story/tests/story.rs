//! What the story says is so, and what it asks has one answer.

use kafka_lanes_core::Broken;
use kafka_lanes_scenario::language;
use kafka_lanes_story::{Facts, Grade, Step, Story, fill, introduced, terms_in};
use kafka_lanes_words::{English, StoryCatalogue, Term};

/// Words of a step's text, at the most.
const MOST_WORDS: usize = 40;
/// Steps of a chapter, at the most.
const MOST_STEPS: usize = 6;

/// A number that is written out is typed too.
const NUMBERS: [&str; 10] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"];

fn story() -> Story<'static> {
    Story::of(&English)
}

/// Each step with its chapter's and its own number, from 1.
fn steps() -> impl Iterator<Item = ((usize, usize), Step<'static>)> {
    (1..).zip(story().chapters()).flat_map(|(chapter, one)| {
        (1..).zip(one.steps().collect::<Vec<_>>()).map(move |(step, one)| ((chapter, step), one))
    })
}

#[test]
fn there_are_thirteen_chapters_of_a_few_short_steps() {
    assert_eq!(story().chapters().count(), 13);
    for chapter in story().chapters() {
        let count = chapter.steps().count();
        assert!((1..=MOST_STEPS).contains(&count), "{}", chapter.title());
        assert_eq!(count, chapter.text().steps.len(), "{}: as many pictures as texts", chapter.title());
        assert!(chapter.asked_at() < count, "{}", chapter.title());
    }
    for (place, step) in steps() {
        let text = step.text(&English);
        let count = text.split_whitespace().count();
        assert!(count <= MOST_WORDS, "{place:?} has {count} words: {text}");
    }
}

#[test]
fn every_world_is_a_scenario_without_faults() {
    for (place, step) in steps() {
        assert_eq!(language::parse(step.scenario()).diagnostics, [], "{place:?}");
    }
}

#[test]
fn every_step_does_what_its_text_says() {
    let wrong: Vec<_> =
        steps().filter(|(_, step)| !step.holds()).map(|(place, step)| (place, step.text(&English))).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A picture shows its alarms in red: none may speak of what a later chapter tells.
#[test]
fn no_picture_alarms_anybody_before_its_chapter() {
    for (place, step) in steps() {
        let history = step.moment().reached().expect("a world");
        for alarm in &history.world().journal().alarms {
            let told = match alarm.broken {
                Broken::Idle { .. } => 6,
                Broken::LagGrowing { .. } => 10,
                Broken::OrderByPartitions { .. } => 10,
                Broken::LostWithLeader { .. } => 11,
                Broken::ProcessedTwice { .. } => 12,
                _ => usize::MAX,
            };
            assert!(told <= place.0, "{place:?}: {alarm:?}");
        }
    }
}

#[test]
fn every_number_comes_from_the_world() {
    for (place, step) in steps() {
        let text = step.text(&English);
        assert!(!text.contains(['{', '}']), "{place:?}: {text}");
        let words = step.open_text().split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let typed: Vec<String> = words.filter(|word| NUMBERS.contains(&word.as_str())).collect();
        assert!(typed.is_empty(), "{place:?}: {typed:?}");
        // What is typed is part of a name: order-9, ledger-2, broker 2, acks=1.
        let typed = step.open_text().split(['{', '}']).step_by(2).flat_map(str::split_whitespace);
        for word in typed.filter(|word| word.contains(|c: char| c.is_ascii_digit())) {
            let name = word.trim_matches(|c: char| !c.is_alphanumeric());
            assert!(["order-9", "ledger-2", "2", "acks=1"].contains(&name), "{place:?}: {word}");
        }
    }
}

#[test]
fn every_question_has_one_answer_and_the_engine_knows_it() {
    for chapter in story().chapters() {
        let question = chapter.question();
        assert!(question.asked.at < question.shown.at || question.asked.scenario != question.shown.scenario);
        let grades = [0, 1, 2].map(|choice| question.grade(choice));
        let right = grades.iter().filter(|grade| **grade == Grade::Right).count();
        assert_eq!(right, 1, "{}: {grades:?}", chapter.title());
        assert_eq!(question.grade(3), Grade::Wrong);
        let ask = question.ask(chapter.text().question.ask, &English);
        assert!(!ask.contains('{'), "{ask}");
        for choice in &chapter.text().question.choices {
            assert!(!choice.mends.is_empty());
            // Whether it is so, the engine says before it.
            assert!(!["Yes", "No."].iter().any(|grade| choice.mends.starts_with(grade)), "{}", choice.mends);
        }
    }
}

#[test]
fn no_word_comes_before_its_step() {
    let words = English.story();
    for (number, chapter) in (1..).zip(story().chapters()) {
        let check = |text: &str, step: usize| {
            for (range, term) in terms_in(text, words) {
                assert!(introduced(term) <= (number, step), "{number}.{step} says {:?}: {text}", &text[range]);
            }
        };
        // A title says what its chapter brings.
        check(chapter.title(), MOST_STEPS);
        for (step, one) in (1..).zip(chapter.steps()) {
            check(&one.text(&English), step);
        }
        let question = chapter.text().question;
        let asked = chapter.asked_at() + 1;
        check(question.ask, asked);
        for choice in &question.choices {
            check(choice.says, asked);
            check(choice.mends, asked + 1);
        }
    }
}

#[test]
fn every_word_is_brought_by_the_step_that_it_is_said_to_be() {
    let words = English.story();
    for term in Term::ALL {
        let (chapter, step) = introduced(term);
        let text = story().chapters().nth(chapter - 1).expect("a chapter").text().steps[step - 1];
        assert!(terms_in(text, words).iter().any(|(_, found)| *found == term), "{term:?} in {text}");
    }
    for (term, words) in Term::ALL.into_iter().zip(&words.glossary) {
        for text in [words.name, words.plain, words.exact, words.kafka] {
            assert!(!text.is_empty(), "{term:?}");
        }
        assert!(words.forms.iter().all(|form| *form == form.to_lowercase()), "{term:?}");
        assert!(words.forms.contains(&words.name.to_lowercase().as_str()), "{term:?}");
    }
}

/// The first six chapters are for a bright child of ten: short sentences, short words.
#[test]
fn the_first_chapters_are_easy_to_read() {
    for ((chapter, step), one) in steps().filter(|((chapter, _), _)| *chapter <= 6) {
        let text = one.text(&English);
        for sentence in text.split_inclusive(['.', '!', '?', ':']).filter(|sentence| !sentence.trim().is_empty()) {
            let words = sentence.split_whitespace().count();
            assert!(words <= 22, "{chapter}.{step}: {words} words in {sentence}");
        }
        let words: Vec<&str> = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let letters: usize = words.iter().map(|word| word.chars().count()).sum();
        assert!(letters * 10 <= words.len() * 52, "{chapter}.{step}: long words in {text}");
    }
}

#[test]
fn what_is_not_known_stays_as_it_is() {
    let history = kafka_lanes_core::History::new(language::parse("topic t\n").spec, 1).expect("a world");
    let facts = Facts(history.world());
    let filled = |text| fill(text, &facts, &English);
    assert_eq!(filled("{topics} and {records:t}"), "1 and 0");
    assert_eq!(filled("{records:none} {nothing} {open"), "{records:none} {nothing} {open");
    assert_eq!(filled("é { } {}"), "é { } {}");
}

#[test]
fn the_longest_word_counts_and_parts_of_words_do_not() {
    let words = English.story();
    let found = |text: &'static str| -> Vec<(&str, Term)> {
        terms_in(text, words).into_iter().map(|(range, term)| (&text[range], term)).collect()
    };
    assert_eq!(
        found("A consumer group, Consumers."),
        [("consumer group", Term::ConsumerGroup), ("Consumers", Term::Consumer)]
    );
    assert_eq!(found("monkeys regroup äkey"), []);
}
