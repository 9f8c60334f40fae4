//! Any text becomes a world that the engine accepts, and the world's own text becomes the same world again. What an
//! editor asks about the text has an answer, and an act that is written into it is read back.
#![no_main]

use kafka_lanes_core::{Action, BrokerAct, Time, World};
use kafka_lanes_scenario::MAX_INPUT_BYTES;
use kafka_lanes_scenario::language::{complete, edit, highlight, parse, print, undo};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = parse(text);
    for diagnostic in &parsed.diagnostics {
        assert!(!diagnostic.message().is_empty());
        assert!(text.get(diagnostic.range(text)).is_some());
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
    an_editor(text, parsed.spec.actions.len());
});

fn an_editor(text: &str, actions: usize) {
    let mut end = 0;
    for (range, _) in highlight(text) {
        assert!(range.start >= end && text.get(range.clone()).is_some_and(|word| !word.is_empty()));
        end = range.end;
    }
    // A place that follows from the text, so that the fuzzer finds the interesting ones.
    let place = text.bytes().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    for offset in [0, place % (text.len() + 1), text.len()] {
        let found = complete(text, offset);
        assert!(text.get(found.replace).is_some());
    }
    let (at, act) = (Time::from_secs((place % 100) as u64), Action::Broker { broker: 1, act: BrokerAct::Kill });
    if let Ok(edited) = edit(text, &[(at, act.clone())]) {
        assert_eq!(parse(&edited).spec.actions.len(), actions + 1, "{edited}");
        let undone = undo(&edited, at, &act).expect("the line that was just written");
        assert!(undone.strip_prefix(text).is_some_and(|more| more.trim().is_empty()), "{undone}");
    }
}
