//! Which assignor a classic group has, of those that its members know.
//!
//! Kafka: `ClassicGroup.supportsProtocols`, `candidateProtocols` and `selectProtocol` (4.3).

use crate::spec::{Assignor, Assignors};

/// Among assignors with as many votes, the one that comes first here: the order in which a `java.util.HashMap` of
/// their names hands them out, whatever else is in it.
const TIES: [Assignor; Assignor::ALL.len()] =
    [Assignor::Sticky, Assignor::Range, Assignor::RoundRobin, Assignor::CooperativeSticky];

/// Whether all `members` know one of the assignors of a newcomer: else its JoinGroup is refused
/// (`INCONSISTENT_GROUP_PROTOCOL`). An empty group takes anybody.
pub fn supports(members: &[Assignors], newcomer: Assignors) -> bool {
    newcomer.iter().any(|assignor| all_know(members, assignor))
}

/// The assignor of a group with these members: all of them know it, and most of them like it best of those that all
/// know. None where there are no members, or none that all know.
pub fn choose(members: &[Assignors]) -> Option<Assignor> {
    let vote = |member: &Assignors| member.iter().find(|assignor| all_know(members, *assignor));
    let votes = |assignor: Assignor| members.iter().filter(|member| vote(member) == Some(assignor)).count();
    let mut most = (None, 0);
    for assignor in TIES {
        let votes = votes(assignor);
        if votes > most.1 {
            most = (Some(assignor), votes);
        }
    }
    most.0
}

fn all_know(members: &[Assignors], assignor: Assignor) -> bool {
    members.iter().all(|known| known.contains(assignor))
}

#[cfg(test)]
mod tests {
    use super::super::java::hash_order;
    use super::*;
    use Assignor::{CooperativeSticky, Range, RoundRobin, Sticky};
    use alloc::vec::Vec;

    fn chosen(members: &[&[Assignor]]) -> Option<Assignor> {
        let members: Vec<Assignors> = members.iter().map(|list| list.iter().copied().collect()).collect();
        choose(&members)
    }

    #[test]
    fn ties_fall_as_in_a_java_hash_map() {
        for turn in 0..4 {
            let mut names = Assignor::ALL;
            names.rotate_left(turn);
            let order = hash_order(names.iter().map(|assignor| assignor.name()));
            let order: Vec<Assignor> = order.into_iter().map(|index| names[index as usize]).collect();
            assert_eq!(order, TIES);
        }
    }

    #[test]
    fn most_votes_among_what_all_know() {
        assert_eq!(chosen(&[&[CooperativeSticky, Range], &[CooperativeSticky, Range], &[Range]]), Some(Range));
        assert_eq!(
            chosen(&[&[CooperativeSticky, Range], &[CooperativeSticky, Range], &[Range, CooperativeSticky]]),
            Some(CooperativeSticky)
        );
        // Its first is no candidate: its second gets the vote.
        assert_eq!(
            chosen(&[&[Sticky, RoundRobin, Range], &[Range, RoundRobin], &[RoundRobin, Range]]),
            Some(RoundRobin)
        );
        assert_eq!(chosen(&[&[RoundRobin, Range], &[Range, RoundRobin]]), Some(Range), "a tie");
        assert_eq!((chosen(&[]), chosen(&[&[Range], &[Sticky]])), (None, None));
    }

    #[test]
    fn a_newcomer_needs_one_that_all_know() {
        let group = [Assignors::one(Range), [Sticky, Range].into_iter().collect()];
        assert!(supports(&group, [CooperativeSticky, Range].into_iter().collect()));
        assert!(!supports(&group, Sticky.into()));
        assert!(supports(&[], Sticky.into()));
    }
}
