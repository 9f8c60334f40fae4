//! A lane drawn as a log that runs to the right: rail, chip, cells with offsets, a cursor row a group.

use kafka_lanes_core::spec::OffsetReset;
use kafka_lanes_core::{Group, GroupId, Log};

use crate::alarms::is_growing;
use crate::copies::{self, is_hidden};
use crate::draw::Ctx;
use crate::fold::labels;
use crate::glyph::Glyph;
use crate::measure::{fit, fits, width};
use crate::part::Part;
use crate::path::Pen;
use crate::plan::{LaneBox, TopicBox, group_hue};
use crate::shape::{Anchor, Rect, Shape, hatch};
use crate::target::Target;

/// All parts of a lane.
pub(crate) fn parts(ctx: Ctx, topic: &TopicBox, lane: &LaneBox) -> Vec<Part> {
    if lane.upright {
        return crate::column::parts(ctx, topic, lane);
    }
    let Some(log) = ctx.world.log(lane.tp) else { return Vec::new() };
    let mut parts = vec![board(ctx, lane, log)];
    parts.extend((lane.first(log)..log.end()).filter_map(|offset| cell(ctx, lane, log, offset)));
    parts.push(next_slot(lane, log));
    parts.extend(copies::beside(ctx, lane, log));
    let names = labels(ctx.world, &topic.readers, lane.lead - 8.0, 11.0);
    for (n, (id, name)) in topic.readers.iter().zip(names).enumerate() {
        if let Some(group) = ctx.world.group(*id) {
            let y = lane.row(n, topic.readers.len());
            parts.push(cursor(ctx, lane, log, (*id, group), &name, y));
        }
    }
    parts
}

/// The lane itself, its chip, and how much of the log is left of the window.
fn board(ctx: Ctx, lane: &LaneBox, log: &Log) -> Part {
    let name = ctx.world.topic(lane.tp.topic).map(|t| t.name.to_string()).unwrap_or_default();
    let label = ctx.words.name_lane(&name, lane.tp.partition, log.start(), log.end());
    let key = format!("lane:{}:{}", lane.tp.topic.0, lane.tp.partition);
    let mut part = Part::plain(key, "lane", lane.rect).of(Target::Partition(lane.tp), label).focusable();
    part.add(Shape::rect(lane.rect, 9.0, "lane-box"));
    let room = lane.lead - 14.0;
    let middle = lane.rect.y + lane.m.cell_top + lane.m.cell / 2.0;
    let p = lane.tp.partition;
    let texts = [ctx.words.partition(p), ctx.words.lane(p), ctx.words.lane_initial(p)];
    let text = texts.into_iter().find(|text| fits(text, room - 4.0, 11.5, 700)).unwrap_or_else(|| p.to_string());
    let chip_x = lane.rect.x + if lane.lead > 60.0 { 10.0 } else { 5.0 };
    let chip = Rect::new(chip_x, middle - 12.0, lane.rect.x + lane.lead - 4.0 - chip_x, 24.0);
    part.add(Shape::rect(chip, 6.0, "chip"));
    part.add(Shape::text(chip.cx(), middle + 4.3, Anchor::Middle, (11.5, 700), "chip-ink", text));
    let older = lane.first(log) - log.start();
    if older > 0 {
        let text = ctx.words.older(older);
        let text =
            if fits(&text, lane.lead - 8.0, 11.0, 400) { text } else { format!("+{}", ctx.words.short_number(older)) };
        // Offsets are centred on their cells: the first may reach to the left of its own.
        let x = lane.rect.x + lane.lead - 5.0;
        let y = lane.rect.y + lane.m.cell_top + lane.m.cell + lane.m.offset;
        part.add(Shape::text(x, y, Anchor::End, (11.0, 400), "muted", fit(&text, lane.lead - 6.0, 11.0, 400)));
        part.add(Shape::rect(
            Rect::new(lane.rect.x + lane.lead - 2.5, middle - lane.m.cell / 2.0, 1.5, lane.m.cell),
            0.5,
            "fade",
        ));
    }
    part.ringed(ctx.view.selected)
}

