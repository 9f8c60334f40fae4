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
        let world = history.world();
        let read = world.groups().flat_map(|(_, group)| group.members.values()).map(|member| member.processed);
        let done = world.services().map(|(_, service)| service.succeeded);
        assert!(read.chain(done).sum::<u64>() > 0, "nobody does anything in {}", file.display());
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

/// One part hangs in both: without Kafka the website can do nothing either, with it nobody else notices.
#[test]
fn a_part_that_hangs_holds_up_others_only_without_kafka_between() {
    let world_at = |name: &str, seconds| {
        let text = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name));
        let spec = language::parse_bytes(&text.expect("an example can be read")).spec;
        let mut history = History::new(spec, 1).expect("a parsed world is never refused");
        history.advance(Time::from_secs(seconds), u64::MAX);
        history
    };
    let website = |seconds| {
        let history = world_at("calls-without-kafka.kafka", seconds);
        let (_, website) = history.world().services().next().expect("the website");
        (website.succeeded, website.failed, website.waiting())
    };
    let ((before, none, _), (later, failed, waiting)) = (website(15), website(40));
    assert!(before > 30 && none == 0, "{before} done, {none} failed");
    assert!(later - before < 10 && failed > 0 && waiting > 20, "{later} done, {failed} failed, {waiting} wait");
    let behind = |seconds| {
        let history = world_at("calls-with-kafka.kafka", seconds);
        let world = history.world();
        let lag = |name: &str| {
            let (_, group) = world.groups().find(|(_, group)| *group.name == *name).expect("the group");
            world.partitions().filter_map(|(at, log)| group.lag(at, log.high_watermark())).sum::<u64>()
        };
        (lag("Stock"), lag("Payment"))
    };
    let ((stock, payment), (_, at_last)) = (behind(40), behind(90));
    assert!(stock < 20 && payment > 60 && at_last < 20, "{stock} {payment} {at_last}");
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
