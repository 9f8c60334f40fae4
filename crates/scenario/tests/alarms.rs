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

/// The article's world keeps all its promises.
#[test]
fn the_articles_world_raises_none() {
    assert_eq!(kinds(include_str!("../../../examples/order-events.kafka")), Vec::<String>::new());
}
