//! A group: its members, what it reads, and who decides who reads which lane.

use kafka_lanes_core::sorted::{SortedMap, SortedSet};
use kafka_lanes_core::spec::{Assignment, Assignor, ConsumerSpec, GroupSpec, PartitionName};

use super::ownership::assignor_of;
use super::picture::{Entity, Link};
use super::role_words::{RoleWord, hint, without_role};
use super::understood::Understood;
use super::world::{DrawnTopic, Maker, unique};
use crate::cause::{Cause, Thing};
use crate::limit::Limit;
use crate::room::Room;

/// The members of a group, and which part of the drawing each of them is.
struct Members {
    names: Vec<String>,
    /// Absent where the whole entity is one consumer.
    by_part: SortedMap<Option<usize>, usize>,
}

/// What arrows say about a group.
#[derive(Default)]
struct Arrows {
    /// All topics with an arrow to the group or to a member, in the order of the arrows.
    topics: Vec<String>,
    /// Which lanes are drawn to which member.
    drawn: Vec<SortedSet<PartitionName>>,
}

impl Maker<'_, '_> {
    /// Makes the group that the entity is, `sends` being the arrows that leave it.
    pub(super) fn make_group(&mut self, index: usize, sends: &[Link]) {
        let entity = &self.picture.entities[index];
        if !self.group_room.one_more(entity.at) {
            return;
        }
        let label = entity.text();
        let is_group = entity.is_panel || hint(&label).is_some_and(|hint| hint.word == RoleWord::Group);
        let role = if is_group { RoleWord::Group } else { RoleWord::Consumer };
        let name = self.group_name(without_role(&label, role), entity.at);
        let reads = self.arriving.get(&index).cloned().unwrap_or_default();
        let members = self.members(entity, &name, is_group, &reads, sends);
        let arrows = self.arrows(&name, &members, &reads);
        let mut group = GroupSpec::new(name, arrows.topics);
        group.consumers =
            members.names.iter().map(|name| ConsumerSpec { name: name.clone(), ..ConsumerSpec::default() }).collect();
        if !is_group {
            self.understood.push(Understood::OwnGroup { group: group.name.clone() });
        }
        self.decide(&mut group, &members.names, arrows.drawn, index);
        self.spec.groups.push(group);
    }

    fn members(&mut self, entity: &Entity, group: &str, is_group: bool, reads: &[Link], sends: &[Link]) -> Members {
        let mut members = Members { names: Vec::new(), by_part: SortedMap::new() };
        if !entity.is_panel {
            // A node that stands for a whole group has one consumer that is not drawn.
            let name = if is_group { format!("{group}-1") } else { group.into() };
            members.by_part.insert(None, 0);
            members.names.push(unique(Thing::Consumer, &name, entity.at, |_| false, self.faults));
            return members;
        }
        let readers: SortedSet<usize> = reads.iter().filter_map(|link| link.to.part).collect();
        let senders: SortedSet<usize> = sends.iter().filter_map(|link| link.from.part).collect();
        for (part, drawn) in entity.parts.iter().enumerate() {
            // Beside consumers, a node that only sends is a producer.
            let only_sends = !readers.is_empty() && !readers.contains(&part) && senders.contains(&part);
            if only_sends || !self.member_room.one_more(drawn.at) {
                continue;
            }
            let taken = |name: &str| members.names.iter().any(|taken| taken == name);
            let name = unique(Thing::Consumer, &drawn.text, drawn.at, taken, self.faults);
            members.by_part.insert(Some(part), members.names.len());
            members.names.push(name);
        }
        std::mem::replace(&mut self.member_room, Room::of(Limit::Members)).tell(self.faults);
        members
    }

    fn arrows(&mut self, group: &str, members: &Members, reads: &[Link]) -> Arrows {
        let mut arrows = Arrows { topics: Vec::new(), drawn: vec![SortedSet::new(); members.names.len()] };
        let mut owners: SortedMap<PartitionName, usize> = SortedMap::new();
        for link in reads {
            let Some(topic) = self.topics.get(&link.from.entity) else { continue };
            if !arrows.topics.contains(&topic.name) {
                arrows.topics.push(topic.name.clone());
            }
            let Some(member) = members.by_part.get(&link.to.part).copied() else { continue };
            // One lane that is not drawn as such, read by one member of several, is as good as drawn.
            let lane = match link.from.part {
                Some(part) => topic.numbers[part],
                None => only_lane(topic, members),
            };
            let Some(partition) = lane else { continue };
            let partition = PartitionName { topic: topic.name.clone(), partition };
            match owners.get(&partition) {
                None => {
                    owners.insert(partition.clone(), member);
                    arrows.drawn[member].insert(partition);
                }
                Some(first) if *first == member => {}
                Some(first) => {
                    let cause = Cause::DrawnTwice {
                        partition: format!("{}-{}", partition.topic, partition.partition),
                        group: group.into(),
                        first: members.names[*first].clone(),
                        second: members.names[member].clone(),
                    };
                    self.faults.push(link.at, cause);
                }
            }
        }
        arrows
    }

    /// An assignor, if one gives what is drawn, or if nothing is; else the arrows as they are.
    fn decide(&mut self, group: &mut GroupSpec, names: &[String], drawn: Vec<SortedSet<PartitionName>>, index: usize) {
        let name = group.name.clone();
        if group.topics.is_empty() {
            return;
        }
        if drawn.iter().all(SortedSet::is_empty) {
            let assignor = Assignor::RoundRobin;
            group.assignment = Assignment::by(assignor);
            // A group of one reads everything, whoever decides.
            if names.len() > 1 {
                self.understood.push(Understood::SharedBy { group: name, assignor });
            }
            return;
        }
        let counts = self.topics.values().filter(|topic| group.topics.contains(&topic.name));
        let counts: SortedMap<String, u32> = counts.map(|topic| (topic.name.clone(), topic.partitions)).collect();
        if let Some(assignor) = assignor_of(&drawn, &counts, names) {
            group.assignment = Assignment::by(assignor);
            self.understood.push(Understood::AsAssignedBy { group: name, assignor });
            return;
        }
        group.assignment = Assignment::Manual;
        let at = self.picture.entities[index].at;
        for topic in &group.topics {
            if !drawn.iter().flatten().any(|partition| partition.topic == *topic) {
                self.faults.push(at, Cause::NotDrawn { group: name.clone(), topic: topic.clone() });
            }
        }
        for (consumer, drawn) in group.consumers.iter_mut().zip(drawn) {
            consumer.assigned = drawn.into_iter().collect();
        }
        self.understood.push(Understood::Manual { group: name });
    }
}

/// The lane of a topic with one, drawn without it, for a group of which one member is drawn to the topic.
fn only_lane(topic: &DrawnTopic, members: &Members) -> Option<u32> {
    (topic.partitions == 1 && topic.numbers.is_empty() && members.names.len() > 1).then_some(0)
}
