//! The picture under 640 px: time and flow go down. One topic of a few lanes stands upright, lane beside
//! lane; everything else is stacked.

use kafka_lanes_core::sorted::sort_by;
use kafka_lanes_core::{TopicId, TopicPartition, World};
use kafka_lanes_words::PictureWords;

use crate::group_box::{badges, doors};
use crate::measure::width;
use crate::path::Pen;
use crate::plan::{GroupBox, LaneBox, MemberBox, Metrics, Plan, TopicBox, WriteCurve, lanes_to_own, owned, readers};
use crate::producer_box;
use crate::route::{Edge, Route, Spacing, tracks};
use crate::shape::Rect;
use crate::stack;
use crate::view::View;

pub(crate) const MARGIN: f64 = 12.0;
/// Between the outline of a lane and its rail.
const RAIL: f64 = 7.0;
const SPACING: Spacing = Spacing { inside: 4.4, between: 6.2 };
/// From a lane's top to its first slot, and from its last slot to its bottom.
const LEAD: f64 = 34.0;
const FOOT: f64 = 26.0;
const HEAD: f64 = 24.0;
const MEMBER: (f64, f64) = (25.0, 29.0);

/// All boxes and paths.
pub(crate) fn plan(world: &World, view: &View, words: &dyn PictureWords) -> Plan {
    upright(world, view, words).unwrap_or_else(|| stack::plan(world, view, words))
}

/// One producer over one topic over its groups, where all of it has room beside one another.
fn upright(world: &World, view: &View, words: &dyn PictureWords) -> Option<Plan> {
    let mut topics = world.topics();
    let (topic, lanes) = topics.next().map(|(id, topic)| (id, topic.partition_count()))?;
    let readers = readers(world, topic);
    if topics.next().is_some() || lanes > 4 || world.producers().count() != 1 {
        return None;
    }
    let room = view.width - 2.0 * MARGIN;
    let lane_width = (room - 12.0 - 5.0 * f64::from(lanes - 1)) / f64::from(lanes);
    let cursors = 14.0 * readers.len() as f64;
    if lane_width < 44.0 + cursors {
        return None;
    }
    let widths = group_widths(world, room)?;

    let bar = Rect::new(MARGIN, 2.0, room, 46.0);
    let edges: usize = world.groups().map(|(_, group)| lanes_to_own(world, group)).sum();
    let zones = world.groups().filter(|(_, group)| lanes_to_own(world, group) > 0).count();
    let span = (edges - zones.min(edges)) as f64 * SPACING.inside + zones.saturating_sub(1) as f64 * SPACING.between;
    let gutter = 18.0 + span;
    let most = world.groups().map(|(_, group)| group.members.len().max(1)).max().unwrap_or(0);
    let groups_height = if most > 0 { 27.0 + most as f64 * MEMBER.1 + 4.0 } else { 0.0 };
    let fixed = bar.bottom() + 32.0 + HEAD + LEAD + FOOT + 6.0 + gutter + groups_height + 6.0;
    let slots = ((view.height - fixed) / 22.0).floor().clamp(5.0, 24.0);
    let pitch = ((view.height - fixed) / slots).clamp(22.0, 26.0);

    let panel = Rect::new(MARGIN, bar.bottom() + 32.0, room, HEAD + LEAD + slots * pitch + FOOT + 6.0);
    let mut place = TopicBox {
        id: topic,
        rect: panel,
        baseline: panel.y + 16.5,
        title_size: 12.0,
        title_room: (panel.x + 6.0 + RAIL + 5.0, panel.right() - 10.0),
        note_room: Some((panel.right(), panel.right())),
        readers,
        lanes: Vec::new(),
        bars: None,
        more: None,
    };
    for partition in 0..lanes {
        let x = panel.x + 6.0 + f64::from(partition) * (lane_width + 5.0);
        place.lanes.push(LaneBox {
            tp: TopicPartition { topic, partition },
            rect: Rect::new(x, panel.y + HEAD, lane_width, LEAD + slots * pitch + FOOT),
            m: Metrics { rail: RAIL, ..Metrics::COMPACT },
            slots: slots as u64,
            pitch,
            lead: LEAD,
            upright: true,
            offsets: lane_width >= 64.0 + cursors,
        });
    }
    // Rails come down through the head: the title stands between the first two, the note after the last.
    if let (Some(second), Some(last)) = (place.lanes.get(1), place.lanes.last()) {
        place.title_room.1 = second.rect.x + RAIL - 4.0;
        place.note_room = Some((last.rect.x + RAIL + 8.0, panel.right() - 10.0));
    }

    let top = panel.bottom() + gutter;
    let groups = groups(world, &widths, top, groups_height);
    let height = if groups.is_empty() { panel.bottom() + 6.0 } else { top + groups_height + 6.0 };
    let mut plan = Plan {
        width: view.width,
        height,
        captions: Vec::new(),
        legend: None,
        producers: producer_box::bars(world, view, words, bar, 0.0),
        topics: vec![place],
        groups,
        routes: Vec::new(),
        writes: Vec::new(),
        ribbons: false,
        small: true,
    };
    plan.writes = writes(&plan, topic, world);
    plan.routes = routes(&plan, panel.bottom() + 9.0);
    Some(plan)
}

/// Left of a group's members: its risers.
fn pad(lanes: usize) -> f64 {
    (8.0 + 4.5 * lanes as f64).max(12.0)
}

