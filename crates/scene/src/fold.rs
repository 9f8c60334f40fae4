//! What is folded into a summary because it would not fit, or could not be told apart.

use kafka_lanes_core::sorted::SortedSet;
use kafka_lanes_core::{GroupId, ProducerId, TopicId, World};

use crate::measure;
use crate::target::{Fold, Target};
use crate::view::View;

/// More lanes than this in all, and topics fold to bars, the largest first.
pub(crate) const MAX_LANES: u32 = 6;
/// A topic that a person opened shows this many lanes, and the rest when asked again.
const MAX_OPENED_LANES: u32 = 12;
/// More lanes than this are never drawn as logs, whatever a person opens.
const MAX_OPENED_IN_ALL: u32 = 128;
/// No more than this many lanes of a topic are ever drawn as logs.
const MAX_LOGS: u32 = 64;
/// More members than this, and a group folds to tiles.
pub(crate) const MAX_MEMBERS: usize = 8;
/// No more than this many members of an opened group are drawn.
pub(crate) const MAX_OPENED_MEMBERS: usize = 64;
/// No more than this many tiles of a folded group are drawn.
pub(crate) const MAX_TILES: usize = 40;
/// More arrows than this become ribbons.
pub(crate) const MAX_ARROWS: usize = 24;
/// More producers than this share boxes.
pub(crate) const MAX_PRODUCERS: usize = 4;

/// How many lanes of a topic are drawn as logs, where it is open.
pub(crate) fn most_logs(view: &View, topic: TopicId) -> u32 {
    if view.opens(Target::More(Fold::Lanes(topic))) { MAX_LOGS } else { MAX_OPENED_LANES }
}

/// The topics and groups that are folded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Folding {
    pub(crate) topics: SortedSet<TopicId>,
    pub(crate) groups: SortedSet<GroupId>,
}

impl Folding {
    /// What folds by number alone. What a person opened stays open, up to a limit on all of it.
    pub(crate) fn by_number(world: &World, view: &View, max_lanes: u32) -> Self {
        let mut folding = Self::default();
        while open_lanes(world, &folding) > max_lanes && folding.fold_largest_topic(world, view) {}
        while open_lanes(world, &folding) > MAX_OPENED_IN_ALL && folding.fold_largest_of(world, |_| true) {}
        for (id, group) in world.groups() {
            if group.members.len() > MAX_MEMBERS && !view.opens(Target::Group(id)) {
                folding.groups.insert(id);
            }
        }
        folding
    }

    /// Folds the topic with most lanes among those that a person did not open.
    pub(crate) fn fold_largest_topic(&mut self, world: &World, view: &View) -> bool {
        self.fold_largest_of(world, |id| !view.opens(Target::Topic(id)))
    }

    fn fold_largest_of(&mut self, world: &World, may: impl Fn(TopicId) -> bool) -> bool {
        let largest = world
            .topics()
            .filter(|(id, _)| !self.topics.contains(id) && may(*id))
            .max_by_key(|(id, topic)| (topic.partition_count(), std::cmp::Reverse(*id)));
        largest.is_some_and(|(id, _)| self.topics.insert(id))
    }

    /// Folds the group with most members, if one is left with more than four.
    pub(crate) fn fold_largest_group(&mut self, world: &World, view: &View) -> bool {
        let largest = world
            .groups()
            .filter(|(id, group)| {
                group.members.len() > 4 && !self.groups.contains(id) && !view.opens(Target::Group(*id))
            })
            .max_by_key(|(id, group)| (group.members.len(), std::cmp::Reverse(*id)));
        largest.is_some_and(|(id, _)| self.groups.insert(id))
    }
}

fn open_lanes(world: &World, folding: &Folding) -> u32 {
    let open = world.topics().filter(|(id, _)| !folding.topics.contains(id));
    open.map(|(_, topic)| topic.partition_count()).sum()
}

/// The producers by box: each its own up to four, else those whose names begin alike share one, and what
/// is over four boxes shares the last.
pub(crate) fn producer_boxes(world: &World, view: &View) -> Vec<(String, Vec<ProducerId>)> {
    let all: Vec<ProducerId> = world.producers().map(|(id, _)| id).collect();
    let name = |id: &ProducerId| world.producer(*id).map(|p| p.name.to_string()).unwrap_or_default();
    if all.len() <= MAX_PRODUCERS {
        return all.into_iter().map(|id| (name(&id), vec![id])).collect();
    }
    let mut boxes: Vec<(String, Vec<ProducerId>)> = Vec::new();
    for id in all {
        let prefix = prefix(&name(&id));
        match boxes.iter_mut().find(|(known, _)| *known == prefix) {
            Some((_, ids)) => ids.push(id),
            None => boxes.push((prefix, vec![id])),
        }
    }
    if boxes.len() > MAX_PRODUCERS {
        let rest: Vec<ProducerId> = boxes.drain(MAX_PRODUCERS - 1..).flat_map(|(_, ids)| ids).collect();
        boxes.push((String::new(), rest));
    }
    let mut shown = Vec::new();
    for (prefix, ids) in boxes {
        if ids.len() == 1 || view.opens(Target::More(Fold::Producers(ids[0]))) {
            shown.extend(ids.into_iter().map(|id| (name(&id), vec![id])));
        } else {
            shown.push((prefix, ids));
        }
    }
    shown
}

/// A client's name without its number: `Shop` of `Shop-12`.
fn prefix(name: &str) -> String {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['-', '_', '.', ' ', '#']);
    if bare.is_empty() { name.into() } else { bare.into() }
}

/// A group's name as it stands beside its rows: without `-g1`, where that still tells it from the others.
pub(crate) fn short_names(world: &World, ids: &[GroupId]) -> Vec<String> {
    let full: Vec<String> =
        ids.iter().map(|id| world.group(*id).map(|g| g.name.to_string()).unwrap_or_default()).collect();
    let short = |name: &str| {
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
        let bare = ["-g", "_g", "-group", "_group", ".group", "-"].iter().find_map(|end| bare.strip_suffix(end));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(name).to_string()
    };
    full.iter()
        .map(|name| {
            let bare = short(name);
            if full.iter().filter(|other| short(other) == bare).count() > 1 { name.clone() } else { bare }
        })
        .collect()
}

/// Short names, cut at their end where that still tells them apart, else in the middle.
pub(crate) fn labels(world: &World, ids: &[GroupId], room: f64, size: f64) -> Vec<String> {
    let names = short_names(world, ids);
    let cut: Vec<String> = names.iter().map(|name| measure::fit_start(name, room, size, 600)).collect();
    let same = |label: &String| cut.iter().filter(|other| *other == label).count() > 1;
    let label = |(label, name): (&String, &String)| {
        if same(label) { measure::fit(name, room, size, 600) } else { label.clone() }
    };
    cut.iter().zip(&names).map(label).collect()
}

/// What opening a target opens, given that it is folded now; or shuts, if it was open.
pub fn toggle(view: &mut View, target: Target) {
    if target.can_open() && !view.open.remove(&target) {
        view.open.insert(target);
        if let Target::More(Fold::Lanes(topic)) = target {
            view.open.insert(Target::Topic(topic));
        }
        if let Target::More(Fold::Members(group)) = target {
            view.open.insert(Target::Group(group));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::prefix;

    #[test]
    fn clients_of_one_service_share_a_prefix() {
        assert_eq!(prefix("Shop-12"), "Shop");
        assert_eq!(prefix("web_3"), "web");
        assert_eq!(prefix("42"), "42");
    }
}
