//! Apache Kafka's own producer.

use std::path::Path;
use std::process::Command;

use super::jars::Jars;
use super::{CLIENTS, KEYS};
use crate::run::{Outcome, run, say, which};

const JARS: Jars = Jars { pom: "conformance/clients/java/pom.xml", artifact: "kafka-clients", megabytes: 20 };

/// Where keys go, and where records without keys go.
pub(super) fn partitioners(folder: &Path) -> Outcome {
    let jars = JARS.folder()?.join("*");
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
    let Some(jars) = JARS.brought()?.filter(|_| which("java").is_some()) else {
        say("left out: Kafka's own murmur2, for its jars are not there (`cargo xtask conformance java` brings them)");
        return Ok(());
    };
    run(
        Command::new("java").arg("-cp").arg(jars.join("*")).arg(format!("{CLIENTS}/java/Speed.java")),
        "It needs Java 17 or later.",
    )
}
