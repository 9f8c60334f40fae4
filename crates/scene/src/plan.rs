//! Where things are: boxes without their contents. A plan changes only with the structure of a world or
//! with the view; what changes from moment to moment is drawn into it.

use kafka_lanes_core::{BrokerId, Group, GroupId, Log, MemberId, ProducerId, TopicId, TopicPartition, World};

use crate::route::Route;
use crate::services::Services;
use crate::shape::Rect;

/// All boxes of a picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Plan {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) captions: Vec<Caption>,
    /// Baseline and room of the legend.
    pub(crate) legend: Option<Rect>,
    pub(crate) producers: Vec<ProducerBox>,
    pub(crate) topics: Vec<TopicBox>,
    pub(crate) groups: Vec<GroupBox>,
    /// Where there is more than one.
    pub(crate) brokers: Vec<(BrokerId, Rect)>,
    pub(crate) routes: Vec<Route>,
    pub(crate) writes: Vec<WriteCurve>,
    /// Whether arrows are ribbons, because there are too many or an end is folded.
    pub(crate) ribbons: bool,
    /// Whether tracks are close together, and arrows small.
    pub(crate) small: bool,
    /// Services that call each other directly, where there are any.
    pub(crate) services: Option<Box<Services>>,
}

/// A numbered sentence over a column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Caption {
    pub(crate) x: f64,
    pub(crate) baseline: f64,
    pub(crate) text: String,
}

/// Heights inside a lane that is drawn as a log, px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Metrics {
    /// Middle of the write rail, from the lane's top.
    pub(crate) rail: f64,
    /// Top of the cells.
    pub(crate) cell_top: f64,
    /// Height of a cell.
    pub(crate) cell: f64,
    /// Baseline of the offsets, from the bottom of the cells.
    pub(crate) offset: f64,
    /// From the offsets to the middle of the first cursor row.
    pub(crate) first_row: f64,
    /// From a cursor row to the next.
    pub(crate) row: f64,
    /// Under the middle of the last row.
    pub(crate) tail: f64,
    /// Height of the topic's head.
    pub(crate) head: f64,
    /// Between lanes.
    pub(crate) gap: f64,
}

impl Metrics {
    pub(crate) const NORMAL: Self = Self {
        rail: 16.0,
        cell_top: 29.0,
        cell: 32.0,
        offset: 13.0,
        first_row: 18.0,
        row: 20.0,
        tail: 16.0,
        head: 38.0,
        gap: 12.0,
    };
    pub(crate) const COMPACT: Self = Self {
        rail: 12.0,
        cell_top: 21.0,
        cell: 28.0,
        offset: 11.0,
        first_row: 14.0,
        row: 16.0,
        tail: 11.0,
        head: 32.0,
        gap: 8.0,
    };
    pub(crate) const DENSE: Self = Self { row: 12.0, tail: 9.0, first_row: 12.0, ..Self::COMPACT };

    /// Height of a lane that `groups` groups read.
    pub(crate) fn lane(&self, groups: usize) -> f64 {
        let offsets = self.cell_top + self.cell + self.offset;
        match groups {
            0 => offsets + 10.0,
            n => offsets + self.first_row + self.row * (n - 1) as f64 + self.tail,
        }
    }

    /// The same with `extra` px more for each lane: rows move apart first, then all moves down.
    pub(crate) fn stretched(mut self, extra: f64, groups: usize) -> Self {
        let rows = groups.max(1) as f64;
        let per_row = (extra * 0.6 / rows).clamp(0.0, 8.0);
        self.row += per_row;
        self.first_row += per_row * 0.5;
        let rest = (extra - per_row * (rows - 0.5)).max(0.0);
        self.rail += rest * 0.35;
        self.cell_top += rest * 0.45;
        self.tail += rest * 0.55;
        self
    }
}

/// A box in the producers' column: one producer, or several whose names begin alike.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ProducerBox {
    pub(crate) ids: Vec<ProducerId>,
    pub(crate) name: String,
    pub(crate) rect: Rect,
    /// Where the buttons are that send one record, with their key's place among the producer's keys.
    pub(crate) buttons: Vec<Rect>,
    /// Where "Send a record" stands, and whether there is only room for "Send".
    pub(crate) buttons_title: Option<(f64, f64, bool)>,
    pub(crate) shape: ProducerShape,
}

