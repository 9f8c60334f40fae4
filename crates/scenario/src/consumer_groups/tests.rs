use kafka_lanes_core::spec::{Assignment, Assignor, ServerAssignor};
use kafka_lanes_core::{History, World};
use proptest::prelude::*;

use super::*;
use crate::Severity;
use crate::testing::config;

/// What the tools of Kafka 4.3.1 printed about a cluster of three brokers.
fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/consumer-groups/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap()
}

const ALL: [&str; 7] = ["topics", "members-verbose", "members", "offsets", "offsets-verbose", "state", "state-verbose"];

fn group<'a>(import: &'a Import, name: &str) -> &'a kafka_lanes_core::spec::GroupSpec {
    import.spec.groups.iter().find(|group| group.name == name).unwrap()
}

#[test]
fn all_that_the_tools_print_in_any_order() {
    let mut names = ALL;
    for _ in 0..names.len() {
        let import = import(&names.map(fixture).concat());
        assert_eq!(import.diagnostics, [], "{names:?}");
        assert_eq!(import.spec.cluster.brokers, 3);
        let mut topics: Vec<_> = import
            .spec
            .topics
            .iter()
            .map(|t| (&*t.name, t.partitions, t.replication.factor, t.replication.min_isr))
            .collect();
        topics.sort_unstable();
        assert_eq!(topics, [("ORDER_EVENTS", 3, 3, 2), ("idle_topic", 2, 2, 1), ("payments.v1", 5, 1, 1)]);
        for (name, assignment, members, topics) in [
            ("Payment-g1", Assignment::by(Assignor::RoundRobin), 3, 1),
            ("Inventory-g1", Assignment::by(Assignor::CooperativeSticky), 2, 2),
            ("Notification-g1", Assignment::ByBroker(ServerAssignor::Uniform), 4, 1),
            ("default-g", Assignment::by(Assignor::Range), 1, 1),
            ("gone-g", Assignment::by(Assignor::Range), 0, 1),
        ] {
            let group = group(&import, name);
            assert_eq!(
                (group.assignment, group.consumers.len(), group.topics.len()),
                (assignment, members, topics),
                "{name}"
            );
        }
        let inventory = &group(&import, "Inventory-g1").consumers;
        assert!(inventory.iter().any(|c| c.name == "inv-1" && c.instance.as_deref() == Some("inv-1")), "{inventory:?}");
        assert!(group(&import, "Payment-g1").consumers.iter().any(|consumer| consumer.name == "Payment-2"));
        assert!(History::new(import.spec.clone(), 1).is_ok());
        let printed = print(&import);
        let parsed = crate::language::parse(&printed);
        assert_eq!((parsed.diagnostics, parsed.spec), (Vec::new(), import.spec), "{printed}");
        names.rotate_left(1);
    }
}

#[test]
fn each_table_alone_is_a_world_and_says_what_it_lacks() {
    for name in ALL {
        let import = import(&fixture(name));
        // Who is a member, but not of what: that is a warning.
        let errors = import.diagnostics.iter().filter(|d| d.severity == Severity::Error).count();
        assert_eq!(errors, 0, "{name}: {:?}", import.diagnostics);
        assert!(World::new(&import.spec, 1).is_ok(), "{name}");
    }
    let members = import(&fixture("members-verbose"));
    assert_eq!(group(&members, "Notification-g1").assignment, Assignment::ByBroker(ServerAssignor::Uniform));
    assert!(members.remarks.iter().any(|remark| remark.starts_with("Payment-g1: its assignor is not said")));
    let offsets = import(&fixture("offsets"));
    assert!(offsets.remarks.iter().any(|remark| remark.starts_with("Payment-g1: lag ")), "{:?}", offsets.remarks);
    assert_eq!(offsets.spec.topics.iter().find(|topic| topic.name == "payments.v1").unwrap().partitions, 5);
}

#[test]
fn what_makes_no_sense_is_said_with_its_place() {
    let told = |text: &str| {
        let import = import(text);
        assert!(World::new(&import.spec, 1).is_ok());
        import.diagnostics.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert!(told("").starts_with("1:1: error: There is no topic"));
    assert!(told("\n  bash: no such command\n").starts_with("1:1: error: There is no topic"), "{}", told("\n bash: x"));
    let row = "GROUP TOPIC PARTITION\ng t zero\ng t 1 2\ng t 99999999999\n";
    assert!(told(row).contains("2:5: error: “zero”"), "{}", told(row));
    assert!(told(row).contains("3:1: error: This row has 4 columns"), "{}", told(row));
    assert!(told(row).contains("MAX_PARTITIONS"), "{}", told(row));
    assert!(told("Topic: t PartitionCount: many").contains("1:26: error: “many”"));
    let crowd: String = (0..3_000).map(|n| format!("g c{n} x{n} 0\n")).collect();
    assert!(told(&format!("GROUP CONSUMER-ID CLIENT-ID #PARTITIONS\n{crowd}")).contains("MAX_MEMBERS"));
    assert!(told(&"x".repeat(MAX_INPUT_BYTES + 1)).contains("MAX_INPUT_BYTES"));
}

#[test]
fn one_member_reads_several_topics() {
    let import = import(&fixture("several-topics"));
    assert_eq!(import.diagnostics, []);
    let topics: Vec<_> = import.spec.topics.iter().map(|topic| (&*topic.name, topic.partitions)).collect();
    assert_eq!(topics, [("t-two", 2), ("t.one", 4)]);
    assert_eq!(group(&import, "pair").consumers[0].name, "pair-1");
}

#[test]
fn several_topics_of_one_member_in_the_forms_of_old_and_new_tools() {
    for list in ["a:0,2;b:1", "a(0,2),b(1)"] {
        let import = import(&format!("GROUP CONSUMER-ID CURRENT-ASSIGNMENT\ng c {list}\n"));
        let topics: Vec<_> = import.spec.topics.iter().map(|topic| (&*topic.name, topic.partitions)).collect();
        assert_eq!(topics, [("a", 3), ("b", 2)], "{list}");
    }
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn any_words_of_the_tools_become_a_world(
        words in proptest::collection::vec(
            prop_oneof![
                proptest::sample::select(vec![
                    "GROUP", "TOPIC", "PARTITION", "CONSUMER-ID", "CLIENT-ID", "\n", "\n", "-", "g", "t:0,1;u:5", "7", "Topic:",
                    "PartitionCount:", "Replicas:", "1,2,99", "Configs:", "retention.ms=-1,segment.bytes=1", "(1)", "Consumer group 'x' is",
                ]).prop_map(String::from),
                "\\PC{0,6}",
            ],
            0..60,
        ),
    ) {
        let import = import(&words.join(" "));
        prop_assert!(World::new(&import.spec, 1).is_ok());
        prop_assert!(import.diagnostics.iter().all(|d| d.line > 0 && d.column > 0));
        let printed = print(&import);
        prop_assert!(crate::language::parse(&printed).diagnostics.iter().all(|d| d.severity != Severity::Error), "{}", printed);
    }
}
