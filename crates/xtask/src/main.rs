//! `cargo xtask`: what a developer runs. Each command brings the tools it needs, says what it does while it does
//! it, and fails with a sentence that says what to do.

mod bench;
mod browser;
mod build;
mod cached;
mod ci;
mod conformance;
mod docs;
mod docusaurus;
mod fuzz;
mod house;
mod licences;
mod look;
mod mkdocs;
mod package;
mod pip;
mod profile;
mod run;
mod serve;
mod setup;
mod tally;
mod test;
mod tools;

use std::process::ExitCode;

use run::Outcome;

const USAGE: &str = "\
cargo xtask COMMAND

  setup               install what is missing to build: wasm target, Trunk, wasm-bindgen, wasm-opt
  serve               build and serve the playground at http://127.0.0.1:8080  [--port N] [--release]
  build               leave the release build in dist/, and print what it weighs
  package             pack a release build for npm: target/package/kafka-lanes-VERSION.tgz
  test                run every test, the browser's included (installs a browser if there is none)
                      [--full] sites of further tools too: documentation, bundlers, TypeScript
  profile             measure anew which code a first frame needs (after larger changes, or when ci says so)
  docs                build the book in docs/ into target/book/, with the diagrams of dist/
  bench               print the tables of measurements  [page] [frames] [engine] [hash] [assignors] [--runs N]
  ci                  all that a push must pass: format, lints, docs, licences, tests, size, fuzzing
                      [--full] what is too long for every push too
  conformance         ask Kafka and other clients again, and compare with conformance/vectors  [--write] [STEP...]
                      (the step `broker` runs brokers, for 9 minutes, and only when it is named)
  fuzz                fuzz the parsers  [--seconds N, 30 for each]
  look PATH OUT.png   take a picture of a page of dist/, or of a URL
                      [--size 1280x800] [--dark] [--reduced-motion] [--forced-colors] [--wait MS] [--js CODE]

Tools are installed once per machine, in the user's cache folder; nothing is installed twice.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("\nxtask: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Outcome {
    let Some((command, rest)) = args.split_first() else {
        println!("{USAGE}");
        return Ok(());
    };
    run::enter_repository()?;
    match (command.as_str(), rest) {
        ("help" | "--help" | "-h", _) => {
            println!("{USAGE}");
            Ok(())
        }
        ("setup", []) => setup::build_tools(),
        ("serve", flags) => serve::serve(flags),
        ("build", []) => build::build(),
        ("package", []) => package::package(),
        ("test", []) => test::test(false),
        ("test", [flag]) if flag == "--full" => test::test(true),
        ("docs", []) => docs::docs(),
        ("profile", []) => profile::profile(),
        ("bench", flags) => bench::bench(flags),
        ("ci", []) => ci::ci(false),
        ("ci", [flag]) if flag == "--full" => ci::ci(true),
        ("conformance", flags) => conformance::command(flags),
        ("fuzz", flags) => fuzz::command(flags),
        ("look", flags) => look::look(flags),
        ("setup" | "build" | "package" | "test" | "docs" | "profile" | "ci", [flag, ..]) => {
            Err(format!("`cargo xtask {command}` does not take `{flag}`. `cargo xtask help` says what it takes."))
        }
        _ => Err(format!("There is no command `{command}`. `cargo xtask help` lists them.")),
    }
}
