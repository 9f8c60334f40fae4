//! From a text that somebody wrote or pasted to a world that runs, or to a reason why not.

use js_sys::{Array, Function, Promise, Reflect};
use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_scenario as scenario;
use kafka_lanes_scenario::link::{self, Link};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::words::words;

/// What a text was found to say.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Opening {
    /// The world; none where the text says nothing that could run.
    pub(crate) spec: Option<WorldSpec>,
    /// It in the scenario language, as it was written or as it was read from something else.
    pub(crate) source: String,
    /// The moment of a link, with what people did.
    pub(crate) link: Option<Box<Link>>,
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

/// Reads a scenario, or a link.
pub(crate) fn open(text: &str) -> Opening {
    if link::is_link(text) {
        return of_link(text);
    }
    let parsed = scenario::language::parse(text);
    let remarks = parsed.diagnostics.iter().map(remark).collect();
    Opening { spec: something(parsed.spec), source: text.into(), link: None, remarks }
}

#[inline(never)]
fn of_link(text: &str) -> Opening {
    match Link::read(text) {
        Ok(opened) => Opening {
            spec: something(opened.link.spec.clone()),
            source: scenario::language::print(&opened.link.spec),
            remarks: opened.diagnostics.iter().map(|diagnostic| Remark { place: None, ..remark(diagnostic) }).collect(),
            link: Some(Box::new(opened.link)),
        },
        Err(fault) => Opening {
            remarks: vec![Remark { place: None, is_error: true, text: fault.to_string() }],
            ..Opening::default()
        },
    }
}

/// Reads a scenario, or hands a Mermaid flowchart to `importer`, which is fetched when it is first needed:
/// a function of a text that promises `{ scenario, remarks }`.
pub(crate) async fn open_bytes(bytes: &[u8], importer: &Function) -> Opening {
    match scenario::decode(bytes) {
        Err(broken) => Opening { remarks: vec![remark(&broken.0)], ..Opening::default() },
        Ok(text) if scenario::is_mermaid(text) => of_mermaid(text, importer).await.unwrap_or_else(not_fetched),
        Ok(text) => open(text),
    }
}

async fn of_mermaid(text: &str, importer: &Function) -> Result<Opening, JsValue> {
    let promise: Promise = importer.call1(&JsValue::NULL, &text.into())?.dyn_into()?;
    let imported = JsFuture::from(promise).await?;
    let scenario = field(&imported, "scenario").as_string().unwrap_or_default();
    let remarks = Array::from(&field(&imported, "remarks"));
    Ok(Opening { remarks: remarks.iter().map(|remark| imported_remark(&remark)).collect(), ..open(&scenario) })
}

/// A remark as the importer's wasm says it: see `crates/import`. Read field by field: serde's way with what it
/// does not expect would be the larger part of the code here.
fn imported_remark(remark: &JsValue) -> Remark {
    let number = |name: &str| field(remark, name).as_f64().unwrap_or_default() as u32;
    Remark {
        place: Some((number("line"), number("column"))).filter(|(line, _)| *line > 0),
        is_error: field(remark, "is_error").is_truthy(),
        text: field(remark, "text").as_string().unwrap_or_default(),
    }
}

fn field(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

fn not_fetched(_: JsValue) -> Opening {
    let text = words().importer_not_fetched().into();
    Opening { remarks: vec![Remark { place: None, is_error: true, text }], ..Opening::default() }
}

/// A world in which there is at least a topic or a service to see.
fn something(spec: WorldSpec) -> Option<WorldSpec> {
    (!spec.topics.is_empty() || !spec.services.is_empty()).then_some(spec)
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
    fn what_is_no_scenario_opens_nothing() {
        assert_eq!(open("topic t partitions=2\nproducer p to t\n").spec.map(|spec| spec.topics[0].partitions), Some(2));
        assert_eq!(open("service Shop\n").spec.map(|spec| spec.services.len()), Some(1));
        for text in ["", "hello there"] {
            assert_eq!(open(text).spec, None, "{text:?}");
        }
    }
}
