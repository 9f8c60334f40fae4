//! Our package for npm, and projects that have it.

use std::path::PathBuf;

use crate::built::folder;
use crate::failure::{Failure, Result};
use crate::recipe::{Recipe, repository};

/// What `cargo xtask package` left.
pub fn package() -> Result<PathBuf> {
    let file = repository().join(format!("target/package/kafka-lanes-{}.tgz", env!("CARGO_PKG_VERSION")));
    if file.is_file() { Ok(file) } else { Err(Failure::new("There is no package: run `cargo xtask package` first.")) }
}

/// A project that has the package and nothing else, by its recipe and without a network.
pub fn project(name: &str) -> Result<PathBuf> {
    let folder = folder(name)?;
    std::fs::write(folder.join("package.json"), "{ \"private\": true }\n")?;
    let recipe = Recipe::named("npm")?.with("PACKAGE", package()?).with("npm_config_offline", "true".into());
    recipe.with("npm_config_audit", "false".into()).follow(&folder, &[])?;
    Ok(folder)
}
