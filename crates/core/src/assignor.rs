//! Kafka's assignors as plain functions over plain data: the clients' ([`decide`]) and the broker's ([`target`]).
//!
//! Two doors lead to the same rooms. Where there are thousands of members, [`decide_group`] and [`target_group`] take
//! a borrowed [`Group`] in which topics and members are numbers. Where names are at hand, [`assign`], [`decide`] and
//! [`target`] take those.

mod choice;
mod group;
mod java;
mod layout;
mod named;
mod order;
mod racks;
mod range;
mod round_robin;
mod sticky;
mod uniform;

pub use choice::{choose, supports};
pub use group::{Group, Member, Outcome, Partition, Shares, Topic, Withheld};
pub use named::{Assigned, Decision, Subscription, assign, decide, target};

use alloc::vec::Vec;

use crate::spec::{Assignor, ServerAssignor};
use layout::Layout;

/// What a client's assignor decides. Topics that do not exist are ignored, as Kafka does.
pub fn decide_group(assignor: Assignor, group: &Group) -> Outcome {
    let layout = Layout::new(group);
    let mut withheld = Vec::new();
    let owners = match assignor {
        Assignor::Range => range::assign(group, &layout),
        Assignor::RoundRobin => round_robin::assign(group, &layout),
        Assignor::Sticky => sticky::assign(group, &layout),
        Assignor::CooperativeSticky => {
            let (owners, kept_back) = sticky::assign_cooperatively(group, &layout);
            withheld = kept_back;
            owners
        }
    };
    Outcome { assigned: layout.shares(&owners, group.members.len()), withheld }
}

/// What a broker's assignor decides (KIP-848): what each member is to have. `owned` is what
/// each was to have before. Topics that do not exist are ignored, as a broker does that gives its assignor only what
/// it found. Generations mean nothing here.
pub fn target_group(assignor: ServerAssignor, group: &Group) -> Shares {
    let layout = Layout::new(group);
    let owners = match assignor {
        ServerAssignor::Uniform => uniform::assign(group, &layout),
        // The same numbers as the clients' range, but for racks.
        ServerAssignor::Range => range::plain(group, &layout),
    };
    layout.shares(&owners, group.members.len())
}

#[cfg(test)]
mod tests;
