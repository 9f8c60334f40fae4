//! What a book needs so that its diagrams run: two entries of book.toml, and the files of a build.

use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::TABLE;
use crate::failure::{Failure, say};

/// The folder in the built book, and so in the book's sources.
const FOLDER: &str = "kafka-lanes";
/// What mdBook puts into every page: its `additional-js` are classic scripts.
const SCRIPT: &str = "kafka-lanes.classic.js";
const COMMAND: &str = "kafka-lanes mdbook";

/// The playground, which the pages of the story lead to.
const PLAYGROUND: [&str; 4] = ["index.html", "page.css", "page.js", "icon.svg"];

/// Adds what is missing to the book.toml in `book`, and copies the files of `dist`.
pub(super) fn install(book: &Path, dist: Option<&Path>) -> Result<(), Failure> {
    let file = book.join("book.toml");
    let name = file.display().to_string();
    let refused = |what: String| Failure::Refused(format!("{name}: error: {what}"));
    let text = std::fs::read_to_string(&file)
        .map_err(|error| refused(format!("can't be read: {error}. `mdbook init` makes a book.")))?;
    let mut toml: DocumentMut = text.parse().map_err(|error| refused(format!("is no TOML: {error}")))?;
    entries(&mut toml).map_err(|table| refused(format!("{table} is no table there. Make it one, and try again.")))?;
    let new = toml.to_string();
    if new != text {
        std::fs::write(&file, new).map_err(|error| Failure::of_writing(&name, &error))?;
        say(&format!("{name}: has what diagrams need now."));
    }
    let sources = toml.get("book").and_then(|book| book.get("src")).and_then(Item::as_str).unwrap_or("src");
    match dist {
        Some(dist) => copy(dist, book, &book.join(sources)),
        None => Ok(()),
    }
}

/// The preprocessor and the script; what is there already stays as it is.
fn entries(toml: &mut DocumentMut) -> Result<(), &'static str> {
    let ours = table(table(toml.as_table_mut(), "preprocessor")?, TABLE)?;
    if !ours.contains_key("command") {
        ours.insert("command", value(COMMAND));
        // Scenarios may be included from files: only then are they here to be drawn.
        ours.insert("after", value(Array::from_iter(["links"])));
    }
    let html = table(table(toml.as_table_mut(), "output")?, "html")?;
    let scripts = html.entry("additional-js").or_insert_with(|| value(Array::new()));
    let scripts = scripts.as_array_mut().ok_or("additional-js")?;
    let script = format!("{FOLDER}/{SCRIPT}");
    if !scripts.iter().any(|there| there.as_str() == Some(&script)) {
        scripts.push(script);
    }
    Ok(())
}

/// The table of this name in `parent`, made if it is not there.
fn table<'t>(parent: &'t mut Table, name: &'static str) -> Result<&'t mut Table, &'static str> {
    let new = || {
        let mut table = Table::new();
        // `[output]` alone on a line would say nothing.
        table.set_implicit(true);
        Item::Table(table)
    };
    parent.entry(name).or_insert_with(new).as_table_mut().ok_or(name)
}

/// Copies what a diagram and the playground are made of. mdBook looks for its scripts beside book.toml and copies all else from `sources`;
/// in the built book both are in one folder.
fn copy(dist: &Path, book: &Path, sources: &Path) -> Result<(), Failure> {
    let shown = dist.display();
    let unreadable = |error: std::io::Error| Failure::Refused(format!("{shown}: error: can't be read: {error}"));
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dist).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned();
        let is_element = name.starts_with(FOLDER) && (name.ends_with(".js") || name.ends_with(".wasm"));
        if is_element || PLAYGROUND.contains(&&*name) {
            files.push(name);
        }
    }
    if !files.iter().any(|name| name == SCRIPT) {
        return Err(Failure::Refused(format!(
            "{shown}: error: there is no {SCRIPT}: this is no build of Kafka Lanes. `cargo xtask build` leaves one in dist/."
        )));
    }
    for name in files {
        let to = if name == SCRIPT { book } else { sources }.join(FOLDER);
        let copied = std::fs::create_dir_all(&to).and_then(|()| std::fs::copy(dist.join(&name), to.join(&name)));
        copied.map_err(|error| Failure::of_writing(&to.join(&name).display().to_string(), &error))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn installed(text: &str) -> String {
        let mut toml: DocumentMut = text.parse().expect("TOML");
        entries(&mut toml).expect("tables");
        toml.to_string()
    }

    #[test]
    fn what_is_missing_comes_and_what_is_there_stays() {
        let text = "# mine\n[book]\ntitle = \"T\"\n\n[output.html]\nadditional-js = [\"my.js\"] # and this\n";
        let new = installed(text);
        assert_eq!(
            new,
            "# mine\n[book]\ntitle = \"T\"\n\n[output.html]\nadditional-js = [\"my.js\", \"kafka-lanes/kafka-lanes.classic.js\"] # and this\n\n[preprocessor.kafka-lanes]\ncommand = \"kafka-lanes mdbook\"\nafter = [\"links\"]\n"
        );
        assert_eq!(installed(&new), new, "safe to repeat");
        let own = "[preprocessor.kafka-lanes]\ncommand = \"my own\"\n";
        assert!(installed(own).starts_with(own));
    }

    #[test]
    fn what_is_no_table_is_named() {
        let mut toml: DocumentMut = "output = 5\n".parse().expect("TOML");
        assert_eq!(entries(&mut toml), Err("output"));
    }
}
