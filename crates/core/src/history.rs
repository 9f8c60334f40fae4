use alloc::rc::Rc;
use alloc::vec::Vec;

use crate::action::Action;
use crate::change::Changes;
use crate::limits::{MAX_ACTIONS, MAX_TIME};
use crate::refusal::{Limit, Refusal};
use crate::spec::WorldSpec;
use crate::time::{Span, Time};
use crate::world::World;

/// Simulated time between checkpoints, until there are too many.
const FIRST_SPACING: Span = Span::from_secs(5);
/// More checkpoints than this, and every other one goes.
const MAX_CHECKPOINTS: usize = 128;

/// A world with its past: checkpoints and a log of actions. Pausing, stepping, scrubbing, rewinding and
/// forking are all a seek in it.
#[derive(Debug, Clone)]
pub struct History {
    spec: Rc<WorldSpec>,
    seed: u64,
    world: World,
    /// What people did, by time. What the scenario does is in its spec.
    actions: Vec<(Time, Action)>,
    /// How many of the scenario's and of people's actions the present world has seen.
    seen: Seen,
    /// Later states, by time. The first of all is made anew from the spec.
    checkpoints: Vec<(World, Seen)>,
    /// The last checkpoint, or from when on there are any.
    kept: Time,
    spacing: Span,
    end: Time,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Seen {
    script: usize,
    actions: usize,
}

/// What a stretch of simulated time did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advance {
    /// What is different now.
    pub changes: Changes,
    /// Events that took place.
    pub events: u64,
}

impl History {
    /// The beginning of the world of `spec`.
    ///
    /// # Errors
    ///
    /// What in the spec does not resolve, or is over a limit.
    pub fn new(spec: WorldSpec, seed: u64) -> Result<Self, Refusal> {
        let world = World::new(&spec, seed)?;
        let seen = Seen { script: 0, actions: 0 };
        Ok(Self {
            spec: Rc::new(spec),
            seed,
            checkpoints: Vec::new(),
            kept: Time::ZERO,
            world,
            actions: Vec::new(),
            seen,
            spacing: FIRST_SPACING,
            end: Time::ZERO,
        })
    }

    /// The world of `spec` at `at`, without checkpoints on the way there: soonest ready to be looked at.
    ///
    /// # Errors
    ///
    /// What in the spec does not resolve, or is over a limit.
    pub fn opened_at(spec: WorldSpec, seed: u64, at: Time) -> Result<Self, Refusal> {
        let mut history = Self::new(spec, seed)?;
        history.kept = at;
        history.advance(at, u64::MAX);
        Ok(history)
    }

    /// The beginning of the world of `spec` in which people did `actions`, by time, and which was recorded up to `end`:
    /// what [`History::actions`] and [`History::end`] said of another history. Seek in it, or advance.
    ///
    /// # Errors
    ///
    /// What in the spec does not resolve, or is over a limit; also actions that are too many. An action that is not
    /// possible when its time comes does nothing.
    #[inline(never)]
    pub fn recorded(spec: WorldSpec, seed: u64, actions: Vec<(Time, Action)>, end: Time) -> Result<Self, Refusal> {
        if actions.len() > MAX_ACTIONS {
            return Err(Refusal::Over(Limit::Actions));
        }
        let last = actions.last().map_or(Time::ZERO, |(at, _)| *at);
        let end = end.max(last).min(Time::ZERO + MAX_TIME);
        Ok(Self { actions, end, ..Self::new(spec, seed)? })
    }

    /// The state at the present moment.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The scenario that it began with.
    pub fn spec(&self) -> &WorldSpec {
        &self.spec
    }

    /// What all random choices follow from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// What people did so far, by time: the marks on a scrub bar.
    pub fn actions(&self) -> &[(Time, Action)] {
        &self.actions
    }

    /// How far the recorded history goes; the present moment is at or before it.
    pub fn end(&self) -> Time {
        self.end
    }

    /// Moves on to `until`, or to the moment at which `max_events` events have taken place: the present
    /// moment then says how far it came. What was recorded there before happens again.
    pub fn advance(&mut self, until: Time, max_events: u64) -> Advance {
        let until = until.min(Time::ZERO + MAX_TIME);
        let mut events = 0;
        while events < max_events {
            let stop = self.next_action_at().map_or(until, |at| at.min(until));
            let stop = stop.min(self.next_checkpoint_at());
            events += self.world.run(stop, max_events - events);
            if self.world.now < stop || events >= max_events {
                break;
            }
            if self.next_action_at() == Some(stop) {
                self.take_next_action();
                continue;
            }
            if stop == self.next_checkpoint_at() {
                self.keep_checkpoint();
            }
            if stop == until {
                break;
            }
        }
        self.end = self.end.max(self.world.now);
        Advance { changes: core::mem::take(&mut self.world.changes), events }
    }

