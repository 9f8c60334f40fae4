//! Where the cut is: which functions a first live frame does not need.
//!
//! The list is made by `cargo xtask profile`, which opens diagrams in a browser with a wasm that notes which of its
//! functions run. What the list does not know, new code for one, stays in the first part; what it has wrongly is
//! brought when it is called. So the list decides how soon the first frame is there, and nothing else.

use std::collections::BTreeSet;

/// Hashes of names, ascending, one a line after the lines that start with `#`.
const LIST: &str = include_str!("../after-first-frame.txt");

/// The hashes on the list.
pub(crate) fn hashes() -> BTreeSet<&'static str> {
    LIST.lines().filter(|line| !line.starts_with('#')).collect()
}
