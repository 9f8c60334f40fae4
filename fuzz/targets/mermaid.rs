//! Any text becomes a world that the engine accepts.
#![no_main]

use kafka_lanes_core::World;
use kafka_lanes_scenario::mermaid::import;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let import = import(text);
    for diagnostic in &import.diagnostics {
        assert!(!diagnostic.message().is_empty());
    }
    if let Err(refusal) = World::new(&import.spec, 1) {
        panic!("the engine refuses what the importer gave: {refusal:?}");
    }
});
