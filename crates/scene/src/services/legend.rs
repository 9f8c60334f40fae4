//! What the legend says of calls.

use super::Services;
use crate::dots::DotKind;
use crate::draw::Ctx;
use crate::frame::fill;
use crate::glyph::{Glyph, Letter, Outline};
use crate::part::Part;
use crate::shape::Shape;

/// What calls and answers look like.
#[inline(never)]
pub(crate) fn legend(ctx: Ctx, services: &Services) -> Option<Part> {
    let room = services.legend?;
    let y = room.cy();
    let sample = |outline, hue, letter: &str, kind: DotKind| {
        let letter = if letter.is_empty() { Letter::default() } else { Letter::of_key(letter) };
        Shape::glyph(8.0, y, kind.radius(), Glyph { outline, hue, letter })
    };
    let marks = [
        sample(Outline::Circle, Glyph::GROUPS + 2, "", DotKind::Call),
        sample(Outline::Circle, Glyph::GROUPS + 2, "✓", DotKind::Answer),
        sample(Outline::Diamond, Glyph::ALARM, "×", DotKind::Refusal),
        Shape::circle(8.0, y, DotKind::Call.radius(), "faint-call"),
    ];
    let texts = ctx.words.legend_calls();
    let entries = marks.into_iter().zip(texts).map(|(mark, text)| (16.0, text.to_string(), vec![mark]));
    Some(fill(Part::plain("legend:calls", "legend", room), entries.collect(), room))
}
