//! Who is a topic and who is a client of topics.
//!
//! Every arrow joins a topic and a client, so a flowchart has two sides, and only two ways to call them:
//! structure says which (what both receives and sends on is a topic), and where it does not, or the
//! labels are many and of one mind, the labels do.

use kafka_lanes_core::sorted::{SortedMap, sort_by};
use std::collections::VecDeque;

use super::picture::{Entity, Link, Picture};
use super::role_words::{RoleWord, hint, partition_likeness, says_kafka};
use crate::cause::{Cause, Role};
use crate::diagnostic::Diagnostics;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Topic,
    Client,
}

/// What labels say, and how surely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Evidence {
    side: Side,
    weight: i64,
    word: RoleWord,
}

const STRONG: i64 = 4;
const WEAK: i64 = 1;
/// What it weighs that something both receives and sends.
const PASSES_ON: i64 = 2;

/// The entities with their sides, and the arrows between a topic and a client.
#[derive(Debug)]
pub(super) struct Sides {
    /// Absent for what has no part in Kafka.
    pub(super) side: Vec<Option<Side>>,
    pub(super) links: Vec<Link>,
}

/// Tells topics from clients; none if nothing in the picture is Kafka's.
pub(super) fn sides(picture: &Picture, faults: &mut Diagnostics) -> Option<Sides> {
    let evidence: Vec<Option<Evidence>> = picture.entities.iter().map(evidence).collect();
    let flow = Flow::of(picture);
    let colours = flow.colours(&evidence);
    let mut links = Vec::new();
    let mut passed_over = Vec::new();
    for link in &picture.links {
        let differ = colours[link.from.entity].0 != colours[link.to.entity].0;
        if differ { links.push(*link) } else { passed_over.push(*link) }
    }
    let flow = Flow::between(picture.entities.len(), &links);
    let is_topic = |entity: usize| colours[entity].0 == Side::Topic;
    let said = |entity: usize, side: Side| evidence[entity].is_some_and(|evidence| evidence.side == side);
    let solid = |entity: usize| is_topic(entity) && (said(entity, Side::Topic) || flow.passes_on(entity));
    if !is_kafka(picture, &evidence, &flow, solid) {
        return None;
    }
    let any_solid = (0..picture.entities.len()).any(solid);
    let is_part = |entity: usize| solid(entity) || flow.is_joined(entity) && (!is_topic(entity) || !any_solid);
    links.retain(|link| is_part(link.from.entity) && is_part(link.to.entity));
    let flow = Flow::between(picture.entities.len(), &links);
    let takes_part = |entity: usize| match colours[entity].0 {
        Side::Topic => is_part(entity),
        // A group or a consumer may stand alone: then it is idle.
        Side::Client => flow.is_joined(entity) || is_reader(&evidence[entity]),
    };
    let side: Vec<Option<Side>> =
        (0..colours.len()).map(|entity| Some(colours[entity].0).filter(|_| takes_part(entity))).collect();
    tell(picture, &side, &colours, &evidence, &passed_over, faults);
    Some(Sides { side, links })
}

/// A group or a consumer, by its label.
fn is_reader(evidence: &Option<Evidence>) -> bool {
    evidence.is_some_and(|evidence| matches!(evidence.word, RoleWord::Group | RoleWord::Consumer))
}

fn tell(
    picture: &Picture,
    side: &[Option<Side>],
    colours: &[(Side, bool)],
    evidence: &[Option<Evidence>],
    passed_over: &[Link],
    faults: &mut Diagnostics,
) {
    for (index, entity) in picture.entities.iter().enumerate() {
        let name = || entity.text();
        if side[index].is_none() {
            faults.push(entity.at, Cause::LeftOut { name: name() });
            continue;
        }
        let (side, guessed) = colours[index];
        let client = if entity.is_panel { Role::Group } else { Role::Consumer };
        let against = evidence[index].is_some_and(|evidence| evidence.side != side && evidence.weight == STRONG);
        if against || guessed && side == Side::Topic {
            let (taken, other) = if side == Side::Topic { (Role::Topic, client) } else { (client, Role::Topic) };
            faults.push(entity.at, Cause::Ambiguous { name: name(), taken, other });
        }
    }
    for link in passed_over {
        let (from, to) = (link.from.entity, link.to.entity);
        if !faults.is_full() && side[from].is_some() && side[to].is_some() {
            let (from, to) = (picture.entities[from].text(), picture.entities[to].text());
            faults.push(link.at, Cause::ArrowPassedOver { from, to });
        }
    }
}

fn evidence(entity: &Entity) -> Option<Evidence> {
    let side = |word| match word {
        RoleWord::Topic | RoleWord::Partition => Side::Topic,
        _ => Side::Client,
    };
    if let Some(hint) = hint(&entity.text()) {
        let weight = if hint.strong { STRONG } else { WEAK };
        return Some(Evidence { side: side(hint.word), weight, word: hint.word });
    }
    let likeness = entity.parts.iter().map(|part| partition_likeness(&part.text)).min()?;
    let weight = [0, WEAK, STRONG][likeness.min(2) as usize];
    if weight > 0 {
        return Some(Evidence { side: Side::Topic, weight, word: RoleWord::Partition });
    }
    let word = entity.parts.iter().find_map(|part| hint(&part.text))?.word;
    Some(Evidence { side: side(word), weight: WEAK, word })
}

