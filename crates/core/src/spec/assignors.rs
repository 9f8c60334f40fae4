use core::fmt::{Display, Formatter, Result};

use super::{Assignor, Protocol};

/// The assignors of a consumer, the one that it likes best first: `partition.assignment.strategy`. Each is there once
/// at the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Assignors([Option<Assignor>; Assignor::ALL.len()]);

impl Assignors {
    /// Just this one.
    pub const fn one(assignor: Assignor) -> Self {
        Self([Some(assignor), None, None, None])
    }

    /// Adds one behind all others. Says no where it is there already, which Kafka's consumer takes for a mistake
    /// (`ConsumerPartitionAssignor.getAssignorInstances`).
    pub fn push(&mut self, assignor: Assignor) -> bool {
        // All that there are fit.
        if self.contains(assignor) {
            return false;
        }
        let free = self.0.iter_mut().find(|place| place.is_none());
        free.map(|place| *place = Some(assignor)).is_some()
    }

    /// All of them, in order.
    pub fn iter(self) -> impl Iterator<Item = Assignor> {
        self.0.into_iter().flatten()
    }

    /// Whether nothing is said.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Whether `assignor` is one of them.
    pub fn contains(self, assignor: Assignor) -> bool {
        self.0.contains(&Some(assignor))
    }

    /// How a consumer of these takes part in a round: the highest protocol that all of them support. Only the
    /// cooperative assignor supports more than the eager one.
    ///
    /// Kafka: the constructor of `ConsumerCoordinator` (4.3).
    pub fn protocol(self) -> Protocol {
        if self == Self::one(Assignor::CooperativeSticky) { Protocol::Cooperative } else { Protocol::Eager }
    }
}

impl From<Assignor> for Assignors {
    fn from(assignor: Assignor) -> Self {
        Self::one(assignor)
    }
}

/// What comes again is left out.
impl FromIterator<Assignor> for Assignors {
    fn from_iter<I: IntoIterator<Item = Assignor>>(assignors: I) -> Self {
        let mut all = Self::default();
        assignors.into_iter().for_each(|assignor| _ = all.push(assignor));
        all
    }
}

/// As a scenario says them: their names, with commas between them.
impl Display for Assignors {
    fn fmt(&self, f: &mut Formatter) -> Result {
        self.iter().enumerate().try_for_each(|(index, assignor)| {
            f.write_str(if index > 0 { "," } else { "" })?;
            f.write_str(assignor.name())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Assignor::{CooperativeSticky, Range, Sticky};

    #[test]
    fn a_consumer_is_only_as_cooperative_as_its_least_assignor() {
        let protocol = |all: &[Assignor]| all.iter().copied().collect::<Assignors>().protocol();
        assert_eq!(protocol(&[CooperativeSticky]), Protocol::Cooperative);
        // What the Java client has where nothing is said.
        assert_eq!(protocol(&[Range, CooperativeSticky]), Protocol::Eager);
        assert_eq!(protocol(&[CooperativeSticky, Range]), Protocol::Eager);
        assert_eq!(protocol(&[Sticky]), Protocol::Eager);
    }

    #[test]
    fn each_is_there_once_in_the_order_of_its_first_mention() {
        let all: Assignors = [Sticky, Range, Sticky].into_iter().collect();
        assert_eq!(alloc::format!("{all}"), "sticky,range");
        assert_eq!((all.contains(Range), all.contains(CooperativeSticky)), (true, false));
        assert!(Assignors::default().is_empty() && !all.is_empty());
        let mut full: Assignors = Assignor::ALL.into_iter().collect();
        assert!(!full.push(Range), "there is no room, and no need");
    }
}
