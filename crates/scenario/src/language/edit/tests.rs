use kafka_lanes_core::spec::{Acks, Assignor, Assignors, ConsumerSpec, PartitionName, Rate, ServerAssignor};
use kafka_lanes_core::{BrokerAct, History, Span};
use proptest::prelude::*;

use super::super::{parse, print};
use super::*;
use crate::testing;

fn kill(broker: u32) -> Action {
    Action::Broker { broker, act: BrokerAct::Kill }
}

fn edited(text: &str, acts: &[(u64, u32)]) -> String {
    let acts: Vec<(Time, Action)> = acts.iter().map(|(at, broker)| (Time::from_secs(*at), kill(*broker))).collect();
    edit(text, &acts).expect("a short text")
}

#[test]
fn lines_go_where_their_time_is() {
    assert_eq!(edited("", &[(0, 1)]), "at 0s kill broker 1\n");
    assert_eq!(edited("topic t", &[(5, 1)]), "topic t\nat 5s kill broker 1\n");
    assert_eq!(edited("topic t\r\n", &[(5, 1)]), "topic t\r\nat 5s kill broker 1\r\n");
    assert_eq!(edited("\u{FEFF}", &[(5, 1)]), "\u{FEFF}at 5s kill broker 1\n");
    let text =
        "# head\n\ntopic t # a\n# first\n  # of two\n  at   10s  kill broker 1 # why\n\nat 20s nonsense\ntopic u\n";
    assert_eq!(edited(text, &[]), text);
    let expected = "# head\n\ntopic t # a\nat 0s kill broker 7\nat 5s kill broker 2\n# first\n  # of two\n  at   10s  kill broker 1 # why\nat 10s kill broker 3\nat 10s kill broker 4\nat 15s kill broker 5\n\nat 20s nonsense\nat 25s kill broker 6\ntopic u\n";
    assert_eq!(edited(text, &[(5, 2), (10, 3), (10, 4), (25, 6), (15, 5), (0, 7)]), expected);
    // Lines that are in no order: behind all that are as early.
    let text = "at 30s kill broker 1\nat 10s kill broker 1";
    assert_eq!(edited(text, &[(20, 2)]), format!("{text}\nat 20s kill broker 2\n"));
}

#[test]
fn undone_is_gone() {
    let text = "topic t\n# crash\nat 5s kill broker 1 # it\nat 6s kill broker 1\n";
    let one = edited(text, &[(5, 1)]);
    assert_eq!(undo(&one, Time::from_secs(5), &kill(1)).as_deref(), Some(text));
    let without = undo(text, Time::from_secs(5), &kill(1));
    assert_eq!(without.as_deref(), Some("topic t\n# crash\nat 6s kill broker 1\n"));
    assert_eq!(undo(text, Time::from_secs(7), &kill(1)), None);
    assert_eq!(undo(text, Time::from_secs(5), &kill(2)), None);
}

/// All that can be done by hand, in a world that is then made anew from its text: the two are the same.
#[test]
fn every_action_is_written_and_does_the_same() {
    let text = "brokers 3\ntopic t partitions=2 replication=3\ntopic \"u u\"\nproducer P to t\ngroup g reads t\n  consumer c\n  consumer d\ngroup m reads t assignor=manual\n  consumer e reads=t-0\n";
    let (g, m, p) = (|| String::from("g"), || String::from("m"), || String::from("P"));
    let (c, d) = (|| String::from("c"), || String::from("d"));
    let second = Span::from_secs(1);
    let own = ConsumerSpec {
        name: "o w".into(),
        instance: Some("i".into()),
        topics: vec!["u u".into()],
        processing: Some(second),
        assignors: [Assignor::Sticky, Assignor::RoundRobin].into_iter().collect(),
        assigned: Vec::new(),
    };
    let chooses = ConsumerSpec {
        name: "x".into(),
        assigned: vec![PartitionName { topic: "t".into(), partition: 1 }],
        ..ConsumerSpec::default()
    };
    let mut acts = vec![
        Action::AddConsumer { group: g(), name: None },
        Action::AddConsumer { group: g(), name: Some("to".into()) },
        Action::StartConsumer { group: g(), consumer: own },
        Action::StartConsumer { group: m(), consumer: chooses },
        Action::PauseConsumer { group: g(), name: c(), span: second, process: true },
        Action::PauseConsumer { group: g(), name: c(), span: second, process: false },
        Action::RestartConsumer { group: g(), name: d(), after: second, assignors: Assignors::default() },
        Action::CrashConsumer { group: g(), name: c() },
        Action::RestartConsumer { group: g(), name: c(), after: Span::ZERO, assignors: Assignor::RoundRobin.into() },
        Action::RestartConsumer {
            group: g(),
            name: c(),
            after: second,
            assignors: Assignor::ALL.into_iter().collect(),
        },
        Action::RemoveConsumer { group: g(), name: "to".into() },
        Action::SetPartitions { topic: "t".into(), partitions: 5 },
        Action::AddGroup { name: None, topics: Vec::new() },
        Action::RemoveConsumer { group: "Group-1".into(), name: "Group-1-1".into() },
        Action::AddGroup { name: Some("h h".into()), topics: vec!["u u".into(), "t".into()] },
        Action::RemoveGroup { name: "h h".into() },
        Action::AddProducer { name: None, topics: Vec::new() },
        Action::AddProducer { name: Some("Q".into()), topics: vec!["u u".into()] },
        Action::RemoveProducer { name: "Q".into() },
        Action::Send { producer: p(), topic: None, key: String::new() },
        Action::Send { producer: p(), topic: Some("t".into()), key: "a \"k\"".into() },
        Action::SetRate { producer: p(), rate: Rate(1_234) },
        Action::SetProcessing { group: g(), consumer: None, processing: second },
        Action::SetProcessing { group: g(), consumer: Some(d()), processing: Span(3) },
        Action::SetAcks { producer: p(), acks: Acks::Leader },
    ];
    let (kill, stop, start, hang, stall) =
        (BrokerAct::Kill, BrokerAct::Stop, BrokerAct::Start, BrokerAct::Hang, BrokerAct::Stall);
    acts.extend([kill, start, stop, start, hang, start, stall].map(|act| Action::Broker { broker: 2, act }));
    acts.extend(Assignor::ALL.map(|assignor| Action::SetAssignor { group: g(), assignors: assignor.into() }));
    acts.extend(ServerAssignor::ALL.map(|assignor| Action::SetServerAssignor { group: g(), assignor }));
    let mut by_hand = History::new(parse(text).spec, 1).expect("a world");
    for (index, action) in acts.into_iter().enumerate() {
        // The first few at the very beginning.
        by_hand.seek(Time::from_secs((index as u64).saturating_sub(3) * 5));
        by_hand.act(action.clone()).unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"));
    }
    let written = edit(text, by_hand.actions()).expect("a short text");
    let read = parse(&written);
    assert!(!read.has_errors(), "{:?}\n{written}", read.diagnostics);
    assert_eq!(read.spec.actions, by_hand.actions());
    let mut anew = History::new(read.spec, 1).expect("a world");
    let end = Time::from_secs(400);
    by_hand.seek(end);
    anew.seek(end);
    assert_eq!(anew.world().digest(), by_hand.world().digest(), "{written}");
}

