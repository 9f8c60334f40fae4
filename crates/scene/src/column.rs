//! A lane drawn as a log that runs down: rail and offsets at the left, cells, a cursor column a group.

use kafka_lanes_core::{Group, GroupId, Log};

use crate::copies;
use crate::draw::Ctx;
use crate::lane::{Reading, cell_box};
use crate::measure::{fits, width};
use crate::part::Part;
use crate::path::Pen;
use crate::plan::{LaneBox, TopicBox, group_hue};
use crate::shape::{Anchor, Rect, Shape, hatch, n};
use crate::target::Target;

/// All parts of a lane.
pub(crate) fn parts(ctx: Ctx, topic: &TopicBox, lane: &LaneBox) -> Vec<Part> {
    let Some(log) = ctx.world.log(lane.tp) else { return Vec::new() };
    let mut parts = vec![board(ctx, topic, lane, log)];
    parts.extend((lane.first(log)..log.end()).filter_map(|offset| cell(ctx, lane, log, offset)));
    parts.push(next_slot(lane, log));
    parts.extend(copies::beside(ctx, lane, log));
    for (n, id) in topic.readers.iter().enumerate() {
        if let Some(group) = ctx.world.group(*id) {
            let readers = topic.readers.len();
            parts.push(cursor(ctx, lane, log, (*id, group), lane.row(n, readers), lag_room(readers)));
        }
    }
    parts
}

fn board(ctx: Ctx, topic: &TopicBox, lane: &LaneBox, log: &Log) -> Part {
    let name = ctx.world.topic(lane.tp.topic).map(|t| t.name.to_string()).unwrap_or_default();
    let label = ctx.words.name_lane(&name, lane.tp.partition, log.start(), log.end());
    let key = format!("lane:{}:{}", lane.tp.topic.0, lane.tp.partition);
    let mut part = Part::plain(key, "lane", lane.rect).of(Target::Partition(lane.tp), label).focusable();
    part.add(Shape::rect(lane.rect, 8.0, "lane-box"));
    let cells = lane.cell(log, log.end());
    let columns = if topic.readers.is_empty() { lane.rect.right() } else { lane.row(0, topic.readers.len()) - 7.0 };
    let left = lane.rect.x + lane.m.rail + 4.0;
    let room = columns - left - 1.0;
    let p = lane.tp.partition;
    let texts = [ctx.words.partition(p), ctx.words.lane(p), ctx.words.lane_initial(p)];
    let text = texts.into_iter().find(|text| fits(text, room - 4.0, 11.0, 700)).unwrap_or_else(|| p.to_string());
    let wide = (width(&text, 11.0, 700, false) + 6.0).min(room);
    let middle = cells.cx().min(columns - 1.0 - wide / 2.0).max(left + wide / 2.0);
    let chip = Rect::new(middle - wide / 2.0, lane.rect.y + 7.0, wide, 19.0);
    part.add(Shape::rect(chip, 5.0, "chip"));
    part.add(Shape::text(chip.cx(), chip.y + 13.5, Anchor::Middle, (11.0, 700), "chip-ink", text));
    let caption = ctx.words.behind_caption();
    let right = columns - 3.0 - (lag_room(topic.readers.len()) - TWO_DIGITS);
    if !topic.readers.is_empty() && fits(&caption, right - left, 11.0, 400) {
        part.add(Shape::text(right, lane.rect.bottom() - 10.0, Anchor::End, (11.0, 400), "muted", caption));
    }
    part.ringed(ctx.view.selected)
}

fn cell(ctx: Ctx, lane: &LaneBox, log: &Log, offset: u64) -> Option<Part> {
    let rect = lane.cell(log, offset);
    let mut part = cell_box(ctx, lane, log, offset, 8.0)?;
    let room = rect.x - 4.0 - (lane.rect.x + lane.m.rail + 2.0);
    let digits = offset.to_string();
    if width(&digits, 11.0, 400, true) <= room {
        part.add(Shape::text(rect.x - 4.0, rect.cy() + 4.0, Anchor::End, (11.0, 400), "muted mono", digits));
    }
    Some(part.ringed(ctx.view.selected))
}

