//! Running brokers: what they do where only they can say.

use std::path::Path;

use super::harness::Program;
use super::jars::Jars;
use crate::run::{Outcome, run};

const PROGRAM: Program = Program {
    jars: Jars { pom: "conformance/broker/pom.xml", artifact: "kafka_2.13", megabytes: 54 },
    sources: "conformance/broker/java",
    heap: "-Xmx128m",
};

/// Starts brokers on this machine, one kind of question after the other, and ends them. What they did, into a folder.
pub(super) fn seen(folder: &Path) -> Outcome {
    let harness = PROGRAM.compiled(&folder.join("broker"))?;
    run(
        harness.java().arg(folder),
        "What brokers and clients wrote is gone with the folder; `TMPDIR` says where that is. Where the machine was busy, \
         times may have been missed: run it again.",
    )
}
