use std::path::Path;

use crate::run::Outcome;

/// Compares every file of `made` with the one of its name in `kept`.
pub(super) fn check(made: &Path, kept: &Path) -> Outcome {
    let mut problems = Vec::new();
    let names = names(made)?;
    for name in &names {
        let now = read(&made.join(name))?;
        let before = read(&kept.join(name)).unwrap_or_default();
        problems.extend(difference(&before, &now).map(|what| format!("  {}: {what}", kept.join(name).display())));
    }
    if problems.is_empty() {
        println!("{} files, all as in {}.", names.len(), kept.display());
        return Ok(());
    }
    Err(format!(
        "What the clients say now is not what is kept:\n{}\nWhere a client's new version is meant, \
         `cargo xtask conformance --write` keeps its answers; look at the difference before you commit it.",
        problems.join("\n")
    ))
}

/// Makes every file of `made` the one that is kept.
pub(super) fn keep(made: &Path, kept: &Path) -> Outcome {
    for name in names(made)? {
        std::fs::copy(made.join(&name), kept.join(&name))
            .map_err(|e| format!("{} cannot be written: {e}.", kept.join(&name).display()))?;
        println!("{}", kept.join(&name).display());
    }
    Ok(())
}

/// The first line that differs, if any does.
fn difference(before: &str, now: &str) -> Option<String> {
    if before == now {
        return None;
    }
    if before.is_empty() {
        return Some("is not there".into());
    }
    let (mut old, mut new) = (before.lines(), now.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                let same = old.unwrap_or("").chars().zip(new.unwrap_or("").chars()).take_while(|(a, b)| a == b).count();
                let shown =
                    |line: Option<&str>| line.map_or("nothing".into(), |line| format!("`{}`", around(line, same)));
                return Some(format!("line {number} is {}, and would be {}", shown(old), shown(new)));
            }
        }
    }
    Some("the ends of the lines differ".into())
}

/// The part of a line around the character at which two lines part.
fn around(line: &str, place: usize) -> String {
    const BEFORE: usize = 40;
    const SHOWN: usize = 120;
    let (start, length) = (place.saturating_sub(BEFORE), line.chars().count());
    let part: String = line.chars().skip(start).take(SHOWN).collect();
    let more = |is_more: bool| if is_more { "…" } else { "" };
    format!("{}{part}{}", more(start > 0), more(start + SHOWN < length))
}

fn names(folder: &Path) -> Outcome<Vec<String>> {
    let unreadable = |e: std::io::Error| format!("{} cannot be read: {e}.", folder.display());
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".tsv") || name.ends_with(".jsonl") {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).map_err(|e| format!("{} cannot be read: {e}.", path.display()))
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn the_first_difference_is_shown() {
        assert_eq!(difference("# a\n1\n", "# a\n1\n"), None);
        assert_eq!(difference("", "# a\n").as_deref(), Some("is not there"));
        assert_eq!(difference("# a\n1\n2\n", "# a\n1\n3\n").as_deref(), Some("line 3 is `2`, and would be `3`"));
        assert_eq!(difference("1\n", "1\n2\n").as_deref(), Some("line 2 is nothing, and would be `2`"));
        let (before, now) = (format!("{}1\n", "a".repeat(50)), format!("{}2{}\n", "a".repeat(50), "b".repeat(200)));
        let (start, end) = ("a".repeat(40), "b".repeat(79));
        let told = format!("line 1 is `…{start}1`, and would be `…{start}2{end}…`");
        assert_eq!(difference(&before, &now), Some(told));
        assert_eq!(difference("1\n", "1").as_deref(), Some("the ends of the lines differ"));
    }
}
