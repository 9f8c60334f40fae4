//! Where the wasm is cut in two (`crates/shrink`), measured anew.

use crate::run::{Outcome, cargo, run, run_and_read, say};
use crate::{browser, build, setup};

const LIST: &str = "crates/shrink/after-first-frame.txt";
const HEAD: &str = "\
# Functions of the app's wasm that a live diagram needs only after its first frame: hashes of their names.
# Written by `cargo xtask profile`; crates/shrink/src/cold.rs says what it is for. Not to be edited by hand.
";

/// Opens diagrams with a wasm that notes which of its functions run, and writes down those that did not.
pub(crate) fn profile() -> Outcome {
    setup::build_tools()?;
    browser::chromedriver()?;
    say("building a wasm that counts its functions");
    run(
        build::trunk("build")?.arg("--release").env("KAFKA_LANES_COUNT_FUNCTIONS", "1"),
        "What the compiler says above is what to mend.",
    )?;
    say("opening diagrams with it");
    let (hashes, succeeded) = run_and_read(
        cargo().args(["run", "--quiet", "--package", "kafka-lanes-e2e", "--bin", "profile"]),
        "It needs a browser: `cargo xtask test` brings one.",
    )?;
    if !succeeded {
        return Err("The diagrams could not be opened: the output above says why.".into());
    }
    std::fs::write(LIST, format!("{HEAD}{}\n", hashes.trim()))
        .map_err(|e| format!("{LIST} cannot be written: {e}. Free it and try again."))?;
    build::build()
}
