use proptest::prelude::*;

use super::super::{parse, print};
use super::*;
use crate::{Severity, testing};

/// The words of a text with their kinds.
fn words(text: &str) -> Vec<(&str, Token)> {
    highlight(text).into_iter().map(|(range, token)| (&text[range], token)).collect()
}

#[test]
fn each_word_is_what_the_reader_takes_it_for() {
    use Token::*;
    let cases: [(&str, &[(&str, Token)]); 14] = [
        ("title Order #1 # c", &[("title", Keyword), ("Order", Value), ("#1 # c", Comment)]),
        ("title a b # c\r", &[("title", Keyword), ("a b", Value), ("# c", Comment)]),
        ("title \"a # b\" c # d", &[("title", Keyword), ("\"a # b\"", Value), ("c", Error), ("# d", Comment)]),
        (
            "topic to partitions=3 retention=7x # é",
            &[
                ("topic", Keyword),
                ("to", Error),
                ("partitions", Option),
                ("3", Number),
                ("retention", Option),
                ("7x", Error),
                ("# é", Comment),
            ],
        ),
        (
            "producer \"é b\" to a, b keys=none,\"x y\"",
            &[
                ("producer", Keyword),
                ("\"é b\"", Name),
                ("to", Keyword),
                ("a", Name),
                ("b", Name),
                ("keys", Option),
                ("none", Value),
                ("\"x y\"", Value),
            ],
        ),
        ("timing kafka rpc=5", &[("timing", Keyword), ("kafka", Value), ("rpc", Option), ("5", Number)]),
        ("topc x", &[("topc", Error)]),
        ("brokers 3", &[("brokers", Keyword), ("3", Number)]),
        (
            "at 5s set processing g/c 1s",
            &[
                ("at", Keyword),
                ("5s", Number),
                ("set", Keyword),
                ("processing", Keyword),
                ("g/c", Name),
                ("1s", Number),
            ],
        ),
        (
            "at 5s hang broker 1 2",
            &[("at", Keyword), ("5s", Number), ("hang", Keyword), ("broker", Keyword), ("1", Number)],
        ),
        ("group g assignor=rage", &[("group", Keyword), ("g", Name), ("assignor", Option), ("rage", Error)]),
        ("group g foo=1", &[("group", Keyword), ("g", Name), ("foo", Error)]),
        ("topic t more", &[("topic", Keyword), ("t", Name), ("more", Error)]),
        ("\u{FEFF}# x", &[("# x", Comment)]),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text), expected, "{text}");
    }
}

/// As with reading, a step too many would take minutes here.
#[test]
fn large_texts_are_read_to_their_end() {
    for piece in ["a ", "a,", "\"", "topic t\n", "a\n", "x=1 ", "at 1s send k from x\n", "..", "\\", "#"] {
        for begins in ["", "topic t ", "title ", "producer P to t keys="] {
            let text = format!("{begins}{}", piece.repeat(MAX_INPUT_BYTES / 4 / piece.len()));
            assert!(is_orderly(&text), "{piece:?}");
        }
    }
    assert_eq!(highlight(&"x".repeat(10_000_000)), []);
}

fn is_orderly(text: &str) -> bool {
    let mut end = 0;
    highlight(text).into_iter().all(|(range, _)| {
        let fine = range.start >= end && !range.is_empty() && text.get(range.clone()).is_some();
        end = range.end;
        fine
    })
}

proptest! {
    #![proptest_config(testing::config(200))]

    /// What is right has no errors, and all of it but signs and spaces is something.
    #[test]
    fn all_of_a_world_is_coloured(world in testing::world()) {
        let text = print(&world);
        prop_assert!(is_orderly(&text));
        let mut end = 0;
        for (range, token) in highlight(&text) {
            let between = &text[end..range.start];
            prop_assert!(between.chars().all(|c| c.is_whitespace() || ",=.".contains(c)), "{between:?}\n{text}");
            prop_assert!(token != Token::Error, "{:?}\n{text}", &text[range]);
            end = range.end;
        }
    }

    #[test]
    fn any_text(text in "[a-z0-9 \\n=,\"/.#é\\\\]{0,80}") {
        prop_assert!(is_orderly(&text), "{text}");
    }

    /// A word that the reader does not know is an error to both.
    #[test]
    fn what_is_not_known_is_an_error(world in testing::world(), place in any::<prop::sample::Index>()) {
        let mut text = print(&world);
        let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
        prop_assume!(!spaces.is_empty());
        text.insert_str(*place.get(&spaces), " zz=zz");
        let errors = highlight(&text).iter().filter(|(_, token)| *token == Token::Error).count();
        let unknown = parse(&text).diagnostics.into_iter().any(|fault| {
            fault.severity == Severity::Error && matches!(fault.cause, crate::Cause::UnknownWord { word, .. } if word == "zz")
        });
        prop_assert!(!unknown || errors > 0, "{text}");
    }
}
