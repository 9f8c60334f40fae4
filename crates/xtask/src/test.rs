//! Every test: native, in the browser, and of the built page.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{Outcome, cargo, repository, run, run_and_read, say};
use crate::tally::{Count, Tally};
use crate::{browser, build, docusaurus, mkdocs, package, setup, tools};

/// A target without an operating system: what compiles for it needs no std.
const BARE_METAL: &str = "thumbv7em-none-eabihf";

/// A suite's name and what runs it.
pub(crate) type Suite = (&'static str, fn() -> Outcome<Count>);

/// In the order in which they run: what is quick to fail comes first.
const SUITES: [Suite; 4] = [
    ("core, compiled without std", core_without_std),
    ("native tests", native),
    ("the app in headless Chromium", app_in_browser),
    ("the built page in Chromium", built_page),
];

/// Those that are too long for every push, or need what is too large.
const FULL: [Suite; 1] = [("sites of further tools, and types", further)];

/// The suites of every push, or all.
pub(crate) fn suites(full: bool) -> impl Iterator<Item = Suite> {
    SUITES.into_iter().chain(FULL.into_iter().filter(move |_| full))
}

/// Brings what is missing, runs the suites, prints the count.
pub(crate) fn test(full: bool) -> Outcome {
    install()?;
    let mut tally = Tally::default();
    let mut problems = Vec::new();
    for (name, suite) in suites(full) {
        say(&format!("running: {name}"));
        let count = suite().unwrap_or_else(|problem| {
            eprintln!("xtask: {problem}");
            problems.push(problem);
            Count::one(false)
        });
        tally.add(name, count);
    }
    tally.print();
    match (tally.sum().failed, problems.first()) {
        (0, _) => Ok(()),
        (_, Some(problem)) => Err(format!("Not every suite ran. {problem}")),
        (failed, None) => Err(format!("{failed} failed: the output above says which, and why.")),
    }
}

/// What the tests need over a build.
pub(crate) fn install() -> Outcome {
    setup::build_tools()?;
    setup::rust_target(BARE_METAL, "to see that the core needs no std")?;
    setup::mdbook()?;
    setup::npm_package(tools::AXE, "it looks for barriers in the page")?;
    browser::chromedriver().map(drop)
}

fn core_without_std() -> Outcome<Count> {
    let mend = "crates/core must compile with `core` and `alloc` alone: look for `std` in what was changed.";
    run(cargo().args(["check", "--package", "kafka-lanes-core", "--target", BARE_METAL]), mend)?;
    Ok(Count::one(true))
}

fn native() -> Outcome<Count> {
    counted(cargo().args(["test", "--no-fail-fast"]))
}

fn app_in_browser() -> Outcome<Count> {
    let bindgen = tools::crate_bin("wasm-bindgen", &tools::locked_version("wasm-bindgen")?)?;
    counted(
        cargo()
            .args(["test", "--no-fail-fast", "--package", "kafka-lanes-app", "--tests"])
            .args(["--target", "wasm32-unknown-unknown"])
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", bindgen.join("wasm-bindgen-test-runner"))
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", repository().join("crates/e2e/webdriver.json"))
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
            .env("CHROMEDRIVER", browser::chromedriver()?),
    )
}

fn built_page() -> Outcome<Count> {
    build::build()?;
    package::pack()?;
    yew_host()?;
    counted(
        cargo()
            .args(["test", "--no-fail-fast", "--package", "kafka-lanes-e2e"])
            // One browser at a time: two cores and measured times do not go with more.
            .env("RUST_TEST_THREADS", "1"),
    )
}

/// After the built page: the build and the package are there.
fn further() -> Outcome<Count> {
    mkdocs::install()?;
    docusaurus::install()?;
    setup::npm_package(tools::TYPESCRIPT, "it reads the types of our package")?;
    setup::npm_package(tools::VITE, "a bundler that takes our package")?;
    counted(
        cargo()
            .args(["test", "--no-fail-fast", "--package", "kafka-lanes-e2e", "--features", "full"])
            .args(["--test", "further_sites", "--test", "types", "--test", "bundlers"])
            .env("RUST_TEST_THREADS", "1"),
    )
}

/// Somebody else's page that is a Yew app itself, for a test of what happens when a diagram stands in it.
fn yew_host() -> Outcome {
    let package = "kafka-lanes-host-yew";
    let mend = "What the compiler says above is what to mend.";
    run(cargo().args(["build", "--package", package, "--target", "wasm32-unknown-unknown"]), mend)?;
    let bindgen = tools::crate_bin("wasm-bindgen", &tools::locked_version("wasm-bindgen")?)?;
    let folder = target_folder();
    let wasm = folder.join("wasm32-unknown-unknown/debug").join(package.replace('-', "_")).with_extension("wasm");
    run(
        Command::new(bindgen.join("wasm-bindgen"))
            .args(["--target", "web", "--no-typescript", "--out-name", "host", "--out-dir", "target/hosts/yew"])
            .arg(wasm),
        "The library and the program wasm-bindgen must have one version: `cargo xtask setup` sees to it.",
    )
}

/// Where cargo builds.
fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| repository().join("target"), PathBuf::from)
}

/// Runs a test runner and reads its count. One that ends badly without a failed test did not compile.
fn counted(command: &mut Command) -> Outcome<Count> {
    let (output, succeeded) = run_and_read(command, "Install Rust by rustup.")?;
    let count = Count::read(&output);
    if !succeeded && count.failed == 0 {
        return Err("A test program could not be built or was ended early: the output above says why.".into());
    }
    Ok(count)
}
