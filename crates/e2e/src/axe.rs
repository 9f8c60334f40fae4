//! axe-core looks for barriers: the accessibility rules that a program can check.

use std::path::{Path, PathBuf};

use crate::failure::{Failure, Result};
use crate::page::Page;

impl Page {
    /// What axe-core finds, a line a thing; open shadow roots and frames are looked through too.
    pub fn barriers(&self) -> Result<Vec<String>> {
        let file = axe_file()?;
        let source = std::fs::read_to_string(&file).map_err(|e| {
            Failure::new(format!("{} cannot be read ({e}): `cargo xtask test` installs axe-core.", file.display()))
        })?;
        self.js(&source)?;
        let run = "return axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(
            rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${rule.help}: ${node.target.flat().join(' ')}` +
                ` ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`)));";
        Ok(serde_json::from_value(self.js(run)?)?)
    }
}

/// Where `cargo xtask test` puts it.
fn axe_file() -> Result<PathBuf> {
    let cache = match std::env::var_os("XDG_CACHE_HOME").filter(|dir| Path::new(dir).is_absolute()) {
        Some(dir) => PathBuf::from(dir),
        None => Path::new(&std::env::var_os("HOME").ok_or_else(|| Failure::new("HOME is not set."))?).join(".cache"),
    };
    Ok(cache.join("kafka-lanes/tools/npm-axe-core@4/node_modules/axe-core/axe.min.js"))
}
