//! The example of a group that comes from one assignor to another says what it does, and so does its twin.

use kafka_lanes_core::{Happening, History, Time};
use kafka_lanes_scenario::{StateDocument, language};

const EXAMPLE: &str = include_str!("../../../examples/two-bounces.kafka");

/// The assignor of the group, and what its members do, at each of these seconds; who was refused by the last of them.
fn run(text: &str, seconds: &[u64]) -> (Vec<(String, Vec<String>)>, Vec<String>) {
    let parsed = language::parse(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    let mut history = History::new(parsed.spec, 1).expect("a parsed world is never refused");
    let mut seen = Vec::new();
    for second in seconds {
        history.advance(Time::from_secs(*second), u64::MAX);
        let document = StateDocument::of(&history);
        let (_, billing) = document.groups.iter().next().expect("a group");
        let members = billing.members.iter().map(|(name, m)| format!("{name} {} {}", m.state, m.assigned.len()));
        seen.push((billing.assignor.clone(), members.collect()));
    }
    let told = history.world().journal().entries.iter().filter_map(|entry| match &entry.what {
        Happening::NoCommonAssignor { member, .. } => Some(member.to_string()),
        _ => None,
    });
    (seen, told.collect())
}

fn all(members: &[&str]) -> Vec<String> {
    members.iter().map(|member| (*member).into()).collect()
}

#[test]
fn two_bounces_end_nobody() {
    let (seen, refused) = run(EXAMPLE, &[9, 17, 28, 50, 60]);
    assert_eq!(refused, Vec::<String>::new());
    let assignors: Vec<&str> = seen.iter().map(|(assignor, _)| &**assignor).collect();
    assert_eq!(assignors, ["range", "range", "cooperative-sticky", "cooperative-sticky", "cooperative-sticky"]);
    let three = all(&["billing-1 stable 2", "billing-2 stable 2", "billing-3 stable 2"]);
    assert_eq!((&seen[2].1, &seen[3].1), (&three, &three));
    assert_eq!(seen[4].1.len(), 4);
}

#[test]
fn one_bounce_ends_consumer_after_consumer() {
    let (here, twin) = ("assignor=cooperative-sticky,range", "assignor=cooperative-sticky");
    assert!(EXAMPLE.contains(&format!(": {twin}")) && EXAMPLE.contains(here), "the comment names the twin");
    let (_, world) = EXAMPLE.split_once("\ntitle").expect("a title");
    let (seen, refused) = run(&format!("title{}", world.replace(here, twin)), &[13, 28]);
    assert_eq!(refused, ["billing-1", "billing-2"]);
    assert_eq!(seen[0], ("range".into(), all(&["billing-1 refused 0", "billing-2 stable 3", "billing-3 stable 3"])));
    let alone = all(&["billing-1 refused 0", "billing-2 refused 0", "billing-3 stable 6"]);
    assert_eq!(seen[1], ("cooperative-sticky".into(), alone));
}
