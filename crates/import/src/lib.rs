//! Reads Mermaid flowcharts for the page, in a wasm file of its own: most pages never open one.
//!
//! What comes out is text in the scenario language, so that the two wasm files share nothing but that.

use kafka_lanes_scenario::{Diagnostic, Severity, language, mermaid};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What was made of a flowchart.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Imported {
    /// The same world in the scenario language; empty where the flowchart says nothing about Kafka.
    scenario: String,
    remarks: Vec<Remark>,
}

/// A remark, with its place in the flowchart; line and column 0 where it is about the whole.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Remark {
    line: u32,
    column: u32,
    is_error: bool,
    text: String,
}

/// Reads a flowchart: `{ scenario, remarks: [{ line, column, is_error, text }] }`.
#[wasm_bindgen]
pub fn read_flowchart(text: &str) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    // Strings, numbers and a list: nothing that can fail.
    read(text).serialize(&serializer).unwrap_or(JsValue::NULL)
}

fn read(text: &str) -> Imported {
    let import = mermaid::import(text);
    let scenario = if import.spec.topics.is_empty() { String::new() } else { language::print(&import.spec) };
    let of_diagnostic = |d: &Diagnostic| Remark {
        line: d.line,
        column: d.column,
        is_error: d.severity == Severity::Error,
        text: d.message(),
    };
    let understood =
        import.understood.iter().map(|note| Remark { line: 0, column: 0, is_error: false, text: note.message() });
    Imported { scenario, remarks: import.diagnostics.iter().map(of_diagnostic).chain(understood).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flowchart_becomes_a_scenario() {
        let read = read("flowchart LR\np[Producer: Shop] --> t[Topic: orders]\nt --> c[Consumer: mail]\n");
        let world = language::parse(&read.scenario);
        assert_eq!(world.spec.topics[0].name, "orders");
        assert_eq!(world.diagnostics, []);
    }

    #[test]
    fn what_is_not_about_kafka_becomes_a_remark() {
        let read = read("flowchart LR\ncat --> dog");
        assert_eq!(read.scenario, "");
        assert!(read.remarks.iter().any(|remark| remark.is_error));
    }
}
