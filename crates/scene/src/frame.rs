//! What stands still: captions, legend, the panels of topics.

use kafka_lanes_core::World;
use kafka_lanes_words::PictureWords;

use crate::draw::Ctx;
use crate::glyph::{Glyph, Letter, Outline};
use crate::measure::{fit, fits, width};
use crate::part::Part;
use crate::plan::{Caption, Plan, TopicBox};
use crate::shape::{Anchor, Rect, Shape, hatch, n, number};
use crate::target::{Fold, Target};

const CAPTION: (f64, u16) = (13.5, 500);

/// The numbered sentences over the three columns, as far as each has room.
pub(crate) fn captions(
    world: &World,
    words: &dyn PictureWords,
    plan: &Plan,
    columns: [f64; 3],
    baseline: f64,
) -> Vec<Caption> {
    let producers = world.producers().count() as u64;
    let first = world.producers().next().map(|(_, p)| p.name.to_string()).unwrap_or_default();
    let lanes = world.partitions().count() as u64;
    let consumers: usize = world.groups().map(|(_, group)| group.members.len()).sum();
    let [send, keep, read] = columns;
    let third = match plan.is_folded() {
        true => words.caption_many(consumers as u64, world.groups().count() as u64),
        false => words.caption_read(),
    };
    let second = match plan.topics.iter().any(|topic| topic.bars.is_some()) {
        true => words.caption_folded(lanes, world.topics().count() as u64),
        false => words.caption_keep(),
    };
    let texts = [
        [words.caption_send(&first, producers), words.caption_send_short(&first, producers)],
        [second, words.partitions(lanes)],
        [third, words.caption_read_short()],
    ];
    let ends = [keep, read, plan.width];
    [send, keep, read]
        .into_iter()
        .zip(ends)
        .zip(texts)
        .map(|((x, end), [long, short])| {
            let room = end - x - 25.0 - 4.0;
            let text = if fits(&long, room, CAPTION.0, CAPTION.1) { long } else { short };
            Caption { x, baseline, text: fit(&text, room, CAPTION.0, CAPTION.1) }
        })
        .collect()
}

/// Captions, legend and panels.
pub(crate) fn parts(ctx: Ctx) -> Vec<Part> {
    let mut parts = Vec::new();
    for (n, caption) in ctx.plan.captions.iter().enumerate() {
        let bounds = Rect::new(caption.x, caption.baseline - 14.0, 25.0, 18.0);
        let mut part = Part::plain(format!("caption:{n}"), "caption", bounds);
        part.add(Shape::circle(caption.x + 9.0, caption.baseline - 4.5, 9.0, "number-ring"));
        let number = (n + 1).to_string();
        part.add(Shape::text(caption.x + 9.0, caption.baseline - 0.5, Anchor::Middle, (11.0, 700), "muted", number));
        part.add(Shape::text(caption.x + 25.0, caption.baseline, Anchor::Start, CAPTION, "ink", &caption.text));
        parts.push(part);
    }
    parts.extend(ctx.plan.topics.iter().map(|topic| panel(ctx, topic)));
    parts.extend(ctx.plan.topics.iter().filter_map(|topic| strip(ctx, topic)));
    if let Some(room) = ctx.plan.legend {
        parts.push(legend(ctx, room));
    }
    if let Some(services) = &ctx.plan.services {
        parts.extend(crate::services::legend(ctx, services));
    }
    parts
}

