use kafka_lanes_core::spec::{GroupSpec, WorldSpec};
use kafka_lanes_core::{Action, History, Member, Span, World};

use crate::facts::Facts;

/// What somebody can change in the world of a step, beside going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touch {
    /// A key to type: its way to a lane of this topic, and a record with it from this producer.
    Key {
        /// Who sends it.
        producer: &'static str,
        /// Where to.
        topic: &'static str,
        /// The key that stands there at first.
        key: &'static str,
    },
    /// How many consumers this group has, from 1.
    Consumers {
        /// The group.
        group: &'static str,
        /// The most that can be chosen.
        most: u64,
    },
    /// The `group.id` of every consumer.
    GroupId,
}

/// A consumer, and the group in which it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The consumer.
    pub consumer: String,
    /// Its `group.id`.
    pub group: String,
}

impl Touch {
    /// Simulated time after which all that somebody did here can be seen. A test says so.
    pub fn settles(self) -> Span {
        match self {
            Self::Key { .. } => Span::from_secs(2),
            Self::Consumers { .. } | Self::GroupId => Span::from_secs(10),
        }
    }
}

/// What brings a group to so many consumers: new ones join, or those that came last leave.
pub fn resize(world: &World, group: &str, wanted: u64) -> Vec<Action> {
    let staying: Vec<&Member> = Facts(world).live(group).filter(|member| member.stays()).collect();
    let has = staying.len() as u64;
    let add = || Action::AddConsumer { group: group.into(), name: None };
    let mut actions: Vec<Action> = (has..wanted).map(|_| add()).collect();
    let leave = staying.into_iter().rev().take(has.saturating_sub(wanted) as usize);
    actions.extend(leave.map(|member| Action::RemoveConsumer { group: group.into(), name: member.name.to_string() }));
    actions
}

/// Where the consumers are that a scenario begins with, in its order, whatever group they are in by now.
pub fn memberships(history: &History) -> Vec<Membership> {
    let named = history.spec().groups.iter().flat_map(|group| &group.consumers);
    let group_of = |consumer: &str| {
        let comes_back = |member: &Member| member.closing.as_ref().is_some_and(|closing| closing.returns.is_some());
        let is_it =
            |member: &Member| (member.stays() || member.is_alive() && comes_back(member)) && *member.name == *consumer;
        let mut groups = history.world().groups().map(|(_, group)| group);
        groups.find(|group| group.members.values().any(is_it)).map(|group| group.name.to_string())
    };
    named.filter_map(|spec| Some(Membership { consumer: spec.name.clone(), group: group_of(&spec.name)? })).collect()
}

/// What has a consumer start again with another `group.id`: it joins the one group and leaves the other. Nothing where
/// it is there already.
pub fn regroup(history: &History, consumer: &str, to: &str) -> Vec<Action> {
    let now = memberships(history).into_iter().find(|one| one.consumer == consumer && one.group != to);
    let Some(now) = now else { return Vec::new() };
    // If it can't join, it stays.
    vec![
        Action::AddConsumer { group: to.into(), name: Some(consumer.into()) },
        Action::RemoveConsumer { group: now.group, name: consumer.into() },
    ]
}

/// The same scenario with one more group, as this consumer's but for its name, in which nobody is yet. None where there
/// is a group of this name already: in Kafka, too, a group comes to be when somebody names it.
pub fn with_group(history: &History, consumer: &str, name: &str) -> Option<WorldSpec> {
    if Facts(history.world()).group(name).is_some() {
        return None;
    }
    let spec = history.spec();
    let like = spec.groups.iter().find(|group| group.consumers.iter().any(|one| one.name == consumer))?;
    let new = GroupSpec { name: name.into(), consumers: Vec::new(), ..like.clone() };
    let mut spec = spec.clone();
    spec.groups.push(new);
    Some(spec)
}
