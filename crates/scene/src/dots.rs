//! Records on their way: a pure function of the world at its moment.

use kafka_lanes_core::sorted::{SortedMap, SortedSet};
use kafka_lanes_core::{
    Batch, FetchResponse, GroupId, KeyId, ProduceRequest, ProducerId, Time, TopicId, TopicPartition, World,
};

use crate::arrows;
use crate::glyph::Glyph;
use crate::path::Polyline;
use crate::plan::TopicBox;
use crate::scene::Scene;
use crate::services;

/// Batches on their way to lanes, by who sent them and where they go.
type WritesByPath<'a> = SortedMap<(ProducerId, TopicPartition), Vec<(&'a ProduceRequest, &'a Batch)>>;

/// From a record to the next of the same answer, px.
const TRAIN_GAP: f64 = 15.0;
/// Closer together than this, px, records of a path can't be told apart: they are shown as flow.
const LEAST_GAP: f64 = 6.0;
/// The same for records of many lanes on one curve.
const SHARED_GAP: f64 = 10.0;

/// Which way a record goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DotKind {
    /// From a producer to its lane: drawn with its letter.
    Write,
    /// From a lane to a consumer: drawn smaller, without.
    Read,
    /// From a service to one that it calls.
    Call,
    /// Back, where all was done.
    Answer,
    /// Back, where it was not.
    Refusal,
}

impl DotKind {
    /// Radius of its glyph, px.
    pub const fn radius(self) -> f64 {
        match self {
            Self::Write => 8.0,
            Self::Read => 5.6,
            Self::Call => 6.4,
            Self::Answer => 7.6,
            Self::Refusal => 8.8,
        }
    }

    /// Whether its glyph has a letter in it.
    pub const fn has_letter(self) -> bool {
        matches!(self, Self::Write | Self::Answer | Self::Refusal)
    }
}

/// A record on its way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Middle, across, px.
    pub x: f64,
    /// Middle, down, px.
    pub y: f64,
    /// Its tail, along the path that it came: three points, the nearest first.
    pub tail: [(f64, f64); 3],
    /// Which way it goes.
    pub kind: DotKind,
    /// Its key; none where it has none, or the log has dropped the record meanwhile.
    pub key: Option<KeyId>,
    /// How it looks; none where the log has dropped it.
    pub glyph: Option<Glyph>,
    /// Whether something else is selected.
    pub dim: bool,
}

/// Records on one path, too many to be told apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// The path.
    pub line: Polyline,
    /// Which way they go.
    pub kind: DotKind,
    /// The group that they go to, where they go to one.
    pub group: Option<GroupId>,
    /// How many they are.
    pub records: usize,
}

/// All that moves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Motion {
    /// Records that are drawn one by one.
    pub dots: Vec<Dot>,
    /// Records that are drawn as a stream.
    pub flows: Vec<Flow>,
}

impl Motion {
    /// Records that it shows, one by one or as flow: equal to [`in_flight`].
    pub fn records(&self) -> usize {
        self.dots.len() + self.flows.iter().map(|flow| flow.records).sum::<usize>()
    }
}

/// Records on their way at this moment, as the core has them: all from producers to lanes, and those from
/// lanes to consumers that still read the lane; and calls between services, with their answers. What flies to a consumer that crashed, left or lost the
/// lane is dropped on arrival; it has no arrow any more, is not drawn and not counted.
pub fn in_flight(world: &World) -> usize {
    let reads: u64 = world.fetch_responses().flat_map(|r| runs(world, r)).map(|(_, next, end)| end - next).sum();
    (world.records_under_way() + reads) as usize + world.flights().count()
}

/// Where each record is that is on its way: linear in time along its path, by arc length.
pub fn motion(world: &World, scene: &Scene) -> Motion {
    let mut motion = Motion::default();
    writes(world, scene, &mut motion);
    reads(world, scene, &mut motion);
    if services::is_any(world) {
        services::flights(world, scene, &mut motion);
    }
    motion
}

/// The records of [`motion`] that are drawn one by one.
pub fn dots(world: &World, scene: &Scene) -> Vec<Dot> {
    motion(world, scene).dots
}

fn writes(world: &World, scene: &Scene, motion: &mut Motion) {
    let mut by_path = WritesByPath::new();
    for request in world.produce_requests() {
        for batch in request.batches.iter() {
            by_path.get_or_default((request.producer, batch.to)).push((request, batch));
        }
    }
    let crowds = crowds(world, scene, &by_path, motion);
    for ((producer, to), batches) in by_path {
        if crowds.contains(&(producer, to.topic)) {
            continue;
        }
        let line = write_path(world, scene, producer, to);
        let records = count(&batches);
        if is_crowded(records, &line) {
            motion.flows.push(Flow { line, kind: DotKind::Write, group: None, records });
            continue;
        }
        for (request, batch) in batches {
            let progress = progress(world.now(), request.departed, request.arrives);
            for (n, record) in batch.records.iter().enumerate() {
                let s = train(progress, n, batch.len() as usize, line.length());
                let glyph = Glyph::of_record(world, record.key);
                motion.dots.push(dot(&line, s, DotKind::Write, (record.key, Some(glyph)), false));
            }
        }
    }
}

