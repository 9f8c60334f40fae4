//! Arrows and lines between nodes.

use super::graph::Stroke;
use super::label;
use super::scan::Scanner;
use super::shape::{Broken, quoted};
use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};

/// An arrow, before it is known what it joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// The id that `e1@-->` gives it.
    pub(super) id: Option<String>,
    pub(super) stroke: Stroke,
    /// It has a head at its left end and none at its right one.
    pub(super) backwards: bool,
    pub(super) label: Vec<String>,
    pub(super) at: Place,
}

/// Reads an arrow, if one comes next; else nothing is taken.
pub(super) fn link(scan: &mut Scanner<'_>, faults: &mut Diagnostics) -> Result<Option<Link>, Broken> {
    let mut ahead = *scan;
    ahead.skip_spaces();
    let id = edge_id(&mut ahead);
    if !begins(ahead.rest) {
        return Ok(None);
    }
    *scan = ahead;
    let start = scan.here();
    if scan.at("~~~") {
        scan.skip(scan.rest.len() - scan.rest.trim_start_matches('~').len());
        return Ok(Some(Link {
            id,
            stroke: Stroke::Invisible,
            backwards: false,
            label: Vec::new(),
            at: scan.since(start),
        }));
    }
    let left = scan.peek().is_some_and(|c| matches!(c, '<' | 'x' | 'o'));
    if left {
        scan.bump();
    }
    let stroke = match scan.rest.as_bytes().get(..2) {
        Some(b"==") => Stroke::Thick,
        Some(b"-.") => Stroke::Dotted,
        _ => Stroke::Normal,
    };
    let mut text = Vec::new();
    let head = match stem(scan.rest, stroke) {
        Some((length, head)) => {
            scan.skip(length);
            head
        }
        None => {
            // Two strokes, then a text, then the rest of the arrow.
            scan.skip(2);
            let at = scan.since(start);
            let Some((inside, length, head)) = text_and_end(scan, stroke) else {
                faults.push(at, Cause::Unclosed { open: opening(stroke) });
                return Err(Broken);
            };
            text = label::lines(inside);
            scan.skip(length);
            head
        }
    };
    let at = scan.since(start);
    if let Some(inside) = between_bars(scan, faults)? {
        text = label::lines(inside);
    }
    Ok(Some(Link { id, stroke, backwards: left && !head, label: short(text), at }))
}

const fn opening(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Thick => "==",
        Stroke::Dotted => "-.",
        _ => "--",
    }
}

/// Whether an arrow begins here: a stroke, or the head at its left end.
fn begins(rest: &str) -> bool {
    let stroke = rest.strip_prefix(['<', 'x', 'o']).unwrap_or(rest);
    rest.starts_with("~~~") || ["--", "==", "-."].iter().any(|begin| stroke.starts_with(begin))
}

/// `e1@`, if an arrow follows it.
fn edge_id(scan: &mut Scanner<'_>) -> Option<String> {
    let end = scan.rest.find(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    if end == 0 || !scan.rest[end..].strip_prefix('@').is_some_and(begins) {
        return None;
    }
    let id = scan.skip(end).into();
    scan.skip(1);
    Some(id)
}

/// The length of an arrow without a text, and whether it has a head.
///
/// Mermaid: `--+[-xo>]`, `==+[=xo>]` and `-?\.+-[xo>]?` in `flow.jison`.
fn stem(rest: &str, stroke: Stroke) -> Option<(usize, bool)> {
    let head = |behind: &str| behind.starts_with(['>', 'x', 'o']);
    let run = |text: &str, c: char| text.len() - text.trim_start_matches(c).len();
    match stroke {
        Stroke::Dotted => {
            let start = usize::from(rest.starts_with('-'));
            let dots = run(&rest[start..], '.');
            let end = start + dots;
            if dots == 0 || !rest[end..].starts_with('-') {
                return None;
            }
            let has_head = head(&rest[end + 1..]);
            Some((end + 1 + usize::from(has_head), has_head))
        }
        _ => {
            let length = run(rest, if stroke == Stroke::Thick { '=' } else { '-' });
            let has_head = head(&rest[length..]);
            (length >= 3 || length == 2 && has_head).then_some((length + usize::from(has_head), has_head))
        }
    }
}

/// The text of `-- text -->`, and the length and head of the arrow's rest; all in one line.
fn text_and_end<'a>(scan: &mut Scanner<'a>, stroke: Stroke) -> Option<(&'a str, usize, bool)> {
    let mut ahead = *scan;
    ahead.skip_spaces();
    if let Some(text) = quoted(&mut ahead) {
        ahead.skip_spaces();
        let (length, head) = stem(ahead.rest, stroke)?;
        *scan = ahead;
        return Some((text, length, head));
    }
    let mark = match stroke {
        Stroke::Thick => '=',
        Stroke::Dotted => '.',
        _ => '-',
    };
    let mut from = 0;
    while let Some(found) = scan.rest[from..].find([mark, '\n']) {
        let index = from + found;
        let rest = &scan.rest[index..];
        if rest.starts_with('\n') {
            return None;
        }
        if let Some((length, head)) = stem(rest, stroke) {
            return Some((scan.skip(index), length, head));
        }
        // Past the whole run, so that a long one is looked at once.
        from = index + rest.len() - rest.trim_start_matches(mark).len();
    }
    None
}

/// `|text|`
fn between_bars<'a>(scan: &mut Scanner<'a>, faults: &mut Diagnostics) -> Result<Option<&'a str>, Broken> {
    let mut ahead = *scan;
    ahead.skip_spaces();
    if !ahead.at("|") {
        return Ok(None);
    }
    let start = ahead.here();
    ahead.skip(1);
    let mut inside = ahead;
    inside.skip_spaces();
    if let Some(text) = quoted(&mut inside) {
        inside.skip_spaces();
        if inside.take("|") {
            *scan = inside;
            return Ok(Some(text));
        }
    }
    let end = ahead.rest.find(['|', '\n']).filter(|end| ahead.rest[*end..].starts_with('|'));
    let Some(end) = end else {
        faults.push(ahead.since(start), Cause::Unclosed { open: "|" });
        return Err(Broken);
    };
    let text = ahead.skip(end);
    ahead.skip(1);
    *scan = ahead;
    Ok(Some(text))
}

/// A label's lines as far as a name is long: it is kept with each edge of `A & B --> C & D`.
fn short(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().take(4).map(|line| crate::name::cut(line).0).collect()
}
