//! Docusaurus, for the tests of `--full`.

use std::path::Path;
use std::process::Command;

use crate::cached;
use crate::run::{Outcome, output_of, say};
use crate::{setup, tools};

/// crates/e2e/tests/further_sites.rs names this version too.
const NAME: &str = "npm-docusaurus-3.10.2";
/// What it is made of, each package with its version.
const LOCKED: &str = "crates/e2e/tools/docusaurus";
const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// The oldest Node.js that it runs on, by its own manifest.
const OLDEST_NODE: u32 = 20;

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
        let version = output_of(Command::new("node").arg("--version")).unwrap_or_default();
        if major(&version) < OLDEST_NODE {
            return Err(format!(
                "Docusaurus needs Node.js {OLDEST_NODE} or later, not {version}: install a newer one."
            ));
        }
        say(
            "installing Docusaurus by npm, once for this machine: a test builds a site with it (270 MB, a minute or two)",
        );
        for name in FILES {
            std::fs::copy(locked.join(name), folder.join(name)).map_err(io)?;
        }
        setup::npm(&["ci"], folder)
    });
    installed.map(drop)
}

/// `v20.19.2` is 20.
fn major(version: &str) -> u32 {
    let number = version.trim_start_matches('v').split('.').next();
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn a_version_of_node_begins_with_its_number() {
        assert_eq!([major("v20.19.2"), major("v8.0.0"), major("")], [20, 8, 0]);
    }
}
