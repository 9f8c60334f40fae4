//! What Kafka's tools print about topics and groups becomes a scenario.
//!
//! Read is what `kafka-topics.sh --describe` and `kafka-consumer-groups.sh --describe` print (4.3, and older ones with
//! fewer columns), with `--offsets`, `--members`, `--state`, `--verbose` or without: any of them, one behind the other,
//! in any order, of one group or several.

mod build;
mod fields;
mod tables;
#[cfg(test)]
mod tests;

use kafka_lanes_core::spec::WorldSpec;

use crate::diagnostic::Diagnostic;
use crate::input::{self, MAX_INPUT_BYTES};

/// What the tools said, as a world.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// The world; the engine accepts it.
    pub spec: WorldSpec,
    /// What is worth saying in comments: lags, and what had to be assumed.
    pub remarks: Vec<String>,
    /// What is wrong in the text, in its order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads what the tools printed.
pub fn import(text: &str) -> Import {
    if text.len() > MAX_INPUT_BYTES {
        return Import { diagnostics: vec![input::too_long(text.len())], ..Import::default() };
    }
    let mut tables = tables::Tables::default();
    // The text is at most `MAX_INPUT_BYTES` long, so the number of a line fits.
    for (index, line) in input::without_mark(text).lines().enumerate() {
        tables.read(line, index as u32 + 1);
    }
    build::build(tables)
}

/// The scenario as text, the remarks as comments before it.
pub fn print(import: &Import) -> String {
    let remarks: String =
        import.remarks.iter().map(|remark| format!("# {}\n", remark.replace(char::is_control, " "))).collect();
    remarks + &crate::language::print(&import.spec)
}
