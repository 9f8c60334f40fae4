//! Texts from files or stdin, and the worlds that they say.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{Happening, History, Time};
use kafka_lanes_scenario::consumer_groups::{self, Import};
use kafka_lanes_scenario::language::print_span;
use kafka_lanes_scenario::link::{self, Link};
use kafka_lanes_scenario::{BrokenText, Diagnostic, MAX_INPUT_BYTES, Severity, decode, is_mermaid, language, mermaid};
use kafka_lanes_words::{English, TellingWords};

use crate::failure::{Failure, say};

/// Events that one command lets take place at the most: about a minute of real time.
const MAX_EVENTS: u64 = 300_000_000;
/// What all random choices follow from, where nothing says.
const USUAL_SEED: u64 = 1;

/// A text and where it is from.
pub(crate) struct Source {
    /// The file's name as it was typed, or `stdin`.
    pub(crate) name: String,
    bytes: Vec<u8>,
}

/// A text that was read as a world.
#[derive(Default)]
pub(crate) struct Loaded {
    /// The link that it came from, if it is one.
    link: Option<Link>,
    pub(crate) name: String,
    pub(crate) spec: WorldSpec,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How what could be meant in several ways was understood.
    notes: Vec<String>,
}

impl Source {
    /// Reads `path`; `-` is stdin. No more is read than is needed to say that it is too much.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let mut bytes = Vec::new();
        let most = MAX_INPUT_BYTES as u64 + 1;
        let (name, read) = if path == Path::new("-") {
            ("stdin".into(), io::stdin().lock().take(most).read_to_end(&mut bytes))
        } else {
            let read = File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes));
            (path.display().to_string(), read)
        };
        read.map_err(|error| Failure::Refused(format!("{name}: error: can't be read: {error}")))?;
        if bytes.len() > MAX_INPUT_BYTES {
            return Err(Failure::Refused(format!(
                "{name}:1:1: error: this is longer than {MAX_INPUT_BYTES} bytes (MAX_INPUT_BYTES). Leave out what is not needed."
            )));
        }
        Ok(Self { name, bytes })
    }

    /// A text that is at hand.
    pub(crate) fn of_text(name: &str, text: &str) -> Self {
        Self { name: name.into(), bytes: text.into() }
    }

    /// The world that the text says, be it in the scenario language or in Mermaid.
    pub(crate) fn load(self) -> Loaded {
        let Self { name, bytes } = self;
        match decode(&bytes) {
            Ok(text) if is_mermaid(text) => of_mermaid(name, text),
            Ok(text) => {
                let language::Parsed { spec, diagnostics } = language::parse(text);
                Loaded { name, spec, diagnostics, ..Loaded::default() }
            }
            Err(broken) => of_broken(name, broken),
        }
    }

    /// The scenario that the output of Kafka's tools says, as text with remarks in comments.
    pub(crate) fn consumer_groups(self) -> Result<String, Failure> {
        let Self { name, bytes } = self;
        let import = match decode(&bytes) {
            Ok(text) => consumer_groups::import(text),
            Err(broken) => Import { diagnostics: vec![broken.0], ..Import::default() },
        };
        let text = consumer_groups::print(&import);
        let Import { spec, diagnostics, .. } = import;
        Loaded { name, spec, diagnostics, ..Loaded::default() }.accept()?;
        Ok(text)
    }

    /// The world that the text says in Mermaid.
    pub(crate) fn load_mermaid(self) -> Loaded {
        let Self { name, bytes } = self;
        match decode(&bytes) {
            Ok(text) => of_mermaid(name, text),
            Err(broken) => of_broken(name, broken),
        }
    }
}

fn of_mermaid(name: String, text: &str) -> Loaded {
    let mermaid::Import { spec, diagnostics, understood } = mermaid::import(text);
    Loaded {
        name,
        spec,
        diagnostics,
        notes: understood.iter().map(mermaid::Understood::message).collect(),
        ..Loaded::default()
    }
}

fn of_broken(name: String, broken: BrokenText) -> Loaded {
    Loaded { name, diagnostics: vec![broken.0], ..Loaded::default() }
}

impl Loaded {
    /// Whether something of the text was left out.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Says on stderr all that there is to say, `file:line:column: error: …`.
    pub(crate) fn say_all(&self) {
        for diagnostic in &self.diagnostics {
            say(&format!("{}:{diagnostic}", self.name));
        }
        for note in &self.notes {
            say(&format!("{}: note: {note}", self.name));
        }
    }

