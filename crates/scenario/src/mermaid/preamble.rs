//! What stands before a flowchart and behind it: prose, fences, front matter, directives, comments.

use crate::cause::Cause;
use crate::diagnostic::{Diagnostics, Place};

/// The flowchart's statements in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body<'a> {
    pub(super) title: String,
    pub(super) text: &'a str,
    /// The line and column in which `text` begins.
    pub(super) line: u32,
    pub(super) column: u32,
    /// The word that begins the flowchart.
    pub(super) at: Place,
}

const DIRECTIONS: &[&str] = &["", "TB", "TD", "BT", "RL", "LR", "v", "^", "<", ">"];
const FENCES: [&str; 2] = ["```", "~~~"];

/// Finds the flowchart; says so if there is none, or if there was other text before it.
pub(super) fn body<'a>(text: &'a str, faults: &mut Diagnostics) -> Option<Body<'a>> {
    let mut state = Before::default();
    let mut offset = 0;
    for (index, line) in text.split('\n').enumerate() {
        // A text is at most `MAX_INPUT_BYTES` long.
        let number = index as u32 + 1;
        let trimmed = line.trim();
        if let Some(word) = header(trimmed).filter(|_| state.inside.is_none()) {
            let column = line[..line.len() - line.trim_start().len()].chars().count() as u32 + 1;
            let at = Place { line: number, column, length: word.len() as u32 };
            if state.prose > 0 {
                faults.push(at, Cause::LinesBefore { count: state.prose });
            }
            let after_word = offset + (line.len() - line.trim_start().len()) + word.len();
            let rest = text[after_word..].trim_start_matches([' ', '\t', '\r']);
            let direction = DIRECTIONS.iter().rev().find(|d| !d.is_empty() && rest.starts_with(**d));
            let body = &rest[direction.map_or(0, |d| d.len())..];
            let end = if state.fenced { end_of_fence(body) } else { body.len() };
            // Between the two offsets there are only the word, spaces and a direction.
            let column = text[offset..text.len() - body.len()].chars().count() as u32 + 1;
            return Some(Body { title: state.title, text: &body[..end], line: number, column, at });
        }
        state.take(trimmed, number);
        offset += line.len() + 1;
    }
    let at = state.opened.map_or(Place { line: 1, column: 1, length: 0 }, |line| Place { line, column: 1, length: 3 });
    match state.inside {
        Some(open) => faults.push(at, Cause::Unclosed { open: open.name() }),
        None => faults.push(state.first_at, Cause::NoFlowchart { first_word: state.first_word }),
    }
    None
}

/// What was seen so far of what stands before.
#[derive(Debug, Default)]
struct Before {
    title: String,
    inside: Option<Inside>,
    /// Where that was opened.
    opened: Option<u32>,
    fenced: bool,
    /// Lines of other text.
    prose: u32,
    first_word: String,
    first_at: Place,
}

#[derive(Debug, Clone, Copy)]
enum Inside {
    FrontMatter,
    Directive,
}

impl Inside {
    const fn name(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter (---)",
            Self::Directive => "directive (%%{)",
        }
    }
}

impl Before {
    fn take(&mut self, line: &str, number: u32) {
        match self.inside {
            Some(Inside::FrontMatter) => {
                if line == "---" {
                    self.inside = None;
                } else if let Some(title) = line.strip_prefix("title:") {
                    self.title = yaml_text(title.trim());
                }
            }
            Some(Inside::Directive) => {
                if line.contains("}%%") {
                    self.inside = None;
                }
            }
            None if line.is_empty() => {}
            None if line == "---" && self.prose == 0 => self.enter(Inside::FrontMatter, number),
            None if line.starts_with("%%{") => {
                if !line.contains("}%%") {
                    self.enter(Inside::Directive, number);
                }
            }
            None if line.starts_with("%%") => {}
            None if FENCES.iter().any(|fence| line.starts_with(fence)) => self.fenced = !self.fenced,
            None => {
                if self.prose == 0 {
                    self.first_word = line.split_whitespace().next().unwrap_or_default().into();
                    let length = self.first_word.chars().count() as u32;
                    self.first_at = Place { line: number, column: 1, length };
                }
                self.prose += 1;
            }
        }
    }

