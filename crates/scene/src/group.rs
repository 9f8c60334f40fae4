//! A group and its members, drawn.

use kafka_lanes_core::sorted::SortedMap;
use kafka_lanes_core::{Group, Member, MemberId, Phase, Standing, Status, TopicPartition};

use crate::draw::Ctx;
use crate::glyph::Glyph;
use crate::group_box::badge_font;
use crate::lane::Reading;
use crate::measure::{fit, fits, width};
use crate::part::Part;
use crate::plan::{GroupBox, MemberBox, group_hue};
use crate::shape::{Anchor, Rect, Shape, hatch};
use crate::target::{Fold, Target};

/// All parts of a group.
pub(crate) fn parts(ctx: Ctx, place: &GroupBox) -> Vec<Part> {
    let Some(group) = ctx.world.group(place.id) else { return Vec::new() };
    let mut parts = vec![panel(ctx, place, group)];
    let lags = if place.folded { lags(ctx, group) } else { Lags::new() };
    for member in &place.members {
        let Some(m) = group.members.get(&member.id) else { continue };
        let drawn = match place.folded {
            true => tile(ctx, place, group, member, m, &lags),
            false => row(ctx, place, group, member, m),
        };
        parts.push(drawn.ringed(ctx.view.selected));
    }
    if let Some((rest, rect)) = place.more {
        let text = ctx.words.more(rest);
        let target = Target::More(Fold::Members(place.id));
        let target = if place.folded { Target::Group(place.id) } else { target };
        let mut part =
            Part::plain(format!("more-members:{}", place.id.0), format!("more {}", group_hue(place.id)), rect)
                .of(target, &text)
                .focusable();
        part.add(Shape::rect(rect, 6.0, "member-box"));
        let text = fit(&text, rect.w - 2.0, 11.0, 700);
        part.add(Shape::text(rect.cx(), rect.cy() + 4.0, Anchor::Middle, (11.0, 700), "group-ink", text));
        parts.push(part);
    }
    parts
}

/// How a group's members are, in words.
fn members_in_words(ctx: Ctx, group: &Group) -> String {
    let count = group.members.len() as u64;
    let is_out = |m: &Member| matches!(group.standing_of(m), Standing::PutOut | Standing::Out);
    let active = group.members.values().filter(|m| m.is_alive() && !is_out(m)).count() as u64;
    let idle = group.members.values().filter(|m| group.is_idle(m)).count() as u64;
    match group.phase {
        _ if count == 0 => ctx.words.no_consumers(),
        _ if active < count => ctx.words.consumers_active(active, count),
        phase if !phase.is_settled() => ctx.words.assigning(),
        _ if idle > 0 => ctx.words.consumers_idle(count, idle),
        _ => ctx.words.consumers(count),
    }
}

fn panel(ctx: Ctx, place: &GroupBox, group: &Group) -> Part {
    let words = members_in_words(ctx, group);
    let label = match place.folded {
        true => ctx.words.name_folded_group(&group.name, &words),
        false => ctx.words.name_group(&group.name, &words),
    };
    let mut part = Part::plain(format!("group:{}", place.id.0), format!("group {}", group_hue(place.id)), place.rect)
        .of(Target::Group(place.id), label)
        .focusable();
    part.add(Shape::rect(place.rect, 12.0, "group-box"));
    if group_hue(place.id).ends_with("alt") {
        part.add(Shape::rect(place.rect.inset(3.0), 9.5, "group-rim"));
    }
    let (x, baseline) = place.title;
    let right = place.rect.right() - 14.0;
    // The whole name comes first; the note has what is left.
    let full = width(&place.name, place.title_size, 700, false);
    let room = if place.title_size > 12.0 && !place.folded { right - x - full - 6.0 } else { 0.0 };
    let idle = group.members.values().filter(|m| group.is_idle(m)).count() as u64;
    let short = ctx.words.consumers_idle_short(group.members.len() as u64, idle);
    let notes = [Some(words.clone()), (idle > 0).then_some(short)];
    let note = notes.into_iter().flatten().find(|note| fits(note, room, 11.0, 400));
    let name_room = place.rect.right() - if place.title_size < 12.0 { 2.5 } else { 8.0 } - x;
    let name = fit(&place.name, name_room, place.title_size, 700);
    part.add(Shape::text(x, baseline, Anchor::Start, (place.title_size, 700), "group-ink", name));
    let has_note = note.is_some();
    part.shapes.extend(note.map(|note| Shape::text(right, baseline, Anchor::End, (11.0, 400), "group-ink", note)));
    if place.folded {
        let lanes = group.members.values().map(|m| m.cursors.len() as u64).sum();
        let text = match group.phase {
            Phase::Stable => ctx.words.consumers_share(group.members.len() as u64, lanes),
            _ => words.clone(),
        };
        let text = fit(&text, right - x, 11.5, 400);
        part.add(Shape::text(x, baseline + 16.0, Anchor::Start, (11.5, 400), "group-ink", text));
    } else if group.members.is_empty() && !has_note {
        let text = fit(&words, right - x, 11.5, 400);
        part.add(Shape::text(x, baseline + 26.0, Anchor::Start, (11.5, 400), "group-ink", text));
    }
    part.ringed(ctx.view.selected)
}