/// How a producer's box is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ProducerShape {
    /// An icon over two lines.
    Tall,
    /// Two lines.
    Flat,
    /// As wide as a narrow picture, its buttons in it.
    Bar,
}

/// A topic's panel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TopicBox {
    pub(crate) id: TopicId,
    pub(crate) rect: Rect,
    /// Baseline of the head.
    pub(crate) baseline: f64,
    /// Font size of its name.
    pub(crate) title_size: f64,
    /// Where the head's text may stand.
    pub(crate) title_room: (f64, f64),
    /// Where the head's right text may stand, if anywhere.
    pub(crate) note_room: Option<(f64, f64)>,
    /// The groups that read it, in order.
    pub(crate) readers: Vec<GroupId>,
    pub(crate) lanes: Vec<LaneBox>,
    pub(crate) bars: Option<BarsBox>,
    /// Lanes that are not drawn as logs, and where that is said.
    pub(crate) more: Option<(u32, Rect)>,
}

/// A lane that is drawn as a log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LaneBox {
    pub(crate) tp: TopicPartition,
    pub(crate) rect: Rect,
    pub(crate) m: Metrics,
    /// How many records and the next slot it shows.
    pub(crate) slots: u64,
    /// From a slot to the next, px.
    pub(crate) pitch: f64,
    /// Left of the slots, or above them where it stands upright.
    pub(crate) lead: f64,
    /// Offsets fall instead of run to the right.
    pub(crate) upright: bool,
    /// From its left edge to its cells where it stands upright, offsets between.
    pub(crate) cells: f64,
}

/// The lanes of a folded topic as bars: a row for the lanes themselves, then one a group.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct BarsBox {
    /// Where the bars are: left edge of the first, top of the first row's line.
    pub(crate) x: f64,
    pub(crate) top: f64,
    pub(crate) label_room: (f64, f64),
    pub(crate) lag_room: (f64, f64),
    /// From a bar to the next.
    pub(crate) pitch: f64,
    /// Bars a line, lines a row.
    pub(crate) columns: u32,
    pub(crate) lines: u32,
    /// Lanes that have a bar.
    pub(crate) shown: u32,
    /// The line on which records come in.
    pub(crate) rail: f64,
}

/// From a line of bars to the next, px.
pub(crate) const BAR_LINE: f64 = 14.0;

impl BarsBox {
    /// Top of a row: 0 for the lanes themselves, then the groups.
    pub(crate) fn row_top(&self, row: usize) -> f64 {
        self.top + row as f64 * f64::from(self.lines) * BAR_LINE
    }

    /// A lane's bar in a row; the last one stands for all lanes that have none.
    pub(crate) fn bar(&self, row: usize, partition: u32) -> Rect {
        let at = partition.min(self.shown.saturating_sub(1));
        let (column, line) = (at % self.columns, at / self.columns);
        let gap = if self.pitch > 10.0 { 3.5 } else { 1.0 };
        let x = self.x + f64::from(column) * self.pitch;
        Rect::new(x, self.row_top(row) + f64::from(line) * BAR_LINE + 1.0, self.pitch - gap, 11.0)
    }
}

/// A group's panel.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GroupBox {
    pub(crate) id: GroupId,
    /// What is written over it, before it is cut.
    pub(crate) name: String,
    pub(crate) rect: Rect,
    /// Baseline and left edge of its name.
    pub(crate) title: (f64, f64),
    /// Font size of its name.
    pub(crate) title_size: f64,
    pub(crate) folded: bool,
    pub(crate) members: Vec<MemberBox>,
    /// Members that are not drawn, and where that is said.
    pub(crate) more: Option<(u64, Rect)>,
}

/// A member's box, or its tile.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MemberBox {
    pub(crate) id: MemberId,
    pub(crate) rect: Rect,
    pub(crate) badges: Vec<Badge>,
    /// Where the arrow of each owned lane ends: down the left edge, or across where it stands upright.
    pub(crate) doors: Vec<(TopicPartition, f64)>,
    /// Left edge of its name.
    pub(crate) name_x: f64,
    /// A small box of a narrow picture.
    pub(crate) small: bool,
}

/// A small square with the number of an owned lane, or how many more there are.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Badge {
    pub(crate) rect: Rect,
    pub(crate) text: String,
    /// Not a lane, but "+3".
    pub(crate) rest: bool,
}

