//! Services, drawn.

use kafka_lanes_core::{Link, Service, ServiceStatus};
use kafka_lanes_words::Requests;

use super::compact::{counts, one_line, two_lines};
use super::row::{cross, crowd, hands, pieces, pill, sign, tick};
use super::{Level, Rows, ServiceBox, last_failure, steps};
use crate::arrows::head as arrow_head;
use crate::draw::Ctx;
use crate::measure::{fit, fits, width};
use crate::part::Part;
use crate::shape::{Anchor, Rect, Shape, hatch, n};
use crate::target::Target;

const PAD: f64 = 14.0;
const NAME: (f64, u16) = (15.0, 700);
const SMALL: (f64, u16) = (11.5, 400);
/// As wide as the numbers of requests get.
const NUMBER: &str = "64 of 64";
/// The arrow of what comes from outside: its least and its greatest length.
const ARRIVAL: (f64, f64) = (20.0, 29.0);
/// From the top of the row of those who wait to the middle of its first line.
const FIRST_LINE: f64 = 12.0;

/// All services.
#[inline(never)]
pub(crate) fn parts(ctx: Ctx) -> Vec<Part> {
    let Some(services) = &ctx.plan.services else { return Vec::new() };
    let mut parts = Vec::new();
    for place in &services.boxes {
        let Some(service) = ctx.world.service(place.id) else { continue };
        parts.push(part(ctx, place, service, services.level));
        parts.extend(places(ctx, place, service));
    }
    parts
}

/// Where those who wait may stand: a part of its own, since it stays the same while the crowd comes and goes.
fn places(ctx: Ctx, place: &ServiceBox, service: &Service) -> Option<Part> {
    let rows = place.rows.as_ref()?;
    let room = Room::of(ctx, place.rect);
    let marks = crowd(usize::MAX, room.marks, rows.line.y + FIRST_LINE, room.wide, rows.line.bottom() - rows.line.y)?;
    let class = format!("places {}", if service.status == ServiceStatus::Up { place.hue } else { "down" });
    Some(Part::plain(format!("places:{}", place.id.0), class, rows.line).with([marks]))
}

/// What is between the edges of a box.
struct Room {
    left: f64,
    right: f64,
    /// Where marks of requests begin, and how far they may reach.
    marks: f64,
    wide: f64,
}

impl Room {
    fn of(ctx: Ctx, rect: Rect) -> Self {
        let (left, right) = (rect.x + PAD, rect.right() - PAD);
        let labels = [ctx.words.in_line_label(), ctx.words.at_work_label()];
        let label = labels.iter().map(|text| width(text, SMALL.0, SMALL.1, false)).fold(0.0, f64::max);
        let marks = left + label + 8.0;
        let number = width(NUMBER, 12.5, 600, false) + 8.0;
        Self { left, right, marks, wide: (right - marks - number).max(0.0) }
    }
}

fn part(ctx: Ctx, place: &ServiceBox, service: &Service, level: Level) -> Part {
    let state = match service.status {
        ServiceStatus::Up => "",
        ServiceStatus::Stopped => " down",
        ServiceStatus::Hung => " hangs",
    };
    let class = format!("service {}{state}", place.hue);
    let mut part = Part::plain(format!("service:{}", place.id.0), class, place.rect)
        .of(Target::Service(place.id), ctx.words.name_service(service))
        .focusable();
    let rect = place.rect;
    let r = if place.rows.is_some() { 12.0 } else { 8.0 };
    part.add(Shape::rect(rect, r, "service-box"));
    match (&place.rows, level) {
        (Some(rows), _) => full(ctx, &mut part, place, rows, service),
        (None, Level::Tiny) => one_line(ctx, &mut part, rect, service),
        (None, _) => two_lines(ctx, &mut part, rect, service),
    }
    if service.status == ServiceStatus::Hung {
        part.add(Shape::path(hatch(Rect::new(rect.x + 1.0, rect.y + r, 5.0, rect.h - 2.0 * r), 5.0), "rim-hatch"));
    }
    part.ringed(ctx.view.selected)
}

