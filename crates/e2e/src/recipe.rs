//! Recipes of `docs/src/embedding.md`, followed to the letter.
//!
//! A recipe begins with `<!-- recipe: NAME -->`. Behind `<!-- file: PATH -->` the next code block is a file; behind
//! `<!-- run -->` it is commands.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};

/// What a reader of the docs is told to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    steps: Vec<Step>,
    variables: Vec<(&'static str, PathBuf)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    File(String, String),
    Run(String),
}

impl Recipe {
    /// The recipe of this name.
    pub fn named(name: &str) -> Result<Self> {
        let page = repository().join("docs/src/embedding.md");
        let recipe = Self::read(&std::fs::read_to_string(page)?, name);
        if recipe.steps.is_empty() {
            return Err(Failure::new(format!("docs/src/embedding.md has no recipe {name}.")));
        }
        Ok(recipe)
    }

    fn read(markdown: &str, name: &str) -> Self {
        let mut steps = Vec::new();
        let mut here = false;
        // What the next block is, with its text empty; then the block's fence and its text.
        let mut next: Option<Step> = None;
        let mut block: Option<(String, String)> = None;
        for line in markdown.lines() {
            if let Some((fence, text)) = &mut block {
                if line == fence {
                    let text = std::mem::take(text);
                    steps.extend(next.take().map(|step| match step {
                        Step::File(path, _) => Step::File(path, text),
                        Step::Run(_) => Step::Run(text),
                    }));
                    block = None;
                } else {
                    text.push_str(line);
                    text.push('\n');
                }
            } else if let Some(comment) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
                match comment.split_once(": ") {
                    Some(("recipe", found)) => here = found == name,
                    Some(("file", path)) if here => next = Some(Step::File(path.into(), String::new())),
                    None if here && comment == "run" => next = Some(Step::Run(String::new())),
                    _ => {}
                }
            } else if line.starts_with("```") {
                let fence: String = line.chars().take_while(|c| *c == '`').collect();
                block = Some((fence, String::new()));
            }
        }
        Self { steps, variables: Vec::new() }
    }

    /// The commands that build the book in `docs/` into `$BOOK`; to be followed in the repository.
    pub fn own_book() -> Self {
        let commands = "kafka-lanes mdbook install docs --dist \"$DIST\"\nmdbook build docs --dest-dir \"$BOOK\"\n";
        Self { steps: vec![Step::Run(commands.into())], variables: Vec::new() }
    }

    /// Its commands see this variable.
    pub fn with(mut self, variable: &'static str, value: PathBuf) -> Self {
        self.variables.push((variable, value));
        self
    }

    /// Does it all in a folder. Commands find `kafka-lanes` and the programs in `tools`, and the build in `$DIST`.
    pub fn follow(&self, folder: &Path, tools: &[PathBuf]) -> Result {
        for step in &self.steps {
            match step {
                Step::File(path, text) => {
                    let file = folder.join(path);
                    if let Some(parent) = file.parent() {
                        std::fs::create_dir_all(parent)?;
                    }
                    std::fs::write(file, text)?;
                }
                Step::Run(commands) => self.run(commands, folder, tools)?,
            }
        }
        Ok(())
    }

    fn run(&self, commands: &str, folder: &Path, tools: &[PathBuf]) -> Result {
        let output = Command::new("sh")
            .args(["-e", "-c", commands])
            .current_dir(folder)
            .env("PATH", path(tools)?)
            .env("DIST", repository().join("dist"))
            .envs(self.variables.iter().cloned())
            .output()?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            return Err(Failure::new(format!("`{}` failed: {said}", commands.trim())));
        }
        Ok(())
    }
}

/// The repository. Asked of cargo at run time, for two clones may share one target folder.
pub fn repository() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = Path::new(&here);
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// PATH with the tools first, and with `kafka-lanes` as it is now.
fn path(tools: &[PathBuf]) -> Result<OsString> {
    // The test is target/debug/deps/NAME; what cargo builds beside it is in target/debug.
    let test = std::env::current_exe()?;
    let built = test.ancestors().nth(2).ok_or_else(|| Failure::new("The test is in no folder of cargo's."))?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--package", "kafka-lanes", "--target-dir"])
        .arg(built.parent().unwrap_or(built))
        .current_dir(repository())
        .status()?;
    if !status.success() {
        return Err(Failure::new("kafka-lanes does not compile: `cargo build -p kafka-lanes` says why."));
    }
    let before = std::env::var_os("PATH").unwrap_or_default();
    let folders = [built.to_owned()].into_iter().chain(tools.iter().cloned()).chain(std::env::split_paths(&before));
    std::env::join_paths(folders).map_err(|e| Failure::new(format!("PATH cannot be extended: {e}.")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipe_is_its_files_and_commands_in_their_order() {
        let markdown = "<!-- recipe: a -->\n<!-- file: x.md -->\n\n````md\n```kafka\n```\n````\n\n```\nno step\n```\n\
                        <!-- run -->\n```sh\nls\n```\n<!-- recipe: b -->\n<!-- run -->\n```sh\nrm\n```\n";
        let steps = vec![Step::File("x.md".into(), "```kafka\n```\n".into()), Step::Run("ls\n".into())];
        assert_eq!(Recipe::read(markdown, "a"), Recipe { steps, variables: Vec::new() });
        assert_eq!(Recipe::read(markdown, "c"), Recipe { steps: Vec::new(), variables: Vec::new() });
    }
}
