//! The examples at the top of the repository are read without a complaint, and run.

use std::path::{Path, PathBuf};

use kafka_lanes_core::{History, Time};
use kafka_lanes_scenario::{language, mermaid};

fn examples(extension: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let files = std::fs::read_dir(folder).expect("the repository has examples").flatten().map(|file| file.path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|found| found == extension)).collect();
    files.sort();
    files
}

#[test]
fn scenarios_have_no_faults_and_run() {
    let files = examples("kafka");
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let parsed = language::parse_bytes(&std::fs::read(&file).expect("an example can be read"));
        assert_eq!(parsed.diagnostics, [], "{}", file.display());
        assert!(!parsed.spec.title.is_empty(), "{}", file.display());
        assert_eq!(language::parse(&language::print(&parsed.spec)).spec, parsed.spec, "{}", file.display());
        let mut history = History::new(parsed.spec, 1).expect("a parsed world is never refused");
        history.advance(Time::from_secs(60), u64::MAX);
        let read = history.world().groups().flat_map(|(_, group)| group.members.values()).map(|m| m.processed);
        assert!(read.sum::<u64>() > 0, "nobody reads anything in {}", file.display());
    }
}

#[test]
fn diagrams_have_no_faults_and_run() {
    let files = examples("mmd");
    assert!(!files.is_empty());
    for file in files {
        let import = mermaid::import_bytes(&std::fs::read(&file).expect("an example can be read"));
        assert_eq!(import.diagnostics, [], "{}", file.display());
        let mut history = History::new(import.spec, 1).expect("an imported world is never refused");
        history.advance(Time::from_secs(10), u64::MAX);
        assert!(history.world().producers().all(|(_, producer)| producer.sent > 0), "{}", file.display());
    }
}

/// The diagram and the scenario of the same name show the same topics, producers and groups.
#[test]
fn order_events_in_both_languages() {
    let read = |name: &str| std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name));
    let mut scenario = language::parse_bytes(&read("order-events.kafka").expect("an example can be read")).spec;
    let diagram = mermaid::import_bytes(&read("order-events.mmd").expect("an example can be read")).spec;
    for (group, drawn) in scenario.groups.iter_mut().zip(&diagram.groups) {
        // A diagram does not say how fast anybody is.
        group.processing = drawn.processing;
    }
    assert_eq!(scenario, diagram);
}
