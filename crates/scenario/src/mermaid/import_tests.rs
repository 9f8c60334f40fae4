use std::fmt::Write;
use std::path::Path;

use kafka_lanes_core::World;
use kafka_lanes_core::spec::{Assignment, Assignor, WorldSpec};

use super::print::owners;
use super::{Import, Understood, import, import_bytes, print};
use crate::MAX_INPUT_BYTES;
use crate::cause::{Cause, Role, Thing};
use crate::diagnostic::Severity;
use crate::limit::Limit;

/// A world in a few words: `P>t | t:3 | g(rr) a=t0,t1 b=`.
pub(super) fn summary(spec: &WorldSpec) -> String {
    let mut text = String::new();
    for producer in &spec.producers {
        let _ = write!(text, "{}>{} | ", producer.name, producer.topics.join(","));
    }
    for topic in &spec.topics {
        let _ = write!(text, "{}:{} | ", topic.name, topic.partitions);
    }
    for group in &spec.groups {
        let is_usual = group.assignment == Assignment::by(Assignor::RoundRobin);
        let how = if is_usual { "rr" } else { group.assignment.name() };
        let _ = write!(text, "{}({how})", group.name);
        let owners = owners(spec, group);
        for (index, consumer) in group.consumers.iter().enumerate() {
            let lanes = owners.iter().filter(|(_, owner)| **owner == index);
            let lanes: Vec<String> = lanes.map(|(lane, _)| format!("{}{}", lane.topic, lane.partition)).collect();
            let _ = write!(text, " {}={}", consumer.name, lanes.join(","));
        }
        text.push_str(" | ");
    }
    text.trim_end_matches(" | ").into()
}

fn drawn(lines: &str) -> Import {
    let import = import(&format!("flowchart LR\n{lines}"));
    assert!(World::new(&import.spec, 1).is_ok(), "{lines}");
    import
}

/// What a flowchart is taken for, when nothing in it has to be told of.
fn meant(lines: &str) -> String {
    let import = drawn(lines);
    assert_eq!(import.diagnostics, [], "{lines}");
    summary(&import.spec)
}

const ORDER_EVENTS: &str = "ORDER_EVENTS:3 | \
Payment-g1(rr) Payment-1=ORDER_EVENTS0 Payment-2=ORDER_EVENTS1 Payment-3=ORDER_EVENTS2 | \
Inventory-g1(rr) Inv-1=ORDER_EVENTS0,ORDER_EVENTS2 Inv-2=ORDER_EVENTS1 | \
Notification-g1(rr) Notify-1=ORDER_EVENTS0,ORDER_EVENTS2 Notify-2=ORDER_EVENTS1";

fn as_round_robin_assigns_all(import: &Import) {
    let by = |group: &str| Understood::AsAssignedBy { group: group.into(), assignor: Assignor::RoundRobin };
    assert_eq!(import.understood, [by("Payment-g1"), by("Inventory-g1"), by("Notification-g1")]);
}

#[test]
fn our_order_events() {
    let import = import(include_str!("../../../../examples/order-events.mmd"));
    assert_eq!(import.diagnostics, []);
    assert_eq!(summary(&import.spec), format!("Shop>ORDER_EVENTS | {ORDER_EVENTS}"));
    assert_eq!(import.spec.title, "Order events");
    as_round_robin_assigns_all(&import);
}

/// The article's own diagram, where it is beside the repository: alone, in a fence, and in its prose.
#[test]
fn the_articles_diagram() {
    let seed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/seed");
    let files = std::fs::read_dir(seed).into_iter().flatten().flatten();
    let texts = files.filter_map(|file| std::fs::read_to_string(file.path()).ok());
    for text in texts.filter(|text| text.contains("\nflowchart ")) {
        let start = text.find("\nflowchart ").map_or(0, |newline| newline + 1);
        let last = text.rfind("\nclass ").map_or(start, |newline| newline + 1);
        let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
        let diagram = &text[start..end];
        for text in [diagram.to_owned(), format!("```mermaid\n{diagram}\n```\n\nMore prose.")] {
            let import = import(&text);
            assert_eq!(import.diagnostics, []);
            assert_eq!(summary(&import.spec), format!("Kafka Producer>ORDER_EVENTS | {ORDER_EVENTS}"));
            as_round_robin_assigns_all(&import);
        }
        let whole = import(&text);
        assert_eq!(summary(&whole.spec), format!("Kafka Producer>ORDER_EVENTS | {ORDER_EVENTS}"));
        assert!(matches!(whole.diagnostics[0].cause, Cause::LinesBefore { .. }));
    }
}

