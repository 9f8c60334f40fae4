//! Any text of Kafka's tools becomes a world that the engine accepts, and the scenario that is written becomes the same
//! world again.
#![no_main]

use kafka_lanes_core::World;
use kafka_lanes_scenario::consumer_groups::{import, print};
use kafka_lanes_scenario::{MAX_INPUT_BYTES, language};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let import = import(text);
    for diagnostic in &import.diagnostics {
        assert!(!diagnostic.message().is_empty());
    }
    if let Err(refusal) = World::new(&import.spec, 1) {
        panic!("the engine refuses what the importer gave: {refusal:?}");
    }
    let printed = print(&import);
    if printed.len() <= MAX_INPUT_BYTES {
        let again = language::parse(&printed);
        assert!(!again.has_errors(), "{:?}\n{printed}", again.diagnostics);
        assert_eq!(again.spec, import.spec, "{printed}");
    }
});
