//! Consumers that stop: for a while, by a crash, to come back.

use alloc::rc::Rc;
use alloc::string::{String, ToString};

use crate::alarm::Parting;
use crate::group::Group;
use crate::ids::{GroupId, MemberId};
use crate::journal::Happening;
use crate::limits::MAX_MEMBERS;
use crate::member::{Member, Returning, Status, Stop};
use crate::message::Event;
use crate::spec::{Assignors, ConsumerSpec, PartitionName};
use crate::time::{Span, Time};
use crate::world::World;

impl World {
    /// It dies without a word.
    pub(super) fn crash(&mut self, group: GroupId, member: MemberId) {
        self.note_end(group, member, Span::ZERO);
        let now = self.now;
        let Some(m) = self.member_mut(group, member) else { return };
        m.standing_since = None;
        m.stopped = None;
        m.status = Status::Crashed { at: now };
        m.beat += 1;
        let name = m.name.clone();
        // Of a member whose first JoinGroup has not arrived, nobody will ever miss a heartbeat.
        let unknown = !m.registered && !m.seat.pending;
        self.watch_gone(group, member);
        self.let_go_of_all(group, member, Parting::Crashed);
        let Some(g) = self.groups.get_mut(&group) else { return };
        if unknown {
            g.members.remove(&member);
        }
        let what = Happening::Crashed { group: g.name.clone(), member: name };
        self.journal.tell(now, what);
        self.complete_round_if_all_joined(group);
    }

    /// It stands still for `span`: its application, or the whole process with its heartbeats.
    pub(super) fn stop(&mut self, group: GroupId, member: MemberId, span: Span, process: bool) {
        let now = self.now;
        let until = now + span;
        let Some(g) = self.groups.get_mut(&group) else { return };
        let Some(m) = g.members.get_mut(&member) else { return };
        if !m.is_busy() {
            // Until now it polled again and again.
            m.last_poll = now;
        }
        let longer = m.stopped.map_or(until, |stop| stop.until.max(until));
        m.stopped = Some(Stop { until: longer, process: process || m.stopped.is_some_and(|stop| stop.process) });
        if let Some(hand) = &mut m.in_hand {
            hand.until += span;
        }
        let what = Happening::Stopped { group: g.name.clone(), member: m.name.clone(), span, process };
        self.journal.tell(self.now, what);
        self.changes.structure = true;
        self.queue.push(longer, Event::Resume(group, member));
    }

    #[inline(never)]
    pub(super) fn on_resume(&mut self, group: GroupId, member: MemberId) {
        let now = self.now;
        let over = |m: &&mut Member| m.stopped.is_some_and(|stop| stop.until <= now);
        let Some(m) = self.member_mut(group, member).filter(over) else { return };
        m.stopped = None;
        self.changes.structure = true;
        // What it has in its hands it first goes on with.
        if self.member(group, member).is_some_and(|m| m.in_hand.is_none()) {
            self.carry_on(group, member);
        }
    }

    /// When an event comes to a consumer whose process stands still: when it goes on.
    pub(super) fn comes_later(&self, event: &Event) -> Option<Time> {
        let (group, member) = event.consumer()?;
        let stop = self.member(group, member)?.stopped?;
        (stop.process && stop.until > self.now).then_some(stop.until)
    }

    /// A consumer of this name closes, if it runs, and starts again `after` a while: as what it was, with nothing
    /// in its memory, and with other `assignors` if there are any. Says no if there never was one.
    pub(super) fn restart(&mut self, group: GroupId, name: &str, after: Span, assignors: Assignors) -> bool {
        let running = |g: &Group| g.members.iter().find(|(_, m)| *m.name == *name && m.is_alive()).map(|(id, _)| *id);
        if let Some(member) = self.groups.get(&group).and_then(running) {
            self.tell_to_close(group, member, Some(Returning { after, assignors, anew: None }));
            return true;
        }
        let Some(former) = self.groups.get_mut(&group).and_then(|g| g.former.get_mut(name)) else { return false };
        if !assignors.is_empty() {
            Rc::make_mut(former).assignors = assignors;
        }
        let spec = former.clone();
        self.send_after(after, Event::Return(group, spec));
        true
    }

    /// A consumer ends: keeps what it is, for the day that it starts again. Where that is known already, it does some time
    /// after its process is gone, in `ends_in`.
    pub(super) fn note_end(&mut self, group: GroupId, member: MemberId, ends_in: Span) {
        let Some(mut spec) = self.spec_of(group, member) else { return };
        let Some(g) = self.groups.get_mut(&group) else { return };
        let returns = g.members.get_mut(&member).and_then(|m| m.closing.take()).and_then(|closing| closing.returns);
        if let Some(Returning { assignors, anew, .. }) = &returns {
            spec = anew.as_deref().cloned().unwrap_or(spec);
            if !assignors.is_empty() {
                spec.assignors = *assignors;
            }
        }
        let spec = Rc::new(spec);
        if g.former.len() < MAX_MEMBERS || g.former.contains_key(&*spec.name) {
            g.former.insert(spec.name.as_str().into(), spec.clone());
        }
        if let Some(Returning { after, .. }) = returns {
            self.send_after(ends_in + after, Event::Return(group, spec));
        }
    }

    #[inline(never)]
    pub(super) fn on_return(&mut self, group: GroupId, spec: &ConsumerSpec) {
        self.take_away_refused(group, &spec.name);
        let Some(g) = self.groups.get(&group) else { return };
        // Somebody else took its name meanwhile, or there is no room left: it stays away.
        let taken = g.members.values().any(|m| *m.name == *spec.name && m.is_alive());
        if !taken && g.members.len() < MAX_MEMBERS {
            let _ = self.add_member(group, spec);
        }
    }

    fn spec_of(&self, group: GroupId, member: MemberId) -> Option<ConsumerSpec> {
        let name = |topic| self.topic(topic).map_or_else(String::new, |t| t.name.to_string());
        let m = self.member(group, member)?;
        let manual = self.groups.get(&group)?.protocol().is_none();
        let owned = m.cursors.keys().filter(|_| manual);
        Some(ConsumerSpec {
            name: m.name.to_string(),
            instance: m.instance.as_deref().map(String::from),
            topics: m.topics.iter().map(|topic| name(*topic)).collect(),
            processing: m.processing,
            assignors: m.assignors,
            assigned: owned.map(|at| PartitionName { topic: name(at.topic), partition: at.partition }).collect(),
        })
    }
}

impl Returning {
    /// Told to start again once more: as what was said before, where this one says nothing.
    pub(super) fn or_as(self, before: Option<Self>) -> Self {
        let says = !self.assignors.is_empty() || self.anew.is_some();
        let Some(before) = before.filter(|_| !says) else { return self };
        Self { after: self.after, ..before }
    }
}
