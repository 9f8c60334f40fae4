//! The book in `docs/`, built with the diagrams of this build.

use std::path::Path;
use std::process::Command;

use crate::run::{Outcome, cargo, run, say};
use crate::{build, setup, tools};

/// Where the book is left.
const BOOK: &str = "target/book";

/// Builds the release if there is none, then the book.
pub(crate) fn docs() -> Outcome {
    setup::mdbook()?;
    if !Path::new("dist/index.html").is_file() {
        build::build()?;
    }
    say(&format!("building docs/ into {BOOK}/"));
    let kafka_lanes = ["run", "--quiet", "--package", "kafka-lanes", "--", "mdbook"];
    run(
        cargo().args(kafka_lanes).args(["install", "docs", "--dist", "dist"]),
        "It copies what diagrams are made of from dist/: `cargo xtask build` makes that anew.",
    )?;
    // book.toml names the command as an author has it, in PATH; here it is the one of this repository.
    let command = format!("cargo {}", kafka_lanes.join(" "));
    let mut mdbook = Command::new(tools::crate_bin("mdbook", tools::MDBOOK)?.join("mdbook"));
    mdbook.args(["build", "docs", "--dest-dir"]).arg(std::path::absolute(BOOK).unwrap_or_else(|_| BOOK.into()));
    mdbook.env("MDBOOK_PREPROCESSOR__KAFKA_LANES__COMMAND", command);
    run(&mut mdbook, "What is wrong stands above, with the page and its line.")
}
