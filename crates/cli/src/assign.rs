use std::collections::{BTreeMap, BTreeSet};

use kafka_lanes_core::assignor::{Subscription, assign as decide};
use kafka_lanes_core::spec::Assignor;
use serde::{Deserialize, Serialize};

use crate::args::Assign;
use crate::failure::Failure;
use crate::output::Output;
use crate::partition::each_line;

/// Partitions of one group at the most.
const MAX_GROUP_PARTITIONS: u64 = 1_000_000;
/// Members of one group at the most.
const MAX_GROUP_MEMBERS: usize = 100_000;

/// A group, as a line of stdin says it.
#[derive(Debug, Deserialize)]
struct Group {
    topics: BTreeMap<String, u32>,
    members: Vec<Member>,
    #[serde(default)]
    partition_racks: Option<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Member {
    id: String,
    topics: Vec<String>,
    #[serde(default)]
    instance_id: Option<String>,
    #[serde(default)]
    rack: Option<String>,
}

#[derive(Debug, Serialize)]
struct Answer {
    assignment: BTreeMap<String, Vec<String>>,
}

pub(crate) fn assign(args: &Assign) -> Result<(), Failure> {
    let assignor = match &*args.assignor {
        later @ ("sticky" | "cooperative-sticky" | "uniform" | "server-range") => {
            return Err(Failure::Usage(format!(
                "error: --assignor {later} comes later; range and roundrobin work now."
            )));
        }
        name => Assignor::ALL.into_iter().find(|assignor| assignor.name() == name).ok_or_else(|| {
            Failure::Usage(format!("error: --assignor {name} is not known; range and roundrobin are."))
        })?,
    };
    let mut output = Output::new();
    each_line(|number, line| {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let refused = |column: usize, what: &str| Failure::Refused(format!("stdin:{number}:{column}: error: {what}"));
        let group: Group = serde_json::from_slice(line).map_err(|error| refused(error.column(), &plain(&error)))?;
        let answer = answer(assignor, group).map_err(|what| refused(1, &what))?;
        let line = serde_json::to_string(&answer).map_err(|error| refused(1, &plain(&error)))?;
        output.line(&line)
    })?;
    output.finish()
}

/// What JSON has to say, without its own idea of the place.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    format!(
        "{}. A line is {{\"topics\":{{\"orders\":6}},\"members\":[{{\"id\":\"c1\",\"topics\":[\"orders\"]}}]}}.",
        &text[..end]
    )
}

fn answer(assignor: Assignor, group: Group) -> Result<Answer, String> {
    let partitions: u64 = group.topics.values().map(|n| u64::from(*n)).sum();
    if partitions > MAX_GROUP_PARTITIONS {
        return Err(format!(
            "{partitions} partitions are more than {MAX_GROUP_PARTITIONS} (MAX_GROUP_PARTITIONS). Leave some topics out."
        ));
    }
    if group.members.len() > MAX_GROUP_MEMBERS {
        return Err(format!(
            "{} members are more than {MAX_GROUP_MEMBERS} (MAX_GROUP_MEMBERS). Leave some out.",
            group.members.len()
        ));
    }
    let mut ids = BTreeSet::new();
    if let Some(twice) = group.members.iter().find(|member| !ids.insert(&member.id)) {
        return Err(format!("the member “{}” is there twice. A member's id is its own.", twice.id));
    }
    let racks = group.partition_racks.is_some() && group.members.iter().any(|member| member.rack.is_some());
    if assignor == Assignor::Range && racks {
        return Err("range with racks comes later. Leave out partition_racks to assign without them.".into());
    }
    let subscription =
        |member: Member| Subscription { member_id: member.id, instance_id: member.instance_id, topics: member.topics };
    let members: Vec<Subscription> = group.members.into_iter().map(subscription).collect();
    let topics = group.topics.into_iter().collect();
    let named = decide(assignor, &topics, &members).into_iter().map(|(id, mut owned)| {
        owned.sort();
        (id, owned.into_iter().map(|p| format!("{}-{}", p.topic, p.partition)).collect())
    });
    Ok(Answer { assignment: named.collect() })
}