#[test]
fn structure_alone_is_enough() {
    let lanes = "subgraph t; l0; l1; l2; end\nsubgraph g; a; b; end\n";
    assert_eq!(meant(&format!("{lanes} x --> t\nl0 --> a\nl1 --> b\nl2 --> a")), "x>t | t:3 | g(rr) a=t0,t2 b=t1");
    assert_eq!(meant(&format!("{lanes} x --> l0 & l1 & l2\nt --> g")), "x>t | t:3 | g(rr) a=t0,t2 b=t1");
}

#[test]
fn topics_as_single_nodes() {
    assert_eq!(
        meant("Shop --> T[Topic: orders]\nT --> C[Consumer: Mail]"),
        "Shop>orders | orders:1 | Mail(rr) Mail=orders0"
    );
    assert_eq!(
        meant("P[Producer] --> o[(orders)] --> G[Consumer Group: pay]"),
        "Producer>orders | orders:1 | pay(rr) pay-1=orders0"
    );
    let six = "P[Producer] --> o[\"Topic: orders<br/>6 partitions\"] --> G\nsubgraph G[Group: pay]\na;b\nend";
    assert_eq!(meant(six), "Producer>orders | orders:6 | pay(rr) a=orders0,orders2,orders4 b=orders1,orders3,orders5");
    let readers = "P[Producer] --> T[Topic: t]\nsubgraph G[Group: g]\na;b;c\nend\nT --> a & b & c";
    assert_eq!(meant(readers), "Producer>t | t:3 | g(rr) a=t0 b=t1 c=t2");
    let one_reads = "P[Producer] --> T[Topic: t]\nsubgraph G[Group: g]\na;b\nend\nT --> b";
    assert_eq!(meant(one_reads), "Producer>t | t:1 | g(manual) a= b=t0");
}

#[test]
fn frames_around_topics_and_clients() {
    let text = "subgraph Producers\nA[Shop]\nB[Till]\nend
subgraph K[Kafka Cluster]
subgraph t1[Topic: orders]\np0[P0]\np1[P1]\nend
T2[Topic: refunds]
end
subgraph Consumers
subgraph g[Group: pay]\nc1;c2\nend
C[Consumer: audit]
end
Producers --> t1
B --> T2
p0 --> c1
p1 --> c2
T2 --> C";
    assert_eq!(
        meant(text),
        "Shop>orders | Till>orders,refunds | orders:2 | refunds:1 | pay(rr) c1=orders0 c2=orders1 | audit(rr) audit=refunds0"
    );
    let cluster =
        "P[Producer] --> K\nsubgraph K[Kafka]\norders; payments\nend\norders --> C1[Consumer 1]\npayments --> C1";
    assert_eq!(
        meant(cluster),
        "Producer>orders,payments | orders:1 | payments:1 | Consumer 1(rr) Consumer 1=orders0,payments0"
    );
    let boxes = "P[Producer] --> T\nsubgraph T[Topic: t]\nsubgraph Partition 0\nm1 --- m2\nend\nsubgraph Partition 1\nm3\nend\nend\nT --> C[Consumer]";
    assert_eq!(meant(boxes), "Producer>t | t:2 | Consumer(rr) Consumer=t0,t1");
}

#[test]
fn what_reads_and_sends_is_both() {
    let import = drawn("S[Producer: Shop] --> A[Topic: in] --> App --> B[Topic: out] --> C[Consumer: end]");
    assert_eq!(import.diagnostics, []);
    assert_eq!(summary(&import.spec), "Shop>in | App>out | in:1 | out:1 | App(rr) App=in0 | end(rr) end=out0");
    assert!(import.understood.contains(&Understood::ReadsAndSends { producer: "App".into() }));
}

#[test]
fn names_choose_where_structure_does_not() {
    assert_eq!(meant("A[Topic: t] --> B"), "t:1 | B(rr) B=t0");
    assert_eq!(meant("A --> B[Topic: t]"), "A>t | t:1");
    assert_eq!(meant("A[Topic: a] --> App --> B[Topic: b]"), "App>b | a:1 | b:1 | App(rr) App=a0");
    let guessed = drawn("A[Kafka client] --> B");
    assert_eq!(summary(&guessed.spec), "Kafka client>B | B:1");
    let cause = Cause::Ambiguous { name: "B".into(), taken: Role::Topic, other: Role::Consumer };
    assert_eq!(guessed.diagnostics[0].cause, cause);
}

