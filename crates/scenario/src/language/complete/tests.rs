use proptest::prelude::*;

use super::super::{parse, print, vocabulary};
use super::usual::usual;
use super::*;
use crate::testing;

const WORLD: &str = "\
brokers 2
topic orders partitions=3
topic \"pay ments\"
producer Shop to orders keys=amy,ben
service Web calls Pay
service Pay
group mail reads orders
  consumer mail-1
  consumer mail-2
group audit reads orders assignor=manual
  consumer a
at 5s add group late
at 6s add consumer mail-3 to mail
";

/// What is offered at the `|` of a line behind [`WORLD`], and what it takes the place of.
fn at(line: &str) -> (Vec<String>, String) {
    let (before, after) = line.split_once('|').expect("a cursor");
    let text = format!("{WORLD}{before}{after}\n# the end");
    let found = complete(&text, WORLD.len() + before.len());
    let replaced = text[found.replace.clone()].to_owned();
    (found.items.into_iter().map(|item| item.text).collect(), replaced)
}

fn offered(line: &str) -> Vec<String> {
    at(line).0
}

#[test]
fn what_is_valid_is_offered() {
    assert_eq!(offered("|"), vocabulary::STATEMENTS);
    assert_eq!(offered("at 10s |"), vocabulary::VERBS);
    assert_eq!(offered("at 10s add |"), ["consumer", "group", "producer"]);
    assert_eq!(offered("at 10s set |"), vocabulary::SETTABLE);
    let cases: [(&str, &[&str]); 54] = [
        ("to|", &["topic"]),
        ("topic |", &[]),
        (
            "topic t |partitions=3 retention-bytes=1 replication=1 min-isr=1",
            &["retention=", "segment-bytes=", "unclean-election="],
        ),
        ("topic t partitions=|", &["1"]),
        ("topic t retention=12|", &["12us", "12ms", "12s", "12m", "12h", "12d"]),
        ("topic t retention=12m|", &["12ms", "12m"]),
        ("producer P rate=4|", &["4/s", "4/min", "4/h"]),
        ("topic t unclean-election=|", &["on", "off"]),
        ("title to|", &[]),
        ("topic t # par|", &[]),
        ("# to|", &[]),
        (
            "producer P |client=java rate=1/s keys=a key-prefix=x pick=random size=1 acks=all",
            &[
                "to",
                "idempotence=",
                "linger=",
                "batch-size=",
                "max-in-flight=",
                "retries=",
                "delivery-timeout=",
                "request-timeout=",
                "retry-backoff=",
            ],
        ),
        ("producer P to |", &["orders", "\"pay ments\""]),
        ("producer P to orders, |", &["\"pay ments\""]),
        ("producer P to |, orders", &["\"pay ments\""]),
        ("producer P to \"pa|", &["\"pay ments\""]),
        ("producer P to orders pick=|", &["random", "in-turn", "skewed"]),
        ("producer P to orders acks=|", &["0", "1", "all"]),
        ("producer P to orders idempotence=on acks=|", &["all"]),
        ("producer P to orders keys=|", &["none"]),
        ("group g reads orders ass|", &["assignor="]),
        ("group g reads orders ass|=range", &["assignor"]),
        ("group g reads orders assignor=s|", &["sticky", "server-range", "cooperative-sticky"]),
        ("group g reads orders protocol=consumer assignor=|", &["range", "uniform", "server-range"]),
        ("group g assignor=range,|", &["roundrobin", "sticky", "cooperative-sticky"]),
        ("group g assignor=sticky,r| protocol=classic", &["range", "roundrobin"]),
        ("group g assignor=|,sticky", &["range", "roundrobin", "cooperative-sticky"]),
        ("at 10s restart consumer mail-1 of mail |", &["after", "assignor="]),
        ("at 10s restart consumer mail-1 of mail assignor=c|", &["cooperative-sticky"]),
        ("at 10s set assignor mail range,|", &["roundrobin", "sticky", "cooperative-sticky"]),
        ("group g assignor=|  protocol=classic", &["range", "roundrobin", "sticky", "cooperative-sticky"]),
        ("  consumer c processing=1s |", &["reads=", "instance="]),
        ("  consumer c reads=orders-0,|", &["orders-1", "orders-2"]),
        ("timing kafka br|", &["broker-session=", "broker-heartbeat=", "broker-start="]),
        ("timing k|", &["kafka"]),
        ("timing session=|", &["5s"]),
        ("timing max-p|", &["max-poll-records=", "max-poll-interval="]),
        ("at |", &[]),
        ("at 10|", &["10us", "10ms", "10s", "10m", "10h", "10d"]),
        ("at 10s remove consumer |", &["mail-1", "mail-2", "a", "late-1", "mail-3"]),
        ("at 10s remove consumer | from mail", &["mail-1", "mail-2", "mail-3"]),
        ("at 10s remove consumer mail-1 |", &["from"]),
        ("at 10s pause consumer mail-1 of mail |", &["for"]),
        ("at 10s hang |", &["consumer", "broker", "service"]),
        ("at 10s stop |", &["broker", "service"]),
        ("at 10s stop service |", &["Web", "Pay"]),
        ("at 10s set orders |", &["Web", "Pay"]),
        ("service Fax calls Web, |", &["Pay"]),
        ("service Fax takes=1s t|", &["timeout="]),
        ("at 10s kill broker |", &["1", "2"]),
        ("at 10s send |", &["amy", "ben"]),
        ("at 10s set processing mail/|", &["mail/mail-1", "mail/mail-2", "mail/mail-3"]),
        ("at 10s set processing \"mail\"/|", &["mail-1", "mail-2", "mail-3"]),
        ("at 10s add consumer x to audit |instance=i", &["reads", "processing=", "reads="]),
    ];
    for (line, expected) in cases {
        assert_eq!(offered(line), expected, "{line}");
    }
}

