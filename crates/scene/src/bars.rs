//! A folded topic: a bar a lane, first for the lanes themselves, then a row a group.

use kafka_lanes_core::TopicPartition;

use crate::draw::Ctx;
use crate::fold::labels;
use crate::lane::Reading;
use crate::measure::{fit, fits};
use crate::part::Part;
use crate::plan::{BAR_LINE, BarsBox, TopicBox, group_hue};
use crate::shape::{Anchor, Rect, Shape};
use crate::target::Target;

/// All rows.
#[inline(never)]
pub(crate) fn parts(ctx: Ctx, topic: &TopicBox, bars: &BarsBox) -> Vec<Part> {
    let mut parts = vec![lanes_row(ctx, topic, bars)];
    let names = labels(ctx.world, &topic.readers, bars.label_room.1 - bars.label_room.0, 11.0);
    for (n, name) in names.iter().enumerate() {
        parts.push(group_row(ctx, topic, bars, n, name));
    }
    parts
}

fn partitions(ctx: Ctx, topic: &TopicBox) -> impl Iterator<Item = TopicPartition> {
    let id = topic.id;
    let count = ctx.world.topic(id).map_or(0, |t| t.partition_count());
    (0..count).map(move |partition| TopicPartition { topic: id, partition })
}

fn row_bounds(topic: &TopicBox, bars: &BarsBox, row: usize) -> Rect {
    let height = f64::from(bars.lines) * BAR_LINE;
    Rect::new(topic.rect.x + 6.0, bars.row_top(row), topic.rect.w - 12.0, height)
}

/// How much of each bar is full, 0 to 1; the last bar takes the fullest of the lanes that have none.
fn fills(bars: &BarsBox, values: impl Iterator<Item = u64>) -> Vec<f64> {
    let mut shares = vec![0; bars.shown as usize];
    for (n, value) in values.enumerate() {
        if let Some(slot) = shares.get_mut(n.min(bars.shown.saturating_sub(1) as usize)) {
            *slot = value.max(*slot);
        }
    }
    let largest = shares.iter().copied().max().unwrap_or(0).max(1) as f64;
    shares.into_iter().map(|value: u64| value as f64 / largest).collect()
}

fn bars_in(bars: &BarsBox, row: usize, fills: &[f64], class: &'static str) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for (n, fill) in fills.iter().enumerate() {
        let bar = bars.bar(row, n as u32);
        shapes.push(Shape::rect(bar, 2.5_f64.min(bar.w / 3.0), "bar-box"));
        if *fill > 0.0 {
            let width = (bar.w * fill).max(1.0);
            shapes.push(Shape::rect(Rect::new(bar.x, bar.y, width, bar.h), 2.0_f64.min(width / 3.0), class));
        }
    }
    shapes
}

fn lanes_row(ctx: Ctx, topic: &TopicBox, bars: &BarsBox) -> Part {
    let key = format!("bars:{}", topic.id.0);
    let mut part = Part::plain(key, "bars lanes-row", row_bounds(topic, bars, 0));
    let (left, right) = bars.label_room;
    let y = bars.row_top(0) + 10.3;
    part.add(Shape::text(
        right,
        y,
        Anchor::End,
        (11.0, 600),
        "muted",
        fit(&ctx.words.lanes_row(), right - left, 11.0, 600),
    ));
    let last = bars.bar(0, bars.columns.min(bars.shown).saturating_sub(1)).cx();
    part.add(Shape::line(topic.rect.x, bars.rail, last, bars.rail, "wire faint"));
    let ends = partitions(ctx, topic).filter_map(|tp| ctx.world.log(tp)).map(|log| log.end() - log.start());
    part.with(bars_in(bars, 0, &fills(bars, ends), "log-fill"))
}

fn group_row(ctx: Ctx, topic: &TopicBox, bars: &BarsBox, n: usize, name: &str) -> Part {
    let id = topic.readers[n];
    let Some(group) = ctx.world.group(id) else {
        return Part::plain(format!("bars:{}:{}", topic.id.0, id.0), "bars", Rect::default());
    };
    let lags: Vec<u64> = partitions(ctx, topic)
        .filter_map(|tp| ctx.world.log(tp).map(|log| Reading::of(group, tp, log)))
        .map(|reading| reading.end - reading.committed)
        .collect();
    let total: u64 = lags.iter().sum();
    let lag = if total == 0 { ctx.words.caught_up() } else { ctx.words.behind(total) };
    let row = n + 1;
    let topic_name = ctx.world.topic(topic.id).map(|t| t.name.to_string()).unwrap_or_default();
    let label = format!("{}: {lag}", ctx.words.name_ribbon(&topic_name, &group.name));
    let key = format!("bars:{}:{}", topic.id.0, id.0);
    let mut part = Part::plain(key, format!("bars {}", group_hue(id)), row_bounds(topic, bars, row))
        .of(Target::Topic(topic.id), label);
    part.add(Shape::rect(part.bounds, 3.0, "hit"));
    let y = bars.row_top(row) + 10.3;
    part.add(Shape::text(bars.label_room.1, y, Anchor::End, (11.0, 600), "group-ink", name));
    part.shapes.extend(bars_in(bars, row, &fills(bars, lags.into_iter()), "held"));
    let (left, right) = bars.lag_room;
    let (class, weight) = if total == 0 { ("muted", 400) } else { ("group-ink", 600) };
    let texts = [lag, ctx.words.short_number(total)];
    if let Some(text) = texts.into_iter().find(|text| fits(text, right - left, 11.0, weight)) {
        part.add(Shape::text(right, y, Anchor::End, (11.0, weight), class, text));
    }
    part
}