/// The line from a producer's box to where the rail of a lane, or of a folded topic, begins.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WriteCurve {
    pub(crate) producer: usize,
    pub(crate) topic: TopicId,
    /// A lane, or all bars of a folded topic.
    pub(crate) partition: Option<u32>,
    pub(crate) d: String,
    pub(crate) points: Vec<(f64, f64)>,
}

impl LaneBox {
    /// The first offset in the window.
    pub(crate) fn first(&self, log: &Log) -> u64 {
        log.start().max((log.end() + 1).saturating_sub(self.slots))
    }

    /// Along the lane: where the slot of `offset` begins; before the window, its left edge.
    pub(crate) fn along(&self, log: &Log, offset: u64) -> f64 {
        let slot = offset.saturating_sub(self.first(log)) as f64;
        let origin = if self.upright { self.rect.y } else { self.rect.x };
        origin + self.lead + slot * self.pitch
    }

    /// The cell of `offset`, which must be in the window or the next one.
    pub(crate) fn cell(&self, log: &Log, offset: u64) -> Rect {
        let along = self.along(log, offset);
        if self.upright {
            return Rect::new(self.rect.x + self.cells, along + 1.0, 26.0, self.pitch - 2.0);
        }
        Rect::new(along + 1.0, self.rect.y + self.m.cell_top, self.pitch - 2.0, self.m.cell)
    }

    /// Middle of a group's cursor row, or of its column where it stands upright; by its place among the readers.
    pub(crate) fn row(&self, index: usize, readers: usize) -> f64 {
        if self.upright {
            return self.rect.right() - 10.0 - 14.0 * (readers - 1 - index) as f64;
        }
        let offsets = self.m.cell_top + self.m.cell + self.m.offset;
        self.rect.y + offsets + self.m.first_row + self.m.row * index as f64
    }

    /// The port of a group: where its arrow leaves.
    pub(crate) fn port(&self, index: usize, readers: usize) -> (f64, f64) {
        let row = self.row(index, readers);
        if self.upright { (row, self.rect.bottom()) } else { (self.rect.right(), row) }
    }
}

impl TopicBox {
    pub(crate) fn lane(&self, partition: u32) -> Option<&LaneBox> {
        self.lanes.iter().find(|lane| lane.tp.partition == partition)
    }
}

impl Plan {
    pub(crate) fn topic(&self, id: TopicId) -> Option<&TopicBox> {
        self.topics.iter().find(|topic| topic.id == id)
    }

    /// Whether nothing is folded, left out or flatter in it that is not in `other`.
    pub(crate) fn shows_as_much_as(&self, other: &Self) -> bool {
        let shows = |plan: &Self| {
            let lanes = || plan.topics.iter().flat_map(|topic| &topic.lanes);
            let members: usize = plan.groups.iter().map(|group| group.members.len()).sum();
            let buttons: usize = plan.producers.iter().map(|producer| producer.buttons.len()).sum();
            let cell = lanes().next().map_or(0, |lane| lane.m.cell as u64);
            (
                plan.ribbons,
                plan.captions.len(),
                lanes().count(),
                cell,
                members,
                buttons,
                plan.services.as_ref().map(|services| services.shows()),
            )
        };
        shows(self) == shows(other)
    }

    pub(crate) fn is_folded(&self) -> bool {
        self.topics.iter().any(|topic| topic.bars.is_some()) || self.groups.iter().any(|group| group.folded)
    }
}

/// The groups that read a topic, in drawing order.
pub(crate) fn readers(world: &World, topic: TopicId) -> Vec<GroupId> {
    world.groups().filter(|(_, group)| group.reads(topic)).map(|(id, _)| id).collect()
}

/// The lanes that a member owns, by topic and number.
pub(crate) fn owned(group: &Group, member: MemberId) -> Vec<TopicPartition> {
    group.members.get(&member).map(|m| m.cursors.keys().copied().collect()).unwrap_or_default()
}

/// How many lanes the members of a group share once all is assigned; none where there is no member.
pub(crate) fn lanes_to_own(world: &World, group: &Group) -> usize {
    if group.members.is_empty() {
        return 0;
    }
    group.topics.iter().filter_map(|id| world.topic(*id)).map(|topic| topic.partitions.len()).sum()
}

/// The class of a group's hue. Ids are never used again, so a group keeps its hue when others go.
pub(crate) fn group_hue(id: GroupId) -> &'static str {
    ["g0", "g1", "g2", "g3", "g0 alt", "g1 alt", "g2 alt", "g3 alt"][id.0 as usize % 8]
}
