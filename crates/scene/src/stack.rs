//! A narrow picture of many things: panels under one another, lines down the left edge to the lanes,
//! ribbons down the right edge to the groups.

use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::brokers;
use crate::fold::{Folding, producer_boxes};
use crate::group_box::{GroupPlan, MEMBER_PITCH};
use crate::path::Pen;
use crate::plan::{Metrics, Plan, WriteCurve};
use crate::portrait::MARGIN;
use crate::producer_box;
use crate::route::Route;
use crate::shape::Rect;
use crate::topic_box::{Columns, TopicPlan};
use crate::view::View;
use crate::wiring::{rails, ribbon_ports, ribbon_width};

/// More lanes than this, and topics fold.
const MAX_LANES: u32 = 4;
/// From a track to the next, px; no more tracks than this on a side.
const TRACK: f64 = 5.0;
const MAX_TRACKS: usize = 8;
const GAP: f64 = 12.0;

/// All boxes and paths.
pub(crate) fn plan(world: &World, view: &View, words: &dyn PictureWords) -> Plan {
    let mut folding = Folding::by_number(world, view, MAX_LANES);
    while !folding.topics.is_empty() && folding.fold_largest_topic(world, view) {}
    let sources = producer_boxes(world, view).len().min(MAX_TRACKS);
    let sinks = world.groups().count().min(MAX_TRACKS);
    let left = MARGIN + 6.0 + TRACK * sources as f64;
    let right = view.width - MARGIN - 6.0 - TRACK * sinks as f64;
    let m = Metrics::COMPACT;

    let producers = producer_box::bars(world, view, words, Rect::new(left, 2.0, right - left, 46.0), 8.0);
    let mut y = producers.last().map_or(2.0, |last| last.rect.bottom() + 16.0);
    let mut topics = Vec::new();
    for (id, _) in world.topics() {
        let folded = folding.topics.contains(&id);
        let topic = TopicPlan::new(world, view, id, folded, right - left, Columns::NARROW.with_copies(world))
            .place(left, y, &m, 0.0);
        y = topic.rect.bottom() + GAP;
        topics.push(topic);
    }
    let brokers = brokers::place(world, Rect::new(left, y - GAP, right - left, 0.0));
    y += brokers::height(world, right - left);
    let mut groups = Vec::new();
    for (id, group) in world.groups() {
        let folded = folding.groups.contains(&id);
        let group = GroupPlan::new(view, (id, group), folded, right - left, 32.0).place(world, left, y, MEMBER_PITCH.0);
        y = group.rect.bottom() + GAP;
        groups.push(group);
    }
    let mut plan = Plan {
        width: view.width,
        height: y - GAP + 6.0,
        captions: Vec::new(),
        legend: None,
        producers,
        topics,
        groups,
        brokers,
        routes: Vec::new(),
        writes: Vec::new(),
        ribbons: true,
        small: true,
        services: None,
    };
    plan.routes = routes(world, &plan, right);
    plan.writes = writes(world, &plan);
    plan
}

/// Ribbons down the right edge. The first group's track is the innermost, so that none has to be crossed
/// on the way in.
fn routes(world: &World, plan: &Plan, edge: f64) -> Vec<Route> {
    let mut routes = Vec::new();
    for (n, group) in plan.groups.iter().enumerate() {
        let track = edge + 6.0 + TRACK * n.min(MAX_TRACKS - 1) as f64;
        let ports = plan.topics.iter().flat_map(|topic| {
            ribbon_ports(world, topic, group.id).into_iter().map(|(partition, port)| (topic.id, partition, port))
        });
        let ports: Vec<_> = ports.collect();
        let step = (group.rect.h - 20.0) / (ports.len() + 1) as f64;
        for (i, (topic, partition, port)) in ports.into_iter().enumerate() {
            let door = group.rect.y + 10.0 + step * (i + 1) as f64;
            let corners = [(track, port.1), (track, door), (group.rect.right(), door)];
            let (d, line) = Pen::at(port.0, port.1).through(&corners, 6.0).finish();
            routes.push(Route {
                group: group.id,
                topic,
                partition,
                member: None,
                halo: String::new(),
                d,
                line,
                port,
                ribbon: Some(ribbon_width(world, topic, partition).min(3.5)),
            });
        }
    }
    routes
}

/// Lines down the left edge. The first producer's track is the outermost.
fn writes(world: &World, plan: &Plan) -> Vec<WriteCurve> {
    let mut curves = Vec::new();
    for (n, producer) in plan.producers.iter().enumerate() {
        let track = MARGIN + 1.0 + TRACK * n.min(MAX_TRACKS - 1) as f64;
        let from = (producer.rect.x, producer.rect.cy());
        let senders = || producer.ids.iter().filter_map(|id| world.producer(*id));
        for topic in plan.topics.iter().filter(|topic| senders().any(|p| p.topics.contains(&topic.id))) {
            for (topic, partition, to) in rails(topic) {
                let corners = [(track, from.1), (track, to.1), to];
                let (d, line) = Pen::at(from.0, from.1).through(&corners, 6.0).finish();
                curves.push(WriteCurve { producer: n, topic, partition, d, points: line.points().to_vec() });
            }
        }
    }
    curves
}
