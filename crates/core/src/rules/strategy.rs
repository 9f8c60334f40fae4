//! Another assignor for a whole group.

use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::alarm::Parting;
use crate::group::Phase;
use crate::ids::{GroupId, MemberId};
use crate::journal::Cause;
use crate::member::{Awaited, Status};
use crate::spec::{Assignment, Assignors, ConsumerSpec};
use crate::time::Span;
use crate::world::World;

impl World {
    /// From now on `assignment` decides, for members that had assignors of their own too. Where that is another
    /// protocol, all members start anew.
    pub(super) fn set_assignment(&mut self, group: GroupId, assignment: Assignment) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        let before = core::mem::replace(&mut g.assignment, assignment);
        g.former.values_mut().for_each(|former| Rc::make_mut(former).assignors = Assignors::default());
        let returning = g.members.values_mut().filter_map(|m| m.closing.as_mut()?.returns.as_mut());
        returning.for_each(|returns| {
            returns.assignors = Assignors::default();
            returns.anew.as_mut().into_iter().for_each(|anew| Rc::make_mut(anew).assignors = Assignors::default());
        });
        let own = g.members.values_mut().map(|m| core::mem::take(&mut m.assignors));
        let own = own.filter(|assignors| !assignors.is_empty()).count();
        if before == assignment && own == 0 {
            return;
        }
        if let Assignment::By(assignors) = assignment {
            // What the coordinator knows of them is what they are from now on.
            g.members.values_mut().filter(|m| m.registered).for_each(|m| m.seat.assignors = assignors);
        }
        let refused = self.take_away_all_refused(group);
        self.changes.structure = true;
        if before.protocol() != assignment.protocol() {
            self.start_anew(group);
        } else {
            self.decide_anew(group);
            self.ask_again(group);
        }
        refused.iter().for_each(|spec| self.on_return(group, spec));
    }

    fn decide_anew(&mut self, group: GroupId) {
        let Some(g) = self.groups.get(&group) else { return };
        if g.is_modern() {
            self.new_epoch(group, Cause::Assignor);
        } else if matches!(g.phase, Phase::CompletingRebalance | Phase::Stable) {
            // A round that still waits for members will be decided by the new one anyhow.
            self.begin_round(group, Cause::Assignor);
        }
    }

    /// Whoever waits to be let in may be refused for what its assignors were: it asks once more.
    fn ask_again(&mut self, group: GroupId) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        let mut asking: Vec<MemberId> = Vec::new();
        for (id, m) in g.members.iter_mut().filter(|(_, m)| !m.registered && m.waits_for(Awaited::ToJoin)) {
            m.beat += 1;
            m.unread_answer = None;
            m.must_rejoin = true;
            asking.push(*id);
        }
        asking.into_iter().for_each(|member| self.poll(group, member));
    }

    /// What is left of those that were refused goes. Says what they were.
    fn take_away_all_refused(&mut self, group: GroupId) -> Vec<Rc<ConsumerSpec>> {
        let Some(g) = self.groups.get_mut(&group) else { return Vec::new() };
        let mut refused = Vec::new();
        g.members.retain(|_, m| {
            let is_refused = matches!(m.status, Status::Refused { .. });
            refused.extend(g.former.get(&m.name).filter(|_| is_refused).cloned());
            !is_refused
        });
        refused
    }

    /// What is left of a consumer of this name that was refused goes. Says whether there was one.
    pub(super) fn take_away_refused(&mut self, group: GroupId, name: &str) -> bool {
        let Some(g) = self.groups.get_mut(&group) else { return false };
        let before = g.members.len();
        g.members.retain(|_, m| *m.name != *name || !matches!(m.status, Status::Refused { .. }));
        let gone = g.members.len() < before;
        self.changes.structure |= gone;
        gone
    }

    /// All members of a group close in good order, and start again under another protocol.
    fn start_anew(&mut self, group: GroupId) {
        self.journal.drop_running(group);
        let Some(g) = self.groups.get_mut(&group) else { return };
        g.empty();
        // Timers of rounds, answers and targets of before mean nothing any more.
        g.round += 1;
        g.generation += 1;
        g.target_epoch = g.generation;
        g.target_counts.clear();
        let ids: Vec<MemberId> = g.members.keys().copied().collect();
        for member in ids {
            self.commit_at_once(group, member);
            self.let_go_of_all(group, member, Parting::Closed);
            if let Some(m) = self.member_mut(group, member).filter(|m| m.closing.is_some()) {
                m.status = Status::Leaving;
                self.note_end(group, member, Span::ZERO);
            }
            self.forget(group, member);
            self.lose(group, member, Parting::Closed);
            if self.member(group, member).is_some() {
                self.refresh_metadata(group, member);
                self.rejoin(group, member);
            }
        }
    }

    /// The positions of a consumer that closes are committed before anything else happens.
    fn commit_at_once(&mut self, group: GroupId, member: MemberId) {
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get(&member) else { return };
        let done: Vec<_> = m.cursors.iter().map(|(at, cursor)| (*at, cursor.processed)).collect();
        for (at, offset) in done {
            g.committed.insert(at, offset);
        }
    }
}
