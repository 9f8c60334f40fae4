use crate::group::Group;
use crate::member::{Member, Status};

/// How a member stands in its group, as seen from above: what its coordinator makes of it, and what it knows of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As it says itself.
    As(Status),
    /// It would work, but its group has nothing for it.
    Idle,
    /// It has been told to close, and first ends what its last poll gave it.
    Closing,
    /// With the consumer protocol: it has to let go of partitions, or waits for some that others have not let go of.
    Reconciling,
    /// The coordinator has put it out of the group, and it does not know yet: what it owns it believes to own.
    PutOut,
    /// It knows that it is out of the group, and joins again when its application next polls.
    Out,
}

impl Group {
    /// How this member of it stands.
    ///
    /// Kafka: a member that the coordinator does not know gets `UNKNOWN_MEMBER_ID` when it next asks for something.
    /// Reconciling are `UNREVOKED_PARTITIONS` and `UNRELEASED_PARTITIONS` of `MemberState` (4.3).
    pub fn standing_of(&self, member: &Member) -> Standing {
        // One that is out has no generation; nor has one that comes, but that is joining.
        let is_in_one = member.generation > 0;
        let is_managed = self.protocol().is_some();
        match member.status {
            Status::Stable | Status::Joining if is_managed && is_in_one && !member.registered => Standing::PutOut,
            Status::Stable | Status::Joining if member.closing.is_some() => Standing::Closing,
            Status::Stable if is_managed && !is_in_one => Standing::Out,
            Status::Stable if self.is_modern() && !member.seat.is_reconciled_to(self.target_epoch) => {
                Standing::Reconciling
            }
            Status::Stable if self.phase.is_settled() && member.owns_nothing() => Standing::Idle,
            status => Standing::As(status),
        }
    }

    /// Whether this member of it would work, but has nothing to do.
    pub fn is_idle(&self, member: &Member) -> bool {
        self.standing_of(member) == Standing::Idle
    }
}

impl Member {
    /// Neither does it own anything, nor is it on its way to something.
    fn owns_nothing(&self) -> bool {
        self.cursors.is_empty() && self.seat.assigned.is_empty() && !self.must_rejoin
    }
}
