//! The keys, and the clients that come from Python's registry.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{CLIENTS, KEYS};
use crate::cached;
use crate::pip::pip;
use crate::run::{Outcome, run, say};
use crate::setup;

/// librdkafka in its wheel.
const CONFLUENT_KAFKA: &str = "confluent-kafka==2.16.1";
const KAFKA_PYTHON: &str = "kafka-python==3.0.12";

/// Writes what every client is asked about.
pub(super) fn keys(folder: &Path) -> Outcome {
    setup::python()?;
    ask("keys.py", &[folder.join(KEYS).as_os_str()], None)
}

pub(super) fn librdkafka(folder: &Path) -> Outcome {
    with_wheel("librdkafka.py", CONFLUENT_KAFKA, folder)
}

pub(super) fn kafka_python(folder: &Path) -> Outcome {
    with_wheel("kafka_python.py", KAFKA_PYTHON, folder)
}

fn with_wheel(program: &str, package: &str, folder: &Path) -> Outcome {
    let installed = install(package)?;
    let wheel = wheel(&installed)?;
    let arguments = [folder.join(KEYS), folder.into(), wheel];
    ask(program, &arguments.each_ref().map(|path| path.as_os_str()), Some(&installed.join("site")))
}

/// The wheel as it came, in `wheel/`, and unpacked in `site/`.
fn install(package: &str) -> Outcome<PathBuf> {
    cached::folder(&format!("pip-{package}"), |folder| {
        say(&format!("installing {package} by pip, once for this machine (seconds)"));
        let wheels = folder.join("wheel");
        let [download, install] =
            [["download", "--no-deps", "--only-binary=:all:"], ["install", "--no-deps", "--no-index"]]
                .map(|words| words.map(OsStr::new));
        pip(&[&download[..], &["--dest".as_ref(), wheels.as_os_str(), package.as_ref()]].concat())?;
        let (site, wheel) = (folder.join("site"), wheel(folder)?);
        pip(&[&install[..], &["--target".as_ref(), site.as_os_str(), wheel.as_os_str()]].concat())
    })
}

fn wheel(installed: &Path) -> Outcome<PathBuf> {
    let folder = installed.join("wheel");
    let wheel = std::fs::read_dir(&folder).ok().and_then(|mut files| files.next()?.ok());
    wheel.map(|entry| entry.path()).ok_or_else(|| format!("{} holds no wheel: delete it.", folder.display()))
}

fn ask(program: &str, arguments: &[&OsStr], site: Option<&Path>) -> Outcome {
    let mut command = Command::new("python3");
    // Without a trace in the repository.
    command.arg("-B").arg(format!("{CLIENTS}/{program}")).args(arguments);
    if let Some(site) = site {
        command.env("PYTHONPATH", site);
    }
    run(&mut command, "It says above what went wrong.")
}
