//! Where tools live: one folder a tool and version, per machine and outside `target/`, so that no clean build
//! installs them again.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::run::Outcome;

/// Trunk's version. 0.22 needs a newer Rust than ours.
pub(crate) const TRUNK: &str = "0.21.14";
/// The npm package whose `wasm-opt` Trunk.toml asks for (`version_132`).
pub(crate) const BINARYEN: &str = "binaryen@132";
/// mdBook, which builds `docs/` and the tests' books; crates/e2e/tests/sites.rs names this version too.
pub(crate) const MDBOOK: &str = "0.5.4";
/// What looks for barriers in the browser tests.
pub(crate) const AXE: &str = "axe-core@4";
/// What reads the types of our package; crates/e2e/tests/types.rs names this version too.
pub(crate) const TYPESCRIPT: &str = "typescript@5.9.3";
/// A bundler that takes our package; crates/e2e/tests/bundlers.rs names this version too.
pub(crate) const VITE: &str = "vite@8.3.4";
/// What `cargo xtask bench` measures beside us.
pub(crate) const BESIDE: [&str; 3] = ["mermaid@11", "asciinema-player@3", "@lottiefiles/dotlottie-wc@0.9"];

/// The folder that holds the tools: `$XDG_CACHE_HOME/kafka-lanes/tools`, by default under `~/.cache`.
pub(crate) fn cache() -> Outcome<PathBuf> {
    let base = match std::env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
        Some(dir) => PathBuf::from(dir),
        None => match std::env::var_os("HOME").filter(|home| !home.is_empty()) {
            Some(home) => Path::new(&home).join(".cache"),
            None => return Err("Neither HOME nor XDG_CACHE_HOME is set: set one, tools are kept under it.".into()),
        },
    };
    Ok(base.join("kafka-lanes").join("tools"))
}

/// Where a crate's programs are once installed.
pub(crate) fn crate_bin(tool: &str, version: &str) -> Outcome<PathBuf> {
    Ok(cache()?.join(format!("{tool}-{version}")).join("bin"))
}

/// The folder of an npm package among the tools: `npm-binaryen@132`.
pub(crate) fn npm_folder(package: &str) -> String {
    format!("npm-{package}")
}

/// Where an npm package is installed: `npm-binaryen@132/node_modules`.
pub(crate) fn npm_modules(package: &str) -> Outcome<PathBuf> {
    Ok(cache()?.join(npm_folder(package)).join("node_modules"))
}

/// The version of a crate that Cargo.lock holds; for wasm-bindgen, library and program must be the same.
pub(crate) fn locked_version(package: &str) -> Outcome<String> {
    let lock = std::fs::read_to_string("Cargo.lock")
        .map_err(|e| format!("Cargo.lock cannot be read: {e}. `cargo generate-lockfile` writes it."))?;
    version_in(&lock, package)
        .ok_or_else(|| format!("Cargo.lock has no package {package}: crates/app should depend on it."))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.next()?;
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

/// PATH with the cached tools first, so that Trunk finds exactly the versions that it wants and downloads nothing.
pub(crate) fn path() -> Outcome<OsString> {
    let mut folders = vec![
        crate_bin("trunk", TRUNK)?,
        crate_bin("wasm-bindgen", &locked_version("wasm-bindgen")?)?,
        npm_modules(BINARYEN)?.join(".bin"),
    ];
    let before = std::env::var_os("PATH").unwrap_or_default();
    folders.extend(std::env::split_paths(&before));
    std::env::join_paths(folders).map_err(|e| format!("PATH cannot be extended: {e}. Mend PATH."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_that_of_the_package_with_exactly_this_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-cli\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in(lock, "wasm"), None);
    }
}
