use std::path::{Path, PathBuf};

use crate::run::Outcome;
use crate::tools;

/// A folder among the tools, filled by `fill` if it is not there yet.
///
/// Filled beside its place and renamed when whole: an interrupted install must not look like a finished one.
pub(crate) fn folder(name: &str, fill: impl FnOnce(&Path) -> Outcome) -> Outcome<PathBuf> {
    let folder = tools::cache()?.join(name);
    if folder.is_dir() {
        return Ok(folder);
    }
    let unfinished = tools::cache()?.join(format!("{name}.unfinished"));
    let io = |e: std::io::Error| format!("{} cannot be written: {e}. Free it and try again.", unfinished.display());
    if unfinished.exists() {
        std::fs::remove_dir_all(&unfinished).map_err(io)?;
    }
    std::fs::create_dir_all(&unfinished).map_err(io)?;
    fill(&unfinished)?;
    std::fs::rename(&unfinished, &folder).map_err(io)?;
    Ok(folder)
}
