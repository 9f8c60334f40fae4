//! A world of what was collected.

use kafka_lanes_core::limits::MAX_BROKERS;
use kafka_lanes_core::sorted::SortedSet;
use kafka_lanes_core::spec::{Assignment, Assignor, ConsumerSpec, GroupSpec, ServerAssignor, WorldSpec};

use super::Import;
use super::tables::{Group, Member, Tables};
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};
use crate::language;

/// Remarks at the most.
const MAX_REMARKS: usize = 200;

pub(super) fn build(tables: Tables) -> Import {
    let Tables { topics, groups, brokers, mut diagnostics, .. } = tables;
    let mut remarks = Vec::new();
    let mut spec = WorldSpec { topics, ..WorldSpec::default() };
    let copies = spec.topics.iter().map(|topic| topic.replication.factor).max().unwrap_or(1);
    spec.cluster.brokers = brokers.max(copies).clamp(1, MAX_BROKERS);
    for topic in &mut spec.topics {
        topic.replication.min_isr = topic.replication.min_isr.min(topic.replication.factor);
    }
    for group in &groups {
        spec.groups.push(of_group(group, &mut remarks));
    }
    if spec.topics.is_empty() && spec.groups.is_empty() {
        diagnostics.push(Place { line: 1, column: 1, length: 0 }, Cause::NoTables);
    }
    if let Some(topic) = spec.topics.first() {
        let name = language::quote(&topic.name);
        remarks.push(format!(
            "Nothing here says who produces. A producer is a line such as: producer App to {name} rate=4/s"
        ));
    }
    remarks.truncate(MAX_REMARKS);
    let spec = within_limits(&spec, &mut diagnostics);
    Import { spec, remarks, diagnostics: diagnostics.finish() }
}

/// What the language keeps of it; what it says about the rest belongs to no line of this text.
fn within_limits(spec: &WorldSpec, diagnostics: &mut Diagnostics) -> WorldSpec {
    let text = language::print(spec);
    let language::Parsed { spec, diagnostics: faults } = language::parse(&text);
    for fault in faults {
        diagnostics.push(Place { line: 1, column: 1, length: 0 }, fault.cause);
    }
    spec
}

fn of_group(group: &Group, remarks: &mut Vec<String>) -> GroupSpec {
    let Group { name, topics, members, assignor, has_epochs, lag, .. } = group;
    let mut spec = GroupSpec::new(&**name, topics.clone());
    let known = assignor.as_deref().and_then(|assignor| assignment(assignor, *has_epochs));
    spec.assignment = known.unwrap_or(match has_epochs {
        true => Assignment::ByBroker(ServerAssignor::Uniform),
        false => Assignment::by(Assignor::Range),
    });
    if known.is_none() && !members.is_empty() {
        let assumed = spec.assignment.name();
        remarks.push(match assignor {
            Some(other) => format!("{name}: the assignor {other} is not known here; {assumed} stands in its place."),
            None => {
                format!("{name}: its assignor is not said (--state says it); Kafka's default {assumed} is assumed.")
            }
        });
    }
    if members.is_empty() {
        remarks.push(format!("{name}: no active members."));
    }
    if let Some(lag) = lag {
        remarks.push(format!("{name}: lag {lag} when this was printed."));
    }
    let mut taken = SortedSet::default();
    spec.consumers = members.iter().map(|member| consumer(member, members, &mut taken)).collect();
    spec
}

fn assignment(name: &str, has_epochs: bool) -> Option<Assignment> {
    let ours = ServerAssignor::ALL.into_iter().find(|assignor| assignor.name() == name && has_epochs);
    let theirs = Assignor::ALL.into_iter().find(|assignor| assignor.name() == name);
    ours.map(Assignment::ByBroker).or(theirs.map(Assignment::by)).or_else(|| {
        // A state table without epochs (without --verbose) still names what only a broker has.
        (name == ServerAssignor::Uniform.name()).then_some(Assignment::ByBroker(ServerAssignor::Uniform))
    })
}

/// A member by its client's name; where several have the same, by its instance, or with a number.
fn consumer(member: &Member, all: &[Member], taken: &mut SortedSet<String>) -> ConsumerSpec {
    let instance = member.instance.clone();
    let is_shared =
        all.iter().take(crate::Limit::Members.value() as usize).filter(|other| other.client == member.client).count()
            > 1;
    let base = match &instance {
        Some(instance) if is_shared => instance,
        _ => &member.client,
    };
    let mut name = base.clone();
    let mut number = 1;
    while taken.contains(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    taken.insert(name.clone());
    ConsumerSpec { name, instance, ..ConsumerSpec::default() }
}
