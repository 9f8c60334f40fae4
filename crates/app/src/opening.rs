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

/// Reads `bytes`.
pub(crate) fn open(bytes: &[u8]) -> Opening {
    let parsed = scenario::language::parse_bytes(bytes);
    Opening { spec: Some(parsed.spec), remarks: Vec::new() }
}
