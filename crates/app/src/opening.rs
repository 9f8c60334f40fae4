//! From a text that somebody wrote or pasted to a world that runs, or to a reason why not.

use js_sys::{Array, Function, Promise, Reflect};
use kafka_lanes_core::spec::WorldSpec;
use kafka_lanes_scenario as scenario;
use kafka_lanes_scenario::link::{self, Broken, Link, Opened};
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
    /// What is to be said beside the picture of a link, whose text nobody has before them.
    pub(crate) notice: Option<Remark>,
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
    Opening { spec: something(parsed.spec), source: text.into(), remarks, ..Opening::default() }
}

#[inline(never)]
fn of_link(text: &str) -> Opening {
    let whole = |remark| Remark { place: None, ..remark };
    let Opened { link, diagnostics } = match Link::read(text) {
        Ok(opened) => opened,
        Err(Broken { part: Some(part), .. }) => *part,
        Err(Broken { fault, part: None }) => {
            let fault = Remark { place: None, is_error: true, text: fault.to_string() };
            return Opening { remarks: vec![fault], ..Opening::default() };
        }
    };
    let mut remarks = diagnostics.iter().map(remark).map(whole);
    Opening {
        spec: something(link.spec.clone()),
        source: scenario::language::print(&link.spec),
        notice: remarks.next(),
        remarks: remarks.collect(),
        link: Some(Box::new(link)),
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
    Ok(Opening { remarks: imported_remarks(&imported), ..open(&scenario) })
}

/// What the importer remarked, as `remarks` of an object.
#[inline(never)]
pub(crate) fn imported_remarks(imported: &JsValue) -> Vec<Remark> {
    let remarks = field(imported, "remarks");
    if remarks.is_undefined() {
        return Vec::new();
    }
    Array::from(&remarks).iter().map(|remark| imported_remark(&remark)).collect()
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

    #[test]
    fn of_a_link_that_was_cut_there_is_a_picture_and_a_sentence() {
        let spec = open("topic t partitions=2\nproducer p to t\ngroup g reads t\n  consumer c\n").spec.unwrap();
        let text = Link { spec, seed: 1, ..Link::default() }.write().unwrap();
        assert_eq!(open(&text).notice, None);
        let cut = open(&text[..text.len() - 5]);
        assert_eq!(cut.spec.map(|spec| spec.topics[0].partitions), Some(2));
        assert!(cut.notice.is_some_and(|notice| notice.is_error && notice.text.contains("cut short")));
        assert_eq!(cut.remarks, []);
        let stump = open(&text[..12]);
        assert!(stump.spec.is_none() && stump.notice.is_none() && stump.remarks[0].text.contains("cut short"));
    }
}
