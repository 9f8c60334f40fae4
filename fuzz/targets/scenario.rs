//! Any text becomes a world that the engine accepts, and the world's own text becomes the same world again.
#![no_main]

use kafka_lanes_core::World;
use kafka_lanes_scenario::MAX_INPUT_BYTES;
use kafka_lanes_scenario::language::{parse, print};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = parse(text);
    for diagnostic in &parsed.diagnostics {
        assert!(!diagnostic.message().is_empty());
    }
    if let Err(refusal) = World::new(&parsed.spec, 1) {
        panic!("the engine refuses what the parser gave: {refusal:?}");
    }
    let printed = print(&parsed.spec);
    if printed.len() <= MAX_INPUT_BYTES {
        let again = parse(&printed);
        assert!(!again.has_errors(), "{:?}\n{printed}", again.diagnostics);
        assert_eq!(again.spec, parsed.spec, "{printed}");
    }
});
