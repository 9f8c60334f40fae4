//! The panel of a topic: how high it is, and where its lanes or bars are.

use kafka_lanes_core::{GroupId, TopicId, TopicPartition, World};

use crate::copies;
use crate::fold::most_logs;
use crate::plan::{BAR_LINE, BarsBox, LaneBox, Metrics, TopicBox, readers};
use crate::shape::Rect;
use crate::view::View;

/// From a slot to the next in a lane that runs to the right, px.
pub(crate) const PITCH: f64 = 32.0;
/// Height of the strip that says how many more lanes there are.
const MORE: f64 = 26.0;

/// Widths inside a topic's panel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Columns {
    /// Left of the slots: the lane's chip, the groups' names.
    pub(crate) label: f64,
    /// Right of the slots: how far behind.
    pub(crate) lag: f64,
    /// Between panel and lane.
    pub(crate) inset: f64,
}

impl Columns {
    pub(crate) const WIDE: Self = Self { label: 90.0, lag: 56.0, inset: 12.0 };
    pub(crate) const NARROW: Self = Self { label: 62.0, lag: 50.0, inset: 8.0 };

    /// The same with room for the tiles of copies, if there are any, right of the slots.
    pub(crate) fn with_copies(self, world: &World) -> Self {
        Self { lag: self.lag.max(copies::room(world)), ..self }
    }

    /// The same for bars, whose lags are sums and have no free slot to their left.
    fn for_bars(self) -> Self {
        Self { lag: if self.lag > 52.0 { 76.0 } else { 40.0 }, ..self }
    }

    /// The least width of a panel: three slots and the next.
    pub(crate) fn least(self) -> f64 {
        2.0 * self.inset + self.label + self.lag + 4.0 * PITCH
    }
}

/// A topic before it has a place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TopicPlan {
    pub(crate) id: TopicId,
    pub(crate) readers: Vec<GroupId>,
    /// Lanes drawn as logs.
    pub(crate) logs: u32,
    /// Lanes left for a strip that says how many.
    pub(crate) rest: u32,
    bars: Option<(u32, u32, u32, f64)>,
    width: f64,
    columns: Columns,
}

impl TopicPlan {
    pub(crate) fn new(world: &World, view: &View, id: TopicId, folded: bool, width: f64, columns: Columns) -> Self {
        let count = world.topic(id).map_or(0, |topic| topic.partition_count());
        let readers = readers(world, id);
        if !folded {
            let logs = count.min(most_logs(view, id));
            return Self { id, readers, logs, rest: count - logs, bars: None, width, columns };
        }
        let columns = columns.for_bars();
        let area = (width - 2.0 * 14.0 - columns.label - 6.0 - columns.lag - 14.0).max(24.0);
        let pitch = (area / f64::from(count.max(1))).clamp(6.0, 21.5);
        let across = ((area / pitch) as u32).clamp(1, count.max(1));
        let lines = count.div_ceil(across).clamp(1, 4);
        let shown = count.min(across * lines);
        Self { id, readers, logs: 0, rest: count - shown, bars: Some((across, lines, shown, pitch)), width, columns }
    }

    /// Its height with lanes of these metrics.
    pub(crate) fn height(&self, m: &Metrics) -> f64 {
        if let Some((_, lines, ..)) = self.bars {
            return m.head + 10.0 + f64::from(lines) * BAR_LINE * (self.readers.len() + 1) as f64 + 12.0;
        }
        let lanes = f64::from(self.logs) * m.lane(self.readers.len());
        let gaps = f64::from(self.logs.saturating_sub(1)) * m.gap;
        m.head + lanes + gaps + self.columns.inset + if self.rest > 0 { MORE + m.gap } else { 0.0 }
    }

    /// The panel at a place, its lanes higher by `extra` px each.
    pub(crate) fn place(&self, x: f64, y: f64, m: &Metrics, extra: f64) -> TopicBox {
        let head = m.head;
        let m = if self.bars.is_none() { m.stretched(extra, self.readers.len()) } else { *m };
        let rect = Rect::new(x, y, self.width, self.height(&m));
        let mut topic = TopicBox {
            id: self.id,
            rect,
            baseline: y + head / 2.0 + if self.bars.is_some() { 3.0 } else { 6.0 },
            title_size: 13.5,
            title_room: (x + 16.0, rect.right() - 16.0),
            note_room: None,
            readers: self.readers.clone(),
            lanes: Vec::new(),
            bars: None,
            more: None,
        };
        if let Some((columns, lines, shown, pitch)) = self.bars {
            let left = x + 14.0 + self.columns.label + 6.0;
            topic.bars = Some(BarsBox {
                x: left,
                top: y + head + 10.0,
                label_room: (x + 14.0, left - 6.0),
                lag_room: (rect.right() - 14.0 - self.columns.lag, rect.right() - 14.0),
                pitch,
                columns,
                lines,
                shown,
                rail: y + head,
            });
            if self.rest > 0 {
                topic.more = Some((self.rest, Rect::default()));
            }
            return topic;
        }
        let inset = self.columns.inset;
        let mut top = y + head;
        for partition in 0..self.logs {
            let lane = Rect::new(x + inset, top, self.width - 2.0 * inset, m.lane(self.readers.len()));
            let room = lane.w - self.columns.label - self.columns.lag;
            topic.lanes.push(LaneBox {
                tp: TopicPartition { topic: self.id, partition },
                rect: lane,
                m,
                slots: ((room / PITCH) as u64).max(2),
                pitch: PITCH,
                lead: self.columns.label,
                upright: false,
                cells: 0.0,
            });
            top = lane.bottom() + m.gap;
        }
        if self.rest > 0 {
            topic.more = Some((self.rest, Rect::new(x + inset, top, self.width - 2.0 * inset, MORE)));
        }
        topic
    }
}
