//! What wasm-bindgen wrote beside the wasm, without what nobody calls.

use crate::share::export_name;
use crate::short::Short;

/// What can start the wasm while everything waits, which the loader never does.
const NOT_CALLED: &str = "initSync";
/// How a remark on how it was called starts, and where that ends.
const REMARK: [&str; 2] = ["console.warn('using deprecated parameters", "')"];

/// The end of what starts the wasm.
const STARTED: &str = "return __wbg_finalize_init(instance, module);";

/// The glue of the engine, with `short` names for what the wasm exports. What comes back when it has started has, by the
/// numbers of their slots, the functions in `table` too, which the second part takes from there.
///
/// # Errors
///
/// It is not as wasm-bindgen writes it.
pub(crate) fn of_engine(source: &str, short: &Short, table: u32) -> Result<String, String> {
    let lean = lean(&short.glue(source));
    let Some((before, after)) = lean.split_once(STARTED) else {
        return Err(format!("the glue has no line “{STARTED}”."));
    };
    let table = export_name(1 + table as usize);
    Ok(own_marks(&format!(
        "{before}const exports = __wbg_finalize_init(instance, module);
        return new Proxy(exports, {{ get: (all, name) => (name > 0 ? all.{table}.get(name) : all[name]) }});{after}"
    )))
}

/// `source` without the function that is not called, and without remarks on how it was called.
pub(crate) fn lean(source: &str) -> String {
    let mut lean = source.replacen(&format!("export {{ {NOT_CALLED}, "), "export { ", 1);
    cut(&mut lean, &format!("\nfunction {NOT_CALLED}("), "\n}\n");
    cut(&mut lean, REMARK[0], REMARK[1]);
    lean
}

/// Takes out what stands from `start` to `end`, if it stands there.
fn cut(text: &mut String, start: &str, end: &str) {
    if let Some(from) = text.find(start)
        && let Some(length) = text[from..].find(end)
    {
        text.replace_range(from..from + length + end.len(), "");
    }
}

/// Yew numbers its apps and listeners within one wasm, and writes the numbers on elements. A page that is a Yew app itself
/// would take ours for its own, and a click in a diagram would set off what the page has under the same number.
fn own_marks(glue: &str) -> String {
    glue.replace("__yew_", "__kl_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_called_goes() {
        let source = "function a() {\n}\nfunction initSync(module) {\n    if (module) {\n    }\n}\nfunction __wbg_init(how) {\n\
            if (how) {} else {\n  console.warn('using deprecated parameters for the function; so')\n}\n}\n\
            export { initSync, __wbg_init as default };\n";
        let lean_source = "function a() {\n}function __wbg_init(how) {\nif (how) {} else {\n  \n}\n}\n\
            export { __wbg_init as default };\n";
        assert_eq!(lean(source), lean_source);
    }

    #[test]
    fn what_starts_the_wasm_gives_the_functions_of_its_table_too() {
        let glue = of_engine("{\nreturn __wbg_finalize_init(instance, module);\n}", &Short::none(), 0).unwrap();
        assert!(glue.ends_with("name > 0 ? all.b.get(name) : all[name]) });\n}"), "{glue}");
        assert!(of_engine("", &Short::none(), 0).is_err());
    }

    #[test]
    fn a_script_of_ours_stays() {
        let source = "export { a };\nfunction start() {\n}\n";
        assert_eq!(lean(source), source);
    }
}
