//! Apache Kafka's own producer.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{CLIENTS, KEYS, cached};
use crate::browser;
use crate::run::{Outcome, run, say, which};
use crate::tools;

/// Names the version of Kafka.
const POM: &str = "conformance/clients/java/pom.xml";

/// The folder of the jars.
fn jars() -> Outcome<PathBuf> {
    if which("mvn").is_none() || which("javac").is_none() {
        browser::apt(&["maven", "default-jdk-headless"], "Maven and Java 17, which bring and run Kafka's jars")?;
    }
    let version = version()?;
    cached::folder(&format!("maven-kafka-clients-{version}"), |folder| {
        say(&format!("bringing kafka-clients {version} by Maven, once for this machine (20 MB, seconds)"));
        run(
            Command::new("mvn")
                .args(["--quiet", "--batch-mode", "--file", POM, "dependency:copy-dependencies"])
                .arg(format!("-DoutputDirectory={}", folder.display())),
            "Maven needs its registry: check the network and Maven's settings, then try again.",
        )
    })
}

fn version() -> Outcome<String> {
    let text = std::fs::read_to_string(POM).map_err(|e| format!("{POM} cannot be read: {e}."))?;
    let version = between(&text, "<kafka.version>", "</kafka.version>");
    version.map(String::from).ok_or_else(|| format!("{POM} must say which Kafka, as <kafka.version>."))
}

/// Where keys go, and where records without keys go.
pub(super) fn partitioners(folder: &Path) -> Outcome {
    let jars = jars()?.join("*");
    let mend = "It needs Java 17 or later.";
    run(
        Command::new("java")
            .arg("-cp")
            .arg(&jars)
            .arg(format!("{CLIENTS}/java/Partition.java"))
            .arg(folder.join(KEYS))
            .arg(folder),
        mend,
    )?;
    // These see what only Kafka's package sees, so they are compiled into a folder that the same loader reads.
    let classes = folder.join("classes");
    let sources = ["Sticky", "Load"].map(|class| format!("{CLIENTS}/java/{class}.java"));
    run(Command::new("javac").arg("-d").arg(&classes).arg("-cp").arg(&jars).args(sources), mend)?;
    let path = std::env::join_paths([&classes, &jars]).map_err(|e| format!("No class path: {e}. Set TMPDIR."))?;
    for class in ["Sticky", "Load"] {
        let class = format!("org.apache.kafka.clients.producer.internals.{class}");
        run(Command::new("java").arg("-cp").arg(&path).arg(class).arg(folder), mend)?;
    }
    Ok(())
}

/// Prints how fast Kafka's own hash is; nothing where `cargo xtask conformance` has not brought Kafka's jars.
pub(crate) fn speed() -> Outcome {
    let jars = tools::cache()?.join(format!("maven-kafka-clients-{}", version()?));
    if which("java").is_none() || !jars.is_dir() {
        say("left out: Kafka's own murmur2, for its jars are not there (`cargo xtask conformance java` brings them)");
        return Ok(());
    }
    run(
        Command::new("java").arg("-cp").arg(jars.join("*")).arg(format!("{CLIENTS}/java/Speed.java")),
        "It needs Java 17 or later.",
    )
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}
