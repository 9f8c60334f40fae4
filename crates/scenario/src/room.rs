use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};
use crate::limit::Limit;

/// Room for so many things of a kind; says once that there are too many, when all are counted.
#[derive(Debug)]
pub(crate) struct Room {
    limit: Limit,
    given: u64,
    first_over: Option<Place>,
}

impl Room {
    pub(crate) const fn of(limit: Limit) -> Self {
        Self { limit, given: 0, first_over: None }
    }

    /// Whether one more has room.
    pub(crate) fn one_more(&mut self, at: Place) -> bool {
        self.some_more(1, at) == 1
    }

    /// How many of `count` more have room.
    pub(crate) fn some_more(&mut self, count: u64, at: Place) -> u64 {
        let left = self.limit.value().saturating_sub(self.given);
        self.given = self.given.saturating_add(count);
        if count > left {
            self.first_over.get_or_insert(at);
        }
        count.min(left)
    }

    pub(crate) fn tell(self, faults: &mut Diagnostics) {
        if let Some(at) = self.first_over {
            faults.push(at, Cause::OverLimit { limit: self.limit, given: self.given.to_string() });
        }
    }
}
