//! Rules of the house that no compiler checks.

use std::path::Path;
use std::process::Command;

use crate::run::{Outcome, output_of};

/// Checks every file that git knows or would add.
pub(crate) fn check() -> Outcome {
    let listed = output_of(Command::new("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))
        .ok_or("The house rules are checked on the files that git knows: run this in a clone, with git installed.")?;
    let mut broken = Vec::new();
    for path in listed.lines() {
        // What is not text is not for us; a file that was just deleted is no file.
        let Ok(text) = std::fs::read_to_string(path) else { continue };
        broken.extend(broken_in(path, &text));
    }
    broken.extend(core_rules());
    println!("{} files, {} broken rules.", listed.lines().count(), broken.len());
    if broken.is_empty() {
        return Ok(());
    }
    Err(format!("These break a rule of the house:\n{}", broken.join("\n")))
}

/// What a line of a file breaks, as `path:line: what and how to mend it`.
fn broken_in(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let lock_file = Path::new(path).file_name().is_some_and(|name| {
        name.to_string_lossy().ends_with(".lock") || name.to_string_lossy().ends_with("-lock.json")
    });
    let hosts = registry_hosts();
    for (number, line) in text.lines().enumerate() {
        let mut note = |what: &str| broken.push(format!("  {path}:{}: {what}", number + 1));
        if !lock_file && hosts.iter().any(|host| line.contains(host.as_str())) {
            note("names the host of a package registry: say \"the registry\", and let the tool's settings decide");
        }
        if path.ends_with(".rs") {
            for (what, mend) in rust_rules(path) {
                if code(line).contains(what.as_str()) {
                    note(mend);
                }
            }
        }
    }
    broken
}

/// The part of a line before a comment.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default()
}

/// Put together here, so that this file keeps the rule itself.
fn registry_hosts() -> Vec<String> {
    let hosts: [&[&str]; 9] = [
        &["crates", "io"],
        &["npmjs", "org"],
        &["npmjs", "com"],
        &["pypi", "org"],
        &["pythonhosted", "org"],
        &["repo1", "maven", "org"],
        &["repo", "maven", "apache", "org"],
        &["static", "rust-lang", "org"],
        &["deb", "debian", "org"],
    ];
    hosts.iter().map(|parts| parts.join(".")).collect()
}

/// What Rust code in a place must not hold, and what to do about it.
fn rust_rules(path: &str) -> Vec<(String, &'static str)> {
    let mut rules = vec![("#[".to_owned() + "ignore", "skips a test: make it run, or delete it")];
    // Collections answer to the names that the standard library's have: `get_mut`, `get_or_insert_with`.
    if !path.starts_with("crates/core/src/sorted") {
        rules.push(("fn ".to_owned() + "get_", "a getter is named after what it gives, without `get_`"));
    }
    if path.starts_with("crates/core/src") {
        for float in ["f32", "f64"] {
            rules.push((float.to_owned(), "core computes in integers, so that every platform has the same digest"));
        }
        for map in ["Hash".to_owned() + "Map", "Hash".to_owned() + "Set"] {
            rules.push((map, "the order of a hash map differs from run to run: use BTreeMap or a Vec"));
        }
    }
    if path.starts_with("crates/app/src") {
        rules.push((" style".to_owned() + "=", "a strict `style-src` blocks style attributes: use a class"));
    }
    rules
}

/// The core stands alone and is safe.
fn core_rules() -> Vec<String> {
    let mut broken = Vec::new();
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let lib = read("crates/core/src/lib.rs");
    for attribute in ["#![no_std]", "#![forbid(unsafe_code)]"] {
        if !lib.contains(attribute) {
            broken.push(format!("  crates/core/src/lib.rs: must say {attribute}"));
        }
    }
    if dependencies(&read("crates/core/Cargo.toml")).next().is_some() {
        broken.push("  crates/core/Cargo.toml: core depends on nothing; write it, or put it elsewhere".into());
    }
    for (from, to) in [("scene", "scenario"), ("scenario", "scene"), ("words", "app"), ("scene", "app")] {
        let manifest = read(&format!("crates/{from}/Cargo.toml"));
        if dependencies(&manifest).any(|line| line.starts_with(&format!("kafka-lanes-{to}."))) {
            broken.push(format!("  crates/{from}/Cargo.toml: {from} must not know {to} (see ARCHITECTURE.md)"));
        }
    }
    broken
}

/// The lines of `[dependencies]`. What only the tests of a crate use is their affair.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_host_is_found_in_any_file_but_a_lock_file() {
        let line = format!("\nsee https://{}/x\n", ["crates", "io"].join("."));
        let broken = broken_in("README.md", &line);
        assert_eq!(broken.len(), 1);
        assert!(broken[0].starts_with("  README.md:2: "), "{broken:?}");
        assert!(broken_in("Cargo.lock", &line).is_empty());
        assert!(broken_in("docs/package-lock.json", &line).is_empty());
    }

    #[test]
    fn rules_hold_where_they_belong_and_not_in_comments() {
        assert_eq!(broken_in("crates/core/src/a.rs", "let x: f64 = 0.5;").len(), 1);
        assert!(broken_in("crates/core/src/a.rs", "// no f64 here").is_empty());
        assert!(broken_in("crates/scene/src/a.rs", "let x: f64 = 0.5;").is_empty());
    }

    #[test]
    fn a_dependency_is_seen_only_in_its_section() {
        assert_eq!(dependencies("[dependencies]\n\n[dev-dependencies]\nproptest = \"1\"\n").count(), 0);
        assert_eq!(dependencies("[features]\n[dependencies]\nserde = \"1\"\n").count(), 1);
    }
}
