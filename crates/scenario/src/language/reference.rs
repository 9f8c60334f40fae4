//! `docs/src/language.md` knows every word of the language and every limit.
//!
//! `KAFKA_LANES_OVERWRITE=1 cargo test -p kafka-lanes-scenario reference` writes its table of limits anew.

use std::path::{Path, PathBuf};

use super::vocabulary::{
    ASSIGNMENTS, CLIENTS, COMMITS, CONSUMER_OPTIONS, GROUP_OPTIONS, PICKS, PRODUCER_OPTIONS, PROTOCOLS, RESETS, SCALES,
    SETTABLE, STATEMENTS, TIMINGS, TOPIC_OPTIONS, VERBS,
};
use crate::limit::Limit;

const BEGIN: &str = "<!-- limits: written by crates/scenario/src/language/reference.rs -->\n";
const END: &str = "<!-- end of limits -->";

const LIMITS: [Limit; 19] = [
    Limit::InputBytes,
    Limit::Topics,
    Limit::Partitions,
    Limit::Producers,
    Limit::Groups,
    Limit::Members,
    Limit::Brokers,
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

fn table() -> String {
    let row = |limit: &Limit| format!("| `{}` | {} | {} |\n", limit.constant(), limit.value(), limit.counts());
    let head = "| limit | is | counts |\n| --- | ---: | --- |\n";
    [head.into()].into_iter().chain(LIMITS.iter().map(row)).collect()
}

#[test]
fn the_page_has_the_limits_of_the_code() {
    let (path, text) = page("language.md");
    let (before, rest) = text.split_once(BEGIN).expect("a place for the table");
    let (stands, after) = rest.split_once(END).expect("the end of that place");
    if std::env::var_os("KAFKA_LANES_OVERWRITE").is_some() {
        std::fs::write(&path, [before, BEGIN, &table(), END, after].concat()).expect("a page that can be written");
        return;
    }
    assert_eq!(stands, table(), "write it anew with KAFKA_LANES_OVERWRITE=1");
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
