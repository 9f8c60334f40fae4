//! What Trunk runs after a release build, so that a page with a live diagram transfers less before its first frame: the
//! wasm is cut in two ([`first`], [`rest`]; [`cold`] says where, [`texts`] with which texts), the names that it shares with its glue become short
//! ([`short`]), the glue loses what nobody calls ([`glue`]), and scripts lose what only people read ([`script`]) and names that are their own ([`own`], [`private`]).

mod cold;
mod count;
mod first;
mod function;
mod glue;
mod module;
mod name;
mod own;
mod private;
mod rest;
mod script;
mod seam;
mod share;
mod short;
mod texts;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use module::Module;

/// The file that is cut; afterwards it is the first part.
const WHOLE: &str = "kafka-lanes-app_bg.wasm";
/// What wasm-bindgen wrote to go with it.
const GLUE: &str = "kafka-lanes-app.js";
/// The second part.
const REST: &str = "kafka-lanes-app_rest.wasm";
/// Set by `cargo xtask profile`: no cut, but a wasm that notes which of its functions ran.
const COUNTING: &str = "KAFKA_LANES_COUNT_FUNCTIONS";
/// The names of the functions of a wasm that counts, hashed, one a line.
const NAMES: &str = "functions.txt";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("The wasm could not be cut in two: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let Some(folder) = std::env::var_os("TRUNK_STAGING_DIR") else {
        return Err("Trunk runs this after a build, and says by TRUNK_STAGING_DIR where the build is.".into());
    };
    // A build for development is not optimised, and its parts would change with every keystroke.
    if std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "debug") {
        return Ok(());
    }
    let folder = Path::new(&folder);
    let wasm = read(&folder.join(WHOLE))?;
    let module = Module::read(&wasm)?;
    if std::env::var_os(COUNTING).is_some() {
        write(&folder.join(NAMES), module.hashes().join("\n").as_bytes())?;
        return write(&folder.join(WHOLE), &count::counting(&module)?);
    }
    let seam = seam::Seam::find(&module, &cold::hashes())?;
    let texts = texts::Texts::find(&module, &seam)?;
    let short = short::Short::of(&module);
    write(&folder.join(REST), &rest::rest(&module, &seam, &texts)?)?;
    write(&folder.join(WHOLE), &first::first(&module, &seam, &texts, &short)?)?;
    let glue_file = folder.join(GLUE);
    write(&glue_file, glue::of_engine(&read_text(&glue_file)?, &short, seam.table)?.as_bytes())?;
    for script in scripts(folder)? {
        let text = script::shortened(&glue::lean(&read_text(&script)?));
        write(&script, private::short(&own::short(&text)).as_bytes())?;
    }
    Ok(())
}

fn scripts(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error| format!("{} can't be read: {error}.", folder.display());
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(unreadable)?;
    let paths = entries.into_iter().map(|entry| entry.path());
    Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "js")).collect())
}

fn read_text(path: &Path) -> Result<String, String> {
    String::from_utf8(read(path)?).map_err(|error| format!("{} is no text: {error}.", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{} can't be written: {error}.", path.display()))
}
