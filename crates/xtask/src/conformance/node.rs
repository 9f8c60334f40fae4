//! kafkajs.

use std::path::Path;
use std::process::Command;

use super::{CLIENTS, KEYS};
use crate::run::{Outcome, run};
use crate::setup;

const KAFKAJS: &str = "kafkajs@2.2.4";

pub(super) fn kafkajs(folder: &Path) -> Outcome {
    let modules = setup::npm_package(KAFKAJS, "its partitioners are asked where keys go")?;
    run(
        Command::new("node").arg(format!("{CLIENTS}/kafkajs.js")).arg(folder.join(KEYS)).arg(folder).arg(modules),
        "It says above what went wrong.",
    )
}