fn panel(ctx: Ctx, topic: &TopicBox) -> Part {
    let name = ctx.world.topic(topic.id).map(|t| t.name.to_string()).unwrap_or_default();
    let lanes = ctx.world.topic(topic.id).map_or(0, |t| t.partition_count()).into();
    let folded = topic.bars.is_some();
    let label = if folded { ctx.words.name_folded_topic(&name, lanes) } else { ctx.words.name_topic(&name, lanes) };
    let mut part = Part::plain(format!("topic:{}", topic.id.0), "topic", topic.rect)
        .of(Target::Topic(topic.id), label)
        .focusable();
    part.add(Shape::rect(topic.rect, 14.0, "panel"));
    let (left, right) = topic.title_room;
    let mut x = left;
    let word = ctx.words.topic_word();
    let word_width = width(&word, 12.5, 400, false);
    let full_name = width(&name, topic.title_size, 700, false);
    if !folded && topic.note_room.is_none() && word_width + 8.0 + full_name <= right - left {
        part.add(Shape::text(x, topic.baseline, Anchor::Start, (12.5, 400), "muted", &word));
        x += word_width + 8.0;
    }
    let name = fit(&name, right - x, topic.title_size, 700);
    let name_end = x + width(&name, topic.title_size, 700, false);
    part.add(Shape::text(x, topic.baseline, Anchor::Start, (topic.title_size, 700), "topic-name", name));
    if let Some((from, to)) = topic.note_room {
        let note = ctx.words.newest_below();
        if fits(&note, to - from, 11.0, 400) {
            part.add(Shape::text(to, topic.baseline, Anchor::End, (11.0, 400), "muted", note));
        }
        return part.ringed(ctx.view.selected);
    }
    let room = right - name_end - 16.0;
    let unseen = topic.more.map(|(rest, _)| ctx.words.more_lanes(rest.into())).filter(|_| folded);
    let short = ctx.words.partitions(lanes);
    let notes = [
        unseen.map(|more| format!("{short}, {more}")),
        (!folded).then(|| ctx.words.partitions_each(lanes)),
        Some(short),
    ];
    if let Some(note) = notes.into_iter().flatten().find(|note| fits(note, room, 12.0, 400)) {
        part.add(Shape::text(right, topic.baseline, Anchor::End, (12.0, 400), "muted", note));
    }
    part.ringed(ctx.view.selected)
}

/// The strip under the lanes of an opened topic that says how many more there are.
fn strip(ctx: Ctx, topic: &TopicBox) -> Option<Part> {
    let (rest, rect) = topic.more.filter(|_| topic.bars.is_none())?;
    let text = ctx.words.more_lanes(rest.into());
    let target = Target::More(Fold::Lanes(topic.id));
    let mut part = Part::plain(format!("more:{}", topic.id.0), "more", rect).of(target, &text).focusable();
    part.add(Shape::rect(rect, 9.0, "lane-box"));
    part.add(Shape::text(
        rect.cx(),
        rect.cy() + 4.0,
        Anchor::Middle,
        (12.0, 600),
        "ink",
        fit(&text, rect.w - 24.0, 12.0, 600),
    ));
    Some(part)
}

