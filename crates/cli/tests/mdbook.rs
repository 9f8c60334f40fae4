//! `kafka-lanes mdbook` as mdBook calls it: JSON in, JSON out.

use serde_json::{Value, json};

mod support;

use support::{kafka_lanes, scratch};

const FENCE: &str = "# One\n\n```kafka height=400\ntopic orders\nproducer Shop to orders\n```\n\nend\n";

fn chapter(content: &str, sub_items: Value) -> Value {
    json!({ "Chapter": { "name": "One", "content": content, "number": [1], "sub_items": sub_items, "path": "one.md",
                         "source_path": "one.md", "parent_names": [] } })
}

/// A book of which `list` has the chapters: `items` since mdBook 0.5, `sections` before.
fn book(list: &str, settings: Value, chapters: Value) -> Vec<u8> {
    let context =
        json!({ "root": "/b", "config": { "preprocessor": { "kafka-lanes": settings } }, "renderer": "html" });
    json!([context, { list: chapters, "__non_exhaustive": null }]).to_string().into_bytes()
}

fn processed(input: &[u8]) -> Value {
    serde_json::from_str(&kafka_lanes(&["mdbook"], input).succeeds()).expect("a book")
}

#[test]
fn every_chapter_of_both_kinds_of_book_is_drawn_and_the_rest_kept() {
    for list in ["items", "sections"] {
        let chapters = json!(["Separator", { "PartTitle": "P" }, chapter("plain", json!([chapter(FENCE, json!([]))]))]);
        let out = processed(&book(list, json!({}), chapters.clone()));
        let inner = &out[list][2]["Chapter"]["sub_items"][0]["Chapter"];
        let content = inner["content"].as_str().expect("text");
        assert!(
            content.starts_with("# One\n\n<!-- kafka-lanes --><div class=\"kafka-lanes\"><kafka-lanes height=\"400\"")
        );
        assert!(content.ends_with("</kafka-lanes></div>\n\nend\n"), "{content}");
        // But for that, the book is what it was.
        let mut undone = out.clone();
        undone[list][2]["Chapter"]["sub_items"][0]["Chapter"]["content"] = json!(FENCE);
        assert_eq!(undone, json!({ list: chapters, "__non_exhaustive": null }));
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place_and_drawn_as_far_as_it_goes() {
    let wrong = chapter(&FENCE.replace("Shop to orders", "Shop to order"), json!([]));
    let run = kafka_lanes(&["mdbook"], &book("items", json!({}), json!([wrong.clone()])));
    assert!(run.stderr.starts_with("one.md:5:18: error: "), "{}", run.stderr);
    assert!(run.succeeds().contains("data:image/svg+xml"));
    let strict = kafka_lanes(&["mdbook"], &book("items", json!({ "strict": true }), json!([wrong]))).fails(1);
    assert!(strict.stdout.is_empty() && strict.stderr.contains("1 errors in diagrams"), "{}", strict.stderr);
}

#[test]
fn mermaid_is_drawn_where_it_is_asked_for() {
    let chart = "```mermaid\nflowchart LR\n  P[Producer Shop] --> T[(topic orders)]\n  T --> C[Consumer c1]\n```\n";
    let content = |settings: Value| {
        let out = processed(&book("items", settings, json!([chapter(chart, json!([]))])));
        out["items"][0]["Chapter"]["content"].as_str().expect("text").to_owned()
    };
    assert_eq!(content(json!({})), chart);
    assert!(content(json!({ "mermaid": true })).contains("<kafka-lanes at=\"12s\">"));
}

#[test]
fn pages_of_html_are_supported_and_no_others() {
    assert_eq!(kafka_lanes(&["mdbook", "supports", "html"], b"").succeeds(), "");
    kafka_lanes(&["mdbook", "supports", "epub"], b"").fails(1);
}

#[test]
fn what_is_no_book_is_refused() {
    let deep = format!("[{{}},{}", "{\"items\":[".repeat(100_000));
    for input in ["", "[]", "{}", "[{},{}", "\u{feff}[1,2]", "[1,2,3]", deep.as_str()] {
        let run = kafka_lanes(&["mdbook"], input.as_bytes()).fails(1);
        assert!(run.stderr.starts_with("stdin: error: this is no book"), "{}", run.stderr);
    }
    for input in ["[1,2]", "[{},{\"items\":[{\"Chapter\":5},{\"Chapter\":{\"content\":[],\"sub_items\":7}}]}]"] {
        kafka_lanes(&["mdbook"], input.as_bytes()).succeeds();
    }
}

#[test]
fn an_install_can_be_repeated_and_says_what_it_lacks() {
    let folder = scratch("book");
    let run = kafka_lanes(&["mdbook", "install", &folder], b"").fails(1);
    assert!(run.stderr.contains("mdbook init"), "{}", run.stderr);
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = format!("{folder}/book.toml");
    std::fs::write(&file, "[book]\ntitle = \"T\"\n").expect("a file");
    kafka_lanes(&["mdbook", "install", &folder], b"").succeeds();
    let first = std::fs::read_to_string(&file).expect("a file");
    assert!(first.contains("[preprocessor.kafka-lanes]") && first.contains("kafka-lanes/kafka-lanes.classic.js"));
    kafka_lanes(&["mdbook", "install", &folder], b"").succeeds();
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), first);
    let run = kafka_lanes(&["mdbook", "install", &folder, "--dist", &folder], b"").fails(1);
    assert!(run.stderr.contains("no build of Kafka Lanes"), "{}", run.stderr);
}
