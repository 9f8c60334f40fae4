//! Installing what is missing, once per machine.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browser;
use crate::cached;
use crate::run::{Outcome, cargo, output_of, run, say, which};
use crate::tools::{self, BINARYEN, MDBOOK, TRUNK};

/// All that a build needs.
pub(crate) fn build_tools() -> Outcome {
    rust_target("wasm32-unknown-unknown", "to compile for the browser")?;
    trunk()?;
    wasm_bindgen()?;
    npm_package(BINARYEN, "wasm-opt, which makes the wasm file smaller")?;
    crates()
}

/// Makes sure that the compiler has the standard library of a target.
pub(crate) fn rust_target(target: &str, why: &str) -> Outcome {
    let sysroot = output_of(Command::new("rustc").args(["--print", "sysroot"]))
        .ok_or("rustc does not run. Install Rust by rustup (its site is named after it), then try again.")?;
    if Path::new(&sysroot).join("lib/rustlib").join(target).join("lib").is_dir() {
        return Ok(());
    }
    say(&format!("adding the Rust target {target} by rustup, {why} (20 to 30 MB, seconds)"));
    rustup(&["target", "add", target], target)
}

/// Makes sure that a part of the toolchain is there: `rustfmt`, `clippy`.
pub(crate) fn rust_component(component: &str, program: &str) -> Outcome {
    if output_of(Command::new(program).arg("--version")).is_some() {
        return Ok(());
    }
    say(&format!("adding {component} to the Rust toolchain by rustup (a few MB, seconds)"));
    rustup(&["component", "add", component], component)
}

fn rustup(args: &[&str], what: &str) -> Outcome {
    if which("rustup").is_none() {
        return Err(format!(
            "The Rust toolchain lacks {what}, and there is no rustup to add it. Install Rust by rustup, or the \
             package of your system that brings it (Debian: rust-web-src and cargo-web for wasm)."
        ));
    }
    run(
        Command::new("rustup").args(args),
        "rustup needs to reach its server: check the network (or the proxy) and try again.",
    )
}

fn trunk() -> Outcome {
    let bin = tools::crate_bin("trunk", TRUNK)?;
    // Compiled without optimisation: it is ready in a quarter of the time and then waits for others anyway.
    let install = ["--locked", "--debug"];
    cargo_install("trunk", TRUNK, &bin, &install, "it drives the build; about 3 minutes on two cores")
}

fn wasm_bindgen() -> Outcome {
    let version = tools::locked_version("wasm-bindgen")?;
    let bin = tools::crate_bin("wasm-bindgen", &version)?;
    let why = "it joins wasm and JavaScript, and must have the library's version; about 2 minutes on two cores";
    // Without `--locked`: with the lock file that it was published with, 0.2.130 does not compile.
    cargo_install("wasm-bindgen-cli", &version, &bin, &["--debug"], why)
}

/// What builds books.
pub(crate) fn mdbook() -> Outcome {
    let bin = tools::crate_bin("mdbook", MDBOOK)?;
    // Without its server and its watching, which nothing here uses.
    let install = ["--locked", "--debug", "--no-default-features", "--features", "search"];
    cargo_install("mdbook", MDBOOK, &bin, &install, "it builds docs/; about a minute on two cores")
}

fn cargo_install(package: &str, version: &str, bin: &Path, flags: &[&str], why: &str) -> Outcome {
    let program = package.trim_end_matches("-cli");
    if bin.join(program).is_file() {
        return Ok(());
    }
    let root = bin.parent().unwrap_or(bin);
    say(&format!("installing {package} {version}, once for this machine: {why}"));
    run(
        cargo()
            .args(["install", "--quiet", package, "--version", version, "--root"])
            .arg(root)
            .args(flags)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            // A wasm or fuzzing build's settings must not reach a tool of this machine.
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_BUILD_TARGET")
            .env_remove("CARGO_TARGET_DIR"),
        "It needs a C compiler and the crates registry: check both and try again.",
    )
}

/// Makes sure that an npm package is in the cache, and says where its `node_modules` is.
pub(crate) fn npm_package(package: &str, why: &str) -> Outcome<PathBuf> {
    let installed = cached::folder(&tools::npm_folder(package), |folder| {
        say(&format!("installing the npm package {package}, once for this machine: {why} (seconds)"));
        let manifest = folder.join("package.json");
        std::fs::write(&manifest, "{\"private\":true}\n")
            .map_err(|e| format!("{} cannot be written: {e}. Free it and try again.", manifest.display()))?;
        npm(&["install", package], folder)
    });
    Ok(installed?.join("node_modules"))
}

/// Runs npm in a folder; what packages want to run is not run.
pub(crate) fn npm(args: &[&str], folder: &Path) -> Outcome {
    node()?;
    run(
        Command::new("npm")
            .args(args)
            .args(["--silent", "--no-audit", "--no-fund", "--ignore-scripts"])
            .current_dir(folder),
        "npm needs to reach its registry: check the network and npm's settings, then try again.",
    )
}

/// Makes sure that Node.js and npm are there.
pub(crate) fn node() -> Outcome {
    if which("npm").is_some() && which("node").is_some() {
        return Ok(());
    }
    browser::apt(&["nodejs", "npm"], "Node.js and npm, which bring wasm-opt and pack our own package")
}

/// Makes sure that Python and pip are there.
pub(crate) fn python() -> Outcome {
    if which("python3").is_some() && output_of(Command::new("python3").args(["-m", "pip", "--version"])).is_some() {
        return Ok(());
    }
    browser::apt(&["python3", "python3-pip"], "Python and pip, which bring tools and clients")
}

/// Has cargo fetch every crate now, so that later commands work with no network.
fn crates() -> Outcome {
    run(cargo().args(["fetch", "--quiet"]), "Cargo needs the crates registry once: check the network and try again.")
}