/// The legend says what the marks mean that are in the picture, as far as there is room.
fn legend(ctx: Ctx, room: Rect) -> Part {
    let part = Part::plain("legend", "legend g1", room);
    let y = room.cy();
    let any_log = ctx.plan.topics.iter().any(|topic| topic.bars.is_none());
    let any_bars = ctx.plan.topics.iter().any(|topic| topic.bars.is_some());
    let mut entries: Vec<(f64, String, Vec<Shape>)> = Vec::new();
    if any_log {
        let sample = |outline, hue, letter: &str| Glyph { outline, hue, letter: Letter::of_key(letter) };
        entries.push((
            32.0,
            ctx.words.legend_key(),
            vec![
                Shape::glyph(8.0, y, 7.5, sample(Outline::Circle, 0, "a")),
                Shape::glyph(26.0, y, 7.5, sample(Outline::Square, 1, "b")),
            ],
        ));
        entries.push((
            34.0,
            ctx.words.legend_committed(),
            vec![Shape::line(0.0, y, 34.0, y, "read"), Shape::line(34.0, y - 7.0, 34.0, y + 7.0, "tick")],
        ));
        entries.push((
            22.0,
            ctx.words.legend_in_hand(),
            vec![Shape::rect(Rect::new(0.0, y - 5.0, 22.0, 10.0), 1.5, "held")],
        ));
        let bar = Rect::new(0.0, y - 5.0, 34.0, 10.0);
        entries.push((
            34.0,
            ctx.words.legend_to_read(),
            vec![Shape::rect(bar, 1.5, "left"), Shape::path(hatch(bar, 7.0), "hatch")],
        ));
    }
    if any_log && crate::brokers::is_drawn(ctx.world) {
        entries
            .insert(0, (2.0, ctx.words.legend_watermark(), vec![Shape::line(1.0, y - 8.0, 1.0, y + 8.0, "watermark")]));
        let tiles = [(1, true), (2, false)].into_iter().flat_map(|(n, leads)| {
            let tile = Rect::new(18.0 * f64::from(n - 1), y - 7.5, 15.0, 15.0);
            crate::brokers::number(kafka_lanes_core::BrokerId(n), tile, leads)
        });
        entries.insert(0, (33.0, ctx.words.legend_copies(), tiles.collect()));
    }
    if any_bars {
        entries.push((
            25.0,
            ctx.words.legend_bar(),
            vec![
                Shape::rect(Rect::new(0.0, y - 5.5, 25.0, 11.0), 2.5, "bar-box"),
                Shape::rect(Rect::new(0.0, y - 5.5, 14.0, 11.0), 2.5, "held"),
            ],
        ));
    }
    if ctx.plan.ribbons {
        entries.push((40.0, ctx.words.legend_ribbon(), vec![Shape::path(format!("M0 {}h40", n(y)), "ribbon-sample")]));
    }
    if ctx.plan.groups.iter().any(|group| group.folded) {
        entries.push((
            20.0,
            ctx.words.legend_tile(),
            vec![
                Shape::rect(Rect::new(0.0, y - 9.0, 20.0, 18.0), 5.0, "member-box"),
                Shape::text(10.0, y + 4.0, Anchor::Middle, (11.0, 700), "group-ink", "5"),
            ],
        ));
    }
    fill(part, entries, room)
}

/// A legend with as many of its entries as have room.
pub(crate) fn fill(mut part: Part, entries: Vec<(f64, String, Vec<Shape>)>, room: Rect) -> Part {
    let (mut x, baseline) = (room.x, room.cy() + 4.0);
    for (mark, text, shapes) in entries {
        let text_width = width(&text, 12.0, 400, false);
        if x + mark + 10.0 + text_width > room.right() {
            continue;
        }
        part.shapes.extend(shapes.into_iter().map(|shape| moved(shape, x)));
        part.add(Shape::text(x + mark + 10.0, baseline, Anchor::Start, (12.0, 400), "muted", text));
        x += mark + 10.0 + text_width + 24.0;
    }
    part
}

/// The same shape `dx` px further right.
fn moved(shape: Shape, dx: f64) -> Shape {
    match shape {
        Shape::Rect { rect, r, class } => Shape::Rect { rect: Rect { x: rect.x + dx, ..rect }, r, class },
        Shape::Circle { x, y, r, class } => Shape::Circle { x: x + dx, y, r, class },
        Shape::Glyph { x, y, r, glyph, letter } => Shape::Glyph { x: x + dx, y, r, glyph, letter },
        Shape::Text(text) => Shape::Text(crate::shape::Text { x: text.x + dx, ..text }),
        Shape::Path { d, class } => Shape::Path { d: shift_path(&d, dx), class },
    }
}

/// A path of `M` and `L` (and `h`, which is relative) `dx` px further right.
fn shift_path(d: &str, dx: f64) -> String {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let mut out = String::new();
    for piece in d.split_inclusive(is_letter) {
        // A piece is the numbers of one command and the letter of the next.
        let letter = piece.chars().next_back().filter(|c| is_letter(*c));
        let numbers = piece.trim_end_matches(is_letter);
        match numbers.split_once(' ') {
            Some((x, y)) => {
                let x = number(x).map_or_else(|| x.to_string(), |x| n(x + dx));
                out.push_str(&format!("{x} {y}"));
            }
            None => out.push_str(numbers),
        }
        out.extend(letter);
    }
    out
}