/// Everything, row by row.
fn full(ctx: Ctx, part: &mut Part, place: &ServiceBox, rows: &Rows, service: &Service) {
    let rect = place.rect;
    let Room { left, right, marks, wide } = Room::of(ctx, rect);
    head(ctx, part, place, rows, service);
    let waiting = service.waiting();
    let label = |text: &str, y: f64| Shape::text(left, y + 4.0, Anchor::Start, SMALL, "muted", text);
    let [_, at_work] = ctx.words.requests(Requests::AtWork(service.busy, service.at_once));
    let in_line = ctx.words.number(waiting as u64);
    let first = rows.line.y + FIRST_LINE;
    part.add(label(ctx.words.in_line_label(), first));
    part.shapes.extend(crowd(waiting, marks, first, wide, rows.line.bottom() - rows.line.y));
    let weight = if waiting > 0 { 700 } else { 400 };
    let class = if waiting > 0 { "ink" } else { "muted" };
    part.add(Shape::text(right, first + 4.5, Anchor::End, (12.5, weight), class, in_line));
    part.add(label(ctx.words.at_work_label(), rows.hands));
    part.shapes.extend(hands(service.busy, service.at_once, marks, rows.hands, wide));
    let class = if service.busy > 0 { "ink" } else { "muted" };
    part.add(Shape::text(right, rows.hands + 4.5, Anchor::End, (12.5, 600), class, at_work));
    if let Some((_, first)) = rows.steps.first() {
        let gap = rows.steps.get(1).map_or(26.0, |(_, second)| second - first);
        let top = first - gap / 2.0 - 4.0;
        part.add(Shape::line(left, top, right, top, "rule"));
        let under = rows.steps.last().map_or(top, |(_, last)| last + gap / 2.0 + 4.0);
        part.add(Shape::line(left, under, right, under, "rule"));
    }
    for (n, link) in steps(service).iter().enumerate() {
        let Some((_, y)) = rows.steps.get(n) else { continue };
        step(ctx, part, (left, right, *y), n + 1, link);
    }
    let end = pieces(part, (left, right), rows.counts, counts(ctx, service));
    if rows.strip.is_none() && service.failed > 0 && service.in_vain == 0 {
        let why = last_failure(ctx.world, service, ctx.words).unwrap_or_default();
        if service.status == ServiceStatus::Up && fits(&why, right - end - 12.0, SMALL.0, 400) {
            part.add(Shape::text(right, rows.counts + 4.0, Anchor::End, SMALL, "muted", why));
        }
    }
    if let Some(room) = rows.strip {
        strip(ctx, part, room, service);
    }
}

fn head(ctx: Ctx, part: &mut Part, place: &ServiceBox, rows: &Rows, service: &Service) {
    let rect = place.rect;
    let (left, mut right) = (rect.x + PAD, rect.right() - PAD);
    let baseline = rect.y + rows.head / 2.0 + 5.0;
    let up = service.status == ServiceStatus::Up;
    let on_band = place.is_first && up;
    if on_band {
        // Round at the top as the box is, which has corners of 12 px.
        let d = format!(
            "M{} {}v{}a12 12 0 0 1 12 -12h{}a12 12 0 0 1 12 12v{}z",
            n(rect.x),
            n(rect.y + rows.head - 4.0),
            n(16.0 - rows.head),
            n(rect.w - 24.0),
            n(rows.head - 16.0)
        );
        part.add(Shape::path(d, "band"));
    }
    let baseline = if place.is_first { baseline - 2.0 } else { baseline };
    if service.orders.0 > 0 && rect.x >= ARRIVAL.0 {
        let y = baseline - 5.0;
        part.add(Shape::line((rect.x - ARRIVAL.1).max(1.0), y, rect.x - 6.0, y, "wire"));
        part.add(Shape::path(arrow_head(rect.x, y, (1.0, 0.0), false), "wire-head"));
    }
    let name_ink = if on_band { "producer-ink" } else { "service-name" };
    if !up {
        right = pill(part, ctx.words.service_badge(service.status), right, baseline - 4.5) - 8.0;
    } else if service.orders.0 > 0 {
        let texts = ctx.words.orders(service.orders.0);
        let room = right - left - width(&service.name, NAME.0, NAME.1, false) - 12.0;
        if let Some(text) = texts.into_iter().find(|text| fits(text, room, 12.0, 400)) {
            let wide = width(&text, 12.0, 400, false);
            let ink = if on_band { "producer-ink" } else { "muted" };
            part.add(Shape::text(right, baseline, Anchor::End, (12.0, 400), ink, text));
            right -= wide + 8.0;
        }
    }
    let name = fit(&service.name, right - left, NAME.0, NAME.1);
    part.add(Shape::text(left, baseline, Anchor::Start, NAME, name_ink, name));
}

