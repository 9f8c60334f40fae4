//! The tables of measurements. The measuring is done elsewhere: `crates/e2e` has what a browser shows,
//! `crates/core` how fast the engine and the hashes are natively. This is the place that builds, runs them, and prints all in one go.

mod assignors;

use crate::run::{Outcome, cargo, run, run_and_read, say};
use crate::{browser, build, conformance, setup, tools};

/// What a table is called, and what prints it.
type Table = (&'static str, fn() -> Outcome);

/// `bench [page] [frames] [engine] [hash] [assignors] [--runs N]`: the tables named, or all. Nothing in them is an
/// assertion; it fails only where something can't be measured. The hashes and the assignors need no browser.
pub(crate) fn bench(flags: &[String]) -> Outcome {
    let native: [Table; 2] = [("hash", hashes), ("assignors", assignors::table)];
    let is_native = |flag: &&String| native.iter().any(|(name, _)| name == flag);
    for (name, measure) in native {
        if flags.is_empty() || flags.iter().any(|flag| flag == name) {
            measure()?;
        }
    }
    let (named, others): (Vec<&String>, Vec<&String>) = flags.iter().partition(is_native);
    if !named.is_empty() && others.is_empty() {
        return Ok(());
    }
    let mut beside = Vec::new();
    for package in tools::BESIDE {
        beside.extend(["--beside".into(), setup::npm_package(package, "what our page is measured beside")?]);
    }
    browser::chromedriver()?;
    build::build()?;
    let engine = engine()?;
    say("measuring: some minutes, best with nothing else running");
    run(
        cargo()
            .args(["run", "--quiet", "--release", "--package", "kafka-lanes-e2e", "--bin", "bench", "--"])
            .args(beside)
            .args(["--native", &engine])
            .args(others),
        "It says above what could not be measured.",
    )
}

/// The hashes of keys, beside Kafka's own where Java and the jars are there.
fn hashes() -> Outcome {
    say("measuring the hashes of keys, natively");
    let mend = "It says above why.";
    run(
        cargo().args(["run", "--quiet", "--release", "--package", "kafka-lanes-core", "--example", "partitioner"]),
        mend,
    )?;
    conformance::java_speed()
}

/// What the engine does natively, as the line of JSON that its example prints.
fn engine() -> Outcome<String> {
    say("measuring the engine natively");
    let (line, succeeded) = run_and_read(
        cargo().args([
            "run",
            "--quiet",
            "--profile",
            "native",
            "--package",
            "kafka-lanes-core",
            "--example",
            "throughput",
        ]),
        "It says above why.",
    )?;
    if !succeeded {
        return Err("The engine could not be measured: the output above says why.".into());
    }
    Ok(line.trim().to_owned())
}
