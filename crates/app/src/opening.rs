//! From a text that somebody wrote or pasted to a world that runs, or to a reason why not.

use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_scenario as scenario;

/// What a text was found to say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Opening {
    /// The world; none where the text says nothing that could run.
    pub(crate) spec: Option<WorldSpec>,
    /// Remarks with their place in the text, ready to be shown.
    pub(crate) remarks: Vec<Remark>,
}

/// A remark on a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    /// Line and column, from 1; none where it is about the whole.
    pub(crate) place: Option<(u32, u32)>,
    /// Whether something of the text is not in the world.
    pub(crate) is_error: bool,
    /// What, and how to mend it.
    pub(crate) text: String,
}

/// Reads a Mermaid flowchart or a scenario: which of them, the text says itself.
pub(crate) fn open(bytes: &[u8]) -> Opening {
    match scenario::decode(bytes) {
        Err(broken) => Opening { spec: None, remarks: vec![remark(&broken.0)] },
        Ok(text) if scenario::is_mermaid(text) => of_mermaid(text),
        Ok(text) => of_language(text),
    }
}

fn of_language(text: &str) -> Opening {
    let parsed = scenario::language::parse(text);
    Opening { spec: something(parsed.spec), remarks: parsed.diagnostics.iter().map(remark).collect() }
}

fn of_mermaid(text: &str) -> Opening {
    let import = scenario::mermaid::import(text);
    let understood = import.understood.iter().map(|note| Remark { place: None, is_error: false, text: note.message() });
    let remarks = import.diagnostics.iter().map(remark).chain(understood).collect();
    Opening { spec: something(import.spec), remarks }
}

/// A world in which there is at least a topic to see.
fn something(spec: WorldSpec) -> Option<WorldSpec> {
    (!spec.topics.is_empty()).then_some(spec)
}

fn remark(diagnostic: &scenario::Diagnostic) -> Remark {
    Remark {
        place: Some((diagnostic.line, diagnostic.column)),
        is_error: diagnostic.severity == scenario::Severity::Error,
        text: diagnostic.message(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_and_a_flowchart_are_told_apart() {
        let scenario = open(b"topic t partitions=2\nproducer p to t\n");
        assert_eq!(scenario.spec.map(|spec| spec.topics[0].partitions), Some(2));
        let flowchart = open(b"flowchart LR\np[Producer: p] --> t[Topic: t]\nt --> c[Consumer: c]\n");
        assert_eq!(flowchart.spec.map(|spec| spec.topics[0].name.clone()), Some("t".into()));
    }

    #[test]
    fn what_is_no_diagram_opens_nothing_and_says_why() {
        for text in [&b"flowchart LR\n cat --> dog"[..], b"", b"\xff\xfe", b"hello there"] {
            let opening = open(text);
            assert_eq!(opening.spec, None, "{text:?}");
        }
        assert!(!open(b"\xff\xfe").remarks.is_empty());
    }
}
