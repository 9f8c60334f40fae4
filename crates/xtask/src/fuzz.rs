//! Fuzzing the parsers with libFuzzer, on the stable compiler: the instrumentation is LLVM's own pass, asked for by
//! compiler flags, so that neither a nightly toolchain nor `cargo-fuzz` is needed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::browser;
use crate::run::{Outcome, cargo, output_of, run, say, which};
use crate::tally::Count;

const TARGETS: [&str; 4] = ["consumer-groups", "link", "mermaid", "scenario"];

/// Where inputs to begin with are, a folder for each target that has some there: those made for it, and what tests read.
const CORPORA: [&str; 2] = ["fuzz/corpus", "crates/scenario/fixtures"];

/// LLVM's coverage pass: a counter on every edge, a table of their places, and the operands of comparisons, from
/// which libFuzzer learns what a keyword is.
const INSTRUMENT: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// `fuzz [--seconds N]`.
pub(crate) fn command(flags: &[String]) -> Outcome {
    match flags {
        [] => fuzz(30).map(drop),
        [flag, number] if flag == "--seconds" => match number.parse() {
            Ok(seconds @ 1..) => fuzz(seconds).map(drop),
            _ => Err("--seconds takes a number from 1 up.".into()),
        },
        _ => Err("`cargo xtask fuzz` has only --seconds N.".into()),
    }
}

/// Fuzzes each parser for so many seconds. New inputs are kept outside the repository, in `target/`.
pub(crate) fn fuzz(seconds: u32) -> Outcome<Count> {
    if which("c++").is_none() {
        browser::apt(&["g++"], "a C++ compiler for libFuzzer")?;
    }
    let programs = build()?;
    for target in TARGETS {
        say(&format!("fuzzing the {target} parser for {seconds} s"));
        one(&programs.join(target), target, seconds)?;
    }
    Ok(Count { passed: TARGETS.len() as u32, ..Count::default() })
}

fn build() -> Outcome<PathBuf> {
    let host = output_of(Command::new("rustc").args(["--print", "host-tuple"]))
        .ok_or("rustc does not say its host: Rust 1.84 or newer is needed.")?;
    let target_dir = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let target_dir = target_dir.join("fuzz");
    run(
        cargo()
            .args(["build", "--release", "--manifest-path", "fuzz/Cargo.toml", "--locked"])
            // With a target given, build scripts and macros are spared the instrumentation.
            .args(["--target", &host, "--target-dir"])
            .arg(&target_dir)
            .env("RUSTFLAGS", INSTRUMENT),
        "If fuzz/Cargo.lock is behind, run `cargo check --manifest-path fuzz/Cargo.toml` and commit it.",
    )?;
    Ok(target_dir.join(host).join("release"))
}

fn one(program: &Path, target: &str, seconds: u32) -> Outcome {
    let found = program.with_file_name(format!("corpus-{target}"));
    std::fs::create_dir_all(&found).map_err(|e| format!("{} cannot be made: {e}.", found.display()))?;
    let crashes = program.with_file_name(format!("{target}-"));
    let output = Command::new(program)
        .arg(format!("-max_total_time={seconds}"))
        // A parser that thinks for 5 s over 16 KiB, or takes 1 GiB, is broken too.
        .args(["-timeout=5", "-max_len=16384", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0"])
        .arg(format!("-dict=fuzz/words/{target}.dict"))
        .arg(format!("-artifact_prefix={}", crashes.display()))
        .arg(&found)
        .args(CORPORA.map(|corpora| Path::new(corpora).join(target)).iter().filter(|corpus| corpus.is_dir()))
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("The fuzzer {} does not start: {e}.", program.display()))?;
    let log = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        log.lines().filter_map(|line| line.strip_prefix("stat::")).for_each(|stat| println!("  {stat}"));
        return Ok(());
    }
    eprintln!("{log}");
    Err(format!(
        "The {target} parser failed on an input that is kept in {}…: make a test of it, then mend the parser.",
        crashes.display()
    ))
}
