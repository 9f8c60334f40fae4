//! A link's text: what is packed in it.

use kafka_lanes_core::limits::MAX_TIME;
use kafka_lanes_core::{Action, Span, Time};

use super::{Link, LinkFault, Opened, View};
use crate::cause::Cause;
use crate::diagnostic::{Diagnostic, Place, Severity};
use crate::language;

/// What a link holds, as text and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Moment {
    pub(super) seed: u64,
    /// Microseconds since the beginning.
    pub(super) time: u64,
    /// Microseconds from there to the end of the recorded history.
    pub(super) ahead: u64,
    /// Two lines a setting: its name and its value.
    pub(super) view: String,
    pub(super) scenario: String,
    /// Microseconds since the act before, and an act in the words of the scenario language.
    pub(super) acts: Vec<(u64, String)>,
}

impl Moment {
    pub(super) fn of(link: &Link) -> Self {
        let mut before = Time::ZERO;
        let acts = link.actions.iter().map(|(at, action)| {
            let wait = at.since(before).0;
            before = *at;
            (wait, language::print_action(action))
        });
        Self {
            seed: link.seed,
            time: link.time.0,
            ahead: link.end.since(link.time).0,
            view: link.view.settings().flat_map(|(name, value)| [name, "\n", value, "\n"]).collect(),
            scenario: language::print(&link.spec),
            acts: acts.collect(),
        }
    }

    /// What a link holds of which only the beginning was read, or of which something is wrong; none where that is no world.
    /// What follows on a line that makes no sense was changed too, or read from what was.
    pub(super) fn salvage(mut self, fault: LinkFault) -> Option<Opened> {
        let is_possible = |micros: u64| Span(micros) <= MAX_TIME;
        if !is_possible(self.time) || !is_possible(self.ahead) {
            return None;
        }
        if let Some(line) = first_error(&language::parse(&self.scenario).diagnostics) {
            self.scenario = self.scenario.split_inclusive('\n').take(line).collect();
            self.acts.clear();
        }
        if let Some(line) = first_error(&read_acts(&self.acts).1) {
            self.acts.truncate(line);
        }
        let mut opened = self.open(true);
        opened
            .diagnostics
            .insert(0, Diagnostic::new(Place { line: 1, column: 1, length: 0 }, Cause::BrokenLink(fault)));
        (!opened.link.spec.topics.is_empty()).then_some(opened)
    }

    /// The link that it is. `is_ours` says whether this engine made it.
    pub(super) fn open(self, is_ours: bool) -> Opened {
        let language::Parsed { spec, mut diagnostics } = language::parse(&self.scenario);
        let (actions, faults) = read_acts(&self.acts);
        diagnostics.extend(faults);
        if !is_ours {
            diagnostics.insert(0, Diagnostic::new(Place { line: 1, column: 1, length: 0 }, Cause::OtherEngine));
        }
        let until = |time: Time| time.min(Time::ZERO + MAX_TIME);
        let time = until(Time(self.time));
        let end = until(time + Span(self.ahead));
        let link = Link { spec, seed: self.seed, actions, time, end, view: parse_view(&self.view) };
        Opened { link, diagnostics }
    }
}

/// How many lines stand before the first error.
fn first_error(diagnostics: &[Diagnostic]) -> Option<usize> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|diagnostic| diagnostic.line.saturating_sub(1) as usize).min()
}

fn parse_view(text: &str) -> View {
    let mut view = View::default();
    let mut lines = text.split('\n');
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        view.set(name, value);
    }
    view
}

/// The acts with their times, and what is wrong with them.
fn read_acts(acts: &[(u64, String)]) -> (Vec<(Time, Action)>, Vec<Diagnostic>) {
    let mut text = String::new();
    let mut now = Time::ZERO;
    for (wait, act) in acts {
        // Far behind the end of time is as good as a bit behind it.
        now = (now + Span(*wait)).min(Time::ZERO + language::MAX_SPAN);
        text.extend(["at ", &now.0.to_string(), "us ", act, "\n"]);
    }
    language::parse_actions(&text)
}
