//! The picture at 640 px and wider: time and flow go to the right.

use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::brokers;
use crate::fold::{Folding, MAX_ARROWS, MAX_LANES, MAX_OPENED_MEMBERS, most_logs};
use crate::frame;
use crate::group_box::{GroupPlan, MEMBER_PITCH};
use crate::plan::{GroupBox, Metrics, Plan, TopicBox, lanes_to_own};
use crate::producer_box;
use crate::route::{Edge, Spacing};
use crate::shape::Rect;
use crate::topic_box::{Columns, TopicPlan};
use crate::view::View;
use crate::wiring;

/// Widths of the picture's columns, px.
#[derive(Debug, Clone, Copy)]
struct Grid {
    width: f64,
    margin: f64,
    producers: f64,
    write_gutter: f64,
    read_gutter: f64,
    groups: f64,
    ribbons: bool,
    columns: Columns,
    spacing: Spacing,
}

impl Grid {
    fn new(world: &World, view: &View, scale: f64, folding: &Folding) -> Self {
        let width = view.width;
        let wide = width >= 900.0;
        let tight = width < 740.0;
        let mut grid = Self {
            width,
            // The same on the page in every scale, since what is around the picture is not scaled.
            margin: if wide { 32.0 / scale } else { 16.0 },
            producers: if wide {
                116.0
            } else if tight {
                84.0
            } else {
                96.0
            },
            write_gutter: if wide {
                52.0
            } else if tight {
                28.0
            } else {
                36.0
            },
            read_gutter: 0.0,
            groups: if width >= 1100.0 {
                224.0
            } else if wide {
                196.0
            } else if tight {
                150.0
            } else {
                164.0
            },
            ribbons: false,
            columns: if wide { Columns::WIDE } else { Columns::NARROW }.with_copies(world),
            spacing: if wide { Spacing { inside: 8.0, between: 18.0 } } else { Spacing { inside: 6.0, between: 10.0 } },
        };
        let edges = all_edges(world);
        let span = grid.spacing.span(&edges);
        grid.read_gutter = if width >= 1100.0 {
            (90.0 + span).max(120.0)
        } else if wide {
            (60.0 + span).max(100.0)
        } else {
            (if tight { 20.0 } else { 40.0 } + span).max(72.0)
        };
        let folded = !folding.topics.is_empty() || !folding.groups.is_empty();
        let hidden = world.topics().any(|(id, topic)| topic.partition_count() > most_logs(view, id))
            || world.groups().any(|(_, group)| group.members.len() > MAX_OPENED_MEMBERS);
        if folded || hidden || edges.len() > MAX_ARROWS || grid.topic_width() < grid.columns.least() {
            grid.ribbons = true;
            grid.read_gutter = if width >= 1100.0 {
                200.0
            } else if wide {
                120.0
            } else {
                72.0
            };
        }
        grid
    }

    fn topic_x(&self) -> f64 {
        self.margin + self.producers + self.write_gutter
    }

    fn group_x(&self) -> f64 {
        self.width - self.margin - self.groups
    }

    fn topic_width(&self) -> f64 {
        self.group_x() - self.read_gutter - self.topic_x()
    }
}

/// One edge for each lane that a group would own: enough to know how wide the gutter must be. It does not
/// depend on who owns what just now, so that nothing moves in a rebalance but arrows.
fn all_edges(world: &World) -> Vec<Edge> {
    let edges = world
        .groups()
        .enumerate()
        .flat_map(|(zone, (_, group))| (0..lanes_to_own(world, group)).map(move |_| Edge { zone, from: 0.0, to: 0.0 }));
    edges.collect()
}

/// All boxes and paths, for `scale` CSS px a unit.
pub(crate) fn plan(world: &World, view: &View, scale: f64, words: &dyn PictureWords) -> Plan {
    let mut folding = Folding::by_number(world, view, MAX_LANES);
    loop {
        let grid = Grid::new(world, view, scale, &folding);
        let attempt = Attempt::new(world, view, &grid, &folding);
        let tall = view.height.max(560.0) * 1.6;
        let crowded = !folding.topics.is_empty() && attempt.topics_need > attempt.room();
        if (crowded || attempt.topics_need > tall) && folding.fold_largest_topic(world, view) {
            continue;
        }
        if attempt.groups_need > 1.25 * attempt.room().max(attempt.topics_need)
            && folding.fold_largest_group(world, view)
        {
            continue;
        }
        return attempt.place(world, view, words);
    }
}

/// Heights that follow from what is folded.
struct Attempt<'a> {
    grid: &'a Grid,
    topics: Vec<TopicPlan>,
    groups: Vec<GroupPlan>,
    m: Metrics,
    framed: bool,
    view_height: f64,
    brokers_need: f64,
    topics_need: f64,
    groups_need: f64,
    producers_need: f64,
}

const PANEL_GAP: f64 = 14.0;