/// Something must say Kafka: a label, or the shape of the thing (lanes that pass on to the members of a group).
fn is_kafka(picture: &Picture, evidence: &[Option<Evidence>], flow: &Flow, solid: impl Fn(usize) -> bool) -> bool {
    let has = |words: &[RoleWord]| evidence.iter().flatten().any(|evidence| words.contains(&evidence.word));
    let labels = picture.houses.iter().cloned().chain(picture.entities.iter().map(Entity::text));
    let lanes = |link: &Link| {
        let (from, to) = (&picture.entities[link.from.entity], &picture.entities[link.to.entity]);
        let sink = !flow.sends[link.to.entity];
        solid(link.from.entity) && from.is_panel && !from.parts.is_empty() && to.is_panel && sink
    };
    has(&[RoleWord::Topic, RoleWord::Partition])
        || has(&[RoleWord::Producer]) && has(&[RoleWord::Consumer, RoleWord::Group])
        || labels.into_iter().any(|label| says_kafka(&label))
        || picture.links.iter().any(lanes)
}

/// Who receives, who sends, who is joined to whom.
struct Flow {
    receives: Vec<bool>,
    sends: Vec<bool>,
    neighbours: Vec<Vec<usize>>,
}

impl Flow {
    fn of(picture: &Picture) -> Self {
        Self::between(picture.entities.len(), &picture.links)
    }

    fn between(count: usize, links: &[Link]) -> Self {
        let mut flow =
            Self { receives: vec![false; count], sends: vec![false; count], neighbours: vec![Vec::new(); count] };
        for Link { from, to, .. } in links {
            flow.sends[from.entity] = true;
            flow.receives[to.entity] = true;
            flow.neighbours[from.entity].push(to.entity);
            flow.neighbours[to.entity].push(from.entity);
        }
        flow
    }

    fn is_joined(&self, entity: usize) -> bool {
        self.receives[entity] || self.sends[entity]
    }

    fn passes_on(&self, entity: usize) -> bool {
        self.receives[entity] && self.sends[entity]
    }

    /// The side of each entity, and whether nothing but the direction of its arrows told it.
    fn colours(&self, evidence: &[Option<Evidence>]) -> Vec<(Side, bool)> {
        let mut colours: Vec<Option<(Side, bool)>> = vec![None; evidence.len()];
        for start in 0..evidence.len() {
            if colours[start].is_some() {
                continue;
            }
            let (component, consistent) = self.two_coloured(start);
            if consistent {
                let (topic_is, guessed) = self.vote(&component, evidence);
                for (entity, colour) in component {
                    colours[entity] = Some((if colour == topic_is { Side::Topic } else { Side::Client }, guessed));
                }
            } else {
                let members: Vec<usize> = component.into_iter().map(|(entity, _)| entity).collect();
                self.spread(&members, evidence, &mut colours);
            }
        }
        colours.into_iter().map(|colour| colour.unwrap_or((Side::Client, false))).collect()
    }

    /// All that is joined to `start`, in two colours; and whether no arrow joins two of one colour.
    fn two_coloured(&self, start: usize) -> (Vec<(usize, bool)>, bool) {
        let mut colour = SortedMap::from([(start, false)]);
        let mut queue = VecDeque::from([start]);
        let mut consistent = true;
        while let Some(entity) = queue.pop_front() {
            let own = colour.get(&entity).copied().unwrap_or_default();
            for neighbour in &self.neighbours[entity] {
                match colour.get(neighbour) {
                    Some(theirs) => consistent &= *theirs != own,
                    None => {
                        colour.insert(*neighbour, !own);
                        queue.push_back(*neighbour);
                    }
                }
            }
        }
        (colour.into_iter().collect(), consistent)
    }

    /// Which of the two colours is that of the topics, and whether that is a guess.
    fn vote(&self, component: &[(usize, bool)], evidence: &[Option<Evidence>]) -> (bool, bool) {
        let sign = |agrees: bool| if agrees { 1 } else { -1 };
        let mut score = 0;
        for (entity, colour) in component {
            if let Some(evidence) = evidence[*entity] {
                score += evidence.weight * sign(*colour == (evidence.side == Side::Topic));
            }
            if self.passes_on(*entity) {
                score += PASSES_ON * sign(*colour);
            }
        }
        if score != 0 {
            return (score > 0, false);
        }
        // Nothing says it: then what only sends is a producer.
        let sources = component.iter().filter(|(entity, _)| self.sends[*entity] && !self.receives[*entity]);
        let clients: i64 = sources.map(|(_, colour)| sign(!colour)).sum();
        (clients >= 0, component.len() > 1)
    }

    /// Where arrows contradict each other, sides spread from what labels say, surest first.
    fn spread(&self, members: &[usize], evidence: &[Option<Evidence>], colours: &mut [Option<(Side, bool)>]) {
        let mut sure: Vec<(usize, Evidence)> =
            members.iter().filter_map(|entity| Some((*entity, evidence[*entity]?))).collect();
        sort_by(&mut sure, |(_, a), (_, b)| b.weight.cmp(&a.weight));
        let mut queue: VecDeque<usize> = VecDeque::new();
        for (entity, evidence) in sure {
            colours[entity] = Some((evidence.side, false));
            queue.push_back(entity);
        }
        let sources = members.iter().filter(|entity| self.sends[**entity] && !self.receives[**entity]);
        for start in sources.chain(members) {
            if queue.is_empty() && colours[*start].is_none() {
                colours[*start] = Some((Side::Client, true));
                queue.push_back(*start);
            }
            while let Some(entity) = queue.pop_front() {
                let Some((own, guessed)) = colours[entity] else { continue };
                let other = if own == Side::Topic { Side::Client } else { Side::Topic };
                for neighbour in &self.neighbours[entity] {
                    if colours[*neighbour].is_none() {
                        colours[*neighbour] = Some((other, guessed));
                        queue.push_back(*neighbour);
                    }
                }
            }
        }
    }
}