#[test]
fn what_could_not_be_read_is_not_written() {
    let act = [(Time::ZERO, kill(1))];
    let long = "#".repeat(MAX_INPUT_BYTES - 5);
    assert!(matches!(edit(&long, &act), Err(Cause::TooLong { bytes }) if bytes > MAX_INPUT_BYTES));
    assert_eq!(edit(&"x".repeat(10_000_000), &act), Err(Cause::TooLong { bytes: 10_000_000 }));
    assert_eq!(undo(&"x".repeat(10_000_000), Time::ZERO, &kill(1)), None);
    let full = "at 1s kill broker 1\n".repeat(MAX_ACTIONS);
    assert!(matches!(edit(&full, &act), Err(Cause::OverLimit { limit: Limit::Actions, .. })));
}

/// As with reading, a step too many would take minutes here.
#[test]
fn large_texts_are_read_to_their_end() {
    let acts: Vec<(Time, Action)> = (0..1_000).map(|second| (Time::from_secs(second), kill(1))).collect();
    for piece in ["at 1s x\n", "# x\n", "at 1d ", "at \"", "at", "\n", "at 1s set processing g/\n"] {
        let text = piece.repeat(MAX_INPUT_BYTES / 4 / piece.len());
        assert!(edit(&text, &acts).is_ok(), "{piece:?}");
        undo(&text, Time::ZERO, &kill(1));
    }
}

/// A text as people write it: with comments, empty lines, spaces, and endings of either kind.
fn by_people(text: &str, habits: &[u8]) -> String {
    let mut habits = habits.iter().cycle();
    let ending = if habits.next() == Some(&0) { "\r\n" } else { "\n" };
    let mut result = String::new();
    for line in text.lines() {
        let (before, behind) = match habits.next() {
            Some(1) => ("# a comment, at 3s\n", ""),
            Some(2) => ("\n", " # why"),
            Some(3) => ("   ", "  "),
            _ => ("", ""),
        };
        let behind = if line.starts_with("title") { "" } else { behind };
        for part in [before, line, behind, ending] {
            result.push_str(part);
        }
    }
    result
}

proptest! {
    #![proptest_config(testing::config(300))]

    #[test]
    fn the_text_with_acts_is_the_world_with_acts(
        (world, acts) in testing::world_and_acts(),
        habits in prop::collection::vec(0u8..6, 7),
    ) {
        let text = by_people(&print(&world), &habits);
        let written = edit(&text, &acts).expect("a short text");
        let mut expected = parse(&text).spec;
        expected.actions.extend(acts.iter().cloned());
        expected.actions.sort_by_key(|(at, _)| *at);
        let read = parse(&written);
        prop_assert!(!read.has_errors(), "{:?}\n{}", read.diagnostics, written);
        prop_assert_eq!(read.spec, expected, "{}", written);
        // All that stood there stands there still, in its order.
        let mut lines = written.split_inclusive('\n');
        for line in text.split_inclusive('\n') {
            prop_assert!(lines.any(|other| other == line), "{line}");
        }
        prop_assert_eq!(written.lines().count(), text.lines().count() + acts.len());
        // And what was done is undone.
        let mut undone = written;
        for (at, action) in acts.iter().rev() {
            undone = undo(&undone, *at, action).expect("a line that was just written");
        }
        prop_assert_eq!(undone, text);
    }

    #[test]
    fn any_text(text in "[a-t0-9 \\n=,\"/.#é\\\\]{0,80}", at in 0u64..100) {
        let act = [(Time::from_secs(at), kill(1))];
        let written = edit(&text, &act).expect("a short text");
        prop_assert_eq!(parse(&written).spec.actions.len(), parse(&text).spec.actions.len() + 1);
    }
}
