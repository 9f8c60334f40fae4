//! The package for npm: what a build leaves for other people's pages, its types, and what `web/npm` says about it.

mod bundler;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Outcome, run, say};
use crate::{build, setup};

/// Where the package is left.
const FOLDER: &str = "target/package";
/// Its manifest, but for the version.
const MANIFEST: &str = "web/npm/package.json";
/// The loader, and the file that bundlers get for it.
const LOADERS: [&str; 2] = ["web/kafka-lanes.js", "kafka-lanes.bundler.js"];
/// Stands in the manifest for the version.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";
/// Where its files are; the first folder that has one counts.
const SOURCES: [&str; 3] = ["web/npm", "dist", "."];
/// The version of every crate.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Builds the release and packs it.
pub(crate) fn package() -> Outcome {
    build::build()?;
    let tarball = pack()?;
    let bytes = std::fs::metadata(&tarball).map_or(0, |file| file.len());
    println!("\n{} has {bytes} bytes: `npm install` takes it, and `npm publish`.", tarball.display());
    Ok(())
}

/// Packs what is in `dist/`, and says where the tarball is. The same files give the same bytes: npm leaves out times and owners.
pub(crate) fn pack() -> Outcome<PathBuf> {
    setup::node()?;
    say(&format!("packing dist/ for npm into {FOLDER}/"));
    let folder = Path::new(FOLDER).join("kafka-lanes");
    let unwritable = |e: std::io::Error| format!("{} cannot be written: {e}. Free it and try again.", folder.display());
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(unwritable)?;
    }
    std::fs::create_dir_all(&folder).map_err(unwritable)?;
    let manifest = std::fs::read_to_string(MANIFEST).map_err(|e| format!("{MANIFEST} cannot be read: {e}."))?;
    let [loader, for_bundlers] = LOADERS;
    for name in files(&manifest).filter(|name| *name != for_bundlers) {
        std::fs::copy(source(name)?, folder.join(name)).map_err(unwritable)?;
    }
    let loader = std::fs::read_to_string(loader).map_err(|e| format!("{loader} cannot be read: {e}."))?;
    std::fs::write(folder.join(for_bundlers), bundler::for_bundlers(&loader)?).map_err(unwritable)?;
    std::fs::write(folder.join("package.json"), with_version(&manifest)?).map_err(unwritable)?;
    run(
        Command::new("npm")
            .args(["pack", "--silent", "--ignore-scripts", "--pack-destination", FOLDER])
            .arg(Path::new(".").join(&folder)),
        "npm says above what it does not like.",
    )?;
    Ok(Path::new(FOLDER).join(format!("kafka-lanes-{VERSION}.tgz")))
}

/// What the manifest says is in the package. Itself is in every package.
fn files(manifest: &str) -> impl Iterator<Item = &str> {
    let (_, list) = manifest.split_once("\"files\": [").unwrap_or_default();
    list.split(']').next().unwrap_or_default().split('"').skip(1).step_by(2)
}

fn source(name: &str) -> Outcome<PathBuf> {
    let found = SOURCES.iter().map(|folder| Path::new(folder).join(name)).find(|file| file.is_file());
    found.ok_or_else(|| {
        format!(
            "{MANIFEST} says that {name} is in the package, but no build leaves it: mend the list, or `cargo xtask build`."
        )
    })
}

fn with_version(manifest: &str) -> Outcome<String> {
    if !manifest.contains(NO_VERSION) {
        return Err(format!("{MANIFEST} must say {NO_VERSION}: the version is that of Cargo.toml."));
    }
    Ok(manifest.replace(NO_VERSION, &format!("\"version\": \"{VERSION}\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_gives_the_files_and_gets_the_version() {
        let manifest = "{\n  \"version\": \"0.0.0\",\n  \"keywords\": [\"kafka\"],\n  \"files\": [\n    \"a.js\",\n    \"b.css\"\n  ]\n}\n";
        assert_eq!(files(manifest).collect::<Vec<_>>(), ["a.js", "b.css"]);
        assert_eq!(files("{}").count(), 0);
        assert!(with_version(manifest).is_ok_and(|text| text.contains(&format!("\"version\": \"{VERSION}\","))));
        assert!(with_version("{}").is_err());
    }

    #[test]
    fn a_file_that_is_nowhere_is_named() {
        let problem = source("kafka-lanes.nonsense").expect_err("there is no such file");
        assert!(problem.contains("kafka-lanes.nonsense"), "{problem}");
    }
}
