//! The picture as an SVG file that needs nothing else: no script, no font, no style sheet from elsewhere.

use std::fmt::Write;

use kafka_lanes_core::World;

use crate::dots::{Dot, DotKind, motion};
use crate::glyph::Glyph;
use crate::part::Part;
use crate::scene::Scene;
use crate::shape::{Anchor, Shape, Text, n};
use crate::style::{self, Theme};

/// A standalone SVG of the picture, with the records that are on their way.
pub fn document(world: &World, scene: &Scene, theme: Theme) -> String {
    let (w, h) = (n(scene.width), n(scene.height));
    let (width, height) = (n(scene.width * scene.scale), n(scene.height * scene.scale));
    let mut out = String::with_capacity(64 * 1024);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture\" role=\"img\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {w} {h}\"><title>{}</title><desc>{}</desc><style>{}</style><rect class=\"ground\" width=\"{w}\" height=\"{h}\"/>",
        escape(&scene.title),
        escape(&scene.description),
        escape(&style::standalone(theme, crate::services::is_any(world))),
    );
    for part in scene.parts() {
        write_part(&mut out, part);
    }
    let motion = motion(world, scene);
    for flow in &motion.flows {
        let bad = if flow.kind == DotKind::Refusal { " bad" } else { "" };
        let points: Vec<String> = flow.line.points().iter().map(|(x, y)| format!("{} {}", n(*x), n(*y))).collect();
        let _ = write!(out, "<path class=\"stream{}\" d=\"M{}\"/>", bad, points.join("L"));
    }
    for dot in &motion.dots {
        write_dot(&mut out, dot);
    }
    out.push_str("</svg>\n");
    out
}

fn write_part(out: &mut String, part: &Part) {
    let _ = write!(out, "<g class=\"{}\">", escape(&part.class));
    if !part.label.is_empty() {
        let _ = write!(out, "<title>{}</title>", escape(&part.label));
    }
    out.push_str(&shapes(&part.shapes));
    out.push_str("</g>");
}

/// What a part draws, as the markup inside its `<g>`.
pub fn shapes(shapes: &[Shape]) -> String {
    let mut out = String::new();
    for shape in shapes {
        write_shape(&mut out, shape);
    }
    out
}

fn write_shape(out: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Rect { rect, r, class } => write!(
            out,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            n(rect.x),
            n(rect.y),
            n(rect.w),
            n(rect.h),
            n(*r)
        ),
        Shape::Circle { x, y, r, class } => {
            write!(out, "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", n(*x), n(*y), n(*r))
        }
        Shape::Path { d, class } => write!(out, "<path class=\"{class}\" d=\"{d}\"/>"),
        Shape::Text(text) => {
            write_text(out, text);
            Ok(())
        }
        Shape::Glyph { x, y, r, glyph, letter } => {
            write_glyph(out, (*x, *y), *r, *glyph, *letter);
            Ok(())
        }
    };
}

fn write_text(out: &mut String, text: &Text) {
    let anchor = match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    let _ = write!(
        out,
        "<text class=\"{}\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\"{anchor}>{}</text>",
        text.class,
        n(text.x),
        n(text.y),
        n(text.size),
        text.weight,
        escape(&text.text)
    );
}

fn write_glyph(out: &mut String, (x, y): (f64, f64), r: f64, glyph: Glyph, letter: bool) {
    let _ = write!(out, "<g class=\"glyph {}\">", glyph.hue_class());
    let _ = match glyph.path(x, y, r) {
        Some(d) => write!(out, "<path class=\"mark\" d=\"{d}\"/>"),
        None => write!(out, "<circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", n(x), n(y), n(r)),
    };
    if letter {
        let _ = write!(
            out,
            "<text class=\"letter\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"700\" text-anchor=\"middle\">{}</text>",
            n(x),
            n(glyph.baseline(y, r)),
            n(glyph.letter.size(r)),
            escape(&glyph.letter.to_string())
        );
    }
    out.push_str("</g>");
}

fn write_dot(out: &mut String, dot: &Dot) {
    let r = dot.kind.radius();
    let hue = dot.glyph.map_or("", Glyph::hue_class);
    let dim = if dot.dim { " dim" } else { "" };
    let [a, b, c] = dot.tail.map(|(x, y)| format!("{} {}", n(x), n(y)));
    let (x, y) = (n(dot.x), n(dot.y));
    let _ = write!(
        out,
        "<g class=\"dot {hue}{dim}\"><path class=\"tail\" d=\"M{c}L{b}L{a}L{x} {y}\"/><circle class=\"dot-ground\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>",
        n(r + 2.2)
    );
    match dot.glyph {
        Some(glyph) => write_glyph(out, (dot.x, dot.y), r, glyph, dot.kind.has_letter()),
        None => {
            let _ = write!(out, "<circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>", n(dot.x), n(dot.y), n(r));
        }
    }
    out.push_str("</g>");
}

/// Text as XML and HTML have it, between tags and in quoted attributes; characters that XML does not have become spaces.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | ' ' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_can_not_break_out_of_their_element() {
        assert_eq!(super::escape("a<b>&\"\u{1}c"), "a&lt;b&gt;&amp;&quot; c");
    }
}
