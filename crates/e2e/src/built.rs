//! What every site has to do that was built with diagrams in it, whichever tool built it.

use std::path::PathBuf;

use crate::failure::{Failure, Result};
use crate::page::Page;

/// An empty folder of this process's own, below cargo's `target/`.
pub fn folder(name: &str) -> Result<PathBuf> {
    // The test is target/debug/deps/NAME.
    let test = std::env::current_exe()?;
    let target = test.ancestors().nth(3).ok_or_else(|| Failure::new("The test is in no folder of cargo's."))?;
    let folder = target.join("tmp").join(format!("{}-{name}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

impl Page {
    /// Brings each diagram into view, and waits until it runs; there are as many as said.
    pub fn all_run(&self, count: usize) -> Result {
        let found: usize = self.read("document.querySelectorAll('kafka-lanes').length")?;
        if found != count {
            return Err(Failure::new(format!("There are {found} diagrams, not {count}.")));
        }
        for index in 0..count {
            let diagram = format!("document.querySelectorAll('kafka-lanes')[{index}]");
            self.js(&format!("{diagram}.scrollIntoView();"))?;
            self.wait_for(&format!("{diagram}.state"), 20)?;
            self.wait_for(&format!("{diagram}.shadowRoot.querySelector('.transport button')"), 20)?;
            // A code block without attributes opens at the beginning.
            let opened = format!("{diagram}.state.time_us >= ({diagram}.getAttribute('at') ? 12e6 : 0)");
            if !self.read::<bool>(&opened)? {
                return Err(Failure::new(format!("Diagram {index} does not open at its moment.")));
            }
        }
        Ok(())
    }

    /// How light the ground of the first diagram is, 0 to 765.
    pub fn lightness(&self) -> Result<u32> {
        self.painted()?;
        self.read(
            "getComputedStyle(document.querySelector('kafka-lanes')).backgroundColor.match(/\\d+/g).slice(0, 3)\
                .reduce((sum, c) => sum + +c, 0)",
        )
    }

    /// The barriers within diagrams. What is the site's own is its affair.
    pub fn barriers_of_ours(&self) -> Result<Vec<String>> {
        let barriers = self.barriers()?;
        Ok(barriers.into_iter().filter(|barrier| barrier.contains("kafka-lanes")).collect())
    }
}
