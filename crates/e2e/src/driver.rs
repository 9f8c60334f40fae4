//! chromedriver: its process, and one session of a browser with a profile of its own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::failure::{Failure, Result};
use crate::http;

/// The arguments that wasm-bindgen's test runner gives to the browser too.
const CAPABILITIES: &str = include_str!("../webdriver.json");

/// A running browser. Dropping it ends the browser and the driver, and removes the profile.
pub(crate) struct Driver {
    process: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

impl Driver {
    /// Starts a driver on a free port, and a browser with a fresh profile.
    pub(crate) fn start() -> Result<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("kafka-lanes-{}-{number}", std::process::id()));
        let (process, port) = start_process()?;
        let mut driver = Self { process, port, session: String::new(), profile };
        let created =
            driver.send("POST", "/session", &json!({ "capabilities": { "alwaysMatch": driver.capabilities()? } }))?;
        driver.session = match &created["sessionId"] {
            Value::String(id) => id.clone(),
            other => return Err(Failure::new(format!("chromedriver gave no session but {other}."))),
        };
        Ok(driver)
    }

    /// A WebDriver command of the session: `path` is what follows `/session/{id}`.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<Value> {
        self.send("POST", &format!("/session/{}{path}", self.session), body)
    }

    /// A WebDriver question of the session.
    pub(crate) fn ask(&self, path: &str) -> Result<Value> {
        self.send("GET", &format!("/session/{}{path}", self.session), &Value::Null)
    }

    /// A command of the Chrome DevTools Protocol.
    pub(crate) fn cdp(&self, command: &str, params: &Value) -> Result<Value> {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": params }))
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let mut answer: Value = serde_json::from_str(&http::request(self.port, method, path, &body)?)?;
        let value = answer["value"].take();
        if let Some(error) = value["error"].as_str().filter(|_| value["stacktrace"].is_string()) {
            let message = value["message"].as_str().unwrap_or_default();
            // The driver appends its own version and session; the first line says it.
            return Err(Failure::new(format!("{error}: {}", message.lines().next().unwrap_or_default())));
        }
        Ok(value)
    }

    fn capabilities(&self) -> Result<Value> {
        let mut all: Value = serde_json::from_str(CAPABILITIES)?;
        all["browserName"] = json!("chrome");
        all["goog:loggingPrefs"] = json!({ "browser": "ALL", "performance": "ALL" });
        all["timeouts"] = json!({ "script": 120_000, "pageLoad": 60_000 });
        let options = &mut all["goog:chromeOptions"];
        options["perfLoggingPrefs"] = json!({ "enableNetwork": true, "enablePage": false });
        let args = options["args"].as_array_mut().ok_or_else(|| Failure::new("webdriver.json has no list of args."))?;
        args.push(json!(format!("--user-data-dir={}", self.profile.display())));
        // Nothing but this machine can be reached, so that no test leans on the network.
        args.push(json!("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"));
        Ok(all)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            // Ends the browser. Where that fails, ending the driver is what is left to do.
            self.send("DELETE", &format!("/session/{}", self.session), &Value::Null).ok();
        }
        self.process.kill().ok();
        self.process.wait().ok();
        std::fs::remove_dir_all(&self.profile).ok();
    }
}

/// Starts the program and reads from its first lines which free port it took.
fn start_process() -> Result<(Child, u16)> {
    let mut process = Command::new("chromedriver")
        .args(["--port=0", "--log-level=WARNING"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| Failure::new(format!("chromedriver does not start ({e}): `cargo xtask test` installs it.")))?;
    let mut lines = BufReader::new(process.stdout.take().ok_or_else(lost)?).lines();
    let port = lines.by_ref().map_while(std::result::Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    // The pipe is read on, lest the driver waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    match port {
        Some(port) => Ok((process, port)),
        None => {
            process.kill().ok();
            process.wait().ok();
            Err(lost())
        }
    }
}

fn lost() -> Failure {
    Failure::new("chromedriver ended before it said its port: run `chromedriver --port=0` to see why.")
}
