//! The record of a rebalance: why it came, what moved, who stood still.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::ids::{GroupId, MemberId, TopicPartition};
use crate::journal::{Cause, Happening, Move, Rebalance};
use crate::member::Status;
use crate::sorted::{SortedMap, SortedSet};
use crate::world::World;

impl World {
    pub(super) fn begin_rebalance(&mut self, group: GroupId, cause: Cause) {
        let Some(g) = self.groups.get(&group) else { return };
        self.journal.begin(Rebalance {
            group,
            group_name: g.name.clone(),
            started: self.now,
            ended: None,
            cause,
            generation: 0,
            moved: Vec::new(),
            paused: SortedMap::new(),
            stood: SortedMap::new(),
        });
        self.changes.structure = true;
    }

    /// Notes which partitions changed owners since the last time that the group was stable.
    pub(super) fn note_moves(&mut self, group: GroupId) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        let names: SortedMap<MemberId, Rc<str>> = g.registered().map(|(id, m)| (id, m.name.clone())).collect();
        let mut owners: SortedMap<TopicPartition, Rc<str>> =
            g.target.iter().filter_map(|(partition, id)| Some((*partition, names.get(id)?.clone()))).collect();
        // What was withheld until its owner lets go of it is still its owner's.
        for (partition, owner) in g.owners.iter() {
            if !owners.contains_key(partition) && names.values().any(|name| name == owner) {
                owners.insert(*partition, owner.clone());
            }
        }
        let all: SortedSet<TopicPartition> = g.owners.keys().chain(owners.keys()).copied().collect();
        let moved = all
            .into_iter()
            .map(|partition| Move {
                partition,
                from: g.owners.get(&partition).cloned(),
                to: owners.get(&partition).cloned(),
            })
            .filter(|change| change.from != change.to)
            .collect();
        if let Some(rebalance) = self.journal.running(group) {
            rebalance.moved = moved;
        }
    }

    /// All members have what they should have: the rebalance that runs, if one does, is over.
    pub(super) fn end_rebalance(&mut self, group: GroupId, generation: u32) {
        let now = self.now;
        self.note_moves(group);
        // For who has nothing now there is nothing: it does not stand still, it is idle.
        let Some(g) = self.groups.get(&group) else { return };
        let idle: Vec<MemberId> =
            g.registered().filter(|(_, m)| m.status == Status::Stable).map(|(id, _)| id).collect();
        idle.into_iter().for_each(|member| self.note_moving(group, member));
        let Some(rebalance) = self.journal.running(group) else { return };
        rebalance.ended = Some(now);
        rebalance.generation = generation;
        let (cause, began) = (rebalance.cause.clone(), rebalance.started);
        for change in &rebalance.moved {
            let Some(g) = self.groups.get_mut(&group) else { continue };
            match &change.to {
                Some(to) => _ = g.owners.insert(change.partition, to.clone()),
                None => _ = g.owners.remove(&change.partition),
            }
        }
        self.watch_idle(group, began);
        let Some(g) = self.groups.get(&group) else { return };
        let what = Happening::Rebalanced { group: g.name.clone(), generation, cause };
        self.journal.tell(now, what);
        self.changes.structure = true;
    }
}
