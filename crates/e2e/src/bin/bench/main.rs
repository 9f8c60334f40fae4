//! Measures in a browser and prints Markdown: see `cargo xtask bench`. Nothing here is an assertion.

mod contestants;
mod engine;
mod frames;
mod live;
mod machine;
mod numbers;
mod world;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use kafka_lanes_e2e::{Failure, Result};

const USAGE: &str = "bench [page] [frames] [engine] [--runs N] [--dist DIR] [--beside DIR]... [--native JSON]
Which tables; without any, all. --beside: a node_modules with packages to measure beside ours; --native: what the example
`throughput` of the core printed.";

/// What to measure, and where it is.
struct Wish {
    tables: Vec<String>,
    runs: usize,
    dist: PathBuf,
    beside: Vec<PathBuf>,
    native: Option<String>,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let wish = match read(&args) {
        Ok(wish) => wish,
        Err(problem) => {
            eprintln!("{problem}\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match measure(&wish) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn read(args: &[String]) -> std::result::Result<Wish, String> {
    // Asked of cargo at run time, for two clones may share one target folder.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let dist = Path::new(&here).join("../../dist");
    let mut wish = Wish { tables: Vec::new(), runs: 7, dist, beside: Vec::new(), native: None };
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value."));
        match arg.as_str() {
            "--dist" => wish.dist = value()?.into(),
            "--beside" => wish.beside.push(value()?.into()),
            "--native" => wish.native = Some(value()?.clone()),
            "--runs" => {
                let runs = value()?.parse().ok().filter(|runs| (1..=101).contains(runs));
                wish.runs = runs.ok_or("--runs takes a number from 1 to 101.")?;
            }
            "page" | "frames" | "engine" => wish.tables.push(arg.clone()),
            other => return Err(format!("There is no `{other}`.")),
        }
    }
    Ok(wish)
}

fn measure(wish: &Wish) -> Result {
    let wanted = |table: &str| wish.tables.is_empty() || wish.tables.iter().any(|name| name == table);
    println!("\n{}", machine::line(&wish.dist)?);
    if wanted("page") {
        println!("\n{}", live::table(&wish.dist, &wish.beside, wish.runs)?);
    }
    if wanted("frames") {
        println!("\n{}", frames::table(&wish.dist)?);
    }
    if wanted("engine") {
        println!("\n{}", engine::table(&wish.dist, wish.native.as_deref(), wish.runs)?);
    }
    Ok(())
}

/// A sentence that says what could not be measured.
fn failed(sentence: impl Into<String>) -> Failure {
    std::io::Error::other(sentence.into()).into()
}
