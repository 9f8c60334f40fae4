//! Apache Kafka's own assignors: the clients' and the broker's.

use std::path::Path;

use super::harness::{Harness, Program};
use super::jars::{self, Jars};
use crate::run::{Outcome, run};

const PROGRAM: Program = Program {
    jars: Jars { pom: "conformance/java/pom.xml", artifact: "kafka-group-coordinator", megabytes: 28 },
    sources: "conformance/java/src/main/java/lanes",
    heap: "-Xmx2g",
};

/// Golden vectors, into a folder.
pub(super) fn vectors(folder: &Path) -> Outcome {
    let harness = harness(&folder.join("assignors"))?;
    run(harness.java().arg("vectors").arg(folder), Program::MEND)
}

/// The program that asks Kafka's classes, compiled into a folder.
pub(crate) fn harness(classes: &Path) -> Outcome<Harness> {
    PROGRAM.compiled(classes)
}

/// Whether Java and a compiler are there, without installing any.
pub(crate) fn is_java_there() -> bool {
    jars::is_java_there()
}
