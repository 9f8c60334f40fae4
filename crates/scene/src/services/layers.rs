//! Who stands left of whom.

use kafka_lanes_core::World;

use super::steps;

/// Who calls whom, by places among the services; nobody twice.
pub(super) struct Calls(pub(super) Vec<Vec<usize>>);

impl Calls {
    pub(super) fn of(world: &World) -> Self {
        let called = |service| steps(service).into_iter().map(|link| link.to.0 as usize).collect();
        Self(world.services().map(|(_, service)| called(service)).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether somebody else calls it.
    pub(super) fn is_called(&self, who: usize) -> bool {
        self.0.iter().enumerate().any(|(from, called)| from != who && called.contains(&who))
    }

    /// All pairs of caller and called, by caller and step.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().enumerate().flat_map(|(from, called)| called.iter().map(move |to| (from, *to)))
    }

    /// The layer of each: a caller's is before those of all that it calls, but for calls that close a circle.
    pub(super) fn layers(&self) -> Vec<usize> {
        let mut walk = Walk { calls: self, state: vec![State::New; self.len()], left: Vec::new(), back: Vec::new() };
        for who in (0..self.len()).filter(|who| !self.is_called(*who)) {
            walk.visit(who);
        }
        for who in 0..self.len() {
            walk.visit(who);
        }
        let mut layers = vec![0; self.len()];
        for from in walk.left.iter().rev() {
            for to in self.0[*from].iter().filter(|to| !walk.back.contains(&(*from, **to))) {
                layers[*to] = layers[*to].max(layers[*from] + 1);
            }
        }
        layers
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    /// On the way from where the walk began.
    Open,
    Left,
}

/// A walk depth first.
struct Walk<'a> {
    calls: &'a Calls,
    state: Vec<State>,
    /// Those that are done with, in that order.
    left: Vec<usize>,
    /// Calls that close a circle.
    back: Vec<(usize, usize)>,
}

impl Walk<'_> {
    /// `limits::MAX_SERVICES` keeps it shallow.
    fn visit(&mut self, from: usize) {
        if self.state[from] != State::New {
            return;
        }
        self.state[from] = State::Open;
        for to in &self.calls.0[from] {
            match self.state[*to] {
                State::New => self.visit(*to),
                State::Open => self.back.push((from, *to)),
                State::Left => {}
            }
        }
        self.state[from] = State::Left;
        self.left.push(from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layers<const N: usize>(calls: [&[usize]; N]) -> Vec<usize> {
        Calls(calls.iter().map(|called| called.to_vec()).collect()).layers()
    }

    #[test]
    fn callers_come_before_those_they_call() {
        assert_eq!(layers([&[1, 2, 3], &[], &[], &[]]), [0, 1, 1, 1]);
        assert_eq!(layers([&[], &[0], &[1, 0]]), [2, 1, 0]);
        assert_eq!(layers([&[1, 2], &[2], &[]]), [0, 1, 2]);
    }

    #[test]
    fn circles_are_opened_somewhere() {
        assert_eq!(layers([&[1], &[2], &[0]]), [0, 1, 2]);
        assert_eq!(layers([&[0]]), [0]);
        assert_eq!(layers([&[1], &[0, 2], &[1]]), [0, 1, 2]);
    }
}