/// Widths of the groups' panels: what their names need and a share of what is left, or less where names must
/// be cut. None where not even badges and a few letters fit.
fn group_widths(world: &World, room: f64) -> Option<Vec<f64>> {
    let count = world.groups().count();
    if count > 4 || world.groups().any(|(_, group)| group.members.len() > 6) {
        return None;
    }
    let needs: Vec<(f64, f64)> = world
        .groups()
        .map(|(_, group)| {
            let badges = lanes_to_own(world, group).div_ceil(group.members.len().max(1)).clamp(1, 4);
            let fixed = pad(lanes_to_own(world, group)) + 17.0 * badges as f64 + 14.0;
            let names = group.members.values().map(|m| width(&m.name, 11.0, 600, false)).fold(24.0, f64::max);
            let title = pad(lanes_to_own(world, group)) + width(&group.name, 11.0, 700, false) + 3.5;
            (fixed + 24.0, (fixed + names.min(80.0)).max(title.min(150.0)))
        })
        .collect();
    let room = room - 6.0 * count.saturating_sub(1) as f64;
    let least: f64 = needs.iter().map(|(least, _)| least).sum();
    let sum: f64 = needs.iter().map(|(_, need)| need).sum();
    if least > room {
        return None;
    }
    let spare = (room - sum) / count.max(1) as f64;
    let shrink = if sum > least { (room - least) / (sum - least) } else { 0.0 };
    let share = |(least, need): (f64, f64)| if spare >= 0.0 { need + spare } else { least + (need - least) * shrink };
    Some(needs.into_iter().map(share).collect())
}

fn groups(world: &World, widths: &[f64], top: f64, height: f64) -> Vec<GroupBox> {
    let mut x = MARGIN;
    let mut boxes = Vec::new();
    for ((id, group), width) in world.groups().zip(widths) {
        let rect = Rect::new(x, top, *width, height);
        x += width + 6.0;
        let left = rect.x + pad(lanes_to_own(world, group));
        let mut place = GroupBox {
            id,
            rect,
            title: (left, top + 18.0),
            title_size: 11.0,
            folded: false,
            members: Vec::new(),
            more: None,
        };
        for (n, member) in group.members.keys().enumerate() {
            let rect = Rect::new(left, top + 27.0 + n as f64 * MEMBER.1, rect.right() - 4.0 - left, MEMBER.0);
            let lanes = owned(group, *member);
            let (badges, right) = badges(world, group, &lanes, (rect.x + 4.0, rect.cy()), 14.0, false);
            place.members.push(MemberBox {
                id: *member,
                rect,
                doors: doors(&lanes, rect.cy(), rect.h - 8.0, 9.0),
                name_x: if badges.is_empty() { rect.x + 6.0 } else { right + 4.0 },
                badges,
                small: true,
            });
        }
        boxes.push(place);
    }
    boxes
}

/// Straight down from the producer's bar to each lane.
fn writes(plan: &Plan, topic: TopicId, world: &World) -> Vec<WriteCurve> {
    let (Some(producer), Some(place)) = (plan.producers.first(), plan.topic(topic)) else { return Vec::new() };
    let sends = producer.ids.iter().filter_map(|id| world.producer(*id)).any(|p| p.topics.contains(&topic));
    let lanes = place.lanes.iter().filter(|_| sends);
    let curves = lanes.map(|lane| {
        let x = lane.rect.x + lane.m.rail;
        let (d, line) = Pen::at(x, producer.rect.bottom()).line(x, lane.rect.y).finish();
        WriteCurve { producer: 0, topic, partition: Some(lane.tp.partition), d, points: line.points().to_vec() }
    });
    curves.collect()
}

/// An owned lane and the corners of its arrow.
struct End<'a> {
    group: &'a GroupBox,
    member: &'a MemberBox,
    tp: TopicPartition,
    port: (f64, f64),
    riser: f64,
    door: f64,
}

/// Out of the lanes' bottoms, along a track, down the group's left padding, into the member.
fn routes(plan: &Plan, first_track: f64) -> Vec<Route> {
    let Some(topic) = plan.topics.first() else { return Vec::new() };
    let mut ends = Vec::new();
    let mut edges = Vec::new();
    for (zone, group) in plan.groups.iter().enumerate() {
        let mut doors: Vec<_> =
            group.members.iter().flat_map(|m| m.doors.iter().map(move |(tp, y)| (m, *tp, *y))).collect();
        // The lower the door, the further left its riser: so risers do not cross on their way in.
        sort_by(&mut doors, |a, b| a.2.total_cmp(&b.2));
        for (n, (member, tp, door)) in doors.into_iter().enumerate() {
            let Some(index) = topic.readers.iter().position(|reader| *reader == group.id) else { continue };
            let Some(lane) = topic.lane(tp.partition) else { continue };
            let (port, riser) = (lane.port(index, topic.readers.len()), member.rect.x - 7.0 - 4.5 * n as f64);
            edges.push(Edge { zone, from: port.0, to: riser });
            ends.push(End { group, member, tp, port, riser, door });
        }
    }
    let places = tracks(&edges, SPACING);
    ends.iter().zip(places).map(|(end, place)| end.route(first_track + place)).collect()
}

impl End<'_> {
    fn route(&self, track: f64) -> Route {
        let (port, riser) = (self.port, self.riser);
        let corners = [(port.0, track), (riser, track), (riser, self.door), (self.member.rect.x - 2.0, self.door)];
        let (d, line) = Pen::at(port.0, port.1).through(&corners, 6.0).finish();
        let outside = [(port.0, track), (riser, track), (riser, self.group.rect.y)];
        Route {
            group: self.group.id,
            topic: self.tp.topic,
            partition: Some(self.tp.partition),
            member: Some(self.member.id),
            d,
            halo: Pen::at(port.0, port.1).through(&outside, 6.0).finish().0,
            line,
            port,
            ribbon: None,
        }
    }
}
