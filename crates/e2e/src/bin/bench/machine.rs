//! What the numbers were measured on.

use std::path::Path;
use std::process::Command;

use kafka_lanes_e2e::{Browser, Result, Site, Size};
use serde_json::json;

/// One sentence: the processor, its cores, how busy it is, the browser, the day.
pub(crate) fn line(dist: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    Ok(format!(
        "Measured on {}, {cores} cores{}; {}, headless, software rendering; {}; {}; {}.",
        processor(),
        load(),
        browser(dist)?,
        system(),
        said_by("rustc", &["--version"]),
        said_by("date", &["-u", "+%Y-%m-%d"]),
    ))
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// Processes that wanted to run in the last minute, our own build among them: with more than the cores, times are noise.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|load| !load.is_empty()).map_or_else(String::new, |load| format!(" (load {load})"))
}

fn browser(dist: &Path) -> Result<String> {
    let site = Site::folder(dist, "/", None)?;
    site.page("blank.html", "<!DOCTYPE html><title>Blank</title>");
    let page = Browser::open(&site, "blank.html", Size::desktop())?;
    let version = page.cdp("Browser.getVersion", &json!({}))?;
    Ok(version["product"].as_str().unwrap_or("an unknown browser").replace('/', " "))
}

fn system() -> String {
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.map_or_else(|| std::env::consts::OS.to_owned(), |name| name.trim_matches('"').to_owned())
}

/// The first line that a program prints; its name where it does not run.
fn said_by(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).output().ok().filter(|output| output.status.success());
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().map_or_else(|| format!("unknown {program}"), |line| line.trim().to_owned())
}
