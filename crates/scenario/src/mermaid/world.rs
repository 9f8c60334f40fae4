//! From a picture and its sides to a world: topics first, then groups and producers in the order of the text.

use kafka_lanes_core::limits::{MAX_NAME_CHARS, MAX_PRODUCERS};
use kafka_lanes_core::sorted::{SortedMap, SortedSet};
use kafka_lanes_core::spec::{GroupSpec, ProducerSpec, TopicSpec, WorldSpec};

use super::picture::{Entity, Link, Picture, Spot};
use super::role_words::{RoleWord, partition_number, stated_partitions, without_role};
use super::sides::{Side, Sides};
use super::understood::Understood;
use crate::cause::{Cause, Thing};
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;
use crate::name::{cut, topic_name_fault};
use crate::room::Room;

/// Makes a world, saying on the way how it understood what.
pub(super) struct Maker<'p, 'd> {
    pub(super) picture: &'p Picture,
    pub(super) faults: &'d mut Diagnostics,
    pub(super) spec: WorldSpec,
    pub(super) understood: Vec<Understood>,
    /// The topics by the entities that they are drawn as.
    pub(super) topics: SortedMap<usize, DrawnTopic>,
    /// Arrows by the entity that they lead to, or come from.
    pub(super) arriving: SortedMap<usize, Vec<Link>>,
    leaving: SortedMap<usize, Vec<Link>>,
    pub(super) group_room: Room,
    pub(super) member_room: Room,
    producer_room: Room,
}

pub(super) struct DrawnTopic {
    pub(super) name: String,
    pub(super) partitions: u32,
    /// The number of each part; absent for those beyond a limit.
    pub(super) numbers: Vec<Option<u32>>,
}

pub(super) fn world(picture: &Picture, sides: &Sides, faults: &mut Diagnostics) -> (WorldSpec, Vec<Understood>) {
    let by = |end: fn(&Link) -> usize| {
        let mut links: SortedMap<usize, Vec<Link>> = SortedMap::new();
        sides.links.iter().for_each(|link| links.get_or_default(end(link)).push(*link));
        links
    };
    let mut maker = Maker {
        picture,
        faults,
        spec: WorldSpec::default(),
        understood: Vec::new(),
        topics: SortedMap::new(),
        arriving: by(|link| link.to.entity),
        leaving: by(|link| link.from.entity),
        group_room: Room::of(Limit::Groups),
        member_room: Room::of(Limit::Members),
        producer_room: Room::of(Limit::Producers),
    };
    maker.make_topics(sides);
    for entity in (0..picture.entities.len()).filter(|entity| sides.side[*entity] == Some(Side::Client)) {
        maker.make_client(entity);
    }
    let Maker { faults, spec, understood, group_room, producer_room, .. } = maker;
    group_room.tell(faults);
    producer_room.tell(faults);
    (spec, understood)
}

impl Maker<'_, '_> {
    fn make_topics(&mut self, sides: &Sides) {
        let (mut topic_room, mut partition_room) = (Room::of(Limit::Topics), Room::of(Limit::Partitions));
        let picture = self.picture;
        for (index, entity) in picture.entities.iter().enumerate() {
            if sides.side[index] != Some(Side::Topic) || !topic_room.one_more(entity.at) {
                continue;
            }
            let (label, stated) = if entity.parts.is_empty() { stated_count(entity) } else { (entity.text(), None) };
            let name = without_role(&label, RoleWord::Topic);
            let taken = |name: &str| self.spec.topics.iter().any(|topic| topic.name == name);
            let name = unique(Thing::Topic, name, entity.at, taken, self.faults);
            if let Some(fault) = topic_name_fault(&name) {
                self.faults.push(entity.at, Cause::TopicName { name: name.clone(), fault });
            }
            let wanted = match entity.parts.len() {
                0 => stated.unwrap_or_else(|| self.most_readers(index)).max(1),
                // At most `MAX_NODES`.
                parts => parts as u32,
            };
            // At most `MAX_PARTITIONS`.
            let partitions = partition_room.some_more(wanted.into(), entity.at) as u32;
            if partitions == 0 {
                continue;
            }
            if entity.parts.is_empty() {
                self.understood.push(Understood::PartitionsCounted { topic: name.clone(), partitions });
            }
            let numbers = self.numbers(entity, &name).into_iter();
            let numbers = numbers.map(|number| Some(number).filter(|number| *number < partitions)).collect();
            self.spec.topics.push(TopicSpec::new(name.clone(), partitions));
            self.topics.insert(index, DrawnTopic { name, partitions, numbers });
        }
        topic_room.tell(self.faults);
        partition_room.tell(self.faults);
    }

    /// The number of each partition: its label's, if those are 0, 1, 2 and so on in any order.
    fn numbers(&mut self, topic: &Entity, name: &str) -> Vec<u32> {
        let count = topic.parts.len() as u32;
        let said: Vec<u32> = topic.parts.iter().filter_map(|part| partition_number(&part.text)).collect();
        let different: SortedSet<u32> = said.iter().copied().filter(|number| *number < count).collect();
        if different.len() == topic.parts.len() {
            return said;
        }
        self.faults.push(topic.at, Cause::NumbersByOrder { topic: name.into() });
        (0..count).collect()
    }

