//! Sarama.

use std::path::Path;
use std::process::Command;

use super::{CLIENTS, KEYS};
use crate::run::{Outcome, run, say, which};

/// Asks Sarama, whose version is that of its go.mod. Debian's Go is too old for it: where there is none, this is
/// left out, and said.
pub(super) fn sarama(folder: &Path) -> Outcome {
    if which("go").is_none() {
        say("left out: there is no Go (1.26 or later) to build Sarama with");
        return Ok(());
    }
    let program = folder.join("sarama");
    run(
        Command::new("go")
            .args(["build", "-o"])
            .arg(&program)
            .arg(".")
            .current_dir(format!("{CLIENTS}/sarama"))
            .env("GOFLAGS", "-mod=readonly"),
        "Go needs its module proxy once: check the network and Go's settings, then try again.",
    )?;
    run(Command::new(program).arg(folder.join(KEYS)).arg(folder), "It says above what went wrong.")
}
