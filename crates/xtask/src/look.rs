//! A picture of a page: `cargo xtask look / first.png --size 375x700 --dark`.

use crate::browser;
use crate::run::{Outcome, cargo, run};

/// Passes everything to the `look` program of the browser harness, which lives in another crate so that this one
/// compiles in seconds.
pub(crate) fn look(flags: &[String]) -> Outcome {
    browser::chromedriver()?;
    run(
        cargo().args(["run", "--quiet", "--package", "kafka-lanes-e2e", "--bin", "look", "--"]).args(flags),
        "It says above what is wrong.",
    )
}
