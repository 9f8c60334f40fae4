mod fault;
mod group;
mod object;

use kafka_lanes_core::assignor::{Shares, decide_group, target_group};
use kafka_lanes_core::spec::{Assignor, ServerAssignor};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use self::group::Group;
use self::object::Object;
use crate::args::Assign;
use crate::failure::Failure;
use crate::output::Output;
use crate::partition::each_line;

/// Who decides.
#[derive(Debug, Clone, Copy)]
enum Decider {
    Client(Assignor),
    Broker(ServerAssignor),
}

impl Decider {
    /// All names, and what they mean. The broker's range answers to another name than in Kafka, where only the place
    /// tells it from the clients'.
    fn all() -> impl Iterator<Item = (&'static str, Self)> {
        let brokers = [("uniform", ServerAssignor::Uniform), ("server-range", ServerAssignor::Range)];
        let clients = Assignor::ALL.into_iter().map(|assignor| (assignor.name(), Self::Client(assignor)));
        clients.chain(brokers.map(|(name, assignor)| (name, Self::Broker(assignor))))
    }

    fn named(name: &str) -> Result<Self, Failure> {
        Self::all().find(|(known, _)| *known == name).map(|(_, decider)| decider).ok_or_else(|| {
            let names: Vec<&str> = Self::all().map(|(name, _)| name).collect();
            Failure::Usage(format!("error: --assignor {name} is not known. Choose one of {}.", names.join(", ")))
        })
    }

    fn decide(self, group: &Group) -> Result<Answer<'_>, String> {
        group.check()?;
        let shares = match self {
            Self::Client(assignor) => group.with_numbers(|numbers| decide_group(assignor, numbers).assigned),
            Self::Broker(assignor) => {
                group.check_target()?;
                group.with_numbers(|numbers| target_group(assignor, numbers))
            }
        };
        Ok(Answer::new(group, &shares))
    }
}

pub(crate) fn assign(args: &Assign) -> Result<(), Failure> {
    let decider = Decider::named(&args.assignor)?;
    let mut output = Output::new();
    each_line(|number, line| {
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let refused = |column: usize, what: &str| Failure::Refused(format!("stdin:{number}:{column}: error: {what}"));
        let Object(group) = serde_json::from_slice::<Object<Group>>(line)
            .map_err(|error| refused(error.column().max(1), &fault::plain(&error)))?;
        let answer = decider.decide(&group).map_err(|what| refused(1, &what))?;
        let line = serde_json::to_string(&answer).map_err(|error| refused(1, &error.to_string()))?;
        output.line(&line)
    })?;
    output.finish()
}

/// What is printed: the members by id, their partitions by topic and number.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    assignment: Members<'a>,
}

#[derive(Debug)]
struct Members<'a>(Vec<(&'a str, Vec<String>)>);

impl<'a> Answer<'a> {
    fn new(group: &'a Group, shares: &Shares) -> Self {
        let topics = group.topic_names();
        let mut members: Vec<(&str, Vec<String>)> = group
            .members
            .iter()
            .zip(shares.iter())
            .map(|(member, share)| {
                let mut share = share.to_vec();
                share.sort_unstable_by_key(|partition| (topics[partition.topic as usize], partition.number));
                let named = share.iter().map(|p| format!("{}-{}", topics[p.topic as usize], p.number));
                (&*member.id, named.collect())
            })
            .collect();
        members.sort_unstable();
        Self { assignment: Members(members) }
    }
}

impl Serialize for Members<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, partitions) in &self.0 {
            map.serialize_entry(id, partitions)?;
        }
        map.end()
    }
}
