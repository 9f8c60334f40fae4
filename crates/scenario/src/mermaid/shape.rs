//! What follows a node's id: its shape with its label, `@{ … }`, `:::class`.

use super::graph::Shape;
use super::id::node_id;
use super::label;
use super::scan::Scanner;
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};

/// Brackets: what opens, what closes, and what that draws. Longer ones first.
const BRACKETS: &[(&str, &[(&str, Shape)])] = &[
    ("(((", &[(")))", Shape::DoubleCircle)]),
    ("((", &[("))", Shape::Circle)]),
    ("([", &[("])", Shape::Stadium)]),
    ("(", &[(")", Shape::Rounded)]),
    ("[[", &[("]]", Shape::Subroutine)]),
    ("[(", &[(")]", Shape::Cylinder)]),
    ("[/", &[("/]", Shape::LeanRight), ("\\]", Shape::Trapezoid)]),
    ("[\\", &[("\\]", Shape::LeanLeft), ("/]", Shape::InvertedTrapezoid)]),
    ("[", &[("]", Shape::Rectangle)]),
    ("{{", &[("}}", Shape::Hexagon)]),
    ("{", &[("}", Shape::Diamond)]),
    (">", &[("]", Shape::Flag)]),
];

/// A label and a shape, each where it is said.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) label: Option<Vec<String>>,
    pub(super) shape: Option<Shape>,
}

/// Something that nothing closes was told of; the rest of the line can't be trusted.
pub(super) struct Broken;

/// Reads all that stands behind a node's id.
pub(super) fn look(scan: &mut Scanner<'_>, faults: &mut Diagnostics) -> Result<Look, Broken> {
    let mut look = Look::default();
    if let Some((open, closers)) = BRACKETS.iter().find(|(open, _)| scan.at(open)) {
        let (text, shape) = bracket(scan, open, closers, faults)?;
        look.label = Some(label::lines(text));
        look.shape = Some(shape);
    }
    loop {
        if scan.at(":::") {
            scan.skip(3);
            scan.skip(node_id(scan.rest).len());
        } else if scan.at("@{") {
            let mut ahead = *scan;
            if !properties(&mut ahead, &mut look) {
                let start = scan.here();
                scan.skip(2);
                return Err(unclosed("@{", scan.since(start), faults));
            }
            *scan = ahead;
        } else {
            return Ok(look);
        }
    }
}

fn bracket<'a>(
    scan: &mut Scanner<'a>,
    open: &'static str,
    closers: &[(&'static str, Shape)],
    faults: &mut Diagnostics,
) -> Result<(&'a str, Shape), Broken> {
    let start = scan.here();
    scan.skip(open.len());
    let at = scan.since(start);
    let mut inside = *scan;
    inside.skip_white();
    if inside.at("\"") {
        if let Some(text) = quoted(&mut inside) {
            inside.skip_white();
            if let Some((close, shape)) = closers.iter().find(|(close, _)| inside.at(close)) {
                inside.skip(close.len());
                *scan = inside;
                return Ok((text, shape.clone()));
            }
        }
        return Err(unclosed(open, at, faults));
    }
    let Some((end, close, shape)) = closing(scan.rest, closers) else { return Err(unclosed(open, at, faults)) };
    let text = scan.skip(end);
    scan.skip(close.len());
    Ok((text, shape.clone()))
}

/// Where the first of `closers` stands in this line. It looks no further than that, so that a long line of
/// short labels is passed over once.
fn closing<'c>(rest: &str, closers: &'c [(&'static str, Shape)]) -> Option<(usize, &'static str, &'c Shape)> {
    rest.char_indices().take_while(|(_, c)| *c != '\n').find_map(|(index, _)| {
        let (close, shape) = closers.iter().find(|(close, _)| rest[index..].starts_with(close))?;
        Some((index, *close, shape))
    })
}

fn unclosed(open: &'static str, at: Place, faults: &mut Diagnostics) -> Broken {
    faults.push(at, Cause::Unclosed { open });
    Broken
}

/// What stands between this quotation mark and the next, in this line or a later one.
pub(super) fn quoted<'a>(scan: &mut Scanner<'a>) -> Option<&'a str> {
    let inside = scan.rest.strip_prefix('"')?;
    let end = inside.find('"')?;
    scan.skip(1);
    let text = scan.skip(end);
    scan.skip(1);
    Some(text)
}

/// `@{ shape: cyl, label: "Orders" }`, on one line or several; other properties are passed over. Says
/// whether it is closed.
fn properties(scan: &mut Scanner<'_>, look: &mut Look) -> bool {
    scan.skip(2);
    loop {
        while scan.peek().is_some_and(|c| c.is_whitespace() || c == ',') {
            scan.bump();
        }
        if scan.take("}") {
            return true;
        }
        // A key is a word, so that an opening bracket that nothing closes does not take the whole text.
        let end = scan.rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')));
        let Some(end) = end.filter(|end| *end > 0) else { return false };
        let key = scan.skip(end);
        scan.skip_spaces();
        if !scan.take(":") {
            return false;
        }
        scan.skip_spaces();
        let value =
            if scan.at("\"") { quoted(scan) } else { scan.rest.find([',', '}', '\n']).map(|end| scan.skip(end)) };
        let Some(value) = value else { return false };
        match key {
            "label" => look.label = Some(label::lines(value)),
            "shape" => look.shape = Some(Shape::Named(value.trim().into())),
            _ => {}
        }
    }
}