/// What a member does, in words; and how its box looks.
fn doing(ctx: Ctx, group: &Group, m: &Member) -> (String, &'static str) {
    match group.standing_of(m) {
        Standing::As(Status::Crashed { .. }) => (ctx.words.crashed(), "crashed"),
        Standing::As(Status::Refused { .. }) => (ctx.words.refused(), "crashed"),
        Standing::As(Status::Leaving) => (ctx.words.leaving(), "joining"),
        Standing::As(Status::Away { .. }) => (ctx.words.away(), "joining"),
        Standing::PutOut | Standing::Out => (ctx.words.out_of_group(), "stopped"),
        _ if let Some(stop) = m.stopped => (ctx.words.stands_still(stop.process), "stopped"),
        Standing::Closing => (ctx.words.finishing(m.polled()), "joining"),
        Standing::Idle => (ctx.words.no_lane(), "idle"),
        // In a cooperative round it reads on.
        _ if m.cursors.is_empty() => (ctx.words.joining(), "joining"),
        _ => match m.in_hand {
            Some(hand) => (ctx.words.reading(hand.offset), "busy"),
            None => (ctx.words.waiting(), "busy"),
        },
    }
}

fn member_part(
    ctx: Ctx,
    place: &GroupBox,
    group: &Group,
    member: &MemberBox,
    m: &Member,
) -> (Part, String, &'static str) {
    let (words, state) = doing(ctx, group, m);
    let lanes: Vec<String> = m.cursors.keys().map(|tp| tp.partition.to_string()).collect();
    let label = ctx.words.name_member(&m.name, &group.name, &lanes.join(", "), &words);
    let key = format!("member:{}:{}", place.id.0, member.id.0);
    let class = format!("member {state} {}", group_hue(place.id));
    let part = Part::plain(key, class, member.rect).of(Target::Member(place.id, member.id), label).focusable();
    (part, words, state)
}

fn row(ctx: Ctx, place: &GroupBox, group: &Group, member: &MemberBox, m: &Member) -> Part {
    let (mut part, words, state) = member_part(ctx, place, group, member, m);
    let rect = member.rect;
    part.add(Shape::rect(rect, if member.small { 6.0 } else { 8.0 }, "member-box"));
    if matches!(state, "joining" | "crashed" | "stopped") {
        part.add(Shape::path(hatch(Rect::new(rect.x + 1.0, rect.y + 1.0, 5.0, rect.h - 2.0), 5.0), "rim-hatch"));
    }
    for badge in &member.badges {
        let class = if badge.rest { "badge-rest" } else { "badge" };
        let font = badge_font(badge.rect.h);
        part.add(Shape::rect(badge.rect, badge.rect.h * 0.22, class));
        let ink = if badge.rest { "group-ink" } else { "badge-ink" };
        let baseline = badge.rect.cy() + font * 0.36;
        part.add(Shape::text(badge.rect.cx(), baseline, Anchor::Middle, (font, 700), ink, &badge.text));
    }
    let baseline = rect.cy() + 4.5;
    let size = if member.small { 11.0 } else { 13.0 };
    // The whole name comes first, if it is not longer than most of the box; an idle or dead one's pill before it.
    // The style sheet says the same of idle members.
    let weight = if state == "idle" { 400 } else { 600 };
    let full = width(&m.name, size, weight, false);
    let least = match state {
        "idle" | "crashed" => full.min(if member.small { 38.0 } else { 44.0 }),
        _ if member.small => full,
        _ => full.min(rect.w * 0.62),
    };
    let mut right = rect.right() - if member.small { 3.0 } else { 10.0 };
    let free = |right: f64| right - member.name_x - least;
    match state {
        "idle" | "crashed" => right = pill(ctx, &mut part, rect, right, (state, &words), free(right), member.small),
        _ => {
            let glyph = m.in_hand.and_then(|hand| hand.key).map(|key| Glyph::of(ctx.world, key));
            let (r, gap) = if member.small { (6.0, 3.0) } else { (8.5, 6.0) };
            if let Some(glyph) = glyph.filter(|_| free(right) >= 2.0 * r + gap) {
                let pad = if member.small { 0.0 } else { 2.0 };
                part.add(Shape::glyph(right - r - pad, rect.cy(), r, glyph));
                right -= 2.0 * r + pad + gap;
            }
        }
    }
    let least = full.min(rect.w * 0.62);
    let free = right - member.name_x - least - 2.0;
    let short = match m.in_hand {
        Some(hand) if state == "busy" => Some(ctx.words.reading_short(hand.offset)),
        _ if m.closing.is_some() => Some(ctx.words.finishing(0)),
        _ => (state == "joining").then(|| ctx.words.waiting()),
    };
    let texts = [Some(words), short].into_iter().flatten().filter(|_| !member.small && state != "crashed");
    if let Some(text) = texts.into_iter().find(|text| fits(text, free, 11.0, 400)) {
        let room = width(&text, 11.0, 400, false) + 2.0;
        part.add(Shape::text(right, rect.cy() + 4.0, Anchor::End, (11.0, 400), "muted", text));
        right -= room;
    }
    let name = fit(&m.name, right - member.name_x, size, weight);
    part.add(Shape::text(member.name_x, baseline, Anchor::Start, (size, weight), "member-name", name));
    part
}

