//! Short names for what wasm and its glue know each other by: wasm-bindgen's tell a person, at some 30 bytes each, what
//! they are, and stand in both.

use std::collections::BTreeMap;

use crate::module::Module;

/// How names start that are wasm-bindgen's own, and that nobody else relies on.
const THEIRS: [&str; 2] = ["__wb", "wasm_bindgen_"];

/// Short names by the long ones.
pub(crate) struct Short(BTreeMap<String, String>);

impl Short {
    /// For all of wasm-bindgen's names in what `module` imports and exports.
    pub(crate) fn of(module: &Module<'_>) -> Self {
        let imports = module.imports.iter().map(|import| import.name);
        let exports = module.exports.iter().map(|export| export.name);
        let theirs = imports.chain(exports).filter(|name| THEIRS.iter().any(|start| name.starts_with(start)));
        let names: std::collections::BTreeSet<&str> = theirs.collect();
        Self(names.into_iter().zip(0..).map(|(name, number)| (name.into(), format!("$w{number:x}"))).collect())
    }

    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self(BTreeMap::new())
    }

    /// The name to use for `name`.
    pub(crate) fn name<'n>(&'n self, name: &'n str) -> &'n str {
        self.0.get(name).map_or(name, String::as_str)
    }

    /// The glue with the short names.
    pub(crate) fn glue(&self, source: &str) -> String {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
        let mut out = String::with_capacity(source.len());
        let mut rest = source;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            out.push_str(self.name(word));
            let gap = after.find(is_part).unwrap_or(after.len());
            out.push_str(&after[..gap]);
            rest = &after[gap..];
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_become_short() {
        let short = Short(BTreeMap::from([("__wbg_a".into(), "$w0".into())]));
        assert_eq!(short.glue("x.__wbg_a(1); __wbg_ab; {__wbg_a: f}"), "x.$w0(1); __wbg_ab; {$w0: f}");
    }
}
