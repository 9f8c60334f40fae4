//! MkDocs Material, for the tests of `--full`.

use std::process::Command;

use crate::cached;
use crate::run::{Outcome, run, say};
use crate::setup;

/// crates/e2e/tests/sites.rs names this version too.
const PACKAGE: &str = "mkdocs-material==9.6.14";

/// Makes sure that it is in the cache.
pub(crate) fn install() -> Outcome {
    setup::python()?;
    let installed = cached::folder(&format!("pip-{PACKAGE}"), |folder| {
        say(&format!("installing {PACKAGE} by pip, once for this machine: a test builds a site with it (seconds)"));
        run(
            Command::new("python3")
                .args(["-m", "pip", "--quiet", "--disable-pip-version-check"])
                .args(["install", "--root-user-action=ignore", "--only-binary=:all:", PACKAGE, "--target"])
                .arg(folder.join("site")),
            "pip needs its registry: check the network and pip's settings, then try again.",
        )
    });
    installed.map(drop)
}