/// The pill of an idle or dead member, if there is room for it; and what is free to its left.
#[inline(never)]
fn pill(
    ctx: Ctx,
    part: &mut Part,
    rect: Rect,
    right: f64,
    (state, words): (&str, &str),
    free: f64,
    small: bool,
) -> f64 {
    let (text, class) = match state {
        "idle" => (ctx.words.idle(), "pill"),
        _ => (words.into(), "pill-dead"),
    };
    let pad = if small { 3.0 } else { 11.0 };
    let wide = width(&text, 11.0, 700, false) + 2.0 * pad;
    if wide > free {
        return right;
    }
    let h = if small { 16.0 } else { 20.0_f64.min(rect.h - 6.0) };
    let right = right + if small { 0.0 } else { 4.0 };
    let at = Rect::new(right - wide, rect.cy() - h / 2.0, wide, h);
    part.add(Shape::rect(at, h / 2.0, class));
    part.add(Shape::text(at.cx(), at.cy() + 4.0, Anchor::Middle, (11.0, 700), "pill-ink", text));
    at.x - if small { 3.0 } else { 7.0 }
}

/// How far behind each member is, over all its lanes.
type Lags = SortedMap<MemberId, u64>;

#[inline(never)]
fn lags(ctx: Ctx, group: &Group) -> Lags {
    let behind = |tp: &TopicPartition| {
        let reading = ctx.world.log(*tp).map(|log| Reading::of(group, *tp, log));
        reading.map_or(0, |reading| reading.end - reading.committed)
    };
    group.members.iter().map(|(id, m)| (*id, m.cursors.keys().map(behind).sum())).collect()
}

/// A member of a folded group: how many lanes it owns, and how far behind it is.
#[inline(never)]
fn tile(ctx: Ctx, place: &GroupBox, group: &Group, member: &MemberBox, m: &Member, lags: &Lags) -> Part {
    let (mut part, _, state) = member_part(ctx, place, group, member, m);
    let rect = member.rect;
    part.add(Shape::rect(rect, 5.0, "member-box"));
    let text = if state == "crashed" { "×".into() } else { m.cursors.len().to_string() };
    part.add(Shape::text(
        rect.cx(),
        rect.y + 15.0,
        Anchor::Middle,
        (12.0, 700),
        "group-ink",
        fit(&text, rect.w - 2.0, 12.0, 700),
    ));
    let (own, largest) = (lags.get(&member.id).copied().unwrap_or(0), lags.values().copied().max().unwrap_or(0).max(1));
    let bar = Rect::new(rect.x + 5.0, rect.bottom() - 8.0, rect.w - 10.0, 4.0);
    part.add(Shape::rect(bar, 2.0, "load-box"));
    let full = bar.w * own as f64 / largest as f64;
    if full > 0.0 {
        part.add(Shape::rect(Rect { w: full.max(2.0), ..bar }, 2.0, "held"));
    }
    part
}
