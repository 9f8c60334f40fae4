//! The manifest for editors and the types say about the element what it has, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;

mod support;

use support::element::{attributes, element_sources, parts};
use support::{read, root};

/// What `web/custom-elements.json` says about the element.
fn declaration() -> Value {
    let manifest: Value = serde_json::from_str(&read(&root().join("web/custom-elements.json"))).expect("JSON");
    manifest["modules"][0]["declarations"][0].clone()
}

fn types() -> String {
    read(&root().join("web/kafka-lanes.d.ts"))
}

/// The names in a list of the declaration.
fn names(declaration: &Value, list: &str) -> Vec<String> {
    let entries = declaration[list].as_array().unwrap_or_else(|| panic!("{list}"));
    entries.iter().map(|entry| entry["name"].as_str().expect("a name").to_owned()).collect()
}

/// The first words of the lines of a block of the types, such as `ready` of `  readonly ready: Promise<KafkaLanes>;`.
fn first_words(block: &str) -> BTreeSet<String> {
    let (_, rest) = types().split_once(block).map(|(a, b)| (a.to_owned(), b.to_owned())).expect("the block");
    let lines = rest
        .lines()
        .skip(1)
        .map(str::trim)
        .take_while(|line| *line != "}")
        .filter(|line| !line.starts_with(['/', '*']));
    let bare =
        |line: &'_ str| ["readonly ", "get ", "set "].iter().find_map(|word| line.strip_prefix(word)).map(str::len);
    let words = lines.map(|line| line[line.len() - bare(line).unwrap_or(line.len())..].trim_start_matches('"'));
    words.map(|line| line.split(['(', ':', '"', '?']).next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_manifest_has_the_attributes_of_the_loader() {
    assert_eq!(names(&declaration(), "attributes"), attributes());
}

#[test]
fn the_manifest_has_every_part() {
    let named = names(&declaration(), "cssParts");
    let sources = element_sources();
    let mut count = 0;
    for part in sources.iter().flat_map(|source| parts(source)) {
        count += 1;
        assert!(named.iter().any(|name| name == part), "{part}");
    }
    assert!(count >= 6, "{count} parts");
}

#[test]
fn the_manifest_has_the_events_of_the_types_and_each_is_told() {
    let named: BTreeSet<String> = names(&declaration(), "events").into_iter().collect();
    assert_eq!(named, first_words("interface GlobalEventHandlersEventMap {"));
    let sources = element_sources();
    for event in &named {
        assert!(sources.iter().any(|source| source.contains(&format!("\"{event}\""))), "{event}");
    }
}

#[test]
fn the_manifest_has_the_members_of_the_types_and_the_loader_has_them() {
    let named = names(&declaration(), "members");
    assert_eq!(
        named.iter().cloned().collect::<BTreeSet<_>>(),
        first_words("export class KafkaLanes extends HTMLElement {")
    );
    let loader = read(&root().join("web/kafka-lanes.js"));
    for member in named {
        let forms = [format!("\n  {member}("), format!("\n  get {member}("), format!("this.{member} = ")];
        assert!(forms.iter().any(|form| loader.contains(form)), "{member}");
    }
}
