//! Random worlds, drawn in random syntax, come back.

use std::collections::{BTreeMap, BTreeSet};

use kafka_lanes_core::World;
use kafka_lanes_core::spec::{Assignment, GroupSpec, PartitionName, WorldSpec};
use proptest::prelude::*;

use super::print::owners;
use super::{import, print, varied};
use crate::testing;

/// What a flowchart holds of a world.
#[derive(Debug, PartialEq, Eq)]
struct Drawable {
    topics: BTreeMap<String, u32>,
    producers: BTreeMap<String, BTreeSet<String>>,
    groups: BTreeMap<String, DrawableGroup>,
}

#[derive(Debug, PartialEq, Eq)]
struct DrawableGroup {
    topics: BTreeSet<String>,
    members: BTreeSet<String>,
    owners: BTreeMap<PartitionName, String>,
}

impl Drawable {
    fn of(spec: &WorldSpec) -> Self {
        let group = |group: &GroupSpec| {
            let name = |index: usize| group.consumers[index].name.clone();
            let owners = owners(spec, group).into_iter().map(|(lane, owner)| (lane, name(owner))).collect();
            let members = group.consumers.iter().map(|consumer| consumer.name.clone()).collect();
            let topics = group.topics.iter().cloned().collect();
            (group.name.clone(), DrawableGroup { topics, members, owners })
        };
        Self {
            topics: spec.topics.iter().map(|topic| (topic.name.clone(), topic.partitions)).collect(),
            producers: spec.producers.iter().map(|p| (p.name.clone(), p.topics.iter().cloned().collect())).collect(),
            groups: spec.groups.iter().map(group).collect(),
        }
    }
}

/// A flowchart can't say that a manual group reads nothing: an arrow to the group means that it shares all.
fn can_be_drawn(mut spec: WorldSpec) -> WorldSpec {
    for group in &mut spec.groups {
        if group.consumers.iter().all(|consumer| consumer.assigned.is_empty()) && group.assignment == Assignment::Manual
        {
            group.assignment = GroupSpec::new("", Vec::new()).assignment;
        }
    }
    spec
}

proptest! {
    #![proptest_config(testing::config(300))]

    #[test]
    fn drawn_in_any_syntax_it_comes_back(world in testing::world(), choices in proptest::collection::vec(any::<u8>(), 97)) {
        let world = can_be_drawn(world);
        let text = varied::draw(&world, choices);
        let import = import(&text);
        prop_assert_eq!(Drawable::of(&import.spec), Drawable::of(&world), "{}\n{:?}", text, import.diagnostics);
        prop_assert!(!import.has_errors(), "{}\n{:?}", text, import.diagnostics);
    }

    #[test]
    fn what_is_printed_is_imported(world in testing::world()) {
        let world = can_be_drawn(world);
        let text = print(&world);
        let import = import(&text);
        prop_assert_eq!(Drawable::of(&import.spec), Drawable::of(&world), "{}\n{:?}", text, import.diagnostics);
        prop_assert_eq!(&import.spec.title, &world.title.replace('\r', " "));
        prop_assert!(!import.has_errors(), "{}\n{:?}", text, import.diagnostics);
        let order = |spec: &WorldSpec| spec.topics.iter().map(|topic| topic.name.clone()).collect::<Vec<_>>();
        prop_assert_eq!(order(&import.spec), order(&world));
    }

    #[test]
    fn any_text_makes_a_world(text in "\\PC{0,200}") {
        let import = import(&format!("flowchart LR\n{text}"));
        prop_assert!(World::new(&import.spec, 1).is_ok());
    }

    #[test]
    fn any_pieces_make_a_world(pieces in proptest::collection::vec(piece(), 0..60)) {
        let text = format!("flowchart LR\n{}", pieces.concat());
        let import = import(&text);
        prop_assert!(World::new(&import.spec, 1).is_ok(), "{}", text);
        let again = super::import(&print(&import.spec));
        if !import.spec.topics.is_empty() {
            prop_assert_eq!(Drawable::of(&again.spec), Drawable::of(&import.spec), "{}\n{}", text, print(&import.spec));
        }
    }
}

/// Pieces of flowcharts in any order.
fn piece() -> impl Strategy<Value = String> {
    let pieces = [
        "\n",
        "\n",
        "\n",
        "\n",
        ";",
        " & ",
        "A",
        "B",
        "C",
        "D",
        "P0",
        "P1",
        "T",
        "G",
        " --> ",
        " --> ",
        " -->|x| ",
        " -- y --> ",
        " --- ",
        " <--- ",
        " ~~~ ",
        "subgraph T[Topic: t]\n",
        "subgraph G[Group: g]\n",
        "subgraph x y\n",
        "subgraph\n",
        "end\n",
        "\nend\n",
        "A[Producer]",
        "B[Topic: b]",
        "C([Consumer: c])",
        "D[\"3 partitions\"]",
        "P0[Partition-0]",
        "P1[Partition 1]",
        "[\"",
        "\"]",
        "[",
        "]",
        "%% ",
        "{",
        "}",
        "@{ shape: x }",
        ":::c",
        "style A x",
        "direction LR\n",
        "#quot;",
        "<br/>",
        "A --> T\n",
        "T --> G\n",
        "P0 --> C\n",
        "P1 --> D\n",
        "\"",
        "|",
    ];
    proptest::sample::select(pieces.to_vec()).prop_map(String::from)
}
