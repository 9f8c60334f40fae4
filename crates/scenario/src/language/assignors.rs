//! Who decides: the names behind `assignor=` and `set assignor`, one or a list.

use kafka_lanes_core::spec::{Assignment, Assignor, Assignors, Protocol, ServerAssignor};

use super::line::{Kind, Line};
use super::statements::Reader;
use super::vocabulary::OWN_ASSIGNORS;
use crate::cause::Cause;
use crate::diagnostic::Place;

/// A name, and where it stands.
pub(super) type Named = (&'static str, Place);

impl Reader {
    /// One of the names that are known, or several with commas between them.
    pub(super) fn assignors(&mut self, line: &mut Line, known: &'static [&'static str]) -> Vec<Named> {
        let mut names = Vec::new();
        loop {
            let at = line.here();
            names.extend(self.choice(line, known).map(|name| (name, at)));
            if !line.take_sign(Kind::Comma) {
                return names;
            }
        }
    }

    /// What a consumer has of its own behind `assignor=`.
    pub(super) fn own_assignors(&mut self, line: &mut Line) -> Assignors {
        let names = self.assignors(line, OWN_ASSIGNORS);
        match self.assignment_of(&names, false) {
            Some(Assignment::By(assignors)) => assignors,
            _ => Assignors::default(),
        }
    }

    /// Who decides, by what stands behind `protocol=` and `assignor=`; as usual where neither is there.
    pub(super) fn assignment(&mut self, protocol: Option<Named>, assignors: &[Named]) -> Option<Assignment> {
        match protocol {
            Some(protocol) => self.assignment_within(protocol, assignors),
            None => self.assignment_of(assignors, false),
        }
    }

    /// The same where a protocol is named: it stands, whatever is behind `assignor=`.
    #[inline(never)]
    fn assignment_within(&mut self, (protocol, at): Named, assignors: &[Named]) -> Option<Assignment> {
        let modern = protocol == Protocol::Consumer.name();
        let usual =
            if modern { Assignment::ByBroker(ServerAssignor::Uniform) } else { Assignment::by(Assignor::RoundRobin) };
        let Some(assignment) = self.assignment_of(assignors, modern) else { return Some(usual) };
        let Some(follows) = assignment.protocol() else {
            self.diagnostics.push(at, Cause::ProtocolOfManual { protocol });
            return Some(assignment);
        };
        match assignors.first() {
            Some((assignor, _)) if follows.name() != protocol => {
                self.diagnostics.push(at, Cause::ProtocolOfAssignor { assignor, protocol, instead: usual.name() });
                Some(usual)
            }
            _ => Some(assignment),
        }
    }

    /// Who decides, by these names. Only the clients' assignors stand in lists.
    pub(super) fn assignment_of(&mut self, names: &[Named], modern: bool) -> Option<Assignment> {
        let mut found: Option<Assignment> = None;
        for (name, at) in names.iter().copied() {
            // Kafka calls both by one name.
            let next =
                if modern && name == "range" { Assignment::ByBroker(ServerAssignor::Range) } else { named(name) };
            match (&mut found, next) {
                (None, next) => found = Some(next),
                (Some(Assignment::By(all)), Assignment::By(more)) => {
                    if !more.iter().all(|assignor| all.push(assignor)) {
                        self.diagnostics.push(at, Cause::ListedTwice { name: name.into() });
                    }
                }
                (Some(stands), _) => {
                    let before = stands.name();
                    self.diagnostics.push(at, Cause::AssignorAlone { assignor: name, before });
                }
            }
        }
        found
    }
}

/// Who decides, by the name in a scenario.
fn named(name: &str) -> Assignment {
    let by_broker = ServerAssignor::ALL.into_iter().map(Assignment::ByBroker);
    let mut all = Assignor::ALL.into_iter().map(Assignment::by).chain(by_broker);
    all.find(|assignment| assignment.name() == name).unwrap_or(Assignment::Manual)
}

#[cfg(test)]
mod tests;
