//! The licences of what we depend on, by an allow-list.

use std::collections::BTreeSet;
use std::path::Path;

use crate::run::{Outcome, cargo, output_of};

/// All permissive; what a licence expression needs must be among them.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "ISC",
    "MIT",
    "NCSA",
    "Unicode-3.0",
    "Zlib",
];

/// Checks every crate of the workspace's tree, and of the fuzzing crate's.
pub(crate) fn check() -> Outcome {
    let mut packages = BTreeSet::new();
    for manifest in ["Cargo.toml", "fuzz/Cargo.toml"].into_iter().filter(|file| Path::new(file).is_file()) {
        let tree = output_of(
            cargo()
                .args([
                    "tree",
                    "--workspace",
                    "--manifest-path",
                    manifest,
                    "--target",
                    "all",
                    "--edges",
                    "normal,build,dev",
                ])
                .args(["--prefix", "none", "--format", "{l}|{p}"]),
        )
        .ok_or_else(|| format!("`cargo tree` failed on {manifest}: run it to see why."))?;
        // What comes a second time is marked so, and its own tree left out.
        let lines = tree.lines().map(|line| line.trim_end_matches(" (*)"));
        packages.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
    }
    let refused: Vec<_> = packages
        .iter()
        .filter_map(|line| line.split_once('|'))
        .filter(|(licence, _)| !is_allowed(licence))
        .map(|(licence, package)| format!("  {package}: {licence:?}"))
        .collect();
    println!("{} packages, {} with a licence that is not on the list.", packages.len(), refused.len());
    println!("Advisories are not checked: their database is in none of the package registries.");
    if refused.is_empty() {
        return Ok(());
    }
    Err(format!(
        "Use another crate, or, if the licence is permissive, add it to crates/xtask/src/licences.rs:\n{}",
        refused.join("\n")
    ))
}

/// Whether an SPDX expression can be met with allowed licences alone. `/` is the old way to write `OR`.
fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    any_of(&mut words) && words.next().is_none()
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>) -> bool {
    let mut allowed = all_of(words);
    while words.next_if_eq(&"OR").is_some() {
        allowed |= all_of(words);
    }
    allowed
}

fn all_of(words: &mut Words<'_>) -> bool {
    let mut allowed = one(words);
    while words.next_if_eq(&"AND").is_some() {
        allowed &= one(words);
    }
    allowed
}

fn one(words: &mut Words<'_>) -> bool {
    let Some(word) = words.next() else { return false };
    if word == "(" {
        let allowed = any_of(words);
        return words.next_if_eq(&")").is_some() && allowed;
    }
    let mut licence = word.to_owned();
    if words.next_if_eq(&"WITH").is_some() {
        licence = format!("{licence} WITH {}", words.next().unwrap_or_default());
    }
    ALLOWED.contains(&licence.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_is_allowed_when_allowed_licences_meet_it() {
        for good in [
            "MIT",
            "MIT OR Apache-2.0",
            "MIT/Apache-2.0",
            "GPL-3.0 OR MIT",
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        ] {
            assert!(is_allowed(good), "{good}");
        }
    }

    #[test]
    fn what_needs_another_licence_is_refused() {
        for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT", "MIT)", "GPL-2.0 WITH LLVM-exception"] {
            assert!(!is_allowed(bad), "{bad}");
        }
    }
}