#[test]
fn the_word_at_the_cursor_is_replaced() {
    for (line, replaced) in [
        ("to|", "to"),
        ("t|op", "top"),
        ("topic t part|itions=3", "partitions"),
        ("topic t |", ""),
        ("producer P to \"pa|y ments\" rate=3/s", "\"pay ments\""),
        ("producer P to \"pa|y rate=3/s", "\"pa"),
        ("at 10s set processing \"mail\"/ma|", "ma"),
    ] {
        assert_eq!(at(line).1, replaced, "{line}");
    }
}

#[test]
fn a_consumer_is_offered_below_a_group() {
    let words = |text: &str| complete(text, text.len()).items.iter().any(|item| item.text == "consumer");
    assert!(!words("topic t\nc"));
    assert!(words("group g\nc"));
    assert!(complete("\u{FEFF}to", 0).replace == (3..3));
}

/// What the notes say stands where an option is absent is what stands there.
#[test]
fn the_usual_is_usual() {
    let statements = [
        ("topic", "topic x", vocabulary::TOPIC_OPTIONS),
        ("producer", "topic t\nproducer x to t", vocabulary::PRODUCER_OPTIONS),
        ("group", "topic t\ngroup x reads t", vocabulary::GROUP_OPTIONS),
        ("timing", "timing", vocabulary::TIMINGS),
    ];
    let mut without = Vec::new();
    for (statement, text, options) in statements {
        for option in options {
            match usual(statement, Some(option)) {
                Some(usual) => {
                    let said = parse(&format!("{text} {option}={usual}"));
                    assert_eq!((said.spec, said.diagnostics), (parse(text).spec, vec![]), "{option}={usual}");
                }
                None => without.push(*option),
            }
        }
    }
    assert_eq!(without, ["key-prefix", "idempotence", "max-in-flight", "retries"]);
}

/// As with reading, a step too many would take minutes here.
#[test]
fn large_texts_are_read_to_their_end() {
    for piece in ["a ", "a,", "\"", "topic t\n", "group g a,", "consumer c\n", "at 1s send k from x\n", "=", "a=", "\\"]
    {
        let text = piece.repeat(MAX_INPUT_BYTES / 4 / piece.len());
        for offset in [0, text.len() / 2, text.len()] {
            complete(&text, offset);
        }
    }
    // Much above, and much in the line.
    let groups: String = (0..10_000).map(|number| format!("group g{number} assignor=manual\n  consumer c\n")).collect();
    let text = format!("{groups}at 1s add consumer {}", "x ".repeat(100_000));
    complete(&text, groups.len() + "at 1s add consumer x ".len());
    complete(&text, text.len());
    assert_eq!(complete(&"x".repeat(10_000_000), 5), Completions { replace: 5..5, items: vec![] });
}

proptest! {
    #![proptest_config(testing::config(150))]

    /// In the text of a world, each of its words is offered where it stands, but for numbers and new names.
    #[test]
    fn the_words_of_a_text_are_offered(world in testing::world(), place in any::<prop::sample::Index>()) {
        let text = print(&world);
        let words = ["\ntopic ", "\nproducer ", " to ", "\ngroup ", " reads ", " protocol=", " assignor=", " reset=",
            " commit=", " pick=", " acks=", " idempotence=", " client=", "\ntiming ", " broker ", "  consumer ", "\nat ",
            " add ", " set "];
        let found: Vec<(usize, &str)> = words.iter()
            .flat_map(|word| text.match_indices(word))
            // Those of the language: names with such words in them stand in quotes.
            .filter(|(at, _)| text[..*at].rsplit('\n').next().is_some_and(|line| !line.contains('"') && !line.starts_with("title")))
            .collect();
        prop_assume!(!found.is_empty());
        let (at, word) = *place.get(&found);
        let from = at + word.len() - word.trim_start().len();
        let offered = complete(&text, from + 1);
        let wanted = word.trim().trim_end_matches('=');
        prop_assert!(offered.items.iter().any(|item| item.text.trim_end_matches('=') == wanted), "{wanted}: {offered:?}\n{text}");
    }

    #[test]
    fn any_text_and_place(text in "[a-z \\n=,\"/.#é]{0,80}", offset in 0usize..120) {
        let found = complete(&text, offset);
        prop_assert!(text.get(found.replace.clone()).is_some());
        prop_assert!(found.items.len() <= MAX_COMPLETIONS);
    }

    /// A completion put in is read: it leaves no word unknown at its place.
    #[test]
    fn what_is_offered_is_taken(world in testing::world(), place in any::<prop::sample::Index>()) {
        let text = print(&world);
        prop_assume!(!text.is_empty());
        let offset = place.index(text.len());
        let found = complete(&text, offset);
        let start = found.replace.start;
        // Put in right before something else it would be another word.
        prop_assume!(text[found.replace.end..].starts_with(char::is_whitespace));
        let unknown = |text: &str| parse(text).diagnostics.iter().filter(|d| {
            d.range(text).start == start && matches!(d.cause, crate::Cause::UnknownWord { .. } | crate::Cause::NoSuch { .. })
        }).count();
        for item in found.items {
            let text = [&text[..start], &item.text, &text[found.replace.end..]].concat();
            prop_assert_eq!(unknown(&text), 0, "{:?}\n{}", item, text);
        }
    }
}