/// A record's cell with the glyph of its key, radius `r`, whichever way the lane runs; none where it is gone.
pub(crate) fn cell_box(ctx: Ctx, lane: &LaneBox, log: &Log, offset: u64, r: f64) -> Option<Part> {
    let record = log.record(offset)?;
    let rect = lane.cell(log, offset);
    let glyph = Glyph::of_record(ctx.world, record.key);
    let key = record.key.map_or_else(|| ctx.words.no_key(), |key| ctx.key_text(key));
    let label = ctx.words.name_record(offset, &key, lane.tp.partition);
    let key = format!("cell:{}:{}:{offset}", lane.tp.topic.0, lane.tp.partition);
    let class = if is_hidden(log, offset) { "cell hidden" } else { "cell" };
    let mut part =
        Part::plain(key, format!("{class} {}", glyph.hue_class()), rect).of(Target::Record(lane.tp, offset), label);
    part.add(Shape::rect(rect, 5.0, "cell-box"));
    part.add(Shape::glyph(rect.cx(), rect.cy(), r, glyph));
    Some(part)
}

fn cell(ctx: Ctx, lane: &LaneBox, log: &Log, offset: u64) -> Option<Part> {
    let rect = lane.cell(log, offset);
    let mut part = cell_box(ctx, lane, log, offset, 10.4 * rect.h.min(32.0) / 32.0)?;
    if shows_offset(lane, log, offset) {
        part.add(Shape::text(
            rect.cx(),
            rect.bottom() + lane.m.offset,
            Anchor::Middle,
            (11.0, 400),
            "muted mono",
            offset.to_string(),
        ));
    }
    Some(part.ringed(ctx.view.selected))
}

/// Where offsets are wider than cells, only some are written; the next one always is.
fn shows_offset(lane: &LaneBox, log: &Log, offset: u64) -> bool {
    let widest = width(&log.end().to_string(), 11.0, 400, true) + 5.0;
    let step = (widest / lane.pitch).ceil() as u64;
    let first = lane.first(log);
    let room_left = first == log.start() || offset != first || step <= 1;
    room_left && (log.end() - offset).is_multiple_of(step.max(1))
}

/// Where the next record lands, its offset, and the rail that brings it.
fn next_slot(lane: &LaneBox, log: &Log) -> Part {
    let rect = lane.cell(log, log.end());
    let mut part = Part::plain(format!("next:{}:{}", lane.tp.topic.0, lane.tp.partition), "next", rect);
    part.add(Shape::rect(rect.inset(0.5), 5.0, "next-box"));
    let (x, rail) = (rect.cx(), lane.rect.y + lane.m.rail);
    let (d, _) = Pen::at(lane.rect.x, rail).through(&[(x, rail), (x, rect.y - 2.0)], 8.0).finish();
    part.add(Shape::path(d, "wire"));
    part.add(Shape::path(
        format!("M{} {}l4 7l4 -7z", crate::shape::n(x - 4.0), crate::shape::n(rect.y - 7.0)),
        "wire-head",
    ));
    part.add(Shape::text(
        x,
        rect.bottom() + lane.m.offset,
        Anchor::Middle,
        (11.0, 400),
        "muted mono",
        log.end().to_string(),
    ));
    part
}

/// What a group has done with a lane, in offsets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reading {
    /// Below it all is read and safe.
    pub(crate) committed: u64,
    /// From `committed` to it: in hand, would be read again after a crash.
    pub(crate) position: u64,
    /// From `position` to it: still to read.
    pub(crate) end: u64,
    /// Whether the group has committed anything here.
    pub(crate) has_committed: bool,
    /// Whether a member reads it now.
    pub(crate) has_reader: bool,
}

