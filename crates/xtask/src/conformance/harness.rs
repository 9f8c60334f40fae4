use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use super::jars::Jars;
use crate::run::{Outcome, run};

/// A Java program of ours that asks Kafka: its class `lanes.Main`.
pub(super) struct Program {
    pub(super) jars: Jars,
    /// The folder of its sources.
    pub(super) sources: &'static str,
    /// How much memory it may take, as an option of Java.
    pub(super) heap: &'static str,
}

impl Program {
    pub(super) const MEND: &str = "It needs Java 17 or later.";

    /// Compiles it into a folder, after bringing what it needs.
    pub(super) fn compiled(&self, classes: &Path) -> Outcome<Harness> {
        let jars = self.jars.folder()?.join("*");
        let sources = std::fs::read_dir(self.sources).map_err(|e| format!("{} cannot be read: {e}.", self.sources))?;
        let sources =
            sources.flatten().map(|entry| entry.path()).filter(|path| path.extension() == Some("java".as_ref()));
        run(Command::new("javac").args(["-d"]).arg(classes).arg("-cp").arg(&jars).args(sources), Self::MEND)?;
        let class_path =
            std::env::join_paths([classes, &jars]).map_err(|e| format!("No class path: {e}. Set TMPDIR."))?;
        Ok(Harness { class_path, heap: self.heap })
    }
}

/// A program that is compiled.
pub(crate) struct Harness {
    class_path: OsString,
    heap: &'static str,
}

impl Harness {
    /// A command that runs it.
    pub(crate) fn java(&self) -> Command {
        let mut java = Command::new("java");
        java.arg(self.heap).arg("-cp").arg(&self.class_path).arg("lanes.Main");
        java
    }
}