impl<'a> Attempt<'a> {
    fn new(world: &World, view: &View, grid: &'a Grid, folding: &Folding) -> Self {
        let topics: Vec<TopicPlan> = world
            .topics()
            .map(|(id, _)| {
                let folded = folding.topics.contains(&id);
                TopicPlan::new(world, view, id, folded, grid.topic_width(), grid.columns)
            })
            .collect();
        let producers_need = producer_box::least_height(world, view);
        let brokers_need = brokers::height(world, grid.topic_width());
        let framed = view.captions && !view.compact;
        let levels = [(Metrics::NORMAL, framed), (Metrics::NORMAL, false), (Metrics::COMPACT, false)];
        let attempt = |(m, framed): (Metrics, bool)| {
            let head = if m.head < 38.0 { 30.0 } else { 36.0 };
            let groups = world
                .groups()
                .map(|(id, group)| GroupPlan::new(view, (id, group), folding.groups.contains(&id), grid.groups, head));
            let groups: Vec<GroupPlan> = groups.collect();
            Self {
                grid,
                topics_need: stack(topics.iter().map(|topic| topic.height(&m))),
                groups_need: stack(groups.iter().map(|group| group.height(least_pitch(&m)))),
                topics: topics.clone(),
                groups,
                m,
                framed,
                view_height: view.height,
                brokers_need,
                producers_need,
            }
        };
        let mut levels = levels.into_iter().skip(if view.compact { 2 } else { 0 }).map(attempt);
        // Where nothing fits, the picture is as dense as can be, and taller than what was asked.
        levels.find(|attempt| attempt.need() <= attempt.room()).unwrap_or_else(|| attempt((Metrics::DENSE, framed)))
    }

    fn top(&self) -> f64 {
        if self.framed { 28.0 } else { 10.0 }
    }

    fn bottom(&self) -> f64 {
        self.brokers_need + if self.framed { 48.0 } else { 12.0 }
    }

    fn room(&self) -> f64 {
        self.view_height - self.top() - self.bottom()
    }

    fn need(&self) -> f64 {
        self.topics_need.max(self.groups_need).max(self.producers_need)
    }

    fn place(self, world: &World, view: &View, words: &dyn PictureWords) -> Plan {
        let grid = self.grid;
        let lanes: u32 = self.topics.iter().map(|topic| topic.logs).sum();
        let loose = if lanes > 0 { f64::from(lanes) * 64.0 } else { self.topics.len() as f64 * 40.0 };
        let height = self.room().min(self.topics_need + loose).max(self.need());
        let area = Rect::new(0.0, self.top(), grid.width, height);

        let topics = self.place_topics(area, lanes);
        let groups = self.place_groups(world, area);
        let under = Rect::new(grid.topic_x(), area.bottom(), grid.topic_width(), self.brokers_need);
        let brokers = brokers::place(world, under);
        let column = Rect::new(grid.margin, area.y, grid.producers, area.h);
        let producers = producer_box::place(world, view, words, column);
        let mut plan = Plan {
            width: grid.width,
            height: area.bottom() + self.bottom(),
            captions: Vec::new(),
            legend: None,
            producers,
            topics,
            groups,
            brokers,
            routes: Vec::new(),
            writes: Vec::new(),
            ribbons: grid.ribbons,
            small: false,
            services: None,
        };
        plan.routes = wiring::routes(world, &plan, grid.spacing, grid.group_x() - grid.read_gutter, grid.group_x());
        plan.writes = wiring::writes(world, &plan);
        if self.framed {
            let columns = [grid.margin, grid.topic_x(), grid.group_x()];
            plan.captions = frame::captions(world, words, &plan, columns, 14.0);
            plan.legend = Some(Rect::new(grid.margin, under.bottom() + 22.0, grid.width - 2.0 * grid.margin, 16.0));
        }
        plan
    }

    /// Topics share the height: lanes grow, or gaps where there is no lane to grow; what is left is halved.
    fn place_topics(&self, area: Rect, lanes: u32) -> Vec<TopicBox> {
        let spare = area.h - self.topics_need;
        let extra = if lanes > 0 { (spare / f64::from(lanes)).clamp(0.0, 70.0) } else { 0.0 };
        let mut gap = PANEL_GAP;
        let mut y = area.y;
        let left = spare - extra * f64::from(lanes);
        let gaps = self.topics.len().saturating_sub(1) as f64;
        if left > 0.5 {
            gap += if gaps > 0.0 { (left / gaps).min(30.0) } else { 0.0 };
            y += (left - (gap - PANEL_GAP) * gaps) / 2.0;
        }
        let mut boxes = Vec::new();
        for topic in &self.topics {
            let placed = topic.place(self.grid.topic_x(), y, &self.m, extra);
            y = placed.rect.bottom() + gap;
            boxes.push(placed);
        }
        boxes
    }

    /// Members move apart until the groups are as tall as the topics; then the panels do.
    fn place_groups(&self, world: &World, area: Rect) -> Vec<GroupBox> {
        let rows: usize = self.groups.iter().filter(|group| !group.folded).map(GroupPlan::rows).sum();
        let spare = (area.h - self.groups_need).max(0.0);
        let (least, most) = (least_pitch(&self.m), MEMBER_PITCH.1);
        let pitch = if rows > 0 { (least + spare / rows as f64).min(most) } else { least };
        let left = area.h - stack(self.groups.iter().map(|group| group.height(pitch)));
        let gaps = self.groups.len().saturating_sub(1) as f64;
        let more = if gaps > 0.0 { (left / gaps).clamp(0.0, 46.0) } else { 0.0 };
        let mut y = area.y + ((left - more * gaps) / 2.0).max(0.0);
        let mut boxes = Vec::new();
        for group in &self.groups {
            let placed = group.place(world, self.grid.group_x(), y, pitch);
            y = placed.rect.bottom() + PANEL_GAP + more;
            boxes.push(placed);
        }
        boxes
    }
}

/// Least distance from a member to the next.
fn least_pitch(m: &Metrics) -> f64 {
    if m.head < 38.0 { 29.0 } else { MEMBER_PITCH.0 }
}

/// Height of panels under one another.
fn stack(heights: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = heights.fold((0.0, 0.0), |(sum, count), h| (sum + h, count + 1.0));
    f64::max(0.0, sum + (count - 1.0) * PANEL_GAP)
}
