//! The story as pages of a book: complete without script, and from the story's own text.

use std::sync::LazyLock;

use kafka_lanes_words::{English, StoryCatalogue};
use pulldown_cmark::{Event, Parser, Tag};
use serde_json::{Value, json};

mod support;

use support::{kafka_lanes, root};

fn read(path: &str) -> String {
    let path = root().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// What becomes of a chapter, with what is said of it.
fn processed(chapters: &Value) -> (Value, String) {
    let context = json!({ "config": { "preprocessor": { "kafka-lanes": {} } } });
    let run = kafka_lanes(&["mdbook"], json!([context, { "items": chapters }]).to_string().as_bytes());
    let said = run.stderr.clone();
    (serde_json::from_str(&run.succeeds()).expect("a book"), said)
}

fn asking(path: &str) -> Value {
    json!({ "Chapter": { "name": "The story", "content": "# T\n\n{{#kafka-story}}\n\nend\n", "number": [2],
                         "sub_items": [], "path": path, "source_path": path, "parent_names": ["Before"] } })
}

/// The pages within the page that asks for them.
static PAGES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let (book, said) = processed(&json!([asking("story.md")]));
    assert_eq!(said, "");
    let items = book["items"][0]["Chapter"]["sub_items"].as_array().expect("pages");
    items.iter().map(|item| item["Chapter"].clone()).collect()
});

fn content(page: &Value) -> &str {
    page["content"].as_str().expect("text")
}

/// What a reader of a page reads: its text without links and marks.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(part) | Event::Html(part) | Event::InlineHtml(part) => text.push_str(&part),
            Event::Start(Tag::Paragraph) => text.push('\n'),
            _ => {}
        }
    }
    text
}

/// The page without what is drawn.
fn without_pictures(page: &str) -> String {
    let parts = page.split("<!-- kafka-lanes -->");
    parts.map(|part| part.split_once("</kafka-lanes></div>").map_or(part, |(_, rest)| rest)).collect()
}

fn story() -> Vec<Value> {
    let story: Value = serde_json::from_str(&kafka_lanes(&["story", "--json"], b"").succeeds()).expect("JSON");
    story["chapters"].as_array().expect("chapters").clone()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

#[test]
fn a_page_that_asks_for_the_story_has_its_chapters_within() {
    let (book, _) = processed(&json!([asking("deep/down/story.md")]));
    let chapter = &book["items"][0]["Chapter"];
    let list = content(chapter);
    assert!(list.starts_with("# T\n\n1. [Rush hour at the shop](story/chapter-1.md)\n"), "{list}");
    assert!(list.ends_with("1. [What the words mean](story/glossary.md)\n\nend\n"), "{list}");
    let items = chapter["sub_items"].as_array().expect("pages");
    assert_eq!(items.len(), story().len() + 2);
    let third = &items[2]["Chapter"];
    assert_eq!(third["name"], "The construction site");
    assert_eq!(third["path"], "deep/down/story/chapter-3.md");
    assert_eq!(third["source_path"], "deep/down/story.md");
    assert_eq!(third["number"], json!([2, 3]));
    assert_eq!(third["parent_names"], json!(["Before", "The story"]));
    assert!(content(third).contains("](../../../kafka-lanes/index.html#story/3/1)\n"));
}

#[test]
fn every_text_of_the_story_is_in_the_pages() {
    for (page, chapter) in PAGES.iter().zip(story()) {
        let said = plain(content(page));
        assert!(said.contains(text(&chapter["title"])));
        for step in chapter["steps"].as_array().expect("steps") {
            assert!(said.contains(text(&step["text"])), "{}", step["text"]);
            let question = &step["question"];
            let choices = question["choices"].as_array().into_iter().flatten();
            for part in question.get("ask").into_iter().chain(choices) {
                assert!(said.contains(text(part)), "{part}");
            }
        }
    }
    let words = English.story();
    for (page, chapter) in PAGES.iter().zip(words.chapters()) {
        let said = plain(content(page));
        assert!(chapter.question.choices.iter().all(|choice| said.contains(choice.mends)), "{}", chapter.title);
        assert_eq!(said.matches("Yes, that is what happened. ").count(), 1, "{said}");
        assert_eq!(said.matches("No, something else happened. ").count(), 2);
    }
    let [.., challenges, glossary] = PAGES.as_slice() else { panic!("two more pages") };
    let (challenges, glossary) = (plain(content(challenges)), plain(content(glossary)));
    for (number, one) in (1..).zip(&words.challenges) {
        assert!([one.ask, one.hint, one.done].into_iter().all(|text| challenges.contains(text)), "{}", one.ask);
        let address = format!("(../kafka-lanes/index.html#story/challenges/{number})");
        assert!(content(&PAGES[13]).contains(&address), "{address}");
    }
    for one in &words.glossary {
        assert!([one.name, one.plain, one.exact, one.kafka].into_iter().all(|text| glossary.contains(text)));
    }
}

#[test]
fn each_step_has_its_picture_its_words_and_its_place_in_the_playground() {
    for (number, (page, chapter)) in (1..).zip(PAGES.iter().zip(story())) {
        let page = content(page);
        let steps = chapter["steps"].as_array().expect("steps");
        assert_eq!(page.matches("<img src=\"data:image/svg+xml,").count(), steps.len());
        let elements: Vec<&str> = page.split("<kafka-lanes ").skip(1).collect();
        assert_eq!(elements.len(), steps.len());
        for (place, (element, step)) in (1..).zip(elements.iter().zip(steps)) {
            let opens = format!("step=\"{number}/{place}\" caption=\"none\"><img ");
            assert!(element.starts_with(&opens), "{number}.{place} stands still, and its text is not said twice");
            assert!(element.contains(" of simulated time.</p>"), "{number}.{place}");
            let first = text(&step["scenario"]).lines().next().expect("a line");
            assert!(element.contains(&format!("<pre>{first}&#10;")), "{number}.{place}");
            assert!(element.contains(&format!("(../kafka-lanes/index.html#story/{number}/{place})")));
        }
    }
}

#[test]
fn every_link_between_the_pages_leads_to_a_heading_that_is_there() {
    let mut found = 0;
    for page in PAGES.iter() {
        let links = Parser::new(content(page)).filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.to_string()),
            _ => None,
        });
        for link in links.filter(|link| !link.starts_with("..")) {
            let (file, anchor) = link.split_once('#').expect("a heading");
            let path = if file.is_empty() { text(&page["path"]).to_owned() } else { format!("story/{file}") };
            let target = PAGES.iter().find(|page| page["path"] == *path).unwrap_or_else(|| panic!("{link}"));
            assert!(content(target).contains(&format!(" {{#{anchor}}}\n")), "{link}");
            found += 1;
        }
    }
    assert!(found > 200, "{found} links");
}

