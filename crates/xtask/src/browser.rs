//! The browser that the tests drive, and what comes from Debian's packages.

use std::path::PathBuf;
use std::process::Command;

use crate::run::{Outcome, output_of, run, say, which};

/// Makes sure that Chromium and its driver are there, and says where the driver is.
pub(crate) fn chromedriver() -> Outcome<PathBuf> {
    let browser = ["chromium", "chromium-browser", "google-chrome"];
    if browser.iter().all(|name| which(name).is_none()) || which("chromedriver").is_none() {
        apt(&["chromium", "chromium-driver"], "the browser that the tests drive, and its driver")?;
    }
    which("chromedriver").ok_or_else(|| "There is still no `chromedriver` in PATH: add its folder to PATH.".into())
}

/// Installs Debian packages; where that is not possible, says what to install.
pub(crate) fn apt(packages: &[&str], why: &str) -> Outcome {
    let names = packages.join(" ");
    if which("apt-get").is_none() {
        return Err(format!("This needs {why}. Install them by your system's packages (on Debian: {names})."));
    }
    if output_of(Command::new("id").arg("-u")).as_deref() != Some("0") {
        return Err(format!("This needs {why}. Run `sudo apt-get install {names}`, then try again."));
    }
    say(&format!("installing {names} by apt-get: {why} (about 40 seconds)"));
    let mend = "Debian's package server must be reachable: check the network and /etc/apt, then try again.";
    let apt_get = |args: &[&str]| {
        run(Command::new("apt-get").arg("--quiet=2").args(args).env("DEBIAN_FRONTEND", "noninteractive"), mend)
    };
    apt_get(&["update"])?;
    apt_get(&[&["install", "--yes", "--no-install-recommends"][..], packages].concat())
}
