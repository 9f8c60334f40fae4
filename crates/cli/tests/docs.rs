//! What the book in `docs/` says about the element and the commands is all that there is, and its scenarios are right.

use std::path::PathBuf;

use serde_json::{Value, json};

mod support;

use support::element::{attributes, element_sources, parts};
use support::{kafka_lanes, read, root};

fn page(name: &str) -> String {
    read(&root().join("docs/src").join(name))
}

fn pages() -> Vec<PathBuf> {
    let files = std::fs::read_dir(root().join("docs/src")).expect("the book's sources").flatten();
    files.map(|file| file.path()).filter(|path| path.extension().is_some_and(|end| end == "md")).collect()
}

#[test]
fn every_scenario_in_the_book_is_right() {
    let chapters: Vec<Value> = pages()
        .iter()
        .map(|path| json!({ "Chapter": { "name": "A page", "content": read(path), "sub_items": [], "path": path } }))
        .collect();
    let count = chapters.len();
    let context = json!({ "config": { "preprocessor": { "kafka-lanes": { "strict": true } } } });
    let run = kafka_lanes(&["mdbook"], json!([context, { "items": chapters }]).to_string().as_bytes());
    assert_eq!(run.stderr, "");
    let diagrams = run.succeeds().matches("data:image/svg+xml").count();
    assert!(count >= 7 && diagrams >= 5, "{diagrams} diagrams on {count} pages");
}

#[test]
fn every_page_is_in_the_summary() {
    let summary = page("SUMMARY.md");
    for path in pages() {
        let name = path.file_name().expect("a file").to_string_lossy().into_owned();
        assert!(name == "SUMMARY.md" || summary.contains(&format!("({name})")), "{name}");
    }
}

/// With its unit: what is a time ends in `_us`, of which the page says that it is microseconds.
#[test]
fn the_page_of_the_command_line_has_every_field_of_the_state() {
    let page = page("command-line.md");
    let (_, section) = page.split_once("## `run SCENARIO`").expect("what run prints");
    let section = section.split("\n## ").next().expect("the section");
    let (_, tables) = section.split_once("ends in `_us` is a whole number of microseconds").expect("the units");
    let code: Vec<&str> = tables.split('`').skip(1).step_by(2).collect();
    for source in ["state.rs", "alarms.rs", "services.rs"] {
        let source = read(&root().join("crates/scenario/src").join(source));
        let fields = source.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "));
        for (field, _) in fields.filter(|(field, _)| field.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')) {
            assert!(code.contains(&field), "command-line.md says nothing about {field}");
        }
    }
}

#[test]
fn the_page_of_the_command_line_has_every_command_and_option() {
    let page = page("command-line.md");
    let mut commands = Vec::new();
    for line in kafka_lanes(&["--help"], b"").succeeds().lines().skip_while(|line| *line != "Commands:").skip(1) {
        match line.split_whitespace().next() {
            Some("help") | None => break,
            Some(command) => commands.push(command.to_owned()),
        }
    }
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        let (_, section) =
            page.split_once(&format!("## `{command}")).unwrap_or_else(|| panic!("nothing about {command}"));
        let section = section.split("\n## ").next().expect("the section");
        let help = kafka_lanes(&[&command, "--help"], b"").succeeds();
        for option in help.lines().filter(|line| line.starts_with("  ")).flat_map(str::split_whitespace) {
            let option = option.trim_end_matches([',', ';']);
            let is_option = option.starts_with("--") && option.len() > 2 || option == "-o";
            assert!(!is_option || option == "--help" || section.contains(option), "{command} {option}");
        }
    }
}

#[test]
fn the_page_of_the_element_has_every_attribute_part_and_event() {
    let page = page("element.md");
    let (attributes, sources) = (attributes(), element_sources());
    for attribute in attributes {
        assert!(page.contains(&format!("| `{attribute}` |")), "{attribute}");
    }
    let mut events = 0;
    for source in &sources {
        for part in parts(source) {
            assert!(page.contains(&format!("`::part({part})`")), "{part}");
        }
        for event in ["kl-ready", "kl-step", "kl-change", "kl-error"].iter().filter(|event| source.contains(**event)) {
            events += 1;
            assert!(page.contains(&format!("| `{event}` |")), "{event}");
        }
    }
    assert!(events >= 4);
}
