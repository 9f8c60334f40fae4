//! A page in the browser: what a test does to it and asks of it.

use std::cell::RefCell;
use std::path::Path;
use std::time::{Duration, Instant};

use base64::Engine;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::failure::{Failure, Result};

/// How often a condition is looked at.
const POLL: Duration = Duration::from_millis(40);

/// An open page with its browser, which ends when this is dropped.
pub struct Page {
    pub(crate) driver: Driver,
    problems: RefCell<Vec<String>>,
    requested: RefCell<Vec<String>>,
}

impl Page {
    /// Takes a fresh browser. Its own start page asks for many things, which are not the page's.
    pub(crate) fn new(driver: Driver) -> Result<Self> {
        let page = Self { driver, problems: RefCell::default(), requested: RefCell::default() };
        page.go("about:blank")?;
        page.log("browser")?;
        page.log("performance")?;
        Ok(page)
    }

    /// Opens another address in the same tab, and waits for its `load` event.
    pub fn go(&self, url: &str) -> Result {
        self.driver.post("/url", &json!({ "url": url })).map(drop)
    }

    /// Loads the page again.
    pub fn reload(&self) -> Result {
        self.driver.post("/refresh", &json!({})).map(drop)
    }

    /// Runs the body of a function: `page.js("return document.title")`.
    pub fn js(&self, body: &str) -> Result<Value> {
        self.js_with(body, &[])
    }

    /// The same with arguments, found in `arguments`. A promise that the body returns is waited for.
    pub fn js_with(&self, body: &str, arguments: &[Value]) -> Result<Value> {
        self.driver
            .post("/execute/sync", &json!({ "script": body, "args": arguments }))
            .map_err(|e| Failure::new(format!("{e}\n  in the script: {body}")))
    }

    /// The value of an expression, as a Rust type: `let lag: u64 = page.read("…")?`.
    pub fn read<T: DeserializeOwned>(&self, expression: &str) -> Result<T> {
        let value = self.js(&format!("return ({expression});"))?;
        let shown = value.to_string();
        serde_json::from_value(value).map_err(|e| Failure::new(format!("`{expression}` is {}: {e}", shorten(&shown))))
    }

    /// Waits until an expression is truthy, and returns its value. An error while evaluating it counts as "not yet".
    pub fn wait_for(&self, expression: &str, seconds: u64) -> Result<Value> {
        let end = Instant::now() + Duration::from_secs(seconds);
        loop {
            let last = self.js(&format!("const value = ({expression}); return value ? value : null;"));
            if let Ok(value) = &last
                && !value.is_null()
            {
                return last;
            }
            if Instant::now() >= end {
                let why = last.err().map_or_else(|| "it stayed false".to_owned(), |e| e.to_string());
                let problems = self.problems()?.join("\n  ");
                return Err(Failure::new(format!(
                    "After {seconds} s `{expression}` still does not hold: {why}\n  console: {problems}"
                )));
            }
            std::thread::sleep(POLL);
        }
    }

    /// Lets the page go on for a time of its own; for conditions, use [`Page::wait_for`].
    pub fn after(&self, time: Duration) -> Result {
        let script = "return new Promise(done => setTimeout(done, arguments[0]));";
        self.js_with(script, &[json!(time.as_millis() as u64)]).map(drop)
    }

    /// Waits until the browser has painted what is there now: two animation frames.
    pub fn painted(&self) -> Result {
        self.js("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(1))));")
            .map(drop)
    }

    /// Writes what is visible to a PNG file.
    pub fn screenshot(&self, file: impl AsRef<Path>) -> Result {
        std::fs::write(file.as_ref(), self.png()?)
            .map_err(|e| Failure::new(format!("{} cannot be written: {e}.", file.as_ref().display())))
    }

    /// What is visible, as a PNG.
    pub fn png(&self) -> Result<Vec<u8>> {
        let shot = self.driver.ask("/screenshot")?;
        let text = shot.as_str().unwrap_or_default();
        base64::engine::general_purpose::STANDARD
            .decode(text)
            .map_err(|e| Failure::new(format!("The screenshot is not base64: {e}.")))
    }

    /// Errors and warnings of the console since the page was opened, failed requests and refusals of the content
    /// security policy among them.
    pub fn problems(&self) -> Result<Vec<String>> {
        let entries = self.log("browser")?;
        let mut problems = self.problems.borrow_mut();
        problems.extend(entries.iter().filter(|entry| entry["level"] == "SEVERE" || entry["level"] == "WARNING").map(
            |entry| {
                let level = entry["level"].as_str().unwrap_or_default();
                format!("{level}: {}", entry["message"].as_str().unwrap_or_default())
            },
        ));
        Ok(problems.clone())
    }

    /// Every address that the page has asked for since it was opened, blocked ones and sockets too.
    pub fn requested(&self) -> Result<Vec<String>> {
        let mut requested = self.requested.borrow_mut();
        for entry in self.log("performance")? {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("null"))?;
            let (method, params) = (&event["message"]["method"], &event["message"]["params"]);
            let url = match method.as_str() {
                Some("Network.requestWillBeSent") => &params["request"]["url"],
                Some("Network.webSocketCreated") => &params["url"],
                _ => continue,
            };
            requested.extend(url.as_str().map(str::to_owned));
        }
        Ok(requested.clone())
    }

    /// The addresses among them that are not of this origin (nor `data:`, `blob:`, or the browser's own).
    pub fn requested_elsewhere(&self, origin: &str) -> Result<Vec<String>> {
        let mut urls = self.requested()?;
        urls.retain(|url| {
            !["data:", "blob:", "chrome:"].iter().any(|scheme| url.starts_with(scheme)) && !url.starts_with(origin)
        });
        Ok(urls)
    }

    /// A command of the Chrome DevTools Protocol, for what has no method here.
    pub fn cdp(&self, command: &str, params: &Value) -> Result<Value> {
        self.driver.cdp(command, params)
    }

    /// Cuts the page from the network, or connects it again.
    pub fn offline(&self, cut: bool) -> Result {
        let conditions = json!({ "offline": cut, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        self.cdp("Network.enable", &json!({}))?;
        self.cdp("Network.emulateNetworkConditions", &conditions).map(drop)
    }

    fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let entries = self.driver.post("/se/log", &json!({ "type": kind }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
