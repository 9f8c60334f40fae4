//! Apache Kafka's own assignors: the clients' and the broker's.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cached;
use crate::browser;
use crate::run::{Outcome, run, say, which};

/// Names the version of Kafka.
const POM: &str = "conformance/java/pom.xml";
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
        let jars = jars()?.join("*");
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
    which("mvn").is_some() && which("javac").is_some()
}

/// The folder of the jars.
fn jars() -> Outcome<PathBuf> {
    if !is_java_there() {
        browser::apt(&["maven", "default-jdk-headless"], "Maven and Java 17, which bring and run Kafka's jars")?;
    }
    let text = std::fs::read_to_string(POM).map_err(|e| format!("{POM} cannot be read: {e}."))?;
    let version = text.split_once("<kafka.version>").and_then(|(_, rest)| rest.split_once('<'));
    let (version, _) = version.ok_or_else(|| format!("{POM} must say which Kafka, as <kafka.version>."))?;
    cached::folder(&format!("maven-kafka-group-coordinator-{version}"), |folder| {
        say(&format!("bringing kafka-group-coordinator {version} by Maven, once for this machine (28 MB, seconds)"));
        run(
            Command::new("mvn")
                .args(["--quiet", "--batch-mode", "--file", POM, "dependency:copy-dependencies"])
                .arg(format!("-DoutputDirectory={}", folder.display())),
            "Maven needs its registry: check the network and Maven's settings, then try again.",
        )
    })
}
