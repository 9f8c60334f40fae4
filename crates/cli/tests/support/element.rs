//! What the element has, by its sources.

use super::{read, root};

/// The loader, and what draws and runs the rest.
pub(crate) fn element_sources() -> Vec<String> {
    let mut sources = vec![loader()];
    let mut folders = vec![root().join("crates/app/src")];
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).expect("sources").flatten().map(|entry| entry.path()) {
            if path.is_dir() { folders.push(path) } else { sources.push(read(&path)) }
        }
    }
    sources
}

/// The attributes that it looks at.
pub(crate) fn attributes() -> Vec<String> {
    let loader = loader();
    let (_, rest) = loader.split_once("ATTRIBUTES = [").expect("the attributes");
    let list = rest.split(']').next().expect("their end");
    let attributes: Vec<String> = list.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    assert!(attributes.len() >= 10, "{attributes:?}");
    attributes
}

/// The parts that a source gives names to.
pub(crate) fn parts(source: &str) -> impl Iterator<Item = &str> {
    let named = |mark| source.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    named(" part=\"").chain(named(".part = \""))
}

fn loader() -> String {
    read(&root().join("web/kafka-lanes.js"))
}
