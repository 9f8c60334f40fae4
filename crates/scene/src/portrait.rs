//! The picture under 640 px: time and flow go down. One topic of a few lanes stands upright, lane beside
//! lane; everything else is stacked.

use kafka_lanes_core::sorted::sort_by;
use kafka_lanes_core::{Group, GroupId, TopicId, TopicPartition, World};
use kafka_lanes_words::PictureWords;

use crate::brokers;
use crate::copies;
use crate::fold::short_names;
use crate::group_box::{badges, doors};
use crate::measure::{fits, width};
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
/// How much further a title stands from the first rail, where it has room: clear of the records that go down there.
const BESIDE_DOTS: f64 = 6.0;
/// From a lane's top to its first slot, and from its last slot to its bottom.
const LEAD: f64 = 34.0;
const FOOT: f64 = 26.0;
const HEAD: f64 = 24.0;
const MEMBER: (f64, f64) = (25.0, 29.0);
/// Under this width the margins give way.
const SMALLEST: f64 = 360.0;
/// Between the panels of groups.
const GROUP_GAP: f64 = 4.0;
/// Between a member's box and what it contains, its badges and its name, its box and the panel.
const PAD: f64 = 3.0;
const BADGE: f64 = 12.5;
/// From a riser to the next, from the last to the members, from the panel to the first.
const RISERS: (f64, f64, f64) = (3.5, 6.5, 3.5);
/// What a record in a member's hand takes: see [`crate::group`].
const IN_HAND: f64 = 15.0;

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
    let margin = if view.width < SMALLEST { 8.0 } else { MARGIN };
    let inset = if view.width < SMALLEST { 4.0 } else { 6.0 };
    let room = view.width - 2.0 * margin;
    let lane_width = (room - 2.0 * inset - 5.0 * f64::from(lanes - 1)) / f64::from(lanes);
    let cursors = 14.0 * readers.len() as f64;
    if lane_width < 44.0 + cursors {
        return None;
    }
    let titles = titles(world, room);
    let widths = group_widths(world, words, &titles, room)?;

    let bar = Rect::new(margin, 2.0, room, 46.0);
    let edges: usize = world.groups().map(|(_, group)| lanes_to_own(world, group)).sum();
    let zones = world.groups().filter(|(_, group)| lanes_to_own(world, group) > 0).count();
    let span = (edges - zones.min(edges)) as f64 * SPACING.inside + zones.saturating_sub(1) as f64 * SPACING.between;
    let gutter = 18.0 + span;
    let most = world.groups().map(|(_, group)| group.members.len().max(1)).max().unwrap_or(0);
    let groups_height = if most > 0 { 27.0 + most as f64 * MEMBER.1 + 4.0 } else { 0.0 };
    let lead = LEAD + copies::line(world, topic);
    let brokers_height = brokers::height(world, room);
    let fixed = bar.bottom() + 32.0 + HEAD + lead + FOOT + 6.0 + gutter + groups_height + 6.0 + brokers_height;
    // A lane alone is what the picture is about.
    let least = if lanes == 1 { 7.0 } else { 5.0 };
    let slots = ((view.height - fixed) / 22.0).floor().clamp(least, 24.0);
    let pitch = ((view.height - fixed) / slots).clamp(22.0, 26.0);

    let panel = Rect::new(margin, bar.bottom() + 32.0, room, HEAD + lead + slots * pitch + FOOT + 6.0);
    let mut place = TopicBox {
        id: topic,
        rect: panel,
        baseline: panel.y + 16.5,
        title_size: 12.0,
        title_room: (panel.x + inset + RAIL + 3.5, panel.right() - 10.0),
        note_room: Some((panel.right(), panel.right())),
        readers,
        lanes: Vec::new(),
        bars: None,
        more: None,
    };
    // No room for offsets, for those of two digits, or for three beside the records that come down the rail.
    let cells = match lane_width - cursors {
        ..64.0 => 16.0,
        ..78.0 => 34.0,
        _ => 41.0,
    };
    for partition in 0..lanes {
        let x = panel.x + inset + f64::from(partition) * (lane_width + 5.0);
        place.lanes.push(LaneBox {
            tp: TopicPartition { topic, partition },
            rect: Rect::new(x, panel.y + HEAD, lane_width, lead + slots * pitch + FOOT),
            m: Metrics { rail: RAIL, ..Metrics::COMPACT },
            slots: slots as u64,
            pitch,
            lead,
            upright: true,
            cells,
        });
    }
    // Rails come down through the head: the title stands between the first two, the note after the last.
    if let (Some(second), Some(last)) = (place.lanes.get(1), place.lanes.last()) {
        place.title_room.1 = second.rect.x + RAIL - 3.0;
        place.note_room = Some((last.rect.x + RAIL + 8.0, panel.right() - 10.0));
    }

    let name = world.topic(topic).map_or("", |topic| &topic.name);
    let has_room = |from: f64| fits(name, place.title_room.1 - from, place.title_size, 700);
    let beside = place.title_room.0 + BESIDE_DOTS;
    if has_room(beside) {
        place.title_room.0 = beside;
    } else if !has_room(place.title_room.0) {
        place.title_size = 11.0;
    }

    let top = panel.bottom() + gutter;
    let groups = groups(world, titles, &widths, Rect::new(margin, top, room, groups_height));
    let bottom = if groups.is_empty() { panel.bottom() } else { top + groups_height };
    let brokers = brokers::place(world, Rect::new(margin, bottom, room, brokers_height));
    let height = bottom + brokers_height + 6.0;
    let mut plan = Plan {
        width: view.width,
        height,
        captions: Vec::new(),
        legend: None,
        producers: producer_box::bars(world, view, words, bar, 0.0),
        topics: vec![place],
        groups,
        brokers,
        routes: Vec::new(),
        writes: Vec::new(),
        ribbons: false,
        small: true,
        services: None,
    };
    plan.writes = writes(&plan, topic, world);
    plan.routes = routes(&plan, panel.bottom() + 9.0);
    Some(plan)
}

