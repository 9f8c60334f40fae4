//! The tables of measurements. The measuring is done elsewhere: `crates/e2e` has what a browser shows and the hash,
//! `crates/core` how fast the engine is natively. This is the place that builds, runs them, and prints all in one go.

mod assignors;

use crate::run::{Outcome, cargo, run, run_and_read, say};
use crate::{browser, build, setup, tools};

/// `bench [page] [frames] [engine] [hash] [assignors] [--runs N]`: the tables named, or all. Nothing in them is an
/// assertion; it fails only where something can't be measured. The assignors alone need no browser.
pub(crate) fn bench(flags: &[String]) -> Outcome {
    let (assignors, flags): (Vec<&String>, Vec<&String>) = flags.iter().partition(|flag| *flag == "assignors");
    if !assignors.is_empty() || flags.is_empty() {
        assignors::table()?;
    }
    if !assignors.is_empty() && flags.is_empty() {
        return Ok(());
    }
    let modules = setup::npm_package(tools::MERMAID, "what our page is measured beside")?;
    browser::chromedriver()?;
    build::build()?;
    let native = native()?;
    say("measuring: some minutes, best with nothing else running");
    run(
        cargo()
            .args(["run", "--quiet", "--release", "--package", "kafka-lanes-e2e", "--bin", "bench", "--"])
            .arg("--mermaid")
            .arg(modules.join("mermaid"))
            .args(["--native", &native])
            .args(flags),
        "It says above what could not be measured.",
    )
}

/// What the engine does natively, as the line of JSON that its example prints.
fn native() -> Outcome<String> {
    say("measuring the engine natively");
    let (line, succeeded) = run_and_read(
        cargo().args(["run", "--quiet", "--release", "--package", "kafka-lanes-core", "--example", "throughput"]),
        "It says above why.",
    )?;
    if !succeeded {
        return Err("The engine could not be measured: the output above says why.".into());
    }
    Ok(line.trim().to_owned())
}
