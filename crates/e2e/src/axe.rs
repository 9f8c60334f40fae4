//! axe-core looks for barriers: the accessibility rules that a program can check.

use crate::failure::{Failure, Result};
use crate::page::Page;
use crate::tools::tool;

/// The file among the tools of this machine.
const AXE: &str = "npm-axe-core@4/node_modules/axe-core/axe.min.js";

impl Page {
    /// What axe-core finds, a line a thing; open shadow roots and frames are looked through too.
    pub fn barriers(&self) -> Result<Vec<String>> {
        let file = tool(AXE)?;
        let source = std::fs::read_to_string(&file)
            .map_err(|e| Failure::new(format!("{} cannot be read: {e}.", file.display())))?;
        self.js(&source)?;
        let run = "return axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.flatMap(
            rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${rule.help}: ${node.target.flat().join(' ')}` +
                ` ${node.any.concat(node.all, node.none).map(check => check.message).join('; ')}`)));";
        Ok(serde_json::from_value(self.js(run)?)?)
    }
}
