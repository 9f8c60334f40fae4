use kafka_lanes_core::spec::{
    Assignment, Assignor, ClusterSpec, ConsumerSpec, GroupSpec, OffsetReset, PartitionName, ProducerSpec, Rate,
    ServiceSpec, TopicSpec, WorldSpec,
};
use kafka_lanes_core::{Action, History, ServiceStatus, Span, Time, World, golden};
use kafka_lanes_words::English;

use super::{Table, just_now, tables, text};

fn article() -> WorldSpec {
    let orders = || vec![String::from("ORDER_EVENTS")];
    let group = |name: &str, consumers: &[&str]| GroupSpec {
        consumers: consumers.iter().map(|c| ConsumerSpec { name: (*c).into(), ..Default::default() }).collect(),
        ..GroupSpec::new(name, orders())
    };
    WorldSpec {
        topics: vec![TopicSpec::new("ORDER_EVENTS", 3)],
        producers: vec![ProducerSpec::new("Shop", orders())],
        groups: vec![group("Payment-g1", &["Payment-1", "Payment-2", "Payment-3"]), group("Inventory-g1", &["Inv-1"])],
        ..WorldSpec::default()
    }
}

fn at(secs: u64, actions: &[(u64, Action)]) -> History {
    let mut history = History::new(article(), 1).unwrap();
    for (at, action) in actions {
        history.advance(Time::from_secs(*at), u64::MAX);
        history.act(action.clone()).unwrap();
    }
    history.advance(Time::from_secs(secs), u64::MAX);
    history
}

fn table<'a>(tables: &'a [Table], caption: &str) -> &'a Table {
    tables.iter().find(|table| table.caption == caption).unwrap_or_else(|| panic!("no table {caption}"))
}

fn join() -> Action {
    Action::AddConsumer { group: "Payment-g1".into(), name: None }
}

#[test]
fn it_says_who_sends_who_reads_what_and_who_is_behind() {
    let history = at(20, &[]);
    let world = history.world();
    let told = text(world, &English);
    let behind: u64 = world
        .partitions()
        .map(|(p, log)| {
            let (_, group) = world.groups().next().unwrap();
            group.lag(p, log.high_watermark()).unwrap()
        })
        .sum();
    for sentence in [
        "At 20 s of simulated time.",
        "Shop sends to ORDER_EVENTS, 3/s; 60 records so far.",
        "ORDER_EVENTS keeps ",
        "Payment-g1 reads every record of ORDER_EVENTS with 3 consumers, lanes shared out by roundrobin.",
        "Payment-2 reads lane 1.",
        "Inv-1 reads lane 0, lane 1 and lane 2.",
        &format!("Payment-g1 is {behind} record"),
        "Last, at 780 ms: Payment-g1 shared out its lanes: each has one reader.",
    ] {
        assert!(told.contains(sentence), "{sentence:?} is missing from:\n{told}");
    }
}

#[test]
fn one_that_its_group_did_not_take_is_told_of_in_words_and_drawn() {
    let consumer =
        ConsumerSpec { name: "Payment-4".into(), assignors: Assignor::Sticky.into(), ..ConsumerSpec::default() };
    let history = at(7, &[(5, Action::StartConsumer { group: "Payment-g1".into(), consumer })]);
    let told = text(history.world(), &English);
    for sentence in [
        "Payment-g1 reads every record of ORDER_EVENTS with 3 consumers, lanes shared out by roundrobin.",
        "Payment-4 was refused, and ended: the others know none of its assignors (INCONSISTENT_GROUP_PROTOCOL).",
        "Last, at 5 s: Payment-g1 refused Payment-4, and it ended: not one of its assignors (sticky) is known to all",
    ] {
        assert!(told.contains(sentence), "{sentence:?} is missing from:\n{told}");
    }
    let scene = crate::layout(history.world(), &crate::View::new(1_280.0, 620.0), &English);
    let drawn = crate::svg::document(history.world(), &scene, crate::Theme::Light);
    assert!(drawn.contains("Payment-4 of Payment-g1, no lane, refused"), "its name for a reader");
    assert!(drawn.contains(">refused</text>"), "its pill");
}

