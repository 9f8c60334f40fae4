//! mdBook's preprocessor: code blocks marked `kafka` become diagrams that are complete without script, and a page can
//! ask for the story.
//!
//! mdBook (0.4 and 0.5) writes `[context, book]` as JSON to a preprocessor and reads the book back.

mod diagram;
mod element;
mod fence;
mod info;
mod install;
mod story;

use std::io::{self, Read};

use serde_json::Value;

use crate::args::{Mdbook, MdbookCommand};
use crate::failure::{Failure, say};
use crate::output::write;
use info::Marks;

/// The most that a book may be, as JSON.
const MAX_BOOK_BYTES: u64 = 256 * 1_048_576;

/// The table of book.toml that is for us.
const TABLE: &str = "kafka-lanes";

pub(crate) fn mdbook(args: &Mdbook) -> Result<(), Failure> {
    match &args.command {
        None => preprocess(),
        Some(MdbookCommand::Supports { renderer }) if renderer == "html" => Ok(()),
        Some(MdbookCommand::Supports { renderer }) => {
            Err(Failure::Refused(format!("kafka-lanes leaves code blocks as they are for the renderer {renderer}.")))
        }
        Some(MdbookCommand::Install { book, dist }) => install::install(book, dist.as_deref()),
    }
}

fn preprocess() -> Result<(), Failure> {
    let refused = |what: String| Failure::Refused(format!("stdin: error: {what}"));
    let mut text = String::new();
    let read = io::stdin().lock().take(MAX_BOOK_BYTES + 1).read_to_string(&mut text);
    read.map_err(|error| refused(format!("can't be read: {error}")))?;
    if text.len() as u64 > MAX_BOOK_BYTES {
        return Err(refused(format!("the book is longer than {MAX_BOOK_BYTES} bytes (MAX_BOOK_BYTES). Make it two.")));
    }
    let (context, mut book): (Value, Value) = serde_json::from_str(&text).map_err(|error| {
        refused(format!(
            "this is no book: {error}. mdBook calls this command by itself; see `kafka-lanes mdbook --help`."
        ))
    })?;
    let settings = &context["config"]["preprocessor"][TABLE];
    let marks = Marks { mermaid: settings["mermaid"] == true };
    let errors = chapters(&mut book, marks);
    if errors > 0 && settings["strict"] == true {
        return Err(Failure::Refused(format!("{errors} errors in diagrams; see above. (strict = true in book.toml)")));
    }
    write(&book.to_string(), None)
}

/// Tells the story where a chapter asks for it, draws the blocks of every chapter below, and counts the errors in them.
///
/// Chapters are in `sections` (mdBook 0.4), `items` (0.5) and each chapter's `sub_items`, of any depth; what else
/// the book holds stays as it is.
fn chapters(book: &mut Value, marks: Marks) -> usize {
    let mut errors = 0;
    let mut is_told = false;
    // Not by recursion: JSON may be nested deeper than a stack.
    let mut lists: Vec<&mut Value> = vec![book];
    while let Some(list) = lists.pop() {
        let Some(fields) = list.as_object_mut() else { continue };
        for (name, value) in fields {
            if !matches!(name.as_str(), "sections" | "items" | "sub_items") {
                continue;
            }
            let items = value.as_array_mut().into_iter().flatten();
            for chapter in items.filter_map(|item| item.get_mut("Chapter")) {
                errors += tell(chapter, &mut is_told) + draw(chapter, marks);
                lists.push(chapter);
            }
        }
    }
    errors
}

/// Tells the story in a chapter that asks for it.
fn tell(chapter: &mut Value, is_told: &mut bool) -> usize {
    let Some(place) = chapter["content"].as_str().and_then(story::directive) else { return 0 };
    if std::mem::replace(is_told, true) {
        say(&format!(
            "{}: error: the book tells the story already. Leave out this {}.",
            name(chapter),
            story::DIRECTIVE
        ));
        return 1;
    }
    story::tell(chapter, place);
    0
}

/// What a message calls a chapter.
fn name(chapter: &Value) -> String {
    let path = ["source_path", "path", "name"].iter().find_map(|name| chapter[*name].as_str());
    path.unwrap_or("a chapter").to_owned()
}

/// Draws the blocks of a chapter.
fn draw(chapter: &mut Value, marks: Marks) -> usize {
    let path = name(chapter);
    let Some(content) = chapter["content"].as_str() else { return 0 };
    let mut errors = 0;
    let drawn = fence::replace(content, marks, |fence| {
        let diagram = diagram::draw(fence);
        for remark in &diagram.remarks {
            errors += usize::from(remark.is_error);
            say(&format!("{path}:{}", remark.text));
        }
        diagram.html
    });
    if let Some(drawn) = drawn {
        chapter["content"] = Value::String(drawn);
    }
    errors
}