fn next_slot(lane: &LaneBox, log: &Log) -> Part {
    let rect = lane.cell(log, log.end());
    let mut part = Part::plain(format!("next:{}:{}", lane.tp.topic.0, lane.tp.partition), "next", rect);
    part.add(Shape::rect(rect.inset(0.5), 5.0, "next-box"));
    let (x, y) = (lane.rect.x + lane.m.rail, rect.cy());
    let (d, _) = Pen::at(x, lane.rect.y).through(&[(x, y), (rect.x - 2.0, y)], 8.0).finish();
    part.add(Shape::path(d, "wire"));
    part.add(Shape::path(format!("M{} {}l7 4l-7 4z", n(rect.x - 7.0), n(y - 4.0)), "wire-head"));
    let digits = log.end().to_string();
    if width(&digits, 11.0, 400, true) <= rect.w {
        part.add(Shape::text(rect.cx(), y + 4.0, Anchor::Middle, (11.0, 400), "muted mono", digits));
    }
    part
}

/// Room for a number of two digits.
const TWO_DIGITS: f64 = 13.8;

/// For the number under a cursor: two digits, of a group alone three.
fn lag_room(readers: usize) -> f64 {
    if readers == 1 { 20.4 } else { TWO_DIGITS }
}

fn cursor(ctx: Ctx, lane: &LaneBox, log: &Log, (id, group): (GroupId, &Group), x: f64, lag_room: f64) -> Part {
    let reading = Reading::of(group, lane.tp, log);
    let (lag, lag_class, weight) = reading.words(ctx);
    let label = ctx.words.name_cursor(&group.name, lane.tp.partition, &lag);
    let key = format!("cursor:{}:{}:{}", id.0, lane.tp.topic.0, lane.tp.partition);
    let hit = Rect::new(x - 6.5, lane.rect.y + 4.0, 13.0, lane.rect.h - 8.0);
    let mut part = Part::plain(key, format!("cursor {}", group_hue(id)), hit).of(Target::Cursor(id, lane.tp), label);
    part.add(Shape::rect(hit, 3.0, "hit"));
    let initial: String = group.name.chars().next().map(|c| c.to_ascii_uppercase().into()).unwrap_or_default();
    if fits(&initial, 13.5, 11.0, 700) {
        part.add(Shape::text(x, lane.rect.y + 20.5, Anchor::Middle, (11.0, 700), "group-ink", initial));
    }
    let start = lane.rect.y + lane.lead;
    let at = |offset: u64| lane.along(log, offset);
    let (committed, position, end) = (at(reading.committed), at(reading.position), at(reading.end));
    if committed > start {
        part.add(Shape::line(x, start, x, committed, "read"));
    }
    let left = Rect::new(x - 4.0, position, 8.0, end - position);
    if left.h > 0.0 {
        part.add(Shape::rect(left, 1.5, "left"));
        part.add(Shape::path(hatch(left, 7.0), "hatch"));
    }
    if position > committed {
        part.add(Shape::rect(Rect::new(x - 4.0, committed, 8.0, position - committed), 1.5, "held"));
    }
    if reading.has_committed && reading.committed >= lane.first(log) {
        part.add(Shape::line(x - 5.5, committed, x + 5.5, committed, "tick"));
    }
    let behind = reading.end - reading.committed;
    let number = if reading.has_reader { ctx.words.short_number(behind) } else { "–".into() };
    let wide = width(&number, 11.0, weight, true);
    let number = if wide <= lag_room { number } else { "9+".into() };
    // Centred, but for what has to spread to the left.
    let (at, anchor) = if wide > TWO_DIGITS { (x + TWO_DIGITS / 2.0, Anchor::End) } else { (x, Anchor::Middle) };
    part.add(Shape::text(at, lane.rect.bottom() - 10.0, anchor, (11.0, weight), lag_class_mono(lag_class), number));
    part.add(Shape::circle(x, lane.rect.bottom(), 2.8, if reading.has_reader { "port" } else { "port loose" }));
    part.ringed(ctx.view.selected)
}

fn lag_class_mono(class: &'static str) -> &'static str {
    if class == "muted" { "muted mono" } else { "group-ink mono" }
}