/// Left of a group's members: its risers.
fn pad(lanes: usize) -> f64 {
    (RISERS.1 + RISERS.0 * lanes.saturating_sub(1) as f64 + RISERS.2).max(10.0)
}

/// The names of the groups, whole where that leaves room for their members' names; else without `-g1`.
fn titles(world: &World, room: f64) -> Vec<String> {
    let full: Vec<String> = world.groups().map(|(_, group)| group.name.to_string()).collect();
    let ids: Vec<GroupId> = world.groups().map(|(id, _)| id).collect();
    let need = world.groups().zip(&full).map(|((_, group), title)| Needs::new(world, group, title, 0.0).whole);
    if need.sum::<f64>() <= room - gaps(full.len()) { full } else { short_names(world, &ids) }
}

fn gaps(groups: usize) -> f64 {
    GROUP_GAP * groups.saturating_sub(1) as f64
}

/// How wide a group's panel might be.
struct Needs {
    /// Badges and a few letters.
    least: f64,
    /// All names whole.
    whole: f64,
    /// And room for what is in a member's hand, or for the pill of an idle one.
    all: f64,
}

impl Needs {
    fn new(world: &World, group: &Group, title: &str, pill: f64) -> Self {
        let (lanes, members) = (lanes_to_own(world, group), group.members.len());
        let badges = lanes.div_ceil(members.max(1)).clamp(1, 4);
        let fixed = pad(lanes) + (BADGE + 2.0) * badges as f64 - 2.0 + 4.0 * PAD + 0.1;
        let names = group.members.values().map(|m| width(&m.name, 11.0, 600, false)).fold(24.0, f64::max).min(80.0);
        let title = (pad(lanes) + width(title, 11.0, 700, false) + PAD).min(150.0);
        let idle = if members > lanes { pill - BADGE } else { 0.0 };
        Self {
            least: fixed + 24.0,
            whole: (fixed + names).max(title),
            all: (fixed + names + IN_HAND.max(idle)).max(title),
        }
    }
}

/// Widths of the groups' panels by what they need, and a share of what is left. Where not all has room, the
/// marks at the members' right have to go before a name is cut. None where not even badges and a few letters fit.
fn group_widths(world: &World, words: &dyn PictureWords, titles: &[String], room: f64) -> Option<Vec<f64>> {
    if titles.len() > 4 || world.groups().any(|(_, group)| group.members.len() > 6) {
        return None;
    }
    let pill = width(&words.idle(), 11.0, 700, false) + 3.0 * PAD;
    let needs: Vec<Needs> =
        world.groups().zip(titles).map(|((_, group), title)| Needs::new(world, group, title, pill)).collect();
    let room = room - gaps(needs.len());
    let steps: [fn(&Needs) -> f64; 3] = [|need| need.least, |need| need.whole, |need| need.all];
    let sums = steps.map(|step| needs.iter().map(step).sum::<f64>());
    let spare = (room - sums[2]) / needs.len().max(1) as f64;
    if sums[0] > room {
        return None;
    }
    if spare >= 0.0 {
        return Some(needs.iter().map(|need| need.all + spare).collect());
    }
    let (from, to) = if sums[1] > room { (0, 1) } else { (1, 2) };
    let share = (room - sums[from]) / (sums[to] - sums[from]).max(0.01);
    Some(needs.iter().map(|need| steps[from](need) + (steps[to](need) - steps[from](need)) * share).collect())
}

fn groups(world: &World, titles: Vec<String>, widths: &[f64], area: Rect) -> Vec<GroupBox> {
    let (mut x, top) = (area.x, area.y);
    let mut boxes = Vec::new();
    for (((id, group), name), width) in world.groups().zip(titles).zip(widths) {
        let rect = Rect::new(x, top, *width, area.h);
        x += width + GROUP_GAP;
        let left = rect.x + pad(lanes_to_own(world, group));
        let mut place = GroupBox {
            id,
            name,
            rect,
            title: (left, top + 18.0),
            title_size: 11.0,
            folded: false,
            members: Vec::new(),
            more: None,
        };
        for (n, member) in group.members.keys().enumerate() {
            let rect = Rect::new(left, top + 27.0 + n as f64 * MEMBER.1, rect.right() - PAD - left, MEMBER.0);
            let lanes = owned(group, *member);
            let (badges, right) = badges(world, group, &lanes, (rect.x + PAD, rect.cy()), BADGE, false);
            place.members.push(MemberBox {
                id: *member,
                rect,
                doors: doors(&lanes, rect.cy(), rect.h - 8.0, 9.0),
                name_x: if badges.is_empty() { rect.x + PAD + 2.0 } else { right + PAD },
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
            let (port, riser) = (lane.port(index, topic.readers.len()), member.rect.x - RISERS.1 - RISERS.0 * n as f64);
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
