//! The copies of a lane: a tile for each broker that has one, the high watermark, and what is the matter.

use kafka_lanes_core::{BrokerId, Log, Replication, TopicId, World};
use kafka_lanes_words::Trouble;

use crate::brokers::{TILE, number};
use crate::draw::Ctx;
use crate::measure::fits;
use crate::part::Part;
use crate::plan::LaneBox;
use crate::shape::{Anchor, Rect, Shape};
use crate::target::Target;

/// From a tile to the next.
const PITCH: f64 = TILE + 3.0;
/// More copies than these are told by numbers.
const MOST: usize = 4;

/// How wide the tiles of the lane with most copies are, with what is around them; 0 where there is but one copy.
pub(crate) fn room(world: &World) -> f64 {
    match world.partitions().map(|(_, log)| log.replication().replicas.len()).max() {
        None | Some(0 | 1) => 0.0,
        Some(copies) => 18.0 + PITCH * copies.min(MOST) as f64,
    }
}

/// How high a line of tiles is in a lane that stands upright; 0 where there is but one copy.
pub(crate) fn line(world: &World, topic: TopicId) -> f64 {
    let copied = world.topic(topic).is_some_and(|topic| topic.partitions.iter().any(is_copied));
    if copied { 19.0 } else { 0.0 }
}

fn is_copied(log: &Log) -> bool {
    log.replication().replicas.len() > 1
}

/// Whether a record is in the log, and no reader may see it yet.
pub(crate) fn is_hidden(log: &Log, offset: u64) -> bool {
    is_copied(log) && offset >= log.high_watermark()
}

/// All that stands on a lane beside its records: its copies, and what is or was wrong; an alarm before a trouble.
pub(crate) fn beside(ctx: Ctx, lane: &LaneBox, log: &Log) -> Vec<Part> {
    let is_quiet = ctx.world.journal().alarms.is_empty() && trouble_is_far(ctx.world, log);
    if is_quiet { Vec::new() } else { all_beside(ctx, lane, log) }
}

/// There is one copy, and its broker runs. So it is in most worlds, and the rest of this file is not needed.
fn trouble_is_far(world: &World, log: &Log) -> bool {
    !is_copied(log) && world.brokers().all(|(_, broker)| broker.is_running())
}

#[inline(never)]
fn all_beside(ctx: Ctx, lane: &LaneBox, log: &Log) -> Vec<Part> {
    let right = free_until(lane, log);
    let mut parts: Vec<Part> = part(ctx, lane, log).into_iter().collect();
    let alarm = crate::alarms::part(ctx, lane, log, right);
    if !alarm.as_ref().is_some_and(|(_, has_pill)| *has_pill) {
        parts.extend(trouble_part(ctx, lane, log, right));
    }
    parts.extend(alarm.map(|(part, _)| part));
    parts
}

/// The tiles and the mark of the high watermark; nothing where there is but one copy.
#[inline(never)]
fn part(ctx: Ctx, lane: &LaneBox, log: &Log) -> Option<Part> {
    if !is_copied(log) {
        return None;
    }
    let replication = log.replication();
    let tiles = tiles(lane, log, replication.replicas.len());
    let key = format!("copies:{}:{}", lane.tp.topic.0, lane.tp.partition);
    let mut part = Part::plain(key, "copies", tiles).of(Target::Partition(lane.tp), label(ctx, lane, replication));
    part.add(watermark(lane, log));
    if replication.replicas.len() > MOST {
        let text = ctx.words.in_sync_of(replication.isr.len(), replication.replicas.len());
        part.add(Shape::text(tiles.cx(), tiles.cy() + 4.0, Anchor::Middle, (11.0, 600), "ink", text));
        return Some(part);
    }
    for (n, replica) in replication.replicas.iter().enumerate() {
        let tile = Rect::new(tiles.x + PITCH * n as f64, tiles.y, TILE, TILE);
        let [ground, text] = number(replica.broker, tile, replication.leader == Some(replica.broker));
        part.add(ground);
        if !replication.isr.contains(&replica.broker) {
            part.add(Shape::rect(tile.inset(-1.5), 5.5, "out-of-sync"));
        }
        part.add(text);
        if is_silent(ctx.world, replica.broker) {
            part.add(Shape::line(tile.x - 1.0, tile.bottom() + 1.0, tile.right() + 1.0, tile.y - 1.0, "struck"));
        }
    }
    Some(part)
}