    /// The world, if the whole text was understood.
    pub(crate) fn accept(self) -> Result<(String, WorldSpec), Failure> {
        self.say_all();
        if self.has_errors() {
            return Err(Failure::Refused(format!("{}: refused; see above.", self.name)));
        }
        Ok((self.name, self.spec))
    }
}

/// Reads `scenario`: a link, or else a file, in which a link may stand too.
pub(crate) fn load(scenario: &Path) -> Result<Loaded, Failure> {
    if let Some(text) = scenario.to_str().filter(|text| link::is_link(text)) {
        return of_link(text);
    }
    let source = Source::read(scenario)?;
    match decode(&source.bytes) {
        Ok(text) if link::is_link(text) => of_link(text),
        _ => Ok(source.load()),
    }
}

fn of_link(text: &str) -> Result<Loaded, Failure> {
    let link::Opened { link, diagnostics } =
        Link::read(text).map_err(|broken| Failure::Refused(format!("link: error: {}", broken.fault)))?;
    let spec = link.spec.clone();
    Ok(Loaded { name: "link".into(), spec, diagnostics, notes: Vec::new(), link: Some(link) })
}

/// The world of `path` at a moment. A link has a seed and a moment of its own, which hold where none is given; for a
/// file `usual` is given the spec.
pub(crate) fn world_at(
    path: &Path,
    seed: Option<u64>,
    at: Option<Time>,
    usual: impl FnOnce(&WorldSpec) -> Time,
) -> Result<History, Failure> {
    let mut loaded = load(path)?;
    let link = loaded.link.take();
    let (name, spec) = loaded.accept()?;
    let until = at.or(link.as_ref().map(|link| link.time)).unwrap_or_else(|| usual(&spec));
    let refused = |refusal| Failure::Refused(format!("{name}: error: {}", English.refusal(&refusal)));
    let link = link.unwrap_or_else(|| Link { spec, seed: USUAL_SEED, ..Link::default() });
    let mut history = Link { seed: seed.unwrap_or(link.seed), ..link }.history().map_err(refused)?;
    let not_done = advance(&mut history, until, MAX_EVENTS);
    let not_done = not_done.map_err(|what| Failure::Refused(format!("{name}: error: {what}")))?;
    warn(&name, &not_done);
    Ok(history)
}

/// Says on stderr what is wrong with a scenario without being in its text.
pub(crate) fn warn(name: &str, remarks: &[String]) {
    remarks.iter().for_each(|what| say(&format!("{name}: warning: {what}")));
}

/// What a scenario's actions ask for that can't be done, which only its world knows.
pub(crate) fn not_done(spec: &WorldSpec) -> Result<Vec<String>, String> {
    let Some((last, _)) = spec.actions.last() else { return Ok(Vec::new()) };
    let mut history = History::new(spec.clone(), USUAL_SEED).map_err(|refusal| English.refusal(&refusal))?;
    advance(&mut history, *last, MAX_EVENTS)
}

/// Goes on to a moment, if at most so many events lead there. What the scenario's actions asked for on the way and can't
/// be done comes back, each with its time.
pub(crate) fn advance(history: &mut History, until: Time, most_events: u64) -> Result<Vec<String>, String> {
    let mut left = most_events;
    let mut not_done = Vec::new();
    let mut moments: Vec<Time> = history.spec().actions.iter().map(|(at, _)| *at).collect();
    moments.dedup();
    moments.retain(|at| (history.world().now()..until).contains(at));
    for at in moments.into_iter().chain([until]) {
        left -= history.advance(at, left).events.min(left);
        let world = history.world();
        let just_now = world.journal().entries.iter().rev().take_while(|entry| entry.at == at);
        let refused = just_now.filter(|entry| matches!(entry.what, Happening::NotDone { .. }));
        let when = print_span(at - Time::ZERO);
        let first = not_done.len();
        not_done.extend(refused.map(|entry| format!("at {when}: {}", English.happening(world, &entry.what))));
        // The journal was read from its end.
        not_done[first..].reverse();
    }
    let now = history.world().now();
    if now < until {
        let (now, until) = (now.0 / 1_000_000, until.0 / 1_000_000);
        return Err(format!(
            "too much happens: {most_events} events (MAX_EVENTS) led to {now}s, not to {until}s. Ask for an earlier time, or make the scenario's rates lower."
        ));
    }
    Ok(not_done)
}
