//! Services where there is no room for rows.

use kafka_lanes_core::{Service, ServiceStatus};
use kafka_lanes_words::Requests;

use super::row::{Piece, pieces, pill};
use crate::draw::Ctx;
use crate::measure::{fit, fits, width};
use crate::part::Part;
use crate::shape::{Anchor, Rect, Shape};

const SMALL: (f64, u16) = (11.5, 400);

/// Its name, and what is the most urgent to know.
pub(super) fn two_lines(ctx: Ctx, part: &mut Part, rect: Rect, service: &Service) {
    let (left, mut right) = (rect.x + 11.0, rect.right() - 10.0);
    let top = rect.cy() - 5.0;
    if service.status != ServiceStatus::Up {
        right = pill(part, ctx.words.service_badge(service.status), right, top - 4.0) - 6.0;
    } else {
        let [long, short] = ctx.words.requests(Requests::AtWork(service.busy, service.at_once));
        let room = right - left - width(&service.name, 13.5, 700, false) - 8.0;
        if let Some(text) = [long, short].into_iter().find(|text| fits(text, room, SMALL.0, 400)) {
            let wide = width(&text, SMALL.0, 400, false);
            part.add(Shape::text(right, top, Anchor::End, SMALL, "muted", text));
            right -= wide + 6.0;
        }
    }
    let name = fit(&service.name, right - left, 13.5, 700);
    part.add(Shape::text(left, top, Anchor::Start, (13.5, 700), "service-name", name));
    let mut said = Vec::new();
    let piece = |requests, mark, class| Piece { texts: ctx.words.requests(requests), mark, class };
    if service.half_done > 0 {
        said.push(piece(Requests::HalfDone(service.half_done), None, "growing"));
    }
    if service.waiting() > 0 {
        said.push(piece(Requests::InLine(service.waiting() as u64), None, "ink"));
    }
    said.extend(counts(ctx, service));
    pieces(part, (left, rect.right() - 10.0), rect.cy() + 11.0, said);
}

/// Its name, and one thing.
pub(super) fn one_line(ctx: Ctx, part: &mut Part, rect: Rect, service: &Service) {
    let (left, mut right) = (rect.x + 9.0, rect.right() - 8.0);
    let baseline = rect.cy() + 4.5;
    let room = right - left;
    let full = width(&service.name, 12.5, 700, false).min(room * 0.55);
    let (requests, class) = match service {
        _ if service.status != ServiceStatus::Up => (None, "growing"),
        _ if service.half_done > 0 => (Some(Requests::HalfDone(service.half_done)), "growing"),
        _ if service.waiting() > 0 => (Some(Requests::InLine(service.waiting() as u64)), "ink"),
        _ if service.failed > 0 => (Some(Requests::Failed(service.failed)), "growing"),
        _ => (Some(Requests::Done(service.succeeded)), "muted"),
    };
    let badge = || [ctx.words.service_badge(service.status).to_string(), "×".into()];
    let texts = requests.map_or_else(badge, |requests| {
        let [_, short] = ctx.words.requests(requests);
        let number = short.split(' ').next().unwrap_or_default().to_string();
        [short, number]
    });
    if let Some(text) = texts.into_iter().find(|text| fits(text, room - full - 6.0, 11.0, 700)) {
        let wide = width(&text, 11.0, 700, false);
        let weight = if class == "muted" { 400 } else { 700 };
        part.add(Shape::text(right, baseline - 0.5, Anchor::End, (11.0, weight), class, text));
        right -= wide + 6.0;
    }
    let name = fit(&service.name, right - left, 12.5, 700);
    part.add(Shape::text(left, baseline, Anchor::Start, (12.5, 700), "service-name", name));
}

/// How its requests went.
pub(super) fn counts(ctx: Ctx, service: &Service) -> Vec<Piece> {
    let piece = |requests, mark, class| Piece { texts: ctx.words.requests(requests), mark, class };
    let mut counts = vec![piece(Requests::Done(service.succeeded), Some(true), "ink")];
    if service.failed > 0 {
        counts.push(piece(Requests::Failed(service.failed), Some(false), "growing"));
    }
    if service.in_vain > 0 {
        counts.push(piece(Requests::InVain(service.in_vain), None, "muted"));
    }
    counts
}