#[test]
fn a_consumer_without_a_lane_is_called_idle_and_a_dead_one_dead() {
    let crash = Action::CrashConsumer { group: "Payment-g1".into(), name: "Payment-2".into() };
    let history = at(16, &[(5, join()), (15, crash)]);
    let told = text(history.world(), &English);
    assert!(told.contains("Payment-4 is idle: there is no lane for it."), "{told}");
    assert!(told.contains("Payment-2 has crashed, and its group has not noticed yet."), "{told}");
    assert!(told.contains("Nobody reads lane 1 just now."), "{told}");
    assert!(told.contains("Last, at 15 s: Payment-2 crashed."), "{told}");
}

/// As in the table: a lag counts from what is committed, and where nothing is, there is none.
#[test]
fn a_group_that_has_committed_nothing_has_no_lag() {
    let mut spec = article();
    spec.groups.truncate(1);
    spec.groups[0].reset = OffsetReset::None;
    let mut history = History::new(spec, 1).unwrap();
    history.advance(Time::from_secs(20), u64::MAX);
    let told = text(history.world(), &English);
    let says = "Payment-g1 has committed nothing yet, so nobody can say how far behind it is.";
    assert!(told.contains(says) && !told.contains(" behind,") && !told.contains(" behind."), "{told}");
    let tables = tables(history.world(), &English);
    assert!(table(&tables, "Group Payment-g1").rows.iter().all(|row| row[4] == "–"));
}

/// Of what is committed in one lane it has a lag, and the other is told beside that.
#[test]
fn a_lane_without_a_commit_is_told_beside_the_lag_of_the_others() {
    let mut spec = article();
    spec.topics[0].partitions = 2;
    spec.groups.truncate(1);
    spec.groups[0].assignment = Assignment::Manual;
    spec.groups[0].consumers.truncate(1);
    spec.groups[0].consumers[0].assigned = vec![PartitionName { topic: "ORDER_EVENTS".into(), partition: 1 }];
    let mut history = History::new(spec, 1).unwrap();
    history.advance(Time::from_secs(20), u64::MAX);
    let world = history.world();
    let (_, group) = world.groups().next().unwrap();
    let (at, log) = world.partitions().nth(1).unwrap();
    let told = text(world, &English);
    let behind = match group.lag(at, log.high_watermark()).unwrap() {
        0 => String::new(),
        1 => "Payment-g1 is 1 record behind, on lane 1. ".into(),
        n => format!("Payment-g1 is {n} records behind, on lane 1. "),
    };
    let says = format!("{behind}Payment-g1 has committed nothing yet of lane 0.");
    assert!(told.contains(&says), "{says:?} is missing from:\n{told}");
}

/// Its process stands still until the group has given it up; or its application, until its client leaves.
#[test]
fn a_consumer_that_is_out_of_its_group_is_no_idle_one() {
    let stop = |process| Action::PauseConsumer {
        group: "Payment-g1".into(),
        name: "Payment-2".into(),
        span: Span::from_secs(500),
        process,
    };
    let with_two = "Payment-g1 reads every record of ORDER_EVENTS with 2 consumers";
    for (process, sentence) in [
        (true, "Payment-2 has been put out of its group and does not know it yet: it still takes lane 1 for its own."),
        (false, "Payment-2 is out of its group, and joins again when its application next polls."),
    ] {
        let history = at(400, &[(5, stop(process))]);
        let told = text(history.world(), &English);
        assert!(told.contains(sentence) && told.contains(with_two) && !told.contains("idle"), "{told}");
        let scene = crate::layout(history.world(), &crate::View::new(1_280.0, 620.0), &English);
        let drawn = crate::svg::document(history.world(), &scene, crate::Theme::Light);
        assert!(drawn.contains(", out of its group"), "its name for a reader");
        assert!(!drawn.contains("IDLE") && !drawn.contains("no lane, no lane"), "it is not idle");
    }
}

