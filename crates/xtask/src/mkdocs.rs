//! MkDocs Material, for the tests of `--full`.

use std::ffi::OsStr;

use crate::cached;
use crate::pip::pip;
use crate::run::{Outcome, say};
use crate::setup;

/// crates/e2e/tests/further_sites.rs names this version too.
const PACKAGE: &str = "mkdocs-material==9.6.14";

/// Makes sure that it is in the cache.
pub(crate) fn install() -> Outcome {
    setup::python()?;
    let installed = cached::folder(&format!("pip-{PACKAGE}"), |folder| {
        say(&format!("installing {PACKAGE} by pip, once for this machine: a test builds a site with it (seconds)"));
        let site = folder.join("site");
        let install = ["install", "--only-binary=:all:", PACKAGE, "--target"].map(OsStr::new);
        pip(&[&install[..], &[site.as_os_str()]].concat())
    });
    installed.map(drop)
}
