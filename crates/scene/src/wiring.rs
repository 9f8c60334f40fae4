//! What connects the boxes of a picture that lies on its side: write curves on the left, arrows or ribbons on the right.

use kafka_lanes_core::{GroupId, MemberId, TopicId, TopicPartition, World};

use crate::path::Pen;
use crate::plan::{Plan, TopicBox, WriteCurve};
use crate::route::{Edge, Route, Spacing, arrow, ribbon, tracks};

/// An owned lane and its two ends.
struct Owned {
    zone: usize,
    group: GroupId,
    member: MemberId,
    tp: TopicPartition,
    port: (f64, f64),
    door: (f64, f64),
}

/// All arrows, or all ribbons; the gutter reaches from `left` to `right`.
pub(crate) fn routes(world: &World, plan: &Plan, spacing: Spacing, left: f64, right: f64) -> Vec<Route> {
    if plan.ribbons {
        return ribbons(world, plan, left, right);
    }
    let owned = owned_lanes(plan);
    let edges: Vec<Edge> = owned.iter().map(|o| Edge { zone: o.zone, from: o.port.1, to: o.door.1 }).collect();
    let start = left + (right - left - spacing.span(&edges)) / 2.0;
    let places = tracks(&edges, spacing);
    let draw = |(o, place): (Owned, f64)| {
        let (d, line) = arrow(o.port, start + place, o.door);
        let (halo, _) = arrow(o.port, start + place, (right, o.door.1));
        Route {
            group: o.group,
            topic: o.tp.topic,
            partition: Some(o.tp.partition),
            member: Some(o.member),
            d,
            halo,
            line,
            port: o.port,
            ribbon: None,
        }
    };
    owned.into_iter().zip(places).map(draw).collect()
}

fn owned_lanes(plan: &Plan) -> Vec<Owned> {
    let mut owned = Vec::new();
    for (zone, group) in plan.groups.iter().enumerate() {
        for member in &group.members {
            for (tp, door) in &member.doors {
                let Some(port) = port(plan, group.id, *tp) else { continue };
                let door = (member.rect.x, *door);
                owned.push(Owned { zone, group: group.id, member: member.id, tp: *tp, port, door });
            }
        }
    }
    owned
}

/// Where a group's arrow leaves a lane that is drawn as a log.
fn port(plan: &Plan, group: GroupId, tp: TopicPartition) -> Option<(f64, f64)> {
    let topic = plan.topic(tp.topic)?;
    let index = topic.readers.iter().position(|reader| *reader == group)?;
    Some(topic.lane(tp.partition)?.port(index, topic.readers.len()))
}

/// Where ribbons of a group leave a topic: each of its lanes that has a reader, and the row or strip of the rest.
pub(crate) fn ribbon_ports(world: &World, topic: &TopicBox, group: GroupId) -> Vec<(Option<u32>, (f64, f64))> {
    let Some(index) = topic.readers.iter().position(|reader| *reader == group) else { return Vec::new() };
    let Some(g) = world.group(group) else { return Vec::new() };
    let is_read = |partition: u32| g.reader_of(TopicPartition { topic: topic.id, partition }).is_some();
    let count = world.topic(topic.id).map_or(0, |t| t.partition_count());
    if let Some(bars) = &topic.bars {
        let middle = bars.row_top(index + 1) + 6.5;
        return (0..count).any(is_read).then_some((None, (topic.rect.right(), middle))).into_iter().collect();
    }
    let lanes = topic.lanes.iter().filter(|lane| is_read(lane.tp.partition));
    let mut ports: Vec<_> =
        lanes.map(|lane| (Some(lane.tp.partition), lane.port(index, topic.readers.len()))).collect();
    if let Some((_, strip)) = topic.more
        && (topic.lanes.len() as u32..count).any(is_read)
    {
        let step = strip.h / (topic.readers.len() + 1) as f64;
        ports.push((None, (strip.right(), strip.y + step * (index + 1) as f64)));
    }
    ports
}

fn ribbons(world: &World, plan: &Plan, left: f64, right: f64) -> Vec<Route> {
    let mut routes = Vec::new();
    for group in &plan.groups {
        let ports: Vec<(TopicId, Option<u32>, (f64, f64))> = plan
            .topics
            .iter()
            .flat_map(|topic| {
                ribbon_ports(world, topic, group.id).into_iter().map(|(partition, port)| (topic.id, partition, port))
            })
            .collect();
        let step = (group.rect.h - 20.0) / (ports.len() + 1) as f64;
        for (n, (topic, partition, port)) in ports.iter().enumerate() {
            let door = (right, group.rect.y + 10.0 + step * (n + 1) as f64);
            let (d, line) = ribbon(*port, left, door);
            let width = ribbon_width(world, *topic, *partition).min(step.max(1.5));
            routes.push(Route {
                group: group.id,
                topic: *topic,
                partition: *partition,
                member: None,
                d,
                halo: String::new(),
                line,
                port: *port,
                ribbon: Some(width),
            });
        }
    }
    routes
}

/// How wide a ribbon is: with the records a second that its topic is sent, a lane's share of them for a lane.
pub(crate) fn ribbon_width(world: &World, topic: TopicId, partition: Option<u32>) -> f64 {
    let senders = world.producers().filter(|(_, producer)| producer.topics.contains(&topic));
    let per_second: f64 = senders.map(|(_, p)| p.rate.0 as f64 / 1_000.0 / p.topics.len().max(1) as f64).sum();
    let lanes = world.topic(topic).map_or(1, |t| t.partition_count()).max(1);
    let share = if partition.is_some() { per_second / f64::from(lanes) } else { per_second };
    (2.0 + share.max(0.0).sqrt()).min(12.0)
}

/// Lines from producers to the rails of their topics' lanes.
pub(crate) fn writes(world: &World, plan: &Plan) -> Vec<WriteCurve> {
    let mut curves = Vec::new();
    for (n, producer) in plan.producers.iter().enumerate() {
        let sends_to = |topic: TopicId| {
            producer.ids.iter().filter_map(|id| world.producer(*id)).any(|p| p.topics.contains(&topic))
        };
        let rails: Vec<_> = plan.topics.iter().filter(|topic| sends_to(topic.id)).flat_map(rails).collect();
        let step = (14.0_f64).min((producer.rect.h - 16.0) / rails.len().max(2) as f64);
        let first = producer.rect.cy() - step * (rails.len().saturating_sub(1)) as f64 / 2.0;
        for (i, (topic, partition, to)) in rails.into_iter().enumerate() {
            let from = (producer.rect.right(), first + i as f64 * step);
            let (d, line) = Pen::at(from.0, from.1).cubic((from.0 + 38.0, from.1), (to.0 - 46.0, to.1), to).finish();
            curves.push(WriteCurve { producer: n, topic, partition, d, points: line.points().to_vec() });
        }
    }
    curves
}

/// Where the rails of a topic begin: one a lane, one for all bars, one for the strip of lanes that are not drawn.
pub(crate) fn rails(topic: &TopicBox) -> Vec<(TopicId, Option<u32>, (f64, f64))> {
    if let Some(bars) = &topic.bars {
        return vec![(topic.id, None, (topic.rect.x, bars.rail))];
    }
    let lanes = topic.lanes.iter();
    let mut rails: Vec<_> =
        lanes.map(|lane| (topic.id, Some(lane.tp.partition), (lane.rect.x, lane.rect.y + lane.m.rail))).collect();
    if let Some((_, strip)) = topic.more {
        rails.push((topic.id, None, (strip.x, strip.cy())));
    }
    rails
}
