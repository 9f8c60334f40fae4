//! Calls the binary.

#![allow(dead_code, reason = "each test program uses a part of it")]

pub(crate) mod element;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What a call came to.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// Exit code 0 and nothing wrong: what it printed.
    pub(crate) fn succeeds(self) -> String {
        assert_eq!(self.code, 0, "{}", self.stderr);
        self.stdout
    }

    /// This exit code, and a message.
    pub(crate) fn fails(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}{}", self.stdout, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
        self
    }
}

fn start(args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kafka-lanes"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary was built")
}

/// Calls it with `args` and `stdin`.
pub(crate) fn kafka_lanes(args: &[&str], stdin: &[u8]) -> Run {
    let mut child = start(args);
    let mut pipe = child.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        // It may refuse before it has read all.
        scope.spawn(move || _ = pipe.write_all(stdin));
        let output = child.wait_with_output().expect("it ends");
        Run {
            code: output.status.code().expect("no signal"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    })
}

/// The same, but nobody reads more than the first line.
pub(crate) fn kafka_lanes_read_one_line(args: &[&str], stdin: &[u8]) -> Run {
    let mut child = start(args);
    let mut pipe = child.stdin.take().expect("piped");
    std::thread::scope(|scope| {
        scope.spawn(move || _ = pipe.write_all(stdin));
        let mut reader = BufReader::new(child.stdout.take().expect("piped"));
        let mut line = String::new();
        reader.read_line(&mut line).expect("text");
        drop(reader);
        let mut stderr = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut stderr).expect("text");
        let code = child.wait().expect("it ends").code().expect("no signal");
        Run { code, stdout: line.trim_end().into(), stderr }
    })
}

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The text of a file.
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file of `examples/`.
pub(crate) fn example(name: &str) -> String {
    root().join("examples").join(name).display().to_string()
}

/// A file to write to, of this test run's own.
pub(crate) fn scratch(name: &str) -> String {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}", std::process::id())).display().to_string()
}
