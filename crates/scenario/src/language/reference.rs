//! `docs/src/language.md` knows every word of the language, its grammar, and every limit.
//!
//! `KAFKA_LANES_OVERWRITE=1 cargo test -p kafka-lanes-scenario reference::the_page_has` writes anew what is the code's.

use std::path::{Path, PathBuf};

use super::vocabulary::{
    ASSIGNMENTS, CLIENTS, COMMITS, CONSUMER_OPTIONS, GROUP_OPTIONS, PICKS, PRODUCER_OPTIONS, PROTOCOLS, RESETS, SCALES,
    SERVICE_OPTIONS, SETTABLE, STATEMENTS, TIMINGS, TOPIC_OPTIONS, VERBS,
};
use crate::limit::Limit;

const LIMITS: [Limit; 22] = [
    Limit::InputBytes,
    Limit::Topics,
    Limit::Partitions,
    Limit::Producers,
    Limit::Groups,
    Limit::Members,
    Limit::Brokers,
    Limit::Services,
    Limit::AtOnce,
    Limit::CallRetries,
    Limit::Keys,
    Limit::KeyBytes,
    Limit::ValueBytes,
    Limit::NameChars,
    Limit::Rate,
    Limit::RetentionBytes,
    Limit::SegmentBytes,
    Limit::Actions,
    Limit::Time,
    Limit::Span,
    Limit::Latency,
    Limit::Period,
];

fn page(name: &str) -> (PathBuf, String) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src").join(name);
    let text = std::fs::read_to_string(&path).expect("a page of docs/src");
    (path, text)
}

fn limits() -> String {
    let row = |limit: &Limit| format!("| `{}` | {} | {} |\n", limit.constant(), limit.value(), limit.counts());
    let head = "| limit | is | counts |\n| --- | ---: | --- |\n";
    [head.into()].into_iter().chain(LIMITS.iter().map(row)).collect()
}

/// That of the module's documentation, as a code block.
fn grammar() -> String {
    let source = include_str!("../language.rs");
    let (_, rest) = source.split_once("//! ```text\n").expect("a grammar");
    let (grammar, _) = rest.split_once("//! ```\n").expect("its end");
    // An empty line has no space behind the slashes; what indents a line stays.
    let bare = |line: &str| line.strip_prefix("//! ").or(line.strip_prefix("//!")).unwrap_or(line).to_owned() + "\n";
    format!("```text\n{}```\n", grammar.lines().map(bare).collect::<String>())
}

#[test]
fn the_page_has_the_grammar_and_the_limits_of_the_code() {
    let (path, stands) = page("language.md");
    let written = [("grammar", grammar()), ("limits", limits())].iter().fold(stands.clone(), |text, (name, new)| {
        let begin = format!("<!-- {name}: written by crates/scenario/src/language/reference.rs -->\n");
        let end = format!("<!-- end of {name} -->");
        let (before, rest) = text.split_once(&begin).expect("a place for it");
        let (_, after) = rest.split_once(&end).expect("the end of that place");
        [before, &begin, new, &end, after].concat()
    });
    if std::env::var_os("KAFKA_LANES_OVERWRITE").is_some() {
        std::fs::write(&path, written).expect("a page that can be written");
        return;
    }
    assert!(stands == written, "docs/src/language.md is old: write it anew with KAFKA_LANES_OVERWRITE=1");
}

#[test]
fn the_page_has_every_word_of_the_language() {
    let text = page("language.md").1 + &page("timing.md").1;
    let words = [
        STATEMENTS,
        VERBS,
        SETTABLE,
        TOPIC_OPTIONS,
        PRODUCER_OPTIONS,
        GROUP_OPTIONS,
        CONSUMER_OPTIONS,
        SERVICE_OPTIONS,
        ASSIGNMENTS,
        PROTOCOLS,
        RESETS,
        COMMITS,
        SCALES,
        CLIENTS,
        PICKS,
        TIMINGS,
    ];
    // In code, as a whole word: `word`, `word=`, `a word b`.
    let code: Vec<&str> = text.split('`').skip(1).step_by(2).collect();
    let has = |word: &str| {
        let separate = |c: char| c.is_whitespace() || c == '=';
        code.iter().any(|code| code.split(separate).any(|found| found == word))
    };
    let missing: Vec<&&str> = words.into_iter().flatten().filter(|word| !has(word)).collect();
    assert!(missing.is_empty(), "docs/src/language.md says nothing about {missing:?}");
}
