//! The story as pages of a book: a page with `{{#kafka-story}}` on a line of its own gets them as chapters within it.
//!
//! Texts, worlds and titles are those of the story; nothing of it stands in the book's sources.

mod challenges;
mod chapter;
mod glossary;
mod prose;
pub(super) mod step;

use std::ops::Range;

use kafka_lanes_story::Story;
use kafka_lanes_words::{English, StorytellerWords};
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::{Value, json};

/// What stands in the page, alone in its paragraph.
pub(super) const DIRECTIVE: &str = "{{#kafka-story}}";

/// The folder of the pages, beside the page with the directive.
const FOLDER: &str = "story";

/// A page to be.
struct Page {
    /// In [`FOLDER`].
    file: String,
    title: String,
    /// In Markdown.
    text: String,
}

/// Where the pages are in the book.
struct Place {
    /// From one of them to the folder of the page with the directive.
    root: String,
}

impl Place {
    /// An address in the playground, which `kafka-lanes mdbook install` puts beside the script.
    fn playground(&self, fragment: &str) -> String {
        format!("{}kafka-lanes/index.html{fragment}", self.root)
    }
}

/// Where a page says that the story is to be told.
pub(super) fn directive(markdown: &str) -> Option<Range<usize>> {
    let paragraphs = Parser::new(markdown).into_offset_iter();
    let mut starts = paragraphs.filter(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
    starts.find(|(_, range)| markdown[range.clone()].trim() == DIRECTIVE).map(|(_, range)| range)
}

/// Puts the list of the chapters in the directive's place, and the chapters within this one.
pub(super) fn tell(chapter: &mut Value, at: Range<usize>) {
    let Some(content) = chapter["content"].as_str() else { return };
    let folders = chapter["path"].as_str().map_or("", |path| path.rsplit_once('/').map_or("", |(folders, _)| folders));
    let depth = folders.split('/').filter(|folder| !folder.is_empty()).count();
    let pages = pages(&Place { root: "../".repeat(depth + 1) });
    let list: String = pages.iter().map(|page| format!("1. [{}]({FOLDER}/{})\n", page.title, page.file)).collect();
    let content = format!("{}{list}{}", &content[..at.start], &content[at.end..]);
    let within: Vec<Value> =
        pages.iter().enumerate().map(|(index, page)| item(chapter, folders, index, page)).collect();
    chapter["content"] = Value::String(content);
    match chapter["sub_items"].as_array_mut() {
        Some(items) => items.extend(within),
        None => chapter["sub_items"] = Value::Array(within),
    }
}

/// A page as mdBook has it.
fn item(parent: &Value, folders: &str, index: usize, page: &Page) -> Value {
    let before = parent["sub_items"].as_array().map_or(0, Vec::len);
    let number = parent["number"]
        .as_array()
        .map(|numbers| numbers.iter().cloned().chain([Value::from(before + index + 1)]).collect::<Vec<_>>());
    let names = parent["parent_names"].as_array().into_iter().flatten().chain([&parent["name"]]);
    let separator = if folders.is_empty() { "" } else { "/" };
    json!({ "Chapter": {
        "name": page.title,
        "content": page.text,
        "number": number,
        "sub_items": [],
        "path": format!("{folders}{separator}{FOLDER}/{}", page.file),
        // Who wants to edit it comes to the page that asks for it.
        "source_path": parent["source_path"],
        "parent_names": names.collect::<Vec<_>>(),
    } })
}

fn pages(place: &Place) -> Vec<Page> {
    let story = Story::of(&English);
    let chapters = (1..).zip(story.chapters()).map(|(number, one)| Page {
        file: format!("chapter-{number}.md"),
        title: one.title().to_owned(),
        text: chapter::page(number, &one, story.words(), place),
    });
    let challenges = Page {
        file: "challenges.md".into(),
        title: English.challenges().into(),
        text: challenges::page(story.words(), place),
    };
    let glossary =
        Page { file: prose::GLOSSARY.into(), title: English.glossary().into(), text: glossary::page(story.words()) };
    chapters.chain([challenges, glossary]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directive_stands_alone_in_its_paragraph() {
        for (markdown, found) in [
            ("# T\n\n{{#kafka-story}}\n\nend\n", true),
            ("{{#kafka-story}}", true),
            ("`{{#kafka-story}}`\n", false),
            ("Write {{#kafka-story}} there.\n", false),
            ("```md\n{{#kafka-story}}\n```\n", false),
            ("    {{#kafka-story}}\n", false),
        ] {
            let range = directive(markdown);
            assert_eq!(range.is_some(), found, "{markdown}");
            assert!(range.is_none_or(|range| markdown[range].trim() == DIRECTIVE));
        }
    }
}
