//! The playground on this machine, rebuilt when a file changes.

use std::net::{Ipv4Addr, TcpListener};

use crate::build;
use crate::run::{Outcome, run, say};
use crate::setup;

/// `serve [--port N] [--release]`.
pub(crate) fn serve(flags: &[String]) -> Outcome {
    let (port, release) = parse(flags)?;
    // Trunk would notice only after the build.
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        return Err(format!("Port {port} is taken: choose another, as in `cargo xtask serve --port {}`.", port ^ 1));
    }
    setup::build_tools()?;
    let profile = if release { "release" } else { "development" };
    say(&format!("building the playground ({profile}); the first time takes a minute or two"));
    say(&format!("it will be at http://127.0.0.1:{port}/ and follow every change of a file; Ctrl-C ends it"));
    let mut trunk = build::trunk("serve")?;
    trunk.args(["--port", &port.to_string()]);
    if release {
        trunk.arg("--release");
    }
    run(&mut trunk, "Trunk says above why.")
}

fn parse(flags: &[String]) -> Outcome<(u16, bool)> {
    let (mut port, mut release) = (8080, false);
    let mut flags = flags.iter();
    while let Some(flag) = flags.next() {
        match flag.as_str() {
            "--release" => release = true,
            "--port" => {
                let number = flags.next().map(|n| n.parse::<u16>());
                port = match number {
                    Some(Ok(n)) if n > 0 => n,
                    _ => return Err("--port takes a number from 1 to 65535.".into()),
                };
            }
            other => return Err(format!("`cargo xtask serve` has no `{other}`; it has --port N and --release.")),
        }
    }
    Ok((port, release))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Outcome<(u16, bool)> {
        parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn flags_are_read_or_refused_with_a_sentence() {
        assert_eq!(parsed(""), Ok((8080, false)));
        assert_eq!(parsed("--release --port 9000"), Ok((9000, true)));
        assert!(parsed("--port").is_err());
        assert!(parsed("--port 70000").is_err());
        assert!(parsed("--prot 1").is_err());
    }
}