    /// How many members of one group a topic without partitions has arrows to, at the most.
    fn most_readers(&self, topic: usize) -> u32 {
        let mut readers: SortedMap<usize, SortedSet<usize>> = SortedMap::new();
        for link in self.leaving.get(&topic).into_iter().flatten() {
            if let Spot { entity, part: Some(part) } = link.to {
                readers.get_or_default(entity).insert(part);
            }
        }
        readers.values().map(SortedSet::len).max().unwrap_or(1) as u32
    }

    fn make_client(&mut self, index: usize) {
        let sends = self.leaving.get(&index).cloned().unwrap_or_default();
        let reads = self.arriving.contains_key(&index);
        if reads || sends.is_empty() {
            self.make_group(index, &sends);
        }
        let mut producers: SortedMap<Option<usize>, Vec<Link>> = SortedMap::new();
        // One more than there can be, so that it is noticed.
        let parts = self.picture.entities[index].parts.len().min(MAX_PRODUCERS + 1);
        for link in sends {
            if link.from.part.is_none() && !reads && parts > 0 {
                // An arrow from a panel of producers is one from each.
                (0..parts).for_each(|part| producers.get_or_default(Some(part)).push(link));
            } else {
                producers.get_or_default(link.from.part).push(link);
            }
        }
        for (part, links) in producers {
            self.make_producer(index, part, &links, reads);
        }
    }

    fn make_producer(&mut self, index: usize, part: Option<usize>, links: &[Link], reads: bool) {
        let entity = &self.picture.entities[index];
        let (label, at) = match part {
            Some(part) => (entity.parts[part].text.clone(), entity.parts[part].at),
            None => (entity.text(), entity.at),
        };
        let role = if part.is_none() && entity.is_panel { RoleWord::Group } else { RoleWord::Producer };
        let mut topics: Vec<String> = Vec::new();
        let mut lanes: SortedMap<usize, SortedSet<Option<usize>>> = SortedMap::new();
        for link in links {
            let Some(topic) = self.topics.get(&link.to.entity) else { continue };
            if !topics.contains(&topic.name) {
                topics.push(topic.name.clone());
            }
            lanes.get_or_default(link.to.entity).insert(link.to.part);
        }
        if topics.is_empty() || !self.producer_room.one_more(at) {
            return;
        }
        let taken = |name: &str| self.spec.producers.iter().any(|producer| producer.name == name);
        let name = unique(Thing::Producer, without_role(&label, role), at, taken, self.faults);
        for (topic, lanes) in lanes {
            let topic = &self.topics[&topic];
            if !lanes.contains(&None) && lanes.len() < topic.numbers.len() {
                let cause = Cause::ProducerToLane { producer: name.clone(), topic: topic.name.clone() };
                self.faults.push(at, cause);
            }
        }
        if reads {
            self.understood.push(Understood::ReadsAndSends { producer: name.clone() });
        }
        self.spec.producers.push(ProducerSpec::new(name, topics));
    }

    pub(super) fn group_name(&mut self, name: &str, at: Place) -> String {
        let taken = |name: &str| self.spec.groups.iter().any(|group: &GroupSpec| group.name == name);
        unique(Thing::Group, name, at, taken, self.faults)
    }
}

/// A label without the line, or the words in brackets, that say how many partitions there are.
fn stated_count(entity: &Entity) -> (String, Option<u32>) {
    let stated = entity.lines.iter().find_map(|line| stated_partitions(line));
    if stated.is_some() && entity.lines.len() > 1 {
        let name: Vec<&str> =
            entity.lines.iter().map(String::as_str).filter(|line| stated_partitions(line).is_none()).collect();
        return (name.join(" "), stated);
    }
    let text = entity.text();
    if let Some((name, inside)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && let Some(stated) = stated_partitions(inside)
        && !name.trim().is_empty()
    {
        return (name.trim_end().into(), Some(stated));
    }
    (text, None)
}

/// `name`, not longer than names can be; with a number behind it if it is taken.
pub(super) fn unique(
    thing: Thing,
    name: &str,
    at: Place,
    taken: impl Fn(&str) -> bool,
    faults: &mut Diagnostics,
) -> String {
    let given = name.chars().count().to_string();
    let (name, was_cut) = cut(name.into());
    if was_cut {
        faults.push(at, Cause::OverLimit { limit: Limit::NameChars, given });
    }
    if !taken(&name) {
        return name;
    }
    // Room for a hyphen and a number below `MAX_NODES`.
    let stem: String = name.chars().take(MAX_NAME_CHARS - 6).collect();
    let free = (2..).map(|number| format!("{stem}-{number}")).find(|name| !taken(name)).unwrap_or(stem);
    faults.push(at, Cause::Renamed { thing, from: name, to: free.clone() });
    free
}
