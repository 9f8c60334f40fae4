//! Producers, drawn, with the buttons that send one record.

use kafka_lanes_core::ProducerId;

use crate::draw::Ctx;
use crate::glyph::Glyph;
use crate::measure::{fit, fits, width};
use crate::part::Part;
use crate::plan::{ProducerBox, ProducerShape};
use crate::shape::{Anchor, Rect, Shape, n};
use crate::target::{Fold, Target};

/// All producers and their buttons.
pub(crate) fn parts(ctx: Ctx) -> Vec<Part> {
    ctx.plan.producers.iter().flat_map(|place| one(ctx, place)).collect()
}

fn one(ctx: Ctx, place: &ProducerBox) -> Vec<Part> {
    let Some(first) = place.ids.first().copied() else { return Vec::new() };
    let (target, note) = match place.ids.len() {
        1 => (Target::Producer(first), ctx.words.producer_word()),
        many => (Target::More(Fold::Producers(first)), ctx.words.producers(many as u64)),
    };
    let label = match place.ids.len() {
        1 => ctx.words.name_producer(&place.name),
        _ => format!("{}, {note}", place.name),
    };
    let mut part = Part::plain(format!("producer:{}", first.0), "producer", place.rect).of(target, label).focusable();
    part.add(Shape::rect(place.rect, 12.0, "producer-box"));
    let rate = (place.ids.len() > 1).then(|| rate(ctx, &place.ids));
    match place.shape {
        ProducerShape::Tall => tall(&mut part, place, &note, rate),
        ProducerShape::Flat => flat(&mut part, place, &note, rate),
        ProducerShape::Bar => bar(&mut part, place, &note, rate),
    }
    let mut parts = vec![part.ringed(ctx.view.selected)];
    parts.extend(buttons(ctx, place, first));
    parts
}

fn rate(ctx: Ctx, ids: &[ProducerId]) -> String {
    ctx.words.records_a_second(ids.iter().filter_map(|id| ctx.world.producer(*id)).map(|p| p.rate.0).sum())
}

fn tall(part: &mut Part, place: &ProducerBox, note: &str, rate: Option<String>) {
    let (x, y, room) = (place.rect.cx(), place.rect.y, place.rect.w - 12.0);
    let name = fit(&place.name, room, 15.0, 700);
    let note = fit(note, room, 11.5, 400);
    match rate {
        None => {
            part.add(Shape::path(awning(x, y + 14.0), "producer-icon"));
            part.add(Shape::text(x, y + 58.0, Anchor::Middle, (15.0, 700), "producer-ink", name));
            part.add(Shape::text(x, y + 74.0, Anchor::Middle, (11.5, 400), "producer-ink", note));
        }
        Some(rate) => {
            part.add(Shape::text(x, y + 30.0, Anchor::Middle, (15.0, 700), "producer-ink", name));
            part.add(Shape::text(x, y + 48.0, Anchor::Middle, (11.5, 400), "producer-ink", note));
            if fits(&rate, room, 12.5, 700) {
                part.add(Shape::text(x, y + 68.0, Anchor::Middle, (12.5, 700), "producer-ink", rate));
            }
        }
    }
}

#[inline(never)]
fn flat(part: &mut Part, place: &ProducerBox, note: &str, rate: Option<String>) {
    let room = place.rect.w - 12.0;
    let second = rate.map(|rate| format!("{note}, {rate}")).filter(|both| fits(both, room, 11.0, 400));
    let second = second.unwrap_or_else(|| fit(note, room, 11.0, 400));
    let (x, y) = (place.rect.cx(), place.rect.cy());
    part.add(Shape::text(x, y - 3.0, Anchor::Middle, (13.0, 700), "producer-ink", fit(&place.name, room, 13.0, 700)));
    part.add(Shape::text(x, y + 13.0, Anchor::Middle, (11.0, 400), "producer-ink", second));
}

