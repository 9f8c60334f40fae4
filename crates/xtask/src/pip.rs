//! pip, which brings tools and clients from Python's registry.

use std::ffi::OsStr;
use std::process::Command;

use crate::run::{Outcome, run};

/// Runs pip, quietly. What not every pip knows is in variables, which the others pass over: as an option, 22.0 and older
/// refuse `--root-user-action`, and newer ones want it behind the subcommand.
pub(crate) fn pip<A: AsRef<OsStr>>(args: &[A]) -> Outcome {
    run(
        Command::new("python3")
            .args(["-m", "pip", "--quiet", "--disable-pip-version-check"])
            .args(args)
            .env("PIP_ROOT_USER_ACTION", "ignore"),
        "pip needs its registry: check the network and pip's settings, then try again.",
    )
}
