//! Each challenge can be met, in more than one way, and is not met by doing nothing or the wrong thing.

use kafka_lanes_core::{Action, History, Time};
use kafka_lanes_scenario::language;
use kafka_lanes_story::challenges;
use kafka_lanes_words::{English, StoryCatalogue};

/// What is tried in a challenge: its place from 0, whether it works, and what is done, in the scenario language.
const TRIES: &[(usize, bool, &str)] = &[
    (0, true, "at 16s add consumer to billing"),
    (0, true, "at 16s set processing billing 80ms"),
    (0, false, "at 16s add consumer to billing\nat 17s add consumer to billing"),
    (1, true, "at 16s add consumer to billing"),
    (1, false, "at 16s set partitions orders 4\nat 16s add consumer to billing"),
    (2, true, "at 16s set acks Shop 1\nat 20s kill broker 2"),
    (2, true, "at 16s set acks Shop 1\nat 20s stall broker 1\nat 20s stall broker 3\nat 22s kill broker 2"),
    (2, false, "at 20s kill broker 2"),
    (3, true, "at 25s set partitions orders 4\nat 26s add consumer to billing\nat 26s add consumer to billing"),
    (3, true, "at 25s set partitions orders 8\nat 26s add consumer to billing"),
    (3, false, "at 16s add consumer to billing"),
    (4, true, "at 20.6s crash consumer ledger-1 of ledger"),
    (4, true, "at 21s pause consumer ledger-2 of ledger for 12s"),
    (4, false, "at 21s remove consumer ledger-1 from ledger"),
    (5, true, "at 16s set assignor billing cooperative-sticky\nat 25s add consumer to billing"),
    (5, true, "at 16s set assignor billing uniform\nat 30s add consumer to billing"),
    (5, false, "at 16s add consumer to billing"),
    (6, true, "at 16s add group audit reads orders"),
    (6, true, "at 16s remove consumer analytics-1 from payment-g1\nat 17s add group analytics-g1"),
    (6, false, "at 16s add consumer to payment-g1"),
    (
        7,
        true,
        "at 16s set rate Shop 0/s\nat 20s send a from Shop\nat 21s send a from Shop\nat 22s send a from Shop\nat 23s send a from Shop\nat 24s send a from Shop",
    ),
    (7, false, "at 16s set rate Shop 0/s\nat 20s send a from Shop\nat 21s send b from Shop\nat 22s send a from Shop"),
    (8, true, "at 16s set acks Shop all\nat 20s kill broker 2"),
    (8, true, "at 16s set acks Shop all\nat 20s stop broker 3"),
    (8, false, "at 20s kill broker 2"),
    (9, true, "at 20s restart consumer billing-1 of billing after 2s"),
    (9, false, "at 20s restart consumer billing-1 of billing after 9s"),
];

fn world_with(place: usize, acts: &str) -> History {
    let scenario = format!("{}{acts}\n", challenges::ALL[place].start.scenario);
    let parsed = language::parse(&scenario);
    assert_eq!(parsed.diagnostics, [], "{scenario}");
    let actions: Vec<(Time, Action)> = parsed.spec.actions;
    let spec = language::parse(challenges::ALL[place].start.scenario).spec;
    let mut history = History::new(spec, 1).expect("a world");
    for (at, action) in actions {
        history.advance(at, u64::MAX);
        history.act(action).expect("it can be done");
    }
    history.advance(Time::from_secs(60), u64::MAX);
    history
}

#[test]
fn none_is_met_by_waiting() {
    for (place, challenge) in challenges::ALL.iter().enumerate() {
        let start = challenge.start.reached().expect("a world");
        assert!(!challenge.is_done(start.world()), "{place} at the start");
        assert!(!challenge.is_done(world_with(place, "").world()), "{place} after a while");
    }
}

#[test]
fn each_is_met_by_whoever_knows_how() {
    let judged = TRIES
        .iter()
        .filter(|(place, works, acts)| challenges::ALL[*place].is_done(world_with(*place, acts).world()) != *works);
    let wrong: Vec<_> = judged.map(|(place, _, acts)| (English.story().challenges[*place].ask, acts)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for place in 0..challenges::ALL.len() {
        let tried = |wanted: bool| TRIES.iter().filter(|(of, works, _)| *of == place && *works == wanted).count();
        assert!(tried(true) >= 1 && tried(false) >= 1, "{place}");
    }
}
