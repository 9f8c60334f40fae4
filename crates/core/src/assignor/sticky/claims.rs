use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

use crate::assignor::group::{Group, Member};
use crate::assignor::layout::{Layout, NONE};

/// The generation of a member that was in none.
const NO_GENERATION: i64 = -1;

/// What the members say that they hold, made consistent: who came by it in the highest generation has it; if
/// several did in the same one, nobody.
///
/// Kafka: `AbstractStickyAssignor.allSubscriptionsEqual` and `prepopulateCurrentAssignments` (4.3). Their
/// `maxGeneration` outlives an assignment in Kafka's object; here each call starts anew. And a partition that no
/// longer exists (a topic was made anew with fewer) counts for nothing here, where Kafka goes astray: it keeps it, and
/// takes those that others hold for unassigned.
pub(super) struct Claims {
    /// For each place, who holds it.
    pub(super) holders: Vec<u32>,
    /// Whether several members claim it with the same generation.
    pub(super) contested: Vec<bool>,
    /// Who claims it with a generation that is over: of the latest one. Empty if no generation is.
    pub(super) before: Vec<u32>,
}

impl Claims {
    /// The claims in the order in which Kafka hears them.
    pub(super) fn new(group: &Group, layout: &Layout, order: &[u32]) -> Self {
        let members = group.members;
        let mut all_holders = vec![NONE; layout.len()];
        let mut all_contested = vec![false; layout.len()];
        // Of slices, not vectors: built for bytes, indexing a vector is a call.
        let (holders, contested) = (&mut all_holders[..], &mut all_contested[..]);
        // Who claimed it last, even if nobody holds it.
        let claimants = &mut vec![NONE; layout.len()][..];
        let mut latest = NO_GENERATION;
        for member in order {
            let mine = generation(&members[*member as usize]);
            latest = latest.max(mine);
            for partition in members[*member as usize].owned {
                let Some(place) = layout.place(*partition) else { continue };
                let other = core::mem::replace(&mut claimants[place], *member);
                if other == NONE {
                    holders[place] = *member;
                    continue;
                }
                match mine.cmp(&generation(&members[other as usize])) {
                    Ordering::Greater => holders[place] = *member,
                    Ordering::Less => claimants[place] = other,
                    Ordering::Equal => {
                        contested[place] = true;
                        holders[place] = NONE;
                    }
                }
            }
        }
        let mut before = Vec::new();
        for member in order {
            let mine = generation(&members[*member as usize]);
            if mine == latest {
                continue;
            }
            before.resize(layout.len(), NONE);
            for partition in members[*member as usize].owned {
                let Some(place) = layout.place(*partition) else { continue };
                let other = before[place];
                if other == NONE || mine > generation(&members[other as usize]) {
                    before[place] = *member;
                }
            }
        }
        Self { holders: all_holders, contested: all_contested, before }
    }
}

fn generation(member: &Member) -> i64 {
    member.generation.map_or(NO_GENERATION, i64::from)
}
