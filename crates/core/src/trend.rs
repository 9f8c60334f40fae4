use crate::time::Span;

/// How often a backlog is looked at.
pub(crate) const SAMPLE: Span = Span::from_secs(5);
/// How many looks are a window.
const SAMPLES: u8 = 4;
/// So many windows in a row whose lowest backlog is higher than that of the one before: it grows.
const RISES: u8 = 2;
/// So many in a row that are not higher: it grows no more.
const FLATS: u8 = 2;

/// How long a lag has grown when it is said to: since the beginning of the window before the first that rose.
pub(crate) const GROWN_FOR: Span = Span(SAMPLE.0 * SAMPLES as u64 * (RISES as u64 + 1));

/// How a group's backlog on a partition goes: see [`Broken::LagGrowing`](crate::Broken::LagGrowing).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Trend {
    /// Looks in the running window, the first and the lowest backlog in it, and the lowest of the one before.
    samples: u8,
    first: u64,
    low: u64,
    low_before: Option<u64>,
    /// Windows in a row that rose, or did not.
    rises: u8,
    flats: u8,
    /// The log's end and what was processed when the window began.
    end: u64,
    next: u64,
    /// It was said to grow, and not yet to have ended.
    pub(crate) grows: bool,
}

/// What a look at a backlog brought up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It grows, as more arrived than was processed in the last window.
    Grows { arrived: u64, processed: u64 },
    /// It grows no more.
    Ends,
}

impl Trend {
    /// Looks at a partition with the high watermark `end`, of which all below `next` is processed.
    pub(crate) fn look(&mut self, end: u64, next: u64) -> Option<Turn> {
        let backlog = end.saturating_sub(next);
        if self.samples == 0 {
            (self.first, self.low) = (backlog, backlog);
        }
        self.low = self.low.min(backlog);
        self.samples += 1;
        if self.samples < SAMPLES {
            return None;
        }
        let (arrived, processed) = (end.saturating_sub(self.end), next.saturating_sub(self.next));
        let rose = self.low_before.is_some_and(|before| self.low > before) && backlog >= self.first;
        self.rises = if rose { self.rises.saturating_add(1) } else { 0 };
        self.flats = if rose { 0 } else { self.flats.saturating_add(1) };
        *self = Self { samples: 0, low_before: Some(self.low), end, next, ..*self };
        if self.grows {
            self.grows = self.flats < FLATS;
            return (!self.grows).then_some(Turn::Ends);
        }
        self.grows = self.rises >= RISES && arrived > processed && self.low > processed / 2;
        self.grows.then_some(Turn::Grows { arrived, processed })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What comes up while `arrived` and `processed` records go by between two looks each, with the number of the look.
    fn turns(looks: impl IntoIterator<Item = (u64, u64)>) -> alloc::vec::Vec<(usize, Turn)> {
        let (mut trend, mut end, mut next) = (Trend::default(), 0, 0);
        let mut look = |(arrived, processed): (u64, u64)| {
            end += arrived;
            next = end.min(next + processed);
            trend.look(end, next)
        };
        looks.into_iter().enumerate().filter_map(|(n, step)| Some((n, look(step)?))).collect()
    }

    #[test]
    fn more_in_than_out_grows_until_it_does_not() {
        let over = core::iter::repeat_n((30, 10), 24).chain(core::iter::repeat_n((30, 40), 24));
        let turns = turns(over);
        assert_eq!(turns[0], (11, Turn::Grows { arrived: 120, processed: 40 }), "after a minute");
        assert_eq!(turns[1..], [(31, Turn::Ends)], "two windows after the last that rose");
    }

    #[test]
    fn a_burst_that_is_caught_up_with_and_a_backlog_that_stays_are_none() {
        for looks in 1..8 {
            let burst = core::iter::repeat_n((100, 60), looks).chain(core::iter::repeat_n((20, 60), 40));
            assert_eq!(turns(burst), []);
        }
        assert_eq!(turns(core::iter::once((5_000, 0)).chain(core::iter::repeat_n((20, 20), 99))), []);
    }

    #[test]
    fn a_group_that_stands_still_lags_and_one_that_is_nearly_busy_does_not() {
        assert_eq!(turns(core::iter::repeat_n((1, 0), 12)).len(), 1);
        let uneven = (0..999_u64).map(|n| (9 + n * 7_919 % 13 / 6, 11));
        assert_eq!(turns(uneven), []);
    }
}
