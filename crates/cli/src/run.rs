use kafka_lanes_core::limits::MAX_TIME;
use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_core::{History, Span, Time};
use kafka_lanes_scenario::StateDocument;
use kafka_lanes_scene::describe;
use kafka_lanes_words::English;

use crate::args::Run;
use crate::failure::Failure;
use crate::input::world_at;
use crate::output::{aligned, write};

/// How far a run goes that does not say.
const UNTIL: Time = Time::from_secs(60);
/// How long the last action of a scenario is watched.
const AFTER_LAST: Span = Span::from_secs(10);

pub(crate) fn run(args: &Run) -> Result<(), Failure> {
    let history = world_at(&args.scenario, args.seed, args.until, until)?;
    let text = if args.json { json(&history)? } else { in_words(&history) };
    write(&text, None)
}

fn until(spec: &WorldSpec) -> Time {
    let last = spec.actions.iter().map(|(at, _)| *at + AFTER_LAST).max();
    last.unwrap_or_default().max(UNTIL).min(Time::ZERO + MAX_TIME)
}

/// The state as the document that the element's `state` gives too.
pub(crate) fn json(history: &History) -> Result<String, Failure> {
    serde_json::to_string(&StateDocument::of(history))
        .map_err(|error| Failure::Refused(format!("error: the state can't be written as JSON: {error}")))
}

/// The description, the tables, and the digest.
pub(crate) fn in_words(history: &History) -> String {
    let world = history.world();
    let tables: String =
        describe::tables(world, &English).iter().map(|table| format!("\n{}", aligned(table))).collect();
    format!("{}\n{tables}\nDigest {:016x}\n", describe::text(world, &English), world.digest())
}
