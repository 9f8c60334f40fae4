//! The loader for bundlers. They give files other names and places, so that nothing is beside the loader any more; but they
//! follow `import("…")` and `new URL("…", import.meta.url)` of files that are named there.

use crate::run::Outcome;

/// What the loader says, and what it says instead. Each stands in it once.
const CHANGES: [(&str, &str); 4] = [
    (
        "const here = import.meta.url;",
        r#"const FILES = {
  "kafka-lanes-app": {
    wasm: new URL("./kafka-lanes-app_bg.wasm", import.meta.url),
    glue: () => import("./kafka-lanes-app.js"),
  },
  "kafka-lanes-import": {
    wasm: new URL("./kafka-lanes-import_bg.wasm", import.meta.url),
    glue: () => import("./kafka-lanes-import.js"),
  },
};"#,
    ),
    ("new URL(`${name}_bg.wasm`, here)", "FILES[name].wasm"),
    ("import(new URL(`${name}.js`, here).href)", "FILES[name].glue()"),
    (r#"new URL("kafka-lanes-app_rest.wasm", here)"#, r#"new URL("./kafka-lanes-app_rest.wasm", import.meta.url)"#),
];

/// The loader as bundlers can read it.
pub(super) fn for_bundlers(loader: &str) -> Outcome<String> {
    let mut text = loader.to_owned();
    for (before, after) in CHANGES {
        if text.matches(before).count() != 1 {
            return Err(unreadable(&format!("it must say `{before}` once")));
        }
        text = text.replace(before, after);
    }
    if text.contains(", here)") {
        return Err(unreadable("it asks for a file that a bundler would not find"));
    }
    Ok(text)
}

fn unreadable(why: &str) -> String {
    format!("web/kafka-lanes.js can't be packed for bundlers: {why}. Mend crates/xtask/src/package/bundler.rs.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_has_what_is_changed_and_names_no_other_file() {
        let loader = include_str!("../../../../web/kafka-lanes.js");
        let text = for_bundlers(loader).expect("it can be packed");
        assert_eq!(text.matches("import.meta.url").count(), 3);
        let odd = format!("{loader}\nfetch(new URL(\"more.wasm\", here));\n");
        assert!(for_bundlers(&odd).is_err_and(|why| why.contains("bundler would not find")));
        assert!(for_bundlers(&text).is_err());
    }
}
