//! Apache Kafka's own assignors: the clients' and the broker's.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::jars::{self, Jars};
use crate::run::{Outcome, run};

const JARS: Jars = Jars { pom: "conformance/java/pom.xml", artifact: "kafka-group-coordinator", megabytes: 28 };
const SOURCES: &str = "conformance/java/src/main/java/lanes";
const MEND: &str = "It needs Java 17 or later.";

/// Golden vectors, into a folder.
pub(super) fn vectors(folder: &Path) -> Outcome {
    let harness = Harness::built(&folder.join("assignors"))?;
    run(harness.java().arg("vectors").arg(folder), MEND)
}

/// The program that asks Kafka's classes, compiled.
pub(crate) struct Harness {
    class_path: OsString,
}

impl Harness {
    /// Compiles it into a folder, after bringing what it needs.
    pub(crate) fn built(classes: &Path) -> Outcome<Self> {
        let jars = JARS.folder()?.join("*");
        let sources = std::fs::read_dir(SOURCES).map_err(|e| format!("{SOURCES} cannot be read: {e}."))?;
        let sources =
            sources.flatten().map(|entry| entry.path()).filter(|path| path.extension() == Some("java".as_ref()));
        run(Command::new("javac").args(["-d"]).arg(classes).arg("-cp").arg(&jars).args(sources), MEND)?;
        let class_path =
            std::env::join_paths([classes, &jars]).map_err(|e| format!("No class path: {e}. Set TMPDIR."))?;
        Ok(Self { class_path })
    }

    /// A command that runs it.
    pub(crate) fn java(&self) -> Command {
        let mut java = Command::new("java");
        java.args(["-Xmx2g", "-cp"]).arg(&self.class_path).arg("lanes.Main");
        java
    }
}

/// Whether Java and a compiler are there, without installing any.
pub(crate) fn is_java_there() -> bool {
    jars::is_java_there()
}
