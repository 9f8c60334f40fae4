//! `cargo xtask conformance`: asks Kafka and other clients again, and compares what they say with
//! `conformance/vectors`, which the Rust tests read on every run.

pub(crate) mod assignors;
mod broker;
mod compare;
mod go;
mod harness;
mod jars;
mod java;
mod node;
mod python;

pub(crate) use harness::Harness;
pub(crate) use java::speed as java_speed;

use std::path::{Path, PathBuf};

use crate::run::{Outcome, say};

/// Where the programs that ask the clients are.
const CLIENTS: &str = "conformance/clients";
/// The answers.
const VECTORS: &str = "conformance/vectors";
/// What every client is asked about. Written first.
const KEYS: &str = "partition-keys.tsv";

/// Whose answers, and what writes them into a folder. The keys are there already.
type Step = (&'static str, fn(&Path) -> Outcome);

const STEPS: [Step; 7] = [
    ("java", java::partitioners),
    ("librdkafka", python::librdkafka),
    ("kafka-python", python::kafka_python),
    ("kafkajs", node::kafkajs),
    ("sarama", go::sarama),
    ("assignors", assignors::vectors),
    (BROKER, broker::seen),
];

/// Takes some minutes, and measures times that a busy machine spoils: only when it is named.
const BROKER: &str = "broker";

/// `conformance [--write] [STEP…]`: all steps but the brokers', or those named. Differences fail, or become the answers from now on.
pub(crate) fn command(flags: &[String]) -> Outcome {
    let write = flags.iter().any(|flag| flag == "--write");
    let named: Vec<&String> = flags.iter().filter(|flag| *flag != "--write").collect();
    if let Some(unknown) = named.iter().find(|name| STEPS.iter().all(|(step, _)| step != **name)) {
        let steps = STEPS.map(|(step, _)| step).join(", ");
        return Err(format!("There is no step `{unknown}`: the steps are {steps}; `--write` keeps what they say."));
    }
    let folder = Scratch::new()?;
    python::keys(&folder.0)?;
    let is_asked = |step: &str| if named.is_empty() { step != BROKER } else { named.iter().any(|name| *name == step) };
    for (name, ask) in STEPS.iter().filter(|(step, _)| is_asked(step)) {
        say(&format!("asking: {name}"));
        ask(&folder.0)?;
    }
    if write { compare::keep(&folder.0, Path::new(VECTORS)) } else { compare::check(&folder.0, Path::new(VECTORS)) }
}

/// A folder for one run.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Outcome<Self> {
        let folder = std::env::temp_dir().join(format!("kafka-lanes-conformance-{}", std::process::id()));
        std::fs::create_dir_all(&folder)
            .map_err(|e| format!("{} cannot be made: {e}. Set TMPDIR to a folder that can.", folder.display()))?;
        Ok(Self(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What stays behind in a folder for temporary files is no harm.
        std::fs::remove_dir_all(&self.0).ok();
    }
}
