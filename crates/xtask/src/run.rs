//! Running other programs, and saying so.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a step gives: nothing, or a sentence that says what to do.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// Says what happens now, on a line that stands out.
pub(crate) fn say(what: &str) {
    println!("xtask: {what}");
    // A reader of a log wants this line before the output of the program that follows.
    std::io::stdout().flush().ok();
}

/// The repository's top folder. Asked of cargo at run time, for two clones may share one target folder.
pub(crate) fn repository() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = Path::new(&here);
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Makes the repository's top folder the current one, so that every path can be written from there.
pub(crate) fn enter_repository() -> Outcome {
    let top = repository();
    std::env::set_current_dir(&top)
        .map_err(|e| format!("Cannot enter {}: {e}. Run this as `cargo xtask`, in the repository.", top.display()))
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs a program to its end with its output on ours; `mend` is what to do should it fail.
pub(crate) fn run(command: &mut Command, mend: &str) -> Outcome {
    let status = command.stdin(Stdio::null()).status().map_err(|e| not_started(command, &e, mend))?;
    if status.success() {
        return Ok(());
    }
    Err(format!("`{}` failed ({status}). {mend}", shown(command)))
}

/// Runs a program, shows its standard output as it comes, and returns it with whether the program succeeded.
pub(crate) fn run_and_read(command: &mut Command, mend: &str) -> Outcome<(String, bool)> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().map_err(|e| not_started(command, &e, mend))?;
    let mut text = String::new();
    if let Some(output) = child.stdout.take() {
        let mut reader = BufReader::new(output);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let shown = String::from_utf8_lossy(&line);
            print!("{shown}");
            text.push_str(&shown);
            line.clear();
        }
    }
    let status = child.wait().map_err(|e| format!("`{}` was lost: {e}. {mend}", shown(command)))?;
    Ok((text, status.success()))
}

/// What a program prints on standard output, if it runs and succeeds.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where a program is found in PATH.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn not_started(command: &Command, error: &std::io::Error, mend: &str) -> String {
    format!("`{}` could not be started: {error}. {mend}", shown(command))
}

/// The command as a person would type it, without the long folder of the program.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut line = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy().into_owned();
    for arg in command.get_args() {
        line.push(' ');
        line.push_str(&arg.to_string_lossy());
    }
    line
}