    /// Moves on to the next thing that can be seen, at most `within`: an append, a record taken up or put
    /// down, a commit, a change of members.
    pub fn step(&mut self, within: Span) -> Advance {
        let until = (self.world.now + within).min(Time::ZERO + MAX_TIME);
        let mut total = Advance { changes: Changes::default(), events: 0 };
        while total.changes.is_empty() && self.world.now < until {
            let next = [self.world.next_event_at(), self.next_action_at()].into_iter().flatten().min();
            let Some(next) = next.filter(|at| *at <= until) else {
                let rest = self.advance(until, u64::MAX);
                total.changes.merge(rest.changes);
                break;
            };
            let advance = self.advance(next, u64::MAX);
            total.events += advance.events;
            total.changes.merge(advance.changes);
        }
        total
    }

    /// Makes `to` the present moment: back to a checkpoint and on from there. Beyond the end it records.
    pub fn seek(&mut self, to: Time) -> Advance {
        let after = self.checkpoints.partition_point(|(world, _)| world.now <= to);
        let nearest = after.checked_sub(1).and_then(|nearest| self.checkpoints.get(nearest));
        if to < self.world.now || nearest.is_some_and(|(world, _)| world.now > self.world.now) {
            self.go_back(nearest.cloned());
        }
        let mut advance = self.advance(to, u64::MAX);
        advance.changes = Changes::everything();
        advance
    }

    /// Does `action` now. In the past this forks: what was recorded after this moment is forgotten, and
    /// the scenario's own later actions still come.
    ///
    /// # Errors
    ///
    /// Why it can't be done; then nothing has changed, and nothing is forgotten.
    pub fn act(&mut self, action: Action) -> Result<Changes, Refusal> {
        if self.seen.actions >= MAX_ACTIONS {
            return Err(Refusal::Over(Limit::Actions));
        }
        // An act comes after all that its moment holds: so it will when it is played back.
        let now = self.world.now;
        let before = self.advance(now, u64::MAX).changes;
        let action = self.world.with_names(action);
        if let Err(refusal) = self.world.act(&action) {
            self.world.changes.merge(before);
            return Err(refusal);
        }
        self.actions.truncate(self.seen.actions);
        self.actions.push((now, action));
        self.seen.actions += 1;
        self.checkpoints.retain(|(world, seen)| world.now <= now && seen.actions < self.seen.actions);
        let last = self.checkpoints.last().map_or(Time::ZERO, |(world, _)| world.now);
        self.kept = self.kept.min(now).max(last);
        self.end = now;
        self.world.run(now, u64::MAX);
        self.world.changes.merge(before);
        Ok(core::mem::take(&mut self.world.changes))
    }

    fn next_action_at(&self) -> Option<Time> {
        let script = self.spec.actions.get(self.seen.script).map(|(at, _)| *at);
        let action = self.actions.get(self.seen.actions).map(|(at, _)| *at);
        [script, action].into_iter().flatten().min().map(|at| at.max(self.world.now))
    }

    /// Does the next recorded action; the scenario's first where both are due.
    fn take_next_action(&mut self) {
        let script = self.spec.actions.get(self.seen.script);
        let action = self.actions.get(self.seen.actions);
        let from_script = match (script, action) {
            (Some((script, _)), Some((action, _))) => script <= action,
            (Some(_), None) => true,
            _ => false,
        };
        let next = if from_script { script } else { action };
        if let Some((_, next)) = next {
            // A recorded action was possible when it was recorded. One of a scenario may not be (a broker is to be
            // stopped that is down): then it does nothing, as the same command would, and the journal says so.
            if let Err(why) = self.world.act(next) {
                self.world.say_not_done(why);
            }
        }
        if from_script {
            self.seen.script += 1;
        } else {
            self.seen.actions += 1;
        }
    }

    /// To a checkpoint, or to the beginning.
    #[inline(never)]
    fn go_back(&mut self, to: Option<(World, Seen)>) {
        // The spec made a world once, so it does again.
        let beginning = || Some((World::new(&self.spec, self.seed).ok()?, Seen { script: 0, actions: 0 }));
        if let Some((world, seen)) = to.or_else(beginning) {
            (self.world, self.seen) = (world, seen);
        }
    }

    fn next_checkpoint_at(&self) -> Time {
        if self.world.now < self.kept { self.kept } else { self.kept + self.spacing }
    }

    #[inline(never)]
    fn keep_checkpoint(&mut self) {
        if self.world.now <= self.kept {
            return;
        }
        self.kept = self.world.now;
        let changes = core::mem::take(&mut self.world.changes);
        self.checkpoints.push((self.world.clone(), self.seen));
        self.world.changes = changes;
        if self.checkpoints.len() > MAX_CHECKPOINTS {
            let mut index = 0;
            self.checkpoints.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.spacing = Span(self.spacing.0 * 2);
        }
    }
}
