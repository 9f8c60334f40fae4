use kafka_lanes_core::spec::{Assignment, Assignor, Assignors};
use kafka_lanes_core::{Action, Span};

use super::super::{parse, print};
use crate::cause::Cause;

/// The only fault of a text: line, column, length, and what it is.
fn fault(text: &str) -> (u32, u32, u32, Cause) {
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics.len(), 1, "{text}: {:?}", parsed.diagnostics);
    parsed
        .diagnostics
        .into_iter()
        .map(|fault| (fault.line, fault.column, fault.length, fault.cause))
        .next()
        .expect("one")
}

#[test]
fn a_list_of_assignors_stands_behind_a_group_and_behind_a_consumer() {
    let list = |all: &[Assignor]| all.iter().copied().collect::<Assignors>();
    let (range, sticky, cooperative) = (Assignor::Range, Assignor::Sticky, Assignor::CooperativeSticky);
    let text = "topic t partitions=1\n\
                group g reads t assignor=range,cooperative-sticky\n\
                \x20 consumer c assignor=cooperative-sticky\n\
                \x20 consumer d instance=i processing=1s assignor=sticky,cooperative-sticky\n\
                at 1s add consumer e to g assignor=range,sticky\n\
                at 2s restart consumer c of g after 3s assignor=range,cooperative-sticky\n\
                at 3s restart consumer d of g assignor=range\n\
                at 4s set assignor g cooperative-sticky,range\n";
    let parsed = parse(text);
    assert_eq!(parsed.diagnostics, []);
    let world = parsed.spec;
    assert_eq!(print(&world), text);
    assert_eq!(world.groups[0].assignment, Assignment::By(list(&[range, cooperative])));
    let own: Vec<Assignors> = world.groups[0].consumers.iter().map(|consumer| consumer.assignors).collect();
    assert_eq!(own, [cooperative.into(), list(&[sticky, cooperative])]);
    let restart = |name: &str, secs, assignors| {
        let after = Span::from_secs(secs);
        Action::RestartConsumer { group: "g".into(), name: name.into(), after, assignors }
    };
    assert_eq!(world.actions[1].1, restart("c", 3, list(&[range, cooperative])));
    assert_eq!(world.actions[2].1, restart("d", 0, range.into()));
    let set = Action::SetAssignor { group: "g".into(), assignors: list(&[cooperative, range]) };
    assert_eq!(world.actions[3].1, set);
}

/// It is a world all the same, in which it is refused.
#[test]
fn who_will_be_refused_is_told_of_with_kafkas_name_for_it() {
    let text = "topic t\ngroup g reads t assignor=range,sticky\n  consumer a assignor=sticky\n  consumer b\n  \
                consumer c assignor=cooperative-sticky,range\n  consumer d assignor=range,sticky\n";
    let cause = Cause::NoCommonAssignor { name: "c".into(), group: "g".into() };
    assert_eq!(fault(text), (5, 23, 18, cause));
    let parsed = parse(text);
    assert!(!parsed.has_errors());
    assert!(parsed.diagnostics[0].to_string().contains("(INCONSISTENT_GROUP_PROTOCOL)"), "{}", parsed.diagnostics[0]);
    assert_eq!(parsed.spec.groups[0].consumers.len(), 4);
}

#[test]
fn what_does_not_go_with_other_assignors_is_left_out() {
    let of = |options: &str| parse(&format!("topic t\ngroup g reads t {options}")).spec.groups[0].assignment;
    for (options, column, length, cause, stands) in [
        ("assignor=range,range", 32, 5, Cause::ListedTwice { name: "range".into() }, "range"),
        ("assignor=range,uniform", 32, 7, Cause::AssignorAlone { assignor: "uniform", before: "range" }, "range"),
        ("assignor=uniform,range", 34, 5, Cause::AssignorAlone { assignor: "range", before: "uniform" }, "uniform"),
        ("assignor=manual,range", 33, 5, Cause::AssignorAlone { assignor: "range", before: "manual" }, "manual"),
        (
            "protocol=consumer assignor=range,uniform",
            50,
            7,
            Cause::AssignorAlone { assignor: "uniform", before: "server-range" },
            "server-range",
        ),
    ] {
        assert_eq!(fault(&format!("topic t\ngroup g reads t {options}")), (2, column, length, cause), "{options}");
        assert_eq!(of(options).to_string(), stands);
    }
    assert_eq!(of("assignor=range,, sticky").to_string(), "range,sticky");
    for assignor in ["uniform", "manual"] {
        let text = format!("topic t\ngroup g reads t assignor={assignor}\n  consumer c assignor=range");
        assert_eq!(fault(&text), (3, 23, 5, Cause::OwnAssignor { assignor }));
        assert!(parse(&text).spec.groups[0].consumers[0].assignors.is_empty());
    }
}