/// An icon and two lines at the left; what the buttons leave is theirs.
#[inline(never)]
fn bar(part: &mut Part, place: &ProducerBox, note: &str, rate: Option<String>) {
    let rect = place.rect;
    let end = place.buttons.first().map_or(rect.right() - 12.0, |first| first.x - 6.0);
    let x = rect.x + 46.0;
    part.add(Shape::path(awning(rect.x + 26.0, rect.y + 12.0), "producer-icon"));
    let second = rate.map(|rate| format!("{note}, {rate}")).filter(|both| fits(both, end - x, 11.0, 400));
    let second = second.unwrap_or_else(|| fit(note, end - x, 11.0, 400));
    let name = fit(&place.name, end - x, 14.0, 700);
    part.add(Shape::text(x, rect.cy() - 2.0, Anchor::Start, (14.0, 700), "producer-ink", name));
    part.add(Shape::text(x, rect.cy() + 14.0, Anchor::Start, (11.0, 400), "producer-ink", second));
}

/// A shop: an awning over a house with a door, 26 px wide round `x`.
fn awning(x: f64, y: f64) -> String {
    let at = |dx: f64, dy: f64| format!("{} {}", n(x + dx), n(y + dy));
    let scallop = "a4.3 4.3 0 0 1-8.67 0";
    format!(
        "M{}l2.6-9h20.8l2.6 9{scallop}{scallop}{scallop}zM{}v9h20v-9M{}v-6h6v6",
        at(-13.0, 9.0),
        at(-10.0, 13.0),
        at(-3.0, 22.0)
    )
}

fn buttons(ctx: Ctx, place: &ProducerBox, id: ProducerId) -> Vec<Part> {
    let Some(producer) = ctx.world.producer(id) else { return Vec::new() };
    let Some((x, baseline, short)) = place.buttons_title else { return Vec::new() };
    let mut parts = Vec::new();
    let text = if short { ctx.words.send_short() } else { ctx.words.send_a_record() };
    let upright = place.buttons.first().is_some_and(|first| first.y < place.rect.bottom());
    let (anchor, class) = if upright { (Anchor::End, "producer-ink") } else { (Anchor::Middle, "ink") };
    let wide = width(&text, 12.5, 700, false);
    let name_end = place.rect.x
        + 46.0
        + width(&place.name, 14.0, 700, false).max(width(&ctx.words.producer_word(), 11.0, 400, false));
    if !upright || name_end + 8.0 <= x - wide {
        let bounds = Rect::new(x - if upright { wide } else { wide / 2.0 }, baseline - 12.0, wide, 16.0);
        let title = Part::plain(format!("send:{}", id.0), "send", bounds);
        parts.push(title.with([Shape::text(x, baseline, anchor, (12.5, 700), class, text)]));
    }
    let named = place
        .buttons
        .iter()
        .zip(&producer.keys)
        .all(|(rect, key)| rect.h > 40.0 && fits(&ctx.key_text(*key), rect.w, 11.0, 400));
    for (rect, key) in place.buttons.iter().zip(&producer.keys) {
        let text = ctx.key_text(*key);
        let label = ctx.words.name_key_button(&text, &producer.name);
        let glyph = Glyph::of(ctx.world, *key);
        let mut part = Part::plain(format!("key:{}:{}", id.0, key.0), "key-button", *rect)
            .of(Target::KeyButton(id, *key), label)
            .focusable();
        part.add(Shape::rect(*rect, 9.0, "button-box"));
        if !named {
            part.add(Shape::glyph(rect.cx(), rect.cy(), 8.0_f64.min(rect.w / 2.0 - 3.0), glyph));
        } else {
            part.add(Shape::glyph(rect.cx(), rect.y + 17.0, 9.0, glyph));
            part.add(Shape::text(rect.cx(), rect.y + 40.0, Anchor::Middle, (11.0, 400), "muted", text));
        }
        parts.push(part);
    }
    parts
}