#[test]
fn brokers_that_all_work_are_told_in_a_sentence() {
    let cluster = ClusterSpec { brokers: 3, ..ClusterSpec::default() };
    let mut history = History::new(WorldSpec { cluster, ..article() }, 1).unwrap();
    history.advance(Time::from_secs(20), u64::MAX);
    let told = text(history.world(), &English);
    assert!(told.contains("\n3 brokers keep the lanes; all of them work.\n"), "{told}");
}

#[test]
fn a_rebalance_is_told_in_one_sentence() {
    let history = at(9, &[(5, join())]);
    let told = just_now(history.world(), &English).unwrap();
    assert!(
        told.starts_with("Payment-4 joined Payment-g1; no lane changed hands, and the group stood still for up to "),
        "{told}"
    );
    let leave = Action::RemoveConsumer { group: "Payment-g1".into(), name: "Payment-1".into() };
    let told = just_now(at(9, &[(5, leave)]).world(), &English).unwrap();
    assert!(told.starts_with("Payment-1 left Payment-g1; 3 lanes changed hands"), "{told}");
}

/// Its lanes are its own until it is done.
#[test]
fn one_that_closes_says_what_it_waits_for() {
    let leave = Action::RemoveConsumer { group: "Payment-g1".into(), name: "Payment-1".into() };
    let reads = |history: &History| {
        let (_, group) = history.world().groups().next().expect("the first");
        group.members.values().any(|m| *m.name == *"Payment-1" && m.in_hand.is_some())
    };
    let mut history = at(5, &[]);
    while !reads(&history) {
        let soon = history.world().now() + Span::from_millis(50);
        history.advance(soon, u64::MAX);
    }
    history.act(leave).unwrap();
    let told = text(history.world(), &English);
    assert!(
        told.contains("Payment-1 is told to stop, and closes where it would poll next. Until then it has lane 0."),
        "{told}"
    );
    let last = just_now(history.world(), &English).unwrap();
    assert!(
        last.starts_with("Payment-1 is told to stop. It first processes 1 record that it has polled, then it closes."),
        "{last}"
    );
}

#[test]
fn the_tables_hold_what_the_world_holds() {
    let history = at(20, &[(5, join())]);
    let world = history.world();
    let tables = tables(world, &English);
    assert!(tables.iter().all(|table| table.rows.iter().all(|row| row.len() == table.columns.len())));
    for (row, (_, log)) in table(&tables, "Lanes (partitions)").rows.iter().zip(world.partitions()) {
        assert_eq!(row[1..], [log.start(), log.high_watermark(), log.end()].map(|n| n.to_string()));
    }
    let payment = table(&tables, "Group Payment-g1");
    let (_, group) = world.groups().next().unwrap();
    assert_eq!(payment.rows.len(), 4, "three partitions and an idle consumer");
    for (row, (partition, log)) in payment.rows.iter().zip(world.partitions()) {
        let (_, reader) = group.reader_of(partition).unwrap();
        let numbers = [
            group.position(partition).unwrap(),
            group.committed[&partition],
            group.lag(partition, log.high_watermark()).unwrap(),
        ];
        assert_eq!(row[0], format!("ORDER_EVENTS-{}", partition.partition));
        assert_eq!(row[1], *reader.name);
        assert_eq!(row[2..], numbers.map(|n| n.to_string()));
    }
    assert_eq!(payment.rows[3], ["–", "Payment-4", "–", "–", "–"]);
    let (_, shop) = world.producers().next().unwrap();
    let producers = table(&tables, "Producers");
    assert_eq!(producers.rows, [["Shop".into(), "ORDER_EVENTS".into(), shop.sent.to_string(), shop.acked.to_string()]]);
}

