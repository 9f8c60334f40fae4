//! Every word of the language is in its grammar, is printed, and is read.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::vocabulary::*;
use super::{number, parse, print};
use crate::cause::Quantity;
use crate::testing;

const WORDS: [&[&str]; 10] =
    [STATEMENTS, VERBS, ADDABLE, CRASHABLE, HANGABLE, STOPPABLE, BROKER, SETTABLE, LEADING, &["for", "after"]];
const OPTIONS: [(&str, &[&str]); 6] = [
    ("topic", TOPIC_OPTIONS),
    ("producer", PRODUCER_OPTIONS),
    ("group", GROUP_OPTIONS),
    ("consumer", CONSUMER_OPTIONS),
    ("service", SERVICE_OPTIONS),
    ("timing", TIMINGS),
];
const VALUES: [&[&str]; 11] =
    [ASSIGNMENTS, ASSIGNORS, PROTOCOLS, RESETS, COMMITS, SCALES, CLIENTS, ACKS, SWITCH, NO_KEYS, PICKS];

/// The grammar in the documentation.
fn grammar() -> &'static str {
    let text = include_str!("../language.rs");
    let from = text.split_once("//! ```text\n").expect("a grammar").1;
    from.split_once("//! ```\n").expect("its end").0
}

/// What the grammar says an option of a statement, or another of its names, is.
fn rule(name: &str) -> &'static str {
    let (_, rule) = grammar().split_once(&format!("//! {name:<10} =")).expect("a rule of this name");
    rule.split_once(" ;").expect("the end of a rule").0
}

/// The words in quotes.
fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_word_is_in_the_grammar_and_no_other() {
    let mut known: BTreeSet<String> = BTreeSet::new();
    for word in WORDS.iter().chain(&VALUES).flat_map(|words| words.iter()) {
        assert!(quoted(grammar()).contains(word), "{word}");
        known.insert((*word).into());
    }
    for (statement, options) in OPTIONS {
        let given: BTreeSet<&str> =
            quoted(rule(statement)).into_iter().filter_map(|word| word.strip_suffix('=')).collect();
        assert_eq!(given, options.iter().copied().collect(), "{statement}");
        known.extend(options.iter().map(|option| format!("{option}=")));
    }
    for quantity in [Quantity::Span, Quantity::Bytes, Quantity::Rate] {
        for unit in number::units(quantity) {
            assert!(quoted(grammar()).contains(unit), "{unit}");
            known.insert(unit.into());
        }
    }
    // Up to the rules of words in capitals: there, signs stand in quotes.
    let rules = grammar().split_once("//! NAMES ").expect("the words in capitals").0;
    let others: Vec<&str> = quoted(rules).into_iter().filter(|word| !known.contains(*word)).collect();
    assert_eq!(others, ["#", ",", "..", "/"]);
}

#[test]
fn the_grammar_names_the_values() {
    for (name, values) in [("client", CLIENTS), ("acks", ACKS), ("switch", SWITCH), ("assignor", OWN_ASSIGNORS)] {
        assert_eq!(quoted(rule(name)), values.iter().copied().collect(), "{name}");
    }
}

/// Among random worlds there is each word that is ever printed, so that what is said of them is said of it.
#[test]
fn random_worlds_say_all_that_can_be_said() {
    let mut runner = TestRunner::new(testing::config(1));
    let mut text = String::new();
    for _ in 0..600 {
        let world = testing::world().new_tree(&mut runner).expect("a world").current();
        text.push_str(&print(&world));
    }
    let words: BTreeSet<&str> = text.split([' ', '\n']).collect();
    for word in WORDS.iter().flat_map(|words| words.iter()) {
        assert!(words.contains(word), "{word}");
    }
    let begins = |word: &str| words.iter().any(|other| other.starts_with(word));
    for (statement, options) in OPTIONS {
        for option in options {
            assert!(begins(&format!("{option}=")), "{statement} {option}");
        }
    }
    // What is as usual is not said.
    let unsaid = ["java", "random", "earliest", "auto", "classic", "teaching"];
    let ends = |word: &str| words.contains(word) || words.iter().any(|other| other.ends_with(&format!("={word}")));
    for value in VALUES.iter().flat_map(|values| values.iter()) {
        assert_eq!(ends(value), !unsaid.contains(value), "{value}");
    }
}

/// What is not printed is read all the same.
#[test]
fn what_is_usual_can_be_said() {
    let text = "timing teaching\ntopic t unclean-election=off\nproducer p to t client=java pick=random\ngroup g reads t reset=earliest commit=auto protocol=classic\n";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    assert_eq!(print(&parsed.spec), "topic t partitions=1\nproducer p to t\ngroup g reads t assignor=roundrobin\n");
}
