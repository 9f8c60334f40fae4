//! Docusaurus, for the tests of `--full`.

use std::path::Path;
use std::process::Command;

use crate::cached;
use crate::run::{Outcome, run, say};
use crate::{setup, tools};

/// crates/e2e/tests/further_sites.rs names this version too.
const NAME: &str = "npm-docusaurus-3.10.2";
/// What it is made of, each package with its version.
const LOCKED: &str = "crates/e2e/tools/docusaurus";
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Makes sure that it is in the cache, as the lock file says.
pub(crate) fn install() -> Outcome {
    let locked = Path::new(LOCKED);
    let folder = tools::cache()?.join(NAME);
    let io = |e: std::io::Error| format!("{} cannot be written: {e}. Free it and try again.", folder.display());
    let is_other = |name: &&str| std::fs::read(folder.join(name)).ok() != std::fs::read(locked.join(name)).ok();
    if folder.is_dir() && FILES.iter().any(is_other) {
        std::fs::remove_dir_all(&folder).map_err(io)?;
    }
    let installed = cached::folder(NAME, |folder| {
        setup::node()?;
        say(
            "installing Docusaurus by npm, once for this machine: a test builds a site with it (270 MB, a minute or two)",
        );
        for name in FILES {
            std::fs::copy(locked.join(name), folder.join(name)).map_err(io)?;
        }
        run(
            Command::new("npm")
                .args(["ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"])
                .current_dir(folder),
            "npm needs to reach its registry: check the network and npm's settings, then try again.",
        )
    });
    installed.map(drop)
}
