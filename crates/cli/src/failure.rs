use std::io;
use std::process::ExitCode;

/// Why a command did not do what it was asked to.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input was refused: exit 1. Lines for people.
    Refused(String),
    /// The command was used wrongly: exit 2.
    Usage(String),
    /// Whoever read the output has read enough: exit 0, without a word.
    PipeClosed,
}

impl Failure {
    /// A failure to write to `what`.
    pub(crate) fn of_writing(what: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::PipeClosed,
            _ => Self::Refused(format!("{what}: error: can't be written: {error}")),
        }
    }

    /// Says it on stderr; the exit code.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::Refused(text) => {
                say(&text);
                ExitCode::from(1)
            }
            Self::Usage(text) => {
                say(&text);
                ExitCode::from(2)
            }
            Self::PipeClosed => ExitCode::SUCCESS,
        }
    }
}

/// A line on stderr. Where nobody listens there either, nothing more can be done.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    let _ = writeln!(io::stderr(), "{text}");
}