/// The lanes of a folded topic share a curve and a rail: where these are crowded with a producer's records,
/// all of them are one flow.
fn crowds(
    world: &World,
    scene: &Scene,
    by_path: &WritesByPath,
    motion: &mut Motion,
) -> SortedSet<(ProducerId, TopicId)> {
    let mut counts: SortedMap<_, Vec<_>> = SortedMap::new();
    for ((producer, to), batches) in by_path.iter() {
        if scene.plan.topic(to.topic).is_some_and(|topic| topic.bars.is_some()) {
            let place = scene.plan.producers.iter().position(|p| p.ids.contains(producer));
            counts.get_or_default((place, to.topic)).push((*producer, *to, count(batches)));
        }
    }
    let mut crowds = SortedSet::new();
    for paths in counts.into_values() {
        let records: usize = paths.iter().map(|(.., count)| count).sum();
        let longest = paths.iter().max_by_key(|(_, to, _)| to.partition);
        let Some(line) = longest.map(|(producer, to, _)| write_path(world, scene, *producer, *to)) else { continue };
        if records as f64 * SHARED_GAP > line.length() {
            motion.flows.push(Flow { line, kind: DotKind::Write, group: None, records });
            crowds.extend(paths.into_iter().map(|(producer, to, _)| (producer, to.topic)));
        }
    }
    crowds
}

fn reads(world: &World, scene: &Scene, motion: &mut Motion) {
    let mut by_path: SortedMap<_, Vec<_>> = SortedMap::new();
    for response in world.fetch_responses() {
        for (from, next, end) in runs(world, response) {
            by_path.get_or_default((response.group, from, response.member)).push((response, next, end));
        }
    }
    for ((group, from, member), runs) in by_path {
        let Some(route) = scene.route(group, member, from) else { continue };
        let records: u64 = runs.iter().map(|(_, next, end)| end - next).sum();
        if is_crowded(records as usize, &route.line) {
            let (line, records) = (route.line.clone(), records as usize);
            motion.flows.push(Flow { line, kind: DotKind::Read, group: Some(group), records });
            continue;
        }
        let dim = arrows::lit(scene.view.selected, route) == Some(false);
        for (response, next, end) in runs {
            let progress = progress(world.now(), response.departed, response.arrives);
            for (n, offset) in (next..end).enumerate() {
                let key = world.record(from, offset).map(|record| record.key);
                let s = train(progress, n, (end - next) as usize, route.line.length());
                let look = (key.flatten(), key.map(|key| Glyph::of_record(world, key)));
                motion.dots.push(dot(&route.line, s, DotKind::Read, look, dim));
            }
        }
    }
}

fn count(batches: &[(&ProduceRequest, &Batch)]) -> usize {
    batches.iter().map(|(_, batch)| batch.len()).sum::<u64>() as usize
}

fn dot(line: &Polyline, s: f64, kind: DotKind, (key, glyph): (Option<KeyId>, Option<Glyph>), dim: bool) -> Dot {
    let (x, y, _) = line.at(s);
    let step = if kind == DotKind::Write { 11.0 } else { 8.0 };
    let tail = [1.0, 2.0, 3.0].map(|n| {
        let (x, y, _) = line.at((s - n * step).max(0.0));
        (x, y)
    });
    Dot { x, y, tail, kind, key, glyph, dim }
}

/// The n-th record of a batch or an answer of `count`: they fly one behind the other, the last one leaving as the
/// answer departs and the first one there as it arrives.
fn train(progress: f64, n: usize, count: usize, length: f64) -> f64 {
    let others = count.saturating_sub(1) as f64;
    let gap = if others > 0.0 { TRAIN_GAP.min(0.5 * length / others) } else { 0.0 };
    let head = gap * others;
    head + progress * (length - head) - n as f64 * gap
}

pub(crate) fn is_crowded(records: usize, line: &Polyline) -> bool {
    records as f64 * LEAST_GAP > line.length().max(24.0)
}

pub(crate) fn progress(now: Time, departed: Time, arrives: Time) -> f64 {
    let whole = arrives.since(departed).0;
    if whole == 0 { 1.0 } else { (now.since(departed).0 as f64 / whole as f64).clamp(0.0, 1.0) }
}

/// The runs of an answer that its consumer will still take, as `(lane, next, end)`.
fn runs<'a>(world: &'a World, response: &'a FetchResponse) -> impl Iterator<Item = (TopicPartition, u64, u64)> + 'a {
    let member = world.group(response.group).and_then(|group| group.members.get(&response.member));
    let is_read = move |tp: TopicPartition| member.is_some_and(|member| member.cursors.contains_key(&tp));
    response.runs.iter().filter(move |run| is_read(run.from)).map(|run| (run.from, run.next, run.end))
}

