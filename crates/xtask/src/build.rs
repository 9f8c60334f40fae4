//! The release build, and what it weighs.

use std::io::Write;
use std::path::Path;
use std::process::Command;

use flate2::{Compression, write::GzEncoder};

use crate::run::{Outcome, run, say};
use crate::{setup, tools};

/// Builds into `dist/` and prints the sizes.
pub(crate) fn build() -> Outcome {
    setup::build_tools()?;
    say("building the release into dist/ (a minute or two the first time)");
    run(trunk("build")?.arg("--release"), "What the compiler says above is what to mend.")?;
    print_sizes(Path::new("dist"))
}

/// Trunk with the cached tools and no wish to reach the network.
pub(crate) fn trunk(command: &str) -> Outcome<Command> {
    let mut trunk = Command::new(tools::crate_bin("trunk", tools::TRUNK)?.join("trunk"));
    trunk.arg(command).args(["--offline", "--skip-version-check"]).env("PATH", tools::path()?);
    // Trunk takes only `true` and `false` here, and ends with an error where the convention says `1`.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env("NO_COLOR", "true");
    }
    Ok(trunk)
}

/// A line a file: bytes as they are, and as a server sends them compressed.
fn print_sizes(dist: &Path) -> Outcome {
    let mut files = Vec::new();
    collect(dist, &mut files).map_err(|e| format!("dist/ cannot be read: {e}. Build again."))?;
    files.sort();
    println!("\n{:<34} {:>12} {:>12}", "file", "bytes", "gzip -9");
    let (mut raw_total, mut packed_total) = (0, 0);
    for file in &files {
        let bytes = std::fs::read(file).map_err(|e| format!("{} cannot be read: {e}.", file.display()))?;
        let packed = gzipped(&bytes);
        let name = file.strip_prefix(dist).unwrap_or(file).display().to_string();
        println!("{name:<34} {:>12} {packed:>12}", bytes.len());
        raw_total += bytes.len();
        packed_total += packed;
    }
    println!("{:<34} {raw_total:>12} {packed_total:>12}", "all");
    println!("What a page with one live diagram transfers of these is measured in a browser, by `cargo xtask ci`.");
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<std::path::PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn gzipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(bytes.len(), |packed| packed.len())
}
