//! Apache Kafka's jars, brought by Maven once for this machine.

use std::path::PathBuf;
use std::process::Command;

use crate::browser;
use crate::cached;
use crate::run::{Outcome, run, say, which};
use crate::tools;

/// What a step needs of Kafka.
pub(super) struct Jars {
    /// Names the version, as `<kafka.version>`, and what to bring.
    pub(super) pom: &'static str,
    /// The artifact that the folder is called after.
    pub(super) artifact: &'static str,
    pub(super) megabytes: u32,
}

impl Jars {
    /// Their folder, filled.
    pub(super) fn folder(&self) -> Outcome<PathBuf> {
        if !is_java_there() {
            browser::apt(&["maven", "default-jdk-headless"], "Maven and Java 17, which bring and run Kafka's jars")?;
        }
        let (name, version) = (self.name()?, self.version()?);
        let (artifact, megabytes) = (self.artifact, self.megabytes);
        cached::folder(&name, |folder| {
            say(&format!("bringing {artifact} {version} by Maven, once for this machine ({megabytes} MB, seconds)"));
            run(
                Command::new("mvn")
                    .args(["--quiet", "--batch-mode", "--file", self.pom, "dependency:copy-dependencies"])
                    .arg(format!("-DoutputDirectory={}", folder.display())),
                "Maven needs its registry: check the network and Maven's settings, then try again.",
            )
        })
    }

    /// Their folder, if they were brought before.
    pub(super) fn brought(&self) -> Outcome<Option<PathBuf>> {
        let folder = tools::cache()?.join(self.name()?);
        Ok(folder.is_dir().then_some(folder))
    }

    fn name(&self) -> Outcome<String> {
        Ok(format!("maven-{}-{}", self.artifact, self.version()?))
    }

    fn version(&self) -> Outcome<String> {
        let text = std::fs::read_to_string(self.pom).map_err(|e| format!("{} cannot be read: {e}.", self.pom))?;
        let version = text.split_once("<kafka.version>").and_then(|(_, rest)| rest.split_once('<'));
        let missing = || format!("{} must say which Kafka, as <kafka.version>.", self.pom);
        version.map(|(version, _)| version.into()).ok_or_else(missing)
    }
}

/// Whether Java and Maven are there, without installing any.
pub(super) fn is_java_there() -> bool {
    which("mvn").is_some() && which("javac").is_some()
}