/// From the producer to the next slot of the lane, or to the bar of a folded one. A producer that is gone
/// has no box: then from where the rail begins.
pub(crate) fn write_path(world: &World, scene: &Scene, producer: ProducerId, to: TopicPartition) -> Polyline {
    let plan = &scene.plan;
    let from = plan.producers.iter().position(|p| p.ids.contains(&producer));
    let curves = || plan.writes.iter().filter(|c| Some(c.producer) == from && c.topic == to.topic);
    let curve =
        curves().find(|c| c.partition == Some(to.partition)).or_else(|| curves().find(|c| c.partition.is_none()));
    let mut points = curve.map(|curve| curve.points.clone()).unwrap_or_default();
    if let Some(topic) = plan.topic(to.topic) {
        points.extend(landing(world, topic, to));
    }
    Polyline::new(points)
}

/// The way inside a topic's panel, rail first.
fn landing(world: &World, topic: &TopicBox, to: TopicPartition) -> Vec<(f64, f64)> {
    if let Some(bars) = &topic.bars {
        let bar = bars.bar(0, to.partition);
        return vec![(topic.rect.x, bars.rail), (bar.cx(), bars.rail), (bar.cx(), bar.y)];
    }
    if let (Some(lane), Some(log)) = (topic.lane(to.partition), world.log(to)) {
        let slot = lane.cell(log, log.end());
        if lane.upright {
            let rail = lane.rect.x + lane.m.rail;
            return vec![(rail, lane.rect.y), (rail, slot.cy()), (slot.x, slot.cy())];
        }
        let rail = lane.rect.y + lane.m.rail;
        return vec![(lane.rect.x, rail), (slot.cx(), rail), (slot.cx(), slot.y)];
    }
    topic.more.map(|(_, strip)| vec![(strip.x, strip.cy()), (strip.x + 10.0, strip.cy())]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use kafka_lanes_core::spec::{
        Assignment, ConsumerSpec, GroupSpec, PartitionName, ProducerSpec, Rate, TopicSpec, WorldSpec,
    };
    use kafka_lanes_core::{History, MemberId, Span};
    use kafka_lanes_words::English;

    use super::*;
    use crate::View;

    /// Two may choose the same partition for themselves; or one does not know yet that it has lost it.
    #[test]
    fn of_two_readers_of_a_lane_each_has_its_own_records() {
        let partition = PartitionName { topic: "t".into(), partition: 0 };
        let consumer = |name: &str| ConsumerSpec {
            name: name.into(),
            assigned: vec![partition.clone()],
            ..ConsumerSpec::default()
        };
        let group = GroupSpec {
            assignment: Assignment::Manual,
            consumers: vec![consumer("a"), consumer("b")],
            processing: Span::from_millis(10),
            ..GroupSpec::new("g", vec!["t".into()])
        };
        let producer = ProducerSpec { rate: Rate::per_second(4), ..ProducerSpec::new("p", vec!["t".into()]) };
        let spec = WorldSpec {
            topics: vec![TopicSpec::new("t", 1)],
            producers: vec![producer],
            groups: vec![group],
            ..WorldSpec::default()
        };
        let mut history = History::new(spec, 1).unwrap();
        history.advance(Time::from_secs(20), u64::MAX);
        let world = history.world();
        let scene = crate::layout(world, &View::new(1_280.0, 620.0), &English);
        let ends: Vec<(f64, f64)> =
            scene.routes().iter().map(|route| route.line.at(route.line.length())).map(|(x, y, _)| (x, y)).collect();
        assert_eq!(ends.len(), 2);
        let keys = scene.parts().filter(|part| part.key.starts_with("route:")).map(|part| &part.key);
        assert_eq!(keys.collect::<std::collections::BTreeSet<_>>().len(), 2);
        let reads = world.fetch_responses().flat_map(|response| runs(world, response)).count();
        assert!(world.fetch_responses().any(|r| r.member.0 == 0) && world.fetch_responses().any(|r| r.member.0 == 1));
        let dots = motion(world, &scene).dots;
        assert!(dots.iter().filter(|dot| dot.kind == DotKind::Read).count() >= reads);
        assert_eq!(motion(world, &scene).records(), in_flight(world));
        let paths =
            |member| scene.route(GroupId(0), MemberId(member), TopicPartition { topic: TopicId(0), partition: 0 });
        assert_ne!(paths(0).unwrap().d, paths(1).unwrap().d);
    }

    #[test]
    fn a_train_never_bunches_up_and_its_head_arrives_on_time() {
        for count in 1..60 {
            for step in 0..=10 {
                let p = f64::from(step) / 10.0;
                let places: Vec<f64> = (0..count).map(|n| train(p, n, count, 200.0)).collect();
                assert!(places.iter().all(|s| (-1e-9..=200.0 + 1e-9).contains(s)), "{places:?}");
                assert!(places.windows(2).all(|pair| pair[0] > pair[1]), "{places:?}");
            }
            assert_eq!(train(1.0, 0, count, 200.0), 200.0);
        }
    }
}
