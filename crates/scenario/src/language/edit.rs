//! A world that was changed by hand, written back into its text.

use std::ops::Range;

use kafka_lanes_core::limits::MAX_ACTIONS;
use kafka_lanes_core::sorted::sort_by;
use kafka_lanes_core::{Action, Time};

use super::draft::DraftAction;
use super::line::Line;
use super::number::print_span;
use super::print::print_action;
use super::statements::Reader;
use crate::cause::Cause;
use crate::diagnostic::Diagnostics;
use crate::input::{self, MAX_INPUT_BYTES};
use crate::limit::Limit;

/// `text` with a line `at TIME …` more for each of these acts, in the order of their times: behind the last such
/// line that is as early, else before the first one and the comment above that, else at the end. All else stays as
/// it is, byte for byte; a new line ends as the others do.
///
/// Read again, it is the world of `text` with these acts behind those that its script has at the same time, which is
/// the order in which [`History`](kafka_lanes_core::History) does them. An act that the engine took is always read
/// back, as long as the script has nothing later that it makes impossible. A consumer that is started with nothing of
/// its own is read as one that is added by its name, which is the same.
///
/// # Errors
///
/// What would become longer than [`MAX_INPUT_BYTES`], or have more than [`MAX_ACTIONS`] actions: it could not be read.
#[inline(never)]
pub fn edit(text: &str, acts: &[(Time, Action)]) -> Result<String, Cause> {
    if text.len() > MAX_INPUT_BYTES {
        return Err(Cause::TooLong { bytes: text.len() });
    }
    let script = script(text);
    let given = script.iter().filter(|line| line.action.is_some()).count() + acts.len();
    if given > MAX_ACTIONS {
        return Err(Cause::OverLimit { limit: Limit::Actions, given: given.to_string() });
    }
    let ending = line_ending(text);
    let room = Room::of(text, script);
    // Where each goes: those of one place in the order of their times, and of one time in the given order.
    let mut places: Vec<(usize, Time, usize)> =
        acts.iter().enumerate().map(|(index, (at, _))| (room.behind(*at), *at, index)).collect();
    sort_by(&mut places, |a, b| a.cmp(b));
    let mut edited = String::new();
    let mut done = 0;
    for (place, at, index) in places {
        edited.push_str(&text[done..place]);
        done = place;
        if !edited.is_empty() && !edited.ends_with('\n') && edited != BYTE_ORDER_MARK {
            edited.push_str(ending);
        }
        edited.push_str("at ");
        edited.push_str(&print_span(at.since(Time::ZERO)));
        edited.push(' ');
        edited.push_str(&print_action(&acts[index].1));
        edited.push_str(ending);
    }
    edited.push_str(&text[done..]);
    if edited.len() > MAX_INPUT_BYTES {
        return Err(Cause::TooLong { bytes: edited.len() });
    }
    Ok(edited)
}

/// `text` without the last line that says just this act; none if no line does. What [`edit`] put in is gone again.
#[inline(never)]
pub fn undo(text: &str, at: Time, action: &Action) -> Option<String> {
    if text.len() > MAX_INPUT_BYTES {
        return None;
    }
    let same = |line: &&Scripted| line.at == at && line.action.as_ref() == Some(action);
    let script = script(text);
    let place = script.iter().rev().find(same)?.place.clone();
    Some([&text[..place.start], &text[place.end..]].concat())
}

const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// A line of the script.
struct Scripted {
    at: Time,
    /// What happens, if it is understood.
    action: Option<Action>,
    /// Its bytes, with its ending.
    place: Range<usize>,
}

/// The lines of a text that begin with a time that can be read.
fn script(text: &str) -> Vec<Scripted> {
    let mut found = Vec::new();
    let plain = input::without_mark(text);
    let mut start = text.len() - plain.len();
    for line in plain.split_inclusive('\n') {
        let place = start..start + line.len();
        start = place.end;
        if !line.trim_start().starts_with("at") {
            continue;
        }
        let mut reader = Reader { diagnostics: Diagnostics::mute(), ..Reader::default() };
        reader.read_line(line, 1);
        let read = reader.draft.actions.pop().map(|DraftAction { time, action, .. }| (time, action));
        let (at, action) = match read {
            Some((at, action)) => (at, Some(action)),
            None => match time_of(line) {
                Some(at) => (at, None),
                None => continue,
            },
        };
        found.push(Scripted { at, action, place });
    }
    found
}

/// The time of a line whose action is not understood: it has its place all the same.
fn time_of(line: &str) -> Option<Time> {
    let mut faults = Diagnostics::mute();
    let mut line = Line::new(line, 1, 0, &mut faults);
    if !line.take_if("at") {
        return None;
    }
    let time = Reader { diagnostics: faults, ..Reader::default() }.span(&mut line, super::vocabulary::Bounds::Any)?;
    Some(Time::ZERO + time)
}

/// Where lines can go in.
struct Room {
    /// Above the whole script; at the end of a text that has none.
    front: usize,
    /// The times of the script in their order, and where the last line ends that is as early.
    ends: Vec<(Time, usize)>,
}

impl Room {
    fn of(text: &str, script: Vec<Scripted>) -> Self {
        let front = script.first().map_or(text.len(), |first| above_comment(text, first.place.start));
        let mut ends: Vec<(Time, usize)> = script.into_iter().map(|line| (line.at, line.place.end)).collect();
        sort_by(&mut ends, |a, b| a.cmp(b));
        let mut last = 0;
        for (_, end) in &mut ends {
            last = last.max(*end);
            *end = last;
        }
        Self { front, ends }
    }

    /// Where a line for this time goes.
    fn behind(&self, at: Time) -> usize {
        let earlier = self.ends.partition_point(|(time, _)| *time <= at);
        earlier.checked_sub(1).map_or(self.front, |last| self.ends[last].1)
    }
}

/// The beginning of the comment that stands right above the line at `start`, or that line itself.
fn above_comment(text: &str, start: usize) -> usize {
    let plain = input::without_mark(text);
    let mark = text.len() - plain.len();
    let mut place = start;
    for line in text[mark..start].split_inclusive('\n').rev() {
        if !line.trim_start().starts_with('#') {
            break;
        }
        place -= line.len();
    }
    place
}

/// How the lines of a text end: as the first one does.
fn line_ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

#[cfg(test)]
mod tests;