/// What is the matter with the lane, in the room left of `right`, if it has any.
#[inline(never)]
fn trouble_part(ctx: Ctx, lane: &LaneBox, log: &Log, right: f64) -> Option<Part> {
    let texts = ctx.words.trouble(trouble(ctx.world, log)?);
    let end = lane.cell(log, log.end());
    let room = right - end.right() - 8.0;
    let text = texts.into_iter().find(|text| !lane.upright && fits(text, room, 11.5, 600))?;
    let key = format!("trouble:{}:{}", lane.tp.topic.0, lane.tp.partition);
    let bounds = Rect::new(end.right() + 8.0, end.y, room, end.h);
    Some(Part::plain(key, "trouble", bounds).with([Shape::text(
        right,
        end.cy() + 4.0,
        Anchor::End,
        (11.5, 600),
        "ink",
        text,
    )]))
}

/// Where the free room of the cells' line ends: before the tiles, if there are any.
fn free_until(lane: &LaneBox, log: &Log) -> f64 {
    let tiles = is_copied(log).then(|| tiles(lane, log, log.replication().replicas.len()));
    tiles.map_or(lane.rect.right(), |tiles| tiles.x) - 10.0
}

/// Where the tiles are: at the right of the cells' line, or under the chip where the lane stands upright.
fn tiles(lane: &LaneBox, log: &Log, copies: usize) -> Rect {
    let wide = PITCH * copies.min(MOST) as f64 - (PITCH - TILE);
    let cell = lane.cell(log, log.end());
    if lane.upright {
        let x = (cell.cx() - wide / 2.0).max(lane.rect.x + lane.m.rail + 5.0);
        return Rect::new(x, lane.rect.y + 31.0, wide, TILE);
    }
    Rect::new(lane.rect.right() - 10.0 - wide, cell.cy() - TILE / 2.0, wide, TILE)
}

/// A line across the cells where what all copies have ends.
fn watermark(lane: &LaneBox, log: &Log) -> Shape {
    let (at, cell) = (lane.along(log, log.high_watermark()), lane.cell(log, log.end()));
    match lane.upright {
        true => Shape::line(cell.x - 4.0, at, cell.right() + 4.0, at, "watermark"),
        false => Shape::line(at, cell.y - 4.0, at, cell.bottom() + 4.0, "watermark"),
    }
}

fn label(ctx: Ctx, lane: &LaneBox, replication: &Replication) -> String {
    let leader = replication.leader.map(|broker| broker.0);
    ctx.words.name_copies(lane.tp.partition, leader, &in_sync(replication, true), &in_sync(replication, false))
}

/// The numbers of the brokers whose copies are in sync, or of the others.
pub fn in_sync(replication: &Replication, in_sync: bool) -> String {
    let brokers = replication.replicas.iter().map(|replica| replica.broker);
    let some = brokers.filter(|broker| replication.isr.contains(broker) == in_sync);
    some.map(|broker| broker.0.to_string()).collect::<Vec<_>>().join(", ")
}

fn is_silent(world: &World, id: BrokerId) -> bool {
    world.broker(id).is_some_and(|broker| !broker.is_running())
}

/// What keeps the lane from being written, or read to its end; the worst first.
pub fn trouble(world: &World, log: &Log) -> Option<Trouble> {
    let replication = log.replication();
    let Some(leader) = replication.leader else { return Some(Trouble::NoLeader) };
    if is_silent(world, leader) {
        return Some(Trouble::LeaderSilent(leader.0));
    }
    let does_not_copy = |id: &BrokerId| is_silent(world, *id) || world.broker(*id).is_some_and(|broker| broker.stalled);
    let hidden = log.end() - log.high_watermark();
    let waits_for = replication.isr.iter().copied().find(|id| *id != leader && does_not_copy(id));
    if let Some(broker) = waits_for.filter(|_| hidden > 0) {
        return Some(Trouble::WaitsForCopy(hidden, broker.0));
    }
    let too_few = replication.is_under_min_isr();
    too_few.then_some(Trouble::TooFewInSync(replication.isr.len() as u32, replication.min_isr))
}