/// The construction site has its own names on its pictures, until the step that says the real ones.
#[test]
fn pictures_have_the_names_of_which_their_text_speaks() {
    let page = content(&PAGES[2]);
    let pictures: Vec<&str> = page.split("<img src=").skip(1).filter_map(|rest| rest.split('>').next()).collect();
    let on_site = |picture: &&str| picture.contains("job%20list") || picture.contains("Job%20list");
    assert_eq!(pictures.iter().map(on_site).collect::<Vec<_>>(), [true, true, true, true, false]);
}

/// The page of a chapter as it was when somebody last looked at it. `KAFKA_LANES_OVERWRITE=1` writes it anew.
#[test]
fn the_page_of_a_chapter_is_as_it_was() {
    let page = without_pictures(content(&PAGES[7]));
    let file = root().join("crates/cli/tests/chapter-8.md");
    if std::env::var_os("KAFKA_LANES_OVERWRITE").is_some() {
        std::fs::write(&file, &page).expect("a file");
    }
    assert_eq!(page, read("crates/cli/tests/chapter-8.md"));
}

#[test]
fn nothing_of_the_story_stands_in_the_sources_of_the_book() {
    let mut sources = String::new();
    for entry in std::fs::read_dir(root().join("docs/src")).expect("the book's sources").flatten() {
        let is_page = entry.path().extension().is_some_and(|end| end == "md");
        sources.extend(is_page.then(|| std::fs::read_to_string(entry.path()).expect("text")));
    }
    // Lines are broken elsewhere there.
    let sources = sources.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(sources.contains("{{#kafka-story}}"));
    for chapter in English.story().chapters() {
        let choices = chapter.question.choices.iter().flat_map(|choice| [choice.says, choice.mends]);
        for text in chapter.steps.iter().copied().chain(choices).chain([chapter.question.ask]) {
            let sentences = text.split_inclusive(['.', '?', '!', ':']).map(str::trim);
            for sentence in sentences.filter(|sentence| sentence.split(' ').count() >= 5) {
                assert!(!sources.contains(sentence), "{sentence}");
            }
        }
    }
}

#[test]
fn a_book_tells_the_story_once() {
    let (book, said) = processed(&json!([asking("a.md"), asking("b.md")]));
    let told = |index: usize| book["items"][index]["Chapter"]["sub_items"].as_array().expect("items").len();
    assert_eq!([told(0), told(1)], [15, 0]);
    assert!(said.starts_with("b.md: error: the book tells the story already."), "{said}");
}
