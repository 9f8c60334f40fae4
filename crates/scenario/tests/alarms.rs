//! The examples of broken promises say what they do, and so do their twins.

use kafka_lanes_core::{History, Time};
use kafka_lanes_scenario::{StateDocument, language};

/// The kinds of alarms that a text raises in two minutes and a half.
fn kinds(text: &str) -> Vec<String> {
    let parsed = language::parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let mut history = History::new(parsed.spec, 1).expect("a parsed world is never refused");
    history.advance(Time::from_secs(150), u64::MAX);
    StateDocument::of(&history).alarms.into_iter().map(|alarm| alarm.kind).collect()
}

#[test]
fn each_example_rings_and_its_twin_does_not() {
    for (text, kind, here, twin) in [
        (include_str!("../../../examples/added-lanes.kafka"), "order-broken", "processing=500ms", "processing=100ms"),
        (include_str!("../../../examples/at-most-once.kafka"), "record-lost", "commit=before", "commit=after"),
        (include_str!("../../../examples/falling-behind.kafka"), "lag-growing", "processing=300ms", "processing=150ms"),
        (include_str!("../../../examples/latest-skips.kafka"), "record-lost", "reset=latest", "reset=earliest"),
        (include_str!("../../../examples/short-retention.kafka"), "record-lost", "retention=8s", "retention=10m"),
    ] {
        assert!(kinds(text).iter().any(|rung| rung == kind), "{text}");
        assert!(text.contains(&format!(": {twin}")) && text.contains(here), "the comment names the twin: {text}");
        let (_, world) = text.split_once("\ntitle").expect("a title");
        let other = format!("title{}", world.replace(here, twin));
        assert!(kinds(&other).iter().all(|rung| rung != kind), "{other}");
    }
}

/// Kafka's `assign()` asks nobody: both read, and each record is processed by both.
#[test]
fn two_that_choose_one_partition_process_its_records_twice() {
    let causes = |second: &str| -> Vec<(Option<u32>, String)> {
        let text = format!(
            "topic o partitions=4\nproducer P to o keys=none rate=9/s\ngroup p reads o assignor=manual\n  \
             consumer a reads=o-0,o-1\n  consumer b reads={second}\n"
        );
        let parsed = language::parse(&text);
        assert!(!parsed.has_errors(), "{:?}", parsed.diagnostics);
        let mut history = History::new(parsed.spec, 1).expect("a parsed world is never refused");
        history.advance(Time::from_secs(60), u64::MAX);
        let alarms = StateDocument::of(&history).alarms.into_iter();
        alarms.filter(|alarm| alarm.kind == "processed-twice").map(|alarm| (alarm.partition, alarm.cause)).collect()
    };
    let rung = causes("o-1,o-2");
    assert!(!rung.is_empty());
    for (partition, cause) in rung {
        assert_eq!(partition, Some(1));
        assert!(cause.contains("chose the same partition"), "{cause}");
    }
    assert_eq!(causes("o-2,o-3"), []);
}

/// The article's world keeps all its promises.
#[test]
fn the_articles_world_raises_none() {
    assert_eq!(kinds(include_str!("../../../examples/order-events.kafka")), Vec::<String>::new());
}
