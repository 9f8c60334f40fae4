use kafka_lanes_story::{Chapter, Story};
use kafka_lanes_words::English;
use serde::Serialize;

use crate::args;
use crate::failure::Failure;
use crate::output::write;

/// Columns that a line of text fills at the most.
const WIDTH: usize = 78;

/// The story as one document: formats.md.
#[derive(Serialize)]
struct Document {
    chapters: Vec<ChapterDocument>,
}

#[derive(Serialize)]
struct ChapterDocument {
    title: &'static str,
    steps: Vec<StepDocument>,
}

#[derive(Serialize)]
struct StepDocument {
    text: String,
    scenario: &'static str,
    at_us: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<QuestionDocument>,
}

#[derive(Serialize)]
struct QuestionDocument {
    ask: String,
    choices: Vec<&'static str>,
}

pub(crate) fn story(args: &args::Story) -> Result<(), Failure> {
    let document = Document { chapters: Story::of(&English).chapters().map(|one| chapter(&one)).collect() };
    if !args.json {
        return write(&in_words(&document), None);
    }
    let json = serde_json::to_string(&document)
        .map_err(|error| Failure::Refused(format!("error: the story can't be written as JSON: {error}")))?;
    write(&json, None)
}

fn chapter(chapter: &Chapter<'static>) -> ChapterDocument {
    let question = |place: usize| {
        (place == chapter.asked_at()).then(|| {
            let words = chapter.text().question;
            let ask = chapter.question().ask(words.ask, &English);
            QuestionDocument { ask, choices: words.choices.iter().map(|choice| choice.says).collect() }
        })
    };
    let steps = chapter.steps().enumerate().map(|(place, step)| StepDocument {
        text: step.text(&English),
        scenario: step.scenario(),
        at_us: step.at().0,
        question: question(place),
    });
    ChapterDocument { title: chapter.title(), steps: steps.collect() }
}

fn in_words(document: &Document) -> String {
    let mut text = String::new();
    for (number, chapter) in (1..).zip(&document.chapters) {
        text.push_str(&format!("{number}. {}\n\n", chapter.title));
        for (step, one) in (1..).zip(&chapter.steps) {
            text.push_str(&filled(&format!("{number}.{step}"), &one.text));
            text.push('\n');
            let Some(question) = &one.question else { continue };
            text.push_str(&filled("?", &question.ask));
            for (letter, choice) in ('a'..).zip(&question.choices) {
                text.push_str(&filled(&format!("  {letter})"), choice));
            }
            text.push('\n');
        }
    }
    text
}

/// The text in lines that fit, behind its mark.
fn filled(mark: &str, text: &str) -> String {
    let indent = 6;
    let mut lines = format!("{mark:indent$}");
    let mut column = indent;
    for (index, word) in text.split_whitespace().enumerate() {
        let length = word.chars().count();
        if index > 0 && column + 1 + length > WIDTH {
            lines.push_str(&format!("\n{:indent$}", ""));
            column = indent;
        } else if index > 0 {
            lines.push(' ');
            column += 1;
        }
        lines.push_str(word);
        column += length;
    }
    lines.push('\n');
    lines
}
