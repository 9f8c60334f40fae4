//! All that a push must pass, in order; it stops at the first failure.

use std::time::{Duration, Instant};

use crate::run::{Outcome, cargo, output_of, run, say};
use crate::tally::{Count, Tally};
use crate::test::suites;
use crate::{docs, fuzz, house, licences, setup, test};

type Step = (&'static str, fn() -> Outcome<Count>);

const BEFORE: [Step; 7] = [
    ("tools", tools),
    ("format", format),
    ("house rules", house_rules),
    ("lints, natively", lints),
    ("lints, in the browser", wasm_lints),
    ("documentation", documentation),
    ("licences", licences),
];

const AFTER: [Step; 3] =
    [("the book in docs/", book), ("bytes to a live diagram", transfer), ("fuzzing, 120 s", fuzzing)];

/// Runs the steps, and prints how long each took and what was counted. `full`: also what is too long for every push.
pub(crate) fn ci(full: bool) -> Outcome {
    let mut tally = Tally::default();
    let mut times = Vec::new();
    let result = steps(full, &mut tally, &mut times);
    print_times(&times);
    tally.print();
    result
}

fn steps(full: bool, tally: &mut Tally, times: &mut Vec<(&str, Duration)>) -> Outcome {
    for (name, step) in BEFORE.into_iter().chain(suites(full)).chain(AFTER) {
        say(&format!("step: {name}"));
        let started = Instant::now();
        let result = step();
        times.push((name, started.elapsed()));
        let count = *result.as_ref().unwrap_or(&Count::one(false));
        if count != Count::default() {
            tally.add(name, count);
        }
        result.map_err(|problem| format!("The step \"{name}\" failed. {problem}"))?;
        if count.failed > 0 {
            return Err(format!("The step \"{name}\" failed: {} failed, as the output above says.", count.failed));
        }
    }
    Ok(())
}

fn print_times(times: &[(&str, Duration)]) {
    println!("\n{:<44} {:>9}", "step", "seconds");
    for (name, time) in times {
        println!("{name:<44} {:>9}", time.as_secs());
    }
    let whole: Duration = times.iter().map(|(_, time)| time).sum();
    println!("{:<44} {:>9}", "all", whole.as_secs());
}

fn tools() -> Outcome<Count> {
    if let Some(version) = output_of(std::process::Command::new("rustc").arg("--version")) {
        println!("{version}");
    }
    setup::rust_component("rustfmt", "rustfmt")?;
    setup::rust_component("clippy", "cargo-clippy")?;
    run(
        cargo().args(["fetch", "--quiet", "--locked"]),
        "If Cargo.lock is behind a Cargo.toml, run `cargo check` and commit it; else check the network.",
    )?;
    run(
        cargo().args(["fetch", "--quiet", "--locked", "--manifest-path", "fuzz/Cargo.toml"]),
        "If fuzz/Cargo.lock is behind, run `cargo update --workspace --manifest-path fuzz/Cargo.toml` and commit it.",
    )?;
    test::install()?;
    Ok(Count::default())
}

fn format() -> Outcome<Count> {
    let mend = "`cargo fmt --all` mends it, in fuzz/ too.";
    run(cargo().args(["fmt", "--all", "--check"]), mend)?;
    run(cargo().args(["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"]), mend)?;
    Ok(Count::one(true))
}

fn house_rules() -> Outcome<Count> {
    house::check()?;
    Ok(Count::one(true))
}

const LINT_MEND: &str = "Mend what the lint says, or allow it beside the code with the reason.";

fn lints() -> Outcome<Count> {
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]), LINT_MEND)?;
    Ok(Count::one(true))
}

fn wasm_lints() -> Outcome<Count> {
    run(
        cargo().args(["clippy", "--package", "kafka-lanes-app", "--all-targets"]).args([
            "--target",
            "wasm32-unknown-unknown",
            "--",
            "--deny",
            "warnings",
        ]),
        LINT_MEND,
    )?;
    Ok(Count::one(true))
}

fn documentation() -> Outcome<Count> {
    run(
        cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "--deny warnings"),
        "Mend the doc comment that rustdoc names.",
    )?;
    Ok(Count::one(true))
}

fn licences() -> Outcome<Count> {
    licences::check()?;
    Ok(Count::one(true))
}

fn book() -> Outcome<Count> {
    docs::docs()?;
    Ok(Count::one(true))
}

fn transfer() -> Outcome<Count> {
    run(
        cargo().args(["run", "--quiet", "--package", "kafka-lanes-e2e", "--bin", "transfer"]),
        "If it is over the budget, see what grew: `cargo xtask build` lists the files.",
    )?;
    Ok(Count::one(true))
}

fn fuzzing() -> Outcome<Count> {
    fuzz::fuzz(30)
}