#[test]
fn a_world_without_anything_is_described_too() {
    let world = World::new(&WorldSpec::default(), 1).unwrap();
    assert_eq!(
        text(&world, &English),
        "At 0 ms of simulated time.\nThere is nothing here yet: no topic, no producer, no group."
    );
    assert!(tables(&world, &English).is_empty());
}

#[test]
fn services_are_told_of() {
    let mut shop = ServiceSpec { calls: vec!["Pay".into(), "Email".into()], ..ServiceSpec::new("Shop") };
    shop.orders = Rate::per_second(1);
    let services = vec![shop, ServiceSpec::new("Pay"), ServiceSpec::new("Email")];
    let mut history = History::new(WorldSpec { services, ..WorldSpec::default() }, 1).unwrap();
    history.act(Action::Service { service: "Email".into(), status: ServiceStatus::Stopped }).unwrap();
    history.advance(Time::from_secs(30), u64::MAX);
    let world = history.world();
    let (_, shop) = world.services().next().unwrap();
    let (received, failed) = (shop.received, shop.failed);
    assert!(failed > 0 && shop.half_done == failed);
    let told = text(world, &English);
    let says = format!(
        "Shop calls Pay and Email. Of {received} requests 0 are done and {failed} have failed, {failed} of them with a step done that stays done."
    );
    assert!(told.contains(&says), "{told}");
    assert!(told.contains("Email is called. It has stopped."), "{told}");
    assert!(!told.contains("nothing here"), "{told}");
    let all = tables(world, &English);
    let row = &table(&all, "Services").rows[0];
    assert_eq!(row[..3], ["Shop", "runs", "Pay, Email"]);
    let (_, shop) = world.services().next().unwrap();
    let counts = [received, shop.waiting() as u64, shop.busy.into(), 0, failed, failed, 0].map(|n| n.to_string());
    assert_eq!(row[3..10], counts);
    assert_eq!(row[10], "Email said no");
    let calls = &table(&all, "Calls").rows;
    assert_eq!(calls[0][..2], ["Shop", "Pay"]);
    let link = shop.calls[1];
    let counts = [link.sent, link.succeeded, link.failed, link.timed_out].map(|n| n.to_string());
    assert_eq!((&calls[1][..2], &calls[1][2..]), (&["Shop".to_string(), "Email".into()][..], &counts[..]));
}

/// Every moment of a world in which nearly everything happens can be told, in full sentences.
#[test]
fn every_moment_can_be_told() {
    let mut history = History::new(golden::spec(), golden::SEED).unwrap();
    let mut lines = std::collections::BTreeSet::new();
    for tenth in 0..600 {
        history.advance(Time::from_millis(tenth * 100), u64::MAX);
        let told = text(history.world(), &English);
        assert!(told.lines().all(|line| line.ends_with('.') && !line.contains("  ")), "{told}");
        lines.extend(just_now(history.world(), &English));
        assert!(!tables(history.world(), &English).is_empty());
    }
    assert!(lines.len() >= 12, "{lines:#?}");
}

#[test]
fn a_big_world_stays_short() {
    let mut spec = article();
    spec.topics = (0..60).map(|n| TopicSpec::new(format!("t{n}"), 17)).collect();
    spec.producers.clear();
    let all: Vec<String> = spec.topics.iter().map(|topic| topic.name.clone()).collect();
    spec.groups = (0..30)
        .map(|g| GroupSpec {
            consumers: (0..200).map(|c| ConsumerSpec { name: format!("c{c}"), ..Default::default() }).collect(),
            ..GroupSpec::new(format!("g{g}"), all.clone())
        })
        .collect();
    let mut history = History::new(spec, 1).unwrap();
    history.advance(Time::from_secs(2), u64::MAX);
    let told = text(history.world(), &English);
    assert!(told.len() < 20_000, "{}", told.len());
    assert!(told.contains("And 22 more like these; the tables have them all."), "{told}");
}