#[test]
fn outsiders_are_left_out_and_said() {
    let import = drawn("U[User] --> P[Producer] --> T[Topic: t] --> C[Consumer] --> D[(Database)]\nN[A note]");
    assert_eq!(summary(&import.spec), "Producer>t | t:1 | Consumer(rr) Consumer=t0");
    let left: Vec<String> = import.diagnostics.iter().map(|d| d.cause.to_string()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
    for name in ["User", "Database", "A note"] {
        assert!(left.iter().any(|text| text.contains(name)), "{left:?}");
    }
}

#[test]
fn range_and_manual() {
    let start =
        "P[Producer] --> T\nsubgraph T[Topic: t]\nt0[P0];t1[P1];t2[P2]\nend\nsubgraph G[Group: g]\na;b;c\nend\n";
    let range = drawn(&format!("{start}subgraph H[Group: h]\nx;y\nend\nt0 & t1 --> x\nt2 --> y\nt0 --> a\nt1 --> b"));
    assert_eq!(summary(&range.spec), "Producer>t | t:3 | g(manual) a=t0 b=t1 c= | h(range) x=t0,t1 y=t2");
    assert_eq!(
        range.understood,
        [
            Understood::Manual { group: "g".into() },
            Understood::AsAssignedBy { group: "h".into(), assignor: Assignor::Range }
        ]
    );
    let shared = drawn(&format!("{start} T --> G"));
    assert_eq!(shared.understood, [Understood::SharedBy { group: "g".into(), assignor: Assignor::RoundRobin }]);
    let twice = drawn(&format!("{start}t0 --> a\nt1 --> b\nt2 --> c\nt0 --> c"));
    let cause = Cause::DrawnTwice { partition: "t-0".into(), group: "g".into(), first: "a".into(), second: "c".into() };
    assert_eq!(twice.diagnostics.len(), 1);
    assert_eq!((twice.diagnostics[0].line, &twice.diagnostics[0].cause), (12, &cause));
    assert_eq!(summary(&twice.spec), "Producer>t | t:3 | g(rr) a=t0 b=t1 c=t2");
}

#[test]
fn numbers_of_partitions_win_if_they_count() {
    let with = |labels: [&str; 3]| {
        let [a, b, c] = labels;
        format!(
            "P[Producer] --> T\nsubgraph T[Topic: t]\na[{a}];b[{b}];c[{c}]\nend\nsubgraph G[Group: g]\nx;y;z\nend\na-->x\nb-->y\nc-->z"
        )
    };
    assert_eq!(meant(&with(["P2", "P0", "P1"])), "Producer>t | t:3 | g(manual) x=t2 y=t0 z=t1");
    let from_one = drawn(&with(["P1", "P2", "P3"]));
    assert_eq!(from_one.diagnostics[0].cause, Cause::NumbersByOrder { topic: "t".into() });
    assert_eq!(from_one.diagnostics[0].severity, Severity::Note);
    assert_eq!(summary(&from_one.spec), "Producer>t | t:3 | g(rr) x=t0 y=t1 z=t2");
}

#[test]
fn what_else_is_told() {
    let topic = "subgraph T[Topic: t]\nP0;P1\nend\n";
    let lane = drawn(&format!("{topic}S[Producer: S] --> P0\nT --> C[Consumer]"));
    assert_eq!(lane.diagnostics[0].cause, Cause::ProducerToLane { producer: "S".into(), topic: "t".into() });
    let twins = drawn(&format!("{topic}A[Producer: S] --> T\nB[Producer: S] --> T\nT --> C[Consumer]"));
    let cause = Cause::Renamed { thing: Thing::Producer, from: "S".into(), to: "S-2".into() };
    assert_eq!(twins.diagnostics[0].cause, cause);
    let past = drawn(&format!("{topic}A[Producer: S] --> T\nT --> C[Consumer]\nA --> C"));
    assert_eq!(past.diagnostics[0].cause, Cause::ArrowPassedOver { from: "Producer: S".into(), to: "Consumer".into() });
    assert_eq!(summary(&past.spec), "S>t | t:2 | Consumer(rr) Consumer=t0,t1");
    assert_eq!(
        meant("subgraph\nP0[Partition 0]\nend\nP0 --> C[Consumer]"),
        "subgraph-1:1 | C(rr) C=subgraph-10".replace('C', "Consumer")
    );
    let idle = drawn(&format!("{topic}A[Producer: S] --> T\nsubgraph Group: g\na;b\nend"));
    assert_eq!(summary(&idle.spec), "S>t | t:2 | g(rr) a= b=");
}

#[test]
fn nothing_of_kafka() {
    let charts = [
        "Start --> Choice{Ready?}\nChoice -->|yes| Go\nChoice -->|no| Start",
        "A[Christmas] -->|Get money| B(Go shopping)\nB --> C{Let me think}\nC --> D[Laptop]\nC --> E[iPhone]",
        "",
        "A",
    ];
    for chart in charts {
        let import = drawn(chart);
        assert_eq!(import.spec, WorldSpec::default(), "{chart}");
        assert_eq!(import.diagnostics.len(), 1, "{chart}");
        assert_eq!((import.diagnostics[0].line, &import.diagnostics[0].cause), (1, &Cause::NothingOfKafka));
        assert!(import.has_errors());
    }
}

#[test]
fn too_much_is_said_at_once() {
    let huge = import(&"flowchart LR\n".repeat(10_000_000 / 13));
    assert_eq!(huge.diagnostics.len(), 1);
    let limit = |import: &Import| {
        import.diagnostics.iter().find_map(|d| match d.cause {
            Cause::OverLimit { limit, ref given } => Some((limit, given.clone())),
            _ => None,
        })
    };
    let lanes: String = (0..2_000).map(|n| format!("P{n}\n")).collect();
    let wide = drawn(&format!("A[Producer] --> T\nsubgraph T[Topic: t]\n{lanes}end\nP7 --> C[Consumer]\nP1500 --> C"));
    assert_eq!(limit(&wide), Some((Limit::Partitions, "2000".into())));
    assert_eq!(wide.spec.topics[0].partitions, 1_024);
    let members: String = (0..300).map(|n| format!("c{n}\n")).collect();
    let crowd = drawn(&format!("A[Producer] --> T[Topic: t] --> G\nsubgraph G[Group: g]\n{members}end"));
    assert_eq!(limit(&crowd), Some((Limit::Members, "300".into())));
    let topics: String = (0..100).map(|n| format!("A --> t{n}[Topic: t{n}]\nt{n} --> C[Consumer]\n")).collect();
    assert_eq!(limit(&drawn(&topics)), Some((Limit::Topics, "100".into())));
    let groups: String = (0..100).map(|n| format!("T[Topic: t] --> c{n}\nA{n} --> T\n")).collect();
    assert_eq!(drawn(&groups).spec.groups.len(), 32);
    assert_eq!(drawn(&groups).spec.producers.len(), 64);
}

/// Large flowcharts of shapes that would keep a careless reader for minutes.
#[test]
fn large_worlds_are_read_to_their_end() {
    let product = |n: usize, stem: &str| (0..n).map(|i| format!("{stem}{i}")).collect::<Vec<_>>().join(" & ");
    let deep: String = (0..4_000).map(|n| format!("subgraph s{n}\n")).collect();
    let texts = [
        format!("A[Producer] --> T[Topic: t]\n{} --> {}", product(220, "a"), product(220, "b")),
        format!("{deep} P[Producer] --> T[Topic: t]\n{}", "end\n".repeat(4_000)),
        format!("{deep} P[Producer] --> T[Topic: t]\n{}s0 --> s1\ns5 --> X", "end\n".repeat(4_000)),
        format!(
            "subgraph T[Topic: t]\n{}\nend\nsubgraph G[Group: g]\n{}\nend\n{} --> {}",
            product(200, "l"),
            product(200, "m"),
            product(200, "l"),
            product(200, "m")
        ),
        format!("A[\"Topic: {}\"] --> B\n{}", "x".repeat(300_000), "A --> B\nB --> C\nC --> A\n".repeat(10_000)),
        format!("A[Topic: t]\n{}", (0..9_000).map(|n| format!("A --> c{n}\n")).collect::<String>()),
        format!("A[Topic: t] -->|\"{}\"| {}", "y".repeat(100_000), product(5_000, "n")),
    ];
    for text in texts {
        drawn(&text[..text.len().min(MAX_INPUT_BYTES - 20)]);
    }
}

#[test]
fn a_file_that_is_no_text() {
    let import = import_bytes(b"flowchart LR\nA[\xC3\x28] --> B");
    assert!(matches!(import.diagnostics[0].cause, Cause::BrokenUtf8 { offset: 15, .. }));
}

#[test]
fn print_is_a_flowchart_that_people_can_read() {
    let text = print(&import(include_str!("../../../../examples/order-events.mmd")).spec);
    assert!(text.starts_with("---\ntitle: \"Order events\"\n---\nflowchart LR\nP1[\"Shop\"]\nsubgraph T1[\"Topic: ORDER_EVENTS\"]\n  T1P0[\"Partition-0\"]\n"), "{text}");
    assert!(text.contains("\nP1 --> T1\nT1P0 --> G1C1\n"), "{text}");
}
