use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};

/// A file or folder of the tools that `cargo xtask test` keeps for this machine: `mdbook-0.5.4/bin`.
pub fn tool(path: &str) -> Result<PathBuf> {
    let cache = match std::env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
        Some(dir) => PathBuf::from(dir),
        None => Path::new(&std::env::var_os("HOME").ok_or_else(|| Failure::new("HOME is not set."))?).join(".cache"),
    };
    let found = cache.join("kafka-lanes/tools").join(path);
    if !found.exists() {
        return Err(Failure::new(format!("{} is not there: `cargo xtask test` installs it.", found.display())));
    }
    Ok(found)
}