impl Reading {
    pub(crate) fn of(group: &Group, lane: kafka_lanes_core::TopicPartition, log: &Log) -> Self {
        let end = log.high_watermark();
        let committed = group.committed.get(&lane).copied();
        let position = group.position(lane);
        // Where nothing is committed yet, all that the group would read is in hand or still to read.
        let start = if group.reset == OffsetReset::Latest { position.unwrap_or(end) } else { log.start() };
        let base = committed.unwrap_or(start).clamp(log.start().min(end), end);
        Self {
            committed: base,
            position: position.unwrap_or(base).clamp(base, end),
            end,
            has_committed: committed.is_some(),
            has_reader: position.is_some(),
        }
    }

    /// The lag as the tools print it, in words; and whether it is worth a look.
    pub(crate) fn words(self, ctx: Ctx) -> (String, &'static str, u16) {
        let lag = self.end - self.committed;
        if !self.has_reader && (lag > 0 || !self.has_committed) {
            return (ctx.words.nobody_reads(), "group-ink", 400);
        }
        match lag {
            _ if !self.has_committed && self.end > 0 => (ctx.words.no_commit_yet(), "muted", 400),
            0 => (ctx.words.caught_up(), "muted", 400),
            lag => (ctx.words.behind(lag), "group-ink", if lag > 3 { 700 } else { 400 }),
        }
    }
}

fn cursor(ctx: Ctx, lane: &LaneBox, log: &Log, (id, group): (GroupId, &Group), name: &str, y: f64) -> Part {
    let reading = Reading::of(group, lane.tp, log);
    let (lag, lag_class, lag_weight) = reading.words(ctx);
    let label = ctx.words.name_cursor(&group.name, lane.tp.partition, &lag);
    let key = format!("cursor:{}:{}:{}", id.0, lane.tp.topic.0, lane.tp.partition);
    let row = Rect::new(lane.rect.x + 4.0, y - lane.m.row.min(20.0) / 2.0, lane.rect.w - 8.0, lane.m.row.min(20.0));
    let hue = group_hue(id);
    let mut part = Part::plain(key, format!("cursor {hue}"), row).of(Target::Cursor(id, lane.tp), label);
    part.add(Shape::rect(row, 3.0, "hit"));

    part.add(Shape::text(lane.rect.x + lane.lead - 4.0, y + 3.8, Anchor::End, (11.0, 600), "group-ink", name));
    let half = if lane.m.row < 15.0 { 4.0 } else { 5.0 };
    let start = lane.rect.x + lane.lead;
    let at = |offset: u64| lane.along(log, offset);
    let (committed, position, end) = (at(reading.committed), at(reading.position), at(reading.end));
    if committed > start {
        part.add(Shape::line(start, y, committed, y, "read"));
    }
    let left = Rect::new(position, y - half, end - position, 2.0 * half);
    if left.w > 0.0 {
        part.add(Shape::rect(left, 1.5, "left"));
        part.add(Shape::path(hatch(left, 7.0), "hatch"));
    }
    if position > committed {
        part.add(Shape::rect(Rect::new(committed, y - half, position - committed, 2.0 * half), 1.5, "held"));
    }
    if reading.has_committed && reading.committed >= lane.first(log) {
        part.add(Shape::line(committed, y - half - 2.0, committed, y + half + 2.0, "tick"));
    }
    // Bars end where the next slot begins, so the text may reach back to there.
    let right = lane.rect.right() - 10.0;
    let room = right - (start + (lane.slots - 1) as f64 * lane.pitch) - 4.0;
    let behind = reading.end - reading.committed;
    let (short, lag_class) = match is_growing(ctx.world, id, lane.tp) {
        true => (ctx.words.growing(behind), "growing"),
        false => ([lag, ctx.words.short_number(behind)], lag_class),
    };
    if let Some(text) = short.into_iter().find(|text| fits(text, room, 11.0, lag_weight)) {
        part.add(Shape::text(right, y + 3.8, Anchor::End, (11.0, lag_weight), lag_class, text));
    }
    let class = if reading.has_reader { "port" } else { "port loose" };
    part.add(Shape::circle(lane.rect.right(), y, 3.2, class));
    part.ringed(ctx.view.selected)
}