/// Whom it calls as its n-th step, and how that went.
fn step(ctx: Ctx, part: &mut Part, (left, mut right, y): (f64, f64, f64), n: usize, link: &Link) {
    let called = ctx.world.service(link.to).map(|to| to.name.to_string()).unwrap_or_default();
    let hue = ctx
        .plan
        .services
        .iter()
        .flat_map(|services| &services.boxes)
        .find(|place| place.id == link.to)
        .map_or("", |place| place.hue);
    part.add(Shape::circle(left + 8.0, y, 8.0, step_class(hue)));
    let digits = if n > 9 { 11.0 } else { 11.5 };
    part.add(Shape::text(left + 8.0, y + 4.0, Anchor::Middle, (digits, 700), "badge-ink", n.to_string()));
    let bad = link.failed + link.timed_out;
    let name_at = left + 24.0;
    let least = width(&called, 13.0, 600, false).min((right - name_at) * 0.5);
    for (count, is_good) in [(bad, false), (link.succeeded, true)] {
        let text = ctx.words.short_number(count);
        let wide = width(&text, 12.0, 600, false) + 15.0;
        if count == 0 && !is_good || right - wide - 8.0 < name_at + least {
            continue;
        }
        let x = right - wide;
        part.add(if is_good { tick(x, y) } else { cross(x, y) });
        let class = if is_good { "muted" } else { "growing" };
        part.add(Shape::text(right, y + 4.3, Anchor::End, (12.0, 600), class, text));
        right = x - 9.0;
    }
    let name = fit(&called, right - name_at - 2.0, 13.0, 600);
    part.add(Shape::text(name_at, y + 4.5, Anchor::Start, (13.0, 600), "ink", name));
}

fn step_class(hue: &str) -> &'static str {
    match hue {
        "g0" => "step g0",
        "g1" => "step g1",
        "g2" => "step g2",
        "g3" => "step g3",
        _ => "step first",
    }
}

/// What a half-done request has, and what it has not: by the last that went wrong, else by the step that most often did.
fn half(ctx: Ctx, service: &Service) -> Option<[String; 2]> {
    let later = || service.calls.iter().enumerate().skip(1);
    let last = service.last_failure.and_then(|last| later().find(|(_, link)| Some(link.to) == last.to));
    let bad = |link: &Link| link.failed + link.timed_out;
    let most = || later().filter(|(_, link)| bad(link) > 0).max_by_key(|(_, link)| bad(link));
    let (place, failed) = last.or_else(most)?;
    let name = |id| ctx.world.service(id).map(|service| service.name.to_string());
    Some(ctx.words.done_but_not(&name(service.calls.get(place - 1)?.to)?, &name(failed.to)?))
}

/// What is half done, so that nobody can overlook it; else what failed last, or that nothing did.
fn strip(ctx: Ctx, part: &mut Part, room: Rect, service: &Service) {
    let said = last_failure(ctx.world, service, ctx.words).unwrap_or_else(|| ctx.words.nothing_failed().into());
    let inner = room.w - 12.0;
    if service.half_done == 0 {
        let text = fit(&said, inner, SMALL.0, SMALL.1);
        part.add(Shape::text(room.x + 6.0, room.cy() + 4.0, Anchor::Start, SMALL, "muted", text));
        return;
    }
    part.add(Shape::rect(room, 8.0, "pill-dead"));
    part.add(sign(room.x + 11.0, room.cy()));
    let left = room.x + 38.0;
    let inner = room.right() - left - 8.0;
    let texts = ctx.words.requests(Requests::HalfDone(service.half_done));
    let first = texts.into_iter().find(|text| fits(text, inner, 14.0, 700)).unwrap_or_default();
    part.add(Shape::text(left, room.cy() - 2.5, Anchor::Start, (14.0, 700), "pill-ink", first));
    let second = half(ctx, service).map_or(
        said,
        |[long, short]| {
            if fits(&long, inner, SMALL.0, SMALL.1) { long } else { short }
        },
    );
    let second = fit(&second, inner, SMALL.0, SMALL.1);
    part.add(Shape::text(left, room.cy() + 12.5, Anchor::Start, SMALL, "pill-ink", second));
}
