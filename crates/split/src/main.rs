//! What Trunk runs after a release build: the wasm of the page is cut in two, so that a live diagram needs less of
//! it before its first frame. See [`first`] and [`rest`] for the two parts, and [`cold`] for where the cut is.

mod cold;
mod count;
mod first;
mod share;
mod function;
mod module;
mod name;
mod rest;
mod seam;

use std::path::Path;
use std::process::ExitCode;

use module::Module;

/// The file that is cut; afterwards it is the first part.
const WHOLE: &str = "kafka-lanes-app_bg.wasm";
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
    write(&folder.join(REST), &rest::rest(&module, &seam)?)?;
    write(&folder.join(WHOLE), &first::first(&module, &seam)?)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{} can't be read: {error}.", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|error| format!("{} can't be written: {error}.", path.display()))
}
