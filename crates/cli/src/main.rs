//! The engine of Kafka Lanes in a terminal: the answer without the picture, for scripts and docs builds.
#![forbid(unsafe_code)]

mod args;
mod assign;
mod check;
mod export;
mod failure;
mod import;
mod input;
mod mdbook;
mod output;
mod partition;
mod png;
mod render;
mod run;
mod story;
mod value;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use failure::Failure;

fn main() -> ExitCode {
    let done = match Args::parse().command {
        Command::Run(args) => run::run(&args),
        Command::Render(args) => render::render(&args),
        Command::Partition(args) => partition::partition(&args),
        Command::Assign(args) => assign::assign(&args),
        Command::Check(args) => check::check(&args),
        Command::Import(args) => import::import(&args),
        Command::Export(args) => export::export(&args),
        Command::Story(args) => story::story(&args),
        Command::Mdbook(args) => mdbook::mdbook(&args),
    };
    done.map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}