    fn enter(&mut self, inside: Inside, number: u32) {
        self.inside = Some(inside);
        self.opened = Some(number);
    }
}

/// The word that begins a flowchart, if this line does.
fn header(line: &str) -> Option<&'static str> {
    // The longer word first: it begins with a shorter one.
    for word in ["flowchart-elk", "flowchart", "graph"] {
        let Some(rest) = line.strip_prefix(word) else { continue };
        let direction = rest.split([';', ' ', '\t']).find(|part| !part.is_empty()).unwrap_or_default();
        let separate = rest.is_empty() || rest.starts_with([' ', '\t', ';']);
        if separate && (DIRECTIONS.contains(&direction) || rest.trim_start().starts_with(';')) {
            // After a direction, a line may go on; prose does not look like that.
            let behind = rest.trim_start().get(direction.len()..).unwrap_or_default().trim_start();
            if behind.is_empty() || behind.starts_with([';', '%']) {
                return Some(word);
            }
        }
    }
    None
}

fn end_of_fence(body: &str) -> usize {
    let mut offset = 0;
    for line in body.split('\n') {
        let trimmed = line.trim();
        if FENCES.iter().any(|fence| trimmed.starts_with(fence) && trimmed.trim_matches(['`', '~']).is_empty()) {
            return offset;
        }
        offset += line.len() + 1;
    }
    body.len()
}

/// A plain or quoted text as YAML has it, as far as titles go.
fn yaml_text(value: &str) -> String {
    if let Some(inner) = value.strip_prefix('\'').and_then(|v| v.strip_suffix('\'')) {
        return inner.replace("''", "'");
    }
    let Some(inner) = value.strip_prefix('"').and_then(|v| v.strip_suffix('"')) else { return value.into() };
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        match (c, c == '\\') {
            (_, true) => text.extend(characters.next().map(|c| if c == 'n' { '\n' } else { c })),
            (c, _) => text.push(c),
        }
    }
    text
}

/// A title as front matter has it.
pub(super) fn front_matter(title: &str) -> String {
    let escaped = title.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("---\ntitle: \"{escaped}\"\n---\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (String, String, u32) {
        let body = body(text, &mut Diagnostics::default()).unwrap_or_else(|| panic!("no flowchart in {text}"));
        (body.title, body.text.trim().into(), body.line)
    }

    #[test]
    fn finds_the_flowchart() {
        let cases = [
            ("flowchart LR\nA", ("", "A", 1)),
            ("graph TD;A-->B", ("", ";A-->B", 1)),
            ("\n%% hello\nflowchart\nA", ("", "A", 3)),
            ("%%{init: {'theme':\n'dark'}}%%\ngraph LR\nA", ("", "A", 3)),
            ("---\ntitle: \"A \\\"b\\\"\"\nconfig:\n  x: y\n---\nflowchart TB\nA", ("A \"b\"", "A", 6)),
            ("Some prose.\n```mermaid\nflowchart LR\nA\n```\nMore prose.", ("", "A", 3)),
            ("graph databases are nice\nflowchart RL\nA", ("", "A", 2)),
        ];
        for (text, (title, body, line)) in cases {
            assert_eq!(found(text), (title.into(), body.into(), line), "{text}");
        }
    }

    #[test]
    fn says_what_is_there_instead() {
        for (text, word) in [("sequenceDiagram\nA->>B: hi", "sequenceDiagram"), ("", ""), ("%% only this", "")] {
            let mut faults = Diagnostics::default();
            assert_eq!(body(text, &mut faults), None);
            assert_eq!(faults.finish()[0].cause, Cause::NoFlowchart { first_word: word.into() });
        }
        let mut faults = Diagnostics::default();
        assert_eq!(body("---\ntitle: x\nflowchart LR\nA", &mut faults), None);
        assert!(matches!(faults.finish()[0].cause, Cause::Unclosed { .. }));
    }
}
